import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { barePeers } from './bare.js';
import { cosePeers } from './cose.js';
import { dataIntegrityPeer } from './data-integrity.js';
import { gitPeer } from './git.js';
import { hypercorePeers } from './hypercore.js';
import { josePeers } from './jose.js';
import { merkleComparison } from './merkle.js';
import { compare, type Outcome, payloadOf, type Sample, sample, trustText, verifyPassport } from './ours.js';
import { type Material, makeSigners, meanLength, type Peer, TAMPERED, withFlippedBit } from './peer.js';
import { sigstorePeer } from './sigstore.js';
import { ssbPeer } from './ssb.js';

const RECORDS = 1_000;
const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
const folder = mkdtempSync(join(process.env['GOODORDER_BENCH_DIR'] ?? tmpdir(), 'goodorder-peers-'));
const only = process.argv[2];

function load(): string {
  return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
}

const ms = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

function row(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function ratioText({ ratio, lowest, highest }: Outcome): string {
  return `${ratio.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
}

const refusals: [name: string, reason: string][] = [];

/** Notes how a tampered record is refused, so that a reader sees it was for the right reason. */
async function mustReject(name: string, work: () => Promise<unknown> | unknown): Promise<void> {
  let reason: string | null = null;
  try {
    await work();
  } catch (error) {
    reason = String(error).split('\n')[0] as string;
  }
  if (reason === null) throw new Error(`${name} takes a tampered record for a valid one`);
  refusals.push([name, reason]);
}

async function verifyOurs({ trust, at }: Sample, passport: Uint8Array, oneThread: boolean): Promise<void> {
  const { verdict } = await verifyPassport(passport, { trust, at, ...(oneThread ? { oneThread } : {}) });
  if (verdict !== 'TOTAL-PASSED') throw new Error(`the sample is ${verdict}`);
}

function tamperedPassport({ passport, records }: Sample): Uint8Array {
  const changed = Buffer.from(passport);
  const payload = payloadOf((records[TAMPERED] as (typeof records)[number]).bytes);
  changed.set(withFlippedBit(payload), changed.indexOf(payload));
  return changed;
}

/** One peer against ours on one core and as shipped, which is on both; in turn, pair by pair. */
async function against(made: Sample, peer: Peer, goals: readonly [number, number] | null): Promise<number> {
  await peer.verify();
  await mustReject(peer.name, () => peer.verifyTampered());
  const cells: string[] = [];
  const met: boolean[] = [];
  let peerMs = 0;
  for (const oneThread of [true, false]) {
    const outcome = await compare({
      name: peer.name,
      kind: 'speed',
      goal: { relation: '>=', value: goals?.[oneThread ? 0 : 1] ?? 0 },
      ours: () => verifyOurs(made, made.passport, oneThread),
      baseline: () => peer.verify(),
      rounds: ROUNDS,
      ourWord: 'verifyPassport',
      baselineWord: peer.name,
    });
    cells.push(ms(outcome.ourMs), ratioText(outcome), goals === null ? '' : outcome.met ? 'yes' : '**no**');
    met.push(outcome.met);
    peerMs = outcome.baselineMs;
  }
  row([peer.name, peer.cores, ms(peerMs), ...cells]);
  return met.filter((one) => !one).length;
}

/** Times as fast on one core, and on both. libsodium alone is there to explain the peers that use it. */
function goalsOf({ name }: Peer): readonly [number, number] | null {
  if (name === 'bare libsodium') return null;
  return name === 'bare OpenSSL' ? [0.9, 1.6] : [1, 1];
}

/** Both as commands: git is one, and starts others. */
async function againstGit(made: Sample, peer: Peer): Promise<boolean> {
  const root = new URL('../../../', import.meta.url).pathname;
  const files = { passport: join(folder, 'bench.passport'), trust: join(folder, 'bench.trust.json') };
  writeFileSync(files.passport, made.passport);
  writeFileSync(files.trust, trustText(made.trust));
  const command = ['verify', files.passport, '--trust', files.trust, '--at', String(made.at)];
  const ours = (): number | null =>
    spawnSync(process.execPath, [join(root, 'bin/goodorder.js'), ...command]).status;
  await peer.verify();
  await mustReject(peer.name, () => peer.verifyTampered());
  const outcome = await compare({
    name: peer.name,
    kind: 'speed',
    goal: { relation: '>=', value: 1 },
    ours: () => {
      const status = ours();
      if (status !== 0) throw new Error(`goodorder verify ends with ${status}`);
    },
    baseline: () => peer.verify(),
    rounds: Math.min(ROUNDS, 3),
    ourWord: 'goodorder verify',
    baselineWord: peer.name,
  });
  row([
    peer.name,
    ms(outcome.baselineMs),
    ms(outcome.ourMs),
    ratioText(outcome),
    outcome.met ? 'met' : 'MISSED',
  ]);
  return outcome.met;
}

function printSizes({ passport, records }: Sample, peers: readonly Peer[]): void {
  const payload = meanLength(records.map(({ bytes }) => payloadOf(bytes)));
  const record = meanLength(records.map(({ bytes }) => bytes));
  const file = passport.length / records.length;
  console.log('\n| bytes for one record | in all | around the payload |');
  console.log('|---|---:|---:|');
  row(['payload, as signed', payload.toFixed(0), '']);
  row(['our record', record.toFixed(0), `**${(record - payload).toFixed(0)}**`]);
  row([
    'our record with its share of the passport: 6 keys, 5 credentials, file structure',
    file.toFixed(0),
    `**${(file - payload).toFixed(0)}**`,
  ]);
  for (const { name, bytesPerRecord } of peers) {
    if (bytesPerRecord === null || name.endsWith('`Promise.all`')) continue;
    row([
      name.replace(/, one after the other$/, ''),
      bytesPerRecord.toFixed(0),
      (bytesPerRecord - payload).toFixed(0),
    ]);
  }
}

function printMachine(): void {
  const version = (command: string, args: readonly string[]): string => {
    const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
    return status === null ? 'none' : (`${stdout}${stderr}`.trim().split('\n')[0] as string);
  };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  console.log(`${new Date().toISOString()}, commit ${commit}, load ${load()}`);
  console.log(
    `Node ${process.version}, OpenSSL ${process.versions.openssl}, ${cpus().length} × ${cpus()[0]?.model}`,
  );
  console.log(`${version('git', ['--version'])}, ${version('ssh', ['-V'])}`);
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  console.log(
    `${Object.entries(manifest.dependencies)
      .map(([name, pin]) => `${name} ${pin}`)
      .join(', ')}\n`,
  );
}

async function main(): Promise<void> {
  printMachine();
  const made = await sample(RECORDS);
  await verifyOurs(made, made.passport, true);
  await mustReject('verifyPassport', () => verifyOurs(made, tamperedPassport(made), false));
  const material: Material = {
    payloads: made.records.map(({ bytes }) => payloadOf(bytes)),
    signers: makeSigners(),
    folder,
  };
  let missed = 0;
  const wanted = (name: string): boolean => only === undefined || name.includes(only);
  const libraries = [
    ...barePeers(made),
    ...(await josePeers(material)),
    ...(await cosePeers(material)),
    ssbPeer(material),
    sigstorePeer(material),
    await dataIntegrityPeer(material),
    ...(await hypercorePeers(material)),
  ];
  const git = gitPeer(material);
  const all = git === null ? libraries : [...libraries, git];
  console.log(
    '| | cores | ms | ours on one core, ms | times as fast | goal met | ours on both, ms | times as fast | goal met |',
  );
  console.log('|---|---:|---:|---:|---:|---|---:|---:|---|');
  for (const peer of libraries) {
    if (!wanted(peer.name)) continue;
    missed += await against(made, peer, goalsOf(peer));
  }
  if (git !== null && wanted(git.name)) {
    console.log(
      '\n| command | its ms | `goodorder verify` ms | times as fast | goal |\n|---|---:|---:|---:|---|',
    );
    if (!(await againstGit(made, git))) missed += 1;
  }
  if (wanted('merkletreejs')) {
    const outcome = await compare(merkleComparison());
    console.log(
      '\n| Merkle root of 1,000,000 leaves | its ms | our ms | our share of its time | goal |\n|---|---:|---:|---:|---|',
    );
    row([
      'merkletreejs',
      ms(outcome.baselineMs),
      ms(outcome.ourMs),
      ratioText(outcome),
      outcome.met ? 'met' : 'MISSED',
    ]);
    if (!outcome.met) missed += 1;
  }
  console.log('\nA tampered record was refused by');
  for (const [name, reason] of refusals) console.log(`- ${name}: ${reason}`);
  console.log('\nOne call does');
  for (const { name, measured } of all) console.log(`- ${name}: ${measured}`);
  printSizes(made, all);
  for (const { close } of libraries) await close?.();
  console.log(`\nload afterwards ${load()}; ${missed === 0 ? 'every goal met' : `goals missed: ${missed}`}`);
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
