/** Adds what is a number, joins what is a list, keeps the rest of the first, deeply. */
export function addInto(sum: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(more)) {
    const had = sum[key];
    if (had === undefined) sum[key] = structuredClone(value);
    else if (typeof had === 'number') sum[key] = had + (value as number);
    else if (Array.isArray(had)) had.push(...(value as unknown[]));
    else if (typeof had === 'object' && had !== null)
      addInto(had as Record<string, unknown>, value as Record<string, unknown>);
  }
}

/** `12 x, 3 y`, most first. */
export function counted(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return entries.map(([name, count]) => `${count} ${name}`).join(', ');
}

/** Bits as `0–63, 80`. */
export function spans(bits: readonly number[]): string {
  const found: [number, number][] = [];
  for (const bit of bits) {
    const last = found.at(-1);
    if (last !== undefined && bit === last[1] + 1) last[1] = bit;
    else found.push([bit, bit]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

export function* slices(
  from: number,
  count: number,
  size: number,
): Iterable<{ from: number; count: number }> {
  for (let at = 0; at < count; at += size) yield { from: from + at, count: Math.min(size, count - at) };
}
