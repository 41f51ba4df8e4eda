import { open } from 'node:fs/promises';
import { exifTimeField, readExif } from '../capture/exif.js';
import type { SealedMedia } from '../capture/node/seal-media.js';
import { formatInstant } from '../codec/instant.js';

/** One entry of a media record's `files`, as a draft holds it. */
export interface WrittenMedia {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly chunkBytes: number;
  readonly chunkRoot: string;
  readonly exifTime?: { readonly raw: string; readonly claimed?: string };
}

/** Photos keep their metadata in the first part; a video is not read again for it. */
const EXIF_BYTES = 64 * 1024 * 1024;

export async function writtenMedia(sealed: SealedMedia, path: string): Promise<WrittenMedia> {
  const exif = sealed.mediaType.startsWith('image/') ? exifTimeField(readExif(await startOf(path))) : null;
  return {
    sha256: `sha256:${sealed.sha256}`,
    bytes: sealed.bytes,
    mediaType: sealed.mediaType,
    chunkBytes: sealed.chunkBytes,
    chunkRoot: `hex:${sealed.chunkRoot}`,
    ...(exif === null
      ? {}
      : {
          exifTime: {
            raw: exif.raw,
            ...(exif.claimed === undefined
              ? {}
              : { claimed: formatInstant(exif.claimed.utcS, exif.claimed.offsetMin) }),
          },
        }),
  };
}

async function startOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(Math.min(size, EXIF_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
