/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('a fraction has no denominator 0');
  const sign = d < 0n ? -1n : 1n;
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

export function sum(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function difference(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function compareRationals(a: Rational, b: Rational): number {
  const apart = a.n * b.d - b.n * a.d;
  return apart < 0n ? -1 : apart > 0n ? 1 : 0;
}

export function least(a: Rational, b: Rational): Rational {
  return compareRationals(a, b) <= 0 ? a : b;
}

export function greatest(a: Rational, b: Rational): Rational {
  return compareRationals(a, b) >= 0 ? a : b;
}

/** Nearest whole number of a fraction that is not negative; a half goes up. */
export function roundHalfUp(value: Rational): bigint {
  if (value.n < 0n) throw new RangeError('only amounts that are not negative are rounded');
  return (2n * value.n + value.d) / (2n * value.d);
}

/**
 * Splits a whole amount by shares so that the parts are whole and sum to it: each gets the floor, then the largest
 * remainders get one more; of equal remainders the earlier place goes first.
 */
export function apportion(total: bigint, shares: readonly Rational[]): readonly bigint[] {
  const all = shares.reduce(sum, rational(0n));
  if (total < 0n || all.n <= 0n || shares.some(({ n }) => n < 0n)) {
    throw new RangeError('an amount is apportioned by shares that are not negative');
  }
  const exact = shares.map((share) => multiply(rational(total), rational(share.n * all.d, share.d * all.n)));
  const floors = exact.map(({ n, d }) => n / d);
  const rest = Number(total - floors.reduce((a, b) => a + b, 0n));
  const order = exact
    .map(({ n, d }, index) => ({ index, remainder: rational(n % d, d) }))
    .sort((a, b) => compareRationals(b.remainder, a.remainder));
  for (const { index } of order.slice(0, rest)) floors[index] = floors[index]! + 1n;
  return floors;
}
