import { CODES } from '../../src/codes.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { history, tampered } from '../verify/simulation.js';
import { AT } from '../verify/story.js';

export interface HistoryTally {
  readonly histories: number;
  /** Accusations, all told. */
  readonly accusations: number;
  /** Forks of the cheat whose two records were both in the file. */
  readonly forks: number;
  /** Accusations of anybody but the cheat. */
  readonly wronged: readonly string[];
  /** Such forks that nobody named. */
  readonly missed: readonly string[];
}

/** Tells the histories of the seeds `from` up to `from + count`, lets an adversary loose on each and has it verified. */
export async function runHistories(from: number, count: number): Promise<HistoryTally> {
  let accusations = 0;
  let forks = 0;
  const wronged: string[] = [];
  const missed: string[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
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
      forks += 1;
      if (!named.some((ids) => pair.every((id) => ids.includes(id)))) missed.push(`${seed} fork`);
    }
  }
  return { histories: count, accusations, forks, wronged, missed };
}
