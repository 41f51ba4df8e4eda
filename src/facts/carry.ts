import type { Boundary, Custody } from './custody.js';
import { type Excluded, excludedByRecording, type RecordedTime } from './exclusion.js';
import type { ConditionFact } from './fact.js';
import { sortedUnique } from './order.js';
import type { Placement } from './placement.js';
import { covers } from './placement.js';
import type { Stretch } from './recordings.js';
import { excludedBySeal, type SealHistories } from './seals.js';

/** What shows, for one kind of damage and under one source of limits, that nothing happened over a time. */
export type Excluder =
  | { readonly by: 'recording'; readonly time: RecordedTime }
  | { readonly by: 'seal'; readonly seals: SealHistories; readonly counts: readonly ConditionFact[] };

/** A custody interval, or a part of it, over which the damage is excluded. */
export interface Carried {
  readonly interval: number;
  readonly span: Stretch;
  readonly parts: Excluded['parts'];
  readonly against: readonly string[];
}

/** Carries a state over custody intervals as far as they are excluded; whole intervals are looked at once. */
export class Carrier {
  readonly #custody: Custody;
  readonly #excluder: Excluder;
  readonly #whole = new Map<number, Carried | null>();

  constructor(custody: Custody, excluder: Excluder) {
    this.#custody = custody;
    this.#excluder = excluder;
  }

  /** For each boundary after the observation, in order, what was crossed to reach it; ends where something was not excluded. */
  *forward(from: Placement): Generator<readonly [boundary: number, over: readonly Carried[]]> {
    const over: Carried[] = [];
    const start = from.boundary === null ? from.first : from.last;
    for (let interval = start; interval < this.#custody.boundaries.length; interval += 1) {
      const partly = from.boundary === null && interval <= from.last;
      const carried = partly ? this.#after(interval, from) : this.#all(interval);
      if (carried === null) return;
      over.push(carried);
      yield [interval, [...over]];
    }
  }

  /** The same towards the past, the nearest boundary first; the crossings are in order of time. */
  *back(from: Placement): Generator<readonly [boundary: number, over: readonly Carried[]]> {
    const over: Carried[] = [];
    const start = from.boundary === null ? from.last : from.first;
    for (let interval = start; interval > 0; interval -= 1) {
      const partly = from.boundary === null && interval >= from.first;
      const carried = partly ? this.#before(interval, from) : this.#all(interval);
      if (carried === null) return;
      over.unshift(carried);
      yield [interval - 1, [...over]];
    }
  }

  #all(interval: number): Carried | null {
    const known = this.#whole.get(interval);
    if (known !== undefined) return known;
    const { time } = this.#custody.intervals[interval]!;
    const carried =
      time.from === null || time.to === null
        ? null
        : this.#over(interval, { from: time.from, to: time.to }, null, null);
    this.#whole.set(interval, carried);
    return carried;
  }

  #after(interval: number, { fact, first, span }: Placement): Carried | null {
    const { time } = this.#custody.intervals[interval]!;
    if (time.to === null) return null;
    // Even over no time at all something must be shown: the stated time alone ties nothing.
    const from = Math.min(time.from === null ? span.from : Math.max(span.from, time.from), time.to);
    return this.#over(interval, { from, to: time.to }, interval === first ? recordOf(fact) : null, null);
  }

  #before(interval: number, { fact, last, span }: Placement): Carried | null {
    const { time } = this.#custody.intervals[interval]!;
    if (time.from === null) return null;
    const to = Math.max(time.to === null ? span.to : Math.min(span.to, time.to), time.from);
    return this.#over(interval, { from: time.from, to }, null, interval === last ? recordOf(fact) : null);
  }

  /** `first` and `last` are records that stand at the ends of a part of the interval; null = its boundaries do. */
  #over(interval: number, span: Stretch, first: string | null, last: string | null): Carried | null {
    const excluded = this.#excluded(interval, span, first, last);
    return excluded === null ? null : { interval, span, ...excluded };
  }

  #excluded(interval: number, span: Stretch, first: string | null, last: string | null): Excluded | null {
    const excluder = this.#excluder;
    if (excluder.by === 'recording') return excludedByRecording(span, excluder.time);
    const { boundaries } = this.#custody;
    const start = boundaries[interval - 1];
    const end = boundaries[interval];
    const startRecords = new Set(first === null ? start?.records : [first]);
    const endRecords = new Set(last === null ? end?.records : [last]);
    const sealed = excludedBySeal({ ...span, startRecords, endRecords }, excluder.seals);
    const counted = first === null && last === null ? this.#counted(span, start, end, excluder.counts) : null;
    if (sealed === null || counted === null) return sealed ?? counted;
    const alternatives = [...sealed.parts[0]!.alternatives, ...counted.parts[0]!.alternatives];
    return { parts: [{ span, alternatives }], against: sealed.against };
  }

  /** A count that both sides signed at each end, and the same: nothing was lost in between. */
  #counted(
    span: Stretch,
    start: Boundary | undefined,
    end: Boundary | undefined,
    counts: readonly ConditionFact[],
  ): Excluded | null {
    if (start === undefined || end === undefined) return null;
    const at = (boundary: Boundary): readonly ConditionFact[] =>
      counts.filter(({ prov }) => boundary.records.includes(prov.records[0]!)).slice(0, MOST_COUNTS);
    const alternatives = at(start).flatMap((a) =>
      at(end).flatMap((b) => (isSameCount(a, b) ? [sortedUnique([a.id, b.id])] : [])),
    );
    return alternatives.length === 0 ? null : { parts: [{ span, alternatives }], against: [] };
  }
}

const MOST_COUNTS = 16;

function recordOf(fact: string): string {
  return fact.slice(0, fact.indexOf('#'));
}

function isSameCount(a: ConditionFact, b: ConditionFact): boolean {
  if (a.extent === null || b.extent === null) return a.value === 'good' && b.value === 'good';
  return a.extent.count === b.extent.count && a.extent.of === b.extent.of;
}

/** Counts of the unit in records of a passage that the other side stands behind, its inspection covering them. */
export function jointCounts(conditions: readonly ConditionFact[], unit: string): readonly ConditionFact[] {
  return conditions.filter(
    (fact) =>
      fact.aspect === 'quantity' &&
      fact.unit === unit &&
      fact.prov.counterSigned.some(
        ({ scope, stance }) =>
          stance === 'agree' && scope.some((one) => covers(one, 'quantity', fact.region)),
      ),
  );
}
