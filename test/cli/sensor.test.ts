import { copyFile, writeFile } from 'node:fs/promises';
import * as xlsx from '@e965/xlsx';
import { expect, test } from 'vitest';
import { ITEM } from './story.js';
import { Workplace } from './workplace.js';

async function withFile(file: string, name: string): Promise<Workplace> {
  const place = await Workplace.make();
  await copyFile(new URL(`../../fixtures/sensors/${file}`, import.meta.url), place.path(name));
  return place;
}

const QTAG = 'berlinger/RCPJ00010_02_202211090128.txt';

test('a file that a family recognises says what it is, what was given, and what does not fit', async () => {
  const place = await withFile(QTAG, 'truck.txt');
  const told = await place.run(['sensor', 'import', 'truck.txt', '--utc-offset', '+08:00']);
  expect(told.exit).toBe(0);
  expect(told.out).toBe(
    [
      '! truck.txt  temperature, 124 samples, every 10 min',
      '    family         berlinger, Berlinger Q-tag and Fridge-tag',
      '    device         RCPJ00010, Q-tag CLm doc LR',
      '    from, to       2022-11-07 20:49 UTC to 2022-11-08 17:28 UTC',
      '    zone           +08:00, as given',
      '    range          0.9 to 24.3 °C',
      '    mean           5.461 °C, kinetic 10.595 °C',
      '    recording      continuous',
      '    beyond limits  18 stretches, 780 min in all',
      '    gaps           none',
      '    signature      of the device: valid',
      '    rows           124 read, 124 taken, 0 refused',
      '    disagreements  1, kept on the record',
      '',
    ].join('\n'),
  );
  expect(told.err.replace(/\s+/g, ' ')).toBe(
    ' disagreement temperature, maximum: stated 24500 milliC at 2022-11-09 01:28, found 24300 milliC ',
  );
});

test('what only the user knows is asked for with the option that answers', async () => {
  const place = await withFile(QTAG, 'truck.txt');
  const refused = await place.run(['sensor', 'import', 'truck.txt', '--format', 'json']);
  expect(refused).toMatchObject({ exit: 3, err: '' });
  expect(refused.json().error).toMatchObject({
    code: 'sensor-import.zone',
    message: expect.stringContaining('`--utc-offset +08:00`'),
    place: { file: 'truck.txt', path: 'time.utcOffset' },
  });
});

test('a draft of it can be signed, and the record carries signature, disagreement and limits', async () => {
  const place = await withFile(QTAG, 'truck.txt');
  await place.must(['init']);
  await place.must([
    ...['sensor', 'import', 'truck.txt', '--utc-offset', '+00:00', '--sub', ITEM, '--mount', 'package'],
    ...['--location', 'package', '-o', 'truck.json'],
  ]);
  const signed = await place.must(['sign', 'truck.json', '-o', 'truck.record']);
  expect(signed.type).toBe('sensor-batch');
  const { payload } = await place.must(['sensor', 'import', 'truck.txt', '--utc-offset', '+00:00']);
  expect(payload).toMatchObject({
    deviceSignature: { scheme: 'berlinger/ecdsa-p256-sha256-le', verdict: 'valid' },
    disagreements: [{ about: 'maximum' }],
    readOut: { family: 'berlinger', rows: 124, refused: 0, events: 0, zone: 'given' },
  });
});

test('several quantities are all told, and a draft asks for one', async () => {
  const place = await withFile('hobo-nps/U23-001_HOBOware.csv', 'cellar.csv');
  const { batches } = await place.must(['sensor', 'import', 'cellar.csv']);
  expect(batches.map((one: { payload: { quantity: string } }) => one.payload.quantity)).toEqual([
    'temperature',
    'humidity',
  ]);
  const refused = await place.run([
    'sensor',
    'import',
    'cellar.csv',
    '-o',
    'cellar.json',
    '--format',
    'json',
  ]);
  expect(refused.exit).toBe(3);
  expect(refused.json().error.message).toBe(
    'a draft holds one sensor, and the file has temperature, humidity: say which with `--quantity`',
  );
  const { payload } = await place.must([
    ...[
      'sensor',
      'import',
      'cellar.csv',
      '--quantity',
      'temperature',
      '--limit-min',
      '-0.5',
      '--limit-max',
      '0.5',
    ],
    ...['-o', 'cellar.json'],
  ]);
  expect(payload.excursions.length).toBeGreaterThan(0);
  const limits = await place.run(['sensor', 'import', 'cellar.csv', '--limit-max', '8', '--format', 'json']);
  expect(limits.json().error).toMatchObject({
    code: 'cli.usage',
    message: expect.stringContaining('--quantity'),
  });
});

test('a device that no file names stays to be filled in', async () => {
  const place = await withFile('museum-loggers/TandD_1.csv', 'case.csv');
  await place.must(['init']);
  const argv = [
    'sensor',
    'import',
    'case.csv',
    '--utc-offset',
    'Z',
    '--quantity',
    'temperature',
    '--sub',
    ITEM,
  ];
  await place.must([...argv, '--mount', 'product', '--location', 'unit', '-o', 'open.json']);
  const refused = await place.run(['sign', 'open.json', '-o', 'x.record', '--format', 'json']);
  expect(refused.exit).toBe(3);
  expect(refused.json().error.problems[0].message).toContain('`payload.device.id`');
  await place.must([
    ...argv,
    '--device',
    'A1',
    '--mount',
    'product',
    '--location',
    'unit',
    '-o',
    'named.json',
  ]);
  await place.must(['sign', 'named.json', '-o', 'x.record']);
});

test('what the user knows of a shock logger goes on the record', async () => {
  const place = await withFile('endaq-ide/SSX70065.IDE', 'drop.IDE');
  const { payload } = await place.must([
    ...['sensor', 'import', 'drop.IDE', '--quantity', 'acceleration', '--triggered-above', '2.5'],
    ...['--pulses-above', '11', '--clock-offset', '-1.5'],
  ]);
  expect(payload).toMatchObject({
    recording: { mode: 'triggered', thresholdMilliG: 2500 },
    clockOffsetMs: -1500,
    gaps: [],
  });
  expect(payload.pulses.every((pulse: { peakMilliG: number }) => pulse.peakMilliG >= 11_000)).toBe(true);
  for (const wrong of ['0', '-1', 'x']) {
    const refused = await place.run([
      'sensor',
      'import',
      'drop.IDE',
      '--pulses-above',
      wrong,
      '--format',
      'json',
    ]);
    expect([refused.exit, refused.json().error.code], wrong).toEqual([2, 'cli.usage']);
  }
});

test('a calibration that had lapsed is told', async () => {
  const place = await withFile('endaq-ide/XS5E25D40.IDE', 'pad.IDE');
  const at = async (start: string) =>
    (await place.run(['sensor', 'import', 'pad.IDE', '--quantity', 'humidity', '--start', start])).out;
  expect(await at('2023-06-01T00:00:00Z')).toContain('calibration    until 2024-03-28 18:39 UTC\n');
  expect(await at('2026-06-01T00:00:00Z')).toContain(
    'until 2024-03-28 18:39 UTC: lapsed before this recording\n',
  );
});

test('a guess is YAML with its reasons, and applies nothing', async () => {
  const place = await withFile('museum-loggers/Meaco_3.csv', 'case.csv');
  const told = await place.run(['sensor', 'guess', 'case.csv']);
  expect(told.exit).toBe(0);
  expect(told.out).toContain('# The file is recognised as `meaco`: it may be read without a map.\n');
  expect(told.out).toContain(
    '# `31/12/2025 00:04` is written so, and no other row contradicts it\ntime: {"columns":[1],"form":"D/M/YYYY H:mm"}\n',
  );
  await place.must(['sensor', 'guess', 'case.csv', '-o', 'case.columns.yaml']);
  const unfilled = await place.run([
    'sensor',
    'import',
    'case.csv',
    '--map',
    'case.columns.yaml',
    '--format',
    'json',
  ]);
  expect(unfilled.json().error.code).toBe('sensor-import.zone');
  const { payload } = await place.must([
    ...[
      'sensor',
      'import',
      'case.csv',
      '--map',
      'case.columns.yaml',
      '--utc-offset',
      '+00:00',
      '--device',
      'D7',
    ],
  ]);
  expect(payload).toMatchObject({ quantity: 'humidity', sampleCount: 10, device: { id: 'D7' } });
});

test('a workbook is read by its one sheet, its recognised one, or the one named', async () => {
  const place = await Workplace.make();
  const rows = [
    ['#', 'Date-Time (UTC)', 'Temperature , °C'],
    [1, '08/28/2026 09:05:00', 5.25],
    [2, '08/28/2026 09:10:00', 5.5],
  ];
  const write = async (name: string, sheets: Record<string, unknown[][]>): Promise<void> => {
    const book = xlsx.utils.book_new();
    for (const [title, cells] of Object.entries(sheets)) {
      xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(cells), title);
    }
    await writeFile(place.path(name), new Uint8Array(xlsx.write(book, { type: 'array', bookType: 'xlsx' })));
  };
  await write('one.xlsx', { Data: rows });
  await write('hobo.xlsx', {
    Data: rows,
    Details: [
      ['Product', 'MX2201'],
      ['Serial', '1'],
    ],
  });
  await write('two.xlsx', { North: rows, South: rows });
  for (const file of ['one.xlsx', 'hobo.xlsx']) {
    const { payload, report } = await place.must(['sensor', 'import', file]);
    expect(payload, file).toMatchObject({ sampleCount: 2, min: 5250, max: 5500 });
    expect(report.zone).toBe('file');
  }
  const refused = await place.run(['sensor', 'import', 'two.xlsx', '--format', 'json']);
  expect(refused.json().error.message).toBe(
    'the workbook has the sheets `North` (3 rows), `South` (3 rows): say which with `--sheet`',
  );
  await place.must(['sensor', 'import', 'two.xlsx', '--sheet', 'South']);
  await writeFile(place.path('old.xls'), Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1));
  expect((await place.run(['sensor', 'import', 'old.xls', '--format', 'json'])).json().error.message).toMatch(
    /save it as XLSX or CSV/,
  );
  expect((await place.run(['sensor', 'import', 'one.xlsx', '--sheet', 'x'])).exit).toBe(3);
});
