import type { CustodyInterval } from '../facts/custody.js';
import { dropBeyond, rmsBeyond } from '../facts/motion-answers.js';
import { sortedUnique } from '../facts/order.js';
import type { Answer, SentenceWith } from './answer.js';
import type { Bound, Decided } from './decisions.js';

/** How hard the goods were knocked, or shaken, on the leg: by devices at the unit, against a figure of the rule. */
export function motionAnswer(
  sentence: SentenceWith<'drop' | 'rms'>,
  leg: CustodyInterval,
  { edge }: Bound,
  { case: { facts } }: Decided,
): Answer {
  const question = { sub: edge.damage.custody.sub, span: leg.time };
  const { answer, parts } =
    sentence.op === 'drop'
      ? dropBeyond(facts, { ...question, ...sentence })
      : rmsBeyond(facts, { ...question, ...sentence });
  if (answer === 'unknown') return { value: null };
  const read = parts.flatMap(({ alternatives }) => alternatives.flat());
  return { value: answer === 'yes', facts: sortedUnique(read), sensor: parts };
}
