import { describe, expect, test } from 'vitest';
import { type CborValue, decodeCbor, decodeScanned, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { decodeLong } from '../../src/codec/decode-long.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { LongMap } from '../../src/codec/long-map.js';
import { GoodOrderError } from '../../src/errors.js';

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('decoding', () => {
  test('refuses with the scanner’s code and offset', () => {
    const error = errorOf(() => decodeCbor(fromHex('a2616201616102')));
    expect(error).toBeInstanceOf(GoodOrderError);
    expect(error).toMatchObject({ code: 'cbor.key-order', place: { offset: 4 } });
  });

  test('refuses in words that name no cause but the profile', () => {
    expect(errorOf(() => decodeCbor(fromHex('f7')))).toEqual(
      new GoodOrderError('cbor.simple', 'not an item of the deterministic CBOR profile', { offset: 0 }),
    );
  });

  test('what a scan accepted is decoded from a copy, however long it is', () => {
    const seen = { wideInteger: false, longMap: false };
    for (const length of [3, 65_532, 65_533, 100_000]) {
      const head =
        length < 24 ? [0x43] : length < 65_536 ? [0x59, length >> 8, length & 255] : [0x5a, 0, 1, 0x86, 0xa0];
      const bytes = concatBytes(Uint8Array.from(head), new Uint8Array(length).fill(7));
      const decoded = decodeScanned(bytes, seen);
      bytes.fill(9);
      expect(equalBytesOf(decoded, length)).toBe(true);
    }
    expect(decodeScanned(fromHex('821b002000000000000001'), { ...seen, wideInteger: true })).toEqual([
      2n ** 53n,
      1,
    ]);
    const map = decodeScanned(fromHex('a10102'), { ...seen, longMap: true });
    expect(map).toEqual(new Map([[1, 2]]));
  });

  function equalBytesOf(value: CborValue, length: number): boolean {
    return value instanceof Uint8Array && value.length === length && value.every((byte) => byte === 7);
  }

  test('refuses what is too long before it looks inside', () => {
    expect(errorOf(() => decodeCbor(new Uint8Array(65_536)))).toMatchObject({
      code: 'cbor.too-long',
      place: { offset: 0 },
    });
    expect(errorOf(() => decodeCbor(fromHex('8101'), { maxLength: 1 }))).toMatchObject({
      code: 'cbor.too-long',
    });
  });

  test('takes an item of exactly the limit', () => {
    const contents = new Uint8Array(65_532).fill(7);
    expect(decodeCbor(concatBytes(fromHex('59fffc'), contents))).toEqual(contents);
    expect(decodeCbor(fromHex('8101'), { maxLength: 2 })).toEqual([1]);
  });

  test('takes longer items where the caller raises the limit', () => {
    const contents = new Uint8Array(100_000).fill(7);
    const item = concatBytes(fromHex('5a000186a0'), contents);
    expect(decodeCbor(item, { maxLength: 200_000 })).toEqual(contents);
  });

  test('byte strings are copies: neither the input nor a later call reaches them', () => {
    const input = fromHex('82430102034404050607');
    const [first, second] = decodeCbor(input) as Uint8Array[];
    input.fill(0xff);
    decodeCbor(fromHex('82430909094409090909'));
    expect([first, second]).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6, 7)]);
    expect([first?.buffer.byteLength, second?.buffer.byteLength]).toEqual([3, 4]);
    expect(first?.constructor).toBe(Uint8Array);
  });

  test('leaves nothing on the array it is given, and reads a Buffer or a view like any other', () => {
    const whole = Buffer.from('ffff8101ff', 'hex');
    expect(decodeCbor(whole.subarray(2, 4))).toEqual([1]);
    const frozen = Object.preventExtensions(fromHex('8101'));
    expect(decodeCbor(frozen)).toEqual([1]);
    expect(Object.keys(frozen)).toEqual(['0', '1']);
  });

  test.each<[string, CborValue]>([
    ['1b001fffffffffffff', 2 ** 53 - 1],
    ['1b0020000000000000', 2n ** 53n],
    ['3b001ffffffffffffe', -(2 ** 53 - 1)],
    ['3b001fffffffffffff', -(2n ** 53n)],
    ['1a80000000', 2 ** 31],
    ['1affffffff', 2 ** 32 - 1],
    ['1b0000000100000000', 2 ** 32],
    ['3affffffff', -(2 ** 32)],
    ['3b0000000100000000', -(2 ** 32) - 1],
    ['1bffffffffffffffff', 2n ** 64n - 1n],
    ['3bffffffffffffffff', -(2n ** 64n)],
  ])('integer %s', (hex, value) => {
    expect(decodeCbor(fromHex(hex))).toBe(value);
    expect(toHex(encodeCbor(value))).toBe(hex);
  });

  test('beside a wide integer the others are still numbers, keys included', () => {
    const value: CborValue = new Map<number | bigint | string, CborValue>([
      [2 ** 40, [1, 2n ** 63n, 'text', new Map([['k', 2 ** 50]])]],
      [2n ** 60n, -5],
      [-1, Uint8Array.of(1)],
    ]);
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
  });

  test('`__proto__` and `constructor` are keys like any other', () => {
    const map = decodeCbor(fromHex('a2695f5f70726f746f5f5f016b636f6e7374727563746f7202'));
    expect(map).toEqual(
      new Map([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    );
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  test('tag 27, which cbor-x would make an Error of, never reaches it', () => {
    expect(errorOf(() => decodeCbor(fromHex('d81b82654572726f726178')))).toMatchObject({ code: 'cbor.tag' });
  });

  test('text decodes the same in every length, where cbor-x changes its way of reading', () => {
    for (const piece of ['a', 'é', '水', '𐅑', 'aé水𐅑']) {
      for (let repeat = 0; repeat < 90; repeat++) {
        const texts = [piece.repeat(repeat), 'x', `${piece}b`.repeat(repeat)];
        expect(decodeCbor(encodeCbor(texts))).toEqual(texts);
      }
    }
  });
});

describe('the reader for items with a long map', () => {
  test.each<[string, CborValue]>([
    ['00', 0],
    ['17', 23],
    ['1901f4', 500],
    ['1b001fffffffffffff', 2 ** 53 - 1],
    ['1b0020000000000000', 2n ** 53n],
    ['1bffffffffffffffff', 2n ** 64n - 1n],
    ['20', -1],
    ['3901f3', -500],
    ['3b001ffffffffffffe', -(2 ** 53 - 1)],
    ['3b001fffffffffffff', -(2n ** 53n)],
    ['3bffffffffffffffff', -(2n ** 64n)],
    ['40', new Uint8Array(0)],
    ['43010203', Uint8Array.of(1, 2, 3)],
    ['60', ''],
    ['66e6b0b461c3a9', '水aé'],
    ['80', []],
    ['8301820203f6', [1, [2, 3], null]],
    ['a0', new Map()],
    [
      'a3016161206162626162a10203',
      new Map<string | number, CborValue>([
        [1, 'a'],
        [-1, 'b'],
        ['ab', new Map([[2, 3]])],
      ]),
    ],
    ['84f4f5f600', [false, true, null, 0]],
    ['f4', false],
    ['f5', true],
    ['f6', null],
  ])('%s', (hex, value) => {
    expect(decodeLong(fromHex(hex))).toEqual(value);
    // In a view that does not begin where its buffer does.
    expect(decodeLong(fromHex(`ffff${hex}`).subarray(2))).toEqual(value);
    expect(decodeCbor(fromHex(hex))).toEqual(value);
  });

  test('hands out copies', () => {
    const bytes = fromHex('43010203');
    const decoded = decodeLong(bytes);
    bytes.fill(0);
    expect(decoded).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('is asked from 129 entries on', () => {
    const map = (count: number): CborValue =>
      decodeCbor(encodeCbor(new Map(Array.from({ length: count }, (_, index) => [index, null]))));
    expect([map(128) instanceof LongMap, map(129) instanceof LongMap]).toEqual([false, true]);
    expect([...(map(129) as ReadonlyMap<number, null>).keys()]).toEqual(
      Array.from({ length: 129 }, (_, i) => i),
    );
  });
});

describe('encoding', () => {
  test('keys stand in the bytewise order of their encodings, not in that of the map', () => {
    const keys = ['b', 'aa', 'a', -1, 100, 10, -25, 'é', '\u{10000}', '\uffee', 2 ** 33, ''];
    const encoded = encodeCbor(new Map(keys.map((key) => [key, null])));
    expect([...(decodeCbor(encoded) as Map<unknown, unknown>).keys()]).toEqual([
      10,
      100,
      2 ** 33,
      -1,
      -25,
      '',
      'a',
      'b',
      'aa',
      'é',
      '\uffee',
      '\u{10000}',
    ]);
    expect(scanCbor(encoded)).toBeNull();
  });

  test('the value given is left as it was', () => {
    const map = new Map<string, CborValue>([
      ['b', [2]],
      ['a', 1],
    ]);
    encodeCbor(map);
    expect([...map.keys()]).toEqual(['b', 'a']);
  });

  test('the result is an array of its own', () => {
    const first = encodeCbor('first');
    encodeCbor('other');
    expect(toHex(first)).toBe('656669727374');
    expect([first.constructor, first.buffer.byteLength]).toEqual([Uint8Array, 6]);
  });

  test('a Buffer is a byte string; −0 is 0; 5n is 5', () => {
    expect(toHex(encodeCbor([Buffer.from([1, 2]), -0, 5n]))).toBe('834201020005');
  });

  test('bytes longer than cbor-x’s first buffer', () => {
    const long = new Uint8Array(60_000).fill(1);
    expect(decodeCbor(encodeCbor([long, 'x'.repeat(5_000)]))).toEqual([long, 'x'.repeat(5_000)]);
  });

  test.each<[string, unknown]>([
    ['a fraction', 1.5],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a number that is no longer exact', 2 ** 53],
    ['an integer above 64 bits', 2n ** 64n],
    ['an integer below 64 bits', -(2n ** 64n) - 1n],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00b'],
    ['U+0000', 'a\u0000'],
    ['carriage return', '\r'],
    ['U+007F', '\u007f'],
    ['U+0085', '\u0085'],
    ['a byte order mark', 'a\ufeff'],
    ['a refused character in a key', new Map([['\u001b', 1]])],
    [
      '1 and 1n as two keys',
      new Map<number | bigint, number>([
        [1, 1],
        [1n, 2],
      ]),
    ],
    ['33 levels', JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`)],
    ['a scalar on level 33', JSON.parse(`${'['.repeat(32)}1${']'.repeat(32)}`)],
  ])('RangeError for %s', (_, value) => {
    expect(() => encodeCbor(value as CborValue)).toThrow(RangeError);
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a hole in an array', Array.from({ length: 3 }, () => 1).concat(new Array(1))],
    ['a plain object', { a: 1 }],
    ['a date', new Date(0)],
    ['a set', new Set([1])],
    ['another typed array', new Uint16Array(2)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a boolean key', new Map([[true, 1]])],
    ['an array key', new Map([[[1], 1]])],
  ])('TypeError for %s', (_, value) => {
    expect(() => encodeCbor(value as CborValue)).toThrow(TypeError);
  });

  test('−2^64, for which cbor-x would write a tag, in lists, as value and as key', () => {
    const lowest = -(2n ** 64n);
    const value: CborValue = new Map<bigint | string, CborValue>([
      ['list', [lowest, 'text', [lowest], new Map([['value', lowest]])]],
      [lowest, Uint8Array.of(1)],
    ]);
    const bytes = encodeCbor(value);
    expect(scanCbor(bytes)).toBeNull();
    expect(decodeCbor(bytes)).toEqual(value);
    expect(toHex(encodeCbor([lowest]))).toBe('813bffffffffffffffff');
  });

  test('maps count as one level each', () => {
    const nested = (levels: number, innermost: CborValue) => {
      let value = innermost;
      for (let i = 0; i < levels; i++) value = new Map([['k', value]]);
      return value;
    };
    expect(scanCbor(encodeCbor(nested(31, 1)))).toBeNull();
    expect(scanCbor(encodeCbor(nested(31, new Map())))).toBeNull();
    expect(() => encodeCbor(nested(32, 1))).toThrow(RangeError);
    expect(() => encodeCbor(nested(32, new Map()))).toThrow(RangeError);
  });

  test('the encoding of −2^64 is an array of its own too', () => {
    encodeCbor(-(2n ** 64n)).fill(0);
    expect(toHex(encodeCbor(-(2n ** 64n)))).toBe('3bffffffffffffffff');
  });

  test.each<[string, unknown, Error]>([
    ['levels', JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`), new RangeError('CBOR: more than 32 levels')],
    ['text', '\u0000', new RangeError('CBOR: text holds a lone surrogate or a refused character')],
    ['fraction', 1.5, new RangeError('CBOR: expected an integer, got 1.5')],
    ['above', 2n ** 64n, new RangeError('CBOR: integer beyond 64 bits')],
    ['below', -(2n ** 64n) - 1n, new RangeError('CBOR: integer beyond 64 bits')],
    ['key', new Map([[null, 1]]), new TypeError('CBOR: a map key is an integer or a text')],
    [
      'keys',
      new Map<unknown, number>([
        [7, 1],
        [7n, 2],
      ]),
      new RangeError('CBOR: two map keys have one encoding'),
    ],
  ])('what is wrong is said: %s', (_, value, error) => {
    expect(() => encodeCbor(value as CborValue)).toThrow(error);
  });

  test('keys of every kind and length are written as values are', () => {
    const keys = ['', 'é', 'k'.repeat(23), 'k'.repeat(24), '水'.repeat(100), 0, -1, 2 ** 40, 2n ** 63n];
    for (const key of keys) {
      const head = fromHex('a1');
      expect(toHex(encodeCbor(new Map([[key, null]])))).toBe(
        toHex(concatBytes(head, encodeCbor(key), fromHex('f6'))),
      );
    }
    expect(toHex(encodeCbor('é'))).toBe(`62${toHex(utf8Bytes('é'))}`);
  });

  test('misuse is named', () => {
    expect(() => encodeCbor(undefined as never)).toThrow('CBOR: cannot encode a value of type undefined');
    expect(() => encodeCbor({} as never)).toThrow('CBOR: cannot encode a value of type object');
  });

  test('32 levels are accepted; a ring is refused as too deep', () => {
    expect(scanCbor(encodeCbor(JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`)))).toBeNull();
    const ring: CborValue[] = [];
    ring.push(ring);
    expect(() => encodeCbor(ring)).toThrow(RangeError);
  });
});
