import { utf8Bytes } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';

/**
 * JSON with the members of every object in code-unit order and no white space: one text for one value. Values hold no
 * fractions, so this is the form of RFC 8785. Throws TypeError for what JSON cannot hold exactly.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isSafeInteger(value))
        throw new TypeError(`canonical JSON has whole numbers only, not ${value}`);
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
  }
}

function list(values: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i += 1)
    text += i === 0 ? canonicalJson(values[i]) : `,${canonicalJson(values[i])}`;
  return `${text}]`;
}

function members(object: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(object);
  if (!isSorted(keys)) keys.sort();
  let text = '{';
  for (const key of keys) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text === '{' ? '' : ','}${quoted(key)}:${canonicalJson(value)}`;
  }
  return `${text}}`;
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i += 1) if (keys[i - 1]! > keys[i]!) return false;
  return true;
}

/** Plain text, which nearly all of a finding is, needs no escapes. */
function quoted(text: string): string {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code > 0x7e) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** SHA-256 of a name that keeps kinds of digests apart, a zero byte and the canonical JSON. */
export function digestOfValue(domain: string, value: unknown): string {
  return digestOfText(domain, canonicalJson(value));
}

// Nearly all texts fit; three bytes are the most that one code unit takes.
const scratch = new Uint8Array(1 << 18);
const encoder = new TextEncoder();

/** The same where the canonical text is at hand. */
export function digestOfText(domain: string, canonical: string): string {
  const start = `${domain}\u0000`;
  if (3 * (start.length + canonical.length) > scratch.length) return sha256Hex(utf8Bytes(start + canonical));
  const { written } = encoder.encodeInto(start, scratch);
  const rest = encoder.encodeInto(canonical, scratch.subarray(written));
  return sha256Hex(scratch.subarray(0, written + rest.written));
}
