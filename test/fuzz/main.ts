import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { naughty, naughtyWorker } from './naughty-run.js';
import { serve } from './parallel.js';
import { type Asked, flips, guided, histories, mutants, workerOf } from './runs.js';
import { measure, sizes } from './sizes.js';

const USAGE = `npm run fuzz -- flips [--only words]
npm run fuzz -- mutants   [--count 1000000]   [--seed 1]
npm run fuzz -- scanner   [--executions 100000000] [--seed 1]
npm run fuzz -- verify    [--executions 1000000]   [--seed 1]
npm run fuzz -- histories [--count 100000]    [--seed 1]
npm run fuzz -- naughty   [--every 1]
npm run fuzz -- sizes     [--count 2000] [--full] [--only words]
`;

const { values, positionals } = parseArgs({
  options: {
    count: { type: 'string' },
    executions: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    full: { type: 'boolean', default: false },
    measure: { type: 'string' },
    root: { type: 'string', default: process.cwd() },
    serve: { type: 'string' },
  },
  allowPositionals: true,
});

// Most inputs are refused by an error, and taking its stack costs more than the refusal.
if (values.serve === 'scanner' || values.serve === 'verify') Error.stackTraceLimit = 0;

if (values.serve !== undefined) {
  const worker =
    values.serve === 'naughty'
      ? Promise.resolve(naughtyWorker(values.root, Number(values.every)))
      : workerOf(values.serve, values.root, Number(values.seed));
  serve(async (job) => (await worker)(job));
} else if (values.measure !== undefined) {
  await measure(values.measure);
} else {
  process.exitCode = (await run(positionals[0])) ? 0 : 1;
}

async function run(mode: string | undefined): Promise<boolean> {
  const many = (usual: number): number => {
    const count = Number(values.count ?? values.executions ?? usual);
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError('a count is a whole number from 1');
    return count;
  };
  const asked = (usual: number): Asked => ({
    program: fileURLToPath(import.meta.url),
    root: values.root,
    folder: join(values.root, 'dist/fuzz/results'),
    count: many(usual),
    seed: Number(values.seed),
    only: values.only,
  });
  const start = performance.now();
  const modes: Readonly<Record<string, () => Promise<boolean>>> = {
    flips: () => flips(asked(1)),
    mutants: () => mutants(asked(1_000_000)),
    scanner: () => guided(asked(100_000_000), 'scanner'),
    verify: () => guided(asked(1_000_000), 'verify'),
    histories: () => histories(asked(100_000)),
    sizes: () => sizes(asked(2_000), values.full),
    naughty: () => naughty(asked(1), Number(values.every)),
  };
  if (mode === undefined || !Object.hasOwn(modes, mode)) {
    process.stderr.write(USAGE);
    return false;
  }
  const fine = await modes[mode]!();
  process.stdout.write(`${mode} took ${Math.round((performance.now() - start) / 1000)} s\n`);
  return fine;
}
