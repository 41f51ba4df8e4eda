import { isCset82, isDigits, percentDecode, percentEncode } from './character-set.js';
import { hasGs1CheckDigit } from './check-digit.js';
import { remember } from './remember.js';

/** What a record is about. Only these URIs, and each thing has exactly one. */
export type Subject =
  | { readonly kind: 'item'; readonly uri: string; readonly gtin: string; readonly serial: string }
  | { readonly kind: 'lot'; readonly uri: string; readonly gtin: string; readonly lot: string }
  | { readonly kind: 'container'; readonly uri: string; readonly sscc: string }
  | { readonly kind: 'consignment'; readonly uri: string; readonly gsin: string }
  | { readonly kind: 'location'; readonly uri: string; readonly gln: string }
  | { readonly kind: 'uuid'; readonly uri: string; readonly uuid: string }
  | { readonly kind: 'key'; readonly uri: string; readonly kid: string };

export type SubjectCode = 'subject.dot-segment' | 'subject.not-canonical' | 'subject.check-digit';

/** A subject, or the code of why the text is none. */
export type SubjectResult =
  | { readonly ok: true; readonly subject: Subject }
  | { readonly ok: false; readonly code: SubjectCode };

export const GS1_BASE = 'https://id.gs1.org/';
export const KEY_URI = 'urn:goodorder:key:';
const UUID_URI = 'urn:uuid:';

const NOT_CANONICAL: SubjectResult = { ok: false, code: 'subject.not-canonical' };
const CHECK_DIGIT: SubjectResult = { ok: false, code: 'subject.check-digit' };
const DOT_SEGMENT: SubjectResult = { ok: false, code: 'subject.dot-segment' };

/**
 * Reads a canonical subject URI, byte by byte: never through `new URL`, which collapses a serial of `..` (also written
 * `%2e%2e`) into another path. Equality of subjects is equality of these strings.
 */
export const parseSubject: (uri: string) => SubjectResult = remember(readSubject);

function readSubject(uri: string): SubjectResult {
  if (uri.startsWith(GS1_BASE)) return parseGs1(uri);
  if (uri.startsWith(KEY_URI)) {
    const kid = uri.slice(KEY_URI.length);
    return /^[0-9a-f]{64}$/.test(kid) ? { ok: true, subject: { kind: 'key', uri, kid } } : NOT_CANONICAL;
  }
  if (uri.startsWith(UUID_URI)) {
    const uuid = uri.slice(UUID_URI.length);
    return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(uuid)
      ? { ok: true, subject: { kind: 'uuid', uri, uuid } }
      : NOT_CANONICAL;
  }
  return NOT_CANONICAL;
}

function parseGs1(uri: string): SubjectResult {
  const segments = uri.slice(GS1_BASE.length).split('/', 6);
  for (const segment of segments) {
    const decoded = percentDecode(segment);
    if (decoded === '.' || decoded === '..') return DOT_SEGMENT;
  }
  const [ai, key, qualifier, value] = segments;
  if (key === undefined) return NOT_CANONICAL;
  if (segments.length === 2) {
    if (ai === '00') return keyed(key, 18, { kind: 'container', uri, sscc: key });
    if (ai === '402') return keyed(key, 17, { kind: 'consignment', uri, gsin: key });
    if (ai === '414') return keyed(key, 13, { kind: 'location', uri, gln: key });
    return NOT_CANONICAL;
  }
  if (segments.length !== 4 || ai !== '01' || value === undefined) return NOT_CANONICAL;
  const clear = canonicalValue(value);
  if (clear === null) return NOT_CANONICAL;
  if (qualifier === '21') return keyed(key, 14, { kind: 'item', uri, gtin: key, serial: clear });
  if (qualifier === '10') return keyed(key, 14, { kind: 'lot', uri, gtin: key, lot: clear });
  return NOT_CANONICAL;
}

function keyed(digits: string, length: number, subject: Subject): SubjectResult {
  if (digits.length !== length || !isDigits(digits)) return NOT_CANONICAL;
  return hasGs1CheckDigit(digits) ? { ok: true, subject } : CHECK_DIGIT;
}

/** A serial or lot in its one spelling: 1 to 20 characters of set 82, encoded exactly as `percentEncode` does. */
function canonicalValue(encoded: string): string | null {
  const value = percentDecode(encoded);
  if (value === null || value.length < 1 || value.length > 20 || !isCset82(value)) return null;
  return percentEncode(value) === encoded ? value : null;
}

/** The URI under which statements about a key are made. */
export function keyUri(kid: string): string {
  return KEY_URI + kid;
}
