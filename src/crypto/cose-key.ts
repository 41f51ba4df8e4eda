import { type CborKey, type CborValue, decodeCbor } from '../codec/cbor.js';
import { encodeByteString } from '../codec/cbor-head.js';
import { type CborFaultCode, scanCbor } from '../codec/cbor-scan.js';
import { concatBytes } from '../codec/hex.js';
import { publicKeyFault } from './ed25519.js';
import { sha256Hex } from './hash.js';
import { isP256Point } from './p256-point.js';

/** COSE algorithm numbers: Ed25519 of RFC 9864 and ESP256. A key's type fixes its one algorithm. */
export const ALG_ED25519 = -19;
export const ALG_ESP256 = -9;

/**
 * A COSE_Key (RFC 9052 §7) holding exactly the members of its thumbprint. `kid` is the thumbprint of RFC 9679 in hex;
 * since the members are just these and the encoding deterministic, it is SHA-256 of the bytes. For `unknown`, a key
 * of a type or curve that this version does not know, the kid is SHA-256 of the bytes as given.
 */
export type CoseKey =
  | { readonly kty: 'OKP'; readonly kid: string; readonly bytes: Uint8Array; readonly x: Uint8Array }
  | {
      readonly kty: 'EC2';
      readonly kid: string;
      readonly bytes: Uint8Array;
      readonly x: Uint8Array;
      readonly y: Uint8Array;
    }
  | { readonly kty: 'unknown'; readonly kid: string; readonly bytes: Uint8Array };

/** Why bytes are no key that this reader takes. */
export interface CoseKeyFault {
  readonly code: CborFaultCode | 'key.malformed';
  readonly offset: number;
}

// RFC 9052 §7.1 and RFC 9053 §7: labels and values.
const KTY = 1;
const CRV = -1;
const X = -2;
const Y = -3;
const KTY_OKP = 1;
const KTY_EC2 = 2;
const CRV_P256 = 1;
const CRV_ED25519 = 6;

/**
 * Reads the bytes of one COSE_Key. A key with other members than its thumbprint has, or whose point is not canonical or
 * of small order, or off P-256, is `key.malformed`.
 */
export function readCoseKey(bytes: Uint8Array): CoseKey | CoseKeyFault {
  const fault = scanCbor(bytes);
  if (fault !== null) return fault;
  const members = decodeCbor(bytes);
  if (!(members instanceof Map)) return MALFORMED;
  return readMembers(members, bytes.slice()) ?? MALFORMED;
}

export function isCoseKeyFault(result: CoseKey | CoseKeyFault): result is CoseKeyFault {
  return 'code' in result;
}

const MALFORMED: CoseKeyFault = { code: 'key.malformed', offset: 0 };

function readMembers(members: ReadonlyMap<CborKey, CborValue>, bytes: Uint8Array): CoseKey | null {
  const kid = sha256Hex(bytes);
  const kty = members.get(KTY);
  const crv = members.get(CRV);
  if (!isName(kty)) return null;
  if (kty !== KTY_OKP && kty !== KTY_EC2) return { kty: 'unknown', kid, bytes };

  // RFC 9679 §4.1, §4.2: kty, crv and x, and for EC2 y.
  if (members.size !== (kty === KTY_OKP ? 3 : 4) || !isName(crv)) return null;
  const x = members.get(X);
  const y = members.get(Y);
  if (!(x instanceof Uint8Array) || (kty === KTY_EC2 && y === undefined)) return null;
  if (crv !== (kty === KTY_OKP ? CRV_ED25519 : CRV_P256)) return { kty: 'unknown', kid, bytes };

  if (kty === KTY_OKP) return publicKeyFault(x) === null ? { kty: 'OKP', kid, bytes, x } : null;
  // A compressed point (y a boolean) would give one key two encodings and so two kids.
  return y instanceof Uint8Array && isP256Point(x, y) ? { kty: 'EC2', kid, bytes, x, y } : null;
}

/** Key types and curves are named by integers or texts (RFC 9052 §7). */
function isName(value: CborValue | undefined): value is number | bigint | string {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string';
}

/** The COSE_Key of an Ed25519 public key of 32 bytes. Throws RangeError for a key that the rule refuses. */
export function encodeOkpKey(x: Uint8Array): Uint8Array {
  if (publicKeyFault(x) !== null) throw new RangeError('COSE_Key: not an Ed25519 public key');
  // { 1: 1, -1: 6, -2: x }
  return concatBytes(Uint8Array.of(0xa3, 0x01, KTY_OKP, 0x20, CRV_ED25519, 0x21), encodeByteString(x));
}

/** The COSE_Key of a P-256 point, coordinates of 32 bytes each. Throws RangeError for a point off the curve. */
export function encodeEc2Key(x: Uint8Array, y: Uint8Array): Uint8Array {
  if (!isP256Point(x, y)) throw new RangeError('COSE_Key: not a P-256 public key');
  // { 1: 2, -1: 1, -2: x, -3: y }
  const start = Uint8Array.of(0xa4, 0x01, KTY_EC2, 0x20, CRV_P256, 0x21);
  return concatBytes(start, encodeByteString(x), Uint8Array.of(0x22), encodeByteString(y));
}

/** The kid of an encoded COSE_Key, 64 hex digits. For bytes that `readCoseKey` accepts, its thumbprint. */
export function keyThumbprint(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}
