import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatInstant,
  isInstant,
  LAST_INSTANT_S,
  parseInstant,
  readInstant,
} from '../../src/codec/instant.js';

const seconds = fc.integer({ min: 0, max: LAST_INSTANT_S });

describe('writing', () => {
  test('agrees with Date in UTC', () => {
    fc.assert(
      fc.property(seconds, (utcS) => {
        expect(formatInstant(utcS)).toBe(new Date(utcS * 1000).toISOString().replace('.000Z', 'Z'));
      }),
      { numRuns: 2000 },
    );
  });

  test('every day of four centuries agrees with Date', () => {
    for (let day = 0; day < 146_097; day++) {
      const utcS = day * 86_400;
      if (formatInstant(utcS).slice(0, 10) !== new Date(utcS * 1000).toISOString().slice(0, 10))
        expect(day).toBe(-1);
    }
  });

  test.each<[number, number, string]>([
    [0, 0, '1970-01-01T00:00:00Z'],
    [0, -480, '1969-12-31T16:00:00-08:00'],
    [1_787_879_100, 480, '2026-08-28T09:05:00+08:00'],
    [1_787_879_100, 345, '2026-08-28T06:50:00+05:45'],
    [951_782_400, 0, '2000-02-29T00:00:00Z'],
    [1_835_395_200, 0, '2028-02-29T00:00:00Z'],
    [4_107_542_399, 0, '2100-02-28T23:59:59Z'],
    [4_107_542_400, 0, '2100-03-01T00:00:00Z'],
    [LAST_INSTANT_S, -1439, '9999-12-31T00:00:59-23:59'],
  ])('%i at %i minutes', (utcS, offsetMin, text) => {
    expect(formatInstant(utcS, offsetMin)).toBe(text);
    expect(parseInstant(text)).toEqual({ utcS, offsetMin });
  });

  test('RangeError outside the range', () => {
    for (const utcS of [-1, 0.5, Number.NaN, LAST_INSTANT_S + 1])
      expect(() => formatInstant(utcS)).toThrow(
        new RangeError(`instant: expected seconds from 0 to 253402300799, got ${utcS}`),
      );
    for (const offset of [1440, -1440, 0.5])
      expect(() => formatInstant(0, offset)).toThrow(
        new RangeError(`instant: expected an offset within 1439 minutes, got ${offset}`),
      );
    expect(() => formatInstant(LAST_INSTANT_S, 1)).toThrow(
      new RangeError('instant: the local time is beyond the year 9999'),
    );
  });
});

describe('reading', () => {
  test('what is written, with any offset', () => {
    const instant = fc.record({
      utcS: fc.integer({ min: 0, max: LAST_INSTANT_S - 86_400 }),
      offsetMin: fc.integer({ min: -1439, max: 1439 }),
    });
    fc.assert(
      fc.property(instant, (given) => {
        expect(parseInstant(formatInstant(given.utcS, given.offsetMin))).toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    '',
    '2026-08-28',
    '2026-08-28T09:05:00',
    '2026-08-28T09:05Z',
    '2026-08-28 09:05:00Z',
    '2026-08-28t09:05:00z',
    '2026-08-28T09:05:00.5Z',
    '2026-08-28T09:05:00+0800',
    '2026-08-28T09:05:00+08',
    '2026-08-28T09:05:00-00:00',
    '2026-08-28T09:05:00+24:00',
    '2026-08-28T09:05:00+08:60',
    '2026-08-28T24:00:00Z',
    '2026-08-28T09:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-08-00T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '12026-08-28T09:05:00Z',
    '-2026-08-28T09:05:00Z',
    '２０２６-08-28T09:05:00Z',
    ' 2026-08-28T09:05:00Z',
    '2026-08-28T09:05:00Z\n',
  ])('%j is no instant', (text) => {
    expect(readInstant(text)).toBeNull();
    expect(() => parseInstant(text)).toThrow(
      new RangeError('instant: expected RFC 3339 with seconds and offset, as in `2026-08-28T09:05:00+08:00`'),
    );
  });

  test('+00:00 is Z', () => {
    expect(parseInstant('1970-01-01T00:00:10+00:00')).toEqual({ utcS: 10, offsetMin: 0 });
  });

  test('isInstant', () => {
    expect([0, LAST_INSTANT_S, -1, LAST_INSTANT_S + 1, 1.5, '0', 0n].map(isInstant)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
