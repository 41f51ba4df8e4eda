import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beyondLimits,
  compareWithDrop,
  halfSineDeltaV,
  isRmsBeyond,
  lowestPeakLimit,
} from '../../src/facts/shock.js';
import type { ShockLimit } from '../../src/facts/shock-limit.js';

const LIMIT: ShockLimit = { axis: 'any', maxPeakMilliG: 60_000, maxDeltaVUmPerS: 2_500_000 };

describe('velocity change of a half-sine pulse', () => {
  test.each([
    // liability.md, "Sensors, integers only"
    ['85 g for 6 ms', 85_000, 6_000, 3_183_984n],
    ['150 g for 2 ms', 150_000, 2_000, 1_872_932n],
    ['nothing', 0, 6_000, 0n],
    ['no time', 85_000, 0, 0n],
    ['rounds down', 1, 160, 0n],
    ['just one', 1, 161, 1n],
  ])('%s', (_, peak, duration, expected) => {
    expect(halfSineDeltaV(peak, duration)).toBe(expected);
  });

  test('takes any integer, however large, and the size of a negative peak', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(halfSineDeltaV(most, most)).toBe((BigInt(most) * BigInt(most) * 624_310_733n) / 100_000_000_000n);
    expect(halfSineDeltaV(-85_000, 6_000)).toBe(3_183_984n);
  });

  test('is what floats give, within the last unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (peak, us) => {
          const exact = (peak * 1e-3 * 9.80665 * (us * 1e-6) * 2) / Math.PI;
          expect(Math.abs(Number(halfSineDeltaV(peak, us)) - exact * 1e6)).toBeLessThan(2 + exact);
        },
      ),
    );
  });
});

describe('beyond a limit means beyond both figures', () => {
  const pulse = (peakMilliG: number, deltaVUmPerS: number | bigint | null, axis = 'z') => ({
    axis,
    peakMilliG,
    deltaVUmPerS,
  });
  test.each([
    ['the worked pulse of 85 g, 3.18 m/s', pulse(85_000, halfSineDeltaV(85_000, 6_000)), 'yes'],
    ['the worked pulse of 150 g, 1.87 m/s', pulse(150_000, halfSineDeltaV(150_000, 2_000)), 'no'],
    ['both at the limit', pulse(60_000, 2_500_000), 'no'],
    ['one above in peak only', pulse(60_001, 2_500_000), 'no'],
    ['one above in velocity only', pulse(60_000, 2_500_001), 'no'],
    ['one above in both', pulse(60_001, 2_500_001), 'yes'],
    ['a low peak without velocity', pulse(60_000, null), 'no'],
    ['a high peak without velocity', pulse(60_001, null), 'unknown'],
    ['a negative peak', pulse(-60_001, 2_500_001), 'yes'],
  ])('%s', (_, given, expected) => {
    expect(beyondLimits(given, [LIMIT])).toBe(expected);
  });

  test('both figures must be exceeded on one axis', () => {
    const limits: ShockLimit[] = [
      { axis: 'x', maxPeakMilliG: 30_000, maxDeltaVUmPerS: 5_000_000 },
      { axis: 'y', maxPeakMilliG: 90_000, maxDeltaVUmPerS: 1_000_000 },
    ];
    expect(beyondLimits(pulse(50_000, 2_000_000, 'x'), limits)).toBe('no');
    expect(beyondLimits(pulse(50_000, 2_000_000, 'y'), limits)).toBe('no');
    expect(beyondLimits(pulse(50_000, 6_000_000, 'x'), limits)).toBe('yes');
  });

  test('an axis without a limit, or no limit at all, stays open', () => {
    expect(beyondLimits(pulse(1, 1, 'y'), [{ ...LIMIT, axis: 'x' }])).toBe('unknown');
    expect(beyondLimits(pulse(1, 1), [])).toBe('unknown');
  });

  test('an unresolved axis is beyond only when every axis is', () => {
    const each: ShockLimit[] = (['x', 'y', 'z'] as const).map((axis) => ({ ...LIMIT, axis }));
    const lax: ShockLimit[] = each.map((limit) =>
      limit.axis === 'z' ? { ...limit, maxPeakMilliG: 90_000 } : limit,
    );
    const hard = pulse(85_000, 3_000_000, 'any');
    expect(beyondLimits(hard, each)).toBe('yes');
    expect(beyondLimits(hard, lax)).toBe('unknown');
    expect(beyondLimits(hard, each.slice(0, 2))).toBe('unknown');
    expect(beyondLimits(hard, [LIMIT])).toBe('yes');
    expect(beyondLimits(pulse(50_000, 3_000_000, 'any'), each)).toBe('no');
  });

  test('a harder pulse is never less beyond', () => {
    const rank = { no: 0, unknown: 1, yes: 2 };
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.nat(5_000_000),
        fc.nat(1000),
        fc.nat(1000),
        fc.constantFrom('x', 'y', 'z', 'any'),
        fc.array(
          fc.record({
            axis: fc.constantFrom<ShockLimit['axis']>('x', 'y', 'z', 'any'),
            maxPeakMilliG: fc.integer({ min: 1, max: 200_000 }),
            maxDeltaVUmPerS: fc.integer({ min: 1, max: 5_000_000 }),
          }),
          { maxLength: 4 },
        ),
        (peak, deltaV, morePeak, moreV, axis, limits) => {
          const soft = beyondLimits(pulse(peak, deltaV, axis), limits);
          const hard = beyondLimits(pulse(peak + morePeak, deltaV + moreV, axis), limits);
          expect(rank[hard]).toBeGreaterThanOrEqual(rank[soft]);
        },
      ),
    );
  });
});

test('the lowest peak that any limit allows', () => {
  expect(lowestPeakLimit([])).toBeNull();
  expect(lowestPeakLimit([LIMIT, { ...LIMIT, maxPeakMilliG: 20_000 }])).toBe(20_000);
});

describe('drop height without a root', () => {
  test.each([
    // v = sqrt(2·9.80665·1) = 4.429 m/s without rebound
    ['a drop of 1 m, no rebound, just below', 4_428_690, 1000, 0, -1],
    ['a drop of 1 m, no rebound, just above', 4_428_691, 1000, 0, 1],
    // rebound with half the speed: 6.643 m/s
    ['a drop of 1 m, half the speed kept', 6_643_035, 1000, 500, -1],
    ['a drop of 1 m, half the speed kept, above', 6_643_037, 1000, 500, 1],
    ['nothing at all', 0, 0, 0, 0],
  ])('%s', (_, deltaV, height, restitution, expected) => {
    expect(compareWithDrop(deltaV, height, restitution)).toBe(expected);
  });
});

describe('root mean square above a limit', () => {
  test.each([
    ['at the limit', [3, -3, 3], 3, false],
    ['above it', [3, -4, 3], 3, true],
    ['no sample', [], 0, false],
    ['one huge sample', [Number.MAX_SAFE_INTEGER], Number.MAX_SAFE_INTEGER - 1, true],
  ])('%s', (_, samples, limit, expected) => {
    expect(isRmsBeyond(samples, limit)).toBe(expected);
  });
});

describe('a blow whose axis nobody resolved', () => {
  const limit = (axis: 'x' | 'y' | 'z' | 'any', maxPeakMilliG: number): ShockLimit => ({
    axis,
    maxPeakMilliG,
    maxDeltaVUmPerS: 1,
  });
  const ask = (...limits: ShockLimit[]): string =>
    beyondLimits({ axis: 'any', peakMilliG: 100, deltaVUmPerS: 9 }, limits);
  test('is surely beyond only by a limit of every axis', () => {
    expect([ask(limit('any', 50)), ask(limit('any', 50), limit('z', 200))]).toEqual(['yes', 'yes']);
    expect(ask(limit('any', 200), limit('z', 50))).toBe('unknown');
    expect(ask(limit('x', 50), limit('y', 50), limit('z', 50))).toBe('yes');
    expect(ask(limit('x', 50), limit('y', 50))).toBe('unknown');
    const each = [limit('x', 50), limit('y', 50), limit('z', 50)];
    expect(ask(...each, limit('any', 200))).toBe('yes');
    expect(ask(...each, limit('x', 200))).toBe('yes');
    expect(ask(limit('x', 50), limit('y', 50), limit('z', 200))).toBe('unknown');
    expect(ask(limit('any', 200), limit('z', 200))).toBe('no');
  });
});

test('a peak beyond without a velocity change is not known to be beyond', () => {
  const limits = [{ axis: 'z' as const, maxPeakMilliG: 50, maxDeltaVUmPerS: 1 }];
  const ask = (peakMilliG: number): string =>
    beyondLimits({ axis: 'z', peakMilliG, deltaVUmPerS: null }, limits);
  expect([ask(51), ask(-51), ask(50)]).toEqual(['unknown', 'unknown', 'no']);
});

test('the lowest peak of several limits, wherever it stands', () => {
  const peaks = (...list: number[]): number | null =>
    lowestPeakLimit(list.map((maxPeakMilliG) => ({ axis: 'any', maxPeakMilliG, maxDeltaVUmPerS: 1 })));
  expect([peaks(50, 70), peaks(70, 50), peaks(70, 50, 60), peaks()]).toEqual([50, 50, 50, null]);
});
