import { expect, test } from 'vitest';
import { CODES } from '../../src/codes.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { history, tampered } from '../verify/simulation.js';
import { AT } from '../verify/story.js';

const HISTORIES = 1_500;

test(`${HISTORIES} simulated histories and what an adversary makes of them: no honest party is accused`, async () => {
  let accusations = 0;
  const wronged: string[] = [];
  const missed: string[] = [];
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const told = await history(seed * 7_919, 40);
    const { bytes, present } = tampered(told, seed);
    const passport = await verifyPassport(bytes, { trust: told.story.trust(), at: AT });
    const accused = passport.diagnostics.filter(({ code }) => CODES[code].accuses);
    for (const { code, detail } of accused) {
      accusations += 1;
      if (detail?.key !== told.cheat.kid) wronged.push(`${seed} ${code}`);
    }
    const named = accused
      .filter(({ code }) => code === 'chain.fork')
      .map(({ detail }) => detail?.ids as readonly string[]);
    for (const pair of told.forks) {
      if (!pair.every((id) => present.has(id))) continue;
      if (!named.some((ids) => pair.every((id) => ids.includes(id)))) missed.push(`${seed} fork`);
    }
  }
  expect([wronged, missed]).toEqual([[], []]);
  process.stdout.write(
    `${HISTORIES} histories: ${accusations} accusations, all of the cheat, no fork missed\n`,
  );
});
