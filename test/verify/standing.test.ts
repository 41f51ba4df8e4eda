import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { type VerifyOptions, verifyPassport } from '../../src/verify/verify-passport.js';
import { futureSigner, phoneSigner } from './cases/records.js';
import { Actor, AT, BOX, DAY, hashOf, ITEM, instant, Story, statement, T0, withheld } from './story.js';

async function verify(story: Story, options: Partial<VerifyOptions> = {}): Promise<VerifiedPassport> {
  return verifyPassport(story.file(), { trust: story.trust(), at: AT, ...options });
}

/** `text: state standing` of every statement. */
function standings(passport: VerifiedPassport): Record<string, string> {
  const entries = passport.records.map(({ payload, type, state, standing }): [string, string] => [
    type === 'statement' ? String(payload.text) : type,
    `${state} ${standing}`,
  ]);
  return Object.fromEntries(entries);
}

async function company(): Promise<{ story: Story; seller: Actor; carrier: Actor }> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const carrier = await story.company('carrier', ['carrier']);
  await story.say(carrier, 'carrier');
  return { story, seller, carrier };
}

const revoke = (key: string, suspectFrom: number, lastGood?: string): Record<string, unknown> => ({
  action: 'revoke',
  key: fromHex(key),
  suspectFrom: instant(suspectFrom),
  ...(lastGood === undefined ? {} : { lastGood: fromHex(lastGood) }),
});

describe('misconduct never helps its author', () => {
  test('both sides of a fork, and what their key signed on top, count against it only', async () => {
    const { story, seller } = await company();
    await story.say(seller, 'before');
    await story.say(seller, 'one side', { advance: false });
    await story.say(seller, 'other side');
    await story.say(seller, 'on top');
    expect(standings(await verify(story))).toEqual({
      carrier: 'trusted full',
      before: 'trusted full',
      'one side': 'trusted adverse-only',
      'other side': 'trusted adverse-only',
      'on top': 'trusted adverse-only',
    });
  });

  test('a record that names another predecessor than the one present has a hidden other half', async () => {
    const { story, seller } = await company();
    await story.say(seller, 'before');
    await story.say(seller, 'swapped in', { advance: false });
    await story.say(seller, 'swapped out', { present: false });
    await story.say(seller, 'after');
    const passport = await verify(story);
    expect(standings(passport)).toEqual({
      carrier: 'trusted full',
      before: 'trusted full',
      'swapped in': 'trusted adverse-only',
      after: 'trusted adverse-only',
    });
    expect(passport.counts['chain.fork']).toBeUndefined();
  });

  test('records beyond a gap count for their signer once a trusted manifest withholds the missing ones', async () => {
    const make = async (
      by: 'nobody' | 'carrier' | 'stranger' | 'thief' | 'seller itself',
    ): Promise<string> => {
      const { story, seller, carrier } = await company();
      await story.say(seller, 'first');
      const { signed } = await story.say(seller, 'left out', { present: false });
      await story.say(seller, 'beyond');
      const missing = { ...signed, seq: 1 };
      const maker = {
        nobody: null,
        carrier,
        stranger: Actor.person('stranger'),
        thief: carrier,
        'seller itself': seller,
      }[by];
      if (maker !== null)
        await story.manifest(maker, { fields: { withheld: [withheld(missing, 'privacy')] } });
      const revoked = by === 'thief' ? [{ kid: carrier.kid, suspectFrom: T0 - DAY }] : [];
      return standings(await verify(story, { trust: story.trust({ revoked }) })).beyond!;
    };
    expect(await make('nobody')).toBe('trusted adverse-only');
    expect(await make('carrier')).toBe('trusted full');
    expect(await make('seller itself')).toBe('trusted full');
    expect(await make('stranger')).toBe('trusted adverse-only');
    // A stolen key must not explain a gap.
    expect(await make('thief')).toBe('trusted adverse-only');
  });

  test('of a gap alone it is told that nothing else lowers the record', async () => {
    const seen = async (
      make: (story: Story, seller: Actor) => Promise<unknown>,
    ): Promise<Record<string, string>> => {
      const { story, seller } = await company();
      await story.say(seller, 'first');
      await story.say(seller, 'left out', { present: false });
      await make(story, seller);
      const { records } = await verify(story);
      return Object.fromEntries(
        records
          .filter(({ type }) => type === 'statement')
          .map(({ payload, standing, gapOnly }) => [
            String(payload.text),
            gapOnly === undefined ? standing : `${standing} gapOnly ${gapOnly}`,
          ]),
      );
    };
    const before = { carrier: 'full', first: 'full' };
    expect(await seen((story, seller) => story.say(seller, 'beyond'))).toEqual({
      ...before,
      beyond: 'adverse-only gapOnly true',
    });
    // A fork beyond the gap is misconduct, gap or no gap.
    const forked = await seen(async (story, seller) => {
      await story.say(seller, 'beyond');
      await story.say(seller, 'one side', { advance: false });
      await story.say(seller, 'other side');
    });
    expect(forked).toEqual({
      ...before,
      beyond: 'adverse-only gapOnly true',
      'one side': 'adverse-only',
      'other side': 'adverse-only',
    });
    // So is what the key's own revocation disputes, beyond the gap and before it.
    const disputed = await seen(async (story, seller) => {
      await story.say(seller, 'beyond');
      const sub = `urn:goodorder:key:${seller.kid}`;
      await story.sign(seller, 'key-event', revoke(seller.kid, T0 - DAY), { sub });
    });
    expect(disputed).toEqual({ carrier: 'full', first: 'adverse-only', beyond: 'adverse-only' });
    // What counts for nobody is not lowered by a gap.
    const issuers = await seen(async (story, seller) => {
      await story.say(seller, 'beyond');
      const sub = `urn:goodorder:key:${seller.kid}`;
      await story.sign(story.authority, 'key-event', revoke(seller.kid, T0 - DAY), { sub });
    });
    expect(issuers).toEqual({ carrier: 'full', first: 'none', beyond: 'none' });
  });

  test('a manifest on a fork, or one that breaks a link rule, explains no gap', async () => {
    const gaps = async (misconduct: 'none' | 'fork' | 'own record seen'): Promise<(number | undefined)[]> => {
      const { story, seller } = await company();
      const { signed } = await story.say(seller, 'left out', { present: false });
      const { id } = await story.say(seller, 'beyond');
      const fields = { withheld: [withheld({ ...signed, seq: 0 }, 'privacy')] };
      const seen = misconduct === 'own record seen' ? [id] : [];
      await story.manifest(seller, { fields, seen, advance: misconduct !== 'fork' });
      await story.say(seller, 'after');
      const { counts } = await verify(story);
      return [counts['chain.gap'], counts['chain.withheld']];
    };
    expect(await gaps('none')).toEqual([undefined, 1]);
    expect(await gaps('fork')).toEqual([1, undefined]);
    expect(await gaps('own record seen')).toEqual([1, undefined]);
  });

  test('what a self-signed revocation disputes counts against its signer; what is proven older stays', async () => {
    const { story, seller } = await company();
    const { id } = await story.say(seller, 'logged before');
    story.log([id], T0 + 60);
    await story.say(seller, 'not proven', { iat: T0 });
    const sub = `urn:goodorder:key:${seller.kid}`;
    await story.sign(seller, 'key-event', revoke(seller.kid, T0 + DAY), { sub });
    const passport = await verify(story);
    expect(standings(passport)).toEqual({
      carrier: 'trusted full',
      'logged before': 'trusted full',
      'not proven': 'trusted adverse-only',
      'key-event': 'trusted full',
    });
    expect(passport.verdict).toBe('INDETERMINATE');
  });

  test('what an issuer’s revocation disputes counts for and against nobody; lastGood and its ancestors stay', async () => {
    const { story, seller } = await company();
    await story.say(seller, 'ancestor');
    const { id } = await story.say(seller, 'last good');
    await story.say(seller, 'perhaps a thief');
    const sub = `urn:goodorder:key:${seller.kid}`;
    await story.sign(story.authority, 'key-event', revoke(seller.kid, T0 - DAY, id), { sub });
    expect(standings(await verify(story))).toEqual({
      carrier: 'trusted full',
      ancestor: 'trusted full',
      'last good': 'trusted full',
      'perhaps a thief': 'trusted none',
      'key-event': 'trusted full',
    });
  });

  test('an issuer’s word replaces the holder’s own', async () => {
    const { story, seller } = await company();
    await story.say(seller, 'own admission');
    const sub = `urn:goodorder:key:${seller.kid}`;
    await story.sign(seller, 'key-event', revoke(seller.kid, T0 - DAY), { sub });
    await story.sign(story.authority, 'key-event', revoke(seller.kid, AT), { sub });
    expect(standings(await verify(story))['own admission']).toBe('trusted full');
  });

  test('a badly linked record stays its signer’s word and helps it no more', async () => {
    const { story, seller, carrier } = await company();
    await story.sign(seller, 'statement', {
      ...statement('about what I did not list as seen'),
      occasion: { boundary: 'pickup', of: fromHex(story.ids[0]!) },
    });
    const passport = await verify(story);
    expect(standings(passport)['about what I did not list as seen']).toBe('trusted adverse-only');
    expect(passport.records.find(({ kid }) => kid === seller.kid)!.answers.integrity).toBe('failed');
    expect(passport.records.find(({ kid }) => kid === carrier.kid)!.answers.integrity).toBe('passed');
  });
});

describe('records that stand for nothing', () => {
  test('forged, faulty, unknown and wrongly named ones', async () => {
    const { story, seller } = await company();
    const { record } = await story.say(seller, 'forged', { present: false, advance: false });
    const forged = record.slice();
    forged[forged.length - 40]! ^= 1;
    story.records.push(forged);
    await story.signRaw(seller, { type: 'premonition', fields: { text: 'doom' } });
    await story.say(new Actor('imposter', `urn:goodorder:key:${seller.kid}`), 'wrong name');
    await story.signRaw(new Actor('sloppy'), { fields: { text: 7 } });
    const passport = await verify(story);
    const told = passport.records.map(({ type, state, standing, payload }) =>
      [type, payload.text, state, standing].join(' '),
    );
    expect(told.sort()).toEqual([
      'premonition doom trusted none',
      'statement  invalid none',
      'statement carrier trusted full',
      'statement forged invalid none',
      'statement wrong name valid none',
    ]);
    const numbers = passport.records.map(({ number }) => number);
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    // What does not verify stands last and takes no part in the order.
    expect(passport.records.at(-1)!.state).toBe('invalid');
    expect(passport.records.at(-1)!.pins).toEqual([]);
  });
});

describe('trust', () => {
  test('needs a trusted record about the item itself', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(Actor.person('consumer'), 'about the item');
    const packed = { action: 'pack', at: instant(T0), children: [ITEM] };
    await story.sign(seller, 'aggregation', packed, { sub: BOX });
    const passport = await verify(story);
    expect(passport.verdict).toBe('INDETERMINATE');
    expect(passport.axes.trust.lowering.map(({ code, member, record }) => [code, member, record])).toEqual([
      ['trust.no-path', 0, undefined],
    ]);
    expect(passport.records.map(({ state }) => state).sort()).toEqual(['trusted', 'valid']);
  });

  test('accepts the very trust file that was asked for', async () => {
    const { story } = await company();
    const at12 = await verify(story, { trustMinSequence: 12 });
    expect(at12.axes.trust.verdict).toBe('passed');
  });

  test('does not come through a credential that nobody here can check', async () => {
    const story = new Story();
    const future = futureSigner();
    const registry = new Actor('registry', undefined, future);
    await story.vouch(registry, ['seller'], { mayDelegate: 1 });
    const seller = new Actor('seller');
    await story.vouch(seller, ['seller'], {}, registry);
    await story.say(seller, 'hello');
    const passport = await verify(story);
    expect(passport.records.map(({ state, binding }) => [state, binding])).toEqual([['valid', 'none']]);
    expect(passport.verdict).toBe('INDETERMINATE');
  });
});

test('every finding about a readable record stands at its place in the file', async () => {
  const { story, seller } = await company();
  await story.say(seller, 'one', { advance: false });
  await story.say(seller, 'another');
  const passport = await verify(story);
  for (const { record, member, index, offset } of passport.diagnostics) {
    if (record === undefined) continue;
    const told = passport.records.find(({ id }) => id === record)!;
    expect([member, index === undefined, offset]).toEqual([1, false, told.offset]);
  }
  expect(passport.axes.completeness.lowering.map(({ code }) => code)).toEqual(['chain.fork']);
});

describe('what a verified record says', () => {
  test('opened private values stand in their places, the others are hidden', async () => {
    const { story, seller } = await company();
    const persons = [{ capacity: 'driver', name: 'Li Lei', phone: '13800000000' }];
    await story.sign(seller, 'statement', { ...statement('seen'), persons });
    const openings = story.openings.slice(0, 1);
    const passport = await verifyPassport(story.file({ openings }), { trust: story.trust(), at: AT });
    const told = passport.records.find(({ kid }) => kid === seller.kid)!.payload.persons;
    expect(told).toEqual([{ capacity: 'driver', name: 'Li Lei', phone: HIDDEN }]);
  });

  test('who pins it from outside, at any distance', async () => {
    const { story, seller, carrier } = await company();
    const person = Actor.person('person');
    const a = await story.say(seller, 'a');
    const b = await story.say(seller, 'b');
    const c = await story.say(person, 'c', { seen: [a.id] });
    await story.say(person, 'd', { seen: [b.id] });
    await story.say(carrier, 'e', { seen: [c.id] });
    const f = await story.say(carrier, 'f');
    story.log([f.id], T0 + DAY);
    const passport = await verify(story);
    const pinned = passport.records.map(({ payload, pinnedBy }) => [String(payload.text), pinnedBy.join()]);
    expect(Object.fromEntries(pinned)).toEqual({
      carrier: 'log',
      a: 'log,record',
      // Only a stranger holds it.
      b: '',
      c: 'log,record',
      d: '',
      e: 'log',
      f: 'log',
    });
    const idOf = (text: string): string => passport.records.find(({ payload }) => payload.text === text)!.id;
    expect(passport.precedes(idOf('a'), idOf('f'))).toBe(true);
    expect(passport.precedes(idOf('f'), idOf('a'))).toBe(false);
    expect(passport.precedes(idOf('b'), idOf('f'))).toBe(false);
    expect(passport.precedes(hashOf('absent'), idOf('a'))).toBe(false);
  });

  test('another party’s hold is passed on beside the signer’s own', async () => {
    for (let variant = 0; variant < 8; variant += 1) {
      const { story, seller, carrier } = await company();
      const first = await story.say(seller, 'first');
      const second = await story.say(seller, 'second');
      await story.say(seller, `third, ${variant}`);
      await story.say(carrier, 'seen', { seen: [second.id] });
      const passport = await verify(story);
      const pinned = passport.records.filter(({ id }) => id === first.id || id === second.id);
      expect(pinned.map(({ pinnedBy }) => pinnedBy)).toEqual([['record'], ['record']]);
    }
  });

  test('two signatures of one text are one statement: both stand, nobody forked', async () => {
    const story = new Story();
    const phone = new Actor('phone company', undefined, phoneSigner());
    await story.vouch(phone, ['seller']);
    const position = phone.position(ITEM);
    await story.say(phone, 'twice', { position, iat: T0 });
    await story.say(phone, 'twice', { position, iat: T0 });
    const passport = await verify(story);
    expect(passport.verdict).toBe('TOTAL-PASSED');
    const twins = passport.records.filter(({ kid }) => kid === phone.kid);
    expect(twins.map(({ standing, state }) => [standing, state])).toEqual([
      ['full', 'trusted'],
      ['full', 'trusted'],
    ]);
    expect(new Set(twins.map(({ statementHash }) => statementHash)).size).toBe(1);
    expect(passport.counts['record.twin']).toBe(2);
  });
});
