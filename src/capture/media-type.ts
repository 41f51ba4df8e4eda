/** How many bytes from the start of a file `mediaTypeOf` looks at. */
export const MEDIA_TYPE_BYTES = 64;

const UNKNOWN = 'application/octet-stream';

/** Brands of ISO base media files (ISO/IEC 14496-12 §4.3, ISO/IEC 23008-12, QuickTime). */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ['avif', 'image/avif'],
  ['avis', 'image/avif'],
  ['heic', 'image/heic'],
  ['heix', 'image/heic'],
  ['hevc', 'image/heic-sequence'],
  ['hevx', 'image/heic-sequence'],
  ['mif1', 'image/heif'],
  ['msf1', 'image/heif-sequence'],
  ['qt  ', 'video/quicktime'],
  ['M4V ', 'video/mp4'],
  ['M4A ', 'audio/mp4'],
  ['crx ', 'image/x-canon-cr3'],
]);

/**
 * The media type a file's first bytes show, `application/octet-stream` where they show none. Names and endings are not
 * looked at: they are not part of the bytes that get signed.
 */
export function mediaTypeOf(head: Uint8Array): string {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (ascii(head, 0, 6) === 'GIF87a' || ascii(head, 0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf';
  if (starts(head, [0x49, 0x49, 0x2a, 0x00]) || starts(head, [0x4d, 0x4d, 0x00, 0x2a])) return 'image/tiff';
  if (starts(head, [0xff, 0x0a]) || starts(head, [0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20])) return 'image/jxl';
  if (ascii(head, 0, 4) === 'RIFF') return riffType(ascii(head, 8, 4));
  if (ascii(head, 0, 4) === 'OggS') return 'application/ogg';
  if (ascii(head, 0, 4) === 'fLaC') return 'audio/flac';
  if (ascii(head, 0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2))
    return 'audio/mpeg';
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) return matroskaType(head);
  if (starts(head, [0x50, 0x4b, 0x03, 0x04])) return 'application/zip';
  return isoMediaType(head);
}

function riffType(form: string): string {
  if (form === 'WEBP') return 'image/webp';
  if (form === 'AVI ') return 'video/x-msvideo';
  return form === 'WAVE' ? 'audio/wav' : UNKNOWN;
}

/** The EBML header names its document type in an element `42 82` whose one-byte length follows (RFC 8794). */
function matroskaType(head: Uint8Array): string {
  for (let at = 4; at + 3 < head.length; at += 1) {
    if (head[at] === 0x42 && head[at + 1] === 0x82) {
      const type = ascii(head, at + 3, (head[at + 2] ?? 0) & 0x7f);
      if (type.startsWith('webm')) return 'video/webm';
      return type.startsWith('matroska') ? 'video/matroska' : UNKNOWN;
    }
  }
  return UNKNOWN;
}

function isoMediaType(head: Uint8Array): string {
  const box = ascii(head, 4, 4);
  // QuickTime before 2005 begins without a file type box.
  if (box === 'moov' || box === 'mdat' || box === 'wide') return 'video/quicktime';
  if (box !== 'ftyp') return UNKNOWN;
  const end = Math.min(head.length, ((head[2] ?? 0) << 8) | (head[3] ?? 0));
  const major = ascii(head, 8, 4);
  // A HEIF file may carry the general brand first and tell its codec among the compatible brands.
  if (major === 'mif1' || major === 'msf1') {
    for (let at = 16; at + 4 <= end; at += 4) {
      const type = BRANDS.get(ascii(head, at, 4));
      if (type === 'image/heic' || type === 'image/avif') return type;
    }
  }
  const known = BRANDS.get(major);
  if (known !== undefined) return known;
  if (major.startsWith('3gp')) return 'video/3gpp';
  return major.startsWith('3g2') ? 'video/3gpp2' : 'video/mp4';
}

function starts(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

function ascii(head: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...head.subarray(start, start + length));
}
