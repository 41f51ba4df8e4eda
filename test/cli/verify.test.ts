import { describe, expect, test } from 'vitest';
import { EXIT, type ExitCode, worstExit } from '../../src/cli/exit-code.js';
import { at, HANDOVER, ITEM, Story } from './story.js';
import { type Json, NOW, Workplace } from './workplace.js';

const TRUST = ['--trust', 'court.trust.json'];

/** A passport of two records with a photo beside it, and copies that are broken in different ways. */
async function evidence(): Promise<Story> {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await story.sign('carrier', 'handover', HANDOVER, 1);
  const good = await place.read('set.passport');
  const flipped = good.slice();
  flipped[200] = (flipped[200] as number) ^ 1;
  await place.write('flipped.passport', flipped);
  await place.write('cut.passport', good.subarray(0, good.length - 7));
  await place.write('letter.txt', 'Dear Sir or Madam\n');
  return story;
}

test('one file: verdict, exit code, results on stdout and talk on stderr', async () => {
  const story = await evidence();
  const good = await story.verify('set.passport');
  expect(good.exit).toBe(0);
  expect(good.out).toMatch(/^\+ TOTAL-PASSED {2}intact, from known signers +set\.passport\n/);
  expect(good.err).toBe('\nNext: goodorder find set.passport --dispute FILE\n');

  const untrusted = await story.place.run(['verify', 'set.passport']);
  expect(untrusted.exit).toBe(11);
  expect(untrusted.out).toMatch(/^! INDETERMINATE {2}intact, but no trust file was given/);

  const flipped = await story.verify('flipped.passport');
  expect(flipped.exit).toBe(10);
  expect(flipped.out).toMatch(/^x TOTAL-FAILED {2}not as it was signed/);
  expect(flipped.err).toContain('Next: ');

  for (const name of ['cut.passport', 'letter.txt']) {
    const bad = await story.verify(name);
    expect(bad.exit, name).toBe(10);
    expect(bad.out, name).toMatch(/^x TOTAL-FAILED {2}not a passport that can be read/);
  }
});

test('--quiet says nothing but results', async () => {
  const story = await evidence();
  const loud = await story.verify('set.passport');
  const quiet = await story.verify('set.passport', '--quiet');
  expect(quiet).toMatchObject({ out: loud.out, err: '' });
});

test('standard input is a file like any other', async () => {
  const story = await evidence();
  const bytes = await story.place.read('set.passport');
  const read = await story.place.run(['verify', '-', ...TRUST, '--format', 'json'], { stdin: bytes });
  expect(read).toMatchObject({ exit: 0, err: '' });
  expect(read.json()).toMatchObject({ file: '-', verdict: 'TOTAL-PASSED' });
  const empty = await story.place.run(['verify', '-', ...TRUST], { stdin: '' });
  expect(empty.exit).toBe(10);
  const large = await story.place.run(['verify', '-', '--limit', '100', ...TRUST], { stdin: bytes });
  expect(large.exit).toBe(3);
  expect(large.err).toContain('file.too-large');
});

test('several files: each is told, the exit code is the worst', async () => {
  const story = await evidence();
  const files = ['set.passport', 'missing.passport', 'flipped.passport'];
  const json = await story.verify(files[0] as string, ...files.slice(1), '--format', 'json');
  expect(json).toMatchObject({ exit: 10, err: '' });
  expect(json.json().map((one: Json) => [one.file, one.verdict ?? one.error.code])).toEqual([
    ['set.passport', 'TOTAL-PASSED'],
    ['missing.passport', 'file.unreadable'],
    ['flipped.passport', 'TOTAL-FAILED'],
  ]);
  const lines = await story.verify(files[0] as string, ...files.slice(1), '--format', 'ndjson');
  expect(lines).toMatchObject({ exit: 10, err: '' });
  const parsed = lines.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
  expect(parsed).toEqual(json.json());
  const text = await story.verify(files[0] as string, ...files.slice(1));
  expect(text.out.match(/TOTAL-(PASSED|FAILED)/g)).toEqual(['TOTAL-PASSED', 'TOTAL-FAILED']);
  expect(text.err).toBe('goodorder: file.unreadable: `missing.passport`: there is no such file\n');
  const missing = await story.verify('missing.passport', '--format', 'json');
  expect(missing).toMatchObject({ exit: 3, err: '' });
  expect(missing.json()).toMatchObject({ file: 'missing.passport', error: { code: 'file.unreadable' } });
});

test('of a folder the passports below it, in the order of their names', async () => {
  const story = await evidence();
  const { place } = story;
  await place.write('in/b.passport', await place.read('set.passport'));
  await place.write('in/a/c.passport', await place.read('set.passport'));
  await place.write('in/readme.txt', 'not asked for');
  const found = await story.verify('in', '--format', 'ndjson');
  expect(found.exit).toBe(0);
  expect(
    found.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).file),
  ).toEqual(['in/a/c.passport', 'in/b.passport']);
  await place.write('empty/readme.txt', 'none');
  const none = await story.verify('empty');
  expect(none).toMatchObject({ exit: 3, out: '' });
  expect(none.err).toContain('no `*.passport` file below `empty`');
});

test('the trust file: absent, stale, too old, malformed', async () => {
  const story = await evidence();
  const stale = await story.verify('set.passport', '--at', '2027-06-01T00:00:00Z', '--format', 'json');
  expect(stale.exit).toBe(11);
  expect(stale.json().counts).toMatchObject({ 'trust.stale': 1 });
  const old = await story.verify('set.passport', '--trust-min-sequence', '2', '--format', 'json');
  expect(old.exit).toBe(10);
  expect(old.json().counts).toMatchObject({ 'trust.sequence-too-old': 1 });
  for (const [name, text, code] of [
    ['none.json', null, 'file.unreadable'],
    ['cut.json', '{"format": 1,', 'json.syntax'],
    ['twice.json', '{"format": 1, "format": 1}', 'json.duplicate-key'],
    ['other.json', '{"a": 1}', 'trust.malformed'],
  ] as const) {
    if (text !== null) await story.place.write(name, text);
    const refused = await story.place.run(['verify', 'set.passport', '--trust', name, '--format', 'json']);
    expect(refused, name).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error, name).toMatchObject({ code, place: { file: name } });
  }
});

test('photos beside the passport are compared byte for byte', async () => {
  const story = await Story.begin();
  const { place } = story;
  await place.write('photos/a.jpg', new Uint8Array(4000).fill(7));
  await place.write('photos/b.jpg', new Uint8Array(5000).fill(9));
  await place.must(['media', 'seal', '../photos/a.jpg', '../photos/b.jpg', '--sub', ITEM, '-o', 'm.yaml'], {
    in: 'seller',
  });
  const draft = (await place.readText('seller/m.yaml'))
    .replace('from: <time with its offset, as 2026-08-28T09:05:00+08:00>', 'from: 2026-09-09T09:00:00+08:00')
    .replace('to: <time with its offset, as 2026-08-28T09:05:00+08:00>', 'to: 2026-09-09T09:01:00+08:00')
    .replace(/purpose: .*/, 'purpose: packing')
    .replace(/model: .*/, 'model: phone')
    .replace(/continuity: .*/, 'continuity: still')
    .replace(/coverage:\n.*/, 'coverage: [front]')
    .replace(/identified:\n(.*\n){3}/, 'identified: []\n');
  await place.write('seller/m.yaml', draft);
  await place.must(['sign', 'm.yaml', '--into', '../set.passport', '--at', at(1)], { in: 'seller' });

  const all = await story.verify('set.passport', '--media', 'photos', '--format', 'json');
  expect(all.exit).toBe(0);
  expect(all.json().media).toMatchObject({ matched: 2, total: 2, absent: [], mismatched: [], unsigned: [] });
  expect((await story.verify('set.passport', '--media', 'photos')).out).toContain('2/2 media files');
  expect((await place.run(['media', 'check', 'set.passport', 'photos', ...TRUST])).exit).toBe(0);

  // One is cut to another size, one is retouched at the same size.
  await place.write('photos/a.jpg', new Uint8Array(4000).fill(8));
  await place.write('photos/b.jpg', new Uint8Array(4999).fill(9));
  const altered = await story.verify('set.passport', '--media', 'photos', '--format', 'json');
  expect(altered.exit).toBe(10);
  expect(altered.json().media).toMatchObject({
    matched: 0,
    total: 2,
    mismatched: ['photos/a.jpg'],
    unsigned: ['photos/b.jpg'],
  });
  const text = await story.verify('set.passport', '--media', 'photos');
  expect(text.out).toContain('media.mismatch');
  const checked = await place.run(['media', 'check', 'set.passport', 'photos', ...TRUST]);
  expect(checked.exit).toBe(10);
  expect(checked.out).toContain('photos/a.jpg');

  await place.write('nothing/readme.txt', 'x');
  expect((await place.run(['media', 'check', 'set.passport', 'nothing', ...TRUST])).exit).toBe(11);
  // What is not there is absent, and lowers nothing.
  expect((await story.verify('set.passport', '--media', 'nothing')).exit).toBe(0);
  expect((await story.verify('set.passport', '--media', 'gone')).exit).toBe(3);
});

test('time is an argument', async () => {
  const story = await evidence();
  const seconds = await story.verify('set.passport', '--at', String(NOW), '--format', 'json');
  const text = await story.verify('set.passport', '--at', '2026-09-10T08:00:00+08:00', '--format', 'json');
  expect(text.out).toBe(seconds.out);
  expect(text.json().at).toBe(NOW);
});

describe('exit codes of a batch', () => {
  test('70 > 10 > 3 > 11 > 12 > 0', () => {
    const order: ExitCode[] = [
      EXIT.internal,
      EXIT.failed,
      EXIT.input,
      EXIT.undecided,
      EXIT.differs,
      EXIT.passed,
    ];
    for (const [index, worse] of order.entries())
      for (const better of order.slice(index)) expect(worstExit([better, worse])).toBe(worse);
    expect(worstExit([])).toBe(EXIT.input);
  });

  test('never 1, which is a crash', () => {
    expect(Object.values(EXIT)).not.toContain(1);
  });
});

test('a bug ends with 70, one line and no stack', async () => {
  const place = await Workplace.make();
  const now = (): number => {
    throw new Error('boom\u001b[2J');
  };
  const text = await place.run(['verify', 'a'], { now });
  expect(text).toMatchObject({ exit: 70, out: '', err: 'goodorder: internal: boom\\u{1b}[2J\n' });
  const json = await place.run(['verify', 'a', '--format', 'ndjson'], { now });
  expect(json).toMatchObject({ exit: 70, err: '' });
  expect(json.json().error).toEqual({ code: 'internal', message: 'boom\u001b[2J', place: {} });
  const debug = await place.run(['verify', 'a'], { now, env: { GOODORDER_DEBUG: '1' } });
  expect(debug.err).toContain('    at ');
});
