import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hashFile, type Progress, sealMedia } from '../../../src/capture/node/seal-media.js';

const MIB = 1_048_576;
const folder = mkdtempSync(join(tmpdir(), 'goodorder-seal-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function mth(chunks: readonly Uint8Array[]): Buffer {
  if (chunks.length === 0) return sha256();
  if (chunks.length === 1) return sha256(Uint8Array.of(0), chunks[0]!);
  let k = 1;
  while (k * 2 < chunks.length) k *= 2;
  return sha256(Uint8Array.of(1), mth(chunks.slice(0, k)), mth(chunks.slice(k)));
}

function write(name: string, size: number): { path: string; bytes: Buffer } {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, bytes };
}

function expected(bytes: Buffer) {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += MIB) chunks.push(bytes.subarray(start, start + MIB));
  return {
    sha256: sha256(bytes).toString('hex'),
    bytes: bytes.length,
    mediaType: 'application/octet-stream',
    chunkBytes: MIB,
    chunkCount: chunks.length,
    chunkRoot: mth(chunks).toString('hex'),
    chunkHashes: Buffer.concat(chunks.map((chunk) => sha256(Uint8Array.of(0), chunk))).toString('hex'),
  };
}

async function sealed(path: string, options?: Parameters<typeof sealMedia>[1]) {
  const { chunkHashes, ...rest } = await sealMedia(path, options);
  return { ...rest, chunkHashes: Buffer.from(chunkHashes).toString('hex') };
}

describe('sealing a file', () => {
  test('gives the digests that its publishers state', async () => {
    // fixtures/media/*/ORIGIN.md
    expect((await sealMedia('fixtures/media/exifr/img_1771.jpg')).sha256).toBe(
      '8a9d04b92d0de5836c59ede8ae421235488e4031e893e07b1fe7e4b78f6a9901',
    );
    expect(await hashFile('fixtures/media/video-exoplayer/sample.mkv')).toEqual({
      sha256: 'b66fcc66e85438dad7293a2e84175d24243f598d144d0c79dcb0eb64d419f5d6',
      bytes: 109_422,
    });
    expect((await sealMedia('fixtures/media/video-exoplayer/sample.mkv')).mediaType).toBe('video/matroska');
  });

  // Around the chunk, the block of four chunks, and the ring of four blocks.
  const sizes = [
    0,
    1,
    MIB - 1,
    MIB,
    MIB + 1,
    4 * MIB - 1,
    4 * MIB,
    4 * MIB + 1,
    16 * MIB,
    17 * MIB + 5,
    21 * MIB,
  ];
  test.each(sizes)('of %i bytes: the same on one core and on two', async (size) => {
    const { path, bytes } = write(`size-${size}`, size);
    expect(await sealed(path, { secondCoreFrom: Number.POSITIVE_INFINITY })).toEqual(expected(bytes));
    expect(await sealed(path, { secondCoreFrom: 0 })).toEqual(expected(bytes));
    expect(await hashFile(path)).toEqual({ sha256: expected(bytes).sha256, bytes: size });
    rmSync(path);
  });

  test('follows a link and tells of its progress', async () => {
    const { path, bytes } = write('linked', 9 * MIB);
    const link = join(folder, 'link');
    symlinkSync(path, link);
    const steps: Progress[] = [];
    const result = await sealed(link, { onProgress: (step) => steps.push(step), secondCoreFrom: 0 });
    expect(result).toEqual(expected(bytes));
    expect(steps).toEqual([4, 8, 9].map((done) => ({ bytesDone: done * MIB, bytesTotal: 9 * MIB })));
  });
});

describe('sealing refuses', () => {
  async function fault(path: string, options?: Parameters<typeof sealMedia>[1]) {
    try {
      await sealMedia(path, options);
      return 'sealed';
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return `${code}: ${message.replace(path, '…')}`;
    }
  }

  test('what is no regular file', async () => {
    mkdirSync(join(folder, 'directory'));
    expect(await fault(join(folder, 'directory'))).toBe('media.unreadable: `…` is not a regular file');
    expect(await fault('/dev/zero')).toBe('media.unreadable: `…` is not a regular file');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await fault(pipe)).toBe('media.unreadable: `…` is not a regular file');
  });

  test('what is not there', async () => {
    expect(await fault(join(folder, 'absent'))).toBe('media.unreadable: `…` cannot be read (ENOENT)');
  });

  test.each([
    ['grows', (path: string) => appendFileSync(path, 'x')],
    ['shrinks', (path: string) => truncateSync(path, 5 * MIB)],
    ['is written to', (path: string) => writeFileSync(path, Buffer.alloc(1), { flag: 'r+' })],
    [
      'is replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, Buffer.alloc(9 * MIB));
        renameSync(`${path}.new`, path);
      },
    ],
  ])('a file that %s while it is being read', async (name, change) => {
    const { path } = write(`changing ${name}`, 9 * MIB);
    // The file system counts time in steps of some milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 20));
    let changed = false;
    const onProgress = (): void => {
      if (!changed) change(path);
      changed = true;
    };
    expect(await fault(path, { onProgress })).toBe('media.unreadable: `…` changed while it was being read');
  });

  test('to go on when told to stop, at the next block', async () => {
    const { path } = write('stopped', 20 * MIB);
    const stop = new AbortController();
    const steps: number[] = [];
    const options = {
      signal: stop.signal,
      secondCoreFrom: 0,
      onProgress: ({ bytesDone }: Progress) => {
        steps.push(bytesDone / MIB);
        stop.abort();
      },
    };
    await expect(sealMedia(path, options)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(steps).toEqual([4]);
  });

  test('to swallow an error of the progress callback', async () => {
    const { path } = write('callback', 9 * MIB);
    const onProgress = (): void => {
      throw new RangeError('from the caller');
    };
    await expect(sealMedia(path, { onProgress })).rejects.toThrow(new RangeError('from the caller'));
  });
});
