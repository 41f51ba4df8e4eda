import { createHash } from 'node:crypto';
import { constants, read as readCallback } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { toHex } from '../../codec/hex.js';
import { GoodOrderError } from '../../errors.js';
import { CHUNK_BYTES } from '../../record/types/media.js';
import { chunkCount, chunkRoot } from '../chunk-tree.js';
import { MEDIA_TYPE_BYTES, mediaTypeOf } from '../media-type.js';
import { type ChunkHasher, inlineChunkHasher, workerChunkHasher } from './chunk-hasher.js';

/** What a media record says of one file. */
export interface SealedMedia {
  /** SHA-256 of the exact bytes, lowercase hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly chunkBytes: number;
  readonly chunkCount: number;
  /** RFC 9162 root over the chunks, lowercase hex. */
  readonly chunkRoot: string;
  /** Hashes of the chunks one after the other, from which `proveRange` makes proofs. */
  readonly chunkHashes: Uint8Array;
}

export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface SealOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Files from this size on are chunk-hashed on a second core. */
  readonly secondCoreFrom?: number;
}

// 4 MiB reads into two buffers in turn were the fastest on a warm 2 GB file. Four buffers let the second core lag.
const BLOCK_BYTES = 4 * CHUNK_BYTES;
const SLOTS = 4;
// Starting a thread costs about 25 ms, in which this one hashes some 40 MB.
const SECOND_CORE_FROM = 32 * CHUNK_BYTES;

/**
 * Reads a file once and makes both digests of it. Memory stays the same for any size.
 * Throws `media.unreadable` for what is not a regular file, cannot be read, or changes while it is being read.
 */
export async function sealMedia(path: string, options: SealOptions = {}): Promise<SealedMedia> {
  return withFile(path, async (file, size) => {
    const shared = size >= (options.secondCoreFrom ?? SECOND_CORE_FROM);
    const slotBytes = Math.min(BLOCK_BYTES, Math.max(CHUNK_BYTES, chunkCount(size) * CHUNK_BYTES));
    const memory = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(slotBytes));
    const slots = memory.map((bytes) => new Uint8Array(bytes));
    const chunks = shared ? onSecondCore(memory, slots) : inlineChunkHasher(slots);
    try {
      const whole = createHash('sha256');
      let head: Uint8Array = new Uint8Array();
      const bytes = await readBlocks(file, slots, size, options, (slot, length, at) => {
        const block = slots[slot]!.subarray(0, length);
        if (at === 0) head = block.slice(0, MEDIA_TYPE_BYTES);
        const free = chunks.add(slot, length);
        whole.update(block);
        return free;
      });
      const chunkHashes = await chunks.finish();
      return {
        sha256: whole.digest('hex'),
        bytes,
        mediaType: mediaTypeOf(head),
        chunkBytes: CHUNK_BYTES,
        chunkCount: chunkCount(bytes),
        chunkRoot: toHex(chunkRoot(chunkHashes)),
        chunkHashes,
      };
    } finally {
      await chunks.close();
    }
  });
}

/** SHA-256 of the exact file alone, for a caller that needs no byte ranges. Same errors as `sealMedia`. */
export async function hashFile(
  path: string,
  options: SealOptions = {},
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  return withFile(path, async (file, size) => {
    const slots = [new Uint8Array(BLOCK_BYTES), new Uint8Array(BLOCK_BYTES)];
    const whole = createHash('sha256');
    const bytes = await readBlocks(file, slots, size, options, (slot, length) => {
      whole.update(slots[slot]!.subarray(0, length));
    });
    return { sha256: whole.digest('hex'), bytes };
  });
}

function onSecondCore(memory: readonly SharedArrayBuffer[], slots: readonly Uint8Array[]): ChunkHasher {
  try {
    return workerChunkHasher(memory);
  } catch {
    // Node's permission model may forbid threads; the digests are the same, only later.
    return inlineChunkHasher(slots);
  }
}

/** Opens, checks and closes; a file that changes while `use` runs is refused. */
async function withFile<T extends { readonly bytes: number }>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  let file: FileHandle | undefined;
  try {
    // Non-blocking: opening a named pipe that nobody writes to would wait for ever.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw unreadable(path, 'is not a regular file');
    const result = await use(file, Number(before.size));
    const after = await file.stat({ bigint: true });
    const named = await stat(path, { bigint: true });
    const same =
      BigInt(result.bytes) === before.size &&
      after.size === before.size &&
      after.mtimeNs === before.mtimeNs &&
      after.ctimeNs === before.ctimeNs &&
      named.ino === before.ino &&
      named.dev === before.dev;
    if (!same) throw unreadable(path, 'changed while it was being read');
    return result;
  } catch (cause) {
    // What the operating system refused; anything else, such as an error of the caller's own callback, passes through.
    if (!isSystemError(cause)) throw cause;
    throw unreadable(path, `cannot be read (${cause.code})`, cause);
  } finally {
    await file?.close();
  }
}

/**
 * Reads ahead into the next free slot while `consume` works on this one. Returns how many bytes there were, at most
 * one block more than `size`: a file that grows for ever does not keep us for ever.
 */
async function readBlocks(
  file: FileHandle,
  slots: readonly Uint8Array[],
  size: number,
  options: SealOptions,
  consume: (slot: number, length: number, at: number) => Promise<void> | undefined | void,
): Promise<number> {
  const free: (Promise<void> | undefined)[] = [];
  let at = 0;
  let next = fill(file.fd, slots[0]!, at);
  try {
    for (let block = 0; at <= size; block += 1) {
      const length = await next;
      options.signal?.throwIfAborted();
      if (length === 0) break;
      const slot = block % slots.length;
      const following = (block + 1) % slots.length;
      await free[following];
      next = fill(file.fd, slots[following]!, at + length);
      // Seen below; without this a throw by `consume` would leave it unobserved for a moment.
      next.catch(() => {});
      free[slot] = consume(slot, length, at) ?? undefined;
      at += length;
      options.onProgress?.({ bytesDone: at, bytesTotal: size });
    }
    await Promise.all(free);
    return at;
  } finally {
    // The descriptor must not be closed, and reused, under a read that is still under way.
    await next.catch(() => {});
  }
}

/** Fills the buffer unless the file ends first: a short read in the middle would shift every chunk after it. */
async function fill(fd: number, buffer: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const got = await read(fd, buffer, filled, position + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled;
}

// The callback form: promises of FileHandle.read cost a measurable part of the rate.
function read(fd: number, buffer: Uint8Array, offset: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    readCallback(fd, buffer, offset, buffer.length - offset, position, (error, got) =>
      error === null ? resolve(got) : reject(error),
    );
  });
}

function isSystemError(cause: unknown): cause is Error & { readonly code: string } {
  return cause instanceof Error && 'syscall' in cause && 'code' in cause;
}

function unreadable(path: string, problem: string, cause?: unknown): GoodOrderError {
  return new GoodOrderError('media.unreadable', `\`${path}\` ${problem}`, { file: path }, cause);
}
