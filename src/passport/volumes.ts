import { toHex } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';
import { type AssessedPassport, assessPassport, graphOf } from './assess.js';
import { displayOrder } from './display-order.js';
import { MEMBER } from './element.js';
import { type EvidenceInput, EvidenceSet } from './evidence-set.js';
import {
  assertWholeChain,
  contentsOf,
  type ExportRequest,
  type ExportResult,
  exportPassport,
  type ManifestMaker,
  reusable,
  withheldIds,
} from './export.js';
import { PASSPORT_LIMIT } from './file.js';
import { continuing, type ManifestStatement, makeVolumeManifests, manifestsOf } from './manifest.js';
import { encodeKept, listLeftOut } from './merge.js';
import type { PassportRecord } from './passport.js';
import { SignatureCache } from './signatures.js';
import { openingFilter } from './withhold.js';

/** What to export, as for one file, and how long a volume may be. */
export interface VolumesRequest extends Omit<ExportRequest, 'maker' | 'after' | 'limit'> {
  /** Only manifests can say that volumes belong together. */
  readonly maker: ManifestMaker;
  /** Longest volume, bytes; default 64 MiB. */
  readonly volumeLimit?: number;
}

/** One of several passport files that together hold a history. */
export interface Volume {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
}

/** The volumes, and what was left out of all of them and why. */
export interface VolumesResult extends Omit<ExportResult, 'bytes' | 'digest'> {
  /** In their order; one where everything fits. */
  readonly volumes: readonly Volume[];
}

/** Input that is gathered before it is cut: so many times the limit of one volume. */
const GATHERED = 64;
/** A manifest's header, root, heads and signature, whatever it lists; and what one id adds. */
const MANIFEST_BYTES = 24_000;
const LISTED_BYTES = 40;
const WITHHELD_BYTES = 150;
/** Head of a byte string. */
const HEAD_BYTES = 9;

/**
 * Exports a history that may be longer than one file as volumes. They share one series of manifests, cut where the
 * volumes are: each part lists the records of its volume, continues the part before and, from the second volume on,
 * names in `after` the root of the volume before. So a volume alone shows that others are missing, and all together
 * are complete. Records stand in display order, ancestors first, and every volume holds its own rules: what leads from
 * the item to other subjects, and every key and credential, goes into each volume that needs it.
 *
 * @throws GoodOrderError what `exportPassport` throws; `passport.too-large` where one record with all that it needs is
 * longer than a volume
 */
export async function exportVolumes(request: VolumesRequest): Promise<VolumesResult> {
  const { maker, withhold = [], dropOpenings = [], volumeLimit = PASSPORT_LIMIT } = request;
  const cache = request.cache ?? new SignatureCache();
  const gathering = { ...request, cache, limit: GATHERED * volumeLimit };
  const inputs: EvidenceInput[] = [];
  for await (const input of request.from) inputs.push(input);
  const evidence = new EvidenceSet(request.item ?? null, gathering);
  for (const input of inputs) evidence.add(input);
  evidence.add({ member: MEMBER.keys, bytes: maker.coseKey });
  const all = await assessPassport(evidence.gather(), gathering);
  const held = graphOf(all);
  const hidden = withheldIds(held, withhold);
  const opened = openingFilter(dropOpenings);
  const world = await assessPassport(
    evidence.gather((member, bytes, hash) =>
      member === MEMBER.records ? !hidden.has(hash) : member !== MEMBER.openings || opened(bytes),
    ),
    { ...gathering, makers: [maker.kid] },
  );
  const contents = contentsOf(all, held, world, maker.kid, hidden);
  const statedBefore = reusable(world, maker.kid, contents, request);
  const sizes = sizesOf(world);
  const spare =
    MANIFEST_BYTES + WITHHELD_BYTES * contents.withheld.length + LISTED_BYTES * contents.credentials.length;
  const stated =
    statedBefore === null ? null : volumesStated(manifestsOf(world, graphOf(world)), statedBefore, sizes);
  // Volumes of an earlier export are the same again, if they still are short enough.
  const known = stated?.every((ids) => fits(ids, sizes, volumeLimit)) ? stated : null;
  const cut = known ?? cutRecords(sizes, volumeLimit, spare);
  if (cut.length === 1) {
    const { bytes, digest, ...rest } = await exportPassport({
      ...request,
      cache,
      from: inputs,
      limit: volumeLimit,
    });
    return { ...rest, volumes: [{ bytes, digest }] };
  }
  const manifests: string[] = [];
  const groups = cut.map((ids) => new Set(ids));
  if (known !== null) manifests.push(...statedBefore!);
  else {
    assertWholeChain(held, maker, world.passport.item);
    const { asOf } = request;
    const listed = cut.map((ids, index) => [...ids, ...(index === 0 ? contents.credentials : [])]);
    for (const { payload, volume } of makeVolumeManifests(contents, listed, asOf ?? null)) {
      const before = manifests.at(-1);
      const signed = await maker.sign(before === undefined ? payload : continuing(payload, before));
      manifests.push(signed.id);
      groups[volume]!.add(signed.id);
      evidence.add({ member: MEMBER.records, bytes: signed.record });
    }
  }
  const volumes: Volume[] = [];
  for (const group of groups) {
    const part = await assessPassport(
      evidence.gather((member, bytes, hash) =>
        member === MEMBER.records ? group.has(hash) : member !== MEMBER.openings || opened(bytes),
      ),
      gathering,
    );
    const bytes = encodeKept(part, { limit: volumeLimit });
    volumes.push({ bytes, digest: sha256Hex(bytes) });
  }
  return {
    volumes,
    item: world.passport.item,
    manifests,
    reused: known !== null,
    withheld: contents.withheld,
    leftOut: listLeftOut(world, evidence),
  };
}

interface Sizes {
  /** Ids and lengths of records, each with its openings, proofs and attachments, in display order. */
  readonly units: readonly { readonly id: string; readonly bytes: number }[];
  /** Ids of the records that lead from the item to other subjects. */
  readonly linking: readonly string[];
  /** What every volume may need: keys, credentials with their receipts, and the linking records. */
  readonly shared: number;
}

function sizesOf(world: AssessedPassport): Sizes {
  const { passport, justification, openings } = world;
  const { kept } = justification;
  const lengths = new Map<string, number>();
  for (const { hash, element } of [...passport.notes, ...passport.tokens, ...passport.attachments])
    lengths.set(hash, element.length + HEAD_BYTES);
  const lengthOf = (hash: string): number => lengths.get(hash) ?? 0;
  const proofs = new Map<string, number>();
  for (const { receipt, element } of passport.receipts) {
    const named = [receipt.note, ...receipt.tokens].reduce((sum, hash) => sum + lengthOf(hash), 0);
    proofs.set(receipt.id, (proofs.get(receipt.id) ?? 0) + element.length + HEAD_BYTES + named);
  }
  const unitOf = ({ element, head, record }: PassportRecord): number => {
    const opened = openings.opened.get(head.id) ?? [];
    const files = record?.definition?.files(record.payload.fields) ?? [];
    const named = [...files, ...(head.link?.anchors ?? [])];
    return (
      element.length +
      HEAD_BYTES +
      LISTED_BYTES +
      opened.reduce((sum, one) => sum + one.element.length + HEAD_BYTES, 0) +
      named.reduce((sum, hash) => sum + lengthOf(hash), 0) +
      asOfLength(record, lengthOf) +
      (proofs.get(head.id) ?? 0)
    );
  };
  const entries = new Map(
    passport.records.filter(({ element }) => kept.has(element)).map((one) => [one.head.id, one]),
  );
  const graph = graphOf(world);
  const ordered = [...displayOrder(graph)].flatMap((position) => {
    const entry = entries.get(graph.records[position]!.id);
    return entry === undefined ? [] : [entry];
  });
  const linking = ordered.filter(({ head }) => head.type === 'aggregation' || head.type === 'commission');
  const shared =
    [...passport.keys.values(), ...passport.credentials].reduce(
      (sum, { element }) => sum + element.length + HEAD_BYTES,
      0,
    ) +
    passport.credentials.reduce((sum, { credential }) => sum + (proofs.get(credential.id) ?? 0), 0) +
    linking.reduce((sum, entry) => sum + unitOf(entry), 0);
  return {
    units: ordered.map((entry) => ({ id: entry.head.id, bytes: unitOf(entry) })),
    linking: linking.map(({ head }) => head.id),
    shared,
  };
}

function fits(ids: readonly string[], { units, linking, shared }: Sizes, limit: number): boolean {
  const within = new Set(ids);
  const everywhere = new Set(linking);
  const own = units.filter(({ id }) => within.has(id) && !everywhere.has(id));
  return own.reduce((sum, { bytes }) => sum + bytes, shared) <= limit;
}

function asOfLength(record: PassportRecord['record'], lengthOf: (hash: string) => number): number {
  const asOf =
    record?.type === 'manifest' ? (record.payload.fields as { readonly asOf?: unknown }).asOf : null;
  return asOf instanceof Uint8Array ? lengthOf(toHex(asOf)) : 0;
}

/** Ids of the records of each volume. */
function cutRecords({ units, linking, shared }: Sizes, limit: number, spare: number): string[][] {
  const room = limit - shared - spare;
  const everywhere = new Set(linking);
  const volumes: string[][] = [];
  let current: string[] = [];
  let used = 0;
  for (const { id, bytes } of units) {
    if (everywhere.has(id)) continue;
    if (bytes > room) {
      throw new GoodOrderError(
        'passport.too-large',
        `a record with all that it needs does not fit into a volume of ${limit} bytes`,
        { record: id },
      );
    }
    if (used + bytes > room) {
      volumes.push(current);
      current = [];
      used = 0;
    }
    current.push(id);
    used += bytes;
  }
  volumes.push(current);
  return volumes.map((ids) => [...linking, ...ids]);
}

/** The volumes that an earlier series states; null where it states one file, or not all volumes. */
function volumesStated(
  manifests: readonly ManifestStatement[],
  series: readonly string[],
  { units }: Sizes,
): string[][] | null {
  const volumes: string[][] = [];
  let after: string | null = null;
  for (const id of series) {
    const part = manifests.find((one) => one.id === id)!;
    if (volumes.length === 0 || part.after !== after) volumes.push([]);
    after = part.after;
    volumes.at(-1)!.push(part.id, ...part.ids);
  }
  if (volumes.length < 2) return null;
  const stated = new Set(volumes.flat());
  // Manifests of others that came since go with the last.
  volumes.at(-1)!.push(...units.flatMap(({ id }) => (stated.has(id) ? [] : [id])));
  return volumes;
}
