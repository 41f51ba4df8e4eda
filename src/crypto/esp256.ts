import type { KeyObject } from 'node:crypto';
import { toBase64url } from '../codec/base64url.js';
import { concatBytes, fromHex, toHex } from '../codec/hex.js';
import { nativeCrypto } from './native.js';
import { bigEndian, isP256Point, P256_ORDER } from './p256-point.js';
import { promisedVerifier, type SignatureVerifier } from './signature-verifier.js';

/**
 * ESP256 (COSE alg −9): ECDSA over P-256 with SHA-256, the signature r‖s of 64 bytes. For every (r, s) the pair
 * (r, n − s) verifies too, so a stranger could give a record a second id: only s ≤ n/2 is accepted here, which ECDSA
 * itself does not ask for.
 */

/** What is wrong with the signature whatever the key. A zero r or s, or r ≥ n, fails the equation. */
export function esp256SignatureFault(signature: Uint8Array): 'sig.length' | 'sig.high-s' | null {
  if (signature.length !== 64) return 'sig.length';
  return bigEndian(signature.subarray(32)) > P256_ORDER / 2n ? 'sig.high-s' : null;
}

/** The same signature with the lower of its two values of s, for signers whose hardware gives either. */
export function toLowS(signature: Uint8Array): Uint8Array {
  if (esp256SignatureFault(signature) !== 'sig.high-s') return signature.slice();
  const s = P256_ORDER - bigEndian(signature.subarray(32));
  if (s < 0n) throw new RangeError('ESP256 signature: s is not below the group order');
  return concatBytes(signature.subarray(0, 32), fromHex(s.toString(16).padStart(64, '0')));
}

/** True only for a low-s signature of the message under the point (x, y). On Node the thread pool does the work. */
export async function verifyEsp256(
  signature: Uint8Array,
  message: Uint8Array,
  x: Uint8Array,
  y: Uint8Array,
): Promise<boolean> {
  if (esp256SignatureFault(signature) !== null || !isP256Point(x, y)) return false;
  const native = nativeCrypto();
  if (native === null) return verifyEsp256WebCrypto(signature, message, x, y);
  const key = nativeKey(x, y);
  return new Promise((resolve, reject) => {
    native.verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, verified) => {
      if (error === null) resolve(verified);
      else reject(error);
    });
  });
}

/** The same for many signatures under one key, which is looked at once. */
export function esp256Verifier(x: Uint8Array, y: Uint8Array): SignatureVerifier {
  const native = nativeCrypto();
  if (native === null)
    return promisedVerifier((signature, message) => verifyEsp256(signature, message, x, y));
  const point = isP256Point(x, y) ? ({ key: nativeKey(x, y), dsaEncoding: 'ieee-p1363' } as const) : null;
  return {
    holds: (signature, message) =>
      point !== null &&
      esp256SignatureFault(signature) === null &&
      native.verify('sha256', message, point, signature),
    begin: (signature, message, done) => {
      if (point !== null && esp256SignatureFault(signature) === null) {
        native.verify('sha256', message, point, signature, done);
      } else queueMicrotask(() => done(null, false));
    },
  };
}

/** The same answer by WebCrypto, which every browser has for P-256. */
export async function verifyEsp256WebCrypto(
  signature: Uint8Array,
  message: Uint8Array,
  x: Uint8Array,
  y: Uint8Array,
): Promise<boolean> {
  if (esp256SignatureFault(signature) !== null || !isP256Point(x, y)) return false;
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const point = new Uint8Array(concatBytes(Uint8Array.of(4), x, y));
  const key = await subtle.importKey('raw', point, algorithm, false, ['verify']);
  return subtle.verify(algorithm, key, new Uint8Array(signature), new Uint8Array(message));
}

const KEPT_KEYS = 1024;
const nativeKeys = new Map<string, KeyObject>();

function nativeKey(x: Uint8Array, y: Uint8Array): KeyObject {
  const name = toHex(x) + toHex(y);
  const kept = nativeKeys.get(name);
  if (kept !== undefined) return kept;
  const native = nativeCrypto()!;
  const jwk = { kty: 'EC', crv: 'P-256', x: toBase64url(x), y: toBase64url(y) };
  const key = native.createPublicKey({ key: jwk, format: 'jwk' });
  if (nativeKeys.size >= KEPT_KEYS) nativeKeys.delete(nativeKeys.keys().next().value ?? '');
  nativeKeys.set(name, key);
  return key;
}
