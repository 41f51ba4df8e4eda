import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { compareBytes, concatBytes, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { GoodOrderError } from '../../src/errors.js';
import { ELEMENT_MEMBERS, type ElementMember } from '../../src/passport/element.js';
import {
  encodePassport,
  looksLikePassport,
  PASSPORT_MAGIC,
  readPassportFile,
} from '../../src/passport/file.js';
import { ITEM } from './hand.js';

const text = (value: string): Uint8Array => concatBytes(encodeHead(3, value.length), utf8Bytes(value));
const string = (...bytes: number[]): Uint8Array =>
  concatBytes(encodeHead(2, bytes.length), Uint8Array.from(bytes));
const list = (...items: Uint8Array[]): Uint8Array => concatBytes(encodeHead(4, items.length), ...items);
const map = (...entries: (readonly [Uint8Array, Uint8Array])[]): Uint8Array =>
  concatBytes(encodeHead(5, entries.length), ...entries.flat());
const key = (number: number): Uint8Array => encodeHead(0, number);
const passport = (...parts: Uint8Array[]): Uint8Array => concatBytes(PASSPORT_MAGIC, ...parts);
const item = [key(0), text('i')] as const;

/** The one fault that stops the reading, or the codes found on the way. */
function reading(bytes: Uint8Array, limit?: number): unknown {
  const read = readPassportFile(bytes, limit === undefined ? {} : { limit });
  if (!read.ok) {
    const { code, member, index, offset } = read.fault;
    return [code, { member, index, offset }];
  }
  return read.file.diagnostics.kept.map(({ code, member, index, offset }) => [
    code,
    { member, index, offset },
  ]);
}

describe('readPassportFile', () => {
  test('reads item, members, places and digest', () => {
    const bytes = passport(map(item, [key(1), list(string(1), string(1, 2))], [key(8), list(string())]));
    const read = readPassportFile(bytes);
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    const { file } = read;
    expect(file.item).toBe('i');
    expect(file.digest).toBe(sha256Hex(bytes));
    expect([...file.diagnostics.kept]).toEqual([]);
    const found = ELEMENT_MEMBERS.flatMap((member) =>
      file.members[member].map((element) => [
        element.member,
        element.index,
        element.offset,
        element.length,
        toHex(element.bytes),
      ]),
    );
    expect(found).toEqual([
      [1, 0, 15, 1, '01'],
      [1, 1, 17, 2, '0102'],
      [8, 0, 22, 0, ''],
    ]);
  });

  test('keeps nothing of the caller’s buffer', () => {
    const bytes = passport(map(item, [key(1), list(string(7))]));
    const read = readPassportFile(bytes);
    bytes.fill(0);
    expect(read.ok && toHex(read.file.members[1][0]!.bytes)).toBe('07');
  });

  test.each<[string, Uint8Array, unknown]>([
    ['nothing', new Uint8Array(), ['passport.magic', { offset: 0 }]],
    ['a cut magic', PASSPORT_MAGIC.slice(0, 7), ['passport.magic', { offset: 7 }]],
    [
      'another version',
      concatBytes(PASSPORT_MAGIC.slice(0, 7), Uint8Array.of(2)),
      ['passport.magic', { offset: 7 }],
    ],
    ['nothing behind the magic', passport(), ['cbor.truncated', { offset: 8 }]],
    ['a list', passport(list()), ['passport.map', { offset: 8 }]],
    ['no item', passport(map()), ['passport.item', { member: 0, offset: 8 }]],
    ['an item of bytes', passport(map([key(0), string(1)])), ['passport.item', { member: 0, offset: 10 }]],
    ['an empty item', passport(map([key(0), text('')])), ['passport.item', { member: 0, offset: 10 }]],
    [
      'an item with a blank',
      passport(map([key(0), text('a b')])),
      ['passport.item', { member: 0, offset: 10 }],
    ],
    [
      'a long item',
      passport(map([key(0), text('a'.repeat(513))])),
      ['passport.item', { member: 0, offset: 10 }],
    ],
    ['a member 9', passport(map(item, [key(9), list(string(1))])), ['passport.member', { offset: 12 }]],
    [
      'a negative member',
      passport(map(item, [Uint8Array.of(0x20), list()])),
      ['passport.member', { offset: 12 }],
    ],
    ['a text member', passport(map(item, [text('1'), list()])), ['passport.member', { offset: 12 }]],
    ['a member named by a list', passport(map(item, [list(), list()])), ['cbor.key-type', { offset: 12 }]],
    [
      'a repeated member',
      passport(map(item, [key(1), list(string(1))], [key(1), list(string(2))])),
      ['passport.member', { offset: 16 }],
    ],
    [
      'members out of order',
      passport(map(item, [key(2), list(string(1))], [key(1), list(string(2))])),
      ['cbor.key-order', { offset: 16 }],
    ],
    [
      'a member that is no list',
      passport(map(item, [key(1), text('x')])),
      ['passport.member', { member: 1, offset: 13 }],
    ],
    [
      'an element that is no byte string',
      passport(map(item, [key(1), list(text('x'))])),
      ['passport.member', { member: 1, index: 0, offset: 14 }],
    ],
    [
      'a wide head',
      passport(map(item, [Uint8Array.of(0x18, 1), list()])),
      ['cbor.not-shortest', { offset: 12 }],
    ],
    [
      'an open list',
      passport(map(item, [key(1), Uint8Array.of(0x9f)])),
      ['cbor.indefinite', { member: 1, offset: 13 }],
    ],
    ['a byte behind', passport(map(item), Uint8Array.of(0)), ['cbor.trailing', { offset: 12 }]],
    [
      'a cut element',
      passport(map(item, [key(1), list(Uint8Array.of(0x42, 1))])),
      ['cbor.truncated', { member: 1, index: 0, offset: 14 }],
    ],
    [
      'a count beyond the end',
      passport(map(item, [key(1), encodeHead(4, 2 ** 40)])),
      ['cbor.truncated', { member: 1, offset: 13 }],
    ],
    [
      'a length beyond the end',
      passport(map(item, [key(1), list(encodeHead(2, 2 ** 32 + 1))])),
      ['cbor.truncated', { member: 1, index: 0, offset: 14 }],
    ],
    ['more members than bytes', passport(encodeHead(5, 2 ** 52)), ['cbor.truncated', { offset: 8 }]],
    ['one member too many', passport(encodeHead(5, 2), ...item), ['cbor.truncated', { offset: 8 }]],
    [
      'an item of printable bytes',
      passport(map([key(0), string(0x69)])),
      ['passport.item', { member: 0, offset: 10 }],
    ],
    [
      'a cut item',
      passport(encodeHead(5, 1), key(0), Uint8Array.of(0x62, 0x69)),
      ['cbor.truncated', { member: 0, offset: 10 }],
    ],
    [
      'an item with a wide head',
      passport(map([key(0), Uint8Array.of(0x78, 1, 0x69)])),
      ['cbor.not-shortest', { member: 0, offset: 10 }],
    ],
    [
      'a count that just does not fit',
      passport(map(item, [key(1), concatBytes(encodeHead(4, 3), string(1))])),
      ['cbor.truncated', { member: 1, offset: 13 }],
    ],
    [
      'an element with a wide head',
      passport(map(item, [key(1), list(string(), Uint8Array.of(0x58, 1, 7))])),
      ['cbor.not-shortest', { member: 1, index: 1, offset: 15 }],
    ],
  ])('stops at %s', (_, bytes, expected) => {
    expect(reading(bytes)).toEqual(expected);
  });

  test.each<[string, Uint8Array, unknown]>([
    [
      'an empty member',
      passport(map(item, [key(1), list()])),
      [['passport.member', { member: 1, offset: 13 }]],
    ],
    [
      'a repeated element',
      passport(map(item, [key(1), list(string(1), string(1))])),
      [['passport.set', { member: 1, index: 1, offset: 17 }]],
    ],
    [
      'elements out of order',
      passport(map(item, [key(1), list(string(2), string(1))])),
      [['passport.set-order', { member: 1, index: 1, offset: 17 }]],
    ],
    [
      'an element repeated out of order',
      passport(map(item, [key(1), list(string(1), string(2), string(1))])),
      [
        ['passport.set-order', { member: 1, index: 2, offset: 19 }],
        ['passport.set', { member: 1, index: 2, offset: 19 }],
      ],
    ],
    [
      'an element repeated out of order, three times',
      passport(map(item, [key(1), list(string(1), string(2), string(1), string(3), string(1))])),
      [
        ['passport.set-order', { member: 1, index: 2, offset: 19 }],
        ['passport.set-order', { member: 1, index: 4, offset: 23 }],
        ['passport.set', { member: 1, index: 2, offset: 19 }],
        ['passport.set', { member: 1, index: 4, offset: 23 }],
      ],
    ],
  ])('reads on after %s', (_, bytes, expected) => {
    expect(reading(bytes)).toEqual(expected);
  });

  test('has a limit that the caller may raise or lower', () => {
    const bytes = passport(map(item));
    expect(reading(bytes, bytes.length)).toEqual([]);
    expect(reading(bytes, bytes.length - 1)).toEqual(['passport.too-large', { offset: bytes.length - 1 }]);
    expect(() => readPassportFile('x' as never)).toThrow(new TypeError('a passport file is a Uint8Array'));
    // A limit below 64 MiB does not make the elements fewer that a file may have.
    const many = passport(map(item, [key(8), list(string(1), string(2), string(3), string(4))]));
    expect(reading(many, many.length)).toEqual([]);
  });

  test('refuses more elements than evidence can have', () => {
    const count = 1_048_577;
    const elements = new Uint8Array(count * 5);
    for (let index = 0; index < count; index += 1)
      elements.set([0x43, index >> 16, (index >> 8) & 255, index & 255], index * 4);
    const bytes = passport(map(item, [key(8), concatBytes(encodeHead(4, count), elements)]));
    expect(reading(bytes)).toEqual(['passport.too-large', { member: 8, offset: 13 }]);
    // As many as evidence can have are read, and one more in another member is one too many.
    const full = passport(
      map(
        item,
        [key(7), concatBytes(encodeHead(4, count - 1), elements.subarray(0, 4 * (count - 1)))],
        [key(8), list(string(1))],
      ),
    );
    const read = readPassportFile(full);
    expect(read.ok ? null : [read.fault.code, read.fault.member, read.fault.detail]).toEqual([
      'passport.too-large',
      8,
      { elements: 1 },
    ]);
  });

  test('an item is at most 512 characters, from ! to ~', () => {
    for (const value of ['!~', 'a'.repeat(512)])
      expect(reading(passport(map([key(0), text(value)])))).toEqual([]);
    for (const value of [' ', '! ', ' !']) {
      expect(reading(passport(map([key(0), text(value)])))).toEqual([
        'passport.item',
        { member: 0, offset: 10 },
      ]);
    }
  });

  test('reads bytes that are its own where they lie, and copies others', () => {
    const bytes = new Uint8Array([0, ...passport(map(item, [key(1), list(string(7))])), 0]).subarray(1, -1);
    const place = (owned?: boolean): unknown => {
      const read = readPassportFile(bytes, owned === undefined ? {} : { owned });
      if (!read.ok) throw new Error(read.fault.code);
      const element = read.file.members[1][0]!.bytes;
      return [toHex(element), element.buffer === bytes.buffer, toHex(read.file.bytes)];
    };
    expect(place(true)).toEqual(['07', true, toHex(bytes)]);
    expect(place(false)).toEqual(['07', false, toHex(bytes)]);
    expect(place()).toEqual(['07', false, toHex(bytes)]);
  });

  test('a file looks like a passport by its first seven bytes', () => {
    expect([7, 8, 6, 0].map((length) => looksLikePassport(PASSPORT_MAGIC.slice(0, length)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(looksLikePassport(passport(map(item)).fill(2, 7, 8))).toBe(true);
    expect(looksLikePassport(new Uint8Array(20))).toBe(false);
  });
});

describe('encodePassport', () => {
  test('sorts, drops repetitions and leaves empty members out', () => {
    const contents = {
      item: 'i',
      members: { 1: [Uint8Array.of(2), Uint8Array.of(1, 9), Uint8Array.of(2)], 3: [] },
    };
    expect(toHex(encodePassport(contents))).toBe(
      toHex(passport(map(item, [key(1), list(string(1, 9), string(2))]))),
    );
  });

  test('refuses what it could not read again', () => {
    expect(() => encodePassport({ item: '', members: {} })).toThrow(
      new RangeError('an item is 1 to 512 printable ASCII characters'),
    );
    expect(() => encodePassport({ item: 'ä', members: {} })).toThrow(RangeError);
    expect(() => encodePassport({ item: 'i', members: {} }, { limit: 11 })).toThrow(
      new GoodOrderError('passport.too-large', 'the passport would have 12 bytes, more than 11'),
    );
    expect(encodePassport({ item: 'i', members: {} }, { limit: 12 })).toHaveLength(12);
  });

  const element = fc.uint8Array({ maxLength: 300 });
  const members = fc.record(
    Object.fromEntries(ELEMENT_MEMBERS.map((member) => [member, fc.array(element, { maxLength: 8 })])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Partial<Record<ElementMember, Uint8Array[]>>>;

  test('what is written is read: the same sets, in order, without a word', () => {
    fc.assert(
      fc.property(members, (given) => {
        const read = readPassportFile(encodePassport({ item: ITEM, members: given }));
        if (!read.ok) throw new Error(read.fault.code);
        expect(read.file.item).toBe(ITEM);
        expect([...read.file.diagnostics.kept]).toEqual([]);
        for (const member of ELEMENT_MEMBERS) {
          const expected = new Set((given[member] ?? []).map(toHex));
          expect(read.file.members[member].map(({ bytes }) => toHex(bytes))).toEqual(
            [...expected].sort((a, b) => compareBytes(utf8Bytes(a), utf8Bytes(b))),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
