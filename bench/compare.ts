/** Times of two pieces of work, measured in turn, A B A B …, so that a drift of the machine meets both. */
export interface Comparison {
  readonly name: string;
  /** What the ratio must be: `>= 0.8` of the baseline's speed, or `<= 2.2` times its cost. */
  readonly goal: { readonly relation: '>=' | '<='; readonly value: number };
  /** speed: baseline time / our time. cost: our time / baseline time. */
  readonly kind: 'speed' | 'cost';
  ours(): Promise<unknown> | unknown;
  baseline(): Promise<unknown> | unknown;
  readonly ourWord: string;
  readonly baselineWord: string;
  /** Calls of each in one round, so that a round is long enough to time. */
  readonly ourCalls?: number;
  readonly baselineCalls?: number;
  readonly rounds?: number;
  /** Calls of ours before the first round; as many as in a round where it is not given. */
  readonly warmUpCalls?: number;
}

export interface Outcome {
  readonly comparison: Comparison;
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** Median milliseconds of one call. */
  readonly ourMs: number;
  readonly baselineMs: number;
  readonly met: boolean;
}

async function time(work: () => Promise<unknown> | unknown, calls: number): Promise<number> {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) await work();
  return Number(process.hrtime.bigint() - start) / 1e6 / calls;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

/** Rounds before the first that counts: the engine compiles what runs often while it runs. */
const WARM_UP = 5;

/** Medians over rounds; the ratio is the median of the ratios pair by pair. */
export async function compare(comparison: Comparison): Promise<Outcome> {
  const { kind, goal, ours, baseline, ourCalls = 1, baselineCalls = 1, rounds = 7 } = comparison;
  for (let round = 0; round < WARM_UP; round += 1) {
    await time(ours, comparison.warmUpCalls ?? ourCalls);
    await time(baseline, baselineCalls);
  }
  const our: number[] = [];
  const base: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    our.push(await time(ours, ourCalls));
    base.push(await time(baseline, baselineCalls));
  }
  const ratios = our.map((value, round) =>
    kind === 'speed' ? (base[round] as number) / value : value / (base[round] as number),
  );
  const ratio = median(ratios);
  return {
    comparison,
    ratio,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    ourMs: median(our),
    baselineMs: median(base),
    met: goal.relation === '>=' ? ratio >= goal.value : ratio <= goal.value,
  };
}
