import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitOfVerdict } from '../../src/cli/commands/verify.js';
import { EXIT } from '../../src/cli/exit-code.js';
import { run } from '../../src/cli/program.js';
import { utf8Bytes } from '../../src/codec/hex.js';
import { visibleText } from '../../src/report/visible-text.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { Story as Shop } from '../cli/story.js';
import { type Ran, type RunOptions, Workplace } from '../cli/workplace.js';
import { disputeValue } from '../finding/scenario-records.js';
import { BYTE_CASES } from '../verify/cases/bytes.js';
import type { Case, Cases } from '../verify/cases/case.js';
import { LINK_CASES } from '../verify/cases/links.js';
import { MANIFEST_CASES } from '../verify/cases/manifests.js';
import { CHAIN_CASES, PROOF_CASES } from '../verify/cases/proofs.js';
import { RECORD_CASES } from '../verify/cases/records.js';
import { SIGNER_CASES } from '../verify/cases/signers.js';
import { makeSample } from '../verify/sample.js';
import { AT, flipped, ITEM, Story } from '../verify/story.js';
import { type BuiltCommand, buildCommand } from './built-command.js';
import { ANYWHERE, type HostileStory, hostileStory, IN_RECORDS, RAW } from './hostile-text.js';

/** A good passport, a broken one, and the trust file that believes the good one. */
async function evidence(): Promise<{ place: Workplace; good: Uint8Array; bad: Uint8Array }> {
  const place = await Workplace.make();
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  await story.say(seller, 'packed');
  const good = story.file();
  const [record] = story.records as [Uint8Array];
  const bad = story.file({ records: [flipped(record, 8 * (record.length - 90))] });
  await place.write('good.passport', good);
  await place.write('bad.passport', bad);
  await place.write('trust.json', story.trustText());
  return { place, good, bad };
}

const TRUST = ['--trust', 'trust.json', '--at', String(AT)];

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

describe('what is shown', () => {
  let hostile: HostileStory;
  beforeAll(async () => {
    hostile = await hostileStory();
  });

  /** Every command that reads evidence, over a file with hostile text wherever text can stand. */
  async function shown(options: RunOptions, ...more: string[]): Promise<Map<string, Ran>> {
    const place = await Workplace.make();
    const { story } = hostile;
    await place.write('set.passport', story.file());
    await place.write('other.passport', story.file({ openings: [] }));
    await place.write('one.record', story.records[0]!);
    const trust = JSON.parse(story.trustText()) as Record<string, unknown>;
    await place.writeJson('trust.json', { ...trust, name: ANYWHERE });
    const dispute = disputeValue();
    dispute['goods'] = (dispute['goods'] as object[]).map((one) => ({ ...one, sub: ITEM }));
    const named = (name: string): unknown => ({
      ...dispute,
      parties: (dispute['parties'] as object[]).map((party, index) => ({
        ...party,
        name: `${name}${index}`,
      })),
    });
    await place.writeJson('dispute.json', named(IN_RECORDS));
    await place.writeJson('refused.json', named(ANYWHERE.slice(0, 60)));
    await mkdir(place.path('photos'));
    await place.write(`photos/${ANYWHERE.replaceAll('/', '').slice(0, 60)}.jpg`, 'no photo');
    const count = story.records.length;
    const commands = [
      ['verify', 'set.passport', ...TRUST, '--media', 'photos'],
      ['verify', 'set.passport', '--verbose'],
      ['show', 'set.passport', ...TRUST],
      ...Array.from({ length: count }, (_, index) => ['show', 'set.passport', String(index + 1), ...TRUST]),
      ...[1, count].map((record) => ['explain', 'set.passport', String(record), ...TRUST]),
      ['timeline', 'set.passport', ...TRUST],
      ['diff', 'set.passport', 'other.passport'],
      ['inspect', 'set.passport', '--diagnostic'],
      ['inspect', 'one.record'],
      ['inspect', 'dispute.json'],
      ['find', 'set.passport', '--dispute', 'dispute.json', '--trust', 'trust.json', '--verbose', '--why'],
      ['find', 'set.passport', '--dispute', 'refused.json'],
      ['media', 'check', 'set.passport', 'photos', ...TRUST],
      ['trust', 'list', 'trust.json'],
      ['trust', 'check', 'trust.json'],
      ['merge', 'set.passport', 'other.passport', '-o', 'merged.passport', '--force'],
      ['export', 'set.passport', '-o', 'out.passport', '--no-manifest', '--force'],
    ];
    const ran = new Map<string, Ran>();
    for (const argv of commands) ran.set(argv.join(' '), await place.run([...argv, ...more], options));
    return ran;
  }

  const RAW_LINES = new RegExp(RAW.source, 'gu');
  function rawIn(ran: ReadonlyMap<string, Ran>): string[] {
    return [...ran].flatMap(([name, { err, out }]) =>
      [...`${out}${err}`.matchAll(RAW_LINES)]
        .map(({ 0: one, index }) => {
          const code = one.codePointAt(0)!.toString(16);
          return `${name}: U+${code} after ${JSON.stringify(`${out}${err}`.slice(Math.max(0, index - 30), index))}`;
        })
        .slice(0, 3),
    );
  }

  test.each([
    ['text', {}, []],
    ['text on a terminal', { tty: 100 }, ['--no-color']],
    ['Chinese', {}, ['--lang', 'zh']],
    ['JSON', {}, ['--format', 'json']],
    ['NDJSON', {}, ['--format', 'ndjson']],
  ] as const)(
    'ansi-escape-injection: no record, trust file, dispute or file name reaches the screen raw: %s',
    async (_, options, more) => {
      const ran = await shown(options, ...more);
      expect(hostile.replaced.length).toBeGreaterThan(250);
      expect(rawIn(ran)).toEqual([]);
      for (const [name, { exit }] of ran)
        expect([name, [0, 10, 11, 12].includes(exit)]).toEqual([name, !name.includes('refused.json')]);
    },
  );

  test('ansi-escape-injection: a record cannot hold an escape at all', async () => {
    for (const text of ['\u001b[2K', '\u009b2J', '\u007f', '\u0000', '\ufeff']) {
      const place = await Workplace.make();
      const story = new Story();
      const seller = await story.company('seller', ['seller']);
      await expect(story.say(seller, `a${text}b`)).rejects.toThrow(
        expect.objectContaining({ code: 'signer.refused' }),
      );
      // Signed by another program: the text `aMb` with M put over in the signed bytes cannot verify, so sign it raw.
      await story.say(seller, 'a-good-one');
      const [record] = story.records as [Uint8Array];
      const at = Buffer.from(record).indexOf('a-good-one');
      const bytes = record.slice();
      bytes.set(utf8Bytes(text), at + 1);
      await place.write('set.passport', story.file({ records: [bytes] }));
      const ran = await place.run(['verify', 'set.passport']);
      expect(ran.exit).toBe(10);
      expect(ran.out).toContain('cbor.text-control');
      const shown = await place.run(['inspect', 'set.passport', '--diagnostic']);
      expect(`${ran.out}${ran.err}${shown.out}${shown.err}`.replaceAll('\n', '')).not.toMatch(RAW);
    }
  });

  test('ansi-escape-injection: names on the command line and errors about files are no less careful', async () => {
    const { place, good } = await evidence();
    const name = ANYWHERE.replaceAll('/', '').slice(0, 60);
    await place.write(`${name}.passport`, good);
    await place.write(`in/${name}.passport`, good);
    await place.write(`${name}.json`, `{ "${ANYWHERE.replaceAll(/\p{Cc}/gu, '')}": 1 }`);
    await place.write(
      'bad.yaml',
      `type: "${ANYWHERE.replaceAll(/[\p{Cc}\\"]/gu, '')}"\nsub: x\npayload: {}\nschemaVersion: 1\n`,
    );
    await place.must(['init']);
    const lines = [
      [ANYWHERE],
      ['verify', `${name}.passport`, ...TRUST],
      ['verify', 'in', ...TRUST],
      ['verify', `${name}.missing`],
      ['verify', 'good.passport', '--trust', `${name}.json`],
      ['verify', 'good.passport', '--trust', `${name}.missing`],
      ['verify', 'good.passport', '--at', ANYWHERE],
      ['verify', 'good.passport', '--format', ANYWHERE],
      ['verify', 'good.passport', `--${ANYWHERE}`],
      ['show', 'good.passport', ANYWHERE, ...TRUST],
      ['explain', ANYWHERE],
      ['merge', 'good.passport', '-o', `${name}.merged`],
      ['export', 'good.passport', '-o', `${name}.out`, '--no-manifest'],
      ['export', 'good.passport', '-o', 'x', '--withhold', ANYWHERE],
      ['diff', 'good.passport', `${name}.passport`],
      ['record', ANYWHERE],
      ['record', 'statement', '-o', `${name}.draft.yaml`],
      ['record', 'statement', '--sub', ANYWHERE],
      ['sign', 'bad.yaml', '--into', `${name}.passport`],
      ['key', 'new', ANYWHERE],
      ['init', `${name}.home`],
      ['media', 'seal', `${name}.passport`],
      ['media', 'seal', `${name}.missing`],
      ['sensor', 'import', `${name}.passport`, '--map', `${name}.json`],
      ['find', 'good.passport', '--dispute', `${name}.json`],
      ['pack', 'show', ANYWHERE],
      ['trust', 'list', `${name}.json`],
    ];
    const raw: string[] = [];
    for (const argv of lines) {
      for (const more of [[], ['--format', 'json']]) {
        const { err, out } = await place.run([...argv, ...more]);
        const text = `${out}${err}`.replaceAll('\n', '');
        const { index } = RAW.exec(text) ?? {};
        if (index !== undefined)
          raw.push(
            `${argv.slice(0, 2).map((word) => visibleText(word, 20))} ${more}: ${visibleText(text.slice(index - 30, index + 10))}`,
          );
      }
    }
    expect(raw).toEqual([]);
  });

  test('newline-forges-line: no line that a record dictates stands as a line of its own', async () => {
    const ran = await shown({});
    const forged = [...ran].filter(([, { err, out }]) =>
      /^\+ TOTAL-PASSED {2}intact, from known signers/m.test(`${out}${err}`),
    );
    expect(forged.map(([name]) => name)).toEqual([]);
    const all = [...ran.values()].map(({ out }) => out).join('');
    // It is there to be read, as text within its own line.
    expect(all).toContain('a\\u{a}+ TOTAL-PASSED');
  });

  test('bidi-trojan-text: what reverses the text beside it is shown as what it is', async () => {
    // Shown as `\\u{202e}` rather than the attack's ⟨U+202E⟩: one form of escape for everything unsafe.
    const ran = await shown({});
    const all = [...ran.values()].map(({ out }) => out).join('');
    expect(all).toContain('b\\u{202e}gpj.exe\\u{2066}');
    expect(all).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/);
  });

  test('zero-width-and-tags: every character that shows nothing is shown, and equal means equal bytes', async () => {
    const hidden: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!/\p{Default_Ignorable_Code_Point}/u.test(character)) continue;
      if (visibleText(`a${character}b`) !== `a\\u{${code.toString(16)}}b`) hidden.push(code.toString(16));
    }
    expect(hidden).toEqual([]);
    // A text that writes out the escape is told from the character.
    expect(visibleText('a\\u{200b}b')).toBe('a\\\\u{200b}b');
    // Two names that look the same are two: nobody is bound by the look of a name.
    const { place } = await evidence();
    for (const name of ['9521234\u200b000013', '\u0039521234000013\u0301']) {
      const refused = await place.run(['init', 'x', '--party', `https://id.gs1.org/417/${name}`]);
      expect([refused.exit, refused.err.includes('cli.usage')]).toEqual([2, true]);
    }
  });

  test('junit-ndjson-injection: every line is one JSON value, whatever stands in it; there is no XML to break', async () => {
    const { place, good, bad } = await evidence();
    for (const [index, name] of [
      'a\nb',
      ']]><x/>',
      '"}\n{"verdict":"TOTAL-PASSED"',
      'c\u2028d\u0085e',
      '\ud800',
    ].entries()) {
      await place.write(`in/${index}${name.replaceAll('/', '')}.passport`, index % 2 === 0 ? good : bad);
    }
    await place.write('in/z.passport', 'not a passport');
    const { exit, out } = await place.run(['verify', 'in', ...TRUST, '--format', 'ndjson']);
    expect(exit).toBe(10);
    const lines = out.split('\n');
    expect(lines.pop()).toBe('');
    const parsed = lines.map((line) => JSON.parse(line) as { file: string; verdict: string });
    expect(parsed.map(({ verdict }) => verdict)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-FAILED',
      'TOTAL-PASSED',
      'TOTAL-FAILED',
      'TOTAL-PASSED',
      'TOTAL-FAILED',
    ]);
    expect(parsed[0]!.file).toBe('in/0a\nb.passport');
    const junit = await place.run(['verify', 'good.passport', '--format', 'junit']);
    expect(junit).toMatchObject({ exit: 2, out: '' });
  });
});

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

describe('how it ends', () => {
  const ALL: Cases = {
    ...BYTE_CASES,
    ...RECORD_CASES,
    ...LINK_CASES,
    ...SIGNER_CASES,
    ...PROOF_CASES,
    ...CHAIN_CASES,
    ...MANIFEST_CASES,
  };

  const EXITS = { 'TOTAL-PASSED': 0, INDETERMINATE: 11, 'TOTAL-FAILED': 10 };

  test('exit-zero-on-error: every defect that verification knows ends with the code of its verdict', async () => {
    const place = await Workplace.make();
    const wrong: string[] = [];
    let run = 0;
    for (const [code, cases] of Object.entries(ALL)) {
      for (const one of [cases].flat() as Case[]) {
        const { at, bytes, options, story, trust } = await one.make();
        // A trust file that only exists as an object, or an option of the library, cannot be given on a command line.
        const own = story !== undefined && trust?.digest === story.trust().digest;
        if (!own || options !== undefined || code === 'internal') continue;
        await place.write('case.passport', bytes);
        await place.write('trust.json', story.trustText());
        const argv = ['verify', 'case.passport', '--trust', 'trust.json', '--at', String(at ?? AT)];
        const { exit } = await place.run([...argv, '--format', 'json']);
        run += 1;
        if (exit !== EXITS[one.verdict]) wrong.push(`${code}: ${exit}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(run).toBeGreaterThan(100);
    // A bug of the verifier is neither a pass nor the evidence's failure.
    const { bytes, trust } = await (ALL.internal as Case).make();
    const passport = await verifyPassport(bytes, { trust: trust!, at: AT });
    expect([passport.verdict, exitOfVerdict(passport)]).toEqual(['TOTAL-FAILED', 70]);
  });

  test('exit-zero-on-error: one bad file in a hundred decides', async () => {
    const { place, good, bad } = await evidence();
    for (let index = 0; index < 100; index += 1) await place.write(`in/${index}.passport`, good);
    expect((await place.run(['verify', 'in', ...TRUST])).exit).toBe(0);
    await place.write('in/50.passport', bad);
    expect((await place.run(['verify', 'in', ...TRUST])).exit).toBe(10);
    await place.write('in/50.passport', good);
    expect((await place.run(['verify', 'in', 'missing.passport', ...TRUST])).exit).toBe(3);
    expect((await place.run(['verify', 'in', '--at', String(AT)])).exit).toBe(11);
  });

  test('exit-zero-on-error: a command whose input is missing, a folder or no text never ends with 0 or 1', async () => {
    const { place } = await evidence();
    await place.must(['init']);
    await mkdir(place.path('folder'));
    await place.write('noise', Uint8Array.of(0xff, 0xfe, 0x00, 0x80));
    const commands = (input: string): string[][] => [
      ['verify', input],
      ['verify', 'good.passport', '--trust', input],
      ['show', input],
      ['timeline', input],
      ['find', input, '--dispute', 'good.passport'],
      ['find', 'good.passport', '--dispute', input],
      ['diff', input, 'good.passport'],
      ['diff', 'good.passport', input],
      ['inspect', input],
      ['explain', input, '1'],
      ['merge', input, '-o', 'out1'],
      ['export', input, '-o', 'out2', '--no-manifest'],
      ['sign', input, '-o', 'out3'],
      ['countersign', input, '1'],
      ['media', 'check', input, 'folder'],
      ['sensor', 'import', input, '--map', input],
      ['trust', 'list', input],
      ['trust', 'check', input],
      ['pack', 'check', input],
      ['credential', 'add', input],
    ];
    const ended: string[] = [];
    for (const input of ['missing', 'folder', 'noise']) {
      for (const argv of commands(input)) {
        for (const more of [[], ['--format', 'json']]) {
          const { exit } = await place.run([...argv, ...more]);
          if (![2, 3, 10].includes(exit)) ended.push(`${argv.join(' ')} ${more.join(' ')}: ${exit}`);
        }
      }
    }
    expect(ended).toEqual([]);
  });

  test('stdout-epipe-and-full: a reader that goes away takes no verdict with it', async () => {
    const { place } = await evidence();
    const ends = (script: string): string =>
      command.shell(`${script}; echo "\${PIPESTATUS[0]}" >&2`, { cwd: place.folder }).stderr.toString();
    for (const [file, exit] of [
      ['good.passport', 0],
      ['bad.passport', 10],
    ] as const) {
      const verify = `goodorder verify ${file} --trust trust.json --at ${AT} --format json`;
      expect(ends(`${verify} | cat > /dev/null`)).toBe(`${exit}\n`);
      // `true` and `head -c 1` close their end at once.
      expect(ends(`${verify} | true`)).toBe(`${exit}\n`);
      expect(ends(`${verify} --verbose | head -c 1 > /dev/null`)).toBe(`${exit}\n`);
    }
  });

  test.skipIf(process.platform !== 'linux')(
    'stdout-epipe-and-full: a full disk is no success, and no stack trace',
    async () => {
      const { place } = await evidence();
      for (const words of [
        'verify good.passport --trust trust.json',
        'show good.passport',
        'help',
        'version',
        'pack list',
        'explain',
      ]) {
        const { status, stderr } = command.shell(`goodorder ${words} > /dev/full`, { cwd: place.folder });
        expect([words, status]).toEqual([words, EXIT.input]);
        expect(stderr.toString()).toMatch(/(^|\n)goodorder: file\.unreadable: standard output [^\n]*\n$/);
        expect(stderr.toString()).not.toContain('    at ');
      }
      // And with nowhere to tell it, at least not a success.
      expect(command.shell('goodorder version > /dev/full 2> /dev/full', { cwd: place.folder }).status).toBe(
        EXIT.input,
      );
    },
  );

  test('stdin-endless: an input without end is left at the limit', async () => {
    const place = await Workplace.make();
    await place.must(['init']);
    for (const argv of [
      ['verify', '-', '--limit', '1000000'],
      ['verify', '-'],
      ['show', '-'],
      ['inspect', '-'],
      ['sign', '-', '-o', 'x.record'],
      ['merge', '-', '-o', 'x.passport'],
      ['verify', 'x', '--trust', '-'],
      ['find', '-', '--dispute', '-'],
    ]) {
      let given = 0;
      const chunk = new Uint8Array(1 << 20);
      const endless = new Readable({
        read() {
          given += chunk.length;
          this.push(chunk);
        },
      });
      let told = '';
      const sink = {
        write: (text: string) => {
          told += text;
          return true;
        },
      };
      const exit = await run([...argv], {
        stdin: endless,
        stdout: sink as never,
        stderr: sink as never,
        env: { GOODORDER_INSTALLATION: place.path('installation') },
        cwd: place.folder,
        now: () => AT,
        random: (length) => new Uint8Array(length),
      });
      expect([argv.join(' '), exit, told.includes('file.too-large')]).toEqual([argv.join(' '), 3, true]);
      expect(given).toBeLessThanOrEqual((64 << 20) + 4 * chunk.length);
      endless.destroy();
    }
  });

  test('stdin-endless: nor is a device read for ever', async () => {
    const { place } = await evidence();
    for (const argv of [
      ['verify', '/dev/zero', '--limit', '1000000'],
      ['verify', 'good.passport', '--trust', '/dev/zero'],
      ['media', 'seal', '/dev/zero'],
    ]) {
      const { exit } = await place.run(argv);
      expect([argv.join(' '), exit]).toEqual([argv.join(' '), 3]);
    }
    await chmod(place.path('good.passport'), 0o644);
  });
});
