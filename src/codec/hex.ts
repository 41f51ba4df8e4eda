const DIGITS = '0123456789abcdef';

// Made digit by digit, a text is a tree of 32 pieces in V8, a kilobyte that is flattened at its first comparison. Node's
// Buffer gives it flat; elsewhere short texts are made from their character codes at once.
const nodeBuffer: typeof Buffer | undefined = globalThis.Buffer;
const CODES: readonly number[] = Array.from(DIGITS, (one) => one.charCodeAt(0));
const FLAT_BYTES = 64;
const scratch = new Uint8Array(2 * FLAT_BYTES);

/** Lowercase hex of the bytes, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return hexOfRange(bytes, 0, bytes.length);
}

/** The same for the bytes from `start` up to `end`, which are there. */
export function hexOfRange(bytes: Uint8Array, start: number, end: number): string {
  if (nodeBuffer === undefined) return plainHexOfRange(bytes, start, end);
  const { buffer, byteOffset } = bytes;
  if (buffer.byteLength < LARGE) {
    return nodeBuffer.from(buffer, byteOffset + start, end - start).toString('hex');
  }
  // Of a whole file each record's hashes are read, and a Buffer for each costs as much as its text.
  let whole = wholes.get(buffer);
  if (whole === undefined || whole.length !== buffer.byteLength) {
    whole = nodeBuffer.from(buffer);
    wholes.set(buffer, whole);
  }
  return whole.toString('hex', byteOffset + start, byteOffset + end);
}

const LARGE = 16_384;
const wholes = new WeakMap<ArrayBufferLike, Buffer>();

/** The same as runtimes without `Buffer` make it. */
export function plainHexOfRange(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += FLAT_BYTES) text += flatHex(bytes, at, Math.min(end, at + FLAT_BYTES));
  return text;
}

function flatHex(bytes: Uint8Array, start: number, end: number): string {
  for (let at = start, digits = 0; at < end; at += 1) {
    scratch[digits++] = CODES[bytes[at]! >> 4]!;
    scratch[digits++] = CODES[bytes[at]! & 15]!;
  }
  return String.fromCharCode(...scratch.subarray(0, 2 * (end - start)));
}

/** Bytes of a lowercase hex text. Throws TypeError for an odd length or any other character, uppercase included. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new TypeError(`hex text has an odd length of ${text.length}`);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = digit(text.charCodeAt(2 * i));
    const low = digit(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0)
      throw new TypeError(`hex text has a character that is no lowercase hex digit near ${2 * i}`);
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

/** True for exactly `byteLength` bytes in lowercase hex; without a length, for any whole number of bytes. */
export function isHex(text: string, byteLength?: number): boolean {
  if (text.length % 2 !== 0 || (byteLength !== undefined && text.length !== 2 * byteLength)) return false;
  for (let i = 0; i < text.length; i++) if (digit(text.charCodeAt(i)) < 0) return false;
  return true;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return -1;
}

/** Bytewise lexicographic order: negative, zero or positive; a prefix comes before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Same length and same bytes. Not constant time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One new array holding the parts one after the other. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const encoder = new TextEncoder();

/** UTF-8 of a text. The text must be well formed; lone surrogates would become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}
