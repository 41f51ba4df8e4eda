import { HASH_LENGTH, isTreeCount, leafHash, nodeHash, rangeHash, type SubtreeHashes } from './tree.js';

/** A whole RFC 9162 tree in memory: it keeps every complete subtree, so roots and proofs of any past size cost O(log n) hashes. */
export class MerkleTree implements SubtreeHashes {
  readonly #levels: Uint8Array[][] = [[]];

  /** A tree over leaf data. */
  static of(leaves: Iterable<Uint8Array>): MerkleTree {
    const tree = new MerkleTree();
    for (const leaf of leaves) {
      tree.append(leafHash(leaf));
    }
    return tree;
  }

  /** A tree over leaf hashes. */
  static ofHashes(hashes: Iterable<Uint8Array>): MerkleTree {
    const tree = new MerkleTree();
    for (const hash of hashes) {
      tree.append(hash);
    }
    return tree;
  }

  get size(): number {
    return (this.#levels[0] as Uint8Array[]).length;
  }

  /** Takes a leaf *hash*, of 32 bytes. */
  append(hash: Uint8Array): void {
    if (hash.length !== HASH_LENGTH) {
      throw new TypeError(`a leaf hash has ${HASH_LENGTH} bytes, got ${hash.length}`);
    }
    let carried = hash;
    for (let level = 0; ; level += 1) {
      const row = this.#levels[level] ?? [];
      this.#levels[level] = row;
      row.push(carried);
      if (row.length % 2 === 1) {
        return;
      }
      carried = nodeHash(row[row.length - 2] as Uint8Array, carried);
    }
  }

  hashAt(level: number, index: number): Uint8Array {
    const hash = this.#levels[level]?.[index];
    if (hash === undefined) {
      throw new RangeError(`no complete subtree ${index} at level ${level} in a tree of ${this.size}`);
    }
    return hash;
  }

  /** Root of the first `size` leaves; all of them when left out. */
  root(size: number = this.size): Uint8Array {
    if (!isTreeCount(size) || size > this.size) {
      throw new RangeError(`no tree of ${size} in a tree of ${this.size}`);
    }
    return rangeHash(this, 0, size);
  }
}
