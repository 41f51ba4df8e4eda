import { defineConfig } from 'vitest/config';
import { SLOW_FILES } from './vitest.slow-files.js';

export default defineConfig({
  logLevel: 'error',
  // docs/examples import the library by its name.
  resolve: { alias: { goodorder: new URL('src/index.ts', import.meta.url).pathname } },
  test: {
    include: ['test/**/*.test.ts'],
    // A run on another version of Node, or in a browser, takes what stands in the folders it names.
    exclude: ['test/slow/**', ...(process.env['GOODORDER_MATRIX'] === undefined ? SLOW_FILES : [])],
    testTimeout: 60_000,
    pool: 'threads',
    // By default one core is left to the watching terminal; a run to the end has none.
    maxWorkers: '100%',
    // Its files import one another without extension, which only a bundler resolves.
    server: { deps: { inline: ['@ldclabs/cose-ts'] } },
  },
});
