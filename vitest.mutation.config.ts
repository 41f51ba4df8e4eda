import { configDefaults, defineConfig } from 'vitest/config';

/**
 * The tests that judge the mutants of a module: its own folder and, where a rule of the module shows only from outside,
 * a few more files. No command line, no slow suites.
 */
const MORE_TESTS: Readonly<Record<string, readonly string[]>> = {
  merkle: ['test/attack/merkle.test.ts'],
};
/** Tests that say nothing about a mutant that others do not say sooner. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {};
/** Most runs of a property: enough to meet a mutant, few enough for some thousands of mutants. */
const RUNS = Number(process.env['GOODORDER_MUTATE_RUNS'] ?? 40);

const module = process.env['GOODORDER_MUTATE_MODULE'] ?? 'merkle';

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
    include: [`test/${module}/**/*.test.ts`, ...(MORE_TESTS[module] ?? [])],
    exclude: [...configDefaults.exclude, ...(LEFT_OUT[module] ?? [])],
    setupFiles: ['scripts/mutation-seed.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    server: { deps: { inline: ['@ldclabs/cose-ts'] } },
  },
});
