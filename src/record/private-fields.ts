import { type CborValue, decodeCbor, encodeCbor } from '../codec/cbor.js';
import { equalBytes, fromHex, isHex, toHex, utf8Bytes } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';
import { sha256 } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { GoodOrderError } from '../errors.js';
import { type FieldPath, formatPath, matchesPattern, placesOf, valueAt, withValues } from './field-path.js';
import { fromPlain, type PlainValue, toPlain } from './plain-value.js';
import type { SignedRecord } from './record.js';
import type { Fields, Hidden, PrivatePlace } from './record-type.js';
import { valueHolds } from './schema-check.js';

export const SALT_LENGTH = 16;
// The zero byte ends the label, so that no other label can begin with this one.
const FIELD_DOMAIN = utf8Bytes('goodorder/field/1\0');

/** Stands where a value is private and no opening is at hand: unknown, never false. */
export const HIDDEN: Hidden = Object.freeze({ hidden: true });

/** Is this the value of a private place whose opening is not at hand? */
export function isHidden(value: unknown): value is Hidden {
  return value === HIDDEN;
}

/** What the digest of a private field binds. */
export interface FieldToDigest {
  /** Signer's key, hex. */
  readonly kid: string;
  readonly sub: string;
  /** 16 random bytes, fresh per field. */
  readonly salt: Uint8Array;
  readonly path: FieldPath;
  readonly value: CborValue;
}

/**
 * SHA-256("goodorder/field/1" ‖ 00 ‖ cbor([kid, sub, salt, path, value])): what a record holds at a private place. Throws
 * RangeError for a salt that is not 16 bytes.
 */
export function fieldDigest({ kid, sub, salt, path, value }: FieldToDigest): Uint8Array {
  if (salt.length !== SALT_LENGTH)
    throw new RangeError(`salt: expected ${SALT_LENGTH} bytes, got ${salt.length}`);
  return sha256(FIELD_DOMAIN, encodeCbor([fromHex(kid), sub, salt, [...path], value]));
}

/** The clear value of one private place of one record; can be dropped without touching a signature. */
export interface Opening {
  /** Record id, hex. */
  readonly record: string;
  readonly path: FieldPath;
  readonly salt: Uint8Array;
  readonly value: CborValue;
}

/** [record id, path, salt, value] */
export function encodeOpening({ record, path, salt, value }: Opening): Uint8Array {
  if (!isHex(record, 32)) throw new TypeError('opening: the record id is not 64 hex digits');
  return encodeCbor([fromHex(record), [...path], salt, value]);
}

export type ReadOpening =
  | { readonly ok: true; readonly opening: Opening }
  | { readonly ok: false; readonly code: CheckCode; readonly offset?: number };

export function readOpening(bytes: Uint8Array): ReadOpening {
  let decoded: CborValue;
  try {
    decoded = decodeCbor(bytes);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const { offset } = error.place;
    const code = error.code as CheckCode;
    return offset === undefined ? { ok: false, code } : { ok: false, code, offset };
  }
  const mismatch: ReadOpening = { ok: false, code: 'field.opening-mismatch', offset: 0 };
  if (!Array.isArray(decoded) || decoded.length !== 4) return mismatch;
  const [record, path, salt, value] = decoded as readonly CborValue[];
  if (!(record instanceof Uint8Array) || record.length !== 32) return mismatch;
  if (!Array.isArray(path) || path.length === 0 || !path.every(isStep)) return mismatch;
  if (!(salt instanceof Uint8Array) || salt.length !== SALT_LENGTH || value === undefined) return mismatch;
  return { ok: true, opening: { record: toHex(record), path, salt, value } };
}

function isStep(step: CborValue): boolean {
  return typeof step === 'string' || (typeof step === 'number' && step >= 0);
}

/** A record as far as its private places matter. */
export type RecordWithPlaces = Pick<SignedRecord, 'id' | 'kid' | 'sub' | 'payload' | 'definition' | 'newer'>;

/**
 * Does the opening fit the record: the right place, the right digest, a value of the place's kind? A type or revision
 * this reader does not know may have private places it does not know, and more in those it knows; there the digest
 * alone decides.
 */
export function openingFault(record: RecordWithPlaces, opening: Opening): Diagnostic | null {
  const path = formatPath(opening.path);
  const mismatch = diagnostic('field.opening-mismatch', { record: record.id, path });
  if (opening.record !== record.id) return mismatch;
  const held = valueAt(record.payload.fields, opening.path);
  const place = record.definition?.privatePlaces.find(({ path: pattern }) =>
    matchesPattern(pattern, opening.path),
  );
  if (place === undefined && record.definition !== null && !record.newer) return mismatch;
  if (!(held instanceof Uint8Array) || held.length !== 32) return mismatch;
  const { salt, value } = opening;
  const expected = fieldDigest({ kid: record.kid, sub: record.sub, salt, path: opening.path, value });
  if (!equalBytes(held, expected)) return mismatch;
  return place !== undefined && !record.newer && !valueHolds(place.clear(), toPlain(value))
    ? diagnostic('schema.value', { record: record.id, path })
    : null;
}

export interface OpenedFields {
  /** Clear values where an opening fits, HIDDEN at every other private place. */
  readonly fields: Fields;
  /** One entry per given opening: what is wrong with it, or null. */
  readonly faults: readonly (Diagnostic | null)[];
}

/** Puts opened values in their places. Two openings for one place are a fault of the later one, whatever it says. */
export function applyOpenings(record: RecordWithPlaces, openings: readonly Opening[]): OpenedFields {
  const opened = new Map<string, { path: FieldPath; value: unknown }>();
  const taken = new Set<string>();
  const faults = openings.map((opening) => {
    const key = JSON.stringify(opening.path);
    const fault = openingFault(record, opening);
    if (taken.has(key))
      return diagnostic('field.opening-twice', { record: record.id, path: formatPath(opening.path) });
    taken.add(key);
    if (fault === null) opened.set(key, { path: opening.path, value: toPlain(opening.value) });
    return fault;
  });
  for (const path of privatePlacesIn(record.definition?.privatePlaces ?? [], record.payload.fields)) {
    const key = JSON.stringify(path);
    if (!opened.has(key)) opened.set(key, { path, value: HIDDEN });
  }
  return { fields: withValues(record.payload.fields, [...opened.values()]) as Fields, faults };
}

/** Concrete places of a payload that are private. */
export function privatePlacesIn(places: readonly PrivatePlace[], fields: Fields): readonly FieldPath[] {
  return places.flatMap(({ path }) => placesOf(fields, path));
}

/** What a signer puts beside its record for one private value. */
export interface ClosedPlace {
  readonly path: FieldPath;
  readonly salt: Uint8Array;
  readonly value: CborValue;
}

export interface ClosedFields {
  /** The draft with digests at its private places. */
  readonly fields: Fields;
  readonly places: readonly ClosedPlace[];
  /** Private places whose clear value is not of the place's kind. */
  readonly faults: readonly FieldPath[];
}

/** Replaces clear values at private places by digests; 32 bytes that stand there already are left. */
export function closePrivatePlaces(
  privatePlaces: readonly PrivatePlace[],
  fields: Fields,
  signer: { readonly kid: string; readonly sub: string },
  salt: () => Uint8Array,
): ClosedFields {
  const changes: { path: FieldPath; value: PlainValue }[] = [];
  const places: ClosedPlace[] = [];
  const faults: FieldPath[] = [];
  const salts = new Set<string>();
  for (const { path: pattern, clear } of privatePlaces) {
    for (const path of placesOf(fields, pattern)) {
      const clearValue = valueAt(fields, path);
      if (clearValue instanceof Uint8Array) continue;
      if (!valueHolds(clear(), clearValue) || !canBeWritten(clearValue)) {
        faults.push(path);
        continue;
      }
      const fresh = salt();
      // A salt used twice lets two guesses be checked at the price of one.
      if (salts.has(toHex(fresh))) throw new RangeError('salt: the same salt for two private fields');
      salts.add(toHex(fresh));
      const value = fromPlain(clearValue);
      places.push({ path, salt: fresh, value });
      changes.push({ path, value: fieldDigest({ ...signer, salt: fresh, path, value }) });
    }
  }
  return { fields: withValues(fields, changes) as Fields, places, faults };
}

/** The schema of a private value lets texts pass that the codec does not write: control characters, lone surrogates. */
function canBeWritten(value: unknown): boolean {
  try {
    encodeCbor(fromPlain(value));
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
