/** What the process says to scripts. *Who* is liable is never in it. Never 1: that is Node's own crash. */
export const EXIT = {
  /** Passed; for `find`, a finding was reached. */
  passed: 0,
  /** The command line is wrong. */
  usage: 2,
  /** An input cannot be read or accepted. */
  input: 3,
  /** TOTAL-FAILED: altered, forged, or proven incomplete or forked. */
  failed: 10,
  /** INDETERMINATE, or a finding that is referred to a human. */
  undecided: 11,
  /** `diff` or an expectation differs. */
  differs: 12,
  /** A bug in this program; nothing was passed. */
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BATCH_ORDER: readonly ExitCode[] = [
  EXIT.internal,
  EXIT.failed,
  EXIT.input,
  EXIT.undecided,
  EXIT.differs,
  EXIT.passed,
];

/** The exit code of a batch: the worst of its members, 70 > 10 > 3 > 11 > 12 > 0. An empty batch matched nothing: 3. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  if (codes.length === 0) return EXIT.input;
  return BATCH_ORDER.find((code) => codes.includes(code)) ?? EXIT.internal;
}
