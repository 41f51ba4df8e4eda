import { toHex } from './hex.js';

/**
 * Texts that come again in every record: a party, a subject, a key. Making such a text anew costs more than comparing
 * its bytes, and one object for all of them makes every later look-up a comparison of pointers. A text that is not
 * there takes the place of another: the table never grows.
 */
const SLOTS = 1024;
const MAX_LENGTH = 512;

interface Entry {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const asciiEntries: (Entry | undefined)[] = new Array(SLOTS).fill(undefined);
const hexEntries: (Entry | undefined)[] = new Array(SLOTS).fill(undefined);

/** The text of these bytes if all of them are printable ASCII and they are at most 512, else null. */
export function internAscii(bytes: Uint8Array, start: number, end: number): string | null {
  const length = end - start;
  if (length > MAX_LENGTH) return null;
  const slot = slotOf(bytes, start, end);
  const known = asciiEntries[slot];
  if (known !== undefined && isSame(known.bytes, bytes, start, end)) return known.text;
  let text = '';
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte > 0x7e) return null;
    text += String.fromCharCode(byte);
  }
  asciiEntries[slot] = { bytes: bytes.slice(start, end), text };
  return text;
}

/** Lowercase hex of these bytes, as one object for equal bytes where they come often. */
export function internHex(bytes: Uint8Array, start: number, end: number): string {
  const slot = slotOf(bytes, start, end);
  const known = hexEntries[slot];
  if (known !== undefined && isSame(known.bytes, bytes, start, end)) return known.text;
  const own = bytes.slice(start, end);
  const text = toHex(own);
  hexEntries[slot] = { bytes: own, text };
  return text;
}

/** Serials and check digits stand at the end, so the last bytes tell most texts apart. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let mixed = end - start;
  for (let at = Math.max(start, end - 8); at < end; at += 1) mixed = (Math.imul(mixed, 31) + bytes[at]!) | 0;
  return (mixed ^ (mixed >>> 10) ^ (mixed >>> 20)) & (SLOTS - 1);
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = start; at < end; at += 1) if (known[at - start] !== bytes[at]) return false;
  return true;
}
