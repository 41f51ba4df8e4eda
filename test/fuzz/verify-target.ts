import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from '../verify/sample.js';
import { idOf } from '../verify/story.js';
import type { Target } from './guided.js';

/** Whoever changes bytes without a key makes no record valid that was not, and finds no bug. */
export async function verifyTarget(): Promise<Target> {
  const { bytes: sample, trust, at } = await makeSample();
  let cache = new SignatureCache();
  let executions = 0;
  const whole = await verifyPassport(sample, { trust, at });
  const genuine = new Set(whole.records.map(({ id }) => id));
  let passed = 0;
  const execute = async (bytes: Uint8Array): Promise<string | undefined> => {
    executions += 1;
    if (executions % 1000 === 0) cache = new SignatureCache();
    const passport = await verifyPassport(bytes, { trust, at, cache, oneThread: true });
    if (passport.counts.internal !== undefined) return 'a bug in the verifier';
    if (passport.digest !== idOf(bytes)) return 'another digest';
    for (const { id, state } of passport.records) {
      if ((state === 'valid' || state === 'trusted') && !genuine.has(id))
        return `forged record ${id} is ${state}`;
    }
    if (passport.verdict !== 'TOTAL-FAILED') passed += 1;
    return undefined;
  };
  return { seeds: [sample], longest: 20_000, batch: 128, execute, accepted: () => passed };
}
