import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkCount, chunkRoot, proveRange, verifyChunk } from '../../src/capture/chunk-tree.js';

const MIB = 1_048_576;

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** RFC 9162 §2.1.1 as it is written, over chunks. */
function mth(chunks: readonly Uint8Array[]): Buffer {
  if (chunks.length === 0) return sha256();
  if (chunks.length === 1) return sha256(Uint8Array.of(0), chunks[0]!);
  let k = 1;
  while (k * 2 < chunks.length) k *= 2;
  return sha256(Uint8Array.of(1), mth(chunks.slice(0, k)), mth(chunks.slice(k)));
}

function cut(file: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < file.length; start += MIB) chunks.push(file.subarray(start, start + MIB));
  return chunks;
}

const file = new Uint8Array(6 * MIB + 17).map((_, index) => (index * 31 + (index >> 20) * 7) & 255);
const chunks = cut(file);
const hashes = Buffer.concat(chunks.map((chunk) => sha256(Uint8Array.of(0), chunk)));
const signed = { bytes: file.length, root: mth(chunks).toString('hex') };

test('the root is the RFC 9162 tree hash over the chunks, that of no chunks SHA-256 of nothing', () => {
  expect(Buffer.from(chunkRoot(hashes)).toString('hex')).toBe(signed.root);
  expect(Buffer.from(chunkRoot(new Uint8Array())).toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(() => chunkRoot(new Uint8Array(33))).toThrow(TypeError);
});

test('chunk count', () => {
  expect([0, 1, MIB, MIB + 1, 5 * 2 ** 40].map(chunkCount)).toEqual([0, 1, 1, 2, 5 * 2 ** 20]);
});

describe('a byte range', () => {
  test.each([
    [0, 1, [0]],
    [MIB - 1, MIB + 1, [0, 1]],
    [MIB, 2 * MIB, [1]],
    [6 * MIB, file.length, [6]],
    [0, file.length, [0, 1, 2, 3, 4, 5, 6]],
  ])('from %i to %i is proven by chunks %j', (from, to, indexes) => {
    const proofs = proveRange(hashes, from, to);
    expect(proofs.map(({ index }) => index)).toEqual(indexes);
    expect(proofs.map((proof) => verifyChunk(chunks[proof.index]!, proof, signed))).toEqual(
      indexes.map(() => true),
    );
  });

  test.each([
    [0, 0],
    [2, 1],
    [-1, 5],
    [0.5, 5],
    [7 * MIB, 7 * MIB + 1],
    [0, 7 * MIB + 1],
  ])('from %d to %d is refused', (from, to) => {
    expect(() => proveRange(hashes, from, to)).toThrow(RangeError);
  });

  test('does not verify with another chunk, index, size, root or path', () => {
    const [proof] = proveRange(hashes, 0, 1);
    const other = chunks[0]!.slice();
    other[500_000]! ^= 1;
    expect(verifyChunk(other, proof!, signed)).toBe(false);
    expect(verifyChunk(chunks[0]!.subarray(1), proof!, signed)).toBe(false);
    expect(verifyChunk(chunks[0]!, { ...proof!, index: 1 }, signed)).toBe(false);
    expect(verifyChunk(chunks[0]!, { ...proof!, index: -1 }, signed)).toBe(false);
    expect(verifyChunk(chunks[0]!, proof!, { ...signed, bytes: 3 * MIB })).toBe(false);
    expect(verifyChunk(chunks[0]!, proof!, { ...signed, root: '00'.repeat(32) })).toBe(false);
    expect(verifyChunk(chunks[0]!, proof!, { ...signed, root: 'not hex' })).toBe(false);
    expect(verifyChunk(chunks[0]!, { ...proof!, path: proof!.path.slice(1) }, signed)).toBe(false);
    // The last chunk is short; the same bytes as a whole chunk would be another file.
    const [last] = proveRange(hashes, 6 * MIB, file.length);
    expect(verifyChunk(chunks[6]!, last!, { ...signed, bytes: file.length - 1 })).toBe(false);
  });

  test('property: every proof of every tree size verifies, and only for its own chunk', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), (size, a, b) => {
        // Small stand-ins for chunks: proofs depend on hashes only, and all but the last chunk have full length.
        const leaves = Array.from({ length: size }, (_, index) =>
          sha256(Uint8Array.of(0), Uint8Array.of(index)),
        );
        const root = Buffer.from(chunkRoot(Buffer.concat(leaves))).toString('hex');
        const index = a % size;
        const [proof] = proveRange(Buffer.concat(leaves), index * MIB, index * MIB + 1);
        const bytes = (size - 1) * MIB + 1;
        const short = index === size - 1;
        expect(proof!.index).toBe(index);
        expect(verifyChunk(Uint8Array.of(index), proof!, { bytes, root })).toBe(short);
        if (b % size !== index)
          expect(verifyChunk(Uint8Array.of(b % size), proof!, { bytes, root })).toBe(false);
      }),
    );
  });
});
