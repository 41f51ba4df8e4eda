import { agreedTerm } from '../facts/agreement-facts.js';
import type { CapMeasure, CapUnit, PlainCapMeasure, Rule } from '../rules/rule.js';
import { converted, readRate } from './currency.js';
import type { Decided } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { effective } from './forks.js';
import { compareRationals, multiply, type Rational, rational } from './rational.js';
import { type FoundReason, reasonOf } from './reasons.js';
import { actingRules, openConditions } from './rule-reading.js';

/** A limit of liability in minor units of the claim's currency. */
export interface Limit {
  readonly rule: string;
  readonly amount: Rational;
  /** Where it was converted: `1 XDR = 9.4136 CNY on 2026-06-01`. */
  readonly note: string | null;
}

type Answer = Limit | { readonly open: FoundReason };

/**
 * The lowest limit that holds on an edge; null for none. A limit whose condition is unknown counts only where it would
 * limit the `amount`, for else it does not matter.
 */
export function limitOn(decided: Decided, edge: EdgeCase, currency: string, amount: Rational): Answer | null {
  const readings = actingRules(edge.rules.cap, edge, decided).filter(({ value }) => value !== false);
  const sure = effective(
    readings.filter(({ value }) => value === true),
    decided.case.rules,
  );
  let lowest: Limit | null = null;
  for (const { rule } of sure) {
    const answer = limitOf(decided, edge, rule, currency);
    if (answer === null) continue;
    if ('open' in answer) return answer;
    if (lowest === null || compareRationals(answer.amount, lowest.amount) < 0) lowest = answer;
  }
  const left = lowest === null || compareRationals(amount, lowest.amount) < 0 ? amount : lowest.amount;
  for (const reading of readings) {
    const { rule, value } = reading;
    if (value === true) continue;
    const answer = limitOf(decided, edge, rule, currency);
    if (answer === null || (!('open' in answer) && compareRationals(answer.amount, left) >= 0)) continue;
    return { open: reasonOf('cap-unknown', rule.id, openConditions(reading)) };
  }
  return lowest;
}

/** The limit of one rule; null where it is broken. */
function limitOf(decided: Decided, edge: EdgeCase, rule: Rule, currency: string): Answer | null {
  const { effect } = rule;
  if (effect.kind !== 'cap') return null;
  if (effect.brokenBy !== null) {
    const issue = decided.case.rules.issues.get(effect.brokenBy)!;
    const legs = issue.about.includes('leg') ? edge.legs : [null];
    const statuses = legs.map((leg) => decided.issue(edge, issue.name, leg).status);
    if (statuses.includes('found')) return null;
    if (statuses.includes('undetermined')) {
      return { open: reasonOf('cap-breach-unknown', rule.id, issue.asks.en) };
    }
  }
  return chosen(decided, edge, rule.id, effect.measure, currency);
}

function chosen(
  decided: Decided,
  edge: EdgeCase,
  rule: string,
  measure: CapMeasure,
  currency: string,
): Answer {
  if (!('choose' in measure)) return plain(decided, edge, rule, measure, currency);
  let best: Limit | null = null;
  for (const one of measure.of) {
    const answer = plain(decided, edge, rule, one, currency);
    // Of two figures the higher is known only when both are.
    if ('open' in answer) return answer;
    const above = best !== null && compareRationals(answer.amount, best.amount) > 0;
    if (best === null || above === (measure.choose === 'higher')) best = answer;
  }
  return best!;
}

/** What a limit says, once `from` an agreement is resolved. */
interface Figures {
  readonly per?: unknown;
  readonly times?: unknown;
  readonly rateMinor?: unknown;
  readonly currency?: unknown;
}

function plain(
  decided: Decided,
  edge: EdgeCase,
  rule: string,
  measure: PlainCapMeasure,
  currency: string,
): Answer {
  const missing = (what: string): Answer => ({ open: reasonOf('cap-figure-unknown', rule, what) });
  const agreed = (term: string): unknown => {
    const found = agreedTerm(decided.case.facts, term, edge.creditor, edge.debtor);
    return found.status === 'present' && !found.fact.hidden ? found.fact.value : null;
  };
  const figures: Figures = 'from' in measure ? ((agreed(measure.from) as Figures | null) ?? {}) : measure;
  if (typeof figures.per !== 'string')
    return missing(`agreed.${'from' in measure ? measure.from : 'liabilityCap'}`);
  const { name, units } = unitsOf(figures.per as CapUnit, edge, agreed);
  if (units === null) return missing(name);
  if (typeof figures.times === 'number') {
    // A multiple is of money that the parties named; of a mass or a count it would be no amount.
    if (figures.per !== 'freight' && figures.per !== 'declared') return missing('a sum that is multiplied');
    return inCurrency(decided, rule, multiply(units, whole(figures.times)), agreed('currency'), currency);
  }
  if (typeof figures.rateMinor !== 'number') return missing('agreed.liabilityCap');
  return inCurrency(decided, rule, multiply(units, whole(figures.rateMinor)), figures.currency, currency);
}

/** The sum in the currency of the claim, at the rate the dispute states. */
function inCurrency(
  { case: { dispute } }: Decided,
  rule: string,
  amount: Rational,
  from: unknown,
  to: string,
): Answer {
  if (from === to) return { rule, amount, note: null };
  if (typeof from !== 'string') return { open: reasonOf('cap-figure-unknown', rule, 'agreed.currency') };
  const rates = dispute.rates.filter((one) => one.from === from && one.to === to);
  const [rate] = rates;
  if (rate === undefined) return { open: reasonOf('rate-missing', rule, from, to) };
  if (rates.length > 1) return { open: reasonOf('rate-ambiguous', rule, from, to) };
  const note = `1 ${from} = ${rate.rate} ${to} on ${rate.date}`;
  return { rule, amount: converted(amount, from, to, readRate(rate.rate)!), note };
}

function whole(value: number): Rational {
  return rational(BigInt(value));
}

/** How many units the damage affects, or the money that a multiple is of. */
function unitsOf(
  per: CapUnit,
  edge: EdgeCase,
  agreed: (term: string) => unknown,
): { readonly name: string; readonly units: Rational | null } {
  const { damage } = edge.damage;
  const money = (term: string) => {
    const value = agreed(term);
    return { name: `agreed.${term}`, units: typeof value === 'number' ? whole(value) : null };
  };
  switch (per) {
    case 'kg': {
      const grams = affectedGrams(edge);
      return {
        name: 'the mass of the goods',
        units: grams === null ? null : multiply(grams, rational(1n, 1000n)),
      };
    }
    case 'package':
      return { name: per, units: whole(damage.packages ?? 1) };
    case 'item':
      return { name: per, units: whole(damage.extent?.count ?? 1) };
    case 'freight':
      return money('freightMinor');
    case 'declared':
      return money('valueDeclaredMinor');
  }
}

/** Mass that the damage affects: as stated, else the part of the goods that it affects; null where no mass is stated. */
function affectedGrams({ damage: { damage, goods } }: EdgeCase): Rational | null {
  if (damage.massG !== undefined) return whole(damage.massG);
  if (goods.massG === undefined) return null;
  return multiply(whole(goods.massG), affectedPart(damage.extent));
}

/** `3 of 40` as a fraction; all where no extent is stated. */
export function affectedPart(extent: { readonly count: number; readonly of: number } | undefined): Rational {
  return extent === undefined ? rational(1n) : rational(BigInt(extent.count), BigInt(extent.of));
}
