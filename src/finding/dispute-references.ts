import type { GoodOrderError } from '../errors.js';
import { type DisputePath, type DisputeSource, problemOf } from './dispute-problem.js';
import type { WrittenDispute } from './dispute-schema.js';
import { compareRationals, rational, sum } from './rational.js';

/** Lists whose entries have a name of their own, and the member that holds it. */
const NAMED = [
  ['parties', 'id'],
  ['goods', 'unit'],
  ['damages', 'id'],
  ['claims', 'id'],
  ['defences', 'id'],
  ['carriages', 'id'],
  ['packs', 'id'],
] as const;

/** Everything that does not hold together between the parts of a dispute, in the order of its members. */
export function wrongReferences(written: WrittenDispute, source: DisputeSource): readonly GoodOrderError[] {
  const problems: GoodOrderError[] = [];
  const complain = (
    path: DisputePath,
    what: string,
    code: Parameters<typeof problemOf>[1] = 'dispute.malformed',
  ) => problems.push(problemOf(source, code, path, what));
  for (const [part, key] of NAMED) {
    const names = (written[part] ?? []).map((one) => (one as Readonly<Record<string, unknown>>)[key]);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index) complain([part, index, key], `stands there twice: \`${name}\``);
    }
  }
  const journeys = (written.carriages ?? []).map(({ journey }) => journey);
  for (const [index, journey] of journeys.entries()) {
    if (journeys.indexOf(journey) === index) continue;
    complain(['carriages', index], `is a second carriage of the ${journey} journey`, 'dispute.two-carriages');
  }
  const units = new Set(written.goods.map(({ unit }) => unit));
  const damages = new Set(written.damages.map(({ id }) => id));
  const parties = new Set<string>(written.parties.map(({ id }) => id));
  const party = (id: string | undefined, path: DisputePath): void => {
    if (id !== undefined && !parties.has(id))
      complain(path, 'is no party of the dispute', 'dispute.unknown-party');
  };
  for (const [index, { unit }] of written.damages.entries()) {
    if (!units.has(unit)) complain(['damages', index, 'unit'], 'names no unit of the goods');
  }
  for (const [index, { creditor, damage, debtor }] of written.claims.entries()) {
    if (!damages.has(damage)) complain(['claims', index, 'damage'], 'names no damage');
    party(creditor, ['claims', index, 'creditor']);
    party(debtor, ['claims', index, 'debtor']);
  }
  for (const [index, one] of (written.pleadings ?? []).entries())
    party(one.party, ['pleadings', index, 'party']);
  for (const [index, one] of (written.carriages ?? []).entries())
    party(one.contracting, ['carriages', index, 'contracting']);
  for (const [index, one] of (written.shares ?? []).entries()) {
    if (!damages.has(one.damage)) complain(['shares', index, 'damage'], 'names no damage');
    party(one.party, ['shares', index, 'party']);
  }
  for (const damage of damages) addShareFaults(written, damage, complain);
  return problems;
}

/** Of one loss each bears one part, and together no more than all of it. */
function addShareFaults(
  { shares = [] }: WrittenDispute,
  damage: string,
  complain: (path: DisputePath, what: string) => void,
): void {
  const own = shares.map((one, index) => ({ ...one, index })).filter((one) => one.damage === damage);
  for (const [place, { index, party }] of own.entries()) {
    if (own.findIndex((other) => other.party === party) !== place)
      complain(['shares', index, 'party'], 'has two shares of one loss');
  }
  const all = own.map(({ share: [n, d] }) => rational(BigInt(n), BigInt(d))).reduce(sum, rational(0n));
  const last = own.at(-1);
  if (last !== undefined && compareRationals(all, rational(1n)) > 0)
    complain(['shares', last.index, 'share'], 'makes the shares of this loss more than all of it');
}
