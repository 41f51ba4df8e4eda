import type { EvidenceGraph } from './graph.js';
import type { ManifestStatement } from './manifest.js';

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
