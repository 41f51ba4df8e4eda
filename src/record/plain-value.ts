import type { CborKey, CborValue } from '../codec/cbor.js';
import { mapOf } from '../codec/long-map.js';

/** A decoded payload value: maps with text keys are null-prototype objects, any other map stays a Map. */
export type PlainValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }
  | ReadonlyMap<number | bigint | string, PlainValue>;

/**
 * A decoded value as records are read: a map whose keys are all text becomes an object without a prototype, so that
 * `__proto__` is a key like any other; a map with an integer key stays a `Map`, because 1 and "1" differ.
 */
export function toPlain(value: CborValue): PlainValue {
  if (value instanceof Map) return mapToPlain(value);
  if (Array.isArray(value)) {
    const plain: PlainValue[] = [];
    for (const item of value) plain.push(toPlain(item));
    return plain;
  }
  return value as PlainValue;
}

function mapToPlain(map: ReadonlyMap<CborKey, CborValue>): PlainValue {
  for (const key of map.keys()) {
    if (typeof key !== 'string') {
      return mapOf(Array.from(map, ([each, item]): [CborKey, PlainValue] => [each, toPlain(item)]));
    }
  }
  const plain = bareObject<PlainValue>();
  map.forEach((item, key) => {
    plain[key as string] = toPlain(item);
  });
  return plain;
}

/**
 * An empty object without a prototype. `Object.create(null)` makes one too, but as a hash table of three times the
 * size: with a thousand records the collector has that much more to carry about.
 */
export function bareObject<T>(): Record<string, T> {
  return Object.setPrototypeOf({}, null) as Record<string, T>;
}

/** Back to what the codec encodes. Entries that are undefined are left out; anything else foreign is a TypeError there. */
export function fromPlain(value: unknown): CborValue {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (value instanceof Map) {
    return mapOf(Array.from(value, ([key, item]): [CborKey, CborValue] => [key, fromPlain(item)]));
  }
  if (isPlainMap(value)) {
    const map = new Map<CborKey, CborValue>();
    for (const key of Object.keys(value)) {
      if (value[key] !== undefined) map.set(key, fromPlain(value[key]));
    }
    return map;
  }
  return value as CborValue;
}

/** An object that stands for a map with text keys: of no class, so that no date or buffer passes for one. */
export function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
