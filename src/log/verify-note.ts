import { verifyEd25519Sync } from '../crypto/ed25519.js';
import { verifyCosignature } from './cosignature.js';
import type { NoteSignature, SignedNote } from './signed-note.js';
import { NOTE_COSIGNATURE, NOTE_ED25519, type VerifierKey } from './verifier-key.js';

/** What the lines of one known key come to. */
export type LineAnswer =
  /** Every line verifies; `time` is the earliest a cosigner gave, null for a plain signature. */
  | { readonly status: 'verified'; readonly key: VerifierKey; readonly time: number | null }
  | { readonly status: 'failed'; readonly key: VerifierKey }
  /** A signature type that this version does not verify. */
  | { readonly status: 'unchecked'; readonly key: VerifierKey };

/**
 * Verifies the lines of the given keys, in the keys' order; keys without a line and lines without a key are left out
 * (C2SP signed-note: unknown signatures are ignored). Of several lines of one key all must verify: a line that fails
 * under a name and id we know was put there by somebody who is not the key.
 */
export function verifyNoteLines(note: SignedNote, keys: Iterable<VerifierKey>): LineAnswer[] {
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
      answers.push(answerOf(note, key, mine));
    }
  }
  return answers;
}

/** How a line names its key: `name+id`. Names hold no plus. */
export function lineId({ name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>): string {
  return `${name}+${keyId}`;
}

function answerOf(note: SignedNote, key: VerifierKey, lines: readonly NoteSignature[]): LineAnswer {
  if (key.type !== NOTE_ED25519 && key.type !== NOTE_COSIGNATURE) {
    return { status: 'unchecked', key };
  }
  let earliest: number | null = null;
  for (const { signature } of lines) {
    if (key.type === NOTE_ED25519) {
      if (!verifyEd25519Sync(signature, note.textBytes, key.publicKey)) {
        return { status: 'failed', key };
      }
      continue;
    }
    const cosigned = verifyCosignature(signature, note.textBytes, key.publicKey);
    if (cosigned === null) {
      return { status: 'failed', key };
    }
    earliest = earliest === null ? cosigned.time : Math.min(earliest, cosigned.time);
  }
  return { status: 'verified', key, time: earliest };
}
