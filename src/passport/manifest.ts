import { toHex } from '../codec/hex.js';
import type { Manifest } from '../record/types/manifest.js';
import type { WithheldReason } from '../record/vocabulary.js';
import type { AssessedPassport } from './assess.js';
import { seqOf } from './chains.js';
import type { EvidenceGraph } from './graph.js';
import { payloadOf } from './passport.js';

/** A record that an export left out, and where it stands, so that it can explain a gap. */
export interface WithheldRecord {
  readonly id: string;
  readonly reason: WithheldReason;
  /** [kid, SHA-256(sub), seq]; null only for `not-held`. */
  readonly at: { readonly kid: string; readonly subject: string; readonly seq: number } | null;
}

/** A manifest whose signature verified and whose shape and root hold. */
export interface ManifestStatement {
  /** In the graph; of twins one. */
  readonly statement: number;
  /** The smallest id over it. */
  readonly id: string;
  readonly kid: string;
  readonly sub: string;
  readonly seq: number;
  readonly root: string;
  readonly ids: readonly string[];
  readonly withheld: readonly WithheldRecord[];
  readonly asOf: string | null;
  /** [i, n]; [1, 1] for a manifest that stands alone. */
  readonly part: readonly [number, number];
  readonly continues: string | null;
  /** Root of the volume before. */
  readonly after: string | null;
}

/** All verified, well-formed manifests of a passport, ascending by id. */
export function manifestsOf(
  { passport, signatures }: AssessedPassport,
  graph: EvidenceGraph,
): ManifestStatement[] {
  const found: ManifestStatement[] = [];
  for (const { head, record } of passport.records) {
    const payload = payloadOf<Manifest>(record, 'manifest');
    if (payload === undefined || signatures.records.get(head.id) !== 'verified') continue;
    const statement = graph.statementOfId(head.id);
    if (graph.lead(statement).id !== head.id) continue;
    found.push({
      statement,
      id: head.id,
      kid: head.kid,
      sub: head.sub,
      seq: seqOf(graph, statement),
      root: toHex(payload.root),
      ids: payload.ids.map(toHex),
      withheld: payload.withheld.map(({ id, reason, at }) => ({
        id: toHex(id),
        reason,
        at: at === undefined ? null : { kid: toHex(at[0]), subject: toHex(at[1]), seq: at[2] },
      })),
      asOf: payload.asOf === null ? null : toHex(payload.asOf),
      part: payload.part ?? [1, 1],
      continues: payload.continues === undefined ? null : toHex(payload.continues),
      after: payload.after === undefined ? null : toHex(payload.after),
    });
  }
  return found.sort((a, b) => a.statement - b.statement);
}

/** Manifests of one export, by part. A larger export signs several, each naming the one before. */
export interface Series {
  /** Ascending by part, then id. */
  readonly parts: readonly ManifestStatement[];
  /** How many parts it says it has. */
  readonly size: number;
  /** Every part from 1 to size is here. */
  readonly complete: boolean;
}

/** The series of every manifest, ascending by its first part's id. */
export function seriesOf(graph: EvidenceGraph, manifests: readonly ManifestStatement[]): readonly Series[] {
  const position = new Map(manifests.map(({ statement }, index) => [statement, index]));
  const group = manifests.map((_, index) => index);
  const root = (start: number): number => {
    let at = start;
    while (group[at] !== at) {
      group[at] = group[group[at]!]!;
      at = group[at]!;
    }
    return at;
  };
  for (const [index, manifest] of manifests.entries()) {
    if (manifest.continues === null) continue;
    const before = position.get(graph.statementOfId(manifest.continues));
    if (before !== undefined && follows(manifest, manifests[before]!)) group[root(index)] = root(before);
  }
  const series = new Map<number, ManifestStatement[]>();
  for (const [index, manifest] of manifests.entries()) {
    const parts = series.get(root(index));
    if (parts === undefined) series.set(root(index), [manifest]);
    else parts.push(manifest);
  }
  return [...series.values()].map((members) => {
    const parts = members.sort((a, b) => a.part[0] - b.part[0] || a.statement - b.statement);
    const size = parts[0]!.part[1];
    return { parts, size, complete: new Set(parts.map(({ part }) => part[0])).size === size };
  });
}

/** A stranger cannot continue another's series, nor can one export become part of a second. */
function follows(later: ManifestStatement, earlier: ManifestStatement): boolean {
  const [number, size] = later.part;
  return (
    later.kid === earlier.kid &&
    later.sub === earlier.sub &&
    size === earlier.part[1] &&
    number === earlier.part[0] + 1
  );
}
