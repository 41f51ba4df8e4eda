import { toHex } from '../codec/hex.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import { type Checkpoint, isTextFault, parseCheckpoint } from './checkpoint.js';
import type { LogPolicy } from './log-policy.js';
import { quorumTime } from './quorum.js';
import { isNoteFault, parseNote, type SignedNote } from './signed-note.js';
import { isSubjectAnswer, parseSubjectAnswer, type SubjectAnswer } from './subject-answer.js';
import type { TreeCosignatureVerifier } from './subtree-cosignature.js';
import { lineId, verifyNoteLines } from './verify-note.js';

/** The last instant of year 9999, the end of every time this format states. */
const LAST_INSTANT = 253_402_300_799;

/** What the signed text says. */
export type NoteStatement =
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'subject-answer'; readonly answer: SubjectAnswer };

/** A witness whose type 04 or 06 line verified, with the earliest time it gave in this note. */
export interface NoteWitness {
  readonly name: string;
  /** Hex, 64 digits (Ed25519) or 2,624 (ML-DSA-44): what a quorum counts, and whom an equivocation names. */
  readonly publicKey: string;
  readonly time: number;
}

/**
 * A note against one log policy. `ok`: signed by a log of the policy whose name is the origin, and no known line fails;
 * only then may it prove inclusion or a time. `void`: a known key's line fails. `untrusted`: no log of the policy
 * signed it. `malformed`: no note, or its text is neither checkpoint nor subject answer.
 */
export interface EvaluatedNote {
  /** SHA-256 of the exact bytes: what receipts, anchors and manifests name. */
  readonly hash: string;
  readonly status: 'ok' | 'void' | 'untrusted' | 'malformed';
  readonly note: SignedNote | null;
  /** SHA-256 of the signed text with its last newline: what a time token over this note stamps. */
  readonly textHash: string | null;
  readonly statement: NoteStatement | null;
  readonly origin: string | null;
  /** Public keys of the policy's logs whose line verified over their own origin; more than one while a log changes keys. */
  readonly logKeys: readonly string[];
  /** In the order of the policy. Filled for `untrusted` and `void` notes too: a line that verifies is a statement. */
  readonly witnesses: readonly NoteWitness[];
  /** Seconds UTC; null without `ok` and a quorum. */
  readonly time: { readonly lower: number; readonly upper: number } | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface EvaluateOptions {
  /** Seconds UTC: a cosignature later than this is not used. */
  readonly at?: number;
  readonly place?: Place;
  /** Needed where the policy names a type 06 key (`needsMlDsa`). */
  readonly verifyTree?: TreeCosignatureVerifier;
  /** Public keys that no longer count, because two of their statements contradict each other. */
  readonly excluded?: ReadonlySet<string>;
}

/** Reads a note, verifies every line of a known key, and does the quorum's arithmetic. Throws for no bytes, only where `verifyTree` is missing. */
export function evaluateNote(
  bytes: Uint8Array,
  policy: LogPolicy,
  options: EvaluateOptions = {},
): EvaluatedNote {
  const hash = sha256Hex(bytes);
  const place = options.place ?? {};
  const note = parseNote(bytes);
  if (isNoteFault(note)) {
    return malformed(hash, place, note.offset, note.line, note.reason);
  }
  const statement = readStatement(note.text);
  if ('reason' in statement) {
    return malformed(
      hash,
      place,
      lineOffset(note.textBytes, statement.line),
      statement.line,
      statement.reason,
    );
  }
  const origin = statement.kind === 'checkpoint' ? statement.checkpoint.origin : statement.answer.origin;
  const lines = verifyLines(note, origin, policy, options.verifyTree ?? null);
  const excluded = options.excluded ?? new Set<string>();
  const base = { hash, note, textHash: sha256Hex(note.textBytes), statement, origin, ...lines.signers };
  if (lines.failed.length > 0) {
    const failed = diagnostic('note.sig-invalid', place, { origin, keys: lines.failed });
    return { ...base, status: 'void', time: null, diagnostics: [failed] };
  }
  if (lines.signers.logKeys.every((key) => excluded.has(key))) {
    return {
      ...base,
      status: 'untrusted',
      time: null,
      diagnostics: [diagnostic('note.untrusted', place, { origin })],
    };
  }
  return { ...base, status: 'ok', ...timeOf(lines.signers.witnesses, origin, policy, options) };
}

function readStatement(text: string): NoteStatement | { readonly line: number; readonly reason: string } {
  if (isSubjectAnswer(text)) {
    const answer = parseSubjectAnswer(text);
    return isTextFault(answer) ? answer : { kind: 'subject-answer', answer };
  }
  const checkpoint = parseCheckpoint(text);
  return isTextFault(checkpoint) ? checkpoint : { kind: 'checkpoint', checkpoint };
}

interface VerifiedLines {
  /** `name+key id` of the known keys whose line does not verify. */
  readonly failed: readonly string[];
  readonly signers: { readonly logKeys: readonly string[]; readonly witnesses: readonly NoteWitness[] };
}

function verifyLines(
  note: SignedNote,
  origin: string,
  policy: LogPolicy,
  verifyTree: TreeCosignatureVerifier | null,
): VerifiedLines {
  const failed: string[] = [];
  const logKeys: string[] = [];
  for (const { status, key } of verifyNoteLines(note, policy.logs)) {
    if (status === 'failed') {
      failed.push(lineId(key));
    } else if (status === 'verified' && key.name === origin) {
      // A log's key name is its origin: the same key over another origin is not this log's checkpoint.
      logKeys.push(toHex(key.publicKey));
    }
  }
  const witnesses: NoteWitness[] = [];
  const names = new Map(policy.witnesses.map(({ name, key }) => [key, name]));
  for (const answer of verifyNoteLines(note, names.keys(), verifyTree)) {
    if (answer.status === 'failed') {
      failed.push(lineId(answer.key));
    } else if (answer.status === 'verified' && answer.time !== null) {
      const name = names.get(answer.key) as string;
      witnesses.push({ name, publicKey: toHex(answer.key.publicKey), time: answer.time });
    }
  }
  return { failed, signers: { logKeys, witnesses } };
}

function timeOf(
  witnesses: readonly NoteWitness[],
  origin: string,
  policy: LogPolicy,
  { at = LAST_INSTANT, place = {}, excluded = new Set() }: EvaluateOptions,
): Pick<EvaluatedNote, 'time' | 'diagnostics'> {
  const stated = new Map<string, number>();
  const usable = new Map<string, number>();
  let latest = 0;
  for (const { publicKey, time } of witnesses) {
    // Time 0 is "no statement about time" (tlog-cosignature), not 1970.
    if (time === 0 || excluded.has(publicKey)) {
      continue;
    }
    stated.set(publicKey, time);
    if (time <= at) {
      usable.set(publicKey, time);
    } else {
      latest = Math.max(latest, time);
    }
  }
  const diagnostics: Diagnostic[] = [];
  if (usable.size < stated.size) {
    diagnostics.push(diagnostic('time.after-at', place, { origin, time: latest, at }));
  }
  if (policy.quorum.kind !== 'none' && quorumTime(policy.quorum, stated) === null) {
    diagnostics.push(diagnostic('note.quorum', place, { origin, cosigners: stated.size }));
  }
  return { time: quorumTime(policy.quorum, usable), diagnostics };
}

function malformed(hash: string, place: Place, offset: number, line: number, reason: string): EvaluatedNote {
  return {
    hash,
    status: 'malformed',
    note: null,
    textHash: null,
    statement: null,
    origin: null,
    logKeys: [],
    witnesses: [],
    time: null,
    diagnostics: [
      diagnostic('note.malformed', { ...place, offset: (place.offset ?? 0) + offset }, { line, reason }),
    ],
  };
}

function lineOffset(text: Uint8Array, line: number): number {
  let offset = 0;
  for (let passed = 1; passed < line && offset < text.length; offset += 1) {
    if (text[offset] === 0x0a) {
      passed += 1;
    }
  }
  return offset;
}
