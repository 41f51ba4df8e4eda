import { type Diagnostic, diagnostic } from '../../diagnostic.js';
import { evaluateNotes } from '../../log/evaluate-notes.js';
import type { LogPolicy } from '../../log/log-policy.js';
import { NO_LOGS } from '../../log/log-policy.js';
import type { EvaluatedNote } from '../../log/note-time.js';
import type { TreeCosignatureVerifier } from '../../log/subtree-cosignature.js';
import type { AssessedPassport } from '../../passport/assess.js';
import { placeOf } from '../../passport/element.js';
import type { Inclusion } from './proven-time.js';

export interface LogAnswers {
  /** By SHA-256 of the note. */
  readonly notes: ReadonlyMap<string, EvaluatedNote>;
  /** Receipts whose proof holds under a present note; which notes are believed is told by the notes. */
  readonly inclusions: readonly Inclusion[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Question: what do logs and witnesses prove, and do any of them contradict themselves? */
export function checkLogProofs(
  { passport, receipts }: AssessedPassport,
  policy: LogPolicy | null,
  at: number,
  verifyTree: TreeCosignatureVerifier | undefined,
): LogAnswers {
  const proven = passport.receipts.filter((entry) => receipts.proven.has(entry));
  const evaluated = evaluateNotes(
    passport.notes.map(({ element }) => ({ bytes: element.bytes, place: placeOf(element) })),
    proven.map(({ receipt }) => receipt),
    policy ?? NO_LOGS,
    { at, ...(verifyTree === undefined ? {} : { verifyTree }) },
  );
  const notes = new Map(evaluated.notes.map((note) => [note.hash, note]));
  const diagnostics: Diagnostic[] = [...evaluated.notes.flatMap((note) => note.diagnostics)];
  diagnostics.push(...evaluated.diagnostics);
  for (const { element, receipt } of proven) {
    const note = notes.get(receipt.note);
    if (note?.status === 'ok') continue;
    diagnostics.push(
      diagnostic('receipt.origin', placeOf(element), { id: receipt.id, origin: note?.origin ?? '' }),
    );
  }
  // RFC 3161 tokens are carried and hash-bound; what they say is not read by this version.
  for (const { element } of passport.tokens)
    diagnostics.push(diagnostic('token.not-checked', placeOf(element)));
  const inclusions = proven.map(({ receipt: { id, note } }) => ({ id, note }));
  return { notes, inclusions, diagnostics };
}
