import { argumentAt, contentAt } from '../codec/cbor-head.js';
import { hexOfRange } from '../codec/hex.js';
import { internAscii, internHex } from '../codec/interned.js';
import { MAX_UTC_S } from './field-schemas.js';
import { LINK_VERSION, MAX_ANCHORS, MAX_SEEN } from './link.js';
import { RECORD_TYP } from './record.js';

/** What the header of nearly every record holds, before anybody has judged the names in it. */
export interface UsualHeader {
  readonly alg: number;
  readonly contentType: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly seq: number;
  readonly prev: string | null;
  readonly seen: readonly string[];
  readonly lane: string | null;
  readonly anchors: readonly string[];
}

const HASH = 32;
const NULL = 0xf6;
const NO_HASHES: readonly string[] = Object.freeze([]);

/**
 * Reads a header of exactly the six labels in which everything has the usual form; null for any other, which the codec
 * then reads and the rules of `record-header.ts` judge. It is a short cut and decides nothing: decoding the same few
 * texts again for every record cost a fifth of reading it. The bytes have passed the scanner.
 */
export function readUsualHeader(
  bytes: Uint8Array,
  start = 0,
  end: number = bytes.length,
): UsualHeader | null {
  return new Reader(bytes, start, end).read();
}

/** Looks past `end` where a header ends too soon, and tells at last: nothing that begins before it may end behind it. */
class Reader {
  #at: number;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    private readonly end: number,
  ) {
    this.#at = start;
  }

  read(): UsualHeader | null {
    if (!(this.#byte(0xa6) && this.#byte(0x01))) return null;
    const alg = this.#smallInteger();
    if (alg === null || !this.#byte(0x03)) return null;
    const contentType = this.#text();
    if (contentType === null) return null;
    if (!(this.#byte(0x04) && this.#byte(0x58) && this.#byte(HASH))) return null;
    if (this.end < this.#at + HASH) return null;
    const kid = internHex(this.bytes, this.#at, this.#at + HASH);
    this.#at += HASH;
    if (!(this.#byte(0x0f) && this.#byte(0xa3) && this.#byte(0x01))) return null;
    const iss = this.#text();
    if (iss === null || !this.#byte(0x02)) return null;
    const sub = this.#text();
    if (sub === null || !this.#byte(0x06)) return null;
    const iat = this.#count();
    if (iat === null || iat > MAX_UTC_S || !this.#byte(0x10)) return null;
    if (this.#text() !== RECORD_TYP) return null;
    if (!this.#linkStart()) return null;
    const seq = this.#count();
    if (seq === null) return null;
    const prevAt = this.#at;
    const prev = this.#hashOrNull();
    if (prev === undefined || (seq === 0) !== (prev === null)) return null;
    const seen = this.#hashes(MAX_SEEN);
    if (seen === null) return null;
    // A key that signs about one thing has the same record before it in chain and lane: one text for both.
    const same = prev !== null && this.#repeats(prevAt);
    const lane = same ? prev : this.#hashOrNull();
    if (lane === undefined || (lane === null && seq > 0)) return null;
    const anchors = this.#hashes(MAX_ANCHORS);
    if (anchors === null || this.#at !== this.end) return null;
    return { alg, contentType, kid, iss, sub, iat, seq, prev, seen, lane, anchors };
  }

  /** Steps over this very byte. */
  #byte(expected: number): boolean {
    if (this.bytes[this.#at] !== expected) return false;
    this.#at += 1;
    return true;
  }

  /** Steps over the label −70001 and the beginning of a link of six elements in the known version. */
  #linkStart(): boolean {
    return (
      this.#byte(0x3a) &&
      this.#byte(0x00) &&
      this.#byte(0x01) &&
      this.#byte(0x11) &&
      this.#byte(0x70) &&
      this.#byte(0x86) &&
      this.#byte(LINK_VERSION)
    );
  }

  /** An integer of one byte, as both algorithms have. */
  #smallInteger(): number | null {
    const byte = this.bytes[this.#at]!;
    if (byte >= 0x38 || (byte >= 0x18 && byte < 0x20)) return null;
    this.#at += 1;
    return byte < 0x20 ? byte : 0x1f - byte;
  }

  #count(): number | null {
    const start = this.#at;
    // Of major type 0, and below 2^32.
    if (!(this.bytes[start]! <= 0x1a)) return null;
    this.#at = contentAt(this.bytes, start);
    return this.#at > this.end ? null : argumentAt(this.bytes, start);
  }

  /** Text of printable ASCII. */
  #text(): string | null {
    const { bytes } = this;
    const first = bytes[this.#at]!;
    let start = this.#at + 1;
    let length = first - 0x60;
    if (first === 0x78) {
      length = bytes[start]!;
      start += 1;
    }
    const end = start + length;
    if (first < 0x60 || first > 0x78 || end > this.end) return null;
    this.#at = end;
    return internAscii(bytes, start, end);
  }

  /** Undefined: neither. */
  #hashOrNull(): string | null | undefined {
    const { bytes } = this;
    if (bytes[this.#at] === NULL) {
      this.#at += 1;
      return null;
    }
    const start = this.#at + 2;
    if (bytes[this.#at] !== 0x58 || bytes[this.#at + 1] !== HASH || start + HASH > this.end) return undefined;
    this.#at = start + HASH;
    return hexOfRange(bytes, start, start + HASH);
  }

  /** Strictly ascending; lowercase hex sorts as the bytes do. */
  #hashes(most: number): readonly string[] | null {
    const start = this.#at;
    // An array, with its count in one byte or two.
    if (start >= this.end || this.bytes[start]! < 0x80 || this.bytes[start]! > 0x98) return null;
    this.#at = contentAt(this.bytes, start);
    const length = argumentAt(this.bytes, start);
    // A count that is cut off is no number, and not within the limit.
    if (!(length <= most)) return null;
    if (length === 0) return NO_HASHES;
    const found: string[] = [];
    for (let count = 0; count < length; count += 1) {
      const hash = this.#hashOrNull();
      if (hash === null || hash === undefined) return null;
      if (count > 0 && found[count - 1]! >= hash) return null;
      found.push(hash);
    }
    return found;
  }

  /** Does the hash item that began at `before` stand here again? Steps over it if so. */
  #repeats(before: number): boolean {
    const { bytes } = this;
    if (this.#at + 2 + HASH > this.end) return false;
    for (let index = 0; index < 2 + HASH; index += 1) {
      if (bytes[before + index] !== bytes[this.#at + index]) return false;
    }
    this.#at += 2 + HASH;
    return true;
  }
}
