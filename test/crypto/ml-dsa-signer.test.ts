import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.js';
import { mlDsa44Signer, verifyMlDsa44 } from '../../src/crypto/ml-dsa.js';

const seed = (length = 32): Uint8Array => new Uint8Array(length).fill(7);
const message = new TextEncoder().encode('the goods are here');

test('one seed gives one key, and one signature a message', () => {
  const signer = mlDsa44Signer(seed());
  const other = mlDsa44Signer(seed());
  expect(other.publicKey).toEqual(signer.publicKey);
  const signature = signer.sign(message);
  expect([signer.sign(message), other.sign(message)]).toEqual([signature, signature]);
  expect(verifyMlDsa44(signature, message, signer.publicKey)).toBe(true);
  expect(sha256Hex(signature)).toHaveLength(64);
});

test.each([0, 31, 33])('a seed of %i bytes is misuse', (length) => {
  expect(() => mlDsa44Signer(seed(length))).toThrow(
    new RangeError(`ML-DSA-44 seed: expected 32 bytes, got ${length}`),
  );
});
