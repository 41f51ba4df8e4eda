import { expect, test } from 'vitest';
import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { complaints, mutate } from './mutants.js';
import { makeSample } from './sample.js';

// The slow suite goes through ten thousand.
test('three hundred structural mutants: none is taken for the same evidence, none accuses an honest key', async () => {
  const sample = await makeSample();
  const cache = new SignatureCache();
  const found: string[] = [];
  for (let seed = 1; seed <= 300; seed += 1) {
    const mutant = await mutate(sample, seed);
    const passport = await verifyPassport(mutant.bytes, { trust: sample.trust, at: sample.at, cache });
    for (const complaint of complaints(sample, mutant, passport))
      found.push(`${seed} ${mutant.kind}: ${complaint}`);
  }
  expect(found).toEqual([]);
});
