import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fromHex, toHex } from '../../src/codec/hex.js';
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

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${path}`, import.meta.url), 'utf8'));
}

/** The answers of all ways of verifying, which must be one. */
async function verdicts(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean[]> {
  return [
    await verifyEd25519(signature, message, publicKey),
    verifyEd25519Sync(signature, message, publicKey),
    verifyEd25519Noble(signature, message, publicKey),
    (await verifyEd25519WebCrypto(signature, message, publicKey)) ?? false,
  ];
}

const ALL = [true, true, true, true];
const NONE = [false, false, false, false];

describe('RFC 8032 §7.1', () => {
  const vectors: readonly Record<'name' | 'seed' | 'publicKey' | 'message' | 'signature', string>[] =
    readJson('rfc8032/ed25519.json');

  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const seed = fromHex(vector.seed);
    const message = fromHex(vector.message);
    const publicKey = fromHex(vector.publicKey);
    expect(toHex(ed25519PublicKey(seed))).toBe(vector.publicKey);
    expect(toHex(signEd25519(message, seed))).toBe(vector.signature);
    expect([publicKeyFault(publicKey), signatureFault(fromHex(vector.signature))]).toEqual([null, null]);
    expect(await verdicts(fromHex(vector.signature), message, publicKey)).toEqual(ALL);
  });
});

describe('ed25519-speccheck', () => {
  const cases: readonly Record<'message' | 'pub_key' | 'signature', string>[] = readJson(
    'ed25519-speccheck/cases.json',
  );

  // Under the strict rule only case 3 (mixed-order A and R for which the equation holds without cofactor) is good.
  const expected: readonly (readonly [key: string | null, signature: string | null, verified: boolean])[] = [
    ['key.malformed', 'sig.r-point', false],
    ['key.malformed', null, false],
    [null, 'sig.r-point', false],
    [null, null, true],
    [null, null, false],
    [null, null, false],
    [null, 'sig.s-range', false],
    [null, 'sig.s-range', false],
    [null, 'sig.r-point', false],
    [null, 'sig.r-point', false],
    ['key.malformed', null, false],
    ['key.malformed', null, false],
  ];

  test.each(cases.map((vector, index) => [index, vector] as const))('case %i', async (index, vector) => {
    const [keyFault, sigFault, verified] = expected[index]!;
    const publicKey = fromHex(vector.pub_key);
    const signature = fromHex(vector.signature);
    expect([publicKeyFault(publicKey), signatureFault(signature)]).toEqual([keyFault, sigFault]);
    expect(await verdicts(signature, fromHex(vector.message), publicKey)).toEqual(verified ? ALL : NONE);
  });
});

describe('public keys', () => {
  const P = 2n ** 255n - 19n;
  const encode = (y: bigint, sign = 0n) => {
    const bytes = new Uint8Array(32);
    for (let i = 0, rest = y + (sign << 255n); i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 255n);
    return bytes;
  };

  // The order-8 points' y of RFC 7748's curve in Edwards form, as every list of small-order points has them.
  const Y8A = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
  const Y8B = P - Y8A;

  test.each<[string, bigint]>([
    ['0', 0n],
    ['1', 1n],
    ['-1', P - 1n],
    ['order 8', Y8A],
    ['order 8, the other', Y8B],
  ])('small order: y = %s with either sign', (_, y) => {
    expect([publicKeyFault(encode(y)), publicKeyFault(encode(y, 1n))]).toEqual([
      'key.malformed',
      'key.malformed',
    ]);
  });

  test('not canonical: every y from p to 2^255 - 1, with either sign', () => {
    for (let y = P; y < 2n ** 255n; y++) {
      expect([publicKeyFault(encode(y)), publicKeyFault(encode(y, 1n))]).toEqual([
        'key.malformed',
        'key.malformed',
      ]);
    }
  });

  test('a y without a point, as about half of all are, looks like any other: y = 2', () => {
    expect(publicKeyFault(encode(2n))).toBe(null);
  });

  test('the largest y below −1 on the curve and the smallest above 1 are good', () => {
    expect([
      publicKeyFault(encode(3n)),
      publicKeyFault(encode(3n, 1n)),
      publicKeyFault(encode(P - 3n)),
    ]).toEqual([null, null, null]);
  });

  test('31 and 33 bytes', () => {
    expect([
      publicKeyFault(new Uint8Array(31)),
      publicKeyFault(new Uint8Array(33)),
      publicKeyFault(new Uint8Array(0)),
    ]).toEqual(Array(3).fill('key.malformed'));
  });
});

describe('signatures', () => {
  const seed = new Uint8Array(32).fill(9);
  const publicKey = ed25519PublicKey(seed);
  const message = fromHex('c0ffee');
  const good = signEd25519(message, seed);
  const L = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
  const withS = (s: Uint8Array) => Uint8Array.of(...good.subarray(0, 32), ...s);

  test('S just below and at the group order', () => {
    const below = L.slice();
    below[0]!--;
    expect([
      signatureFault(withS(below)),
      signatureFault(withS(L)),
      signatureFault(withS(new Uint8Array(32).fill(255))),
    ]).toEqual([null, 'sig.s-range', 'sig.s-range']);
  });

  test('S + L verifies nowhere', async () => {
    const twin = good.slice();
    for (let i = 0, carry = 0; i < 32; i++) {
      carry += twin[32 + i]! + L[i]!;
      twin[32 + i] = carry & 255;
      carry >>= 8;
    }
    expect(signatureFault(twin)).toBe('sig.s-range');
    expect(await verdicts(twin, message, publicKey)).toEqual(NONE);
  });

  test('an R that is no point of the curve is told by the equation, not by its form', async () => {
    const off = good.slice();
    off.fill(0, 0, 32);
    off[0] = 2;
    expect(signatureFault(off)).toBeNull();
    expect(await verdicts(off, message, publicKey)).toEqual(NONE);
  });

  test('63 and 65 bytes, and keys of other lengths', async () => {
    for (const length of [0, 63, 65]) {
      expect(signatureFault(new Uint8Array(length))).toBe('sig.length');
      expect(await verdicts(new Uint8Array(length), message, publicKey)).toEqual(NONE);
    }
    expect(await verdicts(good, message, publicKey.subarray(1))).toEqual(NONE);
    expect(await verdicts(good, message, Uint8Array.of(...publicKey, 0))).toEqual(NONE);
  });

  test('a key off the curve verifies nothing and breaks nothing', async () => {
    const off = new Uint8Array(32);
    off[0] = 2;
    expect(await verdicts(good, message, off)).toEqual(NONE);
  });

  test('views into larger arrays are read where they lie', async () => {
    const whole = Uint8Array.of(1, 2, 3, ...good, ...publicKey, ...message);
    const answer = await verdicts(whole.subarray(3, 67), whole.subarray(99), whole.subarray(67, 99));
    expect(answer).toEqual(ALL);
  });

  test('more keys than are kept still verify', () => {
    const keys = Array.from({ length: 1100 }, (_, i) => {
      const key = new Uint8Array(32);
      key[0] = 3;
      key[1] = i & 255;
      key[2] = i >> 8;
      return key;
    });
    for (const key of keys) expect(verifyEd25519Sync(good, message, key)).toBe(false);
    expect(verifyEd25519Sync(good, message, publicKey)).toBe(true);
  });

  test('a seed of another length is misuse', () => {
    expect(() => signEd25519(message, new Uint8Array(31))).toThrow(
      new RangeError('Ed25519 seed: expected 32 bytes, got 31'),
    );
    expect(() => ed25519PublicKey(new Uint8Array(33))).toThrow(
      new RangeError('Ed25519 seed: expected 32 bytes, got 33'),
    );
  });
});

describe('on a machine without node:crypto', () => {
  const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');

  async function withoutNode() {
    vi.resetModules();
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const ed25519 = await import('../../src/crypto/ed25519.js');
    const hash = await import('../../src/crypto/hash.js');
    const native = await import('../../src/crypto/native.js');
    expect(native.nativeCrypto()).toBeNull();
    return { ...ed25519, ...hash };
  }

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test('the same keys, signatures, answers and hashes', async () => {
    const other = await withoutNode();
    const message = fromHex('00ff');
    const signature = other.signEd25519(message, seed);
    expect(signature).toEqual(signEd25519(message, seed));
    expect(await other.verifyEd25519(signature, message, ed25519PublicKey(seed))).toBe(true);
    expect(other.verifyEd25519Sync(signature, fromHex('00fe'), ed25519PublicKey(seed))).toBe(false);
    expect(other.verifyEd25519Sync(signature, message, ed25519PublicKey(seed))).toBe(true);
    const verifier = other.ed25519Verifier(ed25519PublicKey(seed));
    expect(await verifier.holds(signature, message)).toBe(true);
    expect(await verifier.holds(signature, fromHex('00fe'))).toBe(false);
    expect(other.sha256Hex(message)).toBe('06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8');
    expect(toHex(other.sha256(message.subarray(0, 1), message.subarray(1)))).toBe(other.sha256Hex(message));
    const stream = other.createSha256();
    stream.update(message);
    expect(toHex(stream.digest())).toBe(other.sha256Hex(message));
  });

  test('and without Ed25519 in WebCrypto', async () => {
    const other = await withoutNode();
    vi.stubGlobal('crypto', {
      subtle: { importKey: () => Promise.reject(new DOMException('no', 'NotSupportedError')) },
    });
    const message = fromHex('00ff');
    const signature = signEd25519(message, seed);
    const publicKey = ed25519PublicKey(seed);
    expect(await other.verifyEd25519WebCrypto(signature, message, publicKey)).toBeNull();
    expect(await other.verifyEd25519(signature, message, publicKey)).toBe(true);
    expect(await other.verifyEd25519(signature, fromHex('00fe'), publicKey)).toBe(false);
    vi.stubGlobal('crypto', undefined);
    expect(await other.verifyEd25519(signature, message, publicKey)).toBe(true);
  });
});
