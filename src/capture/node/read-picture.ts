import { GoodOrderError } from '../../errors.js';
import { GREY_SIDE } from '../picture-hash.js';

/** As much of `sharp` as is used here. */
interface Sharp {
  autoOrient(): Sharp;
  flatten(options: { readonly background: string }): Sharp;
  greyscale(): Sharp;
  resize(width: number, height: number, options: { readonly fit: 'fill' }): Sharp;
  raw(): Sharp;
  toBuffer(): Promise<Uint8Array>;
}
type SharpLibrary = (
  input: string,
  options: {
    readonly failOn: 'none' | 'truncated';
    readonly limitInputPixels: number;
    readonly pages: number;
  },
) => Sharp;

/** Brightness of GREY_SIDE × GREY_SIDE pixels of a picture, upright, whatever its shape. */
export interface GreyPicture {
  readonly grey: Uint8Array;
  /** The file is cut short or damaged: what is missing of the picture is filled in. */
  readonly damaged: boolean;
}

/** Above what phones and cameras make; below what exhausts a small machine. */
const MOST_PIXELS = 100_000_000;
/** What the optional package is called, and the version it was tried with. */
const PACKAGE = 'sharp@0.35.5';

/**
 * Reads a picture with the optional package `sharp`. Decoding a hostile file is left to its libvips, in this process:
 * whoever does not trust the file reads it on a machine that holds nothing else.
 *
 * @throws GoodOrderError `media.unreadable` for a file that is no picture, is too large or needs a package that is not here
 */
export async function readPicture(path: string): Promise<GreyPicture> {
  const sharp = await library();
  const read = (failOn: 'none' | 'truncated'): Promise<Uint8Array> =>
    sharp(path, { failOn, limitInputPixels: MOST_PIXELS, pages: 1 })
      .autoOrient()
      .flatten({ background: '#808080' })
      .greyscale()
      .resize(GREY_SIDE, GREY_SIDE, { fit: 'fill' })
      .raw()
      .toBuffer();
  try {
    return { grey: await read('truncated'), damaged: false };
  } catch {
    try {
      return { grey: await read('none'), damaged: true };
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0]!.toLowerCase() : 'unknown reason';
      throw new GoodOrderError(
        'media.unreadable',
        `it cannot be read as a picture: ${reason}`,
        { file: path },
        error,
      );
    }
  }
}

async function library(): Promise<SharpLibrary> {
  try {
    const loaded = (await import('sharp')) as unknown as { readonly default: SharpLibrary };
    return loaded.default;
  } catch (error) {
    throw new GoodOrderError(
      'media.unreadable',
      `comparing pictures needs the optional package \`sharp\`: npm install ${PACKAGE}`,
      {},
      error,
    );
  }
}
