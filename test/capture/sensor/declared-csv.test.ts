import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readColumnMap } from '../../../src/capture/sensor/column-map.js';
import { readDeclaredCsv } from '../../../src/capture/sensor/declared-csv.js';
import type { Given } from '../../../src/capture/sensor/recording.js';
import { GoodOrderError } from '../../../src/errors.js';

const MAP = {
  format: 'goodorder-columns/1',
  time: { columns: ['t'], form: 'YYYY-MM-DD HH:mm:ss', utcOffset: '+08:00' },
  unit: 'degC',
  values: [{ column: 'v' }],
  device: { id: 'D1' },
};

function read(text: string, changes: object = {}, given: Given = {}) {
  return readDeclaredCsv(Buffer.from(text), readColumnMap({ ...MAP, ...changes }), given);
}

function failure(text: string, changes: object = {}, given: Given = {}): string {
  try {
    read(text, changes, given);
    return 'read';
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    return `${error.code} ${error.place.path ?? ''}: ${error.message}`;
  }
}

describe('every row is a sample, an event, blank or refused', () => {
  test('with line and reason', () => {
    const { samples, report } = read(
      [
        't,v',
        '2026-08-28 09:00:00,1.5',
        '2026-08-28 09:05:00',
        'noon,1',
        '2026-08-28 09:10:00,warm',
        '2026-08-28 09:15:00,',
        '2026-08-28 09:20:00,1e20',
        '',
        '2026-08-28 09:25:00,2',
        '2026-08-28 09:20:00,3',
        '2026-08-28 09:19:00,3',
        '"2026-08-28 09:30:00,4',
        '2026-08-28 09:35:00,5,extra',
      ].join('\n'),
    );
    expect([...samples.values[0]!]).toEqual([1500, 2000, 5000]);
    expect([...samples.timesUs]).toEqual([
      1_787_878_800_000_000, 1_787_880_300_000_000, 1_787_880_900_000_000,
    ]);
    expect(report).toEqual({
      rows: 11,
      samples: 3,
      zone: 'given',
      blankLines: 1,
      events: 0,
      eventRows: [],
      refused: 8,
      refusedLines: [
        { from: 3, to: 3, reason: 'columns' },
        { from: 4, to: 4, reason: 'time' },
        { from: 5, to: 6, reason: 'value' },
        { from: 7, to: 7, reason: 'value-range' },
        { from: 10, to: 11, reason: 'time-backwards' },
        { from: 12, to: 12, reason: 'quoting' },
      ],
      contradictions: [],
    });
  });

  test('rows without values are events where the map says so', () => {
    const { report } = read('t,v,e\n2026-08-28 09:00:00,1,\n2026-08-28 09:01:00, ,Button Down\n,,Stopped\n', {
      blankRows: 'event',
    });
    expect(report).toMatchObject({
      rows: 3,
      samples: 1,
      events: 2,
      refused: 0,
      eventRows: [
        { line: 3, text: '2026-08-28 09:01:00 Button Down' },
        { line: 4, text: 'Stopped' },
      ],
    });
  });

  test('one axis of three blank is no event', () => {
    const shock = {
      unit: 'g',
      values: ['x', 'y', 'z'].map((axis) => ({ column: axis, axis })),
      blankRows: 'event',
    };
    const { report } = read('t,x,y,z\n2026-08-28 09:00:00,1,2,3\n2026-08-28 09:01:00,1,,3\n', shock);
    expect(report.refusedLines).toEqual([{ from: 3, to: 3, reason: 'value' }]);
  });

  test('property: nothing is dropped', () => {
    const cell = fc.constantFrom(
      '2026-08-28 09:00:00',
      '2026-08-28 10:00:00',
      '1',
      '-2.5',
      '',
      'x',
      '"',
      '1e99',
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 30 }), (table) => {
        const text = `t,v\n2026-08-28 00:00:00,0\n${table.map((row) => row.join(',')).join('\n')}\n`;
        const { report } = read(text, { quote: false });
        expect(report.samples + report.events + report.refused).toBe(report.rows);
        expect(report.rows + report.blankLines).toBe(table.length + (table.length === 0 ? 2 : 1));
        const lines = report.refusedLines.reduce((sum, { from, to }) => sum + to - from + 1, 0);
        expect(lines).toBe(report.refused);
      }),
    );
  });
});

describe('times', () => {
  test('in two columns, by number', () => {
    const map = {
      time: { columns: [3, 1], form: 'DD.MM.YYYY HH:mm', utcOffset: 'Z' },
      values: [{ column: 2 }],
      headerLines: 0,
    };
    expect([...read('10:00,5,01.01.1970', map).samples.timesUs]).toEqual([36_000_000_000]);
  });

  test('as seconds since 1970, with a place', () => {
    const map = { time: { column: 't', serial: 'unix-s', utcOffset: '+08:00' } };
    const { samples, offsetMin } = read('t,v\n1787878800.25,5\n', map);
    expect([[...samples.timesUs], offsetMin]).toEqual([[1_787_878_800_250_000], 480]);
  });

  test('counted from a start that is given', () => {
    const map = { time: { column: 't', elapsed: 'min' } };
    const { samples } = read('t,v\n0,5\n1.5,6\n', map, { start: { utcS: 100, offsetMin: 0 } });
    expect([...samples.timesUs]).toEqual([100_000_000, 190_000_000]);
  });

  test('counted by rows, refused ones too', () => {
    const map = { time: { everyUs: 5, start: '1970-01-01T00:00:01Z' } };
    expect([...read('v\n1\nx\n3\n', map).samples.timesUs]).toEqual([1_000_000, 1_000_010]);
  });

  test.each([
    ['1969-12-31 23:59:59', 'Z'],
    ['9999-12-31 23:59:59', '-01:00'],
  ])('%s%s is beyond what a record holds', (time, utcOffset) => {
    const map = { time: { ...MAP.time, utcOffset } };
    expect(read(`t,v\n2026-01-01 00:00:00,1\n`, map).report.refused).toBe(0);
    expect(failure(`t,v\n${time},1\n`, map)).toBe('sensor-import.empty : no row of the file gave a sample');
  });
});

describe('what is missing or does not fit', () => {
  test.each([
    [
      'zone',
      ['t,v\n', { time: { ...MAP.time, utcOffset: undefined } }],
      'sensor-import.zone time.utcOffset: the file does not say the UTC offset of its times: give it, as in `utcOffset: "+08:00"`',
    ],
    [
      'zone said twice',
      ['t,v\n', {}, { utcOffsetMin: 60 }],
      'sensor-import.zone time.utcOffset: the UTC offset given is not the one of the column map',
    ],
    [
      'start said twice',
      [
        't,v\n',
        { time: { column: 1, elapsed: 's', start: '2026-01-01T00:00:00Z' } },
        { start: { utcS: 0, offsetMin: 0 } },
      ],
      'sensor-import.zone time.start: the start given is not the one of the column map',
    ],
    ['rows', ['t,v\n'], 'sensor-import.empty : no row of the file gave a sample'],
    [
      'everything',
      [''],
      'sensor-import.columns headerLines: the file has 0 lines and the map says 1 of header',
    ],
    [
      'column',
      ['time,temp\n2026-08-28 09:00:00,1\n'],
      'sensor-import.columns time.columns[0]: line 1 names no column `t`, but `time`, `temp`',
    ],
    [
      'one name for two columns',
      ['t,v,v\n2026-08-28 09:00:00,1,2\n'],
      'sensor-import.columns values[0].column: line 1 names two columns `v`: say its number',
    ],
    [
      'names at all',
      ['2026-08-28 09:00:00,1\n', { headerLines: 0 }],
      'sensor-import.columns time.columns[0]: line 0 names no column `t`, but none',
    ],
    [
      'axis of a temperature',
      ['t,v\n', { values: [{ column: 'v', axis: 'x' }] }],
      'sensor-import.columns values[0].axis: `degC` has no axis',
    ],
    [
      'two columns of one temperature',
      ['t,v\n', { values: [{ column: 'v' }, { column: 't' }] }],
      'sensor-import.columns values: one column holds the values of a quantity without axes',
    ],
    [
      'one axis twice',
      ['t,v\n', { unit: 'g', values: [{ column: 'v' }, { column: 't' }] }],
      'sensor-import.columns values: each axis is named once',
    ],
  ] as const)('%s', (_, [text, changes = {}, given = {}], expected) => {
    const cleaned = JSON.parse(JSON.stringify(changes)) as object;
    expect(failure(text, cleaned, given)).toBe(expected);
  });
});

test('a zone label in the header that says something else is told', () => {
  expect(read('"t",v,GMT-07:00\n2026-08-28 09:00:00,1\n').report.contradictions).toEqual([
    { about: 'zone', stated: 'GMT-07:00', found: '+08:00' },
  ]);
  expect(read('"t",v,UTC+0800\n2026-08-28 09:00:00,1\n').report.contradictions).toEqual([]);
});

test('property: any bytes give a recording or a coded error', () => {
  const maps = [
    readColumnMap(MAP),
    readColumnMap({ ...MAP, encoding: 'utf-16le' }),
    readColumnMap({
      ...MAP,
      encoding: 'windows-1252',
      values: [{ column: 2 }],
      time: { column: 1, serial: 'excel-d', utcOffset: 'Z' },
    }),
    readColumnMap({
      ...MAP,
      headerLines: 0,
      values: [{ column: 1 }],
      time: { everyUs: 1, start: '2026-01-01T00:00:00Z' },
    }),
  ];
  const text = fc.string({
    unit: fc.constantFrom('1', '5', '.', ',', '"', '\n', '\r', ';', 'e', '-', 't', 'v', '\0', '\ufeff'),
  });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    text.map((value) => Uint8Array.from(Buffer.from(value))),
  );
  fc.assert(
    fc.property(fc.constantFrom(...maps), bytes, (map, input) => {
      try {
        const { samples, report } = readDeclaredCsv(input, map);
        expect(samples.count).toBe(report.samples);
      } catch (error) {
        expect(error).toBeInstanceOf(GoodOrderError);
        expect((error as GoodOrderError).code).toMatch(/^sensor-import\./);
      }
    }),
    { numRuns: 1000 },
  );
});
