import { describe, expect, test } from 'vitest';
import { readDraft } from '../../src/cli/draft.js';
import { alsoNeeded, faultSentence } from '../../src/cli/draft-hints.js';
import { draftYaml } from '../../src/cli/draft-template.js';
import { GoodOrderError } from '../../src/errors.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { toWritten } from '../../src/record/written-form.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { ITEM as SAMPLE_ITEM, SAMPLES } from '../record/sample-payloads.js';
import { COMMISSION, ITEM, Story } from './story.js';
import { type Json, Workplace } from './workplace.js';

const TYPES = [...RECORD_TYPES.keys()] as RecordTypeName[];

function refusal(work: () => unknown): GoodOrderError {
  try {
    work();
  } catch (error) {
    if (error instanceof GoodOrderError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** All that stands behind `#`, taken in; the lines at the top are prose. */
function uncommented(yaml: string): string {
  const [head = '', body = ''] = yaml.split(/(?=^schemaVersion)/m);
  expect(head).toMatch(/^# /);
  return body
    .split('\n')
    .filter((line) => !line.includes('# Optional:'))
    .map((line) => line.replaceAll('# ', ''))
    .join('\n');
}

describe.each(TYPES)('a draft of %s', (type) => {
  test('is refused until everything is filled in, value by value', () => {
    const error = refusal(() => readDraft(draftYaml(type, SAMPLE_ITEM), 'a.yaml'));
    expect(error).toMatchObject({ code: 'draft.malformed', place: { file: 'a.yaml' } });
    const problems = error.cause as GoodOrderError[];
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems)
      expect(problem.place).toMatchObject({ file: 'a.yaml', line: expect.any(Number) });
  });

  test('shows every field of the type, and stays well-formed with all of them', () => {
    const value = toPlainValue(readYaml(uncommented(draftYaml(type, SAMPLE_ITEM)))) as Json;
    const samples = SAMPLES[type];
    const shown = Object.keys(value.payload);
    for (const field of Object.keys(samples.full)) expect(shown).toContain(field);
    const required = toPlainValue(readYaml(draftYaml(type, SAMPLE_ITEM))) as Json;
    for (const field of Object.keys(required.payload)) expect(Object.keys(samples.full)).toContain(field);
  });

  test('with the sample values is read as it was written', () => {
    for (const payload of [SAMPLES[type].minimal, SAMPLES[type].full]) {
      const written = {
        schemaVersion: 1,
        type,
        sub: SAMPLES[type].sub ?? SAMPLE_ITEM,
        payload: toWritten(payload),
      };
      const draft = readDraft(JSON.stringify(written), 'a.json');
      expect(toWritten(draft.payload)).toEqual(toWritten(payload));
    }
  });
});

test.each([
  ['[]', 'a draft is a map'],
  ['schemaVersion: 2', '`schemaVersion` is 1'],
  ['schemaVersion: 1\ntype: handovr', '`type` is one of'],
  ['schemaVersion: 1\ntype: media\nsub: 5', '`sub` is the subject'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: []', '`payload` is a map'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: {}\nseen: [ab]', '64 hex digits'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: {}\nseen: ab', '64 hex digits'],
  ['schemaVersion: 1\nextra: 1', 'no `extra`'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: {a: hex:zz}', 'not lowercase hex'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: {a: 2026-01-01T00:00:00}', 'not a time with its offset'],
  ['schemaVersion: 1\ntype: media\nsub: a\npayload: {a: sha256:00}', '64 hex digits'],
])('%j is refused', (text, message) => {
  const error = refusal(() => readDraft(text, 'a.yaml'));
  expect(error.message).toContain(message);
  expect(error).toMatchObject({
    code: 'draft.malformed',
    place: { file: 'a.yaml', line: expect.any(Number) },
  });
});

test('every fault of a payload is told with its line', async () => {
  const story = await Story.begin();
  const { place } = story;
  const payload = { ...COMMISSION, stage: '', colour: 'red', materials: [{}] };
  await place.write(
    'seller/d.yaml',
    `schemaVersion: 1\ntype: commission\nsub: ${ITEM}\npayload:\n${Object.entries(payload)
      .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`)
      .join('\n')}\n`,
  );
  const refused = await place.run(['sign', 'd.yaml', '--into', 'a.passport', '--format', 'json'], {
    in: 'seller',
  });
  expect(refused.exit).toBe(3);
  const { error } = refused.json();
  expect(error.code).toBe('signer.refused');
  expect(error.problems.map((one: Json) => [one.code, one.place.path, one.place.line])).toEqual([
    ['schema.value', 'stage', 8],
    ['schema.missing', 'materials[0].name', 10],
    ['schema.unknown-key', 'colour', 12],
  ]);
  const text = await place.run(['sign', 'd.yaml', '--into', 'a.passport'], { in: 'seller' });
  expect(text.err).toMatch(/schema\.value: .* \(d\.yaml:8:10, at `stage`\)/);
});

describe('goodorder record', () => {
  test('writes a draft to stdout, or a file, and replaces nothing unasked', async () => {
    const place = await Workplace.make();
    const shown = await place.run(['record', 'handover', '--sub', ITEM, '--quiet']);
    expect(shown).toMatchObject({ exit: 0, err: '', out: draftYaml('handover', ITEM) });
    expect(await place.run(['record', 'handover', '-o', 'a.yaml'])).toMatchObject({ exit: 0, out: '' });
    expect((await place.run(['record', 'media', '-o', 'a.yaml'])).err).toContain('--force');
    expect((await place.run(['record', 'media', '-o', 'a.yaml', '--force'])).exit).toBe(0);
    expect(await place.readText('a.yaml')).toContain('type: media');
    await place.run(['record', 'statement', '-o', 'a.json']);
    expect(JSON.parse(await place.readText('a.json'))).toMatchObject({ type: 'statement', schemaVersion: 1 });
  });

  test('a subject that is not in its canonical form is refused', async () => {
    const place = await Workplace.make();
    for (const [sub, code] of [
      ['https://id.gs1.org/01/09521234543210/21/A', 'subject.check-digit'],
      ['https://example.com/01/09521234543213/21/A', 'subject.not-canonical'],
      ['SN0007', 'subject.not-canonical'],
    ] as const) {
      const refused = await place.run(['record', 'media', '--sub', sub, '--format', 'json']);
      expect(refused.exit).toBe(3);
      expect(refused.json().error.code).toBe(code);
    }
  });
});

describe('what a person who fills in a draft is told', () => {
  test('a URI is shown as it is written, and what is needed under a condition stands at the top', () => {
    const yaml = draftYaml('handover', ITEM);
    expect(yaml).toContain('  from: <URI of a party, as https://id.gs1.org/417/9521234000013 or ');
    expect(yaml).toContain(
      '\n# Also needed: leg and mode, where toCapacity is carrier, contracting-carrier or operator.\n',
    );
    expect(draftYaml('commission', ITEM)).toContain(
      'location: <URI of an item, lot, container or place, as ',
    );
  });

  test('what a rule across fields misses is listed among what is also needed', () => {
    const missing = TYPES.flatMap((type) => {
      const definition = RECORD_TYPES.get(type);
      const context = { sub: 'urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8', iss: '', kid: '' };
      const { minimal, full } = SAMPLES[type];
      const given = { ...minimal, ...(type === 'handover' ? { toCapacity: 'carrier' } : {}) } as Json;
      const bare = [given, full as Json].flatMap((whole) =>
        Object.keys(full).map((field) => {
          const { [field]: _one, ...rest } = whole;
          return rest;
        }),
      );
      return bare.flatMap((payload) => {
        try {
          return (definition?.faults(payload, context) ?? [])
            .filter(({ code }) => code === 'schema.missing')
            .map(({ path }) => [type, path] as const);
        } catch {
          // Rules are for payloads of which the schema holds.
          return [];
        }
      });
    });
    expect(missing.length).toBeGreaterThan(3);
    for (const [type, path] of missing)
      expect([type, alsoNeeded(type).join()]).toEqual([type, expect.stringContaining(path)]);
  });

  test('a fault says what would stand there', () => {
    expect(faultSentence('handover', 'schema.value', 'parcels')).toMatch(/: expected <whole number>$/);
    expect(faultSentence('handover', 'schema.value', 'inspectedScope[3].aspect')).toContain(
      'expected <quantity | ',
    );
    expect(faultSentence('handover', 'schema.missing', 'leg')).toMatch(/: it needs leg and mode, where /);
    expect(faultSentence('commission', 'schema.missing', 'materials')).toMatch(
      /materials or materialsReference$/,
    );
    for (const path of ['inspectedScope', 'inspectedScope[0]', 'no.such', 'parcels.deeper', '__proto__'])
      expect(faultSentence('handover', 'schema.value', path)).toMatch(/does not allow$/);
  });

  test('a subject that is none is answered with how one is written', async () => {
    const place = await Workplace.make();
    expect((await place.run(['record', 'media', '--sub', 'SN0007'])).err).toContain(
      'https://id.gs1.org/01/GTIN/21/SERIAL',
    );
  });
});
