import { expect, test } from 'vitest';
import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { complaints, mutate } from '../verify/mutants.js';
import { makeSample } from '../verify/sample.js';

const MUTANTS = 10_000;

test(`${MUTANTS} structural mutants: none is taken for the same evidence, none accuses an honest key`, async () => {
  const sample = await makeSample();
  const cache = new SignatureCache();
  const whole = await verifyPassport(sample.bytes, { trust: sample.trust, at: sample.at, cache });
  const found: string[] = [];
  const verdicts = new Map<string, number>();
  const codes = new Set<string>();
  for (let seed = 1; seed <= MUTANTS; seed += 1) {
    const mutant = await mutate(sample, seed);
    const passport = await verifyPassport(mutant.bytes, { trust: sample.trust, at: sample.at, cache });
    for (const complaint of complaints(sample, mutant, passport))
      found.push(`${seed} ${mutant.kind}: ${complaint}`);
    const verdict = passport.digest === whole.digest ? 'unchanged' : passport.verdict;
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    for (const code of Object.keys(passport.counts)) codes.add(code);
  }
  expect(found).toEqual([]);
  const told = [...verdicts].sort().map(([verdict, count]) => `${count} ${verdict}`);
  process.stdout.write(`${MUTANTS} mutants: ${told.join(', ')}; ${codes.size} codes\n`);
});
