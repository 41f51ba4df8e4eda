import { afterEach, describe, expect, test, vi } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import {
  ed25519PublicKey,
  ed25519Verifier,
  openSeed,
  signEd25519,
  verifyEd25519,
  verifyEd25519Sync,
  verifyEd25519WebCrypto,
} from '../../src/crypto/ed25519.js';
import { esp256Verifier, toLowS, verifyEsp256 } from '../../src/crypto/esp256.js';
import { createSha256, sha256, sha256Hex } from '../../src/crypto/hash.js';
import { nativeCrypto } from '../../src/crypto/native.js';

// What the machine has is faster by far, so a test that only looks at answers would not see it unused.

const message = Uint8Array.of(1, 2, 3);

function node(): NonNullable<ReturnType<typeof nativeCrypto>> {
  const native = nativeCrypto();
  if (native === null) throw new Error('these tests run on Node');
  return native;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('it is the one of the runtime', () => {
  expect(nativeCrypto()).toBe(process.getBuiltinModule('node:crypto'));
});

test('it hashes', () => {
  const hash = vi.spyOn(node(), 'hash');
  const createHash = vi.spyOn(node(), 'createHash');
  sha256(message);
  sha256Hex(message);
  expect(hash).toHaveBeenCalledTimes(2);
  createSha256();
  expect(createHash).toHaveBeenCalledTimes(1);
});

describe('Ed25519', () => {
  const seed = new Uint8Array(32).fill(11);

  test('it signs and verifies', async () => {
    const sign = vi.spyOn(node(), 'sign');
    const verify = vi.spyOn(node(), 'verify');
    const signature = signEd25519(message, seed);
    expect(sign).toHaveBeenCalledTimes(1);
    const publicKey = ed25519PublicKey(seed);
    expect(verifyEd25519Sync(signature, message, publicKey)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await verifyEd25519(signature, message, publicKey)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(2);
    expect(ed25519Verifier(publicKey).holds(signature, message)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(3);
  });

  test('it reads a key once, and again after 1,024 others', () => {
    const signature = signEd25519(message, seed);
    const read = vi.spyOn(node(), 'createPublicKey');
    const key = (number: number): Uint8Array => {
      const bytes = new Uint8Array(32).fill(3);
      bytes[1] = number & 255;
      bytes[2] = number >> 8;
      return bytes;
    };
    const first = key(60_000);
    verifyEd25519Sync(signature, message, first);
    verifyEd25519Sync(signature, message, first);
    expect(read).toHaveBeenCalledTimes(1);
    for (let number = 0; number < 1_023; number += 1) verifyEd25519Sync(signature, message, key(number));
    expect(read).toHaveBeenCalledTimes(1_024);
    verifyEd25519Sync(signature, message, first);
    expect(read).toHaveBeenCalledTimes(1_024);
    verifyEd25519Sync(signature, message, key(1_023));
    verifyEd25519Sync(signature, message, key(1_023));
    expect(read).toHaveBeenCalledTimes(1_025);
    verifyEd25519Sync(signature, message, first);
    expect(read).toHaveBeenCalledTimes(1_026);
  });

  test('a key that it does not take verifies nothing', async () => {
    const other = new Uint8Array(32).fill(12);
    const publicKey = ed25519PublicKey(other);
    const signature = signEd25519(message, other);
    vi.spyOn(node(), 'createPublicKey').mockImplementation(() => {
      throw new Error('not taken');
    });
    expect(verifyEd25519Sync(signature, message, publicKey)).toBe(false);
    expect(await verifyEd25519(signature, message, publicKey)).toBe(false);
    expect(ed25519Verifier(publicKey).holds(signature, message)).toBe(false);
  });

  test('its failure is an error, never an answer', async () => {
    const publicKey = ed25519PublicKey(seed);
    const signature = signEd25519(message, seed);
    const failure = new Error('no machine');
    vi.spyOn(node(), 'verify').mockImplementation(((...given: unknown[]) => {
      (given[4] as (error: Error, verified: boolean) => void)(failure, true);
    }) as never);
    await expect(verifyEd25519(signature, message, publicKey)).rejects.toBe(failure);
  });

  test('WebCrypto that finds no point says no, and one that cannot do it says nothing', async () => {
    const publicKey = ed25519PublicKey(seed);
    const signature = signEd25519(message, seed);
    const failing = (error: unknown): void => {
      vi.stubGlobal('crypto', { subtle: { importKey: () => Promise.reject(error) } });
    };
    failing(new DOMException('no point', 'DataError'));
    expect(await verifyEd25519WebCrypto(signature, message, publicKey)).toBe(false);
    failing(new DOMException('no such algorithm', 'NotSupportedError'));
    expect(await verifyEd25519WebCrypto(signature, message, publicKey)).toBeNull();
    failing({ name: 'DataError' });
    expect(await verifyEd25519WebCrypto(signature, message, publicKey)).toBeNull();
  });

  test('without it, a seed that was opened is kept and not looked at again', async () => {
    const expected = signEd25519(message, seed);
    vi.resetModules();
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const other = await import('../../src/crypto/ed25519.js');
    const given = seed.slice();
    const sign = other.openSeed(given);
    given.fill(0);
    expect(sign(message)).toEqual(expected);
    vi.resetModules();
    const own = seed.slice();
    const here = openSeed(own);
    own.fill(0);
    expect(here(message)).toEqual(expected);
  });
});

describe('ESP256', () => {
  const { publicKey, privateKey } = node().generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ format: 'jwk' });
  const x = new Uint8Array(Buffer.from(point.x as string, 'base64url'));
  const y = new Uint8Array(Buffer.from(point.y as string, 'base64url'));
  const signature = (): Uint8Array =>
    toLowS(node().sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));

  test('it verifies', async () => {
    const good = signature();
    const verify = vi.spyOn(node(), 'verify');
    expect(await verifyEsp256(good, message, x, y)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(esp256Verifier(x, y).holds(good, message)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(2);
  });

  test('its failure is an error, never an answer', async () => {
    const good = signature();
    const failure = new Error('no machine');
    vi.spyOn(node(), 'verify').mockImplementation(((...given: unknown[]) => {
      (given[4] as (error: Error, verified: boolean) => void)(failure, true);
    }) as never);
    await expect(verifyEsp256(good, message, x, y)).rejects.toBe(failure);
  });

  test('it reads a key once, and again after 1,024 others', () => {
    const read = vi.spyOn(node(), 'createPublicKey').mockImplementation(() => publicKey);
    const points = manyPoints(1_025);
    const open = (index: number): unknown => esp256Verifier(...(points[index] as [Uint8Array, Uint8Array]));
    open(0);
    open(0);
    expect(read).toHaveBeenCalledTimes(1);
    for (let index = 1; index < 1_024; index += 1) open(index);
    expect(read).toHaveBeenCalledTimes(1_024);
    open(0);
    expect(read).toHaveBeenCalledTimes(1_024);
    open(1_024);
    open(1_024);
    expect(read).toHaveBeenCalledTimes(1_025);
    open(0);
    expect(read).toHaveBeenCalledTimes(1_026);
  });

  /** Points of the curve, by the public keys of the private keys 1, 2, 3 … */
  function manyPoints(count: number): [Uint8Array, Uint8Array][] {
    const ecdh = node().createECDH('prime256v1');
    return Array.from({ length: count }, (_, index) => {
      ecdh.setPrivateKey(fromHex((index + 1).toString(16).padStart(64, '0')));
      const bytes = new Uint8Array(ecdh.getPublicKey());
      return [bytes.slice(1, 33), bytes.slice(33)];
    });
  }
});
