import type { CborFault, CborFaultCode } from './cbor-fault.js';
import { LONG_MAP } from './long-map.js';
import { scanText } from './text.js';

export type { CborFault, CborFaultCode } from './cbor-fault.js';

// The strict scanner. It decides, in one pass and without decoding, whether bytes are one item of the evidence
// profile: RFC 8949 §4.2.1 deterministic encoding, narrowed to integers, byte strings, text, arrays, maps keyed by
// integer or text, false, true and null. Nothing else may reach the codec behind it.
//
// Iterative, with fixed arrays for the open containers, so that no nesting can overflow the stack and a scan
// allocates nothing.

/** Which part of the bytes is one item, and how long it may be. */
export interface ScanOptions {
  /** Longest item accepted, in bytes. Default 65,535. */
  readonly maxLength?: number;
  readonly start?: number;
  readonly end?: number;
}

/** What decides how an accepted item is decoded. */
export interface ItemTraits {
  /** An integer beyond ±(2^53 − 1) occurs, which a JavaScript number cannot hold. */
  readonly wideInteger: boolean;
  /** A map of at least `LONG_MAP` entries occurs. */
  readonly longMap: boolean;
}

/** What one scan leaves behind, reused from scan to scan by its owner. */
export interface ScanReport {
  code: CborFaultCode;
  offset: number;
  wideInteger: boolean;
  longMap: boolean;
}

export const MAX_ITEM_LENGTH = 65_535;
export const MAX_DEPTH = 32;

export function newScanReport(): ScanReport {
  return { code: 'cbor.truncated', offset: 0, wideInteger: false, longMap: false };
}

// Open containers, outermost first: items still to come (a map counts keys and values), and the last key of a map.
// 32-bit, because the scan is a fifth slower with doubles; no input reaches their limit.
const LAST_OFFSET = 0x7fff_ffff;
const itemsLeft = new Int32Array(MAX_DEPTH);
const openMap = new Uint8Array(MAX_DEPTH);
const lastKeyStart = new Int32Array(MAX_DEPTH);
const lastKeyEnd = new Int32Array(MAX_DEPTH);

const ownReport = newScanReport();

/** Null if the bytes are exactly one item of the profile; else the first fault. */
export function scanCbor(bytes: Uint8Array, options: ScanOptions = {}): CborFault | null {
  const { start = 0, maxLength = MAX_ITEM_LENGTH } = options;
  // An end past the bytes means bytes that are missing, which reads as truncated.
  const end = Math.min(options.end ?? bytes.length, bytes.length);
  return scanWhole(bytes, start, end, maxLength, ownReport)
    ? null
    : { code: ownReport.code, offset: ownReport.offset };
}

/** As `scanCbor`, allocating nothing: true if accepted, else the report holds the fault. */
export function scanWhole(
  bytes: Uint8Array,
  start: number,
  end: number,
  maxLength: number,
  report: ScanReport,
): boolean {
  if (end - start > maxLength) {
    refuse(report, 'cbor.too-long', start);
    return false;
  }
  const itemEnd = scanItem(bytes, start, end, report);
  if (itemEnd === -1) return false;
  if (itemEnd !== end) refuse(report, 'cbor.trailing', itemEnd);
  return itemEnd === end;
}

/** Where the item that begins at `start` ends; what follows it is not looked at. */
export function itemEnd(
  bytes: Uint8Array,
  start: number,
  end: number = bytes.length,
  maxLength: number = MAX_ITEM_LENGTH,
): number | CborFault {
  const last = Math.min(end, bytes.length);
  const limit = Math.min(last, start + maxLength);
  const found = scanItem(bytes, start, limit, ownReport);
  if (found !== -1) return found;
  // Cut short by the limit and not by the input: the item needs more than the limit allows.
  if (limit < last && ownReport.code === 'cbor.truncated') return { code: 'cbor.too-long', offset: start };
  return { code: ownReport.code, offset: ownReport.offset };
}

/** End of the item at `start`, or −1 with the fault in the report. */
function scanItem(bytes: Uint8Array, start: number, end: number, report: ScanReport): number {
  report.wideInteger = false;
  report.longMap = false;
  if (end > LAST_OFFSET) return refuse(report, 'cbor.too-long', start);
  let at = start;
  let open = 0;
  for (;;) {
    const head = at;
    if (at >= end) return refuse(report, 'cbor.truncated', end);
    // Depth counts the outermost item as 1, and a scalar counts.
    if (open === MAX_DEPTH) return refuse(report, 'cbor.depth', head);
    const first = bytes[at++]!;
    const major = first >> 5;
    const short = first & 31;
    if (short > 27) return refuse(report, short === 31 ? 'cbor.indefinite' : 'cbor.reserved', head);

    const isKey = open > 0 && openMap[open - 1] === 1 && itemsLeft[open - 1]! % 2 === 0;
    if (isKey && major !== 0 && major !== 1 && major !== 3) return refuse(report, 'cbor.key-type', head);
    if (major === 6) return refuse(report, 'cbor.tag', head);
    if (major === 7 && (short < 20 || short > 22)) return refuse(report, 'cbor.simple', head);

    // The argument; for major types 2 to 5, one of 2^32 or more is longer than any input.
    let argument = short;
    if (short > 23) {
      const size = 1 << (short - 24);
      if (size > end - at) return refuse(report, 'cbor.truncated', head);
      if (size === 1) {
        argument = bytes[at]!;
        if (argument < 24) return refuse(report, 'cbor.not-shortest', head);
      } else if (size === 2) {
        argument = (bytes[at]! << 8) | bytes[at + 1]!;
        if (argument < 0x100) return refuse(report, 'cbor.not-shortest', head);
      } else {
        argument = uint32(bytes, at);
        if (size === 8) {
          if (argument === 0) return refuse(report, 'cbor.not-shortest', head);
          if (major < 2) {
            // Integers: −1 − n is beyond the safe range one step before n is.
            if (
              argument > 0x1fffff ||
              (major === 1 && argument === 0x1fffff && uint32(bytes, at + 4) === 0xffffffff)
            ) {
              report.wideInteger = true;
            }
          } else return refuse(report, 'cbor.truncated', head);
        } else if (argument < 0x10000) return refuse(report, 'cbor.not-shortest', head);
      }
      at += size;
    }

    if (major === 2 || major === 3) {
      if (argument > end - at) return refuse(report, 'cbor.truncated', head);
      if (major === 3 && !scanText(bytes, at, at + argument, report)) return -1;
      at += argument;
    }
    if (isKey) {
      const map = open - 1;
      const order = keyOrder(bytes, lastKeyStart[map]!, lastKeyEnd[map]!, head, at);
      if (order >= 0) return refuse(report, order === 0 ? 'cbor.duplicate-key' : 'cbor.key-order', head);
      lastKeyStart[map] = head;
      lastKeyEnd[map] = at;
    }
    if ((major === 4 || major === 5) && argument > 0) {
      const items = major === 5 ? 2 * argument : argument;
      // Every item takes a byte: a count that cannot fit is refused before it is followed.
      if (items > end - at) return refuse(report, 'cbor.truncated', head);
      if (items >= 2 * LONG_MAP && major === 5) report.longMap = true;
      itemsLeft[open] = items;
      openMap[open] = major === 5 ? 1 : 0;
      lastKeyStart[open] = at;
      lastKeyEnd[open] = at;
      open++;
      continue;
    }
    while (open > 0 && --itemsLeft[open - 1]! === 0) open--;
    if (open === 0) return at;
  }
}

function refuse(report: ScanReport, code: CborFaultCode, offset: number): -1 {
  report.code = code;
  report.offset = offset;
  return -1;
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** Negative if the key at `previous` comes before the one at `next`, zero if they are the same. */
function keyOrder(
  bytes: Uint8Array,
  previous: number,
  previousEnd: number,
  next: number,
  nextEnd: number,
): number {
  let a = previous;
  let b = next;
  while (a < previousEnd && b < nextEnd) {
    const difference = bytes[a++]! - bytes[b++]!;
    if (difference !== 0) return difference;
  }
  // An encoded key is never the beginning of another; only the empty range before the first key ends early.
  return previousEnd - previous - (nextEnd - next);
}
