import { type CborValue, encodeCbor } from '../codec/cbor.js';
import { utf8Bytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import type { Pack } from './pack.js';

const DOMAIN = utf8Bytes('goodorder/pack/1\u0000');
const digests = new WeakMap<Pack, string>();

/**
 * SHA-256 over "goodorder/pack/1", a zero byte and the deterministic CBOR of the pack: what it says, not how its text
 * is laid out, so comments, order of rules and line breaks change nothing.
 */
export function packDigest(pack: Pack): string {
  const known = digests.get(pack);
  if (known !== undefined) return known;
  const digest = sha256Hex(DOMAIN, encodeCbor(toCbor(pack)));
  digests.set(pack, digest);
  return digest;
}

/** A plain value as CBOR: objects become maps with text keys. */
export function toCbor(value: unknown): CborValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map(toCbor);
  if (typeof value === 'object') {
    return new Map(Object.entries(value).map(([key, item]) => [key, toCbor(item)]));
  }
  throw new TypeError(`cannot digest a ${typeof value}`);
}
