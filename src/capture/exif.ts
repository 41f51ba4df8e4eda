import ExifReader from 'exifreader';
import { readInstant } from '../codec/instant.js';
import type { Instant } from '../record/field-schemas.js';

/** The time a camera wrote into a photo: its claim, and nobody's proof. */
export interface ExifTime {
  /** Which tag it stood in; `DateTimeOriginal` is when the picture was taken, `DateTime` when the file was changed. */
  readonly tag: 'DateTimeOriginal' | 'DateTimeDigitized' | 'DateTime';
  /** As it stands in the file, as in `2023:05:16 14:27:11`. */
  readonly raw: string;
  /** The offset tag beside it, as it stands in the file. */
  readonly rawOffset: string | null;
  /** Only where the file states an offset: a clock without one could mean any of 26 hours. */
  readonly claimed: Instant | null;
}

export interface ExifClaim {
  readonly time: ExifTime | null;
  /** EXIF orientation 1 to 8; anything else reads null. */
  readonly orientation: number | null;
  readonly maker: string | null;
  readonly model: string | null;
}

/** The same in the form a media record holds: the raw time with its raw offset, and the instant where there is one. */
export interface ExifTimeField {
  readonly raw: string;
  readonly claimed?: Instant;
}

const NO_CLAIM: ExifClaim = { time: null, orientation: null, maker: null, model: null };

// A time is read with the offset tag made for it and with no other (EXIF 2.31, tags 9010 to 9012).
const TIME_TAGS = [
  ['DateTimeOriginal', 'OffsetTimeOriginal'],
  ['DateTimeDigitized', 'OffsetTimeDigitized'],
  ['DateTime', 'OffsetTime'],
] as const;

const WANTED = [...TIME_TAGS.flat(), 'Orientation', 'Make', 'Model'];
// UTF-16 units, each three bytes of UTF-8 at most: what a record's text fields hold.
const MAX_NAME = 64;
const MAX_TIME = 32;
const MAX_OFFSET = 10;

/**
 * What a photo (JPEG, HEIC, AVIF, PNG, WebP, TIFF, JPEG XL) says of itself. Never throws: a broken file makes no claim,
 * and a half-broken one the claims that can be read. XMP is not looked at, since editors write it.
 */
export function readExif(bytes: Uint8Array): ExifClaim {
  const tags = loadTags(bytes);
  if (tags === null) return NO_CLAIM;
  const orientation = (tags.Orientation as { value?: unknown } | undefined)?.value;
  return {
    time: readTime(tags),
    orientation: isOrientation(orientation) ? orientation : null,
    maker: textOf(tags.Make, MAX_NAME),
    model: textOf(tags.Model, MAX_NAME),
  };
}

/** The time field of a media record; null where the photo claims none. */
export function exifTimeField(claim: ExifClaim): ExifTimeField | null {
  if (claim.time === null) return null;
  const { raw, rawOffset, claimed } = claim.time;
  const text = rawOffset === null ? raw : `${raw} ${rawOffset}`;
  return claimed === null ? { raw: text } : { raw: text, claimed };
}

type Tags = Readonly<Record<string, unknown>>;

/**
 * Reads that are allowed in one photo; honest ones take some hundreds. A tag may state any count, and thousands of tags
 * may point at the same bytes: without an end to it 65 MB of TIFF took minutes and more memory than there was.
 */
const MAX_READS = 1_000_000;

/** Throws when it has been read too often. */
class FrugalView extends DataView<ArrayBuffer> {
  #left = MAX_READS;

  override getUint8(offset: number): number {
    this.#spend();
    return super.getUint8(offset);
  }

  override getUint16(offset: number, littleEndian?: boolean): number {
    this.#spend();
    return super.getUint16(offset, littleEndian);
  }

  override getUint32(offset: number, littleEndian?: boolean): number {
    this.#spend();
    return super.getUint32(offset, littleEndian);
  }

  override getInt32(offset: number, littleEndian?: boolean): number {
    this.#spend();
    return super.getInt32(offset, littleEndian);
  }

  #spend(): void {
    if (this.#left === 0) throw new RangeError('this photo asks for more than any photo needs');
    this.#left -= 1;
  }
}

/** The reader takes a part of a buffer out into a view of its own, which would not be counted. */
function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? buffer
    : new Uint8Array(bytes).buffer;
}

function loadTags(bytes: Uint8Array): Tags | null {
  try {
    const tags = ExifReader.loadView(new FrugalView(wholeBuffer(bytes)), {
      expanded: true,
      async: false,
      includeTags: { exif: WANTED },
    });
    return (tags.exif as Tags | undefined) ?? null;
  } catch {
    // The reader throws for anything it cannot follow, also for files without metadata; none of that is an error here.
    return null;
  }
}

function readTime(tags: Tags): ExifTime | null {
  for (const [tag, offsetTag] of TIME_TAGS) {
    const raw = textOf(tags[tag], MAX_TIME);
    // Blanks and colons alone mean "unknown" (EXIF 2.32 §4.6.5).
    if (raw === null || !/[^\s:]/.test(raw)) continue;
    const rawOffset = textOf(tags[offsetTag], MAX_OFFSET);
    return { tag, raw, rawOffset, claimed: rawOffset === null ? null : instantOf(raw, rawOffset) };
  }
  return null;
}

/** EXIF dates have colons: `2023:05:16 14:27:11`. Offsets are `+02:00`; Z is not in the standard but seen. */
function instantOf(raw: string, rawOffset: string): Instant | null {
  const match = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(raw);
  return match === null
    ? null
    : readInstant(`${match[1]}-${match[2]}-${match[3]}T${match[4]}${rawOffset.trim()}`);
}

/** What the reader gives for a tag that points outside the file: its own words, not the file's. */
const FAULTY = '<faulty value>';

/** Text of a tag, fit to be signed: cut at a NUL, no blanks at the ends, refused characters shown as U+FFFD. */
function textOf(tag: unknown, limit: number): string | null {
  const value = (tag as { value?: unknown } | undefined)?.value;
  const text = Array.isArray(value) ? value[0] : value;
  if (typeof text !== 'string' || text === FAULTY) return null;
  const clean = text
    .split('\0', 1)[0]!
    .trim()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the code points that signed text may not hold
    .replace(/[\u0001-\u001f\u007f-\u009f\ufeff]|\p{Surrogate}/gu, '\ufffd')
    .slice(0, limit);
  // A cut may fall between the halves of a pair.
  return clean === '' ? null : clean.replace(/\p{Surrogate}$/u, '');
}

function isOrientation(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 8;
}
