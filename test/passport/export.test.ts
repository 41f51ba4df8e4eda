import crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { GoodOrderError } from '../../src/errors.js';
import { buildLog } from '../../src/log/build-log.js';
import { graphOf } from '../../src/passport/assess.js';
import { findChains } from '../../src/passport/chains.js';
import { type ExportRequest, type ExportResult, exportPassport } from '../../src/passport/export.js';
import { type ManifestStatement, makeManifests, manifestsOf } from '../../src/passport/manifest.js';
import { checkManifests } from '../../src/passport/manifest-checks.js';
import { mergePassports } from '../../src/passport/merge.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import { dropOpenings, openingFilter } from '../../src/passport/withhold.js';
import { assembleRecord } from '../../src/record/sign-record.js';
import { keyUri } from '../../src/subject/subject.js';
import { CONTAINER, Hand, ITEM, OTHER_ITEM, phoneSigner, type Signed } from './hand.js';
import { assess, codesOf, fileOf, membersOf } from './world.js';

/** Everything verification finds in the file without a trust file. */
async function judge(
  file: Uint8Array,
): Promise<{ codes: unknown[]; manifests: readonly ManifestStatement[] }> {
  const assessed = await assess(file);
  expect(assessed.leftOut).toEqual([]);
  const graph = graphOf(assessed);
  const manifests = manifestsOf(assessed, graph);
  const { passport } = assessed;
  const found = checkManifests(graph, findChains(graph), manifests, {
    item: passport.item,
    notes: new Set(passport.notes.map(({ hash }) => hash)),
    credentials: new Set(passport.credentials.map(({ credential }) => credential.id)),
    trustedParty: () => null,
    trustedAnswer: () => null,
    loggedBefore: () => new Set(),
  });
  return { codes: [...codesOf(assessed), ...found.map(({ code }) => code)], manifests };
}

interface Case {
  readonly seller: Hand;
  readonly buyer: Hand;
  readonly records: readonly Signed[];
  readonly file: Uint8Array;
}

async function sale(): Promise<Case> {
  const seller = new Hand('seller');
  const buyer = new Hand('buyer');
  const photo = Uint8Array.of(1, 2);
  const packed = await seller.photograph(ITEM, photo);
  const received = await buyer.say(ITEM, 'received', { seen: [packed.id] });
  const answer = await seller.say(ITEM, 'answer', { seen: [received.id] });
  const records = [packed, received, answer];
  return { seller, buyer, records, file: fileOf({ ...membersOf(records, [seller, buyer]), 8: [photo] }) };
}

const exported = (
  request: Omit<ExportRequest, 'maker'> & { maker?: ExportRequest['maker'] },
): Promise<ExportResult> => exportPassport({ maker: null, ...request });
const ids = (records: readonly Signed[]): string[] => records.map(({ id }) => id).sort();
const at = (hand: Hand, sub: string, seq: number): object => ({
  kid: hand.kid,
  subject: sha256Hex(utf8Bytes(sub)),
  seq,
});

describe('exportPassport', () => {
  test('without a maker it is a merge', async () => {
    const { file } = await sale();
    const result = await exported({ from: [file] });
    expect(result).toMatchObject({ manifests: [], reused: false, withheld: [], leftOut: [], item: ITEM });
    expect(toHex(result.bytes)).toBe(toHex((await mergePassports([file])).bytes));
    await expect(exported({ from: [file], withhold: [{ id: '', reason: 'privacy' }] })).rejects.toThrow(
      new TypeError('only a manifest can say what is withheld'),
    );
  });

  test('adds a manifest that lists every other record, and verifies', async () => {
    const { seller, records, file } = await sale();
    const result = await exported({ from: [file], maker: seller.maker(ITEM) });
    const { codes, manifests } = await judge(result.bytes);
    expect(codes).toEqual([]);
    expect(manifests).toHaveLength(1);
    expect(manifests[0]).toMatchObject({
      id: result.manifests[0],
      kid: seller.kid,
      sub: ITEM,
      seq: 2,
      ids: ids(records),
      withheld: [],
      asOf: null,
      part: [1, 1],
      continues: null,
      after: null,
    });
    expect(result).toMatchObject({
      reused: false,
      withheld: [],
      leftOut: [],
      digest: sha256Hex(result.bytes),
    });
  });

  test('a maker who has signed nothing about the item brings its key and credentials along', async () => {
    const { file } = await sale();
    const platform = new Hand('platform', 'https://id.gs1.org/417/6901234000023');
    const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
    const credential = await authority.credentialFor(platform);
    const result = await exported({ from: [file, authority.key, credential], maker: platform.maker(ITEM) });
    expect((await judge(result.bytes)).codes).toEqual([]);
    const { passport } = await assess(result.bytes);
    expect(passport.keys.size).toBe(4);
    expect(passport.credentials).toHaveLength(1);
    expect(result.leftOut).toEqual([]);
  });

  test('reuses the newest manifest while it says all, and only then', async () => {
    const { seller, buyer, file, records } = await sale();
    const first = await exported({ from: [file], maker: seller.maker(ITEM) });
    const again = await exported({ from: [first.bytes], maker: seller.maker(ITEM) });
    expect(again).toMatchObject({ reused: true, manifests: first.manifests, digest: first.digest });
    const byBuyer = await exported({ from: [first.bytes], maker: buyer.maker(ITEM) });
    expect(byBuyer.reused).toBe(false);
    // Another party's manifest is no change of the evidence.
    const third = await exported({ from: [byBuyer.bytes], maker: seller.maker(ITEM) });
    expect(third).toMatchObject({ reused: true, digest: byBuyer.digest });
    const more = await buyer.say(ITEM, 'and more');
    const fourth = await exported({ from: [byBuyer.bytes, more.record], maker: seller.maker(ITEM) });
    expect(fourth.reused).toBe(false);
    const withheld = await exported({
      from: [fourth.bytes],
      maker: seller.maker(ITEM),
      withhold: [{ id: records[1]!.id, reason: 'secret' }],
    });
    expect(withheld.reused).toBe(false);
    for (const { bytes } of [first, byBuyer, fourth]) expect((await judge(bytes)).codes).toEqual([]);
    // Earlier manifests list it, and it is not here: said, and charged to nobody.
    expect((await judge(withheld.bytes)).codes).toEqual(Array(3).fill('manifest.record-missing'));
  });

  test('withholds records and says which, why and where they stood', async () => {
    const { seller, buyer, records, file } = await sale();
    const hidden = records[1]!;
    const result = await exported({
      from: [file],
      maker: seller.maker(ITEM),
      withhold: [{ id: hidden.id, reason: 'privacy' }],
    });
    const declared = [{ id: hidden.id, reason: 'privacy', at: at(buyer, ITEM, 0) }];
    expect(result.withheld).toEqual(declared);
    const { codes, manifests } = await judge(result.bytes);
    expect(codes).toEqual([]);
    expect(manifests[0]).toMatchObject({ ids: ids([records[0]!, records[2]!]), withheld: declared });
    // Its key has no reason left to be here; the photograph keeps its own.
    expect(result.leftOut).toEqual([
      { code: 'passport.unreferenced', member: 2, sha256: buyer.kid, input: 0 },
    ]);
    await expect(
      exported({
        from: [file],
        maker: seller.maker(ITEM),
        withhold: [{ id: '00'.repeat(32), reason: 'secret' }],
      }),
    ).rejects.toThrow(new RangeError(`no record \`${'00'.repeat(32)}\` to withhold`));
  });

  test('declares what its key has named and what cannot go out: foreign, failing, not held', async () => {
    const { seller, buyer, records, file } = await sale();
    const foreign = await buyer.say(OTHER_ITEM, 'of another item');
    const failing = await buyer.say(ITEM, 'will fail');
    const bad = failing.record.slice();
    bad[bad.length - 1]! ^= 1;
    const gone = sha256Hex(Uint8Array.of(7));
    const naming = await seller.say(ITEM, 'I hold these', { seen: [foreign.id, sha256Hex(bad), gone] });
    const from = [file, naming.record, foreign.record, bad];
    const result = await exported({ from, maker: seller.maker(ITEM) });
    const declared = [
      { id: foreign.id, reason: 'other-subject', at: at(buyer, OTHER_ITEM, 0) },
      { id: sha256Hex(bad), reason: 'failed', at: at(buyer, ITEM, 1) },
      { id: gone, reason: 'not-held', at: null },
    ].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(result.withheld).toEqual(declared);
    expect((await judge(result.bytes)).codes).toEqual([]);
    // A later export says so again, though it no longer holds them.
    const more = await buyer.copy().say(ITEM, 'news', { seen: [records[0]!.id] });
    const later = await exported({ from: [result.bytes, more.record], maker: seller.maker(ITEM) });
    expect(later.withheld).toEqual(declared);
    expect((await judge(later.bytes)).codes).toEqual([]);
  });

  test('lists a credential that its key has seen, so that its removal accuses nobody', async () => {
    const seller = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
    const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
    const credential = await authority.credentialFor(seller);
    const record = await seller.say(ITEM, 'one', { seen: [sha256Hex(credential)] });
    const file = fileOf({ ...membersOf([record], [seller, authority]), 3: [credential] });
    const result = await exported({ from: [file], maker: seller.maker(ITEM) });
    expect((await judge(result.bytes)).codes).toEqual([]);
    const { passport } = await assess(result.bytes);
    const stripped = fileOf({
      1: passport.records.map(({ element }) => element.bytes),
      2: [seller.key],
    });
    expect((await judge(stripped)).codes).toEqual(['manifest.record-missing']);
  });

  test('is refused while records of the maker’s own chain are missing', async () => {
    const { seller, records } = await sale();
    const hands = [seller, new Hand('buyer')];
    const holey = fileOf(membersOf([records[1]!, records[2]!], hands));
    await expect(exported({ from: [holey], maker: seller.maker(ITEM) })).rejects.toMatchObject({
      code: 'signer.state',
    });
    const cut = fileOf(membersOf([records[0]!, records[1]!], hands));
    await expect(exported({ from: [cut], maker: seller.maker(ITEM) })).rejects.toMatchObject({
      code: 'signer.state',
    });
  });

  test('twins of a manifest are one manifest', async () => {
    const phone = new Hand('phone', undefined, phoneSigner());
    const own = await phone.say(ITEM, 'mine');
    const twin = phone.copy();
    const one = await exported({ from: [fileOf(membersOf([own], [phone]))], maker: phone.maker(ITEM) });
    const other = await exported({ from: [fileOf(membersOf([own], [phone]))], maker: twin.maker(ITEM) });
    expect(one.digest).not.toBe(other.digest);
    const { bytes } = await mergePassports([one.bytes, other.bytes]);
    const { codes, manifests } = await judge(bytes);
    expect([codes, manifests.length]).toEqual([[], 1]);
    expect(manifests[0]!.id).toBe([...one.manifests, ...other.manifests].sort()[0]);
  });

  test('a large export signs a series, and the series is reused', async () => {
    const seller = new Hand('seller');
    const records: Signed[] = [];
    for (let index = 0; index < 1_300; index += 1) records.push(await seller.say(ITEM, `record ${index}`));
    const file = fileOf(membersOf(records, [seller]));
    const result = await exported({ from: [file], maker: seller.maker(ITEM) });
    expect(result.manifests).toHaveLength(2);
    const { codes, manifests } = await judge(result.bytes);
    expect(codes).toEqual([]);
    const [first, second] = [...manifests].sort((a, b) => a.seq - b.seq);
    expect([first?.part, second?.part, second?.continues]).toEqual([[1, 2], [2, 2], first?.id]);
    expect([...first!.ids, ...second!.ids]).toEqual(ids(records));
    expect(await exported({ from: [result.bytes], maker: seller.maker(ITEM) })).toMatchObject({
      reused: true,
      manifests: result.manifests,
      digest: result.digest,
    });
    const half = fileOf({
      1: (await assess(result.bytes)).passport.records
        .filter(({ head }) => head.id !== second!.id)
        .map(({ element }) => element.bytes),
      2: [seller.key],
    });
    expect((await judge(half)).codes).toEqual(['manifest.part-absent']);
  });
});

describe('an export', () => {
  test('of loose evidence is told its item, and drops openings without a maker too', async () => {
    const { seller, records } = await sale();
    const loose = [...records.flatMap(({ record, openings }) => [record, ...openings]), seller.key];
    await expect(exported({ from: loose })).rejects.toMatchObject({ code: 'passport.item' });
    const result = await exported({ from: loose, item: ITEM, dropOpenings: [{ record: records[0]!.id }] });
    expect(result.item).toBe(ITEM);
    expect((await assess(result.bytes)).passport.openings).toEqual([]);
    expect(
      (await assess((await exported({ from: loose, item: ITEM })).bytes)).passport.openings,
    ).toHaveLength(1);
  });

  test('shares the cache of signatures it is given, and verifies each once without', async () => {
    const { seller, file } = await sale();
    const cache = new SignatureCache();
    await exported({ from: [file], maker: seller.copy().maker(ITEM), cache });
    // Three records and the manifest.
    expect(cache.size).toBe(4);
    const { verify } = crypto;
    let asked = 0;
    crypto.verify = ((...given: unknown[]) => {
      asked += 1;
      return (verify as (...all: unknown[]) => unknown)(...given);
    }) as typeof verify;
    try {
      await exported({ from: [file], maker: seller.copy().maker(ITEM) });
      expect(asked).toBe(4);
      asked = 0;
      await exported({ from: [file], maker: seller.copy().maker(ITEM), cache });
      expect(asked).toBe(0);
    } finally {
      crypto.verify = verify;
    }
  });

  test('states the note as of which it is made and the volume before, and is made anew for others', async () => {
    const { seller, file, records } = await sale();
    const note = buildLog(
      { name: 'log.test/one', seed: sha256(Uint8Array.of(1)) },
      ids(records),
    ).checkpoint();
    const [asOf, after] = [sha256Hex(note), 'ab'.repeat(32)];
    const first = await exported({ from: [file, note], maker: seller.maker(ITEM), asOf, after });
    const { manifests } = await judge(first.bytes);
    expect(manifests[0]).toMatchObject({ asOf, after });
    const again = (more: object) =>
      exported({ from: [first.bytes], maker: seller.copy().maker(ITEM), ...more });
    expect((await again({ asOf, after })).reused).toBe(true);
    expect((await again({})).reused).toBe(true);
    expect((await again({ asOf: 'cd'.repeat(32) })).reused).toBe(false);
    expect((await again({ after: 'cd'.repeat(32) })).reused).toBe(false);
  });

  test('is not stated by a manifest about something else, nor by an older one than the newest', async () => {
    const { seller, buyer, file, records } = await sale();
    const about = await exported({
      from: [fileOf(membersOf(records, [seller, buyer]))],
      maker: seller.maker(ITEM),
    });
    expect(about.reused).toBe(false);
    // Withheld in the newest, listed in the one before: evidence that holds it again is stated by neither.
    const hidden = { id: records[1]!.id, reason: 'privacy' } as const;
    const without = await exported({ from: [about.bytes], maker: seller.maker(ITEM), withhold: [hidden] });
    expect(without.reused).toBe(false);
    const same = await exported({
      from: [without.bytes, records[1]!.record, buyer.key],
      maker: seller.maker(ITEM),
      withhold: [hidden],
    });
    expect(same).toMatchObject({ reused: true, manifests: without.manifests });
    const back = await exported({ from: [without.bytes, file], maker: seller.maker(ITEM) });
    expect(back.reused).toBe(false);
    expect((await judge(back.bytes)).manifests.find(({ id }) => id === back.manifests[0])?.ids).toContain(
      records[1]!.id,
    );
  });

  test('does not repeat what only another maker withheld', async () => {
    const { seller, buyer, file, records } = await sale();
    const byBuyer = await exported({
      from: [file],
      maker: buyer.maker(ITEM),
      withhold: [{ id: records[2]!.id, reason: 'secret' }],
    });
    const bySeller = await exported({ from: [byBuyer.bytes, records[2]!.record], maker: seller.maker(ITEM) });
    expect(bySeller.withheld).toEqual([]);
    // The seller is held to its own words: what it has seen and nobody holds is not held, whoever withheld it.
    const told = await exported({ from: [byBuyer.bytes], maker: new Hand('third').maker(ITEM) });
    expect(told.withheld).toEqual([]);
  });

  test('declares in order of ids, whatever the order of the reasons', async () => {
    const { seller, file, records } = await sale();
    const named = ['1', '2', '3', '4', '5', '6'].map((text) => sha256Hex(utf8Bytes(text)));
    const naming = await seller.say(ITEM, 'these', { seen: named.sort().toReversed() });
    const result = await exported({
      from: [file, naming.record],
      maker: seller.maker(ITEM),
      withhold: [{ id: records[1]!.id, reason: 'secret' }],
    });
    const expected = [...named, records[1]!.id].sort();
    expect(result.withheld.map(({ id }) => id)).toEqual(expected);
  });

  test('of a hole in the maker’s chain tells the number, the first being 1', async () => {
    const { seller, buyer, records } = await sale();
    const message = (number: number): string =>
      `number ${number} of this key about the item is not among the evidence; add it, or the export that holds it`;
    const from = (...kept: number[]) => [
      fileOf(
        membersOf(
          kept.map((index) => records[index]!),
          [seller, buyer],
        ),
      ),
    ];
    const maker = seller.maker(ITEM);
    await expect(exported({ from: from(1, 2), maker })).rejects.toThrow(
      new GoodOrderError('signer.state', message(1)),
    );
    await expect(exported({ from: from(0, 1), maker })).rejects.toThrow(
      new GoodOrderError('signer.state', message(2)),
    );
    // Without a number told, the newest that is here is taken for the last.
    const { nextSeq: _, ...unsure } = maker;
    await expect(exported({ from: from(2), maker: unsure })).rejects.toThrow(message(1));
    expect((await exported({ from: from(0, 1), maker: unsure })).manifests).toHaveLength(1);
    // Records of the key about other subjects, and other keys', are not its chain about the item.
    const stranger = new Hand('stranger');
    const about = await stranger.pack(CONTAINER, [ITEM]);
    const more = await stranger.say(CONTAINER, 'second');
    const far = fileOf(membersOf([records[0]!, about, more], [seller, stranger]));
    expect((await exported({ from: [far], maker: stranger.maker(ITEM) })).manifests).toHaveLength(1);
  });

  test('of a file that would be too long is refused before anything is signed', async () => {
    const { seller, file } = await sale();
    let signed = 0;
    const hand = seller.maker(ITEM);
    const maker = {
      ...hand,
      sign: (payload: Parameters<typeof hand.sign>[0]) => {
        signed += 1;
        return hand.sign(payload);
      },
    };
    await expect(exported({ from: [file], maker, limit: file.length - 1 })).rejects.toMatchObject({
      code: 'passport.too-large',
    });
    expect(signed).toBe(0);
  });

  test('withholds a record that is the first of all by its id, and its twins with it', async () => {
    const phone = new Hand('phone', undefined, phoneSigner());
    const twin = phone.copy();
    const seller = new Hand('seller');
    const twins = [await phone.say(ITEM, 'twin'), await twin.say(ITEM, 'twin')];
    const own = await seller.say(ITEM, 'own');
    const file = fileOf(membersOf([...twins, own], [phone, seller]));
    for (const { id } of [...twins, own]) {
      const maker = new Hand('maker').maker(ITEM);
      const result = await exported({ from: [file], maker, withhold: [{ id, reason: 'privacy' }] });
      const expected = id === own.id ? [own.id] : ids(twins);
      expect(result.withheld.map((one) => [one.id, one.reason])).toEqual(
        expected.map((one) => [one, 'privacy']),
      );
    }
  });
});

describe('a maker', () => {
  test('brings what is said about its key along, and lists it', async () => {
    const { file } = await sale();
    const [platform, other] = [new Hand('platform'), new Hand('other')];
    const about = await other.say(keyUri(platform.kid), 'checked in person');
    const from = [file, about.record, other.key];
    const result = await exported({ from, maker: platform.maker(ITEM) });
    const { codes, manifests } = await judge(result.bytes);
    expect([codes, manifests[0]!.ids.includes(about.id), result.leftOut]).toEqual([[], true, []]);
    // Without a maker nothing leads to what is said about that key.
    const bare = await exported({ from });
    expect(bare.leftOut.map(({ sha256: hash }) => hash).sort()).toEqual([about.id, other.kid].sort());
  });

  test('does not take another’s reason for what itself has named and does not hold', async () => {
    const { seller, buyer, records, file } = await sale();
    const byBuyer = await exported({
      from: [file],
      maker: buyer.maker(ITEM),
      withhold: [{ id: records[0]!.id, reason: 'secret' }],
    });
    const third = new Hand('third');
    const seen = await third.say(ITEM, 'I have seen it', { seen: [records[0]!.id] });
    const result = await exported({
      from: [byBuyer.bytes, seen.record, third.key],
      maker: third.maker(ITEM),
    });
    expect(result.withheld).toEqual([{ id: records[0]!.id, reason: 'not-held', at: null }]);
    expect(seller.kid).not.toBe(third.kid);
  });

  test('says of a foreign record where it stood, though it is the first of all, and of one it cannot read that it is not held', async () => {
    const firsts = new Set<boolean>();
    for (let index = 0; index < 12; index += 1) {
      const [seller, buyer] = [new Hand('seller'), new Hand('buyer')];
      const foreign = await buyer.say(OTHER_ITEM, `of another item ${index}`);
      const naming = await seller.say(ITEM, 'seen', { seen: [foreign.id] });
      firsts.add(foreign.id < naming.id);
      const file = fileOf(membersOf([naming, foreign], [seller, buyer]));
      const { withheld } = await exported({ from: [file], maker: seller.maker(ITEM) });
      expect(withheld).toEqual([{ id: foreign.id, reason: 'other-subject', at: at(buyer, OTHER_ITEM, 0) }]);
    }
    expect(firsts.size).toBe(2);
    const [seller, buyer] = [new Hand('seller'), new Hand('buyer')];
    const bytes = await assembleRecord(buyer.signer, {
      contentType: 'application/vnd.goodorder.acknowledgement+cbor',
      iss: buyer.iss,
      sub: OTHER_ITEM,
      iat: 1_760_000_000,
      link: [2, 'of the future'],
      payload: new Map<CborKey, CborValue>([[0, 1]]),
    });
    const id = sha256Hex(bytes);
    const naming = await seller.say(ITEM, 'seen', { seen: [id] });
    const file = fileOf({ 1: [naming.record, bytes], 2: [seller.key, buyer.key] });
    const { withheld } = await exported({ from: [file], maker: seller.maker(ITEM) });
    expect(withheld).toEqual([{ id, reason: 'not-held', at: null }]);
  });

  test('uses its newest manifest about the item again, whatever the ids and whatever else it has stated', async () => {
    for (let index = 0; index < 6; index += 1) {
      const seller = new Hand(`seller ${index}`);
      const pack = await seller.pack(CONTAINER, [ITEM]);
      const more = [await seller.say(CONTAINER, 'one'), await seller.say(CONTAINER, 'two')];
      const statement = makeManifests({ records: [] })[0]!;
      let bytes = fileOf(membersOf([pack, ...more], [seller]));
      let newest: ExportResult | null = null;
      for (const text of ['a', 'b', 'c']) {
        const said = await seller.say(ITEM, text);
        newest = await exported({ from: [bytes, said.record], maker: seller.maker(ITEM) });
        expect(newest.reused).toBe(false);
        bytes = newest.bytes;
      }
      expect(await exported({ from: [bytes], maker: seller.maker(ITEM) })).toMatchObject({
        reused: true,
        manifests: newest!.manifests,
      });
      // A statement about the container has a higher number in its own chain, and states something else.
      for (let step = 0; step < 6; step += 1) {
        more.push(await seller.say(CONTAINER, `more ${step}`));
      }
      const about = await seller.sign(CONTAINER, 'manifest', statement);
      const grown = await exported({
        from: [bytes, about.record, ...more.slice(2).map(({ record }) => record)],
        maker: seller.maker(ITEM),
      });
      expect(grown.reused).toBe(false);
      expect(await exported({ from: [grown.bytes], maker: seller.maker(ITEM) })).toMatchObject({
        reused: true,
        manifests: grown.manifests,
      });
    }
  });

  test('is held to its chain about the item alone: numbers of another chain fill no hole', async () => {
    const seller = new Hand('seller');
    const pack = await seller.pack(CONTAINER, [ITEM]);
    await seller.say(ITEM, 'lost');
    const kept = await seller.say(ITEM, 'kept');
    const file = fileOf(membersOf([pack, kept], [seller]));
    await expect(exported({ from: [file], maker: seller.maker(ITEM) })).rejects.toMatchObject({
      code: 'signer.state',
    });
  });

  test('may have signed what nobody here can read', async () => {
    const { seller, file } = await sale();
    const bytes = await assembleRecord(seller.signer, {
      contentType: 'application/vnd.goodorder.acknowledgement+cbor',
      iss: seller.iss,
      sub: ITEM,
      iat: 1_760_000_000,
      link: [2, 'of the future'],
      payload: new Map<CborKey, CborValue>([[0, 1]]),
    });
    const result = await exported({ from: [file, bytes], maker: seller.maker(ITEM) });
    expect(result.manifests).toHaveLength(1);
    expect((await assess(result.bytes)).passport.records.map(({ head }) => head.id)).toContain(
      sha256Hex(bytes),
    );
  });
});

describe('dropping openings', () => {
  test('of loose evidence needs its item, and drops an opening of the record or the path alone', async () => {
    const { records } = await sale();
    const [packed] = records;
    const other = await new Hand('other').photograph(ITEM, Uint8Array.of(9));
    const openings = [packed!, other].map((one) => one.openings[0]!);
    const keep = openingFilter([{ record: packed!.id, path: 'persons[0].name' }, { path: 'place.exact' }]);
    expect(openings.map(keep)).toEqual([false, true]);
    expect(openings.map(openingFilter([{ path: 'persons[1].name' }]))).toEqual([true, true]);
    expect(openings.map(openingFilter([{ path: 'persons[].name' }]))).toEqual([false, false]);
    expect(openings.map(openingFilter([]))).toEqual([true, true]);
    expect(openingFilter([{}])(Uint8Array.of(1))).toBe(true);
    const file = fileOf(membersOf([packed!], [new Hand('seller')]));
    expect((await dropOpenings(file, [{}], { item: ITEM })).item).toBe(ITEM);
    await expect(dropOpenings(file, [{}], { item: OTHER_ITEM })).rejects.toMatchObject({
      code: 'merge.item',
    });
    // Only openings are asked about: a record that reads as one would stay.
    expect((await dropOpenings(file, [{}])).leftOut).toEqual([]);
  });

  test('leaves signatures, digests and the manifest as they are', async () => {
    const { seller, records, file } = await sale();
    const { bytes } = await exported({ from: [file], maker: seller.maker(ITEM) });
    const dropped = await dropOpenings(bytes, [{ path: 'persons[].name' }]);
    expect(dropped.leftOut).toEqual([]);
    expect((await judge(dropped.bytes)).codes).toEqual([]);
    const before = await assess(bytes);
    const after = await assess(dropped.bytes);
    expect([before.passport.openings.length, after.passport.openings.length]).toEqual([1, 0]);
    expect(after.passport.records.map(({ head }) => head.id)).toEqual(
      before.passport.records.map(({ head }) => head.id),
    );
    const other = await dropOpenings(bytes, [{ record: records[1]!.id }, { path: 'place.exact' }]);
    expect(toHex(other.bytes)).toBe(toHex(bytes));
    const exact = await dropOpenings(bytes, [{ record: records[0]!.id, path: 'persons[0].name' }]);
    expect(toHex(exact.bytes)).toBe(toHex(dropped.bytes));
    // Erasure is per copy: an older copy brings the value back.
    expect(toHex((await mergePassports([dropped.bytes, bytes])).bytes)).toBe(toHex(bytes));
  });

  test('drops what only a dropped opening led to', async () => {
    const hand = new Hand('carrier');
    const own = await hand.say(ITEM, 'mine');
    const pack = await hand.pack(CONTAINER, [ITEM]);
    const file = fileOf(membersOf([own, pack], [hand]));
    const dropped = await dropOpenings(file, [{ record: pack.id }]);
    expect(dropped.leftOut).toEqual([
      { code: 'passport.foreign-subject', member: 1, sha256: pack.id, input: 0 },
    ]);
    expect((await judge(dropped.bytes)).codes).toEqual(['manifest.none']);
  });

  test('an export drops them too, before its manifest is made', async () => {
    const { seller, file } = await sale();
    const result = await exported({ from: [file], maker: seller.maker(ITEM), dropOpenings: [{}] });
    expect((await assess(result.bytes)).passport.openings).toEqual([]);
    expect((await judge(result.bytes)).codes).toEqual([]);
  });
});
