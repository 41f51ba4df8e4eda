import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { Ancestry } from './ancestry.js';
import { type Chain, NAMED_IDS, seqOf } from './chains.js';
import type { EvidenceGraph } from './graph.js';
import type { ManifestStatement } from './manifest.js';
import type { Series } from './manifest-series.js';

/** How many manifests are compared with records of other keys, the newest first, and how many pairs: it is a warning only. */
const MAX_COMPARED = 256;
const MAX_PAIRS = 1_000_000;

export interface OmissionContext {
  /** SHA-256 of the credentials at hand: `seen` may name them, manifests list records only. */
  readonly credentials: ReadonlySet<string>;
  /** The party that a path of the trust file binds the record's signer to, or null. */
  trustedParty(record: string): string | null;
}

/**
 * Silent omission: an id that a manifest's maker knew *before* it signed and that no manifest of its series lists or
 * withholds. Charged to the maker's key, so every doubt is for the maker: only its own verified statements show what
 * it knew, what the file happens to hold plays no part, and a series with a missing part is not judged.
 *
 * Known before: in `seen` of the manifest, or in seen, ids or withheld of a record of the same key that has a smaller
 * seq in the same (key, subject) or is listed in the manifest; and what the prev of these names, when it is present.
 */
export function findSilentOmissions(
  graph: EvidenceGraph,
  chains: readonly Chain[],
  manifests: readonly ManifestStatement[],
  series: readonly Series[],
  context: OmissionContext,
): Diagnostic[] {
  const search = new Search(graph, manifests, series, context);
  const byStatement = new Map(manifests.map((manifest) => [manifest.statement, manifest]));
  const found: Diagnostic[] = [];
  for (const chain of chains) {
    if (!chain.statements.some((statement) => byStatement.has(statement))) continue;
    const known = new Knowledge();
    let start = 0;
    while (start < chain.statements.length) {
      const seq = seqOf(graph, chain.statements[start]!);
      let end = start;
      while (end < chain.statements.length && seqOf(graph, chain.statements[end]!) === seq) end += 1;
      const same = chain.statements.slice(start, end);
      for (const statement of same) {
        const manifest = byStatement.get(statement);
        const omission = manifest === undefined ? null : search.omissionOf(manifest, known);
        if (omission !== null) found.push(omission);
      }
      for (const statement of same) search.learn(known, statement);
      start = end;
    }
  }
  return found;
}

/** A warning: another key of the same party, both on trusted paths, knew the id in an ancestor of the manifest. */
export function findOmissionsByOtherKeys(
  graph: EvidenceGraph,
  ancestry: Ancestry,
  manifests: readonly ManifestStatement[],
  series: readonly Series[],
  context: OmissionContext,
): Diagnostic[] {
  const parties = new Map<string, number[]>();
  const partyOf = new Map<number, string>();
  for (const { statement, id } of manifests) {
    const party = context.trustedParty(id);
    if (party === null) continue;
    partyOf.set(statement, party);
    parties.set(party, []);
  }
  if (parties.size === 0) return [];
  for (let statement = 0; statement < graph.statementCount; statement += 1) {
    const { id, link, verified } = graph.lead(statement);
    const party = verified && link !== null ? context.trustedParty(id) : null;
    if (party !== null) parties.get(party)?.push(statement);
  }
  const search = new Search(graph, manifests, series, context);
  const found: Diagnostic[] = [];
  let pairs = 0;
  const newestFirst = manifests
    .filter(({ statement }) => partyOf.has(statement))
    .sort((a, b) => b.seq - a.seq || a.statement - b.statement);
  for (const manifest of newestFirst.slice(0, MAX_COMPARED)) {
    const others = parties.get(partyOf.get(manifest.statement)!) ?? [];
    for (const other of others) {
      if (graph.lead(other).kid === manifest.kid) continue;
      pairs += 1;
      if (pairs > MAX_PAIRS) return found;
      if (!ancestry.statementPrecedes(other, manifest.statement)) continue;
      const omission = search.omissionByOther(manifest, other);
      if (omission !== null) found.push(omission);
    }
  }
  return found;
}

/** What one key has shown to know, in the order of learning. */
class Knowledge {
  /** Names learnt by id. */
  readonly byId = new Set<number>();
  /** Statements learnt as the prev of an own record, which does not say by which of its twins' ids. */
  readonly byPrev = new Set<number>();
}

/** Names are small integers: a statement for a present id (twins are one), a number beyond for an absent one. */
class Search {
  readonly #graph: EvidenceGraph;
  readonly #context: OmissionContext;
  readonly #manifests: ReadonlyMap<number, ManifestStatement>;
  readonly #series: ReadonlyMap<number, Series>;
  readonly #absent = new Map<string, number>();
  readonly #absentIds: string[] = [];
  readonly #mentions = new Map<number, Int32Array>();
  /** By name, the number of the last marking that met it: one list for all series, however many. */
  readonly #marks: number[];
  #mark = 0;
  #marked: { readonly series: Series; readonly someAbsent: boolean } | null = null;

  constructor(
    graph: EvidenceGraph,
    manifests: readonly ManifestStatement[],
    series: readonly Series[],
    context: OmissionContext,
  ) {
    this.#graph = graph;
    this.#context = context;
    this.#manifests = new Map(manifests.map((manifest) => [manifest.statement, manifest]));
    this.#marks = new Array<number>(graph.statementCount).fill(0);
    this.#series = new Map(
      series.flatMap((one) => one.parts.map(({ statement }) => [statement, one] as const)),
    );
  }

  /** Takes in what this record of the key shows. */
  learn(known: Knowledge, statement: number): void {
    for (const name of this.#mentionsOf(statement)) known.byId.add(name);
    const before = this.#prevOf(statement);
    if (before >= 0) known.byPrev.add(before);
  }

  omissionOf(manifest: ManifestStatement, known: Knowledge): Diagnostic | null {
    const declared = this.#declare(manifest);
    if (declared === null) return null;
    const omitted = new Set<number>();
    const check = (name: number): boolean => {
      if (!this.#isDeclared(name)) omitted.add(name);
      return omitted.size < NAMED_IDS;
    };
    const checkPrev = (statement: number): void => {
      // An id that is declared and absent may be a twin of this very statement: then nothing is omitted.
      if (!declared.someAbsent && statement >= 0) check(statement);
    };
    this.#learnSeen(manifest.statement).every(check);
    every(known.byId, check);
    checkPrev(this.#prevOf(manifest.statement));
    every(known.byPrev, (statement) => {
      checkPrev(statement);
      return omitted.size < NAMED_IDS;
    });
    for (const id of manifest.ids) {
      if (omitted.size >= NAMED_IDS) break;
      const own = this.#graph.statementOfId(id);
      if (own < 0 || !this.#isOwn(own, manifest)) continue;
      this.#mentionsOf(own).every(check);
      checkPrev(this.#prevOf(own));
    }
    if (omitted.size === 0) return null;
    const ids = this.#idsOf(omitted);
    return diagnostic('manifest.silent-omission', { record: manifest.id }, { key: manifest.kid, ids });
  }

  omissionByOther(manifest: ManifestStatement, other: number): Diagnostic | null {
    if (this.#declare(manifest) === null) return null;
    const omitted = new Set<number>();
    for (const name of this.#mentionsOf(other)) {
      if (omitted.size < NAMED_IDS && !this.#isDeclared(name)) omitted.add(name);
    }
    if (omitted.size === 0) return null;
    const { id, kid } = this.#graph.lead(other);
    const detail = { key: manifest.kid, otherKey: kid, knownBy: id, ids: this.#idsOf(omitted) };
    return diagnostic('manifest.omission-other-key', { record: manifest.id }, detail);
  }

  /** Marks what the manifest's whole series lists or withholds, and the series itself; null when a part is missing. */
  #declare(manifest: ManifestStatement): { readonly someAbsent: boolean } | null {
    const series = this.#series.get(manifest.statement);
    if (series === undefined || !series.complete) return null;
    if (this.#marked?.series === series) return this.#marked;
    this.#mark += 1;
    let someAbsent = false;
    for (const part of series.parts) {
      this.#marks[part.statement] = this.#mark;
      for (const id of [...part.ids, ...part.withheld.map((one) => one.id)]) {
        const name = this.#nameOf(id);
        this.#marks[name] = this.#mark;
        if (name >= this.#graph.statementCount) someAbsent = true;
      }
    }
    this.#marked = { series, someAbsent };
    return this.#marked;
  }

  #isDeclared(name: number): boolean {
    return this.#marks[name] === this.#mark;
  }

  #isOwn(statement: number, { kid }: ManifestStatement): boolean {
    const record = this.#graph.lead(statement);
    return record.kid === kid && record.verified;
  }

  #nameOf(id: string): number {
    const statement = this.#graph.statementOfId(id);
    if (statement >= 0) return statement;
    let name = this.#absent.get(id);
    if (name === undefined) {
      name = this.#graph.statementCount + this.#absentIds.length;
      this.#absent.set(id, name);
      this.#absentIds.push(id);
      this.#marks.push(0);
    }
    return name;
  }

  #idsOf(names: Iterable<number>): string[] {
    const count = this.#graph.statementCount;
    return Array.from(names, (name) => {
      return name < count ? this.#graph.lead(name).id : this.#absentIds[name - count]!;
    }).sort();
  }

  #prevOf(statement: number): number {
    const prev = this.#graph.lead(statement).link?.prev ?? null;
    return prev === null ? -1 : this.#graph.statementOfHash(prev);
  }

  #learnSeen(statement: number): Int32Array {
    return this.#names(this.#graph.lead(statement).link?.seen ?? []);
  }

  /** Names in seen, ids and withheld of a record. */
  #mentionsOf(statement: number): Int32Array {
    const kept = this.#mentions.get(statement);
    if (kept !== undefined) return kept;
    const { link, named } = this.#graph.lead(statement);
    const withheld = this.#manifests.get(statement)?.withheld ?? [];
    const mentions = this.#names([...(link?.seen ?? []), ...named, ...withheld.map(({ id }) => id)]);
    this.#mentions.set(statement, mentions);
    return mentions;
  }

  #names(ids: readonly string[]): Int32Array {
    return Int32Array.from(
      ids.filter((id) => !this.#context.credentials.has(id)),
      (id) => this.#nameOf(id),
    );
  }
}

function every<T>(values: Iterable<T>, test: (value: T) => boolean): void {
  for (const value of values) if (!test(value)) return;
}
