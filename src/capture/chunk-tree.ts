import { fromHex } from '../codec/hex.js';
import { type InclusionProof, inclusionProof, verifyInclusion } from '../merkle/inclusion.js';
import { HASH_LENGTH, leafHash, MerkleAccumulator } from '../merkle/tree.js';
import { CHUNK_BYTES } from '../record/types/media.js';

/** How many chunks a file of `bytes` bytes has; an empty file has none. */
export function chunkCount(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

/** RFC 9162 root over chunk hashes that lie one after the other, 32 bytes each. */
export function chunkRoot(leafHashes: Uint8Array): Uint8Array {
  const tree = new MerkleAccumulator();
  for (const hash of splitHashes(leafHashes)) tree.append(hash);
  return tree.root();
}

/** One chunk of a file with the path that ties it to the signed root. */
export interface ChunkProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/** The file whose root was signed. */
export interface SignedChunks {
  readonly bytes: number;
  /** Lowercase hex. */
  readonly root: string;
}

/**
 * Proofs for every chunk that the byte range [from, to) touches, from the hashes of all chunks of the file.
 * Throws RangeError for an empty or reversed range.
 */
export function proveRange(leafHashes: Uint8Array, from: number, to: number): ChunkProof[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to <= from) {
    throw new RangeError(`no byte range from ${from} to ${to}`);
  }
  const hashes = splitHashes(leafHashes);
  const first = Math.floor(from / CHUNK_BYTES);
  const last = Math.ceil(to / CHUNK_BYTES) - 1;
  if (last >= hashes.length)
    throw new RangeError(`byte ${to - 1} is beyond the ${hashes.length} chunks of the file`);
  return Array.from({ length: last - first + 1 }, (_, step) => ({
    index: first + step,
    path: inclusionProof(hashes, first + step),
  }));
}

/**
 * True if `chunk` is, byte for byte, chunk `proof.index` of the file whose size and root were signed. The length is
 * checked too: only the last chunk may be short. Never throws on a malformed proof.
 */
export function verifyChunk(chunk: Uint8Array, proof: ChunkProof, signed: SignedChunks): boolean {
  const size = chunkCount(signed.bytes);
  const expected = Math.min(CHUNK_BYTES, signed.bytes - proof.index * CHUNK_BYTES);
  if (chunk.length !== expected || !/^[0-9a-f]{64}$/.test(signed.root)) return false;
  const inclusion: InclusionProof = {
    index: proof.index,
    size,
    leafHash: leafHash(chunk),
    path: proof.path,
    root: fromHex(signed.root),
  };
  return verifyInclusion(inclusion);
}

function splitHashes(leafHashes: Uint8Array): Uint8Array[] {
  if (leafHashes.length % HASH_LENGTH !== 0) {
    throw new TypeError(`chunk hashes of ${leafHashes.length} bytes are no whole number of hashes`);
  }
  return Array.from({ length: leafHashes.length / HASH_LENGTH }, (_, index) =>
    leafHashes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  );
}
