import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import { CODES } from '../../src/codes.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import { mergePassports } from '../../src/passport/merge.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { type History, history, tampered } from './simulation.js';
import { Actor, AT, DAY, ITEM, idOf, Story, T0 } from './story.js';

const accusations = ({ diagnostics }: VerifiedPassport): Diagnostic[] =>
  diagnostics.filter(({ code }) => CODES[code].accuses);

const accusedKeys = (passport: VerifiedPassport): string[] => [
  ...new Set(accusations(passport).map(({ detail }) => String(detail?.key))),
];

async function verify(bytes: Uint8Array, { story }: History): Promise<VerifiedPassport> {
  return verifyPassport(bytes, { trust: story.trust(), at: AT });
}

describe('whoever tampers with a file, no honest party is accused', () => {
  test('only the cheat’s key is ever named, and its forks always are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, tampering) => {
        const told = await history(seed);
        const { bytes, present } = tampered(told, tampering);
        const passport = await verify(bytes, told);
        expect(passport.counts.internal).toBeUndefined();
        for (const key of accusedKeys(passport)) expect(key).toBe(told.cheat.kid);
        for (const pair of told.forks) {
          if (!pair.every((id) => present.has(id))) continue;
          const named = accusations(passport).filter(({ code }) => code === 'chain.fork');
          const ids = named.map(({ detail }) => detail?.ids as readonly string[]);
          expect(ids.some((both) => pair.every((id) => both.includes(id)))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the whole story: real omissions are charged, everybody else’s records stand', async () => {
    let charged = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const told = await history(seed);
        const passport = await verify(told.story.file(), told);
        for (const key of accusedKeys(passport)) expect(key).toBe(told.cheat.kid);
        const omitting = accusations(passport).filter(({ code }) => code === 'manifest.silent-omission');
        for (const { manifest } of told.omissions) {
          const own = omitting.find(({ record }) => record === manifest);
          expect((own?.detail?.ids as readonly string[] | undefined)?.length).toBeGreaterThan(0);
          charged += 1;
        }
        for (const record of passport.records) {
          if (record.kid === told.cheat.kid) continue;
          expect([record.type, record.standing]).toEqual([record.type, 'full']);
        }
      }),
      { numRuns: 100 },
    );
    expect(charged).toBeGreaterThan(10);
  });

  test('a merge of the tampered file with the whole one gives the whole one’s answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, tampering) => {
        const told = await history(seed, 14);
        const whole = told.story.file();
        const { bytes } = tampered(told, tampering);
        const merged = await mergePassports([bytes, whole]);
        expect(merged.digest).toBe((await verify(whole, told)).digest);
      }),
      { numRuns: 30 },
    );
  });
});

describe('accuses nobody', () => {
  const story = async (): Promise<{ story: Story; seller: Actor; carrier: Actor }> => {
    const made = new Story();
    const seller = await made.company('seller', ['seller']);
    const carrier = await made.company('carrier', ['carrier']);
    await made.say(carrier, 'from the carrier');
    return { story: made, seller, carrier };
  };

  test('a stale trust file', async () => {
    const { story: told, seller } = await story();
    await told.say(seller, 'hello');
    const passport = await verifyPassport(told.file(), { trust: told.trust({ nextUpdate: T0 }), at: AT });
    expect([passport.verdict, accusations(passport)]).toEqual(['INDETERMINATE', []]);
  });

  test('a phone restored from a backup that enrolled a new key', async () => {
    const { story: told, seller } = await story();
    await told.say(seller, 'before the loss', { seen: [told.ids[0]!] });
    const device = new Actor('seller, after the loss', seller.iss);
    await told.vouch(device, ['seller']);
    await told.say(device, 'after the loss');
    await told.manifest(device);
    const passport = await verifyPassport(told.file(), { trust: told.trust(), at: AT });
    expect([passport.verdict, accusations(passport)]).toEqual(['TOTAL-PASSED', []]);
  });

  test('a record that somebody removed, wherever it was named', async () => {
    const { story: told, seller, carrier } = await story();
    const gone = await told.say(seller, 'gone', { present: false });
    await told.say(carrier, 'I have seen it', { seen: [gone.id] });
    await told.manifest(carrier, { ids: [...told.ids, gone.id] });
    await told.say(seller, 'later');
    const passport = await verifyPassport(told.file(), { trust: told.trust(), at: AT });
    expect([passport.verdict, accusations(passport)]).toEqual(['INDETERMINATE', []]);
    expect(passport.counts['chain.gap']).toBe(1);
  });

  test('a stranger who signs under a company’s name, forks it and revokes its key', async () => {
    const { story: told, seller } = await story();
    await told.say(seller, 'hello');
    const stranger = new Actor('stranger', seller.iss);
    await told.say(stranger, 'one', { advance: false });
    await told.say(stranger, 'another');
    const before = await verifyPassport(told.file(), { trust: told.trust(), at: AT });
    expect(before.verdict).toBe('TOTAL-PASSED');
    expect(accusedKeys(before)).toEqual([stranger.kid]);
    const mine = before.records.filter(({ kid }) => kid === seller.kid);
    expect(mine.map(({ state, standing }) => [state, standing])).toEqual([['trusted', 'full']]);
    const theirs = before.records.filter(({ kid }) => kid === stranger.kid);
    expect(theirs.map(({ binding }) => binding)).toEqual(['none', 'none']);
  });

  test('a manifest measured by the answer of a log that nobody vouches for', async () => {
    const { story: told, seller, carrier } = await story();
    const { id } = await told.say(carrier, 'damaged when I got it');
    const { log } = told.log([...told.ids], T0 + DAY);
    const answer = log.subjectAnswer(ITEM, told.ids);
    told.notes.push(answer);
    const fields = { asOf: fromHex(idOf(answer)) };
    await told.manifest(seller, { ids: told.ids.filter((one) => one !== id), fields });
    const codes = async (logs?: null): Promise<string[]> => {
      const trust = told.trust(logs === null ? { logs } : {});
      const passport = await verifyPassport(told.file(), { trust, at: AT });
      return accusations(passport).map(({ code }) => code);
    };
    expect(await codes()).toEqual(['manifest.logged-omission']);
    expect(await codes(null)).toEqual([]);
  });

  test('junk by strangers changes no verdict', async () => {
    const { story: told, seller } = await story();
    await told.say(seller, 'hello');
    const stranger = Actor.person('stranger');
    await told.signRaw(stranger, { fields: { text: 'about nothing' } });
    await told.signRaw(stranger, {
      type: 'premonition',
      link: [1, 3, new Uint8Array(32), [], new Uint8Array(32), []],
    });
    await told.say(stranger, 'future', {
      iat: AT + DAY,
      position: { seq: 9, prev: told.ids[0]!, lane: told.ids[0]! },
    });
    await told.manifest(stranger, {
      ids: ['ff'.repeat(32)],
      position: { seq: 20, prev: told.ids[0]!, lane: told.ids[0]! },
    });
    const passport = await verifyPassport(told.file(), { trust: told.trust(), at: AT });
    expect(passport.verdict).toBe('TOTAL-PASSED');
    expect(passport.wouldLeaveOut).toBe(0);
    expect(passport.item).toBe(ITEM);
  });
});
