import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visibleText } from '../../src/report/visible-text.js';

describe('visibleText', () => {
  test('shows what would act on a terminal instead of sending it', () => {
    expect(visibleText('\u001b[2Jclean')).toBe('\\u{1b}[2Jclean');
    expect(visibleText('line one\nline two')).toBe('line one\\u{a}line two');
  });

  test('shows marks that reorder or hide text', () => {
    expect(visibleText('invoice\u202egpj.exe')).toBe('invoice\\u{202e}gpj.exe');
    expect(visibleText('pay\u200bpal')).toBe('pay\\u{200b}pal');
    expect(visibleText('a\u{e0041}b')).toBe('a\\u{e0041}b');
    expect(visibleText('\ud800')).toBe('\\u{d800}');
  });

  test('leaves the world’s scripts alone', () => {
    for (const text of ['瓷器 16 件', 'Ærø', 'سلة', 'ครัว', '👍🏽', 'e\u0301'])
      expect(visibleText(text)).toBe(text);
  });

  test('an escape in the text cannot be mistaken for ours', () => {
    expect(visibleText('\\u{202e}')).toBe('\\\\u{202e}');
  });

  test('cuts what is too long', () => {
    expect(visibleText('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`);
    expect(visibleText('x'.repeat(500))).toBe('x'.repeat(500));
  });

  test('nothing raw comes out, whatever goes in', () => {
    const raw = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
    const strings = JSON.parse(
      readFileSync(new URL('../../fixtures/vectors/naughty-strings/blns.json', import.meta.url), 'utf8'),
    ) as string[];
    // Arabic and other number signs (U+0600–0605, 06DD, 070F, 0890–0891, 08E2, 110BD, 110CD) are format characters that show.
    const shown = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/gu;
    for (const text of strings) expect(visibleText(text, 10_000).replace(shown, '')).not.toMatch(raw);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text, 10_000).replace(shown, '')).not.toMatch(raw);
      }),
    );
  });
});
