import type { TimeSpan } from './fact.js';

export type BoundaryName =
  | 'packing'
  | 'pickup'
  | 'transfer'
  | 'delivery'
  | 'return-pickup'
  | 'return-receipt';

/** One change of hands: all records that tell of it. */
export interface Passage {
  /** Position among the passages, from 0. */
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly fromCapacity: string;
  readonly toCapacity: string;
  readonly mode: string | null;
  /** Clock of its place, minutes east; null where nobody tells of it. */
  readonly offsetMin: number | null;
  /** Earliest and latest stated time; of an undated passage the span in which it must lie. */
  readonly time: TimeSpan;
  /** Nobody tells of it: it stands between because `from` was not the last `to`. */
  readonly undated: boolean;
  /** Record ids of the passage itself, sorted; an observation in one of them, or in a countersign of it, stands at the boundary. */
  readonly records: readonly string[];
  /** Record ids of one-shot unboxings or intakes that speak of the same arrival but do not make it, sorted. */
  readonly holds: readonly string[];
  /** Ids of the handed-over and holds facts, sorted. */
  readonly facts: readonly string[];
  /** Which of the two told of it or counter-signed it (agree or reserve), sorted; both = joint. */
  readonly signedBy: readonly string[];
  /** Time owned by both because only one side, or neither, told of the passage; null when joint. */
  readonly overlap: TimeSpan | null;
}

/** A place in time at which a state is asked for. Ids are positions, never signed text. */
export interface Boundary {
  /** `b0`, `b1`, … in order. */
  readonly id: string;
  readonly position: number;
  readonly name: BoundaryName;
  /** Id of the journey it belongs to; null for a passage without carriers. */
  readonly journey: string | null;
  /** Index of the passage; null for packing. */
  readonly passage: number | null;
  readonly time: TimeSpan;
  /** Record ids whose observations stand at it. */
  readonly records: readonly string[];
}

/** Time between two boundaries; one holder. */
export interface CustodyInterval {
  /** Position, from 0; interval n lies before boundary n. */
  readonly index: number;
  /** Null before the first passage of a case that names no giver. */
  readonly holder: string | null;
  readonly capacity: string | null;
  /** `leg-1`, … by position where the capacity is carrier, contracting-carrier or operator; else null. */
  readonly leg: string | null;
  readonly journey: string | null;
  readonly mode: string | null;
  /** Boundary ids; null at the open ends. */
  readonly start: string | null;
  readonly end: string | null;
  /** From the earliest time of its start to the latest of its end. */
  readonly time: TimeSpan;
  /** Parties who own a part of it too (overlaps), sorted. */
  readonly alsoOwnedBy: readonly string[];
}

/** A maximal run of intervals in the hands of carriers. */
export interface Journey {
  /** `journey-1`, … by position. */
  readonly id: string;
  readonly direction: 'outbound' | 'return';
  /** Holder before. */
  readonly sender: string | null;
  /** Holder after; null while the goods are with the last carrier. */
  readonly consignee: string | null;
  readonly legs: readonly string[];
  /** Boundary ids; `start` is null when nobody tells how the goods came to the first carrier, `end` while they are with the last. */
  readonly start: string | null;
  readonly end: string | null;
  /** The packing before it, when there is one. */
  readonly packing: string | null;
}

/** Who held one item when: passages, and what follows from them by position. Instants are seconds UTC. */
export interface Custody {
  readonly sub: string;
  /** False when there are more passages than can be weighed: nothing else is filled, and a person must decide. */
  readonly complete: boolean;
  readonly passages: readonly Passage[];
  readonly boundaries: readonly Boundary[];
  /** One more than boundaries. */
  readonly intervals: readonly CustodyInterval[];
  readonly journeys: readonly Journey[];
}
