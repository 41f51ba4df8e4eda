import { lstat, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { elementFiles } from '../../src/cli/element-files.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import { ITEM, Story } from './story.js';
import type { Json } from './workplace.js';

async function handedOver(): Promise<Story> {
  const story = await Story.begin();
  await story.commission();
  await story.handover();
  return story;
}

test('all elements into a folder, and back again by merge', async () => {
  const story = await handedOver();
  const { place } = story;
  const { item, written } = await place.must(['extract', 'set.passport', '-o', 'parts']);
  expect(item).toBe(ITEM);
  expect(written.map(({ element }: Json) => element)).toEqual([
    ...['record', 'record', 'key', 'key', 'key', 'credential', 'credential', 'opening'],
  ]);
  for (const { file, sha256, bytes } of written) {
    const content = await place.read(file);
    expect({ file, sha256: sha256Hex(content), bytes: content.length }).toEqual({ file, sha256, bytes });
    expect(file).toMatch(
      /^parts\/(records\/(commission|handover)-|keys\/|credentials\/|openings\/)[0-9a-f]{16}\.[a-z]+$/,
    );
  }
  const opening = written.find(({ element }: Json) => element === 'opening').file;
  expect((await stat(place.path(opening))).mode & 0o777).toBe(0o600);
  await place.must([
    'merge',
    ...written.map(({ file }: Json) => file),
    '--item',
    ITEM,
    '-o',
    'again.passport',
  ]);
  expect(await place.read('again.passport')).toEqual(await place.read('set.passport'));
});

test('one record by number or id, its openings beside it', async () => {
  const { place } = await handedOver();
  const two = await place.must(['extract', 'set.passport', '2', '-o', 'pickup.record']);
  expect(two.written.map(({ element, file }: Json) => [element, file])).toEqual([
    ['opening', 'pickup.record.1.opening'],
    ['record', 'pickup.record'],
  ]);
  const id = two.written[1].sha256;
  expect(sha256Hex(await place.read('pickup.record'))).toBe(id);
  await place.must(['extract', 'set.passport', id.slice(0, 8), '-o', 'same.record']);
  expect(await place.read('same.record')).toEqual(await place.read('pickup.record'));
  const stdin = await place.read('set.passport');
  const piped = await place.run(['extract', '-', id, '-o', 'piped.record'], { stdin });
  expect(piped).toMatchObject({ exit: 0, err: '' });
  expect(piped.out.split('\n')[0]).toBe('+ 2 files written');
});

test('what exists is left alone without --force, and then nothing is written', async () => {
  const { place } = await handedOver();
  await place.must(['extract', 'set.passport', '-o', 'parts']);
  const [record = ''] = await readdir(place.path('parts/records'));
  await place.write(`parts/records/${record}`, 'mine');
  await place.write('parts/keys/none.key', 'mine too');
  const refused = await place.run(['extract', 'set.passport', '-o', 'parts']);
  expect({ exit: refused.exit, out: refused.out }).toEqual({ exit: 3, out: '' });
  expect(refused.err).toMatch(/^goodorder: file\.exists: `parts\/records\/.* exists already; give --force/);
  expect(await place.readText(`parts/records/${record}`)).toBe('mine');
  const taken = await place.run(['extract', 'set.passport', '2', '-o', `parts/records/${record}`]);
  expect(taken.exit).toBe(3);
  await place.must(['extract', 'set.passport', '-o', 'parts', '--force']);
  expect(record).toContain(sha256Hex(await place.read(`parts/records/${record}`)).slice(0, 16));
  expect(await place.readText('parts/keys/none.key')).toBe('mine too');
});

test('a link in the way is not followed', async () => {
  const { place } = await handedOver();
  await place.write('precious.txt', 'precious');
  await mkdir(place.path('out'));
  await symlink(place.path('elsewhere'), place.path('out/pickup.record'));
  const refused = await place.run(['extract', 'set.passport', '2', '-o', 'out/pickup.record']);
  expect(refused.exit).toBe(3);
  expect(await readlink(place.path('out/pickup.record'))).toBe(place.path('elsewhere'));
  await expect(lstat(place.path('elsewhere'))).rejects.toThrow('ENOENT');
});

describe('refused', () => {
  test.each([
    [['set.passport', '99'], 3, 'cli.not-found: the passport has no element `99`'],
    [['set.passport', '../../etc'], 3, 'cli.not-found: the passport has no element `../../etc`'],
    [['none.passport'], 3, 'file.unreadable: `none.passport`: there is no such file'],
    [['letter.txt'], 3, 'passport.magic: this is not a passport'],
  ] as const)('%j', async (words, exit, message) => {
    const { place } = await handedOver();
    await place.write('letter.txt', 'hello');
    const ran = await place.run(['extract', ...words, '-o', 'out']);
    expect({ exit: ran.exit, out: ran.out }).toEqual({ exit, out: '' });
    expect(ran.err).toContain(message);
    await expect(lstat(place.path('out'))).rejects.toThrow('ENOENT');
  });
});

test('nothing that a passport says becomes part of a file name', () => {
  const bytes = encodePassport({
    item: ITEM,
    members: {
      1: [Buffer.from('../../../etc/passwd'), Buffer.from([0xd2, 0x84, 0x40])],
      4: [Buffer.from('../x')],
      8: [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('%PDF-../../'), Buffer.from('#!/bin/sh')],
    },
  });
  const read = readPassportFile(bytes);
  const files = read.ok ? elementFiles(read.file) : [];
  expect(files.map(({ name }) => name.replace(/[0-9a-f]{16}/, 'HASH'))).toEqual([
    'records/unknown-HASH.record',
    'records/unknown-HASH.record',
    'openings/HASH.opening',
    'attachments/HASH.bin',
    'attachments/HASH.pdf',
    'attachments/HASH.jpg',
  ]);
});

test('in words, English and Chinese', async () => {
  const { place } = await handedOver();
  const english = await place.run(['extract', 'set.passport', '-o', 'a']);
  expect(english.out.split('\n').at(-2)).toBe(
    '    taken out as they stand: goodorder verify says what they are worth',
  );
  const chinese = await place.run(['extract', 'set.passport', '-o', 'b', '--lang', 'zh']);
  expect(chinese.out.split('\n')[0]).toBe('+ 已写出 8 个文件');
});
