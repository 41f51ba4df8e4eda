/** By UTF-16 code unit, the one order of texts in this product. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortedUnique(texts: Iterable<string>): readonly string[] {
  const unique = [...new Set(texts)];
  return unique.length < 2 ? unique : unique.sort(byCodeUnit);
}

/** Adds to the list of a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
