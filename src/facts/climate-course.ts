import type { ExcursionFact, RecordedFact, TimeSpan } from './fact.js';
import { clockWidth, type Recording, type Stretch } from './recordings.js';

/** A time, and between which values the readings of one device lay in it; null = nothing bounds them on that side. */
export interface Bounded {
  readonly ms: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What one device's recordings say of a span of time, all of it accounted for. */
export interface Course {
  /** Facts it rests on, sorted by the caller. */
  readonly recordings: readonly Recording[];
  /** For questions of how long: each reading in its own time. */
  readonly readings: readonly Bounded[];
  /** For the kinetic mean: where a batch lies inside as a whole its own figure stands for all of it. */
  readonly kinetic: readonly Bounded[];
}

/**
 * Null where its batches overlap one another: which of them tells the truth about that time is not for arithmetic.
 *
 * @param recordings of one device and one way in which the item was where it was, in order of time
 */
export function courseOf(recordings: readonly Recording[], span: Stretch): Course | null {
  const readings: Bounded[] = [];
  const kinetic: Bounded[] = [];
  let reached = span.from;
  let covered = 0;
  for (const recording of recordings) {
    const surely = surelyIn(recording, span);
    if (surely === null) continue;
    if (surely.from < reached) return null;
    reached = surely.to;
    const own = readingsIn(recording, surely, span);
    const ms = own.reduce((sum, one) => sum + one.ms, 0);
    covered += ms;
    readings.push(...own);
    const mean =
      isWhollyIn(recording, span) && recording.fact.samples === undefined ? meanOf(recording) : null;
    kinetic.push(...(mean === null ? own : [{ ms, ...mean }]));
  }
  const missing = { ms: (span.to - span.from) * 1000 - covered, low: null, high: null };
  return { recordings, readings: [...readings, missing], kinetic: [...kinetic, missing] };
}

/** The part of the span that the device surely tells of, whatever its clock was. */
export function surelyIn({ fact, way }: Recording, span: Stretch): Stretch | null {
  const width = clockWidth(fact);
  const from = Math.max(span.from, (fact.time.from ?? 0) + width, way.from ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(span.to, (fact.time.to ?? 0) - width, way.to ?? Number.POSITIVE_INFINITY);
  return to > from ? { from, to } : null;
}

/** Is all that it tells inside, whatever its clock was? Then it does not matter when in it anything was. */
export function isWhollyIn({ fact, way }: Recording, span: Stretch): boolean {
  const width = clockWidth(fact);
  const from = (fact.time.from ?? 0) - width;
  const to = (fact.time.to ?? 0) + width;
  const inSpan = from >= span.from && to <= span.to;
  return inSpan && (way.from === null || from >= way.from) && (way.to === null || to <= way.to);
}

/** A stated mean is rounded to a thousandth. */
export function meanOf({ fact: { kineticMean } }: Recording): Pick<Bounded, 'low' | 'high'> | null {
  return kineticMean === undefined ? null : { low: kineticMean - 1, high: kineticMean + 1 };
}

/** What a recording says of a time that it surely tells of; less than all of it where it has gaps. */
export function readingsIn(recording: Recording, surely: Stretch, span: Stretch): readonly Bounded[] {
  const { excursions, fact } = recording;
  if (fact.max === null || fact.min === null) return [];
  const whole = { low: fact.min, high: fact.max };
  const free = [...withoutGaps(fact, surely)];
  const exact = isWhollyIn(recording, span) || clockWidth(fact) === 0;
  if (!exact) return free.map((stretch) => ({ ms: lengthOf(stretch), ...whole }));
  if (fact.samples !== undefined) return free.flatMap((stretch) => sampled(fact, fact.samples!, stretch));
  return free.flatMap((stretch) => listed(excursions, stretch, whole));
}

function lengthOf({ from, to }: Stretch): number {
  return (to - from) * 1000;
}

function* withoutGaps({ gaps }: RecordedFact, { from, to }: Stretch): Generator<Stretch> {
  let reached = from;
  for (const gap of gaps) {
    if (gap.to <= reached || gap.from >= to) continue;
    if (gap.from > reached) yield { from: reached, to: gap.from };
    reached = gap.to;
  }
  if (reached < to) yield { from: reached, to };
}

/** A reading stands until the next one, the last to the end. What lies before the first is bounded by nothing. */
function sampled(
  { time }: { readonly time: TimeSpan },
  samples: readonly (readonly number[])[],
  { from, to }: Stretch,
): readonly Bounded[] {
  const begin = (time.from ?? 0) * 1000;
  const [start, end] = [from * 1000, to * 1000];
  const found: Bounded[] = [];
  for (let index = lastUpTo(samples, start - begin); index < samples.length; index += 1) {
    const [offset, ...values] = samples[index]!;
    if (begin + offset! >= end) break;
    const at = Math.max(start, begin + offset!);
    const until = Math.min(end, index + 1 < samples.length ? begin + samples[index + 1]![0]! : end);
    if (until <= at) continue;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    found.push({ ms: until - at, low, high });
  }
  const told = found.reduce((sum, { ms }) => sum + ms, 0);
  return told < end - start ? [...found, { ms: end - start - told, low: null, high: null }] : found;
}

/** Index of the last reading at or before the offset, of several the first; 0 where there is none. */
function lastUpTo(samples: readonly (readonly number[])[], offsetMs: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (samples[middle]![0]! < offsetMs) low = middle + 1;
    else high = middle;
  }
  return samples[low]?.[0] === offsetMs ? low : Math.max(0, low - 1);
}

/** Between the stretches that a device lists, and in those whose figures it does not give, only the extremes of all bound it. */
function listed(
  excursions: readonly ExcursionFact[],
  stretch: Stretch,
  whole: { readonly low: number; readonly high: number },
): readonly Bounded[] {
  const found: Bounded[] = [];
  let reached = stretch.from;
  const inTime = [...excursions].sort((a, b) => (a.time.from ?? 0) - (b.time.from ?? 0));
  for (const { max, min, time } of inTime) {
    const from = Math.max(reached, time.from ?? 0);
    const to = Math.min(stretch.to, time.to ?? 0);
    if (to <= from) continue;
    if (from > reached) found.push({ ms: (from - reached) * 1000, ...whole });
    found.push({ ms: (to - from) * 1000, low: min ?? whole.low, high: max ?? whole.high });
    reached = to;
  }
  if (reached < stretch.to) found.push({ ms: (stretch.to - reached) * 1000, ...whole });
  return found;
}
