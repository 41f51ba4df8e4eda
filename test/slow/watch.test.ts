import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCommand, buildCommand } from '../attack/built-command.js';
import { demoBefore, demoBuilt } from '../cli/growing-case.js';

const TABLE = new URL('../../docs/examples/payout-table.yaml', import.meta.url);
const STEPS = ['hard-knock 1', 'hard-knock 2', 'arrived 1'];
let command: BuiltCommand;
let stages: readonly Uint8Array[];

beforeAll(async () => {
  command = await buildCommand();
  const { dispute, trust } = await demoBuilt(null);
  writeFileSync(join(command.folder, 'demo.trust.json'), trust);
  writeFileSync(join(command.folder, 'dispute.json'), JSON.stringify(dispute));
  cpSync(TABLE, join(command.folder, 'cover.yaml'));
  stages = await Promise.all(['pickup', 'transfer', 'unboxing', null].map((record) => demoBefore(record)));
}, 240_000);
afterAll(() => command.remove());

interface Running {
  readonly child: ChildProcess;
  out(): string;
  readonly ended: Promise<void>;
}

function start(folder: string, more: readonly string[]): Running {
  const argv = [
    ...['watch', 'in', '--triggers', '../cover.yaml', '--dispute', '../dispute.json'],
    ...['--journal', 'j', '--trust', '../demo.trust.json', '--poll', '1', '--format', 'ndjson', ...more],
  ];
  const child = spawn(process.execPath, [join(command.folder, 'goodorder.js'), ...argv], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', GOODORDER_INSTALLATION: join(command.folder, 'installation') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return { child, out: () => out, ended };
}

function workFolder(name: string): string {
  const folder = join(command.folder, name);
  mkdirSync(join(folder, 'in'), { recursive: true });
  return folder;
}

/** Half of it first, in place: nobody is spared a file that is being written. */
async function arrive(folder: string, stage: number): Promise<void> {
  const bytes = stages[stage]!;
  const target = join(folder, 'in', 'set.passport');
  writeFileSync(target, bytes.subarray(0, bytes.length / 2));
  await setTimeout(120);
  writeFileSync(`${target}.new`, bytes);
  renameSync(`${target}.new`, target);
}

const linesOf = (text: string): { key: string; words: string }[] =>
  text
    .split('\n')
    .slice(0, -1)
    // Half a file is a problem, told on stdout like every error of a machine format.
    .filter((line) => !line.startsWith('{"schemaVersion":1,"error"'))
    .map((line) => {
      const { amount, edge, idempotencyKey, kind, status, step, trigger, turn } = JSON.parse(line);
      const words =
        kind === 'parametric-trigger'
          ? `${trigger} ${step}`
          : `${turn} ${edge.split(' ')[0]} ${status} ${amount?.minor}`;
      return { key: idempotencyKey, words };
    });

async function until(done: () => boolean): Promise<void> {
  for (let round = 0; round < 600 && !done(); round += 1) await setTimeout(50);
  expect(done()).toBe(true);
}

function fileLines(folder: string): { key: string; words: string }[] {
  try {
    return linesOf(readFileSync(join(folder, 'e.ndjson'), 'utf8'));
  } catch {
    return [];
  }
}

const OWED = ['consumer-seller liable', 'shipper-carrier liable', 'shipper-contracting-carrier liable'];

test('killed at any moment and started again: the file holds every event exactly once', async () => {
  const folder = workFolder('killed');
  const out = ['--out', 'e.ndjson'];
  let running = start(folder, out);
  for (const [stage] of stages.entries()) {
    await arrive(folder, stage);
    for (const pause of [15, 90, 240, 420, 650, 800]) {
      await setTimeout(pause);
      running.child.kill('SIGKILL');
      await running.ended;
      running = start(folder, out);
    }
  }
  await until(() => OWED.every((wanted) => fileLines(folder).some(({ words }) => words.includes(wanted))));
  await setTimeout(1_500);
  running.child.kill('SIGKILL');
  await running.ended;
  const events = fileLines(folder);
  expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
  for (const step of STEPS) expect(events.filter(({ words }) => words === step)).toHaveLength(1);
  for (const owed of OWED)
    expect(events.filter(({ words }) => words.includes(owed)).length, owed).toBeGreaterThanOrEqual(1);
}, 240_000);

test('on stdout what comes again after a kill comes under the same key', async () => {
  const folder = workFolder('stdout');
  await arrive(folder, 3);
  const told: { key: string; words: string }[] = [];
  for (const pause of [150, 250, 350, 450, 600, 800, 1_200, 3_000]) {
    const running = start(folder, []);
    await setTimeout(pause);
    running.child.kill('SIGKILL');
    await running.ended;
    told.push(...linesOf(running.out()));
  }
  const keys = new Map(told.map(({ key, words }) => [words, key]));
  expect([...keys.keys()].filter((words) => STEPS.includes(words)).sort()).toEqual([...STEPS].sort());
  for (const { key, words } of told) expect(keys.get(words)).toBe(key);
}, 120_000);

test('two watchers of one journal tell everything once', async () => {
  const folder = workFolder('two');
  const both = [start(folder, ['--out', 'e.ndjson']), start(folder, ['--out', 'e.ndjson'])];
  for (const [stage] of stages.entries()) {
    await arrive(folder, stage);
    await setTimeout(1_200);
  }
  await until(() => STEPS.every((step) => fileLines(folder).some(({ words }) => words === step)));
  await setTimeout(1_500);
  for (const { child, ended } of both) {
    child.kill('SIGKILL');
    await ended;
  }
  const events = fileLines(folder);
  expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
}, 120_000);

test('an event is told within seconds of the record, without --once', async () => {
  const folder = workFolder('soon');
  const running = start(folder, []);
  await arrive(folder, 0);
  await setTimeout(1_500);
  expect(linesOf(running.out())).toEqual([]);
  await arrive(folder, 2);
  await until(() => STEPS.every((step) => linesOf(running.out()).some(({ words }) => words === step)));
  running.child.kill('SIGINT');
  await running.ended;
  expect(running.child.exitCode).toBe(130);
}, 60_000);
