import { fromHex, toHex } from '../codec/hex.js';
import { formatInstant, parseInstant } from '../codec/instant.js';
import { GoodOrderError } from '../errors.js';

/** A value of JSON or YAML. */
export type WrittenValue =
  | null
  | boolean
  | number
  | string
  | readonly WrittenValue[]
  | { readonly [key: string]: WrittenValue };

const TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}/;

/**
 * Payload values as people write them in a draft or a scenario, turned into the values that are signed:
 * a time with its offset (`2026-08-28T09:05:00+08:00`) becomes {utcS, offsetMin}; `hex:…` becomes bytes; `sha256:…`
 * becomes a digest of something outside, [-16, bytes]; `text:…` is what follows, where a text would look like one of
 * these. Everything else stays as it is; the record's schema decides whether it fits.
 *
 * @throws GoodOrderError `draft.malformed` with the path of the value
 */
export function fromWritten(value: WrittenValue, path = ''): unknown {
  if (typeof value === 'string') return textValue(value, path);
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new GoodOrderError(
      'draft.malformed',
      `\`${value}\` is not a whole number that can be held exactly`,
      { path },
    );
  }
  if (Array.isArray(value)) return value.map((item, index) => fromWritten(item, `${path}[${index}]`));
  if (typeof value === 'object' && value !== null) {
    const out: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, member] of Object.entries(value)) {
      out[key] = fromWritten(member as WrittenValue, path === '' ? key : `${path}.${key}`);
    }
    return out;
  }
  return value;
}

function textValue(text: string, path: string): unknown {
  if (text.startsWith('text:')) return text.slice(5);
  if (text.startsWith('hex:')) return bytesOf(text.slice(4), path);
  if (text.startsWith('sha256:')) {
    const bytes = bytesOf(text.slice(7), path);
    if (bytes.length !== 32)
      throw new GoodOrderError('draft.malformed', 'a SHA-256 has 64 hex digits', { path });
    return [-16, bytes];
  }
  if (!TIME.test(text)) return text;
  try {
    return parseInstant(text);
  } catch (error) {
    throw new GoodOrderError(
      'draft.malformed',
      `\`${text}\` is not a time with its offset, as in 2026-08-28T09:05:00+08:00`,
      { path },
      error,
    );
  }
}

function bytesOf(hex: string, path: string): Uint8Array {
  try {
    return fromHex(hex);
  } catch (error) {
    throw new GoodOrderError('draft.malformed', `\`${hex}\` is not lowercase hex`, { path }, error);
  }
}

function isInstant(value: object): value is { utcS: number; offsetMin: number } {
  const keys = Object.keys(value);
  return keys.length === 2 && 'utcS' in value && 'offsetMin' in value;
}

/** The reverse of `fromWritten`, for people and JSON; a private value that is not at hand reads `{"hidden": true}`. */
export function toWritten(value: unknown): WrittenValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') {
    return TIME.test(value) || /^(text|hex|sha256):/.test(value) ? `text:${value}` : value;
  }
  if (value instanceof Uint8Array) return `hex:${toHex(value)}`;
  if (Array.isArray(value)) {
    if (value.length === 2 && value[0] === -16 && value[1] instanceof Uint8Array)
      return `sha256:${toHex(value[1])}`;
    return value.map((item) => toWritten(item));
  }
  if (value instanceof Map)
    return toWritten(Object.fromEntries([...value].map(([k, v]) => [String(k), v as unknown])));
  if (typeof value === 'object') {
    if (isInstant(value)) return formatInstant(value.utcS, value.offsetMin);
    const out: Record<string, WrittenValue> = {};
    for (const key of Object.keys(value)) {
      Object.defineProperty(out, key, {
        value: toWritten((value as Record<string, unknown>)[key]),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return out;
  }
  throw new TypeError(`a payload holds no ${typeof value}`);
}
