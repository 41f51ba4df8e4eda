import type { CaseFacts, FactScope } from '../facts/case-facts.js';
import { deriveFacts } from '../facts/derive-facts.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';

interface Remembered {
  readonly passports: readonly VerifiedPassport[];
  readonly scope: string;
  readonly facts: CaseFacts;
}

const remembered = new WeakMap<VerifiedPassport, Remembered>();

/**
 * What the passports say, as `deriveFacts`, remembered for the passports asked last with the first of them: disputes over
 * the same goods among the same parties differ in what is claimed, not in what was said. A verified passport is frozen
 * and the facts are a pure function of it, so what is remembered cannot be out of date.
 */
export function passportFacts(passports: readonly VerifiedPassport[], scope: FactScope): CaseFacts {
  const [first] = passports;
  if (first === undefined) return deriveFacts(passports, scope);
  const key = JSON.stringify([scope.parties, scope.goods, scope.sellers]);
  const known = remembered.get(first);
  if (known !== undefined && known.scope === key && sameItems(known.passports, passports)) return known.facts;
  const facts = deriveFacts(passports, scope);
  remembered.set(first, { passports: [...passports], scope: key, facts });
  return facts;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
