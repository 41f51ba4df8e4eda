import { expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { toLowS } from '../../src/crypto/esp256.js';
import { P256_ORDER } from '../../src/crypto/p256-point.js';

function withS(s: bigint): Uint8Array {
  const text = `${'0'.repeat(63)}1${s.toString(16).padStart(64, '0')}`;
  return new Uint8Array(Buffer.from(text, 'hex'));
}

test('s becomes n − s where that is the lower one', () => {
  expect(toHex(toLowS(withS(P256_ORDER - 7n)))).toBe(toHex(withS(7n)));
  expect(toHex(toLowS(withS(7n)))).toBe(toHex(withS(7n)));
  expect(toHex(toLowS(withS(P256_ORDER)))).toBe(toHex(withS(0n)));
  expect(() => toLowS(withS(P256_ORDER + 1n))).toThrow(
    new RangeError('ESP256 signature: s is not below the group order'),
  );
});
