import { expect, test } from 'vitest';
import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { MutantRun } from '../fuzz/mutants.js';
import { complaints, mutate } from './mutants.js';
import { makeSample } from './sample.js';

const RUN = MutantRun.make();

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

// What runs of a million mutants held against the verifier, and wrongly: files in which a key of the same secret signed, or one
// whose signatures differ each time; forks of a stranger, and of a signer whose credential no longer held, who is one then.
test.each([141628, 475452, 631199, 742653, 15212, 22948, 90343])(
  'mutant %i of the long run is no complaint',
  async (seed) => {
    const { mutants, complaints: found } = await (await RUN).run(seed, 1);
    expect({ mutants, found }).toEqual({ mutants: 1, found: [] });
  },
);
