import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { utf8Bytes } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import { closePrivatePlaces } from '../../src/record/private-fields.js';
import type { Fields } from '../../src/record/record-type.js';
import { assembleRecord, payloadMap } from '../../src/record/sign-record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { ITEM, SELLER } from './sample-payloads.js';

/** Test keys, as scenarios make them: seed = SHA-256("goodorder/test/" + name). */
export function testSigner(name: string): Signer {
  return ed25519Signer(sha256(utf8Bytes(`goodorder/test/${name}`)));
}

/** Salts that are the same on every run and never twice the same. */
export function countingSalt(label = ''): () => Uint8Array {
  let drawn = 0;
  return () => {
    drawn += 1;
    return sha256(utf8Bytes(`salt ${label} ${drawn}`)).slice(0, 16);
  };
}

export const SIGNER = testSigner('seller');
export const IAT = 1_787_880_000;
export const FIRST_LINK: readonly CborValue[] = [1, 0, null, [], null, []];

export interface RawRecord {
  readonly type?: string;
  readonly contentType?: CborValue;
  readonly iss?: CborValue;
  readonly sub?: CborValue;
  readonly iat?: CborValue;
  readonly link?: CborValue;
  readonly header?: ReadonlyMap<CborKey, CborValue>;
  /** Fields as given, private places closed; or a whole payload map. */
  readonly fields?: Fields;
  readonly payload?: ReadonlyMap<CborKey, CborValue>;
  readonly revision?: number;
  readonly signer?: Signer;
}

/** A record signed whatever it says. */
export function rawRecord(raw: RawRecord): Promise<Uint8Array> {
  const { type = 'statement', sub = ITEM, signer = SIGNER, fields = {}, revision = 1 } = raw;
  const places = RECORD_TYPES.get(type)?.privatePlaces ?? [];
  const closed =
    typeof sub === 'string'
      ? closePrivatePlaces(places, fields, { kid: signer.kid, sub }, countingSalt(type)).fields
      : fields;
  return assembleRecord(signer, {
    contentType: raw.contentType === undefined ? `application/vnd.goodorder.${type}+cbor` : raw.contentType,
    iss: raw.iss === undefined ? SELLER : raw.iss,
    sub,
    iat: raw.iat === undefined ? IAT : raw.iat,
    link: raw.link === undefined ? FIRST_LINK : raw.link,
    payload: raw.payload ?? payloadMap(revision, closed),
    ...(raw.header === undefined ? {} : { header: raw.header }),
  });
}
