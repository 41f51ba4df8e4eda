import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex, utf8Bytes } from '../../src/codec/hex.js';
import { createSha256, sha256, sha256Hex } from '../../src/crypto/hash.js';

describe('SHA-256', () => {
  // FIPS 180-4's examples, as NIST gives them.
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of `%s`', (text, digest) => {
    expect([sha256Hex(utf8Bytes(text)), toHex(sha256(utf8Bytes(text)))]).toEqual([digest, digest]);
  });

  test('over parts, at once and piece by piece, is that of the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (parts) => {
        const expected = createHash('sha256').update(Buffer.concat(parts)).digest('hex');
        const stream = createSha256();
        for (const part of parts) stream.update(part);
        expect([sha256Hex(...parts), toHex(sha256(...parts)), toHex(stream.digest())]).toEqual([
          expected,
          expected,
          expected,
        ]);
      }),
    );
  });

  test('the result is a plain array of 32 bytes', () => {
    const digests = [sha256(new Uint8Array(3)), createSha256().digest()];
    expect(digests.map((digest) => [digest.constructor, digest.buffer.byteLength])).toEqual([
      [Uint8Array, 32],
      [Uint8Array, 32],
    ]);
  });
});
