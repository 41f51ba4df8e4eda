import { CODES } from '../../src/codes.js';
import type { TrustFile } from '../../src/credential/trust-file.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import { type MergeResult, mergePassports } from '../../src/passport/merge.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { AT, type Story } from '../verify/story.js';

/** Verifies what a story tells, or a file made out of it, with the story's own trust file. */
export function verdictOn(
  story: Story,
  more: { readonly bytes?: Uint8Array; readonly trust?: TrustFile | null; readonly at?: number } = {},
): Promise<VerifiedPassport> {
  const { bytes = story.file(), trust = story.trust(), at = AT } = more;
  return verifyPassport(bytes, { trust, at });
}

/** Every code that lowers something or warns, once each, ascending. */
export function troubles({ diagnostics }: VerifiedPassport): string[] {
  const codes = diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  return [...new Set<string>(codes)].sort();
}

/** The verdict, then every code of any severity, once each, ascending. */
export function told({ verdict, counts }: VerifiedPassport): string[] {
  return [verdict, ...Object.keys(counts)];
}

export function found({ diagnostics }: VerifiedPassport, code: string): readonly Diagnostic[] {
  return diagnostics.filter((one) => one.code === code);
}

export function details(passport: VerifiedPassport, code: string): readonly Diagnostic['detail'][] {
  return found(passport, code).map(({ detail }) => detail);
}

/** Codes found that name a key as at fault. */
export function accusations({ diagnostics }: VerifiedPassport): string[] {
  return diagnostics.filter(({ code }) => CODES[code].accuses).map(({ code }) => code);
}

/** `type standing`, in display order. */
export function standings({ records }: VerifiedPassport): string[] {
  return records.map(({ type, standing }) => `${type} ${standing}`);
}

/** Merges in every order and demands that the bytes are the same each time. */
export async function mergedAnyhow(...files: readonly Uint8Array[]): Promise<MergeResult> {
  const [first, ...others] = await Promise.all(orders(files).map((order) => mergePassports(order)));
  for (const other of others) {
    if (other.digest !== first!.digest) throw new Error('the order of a merge decides its bytes');
  }
  return first!;
}

function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, index) =>
    orders([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [one, ...rest]),
  );
}

/** The ids without these. */
export function without<T>(list: readonly T[], ...left: readonly T[]): T[] {
  return list.filter((one) => !left.includes(one));
}

/** What stands of one record. */
export const stateOf = (passport: VerifiedPassport, id: string): string => {
  const record = passport.records.find((one) => one.id === id)!;
  return `${record.state} ${record.standing}`;
};
