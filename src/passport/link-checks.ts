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
  /** Positions of the records over the statement that is judged. */
  let at: readonly number[] = [];
  const report = (code: CheckCode, detail?: Diagnostic['detail'], path?: string): void => {
    for (const position of at) {
      const place = { record: graph.records[position]!.id, ...(path === undefined ? {} : { path }) };
      found.push(diagnostic(code, place, detail));
    }
  };
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const members = graph.membersOf(statement);
    const record = graph.lead(statement);
    if (!record.verified) continue;
    at = members;
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
  const before = graph.statementOfHash(prev);
  if (before >= 0) {
    const { kid, sub, id } = graph.lead(before);
    if (kid !== record.kid || sub !== record.sub || seqOf(graph, before) !== seq - 1) {
      report('link.prev-mismatch', { prev: id });
    }
  }
  const last = graph.statementOfHash(lane);
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
  const { seen } = record.link!;
  if (seen.length === 0) return;
  let absent: string[] | null = null;
  let own: string[] | null = null;
  for (const id of seen) {
    const target = graph.recordOf(id);
    if (target === undefined) {
      if (!credentials.has(id)) absent = [...(absent ?? []), id];
    } else if (target.kid === record.kid && target.sub === record.sub) own = [...(own ?? []), id];
  }
  if (own !== null) report('link.seen-own', { ids: own });
  if (absent !== null) report('link.absent', { ids: absent });
}

/** A reference stands in `seen` or is an earlier record of the own chain. */
function checkReferences(graph: EvidenceGraph, record: GraphRecord, report: Report): void {
  if (record.references.length === 0) return;
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
  const { statements } = chain;
  // Statements of one seq stand side by side: where those of this seq begin, and those of the seq before it.
  let same = 0;
  let before = 0;
  let present: string[] | null = null;
  for (let index = 0; index < statements.length; index += 1) {
    const statement = statements[index]!;
    const seq = seqOf(graph, statement);
    if (seq !== seqOf(graph, statements[same]!)) {
      before = same;
      same = index;
      present = null;
    }
    if (same === before || seqOf(graph, statements[before]!) !== seq - 1) continue;
    const prev = graph.statementOfHash(graph.lead(statement).link?.prev);
    if (isOfChain(graph, chain, prev, seq - 1)) continue;
    present ??= statements.slice(before, Math.min(same, before + NAMED_IDS)).map((one) => graph.lead(one).id);
    for (const position of graph.membersOf(statement)) {
      const place = { record: graph.records[position]!.id };
      found.push(diagnostic('chain.prev-other', place, { present }));
    }
  }
}

function isOfChain(graph: EvidenceGraph, { kid, sub }: Chain, statement: number, seq: number): boolean {
  if (statement < 0) return false;
  const lead = graph.lead(statement);
  return lead.verified && lead.link?.seq === seq && lead.kid === kid && lead.sub === sub;
}
