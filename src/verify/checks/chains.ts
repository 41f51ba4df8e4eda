import type { Diagnostic } from '../../diagnostic.js';
import {
  type Chain,
  type Fork,
  findChains,
  findForks,
  findGaps,
  forkDiagnostics,
  forkedStatements,
  type Gap,
} from '../../passport/chains.js';
import type { EvidenceGraph } from '../../passport/graph.js';
import { checkLinks } from '../../passport/link-checks.js';

export interface ChainAnswers {
  readonly chains: readonly Chain[];
  readonly gaps: readonly Gap[];
  /** By statement, 1 on both sides of a fork, proven or shown by a prev that names another record than the one present. */
  readonly forked: Uint8Array;
  /** By statement, 1 where a link breaks a rule: it stays its signer's word, but helps it no more. */
  readonly misLinked: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Question: do the records of each key follow one another, and what do their links say? */
export function checkChains(
  graph: EvidenceGraph,
  item: string,
  credentials: ReadonlySet<string>,
): ChainAnswers {
  const chains = findChains(graph);
  const forks = findForks(graph, chains);
  const links = checkLinks(graph, chains, credentials);
  const misLinked = new Uint8Array(graph.statementCount);
  const hidden: Fork[] = [];
  for (const { code, severity, record, detail } of links) {
    if (record === undefined) continue;
    const statement = graph.statementOfId(record);
    if (code === 'chain.prev-other') hidden.push(hiddenFork(graph, statement, detail));
    else if (severity === 'failure') misLinked[statement] = 1;
  }
  return {
    chains,
    gaps: findGaps(graph, chains, item),
    forked: forkedStatements(graph, [...forks, ...hidden]),
    misLinked,
    diagnostics: [...forkDiagnostics(graph, forks), ...links],
  };
}

/**
 * One key signed a record of seq − 1 and a record of seq that names another one before it. The other half is not here,
 * so nobody is accused; but neither side helps its signer.
 */
function hiddenFork(graph: EvidenceGraph, statement: number, detail: Diagnostic['detail']): Fork {
  const present = detail?.present;
  const others = Array.isArray(present) ? present.map((id: string) => graph.statementOfId(id)) : [];
  return { kid: graph.lead(statement).kid, by: ['seq'], statements: [...others, statement] };
}
