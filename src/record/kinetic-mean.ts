/**
 * Mean kinetic temperature: the constant temperature that would have done the goods the same harm as the changing one.
 * With the activation energy usual for medicines, 83.144 kJ/mol, and R = 8.3144 J/(mol·K), the harm in a span of time at
 * T kelvin is proportional to exp(−10,000 K / T). Integers only: the same on every machine.
 */

/** Time, or a number of equal steps of time, at one temperature. */
export interface AtTemperature {
  readonly milliC: number;
  readonly weight: number | bigint;
}

// Half thousandths of a kelvin: a mean is rounded where two thousandths are equally near.
const ZERO_CELSIUS = 546_300n;
const ACTIVATION = 20_000_000n;
const UNIT_BITS = 256n;
const GUARD_BITS = 96n;
const HALVINGS = 12n;
// exp(−150) is 10^-65 of the unit: nothing that counts beside any temperature above.
const LEAST = -150n;

const known = new Map<number, bigint>();
const MAX_KNOWN = 65_536;

/** exp(10,000/273.15 − 10,000/T) in units of 2^-256, for T half thousandths of a degree Celsius. */
function harmAt(halfMilliC: number): bigint {
  const cached = known.get(halfMilliC);
  if (cached !== undefined) return cached;
  const kelvin = BigInt(halfMilliC) + ZERO_CELSIUS;
  const harm = kelvin <= 0n ? 0n : scaledExp(ACTIVATION * BigInt(halfMilliC), ZERO_CELSIUS * kelvin);
  if (known.size < MAX_KNOWN) known.set(halfMilliC, harm);
  return harm;
}

/** exp(num / den) in units of 2^-256: by its series at a 4096th of the argument, squared twelve times. */
function scaledExp(num: bigint, den: bigint): bigint {
  if (num < LEAST * den) return 0n;
  const bits = UNIT_BITS + GUARD_BITS;
  const argument = (num << bits) / (den << HALVINGS);
  let sum = 1n << bits;
  let term = sum;
  for (let n = 1n; term !== 0n; n += 1n) {
    // A shift rounds a negative number down, for ever to −1: divide.
    term = (term * argument) / (n << bits);
    sum += term;
  }
  for (let i = 0n; i < HALVINGS; i += 1n) sum = (sum * sum) >> bits;
  return sum >> GUARD_BITS;
}

/** Σ w(T)·t against w(limit)·Σ t: is the mean kinetic temperature above the limit? False where no time passed. */
export function isKineticMeanAbove(parts: readonly AtTemperature[], limitMilliC: number): boolean {
  const { harm, time } = together(parts);
  return harm > harmAt(2 * limitMilliC) * time;
}

/** The mean kinetic temperature to the nearest thousandth of a degree, the higher of two; null where no time passed. */
export function kineticMean(parts: readonly AtTemperature[]): number | null {
  const { harm, time } = together(parts);
  if (time === 0n) return null;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { milliC, weight } of parts) {
    if (BigInt(weight) === 0n) continue;
    low = Math.min(low, milliC);
    high = Math.max(high, milliC);
  }
  // The last thousandth whose lower half still does no more harm.
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (harmAt(2 * middle - 1) * time <= harm) low = middle;
    else high = middle - 1;
  }
  return low;
}

function together(parts: readonly AtTemperature[]): { harm: bigint; time: bigint } {
  let harm = 0n;
  let time = 0n;
  for (const { milliC, weight } of parts) {
    const span = BigInt(weight);
    if (span < 0n) throw new RangeError('time at a temperature is not negative');
    harm += harmAt(2 * milliC) * span;
    time += span;
  }
  return { harm, time };
}
