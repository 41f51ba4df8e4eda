import { compareBytes, fromHex, toHex, utf8Bytes } from '../codec/hex.js';
import { sha256 } from '../crypto/hash.js';
import { merkleRoot } from '../merkle/tree.js';
import { MANIFEST_MAX_HEADS, MANIFEST_MAX_IDS, type Manifest } from '../record/types/manifest.js';
import type { WithheldReason } from '../record/vocabulary.js';
import type { AssessedPassport } from './assess.js';
import { seqOf } from './chains.js';
import type { EvidenceGraph } from './graph.js';
import { payloadOf, type RecordHead } from './passport.js';

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

/** What a manifest is to say. */
export interface ManifestContents {
  /** The other records of the export. */
  readonly records: readonly Pick<RecordHead, 'id' | 'kid' | 'sub' | 'link'>[];
  /** Credentials of the export that the maker's own records name in `seen`: known ids, like records'. */
  readonly credentials?: readonly string[];
  readonly withheld?: readonly WithheldRecord[];
  /** SHA-256 of a note. */
  readonly asOf?: string | null;
  /** Root of the volume before. */
  readonly after?: string;
}

/** Encoded size of one id, of one withheld entry at most, and what is left for both beside heads and header. */
const ID_BYTES = 34;
const WITHHELD_BYTES = 148;
const ENTRY_BYTES = 44_000;

/**
 * Payloads of the manifests that say this, one for most exports. Where ids and withheld do not fit into one record it
 * is a series [1, n] … [n, n]; each but the first needs `continues`, the id of the one before, which `continuing` puts
 * in once that is signed.
 */
export function makeManifests(contents: ManifestContents): readonly Manifest[] {
  const { records, credentials = [], withheld = [] } = contents;
  const parts = cutParts([...records.map(({ id }) => id), ...credentials], withheld);
  const heads = headsOf(contents.records);
  return parts.map(({ ids, withheld: left }, index) => ({
    root: merkleRoot(ids),
    count: ids.length,
    ids,
    heads: index === 0 ? heads : [],
    withheld: left,
    asOf: contents.asOf == null ? null : fromHex(contents.asOf),
    ...(parts.length === 1 ? {} : { part: [index + 1, parts.length] as [number, number] }),
    ...(contents.after === undefined ? {} : { after: fromHex(contents.after) }),
  }));
}

/**
 * The same for an export in volumes: one series over all of them, of which no part lists records of two. What is
 * withheld stands in the first volume's parts. `listed`: the ids of each volume, in order; one may stand in several.
 */
export function makeVolumeManifests(
  { records, withheld = [] }: ManifestContents,
  listed: readonly (readonly string[])[],
  asOf: string | null,
): readonly { readonly payload: Manifest; readonly volume: number }[] {
  const parts = listed.flatMap((ids, volume) =>
    cutParts(ids, volume === 0 ? withheld : []).map((part) => ({
      ...part,
      volume,
      root: merkleRoot(part.ids),
    })),
  );
  const heads = headsOf(records);
  return parts.map(({ ids, withheld: left, volume, root }, index) => {
    const before = parts.findLast((one) => one.volume < volume);
    const payload: Manifest = {
      root,
      count: ids.length,
      ids,
      heads: index === 0 ? heads : [],
      withheld: left,
      asOf: asOf === null ? null : fromHex(asOf),
      ...(parts.length === 1 ? {} : { part: [index + 1, parts.length] as [number, number] }),
      ...(before === undefined ? {} : { after: before.root }),
    };
    return { payload, volume };
  });
}

/** The payload of a later part, once the part before is signed. */
export function continuing(payload: Manifest, before: string): Manifest {
  return { ...payload, continues: fromHex(before) };
}

interface Part {
  readonly ids: Uint8Array[];
  readonly withheld: Manifest['withheld'];
}

function cutParts(ids: readonly string[], withheld: readonly WithheldRecord[]): readonly Part[] {
  const listed = new Set(ids);
  const left = new Map(withheld.map((one) => [one.id, one]));
  for (const id of left.keys()) {
    if (listed.has(id)) throw new RangeError(`\`${id}\` is both listed and withheld`);
  }
  let part: Part = { ids: [], withheld: [] };
  const parts = [part];
  let room = ENTRY_BYTES;
  for (const id of [...listed, ...left.keys()].sort()) {
    const size = listed.has(id) ? ID_BYTES : WITHHELD_BYTES;
    if (part.ids.length + part.withheld.length >= MANIFEST_MAX_IDS || size > room) {
      part = { ids: [], withheld: [] };
      parts.push(part);
      room = ENTRY_BYTES;
    }
    room -= size;
    const entry = left.get(id);
    if (entry === undefined) part.ids.push(fromHex(id));
    else part.withheld.push(withheldEntry(entry));
  }
  return parts;
}

function withheldEntry({ id, reason, at }: WithheldRecord): Manifest['withheld'][number] {
  if (at === null) return { id: fromHex(id), reason };
  return { id: fromHex(id), reason, at: [fromHex(at.kid), fromHex(at.subject), at.seq] };
}

/** The newest record of every key about every subject; beyond 256 pairs the first by key and subject. */
function headsOf(records: ManifestContents['records']): Manifest['heads'] {
  const newest = new Map<string, { kid: string; sub: string; seq: number }>();
  for (const { kid, sub, link } of records) {
    if (link === null) continue;
    const name = `${kid} ${sub}`;
    const held = newest.get(name);
    if (held === undefined || link.seq > held.seq) newest.set(name, { kid, sub, seq: link.seq });
  }
  const pairs = [...newest.values()].map(({ kid, sub, seq }) => ({
    kid,
    subject: sha256(utf8Bytes(sub)),
    seq,
  }));
  pairs.sort((a, b) => (a.kid < b.kid ? -1 : a.kid > b.kid ? 1 : compareBytes(a.subject, b.subject)));
  const heads: Manifest['heads'] = [];
  let last: { kid: string; seqs: [Uint8Array, number][] } | undefined;
  for (const { kid, subject, seq } of pairs.slice(0, MANIFEST_MAX_HEADS)) {
    if (last?.kid !== kid) {
      last = { kid, seqs: [] };
      heads.push([fromHex(kid), last.seqs]);
    }
    last.seqs.push([subject, seq]);
  }
  return heads;
}
