import { utf8Bytes } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { Ancestry } from './ancestry.js';
import { type Chain, type Gap, NAMED_IDS } from './chains.js';
import type { EvidenceGraph } from './graph.js';
import { findLoggedOmissions, type LoggedContext } from './logged-omission.js';
import type { ManifestStatement } from './manifest.js';
import { type Series, seriesOf } from './manifest-series.js';
import { findOmissionsByOtherKeys, findSilentOmissions } from './silent-omission.js';

/** What the file holds and what the trust file says, as far as manifests are concerned. */
export interface ManifestContext extends LoggedContext {
  readonly item: string;
  /** SHA-256 of the notes at hand. */
  readonly notes: ReadonlySet<string>;
  /** SHA-256 of the credentials at hand. */
  readonly credentials: ReadonlySet<string>;
  /** For the order of pins; made here when left out. */
  readonly ancestry?: Ancestry;
}

/** All that manifests tell: what their makers left out, what they list and is not here. */
export function checkManifests(
  graph: EvidenceGraph,
  chains: readonly Chain[],
  manifests: readonly ManifestStatement[],
  context: ManifestContext,
): Diagnostic[] {
  const series = seriesOf(graph, manifests);
  const found: Diagnostic[] = [];
  if (!manifests.some(({ sub }) => sub === context.item)) found.push(diagnostic('manifest.none'));
  const roots = new Set(manifests.map(({ root }) => root));
  const named = namedBySomebody(graph, manifests);
  for (const manifest of manifests) {
    const { id: record, asOf, after } = manifest;
    const report = (code: CheckCode, detail: Diagnostic['detail']): void => {
      found.push(diagnostic(code, { record }, detail));
    };
    const missing = manifest.ids.filter((id) => graph.positionOf(id) < 0 && !context.credentials.has(id));
    if (missing.length > 0) report('manifest.record-missing', idsDetail(missing));
    if (asOf !== null && !context.notes.has(asOf)) report('manifest.asof-absent', { note: asOf });
    if (after !== null && !roots.has(after)) report('manifest.volume-absent', { root: after });
    const unproven = manifest.withheld.filter(({ id }) => !named(id, manifest)).map(({ id }) => id);
    if (unproven.length > 0) report('manifest.withheld-unproven', idsDetail(unproven));
  }
  for (const one of series) if (!one.complete) found.push(partAbsent(one));
  const ancestry = context.ancestry ?? new Ancestry(graph);
  return found.concat(
    findLoggedOmissions(graph, series, context),
    findSilentOmissions(graph, chains, manifests, series, context),
    findOmissionsByOtherKeys(graph, ancestry, manifests, series, context),
  );
}

export interface ExplainedGaps {
  /** `chain.gap` or `chain.withheld`, one a gap. */
  readonly diagnostics: readonly Diagnostic[];
  /** Gaps that nobody trusted explains: what lies beyond counts against its signer and not for it. */
  readonly unexplained: readonly Gap[];
}

/**
 * A gap is explained where manifests by signers on trusted paths withhold *every* missing number. Either way it is
 * located in a key's chain and accuses nobody.
 */
export function explainGaps(
  graph: EvidenceGraph,
  gaps: readonly Gap[],
  manifests: readonly ManifestStatement[],
  hasTrustedPath: (record: string) => boolean,
): ExplainedGaps {
  const withheld = new Map<string, number[]>();
  for (const manifest of manifests) {
    if (!hasTrustedPath(manifest.id)) continue;
    for (const { at } of manifest.withheld) {
      if (at === null) continue;
      const name = `${at.kid} ${at.subject}`;
      const numbers = withheld.get(name);
      if (numbers === undefined) withheld.set(name, [at.seq]);
      else numbers.push(at.seq);
    }
  }
  for (const [name, numbers] of withheld) withheld.set(name, ascending(numbers));
  const diagnostics: Diagnostic[] = [];
  const unexplained: Gap[] = [];
  for (const gap of gaps) {
    const { chain, from, to, after } = gap;
    const numbers = withheld.get(`${chain.kid} ${subjectHash(chain.sub)}`);
    const explained = numbers !== undefined && coversAll(numbers, from, to);
    if (!explained) unexplained.push(gap);
    const detail = { key: chain.kid, sub: chain.sub, from, to };
    const code = explained ? 'chain.withheld' : 'chain.gap';
    diagnostics.push(diagnostic(code, { record: graph.lead(after).id }, detail));
  }
  return { diagnostics, unexplained };
}

/**
 * Sorted and without repetition. No set, because an opponent chooses the numbers and can choose them to fall into one
 * bucket of it.
 */
function ascending(numbers: readonly number[]): number[] {
  return [...Float64Array.from(numbers).sort()].filter(
    (one, index, sorted) => index === 0 || sorted[index - 1] !== one,
  );
}

/** The numbers may be 2^53 apart: look for the first and see where the last must stand. */
function coversAll(numbers: readonly number[], from: number, to: number): boolean {
  let first = 0;
  let end = numbers.length;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (numbers[middle]! < from) first = middle + 1;
    else end = middle;
  }
  return numbers[first] === from && numbers[first + to - from] === to;
}

function partAbsent({ parts, size }: Series): Diagnostic {
  const last = parts.at(-1)!;
  const present = new Set(parts.map(({ part }) => part[0])).size;
  return diagnostic('manifest.part-absent', { record: last.id }, { key: last.kid, parts: size, present });
}

/**
 * Is a withheld id named by anybody but its manifest: in a `seen` or an acknowledgement, or in a manifest of another
 * key? A maker's own further manifests are no second voice.
 */
function namedBySomebody(
  graph: EvidenceGraph,
  manifests: readonly ManifestStatement[],
): (id: string, by: ManifestStatement) => boolean {
  const wanted = new Set(manifests.flatMap(({ withheld }) => withheld.map(({ id }) => id)));
  const voices = new Map<string, Set<string>>();
  const hear = (id: string, voice: string): void => {
    if (!wanted.has(id)) return;
    const heard = voices.get(id);
    if (heard === undefined) voices.set(id, new Set([voice]));
    else if (heard.size < 2) heard.add(voice);
  };
  // Most manifests withhold nothing: then nobody is asked about.
  const asked = wanted.size === 0 ? 0 : graph.statementCount;
  for (let statement = 0; statement < asked; statement += 1) {
    const { type, kid, link, named } = graph.lead(statement);
    for (const id of link?.seen ?? []) hear(id, 'seen');
    for (const id of named) hear(id, type === 'manifest' ? kid : 'seen');
  }
  for (const { kid, withheld } of manifests) for (const { id } of withheld) hear(id, kid);
  return (id, by) => {
    if (graph.positionOf(id) >= 0) return true;
    const heard = voices.get(id) ?? new Set();
    return heard.size > 1 || !heard.has(by.kid);
  };
}

function idsDetail(ids: readonly string[]): Diagnostic['detail'] {
  return { ids: ids.slice(0, NAMED_IDS), records: ids.length };
}

function subjectHash(sub: string): string {
  return sha256Hex(utf8Bytes(sub));
}
