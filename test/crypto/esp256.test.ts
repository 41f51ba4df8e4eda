import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import {
  esp256SignatureFault,
  toLowS,
  verifyEsp256,
  verifyEsp256WebCrypto,
} from '../../src/crypto/esp256.js';
import { bigEndian, isP256Point, P256_ORDER } from '../../src/crypto/p256-point.js';

interface WycheproofTest {
  readonly tcId: number;
  readonly comment: string;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid';
}
interface WycheproofGroup {
  readonly publicKey: { readonly uncompressed: string };
  readonly tests: readonly WycheproofTest[];
}

const path = '../../fixtures/vectors/wycheproof-ecdsa-p256/ecdsa_secp256r1_sha256_p1363_test.json';
const file = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const groups: readonly WycheproofGroup[] = file.testGroups;

function be32(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0'));
}

describe('Wycheproof, ECDSA P-256 with SHA-256, r‖s', () => {
  // Theirs counts both s and n − s as valid; ours takes the lower only. So of their valid signatures those with a
  // high s are refused here with a code of their own, and are accepted once s is turned into n − s.
  test('262 vectors: theirs and ours agree but for high s', async () => {
    const counts = { valid: 0, highS: 0, invalid: 0 };
    const wrong: number[] = [];
    for (const group of groups) {
      const point = fromHex(group.publicKey.uncompressed);
      const x = point.subarray(1, 33);
      const y = point.subarray(33);
      for (const { tcId, msg, sig, result } of group.tests) {
        const signature = fromHex(sig);
        const message = fromHex(msg);
        const verified = await verifyEsp256(signature, message, x, y);
        if ((await verifyEsp256WebCrypto(signature, message, x, y)) !== verified) wrong.push(tcId);
        const highS = esp256SignatureFault(signature) === 'sig.high-s';
        if (verified !== (result === 'valid' && !highS)) wrong.push(tcId);
        if (result === 'valid' && highS && !(await verifyEsp256(toLowS(signature), message, x, y)))
          wrong.push(tcId);
        counts[result === 'invalid' ? 'invalid' : highS ? 'highS' : 'valid']++;
      }
    }
    expect(wrong).toEqual([]);
    expect(counts.valid + counts.highS + counts.invalid).toBe(262);
    expect(Math.min(counts.valid, counts.highS, counts.invalid)).toBeGreaterThan(20);
  });
});

describe('the form of a signature', () => {
  test('63, 64 and 65 bytes', () => {
    expect([63, 64, 65, 0].map((length) => esp256SignatureFault(new Uint8Array(length)))).toEqual([
      'sig.length',
      null,
      'sig.length',
      'sig.length',
    ]);
  });

  test('s = (n − 1)/2 is the last low one', () => {
    const half = P256_ORDER / 2n;
    const withS = (s: bigint) => concatBytes(be32(1n), be32(s));
    expect(
      [half, half + 1n, P256_ORDER - 1n, P256_ORDER, 2n ** 256n - 1n].map((s) =>
        esp256SignatureFault(withS(s)),
      ),
    ).toEqual([null, 'sig.high-s', 'sig.high-s', 'sig.high-s', 'sig.high-s']);
    expect(bigEndian(toLowS(withS(half + 1n)).subarray(32))).toBe(half);
    expect(toLowS(withS(half))).toEqual(withS(half));
    expect(() => toLowS(withS(P256_ORDER + 1n))).toThrow(
      new RangeError('ESP256 signature: s is not below the group order'),
    );
    expect(bigEndian(toLowS(withS(P256_ORDER)).subarray(32))).toBe(0n);
    expect(toHex(toLowS(withS(P256_ORDER - 1n)))).toBe(`${'0'.repeat(63)}1${'0'.repeat(63)}1`);
    const short = new Uint8Array(63).fill(255);
    expect(toLowS(short)).toEqual(short);
    expect(toLowS(short)).not.toBe(short);
  });
});

describe('keys', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const x = new Uint8Array(Buffer.from(jwk.x!, 'base64url'));
  const y = new Uint8Array(Buffer.from(jwk.y!, 'base64url'));
  const message = Uint8Array.of(1, 2, 3);
  const signature = toLowS(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));

  afterEach(() => {
    vi.restoreAllMocks();
    vi.resetModules();
  });

  test('a fresh key verifies its own signature and no other message', async () => {
    expect([
      await verifyEsp256(signature, message, x, y),
      await verifyEsp256(signature, Uint8Array.of(1), x, y),
    ]).toEqual([true, false]);
  });

  test('a point off the curve verifies nothing', async () => {
    expect([
      isP256Point(x, y),
      isP256Point(y, x),
      isP256Point(x.subarray(1), y),
      isP256Point(new Uint8Array(32), new Uint8Array(32)),
    ]).toEqual([true, false, false, false]);
    expect([
      await verifyEsp256(signature, message, y, x),
      await verifyEsp256WebCrypto(signature, message, y, x),
    ]).toEqual([false, false]);
  });

  test('the other square root is on the curve, coordinates above p are not taken', () => {
    const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
    const other = be32(p - bigEndian(y));
    expect([isP256Point(x, other), toHex(other) === toHex(y)]).toEqual([true, false]);
    // y² = b has a solution, so x = 0 is on the curve, and x = p would be its second name.
    const root = be32(0x66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4n);
    expect([isP256Point(be32(0n), root), isP256Point(be32(p), root)]).toEqual([true, false]);
    // The x that y = 5 belongs to, so that y = p + 5 would be its second name.
    const five = fromHex('d7325d7646cd60d80a92738ceb345f844cffaf35841022cab176f692de8de1d7');
    expect([isP256Point(five, be32(5n)), isP256Point(five, be32(p + 5n))]).toEqual([true, false]);
  });

  test('a coordinate has 32 bytes, even where another number of bytes means the same', () => {
    const longer = (bytes: Uint8Array) => concatBytes(Uint8Array.of(0), bytes);
    expect([isP256Point(longer(x), y), isP256Point(x, longer(y)), isP256Point(longer(x), longer(y))]).toEqual(
      [false, false, false],
    );
  });

  test('without node:crypto, WebCrypto gives the same answers', async () => {
    vi.resetModules();
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const other = await import('../../src/crypto/esp256.js');
    expect([
      await other.verifyEsp256(signature, message, x, y),
      await other.verifyEsp256(signature, Uint8Array.of(1), x, y),
    ]).toEqual([true, false]);
    const verifier = other.esp256Verifier(x, y);
    expect([
      await verifier.holds(signature, message),
      await verifier.holds(signature, Uint8Array.of(1)),
    ]).toEqual([true, false]);
  });
});
