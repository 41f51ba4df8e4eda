import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKineticMeanAbove, kineticMean } from '../../src/record/kinetic-mean.js';

const once = (milliC: number): { milliC: number; weight: number } => ({ milliC, weight: 1 });

/** The formula of USP ‹1160› in floating point; good to a few ten-thousandths of a degree. */
function inFloats(parts: readonly { milliC: number; weight: number }[]): number {
  let harm = 0;
  let time = 0;
  for (const { milliC, weight } of parts) {
    harm += Math.exp(-10_000 / (273.15 + milliC / 1000)) * weight;
    time += weight;
  }
  return 1000 * (10_000 / -Math.log(harm / time) - 273.15);
}

describe('the mean kinetic temperature', () => {
  test('of nothing is none, of one temperature is that one', () => {
    expect(kineticMean([])).toBeNull();
    expect(kineticMean([{ milliC: 5, weight: 0 }])).toBeNull();
    for (const milliC of [-273_150, -90_000, -1, 0, 1, 5500, 25_000, 200_000]) {
      expect(kineticMean([once(milliC), once(milliC)])).toBe(milliC);
    }
  });

  test('lies above the mean: a day at 30 °C outweighs one at 10 °C', () => {
    expect(kineticMean([once(10_000), once(30_000)])).toBe(24_582);
    expect(kineticMean([once(5000), { milliC: 5000, weight: 2n }, once(8000)])).toBe(5858);
  });

  test('weighs what an hour at 25 °C does to goods kept at 5 °C', () => {
    const day = [
      { milliC: 5000, weight: 23 },
      { milliC: 25_000, weight: 1 },
    ];
    expect(kineticMean(day)).toBe(Math.round(inFloats(day)));
    expect(isKineticMeanAbove(day, 8000)).toBe(false);
    expect(isKineticMeanAbove(day, 7000)).toBe(true);
  });

  test('agrees with floating point to a thousandth, and lies between the extremes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            milliC: fc.integer({ min: -90_000, max: 80_000 }),
            weight: fc.integer({ min: 1, max: 99 }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        (parts) => {
          const mean = kineticMean(parts)!;
          expect(Math.abs(mean - inFloats(parts))).toBeLessThan(0.6);
          const all = parts.map(({ milliC }) => milliC);
          expect(mean).toBeGreaterThanOrEqual(Math.min(...all));
          expect(mean).toBeLessThanOrEqual(Math.max(...all));
          expect(isKineticMeanAbove(parts, mean - 1)).toBe(true);
          expect(isKineticMeanAbove(parts, mean + 1)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('takes no time back', () => {
    expect(() => kineticMean([{ milliC: 0, weight: -1 }])).toThrow(RangeError);
  });
});
