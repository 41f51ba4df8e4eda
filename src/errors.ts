import type { Code } from './codes.js';

/** Where a problem lies. Every member is optional; give what is known. Offsets are bytes from 0, lines and columns from 1. */
export interface Place {
  /** Record id, 64 lowercase hex digits. */
  readonly record?: string;
  /** Member of the passport file (format.md: 0 item … 8 attachments) and the index in it. */
  readonly member?: number;
  readonly index?: number;
  /** Byte offset in the input. */
  readonly offset?: number;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Path inside a structured value, as in `observations[0].region`. */
  readonly path?: string;
}

/**
 * Thrown for input that cannot be read or an operation that is refused. Problems *in evidence* found by verification
 * are data (`Diagnostic`), not exceptions; wrong argument types are `TypeError`s.
 */
export class GoodOrderError extends Error {
  readonly code: Code;
  readonly place: Place;

  /** The message is one plain sentence for people, lowercase and without a full stop; programs read `code` and `place`. */
  constructor(code: Code, message: string, place: Place = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GoodOrderError';
    this.code = code;
    this.place = place;
  }
}

/** More problems of one file than this are counted, not told. */
const MOST_TOLD = 256;

/**
 * Throws where there are problems: the only one as it is, else the first, with a `cause` that lists them all in the
 * order of the text. Does nothing where there is none.
 */
export function throwTogether(problems: readonly GoodOrderError[]): void {
  const [first] = problems;
  if (first === undefined) return;
  if (problems.length === 1) throw first;
  const listed = problems
    .map((problem, index) => ({ problem, index }))
    .sort(
      (a, b) =>
        (a.problem.place.line ?? 0) - (b.problem.place.line ?? 0) ||
        (a.problem.place.column ?? 0) - (b.problem.place.column ?? 0) ||
        a.index - b.index,
    )
    .map(({ problem }) => problem);
  const told = listed.slice(0, MOST_TOLD);
  const left = listed.length - told.length;
  const { code, message, place } = told[0]!;
  const more = left === 0 ? '' : `; ${left} more problems are not told`;
  throw new GoodOrderError(code, `${message}${more}`, place, told);
}
