import type { Axis, Severity } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import type { AnswerWord, RecordState, Verdict } from './verified-passport.js';

/** The five questions, in the order in which they are reported. */
export const AXES = [
  'integrity',
  'authenticity',
  'time',
  'completeness',
  'trust',
] as const satisfies readonly Axis[];

/** What a severity does to an answer: 2 fails it, 1 limits it, 0 leaves it. */
export const RANK: Readonly<Record<Severity, 0 | 1 | 2>> = {
  failure: 2,
  indeterminate: 1,
  warning: 0,
  info: 0,
};

const ANSWERS: readonly AnswerWord[] = ['passed', 'limited', 'failed'];

export function answerOf(rank: number): AnswerWord {
  return ANSWERS[rank]!;
}

/** What is known of the record that a finding is about, and of its signer. */
export interface RecordStanding {
  readonly signature: 'verified' | 'failed' | 'unchecked';
  /** A credential path of its kid ends in the trust file, whatever party it names and whenever it was valid. */
  readonly signerHasPath: boolean;
}

/**
 * Does a finding count for the file's answers? Integrity is the worst over all elements, the other four over the
 * records of signers with a path; what concerns no readable record concerns the file. What a stranger properly signed
 * lowers nothing, for a merge would keep it and a stranger's junk must not change a verdict; so does a record of a
 * stranger's key that nobody here can check. A record that does not verify always counts: it may be a known signer's,
 * tampered with.
 */
export function lowersFile(
  finding: Diagnostic,
  standingOf: (record: string) => RecordStanding | undefined,
): boolean {
  if (finding.record === undefined) return true;
  const standing = standingOf(finding.record);
  return standing === undefined || standing.signature === 'failed' || standing.signerHasPath;
}

/**
 * What stands of a record. What nobody here can check, its algorithm or something critical in its header, makes it
 * neither good nor bad. A record that is sound by itself keeps its state whatever its links break: its signer said it;
 * its answers and its standing tell the rest.
 */
export function recordState(record: {
  readonly signature: 'verified' | 'failed' | 'unchecked';
  readonly reading: 'sound' | 'faulty' | 'unsupported';
  readonly trusted: boolean;
}): RecordState {
  if (record.signature === 'failed' || record.reading === 'faulty') return 'invalid';
  if (record.signature === 'unchecked' || record.reading === 'unsupported') return 'unchecked';
  return record.trusted ? 'trusted' : 'valid';
}

/** ETSI TS 119 102-1: the worst of the five answers; passed only if a trusted record speaks of the item. */
export function verdictOf(answers: readonly AnswerWord[], trusted: boolean): Verdict {
  if (answers.includes('failed')) return 'TOTAL-FAILED';
  return answers.includes('limited') || !trusted ? 'INDETERMINATE' : 'TOTAL-PASSED';
}
