import type { ShockLimit } from './shock-limit.js';

// Standard gravity 9.80665 m/s² exactly (CGPM 1901). All quotients of bigint are rounded towards zero; all operands
// here are non-negative, so that is the floor.

const HALF_SINE_FACTOR = 624_310_733n; // (2/π)·9.80665, in 10^-8 of its unit
const HALF_SINE_SCALE = 100_000_000_000n;
const GRAVITY_UM_PER_S2 = 9_806_650n;

export interface ShockPulse {
  /** `any` = the device did not resolve the axis. */
  readonly axis: string;
  readonly peakMilliG: number;
  /** Null when neither stated nor computable. */
  readonly deltaVUmPerS: number | bigint | null;
}

/** Velocity change of a half-sine pulse, µm/s: peak·duration·2/π, rounded down. Negative peaks count by their size. */
export function halfSineDeltaV(peakMilliG: number | bigint, durationUs: number | bigint): bigint {
  return (size(peakMilliG) * size(durationUs) * HALF_SINE_FACTOR) / HALF_SINE_SCALE;
}

/**
 * Compares a velocity change with that of a drop, without a root: ΔV² against 2·g·h·(1+e)².
 * -1 = less than such a drop gives, 0 = just as much, 1 = more.
 *
 * @param restitutionPermille e, how much of the speed the rebound keeps, 0 … 1000
 */
export function compareWithDrop(
  deltaVUmPerS: number | bigint,
  dropHeightMm: number | bigint,
  restitutionPermille: number | bigint,
): -1 | 0 | 1 {
  const deltaV = size(deltaVUmPerS);
  const bounce = 1000n + size(restitutionPermille);
  const left = deltaV * deltaV * 1_000_000n;
  const right = 2n * GRAVITY_UM_PER_S2 * size(dropHeightMm) * 1000n * bounce * bounce;
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Is the root mean square above the limit? Σa² > limit²·n, in any unit of the samples; of a sample with several axes the
 * squares of all belong to it. False without a sample.
 */
export function isRmsBeyond(
  samples: readonly (number | readonly number[])[],
  limit: number | bigint,
): boolean {
  let sum = 0n;
  for (const sample of samples) {
    for (const value of typeof sample === 'number' ? [sample] : sample) sum += BigInt(value) * BigInt(value);
  }
  return sum > size(limit) * size(limit) * BigInt(samples.length);
}

/**
 * Is a pulse beyond the limits: peak *and* velocity change above both figures, on one axis (damage boundary of ASTM
 * D3332)? `unknown` when it stays open: no limit for the pulse's axis, an unresolved axis beyond some limits and not others,
 * or a peak beyond without a velocity change.
 */
export function beyondLimits(pulse: ShockPulse, limits: readonly ShockLimit[]): 'yes' | 'no' | 'unknown' {
  const applying = limits.filter(({ axis }) => axis === 'any' || pulse.axis === 'any' || axis === pulse.axis);
  if (applying.length === 0) return 'unknown';
  const answers = applying.map((limit) => beyondOne(pulse, limit));
  const exceeded = new Set(applying.flatMap(({ axis }, i) => (answers[i] === 'yes' ? [axis] : [])));
  // A pulse on an unresolved axis is surely beyond only where every axis it may lie on has a limit that it exceeds.
  const sure =
    pulse.axis === 'any'
      ? exceeded.has('any') || (['x', 'y', 'z'] as const).every((axis) => exceeded.has(axis))
      : exceeded.size > 0;
  if (sure) return 'yes';
  return answers.every((answer) => answer === 'no') ? 'no' : 'unknown';
}

function beyondOne({ deltaVUmPerS, peakMilliG }: ShockPulse, limit: ShockLimit): 'yes' | 'no' | 'unknown' {
  if (size(peakMilliG) <= BigInt(limit.maxPeakMilliG)) return 'no';
  if (deltaVUmPerS === null) return 'unknown';
  return size(deltaVUmPerS) > BigInt(limit.maxDeltaVUmPerS) ? 'yes' : 'no';
}

/** The lowest peak that any of the limits allows; null without limits. */
export function lowestPeakLimit(limits: readonly ShockLimit[]): number | null {
  return limits.reduce<number | null>(
    (low, { maxPeakMilliG }) => (low === null || maxPeakMilliG < low ? maxPeakMilliG : low),
    null,
  );
}

function size(value: number | bigint): bigint {
  const whole = BigInt(value);
  return whole < 0n ? -whole : whole;
}
