/** Thrown inside the engine when a finding costs more than any honest case: whatever is undecided goes to a person. */
export class StepsExhausted extends Error {
  constructor() {
    super('the finding takes more steps than allowed');
    this.name = 'StepsExhausted';
  }
}

/** Counts steps, so that the same inputs stop at the same place on every machine: time plays no part. */
export class StepBudget {
  private left: number;

  constructor(steps: number) {
    this.left = steps;
  }

  /** Throws StepsExhausted when nothing is left. */
  take(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw new StepsExhausted();
  }
}

export const FINDING_STEPS = 2_000_000;
