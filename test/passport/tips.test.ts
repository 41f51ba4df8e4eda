import { describe, expect, test } from 'vitest';
import { tipsFor } from '../../src/passport/tips.js';
import { MAX_SEEN } from '../../src/record/link.js';
import { Hand, ITEM, OTHER_ITEM, type Signed } from './hand.js';
import { fileOf, membersOf } from './world.js';

const seller = new Hand('seller');
const buyer = new Hand('buyer');
const carrier = new Hand('carrier');
const idsOf = (...records: readonly Signed[]): string[] => records.map(({ id }) => id).sort();

describe('tipsFor', () => {
  test('are the records that no other pins, without those of the own chain', async () => {
    const [one, other, third] = [seller.copy(), buyer.copy(), carrier.copy()];
    const first = await one.say(ITEM, 'first');
    const seen = await other.say(ITEM, 'seen', { seen: [first.id] });
    const last = await other.say(ITEM, 'last');
    const received = await third.acknowledge(ITEM, [seen.id]);
    const own = await one.say(ITEM, 'own');
    const file = fileOf(membersOf([first, seen, last, received, own], [one, other, third]));
    const signer = { kid: one.kid, sub: ITEM };
    expect(await tipsFor([file], signer)).toEqual({ seen: idsOf(last, received), beyond: [] });
    // About something else the own chain is not the same, and its newest record is a tip.
    expect(await tipsFor([file], { kid: one.kid, sub: OTHER_ITEM })).toEqual({
      seen: idsOf(last, received, own),
      beyond: [],
    });
    expect(await tipsFor([file], { kid: third.kid, sub: ITEM })).toEqual({
      seen: idsOf(last, own),
      beyond: [],
    });
    // What is asked for comes along, once, though it is pinned or a tip anyway.
    expect(await tipsFor([file], signer, [first.id, last.id])).toEqual({
      seen: idsOf(first, last, received),
      beyond: [],
    });
  });

  test('do not name what fails', async () => {
    const good = await seller.copy().say(ITEM, 'good');
    const bad = (await buyer.copy().say(ITEM, 'bad')).record.slice();
    bad[bad.length - 1]! ^= 1;
    const keyless = await carrier.copy().say(ITEM, 'no key');
    const file = fileOf({ 1: [good.record, bad, keyless.record], 2: [seller.key, buyer.key] });
    expect(await tipsFor([file], { kid: 'none', sub: ITEM })).toEqual({ seen: [good.id], beyond: [] });
  });

  test('gather from several inputs about one item', async () => {
    const [a, b] = [await seller.copy().say(ITEM, 'a'), await buyer.copy().say(ITEM, 'b')];
    const files = [fileOf(membersOf([a], [seller])), fileOf(membersOf([b], [buyer]))];
    expect(await tipsFor(files, { kid: 'none', sub: ITEM })).toEqual({ seen: idsOf(a, b), beyond: [] });
  });

  test('are the newest that fit, of equal age those with the smaller id; the others are told apart', async () => {
    const hands = Array.from({ length: MAX_SEEN + 6 }, (_, index) => new Hand(`many ${index}`));
    const records: Signed[] = [];
    for (const [index, hand] of hands.entries()) {
      // Three old ones, and of the rest all claim the same time.
      records.push(await hand.say(ITEM, 'here', { iat: 1_760_000_000 + (index < 3 ? index - 9 : 0) }));
    }
    const file = fileOf(membersOf(records, hands));
    const signer = { kid: 'none', sub: ITEM };
    const old = records.slice(0, 3);
    const recent = idsOf(...records.slice(3));
    expect(await tipsFor([file], signer)).toEqual({
      seen: recent.slice(0, MAX_SEEN),
      beyond: [...recent.slice(MAX_SEEN), ...idsOf(...old)].sort(),
    });
    const required = [old[0]!.id, 'ff'.repeat(32)];
    expect(await tipsFor([file], signer, required)).toEqual({
      seen: [...recent.slice(0, MAX_SEEN - 2), ...required].sort(),
      beyond: [...recent.slice(MAX_SEEN - 2), ...idsOf(old[1]!, old[2]!)].sort(),
    });
    // More asked for than may be named leaves no room for tips.
    const many = Array.from({ length: MAX_SEEN + 1 }, (_, index) => index.toString(16).padStart(64, '0'));
    expect(await tipsFor([file], signer, many)).toEqual({ seen: many, beyond: idsOf(...records) });
  });
});
