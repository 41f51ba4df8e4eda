import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apportion,
  compareRationals,
  difference,
  greatest,
  least,
  multiply,
  rational,
  roundHalfUp,
  sum,
} from '../../src/finding/rational.js';

describe('exact fractions', () => {
  test('are in lowest terms with a positive denominator', () => {
    expect(rational(6n, -4n)).toEqual({ n: -3n, d: 2n });
    expect(rational(0n, -7n)).toEqual({ n: 0n, d: 1n });
    expect(rational(-6n, 4n)).toEqual({ n: -3n, d: 2n });
    expect(() => rational(1n, 0n)).toThrow(new RangeError('a fraction has no denominator 0'));
  });

  test('multiply, compare and bound', () => {
    expect(multiply(rational(2n, 3n), rational(9n, 4n))).toEqual({ n: 3n, d: 2n });
    expect(compareRationals(rational(1n, 3n), rational(2n, 6n))).toBe(0);
    expect(least(rational(1n, 3n), rational(1n, 4n))).toEqual({ n: 1n, d: 4n });
  });

  test('add, take away and bound from below', () => {
    expect(sum(rational(1n, 2n), rational(1n, 3n))).toEqual({ n: 5n, d: 6n });
    expect(difference(rational(3n, 4n), rational(1n, 3n))).toEqual({ n: 5n, d: 12n });
    expect(greatest(rational(1n, 3n), rational(1n, 4n))).toEqual({ n: 1n, d: 3n });
  });

  test.each([
    [rational(5n, 2n), 3n],
    [rational(7n, 3n), 2n],
    [rational(8n, 3n), 3n],
    [rational(0n), 0n],
    [rational(1n, 2n), 1n],
  ])('round a half up', (value, rounded) => {
    expect(roundHalfUp(value)).toBe(rounded);
  });

  test('negative amounts are refused', () => {
    expect(() => roundHalfUp(rational(-1n))).toThrow(
      new RangeError('only amounts that are not negative are rounded'),
    );
  });
});

describe('apportionment', () => {
  test('gives the largest remainders the rest, ties to the earlier', () => {
    const third = rational(1n, 3n);
    expect(apportion(100n, [third, third, third])).toEqual([34n, 33n, 33n]);
    expect(apportion(101n, [third, third, third])).toEqual([34n, 34n, 33n]);
    expect(apportion(10n, [rational(1n, 6n), rational(5n, 6n)])).toEqual([2n, 8n]);
    expect(apportion(0n, [third, third])).toEqual([0n, 0n]);
  });

  test('is by what the shares are of their sum', () => {
    expect(apportion(10n, [rational(1n, 2n), rational(1n, 4n)])).toEqual([7n, 3n]);
    expect(apportion(10n, [rational(4n), rational(1n)])).toEqual([8n, 2n]);
  });

  test('parts are whole, sum to the whole, and are within one of their exact share', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(1n, 1000n), { minLength: 1, maxLength: 8 }),
        (total, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0n);
          const parts = apportion(
            total,
            weights.map((weight) => rational(weight, sum)),
          );
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
          for (const [i, part] of parts.entries()) {
            const exact = (total * weights[i]!) / sum;
            expect(part === exact || part === exact + 1n).toBe(true);
          }
        },
      ),
    );
  });

  test('shares that are none are refused', () => {
    const refused = new RangeError('an amount is apportioned by shares that are not negative');
    expect(() => apportion(1n, [])).toThrow(refused);
    expect(() => apportion(1n, [rational(-1n), rational(2n)])).toThrow(refused);
    expect(() => apportion(-1n, [rational(1n)])).toThrow(refused);
  });
});
