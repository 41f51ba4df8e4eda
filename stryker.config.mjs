// Mutation tests of one folder of src/: `npm run mutation -- <module> [file …]`, which sets the two variables read here.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const module = process.env['GOODORDER_MUTATE_MODULE'] ?? 'merkle';
// Generated packs are data: a test of each rule would repeat them.
const whole = [`src/${module}/**/*.ts`, '!src/rules/packs/*.generated.ts'];
const files = process.env['GOODORDER_MUTATE_FILES']?.split(',') ?? whole;
const out = `dist/mutation/${module}`;

// biome-ignore lint/style/noDefaultExport: Stryker asks for it
export default {
  mutate: files,
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // One process beside whatever else the machine does.
  concurrency: 1,
  timeoutMS: 10_000,
  timeoutFactor: 2,
  // A copy of the checkout as it is at the start, where no other tool of the tree looks.
  tempDirName: join(tmpdir(), 'goodorder-mutation'),
  cleanTempDir: 'always',
  ignorePatterns: ['/dist', '/coverage', '/docs/api', '/bench', '*.tgz'],
  // Vitest checks no types, and some tests read the sources as text.
  disableTypeChecks: false,
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${out}/mutation.json` },
  htmlReporter: { fileName: `${out}/index.html` },
  incremental: true,
  incrementalFile: `${out}/incremental.json`,
  allowConsoleColors: false,
  thresholds: { high: 100, low: 95, break: 95 },
};
