import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { exifTimeField, readExif } from '../capture/exif.js';
import type { SealedMedia } from '../capture/node/seal-media.js';
import { concatBytes, toHex } from '../codec/hex.js';
import { formatInstant } from '../codec/instant.js';
import { createSha256 } from '../crypto/hash.js';
import { GoodOrderError } from '../errors.js';

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

/**
 * What a media record says of a sealed file. Its metadata is read from the very bytes that were hashed: what has taken
 * the file's place meanwhile must not lend them its time.
 *
 * @throws GoodOrderError `media.unreadable` where the file is no longer the one that was sealed
 */
export async function writtenMedia(sealed: SealedMedia, path: string): Promise<WrittenMedia> {
  const exif = sealed.mediaType.startsWith('image/')
    ? exifTimeField(readExif(await startOf(path, sealed)))
    : null;
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

async function startOf(path: string, sealed: SealedMedia): Promise<Uint8Array> {
  const changed = new GoodOrderError('media.unreadable', `\`${path}\` changed while it was being read`, {
    file: path,
  });
  // Non-blocking: a named pipe may have been put in the file's place.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw new GoodOrderError(changed.code, changed.message, changed.place, cause);
  });
  try {
    if (!(await handle.stat()).isFile()) throw changed;
    const whole = createSha256();
    const start: Uint8Array[] = [];
    let length = 0;
    for await (const part of handle.createReadStream({ autoClose: false })) {
      const bytes = part as Buffer;
      if (length < EXIF_BYTES) start.push(bytes.subarray(0, EXIF_BYTES - length));
      length += bytes.length;
      if (length > sealed.bytes) throw changed;
      whole.update(bytes);
    }
    if (toHex(whole.digest()) !== sealed.sha256) throw changed;
    return concatBytes(...start);
  } finally {
    await handle.close();
  }
}
