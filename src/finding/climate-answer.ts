import { agreedTerm } from '../facts/agreement-facts.js';
import { strictest } from '../facts/climate.js';
import { type ClimateAnswer, excursionLonger, kineticMeanBeyond } from '../facts/climate-answers.js';
import type { CustodyInterval } from '../facts/custody.js';
import { judgedRecordings } from '../facts/judged-recordings.js';
import { climateLimitsOf } from '../facts/limits.js';
import { sortedUnique } from '../facts/order.js';
import type { ClimateLimits } from '../rules/terms.js';
import type { Answer, SentenceWith } from './answer.js';
import type { Bound, Decided } from './decisions.js';

type ClimateSentence = SentenceWith<'kinetic-mean' | 'excursion-time'>;

/** How warm, or cold, the goods were on the leg: by devices at the unit, against a limit that somebody stated. */
export function climateAnswer(
  sentence: ClimateSentence,
  leg: CustodyInterval,
  bound: Bound,
  decided: Decided,
): Answer {
  const { damage } = bound.edge.damage;
  const harm = damage.kind === 'cold' ? 'cold' : 'heat';
  const limit = limitOf(sentence.limits, harm, bound, decided);
  if (limit.milliC === null) return { value: null, facts: limit.facts };
  const { facts } = decided.case;
  const question = { sub: bound.edge.damage.custody.sub, span: leg.time, limitMilliC: limit.milliC };
  if (sentence.op === 'excursion-time') {
    const found = excursionLonger(facts, { ...question, harm, seconds: sentence.hours * 3600 });
    return answerBy(found, limit.facts, 'yes');
  }
  // A kinetic mean weighs warmth: nothing follows from it for what was too cold.
  if (harm === 'cold') return { value: null, facts: limit.facts };
  return answerBy(kineticMeanBeyond(facts, question), limit.facts, sentence.how === 'beyond' ? 'yes' : 'no');
}

function answerBy({ answer, parts }: ClimateAnswer, terms: readonly string[], wanted: 'yes' | 'no'): Answer {
  if (answer === 'unknown') return { value: null, facts: terms };
  const read = parts.flatMap(({ alternatives }) => alternatives.flat());
  return { value: answer === wanted, facts: sortedUnique([...terms, ...read]), sensor: parts };
}

/** The strictest figure of the limits meant, and the facts that state it. */
function limitOf(
  limits: ClimateLimits,
  harm: 'heat' | 'cold',
  { edge }: Bound,
  { case: { facts } }: Decided,
): { readonly milliC: number | null; readonly facts: readonly string[] } {
  if (limits === 'agreed.temperature-limits') {
    const term = agreedTerm(facts, 'temperatureLimits', edge.creditor, edge.debtor);
    if (term.status === 'none') return { milliC: null, facts: [] };
    if (term.status === 'unordered') return { milliC: null, facts: term.facts.map(({ id }) => id) };
    const stated = term.fact.hidden ? null : climateLimitsOf(term.fact.value);
    return { milliC: strictest(stated ?? [], harm), facts: [term.fact.id] };
  }
  const { mayConcern } = judgedRecordings(facts).enclosure(edge.damage.goods.sub);
  const declared = facts.of('commissioned').filter(({ sub }) => mayConcern(sub, { from: null, to: null }));
  const stated = declared.flatMap(({ args }) => climateLimitsOf(args['storageLimits']) ?? []);
  return { milliC: strictest(stated, harm), facts: declared.map(({ id }) => id) };
}
