import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { MerkleTree } from '../../src/merkle/merkle-tree.js';
import {
  emptyRoot,
  floorLog2,
  leafHash,
  MerkleAccumulator,
  merkleRoot,
  nodeHash,
  splitPoint,
} from '../../src/merkle/tree.js';

const ENTRIES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((word) =>
  new TextEncoder().encode(word),
);

/** The definition, word for word: RFC 9162 §2.1.1. */
function definition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) {
    return sha256(new Uint8Array());
  }
  if (leaves.length === 1) {
    return sha256(Uint8Array.of(0), leaves[0] as Uint8Array);
  }
  let split = 1;
  while (split * 2 < leaves.length) {
    split *= 2;
  }
  return sha256(Uint8Array.of(1), definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

describe('roots of Tessera, sizes 0 to 7', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('size %i', (size) => {
    const checkpoint = readFileSync(`fixtures/vectors/tessera-log/log/checkpoint.${size}`, 'utf8').split(
      '\n',
    );
    expect(checkpoint[1]).toBe(String(size));
    expect(Buffer.from(merkleRoot(ENTRIES.slice(0, size))).toString('base64')).toBe(checkpoint[2]);
  });
});

test('roots of RFC 6962 test data known to every implementation', () => {
  // The eight leaves of the certificate-transparency reference implementation.
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));
  expect(toHex(merkleRoot(leaves))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

describe('the three ways to a root agree with the definition', () => {
  test('for every size up to 130, at every step of growth', () => {
    const accumulator = new MerkleAccumulator();
    const tree = new MerkleTree();
    const leaves: Uint8Array[] = [];
    for (let size = 0; size <= 130; size += 1) {
      const expected = toHex(definition(leaves));
      expect([accumulator.size, toHex(accumulator.root())]).toEqual([size, expected]);
      expect([tree.size, toHex(tree.root())]).toEqual([size, expected]);
      expect(toHex(merkleRoot(leaves))).toBe(expected);
      const leaf = new TextEncoder().encode(`leaf ${size}`);
      leaves.push(leaf);
      accumulator.append(leafHash(leaf));
      tree.append(leafHash(leaf));
    }
    for (let size = 0; size <= 130; size += 1) {
      expect(toHex(tree.root(size))).toBe(toHex(definition(leaves.slice(0, size))));
    }
  });

  test('for any leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 }), (leaves) => {
        expect(toHex(merkleRoot(leaves))).toBe(toHex(definition(leaves)));
        expect(toHex(MerkleTree.of(leaves).root())).toBe(toHex(definition(leaves)));
      }),
    );
  });
});

test('a root handed out does not change with what is done to it', () => {
  const accumulator = new MerkleAccumulator();
  accumulator.append(leafHash(new Uint8Array()));
  const before = toHex(accumulator.root());
  accumulator.root().fill(0);
  expect(toHex(accumulator.root())).toBe(before);
});

describe('hashes of another length are refused', () => {
  test.each([0, 31, 33])('of %d bytes', (length) => {
    const odd = new Uint8Array(length);
    const leafFault = new TypeError(`a leaf hash has 32 bytes, got ${length}`);
    expect(() => new MerkleAccumulator().append(odd)).toThrow(leafFault);
    expect(() => new MerkleTree().append(odd)).toThrow(leafFault);
    const good = new Uint8Array(32);
    expect(() => nodeHash(good, odd)).toThrow(
      new TypeError(`a node joins hashes of 32 bytes, got 32 and ${length}`),
    );
    expect(() => nodeHash(odd, good)).toThrow(
      new TypeError(`a node joins hashes of 32 bytes, got ${length} and 32`),
    );
  });
});

test('powers of two are exact around every power, where Math.log2 is not', () => {
  for (let exponent = 1; exponent <= 52; exponent += 1) {
    const power = 2 ** exponent;
    expect([floorLog2(power - 1), floorLog2(power), floorLog2(power + 1)]).toEqual([
      exponent - 1,
      exponent,
      exponent,
    ]);
    expect([splitPoint(power), splitPoint(power + 1)]).toEqual([power / 2, power]);
  }
  expect(floorLog2(Number.MAX_SAFE_INTEGER)).toBe(52);
});
