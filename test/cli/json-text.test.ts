import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces, jsonText } from '../../src/cli/json-text.js';

const ASCII_JSON = fc.jsonValue({ stringUnit: 'grapheme-ascii', maxDepth: 6 });

describe('the text of a value', () => {
  test('is what JSON.stringify writes, indented or in one line', () => {
    fc.assert(
      fc.property(ASCII_JSON, (value) => {
        expect(jsonText(value, 'json')).toBe(`${JSON.stringify(value, null, 2)}\n`);
        expect(jsonText(value, 'ndjson')).toBe(`${JSON.stringify(value)}\n`);
      }),
    );
  });

  test('leaves out what is undefined and keeps a line break inside a text escaped at every depth', () => {
    const value = { a: undefined, b: [undefined, { c: 'x\ny' }], d: { e: { f: { g: ['\n', {}] } } } };
    expect(jsonText(value, 'json')).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });

  test('is the same value to a parser whatever the characters, and no control or mark that reorders stands in it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = jsonText(value, 'json');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

test('a long list comes in pieces that together are the text', () => {
  const value = { records: Array.from({ length: 20_000 }, (_, number) => ({ number, id: 'a'.repeat(64) })) };
  const pieces = [...jsonPieces(value, 'json')];
  expect(pieces.length).toBeGreaterThan(10);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
  expect(pieces.join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
});
