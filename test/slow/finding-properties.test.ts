import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

// The fast suite runs a fixed seed; here each run takes another, which a failure prints beside the path of its smallest case.
test.each(['properties-of-edges', 'properties-of-issues'])(
  '%s hold over many more cases of a seed of the day',
  (name) => {
    const seed = process.env['PROPERTY_SEED'] ?? String(randomInt(2 ** 31 - 1));
    const { status, stdout } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', `test/finding/${name}.test.ts`],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        env: { ...process.env, FORCE_COLOR: '0', PROPERTY_SEED: seed, PROPERTY_RUNS: '1000' },
      },
    );
    expect(status, `PROPERTY_SEED=${seed}\n${stdout.slice(-20_000)}`).toBe(0);
  },
);
