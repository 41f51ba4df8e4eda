// Runs the portable part of the test suite under several versions of Node and, where one is installed, in headless
// Chromium, one after the other at low priority, and prints a table. Node's binaries come from npm's own packages
// (`node-<platform>-<arch>`), into a temporary folder that later runs use again; they are no dependency. Findings of every
// scenario, their explanations and what would change them are held to fixtures/finding-golden on each.
//
//   node scripts/run-matrix.mjs [--versions 20.19.0,26.10.0] [folder of test/ …]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** The oldest that package.json allows, and the newest of each line when this was written. */
const VERSIONS = ['20.19.0', '20.20.2', '22.23.3', '24.21.0', '26.10.0'];
/** What imports no Node builtin but the native hash and signatures, and so must say the same everywhere. */
const PORTABLE = [
  'codec',
  'crypto',
  'merkle',
  'log',
  'subject',
  'record',
  'credential',
  'passport',
  'verify',
  'facts',
  'rules',
  'finding',
];
const root = new URL('..', import.meta.url).pathname;
const cache = join(tmpdir(), 'goodorder-node');
const { values, positionals } = parseArgs({
  options: { versions: { type: 'string' } },
  allowPositionals: true,
});
const versions = values.versions?.split(',') ?? VERSIONS;
const folders = (positionals.length > 0 ? positionals : PORTABLE).map((name) => `test/${name}/`);

setPriority(constants.priority.PRIORITY_LOW);
const rows = versions.map(runNode);
rows.push(runBrowser());
const head = ['runtime', 'passed', 'failed', 'skipped', 'files', 'seconds', 'OpenSSL', 'Unicode'];
printTable([head, ...rows]);
process.exitCode = rows.some(([, , failed]) => failed !== '0' && failed !== '–') ? 1 : 0;

function runNode(version) {
  const binary = fetchNode(version);
  if (binary === null) return [`Node ${version}`, '–', 'not to be had', '–', '–', '–', '–', '–'];
  const [openssl, unicode] = JSON.parse(
    execFileSync(binary, ['-p', 'JSON.stringify([process.versions.openssl, process.versions.unicode])'], {
      encoding: 'utf8',
    }),
  );
  return [`Node ${version}`, ...runTests(binary, folders), openssl, unicode];
}

function runBrowser() {
  const [passed, ...rest] = runTests(process.execPath, ['test/browser/']);
  const skipped = passed === '0' ? ' (none installed: skipped)' : '';
  return [`Chromium${skipped}`, passed, ...rest, '–', '–'];
}

/** Passed, failed, skipped, files, seconds. */
function runTests(binary, paths) {
  const report = join(cache, 'report.json');
  rmSync(report, { force: true });
  const start = process.hrtime.bigint();
  const done = spawnSync(
    binary,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--maxWorkers=1',
      '--reporter=json',
      `--outputFile=${report}`,
      ...paths,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0', GOODORDER_MATRIX: '1' } },
  );
  const seconds = String((process.hrtime.bigint() - start) / 1_000_000_000n);
  if (!existsSync(report)) {
    console.error(done.stdout, done.stderr);
    return ['0', 'did not run', '0', '0', seconds];
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  for (const file of result.testResults) {
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'failed')
        console.error(
          `${file.name.slice(root.length)}: ${fullName}\n  ${failureMessages[0]?.split('\n')[0]}`,
        );
    }
    if (isBroken(file)) console.error(`${file.name}: ${file.message || 'a hook failed'}`);
  }
  const broken = result.testResults.filter(isBroken).length;
  return [
    result.numPassedTests,
    result.numFailedTests + broken,
    result.numPendingTests,
    result.testResults.length,
    seconds,
  ].map(String);
}

/** A file that does not load, or whose first hook fails, has no tests that fail, but fails. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((one) => one.status === 'failed');
}

/** The binary of a version, downloaded once; null where npm has none for this platform. */
function fetchNode(version) {
  const binary = join(cache, `node-${version}`);
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const name = `node-${process.platform}-${process.arch}`;
  const packed = spawnSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', cache, `${name}@${version}`],
    { cwd: cache, encoding: 'utf8' },
  );
  const archive = join(cache, `${name}-${version}.tgz`);
  if (packed.status !== 0 || !existsSync(archive)) {
    console.error(`npm has no ${name}@${version}`);
    return null;
  }
  const folder = join(cache, `unpacked-${version}`);
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', folder, 'package/bin/node']);
  renameSync(join(folder, 'package/bin/node'), binary);
  rmSync(folder, { recursive: true });
  rmSync(archive);
  return binary;
}

function printTable(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const [index, line] of lines.entries()) {
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
    if (index === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  }
}
