import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { encodeByteString } from '../../src/codec/cbor-head.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { diagnose } from '../../src/codec/diagnostic.js';
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
