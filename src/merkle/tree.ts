import { concatBytes } from '../codec/hex.js';
import { sha256 } from '../crypto/hash.js';

export const HASH_LENGTH = 32;

const LEAF_PREFIX = Uint8Array.of(0x00);
// 0x01 ‖ left ‖ right, written anew for every inner node: a tree of a million leaves makes a million of them.
const node = new Uint8Array(1 + 2 * HASH_LENGTH);
node[0] = 0x01;

/** MTH of no leaves: SHA-256 of nothing (RFC 9162 §2.1.1). */
export function emptyRoot(): Uint8Array {
  return sha256();
}

/** SHA-256(0x00 ‖ entry). The prefix keeps a leaf from ever being read as an inner node (RFC 9162 §2.1.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, entry);
}

/** SHA-256(0x01 ‖ left ‖ right), for hashes of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_LENGTH || right.length !== HASH_LENGTH) {
    throw new TypeError(
      `a node joins hashes of ${HASH_LENGTH} bytes, got ${left.length} and ${right.length}`,
    );
  }
  node.set(left, 1);
  node.set(right, 1 + HASH_LENGTH);
  return sha256(node);
}

/** Root of the Merkle tree over leaf *data* (RFC 9162 §2.1.1), 32 bytes; of no leaves, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const accumulator = new MerkleAccumulator();
  for (const leaf of leaves) {
    accumulator.append(leafHash(leaf));
  }
  return accumulator.root();
}

/**
 * The root of a growing tree in O(log n) memory: one hash for every complete subtree on the left edge, as a binary
 * counter carries.
 */
export class MerkleAccumulator {
  #peaks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Takes a leaf *hash*, of 32 bytes. */
  append(hash: Uint8Array): void {
    if (hash.length !== HASH_LENGTH) {
      throw new TypeError(`a leaf hash has ${HASH_LENGTH} bytes, got ${hash.length}`);
    }
    let carried = hash;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      carried = nodeHash(this.#peaks.pop() as Uint8Array, carried);
    }
    this.#peaks.push(carried);
    this.#size += 1;
  }

  /** The root over what was appended so far; appending may go on. */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (let index = this.#peaks.length - 1; index >= 0; index -= 1) {
      const peak = this.#peaks[index] as Uint8Array;
      root = root === undefined ? peak : nodeHash(peak, root);
    }
    return root === undefined ? emptyRoot() : concatBytes(root);
  }
}

/** Where complete subtrees come from: a tree in memory, or tiles verified up to a signed root. */
export interface SubtreeHashes {
  /** Hash over the 2^level leaves from index·2^level on. Asked only for subtrees that are complete in the tree. */
  hashAt(level: number, index: number): Uint8Array;
}

/** MTH(D[start:end]) for a range that an RFC 9162 tree splits off: start is a multiple of the largest power of two < its length, or the length is a power of two. */
export function rangeHash(hashes: SubtreeHashes, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length === 0) {
    return emptyRoot();
  }
  const level = floorLog2(length);
  const width = 2 ** level;
  if (width === length) {
    return hashes.hashAt(level, start / width);
  }
  return nodeHash(hashes.hashAt(level, start / width), rangeHash(hashes, start + width, end));
}

/** The largest power of two smaller than n, for n > 1 (RFC 9162's k). */
export function splitPoint(n: number): number {
  return 2 ** floorLog2(n - 1);
}

/** Exact for every safe integer; Math.log2 is not (2^49 − 1 would give 49). */
export function floorLog2(n: number): number {
  let level = 0;
  for (let width = 1; width * 2 <= n; width *= 2) {
    level += 1;
  }
  return level;
}

/** Tree sizes and indexes beyond 2^53 − 1 are refused everywhere: doubles no longer count them. */
export function isTreeCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
