import { equalBytes } from '../codec/hex.js';
import {
  floorLog2,
  HASH_LENGTH,
  isTreeCount,
  nodeHash,
  rangeHash,
  type SubtreeHashes,
  splitPoint,
} from './tree.js';

/** That a tree of `newSize` leaves begins with the tree of `oldSize` (RFC 9162 §2.1.4). Hashes are 32 bytes, sizes 0 … 2^53 − 1. */
export interface ConsistencyProof {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/**
 * RFC 9162 §2.1.4.1: proof that the tree of the first `oldSize` leaves is the beginning of the tree of `newSize`, from
 * any source of complete subtrees.
 */
export function consistencyPath(hashes: SubtreeHashes, oldSize: number, newSize: number): Uint8Array[] {
  if (!isTreeCount(oldSize) || !isTreeCount(newSize) || oldSize === 0 || oldSize > newSize) {
    throw new RangeError(`no consistency proof from size ${oldSize} to size ${newSize}`);
  }
  const path: Uint8Array[] = [];
  let start = 0;
  let end = newSize;
  // SUBPROOF(m, D[start:end], b): b stays true while the range begins at 0, when the verifier holds the old root itself.
  while (oldSize !== end) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      path.push(rangeHash(hashes, middle, end));
      end = middle;
    } else {
      path.push(rangeHash(hashes, start, middle));
      start = middle;
    }
  }
  if (start !== 0) {
    path.push(rangeHash(hashes, start, end));
  }
  return path.reverse();
}

/** RFC 9162 §2.1.4.2. A proof from an empty tree says nothing and does not hold. Never throws. */
export function verifyConsistency({ oldSize, newSize, oldRoot, newRoot, path }: ConsistencyProof): boolean {
  if (!isTreeCount(oldSize) || !isTreeCount(newSize) || oldSize === 0 || oldSize > newSize) {
    return false;
  }
  if (oldSize === newSize) {
    return path.length === 0 && equalBytes(oldRoot, newRoot);
  }
  if (path.length === 0) {
    return false;
  }
  const hashes = 2 ** floorLog2(oldSize) === oldSize ? [oldRoot, ...path] : path;
  const first = hashes[0] as Uint8Array;
  if (first.length !== HASH_LENGTH) {
    return false;
  }
  let fn = oldSize - 1;
  let sn = newSize - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  let oldHash = first;
  let newHash = first;
  for (let position = 1; position < hashes.length; position += 1) {
    const sibling = hashes[position] as Uint8Array;
    if (sn === 0 || sibling.length !== HASH_LENGTH) {
      return false;
    }
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}
