import { describe, expect, test } from 'vitest';
import { type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
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
