import type { QuantumStep, SilentOrder } from '../rules/pack.js';
import { adjusted, type StepAnswer } from './adjustments.js';
import type { Decided, EdgeDecision } from './decisions.js';
import { limitOn } from './liability-cap.js';
import {
  apportion,
  compareRationals,
  difference,
  least,
  multiply,
  type Rational,
  rational,
  roundHalfUp,
} from './rational.js';
import { type FoundReason, reasonOf } from './reasons.js';
import { type EdgeShare, partOf } from './shares.js';

/** One step on the way to an amount, exact before and after. */
export interface AmountStep {
  readonly step: QuantumStep;
  /** Rule or measure that says so; null for the plain rule of the engine. */
  readonly by: string | null;
  /** Minor units, as exact fractions; null before the first step. */
  readonly before: Rational | null;
  readonly after: Rational;
  /** Figures the step used that stand nowhere else: a rate with its day, a number of days. */
  readonly note: string | null;
}

export type Quantum =
  | {
      readonly status: 'amount';
      readonly minor: bigint;
      readonly currency: string;
      readonly steps: readonly AmountStep[];
      /** What was split, where the share is the last thing that was done to it. */
      readonly whole: Rational | null;
    }
  /** It is owed; how much cannot be said from what is at hand. */
  | { readonly status: 'unproved'; readonly reason: FoundReason }
  /** Nobody asks for an amount on this edge. */
  | { readonly status: 'none' };

/**
 * The amount of a liable edge: what is claimed, measured, shared, capped and adjusted in the order of the pack, exact up
 * to one rounding at the end. Where the law leaves the order of two steps open and it matters, there is no amount.
 */
export function quantumOf(decided: Decided, decision: EdgeDecision, share: EdgeShare): Quantum {
  const { edge } = decision;
  if (decision.status !== 'liable' || edge.claims.length === 0) return { status: 'none' };
  const currencies = new Set([edge.damage.goods.currency, ...edge.claims.map(({ currency }) => currency)]);
  if (currencies.size > 1)
    return unproved(reasonOf('currency-differs', null, [...currencies].sort().join(', ')));
  if (share.open !== null) return unproved(share.open);
  const { silent, steps } = decided.case.rules;
  const reckoning = new Reckoning(decided, decision, share, [...currencies][0]!);
  const found = reckoning.reckon(steps);
  if (found.status !== 'amount') return found;
  for (const pair of silent) {
    const other = reckoning.reckon(swapped(steps, pair));
    // What only the other order leaves open is open: nobody can say that the order does not matter.
    if (other.status !== 'amount') return other;
    const [one, two] = [reckoning.wholeMinor(found), reckoning.wholeMinor(other)];
    if (one !== two) return unproved(contested(pair, one, two, found.currency));
  }
  return found;
}

function contested([first, second]: SilentOrder, one: bigint, other: bigint, currency: string): FoundReason {
  const both = `${first} ${second} ${one} ${currency}, ${second} ${first} ${other} ${currency}`;
  return reasonOf('order-contested', null, both);
}

function swapped(steps: readonly QuantumStep[], [first, second]: SilentOrder): readonly QuantumStep[] {
  return steps.map((step) => (step === first ? second : step === second ? first : step));
}

function unproved(reason: FoundReason): Extract<Quantum, { readonly status: 'unproved' }> {
  return { status: 'unproved', reason };
}

class Reckoning {
  readonly #decided: Decided;
  readonly #decision: EdgeDecision;
  readonly #share: EdgeShare;
  readonly #currency: string;

  constructor(decided: Decided, decision: EdgeDecision, share: EdgeShare, currency: string) {
    this.#decided = decided;
    this.#decision = decision;
    this.#share = share;
    this.#currency = currency;
  }

  reckon(order: readonly QuantumStep[]): Exclude<Quantum, { readonly status: 'none' }> {
    const steps: AmountStep[] = [];
    let amount: Rational | null = null;
    for (const step of order) {
      const answer: StepAnswer | null = this.#step(step, amount ?? rational(0n));
      if (answer === null) continue;
      if ('open' in answer) return unproved(answer.open);
      steps.push({ step, by: answer.by, before: amount, after: answer.after, note: answer.note });
      amount = answer.after;
    }
    const last = steps.at(-1);
    if (last?.step !== 'round') throw new TypeError('the last step of an amount is its rounding');
    const whole = splitLast(steps);
    return { status: 'amount', minor: last.after.n, currency: this.#currency, steps, whole };
  }

  /** What an amount comes to once the sum it is a part of is split into whole parts. */
  wholeMinor({ minor, whole }: Extract<Quantum, { readonly status: 'amount' }>): bigint {
    const part = this.#part();
    if (whole === null) return minor;
    return apportion(roundHalfUp(whole), [part, difference(rational(1n), part)])[0]!;
  }

  #part(): Rational {
    return this.#decision.mode === 'several' ? partOf(this.#share) : this.#share.debtors;
  }

  #step(step: QuantumStep, amount: Rational): StepAnswer | null {
    const { edge, mode } = this.#decision;
    switch (step) {
      case 'measure':
        return this.#measured();
      case 'share': {
        const part = this.#part();
        const all = compareRationals(part, rational(1n)) === 0;
        if (all && mode !== 'several') return null;
        return { by: this.#share.by, after: multiply(amount, part), note: null };
      }
      case 'cap': {
        const limit = limitOn(this.#decided, edge, this.#currency, amount);
        if (limit === null || 'open' in limit) return limit;
        return { by: limit.rule, after: least(amount, limit.amount), note: limit.note };
      }
      case 'round':
        return { by: null, after: rational(roundHalfUp(amount)), note: null };
      default:
        return adjusted(this.#decided, edge, step, amount, this.#currency);
    }
  }

  #measured(): StepAnswer {
    const { decisive, edge } = this.#decision;
    const claimed = edge.claims.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
    const price = BigInt(edge.damage.goods.priceMinor);
    const names = decisive.map(({ rule: { effect } }) => (effect.kind === 'liable' ? effect.measure : null));
    const name = names.find((one) => one !== null);
    const measure = name == null ? undefined : this.#decided.case.rules.measures.get(name);
    const lower = claimed < price ? claimed : price;
    if (measure === undefined) return { by: null, after: rational(lower), note: null };
    if (measure.currency !== null && measure.currency !== this.#currency) {
      const open = reasonOf('currency-differs', measure.name, `${this.#currency}, ${measure.currency}`);
      return { open };
    }
    const base = { claim: claimed, price, 'least-of-claim-and-price': lower }[measure.base];
    const [n, d] = measure.times;
    const product = multiply(rational(base), rational(BigInt(n), BigInt(d)));
    const floor = rational(BigInt(measure.minimumMinor ?? 0));
    const after = compareRationals(product, floor) < 0 ? floor : product;
    return { by: measure.name, after, note: null };
  }
}

/** The sum that the share split, where nothing that came after changed the part. */
function splitLast(steps: readonly AmountStep[]): Rational | null {
  const at = steps.findIndex(({ step }) => step === 'share');
  const shared = steps[at];
  const changed = steps
    .slice(at + 1, -1)
    .some(({ after, before }) => before === null || compareRationals(before, after) !== 0);
  return shared === undefined || changed ? null : shared.before;
}
