import { random } from '../verify/simulation.js';
import type { WatchedFile } from './block-coverage.js';
import { changedBytes } from './byte-mutations.js';

export interface Target {
  readonly seeds: readonly Uint8Array[];
  readonly longest: number;
  /** Inputs between two looks at the coverage. */
  readonly batch: number;
  /** Undefined when all is well; else what is not. `accepted`: how many inputs were good, for the report. */
  readonly execute: (bytes: Uint8Array) => string | undefined | Promise<string | undefined>;
  readonly accepted: () => number;
}

export interface GuidedTally {
  readonly executions: number;
  readonly accepted: number;
  readonly corpus: number;
  readonly covered: { readonly characters: number; readonly of: number };
  readonly complaints: readonly { readonly text: string; readonly bytes: string }[];
  readonly slowest: { readonly ms: number; readonly bytes: string };
}

/** A guided run that goes on from call to call with what it has learnt. */
export class GuidedRun {
  readonly #target: Target;
  readonly #watched: WatchedFile;
  readonly #corpus: Uint8Array[];
  readonly #pick: (below: number) => number;
  #complaints: { text: string; bytes: string }[] = [];
  #slowest = { ms: 0, bytes: '' };

  private constructor(target: Target, watched: WatchedFile, seed: number) {
    this.#target = target;
    this.#watched = watched;
    this.#corpus = [...target.seeds];
    this.#pick = random(seed);
  }

  static async make(target: Target, watched: WatchedFile, seed: number): Promise<GuidedRun> {
    const run = new GuidedRun(target, watched, seed);
    for (let again = 0; again < 3; again += 1) {
      watched.reset();
      for (const bytes of target.seeds) await target.execute(bytes);
      watched.fresh(true);
    }
    return run;
  }

  async run(executions: number): Promise<GuidedTally> {
    const acceptedBefore = this.#target.accepted();
    this.#complaints = [];
    this.#slowest = { ms: 0, bytes: '' };
    let done = 0;
    while (done < executions) {
      const batch: Uint8Array[] = [];
      for (let count = Math.min(this.#target.batch, executions - done); count > 0; count -= 1) {
        batch.push(this.#next());
      }
      for (const bytes of batch) await this.#execute(bytes);
      done += batch.length;
      if (this.#watched.fresh(false) > 0) await this.#keepWhatIsNew(batch);
    }
    return {
      executions: done,
      accepted: this.#target.accepted() - acceptedBefore,
      corpus: this.#corpus.length,
      covered: this.#watched.covered(),
      complaints: this.#complaints,
      slowest: this.#slowest,
    };
  }

  #next(): Uint8Array {
    const pick = this.#pick;
    const { length } = this.#corpus;
    // The newest are the least explored.
    const from = pick(3) === 0 ? Math.max(0, length - 1 - pick(8)) : pick(length);
    return changedBytes(this.#corpus[from]!, this.#corpus[pick(length)]!, pick, this.#target.longest);
  }

  async #execute(bytes: Uint8Array): Promise<void> {
    let { wrong, ms } = await this.#timed(bytes);
    // The machine may have paused; a slow input is slow again.
    for (let again = 0; ms > 100 && again < 2; again += 1) {
      ms = Math.min(ms, (await this.#timed(bytes)).ms);
    }
    if (ms > 1000) wrong ??= `took ${Math.round(ms)} ms`;
    if (ms > this.#slowest.ms) this.#slowest = { ms, bytes: Buffer.from(bytes).toString('base64') };
    if (wrong !== undefined && this.#complaints.length < 20) {
      this.#complaints.push({ text: wrong, bytes: Buffer.from(bytes).toString('base64') });
    }
  }

  async #timed(bytes: Uint8Array): Promise<{ wrong: string | undefined; ms: number }> {
    const before = performance.now();
    let wrong: string | undefined;
    try {
      const answer = this.#target.execute(bytes);
      wrong = typeof answer === 'object' ? await answer : answer;
    } catch (error) {
      wrong = `threw ${String(error)}`;
    }
    return { wrong, ms: performance.now() - before };
  }

  /** Halves the batch until the inputs that reach something new stand alone. */
  async #keepWhatIsNew(batch: readonly Uint8Array[]): Promise<void> {
    this.#watched.reset();
    for (const bytes of batch) await this.#execute(bytes);
    const isOne = batch.length === 1;
    if (this.#watched.fresh(isOne) === 0) return;
    if (isOne) {
      this.#corpus.push(batch[0]!);
      return;
    }
    const half = batch.length >> 1;
    await this.#keepWhatIsNew(batch.slice(0, half));
    await this.#keepWhatIsNew(batch.slice(half));
  }
}
