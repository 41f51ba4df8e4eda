/**
 * From so many entries on a decoded map is held as a list. V8 hashes integers, and on older releases digits in texts,
 * in a way that anyone can compute: eleven thousand keys chosen to share one bucket took a quarter of a second for
 * each record of 64 KB. No honest map of evidence comes near.
 */
export const LONG_MAP = 129;

/**
 * A map that looks its keys up one by one and is otherwise read from first to last; it cannot be changed. Whoever makes
 * one answers for the keys being different.
 */
export class LongMap<K, V> extends Map<K, V> {
  readonly #entries: readonly (readonly [K, V])[];

  constructor(entries: readonly (readonly [K, V])[]) {
    super();
    this.#entries = entries;
  }

  override get size(): number {
    return this.#entries.length;
  }

  override get(key: K): V | undefined {
    return this.#entries.find(([own]) => own === key)?.[1];
  }

  override has(key: K): boolean {
    return this.#entries.some(([own]) => own === key);
  }

  override set(): never {
    throw new TypeError('a long map cannot be changed');
  }

  override delete(): never {
    throw new TypeError('a long map cannot be changed');
  }

  override clear(): never {
    throw new TypeError('a long map cannot be changed');
  }

  override forEach(visit: (value: V, key: K, map: Map<K, V>) => void, self?: unknown): void {
    for (const [key, value] of this.#entries) visit.call(self, value, key, this);
  }

  override *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#entries) yield [key, value];
  }

  override *keys(): MapIterator<K> {
    for (const [key] of this.#entries) yield key;
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.#entries) yield value;
  }

  override [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

/** The map of these entries, whose keys are all different. */
export function mapOf<K, V>(entries: readonly (readonly [K, V])[]): Map<K, V> {
  return entries.length < LONG_MAP ? new Map(entries) : new LongMap(entries);
}
