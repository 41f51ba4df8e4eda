import { expect, test } from 'vitest';
import { SignatureCache } from '../../src/passport/signatures.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeSample } from '../verify/sample.js';
import { flipped } from '../verify/story.js';

test('every single flipped bit of a passport that uses every member is a failure', async () => {
  const { bytes, trust, at } = await makeSample();
  const cache = new SignatureCache();
  const whole = await verifyPassport(bytes, { trust, at, cache });
  expect(whole.verdict).toBe('TOTAL-PASSED');
  const bits = bytes.length * 8;
  const survivors: string[] = [];
  const codes = new Map<string, number>();
  for (let bit = 0; bit < bits; bit += 1) {
    const { verdict, diagnostics } = await verifyPassport(flipped(bytes, bit), { trust, at, cache });
    const failures = diagnostics.filter(({ severity }) => severity === 'failure');
    for (const { code } of failures) codes.set(code, (codes.get(code) ?? 0) + 1);
    if (verdict !== 'TOTAL-FAILED' || failures.length === 0 || codes.has('internal'))
      survivors.push(`bit ${bit}: ${verdict}`);
  }
  expect(survivors).toEqual([]);
  process.stdout.write(`${bits} flips of ${bytes.length} bytes, ${bits} failures, by ${codes.size} codes\n`);
});
