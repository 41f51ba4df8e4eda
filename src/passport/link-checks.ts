import type { CheckCode } from '../codes.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { type Chain, NAMED_IDS, seqOf } from './chains.js';
import type { EvidenceGraph, GraphRecord } from './graph.js';

/**
 * What the links of present records say about each other. Only records whose signature verified are judged; an absent
 * target is no fault of anybody's. `credentials`: SHA-256 of the credentials at hand, which `seen` may name too.
 * Findings stand at every record of a statement: twins share what is signed.
 */
export function checkLinks(
  graph: EvidenceGraph,
  chains: readonly Chain[],
  credentials: ReadonlySet<string>,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const members = graph.membersOf(statement);
    const record = graph.lead(statement);
    if (!record.verified) continue;
    const report = (code: CheckCode, detail?: Diagnostic['detail'], path?: string): void => {
      for (const position of members) {
        const place = { record: graph.records[position]!.id, ...(path === undefined ? {} : { path }) };
        found.push(diagnostic(code, place, detail));
      }
    };
    if (members.length > 1) {
      const ids = members.slice(0, NAMED_IDS).map((position) => graph.records[position]!.id);
      report('record.twin', { ids, records: members.length });
    }
    if (record.link !== null) {
      checkPrevAndLane(graph, record, report);
      checkSeen(graph, record, credentials, report);
    }
    checkReferences(graph, record, report);
  }
  for (const chain of chains) checkNeighbours(graph, chain, found);
  return found;
}

type Report = (code: CheckCode, detail?: Diagnostic['detail'], path?: string) => void;

function checkPrevAndLane(graph: EvidenceGraph, record: GraphRecord, report: Report): void {
  const { prev, lane, seq } = record.link!;
  const before = prev === null ? -1 : graph.statementOfHash(prev);
  if (before >= 0) {
    const { kid, sub, id } = graph.lead(before);
    if (kid !== record.kid || sub !== record.sub || seqOf(graph, before) !== seq - 1) {
      report('link.prev-mismatch', { prev: id });
    }
  }
  const last = lane === null ? -1 : graph.statementOfHash(lane);
  if (last < 0) return;
  const target = graph.lead(last);
  if (target.kid !== record.kid) report('link.lane-foreign', { lane: target.id });
  // The order in which a key signed is proven by its lane; its clock claims otherwise.
  else if (record.iat < target.iat) {
    report('time.iat-regress', { lane: target.id, seconds: target.iat - record.iat });
  }
}

function checkSeen(
  graph: EvidenceGraph,
  record: GraphRecord,
  credentials: ReadonlySet<string>,
  report: Report,
): void {
  const absent: string[] = [];
  const own: string[] = [];
  for (const id of record.link!.seen) {
    const target = graph.recordOf(id);
    if (target === undefined) {
      if (!credentials.has(id)) absent.push(id);
    } else if (target.kid === record.kid && target.sub === record.sub) own.push(id);
  }
  if (own.length > 0) report('link.seen-own', { ids: own });
  if (absent.length > 0) report('link.absent', { ids: absent });
}

/** A reference stands in `seen` or is an earlier record of the own chain. */
function checkReferences(graph: EvidenceGraph, record: GraphRecord, report: Report): void {
  const seen = record.link?.seen ?? [];
  for (const { path, id } of record.references) {
    if (seen.includes(id)) continue;
    const target = graph.statementOfId(id);
    if (target < 0) {
      report('link.ref-unproven', { id }, path);
      continue;
    }
    // A link to one twin is a link to both.
    if (seen.some((other) => graph.statementOfId(other) === target)) continue;
    const { kid, sub } = graph.lead(target);
    const earlier = seqOf(graph, target) < (record.link?.seq ?? 0);
    if (kid !== record.kid || sub !== record.sub || !earlier) report('link.ref-not-seen', { id }, path);
  }
}

/** `chain.prev-other`: a record of seq − 1 is there, and it is not the one that prev names. */
function checkNeighbours(graph: EvidenceGraph, chain: Chain, found: Diagnostic[]): void {
  let before = new Set<number>();
  let idsBefore: string[] = [];
  let same = new Set<number>();
  let seqBefore = -2;
  let seqSame = -2;
  for (const statement of chain.statements) {
    const seq = seqOf(graph, statement);
    if (seq !== seqSame) {
      [before, seqBefore] = [same, seqSame];
      [same, seqSame] = [new Set(), seq];
      idsBefore = firstIds(graph, before);
    }
    same.add(statement);
    const prev = graph.lead(statement).link?.prev ?? null;
    if (seqBefore !== seq - 1 || before.size === 0) continue;
    if (prev !== null && before.has(graph.statementOfHash(prev))) continue;
    for (const position of graph.membersOf(statement)) {
      const place = { record: graph.records[position]!.id };
      found.push(diagnostic('chain.prev-other', place, { present: idsBefore }));
    }
  }
}

function firstIds(graph: EvidenceGraph, statements: ReadonlySet<number>): string[] {
  const ids: string[] = [];
  for (const statement of statements) {
    if (ids.length === NAMED_IDS) break;
    ids.push(graph.lead(statement).id);
  }
  return ids;
}
