import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { CHUNK_BYTES } from '../../record/types/media.js';

/** Takes the blocks of a file in order and hashes their chunks. Blocks hold whole chunks, but for the file's end. */
export interface ChunkHasher {
  /** Resolves when the block may be overwritten. */
  add(slot: number, length: number): Promise<void>;
  /** Chunk hashes of all blocks, one after the other. */
  finish(): Promise<Uint8Array>;
  /** Frees what the hasher holds; to be called however it ends. */
  close(): Promise<void>;
}

const LEAF_PREFIX = Uint8Array.of(0x00);

/** Hashes on this thread: cheaper than starting another for files of a few megabytes. */
export function inlineChunkHasher(slots: readonly Uint8Array[]): ChunkHasher {
  const blocks: Buffer[] = [];
  return {
    async add(slot, length) {
      blocks.push(chunkHashes(slots[slot]!.subarray(0, length)));
    },
    async finish() {
      return Buffer.concat(blocks);
    },
    async close() {},
  };
}

function chunkHashes(block: Uint8Array): Buffer {
  const hashes: Buffer[] = [];
  for (let start = 0; start < block.length; start += CHUNK_BYTES) {
    const chunk = block.subarray(start, start + CHUNK_BYTES);
    hashes.push(createHash('sha256').update(LEAF_PREFIX).update(chunk).digest());
  }
  return Buffer.concat(hashes);
}

/**
 * The same work in a worker. It stands here as text, not as a file of its own: text survives bundling, type stripping
 * and a test runner alike, and needs no path to be found. Input: { slots, chunkBytes } once, then [slot, length].
 */
const WORKER_SOURCE = `
const { createHash } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const prefix = Uint8Array.of(0);
parentPort.on('message', ([slot, length]) => {
  const block = new Uint8Array(workerData.slots[slot], 0, length);
  const hashes = [];
  for (let start = 0; start < length; start += workerData.chunkBytes) {
    const chunk = block.subarray(start, start + workerData.chunkBytes);
    hashes.push(createHash('sha256').update(prefix).update(chunk).digest());
  }
  parentPort.postMessage([slot, Buffer.concat(hashes)]);
});
`;

/** Hashes on another core. Throws where workers are not permitted. */
export function workerChunkHasher(slots: readonly SharedArrayBuffer[]): ChunkHasher {
  const worker = new Worker(WORKER_SOURCE, { eval: true, workerData: { slots, chunkBytes: CHUNK_BYTES } });
  const waiting = new Map<number, { resolve: () => void; reject: (cause: unknown) => void }>();
  const blocks: Uint8Array[] = [];
  const added: Promise<void>[] = [];
  let failure: unknown;

  const fail = (cause: unknown): void => {
    failure ??= cause;
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the hashing thread ended early')));
  worker.on('message', ([slot, hashes]: [number, Uint8Array]) => {
    blocks.push(hashes);
    waiting.get(slot)?.resolve();
    waiting.delete(slot);
  });

  return {
    add(slot, length) {
      const done = new Promise<void>((resolve, reject) => {
        if (failure !== undefined) reject(failure);
        else waiting.set(slot, { resolve, reject });
      });
      // The rejection is seen by whoever awaits the block; without this a later awaiter would come too late.
      done.catch(() => {});
      added.push(done);
      if (failure === undefined) worker.postMessage([slot, length]);
      return done;
    },
    async finish() {
      await Promise.all(added);
      return Buffer.concat(blocks);
    },
    async close() {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}
