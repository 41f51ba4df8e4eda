import { inflateRawSync } from 'node:zlib';
import { GoodOrderError } from '../../errors.js';

/** A member of a zip archive, unpacked. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What a logger's workbook never needs: beyond these an archive is made to exhaust its reader. */
const ZIP_LIMITS = { entries: 1000, bytes: 268_435_456, ratio: 150, allowance: 1_048_576 } as const;

const END = 0x0605_4b50;
const CENTRAL = 0x0201_4b50;
const LOCAL = 0x0403_4b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;

/** Does it begin as a zip archive with a member? */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * Unpacks an archive by its central directory. What it announces is not believed: unpacking stops where the limits are
 * reached. Throws `sensor-import.columns` for a broken archive, and for one that would unpack to more than 256 MiB, or to
 * more than 150 times its size (and a megabyte).
 */
export function unzip(bytes: Uint8Array, limits = ZIP_LIMITS): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > limits.entries) throw bomb(`more than ${limits.entries} members`);
  const most = Math.min(limits.bytes, bytes.length * limits.ratio + limits.allowance);
  let left = most;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw broken();
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if ((view.getUint16(at + 8, true) & 1) === 1) throw broken('it is encrypted');
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const content = contentAt(bytes, view, view.getUint32(at + 42, true), packed, method, left, most);
    left -= content.length;
    if (!name.endsWith('/')) entries.push({ name, content });
    at = next;
  }
  return entries;
}

function contentAt(
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  packed: number,
  method: number,
  left: number,
  most: number,
): Uint8Array {
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) throw broken();
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (from + packed > bytes.length) throw broken();
  const raw = bytes.subarray(from, from + packed);
  if (method === 0) {
    if (raw.length > left) throw bomb(`more than ${most} bytes`);
    return raw;
  }
  if (method !== 8) throw broken('it is packed in a way that workbooks are not');
  try {
    // One byte more than is left tells a member that just fits from one that does not.
    const content = inflateRawSync(raw, { maxOutputLength: left + 1 });
    if (content.length > left) throw bomb(`more than ${most} bytes`);
    return content;
  } catch (error) {
    if (error instanceof GoodOrderError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? bomb(`more than ${most} bytes`) : broken(undefined, error);
  }
}

function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw broken();
}

function bomb(beyond: string): GoodOrderError {
  return new GoodOrderError(
    'sensor-import.columns',
    `the archive would unpack to ${beyond}: no logger writes such a workbook, and it is not read`,
    { path: 'archive' },
  );
}

function broken(why = 'it is damaged', cause?: unknown): GoodOrderError {
  return new GoodOrderError(
    'sensor-import.columns',
    `the archive cannot be read: ${why}`,
    { path: 'archive' },
    cause,
  );
}

/**
 * The same members without compression: whoever reads this again has nothing to unpack, and cannot read another archive
 * out of the same bytes than was looked at here.
 */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const label = encoder.encode(name);
    const sum = crc32(content);
    const local = header(LOCAL, 30, label, sum, content.length, 0);
    parts.push(local, content);
    directory.push(header(CENTRAL, 46, label, sum, content.length, offset));
    offset += local.length + content.length;
  }
  const size = directory.reduce((total, part) => total + part.length, 0);
  const end = new DataView(new ArrayBuffer(END_BYTES));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Uint8Array(Buffer.concat([...parts, ...directory, new Uint8Array(end.buffer)]));
}

/** A local or central header: they differ by the maker's version in front and what stands behind the lengths. */
function header(
  mark: number,
  length: number,
  name: Uint8Array,
  sum: number,
  size: number,
  offset: number,
): Uint8Array {
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  const shift = mark === CENTRAL ? 2 : 0;
  view.setUint32(0, mark, true);
  view.setUint16(4 + shift, 20, true);
  // Names are UTF-8.
  view.setUint16(6 + shift, 0x0800, true);
  view.setUint32(14 + shift, sum, true);
  view.setUint32(18 + shift, size, true);
  view.setUint32(22 + shift, size, true);
  view.setUint16(26 + shift, name.length, true);
  if (mark === CENTRAL) view.setUint32(42, offset, true);
  bytes.set(name, length);
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  return sum;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) sum = CRC_TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffff_ffff) >>> 0;
}
