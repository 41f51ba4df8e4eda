import { expect, test } from 'vitest';
import { CODES, TOOL_CODES } from '../../src/codes.js';
import { CODES_EN } from '../../src/report/labels/codes-en.js';
import { CODES_ZH } from '../../src/report/labels/codes-zh.js';

const ALL = [...Object.keys(CODES), ...TOOL_CODES].sort();

test.each([
  ['English', CODES_EN],
  ['Chinese', CODES_ZH],
])('every code has one %s sentence, and no sentence is left over', (_, labels) => {
  expect(Object.keys(labels).sort()).toEqual(ALL);
  for (const [code, sentence] of Object.entries(labels)) {
    expect(sentence.trim(), code).toBe(sentence);
    expect(sentence.length, code).toBeGreaterThan(3);
    expect(sentence, code).not.toMatch(/[.。]$/);
  }
});

test('Chinese sentences are Chinese', () => {
  for (const [code, sentence] of Object.entries(CODES_ZH)) expect(sentence, code).toMatch(/\p{Script=Han}/u);
});

test('only codes that rest on two verified signatures accuse a key', () => {
  const accusing = Object.entries(CODES).filter(([, meaning]) => meaning.accuses);
  expect(accusing.map(([code]) => code).sort()).toEqual([
    'chain.fork',
    'log.rollback',
    'log.split-view',
    'manifest.logged-omission',
    'manifest.silent-omission',
    'witness.equivocation',
  ]);
});
