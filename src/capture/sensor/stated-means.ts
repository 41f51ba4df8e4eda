import { type AtTemperature, kineticMean } from '../../record/kinetic-mean.js';
import type { Contradiction, Samples } from './recording.js';

/** Means as a device states them, in the integer unit of the quantity. */
export interface StatedMeans {
  readonly mean: number | null;
  readonly kineticMean: number | null;
}

// Devices show tenths, rounded or cut: a whole tenth apart, the two cannot both hold.
const APART = 100;

export function meansContradictions(samples: Samples, stated: StatedMeans): Contradiction[] {
  const found: Contradiction[] = [];
  const shown = { mean: meanOf(samples), kineticMean: kineticMeanOf(samples) };
  for (const [key, about] of [
    ['mean', 'mean'],
    ['kineticMean', 'kinetic-mean'],
  ] as const) {
    const said = stated[key];
    const is = shown[key];
    if (said === null || is === null || Math.abs(said - is) < APART) continue;
    found.push({ about, stated: `${said} milliC`, found: `${is} milliC` });
  }
  return found;
}

/** Mean of all values, to the nearest integer, halves away from zero; null without a sample. */
export function meanOf({ count, values }: Samples): number | null {
  if (count === 0) return null;
  let sum = 0n;
  // Doubles add integers exactly up to 2^53: sums of a few are, where each is small.
  let part = 0;
  for (const column of values) {
    for (let index = 0; index < count; index += 1) {
      const value = column[index]!;
      if (Math.abs(part) > 2 ** 52 || Math.abs(value) > 2 ** 51) {
        sum += BigInt(part) + BigInt(value);
        part = 0;
      } else part += value;
    }
  }
  sum += BigInt(part);
  const n = BigInt(count * values.length);
  const size = sum < 0n ? -sum : sum;
  const rounded = Number((2n * size + n) / (2n * n));
  return sum < 0n && rounded !== 0 ? -rounded : rounded;
}

/** Mean kinetic temperature, each sample counted once; null without a sample. */
export function kineticMeanOf({ count, values }: Samples): number | null {
  const times = new Map<number, number>();
  const column = values[0];
  if (column === undefined) return null;
  for (let index = 0; index < count; index += 1) {
    const milliC = column[index]!;
    times.set(milliC, (times.get(milliC) ?? 0) + 1);
  }
  return kineticMean(Array.from(times, ([milliC, weight]): AtTemperature => ({ milliC, weight })));
}
