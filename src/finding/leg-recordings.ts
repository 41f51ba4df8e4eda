import type { CaseFacts } from '../facts/case-facts.js';
import { type Coverage, coverageOf, type ShockAnswer, shockAnswerOf } from '../facts/coverage.js';
import type { CustodyInterval } from '../facts/custody.js';
import type { AgreedFact } from '../facts/fact.js';
import { firstShockSource, type LimitSource, NO_LIMITS, shockSourceOf } from '../facts/limits.js';

/** A climate is judged by every limit of the case, a shock by the limits given. */
export type AskedOfLeg =
  | { readonly quantity: 'acceleration'; readonly limits: LimitSource }
  | { readonly quantity: 'temperature'; readonly harm: 'heat' | 'cold' }
  | { readonly quantity: 'humidity' };

function keyOf(asked: AskedOfLeg): LimitSource | string {
  switch (asked.quantity) {
    case 'acceleration':
      return asked.limits;
    case 'temperature':
      return asked.harm;
    case 'humidity':
      return 'wet';
  }
}

/** What recordings tell of legs, each question answered once. */
export class LegRecordings {
  readonly #facts: CaseFacts;
  readonly #coverage = new WeakMap<CustodyInterval, Map<LimitSource | string, Coverage>>();
  #agreedAnywhere: LimitSource | null = null;

  constructor(facts: CaseFacts) {
    this.#facts = facts;
  }

  /** Was a shock on the leg beyond the limits a term states? Null when the term states none that can be read. */
  shockBeyond(sub: string, leg: CustodyInterval, term: AgreedFact): ShockAnswer | null {
    const limits = shockSourceOf(term);
    return limits === null
      ? null
      : shockAnswerOf(this.coverage(sub, leg, { quantity: 'acceleration', limits }));
  }

  /** How well a quantity was recorded on the leg, judged by the limits given. */
  coverage(sub: string, leg: CustodyInterval, asked: AskedOfLeg): Coverage {
    let known = this.#coverage.get(leg);
    if (known === undefined) {
      known = new Map();
      this.#coverage.set(leg, known);
    }
    const key = keyOf(asked);
    let found = known.get(key);
    if (found === undefined) {
      found = coverageOf(this.#facts, { ...asked, sub, span: leg.time });
      known.set(key, found);
    }
    return found;
  }

  /** The fragility agreed first in the case; where none is, what devices list as standing out. */
  limitsAgreedAnywhere(): LimitSource {
    this.#agreedAnywhere ??= firstShockSource(this.#facts) ?? NO_LIMITS;
    return this.#agreedAnywhere;
  }
}

const ofFacts = new WeakMap<CaseFacts, LegRecordings>();

/** Remembered for the same facts, which never change: what was recorded does not hang on who claims what. */
export function legRecordings(facts: CaseFacts): LegRecordings {
  let found = ofFacts.get(facts);
  if (found === undefined) {
    found = new LegRecordings(facts);
    ofFacts.set(facts, found);
  }
  return found;
}
