import { readHead } from './cbor-head.js';
import type { CborKey, CborValue } from './cbor-value.js';
import { mapOf } from './long-map.js';

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes one item of the profile that holds a map too long for the codec, which would build a JavaScript `Map` of it
 * (long-map.ts). The bytes have passed the scanner, so nothing is checked again.
 */
export function decodeLong(bytes: Uint8Array): CborValue {
  return new Reader(bytes).item();
}

class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  item(): CborValue {
    const start = this.#at;
    const { major, argument, next } = readHead(this.bytes, start)!;
    this.#at = next;
    switch (major) {
      case 0:
        return argument === Infinity ? this.#wide(next) : argument;
      case 1:
        // −1 − (2^53 − 1) is the first that a number does not hold exactly.
        return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : -1n - this.#wide(next);
      case 2:
        return this.#content(argument).slice();
      case 3:
        return text.decode(this.#content(argument));
      case 4:
        return Array.from({ length: argument }, () => this.item());
      case 5:
        return mapOf(Array.from({ length: argument }, (): [CborKey, CborValue] => this.#entry()));
      default:
        return argument === NULL ? null : argument === TRUE;
    }
  }

  #entry(): [CborKey, CborValue] {
    const key = this.item() as CborKey;
    return [key, this.item()];
  }

  #content(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    return this.bytes.subarray(start, this.#at);
  }

  /** The eight bytes before `end`. */
  #wide(end: number): bigint {
    const { buffer, byteOffset } = this.bytes;
    return new DataView(buffer, byteOffset).getBigUint64(end - 8);
  }
}

const TRUE = 21;
const NULL = 22;
