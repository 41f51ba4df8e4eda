import { utf8Bytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';
import type { Manifest } from '../record/types/manifest.js';
import type { WithheldReason } from '../record/vocabulary.js';
import { type AssessedPassport, assessPassport, graphOf } from './assess.js';
import { type ElementMember, MEMBER } from './element.js';
import { type EvidenceInput, EvidenceSet } from './evidence-set.js';
import type { ReadLimits } from './file.js';
import type { EvidenceGraph } from './graph.js';
import { knownBefore } from './known-before.js';
import {
  continuing,
  type ManifestStatement,
  makeManifests,
  manifestsOf,
  type WithheldRecord,
} from './manifest.js';
import { seriesOf } from './manifest-series.js';
import { encodeKept, type LeftOut, listLeftOut } from './merge.js';
import type { RecordHead } from './passport.js';
import { SignatureCache, type SignatureOptions } from './signatures.js';
import { type OpeningToDrop, openingFilter, type RecordToWithhold } from './withhold.js';

/** Who states what the export holds. */
export interface ManifestMaker {
  readonly kid: string;
  /** The maker's public COSE_Key; its credentials come with the evidence. */
  readonly coseKey: Uint8Array;
  /** seq of the key's next record about the item; told, an export with a hole in its maker's own chain is refused. */
  readonly nextSeq?: number;
  /** Signs a manifest about the item at the key's next position, durably, and returns the record. */
  sign(payload: Manifest): Promise<{ readonly id: string; readonly record: Uint8Array }>;
}

/** What goes out, in whose name, and what is kept back. Ids and digests are 64 hex digits. */
export interface ExportRequest extends SignatureOptions, ReadLimits {
  /** Passports and loose elements: all that the maker holds about the item. */
  readonly from: Iterable<EvidenceInput> | AsyncIterable<EvidenceInput>;
  readonly item?: string;
  /** Null: no statement of completeness is made, and nothing can be withheld. */
  readonly maker: ManifestMaker | null;
  readonly withhold?: readonly RecordToWithhold[];
  readonly dropOpenings?: readonly OpeningToDrop[];
  /** SHA-256 of a note of the evidence, as of which the export is made. */
  readonly asOf?: string;
  /** Root of the volume before. */
  readonly after?: string;
}

/** The exported file, and what was done to make it. */
export interface ExportResult {
  /** The passport file. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  readonly item: string;
  /** Ids of the manifests that state this export; none without a maker. */
  readonly manifests: readonly string[];
  /** The evidence is unchanged: an earlier manifest of the key says it all. */
  readonly reused: boolean;
  /** What the manifests declare withheld, ascending. */
  readonly withheld: readonly WithheldRecord[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Makes the passport that leaves the house: what a merge keeps, less what is withheld, with a manifest by the maker's
 * key that says so. Only an export may leave things out, and it declares them.
 *
 * @throws GoodOrderError `signer.state` when records of the maker's own chain are missing (its manifest could accuse
 * it), and what `mergePassports` throws; RangeError for a record to withhold that is not there
 */
export async function exportPassport(request: ExportRequest): Promise<ExportResult> {
  const { maker, withhold = [], dropOpenings = [] } = request;
  if (maker === null && withhold.length > 0) throw new TypeError('only a manifest can say what is withheld');
  const cache = request.cache ?? new SignatureCache();
  const options = { ...request, cache };
  const evidence = new EvidenceSet(request.item ?? null, request);
  for await (const input of request.from) evidence.add(input);
  if (maker !== null) evidence.add({ member: MEMBER.keys, bytes: maker.coseKey });

  const all = await assessPassport(evidence.gather(), options);
  const held = graphOf(all);
  const hidden = withheldIds(held, withhold);
  const opened = openingFilter(dropOpenings);
  const keep = (member: ElementMember, bytes: Uint8Array, hash: string): boolean =>
    member === MEMBER.records ? !hidden.has(hash) : member !== MEMBER.openings || opened(bytes);
  const makers = maker === null ? [] : [maker.kid];
  const world = await assessPassport(evidence.gather(keep), { ...options, makers });
  if (maker === null) return finish(world, evidence, options, { manifests: [], reused: false, withheld: [] });

  const contents = contentsOf(all, held, world, maker.kid, hidden);
  const reused = reusable(world, maker.kid, contents, request);
  if (reused !== null) {
    return finish(world, evidence, options, { manifests: reused, reused: true, withheld: contents.withheld });
  }
  assertWholeChain(held, maker, world.passport.item);
  // A file that would be too long is refused before anything is signed for it.
  encodeKept(world, options);
  const manifests: string[] = [];
  const { asOf, after } = request;
  for (const payload of makeManifests({ ...contents, ...definedOnly({ asOf, after }) })) {
    const before = manifests.at(-1);
    const signed = await maker.sign(before === undefined ? payload : continuing(payload, before));
    manifests.push(signed.id);
    evidence.add({ member: MEMBER.records, bytes: signed.record });
  }
  const whole = await assessPassport(evidence.gather(keep), options);
  return finish(whole, evidence, options, { manifests, reused: false, withheld: contents.withheld });
}

function finish(
  assessed: AssessedPassport,
  evidence: EvidenceSet,
  options: ReadLimits,
  stated: Pick<ExportResult, 'manifests' | 'reused' | 'withheld'>,
): ExportResult {
  const bytes = encodeKept(assessed, options);
  const { item } = assessed.passport;
  return { bytes, digest: sha256Hex(bytes), item, ...stated, leftOut: listLeftOut(assessed, evidence) };
}

/** Reasons by id; who withholds a record withholds its twins. */
export function withheldIds(
  graph: EvidenceGraph,
  withhold: readonly RecordToWithhold[],
): ReadonlyMap<string, WithheldReason> {
  const hidden = new Map<string, WithheldReason>();
  for (const { id, reason } of withhold) {
    const statement = graph.statementOfId(id);
    if (statement < 0) throw new RangeError(`no record \`${id}\` to withhold`);
    for (const position of graph.membersOf(statement)) hidden.set(graph.records[position]!.id, reason);
  }
  return hidden;
}

interface StatedContents {
  readonly records: readonly RecordHead[];
  readonly credentials: readonly string[];
  readonly withheld: readonly WithheldRecord[];
}

/** What the manifest lists, and what it must declare: all that its key has named and that does not go out. */
export function contentsOf(
  all: AssessedPassport,
  held: EvidenceGraph,
  world: AssessedPassport,
  kid: string,
  hidden: ReadonlyMap<string, WithheldReason>,
): StatedContents {
  const { kept } = world.justification;
  const records = world.passport.records.filter(({ element }) => kept.has(element)).map(({ head }) => head);
  const listed = new Set(records.map(({ id }) => id));
  const own = manifestsOf(all, held).filter((manifest) => manifest.kid === kid);
  const known = knownBefore(held, kid, world.passport.item, listed, own);
  const present = new Set(
    world.passport.credentials.flatMap(({ element, credential }) =>
      kept.has(element) ? [credential.id] : [],
    ),
  );
  const heads = new Map(all.passport.records.map(({ head }) => [head.id, head]));
  const told = new Map(own.flatMap((manifest) => manifest.withheld.map((one) => [one.id, one] as const)));
  const withheld: WithheldRecord[] = [];
  for (const id of new Set([...known, ...hidden.keys()])) {
    if (listed.has(id) || present.has(id)) continue;
    const head = heads.get(id);
    const verified = held.positionOf(id) >= 0;
    if (head === undefined || head.link === null)
      withheld.push(told.get(id) ?? { id, reason: 'not-held', at: null });
    else
      withheld.push({
        id,
        reason: hidden.get(id) ?? (verified ? 'other-subject' : 'failed'),
        at: { kid: head.kid, subject: sha256Hex(utf8Bytes(head.sub)), seq: head.link.seq },
      });
  }
  withheld.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { records, credentials: [...known].filter((id) => present.has(id)), withheld };
}

/** Ids of the newest complete series of this key about the item, when it states exactly what would be stated now. */
export function reusable(
  world: AssessedPassport,
  kid: string,
  contents: StatedContents,
  { asOf, after }: Pick<ExportRequest, 'asOf' | 'after'>,
): readonly string[] | null {
  const graph = graphOf(world);
  const manifests = manifestsOf(world, graph);
  const own = manifests.filter((manifest) => manifest.kid === kid && manifest.sub === world.passport.item);
  const newest = own.reduce<ManifestStatement | null>(
    (best, one) => (best === null || one.seq > best.seq ? one : best),
    null,
  );
  const series = seriesOf(graph, own).find(({ parts }) => newest !== null && parts.includes(newest));
  if (series === undefined || !series.complete) return null;
  const first = series.parts[0]!;
  if (asOf !== undefined && first.asOf !== asOf) return null;
  if (after !== undefined && first.after !== after) return null;
  const ids = new Set(series.parts.flatMap((part) => part.ids));
  const declared = new Set(series.parts.flatMap((part) => part.withheld.map(({ id }) => id)));
  const stands = contents.records.every(({ id, type }) => type === 'manifest' || ids.has(id));
  if (!stands || contents.withheld.some(({ id }) => !declared.has(id))) return null;
  return series.parts.map(({ id }) => id);
}

/** A manifest is held to all that its key has signed about the item: who lacks some of it cannot say it all. */
export function assertWholeChain(graph: EvidenceGraph, { kid, nextSeq }: ManifestMaker, item: string): void {
  const numbers = new Set<number>();
  let newest = -1;
  for (const { kid: signer, sub, link } of graph.records) {
    if (signer !== kid || sub !== item || link === null) continue;
    numbers.add(link.seq);
    newest = Math.max(newest, link.seq);
  }
  const size = nextSeq ?? newest + 1;
  for (let seq = 0; seq < size; seq += 1) {
    if (numbers.has(seq)) continue;
    const message = `number ${seq + 1} of this key about the item is not among the evidence; add it, or the export that holds it`;
    throw new GoodOrderError('signer.state', message);
  }
}

function definedOnly<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
