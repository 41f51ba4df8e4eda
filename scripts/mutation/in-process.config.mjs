// Mutation tests in one process (docs/mutation.md, "In one process"):
//
//   GOODORDER_MUTATE_FILES=<sources> GOODORDER_MUTATE_TESTS=<test files or folders> GOODORDER_MUTATE_OUT=<name> \
//     npx stryker run scripts/mutation/in-process.config.mjs
import base from '../../stryker.config.mjs';

const {
  GOODORDER_MUTATE_TESTS: tests,
  GOODORDER_MUTATE_OUT: name = 'in-process',
  GOODORDER_MUTATE_SLOW_MS: slowMs = '1500',
} = process.env;
if (tests === undefined)
  throw new Error('GOODORDER_MUTATE_TESTS: test files or folders, with commas between');

export default {
  ...base,
  plugins: ['./scripts/mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  // Properties run fewer times; a test that takes longer judges nothing.
  inProcess: { tests: tests.split(','), runs: 30, slowMs: Number(slowMs) },
  incremental: false,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  jsonReporter: { fileName: `dist/mutation/${name}/mutation.json` },
  htmlReporter: { fileName: `dist/mutation/${name}/index.html` },
  reporters: ['json', 'progress-append-only'],
  thresholds: { high: 100, low: 95, break: 0 },
};
