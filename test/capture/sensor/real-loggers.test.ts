import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Given,
  importDeclaredCsv,
  type SensorImport,
} from '../../../src/capture/sensor/import-sensor.js';
import { RECORD_TYPES } from '../../../src/record/types/index.js';
import { mapFile } from './map-file.js';

const CANOPY = '21251297_canopy01_2022-03-26_09_25_24_PDT_(Data_PDT).csv';

function imported(folder: string, csv: string, map: string, given?: Given): SensorImport {
  const bytes = readFileSync(`fixtures/${folder}/${csv}`);
  return importDeclaredCsv(bytes, mapFile(`fixtures/${folder}/${map}.columns.yaml`), given);
}

function outcome({ payload, report }: SensorImport) {
  const { from, to, sampleCount, intervalUs, min, max, gaps, root } = payload;
  return {
    from: from.utcS,
    to: to.utcS,
    sampleCount,
    intervalUs,
    min,
    max,
    gaps: gaps.length,
    root: Buffer.from(root).toString('hex'),
    rows: report.rows,
    events: report.events,
    refused: report.refused,
    contradictions: report.contradictions,
  };
}

const clean = { events: 0, refused: 0, contradictions: [] as unknown[] };

// Counts, extremes, gaps and roots were computed from the same files by another program: Python's csv and fractions.
describe('real loggers by their declared maps', () => {
  test.each([
    [
      ['sensors/german-loggers', 'example_Ori_MLog_1.csv', 'm-log'],
      {
        ...clean,
        from: 1_368_006_600,
        to: 1_368_483_600,
        sampleCount: 1570,
        intervalUs: 300_000_000,
        min: 10_330,
        max: 20_990,
        gaps: 21,
        root: 'dae71ba5627f6fd63145d04dd7cb3d505a2c6dab49ba03d98b522bd43271058f',
        rows: 1570,
      },
    ],
    [
      ['sensors/hobo-nps', 'U23-001_HOBOware.csv', 'u23'],
      {
        ...clean,
        from: 1_484_298_000,
        to: 1_487_894_400,
        sampleCount: 1000,
        intervalUs: 3_600_000_000,
        min: -845,
        max: 632,
        gaps: 0,
        root: '9afa2304f5e90902f1080972c80a05bc15beb4b0becee06f9e41e74e713aa6e2',
        rows: 1000,
      },
    ],
    [
      ['sensors/hobo-nps', 'MX2301_HOBOmobile.csv', 'mx2301'],
      {
        from: 1_525_352_903,
        to: 1_526_239_403,
        sampleCount: 986,
        intervalUs: 900_000_000,
        min: 5233,
        max: 16_683,
        gaps: 0,
        root: 'e338c7cc98a81094b630d8bf2b59784f410ffc54df064b0adcd1cef1617dd240',
        rows: 1001,
        events: 15,
        refused: 0,
        contradictions: [{ about: 'zone', stated: 'GMT +05:00', found: '-05:00' }],
      },
    ],
    [
      ['sensors/museum-loggers', 'TandD_1.csv', 'tandd'],
      {
        ...clean,
        from: 1_629_533_160,
        to: 1_629_541_260,
        sampleCount: 10,
        intervalUs: 900_000_000,
        min: 20,
        max: 45,
        gaps: 0,
        root: 'ac5572adbe85aaf47decde556b7c1c99051c24f4c5e2d29862647a349d80b41e',
        rows: 10,
      },
    ],
    [
      ['sensors/museum-loggers', 'TinyTag_1.csv', 'tinytag'],
      {
        ...clean,
        from: 1_627_305_960,
        to: 1_627_322_160,
        sampleCount: 10,
        intervalUs: 1_800_000_000,
        min: 20_873,
        max: 20_887,
        gaps: 0,
        root: '1e1fd47daff8d6f0e7fb2ebf38e1753959aaaee5bdf8a9051be2fac07b3bad88',
        rows: 10,
      },
    ],
    [
      ['sensors/museum-loggers', 'Meaco_3.csv', 'meaco'],
      {
        ...clean,
        from: 1_767_139_440,
        to: 1_767_144_780,
        sampleCount: 10,
        intervalUs: 600_000_000,
        min: 456,
        max: 456,
        gaps: 0,
        root: 'c7d86176ea55d16a580b3f71cf595f1d19633be1526011ed2e6887be2bd41b95',
        rows: 10,
      },
    ],
    [
      // Seconds written as 5.000000E-6 in the first rows and as 0.000105 in the others.
      ['sensors/impact-5kg', 'HM_b04_100mO_#8_12in_16thflt_wR2841_00.lvm', 'drop-table'],
      {
        ...clean,
        from: 1_767_225_600,
        to: 1_767_225_601,
        sampleCount: 20_000,
        intervalUs: 5,
        min: 82_915,
        max: 98_848,
        gaps: 0,
        root: '069d92b23676ca37947252d9a76a62f7cf119d0a6fcb5d8310c6541f504b3de4',
        rows: 20_000,
      },
    ],
    [
      ['demo', 'leg-b.csv', 'leg-b'],
      {
        from: 1_788_042_300,
        to: 1_788_247_800,
        sampleCount: 12_000,
        intervalUs: 326,
        min: -9406,
        max: 11_313,
        gaps: 0,
        root: 'cfb910268fed9accb292d3e7a0afc2d8d362d7ec3f0afac0b0d93498b720cc61',
        rows: 12_000,
        events: 0,
        refused: 0,
        contradictions: [
          { about: 'start', stated: '2016-05-03T19:27:45Z', found: '2026-08-31T04:15:00+08:00' },
        ],
      },
    ],
    [
      ['demo', 'leg-a.synthetic.csv', 'leg-a'],
      {
        ...clean,
        from: 1_787_885_400,
        to: 1_788_041_700,
        sampleCount: 131,
        intervalUs: 200,
        min: -20,
        max: 85_000,
        gaps: 0,
        root: 'd4849bdd02558e1b43cbbbce1cd2e7e2888899c38310161e9e108a1e0c4e0fb0',
        rows: 131,
      },
    ],
  ] as const)('%s', ([folder, csv, map], expected) => {
    const result = imported(folder, csv, map);
    expect(outcome(result)).toEqual(expected);
    expect(faultsOf(result)).toEqual([]);
  });

  test('whose zone the map leaves open: it must be given', () => {
    expect(() => imported('sensors/hobo-mx-oregon', CANOPY, 'mx2300')).toThrow(
      expect.objectContaining({ code: 'sensor-import.zone', place: { path: 'time.utcOffset' } }),
    );
    const result = imported('sensors/hobo-mx-oregon', CANOPY, 'mx2300', { utcOffsetMin: -420 });
    expect(outcome(result)).toEqual({
      ...clean,
      from: 1_647_909_600,
      to: 1_648_311_900,
      sampleCount: 1342,
      intervalUs: 300_000_000,
      min: 5600,
      max: 39_810,
      gaps: 0,
      root: 'f6812b11f6e7b1aa50a5f5b0938df8157220f9c8faba4eaf1f9f908343cdc356',
      rows: 1346,
      events: 4,
    });
    expect(result.report.eventRows.at(-1)).toEqual({ line: 1346, text: '1345 03-26-2022 09:24:42 Logged' });
  });

  test('whose clock was never set: the start must be given', () => {
    expect(() => imported('sensors/endaq-ide', 'XS5E25D40-ch59.derived.csv', 'control-pad')).toThrow(
      expect.objectContaining({ code: 'sensor-import.zone', place: { path: 'time.start' } }),
    );
    const start = { utcS: 946_684_894, offsetMin: 0 };
    const result = imported('sensors/endaq-ide', 'XS5E25D40-ch59.derived.csv', 'control-pad', { start });
    expect(outcome(result)).toEqual({
      ...clean,
      from: 946_684_894,
      to: 946_684_896,
      sampleCount: 15,
      intervalUs: 101_506,
      min: 102_160,
      max: 102_164,
      gaps: 0,
      root: '900bcdf0bb280dae333e67b841a251e978b8a61dab24a559a5e676370dbb2ce4',
      rows: 15,
    });
    expect(result.payload.deviceSummary).toMatch(/^# derived with idelib from XS5E25D40.IDE/);
  });
});

/** What the record type finds wrong with the payload, once the caller has said what the sensor was attached to. */
function faultsOf({ payload }: SensorImport): unknown {
  const definition = RECORD_TYPES.get('sensor-batch')!;
  const whole = {
    attachedTo: 'https://id.gs1.org/01/09521234543213/21/SN0007',
    mount: 'package',
    location: 'package',
    ...payload,
  };
  const parsed = definition.schema();
  const result = (
    parsed as unknown as { safeParse(v: unknown): { success: boolean; error?: unknown } }
  ).safeParse(whole);
  const context = { sub: whole.attachedTo, iss: 'urn:goodorder:key:', kid: '' };
  return result.success ? definition.faults(whole, context) : result.error;
}

describe('the M-Log', () => {
  test('has its gaps and what lay above 20 °C listed', () => {
    const { payload } = imported('sensors/german-loggers', 'example_Ori_MLog_1.csv', 'm-log');
    expect(payload.gaps.map(({ from, to }) => to.utcS - from.utcS)).toEqual(Array(21).fill(600));
    expect(payload.gaps[0]!.from.offsetMin).toBe(120);
    const hot = (from: number, to: number, max: number) => ({
      from: { utcS: from, offsetMin: 120 },
      to: { utcS: to, offsetMin: 120 },
      max,
    });
    expect(payload.excursions).toEqual([
      hot(1_368_018_600, 1_368_019_500, 20_300),
      hot(1_368_020_100, 1_368_020_700, 20_190),
      hot(1_368_021_900, 1_368_025_200, 20_990),
    ]);
  });
});

describe('the demo', () => {
  test('leg A is what its script computes: 85 g over 6 ms', () => {
    const computed = execFileSync(process.execPath, ['scripts/make-leg-a-trace.mjs']);
    expect(readFileSync('fixtures/demo/leg-a.synthetic.csv').equals(computed)).toBe(true);
    const { payload } = imported('demo', 'leg-a.synthetic.csv', 'leg-a');
    expect(payload.pulses).toEqual([
      {
        at: { utcS: 1_787_940_847, offsetMin: 480 },
        axis: 'z',
        peakMilliG: 85_000,
        durationUs: 6000,
        // 3.183 m/s by the half-sine formula; the trapezoid rule over 30 steps is 0.09 % less.
        deltaVUmPerS: 3_181_080,
      },
    ]);
    expect(payload.deviceSummary).toMatch(/^# SYNTHETIC shock trace: computed, not measured/);
    expect(payload.rawFile).toEqual([-16, Uint8Array.from(createHash('sha256').update(computed).digest())]);
  });

  test('leg B stays far below what the goods may take', () => {
    const { payload } = imported('demo', 'leg-b.csv', 'leg-b');
    expect(payload.pulses).toBeUndefined();
    expect(payload.recording).toEqual({ mode: 'triggered', thresholdMilliG: 10_000 });
    expect(payload.note).toMatch(/^a real recording, set to the dates of an invented story/);
  });
});
