import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sensorBatchOf } from '../../../src/capture/sensor/batch.js';
import { readColumnMap } from '../../../src/capture/sensor/column-map.js';
import { type Given, importDeclaredCsv } from '../../../src/capture/sensor/import-sensor.js';
import type { Recording, Samples } from '../../../src/capture/sensor/recording.js';
import { samplesRoot } from '../../../src/capture/sensor/samples-root.js';
import { resolvedSamplesRoot } from '../../../src/record/types/resolved-samples.js';
import { sensorBatch } from '../../../src/record/types/sensor-batch.js';

const MAP = {
  format: 'goodorder-columns/1',
  time: { columns: [1], form: 'YYYY-MM-DD HH:mm:ss', utcOffset: '+08:00' },
  unit: 'degC',
  values: [{ column: 2 }],
  device: { id: 'D1' },
};
const GIVEN: Given = {
  attachedTo: 'https://id.gs1.org/01/09521234543213/21/SN0007',
  mount: 'package',
  location: 'package',
};

function imported(rows: readonly string[], changes: object = {}, given: Given = GIVEN) {
  const text = ['t,v', ...rows].join('\n');
  return importDeclaredCsv(Buffer.from(text), readColumnMap({ ...MAP, ...changes }), given, {
    inlineSamples: true,
  });
}

function minutes(count: number, value: (index: number) => string = () => '20'): string[] {
  return Array.from({ length: count }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0');
    return `2026-08-28 ${String(9 + Math.floor(index / 60)).padStart(2, '0')}:${minute}:00,${value(index)}`;
  });
}

const NINE = 1_787_878_800;
const at = (utcS: number) => ({ utcS, offsetMin: 480 });

function faults(payload: unknown): unknown {
  const schema = sensorBatch.schema() as unknown as {
    safeParse(v: unknown): { success: boolean; error?: unknown };
  };
  const result = schema.safeParse(payload);
  if (!result.success) return result.error;
  return sensorBatch.faults(payload as never, { sub: GIVEN.attachedTo!, iss: '', kid: '' });
}

test('a small batch, whole', () => {
  const { payload, report } = imported(
    minutes(3, (index) => String(20 + index / 2)),
    { limits: { max: 20_400 } },
  );
  const { rawFile, root, ...rest } = payload;
  expect(rest).toEqual({
    ...GIVEN,
    device: { id: 'D1' },
    from: at(NINE),
    to: at(NINE + 120),
    quantity: 'temperature',
    unit: 'milliC',
    sampleCount: 3,
    intervalUs: 60_000_000,
    recording: { mode: 'continuous' },
    min: 20_000,
    max: 21_000,
    gaps: [],
    clockOffsetMs: 0,
    endReason: 'unknown',
    excursions: [{ from: at(NINE + 60), to: at(NINE + 120), max: 21_000 }],
    samples: [
      [0, 20_000],
      [60_000, 20_500],
      [120_000, 21_000],
    ],
    mean: 20_500,
    kineticMean: 20_509,
    readOut: { rows: 3, refused: 0, events: 0, zone: 'given' },
  });
  expect(root).toEqual(resolvedSamplesRoot(payload.samples!));
  expect(rawFile![1]).toHaveLength(32);
  expect(report.samples).toBe(3);
  expect(faults(payload)).toEqual([]);
});

describe('the span', () => {
  test('declared longer than the samples makes gaps at its ends', () => {
    const span = { from: '2026-08-28T08:00:00+08:00', to: '2026-08-28T10:00:00+08:00' };
    const { payload } = imported(minutes(5), { span });
    expect(payload.from).toEqual(at(NINE - 3600));
    expect(payload.gaps).toEqual([
      { from: at(NINE - 3600), to: at(NINE) },
      { from: at(NINE + 240), to: at(NINE + 3600) },
    ]);
    expect(faults(payload)).toEqual([]);
  });

  test('of a triggered recording has no gaps', () => {
    const span = { from: '2026-08-28T08:00:00+08:00', to: '2026-08-28T10:00:00+08:00' };
    const changes = { span, unit: 'g', recording: { mode: 'triggered', thresholdMilliG: 5000 } };
    const { payload } = imported(minutes(5), changes);
    expect(payload.gaps).toEqual([]);
  });

  test('that the samples leave grows, and the record says so', () => {
    const span = { from: '2026-08-28T09:01:00+08:00', to: '2026-08-28T09:02:00+08:00' };
    const { payload, report } = imported(minutes(5), { span });
    expect([payload.from, payload.to]).toEqual([at(NINE), at(NINE + 240)]);
    const said = { about: 'span', stated: `${NINE + 60} ${NINE + 120}`, found: `${NINE} ${NINE + 240}` };
    expect(report.contradictions).toEqual([said]);
    expect(payload.disagreements).toEqual([said]);
    expect(faults(payload)).toEqual([]);
  });
});

describe('the interval', () => {
  test('declared but not kept is told', () => {
    const { payload, report } = imported(minutes(4), { intervalUs: 600_000_000 });
    expect(payload.intervalUs).toBe(600_000_000);
    expect(report.contradictions).toEqual([
      { about: 'interval', stated: '600000000 us', found: '60000000 us' },
    ]);
  });

  test('a drift of a twentieth is none', () => {
    expect(imported(minutes(4), { intervalUs: 57_200_000 }).report.contradictions).toEqual([]);
    expect(imported(minutes(4), { intervalUs: 57_000_000 }).report.contradictions).toHaveLength(1);
  });

  test('that one sample does not show must be declared', () => {
    expect(() => imported(minutes(1))).toThrow(
      expect.objectContaining({ code: 'sensor-import.columns', place: { path: 'intervalUs' } }),
    );
    expect(imported(minutes(1), { intervalUs: 1_000_000 }).payload).toMatchObject({
      sampleCount: 1,
      intervalUs: 1_000_000,
    });
  });

  test('is stated to the microsecond: a logger at 3.07 kHz reads every 325 of them', () => {
    const changes = { time: { everyUs: 325, start: '2026-08-28T09:00:00+08:00' } };
    expect(imported(minutes(4), changes).payload.intervalUs).toBe(325);
  });
});

test('the device must be declared by somebody', () => {
  const { device: _, ...map } = MAP;
  const bytes = Buffer.from(['t,v', ...minutes(2)].join('\n'));
  expect(() => importDeclaredCsv(bytes, readColumnMap(map))).toThrow(
    expect.objectContaining({ code: 'sensor-import.columns', place: { path: 'device' } }),
  );
  expect(importDeclaredCsv(bytes, readColumnMap(map), { device: { id: 'D2' } }).payload.device).toEqual({
    id: 'D2',
  });
});

test('lists that are too long keep the largest, and say how many they leave out', () => {
  const rows = Array.from({ length: 3001 }, (_, index) => String(index % 2 === 0 ? 0 : 10 + index / 1000));
  const changes = {
    unit: 'g',
    values: [{ column: 1 }],
    time: { everyUs: 1000, start: '2026-08-28T09:00:00+08:00' },
    pulses: { thresholdMilliG: 5000 },
  };
  const { payload } = imported(rows, changes);
  expect(payload.pulses).toHaveLength(1024);
  expect(payload.pulses!.at(-1)!.peakMilliG).toBe(12_999);
  expect(payload.x).toMatchObject({ import: { pulsesLeftOut: 476 } });
  expect(faults(payload)).toEqual([]);
});

test('property: the root is the one of the record type', () => {
  const value = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }).chain((columns) =>
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 2 ** 45 }),
            fc.array(value, { minLength: columns, maxLength: columns }),
          ),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
      ),
      (rows) => {
        const samples: Samples = {
          count: rows.length,
          timesUs: Float64Array.from(rows, ([time]) => time * 1000 + 5_000_000),
          values: rows[0]![1].map((_, column) => Float64Array.from(rows, ([, values]) => values[column]!)),
        };
        expect(samplesRoot(samples, 5)).toEqual(
          resolvedSamplesRoot(rows.map(([time, values]) => [time, ...values])),
        );
      },
    ),
  );
});

test('property: any recording makes a batch that its own type accepts', () => {
  const step = fc.integer({ min: 0, max: 5_000_000 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.integer({ min: -30_000, max: 30_000 })), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.option(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))),
      (steps, shock, span) => {
        let now = NINE * 1_000_000;
        const times = steps.map(([us]) => {
          now += us;
          return now;
        });
        const declared = {
          ...GIVEN,
          device: { id: 'D' },
          intervalUs: 1_000_000,
          pulses: { thresholdMilliG: 5000 },
          limits: { min: -1000, max: 1000 },
          ...(span !== null && {
            span: { from: at(NINE + Math.min(...span)), to: at(NINE + Math.max(...span)) },
          }),
        };
        const recording: Recording = {
          quantity: shock ? 'acceleration' : 'temperature',
          axes: shock ? ['x'] : [],
          offsetMin: 480,
          samples: {
            count: times.length,
            timesUs: Float64Array.from(times),
            values: [Float64Array.from(steps, ([, value]) => value)],
          },
          declared: declared as Recording['declared'],
          report: {
            rows: 0,
            samples: 0,
            blankLines: 0,
            events: 0,
            eventRows: [],
            refused: 0,
            refusedLines: [],
            contradictions: [],
            zone: 'not-needed',
          },
        };
        const { payload } = sensorBatchOf(recording, new Uint8Array(), { inlineSamples: true });
        expect(faults(payload)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
