import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODES } from '../../src/codes.js';
import { examplePage } from './example.js';

const FOLDER = 'docs/spec';
const page = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8');

test('the example is what this verifier computes today', async () => {
  const text = await examplePage();
  // To write it anew: UPDATE_FIXTURES=1 npx vitest run test/spec/pages.test.ts, then read the difference.
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(`${FOLDER}/example.md`, text);
  expect(page('example.md')).toBe(text);
});

test('the page of codes lists every code in order, with its answer, severity and whether it accuses', () => {
  const rows = [
    ...page('codes.md').matchAll(/^\| `([^`]+)` \| (\w+) \| (\w+)( ⚖)? \| ([^|]+) \| ([^|]+) \|$/gm),
  ];
  expect(
    rows.map(([, code, axis, severity, accuses]) => [code, axis, severity, accuses !== undefined]),
  ).toEqual(
    Object.entries(CODES).map(([code, { axis, severity, accuses }]) => [code, axis, severity, accuses]),
  );
});

test('every code but those of other tools is explained on some page or in the example', () => {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'codes.md');
  const text = [...pages.map(page), page('records/README.md')].join('\n');
  const elsewhere = [
    'token.malformed',
    'token.untrusted',
    'token.imprint',
    'media.reused',
    'media.absent',
    'media.mismatch',
  ];
  const silent = Object.keys(CODES).filter((code) => !text.includes(code) && !elsewhere.includes(code));
  expect(silent).toEqual([]);
});

test('every code that a file can show is shown by a vector', () => {
  const files = readdirSync(`${FOLDER}/vectors`).filter((name) => name.endsWith('.json'));
  const text = files.map((name) => page(`vectors/${name}`)).join('');
  const none = [
    'internal',
    'token.malformed',
    'token.untrusted',
    'token.imprint',
    'media.reused',
    'media.absent',
    'media.mismatch',
  ];
  expect(Object.keys(CODES).filter((code) => !text.includes(`"${code}"`))).toEqual(
    Object.keys(CODES).filter((code) => none.includes(code)),
  );
});

test('links between the pages lead somewhere', () => {
  for (const folder of ['', 'records/', 'vectors/']) {
    for (const name of readdirSync(`${FOLDER}/${folder}`)) {
      if (!name.endsWith('.md')) continue;
      for (const [, target] of page(folder + name).matchAll(/\]\(([^)#]+)\)/g)) {
        expect(
          () => readFileSync(`${FOLDER}/${folder}${target}`),
          `${folder}${name}: ${target}`,
        ).not.toThrow();
      }
    }
  }
});
