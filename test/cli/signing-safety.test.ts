import { chmod, cp, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readPassportFile } from '../../src/passport/file.js';
import { parsePassport } from '../../src/passport/passport.js';
import { at, COMMISSION, HANDOVER, ITEM, Story } from './story.js';
import type { Json, Workplace } from './workplace.js';

const STATEMENT = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' };
const draftOf = (type: string, payload: Json, sub = ITEM): Json => ({ schemaVersion: 1, type, sub, payload });

async function heads(place: Workplace, file: string): Promise<{ type: string; seq: number }[]> {
  const parsed = parsePassport(await place.read(file));
  if (!parsed.ok) throw new Error(parsed.fault.code);
  return parsed.passport.records
    .map(({ head }) => ({ type: head.type, seq: head.link?.seq ?? -1 }))
    .sort((a, b) => a.seq - b.seq || (a.type < b.type ? -1 : 1));
}

async function outbox(place: Workplace, who: string): Promise<string[]> {
  return (await readdir(place.path(`${who}/.goodorder/keys/bench/outbox`))).sort();
}

describe('what is refused takes no position', () => {
  test.each([
    [
      'a private value with a control character',
      draftOf('commission', { ...COMMISSION, persons: [{ capacity: 'potter', name: 'Li\u0007Wei' }] }),
      'signer.refused',
    ],
    ['a payload with faults', draftOf('commission', { ...COMMISSION, stage: 7 }), 'signer.refused'],
    [
      'a draft about another item',
      draftOf('commission', COMMISSION, ITEM.replace('SN0042', 'SN0008')),
      'passport.foreign-subject',
    ],
  ])('%s', async (_, draft, code) => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    const before = await place.read('set.passport');
    await place.writeJson('seller/bad.json', draft);
    const refused = await place.run(['sign', 'bad.json', '--into', '../set.passport', '--format', 'json'], {
      in: 'seller',
    });
    expect(refused).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error.code).toBe(code);
    expect(await place.read('set.passport')).toEqual(before);
    expect(await outbox(place, 'seller')).toEqual([]);
    // The next statement takes the very next number.
    expect(await story.sign('seller', 'statement', STATEMENT, 2)).toMatchObject({
      seq: 1,
      waiting: 0,
      missing: [],
    });
  });

  test('an output that is there already, or cannot be made', async () => {
    const story = await Story.begin();
    const { place } = story;
    await place.writeJson('seller/draft.json', draftOf('commission', COMMISSION));
    await place.write('taken.record', 'mine');
    await place.write('file', 'no folder');
    await mkdir(place.path('folder.passport'));
    for (const [args, code] of [
      [['-o', '../taken.record'], 'file.exists'],
      [['-o', '../file/a.record'], 'file.unreadable'],
      [['--into', '../folder.passport'], 'file.unreadable'],
      [['--into', '../taken.record'], 'file.unreadable'],
    ] as const) {
      const refused = await place.run(['sign', 'draft.json', ...args, '--format', 'json'], { in: 'seller' });
      expect(refused, args.join(' ')).toMatchObject({ exit: 3 });
      expect(refused.json().error.code, args.join(' ')).toBe(code);
    }
    expect(await place.readText('taken.record')).toBe('mine');
    expect(await outbox(place, 'seller')).toEqual([]);
    expect(await story.commission()).toMatchObject({ seq: 0 });
  });

  test('an export whose file is there already signs no manifest', async () => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    await place.write('court.passport', 'mine');
    const refused = await place.run(['export', '../set.passport', '-o', '../court.passport'], {
      in: 'seller',
    });
    expect(refused).toMatchObject({ exit: 3, out: '' });
    expect(refused.err).toContain('file.exists');
    expect(refused.err).toContain('--force');
    expect(await story.sign('seller', 'statement', STATEMENT, 2)).toMatchObject({ seq: 1 });
  });
});

describe('a crash between signing and storing', () => {
  /** Signs, and puts back what a crash would have left: the record in the outbox, not in the passport. */
  async function crash(story: Story): Promise<string> {
    const { place } = story;
    await story.commission();
    const before = await place.read('set.passport');
    const { id } = await story.sign('carrier', 'handover', HANDOVER, 1, { args: ['-o', '../lost.record'] });
    const record = Buffer.from(await place.read('lost.record'));
    const opening = Buffer.from(await place.read('lost.record.1.opening'));
    const journal = await place.readText('carrier/.goodorder/keys/bench/signer-state');
    const statement = /[0-9a-f]{64}/.exec(
      journal
        .split('\n')
        .find((line) => line.includes(id))
        ?.replace(id, '') ?? '',
    )?.[0];
    const text = `${[statement, record.toString('base64url'), opening.toString('base64url')].join('\n')}\n`;
    await writeFile(place.path(`carrier/.goodorder/keys/bench/outbox/${id}`), text);
    await rm(place.path('lost.record'));
    await rm(place.path('lost.record.1.opening'));
    await writeFile(place.path('set.passport'), before);
    return id;
  }

  test('the next signature into a passport of the item brings the record along', async () => {
    const story = await Story.begin();
    const id = await crash(story);
    const next = await story.sign('carrier', 'statement', STATEMENT, 2);
    expect(next).toMatchObject({ seq: 1, released: 1, waiting: 0, missing: [] });
    expect(await outbox(story.place, 'carrier')).toEqual([]);
    const shown = await story.place.must(['show', 'set.passport', id, '--trust', 'court.trust.json']);
    expect(shown.claimed.payload.persons).toEqual([{ capacity: 'driver', name: 'Li Wei' }]);
    expect((await story.verify('set.passport')).exit).toBe(0);
  });

  test('an export brings it along too', async () => {
    const story = await Story.begin();
    await crash(story);
    await story.place.must(['export', '../set.passport', '-o', '../out.passport'], { in: 'carrier' });
    expect(await outbox(story.place, 'carrier')).toEqual([]);
    expect((await heads(story.place, 'out.passport')).map(({ type }) => type)).toEqual([
      'commission',
      'handover',
      'manifest',
    ]);
  });

  test('signed elsewhere meanwhile: the user is told that it waits, and writes it out', async () => {
    const story = await Story.begin();
    const { place } = story;
    const id = await crash(story);
    await place.writeJson(
      'carrier/s.json',
      draftOf('statement', { ...STATEMENT, about: { item: `${ITEM}X` } }, `${ITEM}X`),
    );
    const other = await place.run(['sign', 's.json', '--into', '../other.passport'], { in: 'carrier' });
    expect(other.exit).toBe(0);
    expect(other.err).toContain('goodorder key release');
    const released = await place.run(['key', 'release', '-o', '../recovered'], { in: 'carrier' });
    expect(released.exit).toBe(0);
    expect(released.out).toContain(`../recovered/${id.slice(0, 16)}.record`);
    expect((await readdir(place.path('recovered'))).sort()).toEqual([
      `${id.slice(0, 16)}.record`,
      `${id.slice(0, 16)}.record.1.opening`,
    ]);
    expect(await outbox(place, 'carrier')).toEqual([]);
    const again = await place.must(['key', 'release'], { in: 'carrier' });
    expect(again.released).toEqual([]);
  });

  test('a passport that lacks an earlier record of the key: the user is told of the gap', async () => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    await story.sign('carrier', 'handover', HANDOVER, 1, { args: ['-o', '../pickup.record'] });
    await place.writeJson('carrier/s.json', draftOf('statement', STATEMENT));
    const ran = await place.run(['sign', 's.json', '--into', '../set.passport', '--at', at(2)], {
      in: 'carrier',
    });
    expect(ran.exit).toBe(0);
    expect(ran.err).toContain('Number 1 of this key');
    const report = await story.verify('set.passport', '--format', 'json');
    expect(report.json()).toMatchObject({ verdict: 'INDETERMINATE', counts: { 'chain.gap': 1 } });
    await place.must(['merge', 'set.passport', 'pickup.record', '-o', 'set.passport', '--force']);
    expect((await story.verify('set.passport')).exit).toBe(0);
  });

  test('an export is refused that would lack a record of its own chain, with its number', async () => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    await story.sign('seller', 'statement', STATEMENT, 1, { args: ['-o', '../private.record'] });
    const refused = await place.run(['export', '../set.passport', '-o', '../out.passport'], { in: 'seller' });
    expect(refused).toMatchObject({ exit: 3, out: '' });
    expect(refused.err).toMatch(/signer\.state: number 2 of this key/);
    await place.must(['export', '../set.passport', '../private.record', '-o', '../out.passport'], {
      in: 'seller',
    });
  });
});

test('many signatures at once, by one key into one passport, all arrive', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const texts = Array.from({ length: 8 }, (_, index) => `statement ${index}`);
  for (const [index, text] of texts.entries())
    await place.writeJson(`seller/s${index}.json`, draftOf('statement', { ...STATEMENT, text }));
  const results = await Promise.all(
    texts.map((_, index) =>
      place.run(['sign', `s${index}.json`, '--into', '../set.passport', '--at', at(1)], { in: 'seller' }),
    ),
  );
  expect(results.map(({ exit }) => exit)).toEqual(texts.map(() => 0));
  expect((await heads(place, 'set.passport')).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const report = await story.verify('set.passport', '--format', 'json');
  expect(report.json()).toMatchObject({ verdict: 'TOTAL-PASSED' });
  expect(report.json().counts['chain.fork']).toBeUndefined();
  expect(await readdir(place.folder)).not.toContain('set.passport.lock');
});

test('a lock of a process that is gone is taken away', async () => {
  const story = await Story.begin();
  await story.place.write('set.passport.lock', '999999999 dead\n');
  expect(await story.commission()).toMatchObject({ seq: 0 });
  expect(await readdir(story.place.folder)).not.toContain('set.passport.lock');
});

describe('keys', () => {
  test('a restored backup is refused, and so is a copy on another machine', async () => {
    const story = await Story.begin();
    const { place } = story;
    await story.commission();
    await cp(place.path('seller'), place.path('backup'), { recursive: true });
    await story.sign('seller', 'statement', STATEMENT, 1);
    await place.writeJson('backup/s.json', draftOf('statement', STATEMENT));
    const sign = ['sign', 's.json', '--into', '../set.passport', '--format', 'json'];
    const restored = await place.run(sign, { in: 'backup' });
    expect(restored.exit).toBe(3);
    expect(restored.json().error).toMatchObject({ code: 'signer.state' });
    expect(restored.json().error.message).toContain('enrol a new key');
    const elsewhere = await place.run(sign, {
      in: 'backup',
      env: { GOODORDER_INSTALLATION: place.path('other') },
    });
    expect(elsewhere.json().error.code).toBe('signer.state');
    // Enrolling a new key works, and signs a chain of its own.
    await place.must(['key', 'new', 'second'], { in: 'backup' });
    expect(await place.must([...sign.slice(0, 4), '--key', 'second'], { in: 'backup' })).toMatchObject({
      seq: 0,
    });
  });

  test('a passphrase comes from a file descriptor only', async () => {
    const story = await Story.begin();
    const { place } = story;
    await place.write('right.txt', 'correct horse\n');
    await place.write('wrong.txt', 'correct house\n');
    await place.write('empty.txt', '\n');
    const withFd = async (file: string, argv: readonly string[], folder = 'locked') => {
      const handle = await open(place.path(file), 'r');
      try {
        return await place.run([...argv, '--passphrase-fd', String(handle.fd)], { in: folder });
      } finally {
        await handle.close();
      }
    };
    expect((await withFd('right.txt', ['init'])).exit).toBe(0);
    expect(await place.readText('locked/.goodorder/keys/bench/secret.key')).toContain('AGE ENCRYPTED FILE');
    await place.writeJson('locked/s.json', draftOf('statement', STATEMENT));
    const sign = ['sign', 's.json', '-o', 's.record'];
    for (const [file, message] of [
      ['wrong.txt', 'does not open with this passphrase'],
      ['empty.txt', 'gave no passphrase'],
    ] as const) {
      const refused = await withFd(file, sign);
      expect(refused).toMatchObject({ exit: 3, out: '' });
      expect(refused.err).toContain('key.passphrase');
      expect(refused.err).toContain(message);
    }
    const without = await place.run(sign, { in: 'locked' });
    expect(without.exit).toBe(3);
    expect(without.err).toContain('--passphrase-fd');
    expect(await place.run([...sign, '--passphrase-fd', '63'], { in: 'locked' })).toMatchObject({ exit: 3 });
    expect((await withFd('right.txt', sign)).exit).toBe(0);
    const stdin = await place.run(['sign', 's.json', '-o', 't.record', '--passphrase-fd', '0'], {
      in: 'locked',
      stdin: 'correct horse\n',
    });
    expect(stdin.exit).toBe(0);
  });

  test.skipIf(process.getuid?.() === 0 && process.platform !== 'linux')(
    'a secret that others can read is not used',
    async () => {
      const story = await Story.begin();
      const { place } = story;
      const secret = place.path('seller/.goodorder/keys/bench/secret.key');
      await chmod(secret, 0o644);
      await place.writeJson('seller/s.json', draftOf('statement', STATEMENT));
      const refused = await place.run(['sign', 's.json', '-o', 's.record'], { in: 'seller' });
      expect(refused.err).toContain('key.file');
      expect(refused.err).toContain('chmod 600');
      await chmod(secret, 0o600);
      await writeFile(secret, 'not a key\n');
      expect((await place.run(['sign', 's.json', '-o', 's.record'], { in: 'seller' })).err).toContain(
        'is no private key',
      );
      await rm(secret);
      const gone = await place.run(['sign', 's.json', '-o', 's.record'], { in: 'seller' });
      expect(gone).toMatchObject({ exit: 3 });
      expect(gone.err).toContain('file.unreadable');
    },
  );

  test('names, doubles and absences are told plainly', async () => {
    const story = await Story.begin();
    const { place } = story;
    const inSeller = { in: 'seller' };
    expect((await place.run(['key', 'new', 'bench'], inSeller)).err).toContain(
      'there is a key `bench` already',
    );
    expect((await place.run(['key', 'new', '../evil'], inSeller)).err).toContain('is no name for a key');
    expect((await place.run(['key', 'show', 'none'], inSeller)).exit).toBe(3);
    expect((await place.run(['init'], inSeller)).err).toContain('there is a signing folder already');
    expect((await place.run(['init', 'x', '--key', 'Bad Name'])).exit).toBe(3);
    expect((await place.run(['init', 'x'])).exit).toBe(0);
    expect((await place.run(['key', 'list'])).err).toContain('run `goodorder init` first');
    await place.must(['key', 'new', 'second'], inSeller);
    const which = await place.run(['key', 'show'], inSeller);
    expect(which.err).toContain('name one of the keys: `bench`, `second`');
    const listed = await place.must(['key', 'list'], inSeller);
    expect(listed.keys.map((key: Json) => key.name)).toEqual(['bench', 'second']);
    expect(await readFile(place.path('seller/.goodorder/keys/second/public.json'), 'utf8')).toContain(
      listed.keys[1].kid,
    );
    const read = readPassportFile(await place.read('seller/.goodorder/settings.json'));
    expect(read.ok).toBe(false);
  });
});
