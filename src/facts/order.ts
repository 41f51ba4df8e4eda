/** By UTF-16 code unit, the one order of texts in this product. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortedUnique(texts: Iterable<string>): readonly string[] {
  const list = [...texts];
  return list.length < 2 ? list : inOrder([...new Set(list)], byCodeUnit);
}

/** Sorts the list itself and returns it. Nearly every list is in order already, and a sort takes memory to find out. */
export function inOrder<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  for (let i = 1; i < list.length; i += 1) {
    if (compare(list[i - 1]!, list[i]!) > 0) return list.sort(compare);
  }
  return list;
}

/** Adds to the list of a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
