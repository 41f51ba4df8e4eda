import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BERLINGER_SCHEME, berlingerSignature } from '../../../src/capture/sensor/berlinger-signature.js';
import {
  type Choice,
  familyOf,
  importLogger,
  type SensorImport,
} from '../../../src/capture/sensor/import-sensor.js';
import { openLoggerFile } from '../../../src/capture/sensor/logger-file.js';
import type { Given } from '../../../src/capture/sensor/recording.js';
import { offsetMs } from '../../../src/capture/sensor/samples-root.js';
import { toHex } from '../../../src/codec/hex.js';
import { faultsOf } from './batch-faults.js';

const SENSORS = 'fixtures/sensors';
const OPEN = { unnamedDevice: '?' };

function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(`${SENSORS}/${file}`));
}

function read(file: string, given: Given = {}, choice: Choice = {}): readonly SensorImport[] {
  return importLogger(bytesOf(file), choice, given, OPEN);
}

function outcome({ payload, report }: SensorImport) {
  const { from, to, device, sampleCount, intervalUs, min, max, gaps, root } = payload;
  return [
    `${report.family} ${payload.quantity} ${device.id}`,
    `${from.utcS} ${to.utcS} ${from.offsetMin} ${report.zone}`,
    `${sampleCount} every ${intervalUs}, ${min} to ${max}, ${gaps.length} gaps`,
    toHex(root),
    `${report.rows} rows, ${report.events} events, ${report.refused} refused`,
    ...report.contradictions.map(({ about, stated, found }) => `${about}: ${stated} | ${found}`),
  ];
}

const CANOPY = 'hobo-mx-oregon/21251297_canopy01_2022-03-26_09_25_24_PDT_(Data_PDT).csv';

// Counts, extremes, gaps and roots were computed from the same files by another program: Python's csv, fractions and
// hashlib. Where a declared map reads the same column, the root is the one of real-loggers.test.ts.
describe('real files, recognised by what they hold', () => {
  test.each<[string, Given, Choice, readonly string[]]>([
    [
      'berlinger/RCPJ00010_02_202211090128.txt',
      { utcOffsetMin: 0 },
      {},
      [
        'berlinger temperature RCPJ00010',
        '1667882940 1667957280 0 given',
        '124 every 600000000, 900 to 24300, 0 gaps',
        '313940c4314cb642fc83e2c4ab5615a420a5c5cba0c80fdff36cc4265bb1557a',
        '124 rows, 0 events, 0 refused',
        'maximum: 24500 milliC at 2022-11-09 01:28 | 24300 milliC',
      ],
    ],
    [
      'berlinger/100800001215_202304201410.txt',
      { utcOffsetMin: 0 },
      {},
      [
        'berlinger temperature 100800001215',
        '1681747560 1681999800 0 given',
        '835 every 300000000, -17000 to -9600, 2 gaps',
        '1ece1438ca5b276f5d1155f6b94f1aa1c4925233e1ff6d311f7c9d2572af96e0',
        '841 rows, 0 events, 6 refused',
        'maximum: 21500 milliC at 2023-04-17 16:06 | -9600 milliC',
      ],
    ],
    [
      'biovoice-bv/2622930045_202006091730.bv',
      {},
      {},
      [
        'biovoice temperature 2622930045',
        '1590796856 1591723856 480 file',
        '3091 every 300000000, 3900 to 23800, 0 gaps',
        '0abfba1dad6a68bf062413f98edc17da87f6c2dbe424abd4c31e473da99d5d06',
        '3091 rows, 0 events, 0 refused',
        'kinetic-mean: 5500 milliC | 5600 milliC',
      ],
    ],
    [
      'hobo-nps/U23-001_HOBOware.csv',
      {},
      { quantity: 'temperature' },
      [
        'hobo temperature 10173910',
        '1484298000 1487894400 -480 file',
        '1000 every 3600000000, -845 to 632, 0 gaps',
        '9afa2304f5e90902f1080972c80a05bc15beb4b0becee06f9e41e74e713aa6e2',
        '1000 rows, 0 events, 0 refused',
      ],
    ],
    [
      'hobo-nps/MX2301_HOBOmobile.csv',
      { utcOffsetMin: -300 },
      { quantity: 'temperature' },
      [
        'hobo temperature 20293298',
        '1525352903 1526239403 -300 given',
        '986 every 900000000, 5233 to 16683, 0 gaps',
        'e338c7cc98a81094b630d8bf2b59784f410ffc54df064b0adcd1cef1617dd240',
        '1001 rows, 15 events, 0 refused',
        'zone: GMT +05:00 | -05:00',
      ],
    ],
    [
      CANOPY,
      { utcOffsetMin: -420, deviceId: '21251297' },
      { quantity: 'temperature' },
      [
        'hobo temperature 21251297',
        '1647909600 1648311900 -420 given',
        '1342 every 300000000, 5600 to 39810, 0 gaps',
        'f6812b11f6e7b1aa50a5f5b0938df8157220f9c8faba4eaf1f9f908343cdc356',
        '1346 rows, 4 events, 0 refused',
        'zone: Pacific Standard Time | -07:00',
      ],
    ],
    [
      'museum-loggers/TinyTag_1.csv',
      { utcOffsetMin: 60, writtenUnit: 'degC' },
      { quantity: 'temperature' },
      [
        'tinytag temperature 000000',
        '1627305960 1627322160 60 given',
        '10 every 1800000000, 20873 to 20887, 0 gaps',
        '1e1fd47daff8d6f0e7fb2ebf38e1753959aaaee5bdf8a9051be2fac07b3bad88',
        '10 rows, 0 events, 0 refused',
      ],
    ],
    [
      'museum-loggers/TandD_1.csv',
      { utcOffsetMin: 0 },
      { quantity: 'light' },
      [
        'tandd light ?',
        '1629533160 1629541260 0 given',
        '10 every 900000000, 20 to 45, 0 gaps',
        'ac5572adbe85aaf47decde556b7c1c99051c24f4c5e2d29862647a349d80b41e',
        '10 rows, 0 events, 0 refused',
      ],
    ],
    [
      'museum-loggers/Meaco_3.csv',
      { utcOffsetMin: 0 },
      { quantity: 'humidity' },
      [
        'meaco humidity Anonymous Archive - Archive 1 00',
        '1767139440 1767144780 0 given',
        '10 every 600000000, 456 to 456, 0 gaps',
        'c7d86176ea55d16a580b3f71cf595f1d19633be1526011ed2e6887be2bd41b95',
        '10 rows, 0 events, 0 refused',
      ],
    ],
    [
      'museum-loggers/Rotronic_2.xls',
      { utcOffsetMin: 0 },
      { quantity: 'temperature' },
      [
        'rotronic temperature A00000000',
        '1579871315 1580260115 0 given',
        '10 every 43200000000, 22200 to 23200, 0 gaps',
        '6ad0c1b7a650ddb2738e8cc95ea684dade2526af88920a1063e98f7d7600d548',
        '10 rows, 0 events, 0 refused',
      ],
    ],
    [
      'german-loggers/example_Ori_MLog_1.csv',
      { utcOffsetMin: 120 },
      {},
      [
        'm-log temperature 002C885B',
        '1368006600 1368483600 120 given',
        '1570 every 300000000, 10330 to 20990, 21 gaps',
        'dae71ba5627f6fd63145d04dd7cb3d505a2c6dab49ba03d98b522bd43271058f',
        '1570 rows, 0 events, 0 refused',
      ],
    ],
    [
      'endaq-ide/SSX70065.IDE',
      {},
      { quantity: 'acceleration' },
      [
        'endaq acceleration 428',
        '1462303665 1462303678 0 file',
        '37361 every 326, -9695 to 11313, 0 gaps',
        'adf4bca09b6875982be6268f2b0f62efad37265aaac5e88a3bdf067e57df19a0',
        '37361 rows, 0 events, 0 refused',
      ],
    ],
    [
      'endaq-ide/XS5E25D40-ch59.derived.csv',
      { start: { utcS: 946_684_894, offsetMin: 0 } },
      { quantity: 'pressure' },
      [
        'endaq-csv pressure XS5E25D40',
        '946684894 946684896 0 given',
        '15 every 101506, 102160 to 102164, 0 gaps',
        '900bcdf0bb280dae333e67b841a251e978b8a61dab24a559a5e676370dbb2ce4',
        '15 rows, 0 events, 0 refused',
      ],
    ],
  ])('%s', (file, given, choice, expected) => {
    const imports = read(file, given, choice);
    expect(imports.map(outcome)).toEqual([expected]);
    expect(imports.map(({ payload }) => faultsOf(payload))).toEqual([[]]);
  });

  test('every text and binary of the folder is of exactly one family', () => {
    const files = readdirSync(SENSORS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(csv|txt|xls|bv|ide|lvm)$/i.test(entry.name))
      .map((entry) => `${entry.parentPath.slice(SENSORS.length + 1)}/${entry.name}`);
    expect(files.length).toBe(17);
    for (const file of files) {
      const given: Given = {
        utcOffsetMin: 0,
        start: { utcS: 1_700_000_000, offsetMin: 0 },
        ...(/TinyTag|Meaco/.test(file) ? { writtenUnit: 'degC' } : {}),
      };
      if (file.endsWith('.lvm')) expect(() => read(file, given)).toThrow(/no header/);
      else expect(read(file, given).length, file).toBeGreaterThan(0);
    }
  });
});

describe('a Berlinger export', () => {
  const FILE = 'berlinger/RCPJ00010_02_202211090128.txt';
  const signatureOf = (bytes: Uint8Array) =>
    importLogger(bytes, {}, { utcOffsetMin: 0 })[0]!.payload.deviceSignature;

  test('has its device signature checked and put on the record', () => {
    for (const file of readdirSync(`${SENSORS}/berlinger`).filter((name) => name.endsWith('.txt'))) {
      const { scheme, verdict, key } = berlingerSignature(bytesOf(`berlinger/${file}`));
      expect([scheme, verdict, key?.length], file).toEqual([BERLINGER_SCHEME, 'valid', 64]);
    }
    expect(toHex(signatureOf(bytesOf(FILE))!.key!)).toMatch(/^174c4c2d9c3c0b1e/);
  });

  test('whose bytes were changed is read all the same, and says `invalid`', () => {
    const changed = bytesOf(FILE);
    const at = Buffer.from(changed).indexOf('4.4\t');
    changed[at] = '5'.charCodeAt(0);
    expect(signatureOf(changed)?.verdict).toBe('invalid');
    const unixEnds = new TextEncoder().encode(
      new TextDecoder().decode(bytesOf(FILE)).replaceAll('\r\n', '\n'),
    );
    expect(signatureOf(unixEnds)?.verdict).toBe('invalid');
    const text = new TextDecoder().decode(bytesOf(FILE));
    for (const [line, instead] of [
      [/\nSig: .*/, '\nSig: 00'],
      [/\nSig: ../, '\nSig: 00'],
      [/Public Key: ../, 'Public Key: ff'],
    ] as const) {
      expect(text).toMatch(line);
      const other = new TextEncoder().encode(text.replace(line, instead));
      expect(berlingerSignature(other).verdict).toBe('invalid');
    }
  });

  test('without signature says `absent`, and names no key', () => {
    const text = new TextDecoder().decode(bytesOf(FILE));
    const cut = new TextEncoder().encode(text.slice(0, text.indexOf('\nSig: ') + 1));
    expect(signatureOf(cut)).toEqual({ scheme: BERLINGER_SCHEME, verdict: 'absent' });
    expect(berlingerSignature(new Uint8Array()).verdict).toBe('absent');
  });

  test('lists what lay beyond its own alarms, and keeps what it says of itself', () => {
    const { payload } = read(FILE, { utcOffsetMin: 0 })[0]!;
    expect(payload.excursions).toHaveLength(18);
    const beyond = payload.excursions!.map(({ min, max }) => min ?? max!);
    expect([Math.min(...beyond), Math.max(...beyond)]).toEqual([900, 24_300]);
    expect(payload.deviceSummary).toMatch(/MKT: 10\.5\nAvrg T: 5\.4/);
    expect([payload.mean, payload.kineticMean]).toEqual([5461, 10_595]);
    expect([payload.endReason, payload.firmware]).toEqual(['stopped', '4.7.04o']);
    expect(payload.device).toEqual({ id: 'RCPJ00010', model: 'Q-tag CLm doc LR', maker: 'Qtag AG' });
  });

  test('of daily extremes gives no sample, one gap, and what the extremes prove', () => {
    const [only] = read('berlinger/130400191542_202302140605.txt', { utcOffsetMin: 0 });
    const { payload, report } = only!;
    expect(payload.sampleCount).toBe(0);
    expect([payload.min, payload.max, payload.mean]).toEqual([undefined, undefined, undefined]);
    expect(payload.gaps).toEqual([{ from: payload.from, to: payload.to }]);
    // 60 days above 8 °C from their lowest to their highest.
    expect(payload.excursions).toHaveLength(60);
    expect(payload.excursions!.at(-1)).toEqual({
      from: { utcS: 1_676_332_800, offsetMin: 0 },
      to: { utcS: 1_676_354_700, offsetMin: 0 },
      max: 18_800,
    });
    expect(payload.deviceSummary).toMatch(
      /^2023-02-14 min \+18\.0 00:00 max \+18\.8 04:57 mean \+18\.5 beyond 0\/366 min$/m,
    );
    expect(report.rows).toBe(0);
    expect(faultsOf(payload)).toEqual([]);
  });
});

describe('the BioVoice', () => {
  test('has mean, kinetic mean and time above 8 °C', () => {
    const { payload } = read('biovoice-bv/2622930045_202006091730.bv')[0]!;
    // 5.1917 and 5.6001 °C by Python; the device says 5.2 and 5.5.
    expect([payload.mean, payload.kineticMean]).toEqual([5192, 5600]);
    expect(payload.excursions!.map(({ from, to, max }) => [to.utcS - from.utcS, max])).toEqual([
      [59 * 300, 23_800],
    ]);
    expect(payload.deviceSummary).toContain('start delay 116268 s');
  });
});

describe('an enDAQ recording', () => {
  test('gives the values of the maker’s own library', () => {
    const [shock] = read('endaq-ide/SSX70065.IDE', {}, { quantity: 'acceleration' });
    expect(shock!.payload.device).toEqual({
      id: '428',
      model: 'Slam Stick C LOG-0003-016G',
      maker: 'Midé / enDAQ',
    });
    expect(shock!.report.columnsLeft).toEqual([
      '36 Pressure/Temperature: Pressure',
      '36 Pressure/Temperature: Temperature',
    ]);
    // A cut of the same channel as the library wrote it: hundred-thousandths of a g, tenths of a microsecond.
    const { samples } = familyOf(openLoggerFile(bytesOf('endaq-ide/SSX70065.IDE')))
      .open(openLoggerFile(bytesOf('endaq-ide/SSX70065.IDE')))
      .channels[0]!.read({});
    const rows = readFileSync('fixtures/demo/leg-b.csv', 'utf8').trim().split('\n').slice(2);
    const startUs = 1_462_303_665_000_000;
    const [first = 0] = (rows[0] ?? '').split(',').map(Number);
    const offset = samples.timesUs.findIndex((us) => us - startUs >= Math.floor(first));
    for (const [index, row] of rows.entries()) {
      const [us, ...g] = row.split(',').map(Number) as [number, number, number, number];
      expect(Math.abs(samples.timesUs[offset + index]! - startUs - us), row).toBeLessThanOrEqual(1.5);
      const shown = samples.values.map((column) => column[offset + index]!);
      // Half a thousandth of a g is rounded away from zero on either side.
      expect(
        shown.every((milliG, axis) => Math.abs(milliG - g[axis]! * 1000) <= 0.51),
        row,
      ).toBe(true);
    }
    const [pad] = importLogger(
      bytesOf('endaq-ide/XS5E25D40.IDE'),
      { quantity: 'humidity' },
      { start: { utcS: 946_684_894, offsetMin: 0 } },
      { inlineSamples: true },
    );
    const csv = readFileSync(`${SENSORS}/endaq-ide/XS5E25D40-ch59.derived.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(2);
    const library = csv.map((line) => {
      const [us, , , rh] = line.split(',').map(Number) as [number, number, number, number];
      return [offsetMs(us, 0), Math.round(rh * 10)];
    });
    expect(pad!.payload.samples).toEqual(library);
  });

  test('whose clock was never set asks for the start, and keeps both', () => {
    expect(() => read('endaq-ide/XS5E25D40.IDE')).toThrow(
      expect.objectContaining({ code: 'sensor-import.zone', place: { path: 'time.start' } }),
    );
    const imports = read('endaq-ide/XS5E25D40.IDE', { start: { utcS: 1_700_000_000, offsetMin: 60 } });
    expect(imports.map(({ payload }) => payload.quantity)).toEqual(
      [
        'acceleration',
        'acceleration',
        'pressure',
        'temperature',
        'humidity',
        'pressure',
        'temperature',
        'humidity',
        'light',
      ].slice(0, imports.length),
    );
    for (const { payload, report } of imports) {
      expect(report.contradictions).toEqual([
        { about: 'start', stated: '2000-01-01T00:01:34Z', found: '2023-11-14T22:13:20Z' },
      ]);
      expect(payload.disagreements).toEqual(report.contradictions);
      // 2023-03-29 to 2024-03-28.
      expect([payload.calibratedAt?.utcS, payload.calibrationDueAt?.utcS]).toEqual([
        1_680_115_162, 1_711_651_162,
      ]);
      expect(faultsOf(payload)).toEqual([]);
    }
  });

  test('corrected by a channel that was not recorded is read uncorrected, and says so', () => {
    // Every polynomial that names channel 20 is made to name channel 21, which the file does not have.
    const bytes = bytesOf('endaq-ide/XS5E25D40.IDE');
    for (let at = 0; at + 4 < bytes.length; at += 1) {
      if (bytes[at] === 0x4b && bytes[at + 1] === 0x06 && bytes[at + 2] === 0x81) bytes[at + 3] = 21;
    }
    const start = { utcS: 946_684_894, offsetMin: 0 };
    const [shock] = importLogger(bytes, { quantity: 'acceleration' }, { start });
    expect(shock!.report.contradictions).toEqual([
      {
        about: 'summary',
        stated: 'corrected by channel 21.1',
        found: 'nothing was recorded there, so uncorrected',
      },
    ]);
  });

  test('that ends within a block gives what is whole, and says so', () => {
    const bytes = bytesOf('endaq-ide/SSX70065.IDE').subarray(0, 100_000);
    const [shock] = importLogger(bytes, { quantity: 'acceleration' }, {});
    expect(shock!.payload.sampleCount).toBe(12 * 1357);
    expect(shock!.report.contradictions).toEqual([
      {
        about: 'span',
        stated: expect.stringMatching(/^\d+ more bytes$/),
        found: 'the file ends within an element',
      },
    ]);
  });
});
