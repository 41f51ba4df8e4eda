/**
 * A hint that one picture is a recompressed or resized copy of another: difference hashes (which of two neighbouring
 * patches is brighter) and how many of their bits differ. Two pictures can be made to look alike to it, and a copy can be
 * made to look different: it proves nothing, no record holds it, no fact comes from it and no grade reads it.
 */

/** Patches a side; a hash has one bit for each two neighbours, along and across. */
const PATCHES = 16;
/** Side of the grey square a hash is taken from: a whole number of pixels both for 16 and for 17 patches. */
export const GREY_SIDE = PATCHES * (PATCHES + 1);
/** Bits of a hash. */
export const PICTURE_HASH_BITS = 2 * PATCHES * PATCHES;

/** As bits, each 0 or 1. */
export type PictureHash = Uint8Array;

/** How the one picture lies when it looks most like the other. */
const TURNS = [
  'as-is',
  'quarter-right',
  'half',
  'quarter-left',
  'mirrored',
  'mirrored-quarter-right',
  'mirrored-half',
  'mirrored-quarter-left',
] as const;
export type Turn = (typeof TURNS)[number];

const PICTURE_HINTS = ['likely-copy', 'alike', 'no-sign'] as const;
/** `likely-copy`: recompressed, resized or slightly cut; `alike`: more was changed, or the same scene; `no-sign`: nothing suggests a copy. */
export type PictureHint = (typeof PICTURE_HINTS)[number];

/** At most as many differing bits as this: measured on recompressed, resized and slightly cut copies (docs/pictures.md). */
export const LIKELY_COPY_BITS = 64;
/** At most as many as this: far below what two different pictures show. */
export const ALIKE_BITS = 128;

export interface PictureComparison {
  readonly hint: PictureHint;
  /** Differing bits of 512. */
  readonly distance: number;
  readonly turn: Turn;
}

/** @param grey brightness of GREY_SIDE × GREY_SIDE pixels, row by row; RangeError for another number of them */
export function pictureHash(grey: Uint8Array): PictureHash {
  if (grey.length !== GREY_SIDE * GREY_SIDE)
    throw new RangeError(`${grey.length} pixels are no square of ${GREY_SIDE}`);
  const hash = new Uint8Array(PICTURE_HASH_BITS);
  const along = patches(grey, PATCHES + 1, PATCHES);
  const across = patches(grey, PATCHES, PATCHES + 1);
  for (let y = 0; y < PATCHES; y += 1) {
    for (let x = 0; x < PATCHES; x += 1) {
      const at = y * (PATCHES + 1) + x;
      hash[y * PATCHES + x] = along[at]! > along[at + 1]! ? 1 : 0;
      const below = y * PATCHES + x;
      hash[PATCHES * PATCHES + below] = across[below]! > across[below + PATCHES]! ? 1 : 0;
    }
  }
  return hash;
}

/** Sums of brightness; compared only with others of the same size. */
function patches(grey: Uint8Array, columns: number, rows: number): Uint32Array {
  const sums = new Uint32Array(columns * rows);
  const [width, height] = [GREY_SIDE / columns, GREY_SIDE / rows];
  for (let y = 0; y < GREY_SIDE; y += 1) {
    const row = Math.floor(y / height) * columns;
    for (let x = 0; x < GREY_SIDE; x += 1) sums[row + Math.floor(x / width)]! += grey[y * GREY_SIDE + x]!;
  }
  return sums;
}

/** Number of differing bits. */
export function hashDistance(a: PictureHash, b: PictureHash): number {
  let differing = 0;
  for (let i = 0; i < PICTURE_HASH_BITS; i += 1) if (a[i] !== b[i]) differing += 1;
  return differing;
}

/** Compares a picture, however it is turned, with an original. */
export function comparePictures(sent: Uint8Array, original: Uint8Array): PictureComparison {
  const wanted = pictureHash(original);
  let best: Omit<PictureComparison, 'hint'> = { distance: Number.POSITIVE_INFINITY, turn: 'as-is' };
  let grey = sent;
  for (const turn of TURNS) {
    if (turn === 'mirrored') grey = mirrored(sent);
    const distance = hashDistance(pictureHash(grey), wanted);
    if (distance < best.distance) best = { distance, turn };
    grey = turnedRight(grey);
  }
  return { ...best, hint: hintOf(best.distance) };
}

function hintOf(distance: number): PictureHint {
  if (distance <= LIKELY_COPY_BITS) return 'likely-copy';
  return distance <= ALIKE_BITS ? 'alike' : 'no-sign';
}

function turnedRight(grey: Uint8Array): Uint8Array {
  return moved(grey, (x, y) => [y, GREY_SIDE - 1 - x]);
}

function mirrored(grey: Uint8Array): Uint8Array {
  return moved(grey, (x, y) => [GREY_SIDE - 1 - x, y]);
}

/** @param from where a pixel of the result is taken from */
function moved(
  grey: Uint8Array,
  from: (x: number, y: number) => readonly [x: number, y: number],
): Uint8Array {
  const out = new Uint8Array(grey.length);
  for (let y = 0; y < GREY_SIDE; y += 1) {
    for (let x = 0; x < GREY_SIDE; x += 1) {
      const [fromX, fromY] = from(x, y);
      out[y * GREY_SIDE + x] = grey[fromY * GREY_SIDE + fromX]!;
    }
  }
  return out;
}
