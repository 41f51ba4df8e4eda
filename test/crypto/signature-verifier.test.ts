import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { Point } from '@noble/ed25519';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex } from '../../src/codec/hex.js';
import { ed25519PublicKey, ed25519Verifier, signEd25519 } from '../../src/crypto/ed25519.js';
import { esp256Verifier, toLowS } from '../../src/crypto/esp256.js';
import { P256_ORDER } from '../../src/crypto/p256-point.js';
import { promisedVerifier, type SignatureVerifier } from '../../src/crypto/signature-verifier.js';

const message = Uint8Array.of(1, 2, 3);

/** What `begin` tells, and whether it told it before it returned. */
function begun(
  verifier: SignatureVerifier,
  signature: Uint8Array,
  text: Uint8Array,
): Promise<{ early: boolean; error: Error | null; holds: boolean }> {
  return new Promise((resolve) => {
    let returned = false;
    verifier.begin(signature, text, (error, holds) => resolve({ early: !returned, error, holds }));
    returned = true;
  });
}

async function answers(verifier: SignatureVerifier, signature: Uint8Array, text = message): Promise<unknown> {
  const held = await verifier.holds(signature, text);
  return [held, await begun(verifier, signature, text)];
}

const told = (holds: boolean): unknown => [holds, { early: false, error: null, holds }];

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const other = bytes.slice();
  other[at] = (other[at] as number) ^ 1;
  return other;
}

describe('Ed25519', () => {
  const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
  const publicKey = ed25519PublicKey(seed);
  const signature = signEd25519(message, seed);
  const verifier = ed25519Verifier(publicKey);

  test('a good signature, and one changed in R, in S, or over another message', async () => {
    expect(await answers(verifier, signature)).toEqual(told(true));
    expect(await answers(verifier, flipped(signature, 0))).toEqual(told(false));
    expect(await answers(verifier, flipped(signature, 32))).toEqual(told(false));
    expect(await answers(verifier, signature, Uint8Array.of(1))).toEqual(told(false));
  });

  test('a signature whose form is at fault', async () => {
    const highS = signature.slice().fill(0xff, 32);
    for (const bad of [
      new Uint8Array(0),
      signature.subarray(1),
      new Uint8Array(65),
      highS,
      new Uint8Array(64),
    ])
      expect(await answers(verifier, bad)).toEqual(told(false));
  });

  test('a key of another length, of small order, or with no point', async () => {
    const noPoint = new Uint8Array(32).fill(0, 1).fill(2, 0, 1);
    for (const key of [
      publicKey.subarray(1),
      new Uint8Array(33),
      new Uint8Array(32),
      new Uint8Array(32).fill(255),
      noPoint,
    ])
      expect(await answers(ed25519Verifier(key), signature)).toEqual(told(false));
  });

  const order = Point.CURVE().n;
  const identity = fromHex(`01${'00'.repeat(31)}`);

  function littleEndian(value: bigint): Uint8Array {
    return fromHex(value.toString(16).padStart(64, '0')).reverse();
  }

  test('under a small-order key any message would hold', async () => {
    // A is the identity, so [S]B = R whatever the message.
    const forged = concatBytes(Point.BASE.multiply(5n).toBytes(), littleEndian(5n));
    expect(await answers(ed25519Verifier(identity), forged)).toEqual(told(false));
  });

  test('R of small order is refused, though the equation holds', async () => {
    const scalar = 12_345n;
    const key = Point.BASE.multiply(scalar).toBytes();
    const digest = createHash('sha512')
      .update(concatBytes(identity, key, message))
      .digest('hex');
    const challenge = BigInt(`0x${Buffer.from(fromHex(digest).reverse()).toString('hex')}`) % order;
    const made = concatBytes(identity, littleEndian((challenge * scalar) % order));
    expect(await answers(ed25519Verifier(key), made)).toEqual(told(false));
  });
});

describe('ESP256', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const x = new Uint8Array(Buffer.from(jwk.x as string, 'base64url'));
  const y = new Uint8Array(Buffer.from(jwk.y as string, 'base64url'));
  // An array of its own: a slice of a Buffer shares its bytes.
  const signature = new Uint8Array(
    toLowS(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  );
  const verifier = esp256Verifier(x, y);

  test('a good signature, and one changed in r, in s, or over another message', async () => {
    expect(await answers(verifier, signature)).toEqual(told(true));
    expect(await answers(verifier, flipped(signature, 5))).toEqual(told(false));
    expect(await answers(verifier, flipped(signature, 63))).toEqual(told(false));
    expect(await answers(verifier, signature, Uint8Array.of(1))).toEqual(told(false));
  });

  test('the same signature with the other s', async () => {
    const s = P256_ORDER - BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
    const other = signature.slice();
    other.set(fromHex(s.toString(16).padStart(64, '0')), 32);
    expect(await answers(verifier, other)).toEqual(told(false));
  });

  test('another length, and a point that is none', async () => {
    for (const bad of [new Uint8Array(0), signature.subarray(1), new Uint8Array(65)])
      expect(await answers(verifier, bad)).toEqual(told(false));
    expect(await answers(esp256Verifier(y, x), signature)).toEqual(told(false));
    expect(await answers(esp256Verifier(x.subarray(1), y), signature)).toEqual(told(false));
  });
});

describe('of promises', () => {
  test('what was promised is told, a failure as an error and never as good', async () => {
    const asked: unknown[] = [];
    const verifier = promisedVerifier(async (...given) => {
      asked.push(given);
      return true;
    });
    expect(await answers(verifier, Uint8Array.of(7))).toEqual(told(true));
    expect(asked).toEqual([
      [Uint8Array.of(7), message],
      [Uint8Array.of(7), message],
    ]);
    const failure = new Error('no machine');
    const failing = promisedVerifier(() => Promise.reject(failure));
    expect(await begun(failing, message, message)).toEqual({ early: false, error: failure, holds: false });
  });
});
