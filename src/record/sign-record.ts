import { type CborKey, type CborValue, encodeCbor } from '../codec/cbor.js';
import { compareBytes, fromHex, isHex } from '../codec/hex.js';
import { CWT_CLAIM, HEADER_LABEL } from '../crypto/cose-header.js';
import { encodeSign1, sigStructure } from '../crypto/cose-sign1.js';
import type { Signer } from '../crypto/signer.js';
import { GoodOrderError } from '../errors.js';
import { formatPath } from './field-path.js';
import { LINK_VERSION } from './link.js';
import { fromPlain } from './plain-value.js';
import { closePrivatePlaces, encodeOpening, SALT_LENGTH } from './private-fields.js';
import { readRecord } from './read-record.js';
import { CONTENT_TYPE_END, CONTENT_TYPE_START, RECORD_TYP, type SignedRecord } from './record.js';
import type { Draft, Fields } from './record-type.js';
import { type PayloadOf, RECORD_TYPES, type RecordTypeName } from './types/index.js';

/**
 * Where the next record of a key stands: seq and prev within its subject, lane across all it signs. Must be durable
 * before the signature leaves; a restored backup enrols a new key.
 */
export interface ChainPosition {
  readonly seq: number;
  /** Statement hash, hex; null for seq 0. */
  readonly prev: string | null;
  /** Statement hash, hex; null for the key's first record. */
  readonly lane: string | null;
}

/** One statement to sign: by whom, about what (`sub`), what it says, and where it stands in its signer's chains. */
export interface RecordToSign<N extends RecordTypeName = RecordTypeName> {
  readonly signer: Signer;
  readonly iss: string;
  readonly sub: string;
  readonly type: N;
  /** Clear values at private places (or digests made before); text already NFC, which is capture's duty. */
  readonly payload: Draft<PayloadOf[N]> | Fields;
  /** When the signer signs, seconds UTC. */
  readonly iat: number;
  /** Ids of records and SHA-256 of credentials that the signer holds and has checked, in any order; ≤ 64. */
  readonly seen?: readonly string[];
  /** SHA-256 of tokens and notes, in any order; ≤ 16. */
  readonly anchors?: readonly string[];
  readonly state: ChainPosition;
  /** 16 random bytes, fresh at each call; only called for private values. */
  salt(): Uint8Array;
}

/** A signed record with what its signer keeps: the openings of its private values and the position of the next one. */
export interface NewRecord {
  /** What is stored and sent. */
  readonly record: Uint8Array;
  /** SHA-256 of the record, hex. */
  readonly id: string;
  /** SHA-256 of what was signed, hex: what later records name as prev and lane. */
  readonly statementHash: string;
  /** The same, read. */
  readonly signed: SignedRecord;
  /** Encoded openings of the private values, in the order of the type's private places. */
  readonly openings: readonly Uint8Array[];
  /** Position after this record: seq and prev for the same subject, lane for any. */
  readonly next: ChainPosition;
}

/**
 * Makes one signed record. It refuses what `readRecord` would fault, so that nothing leaves that its signer could not
 * stand by: GoodOrderError `signer.refused`, whose cause holds the diagnostics.
 */
export async function signRecord<N extends RecordTypeName>(request: RecordToSign<N>): Promise<NewRecord> {
  const { signer, iss, sub, type, iat, state, salt } = request;
  const definition = RECORD_TYPES.get(type);
  if (definition === undefined) {
    throw new GoodOrderError('signer.refused', `unknown record type \`${type}\``, { path: 'type' });
  }
  const closed = closePrivatePlaces(
    definition.privatePlaces,
    request.payload as Fields,
    { kid: signer.kid, sub },
    () => saltOf(salt()),
  );
  const [wrong] = closed.faults;
  if (wrong !== undefined) {
    const path = formatPath(wrong);
    throw new GoodOrderError('signer.refused', `\`${path}\` is not what this private place holds`, { path });
  }
  const bytes = await assembleRecord(signer, {
    contentType: `${CONTENT_TYPE_START}${type}${CONTENT_TYPE_END}`,
    iss,
    sub,
    iat,
    link: [
      LINK_VERSION,
      state.seq,
      hashOrNull(state.prev, 'prev'),
      ascending(request.seen ?? [], 'seen'),
      hashOrNull(state.lane, 'lane'),
      ascending(request.anchors ?? [], 'anchors'),
    ],
    payload: payloadMap(definition.revision, closed.fields),
  });
  const read = readRecord(bytes);
  if (!read.ok) throw refusal(read.diagnostics);
  const { record: signed } = read;
  const { id, statementHash } = signed;
  const openings = closed.places.map((place) => encodeOpening({ record: id, ...place }));
  const next = { seq: state.seq + 1, prev: statementHash, lane: statementHash };
  return { record: signed.bytes, id, statementHash, signed, openings, next };
}

function refusal(diagnostics: readonly { readonly code: string; readonly path?: string }[]): GoodOrderError {
  const [first] = diagnostics;
  const where = first?.path === undefined ? '' : ` at \`${first.path}\``;
  const more = diagnostics.length > 1 ? ` and ${diagnostics.length - 1} more` : '';
  return new GoodOrderError(
    'signer.refused',
    `this record would be faulty: ${first?.code}${where}${more}`,
    first?.path === undefined ? {} : { path: first.path },
    diagnostics,
  );
}

/** The parts of a record as given, right or wrong; tests make faulty records with it. */
export interface RecordParts {
  readonly contentType: CborValue;
  readonly iss: CborValue;
  readonly sub: CborValue;
  readonly iat: CborValue;
  readonly link: CborValue;
  readonly payload: ReadonlyMap<CborKey, CborValue>;
  /** Members added to or put over the protected header. */
  readonly header?: ReadonlyMap<CborKey, CborValue>;
}

/** Encodes and signs without judging. */
export async function assembleRecord(signer: Signer, parts: RecordParts): Promise<Uint8Array> {
  const header = new Map<CborKey, CborValue>([
    [HEADER_LABEL.alg, signer.alg],
    [HEADER_LABEL.contentType, parts.contentType],
    [HEADER_LABEL.kid, fromHex(signer.kid)],
    [
      HEADER_LABEL.cwtClaims,
      new Map<CborKey, CborValue>([
        [CWT_CLAIM.iss, parts.iss],
        [CWT_CLAIM.sub, parts.sub],
        [CWT_CLAIM.iat, parts.iat],
      ]),
    ],
    [HEADER_LABEL.typ, RECORD_TYP],
    [HEADER_LABEL.link, parts.link],
    ...(parts.header ?? []),
  ]);
  const protectedBytes = encoded(header, 'header');
  const payload = encoded(parts.payload, 'payload');
  const signature = await signer.sign(sigStructure(protectedBytes, payload));
  return encodeSign1(protectedBytes, payload, signature);
}

/** What the codec cannot write, a control character or a fraction, is refused like any other fault of a draft. */
function encoded(value: CborValue, path: string): Uint8Array {
  try {
    return encodeCbor(value);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new GoodOrderError(
      'signer.refused',
      `the ${path} cannot be encoded: ${error.message}`,
      { path },
      error,
    );
  }
}

/** A payload as it is signed: key 0, then the fields. */
export function payloadMap(revision: number, fields: Fields): ReadonlyMap<CborKey, CborValue> {
  const members = fromPlain(fields) as ReadonlyMap<CborKey, CborValue>;
  return new Map<CborKey, CborValue>([[0, revision], ...members]);
}

function hashOrNull(text: string | null, name: string): Uint8Array | null {
  return text === null ? null : hash(text, name);
}

function hash(text: string, name: string): Uint8Array {
  if (!isHex(text, 32)) throw new TypeError(`${name}: expected 64 lowercase hex digits`);
  return fromHex(text);
}

function ascending(texts: readonly string[], name: string): Uint8Array[] {
  return [...new Set(texts)].map((text) => hash(text, name)).sort(compareBytes);
}

function saltOf(salt: Uint8Array): Uint8Array {
  if (salt.length !== SALT_LENGTH)
    throw new RangeError(`salt: expected ${SALT_LENGTH} bytes, got ${salt.length}`);
  return salt.slice();
}
