import type { Diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import { type Contradiction, contradictionDiagnostics, findContradictions } from './contradictions.js';
import type { LogPolicy } from './log-policy.js';
import { type EvaluatedNote, evaluateNote } from './note-time.js';
import type { Receipt } from './receipt.js';
import type { TreeCosignatureVerifier } from './subtree-cosignature.js';

export interface NoteInput {
  readonly bytes: Uint8Array;
  readonly place?: Place;
}

export interface EvaluatedNotes {
  /** In the order of the input. */
  readonly notes: readonly EvaluatedNote[];
  readonly contradictions: readonly Contradiction[];
  /** The contradictions as diagnostics; each note carries its own. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface EvaluateNotesOptions {
  /** Seconds UTC: a cosignature later than this is not used. */
  readonly at?: number;
  /** Needed where the policy names a type 06 key. Notes are evaluated twice where keys are excluded: give one that remembers. */
  readonly verifyTree?: TreeCosignatureVerifier;
}

/**
 * Evaluates all notes of a file together. A key that two of them prove to have signed contradicting trees counts no
 * longer: notes of such a log become `untrusted`, times of such a witness are left out everywhere.
 */
export function evaluateNotes(
  inputs: readonly NoteInput[],
  receipts: readonly Receipt[],
  policy: LogPolicy,
  { at, verifyTree }: EvaluateNotesOptions = {},
): EvaluatedNotes {
  const evaluate = (excluded: ReadonlySet<string>): EvaluatedNote[] =>
    inputs.map(({ bytes, place }) =>
      evaluateNote(bytes, policy, {
        excluded,
        ...(place === undefined ? {} : { place }),
        ...(at === undefined ? {} : { at }),
        ...(verifyTree === undefined ? {} : { verifyTree }),
      }),
    );
  const notes = evaluate(new Set());
  const contradictions = findContradictions(notes, receipts);
  const excluded = new Set(contradictions.map(({ publicKey }) => publicKey));
  return {
    notes: excluded.size === 0 ? notes : evaluate(excluded),
    contradictions,
    diagnostics: contradictionDiagnostics(contradictions),
  };
}
