import { type Axis, type CheckCode, CODES } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import { AXES, answerOf, RANK } from './state.js';
import type { AnswerWord, AxisAnswer } from './verified-passport.js';

/** How many findings of one code are kept for each of two lists: those that lower an answer and those that do not. */
export const KEPT_PER_CODE = 256;

/**
 * Collects what the checks find. Every finding counts towards the answers; of one code only the first few are kept,
 * because a hostile file can hold 335,000 broken records. Findings that lower an answer and findings that do not are
 * capped apart, so that a stranger's junk cannot push a real failure out of the list.
 */
export class Findings {
  readonly #lowers: (finding: Diagnostic) => boolean;
  readonly #fileWorst = new Uint8Array(AXES.length);
  readonly #kept: Diagnostic[] = [];
  readonly #lowering = new Set<Diagnostic>();
  readonly #counts = new Map<string, number>();
  readonly #keptCounts = new Map<string, number>();
  /** By record, the worst rank on each axis, two bits an axis; a record without a limit or failure has no entry. */
  readonly #worst = new Map<string, number>();
  readonly #keptOf = new Map<string, Diagnostic[]>();

  readonly #placed: (finding: Diagnostic) => Diagnostic;

  /**
   * `lowers` says whether a finding counts for the file's answers (state.ts); `placed` completes the place of those that
   * are kept.
   */
  constructor(
    lowers: (finding: Diagnostic) => boolean,
    placed: (finding: Diagnostic) => Diagnostic = (finding) => finding,
  ) {
    this.#lowers = lowers;
    this.#placed = placed;
  }

  add(finding: Diagnostic): void {
    const lowers = this.#lowers(finding);
    const axis = AXES.indexOf(finding.axis);
    const rank = RANK[finding.severity];
    this.#counts.set(finding.code, (this.#counts.get(finding.code) ?? 0) + 1);
    if (lowers && rank > this.#fileWorst[axis]!) this.#fileWorst[axis] = rank;
    if (finding.record !== undefined) {
      const worst = this.#worst.get(finding.record) ?? 0;
      if (rank > rankOn(worst, axis)) this.#worst.set(finding.record, withRank(worst, axis, rank));
    }
    const pool = lowers ? finding.code : `${finding.code} of others`;
    const kept = this.#keptCounts.get(pool) ?? 0;
    if (kept >= KEPT_PER_CODE) return;
    this.#keptCounts.set(pool, kept + 1);
    const placed = this.#placed(finding);
    this.#kept.push(placed);
    if (lowers && rank > 0) this.#lowering.add(placed);
    if (finding.record === undefined) return;
    const ofRecord = this.#keptOf.get(finding.record);
    if (ofRecord === undefined) this.#keptOf.set(finding.record, [placed]);
    else ofRecord.push(placed);
  }

  /** Findings of which only the number is known. They count for the file: what is not shown is never taken lightly. */
  addUnkept(code: CheckCode, count: number): void {
    if (count <= 0) return;
    const { axis, severity } = CODES[code];
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
    const position = AXES.indexOf(axis);
    if (RANK[severity] > this.#fileWorst[position]!) this.#fileWorst[position] = RANK[severity];
  }

  addAll(findings: Iterable<Diagnostic>): void {
    for (const finding of findings) this.add(finding);
  }

  /** Kept findings, in the order in which the checks gave them. */
  all(): readonly Diagnostic[] {
    return this.#kept;
  }

  /** How often each code was found, kept or not; codes in code-unit order. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  answers(): Readonly<Record<Axis, AxisAnswer>> {
    const entries = AXES.map((axis, index): [Axis, AxisAnswer] => {
      const diagnostics = this.#kept.filter((finding) => finding.axis === axis);
      const lowering = diagnostics.filter((finding) => this.#lowering.has(finding));
      return [axis, { axis, verdict: answerOf(this.#fileWorst[index]!), diagnostics, lowering }];
    });
    return Object.fromEntries(entries) as Record<Axis, AxisAnswer>;
  }

  /** Kept findings about one record. */
  of(record: string): readonly Diagnostic[] {
    return this.#keptOf.get(record) ?? NO_FINDINGS;
  }

  /** The five answers for one record, from its own findings whoever signed it. */
  answersOf(record: string): Readonly<Record<Axis, AnswerWord>> {
    return answersFrom(this.#worst.get(record) ?? 0);
  }
}

function rankOn(worst: number, axis: number): number {
  return (worst >> (2 * axis)) & 3;
}

function withRank(worst: number, axis: number, rank: number): number {
  return (worst & ~(3 << (2 * axis))) | (rank << (2 * axis));
}

const NO_FINDINGS: readonly Diagnostic[] = Object.freeze([]);
const answersByRanks = new Map<number, Readonly<Record<Axis, AnswerWord>>>();

/** One object for all records whose answers are the same. */
function answersFrom(worst: number): Readonly<Record<Axis, AnswerWord>> {
  const known = answersByRanks.get(worst);
  if (known !== undefined) return known;
  const entries = AXES.map((axis, index): [Axis, AnswerWord] => [axis, answerOf(rankOn(worst, index))]);
  const answers = Object.freeze(Object.fromEntries(entries) as Record<Axis, AnswerWord>);
  answersByRanks.set(worst, answers);
  return answers;
}
