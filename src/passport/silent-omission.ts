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
  maxPairs = MAX_PAIRS,
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
      if (pairs > maxPairs) return found;
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
  readonly #compared = new Map<Series, { readonly byId: Comparison; readonly byPrev: Comparison }>();

  /** How far this has been compared with a series. A key may sign thousands of manifests of one series. */
  comparedWith(series: Series): { readonly byId: Comparison; readonly byPrev: Comparison } {
    let compared = this.#compared.get(series);
    if (compared === undefined) {
      compared = { byId: new Comparison(this.byId), byPrev: new Comparison(this.byPrev) };
      this.#compared.set(series, compared);
    }
    return compared;
  }
}

/** Names of a growing set that a series does not declare, each asked for once; only the first few are wanted. */
class Comparison {
  readonly #names: ReadonlySet<number>;
  readonly #rest: Iterator<number>;
  #taken = 0;
  readonly #omitted: number[] = [];

  constructor(names: ReadonlySet<number>) {
    this.#names = names;
    this.#rest = names.values();
  }

  omitted(isDeclared: (name: number) => boolean): readonly number[] {
    // The iterator goes on to what is added later, but not once it has told that it is done.
    while (this.#omitted.length < NAMED_IDS && this.#taken < this.#names.size) {
      const name = this.#rest.next().value as number;
      this.#taken += 1;
      if (!isDeclared(name)) this.#omitted.push(name);
    }
    return this.#omitted;
  }
}

/** What a complete series lists or withholds, its own manifests included. */
interface Declared {
  readonly names: ReadonlySet<number>;
  readonly someAbsent: boolean;
  /** Own records all of whose mentions have been found declared. */
  readonly clear: Set<number>;
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
  readonly #declared = new Map<Series, Declared>();
  /** A manifest that stands alone is asked about once or several times running: only series of many are kept. */
  #alone: { readonly series: Series; readonly declared: Declared } | null = null;

  constructor(
    graph: EvidenceGraph,
    manifests: readonly ManifestStatement[],
    series: readonly Series[],
    context: OmissionContext,
  ) {
    this.#graph = graph;
    this.#context = context;
    this.#manifests = new Map(manifests.map((manifest) => [manifest.statement, manifest]));
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
    const series = this.#completeSeries(manifest);
    if (series === null) return null;
    const declared = this.#declarationOf(series);
    const isDeclared = (name: number): boolean => declared.names.has(name);
    const omitted = new Set<number>();
    const omit = (names: Iterable<number>): void => {
      for (const name of names) if (omitted.size < NAMED_IDS) omitted.add(name);
    };
    const undeclared = (names: Int32Array): number[] => Array.from(names).filter((name) => !isDeclared(name));
    // An id that is declared and absent may be a twin of this very statement: then nothing is omitted.
    const undeclaredPrev = (statement: number): number[] =>
      declared.someAbsent || statement < 0 || isDeclared(statement) ? [] : [statement];
    const before = known.comparedWith(series);
    omit(undeclared(this.#learnSeen(manifest.statement)));
    omit(before.byId.omitted(isDeclared));
    omit(undeclaredPrev(this.#prevOf(manifest.statement)));
    if (!declared.someAbsent) omit(before.byPrev.omitted(isDeclared));
    for (const id of manifest.ids) {
      if (omitted.size >= NAMED_IDS) break;
      const own = this.#graph.statementOfId(id);
      if (own < 0 || declared.clear.has(own) || !this.#isOwn(own, manifest)) continue;
      const found = [...undeclared(this.#mentionsOf(own)), ...undeclaredPrev(this.#prevOf(own))];
      if (found.length === 0) declared.clear.add(own);
      omit(found);
    }
    if (omitted.size === 0) return null;
    const ids = this.#idsOf(omitted);
    return diagnostic('manifest.silent-omission', { record: manifest.id }, { key: manifest.kid, ids });
  }

  omissionByOther(manifest: ManifestStatement, other: number): Diagnostic | null {
    const series = this.#completeSeries(manifest);
    if (series === null) return null;
    const { names } = this.#declarationOf(series);
    const omitted = new Set<number>();
    for (const name of this.#mentionsOf(other)) {
      if (omitted.size < NAMED_IDS && !names.has(name)) omitted.add(name);
    }
    if (omitted.size === 0) return null;
    const { id, kid } = this.#graph.lead(other);
    const detail = { key: manifest.kid, otherKey: kid, knownBy: id, ids: this.#idsOf(omitted) };
    return diagnostic('manifest.omission-other-key', { record: manifest.id }, detail);
  }

  /** Null when a part is missing: then nobody can tell what the series declares. */
  #completeSeries({ statement }: ManifestStatement): Series | null {
    const series = this.#series.get(statement);
    return series?.complete === true ? series : null;
  }

  #declarationOf(series: Series): Declared {
    const known = this.#alone?.series === series ? this.#alone.declared : this.#declared.get(series);
    if (known !== undefined) return known;
    const names = new Set<number>();
    let someAbsent = false;
    for (const part of series.parts) {
      names.add(part.statement);
      for (const id of [...part.ids, ...part.withheld.map((one) => one.id)]) {
        const name = this.#nameOf(id);
        names.add(name);
        if (name >= this.#graph.statementCount) someAbsent = true;
      }
    }
    const declared = { names, someAbsent, clear: new Set<number>() };
    if (series.parts.length > 1) this.#declared.set(series, declared);
    else this.#alone = { series, declared };
    return declared;
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
    return this.#graph.statementOfHash(this.#graph.lead(statement).link?.prev);
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
