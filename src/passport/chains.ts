import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { statementsInOrder } from './ancestry.js';
import type { EvidenceGraph } from './graph.js';

/** How many ids a finding names; the number of all stands beside them. */
export const NAMED_IDS = 16;

/** One key's present statements about one subject, ascending by seq. Only verified signatures. */
export interface Chain {
  readonly kid: string;
  readonly sub: string;
  readonly statements: readonly number[];
}

/** Numbers missing in a chain, both ends included. A file cannot show who removed them. */
export interface Gap {
  readonly chain: Chain;
  readonly from: number;
  readonly to: number;
  /** The statement after the gap: from it on the chain lies beyond. */
  readonly after: number;
}

/** Statements of one key that cannot all be honest: the same lane, or the same number about one subject. */
export interface Fork {
  readonly kid: string;
  readonly by: readonly ('lane' | 'seq')[];
  /** Two or more, ascending by the id that stands for them. */
  readonly statements: readonly number[];
}

/** All chains, ascending by kid, then by subject. */
export function findChains(graph: EvidenceGraph): readonly Chain[] {
  const byKey = new Map<string, Map<string, number[]>>();
  const seqs = new Float64Array(graph.statementCount);
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const { kid, sub, link, verified } = graph.lead(statement);
    if (link === null || !verified) continue;
    seqs[statement] = link.seq;
    const statements = within(within(byKey, kid, newMap), sub, newList);
    statements.push(statement);
  }
  const chains: Chain[] = [];
  for (const [kid, bySubject] of sortedByKey(byKey)) {
    for (const [sub, statements] of sortedByKey(bySubject)) {
      // Statements are numbered, and so far listed, by their smallest id: it settles a tie in seq (a fork).
      statements.sort((a, b) => seqs[a]! - seqs[b]!);
      chains.push({ kid, sub, statements });
    }
  }
  return chains;
}

const newMap = (): Map<string, number[]> => new Map();
const newList = (): number[] => [];

/** What the map holds under the key, made first where there is nothing. */
function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function sortedByKey<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** From seq 0 for the item; for other subjects only between the lowest and the highest number present. */
export function findGaps(graph: EvidenceGraph, chains: readonly Chain[], item: string): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const chain of chains) {
    const lowest = seqOf(graph, chain.statements[0]!);
    let expected = chain.sub === item ? 0 : lowest;
    for (const after of chain.statements) {
      const seq = seqOf(graph, after);
      if (seq > expected) gaps.push({ chain, from: expected, to: seq - 1, after });
      expected = seq + 1;
    }
  }
  return gaps;
}

/** By statement, 1 where it lies beyond one of these gaps in its chain. */
export function beyondGaps(graph: EvidenceGraph, gaps: readonly Gap[]): Uint8Array {
  const beyond = new Uint8Array(graph.statementCount);
  const first = new Map<Chain, number>();
  for (const { chain, to } of gaps) first.set(chain, Math.min(first.get(chain) ?? to, to));
  for (const [chain, to] of first) {
    for (const statement of chain.statements) if (seqOf(graph, statement) > to) beyond[statement] = 1;
  }
  return beyond;
}

/**
 * Forks: two statements of one key with the same lane (two nulls are the same) or the same (subject, seq) and
 * different signed bytes. The two together prove it to anyone. Twins are one statement and no fork.
 */
export function findForks(
  graph: EvidenceGraph,
  chains: readonly Chain[] = findChains(graph),
): readonly Fork[] {
  // The same statements may fork by both.
  const forks = new Map<string, { kid: string; by: ('lane' | 'seq')[]; statements: readonly number[] }>();
  const put = (kid: string, by: 'lane' | 'seq', statements: readonly number[]): void => {
    const ascending = [...statements].sort((a, b) => a - b);
    const name = ascending.join(' ');
    const fork = forks.get(name);
    if (fork === undefined) forks.set(name, { kid, by: [by], statements: ascending });
    else fork.by.push(by);
  };
  let kid: string | null = null;
  let lanes = new Map<string | null, number | number[]>();
  const putLanes = (): void => {
    for (const found of lanes.values()) if (typeof found !== 'number') put(kid!, 'lane', found);
  };
  // Chains of one key stand side by side, ascending by seq: a fork in seq is a run, a fork in lane a second finder.
  for (const chain of chains) {
    if (chain.kid !== kid) {
      putLanes();
      kid = chain.kid;
      lanes = new Map();
    }
    const { statements } = chain;
    let start = 0;
    for (let end = 1; end <= statements.length; end += 1) {
      if (end < statements.length && seqOf(graph, statements[end]!) === seqOf(graph, statements[start]!))
        continue;
      if (end - start > 1) put(kid, 'seq', statements.slice(start, end));
      start = end;
    }
    for (const statement of statements) {
      const lane = graph.lead(statement).link!.lane;
      const before = lanes.get(lane);
      if (before === undefined) lanes.set(lane, statement);
      else if (typeof before === 'number') lanes.set(lane, [before, statement]);
      else before.push(statement);
    }
  }
  putLanes();
  const sorted = [...forks.values()].sort((a, b) => compareLists(a.statements, b.statements));
  return sorted.map(({ kid: key, by, statements }) => ({ kid: key, by: by.sort(), statements }));
}

/** One finding a fork: it names the key, not the person. */
export function forkDiagnostics(graph: EvidenceGraph, forks: readonly Fork[]): Diagnostic[] {
  return forks.map(({ kid, by, statements }) => {
    const ids = statements.slice(0, NAMED_IDS).map((statement) => graph.lead(statement).id);
    return diagnostic('chain.fork', { record: ids[0]! }, { key: kid, ids, records: statements.length, by });
  });
}

/**
 * Both sides of every fork: the forking statements and what their key signed on top of them, along prev and lane.
 * By statement, 1 where it lies on a side.
 */
export function forkedStatements(graph: EvidenceGraph, forks: readonly Fork[]): Uint8Array {
  const forked = new Uint8Array(graph.statementCount);
  if (forks.length === 0) return forked;
  for (const { statements } of forks) for (const statement of statements) forked[statement] = 1;
  for (const statement of statementsInOrder(graph)) {
    const { kid, link } = graph.lead(statement);
    if (link === null || forked[statement] === 1) continue;
    for (const hash of [link.prev, link.lane]) {
      const before = graph.statementOfHash(hash);
      if (before >= 0 && forked[before] === 1 && graph.lead(before).kid === kid) forked[statement] = 1;
    }
  }
  return forked;
}

export function seqOf(graph: EvidenceGraph, statement: number): number {
  return graph.lead(statement).link?.seq ?? -1;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (value !== other) return value - other;
  }
  return a.length - b.length;
}
