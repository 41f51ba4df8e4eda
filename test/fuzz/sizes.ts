import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { AT } from '../verify/story.js';
import { type Asked, say } from './runs.js';
import { SHAPES, type Shape, shaped } from './shapes.js';

/** Twice as much may take so many times as long, and any input no more than this memory and time. */
const MOST = { ratio: 2.3, mebibytes: 512, seconds: 60 };
const ROUNDS = 5;
/** What takes less is longer or shorter by chance: more is taken of the shape. */
const TELLING_MS = 40;
const LONGEST = 66_000_000;

interface Measured {
  readonly mebibytes: number;
  /** Processor time in user mode of one verification, all threads: median. */
  readonly ms: readonly number[];
  readonly findings: number;
}

/** Each shape at a count and at twice the count; with `full`, as long as a passport may be, once. */
export async function sizes(asked: Asked, full: boolean): Promise<boolean> {
  const { count, only } = asked;
  const shapes = SHAPES.filter(({ name }) => only === undefined || name.includes(only));
  let wrong = 0;
  for (const shape of shapes) {
    const row = full ? await atFullLength(asked, shape, count) : await atTwoLengths(asked, shape, count);
    if (!row.fine) wrong += 1;
    say(`${row.fine ? '' : 'WRONG '}${shape.name}: ${row.text}`);
  }
  say(`sizes: ${shapes.length} shapes, ${wrong} wrong`);
  return wrong === 0;
}

interface Row {
  readonly fine: boolean;
  readonly text: string;
}

async function atTwoLengths(asked: Asked, shape: Shape, count: number): Promise<Row> {
  const [one, two] = [await shaped(shape, count), await shaped(shape, 2 * count)];
  const row = inFolder((folder) => {
    const files = [keep(folder, 'one', one), keep(folder, 'two', two)];
    const { ms, findings } = measured(asked, [...files, String(ROUNDS)]);
    if (ms[0]! < TELLING_MS) return null;
    const { mebibytes } = measured(asked, [files[1]!, '1']);
    const ratio = ms[1]! / ms[0]!;
    const text =
      `${one.passport.length} and ${two.passport.length} bytes, ${ms.map((each) => each.toFixed(0)).join(' and ')} ms, ` +
      `× ${ratio.toFixed(2)}; ${mebibytes} MiB; ${findings} findings`;
    return { fine: ratio <= MOST.ratio && mebibytes <= MOST.mebibytes, text };
  });
  return row ?? atTwoLengths(asked, shape, 4 * count);
}

async function atFullLength(asked: Asked, shape: Shape, count: number): Promise<Row> {
  const probe = await shaped(shape, count);
  const twice = await shaped(shape, 2 * count);
  const each = (twice.passport.length - probe.passport.length) / count;
  const whole = await shaped(shape, Math.floor((LONGEST - probe.passport.length) / each));
  return inFolder((folder) => {
    const { ms, mebibytes, findings } = measured(asked, [keep(folder, 'whole', whole), '1']);
    const seconds = ms[0]! / 1000;
    const text = `${whole.passport.length} bytes, ${seconds.toFixed(1)} s, ${mebibytes} MiB; ${findings} findings`;
    return { fine: seconds <= MOST.seconds && mebibytes <= MOST.mebibytes, text };
  });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'goodorder-sizes-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function keep(folder: string, name: string, made: { passport: Uint8Array; trust: string }): string {
  const file = join(folder, name);
  writeFileSync(`${file}.passport`, made.passport);
  writeFileSync(`${file}.trust.json`, made.trust);
  return file;
}

/** In a process of its own, so that what made the file is not counted. */
function measured({ program }: Asked, words: readonly string[]): Measured {
  const output = execFileSync(process.execPath, [program, '--measure', words.join('\n')], {
    encoding: 'utf8',
  });
  return JSON.parse(output) as Measured;
}

/** Verifies the files in turn, as often as asked, after as many rounds to warm up where it is more than once. */
export async function measure(words: string): Promise<void> {
  const given = words.split('\n');
  const rounds = Number(given.pop());
  const files = given.map((file) => {
    const { buffer, byteOffset, byteLength } = readFileSync(`${file}.passport`);
    const trust = readTrustFile(readFileSync(`${file}.trust.json`), 'trust.json');
    return { bytes: new Uint8Array(buffer, byteOffset, byteLength), trust };
  });
  const took = files.map((): number[] => []);
  let findings = 0;
  for (let round = rounds === 1 ? 0 : -2; round < rounds; round += 1) {
    for (const [index, { bytes, trust }] of files.entries()) {
      const start = process.cpuUsage();
      const passport = await verifyPassport(bytes, { trust, at: AT, oneThread: true, owned: true });
      const { user } = process.cpuUsage(start);
      if (passport.counts['internal'] !== undefined) throw new Error('a bug in the verifier');
      if (round >= 0) took[index]!.push(user / 1000);
      findings = Object.values(passport.counts).reduce((sum, one) => sum + one, 0);
    }
  }
  const ms = took.map((times) => times.sort((a, b) => a - b)[times.length >> 1]!);
  const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ mebibytes, ms, findings }));
}
