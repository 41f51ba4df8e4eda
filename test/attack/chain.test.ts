import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareBytes, concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { mergePassports } from '../../src/passport/merge.js';
import { signRecord } from '../../src/record/sign-record.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { phoneSigner } from '../verify/cases/records.js';
import {
  Actor,
  agreed,
  BOX,
  DAY,
  handover,
  ITEM,
  instant,
  OTHER_ITEM,
  rawPassport,
  Story,
  T0,
} from '../verify/story.js';
import { fileWith, oneCompany, twoCompanies } from './companies.js';
import { accusations, details, found, mergedAnyhow, told, troubles, verdictOn, without } from './verdict.js';

/** Who signed each change of hands, by the facts that a finding starts from. */
function passagesOf(passport: VerifiedPassport): { signedBy: readonly string[] }[] {
  const parties = [...new Set(passport.records.map(({ iss }) => iss))];
  const facts = deriveFacts(passport, { parties, goods: [{ unit: 'u1', sub: ITEM }], sellers: [] });
  return custodyOf(facts, ITEM).passages.map(({ signedBy }) => ({ signedBy }));
}

describe('missing records', () => {
  test('drop-middle-record: the gap is located in its key’s chain, the absent link is told, and a merge heals both', async () => {
    const { story, seller, carrier } = await twoCompanies();
    const first = await story.say(seller, 'packed well');
    const middle = await story.say(seller, 'one cup was cracked');
    const last = await story.say(seller, 'handed over');
    await story.say(carrier, 'I have read what the seller says', { seen: [middle.id] });
    const whole = story.file();
    const cut = fileWith(story, without(story.ids, middle.id));

    const passport = await verdictOn(story, { bytes: cut });
    expect(told(passport)).toEqual([
      'INDETERMINATE',
      'chain.gap',
      'link.absent',
      'manifest.none',
      'time.no-anchor',
    ]);
    expect(found(passport, 'chain.gap')).toMatchObject([
      {
        severity: 'indeterminate',
        record: last.id,
        detail: { key: seller.kid, sub: ITEM, from: 1, to: 1 },
      },
    ]);
    expect(details(passport, 'link.absent')).toEqual([{ ids: [middle.id] }]);
    expect(accusations(passport)).toEqual([]);
    // What lies beyond counts against its signer and not for it.
    const standing = new Map(passport.records.map((record) => [record.id, record.standing]));
    expect([standing.get(first.id), standing.get(last.id)]).toEqual(['full', 'adverse-only']);

    const { bytes } = await mergedAnyhow(cut, fileWith(story, [middle.id]));
    expect(toHex(sha256(bytes))).toBe(toHex(sha256(whole)));
    expect(told(await verdictOn(story, { bytes }))).toEqual([
      'TOTAL-PASSED',
      'manifest.none',
      'time.no-anchor',
    ]);
  });

  test('drop-middle-record: whichever are taken out, exactly the missing numbers are named', async () => {
    const { story, seller } = await oneCompany();
    for (let seq = 0; seq < 8; seq += 1) await story.say(seller, `word ${seq}`);
    await fc.assert(
      fc.asyncProperty(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }), async (dropped) => {
        const kept = story.ids.filter((_, seq) => !dropped.includes(seq));
        const passport = await verdictOn(story, { bytes: fileWith(story, kept) });
        const missing = details(passport, 'chain.gap').flatMap((detail) => {
          const { from, to } = detail as { from: number; to: number };
          return Array.from({ length: to - from + 1 }, (_, index) => from + index);
        });
        expect(missing).toEqual(dropped);
        expect(passport.verdict).toBe('INDETERMINATE');
        expect(accusations(passport)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('truncate-tail: without manifest, receipt or acknowledgement nothing shows, and nothing claims completeness', async () => {
    const { story, seller } = await oneCompany();
    await story.say(seller, 'good');
    const tail = await story.say(seller, 'broken after all');
    const passport = await verdictOn(story, { bytes: fileWith(story, without(story.ids, tail.id)) });
    expect(told(passport)).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
  });

  test('truncate-tail: listed in a manifest it is missing, and that is charged to nobody', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(carrier, 'good');
    const tail = await story.say(carrier, 'broken after all');
    await story.manifest(seller, { seen: [tail.id] });
    const passport = await verdictOn(story, { bytes: fileWith(story, without(story.ids, tail.id)) });
    expect(told(passport)).toEqual([
      'INDETERMINATE',
      'link.absent',
      'manifest.record-missing',
      'time.no-anchor',
    ]);
    expect(details(passport, 'manifest.record-missing')).toEqual([{ ids: [tail.id], records: 1 }]);
    expect(accusations(passport)).toEqual([]);
  });

  test('truncate-tail: a maker of a manifest that knew it and does not list it has left it out', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(carrier, 'good');
    const tail = await story.say(carrier, 'broken after all');
    await story.say(seller, 'I hold all that', { seen: [tail.id] });
    const kept = without(story.ids, tail.id);
    const manifest = await story.manifest(seller, { ids: kept });
    for (const ids of [
      [...kept, manifest.id],
      [...kept, tail.id, manifest.id],
    ]) {
      const passport = await verdictOn(story, { bytes: fileWith(story, ids) });
      expect(passport.verdict).toBe('TOTAL-FAILED');
      expect(details(passport, 'manifest.silent-omission')).toEqual([{ key: seller.kid, ids: [tail.id] }]);
      expect(accusations(passport)).toEqual(['manifest.silent-omission']);
    }
  });

  test('truncate-tail: what another holds by acknowledgement or receipt is back after a merge', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'good');
    const tail = await story.say(seller, 'broken after all');
    const truncated = fileWith(story, without(story.ids, tail.id));
    await story.sign(
      carrier,
      'acknowledgement',
      { received: [fromHex(tail.id)], at: instant(T0 + 600) },
      { seen: [tail.id] },
    );
    story.log([tail.id], T0 + DAY);
    const merged = await mergedAnyhow(truncated, story.file());
    expect(merged.leftOut).toEqual([]);
    const passport = await verdictOn(story, { bytes: merged.bytes });
    expect(passport.records.map(({ id }) => id).sort()).toEqual([...story.ids].sort());
    expect(passport.verdict).toBe('TOTAL-PASSED');
    // The acknowledgement alone shows that something is not here; a receipt of an absent record has no place.
    const rest = fileWith(story, without(story.ids, tail.id));
    expect(troubles(await verdictOn(story, { bytes: rest }))).toEqual(['passport.unreferenced']);
    const { bytes, leftOut } = await mergePassports([rest]);
    expect(leftOut.map(({ code }) => code)).toEqual(['passport.unreferenced', 'passport.unreferenced']);
    expect(found(await verdictOn(story, { bytes }), 'link.absent')).toMatchObject([
      { severity: 'info', detail: { ids: [tail.id] } },
    ]);
  });
});

describe('two histories', () => {
  test('author-fork: a merge keeps both sides, names key and ids, and neither side nor what follows helps its signer', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'packed');
    const toCarrier = await story.say(seller, 'it was sound', { advance: false });
    const forCarrier = story.file();
    story.records.pop();
    story.ids.pop();
    const toBuyer = await story.say(seller, 'it was cracked');
    const after = await story.say(seller, 'as I said');
    const other = await story.say(carrier, 'hm', { seen: [toBuyer.id] });
    const forBuyer = story.file();

    for (const alone of [forCarrier, forBuyer]) {
      expect((await verdictOn(story, { bytes: (await mergePassports([alone])).bytes })).verdict).toBe(
        'TOTAL-PASSED',
      );
    }
    const { bytes, leftOut } = await mergedAnyhow(forCarrier, forBuyer);
    expect(leftOut).toEqual([]);
    const passport = await verdictOn(story, { bytes });
    expect(passport.verdict).toBe('TOTAL-FAILED');
    expect(troubles(passport)).toEqual(['chain.fork']);
    expect(details(passport, 'chain.fork')).toEqual([
      { key: seller.kid, ids: [toCarrier.id, toBuyer.id].sort(), records: 2, by: ['lane', 'seq'] },
    ]);
    const standing = Object.fromEntries(passport.records.map((record) => [record.id, record.standing]));
    expect([toCarrier, toBuyer, after, other].map(({ id }) => standing[id])).toEqual([
      'adverse-only',
      'adverse-only',
      'adverse-only',
      'full',
    ]);
  });

  test('author-fork: hidden under another subject it shows in the lane', async () => {
    const { story, seller } = await oneCompany();
    const first = await story.say(seller, 'packed', { advance: false });
    const second = await story.say(seller, 'of the box', { sub: BOX, advance: false });
    await story.sign(
      seller,
      'aggregation',
      { action: 'pack', at: instant(T0), children: [ITEM] },
      {
        sub: BOX,
        position: { seq: 1, prev: second.statementHash, lane: second.statementHash },
      },
    );
    const passport = await verdictOn(story);
    expect(details(passport, 'chain.fork')).toEqual([
      { key: seller.kid, ids: [first.id, second.id].sort(), records: 2, by: ['lane'] },
    ]);
  });

  test('rewrite-history-after-countersign: the old record absent leaves a trace, the old record merged in is a fork', async () => {
    const { story, seller, carrier } = await twoCompanies();
    const given = handover(seller, carrier);
    await story.say(seller, 'packed');
    const before = seller.position(ITEM);
    const signed = await story.sign(seller, 'handover', given);
    const answered = await story.sign(carrier, 'countersign', agreed(signed.id), { seen: [signed.id] });
    const honest = story.file();
    const rewritten = await story.sign(seller, 'handover', { ...given, parcels: 2 }, { position: before });
    const dishonest = fileWith(story, without(story.ids, signed.id));

    const alone = await verdictOn(story, { bytes: dishonest });
    // The answer names bytes that are gone: it does not pass over to the second version.
    expect(found(alone, 'link.absent')).toMatchObject([
      { severity: 'info', record: answered.id, detail: { ids: [signed.id] } },
    ]);
    expect(accusations(alone)).toEqual([]);
    expect(passagesOf(await verdictOn(story, { bytes: honest }))).toEqual([
      { signedBy: [carrier.iss, seller.iss].sort() },
    ]);
    expect(passagesOf(alone)).toEqual([{ signedBy: [seller.iss] }]);

    const both = await verdictOn(story, { bytes: (await mergedAnyhow(honest, dishonest)).bytes });
    expect(both.verdict).toBe('TOTAL-FAILED');
    expect(details(both, 'chain.fork')).toEqual([
      { key: seller.kid, ids: [signed.id, rewritten.id].sort(), records: 2, by: ['lane', 'seq'] },
    ]);
  });
});

describe('replays', () => {
  test('replay-into-other-item: a record of another item has no place, and a merge leaves it out', async () => {
    const { story, seller } = await oneCompany();
    await story.say(seller, 'about plate 7');
    const own = story.file();
    const foreign = await story.say(seller, 'plate 8 was checked and is sound', { sub: OTHER_ITEM });
    const passport = await verdictOn(story);
    expect(passport.verdict).toBe('TOTAL-FAILED');
    expect(found(passport, 'passport.foreign-subject')).toMatchObject([
      { severity: 'failure', member: 1, detail: { record: foreign.id, sub: OTHER_ITEM } },
    ]);
    const { bytes, leftOut } = await mergePassports([story.file()]);
    expect(leftOut.map(({ code, sha256: id }) => [code, id])).toEqual([
      ['passport.foreign-subject', foreign.id],
    ]);
    expect(bytes).toEqual(own);
  });

  test('replay-into-other-item: an opened child reaches the box, never the other things in it', async () => {
    const { story, seller } = await oneCompany();
    const packed = { action: 'pack', at: instant(T0), children: [ITEM, OTHER_ITEM] };
    await story.sign(seller, 'aggregation', packed, { sub: BOX });
    await story.say(seller, 'the box is dented', { sub: BOX });
    await story.say(seller, 'plate 7 is sound');
    expect(told(await verdictOn(story))).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
    const sibling = await story.say(seller, 'plate 8 is sound', { sub: OTHER_ITEM });
    const passport = await verdictOn(story);
    expect(found(passport, 'passport.foreign-subject').map(({ detail }) => detail?.record)).toEqual([
      sibling.id,
    ]);
    // With no child opened nothing says that the item is in the box.
    const closed = await verdictOn(story, { bytes: story.file({ openings: [] }) });
    expect(found(closed, 'passport.foreign-subject')).toHaveLength(3);
  });

  test('replay-same-record-twice: listed twice it is no set, and with anything in the open header no record', async () => {
    const { story, seller } = await oneCompany();
    await story.say(seller, 'paid');
    const [record] = story.records as [Uint8Array];
    const twice = rawPassport(
      ITEM,
      new Map([
        [1, [record, record]],
        [2, [...story.keys].map(({ coseKey }) => coseKey).sort(compareBytes)],
        [3, story.credentials],
      ]),
    );
    expect(troubles(await verdictOn(story, { bytes: twice }))).toEqual(['passport.set']);
    expect((await mergePassports([twice])).bytes).toEqual(story.file());
    // d2 84 43.. / 58 xx: the open header is the one byte a0 after the protected one.
    const at = 2 + 2 + record[3]! + (record[2] === 0x59 ? 1 : 0);
    const open = record[2] === 0x59 ? 5 + ((record[3]! << 8) | record[4]!) : at;
    expect(record[open]).toBe(0xa0);
    const unprotected = concatBytes(
      record.subarray(0, open),
      Uint8Array.of(0xa1, 0x01, 0x01),
      record.subarray(open + 1),
    );
    story.records.push(unprotected);
    expect(troubles(await verdictOn(story))).toEqual(['cose.unprotected']);
    expect((await mergePassports([story.file()])).bytes).toEqual(story.file({ records: [record] }));
  });

  test('replay-same-record-twice: a phone that signs one payment twice has paid once', async () => {
    const story = new Story();
    const phone = new Actor('phone company', undefined, phoneSigner());
    await story.vouch(phone, ['seller']);
    const first = await story.say(phone, 'delivered');
    const payment = {
      kind: 'refund',
      amountMinor: 12_800,
      currency: 'CNY',
      against: fromHex(first.id),
      occurredAt: instant(T0),
    };
    const position = phone.position(ITEM);
    for (const _ of [1, 2]) {
      const made = await signRecord({
        signer: phone.signer,
        iss: phone.iss,
        sub: ITEM,
        type: 'payment',
        payload: payment,
        iat: T0 + 60,
        state: position,
        salt: () => new Uint8Array(16),
      });
      story.records.push(made.record);
      story.openings.push(...made.openings);
    }
    const passport = await verdictOn(story);
    expect(told(passport)).toEqual(['TOTAL-PASSED', 'manifest.none', 'record.twin', 'time.no-anchor']);
    const facts = deriveFacts(passport, {
      parties: [phone.iss],
      goods: [{ unit: 'u1', sub: ITEM }],
      sellers: [],
    });
    expect(facts.of('paid')).toHaveLength(1);
  });

  test('replay-after-return: the delivery of the first sale tells nothing of the second', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    const carrier = await story.company('carrier', ['carrier']);
    const buyers = [Actor.person('first buyer'), Actor.person('second buyer')] as const;
    const deliver = (to: Actor, day: number): Promise<{ id: string }> =>
      story.sign(
        to,
        'delivery',
        {
          occurredAt: instant(T0 + day * DAY),
          from: carrier.iss,
          to: to.iss,
          receiverRole: 'consignee',
          mode: 'in-person',
          consent: 'given',
          remark: 'clean',
          inspectedScope: [{ aspect: 'fracture' }],
          method: 'by hand',
          objectionDeadline: null,
          observations: [{ aspect: 'fracture', condition: 'good' }],
        },
        { iat: T0 + day * DAY + 60 },
      );
    const handOver = (from: Actor, to: Actor, day: number): Promise<{ id: string }> =>
      story.sign(
        from === seller ? seller : carrier,
        'handover',
        {
          occurredAt: instant(T0 + day * DAY),
          from: from.iss,
          to: to.iss,
          fromCapacity: from === carrier ? 'carrier' : 'principal',
          toCapacity: to === carrier ? 'carrier' : 'principal',
          leg: `leg ${day}`,
          mode: 'road',
          parcels: 1,
          remark: 'clean',
          inspectedScope: [],
          sealState: 'intact',
        },
        { iat: T0 + day * DAY + 60 },
      );
    const firstSale = [await handOver(seller, carrier, 1), await deliver(buyers[0], 2)];
    await handOver(buyers[0], carrier, 3);
    await handOver(carrier, seller, 4);
    const secondSale = [await handOver(seller, carrier, 5), await deliver(buyers[1], 6)];
    const passport = await verdictOn(story);
    expect(troubles(passport)).toEqual([]);
    const facts = deriveFacts(passport, {
      parties: [seller.iss, carrier.iss, ...buyers.map(({ iss }) => iss)],
      goods: [{ unit: 'u1', sub: ITEM }],
      sellers: [seller.iss],
    });
    const { boundaries, journeys } = custodyOf(facts, ITEM);
    expect(journeys.map(({ direction, sender, consignee }) => [direction, sender, consignee])).toEqual([
      ['outbound', seller.iss, buyers[0].iss],
      ['return', buyers[0].iss, seller.iss],
      ['outbound', seller.iss, buyers[1].iss],
    ]);
    const recordsOf = (journey: string): string[] =>
      boundaries.filter((one) => one.journey === journey).flatMap(({ records }) => records);
    expect(recordsOf(journeys[0]!.id).sort()).toEqual(firstSale.map(({ id }) => id).sort());
    expect(recordsOf(journeys[2]!.id).sort()).toEqual(secondSale.map(({ id }) => id).sort());
  });
});
