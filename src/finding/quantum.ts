import { agreedTerm } from '../facts/agreement-facts.js';
import type { QuantumStep } from '../rules/pack.js';
import type { CapMeasure, Rule } from '../rules/rule.js';
import type { Decided, EdgeDecision } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { compareRationals, least, multiply, type Rational, rational, roundHalfUp } from './rational.js';
import { bindings, isInForce, readRule } from './rule-reading.js';

/** One step on the way to an amount, exact before and after. */
export interface AmountStep {
  readonly step: QuantumStep;
  /** Rule or measure that says so; null for the plain rule of the engine. */
  readonly by: string | null;
  /** Minor units, as exact fractions; null before the first step. */
  readonly before: Rational | null;
  readonly after: Rational;
}

export type Quantum =
  | {
      readonly status: 'amount';
      readonly minor: bigint;
      readonly currency: string;
      readonly steps: readonly AmountStep[];
    }
  /** It is owed; how much cannot be said from what is at hand. */
  | { readonly status: 'unproved'; readonly why: string; readonly steps: readonly AmountStep[] }
  /** Nobody asks for an amount on this edge. */
  | { readonly status: 'none' };

/** The amount of a liable edge: what is claimed, measured, shared, capped and rounded once, in the order of the pack. */
export function quantumOf(decided: Decided, decision: EdgeDecision, share: Rational): Quantum {
  const { edge } = decision;
  if (decision.status !== 'liable' || edge.claims.length === 0) return { status: 'none' };
  const currency = edge.claims[0]!.currency;
  const { goods } = edge.damage;
  if (goods.currency !== currency || edge.claims.some((claim) => claim.currency !== currency)) {
    return { status: 'unproved', why: 'currencies differ', steps: [] };
  }
  const steps: AmountStep[] = [];
  let amount: Rational | null = null;
  const take = (step: QuantumStep, by: string | null, after: Rational): void => {
    steps.push({ step, by, before: amount, after });
    amount = after;
  };
  for (const step of decided.case.rules.steps) {
    if (step === 'measure') take(step, ...measured(decided, decision));
    if (step === 'share' && decision.mode === 'several') take(step, null, multiply(amount!, share));
    if (step === 'cap') {
      const cap = capOf(decided, edge, currency);
      if (cap !== null && 'why' in cap) return { status: 'unproved', why: cap.why, steps };
      if (cap !== null) take(step, cap.rule, least(amount!, cap.limit));
    }
    if (step === 'round') {
      const minor = roundHalfUp(amount!);
      take(step, null, rational(minor));
      return { status: 'amount', minor, currency, steps };
    }
    // The remaining steps need facts that no rule of this slice asks for; a pack that needs them brings them.
  }
  throw new TypeError('the last step of an amount is its rounding');
}

function measured(decided: Decided, { decisive, edge }: EdgeDecision): [by: string | null, after: Rational] {
  const claimed = edge.claims.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
  const price = BigInt(edge.damage.goods.priceMinor);
  const names = decisive.map(({ rule: { effect } }) => (effect.kind === 'liable' ? effect.measure : null));
  const name = names.find((one) => one !== null);
  const measure = name == null ? undefined : decided.case.rules.measures.get(name);
  const lower = claimed < price ? claimed : price;
  if (measure === undefined) return [null, rational(lower)];
  const base = { claim: claimed, price, 'least-of-claim-and-price': lower }[measure.base];
  const [n, d] = measure.times;
  const product = multiply(rational(base), rational(BigInt(n), BigInt(d)));
  const floor = rational(BigInt(measure.minimumMinor ?? 0));
  return [measure.name, compareRationals(product, floor) < 0 ? floor : product];
}

type Cap = { readonly rule: string; readonly limit: Rational } | { readonly why: string };

/** The lowest cap that holds; unproved where a figure it needs is not known, or whether it is broken. */
function capOf(decided: Decided, edge: EdgeCase, currency: string): Cap | null {
  const { case: theCase } = decided;
  let lowest: Extract<Cap, { readonly limit: Rational }> | null = null;
  const caps = edge.rules.cap.filter((rule) => isInForce(theCase, edge, rule));
  for (const rule of caps) {
    const values = bindings(rule, edge).map((leg) => readRule(rule, edge, leg, decided).value);
    if (values.every((value) => value === false)) continue;
    if (!values.includes(true)) return { why: `whether ${rule.id} limits the amount is unknown` };
    const broken = brokenBy(decided, edge, rule);
    if (broken === 'yes') continue;
    if (broken === 'unknown') return { why: `whether the limit of ${rule.id} is broken is unknown` };
    const limit = rule.effect.kind === 'cap' ? limitOf(decided, edge, rule.effect.measure, currency) : null;
    if (limit === null) return { why: `${rule.id} limits the amount by a figure that is not known` };
    if (lowest === null || compareRationals(limit, lowest.limit) < 0) lowest = { rule: rule.id, limit };
  }
  return lowest;
}

function brokenBy(decided: Decided, edge: EdgeCase, { effect }: Rule): 'yes' | 'no' | 'unknown' {
  if (effect.kind !== 'cap' || effect.brokenBy === null) return 'no';
  const about = decided.case.rules.issues.get(effect.brokenBy)!.about;
  const legs = about.includes('leg') ? edge.legs : [null];
  const statuses = legs.map((leg) => decided.issue(edge, effect.brokenBy!, leg).status);
  if (statuses.includes('found')) return 'yes';
  return statuses.includes('undetermined') ? 'unknown' : 'no';
}

type Unit = 'kg' | 'package' | 'freight' | 'declared' | 'item';
interface CapFigures {
  readonly per?: unknown;
  readonly times?: unknown;
  readonly rateMinor?: unknown;
  readonly currency?: unknown;
}

function limitOf(decided: Decided, edge: EdgeCase, measure: CapMeasure, currency: string): Rational | null {
  const { facts } = decided.case;
  const agreed = (term: string): unknown => {
    const found = agreedTerm(facts, term, edge.creditor, edge.debtor);
    return found.status === 'present' && !found.fact.hidden ? found.fact.value : null;
  };
  const figures: CapFigures =
    'from' in measure ? ((agreed(measure.from) as CapFigures | null) ?? {}) : measure;
  const units = unitsOf(figures.per as Unit, edge, agreed);
  if (units === null) return null;
  if (typeof figures.times === 'number') {
    // A multiple is of money that the parties named; of a mass or a count it would be no amount.
    const money = figures.per === 'freight' || figures.per === 'declared';
    return money && agreed('currency') === currency ? multiply(units, whole(figures.times)) : null;
  }
  if (typeof figures.rateMinor !== 'number' || figures.currency !== currency) return null;
  return multiply(units, whole(figures.rateMinor));
}

function whole(value: number): Rational {
  return rational(BigInt(value));
}

/** How many units the goods are, or the money that a multiple is of. */
function unitsOf(per: Unit | undefined, edge: EdgeCase, agreed: (term: string) => unknown): Rational | null {
  const { damage, goods } = edge.damage;
  const money = (term: string): Rational | null => {
    const value = agreed(term);
    return typeof value === 'number' ? whole(value) : null;
  };
  switch (per) {
    case 'kg':
      return goods.massG === undefined ? null : rational(BigInt(goods.massG), 1000n);
    case 'package':
      return rational(1n);
    case 'item':
      return whole(damage.extent?.count ?? 1);
    case 'freight':
      return money('freightMinor');
    case 'declared':
      return money('valueDeclaredMinor');
    default:
      return null;
  }
}
