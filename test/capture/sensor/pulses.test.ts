import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPulses, type Pulse } from '../../../src/capture/sensor/pulses.js';
import type { PulseRule, Samples } from '../../../src/capture/sensor/recording.js';
import { halfSineDeltaV } from '../../../src/facts/shock.js';

const STEP = 200;

function samples(values: readonly number[], stepUs = STEP): Samples {
  return {
    count: values.length,
    timesUs: Float64Array.from(values, (_, index) => index * stepUs),
    values: [Float64Array.from(values)],
  };
}

function find(
  values: readonly number[],
  rule: PulseRule = { thresholdMilliG: 5000 },
  breakUs = 300,
): Pulse[] {
  return findPulses(samples(values), ['x'], rule, breakUs);
}

/** A half-sine of `steps` steps between zeros. */
function halfSine(peak: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, step) =>
    Math.round(peak * Math.sin((Math.PI * step) / steps)),
  );
}

/** Velocity change of equal steps by the trapezoid rule, µm/s, rounded down: 1 mg over 1 µs is 0.00980665 µm/s. */
function trapezoids(samplesMilliG: readonly number[], stepUs: number): bigint {
  const doubled = samplesMilliG.slice(1).reduce((sum, one, index) => sum + one + samplesMilliG[index]!, 0);
  return (BigInt(doubled) * BigInt(stepUs) * 980_665n) / 200_000_000n;
}

describe('pulses', () => {
  // liability.md: 85 g × 6 ms = 3.18 m/s, 150 g × 2 ms = 1.87 m/s.
  test.each([
    [85_000, 30, 6000, 3_183_000],
    [150_000, 10, 2000, 1_870_000],
  ])('a half-sine of %i mg over %i steps', (peak, steps, durationUs, deltaV) => {
    const [pulse, ...more] = find([0, 0, ...halfSine(peak, steps), 0, 0]);
    expect(more).toEqual([]);
    expect(pulse).toMatchObject({ axis: 'x', peakMilliG: peak, durationUs, atUs: (2 + steps / 2) * STEP });
    // The trapezoid rule lies below a curve that bends downwards, by π²/12·steps² of it.
    expect(pulse!.deltaVUmPerS).toBeGreaterThan(deltaV * 0.99);
    expect(pulse!.deltaVUmPerS).toBeLessThanOrEqual(Number(halfSineDeltaV(peak, durationUs)));
    expect(pulse!.deltaVUmPerS).toBe(Number(trapezoids(halfSine(peak, steps), STEP)));
  });

  test('to the other side count by their size, and a swing to both sides is two', () => {
    expect(find([0, -6000, 0, 0, 6000, -7000, 0])).toEqual([
      { atUs: 200, axis: 'x', peakMilliG: 6000, durationUs: 400, deltaVUmPerS: 11_767 },
      { atUs: 800, axis: 'x', peakMilliG: 6000, durationUs: 400, deltaVUmPerS: 11_767 },
      { atUs: 1000, axis: 'x', peakMilliG: 7000, durationUs: 400, deltaVUmPerS: 13_729 },
    ]);
  });

  test('at the threshold, not below it', () => {
    expect(find([0, 5000, 0])).toHaveLength(1);
    expect(find([0, 4999, 0])).toEqual([]);
    expect(find([0, -5000, 0])).toHaveLength(1);
    expect(find([])).toEqual([]);
  });

  test('end at a tenth of the peak, so that gravity is no part of them', () => {
    const resting = Array(50).fill(1000);
    const [pulse] = find([...resting, 5000, 20_000, 5000, ...resting]);
    expect(pulse).toMatchObject({ peakMilliG: 20_000, durationUs: 800 });
    // A smaller one over gravity needs an edge.
    const [long] = find([...resting, 6000, ...resting]);
    expect(long!.durationUs).toBe(100 * STEP);
    const [cut] = find([...resting, 6000, ...resting], { thresholdMilliG: 5000, edgeMilliG: 1500 });
    expect(cut!.durationUs).toBe(400);
  });

  test('with two peaks are two if it falls below a tenth between, else one', () => {
    expect(find([0, 10_000, 900, 12_000, 0])).toHaveLength(2);
    const [one, ...more] = find([0, 10_000, 1300, 12_000, 0]);
    expect([one!.peakMilliG, one!.durationUs, more]).toEqual([12_000, 800, []]);
  });

  test('that follow one another share the sample between them and nothing before it', () => {
    // 1180 is below a tenth of 12641 and above a tenth of 5000.
    const [first, second] = find([12_641, 1180, 5000]);
    expect([first!.peakMilliG, first!.durationUs]).toEqual([12_641, 200]);
    expect([second!.peakMilliG, second!.durationUs]).toEqual([5000, 200]);
    expect(BigInt(second!.deltaVUmPerS)).toBe(trapezoids([1180, 5000], 200));
  });

  test('end where samples are missing', () => {
    const gap: Samples = {
      count: 4,
      timesUs: Float64Array.of(0, 200, 5000, 5200),
      values: [Float64Array.of(6000, 6000, 6000, 6000)],
    };
    expect(findPulses(gap, ['y'], { thresholdMilliG: 5000 }, 300)).toEqual([
      { atUs: 0, axis: 'y', peakMilliG: 6000, durationUs: 200, deltaVUmPerS: 11_767 },
      { atUs: 5000, axis: 'y', peakMilliG: 6000, durationUs: 200, deltaVUmPerS: 11_767 },
    ]);
  });

  test('of one lone sample last a microsecond', () => {
    expect(find([9000])).toEqual([{ atUs: 0, axis: 'x', peakMilliG: 9000, durationUs: 1, deltaVUmPerS: 0 }]);
  });

  test('of three axes stand in order of time, then of axis', () => {
    const three: Samples = {
      count: 3,
      timesUs: Float64Array.of(0, 200, 400),
      values: [Float64Array.of(0, 6000, 0), Float64Array.of(0, 7000, 0), Float64Array.of(8000, 0, 0)],
    };
    expect(
      findPulses(three, ['y', 'x', 'z'], { thresholdMilliG: 5000 }, 300).map(({ axis }) => axis),
    ).toEqual(['z', 'x', 'y']);
  });

  test('property: every sample at the threshold lies in exactly one pulse of its size or more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20_000, max: 20_000 }), { maxLength: 60 }), (values) => {
        const pulses = find(values);
        const loud = values
          .map((value, index) => ({ value: Math.abs(value), at: index * STEP }))
          .filter(({ value }) => value >= 5000);
        expect(pulses.length).toBeLessThanOrEqual(loud.length);
        for (const { value, at } of loud) {
          const holding = pulses.filter(
            (pulse) => Math.abs(pulse.atUs - at) <= pulse.durationUs && pulse.peakMilliG >= value,
          );
          expect(holding.length).toBeGreaterThan(0);
        }
        expect(new Set(pulses.map(({ atUs }) => atUs)).size).toBe(pulses.length);
        for (const pulse of pulses) {
          // No pulse changes the speed by more than its peak held all the time.
          expect(BigInt(pulse.deltaVUmPerS)).toBeLessThanOrEqual(
            trapezoids([pulse.peakMilliG, pulse.peakMilliG], pulse.durationUs),
          );
        }
      }),
    );
  });
});
