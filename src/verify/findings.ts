import { type Axis, type CheckCode, CODES } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import { AXES, answerOf, RANK } from './state.js';
import type { AnswerWord, AxisAnswer } from './verified-passport.js';

/** How many findings of one code are kept for each of two lists: those that lower an answer and those that do not. */
export const KEPT_PER_CODE = 256;

interface Tally {
  /** By axis. */
  readonly worst: number[];
  readonly kept: Diagnostic[];
}

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
  readonly #byRecord = new Map<string, Tally>();

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
    if (rank > 0 && finding.record !== undefined) {
      const { worst } = this.#tally(finding.record);
      if (rank > worst[axis]!) worst[axis] = rank;
    }
    const pool = lowers ? finding.code : `${finding.code} of others`;
    const kept = this.#keptCounts.get(pool) ?? 0;
    if (kept >= KEPT_PER_CODE) return;
    this.#keptCounts.set(pool, kept + 1);
    const placed = this.#placed(finding);
    this.#kept.push(placed);
    if (lowers && rank > 0) this.#lowering.add(placed);
    if (finding.record !== undefined) this.#tally(finding.record).kept.push(placed);
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
    return this.#byRecord.get(record)?.kept ?? NO_FINDINGS;
  }

  /** The five answers for one record, from its own findings whoever signed it. */
  answersOf(record: string): Readonly<Record<Axis, AnswerWord>> {
    const worst = this.#byRecord.get(record)?.worst;
    return worst === undefined || worst.every((rank) => rank === 0) ? ALL_PASSED : answersFrom(worst);
  }

  #tally(record: string): Tally {
    let tally = this.#byRecord.get(record);
    if (tally === undefined) {
      tally = { worst: AXES.map(() => 0), kept: [] };
      this.#byRecord.set(record, tally);
    }
    return tally;
  }
}

const NO_FINDINGS: readonly Diagnostic[] = Object.freeze([]);
const ALL_PASSED = Object.freeze(answersFrom(AXES.map(() => 0)));

function answersFrom(worst: readonly number[]): Record<Axis, AnswerWord> {
  const entries = AXES.map((axis, index): [Axis, AnswerWord] => [axis, answerOf(worst[index]!)]);
  return Object.fromEntries(entries) as Record<Axis, AnswerWord>;
}
