import { argumentAt, contentAt } from '../codec/cbor-head.js';
import { internAscii } from '../codec/interned.js';
import { bareObject, type PlainValue } from './plain-value.js';
import type { Fields } from './record-type.js';

/** A payload's members: the revision (key 0), the fields of its type, and what is neither. */
export interface PlainPayload {
  readonly revision: PlainValue | undefined;
  readonly fields: Fields;
  /** Integer keys other than 0, which no type has. */
  readonly foreignKeys: readonly string[];
}

/**
 * Decodes a payload straight into plain values; null where a map inside it has a key that is no text, which the codec
 * then decodes. It is a short cut and decides nothing: to build maps only to make objects of them was half of reading a
 * payload. The scanner has accepted the bytes from `start` to `end` as one map, and has seen neither a wide integer nor
 * a long map in it.
 */
export function readPlainPayload(bytes: Uint8Array, start: number): PlainPayload | null {
  const reader = new Reader(bytes, start);
  const payload = reader.payload();
  return reader.isPlain ? payload : null;
}

const NO_KEYS: readonly string[] = Object.freeze([]);
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const TEXT = 3;
const TRUE = 21;
const NULL = 22;
/** Names of fields, and URIs of things and parties, come again in every record; what people write does not. */
const LONGEST_NAME = 32;
const LONGEST_URI = 96;
const H = 0x68;
const U = 0x75;

class Reader {
  isPlain = true;
  #at: number;
  /** Of the head that was read last. */
  #major = 0;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
  ) {
    this.#at = start;
  }

  payload(): PlainPayload {
    const fields = bareObject<PlainValue>();
    let foreignKeys = NO_KEYS;
    let revision: PlainValue | undefined;
    for (let left = this.#head(); left > 0; left -= 1) {
      const argument = this.#head();
      if (this.#major === TEXT) {
        const name = this.#name(argument);
        fields[name] = this.#value();
      } else {
        const key = this.#major === 0 ? argument : -1 - argument;
        const value = this.#value();
        if (key === 0) revision = value;
        else foreignKeys = [...foreignKeys, String(key)];
      }
    }
    return { revision, fields, foreignKeys };
  }

  #value(): PlainValue {
    const argument = this.#head();
    switch (this.#major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        this.#at += argument;
        return this.bytes.slice(this.#at - argument, this.#at);
      case TEXT:
        return this.#text(argument);
      case 4: {
        const items: PlainValue[] = [];
        for (let left = argument; left > 0; left -= 1) items.push(this.#value());
        return items;
      }
      case 5:
        return this.#map(argument);
      default:
        return argument === NULL ? null : argument === TRUE;
    }
  }

  #map(size: number): PlainValue {
    const fields = bareObject<PlainValue>();
    for (let left = size; left > 0; left -= 1) {
      const argument = this.#head();
      if (this.#major === TEXT) {
        const name = this.#name(argument);
        fields[name] = this.#value();
      } else {
        // Read on all the same: the next head begins behind this value.
        this.isPlain = false;
        this.#value();
      }
    }
    return fields;
  }

  /** The argument of the head that begins here. */
  #head(): number {
    const start = this.#at;
    this.#major = this.bytes[start]! >> 5;
    this.#at = contentAt(this.bytes, start);
    return argumentAt(this.bytes, start);
  }

  #name(length: number): string {
    if (length > LONGEST_NAME) return this.#freshText(length);
    const name = internAscii(this.bytes, this.#at, this.#at + length);
    if (name === null) return this.#freshText(length);
    this.#at += length;
    return name;
  }

  #text(length: number): string {
    const first = this.bytes[this.#at];
    if (length <= LONGEST_URI && (first === H || first === U)) {
      const uri = internAscii(this.bytes, this.#at, this.#at + length);
      if (uri !== null) {
        this.#at += length;
        return uri;
      }
    }
    return this.#freshText(length);
  }

  #freshText(length: number): string {
    this.#at += length;
    return text.decode(this.bytes.subarray(this.#at - length, this.#at));
  }
}
