import { SignatureCache } from '../../src/passport/signatures.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { type VerifyOptions, verifyPassport } from '../../src/verify/verify-passport.js';
import { CASES } from '../verify/cases/all-cases.js';
import type { Case } from '../verify/cases/case.js';
import { complaints, type Mutant, mutate } from '../verify/mutants.js';
import { makeSample, type SamplePassport } from '../verify/sample.js';
import { AT, idOf } from '../verify/story.js';

/** A file that mutants are made of. Of the sample everything is known; of the others what was said of them. */
interface Base {
  readonly name: string;
  readonly passport: SamplePassport;
  readonly options: VerifyOptions;
  readonly isSample: boolean;
  readonly genuine: ReadonlySet<string>;
  readonly codes: ReadonlySet<string>;
}

export interface MutantTally {
  readonly mutants: number;
  readonly verdicts: Record<string, number>;
  readonly kinds: Record<string, number>;
  /** How many mutants gave a code, and how many gave one that their base had not. */
  readonly codes: Record<string, { all: number; fresh: number }>;
  readonly complaints: { readonly text: string; readonly bytes: string }[];
  worst: { seed: number; kind: string; base: string; ms: number; bytes: string };
  /** Most resident memory above what the process had before its first mutant. */
  memory: number;
}

export class MutantRun {
  readonly #bases: readonly Base[];
  readonly #memoryAtStart = process.memoryUsage.rss();
  #cache = new SignatureCache();

  private constructor(bases: readonly Base[]) {
    this.#bases = bases;
  }

  static async make(): Promise<MutantRun> {
    const sample = await makeSample();
    const bases = [await baseOf('sample', sample, { trust: sample.trust, at: sample.at }, true)];
    for (const [code, given] of Object.entries(CASES)) {
      // Its cases break the verifier from within.
      if (code === 'internal') continue;
      const list: readonly Case[] = Array.isArray(given) ? given : [given as Case];
      for (const [index, one] of list.entries()) {
        const { bytes, story, trust, at = AT, options } = await one.make();
        if (story === undefined) continue;
        const believed = trust === undefined ? story.trust() : trust;
        const passport = { bytes, trust: believed ?? story.trust(), at, story, ids: {} };
        // Only what can be read can be taken apart.
        const base = await baseOf(`${code} ${index}`, passport, { trust: believed, at, ...options }, false);
        const mutable = await mutate(passport, 1).catch(() => undefined);
        if (mutable !== undefined) bases.push(base);
      }
    }
    return new MutantRun(bases);
  }

  get bases(): number {
    return this.#bases.length;
  }

  /** Every fourth mutant is one of a file with a defect of its own, in turn; the others are of the sample. */
  #baseFor(seed: number): Base {
    const turn = Math.floor(seed / 4) % this.#bases.length;
    return this.#bases[seed % 4 === 0 ? turn : 0]!;
  }

  async run(from: number, count: number): Promise<MutantTally> {
    const tally: MutantTally = {
      mutants: count,
      verdicts: {},
      kinds: {},
      codes: {},
      complaints: [],
      worst: { seed: 0, kind: '', base: '', ms: 0, bytes: '' },
      memory: 0,
    };
    for (let seed = from; seed < from + count; seed += 1) {
      if (seed % 500 === 0) this.#cache = new SignatureCache();
      await this.#one(seed, tally);
    }
    return tally;
  }

  async #one(seed: number, tally: MutantTally): Promise<void> {
    const base = this.#baseFor(seed);
    const mutant = await mutateLeniently(base, seed);
    const complain = (text: string): void => {
      if (tally.complaints.length >= 20) return;
      const bytes = Buffer.from(mutant.bytes).toString('base64');
      tally.complaints.push({ text: `${seed} of ${base.name}, ${mutant.kind}: ${text}`, bytes });
    };
    const before = performance.now();
    let passport: VerifiedPassport;
    try {
      passport = await verifyPassport(mutant.bytes, { ...base.options, cache: this.#cache });
    } catch (error) {
      complain(`threw ${String(error)}`);
      return;
    }
    let ms = performance.now() - before;
    // The machine may have paused; a slow mutant is slow again.
    for (let again = 0; ms > 100 && again < 2; again += 1) {
      const start = performance.now();
      await verifyPassport(mutant.bytes, { ...base.options, cache: new SignatureCache() });
      ms = Math.min(ms, performance.now() - start);
    }
    if (ms > tally.worst.ms) {
      const bytes = Buffer.from(mutant.bytes).toString('base64');
      tally.worst = { seed, kind: mutant.kind, base: base.name, ms, bytes };
    }
    if (ms > 1000) complain(`took ${Math.round(ms)} ms`);
    tally.memory = Math.max(tally.memory, process.memoryUsage.rss() - this.#memoryAtStart);
    for (const text of base.isSample
      ? complaints(base.passport, mutant, passport)
      : plainly(base, mutant, passport))
      complain(text);
    tally.verdicts[passport.verdict] = (tally.verdicts[passport.verdict] ?? 0) + 1;
    const kind = mutant.kind.replace(/, unsorted$/, '');
    tally.kinds[kind] = (tally.kinds[kind] ?? 0) + 1;
    for (const code of Object.keys(passport.counts)) {
      tally.codes[code] ??= { all: 0, fresh: 0 };
      tally.codes[code].all += 1;
      if (!base.codes.has(code)) tally.codes[code].fresh += 1;
    }
  }
}

async function baseOf(
  name: string,
  passport: SamplePassport,
  options: VerifyOptions,
  isSample: boolean,
): Promise<Base> {
  const whole = await verifyPassport(passport.bytes, options);
  const genuine = new Set([...validIn(whole), ...passport.story.ids]);
  return { name, passport, options, isSample, genuine, codes: new Set(Object.keys(whole.counts)) };
}

function validIn({ records }: VerifiedPassport): string[] {
  return records.filter(({ state }) => state === 'valid' || state === 'trusted').map(({ id }) => id);
}

/** A defective file may have nothing that the change drawn for it could change: then it stays as it is. */
async function mutateLeniently({ passport, isSample }: Base, seed: number): Promise<Mutant> {
  if (isSample) return mutate(passport, seed);
  return mutate(passport, seed).catch(() => ({
    bytes: passport.bytes,
    kind: 'none possible',
    signed: new Set<string>(),
    signers: new Set<string>(),
  }));
}

/** What must hold for mutants of files that had a defect to begin with. */
function plainly(base: Base, mutant: Mutant, passport: VerifiedPassport): string[] {
  const found: string[] = [];
  if (passport.counts.internal !== undefined) found.push('a bug in the verifier');
  if (passport.digest !== idOf(mutant.bytes)) found.push('another digest');
  for (const id of validIn(passport)) {
    if (!base.genuine.has(id) && !mutant.signed.has(id)) found.push(`forged record ${id} is valid`);
  }
  return found;
}
