import type { Condition, Period } from './condition.js';
import type { Comparison } from './terms.js';

const COMPARE_WORDS: Readonly<Record<Comparison, string>> = {
  le: 'at most',
  ge: 'at least',
  lt: 'below',
  gt: 'above',
};

/** A condition as the value an author would write: a sentence, or a map of one combinator. */
export type Written = string | { readonly [key: string]: Written | number } | readonly Written[];

/** The written form of a condition; reading it gives the same condition back. */
export function writeCondition(condition: Condition): Written {
  switch (condition.op) {
    case 'all':
      return { all: condition.of.map(writeCondition) };
    case 'any':
      return { any: condition.of.map(writeCondition) };
    case 'not':
      return condition.of.op === 'eq'
        ? `${condition.of.path} is not ${condition.of.value}`
        : { not: writeCondition(condition.of) };
    case 'shown':
      return { shown: writeCondition(condition.of), by: condition.by };
    case 'some':
    case 'every':
      return { [condition.op]: condition.over, is: writeCondition(condition.of) };
    case 'count':
      return { count: condition.over, 'at-least': condition.atLeast, is: writeCondition(condition.of) };
    default:
      return sentenceOf(condition);
  }
}

type Sentence = Exclude<
  Condition,
  { readonly op: 'all' | 'any' | 'not' | 'shown' | 'some' | 'every' | 'count' }
>;

function sentenceOf(sentence: Sentence): string {
  switch (sentence.op) {
    case 'issue':
      return sentence.edge === null
        ? `issue ${sentence.issue} is ${sentence.is}`
        : `issue ${sentence.issue} of ${sentence.edge} is ${sentence.is}`;
    case 'edge':
      return `edge ${sentence.edge}${sentence.ofLegHolder ? '(leg.holder)' : ''} is ${sentence.is}`;
    case 'eq':
      return `${sentence.path} is ${sentence.value}`;
    case 'eq-path':
      return `${sentence.path} is ${sentence.other}`;
    case 'in':
      return `${sentence.path} in ${sentence.values.join('|')}`;
    case 'within':
      return `${sentence.event} within ${periodText(sentence.period)} of ${sentence.of}`;
    case 'elapsed':
      return `no ${sentence.event} by ${periodText(sentence.period)} after ${sentence.after}`;
    case 'before':
    case 'after':
    case 'overlaps':
      return `${sentence.event} ${sentence.op} ${sentence.other}`;
    case 'during':
      return `${sentence.event} during leg`;
    case 'state':
      return `state ${sentence.value} at ${sentence.boundary}`;
    case 'asserted':
      return `asserted ${sentence.value}`;
    case 'covers':
      return `inspected at ${sentence.boundary} covers damage`;
    case 'covered':
      return `covered ${sentence.quantity} on leg`;
    case 'shock':
      return `shock(leg) ${sentence.how} ${sentence.limits}`;
    case 'kinetic-mean':
      return `mkt(leg) ${sentence.how} ${sentence.limits}`;
    case 'excursion-time':
      return `excursion(leg) beyond ${sentence.limits} longer than ${sentence.hours} h`;
    case 'drop':
      return `drop(leg) higher than ${sentence.heightMm} mm rebound ${sentence.restitutionPermille} permille`;
    case 'rms':
      return `rms(leg) above ${sentence.limitMilliG} mg`;
    case 'leg-ends':
      return sentence.boundary === 'nowhere' ? 'leg ends nowhere' : `leg ends at ${sentence.boundary}`;
    case 'located':
      return `leg is ${sentence.how}`;
    case 'agreed':
      return `agreed ${sentence.term} is present`;
    case 'undertaken':
      return `undertaken ${sentence.what} by ${sentence.by}`;
    case 'incident':
      return `incident ${sentence.code} by ${sentence.by} on leg`;
    case 'signed-off':
      return 'signed-off without objection';
    case 'notice-late':
      return 'no notice within agreed days';
    case 'left-without-consent':
      return 'delivered without consent';
    case 'delivery-refused':
      return 'delivery refused';
    case 'has':
      return `fact ${sentence.predicate} ${sentence.code} against ${sentence.against} at least ${sentence.grade}`;
    case 'amount':
      return `amount of ${sentence.head} ${COMPARE_WORDS[sentence.compare]} ${sentence.amountMinor}`;
    case 'same-party':
      return `same-party ${sentence.roles.join(' ')}`;
    case 'acts-for':
      return `${sentence.agent} acts-for ${sentence.principal}`;
  }
}

function periodText(period: Period): string {
  return `${period.count} ${period.unit}`;
}

/** A condition on one line, for traces and messages. */
export function conditionText(condition: Condition): string {
  switch (condition.op) {
    case 'all':
      return `all (${condition.of.map(conditionText).join('; ')})`;
    case 'any':
      return `any (${condition.of.map(conditionText).join('; ')})`;
    case 'not':
      return condition.of.op === 'eq'
        ? `${condition.of.path} is not ${condition.of.value}`
        : `not (${conditionText(condition.of)})`;
    case 'shown':
      return `shown (${conditionText(condition.of)}) by ${condition.by}`;
    case 'some':
    case 'every':
      return `${condition.op} leg (${conditionText(condition.of)})`;
    case 'count':
      return `at least ${condition.atLeast} legs (${conditionText(condition.of)})`;
    default:
      return sentenceOf(condition);
  }
}
