/**
 * The product and the second verifier over every passport at hand and over mutants of them.
 *
 *   node test/second-verifier/compare/compare.mjs [--mutants N] [--stories N] [--merges N] [--seed S] [--from N] [--lib FILE] [--folder DIR …] [--save DIR]
 *
 * The product is a black box: the built library, or what a test hands over. `--from N` begins at mutant N, so that a
 * long run can be cut in pieces, or one mutant looked at alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { corpus } from './corpus.mjs';
import { mutate, pieces } from './mutate.mjs';
import { pythonMissing, startPython } from './python.mjs';
import { randomOf } from './random.mjs';
import { comparable, differences } from './reports.mjs';
import { story } from './stories.mjs';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const CHUNK = 200;

/** The product's report on a job, through its public functions alone. */
export function productOf(library) {
  return async ({ passport, trust, at, trustMinSequence, limit, merge }) => {
    if (merge) return mergeOf(library, merge);
    const options = { at, trust: null };
    if (trust !== null) {
      try {
        options.trust = library.readTrustFile(new Uint8Array(Buffer.from(trust, 'utf8')), 'trust.json');
      } catch (error) {
        return typeof error.code === 'string' ? { refused: error.code } : { broken: String(error) };
      }
    }
    if (trustMinSequence !== undefined) options.trustMinSequence = trustMinSequence;
    if (limit !== undefined) options.limit = limit;
    try {
      const verified = await library.verifyPassport(passport, options);
      return library.makeVerifyReport(verified, { name: 'goodorder', version: '0' });
    } catch (error) {
      return { broken: String(error.stack ?? error) };
    }
  };
}

async function mergeOf(library, inputs) {
  try {
    const { bytes, leftOut } = await library.mergePassports(inputs);
    const left = leftOut.map(({ code, member, sha256 }) => [code, member, sha256]);
    return { output: Buffer.from(bytes).toString('base64'), leftOut: left };
  } catch (error) {
    return typeof error.code === 'string'
      ? { refused: error.code }
      : { broken: String(error.stack ?? error) };
  }
}

/** Compares both on `count` jobs; `make(i)` gives the i-th. Calls `differ` for each that parts. */
export async function compareJobs({ product, python, count, make, differ, progress }) {
  const totals = { jobs: 0, same: 0, verdicts: {}, refused: 0, codes: new Set() };
  for (let from = 0; from < count; from += CHUNK) {
    const jobs = Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => make(from + i));
    const theirs = jobs.map((job) => python.ask(job));
    for (const [i, job] of jobs.entries()) {
      const ours = comparable(JSON.parse(JSON.stringify(await product(job))));
      for (const code of Object.keys(ours.counts ?? {})) totals.codes.add(code);
      const second = comparable(await theirs[i]);
      const parted = differences(ours, second);
      totals.jobs += 1;
      if (ours.refused) totals.refused += 1;
      else if (ours.verdict) totals.verdicts[ours.verdict] = (totals.verdicts[ours.verdict] ?? 0) + 1;
      if (parted.length === 0) totals.same += 1;
      else differ({ job, number: from + i, parted });
    }
    progress?.(totals.jobs);
  }
  return totals;
}

export function makers({ jobs, seed, from }) {
  return {
    mutant(i) {
      const random = randomOf(seed, from + i);
      // One of four begins at a generated story, the others at what stands in the repository.
      const pick = () => (random.chance(25) ? story(random) : random.pick(jobs));
      return mutate(random, pick);
    },
    story(i) {
      return story(randomOf(seed + 7919, from + i));
    },
    merge(i) {
      return pieces(randomOf(seed + 104729, from + i), jobs);
    },
  };
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

async function main() {
  const { values } = parseArgs({
    options: {
      mutants: { type: 'string', default: '1000' },
      merges: { type: 'string', default: '100' },
      stories: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      lib: { type: 'string', default: `${ROOT}/dist/lib/index.js` },
      folder: { type: 'string', multiple: true, default: [] },
      save: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const missing = pythonMissing(ROOT);
  if (missing !== undefined) {
    say(`not compared: ${missing}`);
    return 2;
  }
  const product = productOf(await import(pathToFileURL(values.lib).href));
  const jobs = corpus(ROOT, values.folder);
  const make = makers({ jobs, seed: Number(values.seed), from: Number(values.from) });
  const python = startPython(ROOT);
  const kinds = new Map();
  const codes = new Set();
  let wrong = 0;
  const runs = [
    ['passports', jobs.length, (i) => jobs[i]],
    ['stories', Number(values.stories), make.story],
    ['mutants', Number(values.mutants), make.mutant],
    ['merges', Number(values.merges), make.merge],
  ];
  for (const [kind, count, maker] of runs) {
    const started = Date.now();
    const totals = await compareJobs({
      product,
      python,
      count,
      make: maker,
      differ({ job, number, parted }) {
        wrong += 1;
        const about = parted.map(([place]) => place.replace(/\[\d+\]/g, '[]')).sort()[0];
        kinds.set(about, (kinds.get(about) ?? 0) + 1);
        if (wrong <= 20) show(kind, job, number + Number(values.from), parted);
        if (values.save && wrong <= 200) save(values.save, `${kind}-${number + Number(values.from)}`, job);
      },
      progress: values.quiet
        ? undefined
        : (done) => done % 10000 === 0 && say(`  ${kind}: ${done} of ${count}`),
    });
    for (const code of totals.codes) codes.add(code);
    const verdicts = Object.entries(totals.verdicts).map(([name, n]) => `${name} ${n}`);
    say(
      `${kind}: ${totals.same} of ${totals.jobs} agree (${[...verdicts, `trust file refused ${totals.refused}`].join(', ')}; ${totals.codes.size} codes; ${Math.round((Date.now() - started) / 1000)} s)`,
    );
  }
  python.stop();
  say(`codes seen: ${codes.size}`);
  for (const [about, n] of [...kinds].sort((a, b) => b[1] - a[1])) say(`  ${n} × ${about}`);
  return wrong === 0 ? 0 : 1;
}

function show(kind, job, number, parted) {
  say(`${kind} ${number}, from ${job.name}`);
  for (const [place, ours, second] of parted.slice(0, 6)) {
    say(
      `  ${place}\n    product: ${JSON.stringify(ours)?.slice(0, 900)}\n    second:  ${JSON.stringify(second)?.slice(0, 900)}`,
    );
  }
}

function save(folder, name, job) {
  mkdirSync(folder, { recursive: true });
  if (job.merge) {
    for (const [i, bytes] of job.merge.entries()) writeFileSync(`${folder}/${name}-${i}`, bytes);
    return;
  }
  writeFileSync(`${folder}/${name}.passport`, job.passport);
  if (job.trust !== null) writeFileSync(`${folder}/${name}.trust.json`, job.trust);
  writeFileSync(`${folder}/${name}.json`, JSON.stringify({ ...job, passport: undefined, trust: undefined }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
