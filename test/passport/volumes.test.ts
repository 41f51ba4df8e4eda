import crypto from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { toHex } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { graphOf } from '../../src/passport/assess.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { ELEMENT_MEMBERS } from '../../src/passport/element.js';
import { exportPassport } from '../../src/passport/export.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import type { GivenElement } from '../../src/passport/loose-evidence.js';
import { type ManifestStatement, manifestsOf } from '../../src/passport/manifest.js';
import { mergePassports } from '../../src/passport/merge.js';
import { SignatureCache } from '../../src/passport/signatures.js';
import { uniteVolumes } from '../../src/passport/unite-volumes.js';
import { exportVolumes, type VolumesResult } from '../../src/passport/volumes.js';
import { assembleRecord } from '../../src/record/sign-record.js';
import { keyUri } from '../../src/subject/subject.js';
import { CONTAINER, Hand, ITEM, OTHER_ITEM, type Signed } from './hand.js';
import { assess, codesOf, fileOf, membersOf } from './world.js';

/** What a volume holds beside the records it was cut for: the manifest, and heads of lists. */
const MANIFEST = 24_000;

const hashesOf = (file: Uint8Array): string[] => {
  const read = readPassportFile(file);
  if (!read.ok) throw new Error(read.fault.code);
  return ELEMENT_MEMBERS.flatMap((member) =>
    read.file.members[member].map(({ bytes }) => `${member} ${sha256Hex(bytes)}`),
  );
};
const recordsOf = (file: Uint8Array): string[] =>
  hashesOf(file).flatMap((name) => (name.startsWith('1 ') ? [name.slice(2)] : []));

async function manifestsIn(file: Uint8Array): Promise<readonly ManifestStatement[]> {
  const assessed = await assess(file);
  return manifestsOf(assessed, graphOf(assessed));
}

const text = (index: number): string => `${index} `.padEnd(3_900, 'x');

interface LongCase {
  readonly seller: Hand;
  readonly carrier: Hand;
  readonly authority: Hand;
  readonly made: Signed;
  readonly pack: Signed;
  readonly said: readonly Signed[];
  readonly foreign: Signed;
  readonly from: readonly GivenElement[];
}

/** A commission and a container that every volume needs, and twelve long statements of two keys. */
async function longCase(): Promise<LongCase> {
  const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
  const seller = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
  const carrier = new Hand('carrier', 'https://id.gs1.org/417/6901234000030');
  const made = await seller.commission(ITEM);
  const pack = await carrier.pack(CONTAINER, [ITEM], { seen: [made.id] });
  const said: Signed[] = [];
  for (let index = 0; index < 12; index += 1) {
    const hand = index % 3 === 0 ? carrier : seller;
    said.push(await hand.say(index === 3 ? CONTAINER : ITEM, text(index)));
  }
  const foreign = await carrier.say(OTHER_ITEM, 'not about it');
  const members = {
    ...membersOf([made, pack, ...said, foreign], [seller, carrier, authority]),
    3: [await authority.credentialFor(seller), await authority.credentialFor(carrier)],
  };
  const from = ELEMENT_MEMBERS.flatMap((member) =>
    ((members as Record<number, readonly Uint8Array[]>)[member] ?? []).map((bytes) => ({ member, bytes })),
  );
  return { seller, carrier, authority, made, pack, said, foreign, from };
}

const LIMIT = 44_000;
let long: LongCase;
let cut: VolumesResult;
beforeAll(async () => {
  long = await longCase();
  cut = await exportVolumes({
    from: long.from,
    item: ITEM,
    maker: long.seller.copy().maker(ITEM),
    volumeLimit: LIMIT,
  });
});

describe('a history that is too long for one file', () => {
  test('is cut into volumes that hold their own rules, within the limit', async () => {
    expect(cut.volumes.length).toBeGreaterThan(2);
    for (const { bytes, digest } of cut.volumes) {
      expect(bytes.length).toBeLessThanOrEqual(LIMIT);
      expect(digest).toBe(sha256Hex(bytes));
      const assessed = await assess(bytes);
      expect([assessed.leftOut, codesOf(assessed), assessed.passport.item]).toEqual([[], [], ITEM]);
    }
    expect({ ...cut, volumes: null, manifests: null }).toEqual({
      item: ITEM,
      reused: false,
      withheld: [],
      leftOut: [
        {
          code: 'passport.foreign-subject',
          member: 1,
          sha256: long.foreign.id,
          input: long.from.findIndex(({ bytes }) => bytes === long.foreign.record),
        },
      ],
      volumes: null,
      manifests: null,
    });
    expect(cut.manifests).toHaveLength(cut.volumes.length);
  });

  test('has in each volume what leads on from the item, and every other record once, in display order', async () => {
    const everywhere = [long.made.id, long.pack.id];
    const own = cut.volumes.map(({ bytes }, index) =>
      recordsOf(bytes).filter((id) => !everywhere.includes(id) && id !== cut.manifests[index]),
    );
    for (const { bytes } of cut.volumes) for (const id of everywhere) expect(recordsOf(bytes)).toContain(id);
    const assessed = await assess(
      fileOf(membersOf([long.made, long.pack, ...long.said], [long.seller, long.carrier])),
    );
    const graph = graphOf(assessed);
    const order = [...displayOrder(graph)]
      .map((position) => graph.records[position]!.id)
      .filter((id) => !everywhere.includes(id));
    const sorted = own.flatMap((ids) => order.filter((id) => ids.includes(id)));
    expect(sorted).toEqual(order);
    // As many as fit: the next one would be too long beside the manifest that has room reserved for it.
    for (const [index, { bytes }] of cut.volumes.slice(0, -1).entries()) {
      const next = long.said.find(({ id }) => id === order[own.slice(0, index + 1).flat().length])!;
      expect(bytes.length + next.record.length + MANIFEST).toBeGreaterThan(LIMIT);
    }
  });

  test('is stated by one series, each part naming the volume before', async () => {
    const all = await Promise.all(cut.volumes.map(({ bytes }) => manifestsIn(bytes)));
    expect(all.map((found) => found.length)).toEqual(cut.volumes.map(() => 1));
    const parts = all.map(([one]) => one!);
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1];
      expect(part).toMatchObject({
        id: cut.manifests[index],
        kid: long.seller.kid,
        part: [index + 1, parts.length],
        continues: before?.id ?? null,
        after: before?.root ?? null,
        asOf: null,
        withheld: [],
      });
      const listed = recordsOf(cut.volumes[index]!.bytes).filter((id) => id !== part.id);
      expect([...part.ids].sort()).toEqual(listed.sort());
    }
  });

  test('is whole again when the volumes are united, in any order, or merged', async () => {
    const files = cut.volumes.map(({ bytes }) => bytes);
    const united = uniteVolumes(files);
    if (!united.ok) throw new Error(String(united.irregular));
    expect(new Set(hashesOf(united.bytes))).toEqual(new Set(files.flatMap(hashesOf)));
    expect(uniteVolumes(files.toReversed())).toEqual(united);
    expect(toHex((await mergePassports(files)).bytes)).toBe(toHex(united.bytes));
    expect(codesOf(await assess(united.bytes))).toEqual([]);
    expect(recordsOf(united.bytes)).toHaveLength(14 + files.length);
  });

  test('is the same again while the evidence is', async () => {
    const maker = long.seller.copy().maker(ITEM);
    const again = await exportVolumes({
      from: cut.volumes.map(({ bytes }) => bytes),
      maker: { ...maker, sign: () => Promise.reject(new Error('nothing is to be signed')), nextSeq: 0 },
      volumeLimit: LIMIT,
    });
    expect(again).toEqual({ ...cut, reused: true, leftOut: [] });
  });

  test('takes a manifest of another along in the last volume, and still is the same', async () => {
    const files = cut.volumes.map(({ bytes }) => bytes);
    const stranger = new Hand('stranger');
    const other = await exportVolumes({ from: files, maker: stranger.maker(ITEM), volumeLimit: 200_000 });
    expect(other.volumes).toHaveLength(1);
    const again = await exportVolumes({
      from: [other.volumes[0]!.bytes],
      maker: long.seller.copy().maker(ITEM),
      volumeLimit: LIMIT,
    });
    expect(again).toMatchObject({ reused: true, manifests: cut.manifests });
    expect(again.volumes.slice(0, -1).map(({ bytes }) => recordsOf(bytes))).toEqual(
      cut.volumes.slice(0, -1).map(({ bytes }) => recordsOf(bytes)),
    );
    const last = recordsOf(again.volumes.at(-1)!.bytes);
    expect(new Set(last)).toEqual(new Set([...recordsOf(cut.volumes.at(-1)!.bytes), ...other.manifests]));
  });

  test('is cut anew where the evidence has grown', async () => {
    const files = cut.volumes.map(({ bytes }) => bytes);
    const more = await new Hand('buyer').say(ITEM, 'news');
    // The first export signed as a copy of the hand: only a manifest of its may say what it signed.
    const maker = { ...long.seller.copy().maker(ITEM), nextSeq: 0 };
    const grown = await exportVolumes({
      from: [...files, more.record, new Hand('buyer').key],
      maker,
      volumeLimit: LIMIT,
    });
    expect(grown.reused).toBe(false);
    expect(grown.volumes.flatMap(({ bytes }) => recordsOf(bytes))).toContain(more.id);
  });

  test('is cut anew where an earlier volume is longer than volumes may be now, to the byte', async () => {
    const hand = new Hand('photographer');
    const files = Array.from({ length: 4 }, (_, index) => new Uint8Array(30_000).fill(index + 1));
    const shots: Signed[] = [];
    for (const file of files) shots.push(await hand.photograph(ITEM, file));
    const from = [fileOf({ ...membersOf(shots, [hand]), 8: files })];
    const first = await exportVolumes({ from, maker: hand.maker(ITEM), volumeLimit: 94_000 });
    expect(first.volumes).toHaveLength(2);
    const held = first.volumes.map(({ bytes }) => bytes);
    const longest = Math.max(...held.map(({ length }) => length));
    // What a volume is counted at is a little more than what it has: heads, and the key in every volume.
    const roomy = await exportVolumes({
      from: held,
      maker: hand.copy().maker(ITEM),
      volumeLimit: longest + 500,
    });
    expect(roomy).toMatchObject({ reused: true, manifests: first.manifests, volumes: first.volumes });
    const tight = await exportVolumes({
      from: held,
      maker: hand.copy().maker(ITEM),
      volumeLimit: longest - 1,
    });
    expect(tight.reused).toBe(false);
    expect(tight.volumes.length).toBeGreaterThan(2);
    for (const { bytes } of tight.volumes) expect(bytes.length).toBeLessThan(longest);
  });

  test('is refused while records of the maker’s own chain are missing, and nothing is signed', async () => {
    const from = long.from.filter(({ bytes }) => bytes !== long.said[1]!.record);
    const signed: unknown[] = [];
    const maker = {
      ...long.seller.copy().maker(ITEM),
      sign: async (payload: unknown) => {
        signed.push(payload);
        throw new Error('signed');
      },
    };
    await expect(exportVolumes({ from, item: ITEM, maker, volumeLimit: LIMIT })).rejects.toMatchObject({
      code: 'signer.state',
    });
    expect(signed).toEqual([]);
  });

  test('withholds records and openings from all volumes, and declares the records once, in the first', async () => {
    const hidden = long.said[5]!;
    const result = await exportVolumes({
      from: long.from,
      item: ITEM,
      maker: long.seller.copy().maker(ITEM),
      volumeLimit: LIMIT,
      withhold: [{ id: hidden.id, reason: 'secret' }],
    });
    expect(result.withheld).toMatchObject([{ id: hidden.id, reason: 'secret' }]);
    const all = await Promise.all(result.volumes.map(({ bytes }) => manifestsIn(bytes)));
    expect(all.map(([one]) => one?.withheld.length)).toEqual(
      result.volumes.map((_, index) => (index === 0 ? 1 : 0)),
    );
    const records = result.volumes.flatMap(({ bytes }) => recordsOf(bytes));
    expect(records).not.toContain(hidden.id);
    expect(new Set(records).size).toBe(13 + result.manifests.length);
  });

  test('without an opening there is no way to the container, in any volume', async () => {
    const result = await exportVolumes({
      from: long.from,
      item: ITEM,
      maker: long.seller.copy().maker(ITEM),
      volumeLimit: LIMIT,
      dropOpenings: [{ record: long.pack.id }],
    });
    expect(result.volumes.length).toBeGreaterThan(1);
    for (const { bytes } of result.volumes) {
      expect(hashesOf(bytes).filter((name) => name.startsWith('4 '))).toEqual([]);
      expect(recordsOf(bytes)).not.toContain(long.pack.id);
      expect(recordsOf(bytes)).toContain(long.made.id);
    }
    const about = [long.pack, long.said[3]!, long.foreign].map(({ id }) => id).sort();
    expect(result.leftOut.map(({ code, sha256: hash }) => [code, hash]).sort()).toEqual(
      about.map((id) => ['passport.foreign-subject', id]),
    );
    expect(result.withheld.map(({ id }) => id)).not.toContain(long.made.id);
  });

  test('one cache is filled and asked for all volumes', async () => {
    const cache = new SignatureCache();
    const request = { from: long.from, item: ITEM, volumeLimit: LIMIT };
    const { verify } = crypto;
    let asked = 0;
    crypto.verify = ((...given: unknown[]) => {
      asked += 1;
      return (verify as (...all: unknown[]) => unknown)(...given);
    }) as typeof verify;
    try {
      const made = await exportVolumes({ ...request, maker: long.seller.copy().maker(ITEM) });
      // Fifteen records, two credentials, and the manifests: each once.
      expect(asked).toBe(17 + made.manifests.length);
      await exportVolumes({ ...request, maker: long.seller.copy().maker(ITEM), cache });
      expect(cache.size).toBe(17 + made.manifests.length);
      asked = 0;
      await exportVolumes({ ...request, maker: long.seller.copy().maker(ITEM), cache });
      expect(asked).toBe(0);
    } finally {
      crypto.verify = verify;
    }
  });

  test('takes records along that nobody here can read, and what is said about the maker’s key', async () => {
    const [other, platform] = [new Hand('other'), new Hand('platform')];
    const header = {
      contentType: 'application/vnd.goodorder.acknowledgement+cbor',
      iss: other.iss,
      sub: ITEM,
      iat: 1_760_000_000,
      payload: new Map<CborKey, CborValue>([[0, 1]]),
    };
    const later = await assembleRecord(other.signer, { ...header, link: [2, 'of the future'] });
    const faulty = await assembleRecord(other.signer, { ...header, link: [1, 0, null, [], null, []] });
    const unknown = await assembleRecord(other.signer, {
      ...header,
      contentType: 'application/vnd.goodorder.premonition+cbor',
      link: [1, 1, new Uint8Array(32), [], new Uint8Array(32), []],
    });
    const about = await other.say(keyUri(platform.kid), 'checked in person');
    const result = await exportVolumes({
      from: [...long.from, later, faulty, unknown, about.record, other.key],
      item: ITEM,
      maker: platform.maker(ITEM),
      volumeLimit: LIMIT,
    });
    const records = result.volumes.flatMap(({ bytes }) => recordsOf(bytes));
    for (const id of [...[later, faulty, unknown].map((bytes) => sha256Hex(bytes)), about.id]) {
      expect(records.filter((one) => one === id)).toHaveLength(1);
    }
    const all = await Promise.all(result.volumes.map(({ bytes }) => manifestsIn(bytes)));
    expect(all.flat().flatMap(({ ids }) => ids)).toContain(about.id);
  });

  test('a volume may have several parts of the series, and is the same again', async () => {
    const hand = new Hand('knows much');
    const said: Signed[] = [];
    for (let index = 0; index < 6; index += 1) {
      const seen = Array.from({ length: 64 }, (_, step) => sha256Hex(Uint8Array.of(index, step))).sort();
      said.push(await hand.say(ITEM, text(index), { seen }));
    }
    const from = [fileOf(membersOf(said, [hand]))];
    const volumeLimit = 24_000 + 384 * 150 + 20_000;
    const first = await exportVolumes({ from, maker: hand.maker(ITEM), volumeLimit });
    expect([first.volumes.length, first.manifests.length, first.withheld.length]).toEqual([2, 3, 384]);
    const held = first.volumes.map(({ bytes }) => bytes);
    const again = await exportVolumes({ from: held, maker: hand.copy().maker(ITEM), volumeLimit });
    expect(again).toEqual({ ...first, reused: true, leftOut: [] });
  });

  test('what a record needs is counted with it: photograph, receipt, note, token, opening', async () => {
    const hand = new Hand('seller', 'https://id.gs1.org/417/6901234000023');
    const authority = new Hand('authority', 'https://id.gs1.org/417/6901234000016');
    const credential = await authority.credentialFor(hand);
    const files = Array.from({ length: 6 }, (_, index) => new Uint8Array(6_000).fill(index + 1));
    const tokens = files.map((_, index) => new Uint8Array(3_000).fill(0x40 + index));
    const shots: Signed[] = [];
    for (const [index, file] of files.entries())
      shots.push(await hand.photograph(ITEM, file, { anchors: index === 5 ? [sha256Hex(tokens[5]!)] : [] }));
    const log = buildLog({ name: 'log.test/one', seed: sha256(Uint8Array.of(1)) }, [
      ...shots.map(({ id }) => id),
      sha256Hex(credential),
    ]);
    const note = log.checkpoint();
    const receipts = shots
      .slice(0, 5)
      .map(({ id }, index) => log.receipt(id, note, { tokens: [sha256Hex(tokens[index]!)] }));
    const members = {
      ...membersOf(shots, [hand, authority]),
      3: [credential],
      5: [note],
      6: tokens,
      7: [...receipts, log.receipt(sha256Hex(credential), note)],
      8: files,
    };
    const from = [fileOf(members)];
    const request = { from, asOf: sha256Hex(note) };
    // Two photographs of about 10 kB with their proofs fit beside the reserve, and not three.
    const result = await exportVolumes({ ...request, maker: hand.copy().maker(ITEM), volumeLimit: 48_000 });
    expect(result.volumes.map(({ bytes }) => recordsOf(bytes).length)).toEqual([3, 3, 3]);
    for (const { bytes } of result.volumes) {
      const assessed = await assess(bytes);
      expect([assessed.leftOut, codesOf(assessed)]).toEqual([[], []]);
      expect(assessed.passport.attachments).toHaveLength(2);
      expect(assessed.passport.tokens).toHaveLength(2);
      expect((await manifestsIn(bytes)).map(({ asOf }) => asOf)).toEqual([sha256Hex(note)]);
    }
    const united = uniteVolumes(result.volumes.map(({ bytes }) => bytes));
    if (!united.ok) throw new Error(String(united.irregular));
    for (const name of hashesOf(from[0]!)) expect(hashesOf(united.bytes)).toContain(name);
    // The longest that one record needs is what a volume must have room for.
    await expect(
      exportVolumes({ ...request, maker: hand.copy().maker(ITEM), volumeLimit: 34_000 }),
    ).rejects.toMatchObject({
      code: 'passport.too-large',
      message: expect.stringContaining(
        'a record with all that it needs does not fit into a volume of 34000 bytes',
      ),
      place: { record: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });
});

describe('a history that fits into one file', () => {
  test('is one file, the same as an export makes', async () => {
    const request = { from: long.from, item: ITEM };
    const whole = await exportVolumes({ ...request, maker: long.seller.copy().maker(ITEM) });
    const exported = await exportPassport({ ...request, maker: long.seller.copy().maker(ITEM) });
    const { bytes, digest, ...rest } = exported;
    expect(whole).toEqual({ ...rest, volumes: [{ bytes, digest }] });
    const [manifest] = await manifestsIn(bytes);
    expect(manifest).toMatchObject({ part: [1, 1], continues: null, after: null });
    // And once more: an earlier statement of one file is used again.
    const again = await exportVolumes({ from: [bytes], maker: long.seller.copy().maker(ITEM) });
    expect(again).toMatchObject({ reused: true, volumes: [{ digest }] });
  });

  test('needs a maker’s key that is here: its own goes along', async () => {
    const platform = new Hand('platform');
    const from = long.from.filter(({ bytes }) => bytes !== long.foreign.record);
    const { volumes } = await exportVolumes({
      from,
      item: ITEM,
      maker: platform.maker(ITEM),
      volumeLimit: LIMIT,
    });
    for (const { bytes } of volumes) expect(hashesOf(bytes)).toContain(`2 ${platform.kid}`);
  });
});

describe('uniteVolumes', () => {
  test('leaves nothing out, whatever it is', async () => {
    const hand = new Hand('a');
    const stranger = new Hand('b');
    const own = await hand.say(ITEM, 'mine');
    const foreign = await stranger.say(OTHER_ITEM, 'not mine');
    const junk = Uint8Array.of(1, 2, 3);
    const one = fileOf({ ...membersOf([own], [hand]), 8: [junk] });
    const other = fileOf(membersOf([own, foreign], [stranger]));
    const united = uniteVolumes([one, other]);
    if (!united.ok) throw new Error(String(united.irregular));
    expect(toHex(united.bytes)).toBe(
      toHex(fileOf({ ...membersOf([own, foreign], [hand, stranger]), 8: [junk] })),
    );
    expect(uniteVolumes([one])).toEqual({ ok: true, bytes: one });
  });

  test('names the first file that breaks a rule of the container', async () => {
    const hand = new Hand('a');
    const good = fileOf(membersOf([await hand.say(ITEM, 'mine')], [hand]));
    const empty = fileOf({ 8: [Uint8Array.of(7)] });
    // The list of attachments without its one entry.
    const untidy = empty.slice(0, -2);
    untidy[untidy.length - 1] = 0x80;
    expect(uniteVolumes([good, untidy, good.subarray(1)])).toEqual({ ok: false, irregular: 1 });
    expect(uniteVolumes([good, good, good.subarray(0, good.length - 1)])).toEqual({
      ok: false,
      irregular: 2,
    });
  });

  test('has no limit of its own: volumes may be longer together than a file may be', () => {
    const attachment = new Uint8Array(65 * 1024 * 1024);
    const long = encodePassport({ item: ITEM, members: { 8: [attachment] } }, { limit: 80 * 1024 * 1024 });
    const united = uniteVolumes([long, fileOf({ 8: [Uint8Array.of(1)] })]);
    if (!united.ok) throw new Error(String(united.irregular));
    expect(united.bytes.length).toBe(long.length + 2);
  });

  test('does not unite two items', () => {
    expect(() => uniteVolumes([fileOf({}), fileOf({}, OTHER_ITEM)])).toThrow(
      expect.objectContaining({ code: 'merge.item' }),
    );
  });
});
