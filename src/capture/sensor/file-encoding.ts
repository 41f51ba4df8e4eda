import { concatBytes } from '../../codec/hex.js';
import { GoodOrderError } from '../../errors.js';

export const FILE_ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

// Decoded a quarter of a megabyte at a time: a string of the whole file would double its memory.
const PART_BYTES = 262_144;

/** The file as UTF-8 without a byte order mark; what is not in the declared encoding is refused, never replaced. */
export function utf8Of(bytes: Uint8Array, encoding: FileEncoding): Uint8Array {
  switch (encoding) {
    case 'utf-8': {
      assertUtf8(bytes);
      const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      return marked ? bytes.subarray(3) : bytes;
    }
    case 'utf-16le':
      return utf8OfUtf16(bytes);
    default:
      return utf8OfBytes(bytes, encoding);
  }
}

function utf8OfUtf16(bytes: Uint8Array): Uint8Array {
  const decoder = new TextDecoder('utf-16le', { fatal: true });
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  try {
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const part = bytes.subarray(at, at + PART_BYTES);
      parts.push(encoder.encode(decoder.decode(part, { stream: at + PART_BYTES < bytes.length })));
    }
  } catch (cause) {
    throw wrongEncoding('utf-16le', cause);
  }
  return concatBytes(...parts);
}

// What Windows-1252 puts at 80-9F, where ISO 8859-1 has control characters; 0 = nothing. TextDecoder is not asked:
// it reads these bytes differently on different releases of Node.
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

function utf8OfBytes(bytes: Uint8Array, encoding: 'windows-1252' | 'iso-8859-1'): Uint8Array {
  // No character of either takes more than three bytes of UTF-8.
  const out = new Uint8Array(bytes.length + 2 * bytes.reduce((high, byte) => high + (byte >> 7), 0));
  let end = 0;
  for (const byte of bytes) {
    const special = encoding === 'windows-1252' && byte >= 0x80 && byte < 0xa0;
    const code = special ? WINDOWS_1252[byte - 0x80]! : byte;
    if (special && code === 0) throw wrongEncoding(encoding, undefined);
    if (code < 0x80) out[end++] = code;
    else if (code < 0x800) {
      out[end++] = 0xc0 | (code >> 6);
      out[end++] = 0x80 | (code & 0x3f);
    } else {
      out[end++] = 0xe0 | (code >> 12);
      out[end++] = 0x80 | ((code >> 6) & 0x3f);
      out[end++] = 0x80 | (code & 0x3f);
    }
  }
  return out.subarray(0, end);
}

function assertUtf8(bytes: Uint8Array): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      decoder.decode(bytes.subarray(at, at + PART_BYTES), { stream: at + PART_BYTES < bytes.length });
    }
  } catch (cause) {
    throw wrongEncoding('utf-8', cause);
  }
}

function wrongEncoding(encoding: string, cause: unknown): GoodOrderError {
  return new GoodOrderError(
    'sensor-import.columns',
    `the file is not written in \`${encoding}\`; say its encoding in the column map`,
    { path: 'encoding' },
    cause,
  );
}
