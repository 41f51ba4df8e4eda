import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../codec/cbor.js';
import { fromHex, isHex, toHex } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';
import { HEADER_LABEL, readProtectedHeader } from '../crypto/cose-header.js';
import { ALG_ED25519, ALG_ESP256 } from '../crypto/cose-key.js';
import {
  encodeSign1,
  isSign1Fault,
  type Sign1Parts,
  sigStructure,
  splitSign1,
} from '../crypto/cose-sign1.js';
import { sha256Hex } from '../crypto/hash.js';
import type { Signer } from '../crypto/signer.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { GoodOrderError } from '../errors.js';
import { surelyFits } from '../record/fast-check.js';
import { type FieldPath, formatPath } from '../record/field-path.js';
import { hash32, once, optional, strictObject, text } from '../record/field-schemas.js';
import { locate, locateAll, type Step } from '../record/locate.js';
import { markForeignMaps } from '../record/maps-of-fields.js';
import { fromPlain, toPlain } from '../record/plain-value.js';
import type { Role } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { keyUri } from '../subject/subject.js';
import type { Grant } from './grant.js';
import { mayDelegate, partyUri, roles, subjects, utcSeconds } from './grant-schemas.js';

/** typ (RFC 9596): keeps a credential's signature from passing for a record's, and the other way round. */
export const CREDENTIAL_TYP = 'application/vnd.goodorder.credential+cose';

export interface Accreditation {
  readonly body: string;
  readonly number: string;
  readonly scope: string;
  /** Seconds UTC. */
  readonly until: number;
}

/** One authority's signed word that a key signs for a party, read alone: neither verified nor on a path yet. */
export interface Credential extends Grant {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: what a record's `seen` and a receipt may name. */
  readonly id: string;
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
  readonly alg: number;
  /** kid of the key that signed it. */
  readonly issuer: string;
  /** kid of the key it is about. */
  readonly key: string;
  readonly accreditation: Accreditation | null;
}

/** A credential read, or what is wrong with it. */
export type ReadCredential =
  | { readonly ok: true; readonly credential: Credential }
  | { readonly ok: false; readonly id: string; readonly diagnostics: readonly Diagnostic[] };

const payloadSchema = once(() =>
  strictObject({
    party: partyUri(),
    key: hash32(),
    roles: roles(),
    from: utcSeconds(),
    until: utcSeconds(),
    subjects: optional(subjects()),
    mayDelegate: optional(mayDelegate()),
    accreditation: optional(
      strictObject({ body: text(200), number: text(200), scope: text(4000), until: utcSeconds() }),
    ),
  }),
);

type Payload = z.infer<ReturnType<typeof payloadSchema>>;

interface Fault {
  readonly code: CheckCode;
  readonly offset: number;
  readonly path?: string;
}

/** Reads one credential. Never throws for any bytes; offsets count from its first byte. */
export function readCredential(given: Uint8Array): ReadCredential {
  const bytes = given.slice();
  const id = sha256Hex(bytes);
  const refused = (faults: readonly Fault[]): ReadCredential => {
    const diagnostics = faults.map(({ code, ...place }) => diagnostic(code, place, { credential: id }));
    return { ok: false, id, diagnostics };
  };
  const parts = splitSign1(bytes);
  if (isSign1Fault(parts)) return refused([{ code: parts.code, offset: parts.offset }]);
  const header = readHeader(parts);
  if ('code' in header) return refused([header]);
  const payload = readPayload(parts);
  if ('faults' in payload) return refused(payload.faults);
  const { party, key, roles: granted, from, until } = payload;
  const credential: Credential = {
    bytes,
    id,
    toBeSigned: sigStructure(parts.protected, parts.payload),
    signature: parts.signature.slice(),
    ...header,
    party,
    key: toHex(key),
    roles: granted,
    from,
    until,
    subjects: payload.subjects ?? null,
    mayDelegate: payload.mayDelegate ?? 0,
    accreditation: payload.accreditation === undefined ? null : { ...payload.accreditation },
  };
  return { ok: true, credential };
}

/** The header holds exactly alg, kid and typ; typ is compared before anything else is believed. */
function readHeader(parts: Sign1Parts): { readonly alg: number; readonly issuer: string } | Fault {
  const header = readProtectedHeader(parts.protected);
  const fault = (path: string, ...steps: Step[]): Fault => ({
    code: 'credential.header',
    offset: locate(parts.protected, 0, steps) + parts.offsets.protected,
    path,
  });
  if (header.typ !== CREDENTIAL_TYP) return fault('typ', { key: HEADER_LABEL.typ });
  if (header.labels.length !== 3) return fault('labels');
  const { alg, kid } = header;
  if (alg !== ALG_ED25519 && alg !== ALG_ESP256) return fault('alg', { key: HEADER_LABEL.alg });
  if (!(kid instanceof Uint8Array) || kid.length !== 32) return fault('kid', { key: HEADER_LABEL.kid });
  return { alg, issuer: toHex(kid) };
}

function readPayload(parts: Sign1Parts): Payload | { readonly faults: readonly Fault[] } {
  const refused = (...found: readonly PayloadFault[]): { readonly faults: readonly Fault[] } => ({
    faults: placed(parts, unique(found).slice(0, MAX_FAULTS)),
  });
  const value = toPlain(decodeCbor(parts.payload));
  // A map with an integer key stays a Map: credentials have none.
  if (value instanceof Map) return refused({ code: 'credential.unknown-key', path: [] });
  const schema = payloadSchema();
  const result: z.core.util.SafeParseResult<Payload> = surelyFits(schema, value)
    ? { success: true, data: value as unknown as Payload }
    : z.safeParse(schema, markForeignMaps(schema, value));
  if (!result.success) {
    const faults = result.error.issues.flatMap(({ path, ...issue }): PayloadFault[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, MAX_FAULTS)
            .map((key) => ({ code: 'credential.unknown-key', path: [...(path as FieldPath), key] }))
        : [{ code: 'credential.shape', path: path as FieldPath }],
    );
    return refused(...faults);
  }
  const { party, key, from, until } = result.data;
  if (from > until) return refused({ code: 'credential.shape', path: ['until'] });
  // The URI of another key can never be the party of this one.
  if (party.startsWith(keyUri('')) && party !== keyUri(toHex(key))) {
    return refused({ code: 'credential.shape', path: ['party'] });
  }
  return result.data;
}

/** A hostile credential can break thousands of places; the first ones say enough. */
const MAX_FAULTS = 100;

interface PayloadFault {
  readonly code: CheckCode;
  readonly path: FieldPath;
}

/** Several rules may find fault with one place; it is told once. */
function unique(found: readonly PayloadFault[]): PayloadFault[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.code, one.path]), one])).values()];
}

function placed({ payload, offsets }: Sign1Parts, found: readonly PayloadFault[]): Fault[] {
  const steps = found.map(({ path }) =>
    path.map((step): Step => (typeof step === 'number' ? { index: step } : { key: step })),
  );
  const places = locateAll(payload, 0, steps);
  return found.map(({ code, path }, index) => ({
    code,
    offset: offsets.payload + places[index]!,
    path: formatPath(path),
  }));
}

/** What an authority says of a key. Instants are seconds UTC. */
export interface CredentialToSign {
  readonly party: string;
  /** kid of the key that shall sign for the party. */
  readonly key: string;
  /** In any order. */
  readonly roles: readonly Role[];
  /** Seconds UTC, both included. */
  readonly from: number;
  readonly until: number;
  readonly subjects?: readonly string[];
  readonly mayDelegate?: number;
  readonly accreditation?: Accreditation;
}

/**
 * Signs a credential. Throws GoodOrderError `signer.refused` for one that `readCredential` would refuse. Whether the
 * issuer may issue it is for paths to say.
 */
export async function signCredential(issuer: Signer, content: CredentialToSign): Promise<Uint8Array> {
  const payload = {
    party: content.party,
    key: isHex(content.key, 32) ? fromHex(content.key) : null,
    roles: ascending(content.roles),
    from: content.from,
    until: content.until,
    subjects: content.subjects === undefined ? undefined : ascending(content.subjects),
    mayDelegate: content.mayDelegate,
    accreditation: content.accreditation,
  };
  const bytes = await assembleCredential(issuer, fromPlain(payload));
  const read = readCredential(bytes);
  if (!read.ok) {
    const [{ code, path }] = read.diagnostics as [Diagnostic];
    const where = path === undefined ? '' : ` at \`${path}\``;
    throw new GoodOrderError('signer.refused', `this credential would be faulty: ${code}${where}`, {
      path: path ?? '',
    });
  }
  return bytes;
}

/** Encodes and signs without judging; `header` members are put over the right ones. For tests of faulty credentials. */
export async function assembleCredential(
  issuer: Signer,
  payload: CborValue,
  header: ReadonlyMap<CborKey, CborValue> = new Map(),
): Promise<Uint8Array> {
  const members = new Map<CborKey, CborValue>([
    [HEADER_LABEL.alg, issuer.alg],
    [HEADER_LABEL.kid, fromHex(issuer.kid)],
    [HEADER_LABEL.typ, CREDENTIAL_TYP],
    ...header,
  ]);
  const protectedBytes = encoded(members);
  const payloadBytes = encoded(payload);
  const signature = await issuer.sign(sigStructure(protectedBytes, payloadBytes));
  return encodeSign1(protectedBytes, payloadBytes, signature);
}

function encoded(value: CborValue): Uint8Array {
  try {
    return encodeCbor(value);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new GoodOrderError(
      'signer.refused',
      `the credential cannot be encoded: ${error.message}`,
      {},
      error,
    );
  }
}

function ascending<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
