import { readFileSync } from 'node:fs';
import { scanCbor } from '../../../src/codec/cbor-scan.js';
import { fromHex } from '../../../src/codec/hex.js';
import { numbered, type VectorFile } from '../vector-file.js';

/** Items by what they show. What the scanner says of them is computed; the names say what it should be. */
const ITEMS: readonly (readonly [name: string, ...hexes: string[]])[] = [
  ['accepted: small integers', '00', '17', '20', '37'],
  [
    'accepted: integers at the edges of each head',
    '1818',
    '18ff',
    '190100',
    '19ffff',
    '1a00010000',
    '1affffffff',
  ],
  ['accepted: 64-bit integers', '1b0000000100000000', '1b001fffffffffffff', '1b0020000000000000'],
  ['accepted: the largest and smallest integer', '1bffffffffffffffff', '3bffffffffffffffff'],
  ['accepted: strings', '40', '4101', `5818${'00'.repeat(24)}`, '60', '6161', '63e4b8ad', '64f09f988a'],
  ['accepted: tab and newline', '62090a'],
  ['accepted: what deceives the eye', '63e280ae', '62cc81'],
  ['accepted: containers', '80', 'a0', '8101', '820102', 'a10102', 'a201000200', '8180', '81a0'],
  ['accepted: words', 'f4', 'f5', 'f6'],
  ['accepted: keys in order', 'a4000120002100616100', 'a3181800190100006161f6'],
  ['accepted: 32 levels', `${'81'.repeat(31)}00`, `${'81'.repeat(31)}80`],
  ['nothing', ''],
  ['truncated', '18', '19', '1900', '1b00', '41', '5802ff', '61', '81', '8201', 'a1', 'a101', '9a00ffffff'],
  [
    'lengths beyond everything',
    '5bffffffffffffffff',
    '7b0000000100000000',
    '9b7fffffffffffffff',
    'bb7fffffffffffffff',
  ],
  ['trailing', '0000', 'a000', '40ff'],
  [
    'not shortest',
    '1817',
    '1900ff',
    '1a0000ffff',
    '1b00000000ffffffff',
    '5817',
    '3817',
    '9800',
    'b800',
    '7801',
    '590001',
  ],
  ['indefinite', '5f', '7f', '9f', 'bf', 'ff', '1f', '3f', '9fff', 'df'],
  ['reserved', '1c', '1d', '1e', '3c', '5d', '7e', '9c', 'bd', 'dc', 'fc'],
  ['tags', 'c000', 'd200', 'd81200', 'c24101', '81c000', 'd9d9f780'],
  [
    'simple values',
    'f7',
    'e0',
    'f0',
    'f3',
    'f800',
    'f818',
    'f820',
    'f93c00',
    'fa3f800000',
    'fb3ff0000000000000',
    'f97e00',
    '81f7',
  ],
  ['key types', 'a14000', 'a18000', 'a1a000', 'a1f400', 'a1f600', 'a1c000', 'a1f7'],
  ['key order', 'a201000000', 'a26161000100', 'a2616200616100', 'a220000000', 'a262616100616200'],
  ['duplicate keys', 'a200010002', 'a2616101616102', 'a3200020002100'],
  ['a key in a later entry', 'a2008101c000', 'a20080f600'],
  [
    'ill-formed text',
    '61ff',
    '61c3',
    '62c328',
    '62c080',
    '63eda080',
    '62e280',
    '64f4908080',
    '64f0808080',
    '62c1bf',
    '6180',
    '63e28061',
  ],
  [
    'refused code points',
    '6100',
    '6108',
    '610b',
    '610c',
    '610d',
    '611f',
    '617f',
    '62c280',
    '62c29f',
    '63efbbbf',
    '64616100ff',
    `7818${'61'.repeat(23)}07`,
  ],
  ['33 levels', `${'81'.repeat(32)}00`, `${'a100'.repeat(32)}00`, `${'81'.repeat(40)}00`],
  ['counts that cannot fit', '98ff00', 'b8ff00', '8200', '9900ff'],
];

/** The order in which faults are found, where one item has two. */
const ORDER: readonly (readonly [name: string, hex: string])[] = [
  ['depth comes before the head is read', `${'81'.repeat(32)}ff`],
  ['indefinite comes before the type of a key', 'a15f'],
  ['the type of a key comes before a tag', 'a1c0'],
  ['a tag comes before its number is read', 'd817'],
  ['a simple value comes before its number is read', 'f8'],
  ['a truncated head comes before not shortest', '1900'],
  ['not shortest comes before a length that does not fit', '5817ff'],
  ['text comes before the order of keys', 'a261620061ff00'],
];

export function encodingFile(): VectorFile {
  const name = numbered();
  const strict = JSON.parse(
    readFileSync('fixtures/vectors/cbor-strict/cbor-strict-vectors.json', 'utf8'),
  ) as {
    readonly vectors: readonly { readonly name: string; readonly hex: string }[];
  };
  const items = [
    ...ITEMS.flatMap(([what, ...hexes]) => hexes.map((hex) => [what, hex] as const)),
    ...ORDER,
    ...strict.vectors.map(({ name: what, hex }) => [what, hex] as const),
  ];
  const cases = items.map(([what, hex]) => {
    const fault = scanCbor(fromHex(hex));
    const result = fault === null ? { ok: true } : { ok: false, code: fault.code, offset: fault.offset };
    return { name: name(what), hex, ...result };
  });
  return {
    name: 'encoding',
    about:
      'Bytes as one item of the CBOR profile (encoding.md): accepted, or the code and offset of the first fault.',
    cases: [...cases, tooLong()],
  };
}

function tooLong(): {
  name: string;
  length: number;
  fill: string;
  start: string;
  ok: false;
  code: string;
  offset: number;
} {
  const bytes = new Uint8Array(65_536);
  bytes.set(fromHex('59fffd'));
  const fault = scanCbor(bytes);
  if (fault === null) throw new Error('accepted');
  return {
    name: 'an item of 65,536 bytes: start, then zeros',
    length: 65_536,
    start: '59fffd',
    fill: '00',
    ok: false,
    ...fault,
  };
}
