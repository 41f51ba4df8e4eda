import { agreedTerm } from '../facts/agreement-facts.js';
import type { Adjustment, Rule } from '../rules/rule.js';
import type { Decided, RuleReading } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { eventTime } from './events.js';
import { displacing, effective } from './forks.js';
import { affectedPart } from './liability-cap.js';
import {
  compareRationals,
  difference,
  greatest,
  multiply,
  type Rational,
  rational,
  sum,
} from './rational.js';
import { type FoundReason, reasonOf } from './reasons.js';
import { actingRules, openConditions } from './rule-reading.js';

/** What a step did to an amount, or why that cannot be said. */
export type StepAnswer =
  | { readonly by: string | null; readonly after: Rational; readonly note: string | null }
  | { readonly open: FoundReason };

/** A step of the amount that a rule adds; null where none does, or where it changes nothing. */
export function adjusted(
  decided: Decided,
  edge: EdgeCase,
  step: Adjustment,
  amount: Rational,
  currency: string,
): StepAnswer | null {
  const rules = edge.rules.adjust.filter(({ effect }) => effect.kind === 'adjust' && effect.step === step);
  const readings = actingRules(rules, edge, decided);
  const [holding] = effective(
    readings.filter(({ value }) => value === true),
    decided.case.rules,
  );
  const sure = holding === undefined ? null : apply(decided, edge, holding.rule, amount, currency);
  const unknown = displacing(readings, decided.case.rules);
  if (unknown === null) return sure;
  // What would change nothing if it held does not matter.
  const tried = apply(decided, edge, unknown.rule, amount, currency);
  return isSame(sure, tried) ? sure : { open: stepUnknown(unknown) };
}

function isSame(one: StepAnswer | null, other: StepAnswer | null): boolean {
  if (one === null || other === null) return one === other;
  return 'after' in one && 'after' in other && compareRationals(one.after, other.after) === 0;
}

function stepUnknown(reading: RuleReading): FoundReason {
  return reasonOf('step-unknown', reading.rule.id, openConditions(reading));
}

function apply(
  decided: Decided,
  edge: EdgeCase,
  rule: Rule,
  amount: Rational,
  currency: string,
): StepAnswer | null {
  const { effect, id } = rule;
  if (effect.kind !== 'adjust') return null;
  const { damage, goods } = edge.damage;
  switch (effect.step) {
    case 'diminish': {
      if (damage.residualMinor === undefined || goods.priceMinor === 0) return null;
      const lost = Math.max(0, goods.priceMinor - damage.residualMinor);
      const part = rational(BigInt(lost), BigInt(goods.priceMinor));
      return { by: id, after: multiply(amount, part), note: `${lost} of ${goods.priceMinor} lost` };
    }
    case 'salvage':
      return damage.salvageMinor === undefined ? null : less(id, amount, BigInt(damage.salvageMinor));
    case 'deduct':
      return paidAlready(decided, edge, id, amount, currency);
    case 'freight':
      return freightBack(decided, edge, id, amount, currency);
    case 'interest':
      return withInterest(decided, edge, rule, amount);
  }
}

/** Never below nothing. */
function less(by: string, amount: Rational, minor: bigint): StepAnswer {
  return { by, after: greatest(rational(0n), difference(amount, rational(minor))), note: null };
}

/** Money that the creditor itself says it got. */
function paidAlready(
  decided: Decided,
  edge: EdgeCase,
  by: string,
  amount: Rational,
  currency: string,
): StepAnswer | null {
  const { grader } = decided.desk(edge);
  let paid = 0n;
  for (const fact of decided.case.facts.of('paid')) {
    const { amountMinor, currency: coin, kind } = fact.args;
    if (fact.sub !== edge.damage.goods.sub || (kind !== 'refund' && kind !== 'compensation')) continue;
    // Issued by the side it hurts: a debtor's own word that it paid proves nothing.
    if (grader.grade(fact, edge.creditor).grade < 5) continue;
    if (typeof amountMinor !== 'number') {
      return { open: reasonOf('figure-hidden', by, 'payment.amountMinor') };
    }
    if (coin !== currency) return { open: reasonOf('currency-differs', by, `${currency}, ${String(coin)}`) };
    paid += BigInt(amountMinor);
  }
  return paid === 0n ? null : less(by, amount, paid);
}

/** Freight comes back with the loss, in the part of the goods that is lost. */
function freightBack(
  { case: { facts } }: Decided,
  edge: EdgeCase,
  by: string,
  amount: Rational,
  currency: string,
): StepAnswer | null {
  const agreed = (term: string) => agreedTerm(facts, term, edge.creditor, edge.debtor);
  const freight = agreed('freightMinor');
  if (freight.status === 'none') return null;
  const coin = agreed('currency');
  const value = freight.status === 'present' && !freight.fact.hidden ? freight.fact.value : null;
  if (typeof value !== 'number') return { open: reasonOf('figure-hidden', by, 'agreed.freightMinor') };
  if (coin.status !== 'present' || coin.fact.value !== currency) {
    return { open: reasonOf('currency-differs', by, currency) };
  }
  const { damage, goods } = edge.damage;
  const part =
    damage.massG === undefined || goods.massG === undefined
      ? affectedPart(damage.extent)
      : rational(BigInt(damage.massG), BigInt(goods.massG));
  return {
    by,
    after: sum(amount, multiply(rational(BigInt(value)), part)),
    note: `${part.n}/${part.d} of the freight`,
  };
}

const DAY_S = 86_400;

/** Simple interest for whole days, of a year of 365. */
function withInterest(
  { case: theCase }: Decided,
  edge: EdgeCase,
  { effect, id }: Rule,
  amount: Rational,
): StepAnswer | null {
  if (effect.kind !== 'adjust' || effect.ratePpm === null || effect.from === null) return null;
  const from = eventTime(theCase, edge, effect.from);
  const begin = from?.span.from ?? null;
  const end = from?.span.to ?? null;
  const days = (instant: number): number =>
    Math.max(0, Math.floor((theCase.dispute.asOf.utcS - instant) / DAY_S));
  if (begin === null || end === null || days(begin) !== days(end)) {
    return { open: reasonOf('interest-start-unknown', id, effect.from) };
  }
  if (days(end) === 0) return null;
  const rate = rational(BigInt(effect.ratePpm) * BigInt(days(end)), 365_000_000n);
  return {
    by: id,
    after: sum(amount, multiply(amount, rate)),
    note: `${days(end)} days at ${effect.ratePpm} millionths a year`,
  };
}
