import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { compareBytes, concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { CWT_CLAIM, HEADER_LABEL } from '../../src/crypto/cose-header.js';
import { encodeSign1, sigStructure } from '../../src/crypto/cose-sign1.js';
import { sha256 } from '../../src/crypto/hash.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { mergePassports } from '../../src/passport/merge.js';
import { encodeOpening, fieldDigest, isHidden, readOpening } from '../../src/record/private-fields.js';
import { RECORD_TYP } from '../../src/record/record.js';
import { payloadMap, signRecord } from '../../src/record/sign-record.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { phoneSigner } from '../verify/cases/records.js';
import {
  Actor,
  agreed,
  BOX,
  DAY,
  flipped,
  handover,
  hashOf,
  ITEM,
  idOf,
  instant,
  OTHER_ITEM,
  rawPassport,
  Story,
  statement,
  T0,
  withheld,
} from '../verify/story.js';
import { accusations, details, found, mergedAnyhow, told, troubles, verdictOn, without } from './verdict.js';

/** A seller with a path. */
async function oneCompany(): Promise<{ story: Story; seller: Actor }> {
  const story = new Story();
  return { story, seller: await story.company('seller', ['seller']) };
}

/** A seller and a carrier, both with a path. */
async function twoCompanies(): Promise<{ story: Story; seller: Actor; carrier: Actor }> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const carrier = await story.company('carrier', ['carrier']);
  return { story, seller, carrier };
}

const file = (story: Story, ids: readonly string[]): Uint8Array =>
  story.file({ records: story.records.filter((record) => ids.includes(idOf(record))) });

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
    const cut = file(story, without(story.ids, middle.id));

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

    const { bytes } = await mergedAnyhow(cut, file(story, [middle.id]));
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
        const passport = await verdictOn(story, { bytes: file(story, kept) });
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
    const passport = await verdictOn(story, { bytes: file(story, without(story.ids, tail.id)) });
    expect(told(passport)).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
  });

  test('truncate-tail: listed in a manifest it is missing, and that is charged to nobody', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(carrier, 'good');
    const tail = await story.say(carrier, 'broken after all');
    await story.manifest(seller, { seen: [tail.id] });
    const passport = await verdictOn(story, { bytes: file(story, without(story.ids, tail.id)) });
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
      const passport = await verdictOn(story, { bytes: file(story, ids) });
      expect(passport.verdict).toBe('TOTAL-FAILED');
      expect(details(passport, 'manifest.silent-omission')).toEqual([{ key: seller.kid, ids: [tail.id] }]);
      expect(accusations(passport)).toEqual(['manifest.silent-omission']);
    }
  });

  test('truncate-tail: what another holds by acknowledgement or receipt is back after a merge', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'good');
    const tail = await story.say(seller, 'broken after all');
    const truncated = file(story, without(story.ids, tail.id));
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
    const rest = file(story, without(story.ids, tail.id));
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
    const dishonest = file(story, without(story.ids, signed.id));

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

/** A record whose link is bytes of the attacker's choice. */
async function withLink(
  actor: Actor,
  link: CborValue,
  patch: (bytes: Uint8Array) => Uint8Array = (b) => b,
): Promise<Uint8Array> {
  const header = encodeCbor(
    new Map<CborKey, CborValue>([
      [HEADER_LABEL.alg, actor.signer.alg],
      [HEADER_LABEL.contentType, 'application/vnd.goodorder.statement+cbor'],
      [HEADER_LABEL.kid, fromHex(actor.kid)],
      [
        HEADER_LABEL.cwtClaims,
        new Map<CborKey, CborValue>([
          [CWT_CLAIM.iss, actor.iss],
          [CWT_CLAIM.sub, ITEM],
          [CWT_CLAIM.iat, T0],
        ]),
      ],
      [HEADER_LABEL.typ, RECORD_TYP],
      [HEADER_LABEL.link, link],
    ]),
  );
  const payload = encodeCbor(payloadMap(1, statement('odd')));
  const protectedBytes = patch(header);
  return encodeSign1(protectedBytes, payload, await actor.signer.sign(sigStructure(protectedBytes, payload)));
}

describe('links of the attacker’s choice', () => {
  const hash = (text: string): Uint8Array => fromHex(hashOf(text));

  test('dangling-and-self-links: what is absent is told and charged to nobody', async () => {
    const { story, seller } = await oneCompany();
    // seq 3 with a prev, a lane and a seen that exist nowhere.
    await story.say(seller, 'out of nothing', {
      position: { seq: 3, prev: hashOf('no such prev'), lane: hashOf('no such lane') },
      seen: [hashOf('no such record')],
    });
    const passport = await verdictOn(story);
    expect(told(passport)).toEqual([
      'INDETERMINATE',
      'chain.gap',
      'link.absent',
      'manifest.none',
      'time.no-anchor',
    ]);
    expect(details(passport, 'chain.gap')).toEqual([{ key: seller.kid, sub: ITEM, from: 0, to: 2 }]);
    expect(details(passport, 'link.absent')).toEqual([{ ids: [hashOf('no such record')] }]);
    expect(accusations(passport)).toEqual([]);
  });

  test('dangling-and-self-links: too many, unsorted and repeated ids, and ids of the own chain, are failures', async () => {
    const { story, seller, carrier } = await twoCompanies();
    const first = await story.say(seller, 'first');
    const other = await story.say(carrier, 'the carrier’s');
    const prev = fromHex(first.statementHash);
    const many = Array.from({ length: 65 }, (_, index) => hash(`${index}`)).sort(compareBytes);
    const unsorted = [hash('a'), hash('b')].sort(compareBytes).reverse();
    const anchors = Array.from({ length: 17 }, (_, index) => hash(`${index}`)).sort(compareBytes);
    const links: readonly (readonly [string, CborValue[]])[] = [
      ['link.shape', [1, 1, prev, many, prev, []]],
      ['link.shape', [1, 1, prev, unsorted, prev, []]],
      ['link.shape', [1, 1, prev, [hash('a'), hash('a')], prev, []]],
      ['link.shape', [1, 1, prev, [], prev, anchors]],
      ['link.shape', [1, 1, prev, [new Uint8Array(31)], prev, []]],
      ['link.shape', [1, 1, prev, [first.id], prev, []]],
      ['link.seen-own', [1, 1, prev, [fromHex(first.id)], prev, []]],
      ['link.lane-foreign', [1, 1, prev, [], fromHex(other.statementHash), []]],
    ];
    for (const [code, link] of links) {
      const record = await withLink(seller, link);
      const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, record] }) });
      expect([code, passport.verdict, found(passport, code).length], code).toEqual([code, 'TOTAL-FAILED', 1]);
      expect(accusations(passport)).toEqual([]);
    }
  });

  test('seq-overflow-and-type: no number wraps, and every wrong one is refused where it stands', async () => {
    const { story, seller } = await oneCompany();
    await story.say(seller, 'first');
    const prev = fromHex(seller.lane!);
    const MARK = 0x123456;
    const seq = (...bytes: number[]): ((header: Uint8Array) => Uint8Array) => {
      const mark = Uint8Array.of(0x1a, 0x00, 0x12, 0x34, 0x56);
      return (header) => {
        const at = Buffer.from(header).indexOf(mark);
        return concatBytes(header.subarray(0, at), Uint8Array.from(bytes), header.subarray(at + mark.length));
      };
    };
    const bigger = (...low: number[]): number[] => [0x1b, ...low];
    const wrong: readonly (readonly [string, string[], Uint8Array])[] = [
      [
        '2^53',
        ['link.shape'],
        await withLink(seller, [1, MARK, prev, [], prev, []], seq(...bigger(0, 0x20, 0, 0, 0, 0, 0, 0))),
      ],
      [
        '2^64 - 1',
        ['link.shape'],
        await withLink(
          seller,
          [1, MARK, prev, [], prev, []],
          seq(...bigger(255, 255, 255, 255, 255, 255, 255, 255)),
        ),
      ],
      ['-1', ['link.shape'], await withLink(seller, [1, -1, prev, [], prev, []])],
      ['1.5', ['cbor.simple'], await withLink(seller, [1, MARK, prev, [], prev, []], seq(0xf9, 0x3e, 0x00))],
      [
        '1 in two bytes',
        ['cbor.not-shortest'],
        await withLink(seller, [1, MARK, prev, [], prev, []], seq(0x18, 0x01)),
      ],
      ['text', ['link.shape'], await withLink(seller, [1, '1', prev, [], prev, []])],
      ['null', ['link.shape'], await withLink(seller, [1, null, prev, [], prev, []])],
      ['5 without prev', ['chain.gap', 'link.seq-prev'], await withLink(seller, [1, 5, null, [], prev, []])],
      [
        '0 with prev',
        ['chain.fork', 'link.prev-mismatch', 'link.seq-prev'],
        await withLink(seller, [1, 0, prev, [], prev, []]),
      ],
    ];
    for (const [name, codes, record] of wrong) {
      const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, record] }) });
      expect([name, passport.verdict, troubles(passport)]).toEqual([name, 'TOTAL-FAILED', codes]);
    }
    // The largest there is: a gap of 2^53 - 2 numbers is located, not walked.
    const last = await withLink(seller, [1, Number.MAX_SAFE_INTEGER, hash('x'), [], prev, []]);
    const passport = await verdictOn(story, { bytes: story.file({ records: [...story.records, last] }) });
    expect(details(passport, 'chain.gap')).toEqual([
      { key: seller.kid, sub: ITEM, from: 1, to: Number.MAX_SAFE_INTEGER - 1 },
    ]);
    expect(passport.verdict).toBe('INDETERMINATE');
  });
});

describe('what is withheld', () => {
  test('ghost-withheld-id: an id that nobody else names is unproven, and it accuses and explains nothing of others', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'packed');
    await story.say(carrier, 'carried');
    const ghost = { id: hashOf('ghost'), kid: carrier.kid, sub: ITEM, seq: 1 };
    const manifest = await story.manifest(seller, { fields: { withheld: [withheld(ghost, 'privacy')] } });
    const passport = await verdictOn(story);
    expect(told(passport)).toEqual(['TOTAL-PASSED', 'manifest.withheld-unproven', 'time.no-anchor']);
    expect(found(passport, 'manifest.withheld-unproven')).toMatchObject([
      { severity: 'info', record: manifest.id, detail: { ids: [ghost.id], records: 1 } },
    ]);
    // Somebody who has seen it is a second voice.
    await story.say(carrier, 'I hold that one', {
      sub: `urn:goodorder:key:${carrier.kid}`,
      seen: [ghost.id],
    });
    expect(Object.keys((await verdictOn(story)).counts)).not.toContain('manifest.withheld-unproven');
  });

  test('ghost-withheld-id: no stranger and no fork explains a gap away, nor does a manifest that names other numbers', async () => {
    const { story, seller, carrier } = await twoCompanies();
    await story.say(seller, 'packed');
    const missing = await story.say(seller, 'cracked', { present: false });
    await story.say(seller, 'handed over');
    await story.say(carrier, 'carried');
    const at = { id: missing.id, kid: seller.kid, sub: ITEM, seq: 1 };
    const stranger = Actor.person('stranger');
    const claims = async (by: Actor, seq: number): Promise<string[]> => {
      const copy = new Story();
      for (const key of ['records', 'ids', 'openings', 'credentials'] as const)
        copy[key].push(...(story[key] as never[]));
      for (const key of story.keys) copy.keys.add(key);
      await copy.manifest(by, {
        fields: { withheld: [withheld({ ...at, seq }, 'secret')] },
        ...(by === seller ? { position: { seq: 0, prev: null, lane: null } } : {}),
        advance: false,
      });
      const passport = await verdictOn(copy);
      return [passport.verdict, ...Object.keys(passport.counts).filter((code) => code.startsWith('chain.'))];
    };
    expect(await claims(carrier, 1)).toEqual(['TOTAL-PASSED', 'chain.withheld']);
    expect(await claims(carrier, 2)).toEqual(['INDETERMINATE', 'chain.gap']);
    expect(await claims(stranger, 1)).toEqual(['INDETERMINATE', 'chain.gap']);
    // The seller's own manifest as a second record number 0: a fork, and no explanation.
    expect(await claims(seller, 1)).toEqual(['TOTAL-FAILED', 'chain.fork', 'chain.gap']);
  });

  /** A delivery with a code, and what an attacker may travel beside it. */
  async function withCode(): Promise<{ story: Story; seller: Actor; record: string; opening: Uint8Array }> {
    const { story, seller } = await oneCompany();
    const persons = [
      { capacity: 'packer', name: 'Li Lei' },
      { capacity: 'driver', name: 'Han Mei' },
    ];
    const { id } = await story.sign(seller, 'statement', { ...statement('seen'), persons });
    return { story, seller, record: id, opening: story.openings[0]! };
  }

  test('orphan-opening: one that no record carries, one at another place and a second one for a place are failures', async () => {
    const { story, record, opening } = await withCode();
    const read = readOpening(opening);
    if (!read.ok) throw new Error('the opening cannot be read');
    const { path, salt, value } = read.opening;
    const attempts: readonly (readonly [string, string[], Uint8Array])[] = [
      [
        'of an absent record',
        ['passport.unreferenced'],
        encodeOpening({ record: hashOf('x'), path, salt, value }),
      ],
      [
        'at another private place',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path: ['persons', 1, 'name'], salt, value }),
      ],
      [
        'at a place that is not private',
        ['field.opening-mismatch'],
        encodeOpening({ record, path: ['text'], salt, value }),
      ],
      [
        'at a place that does not exist',
        ['field.opening-mismatch'],
        encodeOpening({ record, path: ['persons', 7, 'name'], salt, value }),
      ],
      [
        'another value',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path, salt, value: 'Li Mei' }),
      ],
      [
        'another salt',
        ['field.opening-mismatch', 'field.opening-twice'],
        encodeOpening({ record, path, salt: new Uint8Array(16), value }),
      ],
    ];
    for (const [name, codes, extra] of attempts) {
      const bytes = story.file({ openings: [...story.openings, extra] });
      const passport = await verdictOn(story, { bytes });
      expect([name, passport.verdict, troubles(passport)]).toEqual([name, 'TOTAL-FAILED', codes]);
      // A merge drops it and nothing else.
      expect((await mergePassports([bytes])).bytes).toEqual(story.file());
    }
  });

  test('orphan-opening: an opened value must be what its place holds', async () => {
    const { story, seller } = await oneCompany();
    // The signer itself commits to a number where a name belongs; the digest fits, the value does not.
    const salt = new Uint8Array(16).fill(7);
    const path = ['persons', 0, 'name'] as const;
    const digest = fieldDigest({ kid: seller.kid, sub: ITEM, salt, path, value: 7 });
    const id = await story.signRaw(seller, {
      fields: { ...statement('odd'), persons: [{ capacity: 'packer', name: digest }] },
    });
    story.openings.push(encodeOpening({ record: id, path, salt, value: 7 }));
    const passport = await verdictOn(story);
    expect(passport.verdict).toBe('TOTAL-FAILED');
    expect(troubles(passport)).toEqual(['schema.value']);
  });

  test('private-field-dictionary: the same secret twice shares no digest, and guessing it takes the salt', async () => {
    const { story, seller } = await oneCompany();
    const persons = [
      { capacity: 'packer', name: 'Li Lei', phone: '13800000000' },
      { capacity: 'driver', name: 'Li Lei', phone: '13800000000' },
    ];
    const made = [
      await story.sign(seller, 'statement', { ...statement('one'), persons }),
      await story.sign(seller, 'statement', { ...statement('two'), persons }),
    ];
    const hidden = (await verdictOn(story, { bytes: story.file({ openings: [] }) })).records;
    for (const { payload } of hidden) {
      expect((payload.persons as { name: unknown }[]).map(({ name }) => isHidden(name))).toEqual([
        true,
        true,
      ]);
    }
    const digests = made.flatMap(({ signed }) =>
      (signed.payload.fields.persons as { name: Uint8Array; phone: Uint8Array }[]).flatMap(
        ({ name, phone }) => [toHex(name), toHex(phone)],
      ),
    );
    expect(new Set(digests).size).toBe(8);
    // Whoever knows all but the salt tries the name with the salts an attacker would try first.
    const [first] = digests as [string];
    const guess = (salt: Uint8Array): string =>
      toHex(fieldDigest({ kid: seller.kid, sub: ITEM, salt, path: ['persons', 0, 'name'], value: 'Li Lei' }));
    for (const fill of [0, 255]) expect(guess(new Uint8Array(16).fill(fill))).not.toBe(first);
    for (let second = T0 - 60; second <= T0 + 60; second += 1) {
      const salt = new Uint8Array(16);
      new DataView(salt.buffer).setUint32(12, second);
      expect(guess(salt)).not.toBe(first);
    }
    const opening = readOpening(story.openings[0]!);
    if (!opening.ok) throw new Error('the opening cannot be read');
    expect(guess(opening.opening.salt)).toBe(first);
  });

  test('private-field-dictionary: a salt that is short or comes again is refused', async () => {
    const { seller } = await oneCompany();
    const persons = [{ capacity: 'packer', name: 'Li Lei', phone: '13800000000' }];
    const sign = (salt: () => Uint8Array): Promise<unknown> =>
      signRecord({
        signer: seller.signer,
        iss: seller.iss,
        sub: ITEM,
        type: 'statement',
        payload: { ...statement('x'), persons },
        iat: T0,
        state: { seq: 0, prev: null, lane: null },
        salt,
      });
    for (const length of [0, 15, 17]) {
      await expect(sign(() => new Uint8Array(length))).rejects.toThrow(RangeError);
    }
    await expect(sign(() => new Uint8Array(16).fill(1))).rejects.toThrow('the same salt');
  });

  test('private-field-dictionary: no code of the product asks Math.random', async () => {
    const root = new URL('../../src/', import.meta.url);
    const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'));
    expect(names.length).toBeGreaterThan(100);
    const texts = await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, root), 'utf8')] as const),
    );
    expect(texts.filter(([, text]) => /Math\s*\.\s*random/.test(text)).map(([name]) => name)).toEqual([]);
  });

  /** A record that is logged under a note of two witnesses. */
  async function logged(): Promise<{ story: Story; note: Uint8Array }> {
    const { story, seller } = await oneCompany();
    const { id } = await story.say(seller, 'packed');
    story.log([id], T0 + DAY);
    return { story, note: story.notes[0]! };
  }

  test('junk-malleates-passport-hash: a note with another line is another note, which nothing names', async () => {
    const { story, note } = await logged();
    const passed = await verdictOn(story);
    expect(told(passed)).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
    const junk = concatBytes(note, utf8Bytes('\u2014 stranger.example AAAAAP//////\n'));
    const swapped = await verdictOn(story, { bytes: story.file({ notes: [junk] }) });
    expect([swapped.verdict, ...troubles(swapped)]).toEqual([
      'TOTAL-FAILED',
      'passport.unreferenced',
      'receipt.dangling',
    ]);
    const beside = story.file({ notes: [note, junk] });
    expect(troubles(await verdictOn(story, { bytes: beside }))).toEqual(['passport.unreferenced']);
    expect((await mergePassports([beside, story.file()])).bytes).toEqual(story.file());
  });

  test('junk-malleates-passport-hash: no bit of a note or a receipt can be turned unseen', async () => {
    const { story, note } = await logged();
    const [receipt] = story.receipts as [Uint8Array];
    const unseen: string[] = [];
    for (let at = 0; at < note.length + receipt.length; at += 1) {
      const bit = (at * 5) % 8;
      const changes =
        at < note.length
          ? { notes: [flipped(note, at * 8 + bit)] }
          : { receipts: [flipped(receipt, (at - note.length) * 8 + bit)] };
      const { verdict } = await verdictOn(story, { bytes: story.file(changes) });
      if (verdict !== 'TOTAL-FAILED') unseen.push(`${at}.${bit} ${verdict}`);
    }
    expect(unseen).toEqual([]);
  });
});
