import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { ELEMENT_MEMBERS, type ElementMember } from '../../src/passport/element.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import type { GivenElement } from '../../src/passport/loose-evidence.js';
import { type MergeResult, mergePassports } from '../../src/passport/merge.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import { CONTAINER, Hand, ITEM, LOT, OTHER_ITEM, phoneSigner, type Signed } from './hand.js';
import { assess, codesOf, fileOf, fullWorld, membersOf } from './world.js';

/** Everything that some parties ever made about the item, and some of what others did. */
async function pool(): Promise<GivenElement[]> {
  const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
  const seller = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
  const carrier = new Hand('carrier', 'https://id.gs1.org/417/6901234000030');
  const buyer = new Hand('buyer', undefined, phoneSigner());
  const photo = Uint8Array.of(1, 2, 3);
  const token = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);
  const records: Signed[] = [];
  const add = async (signed: Promise<Signed>): Promise<Signed> => {
    records.push(await signed);
    return signed;
  };
  const made = await add(seller.commission(ITEM, { lot: LOT }));
  await add(seller.say(LOT, 'tested', { seen: [made.id] }));
  const media = await add(seller.photograph(ITEM, photo, { seen: [] }));
  const pack = await add(carrier.pack(CONTAINER, [OTHER_ITEM, ITEM], { seen: [media.id] }));
  await add(carrier.say(CONTAINER, 'loaded'));
  const second = carrier.copy();
  await add(carrier.say(ITEM, 'clean', { seen: [pack.id] }));
  await add(second.say(ITEM, 'torn', { seen: [media.id] }));
  const twin = buyer.copy();
  await add(buyer.acknowledge(ITEM, [media.id, made.id]));
  await add(twin.acknowledge(ITEM, [media.id, made.id]));
  await add(buyer.say(ITEM, 'it rattles'));
  const log = buildLog({ name: 'log.test/one', seed: sha256(Uint8Array.of(1)) }, [media.id, made.id]);
  const note = log.checkpoint([{ name: 'witness', seed: sha256(Uint8Array.of(2)), time: 1_760_000_100 }]);
  await add(carrier.say(ITEM, 'late', { anchors: [sha256Hex(note)] }));
  const receipts = [
    log.receipt(media.id, note, { tokens: [toHex(sha256(token))] }),
    log.receipt(made.id, note),
  ];
  const members: Partial<Record<ElementMember, readonly Uint8Array[]>> = {
    ...membersOf(records, [authority, seller, carrier, buyer]),
    3: [await authority.credentialFor(seller, 1), await seller.credentialFor(carrier)],
    5: [note],
    6: [token],
    7: receipts,
    8: [photo],
  };
  return ELEMENT_MEMBERS.flatMap((member) => (members[member] ?? []).map((bytes) => ({ member, bytes })));
}

let elements: GivenElement[] = [];
beforeAll(async () => {
  elements = await pool();
});

const cache = new SignatureCache();
const merge = (...inputs: (Uint8Array | GivenElement)[]): Promise<MergeResult> =>
  mergePassports(inputs, { item: ITEM, cache });

/** All elements of a file, as member and hash. */
function contents(file: Uint8Array): Set<string> {
  const read = readPassportFile(file);
  if (!read.ok) throw new Error(read.fault.code);
  expect([...read.file.diagnostics.kept]).toEqual([]);
  return new Set(
    ELEMENT_MEMBERS.flatMap((member) =>
      read.file.members[member].map(({ bytes }) => `${member} ${sha256Hex(bytes)}`),
    ),
  );
}

/** Subsets of the pool, by a bit for each element; most of them thick enough to hold something together. */
const subset = fc
  .record({
    seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
    share: fc.constantFrom(0.5, 0.8, 0.95),
  })
  .map(
    ({ seed, share }) =>
      (index: number) =>
        seed[index % seed.length]! < share,
  );
type Subset = (index: number) => boolean;
const pick = (chosen: Subset): GivenElement[] => elements.filter((_, index) => chosen(index));
const equal = (a: MergeResult, b: MergeResult): void => expect(toHex(a.bytes)).toBe(toHex(b.bytes));

describe('merging passports that hold their own rules', () => {
  test('commutes, groups as one likes, changes nothing twice and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(subset, subset, subset, async (one, two, three) => {
        const [a, b, c] = await Promise.all([one, two, three].map((chosen) => merge(...pick(chosen))));
        const ab = await merge(a!.bytes, b!.bytes);
        equal(ab, await merge(b!.bytes, a!.bytes));
        equal(
          await merge(ab.bytes, c!.bytes),
          await merge(a!.bytes, (await merge(b!.bytes, c!.bytes)).bytes),
        );
        const all = await merge(c!.bytes, a!.bytes, b!.bytes);
        equal(await merge(ab.bytes, c!.bytes), all);
        equal(await merge(all.bytes), all);
        equal(await merge(all.bytes, a!.bytes), all);
        expect(all.leftOut).toEqual([]);
        const whole = contents(all.bytes);
        for (const part of [a!, b!, c!]) {
          for (const element of contents(part.bytes)) expect(whole).toContain(element);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what a merge makes holds its own rules', async () => {
    await fc.assert(
      fc.asyncProperty(subset, async (chosen) => {
        const { bytes } = await merge(...pick(chosen));
        const assessed = await assess(bytes);
        expect(assessed.leftOut).toEqual([]);
        expect(codesOf(assessed)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('a stranger’s junk does not show in the result', async () => {
    await fc.assert(
      fc.asyncProperty(
        subset,
        fc.array(
          fc.record({
            member: fc.constantFrom(...ELEMENT_MEMBERS),
            bytes: fc.uint8Array({ minLength: 1, maxLength: 80 }),
          }),
          { maxLength: 6 },
        ),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
        async (chosen, junk, flips) => {
          const clean = await merge(...pick(chosen));
          const flipped = flips.map(([which, bit]): GivenElement => {
            const { member, bytes } = elements[which % elements.length]!;
            const copy = bytes.slice();
            copy[(bit >> 3) % copy.length]! ^= 1 << (bit & 7);
            return { member, bytes: copy };
          });
          const dirty = await merge(...junk, ...flipped, clean.bytes);
          const left = new Set(dirty.leftOut.map(({ sha256: hash }) => hash));
          for (const { member, bytes } of [...junk, ...flipped]) {
            const hash = sha256Hex(bytes);
            if (!contents(clean.bytes).has(`${member} ${hash}`)) expect(left).toContain(hash);
          }
          equal(dirty, clean);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('mergePassports', () => {
  test('lists what it leaves out: what, why and whose', async () => {
    const { file } = await fullWorld();
    const stranger = new Hand('stranger');
    const keyless = await stranger.say(ITEM, 'no key');
    const foreign = await stranger.say(OTHER_ITEM, 'not about it');
    const result = await mergePassports([file, keyless.record, { member: 8, bytes: Uint8Array.of(9) }]);
    expect(result.leftOut).toEqual([
      { code: 'key.absent', member: 1, sha256: keyless.id, input: 1 },
      { code: 'passport.unreferenced', member: 8, sha256: sha256Hex(Uint8Array.of(9)), input: 2 },
    ]);
    expect(toHex(result.bytes)).toBe(toHex(file));
    expect(result).toMatchObject({ item: ITEM, digest: sha256Hex(file), diagnostics: [] });
    const second = await mergePassports([file, foreign.record, stranger.key]);
    expect(second.leftOut).toEqual([
      { code: 'passport.foreign-subject', member: 1, sha256: foreign.id, input: 1 },
      { code: 'passport.unreferenced', member: 2, sha256: stranger.kid, input: 2 },
    ]);
  });

  test('takes loose elements for what they are', async () => {
    const { members, file } = await fullWorld();
    const loose = ([1, 2, 3, 4, 5, 7] as const).flatMap((member) => members[member] ?? []);
    const blobs = ([6, 8] as const).flatMap((member) =>
      (members[member] ?? []).map((bytes) => ({ member, bytes })),
    );
    const result = await mergePassports([...loose, ...blobs], { item: ITEM });
    expect(toHex(result.bytes)).toBe(toHex(file));
    await expect(mergePassports(loose)).rejects.toMatchObject({ code: 'passport.item' });
  });

  test('keeps both sides of a fork and both twins', async () => {
    const hand = new Hand('seller');
    const phone = new Hand('phone', undefined, phoneSigner());
    const copies = [hand.copy(), hand.copy(), phone.copy(), phone.copy()];
    const texts = ['one', 'two', 'same', 'same'];
    const records = await Promise.all(copies.map((copy, index) => copy.say(ITEM, texts[index]!)));
    const files = records.map((record, index) => fileOf(membersOf([record], [index < 2 ? hand : phone])));
    const merged = await mergePassports(files);
    expect([...contents(merged.bytes)].filter((name) => name.startsWith('1 '))).toHaveLength(4);
    expect(merged.leftOut).toEqual([]);
  });

  test('refuses two items, an unreadable file and a union over the limit', async () => {
    const hand = new Hand('seller');
    const one = fileOf(membersOf([await hand.say(ITEM, 'one')], [hand]));
    const other = fileOf(membersOf([await hand.say(OTHER_ITEM, 'one')], [hand]), OTHER_ITEM);
    await expect(mergePassports([one, other])).rejects.toMatchObject({ code: 'merge.item' });
    await expect(mergePassports([one], { item: OTHER_ITEM })).rejects.toMatchObject({ code: 'merge.item' });
    await expect(mergePassports([one, one.subarray(0, one.length - 1)])).rejects.toMatchObject({
      code: 'cbor.truncated',
      place: { member: 2, index: 0 },
    });
    await expect(mergePassports([one, Uint8Array.of(1)])).rejects.toMatchObject({ code: 'file.unreadable' });
    const two = fileOf(membersOf([await hand.say(ITEM, 'two')], [hand]));
    await expect(mergePassports([one, two], { limit: one.length + 10 })).rejects.toMatchObject({
      code: 'passport.too-large',
    });
    await expect(mergePassports(one as never)).rejects.toThrow(
      new TypeError('several inputs are merged: a list of files'),
    );
  });

  test('puts an untidy file in order and says so', async () => {
    const { members, file } = await fullWorld();
    // The same elements, the records' member in descending order and one record twice.
    const [first, second] = [...(members[1] ?? [])].sort((a, b) => Buffer.compare(a, b));
    const untidy = untidyFile(file, first!, second!);
    const result = await mergePassports([untidy]);
    expect(toHex(result.bytes)).toBe(toHex(file));
    expect(result.leftOut).toEqual([]);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['passport.set-order']);
  });

  test('does not depend on the order in which an async source gives its files', async () => {
    const { file } = await fullWorld();
    async function* source(): AsyncGenerator<Uint8Array> {
      yield file;
      yield encodePassport({ item: ITEM, members: {} });
    }
    expect(toHex((await mergePassports(source())).bytes)).toBe(toHex(file));
  });
});

/** The file with its two records in the wrong order. */
function untidyFile(file: Uint8Array, first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file);
  const start = bytes.indexOf(first) - 3;
  const firstItem = bytes.subarray(start, start + 3 + first.length);
  const secondItem = bytes.subarray(start + 3 + first.length, start + 6 + first.length + second.length);
  const swapped = Buffer.concat([secondItem, firstItem]);
  const untidy = Buffer.from(bytes);
  swapped.copy(untidy, start);
  return new Uint8Array(untidy);
}
