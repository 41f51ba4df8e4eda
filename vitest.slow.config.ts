import { defineConfig } from 'vitest/config';
import { SLOW_FILES } from './vitest.slow-files.js';

export default defineConfig({
  logLevel: 'error',
  // docs/examples import the library by its name.
  resolve: { alias: { goodorder: new URL('src/index.ts', import.meta.url).pathname } },
  test: {
    include: ['test/slow/**/*.test.ts', ...SLOW_FILES],
    testTimeout: 900_000,
    pool: 'threads',
  },
});
