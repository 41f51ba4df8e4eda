import type { CheckCode } from '../../../src/codes.js';
import type { TrustFile } from '../../../src/credential/trust-file.js';
import type { Verdict } from '../../../src/verify/verified-passport.js';
import type { VerifyOptions } from '../../../src/verify/verify-passport.js';
import { type Actor, AT, Story } from '../story.js';

export interface CaseInput {
  readonly bytes: Uint8Array;
  /** The story's own when left out. */
  readonly trust?: TrustFile | null;
  readonly at?: number;
  readonly options?: Partial<VerifyOptions>;
}

/** One defect, really made, and everything that verification says of it at the severities that lower an answer. */
export interface Case {
  readonly make: () => Promise<CaseInput & { readonly story?: Story }>;
  readonly verdict: Verdict;
  /** All codes of severity failure or indeterminate, ascending. */
  readonly lowering: readonly CheckCode[];
}

export type Cases = Partial<Record<CheckCode, Case | readonly Case[]>>;

/** A seller with a path, and one statement about the item: passes as it stands. */
export async function seller(): Promise<{ story: Story; actor: Actor }> {
  const story = new Story();
  const actor = await story.company('seller', ['seller']);
  await story.say(actor, 'first');
  return { story, actor };
}

export function input(story: Story, more: Partial<CaseInput> = {}): CaseInput & { story: Story } {
  return { story, bytes: story.file(), trust: story.trust(), at: AT, ...more };
}

/** Verification ends in this verdict for these reasons, in ascending order. */
export const failed = (make: Case['make'], ...lowering: CheckCode[]): Case => ({
  make,
  verdict: 'TOTAL-FAILED',
  lowering,
});
export const limited = (make: Case['make'], ...lowering: CheckCode[]): Case => ({
  make,
  verdict: 'INDETERMINATE',
  lowering,
});
/** Passes; the code is said all the same. `listed`: findings about strangers, which lower nothing. */
export const passed = (make: Case['make'], ...listed: CheckCode[]): Case => ({
  make,
  verdict: 'TOTAL-PASSED',
  lowering: listed,
});
