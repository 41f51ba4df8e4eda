import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { draftYaml } from '../../src/cli/draft-template.js';
import { schemaTexts } from '../../src/cli/published-schemas.js';
import type { Explanation } from '../../src/finding/explain.js';
import type { Finding } from '../../src/finding/finding-form.js';
import type { explanationSchema, findingSchema, whatIfSchema } from '../../src/finding/finding-schema.js';
import type { WhatIf } from '../../src/finding/what-if.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { toWritten } from '../../src/record/written-form.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { ITEM as SAMPLE_ITEM, SAMPLES } from '../record/sample-payloads.js';
import { HANDOVER, Story } from './story.js';
import { type Json, Workplace } from './workplace.js';

const FOLDER = new URL('../../schemas/', import.meta.url);
const ROOT = new URL('../../', import.meta.url);

const validators = new Map<string, ValidateFunction>();

function validator(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8'));
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  validators.set(name, validate);
  return validate;
}

function faults(name: string, value: unknown): string[] {
  const validate = validator(name);
  return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));
const yaml = (name: string): Json => plain(toPlainValue(readYaml(readFileSync(new URL(name, ROOT), 'utf8'))));

test('the files are those that the product reads and writes by', () => {
  const wanted = schemaTexts();
  expect(readdirSync(FOLDER).sort()).toEqual([...wanted.keys()].sort());
  for (const [name, text] of wanted) expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).toBe(text);
});

test('they are JSON Schema 2020-12, each with a name of its own', () => {
  const ids = [...schemaTexts().values()].map((text) => {
    const schema = JSON.parse(text);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(new Ajv2020({ strict: false }).validateSchema(schema)).toBe(true);
    return schema.$id;
  });
  expect(new Set(ids).size).toBe(ids.length);
});

test('what verify and the errors of all commands write', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await story.sign('carrier', 'handover', HANDOVER, 1);
  await place.write('photos/a.jpg', 'not signed');
  await place.write('letter.txt', 'hello');
  const flipped = await place.read('set.passport');
  flipped[300] = (flipped[300] as number) ^ 4;
  await place.write('flipped.passport', flipped);
  for (const words of [
    'set.passport --trust court.trust.json',
    'set.passport --trust court.trust.json --media photos',
    'set.passport',
    'flipped.passport --trust court.trust.json',
    'letter.txt',
    'none.passport',
    'set.passport none.passport letter.txt',
  ]) {
    const { json } = await place.run(['verify', ...words.split(' '), '--format', 'json']);
    expect(faults('verify-report', json()), words).toEqual([]);
  }
  for (const words of [
    'show none',
    'verfy',
    'trust list letter.txt',
    'sign letter.txt -o x --home seller/.goodorder',
  ]) {
    const { json } = await place.run([...words.split(' '), '--format', 'json']);
    expect(faults('error', json()), words).toEqual([]);
  }
  expect(faults('trust-file', JSON.parse(await place.readText('court.trust.json')))).toEqual([]);
  expect(faults('credential-file', JSON.parse(await place.readText('seller.credential.json')))).toEqual([]);
  // A schema that lets everything pass would prove nothing.
  const { json } = await place.run(['verify', 'set.passport', '--format', 'json']);
  for (const change of [
    { verdict: 'FINE' },
    { extra: 1 },
    { at: 'now' },
    { records: [{}] },
    { counts: { a: -1 } },
  ])
    expect(faults('verify-report', { ...json(), ...change }), JSON.stringify(change)).not.toEqual([]);
});

test('what trust suggest and doctor write', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await story.handover();
  const suggested = await place.must(['trust', 'suggest', 'set.passport']);
  expect(faults('trust-suggestion', suggested)).toEqual([]);
  expect(faults('trust-suggestion', { ...suggested, authorities: [{}] })).not.toEqual([]);
  const examined = await place.must(['doctor', '../set.passport'], { in: 'seller' });
  expect(examined.findings).not.toEqual([]);
  expect(faults('doctor-report', examined)).toEqual([]);
  expect(faults('doctor-report', { ...examined, findings: [{ code: 'x' }] })).not.toEqual([]);
});

test('what find writes, and the dispute it reads', async () => {
  const place = await Workplace.make();
  await place.run(['demo']);
  const dispute = JSON.parse(await place.readText('goodorder-demo/dinner-set.dispute.json'));
  expect(faults('dispute', dispute)).toEqual([]);
  expect(faults('dispute', { ...dispute, claims: [{}] })).not.toEqual([]);
  const argv = [
    'find',
    'dinner-set.passport',
    '--dispute',
    'dinner-set.dispute.json',
    '--trust',
    'demo.trust.json',
  ];
  const { json } = await place.run([...argv, '--format', 'json'], { in: 'goodorder-demo' });
  const report = json();
  expect(faults('find-report', report)).toEqual([]);
  expect(report.finding.edges.length).toBeGreaterThan(2);
  expect(report.explanations.length).toBe(report.finding.edges.length);
  const broken = { ...report, finding: { ...report.finding, disposition: 'fair' } };
  expect(faults('find-report', broken)).not.toEqual([]);
});

test('what the other commands write, by command: Workplace holds every test to it, and here the file itself', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const shown = await place.must(['show', 'set.passport', '--trust', 'court.trust.json']);
  const version = await place.must(['version']);
  for (const value of [shown, version]) expect(faults('command-results', value)).toEqual([]);
  for (const change of [{ version: 1 }, { schemaVersion: 2 }, { more: 1 }])
    expect(faults('command-results', { ...version, ...change }), JSON.stringify(change)).not.toEqual([]);
});

describe('the type and the schema of a finding say the same', () => {
  type DeepReadonly<T> = T extends (infer E)[]
    ? readonly DeepReadonly<E>[]
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;

  test('by the compiler', () => {
    const finding = (value: Finding): DeepReadonly<ReturnType<typeof findingSchema>['_zod']['input']> =>
      value;
    const explanation = (
      value: Explanation,
    ): DeepReadonly<ReturnType<typeof explanationSchema>['_zod']['input']> => value;
    const whatIf = (value: WhatIf): DeepReadonly<ReturnType<typeof whatIfSchema>['_zod']['input']> => value;
    expect([finding, explanation, whatIf].map((same) => same.length)).toEqual([1, 1, 1]);
  });
});

describe('drafts', () => {
  test.each([...RECORD_TYPES.keys()] as RecordTypeName[])(
    '%s: the samples are drafts, the template is none',
    (type) => {
      const sub = SAMPLES[type].sub ?? SAMPLE_ITEM;
      for (const payload of [SAMPLES[type].minimal, SAMPLES[type].full])
        expect(faults('draft', { schemaVersion: 1, type, sub, payload: plain(toWritten(payload)) })).toEqual(
          [],
        );
      const template = plain(toPlainValue(readYaml(draftYaml(type, sub))));
      expect(faults('draft', template)).not.toEqual([]);
      const extra = { ...plain(toWritten(SAMPLES[type].minimal)), nonsense: 1 };
      expect(faults('draft', { schemaVersion: 1, type, sub, payload: extra })).not.toEqual([]);
    },
  );
});

test('the column maps that ship are column maps', async () => {
  const maps = ['demo', 'sensors'].flatMap((folder) =>
    readdirSync(new URL(`../../fixtures/${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.columns.yaml'))
      .map((name) => `fixtures/${folder}/${name}`),
  );
  expect(maps.length).toBeGreaterThan(5);
  for (const name of maps) expect(faults('column-map', yaml(name)), name).toEqual([]);
  expect(faults('column-map', { format: 'goodorder-columns/1' })).not.toEqual([]);
});
