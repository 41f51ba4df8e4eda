import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import { expect } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { encodeOkpKey } from '../../src/crypto/cose-key.js';
import {
  verifyEd25519,
  verifyEd25519Noble,
  verifyEd25519Sync,
  verifyEd25519WebCrypto,
} from '../../src/crypto/ed25519.js';
import { sha256 } from '../../src/crypto/hash.js';
import type { Signer } from '../../src/crypto/signer.js';
import { idOf } from '../verify/story.js';

/** The order of the base point. */
export const L = Point.CURVE().n;
// A point of order 8, and so all eight small ones.
const GENERATOR_8 = Point.fromBytes(
  fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
);
export const SMALL = Array.from({ length: 8 }, (_, index) =>
  index === 0 ? Point.ZERO : GENERATOR_8.multiplyUnsafe(BigInt(index)),
);

export function littleEndian(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0')).reverse();
}

export function challenge(r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  const digest = createHash('sha512')
    .update(concatBytes(r, key, message))
    .digest();
  return BigInt(`0x${toHex(new Uint8Array(digest).reverse())}`) % L;
}

/** A signer whose secret is a scalar: it can put a small point beside its key or its R. */
export function scalarSigner(
  secret: bigint,
  torsion: { readonly key?: number; readonly r?: number; readonly rOnly?: boolean } = {},
): Signer & { readonly publicKey: Uint8Array } {
  const publicKey = Point.BASE.multiply(secret)
    .add(SMALL[torsion.key ?? 0]!)
    .toBytes();
  const coseKey = encodeOkpKey(publicKey);
  return {
    alg: -19,
    coseKey,
    kid: idOf(coseKey),
    publicKey,
    async sign(message) {
      const nonce = torsion.rOnly === true ? 0n : BigInt(`0x${toHex(sha256(message))}`) % L;
      const small = SMALL[torsion.r ?? 0]!;
      const r = (nonce === 0n ? small : Point.BASE.multiply(nonce).add(small)).toBytes();
      const s = (nonce + challenge(r, publicKey, message) * secret) % L;
      return concatBytes(r, littleEndian(s));
    },
  };
}

/** The same answer from every way to verify, or the test fails. */
export async function everywhere(
  signature: Uint8Array,
  message: Uint8Array,
  key: Uint8Array,
): Promise<boolean> {
  const answers = [
    verifyEd25519Sync(signature, message, key),
    await verifyEd25519(signature, message, key),
    verifyEd25519Noble(signature, message, key),
    await verifyEd25519WebCrypto(signature, message, key),
  ];
  expect(new Set(answers).size).toBe(1);
  return answers[0] === true;
}
