import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AT = '2026-09-10T00:00:00Z';
let folder: string;

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build:cli'], {
    cwd: ROOT,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  folder = mkdtempSync(join(tmpdir(), 'goodorder-bundles-'));
  const demo = spawnSync(process.execPath, [join(ROOT, 'bin/goodorder.js'), 'demo', join(folder, 'demo')]);
  expect(demo.status).toBe(0);
  // Its witness has an ML-DSA-44 key: what verifies it is loaded from beside the bundle.
  const [{ passport, trust }] = (
    JSON.parse(readFileSync(join(ROOT, 'docs/spec/vectors/passports-cosignatures.json'), 'utf8')) as {
      cases: [{ passport: string; trust: string }];
    }
  ).cases;
  writeFileSync(join(folder, 'demo/witnessed.passport'), Buffer.from(passport, 'base64'));
  writeFileSync(join(folder, 'demo/witnessed.trust.json'), trust);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(
  entry: string,
  words: readonly string[],
  stdin = '',
): { status: number | null; out: string; err: string } {
  const start = `const { main } = await import(${JSON.stringify(`file://${join(ROOT, 'dist', entry)}`)}); await main(process.argv.slice(1));`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', start, '--', ...words], {
    cwd: join(folder, 'demo'),
    input: stdin,
  });
  return { status: done.status, out: done.stdout.toString(), err: done.stderr.toString() };
}

const LINES: readonly (readonly string[])[] = [
  ['verify', 'dinner-set.passport', '--trust', 'demo.trust.json', '--at', AT],
  [
    'verify',
    'dinner-set.passport',
    '--trust',
    'demo.trust.json',
    '--at',
    AT,
    '--media',
    'photos',
    '--lang',
    'zh',
  ],
  ['verify', '.', '--trust', 'demo.trust.json', '--at', AT, '--format', 'ndjson'],
  ['verify', 'dinner-set-copy.passport', '--at', AT],
  ['verify', 'witnessed.passport', '--trust', 'witnessed.trust.json', '--at', AT],
  ['verify', 'photos/packing.jpg', '--at', AT],
  ['verify', '-', '--at', AT],
  ['verify', '--help'],
  ['verify', '--tust', 'x', 'dinner-set.passport'],
  ['verify'],
];

describe('the two bundles of the command', () => {
  test.each(LINES.map((words) => [words.join(' '), words] as const))('say the same: %s', (_, words) => {
    const whole = run('cli/main.js', words);
    expect(run('verify/verify.cjs', words)).toEqual(whole);
    expect(whole.status).not.toBe(1);
    expect(`${whole.out}${whole.err}`).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });
});

test('a witness with an ML-DSA-44 key is believed by the bundle of `verify`', () => {
  const words = ['verify', 'witnessed.passport', '--trust', 'witnessed.trust.json', '--at', AT];
  const { status, out } = run('verify/verify.cjs', [...words, '--format', 'json']);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    verdict: 'TOTAL-PASSED',
    records: [{ verified: { time: { upper: 1_788_052_800 } } }],
  });
});

describe('the command as a process', () => {
  const bin = (words: readonly string[], options: object = {}) =>
    spawnSync(process.execPath, [join(ROOT, 'bin/goodorder.js'), ...words], {
      cwd: join(folder, 'demo'),
      ...options,
    });

  test('its reader may stop reading', () => {
    const shell = spawnSync('sh', [
      '-c',
      `"${process.execPath}" "${join(ROOT, 'bin/goodorder.js')}" explain | head -n 1`,
    ]);
    expect(shell.status).toBe(0);
    expect(shell.stderr.toString()).toBe('');
    expect(shell.stdout.toString()).toMatch(/^cbor\.truncated /);
  });

  test('an unknown command is a usage error, with a guess', () => {
    const done = bin(['verfy', 'x']);
    expect(done.status).toBe(2);
    expect(done.stderr.toString()).toContain('verify');
  });

  test('nothing of the environment changes what it prints', () => {
    const outputs = ['UTC', 'Asia/Shanghai', 'America/St_Johns'].flatMap((TZ) =>
      ['C', 'de_DE.UTF-8', 'tr_TR.UTF-8'].map((LANG) =>
        bin(
          [
            'find',
            'dinner-set.passport',
            '--dispute',
            'dinner-set.dispute.json',
            '--trust',
            'demo.trust.json',
          ],
          {
            env: { ...process.env, TZ, LANG, LC_ALL: LANG },
          },
        ).stdout.toString(),
      ),
    );
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toContain('DETERMINED');
  });
});
