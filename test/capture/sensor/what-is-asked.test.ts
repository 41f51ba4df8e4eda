import { describe, expect, test } from 'vitest';
import { readColumnMap } from '../../../src/capture/sensor/column-map.js';
import { type Choice, importDeclaredCsv, importLogger } from '../../../src/capture/sensor/import-sensor.js';
import type { Given } from '../../../src/capture/sensor/recording.js';
import { findTimeForm } from '../../../src/capture/sensor/time-form.js';
import { zoneLabelIn } from '../../../src/capture/sensor/zone-label.js';

const OPEN = { unnamedDevice: '?', inlineSamples: true };

function read(text: string | readonly string[], given: Given = {}, choice: Choice = {}) {
  const bytes = new TextEncoder().encode(typeof text === 'string' ? text : text.join('\r\n'));
  return importLogger(bytes, choice, given, OPEN);
}

/** Samples of the first batch, as minutes since its start and values. */
function samplesOf(imports: ReturnType<typeof read>): unknown {
  return imports[0]!.payload.samples!.map(([ms, ...values]) => [ms! / 60_000, ...values]);
}

const tinytag = (
  values: readonly string[],
  unit = '',
  time = (i: number) => `2021-07-26 14:${26 + i}:00`,
): string[] => [
  ',Time,1',
  'S/N,,123456',
  'Type,,TGU-4500',
  'Description,,Shelf',
  'Property,,Temperature',
  ...(unit === '' ? [] : [`Unit,,${unit}`]),
  ...values.map((value, i) => `${i + 1},${time(i)},${value}`),
];

describe('what the file leaves open is asked for, never guessed', () => {
  test('the zone', () => {
    expect(() => read(tinytag(['20.8'], 'C'))).toThrow(
      expect.objectContaining({
        code: 'sensor-import.zone',
        message: expect.stringContaining('`--utc-offset +08:00`'),
        place: { path: 'time.utcOffset' },
      }),
    );
  });

  test('a zone in words, and what it may mean', () => {
    const hobo = [
      '#,Date-Time (PST/PDT),"Temperature , °C"',
      '1,07/26/2021 14:26:00,20.5',
      '2,07/26/2021 14:27:00,20.6',
    ];
    expect(() => read(hobo)).toThrow(/`PST\/PDT`.*-08:00 or -07:00/);
    expect(read(hobo, { utcOffsetMin: -420 })[0]!.report.contradictions).toEqual([]);
    expect(read(hobo, { utcOffsetMin: 60 })[0]!.report.contradictions).toEqual([
      { about: 'zone', stated: 'PST/PDT', found: '+01:00' },
    ]);
  });

  test.each([
    ['Date Time, GMT-08:00', -480],
    ['GMT +05:30', 330],
    ['GMT +08', 480],
    ['UTC+1', 60],
    ['Date Time - GMT', 0],
    ['Pacific Standard Time', null],
    ['(Data PDT)', null],
  ])('`%s` says %s', (text, expected) => {
    expect(zoneLabelIn(text)?.offsetMin).toBe(expected);
  });

  test('no zone at all', () => {
    expect(zoneLabelIn('Temperature, C')).toBeNull();
    expect(zoneLabelIn('GMT+99:00')?.text).toBe('GMT');
  });

  test('the unit of a temperature, wherever it may stand', () => {
    const given = { utcOffsetMin: 0, intervalUs: 60_000_000 };
    expect(() => read(tinytag(['20.8']), given)).toThrow(/which unit `Temperature` is: .*`--unit degC`/);
    expect(samplesOf(read(tinytag(['68.0']), { ...given, writtenUnit: 'degF' }))).toEqual([[0, 20_000]]);
    expect(samplesOf(read(tinytag(['68.0'], '°F'), given))).toEqual([[0, 20_000]]);
    expect(samplesOf(read(tinytag(['20.873 °C', '20.9 °C']), given))).toEqual([
      [0, 20_873],
      [1, 20_900],
    ]);
    expect(() => read(tinytag(['20.8 °C']), { ...given, writtenUnit: 'degF' })).toThrow(/the file says/);
  });

  test('day or month first, where no date of the whole file tells', () => {
    const day = (i: number): string => `03/0${i + 4}/2026 14:26`;
    const given: Given = { utcOffsetMin: 0, writtenUnit: 'degC' };
    expect(() => read(tinytag(['1', '2'], '', day), given)).toThrow(
      /`03\/04\/2026 14:26`.*`--date-order dmy`/,
    );
    const from = (dateOrder: 'dmy' | 'mdy') =>
      read(tinytag(['1', '2'], '', day), { ...given, dateOrder })[0]!.payload.from.utcS;
    expect([from('dmy'), from('mdy')]).toEqual([1_775_226_360, 1_772_634_360]);
    // One date beyond the twelfth settles all, even far down.
    const many = Array.from({ length: 1500 }, () => '1');
    const evenly = { ...given, intervalUs: 60_000_000 };
    const late = (i: number): string => (i < 1499 ? '03/04/2026 14:26' : '13/04/2026 14:26');
    expect(read(tinytag(many, '', late), evenly)[0]!.payload.from.utcS).toBe(1_775_226_360);
  });

  test('which sensor, where a draft needs one: all are told', () => {
    const text = [
      'RECEIVER,TRANSMITTER,DATE,TEMPERATURE,HUMIDITY',
      'L,A,2025-11-06 15:59,23.06,54.91',
      'L,A,2025-11-06 16:09,23.1,54',
    ];
    const given: Given = { utcOffsetMin: 0, writtenUnit: 'degC' };
    expect(read(text, given).map(({ payload }) => payload.quantity)).toEqual(['temperature', 'humidity']);
    expect(() => read(text, given, { quantity: 'light' })).toThrow(
      /holds temperature in `TEMPERATURE`; humidity/,
    );
    expect(read(text, given, { quantity: 'humidity' })[0]!.report.columnsLeft).toEqual(['TEMPERATURE']);
  });

  test('the family, where none or another is there', () => {
    expect(() => read('a,b\n1,2\n')).toThrow(/no family of loggers is recognised.*sensor guess/);
    expect(() => read(tinytag(['1']), {}, { family: 'hobo' })).toThrow(/no file of `hobo`/);
  });
});

describe('what exports do', () => {
  test('several transmitters in one file: one is read, the others are counted', () => {
    const text = [
      'RECEIVER,TRANSMITTER,DATE,TEMPERATURE',
      'L,A,2025-11-06 15:59,23.06',
      'L,B,2025-11-06 16:00,99',
      'L,A,2025-11-06 16:09,23.1',
    ];
    const given: Given = { utcOffsetMin: 0, writtenUnit: 'degC' };
    const [first] = read(text, given);
    expect(first!.payload.device.id).toBe('A');
    expect(first!.report).toMatchObject({
      rows: 3,
      samples: 2,
      refused: 1,
      refusedLines: [{ from: 3, to: 3, reason: 'other-device' }],
    });
    const other = read(text, { ...given, deviceId: 'B', intervalUs: 600_000_000 });
    expect(other[0]!.payload).toMatchObject({ sampleCount: 1, min: 99_000, device: { id: 'B' } });
  });

  test('HOBOware in French: semicolons, decimal commas, its own word for the time', () => {
    const text = [
      '"Titre de tracé : T520"',
      '"#";"Date Heure, GMT+01:00";"Temp., °C (LGR S/N: 10117166, SEN S/N: 10117166)";"Arrêté (LGR S/N: 10117166)"',
      '1;13/01/17 01:00:00;20,5;',
      '2;14/01/17 01:00:00;-0,25;',
      '3;14/01/17 01:30:00;;Consigné',
    ];
    const [only] = read(text);
    expect(only!.payload.device).toEqual({ id: '10117166', maker: 'Onset' });
    expect(only!.payload.samples).toEqual([
      [0, 20_500],
      [86_400_000, -250],
    ]);
    expect([only!.report.zone, only!.payload.from.utcS, only!.report.events]).toEqual([
      'file',
      1_484_265_600,
      1,
    ]);
  });

  test('HOBO saved again by Excel: no seconds, no quotation marks', () => {
    const text = [
      'Plot Title: Cellar',
      '#,"Date Time, GMT-08:00","Temp, °F (LGR S/N: 1, SEN S/N: 1)"',
      '1,1/13/2017 1:00,32',
      '2,1/13/2017 2:00,212',
    ];
    expect(read(text)[0]!.payload.samples).toEqual([
      [0, 0],
      [3_600_000, 100_000],
    ]);
  });

  test('Rotronic by commas, with thresholds, and an interval that the rows contradict', () => {
    const text = [
      '[#I]Device Description,,,',
      '[#S]Device Information,,,',
      'Serial Number = A1,,,',
      'Log Interval = 00:30:00,,,',
      '[#1],,,',
      'Humidity = %rh,,,',
      '[#2],,,',
      'Temperature = °C,,,',
      'Low Alarm Threshold = 13,,,',
      'High Alarm Threshold = 25,,,',
      '[#H],,,',
      'Date,Time,Humidity,Temperature',
      ',,,',
      '[#D],,,',
      '24/01/2020,13:37:22,37.9,20',
      '25/01/2020,01:37:22,102.9,25.5',
      '25/01/2020,13:37:22,36,20.6',
      '',
    ];
    const [humidity, temperature] = read(text, { utcOffsetMin: 0 });
    // Beyond what air can hold, and what the logger wrote.
    expect(humidity!.payload.max).toBe(1029);
    expect(temperature!.payload.excursions).toHaveLength(1);
    expect(temperature!.payload.disagreements).toEqual([
      { about: 'interval', stated: '1800000000 us', found: '43200000000 us' },
    ]);
    expect(temperature!.report).toMatchObject({ rows: 3, samples: 3, refused: 0 });
  });

  test('T&D with an empty first header and trailing separators; the serial beside the text contradicts it', () => {
    const text = [
      ',Date/Time,No.1,No.2,',
      ',Date/Time,ch1,ch2,',
      ',,lx,°C,',
      '2021-11-12 15:51:00,44512.66042,6.27,20.5,',
      '2021-11-12 16:06:00,44512.71250,2.82,20.5,',
    ];
    const [light] = read(text, { utcOffsetMin: 0 });
    expect(light!.payload.samples).toEqual([
      [0, 6],
      [900_000, 3],
    ]);
    expect(light!.payload.disagreements).toEqual([
      {
        about: 'clock',
        stated: '2021-11-12T16:06:00Z in line 5',
        found: '2021-11-12T17:06:00Z in its other column, 1 row in all',
      },
    ]);
  });

  test('LabVIEW with its header: separators, units, start; a comment column; the zone is asked', () => {
    const text = [
      'LabVIEW Measurement\t',
      'Writer_Version\t2',
      'Separator\tTab',
      'Decimal_Separator\t,',
      'X_Columns\tOne',
      'Time_Pref\tRelative',
      'Date\t2019/07/22',
      'Time\t17:18:18,938945770263671875',
      '***End_of_Header***\t',
      '\t',
      'Channels\t2\t',
      'Y_Unit_Label\tg\tVolts',
      'Delta_X\t0,000500\t0,000500',
      '***End_of_Header***\t\t',
      'X_Value\tAccel_Z\tVoltage\tComment',
      '0,000000\t1,0005\t3,3',
      '0,000500\t-2,5E+1\t3,3\tstart',
      '0,001000\tNaN\t3,3',
    ];
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'sensor-import.zone' }));
    const [only] = read(text, { utcOffsetMin: 120 });
    expect(only!.payload).toMatchObject({
      quantity: 'acceleration',
      intervalUs: 500,
      samples: [
        [0, 1001],
        [0, -25_000],
      ],
      from: { utcS: 1_563_808_698, offsetMin: 120 },
    });
    expect(only!.report.refusedLines).toEqual([{ from: 18, to: 18, reason: 'value' }]);
    const none = text.map((line) => (line.startsWith('X_Columns') ? 'X_Columns\tNo' : line)).slice(0, 15);
    const [counted] = read([...none, '\t1,5\t3,3', '\t2,5\t3,3'], { utcOffsetMin: 120 });
    expect([counted!.payload.intervalUs, counted!.payload.max]).toEqual([500, 2500]);
  });

  test('Latin-1, UTF-16 and a byte order mark', () => {
    const text = tinytag(['20.8 °C', '20.9 °C']).join('\r\n');
    const given = { utcOffsetMin: 0 };
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    ]);
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
    for (const bytes of [latin, utf16, marked]) {
      expect(importLogger(bytes, {}, given, OPEN)[0]!.payload.max).toBe(20_900);
    }
  });
});

describe('a season’s change within a run', () => {
  const map = (check: object) =>
    readColumnMap({
      format: 'goodorder-columns/1',
      time: { columns: [1], form: 'YYYY-MM-DD HH:mm', utcOffset: '+02:00', ...check },
      unit: 'degC',
      values: [{ column: 3 }],
      device: { id: 'D' },
    });
  const csv = new TextEncoder().encode(
    ['time,elapsed,T', '2025-10-26 02:30,0,5', '2025-10-26 02:00,30,6', '2025-10-26 02:30,60,7', ''].join(
      '\n',
    ),
  );

  test('is told from the column that goes on, and no row is lost', () => {
    const check = { check: { column: 2, elapsed: 'min' } };
    const { payload, report } = importDeclaredCsv(csv, map(check), {}, { inlineSamples: true });
    expect(payload.samples).toEqual([
      [0, 5000],
      [1_800_000, 6000],
      [3_600_000, 7000],
    ]);
    expect(report.refused).toBe(0);
    expect(payload.disagreements).toEqual([
      {
        about: 'clock',
        stated: '2025-10-26T02:00:00+02:00 in line 3',
        found: '2025-10-26T03:00:00+02:00 in its other column, 2 rows in all',
      },
    ]);
  });

  test('without such a column, rows that go back are refused with their lines', () => {
    const { report } = importDeclaredCsv(csv, map({}), { intervalUs: 1_800_000_000 });
    expect(report.refusedLines).toEqual([{ from: 3, to: 3, reason: 'time-backwards' }]);
  });
});

describe('the form of a time', () => {
  test.each([
    ['01/13/17 01:00:00 AM', 'M/D/YY h:mm:ss A'],
    ['01-Sep-21 12:30:00 am', 'D-MMM-YY h:mm:ss A'],
    ['00:00:00 21/Nov/2025', 'H:mm:ss D/MMM/YYYY'],
    ['08.05.2013 11:50:00', 'D.M.YYYY H:mm:ss'],
    ['07.08.25,00:20:00', 'D.M.YY,H:mm:ss'],
    ['2021-07-26T14:26:00.250', 'YYYY-M-DTH:mm:ss.S'],
    ['31/12/2025 00:04', 'D/M/YYYY H:mm'],
    ['99/12/31 00:04', 'YY/M/D H:mm'],
  ])('%s', (text, form) => {
    expect(findTimeForm([text])).toMatchObject({ found: 'form', form });
  });

  test('with years of two digits is settled by the number that changes', () => {
    expect(findTimeForm(['21/09/01 08:00']).found).toBe('ambiguous');
    expect(findTimeForm(['21/09/01 08:00', '22/09/01 08:00'])).toMatchObject({ form: 'D/M/YY H:mm' });
    expect(findTimeForm(['21/09/01 08:00', '21/09/02 08:00'])).toMatchObject({ form: 'YY/M/D H:mm' });
    expect(findTimeForm(['21/09/01 08:00', '21/10/01 08:00']).found).toBe('ambiguous');
  });

  test('an offset behind it is the file’s own', () => {
    expect(findTimeForm(['2021-07-26T14:26:00+02:00'])).toMatchObject({ offset: '+02:00' });
    expect(findTimeForm(['2021-07-26T14:26:00Z'])).toMatchObject({ offset: 'Z', form: 'YYYY-M-DTH:mm:ssZ' });
  });

  test('is none for other texts', () => {
    for (const text of ['', 'yesterday', '2021-07-26', '14:26', '1/2/3/4 5:06']) {
      expect(findTimeForm([text]).found, text).toBe('none');
    }
  });
});
