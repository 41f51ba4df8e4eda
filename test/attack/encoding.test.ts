import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { readOpening } from '../../src/record/private-fields.js';
import { readRecord } from '../../src/record/read-record.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { ITEM, T0 } from '../verify/story.js';
import { headerMap, SPOTS, sealed, sellerStory, statementMap } from './forge.js';
import { fileOf, malformed, refusedEverywhere } from './refused-everywhere.js';
import { found, told, troubles, verdictOn } from './verdict.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const ITEM_HEX = `00${toHex(encodeCbor(ITEM))}`;

describe('one value, one encoding', () => {
  test('cbor-duplicate-map-key: the second of two keys is refused at its offset, in any map', async () => {
    await refusedEverywhere([
      ...malformed('cbor.duplicate-key', 3, 'a201000101', 'a3000000010100'.slice(0, 14)),
      ...malformed('cbor.duplicate-key', 4, 'a261610061610a'),
      ...malformed('cbor.duplicate-key', 3, 'a220002001'),
    ]);
    // The map of a header and of a payload itself: two algorithms, two texts.
    const { actor } = await sellerStory();
    const header = encodeCbor(headerMap(actor));
    const twice = concatBytes(fromHex('a70132'), fromHex('0105'), header.subarray(3));
    expect(readRecord(await sealed(actor.signer, twice, statementMap()))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'cbor.duplicate-key', offset: 7 }],
    });
    const record = readRecord(await sealed(actor.signer, headerMap(actor), fromHex('a200010002')));
    expect(record).toMatchObject({ ok: false, diagnostics: [{ code: 'cbor.duplicate-key' }] });
    // In the map of the file a member that comes twice is no member (format.md: "an empty or repeated one").
    expect(await fileOf(`a2${ITEM_HEX}${ITEM_HEX}`)).toEqual([
      `passport.member at ${9 + ITEM_HEX.length / 2}`,
      'trust.none',
    ]);
  });

  test('cbor-duplicate-key-different-types: 1, "1" and a bignum 1 are never one key', async () => {
    await refusedEverywhere([
      ...malformed('cbor.key-type', 3, 'a20100c2410100'),
      ...malformed(
        'cbor.key-type',
        1,
        'a1c2410100',
        'a1410100',
        'a1f600',
        'a1f400',
        'a1800000',
        'a1f93c0000',
      ),
    ]);
    // An integer and a text that look alike are two keys, and the schema knows neither.
    const { story, actor } = await sellerStory();
    const payload = statementMap([
      [1, 'a'],
      ['1', 'b'],
    ]);
    const record = await sealed(actor.signer, headerMap(actor, [[-70001, LATER]]), payload);
    const read = readRecord(record);
    expect(read.ok).toBe(false);
    expect(read.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['schema.unknown-key', '1'],
      ['schema.unknown-key', '["1"]'],
    ]);
    // Where any map may stand both survive.
    const x = new Map<CborKey, CborValue>([
      [1, 'a'],
      ['1', 'b'],
    ]);
    const extended = await sealed(
      actor.signer,
      headerMap(actor, [[-70001, LATER]]),
      statementMap([['x', new Map([['deep', x]])]]),
    );
    const kept = readRecord(extended);
    expect(kept.ok && kept.record.payload.fields['x']).toEqual(
      Object.assign(Object.create(null), { deep: x }),
    );
    story.records.push(record);
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual([
      'TOTAL-FAILED',
      ['chain.gap', 'schema.unknown-key'],
    ]);
  });

  test('cbor-unsorted-map-keys: refused at the first key out of order', async () => {
    await refusedEverywhere([
      ...malformed('cbor.key-order', 3, 'a202000100', 'a220000100'),
      ...malformed('cbor.key-order', 5, 'a26162006161f6'.replace('a26162006161f6', 'a301000300020a')),
      ...malformed('cbor.key-order', 4, 'a2616200616100'),
    ]);
  });

  test('cbor-length-first-key-order: the order of RFC 7049 is refused where the two differ', async () => {
    // 10, −1, 100, "z", "aa": shorter first. RFC 8949 §4.2.1 puts 100 (18 64) before −1 (20).
    await refusedEverywhere(malformed('cbor.key-order', 5, 'a50a002000186400617a0062616100'));
    const bytewise = fromHex('a50a001864002000617a0062616100');
    expect(scanCbor(bytewise)).toBeNull();
    expect([...(decodeCbor(bytewise) as ReadonlyMap<CborKey, CborValue>).keys()]).toEqual([
      10,
      100,
      -1,
      'z',
      'aa',
    ]);
  });

  test('cbor-indefinite-length: refused, and a lone break', async () => {
    await refusedEverywhere(
      malformed(
        'cbor.indefinite',
        0,
        '5f4100ff',
        '7f6161ff',
        '9f00ff',
        'bf0000ff',
        'ff',
        // A chunk that ends within a character.
        '7f61c361a9ff',
        '5fff',
      ),
    );
    expect(await fileOf('bf')).toEqual(['cbor.indefinite at 8', 'trust.none']);
    expect(await fileOf(`a2${ITEM_HEX}019f`)).toEqual([
      `cbor.indefinite at ${10 + ITEM_HEX.length / 2}`,
      'trust.none',
    ]);
  });

  test('cbor-non-minimal-integer: a head longer than it need be is refused, whatever its type', async () => {
    const values = ['1817', '190017', '1900ff', '1a0000ffff', '1b00000000ffffffff', '3817', '3900ff', '5800'];
    values.push(
      '5b000000000000000100',
      '780161',
      '9800',
      '990000',
      'b800',
      'b9000000',
      '7b00000000000000016161',
    );
    await refusedEverywhere(malformed('cbor.not-shortest', 0, ...values));
    await refusedEverywhere(malformed('cbor.tag', 0, 'd801f6', 'd8c100'));
    expect(await fileOf('b801')).toEqual(['cbor.not-shortest at 8', 'trust.none']);
  });

  test('cbor-trailing-bytes: the first byte too many is named', async () => {
    const { story, actor } = await sellerStory();
    const bytes = story.file();
    const extras = [Uint8Array.of(0xa0), new Uint8Array(512), fromHex('504b0506000000000000'), bytes];
    for (const extra of extras) {
      const passport = await verdictOn(story, { bytes: concatBytes(bytes, extra) });
      expect([passport.verdict, found(passport, 'cbor.trailing').map(({ offset }) => offset)]).toEqual([
        'TOTAL-FAILED',
        [bytes.length],
      ]);
      expect(passport.records).toEqual([]);
    }
    const record = story.records[0]!;
    expect(readRecord(concatBytes(record, Uint8Array.of(0)))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'cbor.trailing', offset: record.length }],
    });
    for (const [header, payload] of [
      [concatBytes(encodeCbor(headerMap(actor)), Uint8Array.of(0)), encodeCbor(statementMap())],
      [encodeCbor(headerMap(actor)), concatBytes(encodeCbor(statementMap()), Uint8Array.of(0xa0))],
    ] as const) {
      expect(readRecord(await sealed(actor.signer, header, payload)).diagnostics).toMatchObject([
        { code: 'cbor.trailing' },
      ]);
    }
    for (const element of [...story.credentials, ...[...story.keys].map(({ coseKey }) => coseKey)]) {
      expect(
        scanCbor(concatBytes(element.subarray(element[0] === 0xd2 ? 1 : 0), Uint8Array.of(0)))?.code,
      ).toBe('cbor.trailing');
    }
  });
});

const LATER: CborValue = [1, 5, fromHex('ab'.repeat(32)), [], fromHex('ab'.repeat(32)), []];

describe('sizes', () => {
  test('cbor-deep-nesting: the 33rd level is refused, however many follow, and nothing overflows', async () => {
    for (const spot of SPOTS) {
      // The value stands at level `depth`, so its n-th container at depth + n.
      const levels = 33 - spot.depth;
      for (const [nested, count] of [
        ['81', levels],
        ['81', 60_000],
        ['a100', levels],
        ['a100', 30_000],
      ] as const) {
        const { story, bytes, at } = await spot.put(fromHex(`${nested.repeat(count)}00`));
        const passport = await verdictOn(story, { bytes });
        expect([spot.name, passport.verdict, troubles(passport)]).toEqual([
          spot.name,
          'TOTAL-FAILED',
          ['cbor.depth'],
        ]);
        // In a map the key 0 comes first and stands on the next level like its value.
        const heads = nested === '81' ? levels : 2 * levels - 1;
        expect(found(passport, 'cbor.depth').map(({ offset }) => offset)).toEqual([at + heads]);
      }
      const { story, bytes } = await spot.put(fromHex(`${'81'.repeat(levels - 1)}00`));
      expect(troubles(await verdictOn(story, { bytes }))).not.toContain('cbor.depth');
    }
    await refusedEverywhere(malformed('cbor.tag', 0, 'c1'.repeat(60_000)));
    const deep = new Uint8Array(60_000).fill(0x81);
    expect(scanCbor(deep)).toEqual({ code: 'cbor.depth', offset: 32 });
    expect(readRecord(deep).diagnostics).toMatchObject([{ code: 'cose.start', offset: 0 }]);
    expect(readRecord(concatBytes(fromHex('d2'), deep)).diagnostics).toMatchObject([{ code: 'cose.start' }]);
    expect(readOpening(deep)).toEqual({ ok: false, code: 'cbor.depth', offset: 32 });
    expect(await fileOf(`a1${'81'.repeat(60_000)}`)).toEqual(['cbor.key-type at 9', 'trust.none']);
    expect(await fileOf(`a2${ITEM_HEX}01${'81'.repeat(60_000)}`)).toEqual([
      `passport.member at ${11 + ITEM_HEX.length / 2}`,
      'trust.none',
    ]);
  });

  const LYING = [
    '9b0020000000000000',
    '9bffffffffffffffff',
    'bb0010000000000000',
    '9affffffff',
    '99ffff00',
    'ba80000000',
    '5b0000000100000000',
    '5affffffff00',
    '7b7fffffffffffffff',
    '59ffff',
    '7a7fffffff61',
    'b9ffff00',
  ];

  test('cbor-huge-length-prefix: a length beyond the bytes is refused before anything is made of it', async () => {
    await refusedEverywhere(malformed('cbor.truncated', 0, ...LYING));
    const before = memory();
    for (const hex of LYING.filter((one) => one.startsWith('9'))) {
      expect(await fileOf(`a2${ITEM_HEX}01${hex}`)).toEqual([
        `cbor.truncated at ${10 + ITEM_HEX.length / 2}`,
        'trust.none',
      ]);
    }
    for (const hex of ['5b0000000100000000', '5affffffff']) {
      expect(await fileOf(`a2${ITEM_HEX}0181${hex}`)).toEqual([
        `cbor.truncated at ${11 + ITEM_HEX.length / 2}`,
        'trust.none',
      ]);
    }
    expect(await fileOf('bb0020000000000000')).toEqual(['cbor.truncated at 8', 'trust.none']);
    expect(memory() - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('cbor-length-uint32-wrap: a length whose low half fits, or that a double rounds, is refused', async () => {
    const wraps = ['5b0000000100000005', '7b0000000100000005', '9b0000000100000005', 'bb0000000100000002'];
    wraps.push('5b0020000000000001', '7b8000000000000001', '9b8000000000000001', 'bb8000000000000000');
    await refusedEverywhere(malformed('cbor.truncated', 0, ...wraps.map((hex) => `${hex}0000000000`)));
    const array = `a2${ITEM_HEX}01`;
    const at = 10 + ITEM_HEX.length / 2;
    expect(await fileOf(`${array}9b00000001000000014100`)).toEqual([`cbor.truncated at ${at}`, 'trust.none']);
    expect(await fileOf(`${array}9b00200000000000014100`)).toEqual([`cbor.truncated at ${at}`, 'trust.none']);
    expect(await fileOf(`${array}815b000000010000000161`)).toEqual([
      `cbor.truncated at ${at + 1}`,
      'trust.none',
    ]);
    expect(await fileOf(`bb0000000100000001${ITEM_HEX}`)).toEqual(['cbor.truncated at 8', 'trust.none']);
  });
});

function memory(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

describe('values that one reader sees otherwise than another', () => {
  test('cbor-floats-nan-payload: no float of any width, no NaN, no infinity', async () => {
    const floats = [
      'f93c00',
      'fa3f800000',
      'fb3ff0000000000000',
      'f97e00',
      'fa7fc00001',
      'fb7ff8000000000001',
    ];
    floats.push('f98000', 'fb8000000000000000', 'f97c00', 'fb7ff0000000000000', 'fb3ff199999999999a');
    await refusedEverywhere(malformed('cbor.simple', 0, ...floats));
  });

  test('cbor-minus-zero-and-bignum: an integer has one form, and none is ever rounded', async () => {
    await refusedEverywhere(
      malformed('cbor.tag', 0, 'c24101', 'c34100', 'c2420001', 'c249010000000000000000', 'c482200a'),
    );
    await refusedEverywhere(malformed('cbor.simple', 0, 'f98000', 'fa80000000'));
    const { actor } = await sellerStory();
    const wide = [2n ** 53n, 2n ** 64n - 1n, -(2n ** 53n), -(2n ** 64n)];
    for (const value of wide) {
      // Where any value may stand it is kept exactly …
      const held = readRecord(
        await sealed(
          actor.signer,
          headerMap(actor),
          statementMap([['x', new Map<CborKey, CborValue>([['n', value]])]]),
        ),
      );
      expect(held.ok && (held.record.payload.fields['x'] as Record<string, unknown>)['n']).toBe(value);
      // … and where an integer is asked for it is refused with its path.
      const when = new Map<CborKey, CborValue>([
        ['utcS', value],
        ['offsetMin', 0],
      ]);
      const record = await sealed(actor.signer, headerMap(actor), statementMap([['occurredAt', when]]));
      expect(readRecord(record).diagnostics).toMatchObject([
        { code: 'schema.value', path: 'occurredAt.utcS', severity: 'failure' },
      ]);
    }
    const iat = new Map<CborKey, CborValue>([
      [1, actor.iss],
      [2, ITEM],
      [6, 2n ** 53n],
    ]);
    const late = readRecord(await sealed(actor.signer, headerMap(actor, [[15, iat]]), statementMap()));
    expect(late.diagnostics).toMatchObject([{ code: 'record.claims', path: 'claims.iat' }]);
  });

  test('cbor-invalid-utf8: ill-formed text is refused at its character', async () => {
    await refusedEverywhere([
      ...malformed('cbor.text-utf8', 1, '62c080', '63eda080', '64f4908080', '61c3', '62c328', '61ff', '6180'),
      ...malformed(
        'cbor.text-utf8',
        1,
        '63e28228',
        '63e08080',
        '64f0808080',
        '66eda081edb080',
        '65f888808080',
      ),
      ...malformed('cbor.text-utf8', 4, '64616263c3', '6661626380c2a0'.slice(0, 14)),
    ]);
    // As a key too: two keys that a lenient decoder would both read as U+FFFD.
    await refusedEverywhere(malformed('cbor.text-utf8', 2, 'a261ff0061fe00'));
  });

  test('cbor-utf8-bom-and-nul: neither may stand anywhere in a text', async () => {
    await refusedEverywhere([
      ...malformed(
        'cbor.text-control',
        1,
        '63efbbbf',
        '64efbbbf61',
        '6100',
        '620061',
        '61 1b'.replace(' ', ''),
      ),
      ...malformed('cbor.text-control', 2, '626100', '6461efbbbf', '6361c280', '62617f', '620a0d'),
    ]);
    // A tab and a line feed are the two that may.
    expect(scanCbor(fromHex('62090a'))).toBeNull();
  });

  test('cbor-nfc-lookalike-keys: keys that only normalisation makes equal stay two', async () => {
    // The attack also asks for a mark at confusable names; format.md, which wins, gives names no weight at all:
    // equality is by bytes, parties and subjects are ASCII URIs, and no rule reads a name.
    const composed = '\u00e9';
    const decomposed = 'e\u0301';
    const { story, actor } = await sellerStory();
    const x = new Map<CborKey, CborValue>([
      [decomposed, 1],
      [composed, 2],
    ]);
    const record = await sealed(actor.signer, headerMap(actor, [[-70001, LATER]]), statementMap([['x', x]]));
    const read = readRecord(record);
    expect(read.ok && read.record.payload.fields['x']).toEqual(
      Object.assign(Object.create(null), { [decomposed]: 1, [composed]: 2 }),
    );
    expect(toHex(encodeCbor(x))).toBe('a262c3a9026365cc8101');
    // Nor do they name the same field, party or type.
    expect(
      readRecord(await sealed(actor.signer, headerMap(actor), statementMap([['te\u0301xt', 'x']]))),
    ).toMatchObject({ ok: false, diagnostics: [{ code: 'schema.unknown-key' }] });
    for (const iss of [`${actor.iss.slice(0, -1)}\uff11`, `${actor.iss}\u0301`]) {
      const claims = new Map<CborKey, CborValue>([
        [1, iss],
        [2, ITEM],
        [6, T0],
      ]);
      expect(
        readRecord(await sealed(actor.signer, headerMap(actor, [[15, claims]]), statementMap())).diagnostics,
      ).toMatchObject([{ code: 'record.claims', path: 'claims.iss' }]);
    }
    story.records.push(record);
    expect(troubles(await verdictOn(story))).toEqual(['chain.gap']);
  });

  test('nfc-unicode-version-skew: no answer asks the runtime for its Unicode tables', async () => {
    const { story, actor } = await sellerStory();
    await story.say(actor, 'a\u1ad0\u0316');
    const bytes = story.file();
    const usual = await verdictOn(story);
    const asked = (name: string) => (): never => {
      throw new Error(`${name} was asked`);
    };
    for (const name of [
      'normalize',
      'localeCompare',
      'toLocaleLowerCase',
      'toLocaleUpperCase',
      'toUpperCase',
    ] as const) {
      vi.spyOn(String.prototype, name).mockImplementation(asked(name));
    }
    vi.spyOn(Number.prototype, 'toLocaleString').mockImplementation(asked('toLocaleString'));
    vi.spyOn(Intl, 'Collator').mockImplementation(asked('Collator'));
    const passport = await verdictOn(story, { bytes });
    expect(told(passport)).toEqual(told(usual));
    expect([passport.verdict, passport.counts['internal']]).toEqual(['TOTAL-PASSED', undefined]);
    expect(makeVerifyReport(passport, { version: 'x' })).toEqual(makeVerifyReport(usual, { version: 'x' }));
    expect(passport.records.at(-1)!.payload['text']).toBe('a\u1ad0\u0316');
  });

  test('cbor-unassigned-simple-and-f8: of the simple values only false, true and null', async () => {
    const values = ['f7', 'e0', 'e1', 'f2', 'f3', 'f814', 'f815', 'f816', 'f817', 'f820', 'f8ff'];
    await refusedEverywhere(malformed('cbor.simple', 0, ...values));
    await refusedEverywhere(
      malformed('cbor.reserved', 0, 'fc', 'fd', 'fe', '1c', '3d', '5e', '7c', '9d', 'be'),
    );
    for (const hex of ['f4', 'f5', 'f6']) expect(scanCbor(fromHex(hex))).toBeNull();
  });
});
