import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { graphOf } from '../../src/passport/assess.js';
import {
  continuing,
  type ManifestContents,
  makeManifests,
  makeVolumeManifests,
  manifestsOf,
  type WithheldRecord,
} from '../../src/passport/manifest.js';
import { MANIFEST_MAX_HEADS, type Manifest } from '../../src/record/types/manifest.js';
import { CONTAINER, Hand, ITEM, phoneSigner } from './hand.js';
import { assess, fileOf, membersOf } from './world.js';

const id = (number: number): string => number.toString(16).padStart(64, '0');
const kid = (number: number): string => id(number + 0x10000);
type Listed = ManifestContents['records'][number];

function listed(number: number, by = 0, seq: number | null = number, sub = ITEM): Listed {
  const link: Listed['link'] =
    seq === null ? null : { version: 1, seq, prev: null, seen: [], lane: null, anchors: [] };
  return { id: id(number), kid: kid(by), sub, link };
}

const hidden = (number: number): WithheldRecord => ({
  id: id(number),
  reason: 'secret',
  at: { kid: kid(1), subject: id(9), seq: number },
});

/** The payload with texts for bytes. */
function shown(payload: Manifest): unknown {
  const { root, ids, heads, withheld, asOf, after, continues, ...rest } = payload;
  const text = (bytes: Uint8Array | null | undefined): unknown => (bytes == null ? bytes : toHex(bytes));
  return {
    ...rest,
    root: toHex(root),
    ids: ids.map(toHex),
    heads: heads.map(([key, seqs]) => [toHex(key), seqs.map(([subject, seq]) => [toHex(subject), seq])]),
    withheld: withheld.map((one) => ({
      ...one,
      id: toHex(one.id),
      at: one.at?.map((part) => (typeof part === 'number' ? part : toHex(part))),
    })),
    asOf: text(asOf),
    ...(after === undefined ? {} : { after: text(after) }),
    ...(continues === undefined ? {} : { continues: text(continues) }),
  };
}

const rootOf = (ids: readonly string[]): string => toHex(merkleRoot(ids.map(fromHex)));
const subject = (sub: string): string => sha256Hex(utf8Bytes(sub));

describe('makeManifests', () => {
  test('one manifest says it all: ids ascending with their root, heads, what is withheld', () => {
    const contents: ManifestContents = {
      records: [listed(7), listed(2, 1, 4), listed(5)],
      credentials: [id(6)],
      withheld: [hidden(9), { id: id(3), reason: 'not-held', at: null }],
      asOf: id(77),
      after: id(78),
    };
    const ids = [2, 5, 6, 7].map(id);
    expect(makeManifests(contents).map(shown)).toEqual([
      {
        root: rootOf(ids),
        count: 4,
        ids,
        heads: [
          [kid(0), [[subject(ITEM), 7]]],
          [kid(1), [[subject(ITEM), 4]]],
        ],
        withheld: [
          { id: id(3), reason: 'not-held', at: undefined },
          { id: id(9), reason: 'secret', at: [kid(1), id(9), 9] },
        ],
        asOf: id(77),
        after: id(78),
      },
    ]);
    const [bare, ...more] = makeManifests({ records: [] });
    expect([shown(bare!), more]).toEqual([
      { root: rootOf([]), count: 0, ids: [], heads: [], withheld: [], asOf: null },
      [],
    ]);
    expect(shown(makeManifests({ records: [], asOf: null })[0]!)).toMatchObject({ asOf: null });
  });

  test('a head is the newest record of a key about a subject, by key and subject', () => {
    const records = [
      listed(1, 3, 5),
      listed(2, 3, 9),
      listed(3, 3, 7),
      listed(4, 3, 0, CONTAINER),
      listed(5, 1, 2, CONTAINER),
      listed(6, 1, 8),
      listed(7, 2, 1),
      // A link that nobody here can read has no number.
      listed(8, 2, null),
      listed(9, 4, null),
    ];
    const bySubject = (...pairs: [string, number][]): unknown =>
      pairs.map(([sub, seq]) => [subject(sub), seq]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    for (const given of [records, records.toReversed()]) {
      expect(
        makeManifests({ records: given }).map((one) => (shown(one) as { heads: unknown }).heads),
      ).toEqual([
        [
          [kid(1), bySubject([ITEM, 8], [CONTAINER, 2])],
          [kid(2), [[subject(ITEM), 1]]],
          [kid(3), bySubject([ITEM, 9], [CONTAINER, 0])],
        ],
      ]);
    }
  });

  test('of more heads than a manifest may have the first are told', () => {
    const records = Array.from({ length: MANIFEST_MAX_HEADS + 9 }, (_, index) => listed(index, index, 0));
    const [{ heads }] = makeManifests({ records: records.toReversed() }) as [Manifest];
    expect(heads.map(([key]) => toHex(key))).toEqual(
      Array.from({ length: MANIFEST_MAX_HEADS }, (_, index) => kid(index)),
    );
  });

  test('nothing is both listed and withheld', () => {
    expect(() =>
      makeManifests({ records: [listed(1), listed(2)], withheld: [hidden(3), hidden(2)] }),
    ).toThrow(new RangeError(`\`${id(2)}\` is both listed and withheld`));
  });

  test.each<[string, number, number, number[]]>([
    ['1,024 ids fit into one', 1_024, 0, [1_024]],
    ['1,025 do not', 1_025, 0, [1_024, 1]],
    ['1,000 and 24 withheld are 1,024', 1_000, 30, [1_024, 6]],
    ['297 withheld fit into one', 0, 297, [297]],
    ['298 do not', 0, 298, [297, 1]],
    ['both share the room', 647, 149, [795, 1]],
    ['three parts', 2_060, 0, [1_024, 1_024, 12]],
  ])('%s', (_, ids, left, sizes) => {
    const parts = makeManifests({
      records: Array.from({ length: ids }, (_each, index) => listed(index)),
      withheld: Array.from({ length: left }, (_each, index) => hidden(0x4000 + index)),
      after: id(78),
      asOf: id(77),
    });
    expect(parts.map((one) => one.ids.length + one.withheld.length)).toEqual(sizes);
    expect(parts.map(({ part }) => part)).toEqual(
      sizes.length === 1 ? [undefined] : sizes.map((_each, index) => [index + 1, sizes.length]),
    );
    const all = parts.flatMap((one) => [...one.ids, ...one.withheld.map((entry) => entry.id)].map(toHex));
    expect(all).toEqual([...all].sort());
    expect(all).toHaveLength(ids + left);
    expect(parts.map(({ root, count }) => [toHex(root), count])).toEqual(
      parts.map((one) => [rootOf(one.ids.map(toHex)), one.ids.length]),
    );
    // Heads stand in the first part; what the series is about in each.
    expect(parts.map(({ heads }) => heads.length)).toEqual(
      sizes.map((_each, index) => (index === 0 && ids > 0 ? 1 : 0)),
    );
    for (const { asOf, after } of parts) expect([toHex(asOf!), toHex(after!)]).toEqual([id(77), id(78)]);
  });

  test('a later part names the one before once that is signed', () => {
    const [first] = makeManifests({ records: [listed(1)] });
    expect(shown(continuing(first!, id(5)))).toEqual({ ...(shown(first!) as object), continues: id(5) });
  });
});

describe('makeVolumeManifests', () => {
  test('one series over all volumes; each after the first names the root of the volume before', () => {
    const records = [1, 2, 3, 4].map((number) => listed(number));
    const volumes = [
      [id(1), id(2)],
      [id(2), id(3)],
      [id(4), id(2)],
    ];
    const made = makeVolumeManifests({ records, withheld: [hidden(9)] }, volumes, id(77));
    const roots = [rootOf([id(1), id(2)]), rootOf([id(2), id(3)]), rootOf([id(2), id(4)])];
    expect(made.map(({ payload, volume }) => [volume, shown(payload)])).toEqual(
      [
        [id(1), id(2)],
        [id(2), id(3)],
        [id(2), id(4)],
      ].map((ids, index) => [
        index,
        {
          root: roots[index],
          count: 2,
          ids,
          heads: index === 0 ? [[kid(0), [[subject(ITEM), 4]]]] : [],
          withheld: index === 0 ? [{ id: id(9), reason: 'secret', at: [kid(1), id(9), 9] }] : [],
          asOf: id(77),
          part: [index + 1, 3],
          ...(index === 0 ? {} : { after: roots[index - 1] }),
        },
      ]),
    );
  });

  test('of a volume with several parts the next names the last', () => {
    const many = Array.from({ length: 1_300 }, (_, index) => id(index));
    const made = makeVolumeManifests({ records: [] }, [many, [id(5_000)], [id(5_001)]], null);
    const roots = [rootOf(many.slice(0, 1_024)), rootOf(many.slice(1_024)), rootOf([id(5_000)])];
    expect(
      made.map(({ volume, payload: { part, after, asOf, withheld } }) => [
        volume,
        part,
        after && toHex(after),
        asOf,
        withheld,
      ]),
    ).toEqual([
      [0, [1, 4], undefined, null, []],
      [0, [2, 4], undefined, null, []],
      [1, [3, 4], roots[1], null, []],
      [2, [4, 4], roots[2], null, []],
    ]);
  });

  test('a single volume is a single manifest, no series', () => {
    const [only, ...more] = makeVolumeManifests({ records: [listed(1)] }, [[id(1)]], null);
    expect([only!.volume, 'part' in only!.payload, 'after' in only!.payload, more]).toEqual([
      0,
      false,
      false,
      [],
    ]);
  });
});

describe('manifestsOf', () => {
  test('reads verified manifests, by the place of their statement, twins once, all that they say', async () => {
    const hands = Array.from({ length: 6 }, (_, index) => new Hand(`maker ${index}`));
    const phone = new Hand('phone', undefined, phoneSigner());
    const payload = makeManifests({
      records: [],
      withheld: [hidden(3), { id: id(4), reason: 'not-held', at: null }],
      asOf: id(77),
      after: id(78),
    })[0]!;
    const whole = { ...payload, part: [2, 2] as [number, number], continues: fromHex(id(5)) };
    const made = await Promise.all(hands.map((hand) => hand.sign(ITEM, 'manifest', whole)));
    const twin = phone.copy();
    const plain = makeManifests({ records: [] })[0]!;
    const twins = [await phone.sign(ITEM, 'manifest', plain), await twin.sign(ITEM, 'manifest', plain)];
    const forged = (await new Hand('maker 0').sign(CONTAINER, 'manifest', plain)).record.slice();
    forged[forged.length - 1]! ^= 1;
    const other = await hands[0]!.say(ITEM, 'no manifest');
    const members = membersOf([...made, ...twins, other], [...hands, phone]);
    const assessed = await assess(fileOf({ ...members, 1: [...members[1]!, forged] }));
    const graph = graphOf(assessed);
    const found = manifestsOf(assessed, graph);
    expect(found.map(({ statement }) => statement)).toEqual(
      found.map(({ statement }) => statement).sort((a, b) => a - b),
    );
    const first = twins.map((one) => one.id).sort()[0]!;
    expect(found.map((one) => one.id).sort()).toEqual([...made.map((one) => one.id), first].sort());
    expect(found.find((one) => one.id === made[0]!.id)).toEqual({
      statement: graph.statementOfId(made[0]!.id),
      id: made[0]!.id,
      kid: hands[0]!.kid,
      sub: ITEM,
      seq: 0,
      root: rootOf([]),
      ids: [],
      withheld: [hidden(3), { id: id(4), reason: 'not-held', at: null }],
      asOf: id(77),
      part: [2, 2],
      continues: id(5),
      after: id(78),
    });
    expect(found.find((one) => one.id === first)).toMatchObject({
      part: [1, 1],
      continues: null,
      after: null,
      asOf: null,
    });
  });
});
