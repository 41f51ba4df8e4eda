// How verification grows with the passport: 10 to 100,000 records of the benchmark's sample, each size made and
// verified in processes of its own, so that one size's memory is not another's. Prints a table for docs/benchmarks.md.
//
//   node scripts/growth.mjs [records …]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const worker = join(root, 'dist/growth/worker.js');

const WORKER = `
import { readFileSync, writeFileSync } from 'node:fs';
import { sample } from './bench/sample.js';
import { trustText } from './bench/peers/ours.js';
import { readTrustFile } from './src/credential/trust-file.js';
import { verifyPassport } from './src/verify/verify-passport.js';

const [, , task, folder, count] = process.argv;
const files = { passport: folder + '/growth.passport', trust: folder + '/growth.trust.json', at: folder + '/at' };

async function make() {
  const { passport, trust, at } = await sample(Number(count));
  writeFileSync(files.passport, passport);
  writeFileSync(files.trust, trustText(trust));
  writeFileSync(files.at, String(at));
}

async function verify() {
  const trust = readTrustFile(readFileSync(files.trust), 'growth.trust.json');
  const at = Number(readFileSync(files.at, 'utf8'));
  const records = Number(count);
  const before = process.resourceUsage().maxRSS;
  const passport = readFileSync(files.passport);
  // The bytes are handed over, as the command does, so that they are not held twice.
  async function once(oneThread) {
    const start = process.hrtime.bigint();
    const { verdict, records: verified } = await verifyPassport(passport, { trust, at, oneThread, owned: true });
    const took = Number(process.hrtime.bigint() - start) / 1e6;
    if (verdict !== 'TOTAL-PASSED' || verified.length !== records) throw new Error(verdict);
    return took;
  }
  const first = await once(false);
  const peak = process.resourceUsage().maxRSS;
  // As many rounds as make about 20,000 records; at least three.
  const rounds = Math.max(3, Math.min(500, Math.ceil(20_000 / records)));
  const times = { both: [], one: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.both.push(await once(false));
    times.one.push(await once(true));
  }
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const result = { bytes: passport.length, before, peak, first, rounds };
  process.stdout.write(JSON.stringify({ ...result, both: median(times.both), one: median(times.one) }));
}

await (task === 'make' ? make() : verify());
`;

await build({
  stdin: { contents: WORKER, resolveDir: root, loader: 'js' },
  outfile: worker,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [10, 100, 1_000, 10_000, 100_000];
const thousands = (value) => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

console.log(
  `${new Date().toISOString()}, Node ${process.version}, load ${readFileSync('/proc/loadavg', 'utf8').split(' ', 3).join(' ')}\n`,
);
row([
  'records',
  'file, bytes',
  'bytes a record',
  'first call, ms',
  'both cores, µs a record',
  'one core, µs a record',
  'peak RSS, MB',
  'of which before reading, MB',
]);
console.log('|---:|---:|---:|---:|---:|---:|---:|---:|');
for (const records of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'goodorder-growth-'));
  try {
    const run = (task) =>
      execFileSync(process.execPath, [worker, task, folder, String(records)], { encoding: 'utf8' });
    run('make');
    const { bytes, before, peak, first, both, one } = JSON.parse(run('verify'));
    row([
      thousands(records),
      thousands(bytes),
      (bytes / records).toFixed(0),
      first.toFixed(first < 100 ? 1 : 0),
      ((1000 * both) / records).toFixed(1),
      ((1000 * one) / records).toFixed(1),
      (peak / 1024).toFixed(0),
      (before / 1024).toFixed(0),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
