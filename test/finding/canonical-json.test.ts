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
