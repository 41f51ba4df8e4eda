import type { CaseFacts } from '../facts/case-facts.js';
import {
  type Coverage,
  type CoverageQuestion,
  coverageOf,
  type ShockAnswer,
  shockAnswerOf,
} from '../facts/coverage.js';
import type { CustodyInterval } from '../facts/custody.js';
import type { AgreedFact } from '../facts/fact.js';
import { type LimitSource, NO_LIMITS, shockLimitsOf, shockSources } from '../facts/limits.js';

/** The shock limits an agreed term states, as a source to judge by; null when it states none that can be read. */
export function limitsOf(term: AgreedFact): LimitSource | null {
  const shock = term.hidden ? null : shockLimitsOf(term.value);
  return shock === null ? null : { terms: [term.id], shock, climate: null };
}

/** What recordings tell of legs, each question answered once. */
export class LegRecordings {
  readonly #facts: CaseFacts;
  readonly #shocks = new Map<string, ShockAnswer | null>();
  readonly #coverage = new Map<string, Coverage>();
  #agreedAnywhere: LimitSource | null = null;

  constructor(facts: CaseFacts) {
    this.#facts = facts;
  }

  /** Was a shock on the leg beyond the limits a term states? Null when the term states none that can be read. */
  shockBeyond(sub: string, leg: CustodyInterval, term: AgreedFact): ShockAnswer | null {
    const key = `${sub} ${leg.index} ${term.id}`;
    const known = this.#shocks.get(key);
    if (known !== undefined) return known;
    const limits = limitsOf(term);
    const answer =
      limits === null ? null : shockAnswerOf(this.coverage(sub, leg, { quantity: 'acceleration', limits }));
    this.#shocks.set(key, answer);
    return answer;
  }

  /** How well a quantity was recorded on the leg, judged by the limits given. */
  coverage(
    sub: string,
    leg: CustodyInterval,
    asked: Pick<CoverageQuestion, 'quantity' | 'harm' | 'limits'>,
  ): Coverage {
    const key = `${sub} ${leg.index} ${asked.quantity} ${asked.harm} ${asked.limits?.terms.join()}`;
    const known = this.#coverage.get(key);
    if (known !== undefined) return known;
    const found = coverageOf(this.#facts, { ...asked, sub, span: leg.time });
    this.#coverage.set(key, found);
    return found;
  }

  /** The first fragility agreed in the case; where none is, what devices list as standing out. */
  limitsAgreedAnywhere(): LimitSource {
    this.#agreedAnywhere ??= shockSources(this.#facts)[0] ?? NO_LIMITS;
    return this.#agreedAnywhere;
  }
}
