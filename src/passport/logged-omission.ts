import { compareBytes, fromHex, toHex, utf8Bytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { SubjectAnswer } from '../log/subject-answer.js';
import { merkleRoot } from '../merkle/tree.js';
import { NAMED_IDS } from './chains.js';
import type { EvidenceGraph } from './graph.js';
import type { ManifestStatement } from './manifest.js';
import type { Series } from './manifest-series.js';

export interface LoggedContext {
  /** What a log of the trust file answers in the note of that hash; null for any other note. */
  trustedAnswer(note: string): SubjectAnswer | null;
  /** Ids that receipts of this passport prove in a log of that origin at less than that index. */
  loggedBefore(origin: string, size: number): ReadonlySet<string>;
  /** The party that a path of the trust file binds the record's signer to, or null. */
  trustedParty(record: string): string | null;
}

/** Ids hashed at most, over all answers and sets tried: one genuine answer may be named by thousands of manifests. */
const MAX_HASHED = 4_000_000;

/**
 * Logged omission: the log's answer that a manifest's asOf names holds an id, by a signer with a path in the trust
 * file, that the series neither lists nor withholds. The answer commits to ids only, so it is compared with the sets
 * that the passport can make up; where none of them has its count and root, nothing is said.
 */
export function findLoggedOmissions(
  graph: EvidenceGraph,
  series: readonly Series[],
  context: LoggedContext,
  maxHashed = MAX_HASHED,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = new Map<string, readonly (readonly string[])[]>();
  const budget = { left: maxHashed };
  for (const { parts, complete } of series) {
    const notes = new Set(parts.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])));
    if (!complete || notes.size === 0) continue;
    const { sub, id, kid } = parts[0]!;
    for (const note of notes) {
      const answer = context.trustedAnswer(note);
      if (answer === null || answer.subject !== sha256Hex(utf8Bytes(sub))) continue;
      const bases = known.get(note) ?? basesOf(graph, sub, context.loggedBefore(answer.origin, answer.size));
      known.set(note, bases);
      const held = answeredIds(graph, parts, answer, bases, budget);
      const omitted = undeclared(graph, parts, held).filter((one) => context.trustedParty(one) !== null);
      if (omitted.length === 0) continue;
      const ids = omitted.sort().slice(0, NAMED_IDS);
      const detail = { key: kid, ids, records: omitted.length, origin: answer.origin };
      found.push(diagnostic('manifest.logged-omission', { record: id }, detail));
    }
  }
  return found;
}

/** What the log may hold about the subject: what receipts prove, and else all that is here. An answer has one subject. */
function basesOf(
  graph: EvidenceGraph,
  sub: string,
  logged: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const about = graph.records.filter((record) => record.sub === sub).map(({ id }) => id);
  return [about.filter((id) => logged.has(id)), about];
}

/** The set of ids that the answer commits to, if it is one of those at hand; else nothing. */
function answeredIds(
  graph: EvidenceGraph,
  parts: readonly ManifestStatement[],
  answer: SubjectAnswer,
  bases: readonly (readonly string[])[],
  budget: { left: number },
): readonly string[] {
  const withheld = parts.flatMap((part) => part.withheld.map(({ id }) => id));
  const absent = parts.flatMap(({ ids }) => ids.filter((id) => graph.positionOf(id) < 0));
  for (const base of bases) {
    for (const more of [[], withheld, [...withheld, ...absent]]) {
      if (base.length + more.length < answer.count || base.length > answer.count) continue;
      budget.left -= base.length + more.length;
      if (budget.left < 0) return [];
      const ids = [...new Set([...base, ...more])];
      if (ids.length !== answer.count) continue;
      if (toHex(merkleRoot(ids.map(fromHex).sort(compareBytes))) === answer.root) return ids;
    }
  }
  return [];
}

/** Ids that no manifest of the series lists or withholds; twins are one id. */
function undeclared(
  graph: EvidenceGraph,
  parts: readonly ManifestStatement[],
  ids: readonly string[],
): string[] {
  if (ids.length === 0) return [];
  const nameOf = (id: string): string | number => {
    const statement = graph.statementOfId(id);
    return statement < 0 ? id : statement;
  };
  const declared = new Set<string | number>();
  for (const part of parts) {
    declared.add(part.statement);
    for (const id of part.ids) declared.add(nameOf(id));
    for (const { id } of part.withheld) declared.add(nameOf(id));
  }
  return ids.filter((id) => !declared.has(nameOf(id)));
}
