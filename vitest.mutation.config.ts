import { defineConfig } from 'vitest/config';

/** Most runs of a property: enough to meet a mutant, few enough for some thousands of mutants. */
const RUNS = Number(process.env['GOODORDER_MUTATE_RUNS'] ?? 40);

/** Files and folders, as `scripts/mutation.mjs` names them. */
const tests = (process.env['GOODORDER_MUTATE_TESTS'] ?? 'test/merkle').split(',');

export default defineConfig({
  logLevel: 'error',
  resolve: { alias: { goodorder: new URL('src/index.ts', import.meta.url).pathname } },
  define: { __MUTATION_RUNS__: String(RUNS) },
  plugins: [
    {
      name: 'fewer-runs',
      enforce: 'pre',
      transform(code, id) {
        if (!id.endsWith('.test.ts')) return null;
        return code.replace(/\bnumRuns: ([\d_]+)/g, (_, runs) => {
          return `numRuns: ${Math.min(Number(runs.replaceAll('_', '')), RUNS)}`;
        });
      },
    },
  ],
  test: {
    include: tests.map((name) => (name.endsWith('.ts') ? name : `${name}/**/*.test.ts`)),
    setupFiles: ['scripts/mutation-seed.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    server: { deps: { inline: ['@ldclabs/cose-ts'] } },
  },
});
