import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readColumnMap } from '../../../src/capture/sensor/column-map.js';
import { guessColumnMap } from '../../../src/capture/sensor/guess-map.js';
import { importDeclaredCsv } from '../../../src/capture/sensor/import-sensor.js';
import { openLoggerFile } from '../../../src/capture/sensor/logger-file.js';

function guess(lines: readonly string[]) {
  return guessColumnMap(openLoggerFile(new TextEncoder().encode(lines.join('\n'))));
}

/** The proposal as a map, without what it leaves open. */
function proposed(lines: readonly string[]): Record<string, unknown> {
  const parts = guess(lines)!.parts.filter(({ value }) => value !== null);
  return Object.fromEntries(parts.map(({ key, value }) => [key, value]));
}

function open(lines: readonly string[]): string[] {
  return guess(lines)!
    .parts.filter(({ value }) => value === null)
    .map(({ key }) => key);
}

const BUILDING = [
  'Timestamp,P1_[Store][Space Temp] [Synchronized@1800](°C)',
  '01-Sep-21 12:30:00 am,20.6',
  '01-Sep-21 1:00:00 am,20.5',
  '01-Sep-21 1:30:00 pm,20.75',
];
const STANDALONE = [
  '',
  'Database Valid',
  '  Serial No:,0000-00000',
  '  No. of Readings:,3',
  '',
  'Time, Temperature (C),Humidity (RH(%)),',
  '00:00:00 21/Nov/2025,18.5,40.5,',
  '00:30:00 21/Nov/2025,18.5,40.4,',
  '01:00:00 21/Nov/2025,18.4,40.5,',
];
const SHOWCASE = [
  'date,time;T/°C;RH/%;set/%;alarmMin/%;timediffernce',
  '07.08.25,00:00:00;22;55;56;51;0;',
  '07.08.25,00:20:00;22;54,5;56;51;1200;',
  '07.08.25,00:40:00;23;55;56;51;1200;',
];

describe('a proposed map', () => {
  test('of a building’s log: months as words, AM and PM', () => {
    expect(proposed(BUILDING)).toEqual({
      format: 'goodorder-columns/1',
      encoding: 'utf-8',
      delimiter: ',',
      decimal: '.',
      headerLines: 1,
      namesLine: 1,
      time: { columns: [1], form: 'D-MMM-YY h:mm:ss A' },
      unit: 'degC',
      values: [{ column: 2 }],
    });
    expect(open(BUILDING)).toEqual(['time.utcOffset', 'device']);
  });

  test('of a preamble, the time before the date, a trailing separator', () => {
    expect(proposed(STANDALONE)).toMatchObject({
      headerLines: 6,
      namesLine: 6,
      time: { columns: [1], form: 'H:mm:ss D/MMM/YYYY' },
      unit: 'degC',
      values: [{ column: 2 }],
    });
    expect(guess(STANDALONE)!.alternatives).toEqual(['column 3 `Humidity (RH(%))` in %RH']);
  });

  test('of semicolons, two-digit years, and rows longer than the header', () => {
    expect(proposed(SHOWCASE)).toMatchObject({
      delimiter: ';',
      decimal: ',',
      headerLines: 1,
      time: { columns: [1], form: 'D.M.YY,H:mm:ss' },
      unit: 'degC',
      values: [{ column: 2 }],
    });
  });

  test('says the offset that a header says, and asks for one in words', () => {
    const zoned = (label: string): string[] => [
      `Time (${label}),Temp [C]`,
      '2026-08-28 09:05,1',
      '2026-08-28 09:06,2',
    ];
    expect(proposed(zoned('UTC+8'))).toMatchObject({ time: { utcOffset: '+08:00' } });
    expect(open(zoned('UTC+8'))).toEqual(['device']);
    expect(open(zoned('CEST'))).toEqual(['time.utcOffset', 'device']);
  });

  test('sees seconds since 1970, Excel’s days, and time since a start', () => {
    expect(proposed(['ts;T [C]', '1700000000;1', '1700000060;2'])).toMatchObject({
      time: { column: 1, serial: 'unix-s' },
    });
    expect(proposed(['ts;T [C]', '1700000000123;1', '1700000060123;2'])).toMatchObject({
      time: { column: 1, serial: 'unix-ms' },
    });
    expect(proposed(['ts;T [C]', '45000.5;1', '45000.75;2'])).toMatchObject({
      time: { column: 1, serial: 'excel-d' },
    });
    const shock = ['time_us,Acceleration: X [g]', '0,1.5', '5,1.25', '10,1'];
    expect(proposed(shock)).toMatchObject({
      time: { column: 1, elapsed: 'us' },
      unit: 'g',
      values: [{ column: 2 }],
    });
    expect(open(shock)).toEqual(['time.start', 'device']);
  });

  test('sees a date and a time in two columns, in either order', () => {
    expect(
      proposed(['Time,Date,Temp [C]', '13:08:35,24/01/2020,22.2', '14:08:35,24/01/2020,23']),
    ).toMatchObject({
      time: { columns: [1, 2], form: 'H:mm:ss D/M/YYYY' },
      values: [{ column: 3 }],
    });
    expect(proposed(['Date;Time;Temp [C]', '24.01.20;13:08;22,2', '24.01.20;14:08;23'])).toMatchObject({
      time: { columns: [1, 2], form: 'D.M.YY H:mm' },
      decimal: ',',
    });
  });

  test('leaves open what no row settles', () => {
    const lines = ['t,Temperature', '03/04/2026 07:15,6.00', '03/04/2026 07:36,6.00'];
    const { parts } = guess(lines)!;
    expect(parts.find(({ key }) => key === 'time')).toEqual({
      key: 'time',
      value: { columns: [1], form: null },
      why: '`03/04/2026 07:15`: no date shows which number is the day; `D/M/YYYY H:mm`, or with M and D changed',
    });
    expect(parts.find(({ key }) => key === 'unit')).toMatchObject({
      value: null,
      why: expect.stringContaining('does not say the unit of column 2'),
    });
  });

  test('is none for a file without rows of a time and a number', () => {
    expect(guess(['hello', 'world'])).toBeNull();
    expect(guess([])).toBeNull();
    expect(guessColumnMap(openLoggerFile(Uint8Array.of(0, 1, 2)))).toBeNull();
  });

  test.each([
    ['a building', BUILDING, 3],
    ['a stand-alone logger', STANDALONE, 3],
    ['a showcase', SHOWCASE, 3],
  ])('reads %s once its gaps are filled', (_, lines, samples) => {
    const map = readColumnMap({ ...proposed(lines), device: { id: 'D' } });
    const bytes = new TextEncoder().encode(lines.join('\n'));
    const { report } = importDeclaredCsv(bytes, map, { utcOffsetMin: 60 });
    expect(report).toMatchObject({ samples, refused: 0 });
  });

  test('of real files reads the columns that their declared maps read', () => {
    for (const file of [
      'german-loggers/example_Ori_MLog_1.csv',
      'museum-loggers/Meaco_3.csv',
      'hobo-nps/U23-001_HOBOware.csv',
    ]) {
      const guessed = guessColumnMap(
        openLoggerFile(new Uint8Array(readFileSync(`fixtures/sensors/${file}`))),
      );
      expect(guessed!.parts.find(({ key }) => key === 'values')!.value, file).not.toBeNull();
    }
  });
});
