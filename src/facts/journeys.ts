import type { CaseFacts } from './case-facts.js';
import type { Boundary, BoundaryName, CustodyInterval, Journey, Passage } from './custody-shape.js';
import type { Enclosure } from './enclosing.js';
import type { TimeSpan } from './fact.js';
import { sortedUnique } from './order.js';

const CARRYING: ReadonlySet<string> = new Set(['carrier', 'contracting-carrier', 'operator']);

type View = Pick<CaseFacts, 'of' | 'records'>;

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

export interface Run {
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

export function carryingRuns(passages: readonly Passage[], sellers: readonly string[]): readonly Run[] {
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

export interface Packing {
  readonly run: Run;
  readonly records: readonly string[];
  readonly time: TimeSpan;
}

/** The last packing recording of a sender, or of its agent, before its journey. */
export function packingsOf(
  facts: View,
  { concerns }: Enclosure,
  passages: readonly Passage[],
  runs: readonly Run[],
): readonly Packing[] {
  const recordings = [...facts.records.values()].flatMap(({ id, iss, purpose, sub, time }) =>
    purpose === 'packing' && time !== null && concerns(sub, { from: time.to, to: time.to })
      ? [{ id, iss, time }]
      : [],
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

export function boundariesOf(
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

export function intervalsOf(
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

export function journeyOf(run: Run, boundaries: readonly Boundary[]): Journey {
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
