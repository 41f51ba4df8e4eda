import { toHex } from '../codec/hex.js';
import { isHidden } from '../record/private-fields.js';

/** An instant as records state it: seconds UTC and the local offset beside it, minutes east. */
export interface StatedInstant {
  readonly utcS: number;
  readonly offsetMin: number;
}

/** What a record says its matter took: one instant, or a span. */
export interface StatedSpan {
  readonly from: StatedInstant;
  readonly to: StatedInstant;
}

export type Fields = Readonly<Record<string, unknown>>;

// Payloads have passed their schema, but a newer revision may put another shape behind a known key. What does not have
// the expected shape is read as absent, so that a record says less, never something else.

export function mapOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (value instanceof Uint8Array || value instanceof Map || isHidden(value)) return null;
  return value as Fields;
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export function mapAt(fields: Fields, key: string): Fields | null {
  return mapOf(own(fields, key));
}

export function textAt(fields: Fields, key: string): string | null {
  const value = own(fields, key);
  return typeof value === 'string' ? value : null;
}

/** The text, if it is one of the words. */
export function wordAt<W extends string>(fields: Fields, key: string, words: readonly W[]): W | null {
  const value = own(fields, key);
  return words.find((word) => word === value) ?? null;
}

/** An integer that a number holds exactly; a bigint or anything else is null. */
export function integerAt(fields: Fields, key: string): number | null {
  const value = own(fields, key);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

export function flagAt(fields: Fields, key: string): boolean | null {
  const value = own(fields, key);
  return typeof value === 'boolean' ? value : null;
}

const NOTHING: readonly never[] = [];

export function listAt(fields: Fields, key: string): readonly unknown[] {
  const value = own(fields, key);
  return Array.isArray(value) ? value : NOTHING;
}

/** The maps of a list; other members are left out. */
export function mapsAt(fields: Fields, key: string): readonly Fields[] {
  const list = listAt(fields, key);
  if (list.length === 0) return NOTHING;
  return list.map(mapOf).filter((member) => member !== null);
}

/** The texts of a list; other members (hidden ones among them) are left out. */
export function textsAt(fields: Fields, key: string): readonly string[] {
  const list = listAt(fields, key);
  return list.length === 0 ? NOTHING : list.filter((member) => typeof member === 'string');
}

/** A record id, hex. */
export function recordIdAt(fields: Fields, key: string): string | null {
  const value = own(fields, key);
  return value instanceof Uint8Array && value.length === 32 ? toHex(value) : null;
}

export function instantAt(fields: Fields, key: string): StatedInstant | null {
  const value = mapAt(fields, key);
  if (value === null) return null;
  const utcS = integerAt(value, 'utcS');
  if (utcS === null) return null;
  return { utcS, offsetMin: integerAt(value, 'offsetMin') ?? 0 };
}

export function spanOf(fields: Fields): StatedSpan | null {
  const from = instantAt(fields, 'from');
  const to = instantAt(fields, 'to');
  return from === null || to === null || to.utcS < from.utcS ? null : { from, to };
}

export function atInstant(instant: StatedInstant | null): StatedSpan | null {
  return instant === null ? null : { from: instant, to: instant };
}

/** Is a part of the value private and not opened? Payloads are at most 32 levels deep. */
export function holdsHidden(value: unknown): boolean {
  if (isHidden(value)) return true;
  if (Array.isArray(value)) return value.some(holdsHidden);
  const map = mapOf(value);
  return map !== null && Object.values(map).some(holdsHidden);
}

/** One payload out of two openings of it: what either opens is open. */
export function openedByEither(a: unknown, b: unknown): unknown {
  if (isHidden(a)) return b;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.map((member, index) => openedByEither(member, b[index]));
  }
  const left = mapOf(a);
  const right = mapOf(b);
  if (left === null || right === null) return a;
  const both: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(left)) both[key] = openedByEither(left[key], own(right, key));
  return both;
}
