import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeReader } from '../../../src/capture/sensor/written-time.js';

function utc(text: string): number {
  return Date.parse(text) * 1000;
}

describe('written times', () => {
  test.each([
    ['YYYY-MM-DD HH:mm:ss', '2018-05-03 08:08:23', '2018-05-03T08:08:23Z'],
    ['MM/DD/YY hh:mm:ss A', '01/13/17 01:00:00 AM', '2017-01-13T01:00:00Z'],
    ['MM/DD/YY hh:mm:ss A', '01/13/17 12:00:00 AM', '2017-01-13T00:00:00Z'],
    ['MM/DD/YY hh:mm:ss A', '01/13/17 12:00:00 PM', '2017-01-13T12:00:00Z'],
    ['DD.MM.YYYY HH:mm:ss', ' 08.05.2013 11:50:00 ', '2013-05-08T11:50:00Z'],
    ['DD/MM/YYYY HH:mm', '31/12/2025 00:04', '2025-12-31T00:04:00Z'],
    ['DD-MMM-YY h:mm:ss A', '01-Sep-21 1:00:00 am', '2021-09-01T01:00:00Z'],
    ['HH:mm:ss DD/MMM/YYYY', '00:00:00 21/NOV/2025', '2025-11-21T00:00:00Z'],
    ['M/D/YYYY H:mm', '1/2/2020 3:04', '2020-01-02T03:04:00Z'],
    ['M/D/YYYY H:mm', '11/12/2020 13:04', '2020-11-12T13:04:00Z'],
    ['YYYY-MM-DDTHH:mm:ss.S', '2026-08-28T09:05:00.250', '2026-08-28T09:05:00.250Z'],
    ['YYYYMMDDHHmmss', '20240229235959', '2024-02-29T23:59:59Z'],
  ])('%s: %s', (form, text, expected) => {
    expect(timeReader(form)(text)).toBe(utc(expected));
  });

  test('fractions are cut to microseconds', () => {
    const read = timeReader('HH:mm:ss,S YYYY-MM-DD');
    expect(read('00:00:00,1 1970-01-01')).toBe(100_000);
    expect(read('00:00:00,1234567899 1970-01-01')).toBe(123_456);
  });

  test.each([
    ['YYYY-MM-DD HH:mm', ''],
    ['YYYY-MM-DD HH:mm', '2026-02-29 00:00'],
    ['YYYY-MM-DD HH:mm', '2026-13-01 00:00'],
    ['YYYY-MM-DD HH:mm', '2026-00-01 00:00'],
    ['YYYY-MM-DD HH:mm', '2026-01-00 00:00'],
    ['YYYY-MM-DD HH:mm', '2026-01-01 24:00'],
    ['YYYY-MM-DD HH:mm', '2026-01-01 00:60'],
    ['YYYY-MM-DD HH:mm', '2026-01-01 00:00:00'],
    ['YYYY-MM-DD HH:mm', '2026-1-01 00:00'],
    ['YYYY-MM-DD HH:mm', '2026-01-01T00:00'],
    ['YYYY-MM-DD hh:mm A', '2026-01-01 13:00 PM'],
    ['YYYY-MM-DD hh:mm A', '2026-01-01 00:00 AM'],
    ['YYYY-MM-DD hh:mm A', '2026-01-01 01:00'],
    ['DD MMM YYYY HH:mm', '01 Okt 2026 00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2026-06-30 23:59:60'],
  ])('%s does not read %j', (form, text) => {
    expect(timeReader(form)(text)).toBeNaN();
  });

  // One bad row must not spoil the calendar of the next.
  test('a wrong date does not stick', () => {
    const read = timeReader('YYYY-MM-DD HH:mm');
    expect([
      read('2026-02-28 01:00'),
      read('2026-02-30 01:00'),
      read('2026-02-30 01:00'),
      read('2026-02-28 02:00'),
    ]).toEqual([utc('2026-02-28T01:00:00Z'), Number.NaN, Number.NaN, utc('2026-02-28T02:00:00Z')]);
  });

  test.each([
    '',
    'YYYY-MM-DD',
    'HH:mm',
    'YYYY-MM-DD hh:mm',
    'YYYY-MM-DD HH:mm A',
    'YYYY-MM-DD HH:mm HH',
    'YY YYYY-MM-DD HH:mm',
    'HH:mm hh A YYYY-MM-DD',
  ])('the form %j is refused', (form) => {
    expect(() => timeReader(form)).toThrow(RangeError);
  });

  test('property: what Date writes is read back', () => {
    const read = timeReader('YYYY-MM-DDTHH:mm:ss.SZ');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        expect(read(new Date(ms).toISOString())).toBe(ms * 1000);
      }),
    );
  });
});
