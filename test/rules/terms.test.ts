import { describe, expect, test } from 'vitest';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { AGREED_TERMS, isName, PATH_VALUES, SHOCK_LIMITS } from '../../src/rules/terms.js';

describe('words of rules', () => {
  test('terms a rule may ask for are fields an agreement has', () => {
    const schema = RECORD_TYPES.get('agreement')!.schema() as unknown as { shape: Record<string, unknown> };
    const fields = Object.keys(schema.shape);
    expect(AGREED_TERMS.filter((term) => !fields.includes(term))).toEqual([]);
    // The rest says who agreed and when, which is not a term.
    expect(fields.filter((field) => !(AGREED_TERMS as readonly string[]).includes(field)).sort()).toEqual([
      'agreedAt',
      'kind',
      'parties',
      'text',
      'x',
    ]);
    expect(Object.values(SHOCK_LIMITS).every((term) => AGREED_TERMS.includes(term))).toBe(true);
  });

  test('values of paths are words without the marks of the table', () => {
    for (const values of Object.values(PATH_VALUES)) expect(values.every(isName)).toBe(true);
  });

  test.each([
    ['a', true],
    ['consumer-seller2', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['', false],
    ['-a', false],
    ['2a', false],
    ['A', false],
    ['a.b', false],
    ['__proto__', false],
  ])('%s', (text, expected) => {
    expect(isName(text)).toBe(expected);
  });
});
