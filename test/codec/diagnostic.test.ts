import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { encodeByteString } from '../../src/codec/cbor-head.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { diagnose } from '../../src/codec/diagnostic.js';
import { diagnosticFloat } from '../../src/codec/diagnostic-float.js';
import { concatBytes, fromHex, utf8Bytes } from '../../src/codec/hex.js';
import { mutated, profileValue } from './profile-values.js';

/** The notation without the comments and line breaks: one line. */
function oneLine(bytes: Uint8Array): string {
  const lines = diagnose(bytes)
    .split('\n')
    .filter((line) => !line.startsWith('/ not of'));
  return lines
    .map((line) => line.replace(/^\/ +\d+ \/ /, '').trim())
    .join(' ')
    .replace(/([[{(]) /g, '$1')
    .replace(/ ([\]})])/g, '$1');
}

describe('RFC 8949 appendix A', () => {
  const path = '../../fixtures/vectors/cbor-test-vectors/appendix_a.json';
  const examples: readonly { hex: string; diagnostic?: string }[] = JSON.parse(
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  );

  // Encoding indicators are added to floats; a byte string that holds an item is shown as one.
  const OURS = new Map([['d818456449455446', "24(h'6449455446')"]]);

  test.each(
    examples
      .filter((example) => example.diagnostic !== undefined)
      .map((example) => [example.hex, example.diagnostic!]),
  )('%s is %s', (hex, expected) => {
    const written = oneLine(fromHex(hex))
      .replace(/_[0-3](?=$|\))/g, '')
      .replace(/^\(_ ?/, '(_ ');
    expect(written).toBe(OURS.get(hex) ?? expected);
  });
});

describe('what is shown', () => {
  test('a COSE_Sign1 with its header and payload opened, offsets in front', () => {
    const header = encodeCbor(
      new Map<number, number | Uint8Array>([
        [1, -19],
        [4, Uint8Array.of(1, 2)],
      ]),
    );
    const payload = encodeCbor(
      new Map<number | string, never>([
        [0, 1],
        ['list', [1, []]],
      ] as never),
    );
    const bytes = concatBytes(
      fromHex('d284'),
      encodeByteString(header),
      fromHex('a0'),
      encodeByteString(payload),
      encodeByteString(new Uint8Array(40)),
    );
    expect(diagnose(bytes)).toBe(
      [
        '/     0 / 18([',
        '/     2 /   <<{',
        '/     4 /     1: -19,',
        "/     6 /     4: h'0102'",
        '/    10 /   }>>,',
        '/    10 /   {},',
        '/    11 /   <<{',
        '/    13 /     0: 1,',
        '/    15 /     "list": [',
        '/    21 /       1,',
        '/    22 /       []',
        '/    23 /     ]',
        '/    23 /   }>>,',
        `/    23 /   h'${'00'.repeat(32)}`,
        `/    57 /     ${'00'.repeat(8)}'`,
        '/    65 / ])',
      ].join('\n'),
    );
  });

  test.each<[string, string, string]>([
    [
      'the first fault',
      'a2616201616102',
      '/ not of the profile: cbor.key-order at byte 4 /\n/     0 / {\n/     1 /   "b": 1,\n/     4 /   "a": 2\n/     7 / }',
    ],
    [
      'heads that are not shortest',
      '98021805b90000',
      '/ not of the profile: cbor.not-shortest at byte 0 /\n/     0 / [_0\n/     2 /   5_0,\n/     4 /   {_1}\n/     7 / ]',
    ],
    ['tag 18 over something else', 'd201', '/ not of the profile: cbor.tag at byte 0 /\n/     0 / 18(1)'],
    ['nothing', '', '/ not of the profile: cbor.truncated at byte 0 /\n/     0 / / the bytes end here /'],
    [
      'bytes after the item',
      '0102ff',
      '/ not of the profile: cbor.trailing at byte 1 /\n/     0 / 1\n/     1 / / 2 more bytes /',
    ],
    [
      'text that is none',
      '62c328',
      "/ not of the profile: cbor.text-utf8 at byte 1 /\n/     0 / h'c328' / text that is not UTF-8 /",
    ],
    [
      'a message cut off, nothing closed that was not read to its end',
      'd28443a10132a0',
      '/ not of the profile: cbor.truncated at byte 7 /\n/     0 / 18([\n/     2 /   <<{\n/     4 /     1: -19\n' +
        '/     6 /   }>>,\n/     6 /   {},\n/     7 / / the bytes end here /',
    ],
  ])('%s', (_, hex, expected) => {
    expect(diagnose(fromHex(hex))).toBe(expected);
  });

  test('the fault of a payload, with the payload opened all the same', () => {
    const lines = diagnose(fromHex('d28443a10132a044a100180140')).split('\n');
    expect(lines[0]).toBe('/ not of the profile: cbor.not-shortest at byte 10 /');
    expect(lines).toContain('/     9 /     0: 1_0');
  });

  test('text is escaped where a terminal would obey it or an eye would miss it', () => {
    const text = 'a"\\\u001b[2J\u0085\u202e\u200b\u2066\u00a0\ufeff\u{e0041}é水📦';
    expect(oneLine(concatBytes(fromHex('78'), Uint8Array.of(utf8Bytes(text).length), utf8Bytes(text)))).toBe(
      '"a\\"\\\\\\u001b[2J\\u0085\\u202e\\u200b\\u2066\\u00a0\\ufeff\\u{e0041}é水📦"',
    );
  });

  test('a hash that looks like a map is shown as an item only if it is one', () => {
    expect(oneLine(fromHex('43a10102'))).toBe('<<{1: 2}>>');
    expect(oneLine(fromHex('43a10180'))).toBe('<<{1: []}>>');
    expect(oneLine(fromHex('43a1ffff'))).toBe("h'a1ffff'");
  });
});

describe('hostile bytes', () => {
  test('any bytes are shown, on lines that are all printable', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated(profileValue.map(encodeCbor))),
        (bytes) => {
          const shown = diagnose(bytes);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may come out
          expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(shown)).toBe(false);
          const isSign1 = bytes[0] === 0xd2 && bytes[1] === 0x84;
          if (!isSign1) expect(shown.startsWith('/ not of the profile')).toBe(scanCbor(bytes) !== null);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('deep, wide and long input is cut and says so', () => {
    expect(diagnose(new Uint8Array(60_000).fill(0x81))).toContain('nested deeper than 80 levels');
    expect(diagnose(new Uint8Array(60_000).fill(0xd8))).toContain('nested deeper than 80 levels');
    const wide = concatBytes(fromHex('99ea60'), new Uint8Array(60_000));
    expect(diagnose(wide)).toContain('more than 20000 lines');
    const long = concatBytes(fromHex('5a00ffffff'), new Uint8Array(0xffffff));
    expect(diagnose(long)).toBe(
      '/ not of the profile: cbor.too-long at byte 0 /\n/     0 / / a string of 16777215 bytes, not shown /',
    );
  });

  test('strings within strings are opened only so far', () => {
    let nested = fromHex('a10000');
    for (let i = 0; i < 200; i++) nested = encodeCbor(new Map([[0, nested]]));
    expect(diagnose(nested)).toContain('nested deeper than 80 levels');
  });
});

describe('every kind of head, and every way to end, line for line', () => {
  const cases: readonly { hex: string; shown: readonly string[] }[] = JSON.parse(
    readFileSync(new URL('../../fixtures/codec/diagnostic.json', import.meta.url), 'utf8'),
  );

  test.each(cases.map(({ hex, shown }) => [hex, shown] as const))('%s', (hex, shown) => {
    expect(diagnose(fromHex(hex)).split('\n')).toEqual(shown);
  });
});

describe('floats, as RFC 8949 appendix A has them', () => {
  test.each<[string, number, string]>([
    ['0000', 25, '0.0'],
    ['8000', 25, '-0.0'],
    ['3c00', 25, '1.0'],
    ['3e00', 25, '1.5'],
    ['7bff', 25, '65504.0'],
    ['0001', 25, '5.960464477539063e-8'],
    ['8001', 25, '-5.960464477539063e-8'],
    ['0400', 25, '0.00006103515625'],
    ['03ff', 25, '0.00006097555160522461'],
    ['c400', 25, '-4.0'],
    ['4900', 25, '10.0'],
    ['7c00', 25, 'Infinity'],
    ['fc00', 25, '-Infinity'],
    ['7e00', 25, 'NaN'],
    ['fe01', 25, 'NaN'],
    ['7800', 25, '32768.0'],
    ['47c35000', 26, '100000.0'],
    ['7f7fffff', 26, '3.4028234663852886e+38'],
    ['80000000', 26, '-0.0'],
    ['ff800000', 26, '-Infinity'],
    ['3ff199999999999a', 27, '1.1'],
    ['7e37e43c8800759c', 27, '1e+300'],
    ['c010666666666666', 27, '-4.1'],
    ['c024000000000000', 27, '-10.0'],
  ])('%s (%i) is %s', (hex, info, shown) => {
    // Behind another byte, and in a view that does not begin where its buffer does.
    expect(diagnosticFloat(fromHex(`ffff${hex}`).subarray(1), 1, info)).toBe(shown);
  });
});

describe('what is escaped', () => {
  /** The line that shows these characters, without its place; a line before it may say that the profile refuses them. */
  function shown(text: string): string {
    const bytes = utf8Bytes(text);
    const head = Uint8Array.of(0x79, bytes.length >> 8, bytes.length & 255);
    const [line = ''] = diagnose(concatBytes(head, bytes)).split('\n').slice(-1);
    return line.replace('/     0 / ', '');
  }

  // Written from Unicode's own properties, so that they check the ranges of the code.
  const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
  const spaceOrPrivate = /(?![ \u1680\ue000-\uf8ff])[\p{Zs}\p{Co}]|[\ufffc\ufffd]/u;
  // Arabic and other number signs are format characters that show.
  const seen = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

  function expected(character: string): string {
    const named = new Map([
      ['\n', '\\n'],
      ['\t', '\\t'],
      ['"', '\\"'],
      ['\\', '\\\\'],
    ]).get(character);
    if (named !== undefined) return named;
    const hides = (unseen.test(character) && !seen.test(character)) || spaceOrPrivate.test(character);
    if (!hides) return character;
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
  }

  // All below the private planes where nothing is still unassigned today, and every plane's last two.
  const pages = [...Array(0x200).keys()].filter((page) => page < 0xd8 || page > 0xdf);
  const ends = [...Array(17).keys()].filter((plane) => plane !== 14).map((plane) => plane * 0x100 + 0xff);

  test.each([
    ['the first two planes', pages],
    ['the last page of each plane', ends],
    ['tags, and the edges of the private planes', [0xe00, 0xe01, 0xe0f, 0xf00, 0x1000]],
  ])('is what Unicode calls unseen, and spaces like others: %s', (_, some) => {
    const mistaken = some.flatMap((page) => {
      const characters = Array.from({ length: 256 }, (_, low) => String.fromCodePoint(page * 256 + low));
      const wanted = characters.map(expected).join('');
      return shown(characters.join('')) === `"${wanted}"` ? [] : [page.toString(16)];
    });
    expect(mistaken).toEqual([]);
  });
});

describe('the limits, to the step', () => {
  const last = (bytes: Uint8Array): string | undefined => diagnose(bytes).split('\n').at(-1);

  test('80 levels are shown and the next is not', () => {
    const shown = diagnose(fromHex(`${'81'.repeat(79)}01`)).split('\n');
    expect(shown).toContain(`/    79 / ${' '.repeat(158)}1`);
    expect(shown.at(-1)).toBe('/    80 / ]');
    expect(last(fromHex(`${'81'.repeat(80)}01`))).toBe(
      '/    80 / / nested deeper than 80 levels, not shown /',
    );
  });

  test('20,000 items are shown and the next is not', () => {
    const list = (count: number): Uint8Array =>
      concatBytes(Uint8Array.of(0x99, count >> 8, count & 255), new Uint8Array(count));
    expect(diagnose(list(19_999)).split('\n')).toHaveLength(20_001);
    expect(last(list(19_999))).toBe('/ 20002 / ]');
    expect(last(list(20_000))).toBe('/ 20002 / / more than 20000 lines, not shown /');
  });

  test('a long string counts for each of its further lines', () => {
    // The list, 100 strings with 99 further lines each, and the scalars.
    const list = (scalars: number): Uint8Array => {
      const strings = Array.from({ length: 100 }, () => encodeByteString(new Uint8Array(3_199)));
      const head = Uint8Array.of(0x99, (100 + scalars) >> 8, (100 + scalars) & 255);
      return concatBytes(head, ...strings, new Uint8Array(scalars));
    };
    expect(last(list(9_999))).toBe(`/ ${3 + 320_200 + 9_999} / ]`);
    expect(last(list(10_000))).toBe(`/ ${3 + 320_200 + 9_999} / / more than 20000 lines, not shown /`);
  });

  test('a string of the longest length of an item is shown, one byte more is not', () => {
    const longest = concatBytes(fromHex('59ffff'), new Uint8Array(65_535));
    expect(diagnose(longest).split('\n')).toHaveLength(1 + 2048);
    expect(diagnose(longest).split('\n')[0]).toBe('/ not of the profile: cbor.too-long at byte 0 /');
    const longer = concatBytes(fromHex('5a00010000'), new Uint8Array(65_536));
    expect(last(longer)).toBe('/     0 / / a string of 65536 bytes, not shown /');
  });

  test('65,535 bytes may be of the profile and 65,536 never are, tag or no tag', () => {
    const whole = concatBytes(fromHex('59fffc'), new Uint8Array(65_532));
    expect(diagnose(whole).startsWith("/     0 / h'")).toBe(true);
    const message = (signature: number): Uint8Array =>
      concatBytes(fromHex('d28440a040'), encodeByteString(new Uint8Array(signature)));
    expect(message(65_527)).toHaveLength(65_535);
    expect(diagnose(message(65_527)).startsWith('/     0 / 18([')).toBe(true);
    expect(diagnose(message(65_528)).split('\n')[0]).toBe('/ not of the profile: cbor.too-long at byte 0 /');
  });
});
