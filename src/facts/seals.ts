import type { CaseFacts } from './case-facts.js';
import { type Enclosed, type Enclosure, objectionsIn, overlap } from './enclosing.js';
import type { Excluded } from './exclusion.js';
import { bestOfEach } from './exclusion.js';
import type { SealedFact, TimeSpan } from './fact.js';
import { isBroken } from './opposed-words.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { byStanding } from './provenance.js';
import type { Stretch } from './recordings.js';

/** A word about a seal, and how the item was in what the seal was on. */
interface SealWord {
  readonly fact: SealedFact;
  readonly way: Enclosed;
}

/** What is told of one seal. */
interface SealHistory {
  readonly intact: readonly SealWord[];
  readonly broken: readonly SealWord[];
}

export type SealHistories = ReadonlyMap<string, SealHistory>;

/** All seals of the item or of what enclosed it, by seal id. A seal that is not there any more counts as broken. */
export function sealHistories(facts: CaseFacts, { times }: Enclosure): SealHistories {
  const byId = new Map<string, SealWord[]>();
  for (const fact of facts.of('sealed')) {
    const way = bestWay(times(fact.sub), momentOf(fact));
    if (way !== undefined) addTo(byId, fact.sealId, { fact, way });
  }
  return new Map(
    [...byId].map(([id, told]) => {
      const broken = told.filter(({ fact }) => isBroken(fact));
      const intact = told.filter(
        ({ fact }) => !isBroken(fact) && (fact.action === 'applied' || fact.state === 'intact'),
      );
      return [id, { intact, broken }];
    }),
  );
}

/** A seal goes on at the end of a film at the latest and is seen from its beginning; a break may be at any of its time. */
function momentOf(fact: SealedFact): TimeSpan {
  const { from, to } = fact.time;
  if (isBroken(fact)) return fact.time;
  const instant = fact.action === 'applied' ? to : from;
  return { from: instant, to: instant };
}

/** Of the ways at the time the one that nobody speaks against before others, then the one that stands best. */
function bestWay(ways: readonly Enclosed[], time: TimeSpan): Enclosed | undefined {
  let best: { readonly way: Enclosed; readonly disputed: boolean } | undefined;
  for (const way of ways) {
    if (overlap(way, time) === null) continue;
    const disputed = objectionsIn(way, time).length > 0;
    if (best === undefined || (disputed === best.disputed ? byWorth(way, best.way) < 0 : best.disputed))
      best = { way, disputed };
  }
  return best?.way;
}

function byWorth(a: Enclosed, b: Enclosed): number {
  const shorter = a.packings.length - b.packings.length;
  if (shorter !== 0) return shorter;
  for (const [index, { prov }] of a.packings.entries()) {
    const order = byStanding(prov, b.packings[index]!.prov);
    if (order !== 0) return order;
  }
  return byCodeUnit(a.via.join(), b.via.join());
}

export interface SealedSpan extends Stretch {
  /** Records that stand at the beginning and at the end of the span, whatever their clocks say. */
  readonly startRecords: ReadonlySet<string>;
  readonly endRecords: ReadonlySet<string>;
}

/** Was one seal on at the beginning, read intact at the end, and told broken by nobody in between? */
export function excludedBySeal(span: SealedSpan, histories: SealHistories): Excluded | null {
  const alternatives: (readonly string[])[] = [];
  const against: string[] = [];
  for (const { broken, intact } of histories.values()) {
    const wayOf = new Map(intact.map(({ fact, way }) => [fact, way]));
    const words = intact.map(({ fact }) => fact);
    const on = words.filter(
      ({ prov, time }) => (time.to ?? 0) <= span.from || span.startRecords.has(prov.records[0]!),
    );
    const still = words.filter(
      ({ action, prov, time }) =>
        action === 'read' && ((time.from ?? 0) >= span.to || span.endRecords.has(prov.records[0]!)),
    );
    for (const applied of bestOfEach(latestOfEach(on))) {
      for (const read of bestOfEach(earliestOfEach(still))) {
        const breaks = broken.filter(({ fact }) => touches(fact, applied, read));
        const own = new Set([applied.prov.signer, read.prov.signer]);
        if (applied.id === read.id || breaks.some(({ fact }) => own.has(fact.prov.signer))) continue;
        const ways = [wayOf.get(applied)!, wayOf.get(read)!];
        alternatives.push(sortedUnique([applied.id, read.id, ...ways.flatMap(({ via }) => via)]));
        against.push(...breaks.map(({ fact }) => fact.id));
        const time = { from: applied.time.from, to: read.time.to };
        for (const way of ways) against.push(...objectionsIn(way, time).map(({ fact }) => fact.id));
      }
    }
  }
  if (alternatives.length === 0) return null;
  alternatives.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  return {
    parts: [{ span: { from: span.from, to: span.to }, alternatives }],
    against: sortedUnique(against),
  };
}

function touches(broken: SealedFact, applied: SealedFact, read: SealedFact): boolean {
  return (broken.time.to ?? 0) >= (applied.time.from ?? 0) && (broken.time.from ?? 0) <= (read.time.to ?? 0);
}

/** Of each signer the facts of its latest time: a later sight of the seal leaves less time in which it could break. */
function latestOfEach(facts: readonly SealedFact[]): readonly SealedFact[] {
  return extremeOfEach(facts, (a, b) => (a.time.to ?? 0) > (b.time.to ?? 0));
}

function earliestOfEach(facts: readonly SealedFact[]): readonly SealedFact[] {
  return extremeOfEach(facts, (a, b) => (a.time.from ?? 0) < (b.time.from ?? 0));
}

function extremeOfEach(
  facts: readonly SealedFact[],
  isBetter: (a: SealedFact, b: SealedFact) => boolean,
): readonly SealedFact[] {
  const best = new Map<string, SealedFact[]>();
  for (const fact of facts) {
    const held = best.get(fact.prov.signer);
    if (held === undefined || isBetter(fact, held[0]!)) best.set(fact.prov.signer, [fact]);
    else if (!isBetter(held[0]!, fact)) held.push(fact);
  }
  return [...best.values()].flat();
}

/** A break, and where in time it must lie: since the last sight of the seal intact. */
export interface SealBreak extends Stretch {
  readonly fact: SealedFact;
  readonly way: Enclosed;
}

export function sealBreaks(histories: SealHistories): readonly SealBreak[] {
  return [...histories.values()].flatMap(({ broken, intact }) => {
    const seen = intact.map(({ fact }) => fact.time.to ?? 0).sort((a, b) => a - b);
    return broken.flatMap(({ fact, way }): SealBreak[] => {
      const from = fact.time.from ?? 0;
      const to = fact.time.to ?? 0;
      if (fact.action === 'broken') return [{ fact, from, to, way }];
      const before = seen.findLastIndex((time) => time <= from);
      return before < 0 ? [] : [{ fact, from: seen[before]!, to, way }];
    });
  });
}
