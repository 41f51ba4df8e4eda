import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../src/codec/base64url.js';
import { equalBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { consistencyPath, verifyConsistency } from '../../src/merkle/consistency.js';
import { inclusionPath, inclusionProof, verifyInclusion } from '../../src/merkle/inclusion.js';
import { MerkleTree } from '../../src/merkle/merkle-tree.js';
import { provenSubtrees } from '../../src/merkle/proven-subtrees.js';
import { leafHash, merkleRoot, nodeHash } from '../../src/merkle/tree.js';

interface InclusionVector {
  file: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

interface ConsistencyVector {
  file: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const vectors = JSON.parse(readFileSync('fixtures/vectors/rfc6962-merkle/testdata.json', 'utf8')) as {
  inclusion: InclusionVector[];
  consistency: ConsistencyVector[];
};

const malleable = JSON.parse(readFileSync('fixtures/vectors/receipt-malleability/vectors.json', 'utf8')) as {
  vectors: {
    leafHash: string;
    root: string;
    path: string[];
    index: number;
    size: number;
    alsoVerifiesAs: [number, number][];
  }[];
};

function hashes(list: readonly string[] | null): Uint8Array[] {
  return (list ?? []).map(fromBase64);
}

describe('transparency-dev/merkle vectors', () => {
  test('98 inclusion proofs get the answer stated', () => {
    const wrong = vectors.inclusion.filter(({ leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
      const holds = verifyInclusion({
        index: leafIdx,
        size: treeSize,
        leafHash: fromBase64(leaf),
        path: hashes(proof),
        root: fromBase64(root),
      });
      return holds === wantErr;
    });
    expect(vectors.inclusion).toHaveLength(98);
    expect(wrong).toEqual([]);
  });

  test('98 consistency proofs get the answer stated', () => {
    const wrong = vectors.consistency.filter(({ size1, size2, root1, root2, proof, wantErr }) => {
      const holds = verifyConsistency({
        oldSize: size1,
        newSize: size2,
        oldRoot: fromBase64(root1),
        newRoot: fromBase64(root2),
        path: hashes(proof),
      });
      return holds === wantErr;
    });
    expect(vectors.consistency).toHaveLength(98);
    expect(wrong).toEqual([]);
  });
});

describe('a path alone fixes neither index nor size', () => {
  test.each(malleable.vectors)(
    'index $index of $size',
    ({ leafHash: leaf, root, path, index, size, alsoVerifiesAs }) => {
      const proof = { leafHash: fromHex(leaf), root: fromHex(root), path: path.map(fromHex) };
      const holding: [number, number][] = [];
      for (let otherSize = 1; otherSize <= 20; otherSize += 1) {
        for (let other = 0; other < otherSize; other += 1) {
          if (verifyInclusion({ ...proof, index: other, size: otherSize })) {
            holding.push([other, otherSize]);
          }
        }
      }
      // Only the signed size tells the true one from the others.
      expect(holding).toContainEqual([index, size]);
      for (const pair of alsoVerifiesAs) {
        expect(holding).toContainEqual(pair);
      }
      expect(verifyInclusion({ ...proof, index, size })).toBe(true);
    },
  );
});

function leaf(index: number): Uint8Array {
  return new TextEncoder().encode(`leaf ${index}`);
}

const WHOLE = MerkleTree.of(Array.from({ length: 130 }, (_, index) => leaf(index)));

describe('every proof of every tree up to 65 leaves', () => {
  test('inclusion holds, and at no other index', () => {
    for (let size = 1; size <= 65; size += 1) {
      const root = WHOLE.root(size);
      for (let index = 0; index < size; index += 1) {
        const path = inclusionPath(WHOLE, index, size);
        const proof = { size, leafHash: leafHash(leaf(index)), path, root };
        expect(verifyInclusion({ ...proof, index })).toBe(true);
        expect(verifyInclusion({ ...proof, index: (index + 1) % size })).toBe(size === 1);
        expect(verifyInclusion({ ...proof, index: index + size })).toBe(false);
      }
    }
  });

  test('consistency holds between every two sizes', () => {
    for (let newSize = 1; newSize <= 65; newSize += 1) {
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const path = consistencyPath(WHOLE, oldSize, newSize);
        const proof = { oldSize, newSize, oldRoot: WHOLE.root(oldSize), newRoot: WHOLE.root(newSize), path };
        expect(verifyConsistency(proof)).toBe(true);
        expect(verifyConsistency({ ...proof, oldRoot: WHOLE.root(oldSize === 1 ? 2 : oldSize - 1) })).toBe(
          false,
        );
      }
    }
  });

  test('the list form gives the same path', () => {
    const leaves = Array.from({ length: 13 }, (_, index) => leafHash(leaf(index)));
    expect(inclusionProof(leaves, 6)).toEqual(inclusionPath(WHOLE, 6, 13));
  });
});

describe('properties', () => {
  const place = fc
    .integer({ min: 1, max: 130 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));

  test('a flipped bit anywhere breaks an inclusion proof', () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.nat({ max: 255 }), ({ size, index }, where, bit) => {
        const parts = [leafHash(leaf(index)), WHOLE.root(size), ...inclusionPath(WHOLE, index, size)].map(
          (part) => part.slice(),
        );
        const target = parts[where % parts.length] as Uint8Array;
        target[bit >> 3] = (target[bit >> 3] as number) ^ (1 << (bit & 7));
        const [leafOf, root, ...path] = parts as [Uint8Array, Uint8Array, ...Uint8Array[]];
        expect(verifyInclusion({ index, size, leafHash: leafOf, path, root })).toBe(false);
      }),
    );
  });

  test('a dropped or doubled step breaks it too', () => {
    fc.assert(
      fc.property(place, fc.nat(), ({ size, index }, where) => {
        const path = inclusionPath(WHOLE, index, size);
        const proof = { index, size, leafHash: leafHash(leaf(index)), root: WHOLE.root(size) };
        const longer = [...path, WHOLE.root(size)];
        expect(verifyInclusion({ ...proof, path: longer })).toBe(false);
        if (path.length > 0) {
          const shorter = path.filter((_, step) => step !== where % path.length);
          expect(verifyInclusion({ ...proof, path: shorter })).toBe(false);
        }
      }),
    );
  });

  test('a proof shows complete subtrees as they are in the tree, and only those', () => {
    fc.assert(
      fc.property(place, ({ size, index }) => {
        const proof = {
          index,
          size,
          leafHash: leafHash(leaf(index)),
          path: inclusionPath(WHOLE, index, size),
          root: WHOLE.root(size),
        };
        const proven = provenSubtrees(proof) ?? [];
        for (const { level, index: at, hash } of proven) {
          expect((at + 1) * 2 ** level).toBeLessThanOrEqual(size);
          expect(equalBytes(hash, WHOLE.hashAt(level, at))).toBe(true);
        }
        expect(proven[0]).toEqual({ level: 0, index, hash: proof.leafHash });
        expect(new Set(proven.map(({ level, index: at }) => `${level}/${at}`)).size).toBe(proven.length);
        expect(provenSubtrees({ ...proof, index: size })).toBeNull();
      }),
    );
  });
});

describe('figures beyond doubles and 32 bits', () => {
  const proof = { leafHash: leafHash(leaf(0)), path: [], root: leafHash(leaf(0)) };

  test.each([2 ** 53, 2 ** 63, 2 ** 64, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d is no size and no index',
    (count) => {
      expect(verifyInclusion({ ...proof, index: 0, size: count })).toBe(false);
      expect(verifyInclusion({ ...proof, index: count, size: 1 })).toBe(false);
      const roots = { oldRoot: proof.root, newRoot: proof.root, path: [] };
      expect(verifyConsistency({ ...roots, oldSize: count, newSize: count })).toBe(false);
    },
  );

  test('a leaf beyond 2^32 is proven in a tree of 2^53 − 1', () => {
    // All leaves alike, so that a tree too large to build can still be hashed.
    const levels = [leafHash(leaf(0))];
    const two = (hash: Uint8Array): Uint8Array => merkleOfTwo(hash, hash);
    while (levels.length < 54) {
      levels.push(two(levels[levels.length - 1] as Uint8Array));
    }
    const alike = { hashAt: (level: number) => levels[level] as Uint8Array };
    const size = Number.MAX_SAFE_INTEGER;
    const index = 2 ** 40 + 12345;
    const path = inclusionPath(alike, index, size);
    const root = rootOf(alike, size);
    const large = { index, size, leafHash: levels[0] as Uint8Array, path, root };
    expect(path).toHaveLength(53);
    expect(verifyInclusion(large)).toBe(true);
    expect(verifyInclusion({ ...large, index: size - 1 })).toBe(false);
    const oldSize = 2 ** 33 + 7;
    const consistency = {
      oldSize,
      newSize: size,
      oldRoot: rootOf(alike, oldSize),
      newRoot: root,
      path: consistencyPath(alike, oldSize, size),
    };
    expect(verifyConsistency(consistency)).toBe(true);
    expect(verifyConsistency({ ...consistency, oldSize: oldSize + 1 })).toBe(false);
  });

  function merkleOfTwo(left: Uint8Array, right: Uint8Array): Uint8Array {
    return MerkleTree.ofHashes([left, right]).root();
  }

  function rootOf(alike: { hashAt(level: number): Uint8Array }, size: number): Uint8Array {
    let root: Uint8Array | null = null;
    let rest = size;
    for (let level = 0; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) {
        root = root === null ? alike.hashAt(level) : merkleOfTwo(alike.hashAt(level), root);
      }
    }
    return root as Uint8Array;
  }
});

test('an inner node is no leaf: 64 bytes of two hashes hash otherwise as an entry', () => {
  const left = leafHash(leaf(0));
  const right = leafHash(leaf(1));
  const joined = new Uint8Array([...left, ...right]);
  expect(toHex(merkleRoot([joined]))).not.toBe(toHex(merkleRoot([leaf(0), leaf(1)])));
  expect(
    verifyInclusion({ index: 0, size: 1, leafHash: leafHash(joined), path: [], root: WHOLE.root(2) }),
  ).toBe(false);
});

test('a step beyond the root of the stated size does not count, even where it leads to the root', () => {
  const path = [leafHash(leaf(0))];
  const proof = { index: 0, leafHash: leafHash(leaf(1)), path, root: WHOLE.root(2) };
  expect(verifyInclusion({ ...proof, index: 1, size: 2 })).toBe(true);
  expect(verifyInclusion({ ...proof, size: 1 })).toBe(false);
});

describe('no proof is made for a place that is not there', () => {
  test.each([
    [5, 5],
    [6, 5],
    [0, 0],
    [-1, 5],
    [1.5, 5],
    [1, 5.5],
    [0, Number.NaN],
    [Number.NaN, 5],
    [0, 2 ** 53],
    [2 ** 53, 2 ** 53 + 2],
  ])('leaf %d of %d', (index, size) => {
    expect(() => inclusionPath(WHOLE, index, size)).toThrow(
      new RangeError(`no leaf ${index} in a tree of ${size}`),
    );
  });

  test.each([
    [0, 5],
    [6, 5],
    [-1, 5],
    [1.5, 5],
    [1, 5.5],
    [1, Number.NaN],
    [Number.NaN, 5],
    [1, 2 ** 53],
    [2 ** 53, 2 ** 53],
  ])('sizes %d and %d', (oldSize, newSize) => {
    expect(() => consistencyPath(WHOLE, oldSize, newSize)).toThrow(
      new RangeError(`no consistency proof from size ${oldSize} to size ${newSize}`),
    );
  });

  test('a size that proves itself needs no step', () => {
    expect(consistencyPath(WHOLE, 5, 5)).toEqual([]);
  });

  test.each([131, -1, 0.5, Number.NaN])('a root of %d leaves of 130', (size) => {
    expect(() => WHOLE.root(size)).toThrow(new RangeError(`no tree of ${size} in a tree of 130`));
  });

  test.each([
    [7, 1],
    [0, 130],
    [0, -1],
    [8, 0],
  ])('subtree at level %d, index %d', (level, index) => {
    expect(() => WHOLE.hashAt(level, index)).toThrow(
      new RangeError(`no complete subtree ${index} at level ${level} in a tree of 130`),
    );
  });
});

describe('what would hold if one look were left out', () => {
  const any = leafHash(leaf(77));

  test('a larger old size, where old and new root and the only step are one hash', () => {
    const proof = { oldSize: 3, oldRoot: any, newRoot: any, path: [any] };
    expect(verifyConsistency({ ...proof, newSize: 1 })).toBe(false);
  });

  test('a size that is no whole number', () => {
    const proof = { oldRoot: WHOLE.root(1), newRoot: WHOLE.root(2), path: [leafHash(leaf(1))] };
    expect(verifyConsistency({ ...proof, oldSize: 1, newSize: 2 })).toBe(true);
    expect(verifyConsistency({ ...proof, oldSize: 1, newSize: 1.5 })).toBe(false);
  });

  test('a step beyond both roots, with roots made for it', () => {
    const path = consistencyPath(WHOLE, 3, 4);
    const proof = { oldSize: 3, newSize: 4, oldRoot: WHOLE.root(3), newRoot: WHOLE.root(4), path };
    expect(verifyConsistency(proof)).toBe(true);
    const beyond = {
      oldRoot: nodeHash(any, proof.oldRoot),
      newRoot: nodeHash(any, proof.newRoot),
      path: [...path, any],
    };
    expect(verifyConsistency({ ...proof, ...beyond })).toBe(false);
  });

  test.each([
    [3, 4],
    [4, 5],
  ])('no steps from size %d to size %d', (oldSize, newSize) => {
    const root = WHOLE.root(oldSize);
    expect(verifyConsistency({ oldSize, newSize, oldRoot: root, newRoot: root, path: [] })).toBe(false);
  });

  test('a first step, or an old root, of another length', () => {
    const short = any.slice(1);
    const proof = { newSize: 4, oldRoot: WHOLE.root(3), newRoot: WHOLE.root(4) };
    const [, ...rest] = consistencyPath(WHOLE, 3, 4);
    expect(verifyConsistency({ ...proof, oldSize: 3, path: [short, ...rest] })).toBe(false);
    expect(verifyConsistency({ ...proof, oldSize: 2, oldRoot: short, path: [any] })).toBe(false);
  });
});

describe('the subtrees that a proof shows', () => {
  test('leaf first, then sibling and whole of each step that are complete', () => {
    const path = inclusionPath(WHOLE, 4, 7);
    const proof = { index: 4, size: 7, leafHash: leafHash(leaf(4)), path, root: WHOLE.root(7) };
    expect(provenSubtrees(proof)).toEqual([
      { level: 0, index: 4, hash: leafHash(leaf(4)) },
      { level: 0, index: 5, hash: leafHash(leaf(5)) },
      { level: 1, index: 2, hash: WHOLE.hashAt(1, 2) },
      { level: 0, index: 6, hash: leafHash(leaf(6)) },
      { level: 2, index: 0, hash: WHOLE.hashAt(2, 0) },
    ]);
    expect(provenSubtrees({ ...proof, root: WHOLE.root(8) })).toBeNull();
  });

  test('are all that lie on the way, in every tree up to 20 leaves', () => {
    for (let size = 1; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = inclusionPath(WHOLE, index, size);
        const proof = { index, size, leafHash: leafHash(leaf(index)), path, root: WHOLE.root(size) };
        const shown = provenSubtrees(proof)?.map(({ level, index: at }) => `${level}/${at}`);
        expect(shown?.sort()).toEqual(onTheWay(0, size, index).sort());
      }
    }
  });

  /** The complete subtrees among the ranges that hold the leaf, and among their other halves. */
  function onTheWay(start: number, end: number, index: number): string[] {
    const level = Math.log2(end - start);
    const own = Number.isInteger(level) ? [`${level}/${start / 2 ** level}`] : [];
    if (index < start || index >= end || end - start === 1) return own;
    let middle = start + 1;
    while (start + 2 * (middle - start) < end) middle = start + 2 * (middle - start);
    return [...own, ...onTheWay(start, middle, index), ...onTheWay(middle, end, index)];
  }
});
