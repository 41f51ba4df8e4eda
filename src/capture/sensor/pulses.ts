import type { PulseRule, Samples, ShockAxis } from './recording.js';

/** One swing of one axis to one side. */
export interface Pulse {
  /** Time of the peak. */
  readonly atUs: number;
  readonly axis: ShockAxis;
  /** Size of the largest sample. */
  readonly peakMilliG: number;
  readonly durationUs: number;
  readonly deltaVUmPerS: number;
}

// Standard gravity: 1 mg over 1 µs changes the speed by 0.00980665 µm/s.
const GRAVITY_NUM = 980_665n;
const GRAVITY_DEN = 100_000_000n;

/**
 * Finds the pulses of every axis, in order of time. A pulse is a run of samples of one sign that reaches the threshold;
 * it lasts while the swing is at least a tenth of its peak (and the rule's edge), and begins and ends with the sample
 * just beyond on either side. Its velocity change is the trapezoid rule over those samples, the outer ones counted as
 * zero if they are of the other sign; rounded down. Integers only. A step longer than `breakUs` ends a pulse.
 */
export function findPulses(
  { count, timesUs, values }: Samples,
  axes: readonly ShockAxis[],
  rule: PulseRule,
  breakUs: number,
): Pulse[] {
  const pulses = values.flatMap((column, index) =>
    pulsesOf(column, timesUs, count, axes[index]!, rule, breakUs),
  );
  return pulses.sort((a, b) => a.atUs - b.atUs || (a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : 0));
}

function pulsesOf(
  column: Float64Array,
  timesUs: Float64Array,
  count: number,
  axis: ShockAxis,
  rule: PulseRule,
  breakUs: number,
): Pulse[] {
  const pulses: Pulse[] = [];
  const joined = (left: number): boolean => timesUs[left + 1]! - timesUs[left]! <= breakUs;
  let free = 0;
  for (let start = 0; start < count; start += 1) {
    if (Math.abs(column[start]!) < rule.thresholdMilliG) continue;
    const sign = Math.sign(column[start]!);
    let peak = start;
    let last = start;
    while (last + 1 < count && joined(last)) {
      const swing = sign * column[last + 1]!;
      if (swing < edgeOf(sign * column[peak]!, rule)) break;
      last += 1;
      if (swing > sign * column[peak]!) peak = last;
    }
    const edge = edgeOf(sign * column[peak]!, rule);
    let first = start;
    while (first > free && joined(first - 1) && sign * column[first - 1]! >= edge) first -= 1;
    // Where the pulse before it swings higher than this one, the sample between them is the beginning: what lies before
    // that is the other's.
    const beyond = first > 0 && joined(first - 1) && sign * column[first - 1]! < edge;
    const from = beyond ? first - 1 : first;
    const to = last + 1 < count && joined(last) ? last + 1 : last;
    pulses.push({
      atUs: timesUs[peak]!,
      axis,
      peakMilliG: Math.abs(column[peak]!),
      durationUs: Math.max(1, timesUs[to]! - timesUs[from]!),
      deltaVUmPerS: velocityChange(column, timesUs, from, to, sign),
    });
    free = last + 1;
    start = last;
  }
  return pulses;
}

function edgeOf(peak: number, { edgeMilliG = 0 }: PulseRule): number {
  return Math.max(Math.ceil(peak / 10), edgeMilliG);
}

function velocityChange(
  column: Float64Array,
  timesUs: Float64Array,
  from: number,
  to: number,
  sign: number,
): number {
  let doubled = 0n;
  let left = Math.max(0, sign * column[from]!);
  for (let at = from + 1; at <= to; at += 1) {
    const right = Math.max(0, sign * column[at]!);
    doubled += BigInt(left + right) * BigInt(timesUs[at]! - timesUs[at - 1]!);
    left = right;
  }
  const deltaV = (doubled * GRAVITY_NUM) / (2n * GRAVITY_DEN);
  return deltaV > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(deltaV);
}
