/**
 * A draft's value with every text in Normalization Form C. Text is signed by its bytes and compared by them, so one
 * spelling has to be chosen where it is typed; a verifier never normalises, since the answer changes with the Unicode
 * version of the machine.
 */
export function toNfc<T>(value: T): T {
  return normalized(value) as T;
}

function normalized(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Map)
    return value;
  const out = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value)) out[key] = normalized(member);
  return out;
}
