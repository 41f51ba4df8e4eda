import { agreedTerm } from '../facts/agreement-facts.js';
import type { CustodyInterval } from '../facts/custody.js';
import { type LimitSource, shockSourceOf } from '../facts/limits.js';
import { byCodeUnit, inOrder } from '../facts/order.js';
import { type CoveredQuantity, SHOCK_LIMITS } from '../rules/terms.js';
import { type Answer, CLOSED_GRADE, type SentenceWith } from './answer.js';
import { factOf } from './case.js';
import type { Bound, Decided } from './decisions.js';
import type { AskedOfLeg } from './leg-recordings.js';

/** Full recording that does not stand on records worth enough is no full recording. */
export function coveredAnswer(
  { quantity }: SentenceWith<'covered'>,
  leg: CustodyInterval,
  { edge }: Bound,
  decided: Decided,
): Answer {
  const { facts } = decided.case;
  const { custody } = edge.damage;
  const coverage = decided.case.recordings.coverage(custody.sub, leg, askedOf(quantity, edge, decided));
  const read = coverage.batches;
  if (coverage.status === 'excursion') return { value: false, facts: coverage.excursions };
  if (coverage.status !== 'full') return { value: coverage.status === 'none' ? false : null, facts: read };
  const opponent = leg.holder === edge.creditor ? edge.debtor : edge.creditor;
  const { grader } = decided.desk(edge);
  const held = coverage.parts.every(({ alternatives }) =>
    alternatives.some((alternative) =>
      alternative.every((id) => grader.grade(factOf(facts, id), opponent).grade >= CLOSED_GRADE),
    ),
  );
  return { value: held ? true : null, facts: read };
}

function askedOf(quantity: CoveredQuantity, edge: Bound['edge'], decided: Decided): AskedOfLeg {
  switch (quantity) {
    case 'acceleration':
      return { quantity, limits: shockLimitsFor(decided, edge) };
    case 'temperature':
      return { quantity, harm: edge.damage.damage.kind === 'cold' ? 'cold' : 'heat' };
    case 'humidity':
      return { quantity };
  }
}

/** The fragility agreed between the two of the edge, else the first agreed in the case, else what devices list. */
function shockLimitsFor(
  { case: { facts, recordings } }: Decided,
  { creditor, debtor }: Bound['edge'],
): LimitSource {
  const term = agreedTerm(facts, 'fragility', creditor, debtor);
  const own = term.status === 'present' ? shockSourceOf(term.fact) : null;
  return own ?? recordings.limitsAgreedAnywhere();
}

/** Whether the leg’s shocks passed both figures of what was agreed. */
export function shockAnswer(
  { how, limits }: SentenceWith<'shock'>,
  leg: CustodyInterval,
  { edge }: Bound,
  { case: { facts, recordings } }: Decided,
): Answer {
  const term = agreedTerm(facts, SHOCK_LIMITS[limits], edge.creditor, edge.debtor);
  if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
  if (term.status === 'none') return { value: null };
  const beyond = recordings.shockBeyond(edge.damage.custody.sub, leg, term.fact);
  if (beyond === null || beyond.answer === 'unknown') return { value: null, facts: [term.fact.id] };
  const read = new Set([term.fact.id]);
  for (const { alternatives } of beyond.parts) {
    for (const alternative of alternatives) for (const id of alternative) read.add(id);
  }
  return {
    // Within is the opposite of beyond: all of it recorded, and none of it past both figures.
    value: (beyond.answer === 'yes') === (how === 'beyond'),
    facts: inOrder([...read], byCodeUnit),
    sensor: beyond.parts,
  };
}
