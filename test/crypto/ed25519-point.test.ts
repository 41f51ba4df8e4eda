import { Point } from '@noble/ed25519';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signatureFault } from '../../src/crypto/ed25519.js';
import { isBelowGroupOrder, isStrictPoint } from '../../src/crypto/ed25519-point.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

function littleEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 0, rest = value; i < 32; i++, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

/** y with either sign bit. */
function bothSigns(y: bigint): boolean[] {
  return [isStrictPoint(littleEndian(y)), isStrictPoint(littleEndian(y + 2n ** 255n))];
}

const GENERATOR_8 = Point.fromBytes(
  littleEndian(0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n),
);
const smallOrder = new Set(
  [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((n) => GENERATOR_8.multiplyUnsafe(n).toAffine().y).concat(1n),
);

describe('by the bytes alone', () => {
  test('every y from p to 2^255 - 1 is refused, the 300 below p are not but for −1', () => {
    for (let y = P; y < 2n ** 255n; y++) expect(bothSigns(y), String(y - P)).toEqual([false, false]);
    for (let y = P - 300n; y < P; y++)
      expect(bothSigns(y), String(y - P)).toEqual(y === P - 1n ? [false, false] : [true, true]);
  });

  test('a y whose bytes are all ff but one is below p', () => {
    for (let byte = 0; byte < 32; byte++) {
      const bytes = littleEndian(2n ** 255n - 1n);
      bytes[byte] = byte === 31 ? 0x7e : byte === 0 ? 0xeb : 0xfe;
      expect(isStrictPoint(bytes), String(byte)).toBe(true);
    }
  });

  test('the points of small order are those of the curve’s arithmetic, and no others near them', () => {
    expect(smallOrder.size).toBe(5);
    for (const y of smallOrder) {
      expect(bothSigns(y)).toEqual([false, false]);
      for (const near of [y + 1n, y - 1n, y ^ (1n << 100n), y ^ (1n << 250n)]) {
        if (near >= 0n && near < P && !smallOrder.has(near)) expect(bothSigns(near)).toEqual([true, true]);
      }
    }
  });

  test('any y is taken exactly when it is below p and of none of them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 255n - 1n }), (y) => {
        expect(bothSigns(y)).toEqual(Array(2).fill(y < P && !smallOrder.has(y)));
      }),
    );
  });

  test('S is below the group order exactly when it is', () => {
    const near = fc.bigInt({ min: -300n, max: 300n }).map((d) => L + d);
    fc.assert(
      fc.property(fc.oneof(near, fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })), (s) => {
        expect(isBelowGroupOrder(littleEndian(s), 0)).toBe(s < L);
      }),
      { numRuns: 500 },
    );
    expect([isBelowGroupOrder(littleEndian(L - 1n), 0), isBelowGroupOrder(littleEndian(L), 0)]).toEqual([
      true,
      false,
    ]);
  });

  test('an R of those is told by its own code', () => {
    const withR = (r: bigint) => Uint8Array.of(...littleEndian(r), ...littleEndian(5n));
    expect([P, P + 3n, P + 2n ** 255n, 0n, 1n, P - 1n].map((r) => signatureFault(withR(r)))).toEqual(
      Array(6).fill('sig.r-point'),
    );
    expect([3n, P - 2n].map((r) => signatureFault(withR(r)))).toEqual([null, null]);
  });
});
