import type { CaseFacts } from './case-facts.js';
import { type Enclosed, type Enclosure, objectionsIn } from './enclosing.js';
import type { AggregatedFact, HandedOverFact, HoldsFact, TimeSpan } from './fact.js';
import { addTo } from './order.js';
import { isRefused } from './passages.js';
import { byStanding } from './provenance.js';

type View = Pick<CaseFacts, 'of' | 'scope'>;

/** Which records of containers move the item. */
export interface ContainedPassages {
  moves(fact: HandedOverFact): boolean;
  holds(fact: HoldsFact): boolean;
}

/**
 * A container's passages are the item's exactly while it is inside. Custody is not graded, so whose word put it there is
 * looked at here: somebody who then handed the container on, its agent, or a trusted outsider; and of words that cannot
 * all be right the better standing one.
 */
export function containedPassages(facts: View, enclosure: Pick<Enclosure, 'times'>): ContainedPassages {
  const passagesOf = new Map<string, HandedOverFact[]>();
  for (const fact of facts.of('handed-over')) if (!isRefused(fact)) addTo(passagesOf, fact.sub, fact);
  const believed = new Map<AggregatedFact, boolean>();
  const isBelieved = (packing: AggregatedFact): boolean => {
    let known = believed.get(packing);
    if (known === undefined) {
      known = mayPack(facts, packing, passagesOf.get(packing.parent) ?? []);
      believed.set(packing, known);
    }
    return known;
  };
  const reaches = (sub: string, time: TimeSpan, to: string): boolean =>
    enclosure.times(sub).some((way) => carries(way, time, to) && way.packings.every(isBelieved));
  return {
    moves: ({ sub, time, to }) => reaches(sub, time, to),
    holds: ({ party, purpose, sub, time }) =>
      reaches(sub, purpose === 'packing' ? at(time.to) : at(time.from), party),
  };
}

/** What a film begins or ends with. */
function at(instant: number | null): TimeSpan {
  return { from: instant, to: instant };
}

function carries(way: Enclosed, time: TimeSpan, to: string): boolean {
  const begins = way.from === null || (time.from !== null && time.from >= way.from);
  const ends = way.to === null || (time.to !== null && time.to <= way.to);
  if (!begins || !ends) return false;
  if (objectionsIn(way, time).some(({ against, fact }) => byStanding(fact.prov, against.prov) < 0))
    return false;
  // What only counts against its signer takes no goods out of its hands.
  return way.packings.every(({ prov }) => prov.integrity === 'ok' || prov.signer === to);
}

/** Roles in which a party of a dispute gains by whose hands the goods were in. */
const STAKES: ReadonlySet<string> = new Set([
  'seller',
  'buyer',
  'carrier',
  'contracting-carrier',
  'operator',
]);

function mayPack(facts: View, packing: AggregatedFact, passages: readonly HandedOverFact[]): boolean {
  const { roles, signer, trusted } = packing.prov;
  const outsider = !facts.scope.parties.includes(signer) || !roles.some((role) => STAKES.has(role));
  if (passages.length === 0 || (trusted && outsider)) return true;
  const packed = packing.time.from ?? 0;
  const givers = new Set(passages.flatMap(({ from, time }) => ((time.to ?? 0) >= packed ? [from] : [])));
  if (givers.has(signer)) return true;
  return facts.of('acts-for').some(({ agent, principal }) => agent === signer && givers.has(principal));
}
