/** Thrown inside the engine when a finding costs more than any honest case: whatever is undecided goes to a person. */
export class StepsExhausted extends Error {
  constructor() {
    super('the finding takes more steps than allowed');
    this.name = 'StepsExhausted';
  }
}

/** Counts steps, so that the same inputs stop at the same place on every machine: time plays no part. */
export class StepBudget {
  readonly #given: number;
  #left: number;

  constructor(steps: number) {
    this.#given = steps;
    this.#left = steps;
  }

  /** Steps taken so far; more than given once they were exhausted. */
  get used(): number {
    return this.#given - this.#left;
  }

  get left(): number {
    return this.#left;
  }

  /** Takes steps that were taken elsewhere; throws nothing. */
  spend(steps: number): void {
    this.#left -= steps;
  }

  /** Throws StepsExhausted when nothing is left. */
  take(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new StepsExhausted();
  }
}

/** An ordinary case of five parties takes about a thousand. */
export const FINDING_STEPS = 500_000;
