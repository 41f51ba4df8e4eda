import type { CaseFacts } from './case-facts.js';
import { enclosing } from './enclosing.js';
import type { TimeSpan } from './fact.js';
import { sortedUnique } from './order.js';
import {
  MOST_PASSAGES,
  type PassageDraft,
  signersOf,
  toldPassages,
  withHolds,
  withUndated,
} from './passages.js';

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

const CARRYING: ReadonlySet<string> = new Set(['carrier', 'contracting-carrier', 'operator']);

type View = Pick<CaseFacts, 'of' | 'records' | 'scope'>;

/** Who held the item when, from what the parties said of its passages. Boundary names and leg ids are positions. */
export function custodyOf(facts: View, sub: string): Custody {
  const concerns = enclosing(facts, sub);
  const holds = facts.of('holds').filter((fact) => concerns(fact.sub, fact.time));
  const told = toldPassages(facts, sub);
  const drafts = told.length > MOST_PASSAGES ? told : withUndated(withHolds(told, holds));
  if (drafts.length > MOST_PASSAGES) {
    return { sub, complete: false, passages: [], boundaries: [], intervals: [], journeys: [] };
  }
  const passages = passagesOf(drafts, facts);
  const { sellers } = facts.scope;
  const runs = carryingRuns(passages, sellers);
  const boundaries = boundariesOf(passages, runs, packingsOf(facts, concerns, passages, runs), sellers);
  return {
    sub,
    complete: true,
    passages,
    boundaries,
    intervals: intervalsOf(passages, boundaries, runs),
    journeys: runs.map((run) => journeyOf(run, boundaries)),
  };
}

/** Passages with monotone times: what is surely before stays before, whatever the clocks said. */
function passagesOf(drafts: readonly PassageDraft[], facts: View): readonly Passage[] {
  const lows: number[] = [];
  const highs: number[] = [];
  for (let i = drafts.length - 1, low = Number.POSITIVE_INFINITY; i >= 0; i -= 1) {
    low = Math.min(low, drafts[i]!.lo);
    lows[i] = low;
  }
  let high = Number.NEGATIVE_INFINITY;
  for (const [i, draft] of drafts.entries()) {
    high = Math.max(high, draft.hi);
    highs[i] = high;
  }
  const passages = drafts.map((draft, index): Passage => {
    const before = drafts[index - 1];
    const stated = draft.fromCapacity ?? (before?.to === draft.from ? before.toCapacity : null);
    return {
      index,
      from: draft.from,
      to: draft.to,
      fromCapacity: known(stated) ?? likelyCapacity(facts, draft.from),
      toCapacity: known(draft.toCapacity) ?? likelyCapacity(facts, draft.to),
      mode: draft.mode,
      time: { from: lows[index]!, to: highs[index]! },
      undated: draft.undated,
      records: sortedUnique([...draft.told, ...draft.made].map(({ prov }) => prov.records[0]!)),
      holds: sortedUnique(draft.holds.map(({ prov }) => prov.records[0]!)),
      facts: sortedUnique([...draft.told, ...draft.made, ...draft.holds].map(({ id }) => id)),
      signedBy: signersOf(draft),
      overlap: null,
    };
  });
  return passages.map((passage) => ({ ...passage, overlap: overlapOf(passage, passages) }));
}

function known(capacity: string | null): string | null {
  return capacity === 'unknown' ? null : capacity;
}

/** What somebody is whose capacity no passage states: by a signed agreement, by its roles, by being a person. */
function likelyCapacity(facts: View, party: string): string {
  if (facts.scope.sellers.includes(party) || party.startsWith('urn:goodorder:key:')) return 'principal';
  for (const { assentedBy, term, value } of facts.of('agreed')) {
    if (term !== 'capacityOf' || !assentedBy.includes(party) || !Array.isArray(value)) continue;
    const own = value.find((entry) => (entry as { party?: unknown } | null)?.party === party) as
      | { readonly capacity?: unknown }
      | undefined;
    if (typeof own?.capacity === 'string') return own.capacity;
  }
  const roles = new Set(
    [...facts.records.values()].filter(({ iss }) => iss === party).flatMap((r) => r.roles),
  );
  const role = ['carrier', 'contracting-carrier', 'operator', 'warehouse', 'platform'].find((one) =>
    roles.has(one),
  );
  if (role !== undefined) return role;
  return roles.size > 0 ? 'principal' : 'carrier';
}

/** The time in which the goods may be in either's hands, because not both told of the passage. */
function overlapOf(passage: Passage, passages: readonly Passage[]): TimeSpan | null {
  const { from, index, signedBy, time, to } = passage;
  const giver = signedBy.includes(from);
  const receiver = signedBy.includes(to);
  if (giver && receiver) return null;
  const before = passages[index - 1];
  const after = passages[index + 1];
  // Each is bound by its own word: the giver until it last admits to hold the goods, the receiver from when it first does.
  const start = before?.signedBy.includes(from) ? before.time.to : (before?.time.from ?? null);
  const end = after?.signedBy.includes(to) ? after.time.from : (after?.time.to ?? null);
  return { from: giver ? time.from : start, to: receiver ? time.to : end };
}

interface Slot {
  readonly holder: string | null;
  readonly capacity: string | null;
}

/** Slot n lies before passage n. */
function slotsOf(passages: readonly Passage[]): readonly Slot[] {
  const [first] = passages;
  return [
    { holder: first?.from ?? null, capacity: first?.fromCapacity ?? null },
    ...passages.map(({ to, toCapacity }) => ({ holder: to, capacity: toCapacity })),
  ];
}

interface Run {
  readonly id: string;
  readonly direction: 'outbound' | 'return';
  /** Slots. */
  readonly first: number;
  readonly last: number;
  readonly sender: string | null;
  readonly consignee: string | null;
  readonly legs: readonly string[];
}

function isCarrying(slot: Slot | undefined): boolean {
  return slot?.capacity != null && CARRYING.has(slot.capacity);
}

function carryingRuns(passages: readonly Passage[], sellers: readonly string[]): readonly Run[] {
  const slots = slotsOf(passages);
  const runs: Run[] = [];
  let legs = 0;
  for (let first = 0; first < slots.length; first += 1) {
    if (!isCarrying(slots[first])) continue;
    let last = first;
    while (isCarrying(slots[last + 1])) last += 1;
    const sender = slots[first - 1]?.holder ?? null;
    const consignee = slots[last + 1]?.holder ?? null;
    const wentOut = runs.some((run) => run.direction === 'outbound' && run.consignee === sender);
    const comesBack =
      consignee === null
        ? sender !== null && !sellers.includes(sender) && wentOut
        : sellers.includes(consignee);
    runs.push({
      id: `journey-${runs.length + 1}`,
      direction: comesBack ? 'return' : 'outbound',
      first,
      last,
      sender,
      consignee,
      legs: Array.from({ length: last - first + 1 }, (_, i) => `leg-${legs + i + 1}`),
    });
    legs += last - first + 1;
    first = last;
  }
  return runs;
}

interface Packing {
  readonly run: Run;
  readonly records: readonly string[];
  readonly time: TimeSpan;
}

/** The last packing recording of a sender, or of its agent, before its journey. */
function packingsOf(
  facts: View,
  concerns: ReturnType<typeof enclosing>,
  passages: readonly Passage[],
  runs: readonly Run[],
): readonly Packing[] {
  const recordings = [...facts.records.values()].flatMap(({ id, iss, purpose, sub, time }) =>
    purpose === 'packing' && time !== null && concerns(sub, time) ? [{ id, iss, time }] : [],
  );
  const mandates = facts.of('acts-for');
  return runs.flatMap((run) => {
    const pickup = passages[run.first - 1];
    const sender = run.sender;
    if (pickup === undefined || sender === null) return [];
    const since = passages[run.first - 2]?.time.from ?? Number.NEGATIVE_INFINITY;
    const own = recordings.filter(
      ({ iss, time }) =>
        (iss === sender || mandates.some(({ agent, principal }) => agent === iss && principal === sender)) &&
        (time.from ?? 0) >= since &&
        (time.to ?? 0) <= (pickup.time.to ?? 0),
    );
    if (own.length === 0) return [];
    const end = own.map(({ time }) => time.to ?? 0).reduce((a, b) => Math.max(a, b));
    // Several that end together are one packing: nothing may hang on which of them comes first.
    const last = own.filter(({ time }) => time.to === end);
    const begin = last.map(({ time }) => time.from ?? 0).reduce((a, b) => Math.min(a, b));
    return [
      {
        run,
        records: sortedUnique(last.map(({ id }) => id)),
        time: { from: Math.min(begin, pickup.time.from ?? begin), to: end },
      },
    ];
  });
}

function boundariesOf(
  passages: readonly Passage[],
  runs: readonly Run[],
  packings: readonly Packing[],
  sellers: readonly string[],
): readonly Boundary[] {
  const found: Omit<Boundary, 'id' | 'position'>[] = [];
  for (const passage of passages) {
    const { index, records, time, to } = passage;
    const starting = runs.find(({ first }) => first === index + 1);
    const packing = packings.find(({ run }) => run === starting);
    if (packing !== undefined) {
      const { run, ...rest } = packing;
      found.push({ name: 'packing', journey: run.id, passage: null, ...rest });
    }
    const ending = runs.find(({ last }) => last === index);
    const within = runs.find(({ first, last }) => first <= index && index < last);
    const journey = starting ?? ending ?? within ?? null;
    found.push({
      name: nameOf(starting, ending, within, sellers.includes(to)),
      journey: journey?.id ?? null,
      passage: index,
      time,
      records,
    });
  }
  return found.map((boundary, position) => ({ id: `b${position}`, position, ...boundary }));
}

function nameOf(
  starting: Run | undefined,
  ending: Run | undefined,
  within: Run | undefined,
  toSeller: boolean,
): BoundaryName {
  if (within !== undefined) return 'transfer';
  if (starting !== undefined) return starting.direction === 'return' ? 'return-pickup' : 'pickup';
  const back = ending === undefined ? toSeller : ending.direction === 'return';
  return back ? 'return-receipt' : 'delivery';
}

function intervalsOf(
  passages: readonly Passage[],
  boundaries: readonly Boundary[],
  runs: readonly Run[],
): readonly CustodyInterval[] {
  const slots = slotsOf(passages);
  return Array.from({ length: boundaries.length + 1 }, (_, index): CustodyInterval => {
    const start = boundaries[index - 1];
    const end = boundaries[index];
    // Packing stands inside the slot of the passage that follows it.
    const slot = slotAt(boundaries, index);
    const run = runs.find(({ first, last }) => first <= slot && slot <= last);
    const { capacity, holder } = slots[slot]!;
    const owners = [passages[slot - 1], passages[slot]].flatMap((passage) =>
      passage === undefined || passage.overlap === null ? [] : coOwner(passage, slot),
    );
    return {
      index,
      holder,
      capacity,
      leg: run === undefined ? null : run.legs[slot - run.first]!,
      journey: run?.id ?? null,
      mode: run === undefined ? null : (passages[slot - 1]?.mode ?? null),
      start: start?.id ?? null,
      end: end?.id ?? null,
      time: { from: start?.time.from ?? null, to: end?.time.to ?? null },
      alsoOwnedBy: sortedUnique(owners).filter((party) => party !== holder),
    };
  });
}

function slotAt(boundaries: readonly Boundary[], interval: number): number {
  for (let i = interval - 1; i >= 0; i -= 1) {
    const { passage } = boundaries[i]!;
    if (passage !== null) return passage + 1;
  }
  return 0;
}

/** Who besides the holder may have had the goods in a slot next to a passage that not both told of. */
function coOwner({ from, index, signedBy, to, undated }: Passage, slot: number): readonly string[] {
  const after = slot === index + 1;
  if (undated) return [after ? from : to];
  // A receiver who did not sign may have got it later: the giver's slot reaches on. And the other way about.
  if (after) return signedBy.includes(to) ? [] : [from];
  return signedBy.includes(from) ? [] : [to];
}

function journeyOf(run: Run, boundaries: readonly Boundary[]): Journey {
  const own = boundaries.filter(({ journey }) => journey === run.id);
  const packing = own.find(({ name }) => name === 'packing');
  return {
    id: run.id,
    direction: run.direction,
    sender: run.sender,
    consignee: run.consignee,
    legs: run.legs,
    start: run.first === 0 ? null : (own.find(({ passage }) => passage === run.first - 1)?.id ?? null),
    end: own.find(({ passage }) => passage === run.last)?.id ?? null,
    packing: packing?.id ?? null,
  };
}
