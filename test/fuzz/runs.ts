import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../../src/codes.js';
import { type FlipTally, flipWhole } from '../verify/bit-flips.js';
import { ELSEWHERE } from '../verify/cases/all-cases.js';
import { fixturePassports } from './fixture-passports.js';
import type { GuidedTally } from './guided.js';
import { type HistoryTally, runHistories } from './histories.js';
import { MutantRun, type MutantTally } from './mutants.js';
import { inParallel, type Worker } from './parallel.js';
import { addInto, counted, slices, spans } from './tallies.js';

export interface Asked {
  /** The bundle that also serves the jobs. */
  readonly program: string;
  readonly root: string;
  /** Where results and saved inputs go. */
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly only: string | undefined;
}

export interface Slice {
  readonly from: number;
  readonly count: number;
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

function save(folder: string, name: string, base64: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(base64, 'base64'));
  return path;
}

/** Says the first complaints and saves their inputs; true if there was none. */
export function told(
  { folder }: Asked,
  mode: string,
  complaints: readonly { readonly text: string; readonly bytes: string }[],
): boolean {
  for (const [index, { text, bytes }] of complaints.slice(0, 20).entries()) {
    say(`WRONG ${text}; saved as ${save(folder, `${mode}-${index}.passport`, bytes)}`);
  }
  return complaints.length === 0;
}

/** Each passport's result is written as it comes; a later run of the same build goes on where this one ended. */
export async function flips(asked: Asked): Promise<boolean> {
  const { program, root, folder, only } = asked;
  const passports = fixturePassports(root).filter(({ name }) => only === undefined || name.includes(only));
  const build = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 12);
  mkdirSync(folder, { recursive: true });
  const results = join(folder, `flips-${build}.jsonl`);
  const done = new Map<string, FlipTally>();
  if (existsSync(results)) {
    for (const line of readFileSync(results, 'utf8').split('\n').filter(Boolean)) {
      const [name, tally] = JSON.parse(line) as [string, FlipTally];
      done.set(name, tally);
    }
  }
  const sum = { files: 0, flips: 0, becameFailed: 0, unnoticed: 0, stillPassing: 0, complaints: 0 };
  const take = (name: string, tally: FlipTally): void => {
    const { becameFailed, unnoticed, stillPassing, complaints, verdict, verdicts } = tally;
    say(
      `${name}: ${verdict}; ${tally.flips} flips: ${counted(verdicts)}; ${becameFailed} became TOTAL-FAILED`,
    );
    if (unnoticed.length > 0)
      say(`  ${unnoticed.length} told from the file by its digest alone: bits ${spans(unnoticed)}`);
    if (stillPassing.length > 0) say(`  SURVIVED: bits ${spans(stillPassing)}`);
    for (const complaint of complaints.slice(0, 20)) say(`  WRONG ${complaint}`);
    addInto(sum, {
      files: 1,
      flips: tally.flips,
      becameFailed,
      unnoticed: unnoticed.length,
      stillPassing: stillPassing.length,
      complaints: complaints.length,
    });
  };
  for (const { name } of passports) if (done.has(name)) take(name, done.get(name)!);
  // The longest first, so that no core waits for the last.
  const jobs = passports
    .filter(({ name }) => !done.has(name))
    .sort((a, b) => b.bytes.length - a.bytes.length);
  const names = jobs.map(({ name }) => name);
  await inParallel<string, FlipTally>([program, '--serve', 'flips', '--root', root], names, (name, tally) => {
    appendFileSync(results, `${JSON.stringify([name, tally])}\n`);
    take(name, tally);
  });
  say(
    `flips: ${sum.files} passports, ${sum.flips} flips: ${sum.becameFailed} became TOTAL-FAILED, ` +
      `${sum.stillPassing} of a passing file survived, ${sum.unnoticed} told by the digest alone, ${sum.complaints} wrong`,
  );
  return sum.stillPassing + sum.complaints === 0;
}

export async function mutants(asked: Asked): Promise<boolean> {
  const { program, folder, seed, count } = asked;
  const sum = {} as Record<string, unknown>;
  let worst: MutantTally['worst'] | undefined;
  let memory = 0;
  const jobs = slices(seed, count, 1000);
  await inParallel<Slice, MutantTally>(
    [program, '--serve', 'mutants'],
    jobs,
    (_, { worst: one, memory: used, ...rest }) => {
      addInto(sum, rest);
      if (worst === undefined || one.ms > worst.ms) worst = one;
      memory = Math.max(memory, used);
    },
  );
  const { verdicts, kinds, codes, complaints } = sum as unknown as MutantTally;
  say(
    `verdicts: ${counted(verdicts)}\nkinds: ${counted(kinds)}\ncodes, in brackets where the file had it not before:`,
  );
  for (const code of Object.keys(CODES) as (keyof typeof CODES)[]) {
    const hits = codes[code];
    if (hits !== undefined) say(`  ${code} ${hits.all} (${hits.fresh})`);
    else if (code === 'internal') say(`  ${code} 0: only a bug gives it`);
    else say(`  ${code} 0: ${ELSEWHERE[code] ?? 'NOT HIT'}`);
  }
  const missed = (Object.keys(CODES) as (keyof typeof CODES)[]).filter(
    (code) => code !== 'internal' && codes[code] === undefined && ELSEWHERE[code] === undefined,
  );
  if (worst !== undefined) {
    const { ms, kind, base, seed: which, bytes } = worst;
    const path = save(folder, 'mutants-worst.passport', bytes);
    say(`worst: ${ms.toFixed(1)} ms, seed ${which} of ${base}, ${kind}; saved as ${path}`);
  }
  const mebibytes = Math.round(memory / 2 ** 20);
  say(
    `mutants: ${count} from seed ${seed}: ${complaints.length} wrong, ${missed.length} codes not hit` +
      `${missed.length === 0 ? '' : ` (${missed.join(', ')})`}, at most ${mebibytes} MiB more than at the start`,
  );
  const fine = told(asked, 'mutants', complaints);
  return fine && mebibytes <= 256;
}

export async function histories({ program, seed, count }: Asked): Promise<boolean> {
  const sum = {} as Record<string, unknown>;
  await inParallel<Slice, HistoryTally>(
    [program, '--serve', 'histories'],
    slices(seed, count, 100),
    (_, tally) => addInto(sum, tally as unknown as Record<string, unknown>),
  );
  const { histories: many, accusations, forks, wronged, missed } = sum as unknown as HistoryTally;
  for (const text of [...wronged, ...missed].slice(0, 20)) say(`WRONG ${text}`);
  say(
    `histories: ${many} from seed ${seed}: ${accusations} accusations, ${wronged.length} of an honest party; ` +
      `${forks} forks in sight, ${missed.length} missed`,
  );
  return wronged.length + missed.length === 0;
}

/** `mode`: `scanner` or `verify`. Each process has a corpus of its own, from a seed of its own. */
export async function guided(asked: Asked, mode: string): Promise<boolean> {
  const { program, count, seed, folder } = asked;
  const sum = { executions: 0, accepted: 0 };
  const complaints: { text: string; bytes: string }[] = [];
  let corpus = 0;
  let covered = { characters: 0, of: 0 };
  let slowest = { ms: 0, bytes: '' };
  const size = mode === 'scanner' ? 1_000_000 : 5_000;
  const words = [program, '--serve', mode, '--seed', String(seed)] as const;
  await inParallel<Slice, GuidedTally>([...words], slices(seed, count, size), (_, tally) => {
    addInto(sum, { executions: tally.executions, accepted: tally.accepted });
    complaints.push(...tally.complaints);
    corpus = Math.max(corpus, tally.corpus);
    if (tally.covered.characters > covered.characters) covered = tally.covered;
    if (tally.slowest.ms > slowest.ms) slowest = tally.slowest;
  });
  const path = save(folder, `${mode}-slowest.bin`, slowest.bytes);
  say(
    `${mode}: ${sum.executions} executions, ${sum.accepted} ${mode === 'scanner' ? 'accepted' : 'not failed'}; ` +
      `corpus ${corpus}; ${covered.characters} of ${covered.of} characters of code ran; ` +
      `slowest ${slowest.ms.toFixed(1)} ms (${path}); ${complaints.length} wrong`,
  );
  return told(asked, mode, complaints);
}

/** What a process that serves a mode does with each job. */
export async function workerOf(mode: string, root: string, seed: number): Promise<Worker> {
  switch (mode) {
    case 'flips': {
      const passports = new Map(fixturePassports(root).map((one) => [one.name, one]));
      return async (job) => {
        const { bytes, excepted, options } = passports.get(job as string)!;
        return flipWhole(bytes, options, excepted);
      };
    }
    case 'mutants': {
      const run = await MutantRun.make();
      return (job) => run.run((job as Slice).from, (job as Slice).count);
    }
    case 'histories':
      return (job) => runHistories((job as Slice).from, (job as Slice).count);
    default: {
      const { BlockCoverage } = await import('./block-coverage.js');
      const coverage = new BlockCoverage();
      const url = new URL(`./guided-${mode}.js`, import.meta.url).href;
      const { GuidedRun } = (await import(url)) as typeof import('./guided-scanner.js');
      let run: Awaited<ReturnType<typeof GuidedRun.make>> | undefined;
      return async (job) => {
        run ??= await GuidedRun.make(coverage.watch(url), seed + (job as Slice).from);
        return run.run((job as Slice).count);
      };
    }
  }
}
