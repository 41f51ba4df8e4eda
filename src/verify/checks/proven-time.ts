import type { CheckCode } from '../../codes.js';
import { type Diagnostic, diagnostic } from '../../diagnostic.js';
import type { EvaluatedNote } from '../../log/note-time.js';
import type { EvidenceGraph } from '../../passport/graph.js';
import { neverProven, proveIntervals, type TimeNode, type TimeSource } from '../time-interval.js';
import type { ProvenInterval } from '../verified-passport.js';

/** A receipt whose note is present and whose inclusion proof holds. */
export interface Inclusion {
  /** Of a record or of a credential. */
  readonly id: string;
  /** SHA-256 of the note. */
  readonly note: string;
}

export interface TimeEvidence {
  readonly graph: EvidenceGraph;
  readonly at: number;
  /** Present notes by SHA-256; only those with status `ok` prove anything. */
  readonly notes: ReadonlyMap<string, EvaluatedNote>;
  readonly inclusions: readonly Inclusion[];
}

export interface ProvenTimes {
  readonly intervalOf: (statement: number) => ProvenInterval;
  /** By statement, 1 where a trusted log's tree holds it or something that pins it. */
  readonly logged: Uint8Array;
  /** By when a credential (SHA-256) existed; `at` when nothing proves more. */
  readonly credentialUpper: (hash: string) => number;
}

/** Question: when was each statement signed, by proof and not by claim? */
export function proveTimes({ graph, at, notes, inclusions }: TimeEvidence): ProvenTimes {
  const uppers = new Map<string, TimeSource>();
  const loggedIds = new Set<string>();
  for (const { id, note } of inclusions) {
    const evaluated = notes.get(note);
    if (evaluated?.status !== 'ok') continue;
    loggedIds.add(id);
    if (evaluated.time === null) continue;
    keepEarlier(uppers, id, { time: evaluated.time.upper, from: `note:${note}` });
  }
  const logged = new Uint8Array(graph.statementCount);
  // Only notes prove times: where there is none, nothing is proven of any record.
  if (notes.size === 0) {
    const unproven = neverProven(at);
    return { intervalOf: () => unproven, logged, credentialUpper: () => at };
  }
  const nodes: TimeNode[] = [];
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const lead = graph.lead(statement);
    let upper: TimeSource | null = null;
    for (const position of graph.membersOf(statement)) {
      const { id } = graph.records[position]!;
      if (loggedIds.has(id)) logged[statement] = 1;
      upper = earlier(upper, uppers.get(id) ?? null);
    }
    nodes.push({
      id: lead.id,
      pins: graph.pinsOf(statement),
      upper,
      lower: lead.link === null ? null : latestAnchor(lead.link.anchors, notes),
    });
  }
  const intervals = proveIntervals(nodes, at);
  spreadToPinned(graph, logged);
  // Asked for only where a key that issues credentials is revoked.
  let seenBy: ReadonlyMap<string, number> | null = null;
  return {
    intervalOf: (statement) => intervals[statement]!,
    logged,
    credentialUpper: (hash) => {
      seenBy ??= upperOfSeen(graph, intervals);
      return Math.min(at, uppers.get(hash)?.time ?? at, seenBy.get(hash) ?? at);
    },
  };
}

function keepEarlier(uppers: Map<string, TimeSource>, id: string, source: TimeSource): void {
  uppers.set(id, earlier(uppers.get(id) ?? null, source)!);
}

function earlier(one: TimeSource | null, other: TimeSource | null): TimeSource | null {
  if (one === null || other === null) return one ?? other;
  if (one.time !== other.time) return one.time < other.time ? one : other;
  return one.from < other.from ? one : other;
}

/** Anchors are ascending by hash, so of equal times the smallest hash is named. */
function latestAnchor(
  anchors: readonly string[],
  notes: ReadonlyMap<string, EvaluatedNote>,
): TimeSource | null {
  let latest: TimeSource | null = null;
  for (const anchor of anchors) {
    const note = notes.get(anchor);
    if (note?.status !== 'ok' || note.time === null) continue;
    if (latest === null || note.time.lower > latest.time) {
      latest = { time: note.time.lower, from: `note:${anchor}` };
    }
  }
  return latest;
}

/** Marks everything that a marked statement pins, at any distance. */
function spreadToPinned(graph: EvidenceGraph, marks: Uint8Array): void {
  const open: number[] = [];
  for (let statement = 0; statement < marks.length; statement += 1) {
    if (marks[statement] === 1) open.push(statement);
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pinned of graph.pinsOf(next)) {
      if (marks[pinned] === 1) continue;
      marks[pinned] = 1;
      open.push(pinned);
    }
  }
}

/** For every id in a `seen`, the earliest upper bound of the statements that name it: credentials are named so. */
function upperOfSeen(
  graph: EvidenceGraph,
  intervals: readonly ProvenInterval[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [statement, { upper }] of intervals.entries()) {
    for (const id of graph.lead(statement).link?.seen ?? []) {
      if (graph.positionOf(id) >= 0) continue;
      const known = found.get(id);
      if (known === undefined || upper < known) found.set(id, upper);
    }
  }
  return found;
}

/** What the intervals say of the claimed times. A claim outside its interval is not proven; nobody is said to have lied. */
export function checkClaimedTimes(graph: EvidenceGraph, times: ProvenTimes): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (statement: number, code: CheckCode, detail?: Diagnostic['detail']): void => {
    for (const position of graph.membersOf(statement)) {
      found.push(diagnostic(code, { record: graph.records[position]!.id }, detail));
    }
  };
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const { iat } = graph.lead(statement);
    const { lower, upper, lowerFrom, upperFrom } = times.intervalOf(statement);
    if (lower === null) report(statement, 'time.no-anchor');
    else if (lower > upper) report(statement, 'time.contradiction', { lower, upper, lowerFrom, upperFrom });
    else if (iat < lower) {
      report(statement, 'time.iat-before-lower', { iat, lower, seconds: lower - iat, from: lowerFrom });
    }
    if (iat > upper && (lower === null || lower <= upper)) {
      report(statement, 'time.iat-after-upper', { iat, upper, seconds: iat - upper, from: upperFrom });
    }
  }
  return found;
}
