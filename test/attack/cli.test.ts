import { chmod, mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitOfVerdict } from '../../src/cli/commands/verify.js';
import { EXIT } from '../../src/cli/exit-code.js';
import { run } from '../../src/cli/program.js';
import { utf8Bytes } from '../../src/codec/hex.js';
import { visibleText } from '../../src/report/visible-text.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { type Ran, type RunOptions, Workplace } from '../cli/workplace.js';
import { disputeValue } from '../finding/scenario-records.js';
import { BYTE_CASES } from '../verify/cases/bytes.js';
import type { Case, Cases } from '../verify/cases/case.js';
import { LINK_CASES } from '../verify/cases/links.js';
import { MANIFEST_CASES } from '../verify/cases/manifests.js';
import { CHAIN_CASES, PROOF_CASES } from '../verify/cases/proofs.js';
import { RECORD_CASES } from '../verify/cases/records.js';
import { SIGNER_CASES } from '../verify/cases/signers.js';
import { AT, ITEM, Story } from '../verify/story.js';
import { type BuiltCommand, buildCommand } from './built-command.js';
import { ANYWHERE, type HostileStory, hostileStory, IN_RECORDS, RAW } from './hostile-text.js';
import { evidence, TRUST } from './shown-evidence.js';

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
