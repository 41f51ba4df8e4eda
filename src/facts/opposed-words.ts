import type { FactRemark } from './case-facts.js';
import type { Fact, HandedOverFact, SealedFact } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { isRefused, SAME_PASSAGE_S } from './passages.js';
import { returnedIdentity } from './returned-identity.js';

/** What seals and handovers are told to be that cannot all be right. It is disclosed and decides nothing. */
export function opposedWords(facts: readonly Fact[]): readonly FactRemark[] {
  const bySeal = new Map<string, SealedFact[]>();
  const bySealed = new Map<string, SealedFact[]>();
  const byMoved = new Map<string, HandedOverFact[]>();
  const labels: Fact[] = [];
  for (const fact of facts) {
    if (fact.predicate === 'sealed') {
      addTo(bySeal, fact.sealId, fact);
      addTo(bySealed, fact.sub, fact);
    } else if (fact.predicate === 'handed-over') {
      // Who refuses takes nothing: offering the goods to the next is no contradiction.
      if (!isRefused(fact)) addTo(byMoved, fact.sub, fact);
    }
    if (fact.predicate === 'returned' && returnedIdentity(fact.args, fact.sub) === 'contradictory')
      labels.push(fact);
  }
  return [
    ...[...bySeal.values()].flatMap(intactAfterBreak),
    ...[...bySealed.values()].flatMap(otherSeal),
    ...[...byMoved.values()].flatMap(handedToTwo),
    ...labels.map((fact) => remarkOn('facts.label-mismatch', [fact])),
  ];
}

/** In one second a seal is read before it is broken, and broken before it is put on anew. */
const TURN = { read: 0, broken: 1, applied: 2 } as const;

function inTurn(facts: readonly SealedFact[]): readonly SealedFact[] {
  return [...facts].sort(
    (a, b) => momentOf(a) - momentOf(b) || turnOf(a) - turnOf(b) || byCodeUnit(a.id, b.id),
  );
}

/** A seal goes on at the end of a film at the latest and is seen from its beginning. */
function momentOf({ action, time }: SealedFact): number {
  return (action === 'applied' ? time.to : time.from) ?? 0;
}

function turnOf(fact: SealedFact): number {
  return isBroken(fact) ? TURN.broken : TURN[fact.action];
}

/** A seal that is not there any more counts as broken. */
export function isBroken({ action, state }: SealedFact): boolean {
  return action === 'broken' || state === 'broken' || state === 'absent';
}

/** Read intact after it was broken, and nobody tells that it was put on again. */
function intactAfterBreak(told: readonly SealedFact[]): readonly FactRemark[] {
  const involved: SealedFact[] = [];
  let broken: SealedFact[] = [];
  for (const fact of inTurn(told)) {
    if (isBroken(fact)) broken.push(fact);
    else if (fact.action === 'applied') broken = [];
    else if (fact.state === 'intact' && broken.length > 0) {
      involved.push(fact, ...broken);
      // Said once; later sights of the seal contradict the same breaks.
      broken = broken.slice(0, 1);
    }
  }
  return involved.length === 0 ? [] : [remarkOn('facts.seal-contradiction', involved)];
}

/** A seal is read on a thing on which others are told to have been put, and never this one. */
function otherSeal(told: readonly SealedFact[]): readonly FactRemark[] {
  const involved: SealedFact[] = [];
  const on = new Map<string, SealedFact>();
  for (const fact of inTurn(told)) {
    if (isBroken(fact)) on.delete(fact.sealId);
    else if (fact.action === 'applied') on.set(fact.sealId, fact);
    else if (on.size > 0 && !on.has(fact.sealId)) involved.push(fact, ...[...on.values()].slice(-1));
  }
  return involved.length === 0 ? [] : [remarkOn('facts.seal-mismatch', involved)];
}

/** One giver, two takers, within the time in which records are of one passage. */
function handedToTwo(told: readonly HandedOverFact[]): readonly FactRemark[] {
  const passages = [...told].sort(
    (a, b) => (a.time.from ?? 0) - (b.time.from ?? 0) || byCodeUnit(a.to, b.to) || byCodeUnit(a.id, b.id),
  );
  const involved: HandedOverFact[] = [];
  for (const [index, fact] of passages.entries()) {
    const before = passages[index - 1];
    if (before === undefined || before.from !== fact.from || before.to === fact.to) continue;
    if ((fact.time.from ?? 0) - (before.time.from ?? 0) <= SAME_PASSAGE_S) involved.push(before, fact);
  }
  return involved.length === 0 ? [] : [remarkOn('facts.handover-contradiction', involved)];
}

function remarkOn(code: FactRemark['code'], facts: readonly Fact[]): FactRemark {
  return {
    code,
    records: sortedUnique(facts.map(({ prov }) => prov.records[0]!)),
    signers: sortedUnique(facts.map(({ prov }) => prov.signer)),
  };
}
