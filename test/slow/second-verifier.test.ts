import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/*
 * `test/second-verifier` is a verifier in Python that was written from `docs/spec` alone. Where it and the product
 * part, either the specification is not exact or one of the two is wrong.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, 'test/second-verifier');
const BUILT = join(ROOT, 'dist/second-verifier');

function python(words: readonly string[]): { status: number | null; output: string } {
  const done = spawnSync('python3', words, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return { status: done.status, output: done.error?.message ?? `${done.stdout}${done.stderr}` };
}

function whyNot(): string | undefined {
  const tried = python(['-c', 'import goodorder_verify.verify']);
  return tried.status === 0 ? undefined : tried.output.trim().split('\n').at(-1);
}

const missing = whyNot();
if (missing !== undefined) {
  process.stderr.write(`second verifier SKIPPED, nothing was compared: python3 cannot run it (${missing})\n`);
}

test.skipIf(missing !== undefined)(
  'the second verifier agrees with every vector of the specification',
  () => {
    const run = python([join(FOLDER, 'vectors.py')]);
    const [, agree, all] = /^all: (\d+) of (\d+) agree$/m.exec(run.output) ?? [];
    expect(run.status, run.output).toBe(0);
    expect(agree).toBe(all);
    expect(Number(all)).toBeGreaterThan(1000);
  },
);

test.skipIf(missing !== undefined)(
  'both verifiers say the same of every passport at hand, of 300 stories, 1,000 mutants and 200 merges',
  () => {
    // Into a folder of its own: other tests build into `dist` too.
    execFileSync(process.execPath, [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(ROOT, 'tsconfig.build.json'),
      '--emitDeclarationOnly',
      'false',
      '--declaration',
      'false',
      '--outDir',
      BUILT,
    ]);
    const words = [
      '--lib',
      join(BUILT, 'index.js'),
      '--stories',
      '300',
      '--mutants',
      '1000',
      '--merges',
      '200',
      '--seed',
      '1',
    ];
    const run = spawnSync(process.execPath, [join(FOLDER, 'compare/compare.mjs'), ...words], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(run.status, `${run.stdout}${run.stderr}`).toBe(0);
    expect(run.stdout).toContain('stories: 300 of 300 agree');
    expect(run.stdout).toContain('mutants: 1000 of 1000 agree');
    expect(run.stdout).toContain('merges: 200 of 200 agree');
  },
);
