import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { assessPassport } from '../../src/passport/assess.js';
import type { ElementMember } from '../../src/passport/element.js';
import { parsePassport } from '../../src/passport/passport.js';
import { encodeOpening } from '../../src/record/private-fields.js';
import { assembleRecord } from '../../src/record/sign-record.js';
import { keyUri } from '../../src/subject/subject.js';
import { CONTAINER, Hand, ITEM, LOT, NOON, OTHER_ITEM } from './hand.js';
import { assess, codesOf, fileOf, fullWorld, type Members, membersOf } from './world.js';

/** Codes found, and what a merge would leave out, as [code, member]. */
async function judge(members: Members): Promise<unknown> {
  const assessed = await assess(fileOf(members));
  return {
    codes: codesOf(assessed),
    leftOut: assessed.leftOut.map(({ code, element }) => [code, element.member]),
  };
}

const nothing = { codes: [], leftOut: [] };

function without(members: Members, member: ElementMember): Members {
  return { ...members, [member]: [] };
}

describe('what an element needs must be there', () => {
  test('a record’s key, and then what only the record justified goes too', async () => {
    const { members } = await fullWorld();
    expect(await judge(without(members, 2))).toEqual({
      codes: [
        'credential.issuer-absent',
        'key.absent',
        'key.absent',
        'passport.unreferenced',
        'passport.unreferenced',
        'passport.unreferenced',
        'passport.unreferenced',
        'passport.unreferenced',
        'passport.unreferenced',
      ],
      leftOut: [
        ['key.absent', 1],
        ['key.absent', 1],
        ['credential.issuer-absent', 3],
        ['passport.unreferenced', 4],
        ['passport.unreferenced', 4],
        ['passport.unreferenced', 5],
        ['passport.unreferenced', 6],
        ['passport.unreferenced', 7],
        ['passport.unreferenced', 8],
      ],
    });
  });

  test('a receipt’s note', async () => {
    const { members } = await fullWorld();
    expect(await judge(without(members, 5))).toEqual({
      codes: ['passport.unreferenced', 'receipt.dangling'],
      leftOut: [
        ['passport.unreferenced', 6],
        ['receipt.dangling', 7],
      ],
    });
  });

  test('a receipt’s token', async () => {
    const { members } = await fullWorld();
    expect(await judge(without(members, 6))).toEqual({
      codes: ['passport.unreferenced', 'receipt.dangling'],
      leftOut: [
        ['passport.unreferenced', 5],
        ['receipt.dangling', 7],
      ],
    });
  });

  test('openings, credentials, receipts and attachments may be absent', async () => {
    const { members } = await fullWorld();
    expect(await judge(without(without(members, 3), 8))).toEqual({
      codes: ['passport.unreferenced'],
      leftOut: [['passport.unreferenced', 2]],
    });
    expect(await judge(without(members, 8))).toEqual(nothing);
    expect(await judge(without(without(without(members, 5), 6), 7))).toEqual(nothing);
  });
});

describe('nothing is there without a reason', () => {
  const stranger = new Hand('stranger');

  test.each<[string, ElementMember, () => Promise<Uint8Array>]>([
    ['a key nobody signed with', 2, async () => stranger.key],
    ['a credential for a key that signed nothing', 3, () => new Hand('authority').credentialFor(stranger)],
    ['an attachment nobody states', 8, async () => Uint8Array.of(1, 2, 3)],
    ['a token nobody names', 6, async () => Uint8Array.of(0x30, 0)],
    [
      'a note nobody names',
      5,
      async () =>
        buildLog({ name: 'log.test/two', seed: sha256(Uint8Array.of(9)) }, ['00'.repeat(32)]).checkpoint(),
    ],
    [
      'an opening of an absent record',
      4,
      async () => encodeOpening({ record: '00'.repeat(32), path: ['a'], salt: new Uint8Array(16), value: 1 }),
    ],
  ])('%s', async (_, member, make) => {
    const { members } = await fullWorld();
    const added = { ...members, [member]: [...(members[member] ?? []), await make()] };
    // The authority's key is in the file: its credential verifies and still has no reason.
    const keyed = member === 3 ? { ...added, 2: [...(added[2] ?? []), new Hand('authority').key] } : added;
    expect(await judge(keyed)).toEqual({
      codes: ['passport.unreferenced'],
      leftOut: [['passport.unreferenced', member]],
    });
  });

  test('credentials that lead in a circle do not hold each other up', async () => {
    const { members } = await fullWorld();
    const other = new Hand('other');
    const circle = [await stranger.credentialFor(other), await other.credentialFor(stranger)];
    const judged = await judge({
      ...members,
      2: [...(members[2] ?? []), stranger.key, other.key],
      3: [...(members[3] ?? []), ...circle],
    });
    expect(judged).toEqual({
      codes: Array(4).fill('passport.unreferenced'),
      leftOut: [
        ['passport.unreferenced', 2],
        ['passport.unreferenced', 2],
        ['passport.unreferenced', 3],
        ['passport.unreferenced', 3],
      ],
    });
  });

  test('a receipt for an id that is not here', async () => {
    const { members } = await fullWorld();
    const id = '11'.repeat(32);
    const log = buildLog({ name: 'log.test/two', seed: sha256(Uint8Array.of(9)) }, [id]);
    const note = log.checkpoint();
    const judged = await judge({
      ...members,
      5: [...(members[5] ?? []), note],
      7: [...(members[7] ?? []), log.receipt(id, note)],
    });
    expect(judged).toEqual({
      codes: ['passport.unreferenced', 'passport.unreferenced'],
      leftOut: [
        ['passport.unreferenced', 5],
        ['passport.unreferenced', 7],
      ],
    });
  });

  test('a receipt whose proof does not hold', async () => {
    const hand = new Hand('a');
    const record = await hand.say(ITEM, 'one');
    const log = buildLog({ name: 'log.test/two', seed: sha256(Uint8Array.of(9)) }, [
      record.id,
      '22'.repeat(32),
    ]);
    const [small, large] = [log.checkpoint([], 1), log.checkpoint()];
    const receipt = log.receipt(record.id, large);
    // The same receipt under the note of another size: only the note's hash in it is changed.
    const moved = receipt.slice();
    moved.set(sha256(small), Buffer.from(receipt).indexOf(Buffer.from(sha256(large))));
    const judged = await judge({ ...membersOf([record], [hand]), 5: [small], 7: [moved] });
    expect(judged).toEqual({
      codes: ['passport.unreferenced', 'receipt.proof-invalid'],
      leftOut: [
        ['passport.unreferenced', 5],
        ['receipt.proof-invalid', 7],
      ],
    });
  });

  test('an anchor justifies a note or a token', async () => {
    const hand = new Hand('a');
    const token = Uint8Array.of(0x30, 1, 0);
    const note = buildLog({ name: 'log.test/two', seed: sha256(Uint8Array.of(9)) }, [
      '00'.repeat(32),
    ]).checkpoint();
    const record = await hand.say(ITEM, 'one', { anchors: [sha256Hex(note), sha256Hex(token)] });
    const members = { ...membersOf([record], [hand]), 5: [note], 6: [token] };
    expect(await judge(members)).toEqual(nothing);
    expect(await judge(without(without(members, 5), 6))).toEqual(nothing);
  });
});

describe('credentials', () => {
  test('two keys that vouch for each other, one of which signed: both credentials belong', async () => {
    const [one, other] = [new Hand('one'), new Hand('other')];
    const circle = [await one.credentialFor(other), await other.credentialFor(one)];
    const record = await one.say(ITEM, 'mine');
    expect(await judge({ ...membersOf([record], [one, other]), 3: circle })).toEqual(nothing);
  });

  test('a receipt proves a credential that belongs, and has no reason where the credential has none', async () => {
    const [authority, seller, stranger] = ['authority', 'seller', 'stranger'].map((name) => new Hand(name));
    const record = await seller!.say(ITEM, 'mine');
    const credentials = [
      await authority!.credentialFor(seller!),
      await authority!.credentialFor(stranger!),
    ] as const;
    const [held, idle] = credentials.map((credential) => {
      const id = sha256Hex(credential);
      const log = buildLog({ name: `log.test/${id}`, seed: sha256(Uint8Array.of(9)) }, [id]);
      const note = log.checkpoint();
      return { note, receipt: log.receipt(id, note) };
    });
    const members = membersOf([record], [authority!, seller!]);
    const judged = await judge({ ...members, 3: [credentials[0]], 5: [held!.note], 7: [held!.receipt] });
    expect(judged).toEqual(nothing);
    expect(await judge({ ...members, 3: credentials, 5: [idle!.note], 7: [idle!.receipt] })).toEqual({
      codes: ['passport.unreferenced', 'passport.unreferenced', 'passport.unreferenced'],
      leftOut: [
        ['passport.unreferenced', 3],
        ['passport.unreferenced', 5],
        ['passport.unreferenced', 7],
      ],
    });
  });
});

describe('a record that breaks a rule by itself', () => {
  test('keeps its key and its anchors; what it says of files, children and notes is not read', async () => {
    const hand = new Hand('maker');
    const token = Uint8Array.of(0x30, 1, 0);
    const made = await hand.say(ITEM, 'one', { anchors: [sha256Hex(token)] });
    const faulty = await assembleRecord(hand.signer, {
      contentType: 'application/vnd.goodorder.aggregation+cbor',
      iss: hand.iss,
      sub: ITEM,
      iat: 1_760_000_000,
      link: [1, 1, fromHex(made.signed.statementHash), [], fromHex(made.signed.statementHash), []],
      payload: new Map<CborKey, CborValue>([[0, 1]]),
    });
    const file = fileOf({ 1: [made.record, faulty], 2: [hand.key], 6: [token] });
    const { leftOut, passport } = await assess(file);
    expect(passport.records.map(({ reading }) => reading).sort()).toEqual(['faulty', 'sound']);
    expect(leftOut).toEqual([]);
  });
});

describe('openings', () => {
  test('a wrong one is its own fault; the true one stays', async () => {
    const hand = new Hand('a');
    const photo = Uint8Array.of(1);
    const media = await hand.photograph(ITEM, photo);
    const path = ['persons', 0, 'name'];
    const lies = ['A', 'Z'].map((value) =>
      encodeOpening({ record: media.id, path, salt: new Uint8Array(16), value }),
    );
    const misplaced = encodeOpening({
      record: media.id,
      path: ['purpose'],
      salt: new Uint8Array(16),
      value: 1,
    });
    const members = membersOf([media], [hand]);
    const judged = await judge({ ...members, 4: [...(members[4] ?? []), ...lies, misplaced], 8: [photo] });
    expect(judged).toEqual({
      codes: [
        'field.opening-mismatch',
        'field.opening-mismatch',
        'field.opening-mismatch',
        'field.opening-twice',
        'field.opening-twice',
      ],
      leftOut: [
        ['field.opening-mismatch', 4],
        ['field.opening-mismatch', 4],
        ['field.opening-mismatch', 4],
      ],
    });
  });

  test('a value that is not of its place’s kind is its signer’s fault and belongs', async () => {
    const hand = new Hand('a');
    const { fieldDigest } = await import('../../src/record/private-fields.js');
    const salt = new Uint8Array(16);
    const path = ['persons', 0, 'name'] as const;
    const digest = fieldDigest({ kid: hand.kid, sub: ITEM, salt, path, value: 7 });
    const record = await hand.sign(ITEM, 'statement', {
      occurredAt: { utcS: 0, offsetMin: 0 },
      about: { item: ITEM },
      text: 'x',
      persons: [{ capacity: 'c', name: digest }],
    });
    const opening = encodeOpening({ record: record.id, path, salt, value: 7 });
    expect(await judge({ ...membersOf([record], [hand]), 4: [opening] })).toEqual({
      codes: ['schema.value'],
      leftOut: [],
    });
  });
});

describe('subjects', () => {
  const foreign = { codes: ['passport.foreign-subject'], leftOut: [['passport.foreign-subject', 1]] };
  const hand = new Hand('maker');
  const judgeAll = (...records: Awaited<ReturnType<Hand['say']>>[]): Promise<unknown> =>
    judge(membersOf(records, [hand]));

  test('another item’s record is foreign', async () => {
    expect(await judgeAll(await hand.say(ITEM, 'mine'), await hand.say(OTHER_ITEM, 'not mine'))).toEqual(
      foreign,
    );
  });

  test('a container is reached through an opened child, and not without', async () => {
    const own = await hand.say(ITEM, 'mine');
    const pack = await hand.pack(CONTAINER, [OTHER_ITEM, ITEM]);
    const more = await hand.say(CONTAINER, 'dropped');
    const members = membersOf([own, pack, more], [hand]);
    expect(await judge(members)).toEqual(nothing);
    const [other, mine] = pack.openings;
    expect(await judge({ ...members, 4: [mine!] })).toEqual(nothing);
    expect(await judge({ ...members, 4: [other!] })).toEqual({
      codes: ['passport.foreign-subject', 'passport.foreign-subject', 'passport.unreferenced'],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 4],
      ],
    });
  });

  test('an opened child does not lead down to the sibling', async () => {
    const own = await hand.say(ITEM, 'mine');
    const pack = await hand.pack(CONTAINER, [OTHER_ITEM, ITEM]);
    expect(await judgeAll(own, pack, await hand.say(OTHER_ITEM, 'sibling'))).toEqual(foreign);
  });

  test('lot and predecessor are reached, at any number of steps', async () => {
    const first = await hand.commission(OTHER_ITEM, { lot: LOT });
    const lot = await hand.say(LOT, 'tested');
    const second = await hand.commission(ITEM, {
      predecessor: { sub: OTHER_ITEM, manifest: sha256(Uint8Array.of(1)) },
    });
    expect(await judgeAll(first, lot, second)).toEqual(nothing);
    expect(await judgeAll(first, lot)).toEqual({
      codes: ['passport.foreign-subject', 'passport.foreign-subject', 'passport.unreferenced'],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 2],
      ],
    });
  });

  test('what is said about a key belongs where a record of that key is', async () => {
    const own = await hand.say(ITEM, 'mine');
    const other = new Hand('other');
    const event = await other.say(keyUri(hand.kid), 'stolen');
    expect(await judge(membersOf([own, event], [hand, other]))).toEqual(nothing);
    const about = await other.say(keyUri(toHex(sha256(Uint8Array.of(7)))), 'stolen');
    const judged = await judge(membersOf([own, about], [hand, other]));
    expect(judged).toEqual({
      codes: ['passport.foreign-subject', 'passport.unreferenced'],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 2],
      ],
    });
  });

  test('what nobody here can check reaches nothing', async () => {
    const key = Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01);
    const made = await hand.copy().commission(ITEM, { lot: LOT });
    const unchecked = made.record.slice();
    unchecked.set(sha256(key), Buffer.from(unchecked).indexOf(Buffer.from(hand.kid, 'hex')));
    const lot = await hand.copy().say(LOT, 'tested');
    const own = await hand.copy().say(ITEM, 'mine');
    const judged = await judge({ 1: [unchecked, lot.record, own.record], 2: [key, hand.key] });
    expect(judged).toEqual({
      codes: ['passport.foreign-subject', 'record.unsupported'],
      leftOut: [['passport.foreign-subject', 1]],
    });
  });

  test('subjects reached are the item, what leads on from it, and the keys that signed or are about to', async () => {
    const own = await hand.commission(ITEM, { lot: LOT });
    const pack = await hand.pack(CONTAINER, [ITEM]);
    const foreign = await hand.commission('https://id.gs1.org/01/06901234012347/21/SN0009', {
      lot: 'https://id.gs1.org/01/06901234012347/10/L9',
    });
    const file = fileOf(membersOf([own, pack, foreign], [hand]));
    const parsed = parsePassport(file);
    if (!parsed.ok) throw new Error(parsed.fault.code);
    const reached = [ITEM, LOT, CONTAINER, keyUri(hand.kid)];
    const { subjects, kept } = (await assessPassport(parsed.passport)).justification;
    expect([...subjects].sort()).toEqual([...reached].sort());
    expect(kept.size).toBe(4);
    // A maker's key need not be here yet.
    const maker = new Hand('maker to be').kid;
    const before = (await assessPassport(parsed.passport, { makers: [maker] })).justification;
    expect([...before.subjects].sort()).toEqual([...reached, keyUri(maker)].sort());
    expect(before.kept).toEqual(kept);
  });

  test('containers packed into each other, and an item that is its own predecessor, end', async () => {
    const box = 'https://id.gs1.org/00/106141412345678915';
    const own = await hand.commission(ITEM, {
      predecessor: { sub: ITEM, manifest: sha256(Uint8Array.of(1)) },
    });
    const packs = [
      await hand.pack(CONTAINER, [ITEM, box]),
      await hand.pack(box, [CONTAINER]),
      await hand.pack(CONTAINER, [CONTAINER]),
    ];
    expect(await judgeAll(own, ...packs)).toEqual(nothing);
  });

  test('only an opened child of an aggregation leads to a container', async () => {
    const { fieldDigest } = await import('../../src/record/private-fields.js');
    const own = await hand.say(ITEM, 'mine');
    const salt = new Uint8Array(16);
    // A person whose name is the item: a private field of the container's record, and no child of it.
    const path = ['persons', 0, 'name'] as const;
    const digest = fieldDigest({ kid: hand.kid, sub: CONTAINER, salt, path, value: ITEM });
    const named = await hand.sign(CONTAINER, 'statement', {
      occurredAt: { utcS: 0, offsetMin: 0 },
      about: { item: ITEM },
      text: 'x',
      persons: [{ capacity: 'c', name: digest }],
    });
    const opening = encodeOpening({ record: named.id, path, salt, value: ITEM });
    expect(await judge({ ...membersOf([own, named], [hand]), 4: [opening] })).toEqual({
      codes: ['passport.foreign-subject', 'passport.unreferenced'],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 4],
      ],
    });
  });

  test('a child that is no text leads nowhere', async () => {
    const { fieldDigest } = await import('../../src/record/private-fields.js');
    const own = await hand.say(ITEM, 'mine');
    const salt = new Uint8Array(16);
    const path = ['children', 0] as const;
    const child = fieldDigest({ kid: hand.kid, sub: CONTAINER, salt, path, value: 7 });
    const pack = await hand.sign(CONTAINER, 'aggregation', { action: 'pack', children: [child], at: NOON });
    const opening = encodeOpening({ record: pack.id, path, salt, value: 7 });
    const file = fileOf({ ...membersOf([own, pack], [hand]), 4: [opening] });
    const { justification, leftOut } = await assess(file);
    expect([...justification.subjects].sort()).toEqual([ITEM, keyUri(hand.kid)].sort());
    expect(leftOut.map(({ code, element }) => [code, element.member])).toEqual([
      ['passport.foreign-subject', 1],
      ['passport.unreferenced', 4],
    ]);
  });

  test('nor does a child that it opened', async () => {
    const { fieldDigest } = await import('../../src/record/private-fields.js');
    const key = Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01);
    const [salt, path] = [new Uint8Array(16), ['children', 0] as const];
    const child = fieldDigest({ kid: toHex(sha256(key)), sub: CONTAINER, salt, path, value: ITEM });
    const fields = { action: 'pack', children: [child], at: NOON };
    const pack = (await hand.copy().sign(CONTAINER, 'aggregation', fields)).record.slice();
    pack.set(sha256(key), Buffer.from(pack).indexOf(Buffer.from(hand.kid, 'hex')));
    const own = await hand.copy().say(ITEM, 'mine');
    const opening = encodeOpening({ record: sha256Hex(pack), path, salt, value: ITEM });
    const judged = await judge({ 1: [pack, own.record], 2: [key, hand.key], 4: [opening] });
    expect(judged).toEqual({
      codes: [
        'passport.foreign-subject',
        'passport.unreferenced',
        'passport.unreferenced',
        'record.unsupported',
      ],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 2],
        ['passport.unreferenced', 4],
      ],
    });
  });

  test('two foreign subjects that reach each other reach nothing', async () => {
    const a = await hand.commission(OTHER_ITEM, { lot: LOT });
    const b = await hand.pack(CONTAINER, [OTHER_ITEM]);
    const own = await hand.say(ITEM, 'mine');
    expect(await judgeAll(a, b, own)).toEqual({
      codes: ['passport.foreign-subject', 'passport.foreign-subject', 'passport.unreferenced'],
      leftOut: [
        ['passport.foreign-subject', 1],
        ['passport.foreign-subject', 1],
        ['passport.unreferenced', 4],
      ],
    });
  });
});
