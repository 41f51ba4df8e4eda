import { chmod, cp, readdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checkClock, checkNode, isAtLeast } from '../../src/cli/doctor/check-machine.js';
import { columns } from '../../src/report/columns.js';
import { DOCTOR_WORDS, doctorSentences } from '../../src/report/labels/doctor-words.js';
import { at, ITEM, Story } from './story.js';
import { type Json, NOW, type RunOptions, Workplace } from './workplace.js';

const SAID = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' };

async function codes(place: Workplace, words: readonly string[] = [], options: RunOptions = {}) {
  const { exit, json } = await place.run(['doctor', ...words, '--format', 'json'], {
    in: 'seller',
    ...options,
  });
  return { exit, codes: json().findings.map(({ code }: Json) => code) };
}

const PLAIN = 'doctor.key-plain';

test('nothing to mend', async () => {
  const story = await Story.begin();
  await story.commission();
  expect(await codes(story.place, ['../set.passport'])).toEqual({ exit: 0, codes: [PLAIN] });
  const { out, err } = await story.place.run(['doctor'], { in: 'seller' });
  expect(err).toBe('');
  expect(out.split('\n')[0]).toBe('+ nothing to mend: 1 key ready to sign');
  const chinese = await story.place.run(['doctor', '--lang', 'zh'], { in: 'seller' });
  expect(chinese.out.split('\n')[0]).toBe('+ 无需处理：1 把密钥可以签名');
});

test('it changes nothing', async () => {
  const story = await Story.begin();
  await story.commission();
  const all = async () => {
    const names = (await readdir(story.place.folder, { recursive: true, withFileTypes: true })).filter(
      (one) => one.isFile(),
    );
    return Promise.all(
      names.map(async ({ parentPath, name }) => {
        const path = `${parentPath}/${name}`.slice(story.place.folder.length + 1);
        return `${path} ${Buffer.from(await story.place.read(path)).toString('base64')}`;
      }),
    );
  };
  const before = await all();
  await codes(story.place, ['../set.passport']);
  expect(await all()).toEqual(before);
});

describe('keys and permissions', () => {
  test.skipIf(process.platform === 'win32')('others can read the secret, or write the folder', async () => {
    const { place } = await Story.begin();
    await chmod(place.path('seller/.goodorder/keys/bench/secret.key'), 0o644);
    await chmod(place.path('seller/.goodorder/keys'), 0o777);
    expect(await codes(place)).toEqual({ exit: 10, codes: ['doctor.mode', 'doctor.mode'] });
    const { json } = await place.run(['doctor', '--format', 'json'], { in: 'seller' });
    expect(json().findings[1]).toEqual({
      code: 'doctor.mode',
      level: 'problem',
      message: `others on this machine can read or change ${place.path('seller/.goodorder/keys/bench/secret.key')}`,
      advice: `chmod go-rwx ${place.path('seller/.goodorder/keys/bench/secret.key')}`,
      detail: { file: place.path('seller/.goodorder/keys/bench/secret.key') },
    });
  });

  test('no key, a lost secret, and parts that do not belong together', async () => {
    const { place } = await Story.begin();
    const keys = 'seller/.goodorder/keys';
    await place.must(['key', 'new', 'two'], { in: 'seller' });
    await cp(place.path(`${keys}/two/secret.key`), place.path(`${keys}/bench/secret.key`));
    await rm(place.path(`${keys}/two/secret.key`));
    await place.write(`${keys}/three/public.json`, '{}');
    expect((await codes(place)).codes.sort()).toEqual([
      'doctor.credential-none',
      'doctor.key-mismatch',
      'doctor.key-unreadable',
      'doctor.key-unreadable',
    ]);
    await rm(place.path(keys), { recursive: true });
    await place.write(`${keys}/.keep`, '');
    expect(await codes(place)).toEqual({ exit: 11, codes: ['doctor.no-key'] });
  });

  test('revoked and rotated', async () => {
    const { place } = await Story.begin();
    await place.must(['key', 'new', 'two'], { in: 'buyer' });
    await place.must(['key', 'rotate', 'bench', '--next', 'two', '--at', at(0)], { in: 'buyer' });
    const rotated = await place.run(['doctor', '--format', 'json'], { in: 'buyer' });
    expect(rotated.exit).toBe(0);
    expect(rotated.json().findings.map(({ message }: Json) => message)).toContain(
      'the key bench is followed by two',
    );
    await place.must(['key', 'revoke', 'bench', '--suspect-from', at(0), '--at', at(1)], { in: 'buyer' });
    const revoked = await place.run(['doctor', '--format', 'json'], { in: 'buyer' });
    expect(revoked.exit).toBe(11);
    expect(revoked.json().findings.map(({ message }: Json) => message)).toContain(
      'the key bench is revoked since 2026-09-09',
    );
  });
});

describe('state, outbox and passports', () => {
  test('a folder that was copied to another machine, and one whose state was set back', async () => {
    const story = await Story.begin();
    const { place } = story;
    await cp(place.path('seller'), place.path('backup'), { recursive: true });
    await story.commission();
    expect(await codes(place, [], { env: { GOODORDER_INSTALLATION: place.path('elsewhere') } })).toEqual({
      exit: 10,
      codes: ['doctor.installation', PLAIN],
    });
    await rm(place.path('seller'), { recursive: true });
    await cp(place.path('backup'), place.path('seller'), { recursive: true });
    const { exit, json } = await place.run(['doctor', '--format', 'json'], { in: 'seller' });
    expect(exit).toBe(10);
    expect(json().findings.find(({ code }: Json) => code === 'doctor.state').message).toBe(
      'the key bench cannot sign: the state is older than what the key has signed, as after restoring a backup: enrol a new key',
    );
  });

  test('what was signed and never left, and what is no record', async () => {
    const story = await Story.begin();
    const { place } = story;
    const outbox = 'seller/.goodorder/keys/bench/outbox';
    await writeFile(place.path(`${outbox}/${'ab'.repeat(32)}`), 'x');
    await writeFile(place.path(`${outbox}/notes.txt`), 'x');
    await place.write('seller/.goodorder/x.json.abc.partial', 'x');
    expect(await codes(place)).toEqual({
      exit: 11,
      codes: [PLAIN, 'doctor.outbox', 'doctor.outbox-damaged', 'doctor.leftover'],
    });
  });

  test('a passport that lacks a record of the key, and one that holds more than the key has signed', async () => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    await place.write('early.passport', await place.read('set.passport'));
    await story.sign('seller', 'statement', SAID, 2, { args: ['-o', '../s.record'] });
    const behind = await place.run(['doctor', '../early.passport', '--format', 'json'], { in: 'seller' });
    expect(behind.exit).toBe(11);
    expect(behind.json().findings.at(-1).message).toBe('../early.passport lacks number 2 of the key bench');
    // A clone with a copy of the installation: nothing here shows it, but what it signed does.
    await cp(place.path('seller'), place.path('clone'), { recursive: true });
    await cp(place.path('installation'), place.path('installation-2'), { recursive: true });
    const cloned = await place.run(['sign', 'statement.draft.json', '--into', '../set.passport'], {
      in: 'clone',
      env: { GOODORDER_INSTALLATION: place.path('installation-2') },
    });
    expect(cloned.exit).toBe(0);
    const ahead = await place.run(['doctor', '../set.passport', '--format', 'json'], { in: 'seller' });
    expect(ahead.exit).toBe(10);
    expect(ahead.json().findings.at(-1).message).toBe(
      '../set.passport holds number 3 of the key bench, which has signed only 2 here',
    );
  });

  test('not a passport, no folder', async () => {
    const { place } = await Story.begin();
    await place.write('letter.txt', 'hello');
    expect((await place.run(['doctor', '../letter.txt'], { in: 'seller' })).exit).toBe(3);
    expect((await place.run(['doctor', '--home', 'none'])).exit).toBe(3);
  });
});

test('credentials: none, to come, expiring, expired', async () => {
  const { place } = await Story.begin();
  const now = (day: string) => ({ now: () => Math.floor(Date.parse(day) / 1000) });
  expect(await codes(place, [], now('2026-12-15T00:00:00Z'))).toEqual({
    exit: 11,
    codes: [PLAIN, 'doctor.credential-expiring'],
  });
  expect(await codes(place, [], now('2027-02-01T00:00:00Z'))).toEqual({
    exit: 10,
    codes: [PLAIN, 'doctor.credential-expired'],
  });
  const lone = await Workplace.make();
  await lone.must(['init', '--party', 'https://id.gs1.org/417/9521234000013'], { in: 'seller' });
  expect(await codes(lone)).toEqual({ exit: 11, codes: [PLAIN, 'doctor.credential-none'] });
  await lone.write('seller/.goodorder/credentials/x.credential', 'junk');
  expect((await codes(lone)).codes).toContain('doctor.credential-unreadable');
});

test('the clock', async () => {
  expect(checkClock(NOW, null)).toEqual([]);
  expect(checkClock(NOW, NOW + 60)).toEqual([]);
  expect(checkClock(NOW, NOW + 61)[0]?.code).toBe('doctor.clock-back');
  expect(checkClock(0, null)[0]?.code).toBe('doctor.clock-unset');
  const story = await Story.begin();
  await story.commission();
  const back = await codes(story.place, ['../set.passport'], { now: () => NOW - 3 * 86_400 });
  expect(back).toEqual({ exit: 10, codes: ['doctor.clock-back', PLAIN] });
});

test('versions of Node.js', () => {
  for (const good of ['v20.19.0', 'v20.20.2', 'v22.0.0', 'v26.1.0-nightly'])
    expect(checkNode(good), good).toEqual([]);
  for (const bad of ['v18.20.0', 'v20.18.9']) expect(checkNode(bad)[0]?.code, bad).toBe('doctor.node');
  expect(isAtLeast('v20.19', '20.19.0')).toBe(true);
});

test('every finding has both sentences, in both languages, with the same words to fill in', () => {
  for (const [code, sentences] of Object.entries(DOCTOR_WORDS)) {
    const words = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
    expect(words(sentences.zh.join(' ')), code).toEqual(words(sentences.en.join(' ')));
    expect(sentences.zh.join(''), code).toMatch(/\p{Script=Han}/u);
  }
  expect(doctorSentences('doctor.outbox', { key: 'bench', count: '2 records' }, 'en')).toEqual({
    what: '2 records signed by bench never left its outbox',
    advice: 'goodorder key release bench writes out what waits; do not sign it again',
  });
});

test('80 columns, whatever a folder is called', async () => {
  const { place } = await Story.begin();
  await place.write(`seller/.goodorder/${'long '.repeat(30)}\u202e\u001b[31m.partial`, 'x');
  for (const lang of ['en', 'zh']) {
    const { out } = await place.run(['doctor', '--lang', lang], { in: 'seller' });
    for (const line of out.split('\n')) expect(columns(line), line).toBeLessThanOrEqual(80);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
    expect(out).toContain('\\u{202e}');
  }
});
