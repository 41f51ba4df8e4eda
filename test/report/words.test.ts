import { describe, expect, test } from 'vitest';
import { EXPLAIN_WORDS } from '../../src/report/labels/explain-words.js';
import { VERIFY_WORDS } from '../../src/report/labels/verify-words.js';
import {
  countText,
  dayText,
  minuteText,
  partyText,
  plural,
  shortHash,
  subjectText,
} from '../../src/report/name-text.js';
import { shellWord } from '../../src/report/shell-word.js';

describe('names of things', () => {
  test.each([
    ['https://id.gs1.org/01/09521234543213/21/SN0007', '(01)09521234543213(21)SN0007'],
    ['https://id.gs1.org/01/09521234543213/10/L-7', '(01)09521234543213(10)L-7'],
    ['https://id.gs1.org/00/952012345678912345', '(00)952012345678912345'],
    ['urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8', 'uuid 6ba7b810-9dad-41d1-80b4-00c04fd430c8'],
    ['nonsense\u202e', 'nonsense\\u{202e}'],
  ])('%s', (uri, shown) => {
    expect(subjectText(uri)).toBe(shown);
  });

  test.each([
    ['https://id.gs1.org/417/9521234543213', 'GLN 9521234543213'],
    ['urn:goodorder:lei:529900T8BM49AURSDO55', 'LEI 529900T8BM49AURSDO55'],
    ['urn:goodorder:uscc:91350100M000100Y43', 'USCC 91350100M000100Y43'],
    [`urn:goodorder:key:${'ab'.repeat(32)}`, 'key abababab…'],
    ['x'.repeat(99), `${'x'.repeat(60)}…`],
  ])('%s', (uri, shown) => {
    expect(partyText(uri)).toBe(shown);
  });
});

test('figures are written alike on every machine', () => {
  expect([0, 999, 1000, 20_481, 1_234_567].map(countText)).toEqual([
    '0',
    '999',
    '1,000',
    '20,481',
    '1,234,567',
  ]);
  expect(countText(-1000)).toBe('-1,000');
  expect(countText(12345678901234567890n)).toBe('12,345,678,901,234,567,890');
  expect([plural(1, 'record'), plural(0, 'record'), plural(2, 'proof', 'proofs')]).toEqual([
    '1 record',
    '0 records',
    '2 proofs',
  ]);
  expect([dayText(1_788_998_399), minuteText(1_788_998_399)]).toEqual(['2026-09-09', '2026-09-09 23:59 UTC']);
  expect(shortHash('0123456789abcdef'.repeat(4))).toBe('0123456789abcdef…89abcdef');
});

test.each([
  ['set.passport', 'set.passport'],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['-rf', './-rf'],
  ['$(reboot)', "'$(reboot)'"],
  ['a\nb', "'a\\u{a}b'"],
])('%j can be typed into a shell as %s', (name, word) => {
  expect(shellWord(name)).toBe(word);
});

test('every word of a report is there in Chinese, and is Chinese', () => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : [];
  for (const table of [VERIFY_WORDS, EXPLAIN_WORDS]) {
    const [en, zh] = [strings(table.en), strings(table.zh)];
    expect(zh.length).toBe(en.length);
    for (const word of zh) expect(word).toMatch(/\p{Script=Han}/u);
    for (const word of en) expect(word).not.toMatch(/\p{Script=Han}/u);
  }
});
