import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import type { ElementMember } from '../../src/passport/element.js';
import { encodeOpening } from '../../src/record/private-fields.js';
import { keyUri } from '../../src/subject/subject.js';
import { CONTAINER, Hand, ITEM, LOT, OTHER_ITEM } from './hand.js';
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
