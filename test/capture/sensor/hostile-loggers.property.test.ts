import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessColumnMap } from '../../../src/capture/sensor/guess-map.js';
import { importLogger } from '../../../src/capture/sensor/import-sensor.js';
import { FAMILY_NAMES } from '../../../src/capture/sensor/logger-family.js';
import { openLoggerFile } from '../../../src/capture/sensor/logger-file.js';
import { GoodOrderError } from '../../../src/errors.js';
import { faultsOf } from './batch-faults.js';

const REAL = [
  'berlinger/RCPJ00010_02_202211090128.txt',
  'berlinger/130400191542_202302140605.txt',
  'biovoice-bv/2622930045_202006091730.bv',
  'hobo-nps/U23-001_HOBOware.csv',
  'hobo-nps/MX2301_HOBOmobile.csv',
  'museum-loggers/Meaco_1.csv',
  'museum-loggers/Meaco_3.csv',
  'museum-loggers/Rotronic_2.xls',
  'museum-loggers/TandD_1.csv',
  'museum-loggers/TinyTag_1.csv',
  'german-loggers/example_Ori_MLog_1.csv',
  'endaq-ide/XS5E25D40-ch59.derived.csv',
].map((file) => new Uint8Array(readFileSync(`fixtures/sensors/${file}`)).slice(0, 6000));

const GIVEN = {
  utcOffsetMin: 0,
  start: { utcS: 1_700_000_000, offsetMin: 0 },
  dateOrder: 'dmy',
  intervalUs: 60_000_000,
  limits: { min: 0, max: 8000 },
  pulses: { thresholdMilliG: 1000 },
} as const;

/** Either a batch that the record type accepts, or an error with a code: nothing else, whatever the bytes. */
function holds(bytes: Uint8Array, family?: (typeof FAMILY_NAMES)[number]): void {
  refusesOr(() => {
    for (const { payload, report } of importLogger(bytes, family === undefined ? {} : { family }, GIVEN, {
      unnamedDevice: '?',
      inlineSamples: true,
    })) {
      expect(faultsOf(payload)).toEqual([]);
      // Every row is a sample, an event or refused.
      expect(report.samples + report.events + report.refused).toBe(report.rows);
    }
  });
  refusesOr(() => guessColumnMap(openLoggerFile(bytes)));
}

/** It may say that the file is not to be read, and nothing else may go wrong. */
function refusesOr(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    expect(error.code).toMatch(/^(sensor-import|json)\./);
  }
}

test('real exports with bytes changed, cut out, or put in', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: REAL.length - 1 }),
      fc.array(fc.tuple(fc.nat({ max: 5999 }), fc.nat({ max: 255 })), { maxLength: 6 }),
      fc.nat({ max: 5999 }),
      fc.nat({ max: 400 }),
      fc.uint8Array({ maxLength: 12 }),
      (which, changes, at, length, put) => {
        const bytes = REAL[which]!.slice();
        for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value;
        const cut = Math.min(at, bytes.length);
        holds(new Uint8Array([...bytes.subarray(0, cut), ...put, ...bytes.subarray(cut + length)]));
      },
    ),
    { numRuns: 250 },
  );
});

test('any bytes, taken for any family', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...FAMILY_NAMES), (bytes, family) => {
      holds(bytes, family);
      holds(bytes);
    }),
    { numRuns: 300 },
  );
});

const heads = fc.constantFrom(
  'LabVIEW Measurement\n***End_of_Header***\n',
  ',Time,1\nS/N,,1\nProperty,,Temperature\n',
  '#,Date-Time (UTC),"Temperature , °C"\n',
  'RECEIVER,TRANSMITTER,DATE,TEMPERATURE\n',
  'Device: Q-tag X\nConf:\n Serial: 1\nData:\n',
  '[#S]x\n[#H]\nDate,Time,Temperature\n[#D]\n',
  '[{"bn":"a","bu":"Cel","v":1},',
  'time_us,A [g]\n',
);
const cells = fc.constantFrom(
  '1',
  '2',
  '-1,5',
  '1e9',
  '1e999',
  '2021-01-01 00:00',
  '03/04/2021 1:00',
  '"',
  ',',
  ';',
  '\t',
  '\n',
  ' ',
  '-',
  '::',
  '{',
  '"v":',
  '__proto__',
  '9'.repeat(400),
);

test('heads of families with anything below them', () => {
  fc.assert(
    fc.property(heads, fc.array(cells, { maxLength: 60 }), (head, parts) => {
      holds(new TextEncoder().encode(head + parts.join('')));
    }),
    { numRuns: 400 },
  );
});
