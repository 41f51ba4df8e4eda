import type { CborValue } from '../codec/cbor.js';
import { compareBytes, toHex } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';

export const MAX_SEEN = 64;
export const MAX_ANCHORS = 16;
export const LINK_VERSION = 1;

/** Where a record stands: in its key's chain about its subject, in its key's lane, and what its signer held. */
export interface RecordLink {
  readonly version: 1;
  /** 0, 1, 2, … within (kid, sub). */
  readonly seq: number;
  /** Statement hash of the record of seq − 1; null for seq 0. */
  readonly prev: string | null;
  /** Ids, strictly ascending. */
  readonly seen: readonly string[];
  /** Statement hash of the key's newest record about any subject; null for its first. */
  readonly lane: string | null;
  /** SHA-256 of tokens and notes held when signing, strictly ascending. */
  readonly anchors: readonly string[];
}

export interface LinkFault {
  readonly code: CheckCode;
  /** Element of the array; null for the array as a whole. */
  readonly element: number | null;
}

export type LinkResult =
  | { readonly kind: 'link'; readonly link: RecordLink; readonly faults: readonly LinkFault[] }
  | { readonly kind: 'unsupported'; readonly version: number }
  | { readonly kind: 'malformed'; readonly faults: readonly LinkFault[] };

/** Strictly ascending byte strings hold no value twice. */
export function isAscending(values: readonly Uint8Array[]): boolean {
  for (let i = 1; i < values.length; i += 1) {
    if (compareBytes(values[i - 1]!, values[i]!) >= 0) return false;
  }
  return true;
}

function hash(value: CborValue | undefined): string | null {
  return value instanceof Uint8Array && value.length === 32 ? toHex(value) : null;
}

function hashes(value: CborValue | undefined, most: number): string[] | null {
  if (!Array.isArray(value) || value.length > most) return null;
  const found: string[] = [];
  for (const entry of value) {
    const text = hash(entry);
    // Lowercase hex sorts as the bytes do.
    if (text === null || (found.length > 0 && found[found.length - 1]! >= text)) return null;
    found.push(text);
  }
  return found;
}

/** Reads header label -70001: [1, seq, prev / null, [* seen], lane / null, [* anchor]]. */
export function readLink(value: CborValue | undefined): LinkResult {
  if (!Array.isArray(value)) return { kind: 'malformed', faults: [{ code: 'link.shape', element: null }] };
  const [version, seq, prevValue, seenValue, laneValue, anchorsValue] = value as readonly CborValue[];
  if (typeof version !== 'number' && typeof version !== 'bigint') {
    return { kind: 'malformed', faults: [{ code: 'link.shape', element: 0 }] };
  }
  if (version !== LINK_VERSION) {
    return version >= 0
      ? { kind: 'unsupported', version: Number(version) }
      : { kind: 'malformed', faults: [{ code: 'link.shape', element: 0 }] };
  }
  const faults: LinkFault[] = [];
  const shape = (index: number): void => void faults.push({ code: 'link.shape', element: index });
  if (value.length !== 6) faults.push({ code: 'link.shape', element: null });
  const seqHolds = typeof seq === 'number' && seq >= 0 && seq <= Number.MAX_SAFE_INTEGER;
  if (!seqHolds) shape(1);
  const prev = hash(prevValue);
  if (prev === null && prevValue !== null) shape(2);
  const seen = hashes(seenValue, MAX_SEEN);
  if (seen === null) shape(3);
  const lane = hash(laneValue);
  if (lane === null && laneValue !== null) shape(4);
  const anchors = hashes(anchorsValue, MAX_ANCHORS);
  if (anchors === null) shape(5);
  if (faults.length > 0 || !seqHolds || seen === null || anchors === null)
    return { kind: 'malformed', faults };
  if ((seq === 0) !== (prev === null)) faults.push({ code: 'link.seq-prev', element: 2 });
  if (lane === null && seq > 0) faults.push({ code: 'link.lane-null', element: 4 });
  return { kind: 'link', link: { version: LINK_VERSION, seq, prev, seen, lane, anchors }, faults };
}
