import { cp, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { at, ITEM, Story } from './story.js';
import { type Json, Workplace } from './workplace.js';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

async function withDemo(place: Workplace): Promise<void> {
  await cp(new URL('demo', FIXTURES), place.path('demo'), { recursive: true });
}

test('a logger’s file becomes a draft, a record, and part of a passport that passes', async () => {
  const story = await Story.begin();
  const { place } = story;
  await withDemo(place);
  const imported = await place.must(
    [
      ...['sensor', 'import', '../demo/leg-b.csv', '--map', '../demo/leg-b.columns.yaml', '--sub', ITEM],
      ...['--mount', 'package', '--location', 'package', '-o', 'leg-b.json'],
    ],
    { in: 'carrier' },
  );
  expect(imported.report).toMatchObject({ refused: 0, rows: 12_000 });
  expect(imported.payload).toMatchObject({ quantity: 'acceleration', recording: { mode: 'triggered' } });
  const signed = await place.must(['sign', 'leg-b.json', '--into', '../set.passport', '--at', at(1)], {
    in: 'carrier',
  });
  expect(signed.type).toBe('sensor-batch');
  expect((await story.verify('set.passport')).exit).toBe(0);
});

test('without --mount the draft says what is still to be filled in', async () => {
  const place = await Workplace.make();
  await withDemo(place);
  await place.must(['init']);
  await place.must([
    'sensor',
    'import',
    'demo/leg-a.synthetic.csv',
    '--map',
    'demo/leg-a.columns.yaml',
    '-o',
    'a.json',
  ]);
  const refused = await place.run(['sign', 'a.json', '-o', 'a.record', '--format', 'json']);
  expect(refused.exit).toBe(3);
  const problems: Json[] = refused.json().error.problems;
  expect(problems.map((one) => one.message.split(' ')[0])).toEqual([
    '`sub`',
    '`payload.attachedTo`',
    '`payload.mount`',
    '`payload.location`',
  ]);
});

test('every real logger file is read by its map, whatever the screen', async () => {
  const place = await Workplace.make();
  for (const folder of await readdir(new URL('sensors', FIXTURES))) {
    await cp(new URL(`sensors/${folder}`, FIXTURES), place.path(folder), { recursive: true });
  }
  for (const [file, map, ...given] of [
    ['endaq-ide/XS5E25D40-ch59.derived.csv', 'endaq-ide/control-pad', '--start', '2026-09-01T00:00:00Z'],
    ['german-loggers/example_Ori_MLog_1.csv', 'german-loggers/m-log'],
    ['hobo-nps/MX2301_HOBOmobile.csv', 'hobo-nps/mx2301'],
    ['hobo-nps/U23-001_HOBOware.csv', 'hobo-nps/u23'],
    ['museum-loggers/Meaco_3.csv', 'museum-loggers/meaco'],
    ['museum-loggers/TandD_1.csv', 'museum-loggers/tandd'],
    ['museum-loggers/TinyTag_1.csv', 'museum-loggers/tinytag'],
  ] as const) {
    const argv = ['sensor', 'import', file, '--map', `${map}.columns.yaml`, ...given];
    const text = await place.run(argv);
    const { payload, report } = await place.must(argv);
    expect(text.exit, file).toBe(0);
    expect(text.err, file).toMatch(
      report.contradictions.length > 0 ? /^ {2}disagreement temperature, zone: / : /^$/,
    );
    for (const line of text.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(payload.sampleCount, file).toBe(report.samples);
  }
});

test.each([
  ['format: other/1\n', 'sensor-import.columns', { line: 1 }],
  ['format: [\n', 'yaml.syntax', { line: 2 }],
  ['format: goodorder-columns/1\nnonsense: 1\n', 'sensor-import.columns', {}],
])('a map that says %j is refused with its line', async (text, code, where) => {
  const place = await Workplace.make();
  await withDemo(place);
  await place.write('map.yaml', text);
  const refused = await place.run([
    'sensor',
    'import',
    'demo/leg-b.csv',
    '--map',
    'map.yaml',
    '--format',
    'json',
  ]);
  expect(refused).toMatchObject({ exit: 3, err: '' });
  expect(refused.json().error).toMatchObject({ code, place: { file: 'map.yaml', ...where } });
});

test('a file that the map does not fit, an empty one, and none', async () => {
  const place = await Workplace.make();
  await withDemo(place);
  await place.write('empty.csv', '');
  for (const [file, code] of [
    ['demo/photos/packing.jpg', /^(sensor-import|file)\./],
    ['empty.csv', /^sensor-import\./],
    ['none.csv', /^file\.unreadable$/],
  ] as const) {
    const refused = await place.run([
      'sensor',
      'import',
      file,
      '--map',
      'demo/leg-b.columns.yaml',
      '--format',
      'json',
    ]);
    expect(refused, file).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error.code, file).toMatch(code);
    expect(refused.json().error.place.file, file).toBe(file);
  }
});

test('photos and videos are sealed by their exact bytes', async () => {
  const place = await Workplace.make();
  await withDemo(place);
  const sealed = await place.must(['media', 'seal', 'demo/photos/packing.jpg', 'demo/photos/unboxing.webp']);
  expect(sealed.files.map((file: Json) => [file.mediaType, file.chunkBytes])).toEqual([
    ['image/jpeg', 1048576],
    ['image/webp', 1048576],
  ]);
  const text = await place.run(['media', 'seal', 'demo/photos/packing.jpg']);
  expect(text.out).toContain(sealed.files[0].sha256.slice('sha256:'.length));
  for (const file of ['demo', 'none.jpg']) {
    const refused = await place.run(['media', 'seal', file, '--format', 'json']);
    expect(refused, file).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error, file).toMatchObject({ code: 'media.unreadable', place: { file } });
  }
});
