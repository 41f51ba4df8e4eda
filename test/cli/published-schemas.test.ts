import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { Workplace } from './workplace.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function validator(name: string): (value: unknown) => string[] {
  const schema = JSON.parse(readFileSync(`${ROOT}schemas/${name}.schema.json`, 'utf8')) as object;
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

test('the published schemas are those the program checks with', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/build-schemas.mjs', '--check'], { cwd: ROOT }),
  ).not.toThrow();
});

test('what the command prints and what the demo writes fit the published schemas', async () => {
  const place = await Workplace.make();
  await place.run(['demo']);
  const report = validator('verify-report');
  for (const file of ['dinner-set.passport', 'dinner-set-copy.passport', 'packing.jpg']) {
    const words = [
      'verify',
      file === 'packing.jpg' ? `photos/${file}` : file,
      '--trust',
      'demo.trust.json',
      '--at',
      '1788998400',
    ];
    const json = (await place.run([...words, '--format', 'json'], { in: 'goodorder-demo' })).json();
    expect(report(json), file).toEqual([]);
  }
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(place.path(`goodorder-demo/${name}`), 'utf8'));
  expect(validator('trust-file')(read('demo.trust.json'))).toEqual([]);
  expect(validator('dispute')(read('dinner-set.dispute.json'))).toEqual([]);
  // A schema that takes everything would be none.
  expect(report({ schemaVersion: 1 })).not.toEqual([]);
  expect(validator('trust-file')({ format: 2 })).not.toEqual([]);
  expect(validator('dispute')({ schemaVersion: 1 })).not.toEqual([]);
});
