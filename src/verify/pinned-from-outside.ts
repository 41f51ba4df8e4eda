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
  const parties: (readonly string[])[] = new Array(graph.statementCount).fill(NOBODY);
  const order = statementsInOrder(graph);
  for (let step = order.length - 1; step >= 0; step -= 1) {
    const statement = order[step]!;
    const own = trustedParty(graph.lead(statement).id);
    const holders = own === null ? parties[statement]! : withTwo(parties[statement]!, own);
    for (const pinned of graph.pinsOf(statement)) {
      for (const party of holders) parties[pinned] = withTwo(parties[pinned]!, party);
    }
  }
  return (record) => {
    const statement = graph.statementOfId(record);
    if (statement < 0) return [];
    const { iss } = graph.lead(statement);
    const pinnedBy: ('log' | 'record')[] = [];
    if (times.logged[statement] === 1) pinnedBy.push('log');
    if (parties[statement]!.some((party) => party !== iss)) pinnedBy.push('record');
    return pinnedBy;
  };
}

const NOBODY: readonly string[] = [];

function withTwo(parties: readonly string[], party: string): readonly string[] {
  return parties.length === 2 || parties.includes(party) ? parties : [...parties, party];
}
