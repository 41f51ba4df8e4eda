import type { Breach, Samples, Stretch } from './recording.js';

/** The step that lies in the middle of all steps between samples; null for fewer than two samples. */
export function typicalStepUs({ count, timesUs }: Samples): number | null {
  if (count < 2) return null;
  const steps = new Float64Array(count - 1);
  for (let index = 1; index < count; index += 1) steps[index - 1] = timesUs[index]! - timesUs[index - 1]!;
  steps.sort();
  return steps[(steps.length - 1) >> 1]!;
}

/** A step longer than one and a half intervals is a gap: one reading is missing. */
export function gapBeyondUs(intervalUs: number): number {
  return Math.floor((intervalUs * 3) / 2);
}

/** Where a continuous recording has nothing: between samples, and between them and the ends of its span. */
export function findGaps({ count, timesUs }: Samples, span: Stretch, intervalUs: number): Stretch[] {
  const beyond = gapBeyondUs(intervalUs);
  const gaps: Stretch[] = [];
  let previous = span.fromUs;
  for (let index = 0; index <= count; index += 1) {
    const at = index === count ? span.toUs : timesUs[index]!;
    if (at - previous > beyond) gaps.push({ fromUs: previous, toUs: at });
    previous = Math.max(previous, at);
  }
  return gaps;
}

/**
 * At most `limit` gaps that cover all of the given ones: those with the shortest recordings between them become one.
 * What is lost is recorded time, never a gap.
 */
export function joinGaps(gaps: readonly Stretch[], limit: number): Stretch[] {
  if (gaps.length <= limit) return [...gaps];
  const between = gaps
    .slice(1)
    .map((gap, index) => ({ index: index + 1, length: gap.fromUs - gaps[index]!.toUs }));
  between.sort((a, b) => b.length - a.length || a.index - b.index);
  const starts = new Set(between.slice(0, limit - 1).map(({ index }) => index));
  const joined: { fromUs: number; toUs: number }[] = [];
  for (const [index, gap] of gaps.entries()) {
    if (index === 0 || starts.has(index)) joined.push({ ...gap });
    else joined.at(-1)!.toUs = gap.toUs;
  }
  return joined;
}

/**
 * Stretches in which the values of the first column lay beyond a limit: from the first sample beyond it to the first
 * one back within, or to the last one beyond before a gap.
 */
export function findBreaches(
  { count, timesUs, values }: Samples,
  limits: { readonly min?: number; readonly max?: number },
  breakUs: number,
): Breach[] {
  const column = values[0]!;
  const breaches: Breach[] = [];
  let open: { fromUs: number; side: 'below' | 'above'; extreme: number } | null = null;
  for (let index = 0; index < count; index += 1) {
    const value = column[index]!;
    const at = timesUs[index]!;
    if (open !== null && at - timesUs[index - 1]! > breakUs) {
      breaches.push({ ...open, toUs: timesUs[index - 1]! });
      open = null;
    }
    const side = sideOf(value, limits);
    if (open !== null && open.side !== side) {
      breaches.push({ ...open, toUs: at });
      open = null;
    }
    if (side === null) continue;
    open ??= { fromUs: at, side, extreme: value };
    if (side === 'above' ? value > open.extreme : value < open.extreme) open.extreme = value;
  }
  if (open !== null) breaches.push({ ...open, toUs: timesUs[count - 1]! });
  return breaches;
}

function sideOf(
  value: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): Breach['side'] | null {
  if (max !== undefined && value > max) return 'above';
  return min !== undefined && value < min ? 'below' : null;
}
