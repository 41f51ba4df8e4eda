import { utf8Bytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';

/**
 * JSON with the members of every object in code-unit order and no white space: one text for one value. Values hold no
 * fractions, so this is the form of RFC 8785. Throws TypeError for what JSON cannot hold exactly.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new TypeError(`canonical JSON has whole numbers only, not ${value}`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
  const object = value as Readonly<Record<string, unknown>>;
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  }
  return `{${members.join(',')}}`;
}

/** SHA-256 of the canonical JSON under a name that keeps kinds of digests apart. */
export function digestOfValue(domain: string, value: unknown): string {
  return sha256Hex(utf8Bytes(`${domain}\u0000${canonicalJson(value)}`));
}
