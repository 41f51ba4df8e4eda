import type { EvidenceGraph } from './graph.js';
import type { ManifestStatement } from './manifest.js';

/**
 * Ids that a key will have known before its next manifest about the item, by the rule of silent omission: named in
 * seen, ids or withheld of its records about the item and of those the manifest lists, or by the prev of these. An
 * export must list or declare every one of them.
 */
export function knownBefore(
  graph: EvidenceGraph,
  kid: string,
  item: string,
  listed: ReadonlySet<string>,
  manifests: readonly ManifestStatement[],
): ReadonlySet<string> {
  const withheld = new Map(manifests.map((manifest) => [manifest.statement, manifest.withheld]));
  const known = new Set<string>();
  for (const { id, kid: signer, sub, link, named, verified } of graph.records) {
    if (signer !== kid || !verified || (sub !== item && !listed.has(id))) continue;
    // The next manifest's own prev is the newest record about the item.
    if (sub === item) known.add(id);
    for (const one of [...(link?.seen ?? []), ...named]) known.add(one);
    for (const one of withheld.get(graph.statementOfId(id)) ?? []) known.add(one.id);
    const before = graph.statementOfHash(link?.prev);
    if (before < 0) continue;
    for (const position of graph.membersOf(before)) known.add(graph.records[position]!.id);
  }
  return known;
}
