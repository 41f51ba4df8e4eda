import { verifyEd25519Sync } from '../crypto/ed25519.js';
import { verifyCosignature } from './cosignature.js';
import type { NoteSignature, SignedNote } from './signed-note.js';
import type { TreeCosignatureVerifier } from './subtree-cosignature.js';
import { NOTE_COSIGNATURE, NOTE_ED25519, type VerifierKey } from './verifier-key.js';

/** What the lines of one known key come to. */
export type LineAnswer =
  /** Every line verifies; `time` is the earliest a cosigner gave, null for a plain signature. */
  | { readonly status: 'verified'; readonly key: VerifierKey; readonly time: number | null }
  | { readonly status: 'failed'; readonly key: VerifierKey };

/**
 * Verifies the lines of the given keys, in the keys' order; keys without a line and lines without a key are left out
 * (C2SP signed-note: unknown signatures are ignored). Of several lines of one key all must verify: a line that fails
 * under a name and id we know was put there by somebody who is not the key. `verifyTree` is needed, and asked, for lines of
 * type 06 alone.
 *
 * @throws TypeError for a line of a type 06 key without `verifyTree`
 */
export function verifyNoteLines(
  note: SignedNote,
  keys: Iterable<VerifierKey>,
  verifyTree: TreeCosignatureVerifier | null = null,
): LineAnswer[] {
  const lines = new Map<string, NoteSignature[]>();
  for (const signature of note.signatures) {
    const held = lines.get(lineId(signature));
    if (held === undefined) {
      lines.set(lineId(signature), [signature]);
    } else {
      held.push(signature);
    }
  }
  const answers: LineAnswer[] = [];
  for (const key of keys) {
    const mine = lines.get(lineId(key));
    if (mine !== undefined) {
      answers.push(answerOf(note, key, mine, verifyTree));
    }
  }
  return answers;
}

/** How a line names its key: `name+id`. Names hold no plus. */
export function lineId({ name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): string {
  return `${name}+${keyId}`;
}

function answerOf(
  note: SignedNote,
  key: VerifierKey,
  lines: readonly NoteSignature[],
  verifyTree: TreeCosignatureVerifier | null,
): LineAnswer {
  let earliest: number | null = null;
  for (const { signature } of lines) {
    const stated = statedBy(signature, note, key, verifyTree);
    if (stated === null) {
      return { status: 'failed', key };
    }
    if (stated.time !== null) {
      earliest = earliest === null ? stated.time : Math.min(earliest, stated.time);
    }
  }
  return { status: 'verified', key, time: earliest };
}

/** The time that a line which verifies states, null for a plain signature; null for a line that fails. */
function statedBy(
  signature: Uint8Array,
  note: SignedNote,
  key: VerifierKey,
  verifyTree: TreeCosignatureVerifier | null,
): { readonly time: number | null } | null {
  if (key.type === NOTE_ED25519) {
    return verifyEd25519Sync(signature, note.textBytes, key.publicKey) ? { time: null } : null;
  }
  if (key.type === NOTE_COSIGNATURE) {
    return verifyCosignature(signature, note.textBytes, key.publicKey);
  }
  // No verifier key is of a third type but NOTE_ML_DSA_COSIGNATURE.
  if (verifyTree === null) {
    throw new TypeError('an ML-DSA-44 key of the policy needs its verifier');
  }
  return verifyTree(signature, note.text, key);
}
