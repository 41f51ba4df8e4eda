import { agreedTerm } from '../facts/agreement-facts.js';
import { LEG_REGIMES, type PathName } from '../rules/terms.js';
import type { FindingCase } from './case.js';
import type { Bound } from './decisions.js';
import { type Dispute, partiesWith } from './dispute.js';

/** The values a path has on an edge and leg; null = open and not known. A closed path that is not stated has none. */
export function pathValues(
  theCase: FindingCase,
  { edge, leg }: Bound,
  path: PathName,
): readonly string[] | null {
  const { dispute } = theCase;
  const { damage, goods } = edge.damage;
  const carriage = (journey: 'outbound' | 'return') =>
    dispute.carriages.find((one) => one.journey === journey);
  const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
  switch (path) {
    case 'goods.durable':
      return [yesNo(goods.durable)];
    case 'goods.category':
      return [goods.category];
    case 'goods.sold':
      return [yesNo(goods.sold ?? true)];
    case 'producer.named':
      return [yesNo(isProducerNamed(theCase, goods.sub))];
    case 'carrier.chosen-by':
      return one(carriage('outbound')?.chosenBy);
    case 'return.chosen-by':
      return one(carriage('return')?.chosenBy);
    case 'leg.mode':
      return leg?.mode == null ? null : [leg.mode];
    case 'leg.capacity':
      return leg?.capacity == null ? null : [leg.capacity];
    case 'leg.regime':
      return leg?.leg == null ? null : [regimeOf(dispute, leg.leg)];
    case 'contract.mode':
      return one((edge.carriage ?? carriage('outbound'))?.contractMode);
    case 'claim.pleaded':
      return [yesNo(edge.claims.length > 0)];
    case 'creditor.consumer':
      return [yesNo(dispute.parties.some(({ consumer, id }) => consumer && id === edge.creditor))];
    case 'debtor.role':
      return dispute.parties.find(({ id }) => id === edge.debtor)?.roles ?? [];
    case 'sale.distance':
      return [yesNo(isDistanceSale(theCase))];
    case 'damage.kind':
      return [damage.kind];
    case 'damage.aspect':
      return [damage.aspect];
    case 'damage.packaging-only':
      return [yesNo(isPackaging(damage.aspect) && !goods.aspects.includes(damage.aspect))];
  }
}

/** As the dispute says; the forum's own chapter where it says nothing, or names a law no rule knows. */
function regimeOf({ law }: Dispute, leg: string): string {
  const stated = law.regimes.find((one) => one.leg === leg)?.regime;
  return (LEG_REGIMES as readonly string[]).includes(stated ?? '') ? stated! : 'chapter';
}

/** A producer stands in the dispute, or signed where the goods come from. */
function isProducerNamed({ dispute, facts }: FindingCase, sub: string): boolean {
  if (partiesWith(dispute, 'producer').length > 0) return true;
  return facts.of('commissioned').some((fact) => fact.sub === sub && fact.prov.trusted);
}

function isPackaging(aspect: string): boolean {
  return aspect === 'packaging-outer' || aspect === 'packaging-inner';
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** As a seller and a buyer jointly signed; not a distance sale where nothing says so. */
function isDistanceSale({ dispute, facts }: FindingCase): boolean {
  return partiesWith(dispute, 'seller').some((seller) =>
    partiesWith(dispute, 'buyer').some((buyer) => {
      const term = agreedTerm(facts, 'distanceSale', seller.id, buyer.id);
      return term.status === 'present' && term.fact.value === true;
    }),
  );
}
