import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allVectorFiles } from './all-vectors.js';
import { vectorText } from './vector-file.js';

const FOLDER = 'docs/spec/vectors';

// To write the files anew: UPDATE_FIXTURES=1 npx vitest run test/spec/vectors.test.ts, then read the difference.
const update = process.env['UPDATE_FIXTURES'] === '1';

test('the vectors are what this verifier says today', async () => {
  const files = await allVectorFiles();
  if (update) mkdirSync(FOLDER, { recursive: true });
  for (const file of files) {
    const path = join(FOLDER, `${file.name}.json`);
    const text = vectorText(file);
    if (update) writeFileSync(path, text);
    else if (!existsSync(path)) expect.fail(`${path} is missing`);
    expect(JSON.parse(readFileSync(path, 'utf8')), path).toEqual(JSON.parse(text));
  }
  const here = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  expect(here.sort()).toEqual(files.map(({ name }) => `${name}.json`).sort());
});
