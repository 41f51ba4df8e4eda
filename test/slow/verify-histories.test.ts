import { expect, test } from 'vitest';
import { runHistories } from '../fuzz/histories.js';

const HISTORIES = 1_500;

test(`${HISTORIES} simulated histories and what an adversary makes of them: no honest party is accused`, async () => {
  const { accusations, wronged, missed } = await runHistories(1, HISTORIES);
  expect([wronged, missed]).toEqual([[], []]);
  process.stdout.write(
    `${HISTORIES} histories: ${accusations} accusations, all of the cheat, no fork missed\n`,
  );
});
