import { readHead } from '../codec/cbor-head.js';
import { itemEnd } from '../codec/cbor-scan.js';
import { equalBytes, utf8Bytes } from '../codec/hex.js';

/** One step into an item: the value of a map's key, or an element of a list. */
export type Step = { readonly key: number | string } | { readonly index: number };

const MAP = 5;
const LIST = 4;

/**
 * Byte offset of what stands at the end of the steps, or of the last container on the way when the rest is absent.
 * For telling people where a fault lies; the bytes have been scanned.
 */
export function locate(bytes: Uint8Array, start: number, steps: readonly Step[]): number {
  let at = start;
  for (const step of steps) {
    const next = 'key' in step ? entryOf(bytes, at, step.key) : elementOf(bytes, at, step.index);
    if (next === null) return at;
    at = next;
  }
  return at;
}

function entryOf(bytes: Uint8Array, at: number, key: number | string): number | null {
  const map = readHead(bytes, at);
  if (map === null || map.major !== MAP) return null;
  let cursor = map.next;
  for (let i = 0; i < map.argument; i += 1) {
    const value = end(bytes, cursor);
    if (value === null) return null;
    if (isKey(bytes, cursor, value, key)) return value;
    const next = end(bytes, value);
    if (next === null) return null;
    cursor = next;
  }
  return null;
}

function elementOf(bytes: Uint8Array, at: number, index: number): number | null {
  const list = readHead(bytes, at);
  if (list === null || list.major !== LIST || index >= list.argument) return null;
  let cursor: number | null = list.next;
  for (let i = 0; i < index && cursor !== null; i += 1) cursor = end(bytes, cursor);
  return cursor;
}

function isKey(bytes: Uint8Array, start: number, stop: number, key: number | string): boolean {
  const head = readHead(bytes, start);
  if (head === null) return false;
  if (typeof key === 'string') {
    return head.major === 3 && equalBytes(bytes.subarray(head.next, stop), utf8Bytes(key));
  }
  return key >= 0
    ? head.major === 0 && head.argument === key
    : head.major === 1 && head.argument === -1 - key;
}

function end(bytes: Uint8Array, start: number): number | null {
  const result = itemEnd(bytes, start);
  return typeof result === 'number' ? result : null;
}
