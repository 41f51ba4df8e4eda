import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { type Json, Workplace } from './workplace.js';

const SURVEY = new URL('../../docs/examples/what-if-survey.yaml', import.meta.url);
const ASKED = [
  'what-if',
  'demo/dinner-set.passport',
  '--dispute',
  'demo/dinner-set.dispute.json',
  '--trust',
  'demo/demo.trust.json',
];
let template: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'goodorder-what-if-'));
  const place = Workplace.at(template);
  await place.run(['demo', 'demo']);
  await place.write('survey.yaml', readFileSync(SURVEY));
}, 60_000);
afterAll(() => rm(template, { recursive: true, force: true }));

async function workplace(): Promise<Workplace> {
  const place = await Workplace.make();
  await cp(template, place.folder, { recursive: true });
  return place;
}

const inWords = ({ edges }: Json): string[] =>
  edges
    .filter(({ pleaded }: Json) => pleaded)
    .map(
      ({ changed, template: name, today, would }: Json) =>
        `${name}${changed ? '' : ' unchanged'}: ${today?.status} ${today?.basis} ${today?.amount?.minor ?? '-'} → ${would?.status} ${would?.basis} ${would?.amount?.minor ?? '-'}`,
    );

describe('records that nobody signed', () => {
  test('a joint survey beside the demo’s evidence', async () => {
    const place = await workplace();
    const answer = await place.must([...ASKED, '--add', 'survey.yaml']);
    expect(inWords(answer)).toEqual([
      'consumer-seller: liable proven 128000 → liable presumption 128000',
      'shipper-carrier: liable proven 128000 → not-liable burden-default -',
      'shipper-carrier: not-liable proven - → not-liable burden-default -',
      'shipper-contracting-carrier: liable proven 128000 → not-liable burden-default -',
    ]);
    expect(answer.supposed.map(({ name, type }: Json) => `${name} ${type}`)).toEqual([
      'survey inspection',
      'seller-agrees countersign',
      'consumer-agrees countersign',
    ]);
    const found = await place.must(['find', ...ASKED.slice(1), '--no-what-if']);
    expect(answer.today).toEqual(found.finding);
  });

  test('is marked as what it is, and has no digest to be cited by', async () => {
    const place = await workplace();
    const answer = await place.must([...ASKED, '--add', 'survey.yaml']);
    const notice = 'a supposition: nobody signed these records, nothing here is evidence';
    expect(answer).toMatchObject({ hypothetical: true, notice });
    expect(answer.would).toMatchObject({ hypothetical: true, notice });
    expect(answer.would).not.toHaveProperty('digest');
    expect(answer.would).not.toHaveProperty('inputDigest');
    for (const lang of ['en', 'zh']) {
      const { out } = await place.run([...ASKED, '--add', 'survey.yaml', '--lang', lang]);
      expect(out).toContain(lang === 'en' ? notice : '仅为假设：无人签署这些记录');
    }
  });

  test('changes no file, and nothing that makes evidence takes it', async () => {
    const place = await workplace();
    const before = await place.read('demo/dinner-set.passport');
    await place.must([...ASKED, '--add', 'survey.yaml', '--save-case', 'kept.yaml']);
    expect(await place.read('demo/dinner-set.passport')).toEqual(before);
    for (const file of ['survey.yaml', 'kept.yaml']) {
      for (const line of [
        ['merge', 'demo/dinner-set.passport', file, '-o', 'x.passport'],
        ['verify', file],
        ['find', file, ...ASKED.slice(2)],
      ])
        expect((await place.run(line)).exit, line.join(' ')).not.toBe(0);
    }
    await place.must(['init', '--party', 'https://id.gs1.org/417/9521234000013']);
    for (const line of [
      ['export', 'demo/dinner-set.passport', 'kept.yaml', '-o', 'x.passport'],
      ['sign', 'kept.yaml', '--into', 'demo/dinner-set.passport'],
    ])
      expect((await place.run(line)).exit, line.join(' ')).toBe(3);
  });

  test('a saved case comes out as it was saved, or says where it does not', async () => {
    const place = await workplace();
    const first = await place.must([...ASKED, '--add', 'survey.yaml', '--save-case', 'kept.yaml']);
    expect(first.written).toBe('kept.yaml');
    const kept = await place.readText('kept.yaml');
    expect(kept.startsWith('# A supposition: nobody signed these records')).toBe(true);
    expect(kept).toContain('"hypothetical": true');
    const again = await place.must([...ASKED, '--add', 'kept.yaml']);
    expect(again).toMatchObject({ asSaved: true, differences: [] });
    expect(again.would).toEqual(first.would);
    // Asked without whom to believe, the same records come to something else.
    const elsewhere = await place.run([...ASKED.slice(0, 4), '--add', 'kept.yaml', '--format', 'json']);
    expect(elsewhere.exit).toBe(12);
    expect(elsewhere.json().differences.length).toBeGreaterThan(0);
    expect((await place.run([...ASKED.slice(0, 4), '--add', 'kept.yaml'])).out).toContain('saved as');
    expect((await place.run([...ASKED, '--add', 'kept.yaml', '--save-case', 'kept.yaml'])).exit).toBe(3);
  });

  test('a case is what its schema says', async () => {
    const place = await workplace();
    await place.must([...ASKED, '--add', 'survey.yaml', '--save-case', 'kept.yaml']);
    const schema = JSON.parse(
      readFileSync(new URL('../../schemas/what-if-case.schema.json', import.meta.url), 'utf8'),
    );
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const name of ['survey.yaml', 'kept.yaml']) {
      const value = JSON.parse(JSON.stringify(toPlainValue(readYaml(await place.readText(name), name))));
      expect(validate(value), name).toBe(true);
      expect(validate({ ...value, stray: 1 }), name).toBe(false);
    }
  });
});

describe('what is wrong with a case is told with its line', () => {
  const wrong: readonly (readonly [string, string, string, RegExp])[] = [
    ['an unknown party', 'by: surveyor', 'by: stranger', /scenario\.malformed: there is no party `stranger`; known here: .*`seller`.*survey\.yaml:11:9/],
    ['an unknown record', 'of: record:delivery', 'of: record:99', /scenario\.unknown-name: there is no (earlier )?record named `99`/],
    ['a payload that could not be signed', 'scope: this-item', 'scope: all', /signer\.refused: .*`scope`.*survey\.yaml:2\d/],
    ['a stray key', 'title:', 'titel:', /`titel` has no meaning here/],
    ['another kind of file', 'goodorder-what-if/1', 'goodorder-scenario/1', /`schema` is not `goodorder-what-if\/1`/],
    ['a name twice', 'id: consumer-agrees', 'id: seller-agrees', /two records are named `seller-agrees`/],
    ['a proto key', 'title:', '__proto__:', /`__proto__` has no meaning here/],
  ]; // biome-ignore format: a table
  test.each(wrong)('%s', async (_, from, to, message) => {
    const place = await workplace();
    await place.write('survey.yaml', (await place.readText('survey.yaml')).replace(from, to));
    const ran = await place.run([...ASKED, '--add', 'survey.yaml']);
    expect(ran.err).toMatch(message);
    expect(ran.exit).toBe(3);
    expect(ran.out).toBe('');
  });
});

test('without added records: what each claimed edge rests on, as `find` says it', async () => {
  const place = await workplace();
  const asked = await place.must(ASKED);
  const found = await place.must(['find', ...ASKED.slice(1)]);
  expect(asked).toEqual({ schemaVersion: 1, finding: found.finding.digest, whatIf: found.whatIf });
  const adds = asked.whatIf.flatMap(({ wouldFlip }: Json) =>
    [...wouldFlip.couldStill, ...wouldFlip.wouldHave].flatMap((flip: Json) => flip.adds),
  );
  // Which record, worth how much, by whom, where, and whether it can still be had.
  const told = adds.map(({ by, boundaryName, grade, kind, record, stillPossible }: Json) =>
    JSON.stringify([kind, record, grade, by === null, boundaryName, stillPossible]),
  );
  expect(told).toContain('["laboratory","inspection",4,true,null,true]');
  expect(told).toContain('["joint-remark","delivery",4,false,"delivery",false]');
  expect(told).toContain('["recording","media",3,false,"transfer",false]');
  const { out } = await place.run([...ASKED, '--lang', 'en']);
  expect(out).toContain('an accredited laboratory finding it good');
  expect(out).toContain('and 1 more; --verbose shows all');
});

test('text of a supposed record is shown escaped', async () => {
  const place = await workplace();
  const text = (await place.readText('survey.yaml'))
    .replace('id: survey', 'id: survey')
    .replace('name: Harbour Survey', 'name: "Harbour \\u202E Survey \\e[31m"');
  await place.write('survey.yaml', text);
  const ran = await place.run([...ASKED, '--add', 'survey.yaml']);
  for (const raw of ['\u001b', '\u202e']) expect(`${ran.out}${ran.err}`).not.toContain(raw);
});
