import { Carrier, jointCounts } from './carry.js';
import type { CaseFacts } from './case-facts.js';
import type { Custody } from './custody.js';
import { bestOfEach, type ExcludedPart, recordedTimeOf, type Shown, waysToShow } from './exclusion.js';
import type { Fact } from './fact.js';
import { judgedRecordings } from './judged-recordings.js';
import { NO_LIMITS } from './limits.js';
import { addTo, sortedUnique } from './order.js';
import { edgesOf, type Harm, isTooMuch, type Judged, type Stretch } from './recordings.js';
import { sealBreaks, sealHistories } from './seals.js';

/** A damage-making event in a time: one of the facts shows it. */
export interface Hit {
  /** Index of the custody interval it surely lies in; null when it may lie in one of several. */
  readonly interval: number | null;
  /** Position of the first boundary that surely comes at or after it. */
  readonly boundary: number;
  readonly part: ExcludedPart;
  /** Recordings of the same moment in which nothing stands out, sorted. */
  readonly against: readonly string[];
}

/** One way to exclude a kind of damage and to infer it, with the terms that its limits come from. */
export interface Method {
  readonly terms: readonly string[];
  readonly carrier: Carrier;
  readonly hits: readonly Hit[];
}

/** What can exclude, and imply, each kind of damage (engine.md, table of Derivations); other kinds: nothing. */
const HARM_BY_KIND: Readonly<Record<string, Harm>> = {
  shock: 'shock',
  heat: 'heat',
  cold: 'cold',
  wet: 'wet',
};
const SEALED_KINDS: ReadonlySet<string> = new Set(['use', 'substitution', 'soiling', 'loss']);

// More limits than this for one item are more than any carriage has; they are left to a person.
const MOST_SOURCES = 16;

/** How much there is to look at; null methods = more than can be weighed. */
export interface Methods {
  readonly methods: readonly Method[] | null;
  /** Figure by which the work of one placement grows. */
  readonly weight: number;
}

export function methodsFor(
  facts: CaseFacts,
  custody: Custody,
  damage: { readonly kind: string; readonly unit: string },
): Methods {
  const recorded = judgedRecordings(facts);
  if (SEALED_KINDS.has(damage.kind)) {
    const seals = sealHistories(facts, recorded.enclosure(custody.sub));
    const counts = damage.kind === 'loss' ? jointCounts(facts.of('condition'), damage.unit) : [];
    const carrier = new Carrier(custody, { by: 'seal', seals, counts });
    const breaks = sealBreaks(seals).map((one) => ({ ...one, clean: [] }));
    const hits = damage.kind === 'loss' ? [] : hitsOf(custody, breaks);
    return { methods: [{ terms: [], carrier, hits }], weight: facts.of('sealed').length };
  }
  const harm = Object.hasOwn(HARM_BY_KIND, damage.kind) ? HARM_BY_KIND[damage.kind] : undefined;
  if (harm === undefined) return { methods: [], weight: 0 };
  const known = recorded.sources(harm);
  const recordings = recorded.of(custody.sub, harm);
  const weight = edgesOf(recordings) * (known.length + 1);
  if (known.length > MOST_SOURCES || isTooMuch(recordings, known.length + 1))
    return { methods: null, weight };
  const methods = [NO_LIMITS, ...known].map((source): Method => {
    const judged = recordings.map((recording) => recorded.judged(recording, harm, source));
    const carrier = new Carrier(custody, { by: 'recording', time: recordedTimeOf(judged) });
    return { terms: source.terms, carrier, hits: hitsOf(custody, eventsOf(facts, judged)) };
  });
  return { methods, weight };
}

interface Event extends Stretch, Shown {
  readonly clean: readonly Fact[];
}

/** Events surely beyond a stated limit, which takes a source that states one: otherwise nothing is implied. */
function eventsOf(facts: CaseFacts, judged: readonly Judged[]): readonly Event[] {
  return judged.flatMap((one) =>
    one.standOuts.flatMap((out): Event[] => {
      const fact = facts.byId.get(out.fact);
      if (out.verdict !== 'beyond' || fact === undefined) return [];
      const clean = judged.filter((other) => isCleanAt(other, one, out)).map((other) => other.fact);
      return [{ from: out.from, to: out.to, fact, way: one.way, clean: bestOfEach(clean) }];
    }),
  );
}

function isCleanAt(other: Judged, one: Judged, { from, to }: Stretch): boolean {
  if (other === one || other.unusable !== null) return false;
  if (other.standOuts.some((out) => out.from <= to && out.to >= from)) return false;
  return other.pieces.some((piece) => piece.from <= from && piece.to >= to);
}

/** Events by where they lie; of each place the best facts of each signer. */
function hitsOf(custody: Custody, events: readonly Event[]): readonly Hit[] {
  const places = new Map<string, { where: Pick<Hit, 'interval' | 'boundary'>; events: Event[] }>();
  for (const event of events) {
    const where = placeOf(custody, event);
    if (where === null) continue;
    const key = `${where.boundary} ${where.interval}`;
    const place = places.get(key) ?? { where, events: [] };
    place.events.push(event);
    places.set(key, place);
  }
  return [...places.values()].map(({ events: own, where }) => {
    const span = {
      from: own.map(({ from }) => from).reduce((a, b) => Math.min(a, b)),
      to: own.map(({ to }) => to).reduce((a, b) => Math.max(a, b)),
    };
    const hardest = new Set(onePerBatch(own));
    const { alternatives, objections } = waysToShow(
      own.filter(({ fact }) => hardest.has(fact)),
      span,
    );
    const clean = own.flatMap((event) => event.clean.map(({ id }) => id));
    return { ...where, part: { span, alternatives }, against: sortedUnique([...clean, ...objections]) };
  });
}

/** All events of one batch are the same word; the hardest one stands for them. */
function onePerBatch(events: readonly Event[]): readonly Fact[] {
  const byRecord = new Map<string, Fact[]>();
  for (const { fact } of events) addTo(byRecord, fact.prov.records[0]!, fact);
  return [...byRecord.values()].map((facts) =>
    facts.reduce((a, b) =>
      hardness(b) > hardness(a) || (hardness(b) === hardness(a) && b.id < a.id) ? b : a,
    ),
  );
}

function hardness(fact: Fact): number {
  return fact.predicate === 'excursion' ? Math.abs(fact.peak) : 0;
}

/** The interval in which an event surely lies, and the first boundary surely at or after it; null when none is. */
function placeOf({ boundaries }: Custody, { from, to }: Stretch): Pick<Hit, 'interval' | 'boundary'> | null {
  const boundary = boundaries.find(({ time }) => time.from !== null && time.from >= to);
  if (boundary === undefined) return null;
  const before = boundaries[boundary.position - 1];
  // What happens in the very second of a passage happened before it.
  const sure = before === undefined || (before.time.to !== null && before.time.to < from);
  return { interval: sure ? boundary.position : null, boundary: boundary.position };
}
