import type { FactScope } from '../facts/case-facts.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';

/**
 * Whose words count where no dispute names the parties: those with a trusted path, and those to whom they say that they
 * gave the goods, or from whom they say that they took them.
 */
export function scopeWithout(passports: readonly VerifiedPassport[]): FactScope {
  const trusted = passports.flatMap(({ records }) => records.filter(({ state }) => state === 'trusted'));
  const named = trusted.flatMap(({ payload }) =>
    ['from', 'to'].map((side) => payload[side]).filter((one): one is string => typeof one === 'string'),
  );
  const sellers = trusted.filter(({ roles }) => roles.includes('seller')).map(({ iss }) => iss);
  const items = [...new Set(passports.map(({ item }) => item))].sort();
  return {
    parties: [...new Set(named)].sort(),
    goods: items.map((sub) => ({ unit: sub, sub })),
    sellers: [...new Set(sellers)].sort(),
  };
}
