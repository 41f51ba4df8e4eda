import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOfText, digestOfValue } from '../../src/finding/canonical-json.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('a digest of canonical text', () => {
  test.each([
    ['nothing', ''],
    ['plain text', '{"a":1}'],
    ['text of several bytes a character', '损坏 — 🍵'],
    ['half of a pair', 'a\ud800b'],
    ['text that just fits where it is encoded', 'x'.repeat(87_000)],
    ['text that does not', '破'.repeat(90_000)],
  ])('%s', (_, text) => {
    expect(digestOfText('goodorder/test/1', text)).toBe(sha256(`goodorder/test/1\u0000${text}`));
  });

  test('a longer one before leaves nothing behind', () => {
    digestOfText('goodorder/a-longer-domain/1', 'y'.repeat(500));
    expect(digestOfText('goodorder/test/1', 'x')).toBe(sha256('goodorder/test/1\u0000x'));
  });

  test('of a value is that of its canonical JSON', () => {
    const value = { b: [1, null, 'é'], a: { d: true, c: -2 } };
    expect(canonicalJson(value)).toBe('{"a":{"c":-2,"d":true},"b":[1,null,"é"]}');
    expect(digestOfValue('goodorder/test/1', value)).toBe(
      digestOfText('goodorder/test/1', canonicalJson(value)),
    );
  });
});

describe('canonical JSON', () => {
  test('has the members of every object in code-unit order, without those that are undefined', () => {
    expect(canonicalJson({ b: 1, a: 2, B: 3, aa: undefined, '\u{1f375}': 4, '\uff01': 5, '': 6 })).toBe(
      '{"":6,"B":3,"a":2,"b":1,"\u{1f375}":4,"\uff01":5}',
    );
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson({})).toBe('{}');
    expect(canonicalJson({ a: [{ z: 1, y: [] }], b: {} })).toBe('{"a":[{"y":[],"z":1}],"b":{}}');
  });

  test('keeps lists in their order, and words as they are', () => {
    expect(canonicalJson([3, 1, 2, null, true, false, '', [0]])).toBe('[3,1,2,null,true,false,"",[0]]');
    expect(canonicalJson([])).toBe('[]');
  });

  test('escapes what RFC 8785 escapes, alone and anywhere in a text, and nothing else', () => {
    for (let code = 0; code < 0x180; code += 1) {
      const char = String.fromCharCode(code);
      for (const text of [char, `a${char}`, `${char}b`, `a${char}b`])
        expect(canonicalJson(text), code.toString(16)).toBe(JSON.stringify(text));
    }
    expect(canonicalJson({ 'a"b': 1 })).toBe('{"a\\"b":1}');
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
  });

  test('holds whole numbers that are exact, and refuses all else by saying what it is', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(canonicalJson([most, -most, 0, -0])).toBe(`[${most},-${most},0,0]`);
    for (const wrong of [0.5, most + 1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => canonicalJson(wrong)).toThrow(
        new TypeError(`canonical JSON has whole numbers only, not ${wrong}`),
      );
    const kinds: [unknown, string][] = [
      [undefined, 'undefined'],
      [1n, 'bigint'],
      [() => 1, 'function'],
      [Symbol('x'), 'symbol'],
    ];
    for (const [wrong, kind] of kinds)
      expect(() => canonicalJson([wrong])).toThrow(new TypeError(`canonical JSON cannot hold a ${kind}`));
  });
});
