import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePassport } from '../../src/passport/passport.js';
import { type BuiltCommand, buildCommand } from '../attack/built-command.js';

const ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0007';
let command: BuiltCommand;

beforeAll(async () => {
  command = await buildCommand();
}, 120_000);
afterAll(() => command.remove());

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly err: string;
}

function start(folder: string, argv: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(command.folder, 'goodorder.js'), ...argv], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', GOODORDER_INSTALLATION: join(command.folder, 'installation') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, err }));
  });
  return { child, ended };
}

async function signingFolder(name: string): Promise<string> {
  const folder = join(command.folder, name);
  await mkdir(folder);
  expect(command.run(['init'], { cwd: folder }).status).toBe(0);
  return folder;
}

async function draft(folder: string, index: number): Promise<string> {
  const name = `s${index}.json`;
  const payload = {
    occurredAt: '2026-09-09T12:00:00+08:00',
    about: { item: ITEM },
    text: `statement ${index}`,
  };
  await writeFile(
    join(folder, name),
    JSON.stringify({ schemaVersion: 1, type: 'statement', sub: ITEM, payload }),
  );
  return name;
}

async function numbers(folder: string): Promise<number[]> {
  const parsed = parsePassport(new Uint8Array(await readFile(join(folder, 'set.passport'))));
  if (!parsed.ok) throw new Error(parsed.fault.code);
  return parsed.passport.records.map(({ head }) => head.link?.seq ?? -1).sort((a, b) => a - b);
}

/** Codes that verification counts, without a trust file. */
function counts(folder: string): Record<string, number> {
  const { stdout } = command.run(['verify', 'set.passport', '--format', 'json'], { cwd: folder });
  return JSON.parse(stdout.toString()).counts;
}

test('processes that sign with one key into one passport at once take turns', async () => {
  const folder = await signingFolder('crowd');
  const names = await Promise.all(Array.from({ length: 12 }, (_, index) => draft(folder, index)));
  const ended = await Promise.all(
    names.map((name) => start(folder, ['sign', name, '--into', 'set.passport']).ended),
  );
  expect(ended.filter(({ code }) => code !== 0).map(({ err }) => err)).toEqual([]);
  expect(await numbers(folder)).toEqual(names.map((_, index) => index));
  expect(counts(folder)['chain.fork']).toBeUndefined();
});

test('a signer that is killed at any moment loses nothing and forks nothing', async () => {
  const folder = await signingFolder('killed');
  const begun = Date.now();
  expect((await start(folder, ['sign', await draft(folder, 0), '--into', 'set.passport']).ended).code).toBe(
    0,
  );
  const whole = Date.now() - begun;
  let killed = 0;
  for (let index = 1; index <= 40; index += 1) {
    const { child, ended } = start(folder, ['sign', await draft(folder, index), '--into', 'set.passport']);
    // Most of a run is starting up: the later part is cut more finely.
    await setTimeout(Math.round(whole * (0.5 + 0.6 * (index / 40))));
    child.kill('SIGKILL');
    if ((await ended).signal === 'SIGKILL') killed += 1;
  }
  expect(killed).toBeGreaterThan(5);
  const last = await start(folder, ['sign', await draft(folder, 99), '--into', 'set.passport']).ended;
  expect(last.code, last.err).toBe(0);
  const present = await numbers(folder);
  // Every position that was taken is there, once: what was signed and not stored came along.
  expect(present).toEqual(present.map((_, index) => index));
  const found = counts(folder);
  expect([found['chain.fork'], found['chain.gap'], found['passport.unreferenced']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what a shell sees: exit codes, pipes, descriptors, an interrupt', async () => {
  const folder = await signingFolder('shell');
  await draft(folder, 0);
  const shell = (script: string) => command.shell(script, { cwd: folder });
  expect(shell('goodorder sign s0.json --into a.passport --quiet').status).toBe(0);
  expect(shell('goodorder verify a.passport').status).toBe(11);
  expect(shell('goodorder verify none').status).toBe(3);
  expect(shell('goodorder verfy').status).toBe(2);
  const piped = shell(
    'set -o pipefail; goodorder verify a.passport --format json | head -c 10; cat a.passport | goodorder verify - --format json | tail -c 3',
  );
  expect(piped.stdout.toString()).toContain('"file"');
  expect(piped.stderr.toString()).toBe('');
  const locked = shell(
    'mkdir locked && cd locked && goodorder init --passphrase-fd 3 3<<< "correct horse" && goodorder sign ../s0.json -o x.record --passphrase-fd 4 4<<< "correct horse"',
  );
  expect(locked.status, locked.stderr.toString()).toBe(0);
  expect(shell('cd locked && goodorder sign ../s0.json -o y.record --passphrase-fd 9').status).toBe(3);

  // A large file, mostly holes: it takes long enough to be interrupted.
  await writeFile(join(folder, 'long.mp4'), '');
  await truncate(join(folder, 'long.mp4'), 6_000_000_000);
  const { child, ended } = start(folder, ['media', 'seal', 'long.mp4']);
  await setTimeout(1500);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
});
