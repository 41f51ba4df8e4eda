import type { KeyObject } from 'node:crypto';
import { hash, hashes, getPublicKey as nobleGetPublicKey, sign as nobleSign, Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../codec/base64url.js';
import { concatBytes, equalBytes, fromHex, toHex } from '../codec/hex.js';
import { isBelowGroupOrder, isStrictPoint } from './ed25519-point.js';
import { nativeCrypto } from './native.js';
import { promisedVerifier, type SignatureVerifier } from './signature-verifier.js';

/**
 * Ed25519 (RFC 8032) by one strict rule, so that every machine gives the same answer to every byte:
 * key 32 bytes, signature 64; A and R canonical and not of small order; S < L; and the equation without cofactor,
 * [S]B = R + [k]A, over the bytes as given. The pre-checks are ours everywhere. The equation is node:crypto's, else
 * WebCrypto's, else computed from noble's points, because noble's own `verify` multiplies by the cofactor.
 * There are no options.
 */

/**
 * `key.malformed` unless the bytes are what a key of the rule looks like: 32 bytes, canonical, of no small order. That
 * there is a point with this y is not asked: finding it takes twice as long as verifying with it natively, and for a y
 * without one no signature's equation holds.
 */
export function publicKeyFault(publicKey: Uint8Array): 'key.malformed' | null {
  return publicKey.length === 32 && isStrictPoint(publicKey) ? null : 'key.malformed';
}

/**
 * What is wrong with the signature whatever the key: its length, S ≥ L, or an R that is not canonical or of small
 * order. An R that is no point of the curve is not told here: no key's equation holds for it (`sig.invalid`).
 */
export function signatureFault(signature: Uint8Array): 'sig.length' | 'sig.s-range' | 'sig.r-point' | null {
  if (signature.length !== 64) return 'sig.length';
  if (!isBelowGroupOrder(signature, 32)) return 'sig.s-range';
  return isStrictPoint(signature, 0) ? null : 'sig.r-point';
}

/** True only for a signature (64 bytes) that the rule accepts under the key (32 bytes); other lengths are false. On Node the work is done on the thread pool. */
export async function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (!passesPreChecks(signature, publicKey)) return false;
  const native = nativeCrypto();
  if (native === null) return verifyWithoutNode(signature, message, publicKey);
  const key = nativeKey(publicKey);
  if (key === null) return false;
  return new Promise((resolve, reject) => {
    native.verify(null, message, key, signature, (error, verified) => {
      if (error === null) resolve(verified);
      else reject(error);
    });
  });
}

/** The answer of `verifyEd25519`, computed on this thread. */
export function verifyEd25519Sync(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const native = nativeCrypto();
  if (native === null) return verifyEd25519Noble(signature, message, publicKey);
  if (!passesPreChecks(signature, publicKey)) return false;
  const key = nativeKey(publicKey);
  return key !== null && native.verify(null, message, key, signature);
}

/** The same rule for many signatures under one key, which is looked at once. */
export function ed25519Verifier(publicKey: Uint8Array): SignatureVerifier {
  const native = nativeCrypto();
  if (native === null) {
    return promisedVerifier((signature, message) => verifyEd25519(signature, message, publicKey));
  }
  const key = publicKey.length === 32 && isStrictPoint(publicKey) ? nativeKey(publicKey) : null;
  return {
    holds: (signature, message) =>
      key !== null && signatureFault(signature) === null && native.verify(null, message, key, signature),
    begin: (signature, message, done) => {
      if (key !== null && signatureFault(signature) === null) {
        native.verify(null, message, key, signature, done);
      } else queueMicrotask(() => done(null, false));
    },
  };
}

/** The same answer in plain JavaScript, for machines with neither node:crypto nor Ed25519 in WebCrypto. */
export function verifyEd25519Noble(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (!passesPreChecks(signature, publicKey)) return false;
  const key = decodePoint(publicKey);
  if (key === null) return false;
  hashes.sha512 = sha512;
  const encodedR = signature.subarray(0, 32);
  const scalar = littleEndian(signature.subarray(32));
  const challenge = littleEndian(hash(concatBytes(encodedR, publicKey, message))) % Point.CURVE().n;
  // [S]B − [k]A must encode to the very bytes of R; unsafe multiplication because S or k may be 0 and nothing is secret.
  const expectedR = Point.BASE.multiply(scalar, false).subtract(key.multiply(challenge, false));
  return equalBytes(expectedR.toBytes(), encodedR);
}

/** The same answer by WebCrypto, whose specification asks for the equation without cofactor; null where it knows no Ed25519. */
export async function verifyEd25519WebCrypto(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean | null> {
  if (!passesPreChecks(signature, publicKey)) return false;
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return null;
  let key: CryptoKey;
  try {
    key = await subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  } catch (error) {
    // DataError: the implementation looks at the point and it is none of the curve. Anything else: no Ed25519 here.
    return error instanceof Error && error.name === 'DataError' ? false : null;
  }
  return subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
}

/** The public key of a 32-byte seed (RFC 8032 §5.1.5). Throws RangeError for another length. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  assertSeed(seed);
  hashes.sha512 = sha512;
  return new Uint8Array(nobleGetPublicKey(seed));
}

/** The signature of a message, 64 bytes; the same bytes every time. Throws RangeError for a seed of another length. */
export function signEd25519(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return openSeed(seed)(message);
}

/** Reads the seed once and gives the function that signs with it. */
export function openSeed(seed: Uint8Array): (message: Uint8Array) => Uint8Array {
  assertSeed(seed);
  const native = nativeCrypto();
  if (native !== null) {
    const key = native.createPrivateKey({
      key: nodeBuffer(PKCS8_PREFIX, seed),
      format: 'der',
      type: 'pkcs8',
    });
    return (message) => new Uint8Array(native.sign(null, message, key));
  }
  const ownSeed = seed.slice();
  return (message) => {
    hashes.sha512 = sha512;
    return new Uint8Array(nobleSign(message, ownSeed));
  };
}

// RFC 8410 §7 and §10.3: what stands before the 32 bytes of a key in PKCS #8.
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** The prefix and key as the Buffer that Node's key functions ask for. */
function nodeBuffer(prefix: Uint8Array, key: Uint8Array): Buffer {
  return globalThis.Buffer.from(concatBytes(prefix, key));
}

// Reading a key takes a third as long as verifying with it, and a passport has few keys and many signatures.
const KEPT_KEYS = 1024;
const nativeKeys = new Map<string, KeyObject | null>();

/** Node's form of a key, kept for the next call; null for one that this Node does not take. */
function nativeKey(publicKey: Uint8Array): KeyObject | null {
  const name = toHex(publicKey);
  const kept = nativeKeys.get(name);
  if (kept !== undefined) return kept;
  const key = readNativeKey(publicKey);
  if (nativeKeys.size >= KEPT_KEYS) nativeKeys.delete(nativeKeys.keys().next().value ?? '');
  nativeKeys.set(name, key);
  return key;
}

function readNativeKey(publicKey: Uint8Array): KeyObject | null {
  try {
    // As JWK: a DER key goes through OpenSSL's search for a decoder, which takes six times as long.
    const key = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) };
    return nativeCrypto()?.createPublicKey({ key, format: 'jwk' }) ?? null;
  } catch {
    return null;
  }
}

async function verifyWithoutNode(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const verified = await verifyEd25519WebCrypto(signature, message, publicKey);
  return verified ?? verifyEd25519Noble(signature, message, publicKey);
}

function passesPreChecks(signature: Uint8Array, publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && isStrictPoint(publicKey) && signatureFault(signature) === null;
}

function decodePoint(publicKey: Uint8Array): Point | null {
  try {
    return Point.fromBytes(publicKey);
  } catch {
    return null;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

function assertSeed(seed: Uint8Array): void {
  if (seed.length !== 32) throw new RangeError(`Ed25519 seed: expected 32 bytes, got ${seed.length}`);
}
