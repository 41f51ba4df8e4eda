import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Samples } from '../../../src/capture/sensor/recording.js';
import { findBreaches, findGaps, joinGaps, typicalStepUs } from '../../../src/capture/sensor/stretches.js';

function at(times: readonly number[], values: readonly number[] = times.map(() => 0)): Samples {
  return { count: times.length, timesUs: Float64Array.from(times), values: [Float64Array.from(values)] };
}

test('the typical step is the middle one', () => {
  expect(typicalStepUs(at([]))).toBeNull();
  expect(typicalStepUs(at([5]))).toBeNull();
  expect(typicalStepUs(at([0, 10, 20, 90, 100]))).toBe(10);
  expect(typicalStepUs(at([0, 10, 30]))).toBe(10);
});

describe('gaps', () => {
  test('are steps of more than one and a half intervals', () => {
    const span = { fromUs: 0, toUs: 66 };
    expect(findGaps(at([0, 10, 25, 41, 51, 66]), span, 10)).toEqual([{ fromUs: 25, toUs: 41 }]);
  });

  test('lie also before the first sample and behind the last', () => {
    expect(findGaps(at([100, 110]), { fromUs: 0, toUs: 200 }, 10)).toEqual([
      { fromUs: 0, toUs: 100 },
      { fromUs: 110, toUs: 200 },
    ]);
    expect(findGaps(at([]), { fromUs: 0, toUs: 200 }, 10)).toEqual([{ fromUs: 0, toUs: 200 }]);
    expect(findGaps(at([8, 18]), { fromUs: 0, toUs: 30 }, 10)).toEqual([]);
  });

  test('too many become fewer, those closest together first', () => {
    const gaps = [
      { fromUs: 0, toUs: 10 },
      { fromUs: 11, toUs: 20 },
      { fromUs: 50, toUs: 60 },
      { fromUs: 62, toUs: 70 },
    ];
    expect(joinGaps(gaps, 4)).toEqual(gaps);
    expect(joinGaps(gaps, 3)).toEqual([
      { fromUs: 0, toUs: 20 },
      { fromUs: 50, toUs: 60 },
      { fromUs: 62, toUs: 70 },
    ]);
    expect(joinGaps(gaps, 1)).toEqual([{ fromUs: 0, toUs: 70 }]);
  });

  test('property: joined gaps are few and cover every gap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (steps, limit) => {
          let now = 0;
          const gaps: { fromUs: number; toUs: number }[] = [];
          for (let index = 0; index + 1 < steps.length; index += 2) {
            const fromUs = now + steps[index]!;
            now = fromUs + steps[index + 1]!;
            gaps.push({ fromUs, toUs: now });
          }
          const joined = joinGaps(gaps, limit);
          expect(joined.length).toBe(Math.min(limit, gaps.length));
          for (const gap of gaps) {
            expect(
              joined.filter(({ fromUs, toUs }) => fromUs <= gap.fromUs && gap.toUs <= toUs),
            ).toHaveLength(1);
          }
        },
      ),
    );
  });
});

describe('breaches', () => {
  test('run from the first sample beyond to the first one back', () => {
    const samples = at([0, 10, 20, 30, 40, 50], [5, 9, 12, 8, 1, 9]);
    expect(findBreaches(samples, { min: 2, max: 8 }, 15)).toEqual([
      { fromUs: 10, toUs: 30, side: 'above', extreme: 12 },
      { fromUs: 40, toUs: 50, side: 'below', extreme: 1 },
      { fromUs: 50, toUs: 50, side: 'above', extreme: 9 },
    ]);
  });

  test('a limit itself is within', () => {
    expect(findBreaches(at([0, 10], [2, 8]), { min: 2, max: 8 }, 15)).toEqual([]);
    expect(findBreaches(at([0, 10], [2, 8]), {}, 15)).toEqual([]);
  });

  test('end at a gap, and nobody says what was in it', () => {
    const samples = at([0, 10, 100, 110], [9, 10, 9, 5]);
    expect(findBreaches(samples, { max: 8 }, 15)).toEqual([
      { fromUs: 0, toUs: 10, side: 'above', extreme: 10 },
      { fromUs: 100, toUs: 110, side: 'above', extreme: 9 },
    ]);
  });
});
