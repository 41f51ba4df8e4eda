import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../src/codec/instant.js';
import { civilDateOf, isCivilDate, limitAfter, secondsOfDate } from '../../src/rules/civil-date.js';

const CHINA = 480;

function limit(
  from: string,
  count: number,
  unit: 'h' | 'days' | 'months' | 'years',
  offsetMin = CHINA,
): string {
  return formatInstant(limitAfter(parseInstant(from).utcS, offsetMin, { count, unit }), offsetMin);
}

describe('limits', () => {
  const rows: readonly (readonly [what: string, given: Parameters<typeof limit>, expected: string])[] = [
    ['hours run from the instant', ['2026-03-01T10:00:01+08:00', 24, 'h'], '2026-03-02T10:00:01+08:00'],
    ['the first day is not counted', ['2026-03-01T00:00:00+08:00', 7, 'days'], '2026-03-08T23:59:59+08:00'],
    ['the last day runs to 24:00', ['2026-03-01T23:59:59+08:00', 7, 'days'], '2026-03-08T23:59:59+08:00'],
    ['no days end the same day', ['2026-03-01T10:00:00+08:00', 0, 'days'], '2026-03-01T23:59:59+08:00'],
    ['31 August and six months', ['2025-08-31T12:00:00+08:00', 6, 'months'], '2026-02-28T23:59:59+08:00'],
    ['into a leap February', ['2023-08-31T12:00:00+08:00', 6, 'months'], '2024-02-29T23:59:59+08:00'],
    ['29 February and a year', ['2024-02-29T12:00:00+08:00', 1, 'years'], '2025-02-28T23:59:59+08:00'],
    ['over the turn of the year', ['2025-12-31T12:00:00+08:00', 2, 'months'], '2026-02-28T23:59:59+08:00'],
    ['the day is the place’s', ['2026-03-01T20:00:00Z', 1, 'days'], '2026-03-03T23:59:59+08:00'],
    ['west of Greenwich too', ['2026-03-01T02:00:00Z', 1, 'days', -300], '2026-03-01T23:59:59-05:00'],
    [
      'from the last month of a year',
      ['2025-12-05T12:00:00+08:00', 12, 'months'],
      '2026-12-05T23:59:59+08:00',
    ],
    ['to the end of a year', ['2025-11-05T12:00:00+08:00', 1, 'months'], '2025-12-05T23:59:59+08:00'],
  ];
  test.each(rows)('%s', (_what, given, expected) => {
    expect(limit(...given)).toBe(expected);
  });

  test('agree with counting days one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8_000_000_000 }),
        fc.integer({ min: -840, max: 840 }),
        fc.integer({ min: 0, max: 4_000 }),
        (utcS, offsetMin, count) => {
          const end = limitAfter(utcS, offsetMin, { count, unit: 'days' });
          expect((end + 1 + offsetMin * 60) % 86_400).toBe(0);
          expect(Math.floor((end - utcS) / 86_400)).toBe(count);
        },
      ),
    );
  });

  test('are monotone in the start, for months and years too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8_000_000_000 }),
        fc.integer({ min: 0, max: 200 * 86_400 }),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('h', 'days', 'months', 'years'),
        (utcS, later, count, unit) => {
          const period = { count, unit } as const;
          expect(limitAfter(utcS + later, CHINA, period)).toBeGreaterThanOrEqual(
            limitAfter(utcS, CHINA, period),
          );
        },
      ),
    );
  });
});

describe('dates', () => {
  test.each(['2014-03-15', '1000-01-01', '9999-12-31', '2024-02-29'])('%s is one', (date) => {
    expect(isCivilDate(date)).toBe(true);
  });

  test.each([
    '2023-02-29',
    '2014-13-01',
    '2014-00-01',
    '2014-01-00',
    '14-01-01',
    '2014/01/01',
    '2014-1-1',
    '',
    '0999-01-01',
    '2014-01-010',
    '02014-01-01',
    '2014x01-01',
    '2014-01x01',
    ' 999-01-01',
    '+999-01-01',
    '1e03-01-01',
    '2014- 1-01',
    '2014-+1-01',
    '2014-01- 1',
    '2014-01-.1',
    '2014-01-1.',
    '201：-01-01',
  ])('%s is none', (date) => {
    expect(isCivilDate(date)).toBe(false);
  });

  test('of early years have four digits', () => {
    expect(civilDateOf(parseInstant('1970-01-01T00:00:00Z').utcS - 700_000 * 86_400, 0)).toBe('0053-06-19');
  });

  test('a date and its seconds belong together', () => {
    expect(secondsOfDate('2026-08-20', CHINA)).toEqual({
      from: parseInstant('2026-08-20T00:00:00+08:00').utcS,
      to: parseInstant('2026-08-20T23:59:59+08:00').utcS,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8_000_000_000 }),
        fc.integer({ min: -840, max: 840 }),
        (utcS, offsetMin) => {
          const { from, to } = secondsOfDate(civilDateOf(utcS, offsetMin), offsetMin);
          expect(from <= utcS && utcS <= to).toBe(true);
        },
      ),
    );
  });
});
