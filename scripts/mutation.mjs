// Mutation tests of one folder of src/ (docs/mutation.md): runs Stryker at low priority (nice 10) and prints the row of the
// table. Exit code 1 below the folder's least score.
//
//   node scripts/mutation.mjs <module> [file of the module …] [--fresh]
//
// With files, only their mutants are made, and the row is of these. --fresh forgets what an earlier run by vitest found
// where neither the code nor a test changed; runs in the process remember nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';

/** Percent. The folders that find facts and judge them: 90. */
const LEAST_SCORE = { facts: 90, rules: 90, finding: 90 };
const LEAST_SCORE_ELSE = 95;
/** The tests that judge a folder, where they are not just those of the same name. No command line, no slow suites. */
const TESTS = {
  merkle: ['test/merkle', 'test/attack/merkle.test.ts'],
  credential: ['test/credential', 'test/verify/whole-answers.test.ts'],
  passport: ['test/passport', 'test/verify/whole-answers.test.ts'],
  rules: [
    'test/rules',
    'test/finding/shares-and-limits.test.ts',
    'test/finding/quantum.test.ts',
    'test/finding/decide-edge.test.ts',
  ],
  finding: ['test/finding', 'test/cli/published-schemas.test.ts'],
};
/** Folders whose tests load modules anew, or spy on the machine, which only vitest can do for them. */
const BY_VITEST = ['crypto'];
const { values, positionals } = parseArgs({
  options: { fresh: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [module, ...names] = positionals;
if (module === undefined || !existsSync(`src/${module}`)) {
  console.error('usage: npm run mutation -- <folder of src/> [file …] [--fresh]');
  process.exit(2);
}
const files = names.map((name) => `src/${module}/${name.replace(/\.ts$/, '')}.ts`);
const report = `dist/mutation/${module}/mutation.json`;

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
rmSync(report, { force: true });
if (values.fresh) rmSync(`dist/mutation/${module}/incremental.json`, { force: true });
const config = BY_VITEST.includes(module) ? 'stryker.config.mjs' : 'scripts/mutation/in-process.config.mjs';
const { status } = spawnSync('npx', ['--no-install', 'stryker', 'run', config], {
  stdio: 'inherit',
  env: {
    ...process.env,
    GOODORDER_MUTATE_MODULE: module,
    GOODORDER_MUTATE_OUT: module,
    GOODORDER_MUTATE_TESTS: (TESTS[module] ?? [`test/${module}`]).join(','),
    ...(files.length > 0 && { GOODORDER_MUTATE_FILES: files.join(',') }),
  },
});
if (!existsSync(report)) process.exit(status ?? 1);

const counts = new Map();
for (const [file, { mutants }] of Object.entries(JSON.parse(readFileSync(report, 'utf8')).files)) {
  if (files.length > 0 && !files.includes(file)) continue;
  for (const mutant of mutants) counts.set(mutant.status, (counts.get(mutant.status) ?? 0) + 1);
}
const count = (name) => counts.get(name) ?? 0;
const detected = count('Killed') + count('Timeout');
const undetected = count('Survived') + count('NoCoverage');
const score = (100 * detected) / (detected + undetected);
const shown = (Math.floor(100 * score) / 100).toFixed(2);
console.log('\n| module | mutants | killed | timed out | survived | not run | ignored | score |');
console.log(
  `| ${[module, ...names].join(' ')} | ${detected + undetected} | ${count('Killed')} | ${count('Timeout')} |` +
    ` ${count('Survived')} | ${count('NoCoverage')} | ${count('Ignored')} | ${shown} % |`,
);
process.exitCode = score >= (LEAST_SCORE[module] ?? LEAST_SCORE_ELSE) ? 0 : 1;
