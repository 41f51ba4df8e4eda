import { describe, expect, test } from 'vitest';
import { offsetMinutes, readColumnMap } from '../../../src/capture/sensor/column-map.js';

const MAP = {
  format: 'goodorder-columns/1',
  time: { columns: ['t'], form: 'YYYY-MM-DD HH:mm:ss', utcOffset: '+08:00' },
  unit: 'degC',
  values: [{ column: 'v' }],
};

test('a short map gets its defaults', () => {
  expect(readColumnMap(MAP)).toEqual({
    format: 'goodorder-columns/1',
    encoding: 'utf-8',
    delimiter: ',',
    quote: true,
    decimal: '.',
    headerLines: 1,
    blankRows: 'refuse',
    time: { columns: ['t'], form: 'YYYY-MM-DD HH:mm:ss', utcOffset: 480 },
    unit: 'degC',
    values: [{ column: 'v' }],
  });
});

test('times become instants', () => {
  const map = readColumnMap({
    ...MAP,
    time: { column: 1, elapsed: 'us', start: '2026-08-31T04:15:00+08:00' },
    span: { from: '2026-08-30T06:25:00+08:00', to: '2026-09-01T15:30:00Z' },
  });
  expect(map.time).toEqual({ column: 1, elapsed: 'us', start: { utcS: 1_788_120_900, offsetMin: 480 } });
  expect(map.span).toEqual({
    from: { utcS: 1_788_042_300, offsetMin: 480 },
    to: { utcS: 1_788_276_600, offsetMin: 0 },
  });
});

describe('a map is refused with the path of what is wrong', () => {
  test.each([
    [{}, 'format'],
    [{ ...MAP, format: 'goodorder-columns/2' }, 'format'],
    [{ ...MAP, separator: ';' }, 'separator'],
    [{ ...MAP, __proto__: null, ['__proto__x']: 1 }, '__proto__x'],
    [{ ...MAP, delimiter: ';;' }, 'delimiter'],
    [{ ...MAP, delimiter: '"' }, 'delimiter'],
    [{ ...MAP, decimal: "'" }, 'decimal'],
    [{ ...MAP, encoding: 'ebcdic' }, 'encoding'],
    [{ ...MAP, headerLines: -1 }, 'headerLines'],
    [{ ...MAP, headerLines: 1, namesLine: 2 }, ''],
    [{ ...MAP, unit: 'furlong' }, 'unit'],
    [{ ...MAP, values: [] }, 'values'],
    [{ ...MAP, values: [{ column: 0 }] }, 'values[0].column'],
    [{ ...MAP, values: [{ column: 1, axis: 'w' }] }, 'values[0].axis'],
    [{ ...MAP, time: { columns: ['t'], form: 'HH:mm' } }, 'time.form'],
    [{ ...MAP, time: { columns: ['t'], form: 'YYYY-MM-DD HH:mm', utcOffset: 'CET' } }, 'time.utcOffset'],
    [{ ...MAP, time: { column: 1, elapsed: 'weeks' } }, 'time'],
    [{ ...MAP, span: { from: '2026-08-30T06:25:00', to: '2026-08-30T06:25:00Z' } }, 'span.from'],
    [{ ...MAP, recording: { mode: 'triggered' } }, 'recording'],
    [{ ...MAP, limits: { max: 20.5 } }, 'limits.max'],
    [{ ...MAP, device: { id: '' } }, 'device.id'],
    [null, ''],
    ['text', ''],
    [[], ''],
  ])('%j', (value, path) => {
    expect(() => readColumnMap(value, 'a.yaml')).toThrow(
      expect.objectContaining({ code: 'sensor-import.columns', place: { file: 'a.yaml', path } }),
    );
  });

  test('in one plain sentence', () => {
    expect(() => readColumnMap({ ...MAP, separator: ';' })).toThrow('`separator` is no part of a column map');
    expect(() => readColumnMap({ ...MAP, span: { from: 'noon', to: 'noon' } })).toThrow(
      '`span.from` is not a time with its offset',
    );
  });
});

test('offsets', () => {
  expect(['+08:00', '-03:30', 'Z', '+00:00', '-00:00', 'CET', '+8', '+25:00', ''].map(offsetMinutes)).toEqual(
    [480, -210, 0, 0, null, null, null, null, null],
  );
});
