import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import {
  ed25519PublicKey,
  publicKeyFault,
  signatureFault,
  signEd25519,
  verifyEd25519,
  verifyEd25519Noble,
  verifyEd25519Sync,
  verifyEd25519WebCrypto,
} from '../../src/crypto/ed25519.js';

/**
 * Whatever the bytes, node:crypto on this thread and on the pool, WebCrypto and noble's points give one answer.
 * The inputs are made to lie where verifiers are known to part: mixed-order keys and R, forms that are not canonical,
 * S beyond the group order, signatures that only the cofactored equation takes.
 */
const L = Point.CURVE().n;

// A point of order 8, and so all eight of them.
const GENERATOR_8 = Point.fromBytes(
  fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
);
const TORSION = Array.from({ length: 8 }, (_, i) =>
  i === 0 ? Point.ZERO : GENERATOR_8.multiplyUnsafe(BigInt(i)),
);

function littleEndian(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0')).reverse();
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

function challenge(...parts: Uint8Array[]): bigint {
  return (
    number(
      new Uint8Array(
        createHash('sha512')
          .update(concatBytes(...parts))
          .digest(),
      ),
    ) % L
  );
}

/** A signature made by hand: key a·B + torsion, R = r·B + torsion, S = r + k·a (+ a multiple of L). */
function crafted(
  a: bigint,
  keyTorsion: number,
  r: bigint,
  rTorsion: number,
  message: Uint8Array,
  timesL: bigint,
) {
  const publicKey = Point.BASE.multiply(a).add(TORSION[keyTorsion]!).toBytes();
  const encodedR = Point.BASE.multiply(r).add(TORSION[rTorsion]!).toBytes();
  const k = challenge(encodedR, publicKey, message);
  const s = ((r + k * a) % L) + timesL * L;
  return { publicKey, signature: concatBytes(encodedR, littleEndian(s)), message };
}

async function agreed(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean> {
  const answers = {
    sync: verifyEd25519Sync(signature, message, publicKey),
    pool: await verifyEd25519(signature, message, publicKey),
    noble: verifyEd25519Noble(signature, message, publicKey),
    web: await verifyEd25519WebCrypto(signature, message, publicKey),
  };
  const { sync } = answers;
  expect(answers).toEqual({ sync, pool: sync, noble: sync, web: sync });
  if (publicKeyFault(publicKey) !== null || signatureFault(signature) !== null) expect(sync).toBe(false);
  return sync;
}

const scalar = fc.bigInt({ min: 1n, max: L - 1n });
const message = fc.uint8Array({ maxLength: 40 });
const torsion = fc.nat(7);

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const at = bit % (8 * bytes.length);
  changed[at >> 3]! ^= 1 << (at & 7);
  return changed;
}

describe('native, WebCrypto and noble give one answer', () => {
  test('to honest signatures with one bit of signature, key or message flipped', async () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(
        seed,
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        async (secret, text, bit) => {
          const publicKey = ed25519PublicKey(secret);
          const signature = signEd25519(text, secret);
          expect(await agreed(signature, text, publicKey)).toBe(true);
          expect(await agreed(flip(signature, bit), text, publicKey)).toBe(false);
          expect(await agreed(signature, flip(text, bit), publicKey)).toBe(false);
          expect(await agreed(signature, text, flip(publicKey, bit))).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('to keys and R with a part of small order: good exactly when the equation holds without cofactor', async () => {
    const counts = { good: 0, onlyCofactored: 0 };
    await fc.assert(
      fc.asyncProperty(
        scalar,
        torsion,
        scalar,
        torsion,
        message,
        async (a, keyTorsion, r, rTorsion, text) => {
          const made = crafted(a, keyTorsion, r, rTorsion, text, 0n);
          const k = challenge(made.signature.subarray(0, 32), made.publicKey, text);
          const holds = (BigInt(rTorsion) + k * BigInt(keyTorsion)) % 8n === 0n;
          expect(await agreed(made.signature, text, made.publicKey)).toBe(holds);
          counts[holds ? 'good' : 'onlyCofactored']++;
        },
      ),
      { numRuns: 150 },
    );
    expect(counts.good).toBeGreaterThan(1);
    expect(counts.onlyCofactored).toBeGreaterThan(counts.good);
  });

  test('to S beyond the group order', async () => {
    await fc.assert(
      fc.asyncProperty(
        scalar,
        scalar,
        message,
        fc.bigInt({ min: 1n, max: 14n }),
        async (a, r, text, times) => {
          const made = crafted(a, 0, r, 0, text, times);
          expect(signatureFault(made.signature)).toBe('sig.s-range');
          expect(await agreed(made.signature, text, made.publicKey)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('to keys and R of small order, in all encodings', async () => {
    const encodings = TORSION.flatMap((point) => {
      const bytes = point.toBytes();
      return [bytes, flip(bytes, 255)];
    });
    const P = 2n ** 255n - 19n;
    for (const y of [0n, 1n]) encodings.push(littleEndian(P + y), littleEndian(P + y + 2n ** 255n));
    for (const encoded of encodings) {
      for (const s of [0n, 1n, L - 1n]) {
        const signature = concatBytes(encoded, littleEndian(s));
        expect(await agreed(signature, Uint8Array.of(1), encoded)).toBe(false);
        expect(await agreed(signature, Uint8Array.of(1), ed25519PublicKey(new Uint8Array(32)))).toBe(false);
        const plain = concatBytes(Point.BASE.multiply(s === 0n ? 5n : s).toBytes(), littleEndian(s));
        expect(await agreed(plain, Uint8Array.of(1), encoded)).toBe(false);
      }
    }
  });

  test('to random bytes', async () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    await fc.assert(
      fc.asyncProperty(bytes(64), message, bytes(32), async (signature, text, publicKey) => {
        signature[63]! &= 0x0f;
        expect(await agreed(signature, text, publicKey)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('to a signature with S = 0, which the secret’s holder can make', async () => {
    // R = −k·A has a solution only by search over messages: with S = 0 the equation is R + k·A = 0.
    const publicKey = ed25519PublicKey(new Uint8Array(32).fill(1));
    const signature = concatBytes(Point.fromBytes(publicKey).negate().toBytes(), new Uint8Array(32));
    expect(signatureFault(signature)).toBeNull();
    expect(await agreed(signature, Uint8Array.of(1), publicKey)).toBe(false);
  });
});
