import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Story as Shop } from '../cli/story.js';
import { Workplace } from '../cli/workplace.js';
import { makeSample } from '../verify/sample.js';
import { AT, ITEM, Story } from '../verify/story.js';
import { type BuiltCommand, buildCommand } from './built-command.js';
import { evidence, TRUST } from './shown-evidence.js';

/** Everything in a folder: names, kinds and contents. */
async function contents(folder: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const status = await lstat(join(folder, name));
    if (status.isFile()) all[name] = (await readFile(join(folder, name))).toString('hex');
    else if (status.isSymbolicLink()) all[name] = `-> ${await readlink(join(folder, name))}`;
    else all[name] = status.isDirectory() ? 'folder' : 'other';
  }
  return all;
}

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

describe('files', () => {
  test('file-name-is-option: what a folder holds is never read as an option, and `--` keeps a glob from it', async () => {
    const { place, good } = await evidence();
    await place.write('in/--trust=..passport', good);
    await place.write('in/-o.passport', good);
    await place.write('in/-.passport', good);
    const names = ['--trust=..passport', '-.passport', '-o.passport'];
    const found = await place.run(['verify', '.', '--format', 'ndjson'], { in: 'in' });
    expect(
      found.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).file),
    ).toEqual(names);
    // Without a trust file: the name has not been taken for one.
    expect(found.exit).toBe(11);
    const globbed = await place.run(['verify', '--format', 'json', '--', ...names], { in: 'in' });
    expect([globbed.exit, globbed.json().map(({ file }: { file: string }) => file)]).toEqual([11, names]);
    // Told to be read as an option it is one, and refused for what it says.
    expect((await place.run(['verify', ...names], { in: 'in' })).exit).not.toBe(0);
    // What is offered to be typed next is no option either.
    const { err } = await place.run(['verify', '--', '-o.passport'], { in: 'in' });
    expect(err).toContain('Next: goodorder verify ./-o.passport --trust FILE');
    expect((await place.run(['help'])).out).toContain('goodorder verify -- *.passport');
  });

  test('directory-walk-traps: links are not followed, and nothing keeps the rest from being looked at', async () => {
    const { place, good, bad } = await evidence();
    await place.write('in/a/good.passport', good);
    await place.write('in/b/bad.passport', bad);
    await symlink('.', place.path('in/loop'));
    await symlink('..', place.path('in/a/up'));
    await symlink('/', place.path('in/root'));
    await symlink('../bad.passport', place.path('in/link.passport'));
    await symlink('nowhere', place.path('in/dangling.passport'));
    execFileSync('mkfifo', [place.path('in/fifo.passport')]);
    const server = createServer().listen(place.path('in/socket.passport'));
    await new Promise((resolve) => server.once('listening', resolve));
    // Names that are no UTF-8, of a file and of a folder.
    await writeFile(
      Buffer.concat([Buffer.from(place.path('in/odd')), Buffer.from([0xff]), Buffer.from('.passport')]),
      good,
    );
    await mkdir(Buffer.concat([Buffer.from(place.path('in/folder')), Buffer.from([0xfe])]));
    try {
      const { exit, out } = await place.run(['verify', 'in', ...TRUST, '--format', 'ndjson']);
      const told = out
        .trimEnd()
        .split('\n')
        .map((line) => {
          const { error, file, verdict } = JSON.parse(line);
          return [file, verdict ?? error.code];
        });
      expect(told).toEqual([
        ['in/a/good.passport', 'TOTAL-PASSED'],
        ['in/b/bad.passport', 'TOTAL-FAILED'],
        ['in/dangling.passport', 'file.unreadable'],
        ['in/fifo.passport', 'file.unreadable'],
        ['in/folder\ufffd', 'file.unreadable'],
        ['in/link.passport', 'file.unreadable'],
        ['in/odd\ufffd.passport', 'file.unreadable'],
        ['in/socket.passport', 'file.unreadable'],
      ]);
      // 10 before 3: what is forged is not hidden behind what cannot be read.
      expect(exit).toBe(10);
      const text = await place.run(['verify', 'in', ...TRUST]);
      expect(text.err.trimEnd().split('\n')).toHaveLength(6);
    } finally {
      server.close();
    }
  });

  test('directory-walk-traps: a folder without evidence, or none at all, hides no forged file beside it', async () => {
    const { place } = await evidence();
    await place.write('empty/readme.txt', 'x');
    for (const name of ['empty', 'missing', 'missing/']) {
      const both = await place.run(['verify', name, 'bad.passport', ...TRUST]);
      expect([name, both.exit]).toEqual([name, 10]);
      expect(both.out).toContain('TOTAL-FAILED');
      const alone = await place.run(['verify', name, 'good.passport', ...TRUST]);
      expect([name, alone.exit]).toEqual([name, 3]);
    }
  });

  test('directory-walk-traps: two thousand files and forty levels are walked', async () => {
    const { place, good } = await evidence();
    const deep = Array.from({ length: 40 }, () => 'd').join('/');
    await place.write(`in/${deep}/good.passport`, good);
    await Promise.all(
      Array.from({ length: 2_000 }, (_, index) => writeFile(place.path(`in/${index}.txt`), 'x')),
    );
    const { exit, out } = await place.run(['verify', 'in', ...TRUST, '--format', 'ndjson']);
    expect([exit, JSON.parse(out).file]).toEqual([0, `in/${deep}/good.passport`]);
  });

  const MEMBER_FOLDERS =
    /^work\/parts\/(?:records|keys|credentials|openings|notes|tokens|receipts|attachments)$/;

  test('extract-zip-slip: nothing that reads evidence writes a file, and nothing is called after what evidence says', async () => {
    const place = await Workplace.make();
    const { bytes, story } = await makeSample();
    await place.write('work/set.passport', bytes);
    await place.write('work/trust.json', story.trustText());
    await mkdir(place.path('work/photos'));
    await symlink('/etc', place.path('work/photos/etc'));
    const before = await contents(place.folder);
    for (const argv of [
      ['verify', 'set.passport', ...TRUST, '--media', 'photos'],
      ['show', 'set.passport'],
      ['show', 'set.passport', '1'],
      ['timeline', 'set.passport'],
      ['inspect', 'set.passport', '--diagnostic'],
      ['media', 'check', 'set.passport', 'photos'],
      ['diff', 'set.passport', 'set.passport'],
      ['explain', 'set.passport', '1'],
    ]) {
      const { exit } = await place.run(argv, { in: 'work' });
      expect([argv[0], [0, 10, 11].includes(exit)]).toEqual([argv[0], true]);
    }
    expect(await contents(place.folder)).toEqual(before);
    await place.must(['merge', 'set.passport', '-o', 'merged.passport'], { in: 'work' });
    const after = await contents(place.folder);
    expect(Object.keys(after).filter((name) => !(name in before))).toEqual(['work/merged.passport']);
    // What does take a passport apart names every file by the member and the hash of its bytes.
    await place.must(['extract', 'set.passport', '-o', 'parts'], { in: 'work' });
    const written = Object.keys(await contents(place.folder)).filter(
      (name) => name.startsWith('work/parts/') && !MEMBER_FOLDERS.test(name),
    );
    expect(written.length).toBeGreaterThan(10);
    const NAME =
      /^work\/parts\/(?:records|keys|credentials|openings|notes|tokens|receipts|attachments)\/[a-z-]*[0-9a-f]{16}[a-z0-9.-]*$/;
    expect(written.filter((name) => !NAME.test(name))).toEqual([]);
  });

  test('extract-case-collision: files that differ only in the case or form of their names are two files', async () => {
    const place = await Workplace.make();
    const { bytes, story } = await makeSample();
    await place.write('set.passport', bytes);
    await place.write('trust.json', story.trustText());
    await place.write('photos/A.jpg', story.attachments[0]!);
    await place.write('photos/a.jpg', 'another');
    await place.write('photos/e\u0301.jpg', 'nfd');
    await place.write('photos/\u00e9.jpg', 'nfc');
    const { media } = await place.must(['verify', 'set.passport', ...TRUST, '--media', 'photos']);
    expect([media.matched, media.unsigned.length]).toEqual([1, 3]);
  });

  test('overwrite-existing-output: no output replaces what is there unless it is told to, not even its own input or a key', async () => {
    const shop = await Shop.begin();
    const { place } = shop;
    await shop.commission();
    await place.write('seller/note.csv', 't,v\n2026-08-28 09:00:00,1\n');
    await place.write(
      'seller/map.yaml',
      'format: goodorder-columns/1\ntime: { columns: [t], form: "YYYY-MM-DD HH:mm:ss", utcOffset: "+08:00" }\nunit: degC\nvalues: [{ column: v }]\ndevice: { id: D1 }\nintervalUs: 60000000\n',
    );
    await place.write('seller/photo.jpg', 'a photo');
    await place.write('seller/set.passport', await place.read('set.passport'));
    await place.write('seller/report.json', 'an existing report');
    await symlink('nowhere/at/all', place.path('seller/dangling'));
    const outputs = [
      'report.json',
      'set.passport',
      '.goodorder/keys/bench/secret.key',
      '.goodorder/settings.json',
      'dangling',
    ];
    const writers = [
      ['merge', 'set.passport', '-o'],
      ['export', 'set.passport', '--no-manifest', '-o'],
      ['export', 'set.passport', '-o'],
      ['record', 'statement', '-o'],
      ['media', 'seal', 'photo.jpg', '-o'],
      ['sensor', 'import', 'note.csv', '--map', 'map.yaml', '--sub', ITEM, '-o'],
      [
        'credential',
        'issue',
        '--party',
        'https://id.gs1.org/417/9521234000013',
        '--public-key',
        await shop.publicKey('carrier'),
        '--roles',
        'seller',
        '--from',
        '2026-01-01T00:00:00Z',
        '--until',
        '2027-01-01T00:00:00Z',
        '-o',
      ],
    ];
    const before = await contents(place.path('seller'));
    for (const argv of writers) {
      for (const output of outputs) {
        const { err, exit } = await place.run([...argv, output], { in: 'seller' });
        expect([argv[0], output, exit, err.includes('file.exists')]).toEqual([argv[0], output, 3, true]);
      }
    }
    expect(await contents(place.path('seller'))).toEqual(before);
    // Told to, it is replaced whole, and nothing is left beside it.
    await place.must(['merge', 'set.passport', '-o', 'report.json', '--force'], { in: 'seller' });
    const after = await contents(place.path('seller'));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after['report.json']).toBe(before['set.passport']);
  });

  test('key-file-permissions: a key is its owner’s alone, or it does not sign', async () => {
    const shop = await Shop.begin();
    const { place } = shop;
    const folder = place.path('seller/.goodorder/keys/bench');
    const secret = join(folder, 'secret.key');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o077).toBe(0);
    const draft = {
      schemaVersion: 1,
      type: 'statement',
      sub: ITEM,
      payload: {
        occurredAt: '2026-09-09T09:00:00+08:00',
        about: { item: ITEM },
        text: 'x',
      },
    };
    await place.writeJson('seller/d.json', draft);
    for (const mode of [0o644, 0o640, 0o604, 0o666, 0o620]) {
      chmodSync(secret, mode);
      const refused = await place.run(['sign', 'd.json', '-o', `out${mode}.record`], { in: 'seller' });
      expect([mode, refused.exit]).toEqual([mode, 3]);
      expect(refused.err).toContain('key.file');
    }
    chmodSync(secret, 0o600);
    await place.must(['sign', 'd.json', '-o', 'out.record'], { in: 'seller' });
    // A link in a new key's place is neither followed nor replaced.
    await mkdir(place.path('seller/.goodorder/keys/laptop'), { recursive: true });
    await place.write('elsewhere', 'not a key');
    await symlink(place.path('elsewhere'), place.path('seller/.goodorder/keys/laptop/secret.key'));
    const taken = await place.run(['key', 'new', 'laptop'], { in: 'seller' });
    expect(taken.exit).toBe(3);
    expect(await place.readText('elsewhere')).toBe('not a key');
    for (const name of ['../escape', 'a/b', '..', '.hidden', '/tmp/x', 'CON:', '']) {
      expect([name, (await place.run(['key', 'new', name], { in: 'seller' })).exit]).toEqual([name, 3]);
    }
  });

  test('key-file-permissions: a passphrase comes by a descriptor only, and no secret is ever printed', async () => {
    const place = await Workplace.make();
    const phrase = 'correct horse battery staple';
    for (const option of ['--passphrase', '--password', '--pass', '--passphrase-env']) {
      expect([option, (await place.run(['init', 'x', option, phrase])).exit]).toEqual([option, 2]);
    }
    await place.must(['init', '--passphrase-fd', '0'], { stdin: `${phrase}\n` });
    const env = { GOODORDER_PASSPHRASE: phrase, PASSPHRASE: phrase };
    const sign = ['export', 'good.passport', '-o', 'out.passport'];
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'x');
    await place.write('good.passport', story.file());
    expect((await place.run(sign, { env })).err).toContain('key.passphrase');
    const wrong = await place.run([...sign, '--passphrase-fd', '0'], { stdin: 'wrong horse' });
    expect([wrong.exit, wrong.err.includes('key.passphrase')]).toEqual([3, true]);

    const plain = await Workplace.make();
    await plain.must(['init']);
    await plain.write('good.passport', story.file());
    const pem = await plain.readText('.goodorder/keys/bench/secret.key');
    const seed = Buffer.from(pem.split('\n')[1]!, 'base64').subarray(-32);
    const said: string[] = [wrong.out, wrong.err];
    for (const format of ['text', 'json']) {
      for (const argv of [
        ['key', 'show'],
        ['key', 'list'],
        sign,
        ['export', 'good.passport', '-o', 'p', '--verbose'],
        ['inspect', '.goodorder/keys/bench/public.json'],
        ['verify', '.goodorder/keys/bench/secret.key'],
        ['sign', '.goodorder/keys/bench/secret.key', '-o', 'x.record'],
        ['merge', '.goodorder/keys/bench/secret.key', '-o', 'm'],
        ['find', 'good.passport', '--dispute', '.goodorder/keys/bench/secret.key'],
        ['verify', 'good.passport', '--trust', '.goodorder/keys/bench/secret.key'],
        ['trust', 'list', '.goodorder/keys/bench/secret.key'],
      ]) {
        const { err, out } = await plain.run([...argv, '--format', format], {
          env: { GOODORDER_DEBUG: '1' },
        });
        said.push(out, err);
      }
    }
    const secrets = [
      phrase,
      'wrong horse',
      seed.toString('hex'),
      seed.toString('base64').slice(0, 40),
      seed.toString('base64url').slice(0, 40),
      pem.split('\n')[1]!.slice(24),
    ];
    for (const secret of secrets) expect(said.filter((text) => text.includes(secret))).toEqual([]);
  });

  test('config-from-cwd: whatever lies beside the evidence is not read', async () => {
    const { place, good } = await evidence();
    await place.write('clean/set.passport', good);
    await place.write('trap/set.passport', good);
    const trust = await place.readText('trust.json');
    const traps = [
      'trust.json',
      'goodorder.trust.json',
      '.goodorder/trust.json',
      '.goodorderrc',
      '.goodorderrc.json',
      'goodorder.json',
    ];
    for (const name of traps) await place.write(`trap/${name}`, trust);
    await place.write(
      'trap/.goodorder/settings.json',
      '{ "schemaVersion": 1, "party": "https://id.gs1.org/417/9521234000013" }',
    );
    await place.write('trap/package.json', '{ "type": "commonjs", "goodorder": { "trust": "trust.json" } }');
    await place.write('trap/.env', 'GOODORDER_HOME=.\nNODE_OPTIONS=--require ./evil.js\n');
    await place.write('trap/evil.js', 'process.exit(0)');
    for (const name of ['commander', 'cbor-x', 'zod', '@noble/ed25519']) {
      await place.write(
        `trap/node_modules/${name}/package.json`,
        `{ "name": "${name}", "main": "index.js" }`,
      );
      await place.write(`trap/node_modules/${name}/index.js`, 'process.exit(0);');
    }
    const argv = ['set.passport', '--at', String(AT), '--format', 'json'];
    for (const name of ['verify', 'show', 'timeline', 'inspect']) {
      const words = [name, ...(name === 'inspect' ? ['set.passport', '--format', 'json'] : argv)];
      const clean = command.run(words, { cwd: place.path('clean') });
      const trapped = command.run(words, { cwd: place.path('trap') });
      expect([name, trapped.status, trapped.stdout.toString(), trapped.stderr.toString()]).toEqual([
        name,
        clean.status,
        clean.stdout.toString(),
        clean.stderr.toString(),
      ]);
      expect(clean.status).toBe(name === 'inspect' ? 0 : 11);
    }
  });
});
