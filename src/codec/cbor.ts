import { Decoder, Encoder, type Options } from '#cbor-x';
import { GoodOrderError } from '../errors.js';
import type { CborFaultCode } from './cbor-fault.js';
import { encodeHead } from './cbor-head.js';
import { type ItemTraits, MAX_DEPTH, MAX_ITEM_LENGTH, newScanReport, scanWhole } from './cbor-scan.js';
import type { CborKey, CborValue } from './cbor-value.js';
import { decodeLong } from './decode-long.js';
import { compareBytes, concatBytes, equalBytes, utf8Bytes } from './hex.js';
import { LONG_MAP, mapOf } from './long-map.js';
import { isProfileText } from './text.js';

export type { CborKey, CborValue } from './cbor-value.js';

// The only door to cbor-x. It never sees bytes that the scanner has not accepted, nor a value that was not put into
// the profile's order first; what it would do with tags, records, floats or duplicate keys therefore cannot matter.
// `#cbor-x` (package.json, `imports`) is the plain build on Node and the one without `new Function` elsewhere.

/** How long an item may be. */
export interface DecodeOptions {
  /** Longest item accepted, in bytes. Default 65,535. */
  readonly maxLength?: number;
}

const OPTIONS: Options = {
  useRecords: false,
  mapsAsObjects: false,
  variableMapSize: true,
  tagUint8Array: false,
  copyBuffers: true,
};
// `int64AsNumber` is missing from cbor-x's types. Exact here: the scanner tells which items hold wider integers.
interface BoundedDecoder {
  decode(source: Uint8Array, end: number): CborValue;
}
const narrowDecoder = new Decoder({ ...OPTIONS, int64AsNumber: true } as Options);
const wideDecoder = new Decoder(OPTIONS);
const encoder = new Encoder(OPTIONS);
const report = newScanReport();
const scratch = new Uint8Array(MAX_ITEM_LENGTH);

/**
 * The value of exactly one item of the profile. Maps come back as `Map`, byte strings as copies. Throws GoodOrderError
 * with a `cbor.*` code and the byte offset.
 */
export function decodeCbor(bytes: Uint8Array, options: DecodeOptions = {}): CborValue {
  const { length } = bytes;
  const maxLength = options.maxLength ?? MAX_ITEM_LENGTH;
  if (length > maxLength) throw refused('cbor.too-long', 0);
  // A private copy: the bytes cannot change between scan and decode, and cbor-x hangs a DataView on the array that it
  // is given. One scratch array for all, because allocating costs as much as scanning; byte strings are copied out.
  const own = length <= scratch.length ? scratch : new Uint8Array(bytes);
  if (own === scratch) scratch.set(bytes);
  if (!scanWhole(own, 0, length, maxLength, report)) {
    throw refused(report.code, report.offset);
  }
  return decodeOwn(own, length, report);
}

/**
 * The value of an item that a scan accepted, for a reader that scans a record once and owns its bytes: what the scan
 * saw of it comes along, and nothing is checked again.
 */
export function decodeScanned(bytes: Uint8Array, seen: ItemTraits): CborValue {
  const { length } = bytes;
  if (length > scratch.length) return decodeOwn(new Uint8Array(bytes), length, seen);
  scratch.set(bytes);
  return decodeOwn(scratch, length, seen);
}

function decodeOwn(own: Uint8Array, length: number, { longMap, wideInteger }: ItemTraits): CborValue {
  if (longMap) return decodeLong(own.subarray(0, length));
  // cbor-x reads up to an end given as second argument, which its types leave out.
  const decoder = (wideInteger ? wideDecoder : narrowDecoder) as BoundedDecoder;
  const value = decoder.decode(own, length);
  return wideInteger ? narrowIntegers(value) : value;
}

function refused(code: CborFaultCode, offset: number): GoodOrderError {
  return new GoodOrderError(code, 'not an item of the deterministic CBOR profile', { offset });
}

/** cbor-x gives every integer of an eight-byte head as a bigint; those that a number holds exactly become numbers. */
function narrowIntegers(value: CborValue): CborValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof Map) {
    const narrowed = new Map<CborKey, CborValue>();
    for (const [key, item] of value) narrowed.set(narrowIntegers(key) as CborKey, narrowIntegers(item));
    return narrowed;
  }
  return Array.isArray(value) ? value.map(narrowIntegers) : value;
}

/**
 * The one deterministic encoding (RFC 8949 §4.2.1) of a value of the profile. Throws TypeError for a value of another
 * kind (undefined, a plain object, a symbol), RangeError for one outside the profile (a fraction, an integer beyond
 * 64 bits, a refused character, a lone surrogate, more than 32 levels, two keys of one encoding).
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const found = { pieces: false };
  const ordered = order(value, 1, found);
  return found.pieces ? encodeInPieces(ordered) : encodeWhole(ordered);
}

// encode() returns a view of a buffer that cbor-x goes on writing to: copy.
function encodeWhole(value: CborValue): Uint8Array {
  return new Uint8Array(encoder.encode(value));
}

/** −2^64 is the one integer of the profile for which cbor-x writes a bignum tag: its head is written here. */
const LOWEST = -(2n ** 64n);
const LOWEST_BYTES = Uint8Array.of(0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

function encodeInPieces(value: CborValue): Uint8Array {
  if (value === LOWEST) return LOWEST_BYTES.slice();
  if (Array.isArray(value)) return concatBytes(encodeHead(4, value.length), ...value.map(encodeInPieces));
  if (value instanceof Map) {
    const pieces = [encodeHead(5, value.size)];
    for (const [key, item] of value) pieces.push(encodeInPieces(key), encodeInPieces(item));
    return concatBytes(...pieces);
  }
  return encodeWhole(value);
}

/** Set where cbor-x cannot write the value as a whole: it holds −2^64, or a map that is too long for a `Map`. */
interface Found {
  pieces: boolean;
}

/** The value as cbor-x must get it: integers in the type that it writes in shortest form, map keys in order. */
function order(value: unknown, depth: number, found: Found): CborValue {
  if (depth > MAX_DEPTH) throw new RangeError(`CBOR: more than ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      if (!isProfileText(value))
        throw new RangeError('CBOR: text holds a lone surrogate or a refused character');
      return value;
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError(`CBOR: expected an integer, got ${value}`);
      return shortestInteger(BigInt(value), found);
    case 'bigint':
      return shortestInteger(value, found);
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return value;
      if (Array.isArray(value)) return Array.from(value, (item) => order(item, depth + 1, found));
      if (value instanceof Map) return orderMap(value, depth, found);
  }
  throw new TypeError(`CBOR: cannot encode a value of type ${typeof value}`);
}

function shortestInteger(value: bigint, found: Found): number | bigint {
  if (value >= 2n ** 64n || value < LOWEST) throw new RangeError('CBOR: integer beyond 64 bits');
  if (value === LOWEST) found.pieces = true;
  // cbor-x writes a number of up to 32 bits in shortest form, any larger one as a float, a bigint always in 8 bytes.
  return value < 2n ** 32n && value >= -(2n ** 32n) ? Number(value) : value;
}

function orderMap(map: Map<unknown, unknown>, depth: number, found: Found): CborValue {
  const entries: { key: CborKey; encoded: Uint8Array; item: unknown }[] = [];
  for (const [given, item] of map) {
    const key = order(given, depth + 1, found);
    if (typeof key !== 'number' && typeof key !== 'bigint' && typeof key !== 'string') {
      throw new TypeError('CBOR: a map key is an integer or a text');
    }
    entries.push({ key, encoded: encodeKey(key), item });
  }
  entries.sort((a, b) => compareBytes(a.encoded, b.encoded));
  for (let i = 1; i < entries.length; i++) {
    // 1 and 1n are two keys of a Map and one key of CBOR.
    if (equalBytes(entries[i - 1]!.encoded, entries[i]!.encoded)) {
      throw new RangeError('CBOR: two map keys have one encoding');
    }
  }
  if (entries.length >= LONG_MAP) found.pieces = true;
  return mapOf(entries.map(({ key, item }): [CborKey, CborValue] => [key, order(item, depth + 1, found)]));
}

function encodeKey(key: CborKey): Uint8Array {
  if (typeof key === 'string') {
    const text = utf8Bytes(key);
    return concatBytes(encodeHead(3, text.length), text);
  }
  return encodeInPieces(key);
}
