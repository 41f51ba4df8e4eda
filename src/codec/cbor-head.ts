import { concatBytes } from './hex.js';

/** Head of a CBOR item: its major type, its argument and where its content begins. */
export interface CborHead {
  readonly major: number;
  /** Value, length or count; a head that announces 2^53 or more is given as Infinity. */
  readonly argument: number;
  /** Offset of the byte after the head. */
  readonly next: number;
}

/**
 * Reads one head in shortest form. Null if it is cut off, not in shortest form, indefinite or reserved; the scanner
 * says which. For walking an outer structure that is never decoded as a whole.
 */
export function readHead(bytes: Uint8Array, offset: number, end: number = bytes.length): CborHead | null {
  if (offset >= end) return null;
  const first = bytes[offset]!;
  const major = first >> 5;
  const short = first & 31;
  if (short < 24) return { major, argument: short, next: offset + 1 };
  if (short > 27) return null;
  const size = 1 << (short - 24);
  if (size > end - offset - 1) return null;
  let argument = 0;
  for (let i = 1; i <= size; i++) argument = argument * 256 + bytes[offset + i]!;
  const least = size === 1 ? 24 : 2 ** (4 * size);
  if (argument < least) return null;
  return {
    major,
    argument: argument > Number.MAX_SAFE_INTEGER ? Infinity : argument,
    next: offset + 1 + size,
  };
}

/**
 * The argument of a head that the scanner has accepted, below 2^53. For readers of every record: the object that
 * `readHead` gives would be most of what they allocate.
 */
export function argumentAt(bytes: Uint8Array, offset: number): number {
  const short = bytes[offset]! & 31;
  if (short < 24) return short;
  let argument = 0;
  for (let at = offset + 1; at <= offset + (1 << (short - 24)); at += 1)
    argument = argument * 256 + bytes[at]!;
  return argument;
}

/** Where the content behind that head begins. */
export function contentAt(bytes: Uint8Array, offset: number): number {
  const short = bytes[offset]! & 31;
  return offset + 1 + (short < 24 ? 0 : 1 << (short - 24));
}

/** A head in shortest form. The argument is an integer from 0 to 2^53 − 1, else RangeError. */
export function encodeHead(major: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, argument: number): Uint8Array {
  if (!Number.isSafeInteger(argument) || argument < 0) {
    throw new RangeError(`CBOR head: expected an integer from 0 to 2^53 - 1, got ${argument}`);
  }
  const head = new Uint8Array(headLength(argument));
  writeHead(head, 0, major, argument);
  return head;
}

/** Writes the same head at `at`, where there is room for it, and says where its content begins. */
export function writeHead(target: Uint8Array, at: number, major: number, argument: number): number {
  const size = headLength(argument) - 1;
  if (size === 0) {
    target[at] = (major << 5) | argument;
    return at + 1;
  }
  target[at] = (major << 5) | (size === 1 ? 24 : size === 2 ? 25 : size === 4 ? 26 : 27);
  for (let i = size, rest = argument; i > 0; i--, rest = Math.floor(rest / 256)) target[at + i] = rest % 256;
  return at + 1 + size;
}

/** How many bytes a head with that argument has. */
export function headLength(argument: number): number {
  return argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x10000 ? 3 : argument < 0x1_0000_0000 ? 5 : 9;
}

/** A whole byte string item: head and contents. */
export function encodeByteString(contents: Uint8Array): Uint8Array {
  return concatBytes(encodeHead(2, contents.length), contents);
}
