import { expect, test } from 'vitest';
import { flipHalf } from '../verify/bit-flips.js';

test('every single flipped bit is a failure: odd bytes of a passport that uses every member', async () => {
  const { bits, codes, survivors } = await flipHalf('odd bytes');
  expect(survivors).toEqual([]);
  process.stdout.write(`${bits} flips, odd bytes: ${bits} failures by ${codes} codes\n`);
});
