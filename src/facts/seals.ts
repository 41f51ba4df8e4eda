import type { CaseFacts } from './case-facts.js';
import type { Concerns } from './enclosing.js';
import type { Excluded } from './exclusion.js';
import { bestOfEach } from './exclusion.js';
import type { SealedFact } from './fact.js';
import { addTo, sortedUnique } from './order.js';
import type { Stretch } from './recordings.js';

/** What is told of one seal. */
interface SealHistory {
  readonly intact: readonly SealedFact[];
  readonly broken: readonly SealedFact[];
}

export type SealHistories = ReadonlyMap<string, SealHistory>;

/** All seals of the item or of what enclosed it, by seal id. A seal that is not there any more counts as broken. */
export function sealHistories(facts: CaseFacts, concerns: Concerns): SealHistories {
  const byId = new Map<string, SealedFact[]>();
  for (const fact of facts.of('sealed')) {
    if (concerns(fact.sub, fact.time)) addTo(byId, fact.sealId, fact);
  }
  return new Map(
    [...byId].map(([id, told]) => {
      const broken = told.filter(isBroken);
      const intact = told.filter(
        (fact) => !isBroken(fact) && (fact.action === 'applied' || fact.state === 'intact'),
      );
      return [id, { intact, broken }];
    }),
  );
}

function isBroken({ action, state }: SealedFact): boolean {
  return action === 'broken' || state === 'broken' || state === 'absent';
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
    const on = intact.filter(
      ({ prov, time }) => (time.to ?? 0) <= span.from || span.startRecords.has(prov.records[0]!),
    );
    const still = intact.filter(
      ({ action, prov, state, time }) =>
        action === 'read' &&
        state === 'intact' &&
        ((time.from ?? 0) >= span.to || span.endRecords.has(prov.records[0]!)),
    );
    for (const applied of bestOfEach(latestOfEach(on))) {
      for (const read of bestOfEach(earliestOfEach(still))) {
        const breaks = broken.filter((one) => touches(one, applied, read));
        const own = new Set([applied.prov.signer, read.prov.signer]);
        if (applied.id === read.id || breaks.some(({ prov }) => own.has(prov.signer))) continue;
        alternatives.push(sortedUnique([applied.id, read.id]));
        against.push(...breaks.map(({ id }) => id));
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
}

export function sealBreaks(histories: SealHistories): readonly SealBreak[] {
  return [...histories.values()].flatMap(({ broken, intact }) => {
    const seen = intact.map(({ time }) => time.to ?? 0).sort((a, b) => a - b);
    return broken.flatMap((fact): SealBreak[] => {
      const from = fact.time.from ?? 0;
      const to = fact.time.to ?? 0;
      if (fact.action === 'broken') return [{ fact, from, to }];
      const before = seen.findLastIndex((time) => time <= from);
      return before < 0 ? [] : [{ fact, from: seen[before]!, to }];
    });
  });
}
