import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isUnsafe } from '../../src/codec/unsafe-character.js';
import { columns } from '../../src/report/columns.js';
import { packedPassport, Workplace } from './workplace.js';

const EXAMPLES = new URL('../../docs/examples/', import.meta.url);
/** What a dispute lets through, and what only the other files do. */
const NAMES = [
  '\u2066\u2067hidden\u2069\u200b',
  '<script>alert(1)</script>',
  '無'.repeat(90),
  '\u{e0041}\u{e0042}\u00ad%s%n',
  '\u202egpj.exe',
];
const WORSE = 'Seller\u001b[31m\u202e\r\n\u0007';

/** Every character that would act on a screen instead of showing, but the line break that ends a line. */
function rawIn(text: string): string[] {
  return [...text].filter((character) => character !== '\n' && isUnsafe(character.codePointAt(0) ?? 0));
}

test('names, titles and ids that people write never act on a screen', async () => {
  const place = await Workplace.make();
  await place.run(['demo', 'demo']);
  const dispute = JSON.parse(await place.readText('demo/dinner-set.dispute.json'));
  dispute.parties = dispute.parties.map((party: object, index: number) => ({
    ...party,
    name: NAMES[index % NAMES.length],
  }));
  await place.writeJson('dispute.json', dispute);
  await place.write('packed.passport', await packedPassport());
  const survey = readFileSync(new URL('what-if-survey.yaml', EXAMPLES), 'utf8');
  await place.write('survey.yaml', survey.replace(/^title: .*$/m, `title: ${JSON.stringify(WORSE)}`));
  const policy = readFileSync(new URL('settlement-policy.yaml', EXAMPLES), 'utf8');
  await place.write('desk.yaml', policy.replace(/^id: .*$/m, `id: ${JSON.stringify(WORSE)}`));
  const table = readFileSync(new URL('payout-table.yaml', EXAMPLES), 'utf8');
  await place.write('cover.yaml', table.replace(/^id: .*$/m, `id: ${JSON.stringify(WORSE)}`));
  const packed = dispute.parties.filter(({ roles }: { roles: string[] }) => !roles.includes('operator'));
  await place.writeJson('parties.json', { parties: packed });
  const asked = ['demo/dinner-set.passport', '--trust', 'demo/demo.trust.json'];
  const lines = [
    ['what-if', ...asked, '--dispute', 'dispute.json', '-v'],
    ['what-if', ...asked, '--dispute', 'dispute.json', '--add', 'survey.yaml', '--save-case', 'FORMAT.yaml'],
    ['settle', ...asked, '--dispute', 'dispute.json', '--policy', 'desk.yaml'],
    ['settle', ...asked, '--triggers', 'cover.yaml'],
    ['settle', ...asked, '--delivery'],
    ['preflight', 'packed.passport', '--trust', 'demo/demo.trust.json', '--parties', 'parties.json', '-v'],
    [
      'watch',
      ...asked,
      '--dispute',
      'dispute.json',
      '--triggers',
      'cover.yaml',
      '--journal',
      'FORMAT.j',
      '--once',
    ],
  ];
  for (const line of lines) {
    for (const format of ['text', 'json', 'ndjson']) {
      for (const lang of ['en', 'zh']) {
        const argv = line.map((word) => word.replace('FORMAT', `${format}-${lang}`));
        const ran = await place.run([...argv, '--format', format, '--lang', lang]);
        expect(ran.exit, `${argv.join(' ')}\n${ran.err}`).toBe(0);
        expect(rawIn(`${ran.out}${ran.err}`), argv.join(' ')).toEqual([]);
        if (format === 'text')
          for (const one of ran.out.split('\n')) expect(columns(one), one).toBeLessThanOrEqual(80);
      }
    }
  }
}, 60_000);
