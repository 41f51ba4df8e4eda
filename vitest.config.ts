import { defineConfig } from 'vitest/config';

export default defineConfig({
  logLevel: 'error',
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    testTimeout: 60_000,
    pool: 'threads',
    // Its files import one another without extension, which only a bundler resolves.
    server: { deps: { inline: ['@ldclabs/cose-ts'] } },
  },
});
