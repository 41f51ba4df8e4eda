import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { columns } from '../../src/report/columns.js';
import { HANDOVER, ITEM, SELLER, Story } from './story.js';
import { packedPassport, type Ran, Workplace } from './workplace.js';

interface Line {
  readonly words: string;
  readonly exit: number;
  /** Takes seconds: run once. */
  readonly slow?: true;
}

const TRUST = '--trust court.trust.json';
const HOME = '--home seller/.goodorder';
const DEMO = '--trust goodorder-demo/demo.trust.json';
const KEY = 'PUBLIC-KEY';
/** Any other kid. */
const KEY_OF_CHAMBER = 'ab'.repeat(32);
const PERIOD = '--from 2026-01-01T00:00:00Z --until 2027-01-01T00:00:00Z';

/** These print a file, to be kept or edited, and not lines for a screen. */
const FILES = /^(record handover|pack show cn$|completion)/;

/** Each command as it works, and as it is refused. */
const LINES: readonly Line[] = [
  { words: `verify set.passport ${TRUST}`, exit: 0 },
  { words: `verify set.passport other.passport ${TRUST} -v`, exit: 11 },
  { words: 'verify goodorder-demo/dinner-set-copy.passport -v', exit: 10 },
  { words: 'verify none.passport', exit: 3 },
  { words: 'verify none.passport also-none.passport', exit: 3 },
  {
    words: `find goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json ${DEMO}`,
    exit: 0,
  },
  {
    words: `find goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json ${DEMO} -v`,
    exit: 0,
  },
  { words: `find set.passport --dispute none.json ${TRUST}`, exit: 3 },
  { words: `find set.passport --dispute broken.json ${TRUST}`, exit: 3 },
  {
    words: `what-if goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json ${DEMO}`,
    exit: 0,
  },
  {
    words: `what-if goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json ${DEMO} --add survey.yaml`,
    exit: 0,
  },
  {
    words: `what-if goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json ${DEMO} --add none.yaml`,
    exit: 3,
  },
  { words: `preflight packed.passport ${DEMO}`, exit: 0 },
  { words: `preflight packed.passport ${DEMO} -v --lang zh`, exit: 0 },
  { words: `preflight set.passport ${TRUST}`, exit: 3 },
  { words: `preflight packed.passport ${DEMO} --pack none`, exit: 3 },
  { words: `preflight packed.passport ${DEMO} --parties broken.json`, exit: 3 },
  {
    words: `settle goodorder-demo/dinner-set.passport --dispute goodorder-demo/dinner-set.dispute.json --policy desk.yaml ${DEMO}`,
    exit: 0,
  },
  { words: `settle goodorder-demo/dinner-set.passport --delivery ${DEMO}`, exit: 0 },
  { words: `settle goodorder-demo/dinner-set.passport --triggers cover.yaml ${DEMO}`, exit: 0 },
  { words: `settle goodorder-demo/dinner-set.passport --triggers desk.yaml ${DEMO}`, exit: 3 },
  { words: `settle goodorder-demo/dinner-set.passport ${DEMO}`, exit: 2 },
  {
    words: `watch goodorder-demo/dinner-set.passport --triggers cover.yaml --journal FORMAT.journal ${DEMO} --once`,
    exit: 0,
  },
  { words: `watch none --triggers cover.yaml --journal FORMAT-none.journal ${DEMO} --once`, exit: 3 },
  { words: `watch set.passport --journal FORMAT.journal ${TRUST}`, exit: 2 },
  { words: 'explain chain.gap', exit: 0 },
  { words: 'explain', exit: 0 },
  { words: 'explain no.such', exit: 3 },
  { words: `explain set.passport 1 ${TRUST}`, exit: 0 },
  { words: 'diff set.passport set.passport', exit: 0 },
  { words: 'diff set.passport other.passport', exit: 12 },
  { words: 'diff set.passport none.passport', exit: 3 },
  { words: `show set.passport ${TRUST}`, exit: 0 },
  { words: `show set.passport 2 ${TRUST}`, exit: 0 },
  { words: `show goodorder-demo/dinner-set.passport 9 ${DEMO}`, exit: 0 },
  { words: 'show set.passport 99', exit: 3 },
  { words: `timeline goodorder-demo/dinner-set.passport ${DEMO}`, exit: 0 },
  { words: 'timeline none.passport', exit: 3 },
  { words: 'extract set.passport -o parts-FORMAT', exit: 0 },
  { words: 'extract set.passport 2 -o FORMAT-pickup.record', exit: 0 },
  { words: 'extract set.passport 99 -o none.record', exit: 3 },
  { words: 'inspect set.passport', exit: 0 },
  { words: 'inspect set.passport --diagnostic', exit: 0 },
  { words: 'inspect none.passport', exit: 3 },
  { words: 'init fresh-FORMAT', exit: 0 },
  { words: 'init seller', exit: 3 },
  { words: 'init x --party nobody', exit: 2 },
  { words: `record handover --sub ${ITEM} -o FORMAT.yaml`, exit: 0 },
  { words: 'record nonsense', exit: 2 },
  { words: `sign statement.json --into set.passport ${HOME}`, exit: 0 },
  { words: `sign statement.json -o FORMAT.record ${HOME}`, exit: 0 },
  { words: `sign broken.json -o x.record ${HOME}`, exit: 3 },
  { words: `sign statement.json ${HOME}`, exit: 2 },
  { words: `countersign set.passport 2 --stance agree ${HOME}`, exit: 0 },
  { words: `countersign set.passport 99 --stance agree ${HOME}`, exit: 3 },
  { words: `countersign set.passport 2 --stance agree --scope nonsense ${HOME}`, exit: 2 },
  { words: 'media seal demo/photos/packing.jpg', exit: 0 },
  { words: 'media seal none.jpg', exit: 3 },
  { words: `media check goodorder-demo/dinner-set.passport goodorder-demo/photos ${DEMO}`, exit: 0 },
  { words: 'media check set.passport none', exit: 3 },
  { words: 'sensor import demo/leg-b.csv --map demo/leg-b.columns.yaml', exit: 0 },
  { words: 'sensor import none.csv --map demo/leg-b.columns.yaml', exit: 3 },
  { words: 'sensor import demo/leg-b.csv', exit: 0 },
  { words: 'sensor import demo/leg-b.csv --utc-offset here', exit: 2 },
  { words: 'sensor guess demo/leg-b.csv', exit: 0 },
  { words: 'sensor guess demo/photos/packing.jpg', exit: 3 },
  { words: 'merge set.passport seller.record -o merged-FORMAT.passport', exit: 0 },
  { words: 'merge set.passport goodorder-demo/dinner-set.passport -o no.passport', exit: 3 },
  { words: `export set.passport seller.record FORMAT.record -o exported-FORMAT.passport ${HOME}`, exit: 0 },
  { words: `export none.passport -o no.passport ${HOME}`, exit: 3 },
  { words: `key new key-FORMAT ${HOME}`, exit: 0 },
  { words: `key new bench ${HOME}`, exit: 3 },
  { words: `key list ${HOME}`, exit: 0 },
  { words: 'key list --home none', exit: 3 },
  { words: `key show bench ${HOME}`, exit: 0 },
  { words: `key show none ${HOME}`, exit: 3 },
  { words: `key rotate bench --next ${KEY_OF_CHAMBER} -o FORMAT-next.record ${HOME}`, exit: 0 },
  { words: `key rotate bench --next nonsense ${HOME}`, exit: 3 },
  { words: `key revoke bench --suspect-from 2026-09-09T00:00:00Z ${HOME}`, exit: 0 },
  { words: `key revoke bench --suspect-from never ${HOME}`, exit: 2 },
  { words: `key release bench ${HOME}`, exit: 0 },
  {
    words: `credential issue --party ${SELLER} --public-key ${KEY} --roles seller ${PERIOD} -o c-FORMAT.json --home chamber/.goodorder`,
    exit: 0,
  },
  {
    words: `credential issue --party ${SELLER} --public-key abc --roles seller ${PERIOD} -o no.json --home chamber/.goodorder`,
    exit: 3,
  },
  {
    words: `credential issue --party ${SELLER} --public-key ${KEY} --roles king ${PERIOD} -o no.json --home chamber/.goodorder`,
    exit: 2,
  },
  { words: `credential add seller.credential.json ${HOME}`, exit: 0 },
  { words: `credential add carrier.credential.json ${HOME}`, exit: 3 },
  { words: `credential list ${HOME}`, exit: 0 },
  { words: 'trust list court.trust.json', exit: 0 },
  { words: 'trust list broken.json', exit: 3 },
  { words: 'trust suggest set.passport', exit: 0 },
  { words: 'trust suggest set.passport -o FORMAT.draft', exit: 0 },
  { words: 'trust suggest broken.json', exit: 3 },
  { words: 'trust check court.trust.json', exit: 0 },
  { words: 'trust check court.trust.json --at 2030-01-01T00:00:00Z', exit: 11 },
  {
    words: `trust add new-FORMAT.json --party ${SELLER} --public-key ${KEY} --roles seller ${PERIOD}`,
    exit: 0,
  },
  { words: `trust add new.json --party ${SELLER} --public-key abc --roles seller ${PERIOD}`, exit: 3 },
  { words: 'pack list', exit: 0 },
  { words: 'pack show cn', exit: 0 },
  { words: 'pack show cn CN-19', exit: 0 },
  { words: 'pack show nowhere', exit: 3 },
  { words: 'pack hash cn', exit: 0 },
  { words: 'pack lint broken.yaml', exit: 3 },
  { words: 'pack test demo', exit: 0, slow: true },
  { words: 'pack test none', exit: 3 },
  { words: 'pack diff cn cn', exit: 0 },
  { words: 'pack diff cn evidence.cn', exit: 12 },
  { words: 'demo', exit: 0, slow: true },
  { words: 'demo demo', exit: 3 },
  { words: `doctor set.passport ${HOME}`, exit: 11 },
  { words: 'doctor --home buyer/.goodorder', exit: 0 },
  { words: 'doctor --home none', exit: 3 },
  { words: 'completion bash', exit: 0 },
  { words: 'completion tcsh', exit: 2 },
  { words: 'version', exit: 0 },
];

let template: string | undefined;

afterAll(async () => {
  if (template !== undefined) await rm(template, { recursive: true, force: true });
});

/** A workplace with everything that the lines name; made once, then copied with its signing folders. */
async function prepared(): Promise<Story> {
  const place = await Workplace.make();
  if (template === undefined) {
    const story = await Story.begin();
    await fill(story);
    template = await mkdtemp(join(tmpdir(), 'goodorder-template-'));
    await cp(story.place.folder, template, { recursive: true });
  }
  await cp(template, place.folder, { recursive: true });
  return Story.resume(place);
}

async function fill(story: Story): Promise<void> {
  const { place } = story;
  const said = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' };
  await cp(new URL('../../fixtures/demo', import.meta.url), place.path('demo'), { recursive: true });
  await place.run(['demo']);
  await cp(new URL('../../docs/examples/what-if-survey.yaml', import.meta.url), place.path('survey.yaml'));
  await place.write('packed.passport', await packedPassport());
  for (const [from, to] of [
    ['settlement-policy.yaml', 'desk.yaml'],
    ['payout-table.yaml', 'cover.yaml'],
  ])
    await cp(new URL(`../../docs/examples/${from}`, import.meta.url), place.path(to as string));
  await story.commission();
  await story.sign('carrier', 'handover', HANDOVER, 1);
  await story.sign('buyer', 'statement', said, 1, { into: '../other.passport' });
  await place.writeJson('statement.json', { schemaVersion: 1, type: 'statement', sub: ITEM, payload: said });
  await place.must(['sign', '../statement.json', '-o', '../seller.record'], { in: 'seller' });
  await place.write('broken.json', '{"schemaVersion": 1,\n  "type": }\n');
  await place.write('broken.yaml', 'pack: x\nrules: [\n');
}

const runLine = async (
  story: Story,
  { words }: Line,
  format: string,
  extra: readonly string[] = [],
): Promise<Ran> => {
  const key = await story.publicKey('seller');
  const argv = words.replaceAll('FORMAT', format).replaceAll(KEY, key).split(' ');
  return story.place.run([...argv, ...extra]);
};

test('every command stands in the list below, with a line that works and one that is refused', () => {
  const covered = new Set(LINES.map(({ words }) => words.split(' ')[0]));
  expect([...covered].sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  for (const { name } of COMMANDS) {
    const exits = LINES.filter(({ words }) => words.split(' ')[0] === name).map(({ exit }) => exit);
    expect(exits, name).toContain(0);
    if (name !== 'version')
      expect(
        exits.some((exit) => exit > 0),
        name,
      ).toBe(true);
  }
});

describe('every command', () => {
  test.each(['json', 'ndjson'])(
    '--format %s: JSON on stdout, nothing on stderr, errors included',
    async (format) => {
      const story = await prepared();
      for (const line of LINES) {
        const ran = await runLine(story, line, format, ['--format', format]);
        expect(ran.exit, `${line.words}\n${ran.out}${ran.err}`).toBe(line.exit);
        expect(ran.err, line.words).toBe('');
        if (format === 'json') {
          if (!/^(record handover|demo)/.test(line.words)) expect(() => ran.json(), line.words).not.toThrow();
        } else {
          for (const one of ran.out.split('\n').slice(0, -1)) {
            if (!/^(record handover|demo)/.test(line.words))
              expect(() => JSON.parse(one), line.words).not.toThrow();
          }
        }
      }
    },
  );

  test('as text: 80 columns, plain characters in a pipe, results apart from talk', async () => {
    const story = await prepared();
    for (const line of LINES.filter(({ slow }) => slow === undefined)) {
      const ran = await runLine(story, line, 'text');
      expect(ran.exit, `${line.words}\n${ran.out}${ran.err}`).toBe(line.exit);
      for (const one of `${ran.out}${ran.err}`.split('\n')) {
        if (!FILES.test(line.words) && !one.startsWith('goodorder: ') && !one.startsWith('  '))
          expect(columns(one), `${line.words}: ${one}`).toBeLessThanOrEqual(80);
      }
      for (const one of FILES.test(line.words) ? [] : ran.out.split('\n'))
        expect(columns(one), `${line.words}: ${one}`).toBeLessThanOrEqual(80);
      expect(ran.out, line.words).not.toMatch(/[✓✗…’‘“”]/);
      expect(ran.out, line.words).not.toMatch(
        line.words === 'explain' ? / $/m : /undefined|\[object|NaN| $/m,
      );
      expect(ran.out, line.words).not.toContain('\u001b');
      if (line.exit === 2 || line.exit === 3)
        expect(ran.err, line.words).toMatch(
          line.words.startsWith('pack lint') ? /^$/ : /^goodorder: [a-z-]+(\.[a-z-]+)?: /,
        );
    }
  });

  test('--quiet leaves stderr to errors', async () => {
    const story = await prepared();
    for (const line of LINES.filter(
      ({ exit, slow }) => slow === undefined && (exit === 0 || exit === 10 || exit === 12),
    )) {
      const ran = await runLine(story, line, 'quiet', ['--quiet']);
      expect(ran, line.words).toMatchObject({ exit: line.exit, err: '' });
    }
  });

  test('--lang zh speaks Chinese or says the same', async () => {
    const story = await prepared();
    for (const line of LINES.filter(({ exit, slow }) => slow === undefined && (exit === 0 || exit === 10))) {
      const ran = await runLine(story, line, 'zh', ['--lang', 'zh']);
      expect(ran.exit, line.words).toBe(line.exit);
      for (const one of FILES.test(line.words) ? [] : ran.out.split('\n'))
        expect(columns(one), `${line.words}: ${one}`).toBeLessThanOrEqual(80);
    }
  });
});
