import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* Slices of the long runs of docs/testing.md; flips, mutants and histories have slices in files of their own. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function fuzz(words: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/fuzz/run.mjs', ...words.split(' ')],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect(status, `${stdout}${stderr}`).toBe(0);
  process.stdout.write(stdout);
  return stdout;
}

test('a guided run on the scanner and decoder, a guided run on verification', () => {
  expect(fuzz('scanner --executions 200000')).toMatch(/^scanner: 200000 executions, .*; 0 wrong$/m);
  expect(fuzz('verify --executions 2000')).toMatch(/^verify: 2000 executions, .*; 0 wrong$/m);
});

test('at each place that takes text every twentieth naughty text, signed or forced, and shown', () => {
  expect(fuzz('naughty --every 20')).toMatch(/^naughty: \d+ texts, \d+ places of records, .*, 0 wrong$/m);
});
