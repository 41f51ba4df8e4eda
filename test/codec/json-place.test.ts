import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPlace, type TextPlace } from '../../src/codec/json-place.js';

type Path = readonly (string | number)[];
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const TEXT = [
  '',
  ' { "a" : [ 10 , {"b":true} ,"]}" ] ,',
  '\t"\\u0063": {"d" : [[], {}, [[ -1.5e+3 ]], "\\"", "\\\\"], "é📦": null},',
  '"e":{},"f":[ ], "last" : 7 }',
  '',
].join('\n');

describe('the place of a value', () => {
  test.each<[Path, number, number]>([
    [[], 2, 2],
    [['a'], 2, 10],
    [['a', 0], 2, 12],
    [['a', 1], 2, 17],
    [['a', 1, 'b'], 2, 22],
    [['a', 2], 2, 29],
    [['c'], 3, 12],
    [['c', 'd'], 3, 19],
    [['c', 'd', 0], 3, 20],
    [['c', 'd', 1], 3, 24],
    [['c', 'd', 2], 3, 28],
    [['c', 'd', 2, 0], 3, 29],
    [['c', 'd', 2, 0, 0], 3, 31],
    [['c', 'd', 3], 3, 43],
    [['c', 'd', 4], 3, 49],
    [['c', 'é📦'], 3, 62],
    [['e'], 4, 5],
    [['f'], 4, 12],
    [['last'], 4, 26],
  ])('%j', (path, line, column) => {
    expect(jsonPlace(TEXT, path)).toEqual({ line, column });
    expect(jsonPlace(TEXT, path, 'value')).toEqual({ line, column });
  });

  test.each<[Path, number, number]>([
    [[], 2, 2],
    [['a'], 2, 4],
    [['a', 1, 'b'], 2, 18],
    [['a', 1], 2, 17],
    [['c'], 3, 2],
    [['c', 'é📦'], 3, 56],
    [['f'], 4, 8],
    [['last'], 4, 17],
  ])('%j, its key', (path, line, column) => {
    expect(jsonPlace(TEXT, path, 'key')).toEqual({ line, column });
  });

  test.each<[string, Path, number, number]>([
    ['no such key', ['b'], 2, 2],
    ['no such key further in', ['a', 1, 'x'], 2, 17],
    ['and what is behind it', ['a', 1, 'x', 0, 'y'], 2, 17],
    ['no such element', ['a', 3], 2, 10],
    ['an element before the first', ['a', -1], 2, 10],
    ['an element of an empty list', ['f', 0], 4, 12],
    ['a member of an empty object', ['e', 'x'], 4, 5],
    ['an element of an object', [0], 2, 2],
    ['a member of a list', ['a', '0'], 2, 10],
    ['an element of a text', ['a', 2, 0], 2, 29],
    ['a member of a number', ['a', 0, 'x'], 2, 12],
  ])('%s: the deepest container on the way', (_, path, line, column) => {
    expect(jsonPlace(TEXT, path)).toEqual({ line, column });
    expect(jsonPlace(TEXT, path, 'key')).toEqual({ line, column });
  });

  test('is counted in the text as it stands, with bare CR in a line and a last line without end', () => {
    expect(jsonPlace('[\r1,\r\n2]', [0])).toEqual({ line: 1, column: 3 });
    expect(jsonPlace('[\r1,\r\n2]', [1])).toEqual({ line: 2, column: 1 });
    expect(jsonPlace('7', [])).toEqual({ line: 1, column: 1 });
  });

  test.each([
    '[',
    '{',
    '{"a"',
    '{"a":',
    '["a',
    '["a\\',
    '[1',
    '[[',
    '{"a":1',
    '{"a":1,',
    '[1,',
    '',
    '[1}',
    '{"a":{]',
  ])('a text that the parser refuses, %j, has an answer too', (text) => {
    for (const path of [[0], [1], ['a'], ['b'], ['a', 'b']]) {
      const { line, column } = jsonPlace(text, path);
      expect(line).toBe(1);
      expect(column).toBeLessThanOrEqual(text.length + 1);
    }
  });

  test('of any value in any text, as whoever wrote the text knows it', () => {
    const spaces = fc.array(fc.constantFrom('', '', ' ', '\n', '\t', '\r\n', '  '), {
      minLength: 20,
      maxLength: 20,
    });
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => JSON.stringify(value).length < 2_000);
    fc.assert(
      fc.property(json, spaces, (value, gaps) => {
        const { text, places } = written(JSON.parse(JSON.stringify(value)) as Json, gaps);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
        for (const { path, at, keyAt } of places) {
          expect([path, jsonPlace(text, path)]).toEqual([path, placeOf(text, at)]);
          expect([path, jsonPlace(text, path, 'key')]).toEqual([path, placeOf(text, keyAt)]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The value as JSON with the gaps in turn between its parts, and where each value and key came to stand. */
function written(
  value: Json,
  gaps: readonly string[],
): { text: string; places: { path: Path; at: number; keyAt: number }[] } {
  let text = '';
  let turn = 0;
  const places: { path: Path; at: number; keyAt: number }[] = [];
  const put = (piece: string): void => {
    text += piece + gaps[turn++ % gaps.length];
  };
  const write = (part: Json, path: Path, keyAt?: number): void => {
    places.push({ path, at: text.length, keyAt: keyAt ?? text.length });
    if (typeof part !== 'object' || part === null) {
      put(JSON.stringify(part));
      return;
    }
    const list = Array.isArray(part);
    put(list ? '[' : '{');
    for (const [position, [key, inner]] of Object.entries(part).entries()) {
      if (position > 0) put(',');
      const start = text.length;
      if (!list) {
        put(JSON.stringify(key));
        put(':');
      }
      write(inner, [...path, list ? position : key], list ? undefined : start);
    }
    put(list ? ']' : '}');
  };
  put('');
  write(value, []);
  return { text, places };
}

function placeOf(text: string, at: number): TextPlace {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
