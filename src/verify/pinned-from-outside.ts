import { statementsInOrder } from '../passport/ancestry.js';
import type { EvidenceGraph } from '../passport/graph.js';
import type { ProvenTimes } from './checks/proven-time.js';
import type { VerifiedRecord } from './verified-passport.js';

/**
 * Who holds a record's hash besides its signer: a trusted log, or another party with a trusted path, by whatever steps
 * of pins. Two different parties are enough to know of each statement: one of them is not its signer.
 */
export function pinnedFromOutside(
  graph: EvidenceGraph,
  times: ProvenTimes,
  trustedParty: (record: string) => string | null,
): (record: string) => VerifiedRecord['pinnedBy'] {
  const numbers = new Map<string, number>();
  const numberOf = (party: string): number => {
    const known = numbers.get(party) ?? numbers.size;
    numbers.set(party, known);
    return known;
  };
  const first = new Int32Array(graph.statementCount).fill(NOBODY);
  const second = new Int32Array(graph.statementCount).fill(NOBODY);
  const give = (statement: number, party: number): void => {
    if (party === NOBODY || first[statement] === party) return;
    if (first[statement] === NOBODY) first[statement] = party;
    else if (second[statement] === NOBODY) second[statement] = party;
  };
  const order = statementsInOrder(graph);
  for (let step = order.length - 1; step >= 0; step -= 1) {
    const statement = order[step]!;
    const party = trustedParty(graph.lead(statement).id);
    const own = party === null ? NOBODY : numberOf(party);
    const pins = graph.pinsOf(statement);
    for (let index = 0; index < pins.length; index += 1) {
      const pinned = pins[index]!;
      give(pinned, first[statement]!);
      give(pinned, second[statement]!);
      give(pinned, own);
    }
  }
  return (record) => {
    const statement = graph.statementOfId(record);
    if (statement < 0) return PINNED[0]!;
    const signer = numbers.get(graph.lead(statement).iss);
    const one = first[statement]!;
    const byRecord = second[statement] !== NOBODY || (one !== NOBODY && one !== signer);
    return PINNED[(times.logged[statement] === 1 ? 1 : 0) + (byRecord ? 2 : 0)]!;
  };
}

const NOBODY = -1;
const PINNED: readonly VerifiedRecord['pinnedBy'][] = [
  Object.freeze([] as const),
  Object.freeze(['log'] as const),
  Object.freeze(['record'] as const),
  Object.freeze(['log', 'record'] as const),
];
