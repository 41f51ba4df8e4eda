import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, fromBase64url, toBase64, toBase64url } from '../../src/codec/base64url.js';
import { encodeByteString, encodeHead, headLength, readHead, writeHead } from '../../src/codec/cbor-head.js';
import {
  compareBytes,
  concatBytes,
  equalBytes,
  fromHex,
  hexOfRange,
  isHex,
  plainHexOfRange,
  toHex,
  utf8Bytes,
} from '../../src/codec/hex.js';
import { isProfileText } from '../../src/codec/text.js';

describe('hex and bytes', () => {
  test('is Buffer’s hex, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(isHex(toHex(bytes), bytes.length)).toBe(true);
      }),
    );
  });

  test.each(['0', 'AB', 'aB', '0g', 'g0', ' 00', '0x00', '0０', '--'])('%s is no hex', (text) => {
    expect(() => fromHex(text)).toThrow(TypeError);
    expect(isHex(text)).toBe(false);
  });

  test('the digits are 0 to 9 and a to f, and no other of the first 300 characters', () => {
    const digits = Array.from({ length: 300 }, (_, code) => String.fromCharCode(code)).filter((one) =>
      isHex(`0${one}`),
    );
    expect(digits.join('')).toBe('0123456789abcdef');
    for (let code = 0; code < 300; code += 1) {
      const one = String.fromCharCode(code);
      if (digits.includes(one)) {
        expect(fromHex(`${one}0`)).toEqual(Uint8Array.of(digits.indexOf(one) * 16));
        continue;
      }
      const fault = new TypeError('hex text has a character that is no lowercase hex digit near 2');
      expect(() => fromHex(`00${one}0`)).toThrow(fault);
      expect(() => fromHex(`000${one}`)).toThrow(fault);
    }
    expect(() => fromHex('00000g')).toThrow(
      new TypeError('hex text has a character that is no lowercase hex digit near 4'),
    );
    expect(() => fromHex('000')).toThrow(new TypeError('hex text has an odd length of 3'));
  });

  test('of a range, in a view that does not begin where its buffer does, with Buffer and without', () => {
    const whole = Uint8Array.from({ length: 400 }, (_, index) => (index * 89) & 255);
    const bytes = whole.subarray(7);
    for (const [start, end] of [
      [0, 0],
      [0, 1],
      [3, 3],
      [3, 5],
      [0, 64],
      [1, 65],
      [1, 66],
      [2, 130],
      [5, 393],
    ] as const) {
      const expected = Array.from(bytes.slice(start, end), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
      );
      expect(hexOfRange(bytes, start, end)).toBe(expected);
      expect(plainHexOfRange(bytes, start, end)).toBe(expected);
    }
  });

  test('isHex with a length', () => {
    expect([isHex('ab', 1), isHex('ab', 2), isHex('', 0), isHex('')]).toEqual([true, false, true, true]);
  });

  test('order is that of Buffer.compare', () => {
    const some = fc.uint8Array({ maxLength: 5, max: 3 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
        expect(toHex(concatBytes(a, b))).toBe(toHex(a) + toHex(b));
      }),
    );
    expect(concatBytes()).toEqual(new Uint8Array(0));
    expect(toHex(utf8Bytes('é水'))).toBe('c3a9e6b0b4');
  });
});

describe('base64', () => {
  test('is Buffer’s, in both alphabets, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  // RFC 4648 §10.
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%s', (text, encoded) => {
    expect(toBase64(utf8Bytes(text))).toBe(encoded);
    expect(fromBase64url(encoded.replaceAll('=', ''))).toEqual(utf8Bytes(text));
  });

  test.each(['Z', 'Zg=', 'Zg==', 'Zh', 'Zm9', 'Zm-+', 'Zg\n', ' Zg', 'Zm9vé', 'AAAAA'])(
    '%j is no base64url',
    (text) => {
      expect(() => fromBase64url(text)).toThrow(TypeError);
    },
  );

  test.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zm-_', 'Z===', '====', 'Zg==Zg==', 'Zg==\n', 'Zm9v '])(
    '%j is no base64',
    (text) => {
      expect(() => fromBase64(text)).toThrow(TypeError);
    },
  );

  test.each<[() => Uint8Array, string]>([
    [() => fromBase64url('A'), 'base64url text has an impossible length of 1'],
    [() => fromBase64url('AA*A'), 'base64url text has a foreign character at 2'],
    [() => fromBase64url('Zh'), 'base64url text has leftover bits that are not zero'],
    [() => fromBase64('Zg'), 'base64 text has a length of 2, no multiple of 4'],
    [() => fromBase64('Z==='), 'base64 text has a foreign character at 1'],
    [() => fromBase64('AAA==='), 'base64 text has a length of 6, no multiple of 4'],
    [() => fromBase64('Zh=='), 'base64 text has leftover bits that are not zero'],
  ])('the fault is named: %s', (read, message) => {
    expect(read).toThrow(new TypeError(message));
  });

  test('each byte string has one text: no other text of two characters reads as it', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const readable = [...alphabet]
      .flatMap((a) => [...alphabet].map((b) => a + b))
      .filter((text) => reads(text));
    expect(readable.length).toBe(256);
  });

  function reads(text: string): boolean {
    try {
      fromBase64url(text);
      return true;
    } catch {
      return false;
    }
  }
});

describe('heads', () => {
  test('read back for every size, and only in shortest form', () => {
    for (const argument of [
      0,
      23,
      24,
      255,
      256,
      65_535,
      65_536,
      2 ** 32 - 1,
      2 ** 32,
      Number.MAX_SAFE_INTEGER,
    ]) {
      const head = encodeHead(4, argument);
      expect(readHead(head, 0)).toEqual({ major: 4, argument, next: head.length });
      expect(readHead(head, 0, head.length - 1)).toBeNull();
    }
    for (const hex of [
      '',
      '1817',
      '1900ff',
      '1a0000ffff',
      '1b00000000ffffffff',
      '1c',
      '1f',
      '5f',
      'ff',
      '19ff',
    ]) {
      expect(readHead(fromHex(hex), 0), hex).toBeNull();
    }
  });

  test('reserved and indefinite heads are none, whatever follows', () => {
    const after = new Uint8Array(64).fill(1);
    for (const info of [28, 29, 30, 31])
      expect(readHead(concatBytes(Uint8Array.of(0x40 | info), after), 0)).toBeNull();
  });

  test('an argument that a number cannot hold is Infinity, longer than anything', () => {
    expect(readHead(fromHex('5bffffffffffffffff'), 0)).toEqual({
      major: 2,
      argument: Number.POSITIVE_INFINITY,
      next: 9,
    });
    expect(readHead(fromHex('005b0020000000000000'), 1)?.argument).toBe(Number.POSITIVE_INFINITY);
  });

  test('a head cut off is none, wherever it begins', () => {
    for (const hex of ['18', '1901', '1a000100', '1b00000001000000']) {
      const bytes = fromHex(hex);
      expect(readHead(bytes, 0)).toBeNull();
      expect(readHead(concatBytes(new Uint8Array(20), bytes), 20)).toBeNull();
      expect(readHead(concatBytes(bytes, new Uint8Array(20)), 0, bytes.length)).toBeNull();
    }
  });

  test.each<[number, string]>([
    [0, '80'],
    [23, '97'],
    [24, '9818'],
    [255, '98ff'],
    [256, '990100'],
    [65_535, '99ffff'],
    [65_536, '9a00010000'],
    [2 ** 32 - 1, '9affffffff'],
    [2 ** 32, '9b0000000100000000'],
    [2 ** 53 - 1, '9b001fffffffffffff'],
  ])('%i is written at its place, and nothing beside it', (argument, hex) => {
    const length = hex.length / 2;
    const target = new Uint8Array(20).fill(0xee);
    expect(headLength(argument)).toBe(length);
    expect(writeHead(target, 3, 4, argument)).toBe(3 + length);
    expect(toHex(target)).toBe(`eeeeee${hex}${'ee'.repeat(17 - length)}`);
    expect(toHex(encodeHead(4, argument))).toBe(hex);
  });

  test('RangeError for anything but an exact count', () => {
    for (const argument of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => encodeHead(2, argument)).toThrow(
        new RangeError(`CBOR head: expected an integer from 0 to 2^53 - 1, got ${argument}`),
      );
  });

  test('a byte string is head and contents', () => {
    expect(toHex(encodeByteString(new Uint8Array(25)))).toBe(`5819${'00'.repeat(25)}`);
  });
});

describe('profile text', () => {
  test('refuses exactly the listed code points, of all there are', () => {
    const refused: number[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      if (!isProfileText(`a${String.fromCodePoint(point)}b`)) refused.push(point);
    }
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    expect(refused).toEqual([
      ...range(0, 8),
      ...range(0xb, 0x1f),
      ...range(0x7f, 0x9f),
      ...range(0xd800, 0xdfff),
      0xfeff,
    ]);
  });
});
