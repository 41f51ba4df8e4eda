import { readFileSync } from 'node:fs';
import { cp, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliPage } from '../../src/cli/cli-page.js';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { CARRIER, FROM, HANDOVER, SELLER, UNTIL } from './story.js';
import { packedPassport, type Ran, Workplace } from './workplace.js';

const ROOT = new URL('../../', import.meta.url);
const PAGE = readFileSync(new URL('docs/cli.md', ROOT), 'utf8');

/** Example lines under `Examples:`, and how the page says each ends. */
const LINES = [...PAGE.matchAll(/\nExamples:\n\n```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  [...block.matchAll(/^(.*?) {2}# (\d+)$/gm)].map(([, line = '', exit]) => ({ line, exit: Number(exit) })),
);

/** What a line needs beside the prepared folder. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  'goodorder key rotate bench --next bench-2': ['key new bench-2'],
  'goodorder key revoke 1fdb693f…598bf2b3': ['key new chamber'],
};

let template: string | undefined;
/** What the cut words of the page stand for in the prepared folder. */
const standFor = new Map<string, string>([
  ['/tmp/try', 'try'],
  ['https://id.gs1.org/01/…/21/…', 'https://id.gs1.org/01/09521234543213/21/SN0007'],
]);

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'goodorder-docs-'));
  const place = Workplace.at(template);
  await prepare(place);
  const { coseKey, kid } = await place.must(['key', 'show', 'bench'], { in: 'carrier' });
  standFor.set('pAEB…', coseKey);
  standFor.set('1fdb693f…598bf2b3', kid);
  const { records } = await place.must(['show', 'set.passport', '--trust', 'court.trust.json']);
  standFor.set('4e5e411b', records[1].id.slice(0, 8));
  standFor.set('1fdb693f49ec48f3', records[2].id.slice(0, 16));
}, 60_000);

afterAll(async () => {
  if (template !== undefined) await rm(template, { recursive: true, force: true });
});

/** A seller's folder in the middle of the demo's dispute, a carrier's and a chamber's beside it. */
async function prepare(place: Workplace): Promise<void> {
  await place.run(['demo', 'demo']);
  const copy = (from: string, to: string) =>
    cp(place.path(`demo/${from}`), place.path(to), { recursive: true });
  await copy('dinner-set.passport', 'set.passport');
  await copy('dinner-set.passport', 'incoming/one.passport');
  await copy('dinner-set.passport', 'court-1-of-2.passport');
  await copy('dinner-set.passport', 'court-2-of-2.passport');
  await copy('demo.trust.json', 'court.trust.json');
  for (const name of ['case-9.json', 'case-9.yaml']) await copy('dinner-set.dispute.json', name);
  for (const name of ['leg-b.csv', 'leg-b.columns.yaml', 'photos']) await copy(name, name);
  for (const [file, name] of [
    ['berlinger/RCPJ00010_02_202211090128.txt', 'fridge.txt'],
    ['hobo-nps/U23-001_HOBOware.csv', 'truck.csv'],
  ] as const) {
    await cp(new URL(`fixtures/sensors/${file}`, ROOT), place.path(name));
  }
  await copy('photos/packing.jpg', 'label.jpg');
  await copy('photos/unboxing.webp', 'sent.webp');
  await copy('photos/packing.jpg', 'packing.mp4');
  await cp(new URL('fixtures/demo', ROOT), place.path('cases'), { recursive: true });
  await cp(new URL('docs/examples/what-if-survey.yaml', ROOT), place.path('survey.yaml'));
  await cp(new URL('docs/examples/settlement-policy.yaml', ROOT), place.path('desk.yaml'));
  await cp(new URL('docs/examples/payout-table.yaml', ROOT), place.path('cover.yaml'));
  await place.write('passphrase.txt', 'correct horse battery staple\n');
  await place.must(['init', '--party', 'https://id.gs1.org/417/9521234000006'], { in: 'chamber' });
  for (const [folder, party, role] of [
    ['.', SELLER, 'seller'],
    ['carrier', CARRIER, 'carrier'],
  ] as const) {
    await place.must(['init', '--party', party], { in: folder });
    const { coseKey } = await place.must(['key', 'show'], { in: folder });
    const credential = place.path(`${role}.credential.json`);
    await place.must(
      [
        ...['credential', 'issue', '--party', party, '--public-key', coseKey, '--roles', role],
        ...['--from', FROM, '--until', UNTIL, '-o', credential],
      ],
      { in: 'chamber' },
    );
    await place.must(['credential', 'add', credential], { in: folder });
  }
  await cp(place.path('seller.credential.json'), place.path('carrier-a.credential.json'));
  const draft = {
    schemaVersion: 1,
    type: 'handover',
    sub: 'https://id.gs1.org/01/09521234543213/21/SN0007',
    payload: HANDOVER,
  };
  await place.write('packed.passport', await packedPassport());
  await place.writeJson('pickup.draft.yaml', draft);
  await place.must(['sign', '../pickup.draft.yaml', '-o', '../pickup.record'], { in: 'carrier' });
  await place.must(['sign', '../pickup.draft.yaml', '--into', '../theirs.passport'], { in: 'carrier' });
  await place.must(['sign', 'pickup.draft.yaml', '--into', 'set.passport']);
  await place.must(['merge', 'set.passport', '-o', 'mine.passport']);
  const pack = await place.run(['pack', 'show', 'cn']);
  for (const name of ['my-pack.yaml', 'my-cn.yaml']) await place.write(name, pack.out);
}

/** As a shell reads it, as far as the page goes: quotes, `*.jpg`, a pipe's first command, what is read or written. */
async function runAsTyped(place: Workplace, line: string): Promise<Ran> {
  let text = line;
  for (const [cut, word] of standFor) text = text.replaceAll(cut, word);
  const [, stdinFile] = /^cat (\S+) \| /.exec(text) ?? [];
  text = text
    .replace(/^cat \S+ \| /, '')
    .replace(/ \| .*$/, '')
    .replace(/ >>? \S+$/, '');
  const [, descriptor, file] = / (\d)< (\S+)$/.exec(text) ?? [];
  text = text.replace(/ \d< \S+$/, '');
  const words: string[] = [];
  for (const [, quoted, bare] of text.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (bare === '*.jpg')
      words.push(...(await readdir(place.folder)).filter((name) => name.endsWith('.jpg')));
    else words.push(quoted ?? bare ?? '');
  }
  expect(words.shift()).toBe('goodorder');
  const stdin = stdinFile === undefined ? {} : { stdin: await place.read(stdinFile) };
  if (file === undefined) return place.run(words, stdin);
  const handle = await open(place.path(file), 'r');
  try {
    return await place.run(
      words.map((word) => (word === descriptor ? String(handle.fd) : word)),
      stdin,
    );
  } finally {
    await handle.close();
  }
}

test('the page is what the commands make of it', async () => {
  const place = await Workplace.make();
  expect(await cliPage(place.io())).toBe(PAGE);
});

test('every command and subcommand has a section with an example', async () => {
  const sections = [...PAGE.matchAll(/^#{2,3} goodorder (.*)$/gm)].map(([, name]) => name);
  for (const { name } of COMMANDS) expect(sections).toContain(name);
  expect(sections.length).toBeGreaterThan(40);
  expect(PAGE.match(/\nExamples:\n\n```sh\ngoodorder |\nExamples:\n\n```sh\ncat /g)).toHaveLength(
    sections.length,
  );
  expect(PAGE).not.toMatch(/undefined|\[object/);
});

test.each([...new Map(LINES.map((one) => [one.line, one])).values()])('$line', async ({ line, exit }) => {
  const place = await Workplace.make();
  await cp(template as string, place.folder, { recursive: true });
  // What an example writes must not lie there before.
  if (/^goodorder init( --passphrase|$)/.test(line)) await rm(place.path('.goodorder'), { recursive: true });
  for (const [start, lines] of Object.entries(BEFORE)) {
    if (line.startsWith(start)) for (const one of lines) await place.run(one.split(' '));
  }
  for (const [, output = ''] of line.matchAll(/ -o (\S+)/g)) {
    const taken = (await readdir(place.folder)).filter((name) => name.startsWith(output));
    if (!line.includes('--force')) for (const name of taken) await rm(place.path(name), { recursive: true });
  }
  const ran = await runAsTyped(place, line);
  expect(ran.exit, `${line}\n${ran.out}${ran.err}`).toBe(exit);
});
