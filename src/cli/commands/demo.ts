import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { padEnd, wrap } from '../../report/columns.js';
import { DEMO_WORDS, type DemoWords } from '../../report/labels/demo-words.js';
import { countText } from '../../report/name-text.js';
import { shellWord } from '../../report/shell-word.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { type BuiltScenario, buildScenario } from '../../scenario/build-scenario.js';
import { readYaml } from '../../yaml/read-yaml.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { unreadable } from '../read-input.js';
import { scenarioFiles } from '../scenario-files.js';
import { writeOutput } from '../write-output.js';

const SCENARIO = 'dinner-set.scenario.yaml';
const PHOTOS = ['photos/packing.jpg', 'photos/unboxing.webp'];
const TRACES = ['leg-a.synthetic.csv', 'leg-a.columns.yaml', 'leg-b.csv', 'leg-b.columns.yaml'];
const ABOUT = 'ABOUT.txt';
/** The story's present: whatever day the demo is run on, it prints the same. */
const AT = '2026-09-10T00:00:00Z';

export function defineDemo(command: Command, session: Session): void {
  command.argument('[folder]', 'where its files go', 'goodorder-demo');
  addHelpText(
    command,
    ['goodorder demo', 'goodorder demo /tmp/try'],
    ['0 everything came out as it should   3 the folder holds something else'],
  );
  command.action(async (folder: string, options: GlobalOptions) => {
    const source = assetFolder();
    await prepareFolder(folder, source, session);
    const built = await buildScenario(
      readYaml(readFileSync(join(source, SCENARIO), 'utf8'), SCENARIO),
      SCENARIO,
      scenarioFiles(source),
    );
    const tampered = await writeFiles(folder, built, session);
    await tell(folder, built, tampered, session, options);
  });
}

/** The demo's material lies in the package, beside the code; how far up depends on whether it was bundled. */
function assetFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const assets = join(folder, 'fixtures', 'demo');
    if (existsSync(join(assets, SCENARIO))) return assets;
    if (dirname(folder) === folder)
      throw new GoodOrderError('internal', 'the demo’s files are not in the package');
  }
}

async function prepareFolder(folder: string, source: string, session: Session): Promise<void> {
  const target = resolve(session.io.cwd, folder);
  const found = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unreadable(folder, error);
  });
  if (found.length > 0 && !(found as readonly string[]).includes(ABOUT)) {
    throw new GoodOrderError('file.exists', `\`${folder}\` holds something else; name another folder`, {
      file: folder,
    });
  }
  await mkdir(join(target, 'photos'), { recursive: true });
  for (const name of [...PHOTOS, ...TRACES, SCENARIO, 'ORIGIN.md'])
    await copyFile(join(source, name), join(target, name));
}

interface Tampering {
  readonly offset: number;
  readonly before: number;
  readonly after: number;
}

async function writeFiles(folder: string, built: BuiltScenario, session: Session): Promise<Tampering> {
  const write = async (name: string, content: Uint8Array | string): Promise<void> =>
    writeOutput(join(folder, name), content, session.io, { overwrite: true });
  await write('dinner-set.passport', built.passport);
  await write('demo.trust.json', built.trust);
  await write('dinner-set.dispute.json', `${JSON.stringify(built.dispute, null, 2)}\n`);
  const tampering = tamper(built);
  const copy = built.passport.slice();
  copy[tampering.offset] = tampering.after;
  await write('dinner-set-copy.passport', copy);
  await write(
    ABOUT,
    `Files of \`goodorder demo\`. Its keys are published test keys, its people and firms are invented; ORIGIN.md says
where photos and traces come from. Run it again and every file is as it was.
`,
  );
  return tampering;
}

/** The byte of carrier A's trace that holds the middle of its largest peak: smaller, it would look like a gentler ride. */
function tamper(built: BuiltScenario): Tampering {
  const record = built.records.get('trace-a');
  if (record === undefined) throw new TypeError('the demo has no trace-a');
  const file = Buffer.from(built.passport);
  const start = file.indexOf(Buffer.from(record.bytes));
  const name = Buffer.from('peakMilliG');
  const value = file.indexOf(name, start) + name.length;
  // After the name: the head of a 32-bit integer (1a), then its four bytes.
  const offset = value + 3;
  const before = file[offset] as number;
  return { offset, before, after: before ^ 0x40 };
}

async function tell(
  folder: string,
  built: BuiltScenario,
  tampering: Tampering,
  session: Session,
  options: GlobalOptions,
): Promise<void> {
  const { width } = session.terminal(options);
  const say = (...lines: StyledLine[]): void => session.print(lines, options);
  const paragraph = (text: string): StyledLine[] =>
    wrap(text, width - 3).map((line): StyledLine => ['   ', line]);
  const step = (number: number, title: string): StyledLine => [
    styled('accent', padEnd(String(number), 3)),
    styled('strong', title),
  ];

  const words = DEMO_WORDS[options.lang];
  // Who came by npm has the command in the package only, and npx finds it there.
  const goodorder = session.io.env['npm_lifecycle_event'] === undefined ? 'goodorder' : 'npx goodorder';
  say(
    [styled('strong', words.title)],
    ...paragraph(words.about),
    [],
    step(1, words.sign),
    ...partyLines(built, words),
    ...paragraph(words.signed(built.order.length, countText(built.passport.length))),
    [],
    step(2, words.verify),
  );
  const trust = ['--trust', 'demo.trust.json', '--at', AT];
  const verified = await show(
    ['verify', 'dinner-set.passport', ...trust, '--media', 'photos'],
    folder,
    session,
    options,
  );
  say([], step(3, words.find));
  const found = await show(
    ['find', 'dinner-set.passport', '--dispute', 'dinner-set.dispute.json', '--trust', 'demo.trust.json'],
    folder,
    session,
    options,
  );
  say(
    [],
    step(4, words.alter),
    ...paragraph(words.altered(countText(tampering.offset), hex(tampering.before), hex(tampering.after))),
  );
  const altered = await show(['verify', 'dinner-set-copy.passport', ...trust], folder, session, options);
  say(
    [],
    [styled('strong', words.now)],
    [`   cd ${shellWord(folder)}`],
    [`   ${goodorder} show dinner-set.passport --trust demo.trust.json`],
    [`   ${goodorder} timeline dinner-set.passport --trust demo.trust.json`],
    [`   ${goodorder} diff dinner-set.passport dinner-set-copy.passport`],
    [`   ${goodorder} find dinner-set.passport --dispute dinner-set.dispute.json \\`],
    [`     --trust demo.trust.json --lang zh`],
  );
  const asExpected = verified === EXIT.passed && found === EXIT.passed && altered === EXIT.failed;
  session.exit = asExpected ? EXIT.passed : EXIT.internal;
}

function partyLines(built: BuiltScenario, words: DemoWords): StyledLine[] {
  const counts = new Map<string, number>();
  for (const record of built.records.values()) counts.set(record.kid, (counts.get(record.kid) ?? 0) + 1);
  const named = (built.dispute?.['parties'] ?? []) as readonly {
    readonly id: string;
    readonly name: string;
  }[];
  return [...built.parties.values()].map(({ name, uri, signer }): StyledLine => {
    const count = counts.get(signer.kid) ?? 0;
    const title = named.find(({ id }) => id === uri)?.name ?? '';
    return [
      '   ',
      padEnd(name, 11),
      padEnd(title, 24),
      words.count(count),
      styled('faint', `  ${words.key} ${signer.kid.slice(0, 8)}`),
    ];
  });
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Prints a command line, runs it in the demo's folder, and prints what it says: nothing here is staged. */
async function show(
  words: readonly string[],
  folder: string,
  session: Session,
  options: GlobalOptions,
): Promise<ExitCode> {
  const { width } = session.terminal(options);
  const lines = wrap(`$ goodorder ${words.join(' ')}`, width - 8);
  session.print(
    lines.map(
      (line, index): StyledLine => [
        styled('faint', `${index === 0 ? '   ' : '     '}${line}${index < lines.length - 1 ? ' \\' : ''}`),
      ],
    ),
    options,
  );
  const out = new PassThrough();
  const err = new PassThrough();
  const texts = { out: '', err: '' };
  out.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  err.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text;
  });
  const { io } = session;
  const as = { isTTY: io.stdout.isTTY === true, columns: io.stdout.columns ?? 80 };
  const exit = await session.runLine(
    [...words, '--lang', options.lang, '--quiet', ...(options.color ? [] : ['--no-color'])],
    {
      ...io,
      stdout: Object.assign(out, as),
      stderr: Object.assign(err, as),
      cwd: resolve(io.cwd, folder),
    },
  );
  io.stdout.write(texts.out);
  if (texts.err !== '') io.stderr.write(texts.err);
  session.print([[styled('faint', `   ${DEMO_WORDS[options.lang].exitCode} ${exit}`)]], options);
  return exit;
}
