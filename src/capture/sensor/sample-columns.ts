import type { Samples } from './recording.js';

const FIRST_CAPACITY = 1024;

/** Takes samples one by one; memory is the samples' own, 8 bytes a number, and at most as much again while it grows. */
export class SampleColumns {
  #capacity = FIRST_CAPACITY;
  #timesUs = new Float64Array(FIRST_CAPACITY);
  readonly #values: Float64Array[];
  #count = 0;

  constructor(columns: number) {
    this.#values = Array.from({ length: columns }, () => new Float64Array(FIRST_CAPACITY));
  }

  get lastTimeUs(): number {
    return this.#count === 0 ? Number.NEGATIVE_INFINITY : this.#timesUs[this.#count - 1]!;
  }

  add(timeUs: number, values: readonly number[]): void {
    if (this.#count === this.#capacity) this.#grow();
    this.#timesUs[this.#count] = timeUs;
    for (let column = 0; column < this.#values.length; column += 1) {
      this.#values[column]![this.#count] = values[column]!;
    }
    this.#count += 1;
  }

  samples(): Samples {
    return {
      count: this.#count,
      timesUs: this.#timesUs.subarray(0, this.#count),
      values: this.#values.map((column) => column.subarray(0, this.#count)),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#timesUs = grown(this.#timesUs, this.#capacity);
    for (let column = 0; column < this.#values.length; column += 1) {
      this.#values[column] = grown(this.#values[column]!, this.#capacity);
    }
  }
}

function grown(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
