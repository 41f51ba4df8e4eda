import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from './sample.js';
import { flipped } from './story.js';

export interface Flips {
  readonly bits: number;
  readonly codes: number;
  /** Flips that were no failure, or met a bug. */
  readonly survivors: readonly string[];
}

/** Flips every bit of one half of the sample passport, one at a time. Two halves, so that two cores can share them. */
export async function flipHalf(half: 'even bytes' | 'odd bytes'): Promise<Flips> {
  const { bytes, trust, at } = await makeSample();
  const cache = new SignatureCache();
  const whole = await verifyPassport(bytes, { trust, at, cache });
  if (whole.verdict !== 'TOTAL-PASSED') throw new Error(`the sample is ${whole.verdict}`);
  const survivors: string[] = [];
  const codes = new Set<string>();
  let bits = 0;
  for (let byte = half === 'even bytes' ? 0 : 1; byte < bytes.length; byte += 2) {
    for (let bit = 8 * byte; bit < 8 * byte + 8; bit += 1) {
      const { verdict, counts, diagnostics } = await verifyPassport(flipped(bytes, bit), {
        trust,
        at,
        cache,
      });
      const failures = diagnostics.filter(({ severity }) => severity === 'failure');
      for (const { code } of failures) codes.add(code);
      if (verdict !== 'TOTAL-FAILED' || failures.length === 0 || counts.internal !== undefined) {
        survivors.push(`bit ${bit}: ${verdict}`);
      }
      bits += 1;
    }
  }
  return { bits, codes: codes.size, survivors };
}
