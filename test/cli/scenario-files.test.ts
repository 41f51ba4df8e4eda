import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarioFiles } from '../../src/cli/scenario-files.js';
import { GoodOrderError } from '../../src/errors.js';

let folder: string;

const MAP = `format: goodorder-columns/1
headerLines: 1
namesLine: 1
time: { column: t, elapsed: ms, start: 2026-08-29T02:00:00+08:00 }
unit: mg
values: [{ column: z, axis: z }]
recording: { mode: triggered, thresholdMilliG: 10000 }
span: { from: 2026-08-28T10:50:00+08:00, to: 2026-08-30T06:35:00+08:00 }
device: { id: L-1 }
pulses: { thresholdMilliG: 20000 }
endReason: stopped
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goodorder-scenario-'));
  await writeFile(join(folder, 'shock.csv'), 't,z\n0,0\n1,40000\n2,80000\n3,40000\n4,0\n');
  await writeFile(join(folder, 'shock.columns.yaml'), MAP);
  await writeFile(join(folder, 'wrong.columns.yaml'), MAP.replace('unit: mg', 'unit: stone'));
  await writeFile(join(folder, 'other.columns.yaml'), MAP.replace('column: z', 'column: y'));
  await writeFile(join(folder, 'parcel.txt'), 'a parcel\n');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const { column, file, line, path } = error.place;
    return `${error.code} ${file ?? '-'}:${line ?? '-'}:${column ?? '-'} ${path ?? '-'}: ${error.message}`;
  }
  throw new Error('nothing was refused');
}

describe('the files beside a scenario', () => {
  test('are sealed as they are', async () => {
    expect(await scenarioFiles(folder).seal('parcel.txt')).toEqual({
      sha256: 'sha256:8bcb9087e36373a338e8e6ac8b32e5495487a1e97f75711bb6d4647e78a5ecf7',
      bytes: 9,
      mediaType: 'application/octet-stream',
      chunkBytes: 1_048_576,
      // SHA-256 of a zero byte and the file: a tree of one chunk.
      chunkRoot: 'hex:afb15e8accde1c537e7e62817a25ab380f64efe430a1f51e39d3aadfc773eea2',
    });
  });

  test('are imported by their column map, as written values', async () => {
    const batch = await scenarioFiles(folder).importSensor({ file: 'shock.csv', map: 'shock.columns.yaml' });
    expect(batch).toMatchObject({
      quantity: 'acceleration',
      unit: 'milliG',
      from: '2026-08-28T10:50:00+08:00',
      to: '2026-08-30T06:35:00+08:00',
      sampleCount: 5,
      max: 80_000,
      recording: { mode: 'triggered', thresholdMilliG: 10_000 },
      pulses: [{ axis: 'z', at: '2026-08-29T02:00:00+08:00', peakMilliG: 80_000 }],
    });
    expect(batch).not.toHaveProperty('samples');
    const inline = await scenarioFiles(folder).importSensor({
      file: 'shock.csv',
      map: 'shock.columns.yaml',
      inline: true,
    });
    expect(inline['samples']).toHaveLength(5);
  });

  test('are not looked for outside its folder', async () => {
    const files = scenarioFiles(folder);
    for (const name of ['../parcel.txt', '/etc/hostname', 'a/../../parcel.txt', '']) {
      expect(await refusal(files.seal(name))).toBe(
        `scenario.malformed -:-:- -: \`${name}\` does not lie beside the scenario`,
      );
    }
    expect(await refusal(files.importSensor({ file: '../shock.csv', map: 'shock.columns.yaml' }))).toBe(
      'scenario.malformed -:-:- -: `../shock.csv` does not lie beside the scenario',
    );
  });

  test('that are missing or wrong are named', async () => {
    const files = scenarioFiles(folder);
    expect(await refusal(files.seal('none.jpg'))).toBe(
      'media.unreadable none.jpg:-:- -: `none.jpg` cannot be read (ENOENT)',
    );
    expect(await refusal(files.importSensor({ file: 'none.csv', map: 'shock.columns.yaml' }))).toBe(
      'file.unreadable none.csv:-:- -: `none.csv`: there is no such file',
    );
    expect(await refusal(files.importSensor({ file: 'shock.csv' }))).toEqual(
      expect.stringMatching(/^sensor-import\.columns shock\.csv.*no family of loggers is recognised/),
    );
    expect(await refusal(files.importSensor({ file: 'shock.csv', map: 3 }))).toBe(
      'scenario.malformed -:-:- map: `map` names no column map',
    );
    expect(await refusal(files.importSensor({ map: 'shock.columns.yaml' }))).toBe(
      'scenario.malformed -:-:- file: `file` names no logger file',
    );
    expect(
      await refusal(files.importSensor({ file: 'shock.csv', map: 'shock.columns.yaml', mount: 'pallet' })),
    ).toBe('scenario.malformed -:-:- mount: `mount` has no meaning here');
    expect(await refusal(files.importSensor({ file: 'shock.csv', map: 'wrong.columns.yaml' }))).toMatch(
      /^sensor-import\.columns wrong\.columns\.yaml:5:7 unit: /,
    );
    expect(await refusal(files.importSensor({ file: 'shock.csv', map: 'other.columns.yaml' }))).toMatch(
      /^sensor-import\.columns (other\.columns\.yaml|shock\.csv):/,
    );
  });
});

describe('a logger file without a column map is read as `sensor import` reads it', () => {
  const files = scenarioFiles('fixtures/sensors');
  const tinytag = { file: 'museum-loggers/TinyTag_1.csv' };
  const open = { utcOffset: '+00:00', device: 'T-1', unit: 'degC' };

  test('recognised by what it holds, with what the file leaves open', async () => {
    expect(await files.importSensor({ ...tinytag, ...open, quantity: 'temperature' })).toMatchObject({
      quantity: 'temperature',
      unit: 'milliC',
      device: { id: 'T-1' },
    });
  });

  test.each<[string, Record<string, string | number | boolean>, RegExp]>([
    ['two sensors and none chosen', { utcOffset: '+00:00', device: 'T-1', unit: 'degC' }, /several sensors/],
    ['what the file leaves open', { utcOffset: '+00:00', device: 'T-1' }, /does not say in which unit/],
    ['another quantity', { quantity: 'loudness' }, /`quantity` is none of/],
    ['another family', { family: 'abacus' }, /`family` is none of/],
    ['a key that nobody reads', { colour: 'red' }, /`colour` has no meaning here/],
    ['something that is no text', { start: true }, /`start` is no text/],
    ['an offset that is none', { utcOffset: 'noon' }, /`noon` is not an offset/],
  ])('%s', async (_, words, message) => {
    expect(await refusal(files.importSensor({ ...tinytag, ...words }))).toMatch(message);
  });
});
