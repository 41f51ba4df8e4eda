import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../src/codec/strict-json.js';
import { GoodOrderError } from '../../src/errors.js';

const folder = new URL('../../fixtures/vectors/json-test-suite/test_parsing/', import.meta.url);
const names = readdirSync(folder).sort();

/** The code it is refused with, or null. */
function refusal(input: string | Uint8Array): string | null {
  try {
    parseStrictJson(input);
    return null;
  } catch (error) {
    if (error instanceof GoodOrderError) return error.code;
    throw error;
  }
}

function read(name: string): Uint8Array {
  return readFileSync(new URL(encodeURIComponent(name), folder));
}

describe('JSONTestSuite', () => {
  // RFC 8259 §4 leaves it to the parser what a repeated key means; here it means that the file is refused.
  const DUPLICATES = ['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'];

  test('has the 95 and 188 files that are expected', () => {
    const count = (prefix: string) => names.filter((name) => name.startsWith(prefix)).length;
    expect([count('y_'), count('n_')]).toEqual([95, 188]);
  });

  test('93 of the 95 that must be accepted are, to the value that JSON.parse gives; two have a repeated key', () => {
    for (const name of names.filter((name) => name.startsWith('y_'))) {
      const bytes = read(name);
      if (DUPLICATES.includes(name)) {
        expect(refusal(bytes), name).toBe('json.duplicate-key');
        continue;
      }
      const expected = JSON.parse(new TextDecoder().decode(bytes));
      expect(JSON.stringify(parseStrictJson(bytes)), name).toBe(JSON.stringify(expected));
    }
  });

  test('all 188 that must be refused are', () => {
    const accepted = names.filter((name) => name.startsWith('n_') && refusal(read(name)) !== 'json.syntax');
    expect(accepted).toEqual([]);
  });
});

describe('what RFC 8259 leaves open is refused', () => {
  test.each<[string, string | Uint8Array]>([
    ['a lone high surrogate', '["\\ud800"]'],
    ['a lone low surrogate in a key', '{"\\udc00": 1}'],
    ['surrogates in the wrong order', '"\\udc00\\ud800"'],
    ['a lone surrogate that stands unescaped in a string', '"\ud800"'],
    ['a byte order mark', '\ufeff{}'],
    ['a byte order mark in bytes', Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)],
    ['ill-formed UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['UTF-16', Uint8Array.of(0x5b, 0, 0x5d, 0)],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['a hundred thousand open arrays', '['.repeat(100_000)],
    ['2^53', '9007199254740992'],
    ['-2^53', '-9007199254740992'],
    ['an exponent beyond a double', '1e400'],
    ['nothing', ''],
    ['two values', '1 2'],
  ])('%s', (_, input) => {
    expect(refusal(input)).toBe('json.syntax');
  });

  test('64 levels and the largest exact integers are accepted', () => {
    expect(refusal(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeNull();
    expect(parseStrictJson('[9007199254740991, -9007199254740991, 0.25]')).toEqual([
      2 ** 53 - 1,
      1 - 2 ** 53,
      0.25,
    ]);
  });

  test('a pair of escaped surrogates is one character', () => {
    expect(parseStrictJson('"\\ud83d\\udce6 \\u00e9\\/\\n"')).toBe('📦 é/\n');
  });
});

describe('objects', () => {
  test('a number with fraction or exponent that is a whole one exactly is accepted, and one rounded to it is not', () => {
    const exact: [string, number][] = [
      ['1.0', 1],
      ['-12.50e1', -125],
      ['20e1', 200],
      ['10e-1', 1],
      ['0.000e-7', 0],
      ['-0', 0],
      ['-0.0', 0],
      ['9007199254740991.0', Number.MAX_SAFE_INTEGER],
      ['1.5', 1.5],
      ['1e100', 1e100],
      ['0.10000000000000000000001', 0.1],
      ['0.0012e4', 12],
      ['1200000e-5', 12],
      ['-0.5', -0.5],
    ];
    for (const [text, value] of exact) expect([text, parseStrictJson(text)]).toEqual([text, value]);
    const rounded = [
      '100.00000000000000001',
      '9007199254740990.4',
      '0.99999999999999999999',
      '1e-400',
      '-1e-400',
    ];
    for (const text of rounded) {
      expect(() => parseStrictJson(`[ ${text}]`, 'a.json')).toThrow(
        expect.objectContaining({ code: 'json.syntax', place: { file: 'a.json', line: 1, column: 3 } }),
      );
    }
  });

  test('`__proto__` is a key like any other, and none is inherited', () => {
    const value = parseStrictJson('{"__proto__": {"admin": true}, "constructor": 1}') as Record<
      string,
      unknown
    >;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(value.admin).toBeUndefined();
    expect(value.toString).toBeUndefined();
  });

  test('a key stands in quotes from its first character', () => {
    expect([refusal('{xa": 1}'), refusal('{"a": 1, xb": 2}'), refusal("{'a': 1}")]).toEqual(
      Array(3).fill('json.syntax'),
    );
  });

  test('count as levels like arrays', () => {
    expect(refusal(`${'{"k":'.repeat(63)}1${'}'.repeat(63)}`)).toBeNull();
    expect(refusal(`${'{"k":'.repeat(64)}1${'}'.repeat(64)}`)).toBe('json.syntax');
  });

  test('a key that is written in two ways is still the same key', () => {
    expect(refusal('{"a": 1, "\\u0061": 2}')).toBe('json.duplicate-key');
    expect(refusal('{"__proto__": 1, "__proto__": 2}')).toBe('json.duplicate-key');
    expect(refusal('{"a": {"b": 1}, "b": 2}')).toBeNull();
  });
});

describe('the fault is named', () => {
  test.each<[string | Uint8Array, string, number, number]>([
    ['\ufeff{}', 'the text begins with a byte order mark', 1, 1],
    ['{}\ufeff', 'expected the end of the text', 1, 3],
    ['1 2', 'expected the end of the text', 1, 3],
    ['['.repeat(65), 'nested deeper than 64 levels', 1, 65],
    ['{a', 'expected a key in double quotes', 1, 2],
    ['{"a":1,"a":2}', 'the key `"a"` stands twice', 1, 8],
    ['{"a" 1}', 'expected `:`', 1, 6],
    ['{"a":1 "b"', 'expected `,` or `}`', 1, 8],
    ['[1 2]', 'expected `,` or `]`', 1, 4],
    ['"a\u0001"', 'control character in a string', 1, 3],
    ['"a\n', 'control character in a string', 1, 3],
    ['"ab', 'string without end', 1, 4],
    ['"', 'string without end', 1, 2],
    ['["\\ud800"]', 'string with a lone surrogate', 1, 2],
    ['"\\x"', 'unknown escape in a string', 1, 3],
    ['"\\', 'unknown escape in a string', 1, 3],
    ['"\\U0041"', 'unknown escape in a string', 1, 3],
    ['"\\u00g0 and some more characters"', 'expected four hex digits after `\\u`', 1, 4],
    ['', 'the text ends too early', 1, 1],
    ['[1,', 'the text ends too early', 1, 4],
    ['[x]', 'expected a value', 1, 2],
    ['tru', 'expected a value', 1, 1],
    ['9007199254740992', 'number too large to be held exactly', 1, 1],
    ['1e400', 'number too large to be held exactly', 1, 1],
    ['[0.99999999999999999999]', 'number that would be rounded to a whole one', 1, 2],
  ])('%j: %s', (text, message, line, column) => {
    const code = message.endsWith('stands twice') ? 'json.duplicate-key' : 'json.syntax';
    for (const file of [undefined, 'a.json']) {
      const error = thrownBy(() => parseStrictJson(text, file));
      expect([error.code, error.message]).toEqual([code, message]);
      expect(error.place).toStrictEqual(file === undefined ? { line, column } : { file, line, column });
    }
  });

  test('bytes that are no UTF-8', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22);
    const error = thrownBy(() => parseStrictJson(bytes));
    expect([error.code, error.message]).toEqual(['json.syntax', 'the text is not well-formed UTF-8']);
    expect(error.place).toStrictEqual({});
  });

  function thrownBy(action: () => unknown): GoodOrderError {
    try {
      action();
    } catch (error) {
      if (error instanceof GoodOrderError) return error;
      throw error;
    }
    throw new Error('nothing was thrown');
  }
});

describe('the place of a fault', () => {
  function place(text: string): unknown {
    try {
      parseStrictJson(text, 'trust.json');
    } catch (error) {
      return error instanceof GoodOrderError ? error.place : error;
    }
    return null;
  }

  test.each<[string, string, number, number]>([
    ['first character', '?', 1, 1],
    ['after the end', '{"a": 1}\n x', 2, 2],
    ['end of the text', '{"a": [1,\n', 2, 1],
    ['second of two equal keys', '{\n  "k": 1,\n  "k": 2\n}', 3, 3],
    ['characters are counted, not code units', '["📦📦", x]', 1, 8],
    ['CR LF is one line end', '[\r\n1,\r\n]', 3, 1],
    ['inside a string', '["ab\u0001"]', 1, 5],
    ['a string with a lone surrogate', '[1, "\\ud800"]', 1, 5],
  ])('%s', (_, text, line, column) => {
    expect(place(text)).toEqual({ file: 'trust.json', line, column });
  });

  test('bytes that are no UTF-8 have a file and no line', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22);
    expect(() => parseStrictJson(bytes, 'trust.json')).toThrow(
      expect.objectContaining({ place: { file: 'trust.json' } }),
    );
    expect(() => parseStrictJson(bytes)).toThrow(expect.objectContaining({ place: {} }));
  });

  test('long input is read in one go', () => {
    const many = `[${Array.from({ length: 200_000 }, (_, i) => `"${i}"`).join(',')}]`;
    expect((parseStrictJson(many) as readonly unknown[]).length).toBe(200_000);
    const long = `"${'\\n'.repeat(300_000)}"`;
    expect((parseStrictJson(long) as string).length).toBe(300_000);
  });
});
