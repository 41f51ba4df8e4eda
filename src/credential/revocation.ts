import { toHex } from '../codec/hex.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { SignedRecord } from '../record/record.js';
import type { KeyEvent } from '../record/types/key-event.js';
import type { TrustFile } from './trust-file.js';

/** A key-event record whose signature verified. Hex and seconds UTC. */
export interface SignedKeyEvent {
  readonly record: string;
  /** kid of its signer. */
  readonly signer: string;
  /** kid of the key it is about. */
  readonly key: string;
  readonly action: 'rotate' | 'revoke';
  readonly suspectFrom: number | null;
  readonly lastGood: string | null;
  readonly nextKey: string | null;
}

/** What stands against a key, after the rules on whose word counts. */
export interface Revocation {
  readonly key: string;
  /** `self`: its holder's own word, by the key or the one it had committed to. It never helps the holder. */
  readonly by: 'trust-file' | 'issuer' | 'self';
  /** Seconds UTC: the earliest that counts. */
  readonly suspectFrom: number;
  /** Records that stay good with their ancestors, named by the events that state this instant. */
  readonly lastGood: readonly string[];
  /** Ids of those events, ascending; none when only the trust file states it. */
  readonly events: readonly string[];
}

export interface Revocations {
  readonly byKey: ReadonlyMap<string, Revocation>;
  /** Records that speak about their own signer's key: a revocation does not dispute itself. */
  readonly ownEvents: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RevocationInput {
  readonly events: readonly SignedKeyEvent[];
  readonly trust: TrustFile | null;
  /** Keys above this one on a path that ends in the trust file (`Authorities.issuersOf`). */
  issuersOf(kid: string): ReadonlySet<string>;
  /** Is the record in the file, with a signature that verified? */
  isPresent(record: string): boolean;
}

/** The key-event a record is, or null. */
export function keyEventOf(record: SignedRecord): SignedKeyEvent | null {
  if (record.type !== 'key-event' || record.definition === null) return null;
  const { key, action, suspectFrom, lastGood, nextKey } = record.payload.fields as KeyEvent;
  return {
    record: record.id,
    signer: record.kid,
    key: toHex(key),
    action,
    suspectFrom: suspectFrom?.utcS ?? null,
    lastGood: lastGood === undefined ? null : toHex(lastGood),
    nextKey: nextKey === undefined ? null : toHex(nextKey),
  };
}

/**
 * Which keys are revoked, from when, and by whom. Entitled are the key itself, the next key that a rotation signed by
 * it committed to, an issuer above it, and the trust file; anybody else's event has no effect. An issuer's or the trust
 * file's word replaces the holder's own; among words of one rank the earliest suspectFrom counts. Events of a key that
 * is itself in dispute keep their effect: to doubt too much gives INDETERMINATE, to doubt too little a wrong pass.
 */
export function findRevocations({ events, trust, issuersOf, isPresent }: RevocationInput): Revocations {
  const nextKeys = committedKeys(events);
  const stated = new Map<string, { own: Word[]; above: Word[] }>();
  const wordsOn = (key: string): { own: Word[]; above: Word[] } => {
    const words = stated.get(key) ?? { own: [], above: [] };
    stated.set(key, words);
    return words;
  };
  const diagnostics: Diagnostic[] = [];
  const ownEvents = new Set<string>();
  const issuers = new Map<string, ReadonlySet<string>>();
  for (const event of events) {
    const { record, signer, key, suspectFrom, lastGood } = event;
    const own = signer === key || nextKeys.get(key)?.has(signer) === true;
    const aboveKey = issuers.get(key) ?? issuersOf(key);
    issuers.set(key, aboveKey);
    const above = aboveKey.has(signer);
    if (!own && !above) {
      diagnostics.push(diagnostic('keyevent.not-entitled', { record }, { key, signer }));
      continue;
    }
    if (signer === key) ownEvents.add(record);
    if (event.action !== 'revoke' || suspectFrom === null) continue;
    if (lastGood !== null && !isPresent(lastGood)) {
      diagnostics.push(diagnostic('keyevent.last-good-absent', { record }, { key, lastGood }));
    }
    const words = wordsOn(key);
    (above ? words.above : words.own).push({ by: above ? 'issuer' : 'self', suspectFrom, lastGood, record });
  }
  for (const [key, suspectFrom] of trust?.revoked ?? []) {
    wordsOn(key).above.push({ by: 'trust-file', suspectFrom, lastGood: null, record: null });
  }
  const byKey = new Map<string, Revocation>();
  for (const [key, { own, above }] of stated) {
    const words = above.length > 0 ? above : own;
    if (words.length > 0) byKey.set(key, governing(key, words));
  }
  return { byKey, ownEvents, diagnostics };
}

/**
 * How far a record is in dispute; null when it stands. Codes of the trust axis, INDETERMINATE both. `isUpTo`: is the
 * record one of the last good ones or an ancestor of one?
 */
export function recordDispute(
  record: { readonly id: string; readonly kid: string; readonly upper: number },
  { byKey, ownEvents }: Revocations,
  isUpTo: (record: string, lastGood: readonly string[]) => boolean,
): { readonly code: 'key.disputed' | 'key.self-disputed'; readonly revocation: Revocation } | null {
  const revocation = byKey.get(record.kid);
  if (revocation === undefined || ownEvents.has(record.id)) return null;
  if (record.upper <= revocation.suspectFrom) return null;
  if (isUpTo(record.id, revocation.lastGood)) return null;
  return { code: revocation.by === 'self' ? 'key.self-disputed' : 'key.disputed', revocation };
}

/** A credential of a revoked key counts only if it is proven to be older than the suspicion. */
export function isCredentialDisputed(issuer: string, upper: number, { byKey }: Revocations): boolean {
  const revocation = byKey.get(issuer);
  return revocation !== undefined && upper > revocation.suspectFrom;
}

interface Word {
  readonly by: Revocation['by'];
  readonly suspectFrom: number;
  readonly lastGood: string | null;
  readonly record: string | null;
}

function governing(key: string, words: readonly Word[]): Revocation {
  const suspectFrom = words.reduce(
    (earliest, word) => Math.min(earliest, word.suspectFrom),
    Number.POSITIVE_INFINITY,
  );
  const first = words.filter((word) => word.suspectFrom === suspectFrom);
  const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);
  return {
    key,
    by: first.some(({ by }) => by === 'trust-file') ? 'trust-file' : (first[0] as Word).by,
    suspectFrom,
    lastGood: [...new Set(present(first.map(({ lastGood }) => lastGood)))].sort(),
    events: present(first.map(({ record }) => record)).sort(),
  };
}

/**
 * For each key the next keys that it committed to itself. Whether the rotation came before is not asked: both words are
 * the holder's own, and the holder's own word never helps the holder.
 */
function committedKeys(events: readonly SignedKeyEvent[]): Map<string, Set<string>> {
  const committed = new Map<string, Set<string>>();
  for (const { action, signer, key, nextKey } of events) {
    if (action !== 'rotate' || signer !== key || nextKey === null) continue;
    const keys = committed.get(key);
    if (keys === undefined) committed.set(key, new Set([nextKey]));
    else keys.add(nextKey);
  }
  return committed;
}
