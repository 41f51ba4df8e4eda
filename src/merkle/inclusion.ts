import { equalBytes } from '../codec/hex.js';
import { MerkleTree } from './merkle-tree.js';
import { HASH_LENGTH, isTreeCount, nodeHash, rangeHash, type SubtreeHashes, splitPoint } from './tree.js';

/** That a tree holds a leaf at an index, counted from 0 (RFC 9162 §2.1.3). Hashes are 32 bytes, `path` from the leaf up. */
export interface InclusionProof {
  readonly index: number;
  /** Size of the tree. Must come from a signed checkpoint: a path alone verifies under other indexes and sizes too. */
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** RFC 9162 §2.1.3.1: the sibling hashes from leaf `index` up, in a tree of all the given leaf hashes. */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionPath(MerkleTree.ofHashes(leafHashes), index, leafHashes.length);
}

/** The same from any source of complete subtrees. */
export function inclusionPath(hashes: SubtreeHashes, index: number, size: number): Uint8Array[] {
  if (!isTreeCount(index) || !isTreeCount(size) || index >= size) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  }
  const path: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push(rangeHash(hashes, middle, end));
      end = middle;
    } else {
      path.push(rangeHash(hashes, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** RFC 9162 §2.1.3.2. Never throws: a malformed proof is a proof that does not hold. */
export function verifyInclusion({ index, size, leafHash, path, root }: InclusionProof): boolean {
  if (!isTreeCount(index) || !isTreeCount(size) || index >= size || leafHash.length !== HASH_LENGTH) {
    return false;
  }
  // Halving, not shifting: JavaScript's shifts cut at 32 bits.
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of path) {
    if (sn === 0 || sibling.length !== HASH_LENGTH) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(hash, root);
}
