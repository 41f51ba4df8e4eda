import { type CheckCode, CODES } from '../../src/codes.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { type VerifyOptions, verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from './sample.js';
import { flipped } from './story.js';

export interface Flips {
  readonly bits: number;
  readonly codes: number;
  /** Flips that were no failure, or met a bug. */
  readonly survivors: readonly string[];
}

/** What verification said of the file, and then of each copy with one bit flipped. */
export async function eachFlip(
  bytes: Uint8Array,
  options: VerifyOptions,
  start: (whole: VerifiedPassport) => (bit: number, passport: VerifiedPassport) => void,
  every: { readonly first: number; readonly step: number } = { first: 0, step: 1 },
): Promise<number> {
  const cached = { ...options, cache: new SignatureCache() };
  const visit = start(await verifyPassport(bytes, cached));
  let bits = 0;
  for (let byte = every.first; byte < bytes.length; byte += every.step) {
    for (let bit = 8 * byte; bit < 8 * byte + 8; bit += 1) {
      visit(bit, await verifyPassport(flipped(bytes, bit), cached));
      bits += 1;
    }
  }
  return bits;
}

/** Flips every bit of one half of the sample passport, one at a time. Two halves, so that two cores can share them. */
export async function flipHalf(half: 'even bytes' | 'odd bytes'): Promise<Flips> {
  const { bytes, trust, at } = await makeSample();
  const survivors: string[] = [];
  const codes = new Set<string>();
  const every = { first: half === 'even bytes' ? 0 : 1, step: 2 };
  const start = (whole: VerifiedPassport) => {
    if (whole.verdict !== 'TOTAL-PASSED') throw new Error(`the sample is ${whole.verdict}`);
    return (bit: number, { verdict, counts, diagnostics }: VerifiedPassport): void => {
      const failures = diagnostics.filter(({ severity }) => severity === 'failure');
      for (const { code } of failures) codes.add(code);
      if (verdict !== 'TOTAL-FAILED' || failures.length === 0 || counts.internal !== undefined) {
        survivors.push(`bit ${bit}: ${verdict}`);
      }
    };
  };
  const bits = await eachFlip(bytes, { trust, at }, start, every);
  return { bits, codes: codes.size, survivors };
}

export interface FlipTally {
  readonly flips: number;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Flips that turned another verdict into TOTAL-FAILED. */
  readonly becameFailed: number;
  /** Bits without which verdict, findings and records are the same: nobody reads them, or the file had failed before them. */
  readonly unnoticed: readonly number[];
  /** Flips of a file that passed which are no failure. */
  readonly stillPassing: readonly number[];
  /** A bug in the verifier, or a key accused by a flip that was not accused before. */
  readonly complaints: readonly string[];
}

function accused({ diagnostics }: VerifiedPassport, excepted?: CheckCode): Set<string> {
  return new Set(
    diagnostics
      .filter(({ code }) => CODES[code].accuses && code !== excepted)
      .map(({ detail }) => String(detail?.key)),
  );
}

function said({ verdict, diagnostics, records }: VerifiedPassport): string {
  return JSON.stringify([
    verdict,
    diagnostics,
    records.map(({ id, state, standing }) => [id, state, standing]),
  ]);
}

/** Flips every bit of any file, good or bad; `excepted` is a code that may accuse in this file, and is told why where it is given. */
export async function flipWhole(
  bytes: Uint8Array,
  options: VerifyOptions,
  excepted?: CheckCode,
): Promise<FlipTally> {
  const verdicts: Record<string, number> = {};
  const unnoticed: number[] = [];
  const stillPassing: number[] = [];
  const complaints: string[] = [];
  let before = '';
  let becameFailed = 0;
  const start = (whole: VerifiedPassport) => {
    before = whole.verdict;
    const wholeSaid = said(whole);
    const already = accused(whole);
    return (bit: number, passport: VerifiedPassport): void => {
      const { verdict, counts, diagnostics } = passport;
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      if (verdict === 'TOTAL-FAILED' && before !== verdict) becameFailed += 1;
      if (before === 'TOTAL-PASSED' && verdict !== 'TOTAL-FAILED') stillPassing.push(bit);
      if (diagnostics.length === whole.diagnostics.length && said(passport) === wholeSaid)
        unnoticed.push(bit);
      if (counts.internal !== undefined) complaints.push(`bit ${bit}: a bug in the verifier`);
      for (const key of accused(passport, excepted)) {
        if (!already.has(key)) complaints.push(`bit ${bit}: ${key} is accused`);
      }
    };
  };
  const flips = await eachFlip(bytes, options, start);
  return { flips, verdict: before, verdicts, becameFailed, unnoticed, stillPassing, complaints };
}
