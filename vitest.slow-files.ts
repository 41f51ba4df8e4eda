/**
 * Tests that stand where they mirror `src` and yet take ten seconds and more: they run with the slow suites, so that the
 * fast one stays under three minutes.
 */
export const SLOW_FILES: readonly string[] = [
  'test/attack/cli.test.ts',
  'test/attack/cli-files.test.ts',
  'test/attack/resource.test.ts',
  'test/browser/**/*.test.ts',
  'test/cli/cli-docs.test.ts',
  'test/cli/signing-safety.test.ts',
  'test/scenario/determinism.test.ts',
];
