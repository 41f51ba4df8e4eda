import { type Bounded, type Course, isWhollyIn, meanOf, readingsIn, surelyIn } from './climate-course.js';
import { inOrder } from './order.js';
import type { Recording, Stretch } from './recordings.js';

/** One device's recordings, in order of time. */
export type Device = readonly Recording[];

/** More than so many devices are not tried two by two, only all together. */
const MOST_IN_PAIRS = 8;

/**
 * Devices that may answer together what none of them answers alone, smaller sets first: each, every two, all.
 */
export function deviceSets(devices: readonly Device[]): readonly (readonly Device[])[] {
  const sets: (readonly Device[])[] = devices.map((one) => [one]);
  if (devices.length <= MOST_IN_PAIRS) {
    for (const [index, one] of devices.entries()) {
      for (const other of devices.slice(index + 1)) sets.push([one, other]);
    }
  }
  if (devices.length > 2) sets.push(devices);
  return sets;
}

interface Told {
  readonly recording: Recording;
  readonly surely: Stretch;
}

/**
 * What several devices say of a span together. Where two tell of the same time nobody picks between them: it lay between
 * the lowest and the highest that either says. Null where a device's own batches overlap one another.
 */
export function jointCourseOf(devices: readonly Device[], span: Stretch): Course | null {
  const told: Told[] = [];
  for (const device of devices) {
    let reached = span.from;
    for (const recording of device) {
      const surely = surelyIn(recording, span);
      if (surely === null) continue;
      if (surely.from < reached) return null;
      reached = surely.to;
      told.push({ recording, surely });
    }
  }
  const readings: Bounded[] = [];
  const kinetic: Bounded[] = [];
  let covered = 0;
  for (const { active, stretch } of sweep(told)) {
    const own =
      active.length === 1 ? readingsIn(active[0]!.recording, stretch, span) : [hull(active, stretch, span)];
    covered += lengthOf(own);
    readings.push(...own);
    const mean = active.length === 1 ? wholeMean(active[0]!, stretch, span) : null;
    kinetic.push(...(mean === null ? own : [{ ms: lengthOf(own), ...mean }]));
  }
  const missing = { ms: (span.to - span.from) * 1000 - covered, low: null, high: null };
  return {
    recordings: devices.flat(),
    readings: [...readings, missing],
    kinetic: [...kinetic, missing],
  };
}

/** The times in which the same recordings tell, in order; those of which nobody tells are left out. */
function* sweep(told: readonly Told[]): Generator<{ active: readonly Told[]; stretch: Stretch }> {
  const cuts = [...new Set(told.flatMap(({ surely }) => [surely.from, surely.to]))].sort((a, b) => a - b);
  const waiting = inOrder([...told], (a, b) => a.surely.from - b.surely.from);
  let next = 0;
  let active: Told[] = [];
  for (const [index, to] of cuts.slice(1).entries()) {
    const from = cuts[index]!;
    while (next < waiting.length && waiting[next]!.surely.from <= from) active.push(waiting[next++]!);
    active = active.filter(({ surely }) => surely.to >= to);
    if (active.length > 0) yield { active, stretch: { from, to } };
  }
}

/** A batch's own mean stands for it only where all of it is asked about and no other device tells of the time. */
function wholeMean({ recording, surely }: Told, stretch: Stretch, span: Stretch): ReturnType<typeof meanOf> {
  const whole = stretch.from === surely.from && stretch.to === surely.to && isWhollyIn(recording, span);
  return whole && recording.fact.samples === undefined ? meanOf(recording) : null;
}

/** Bounded where at least one device bounds all of it, and then by all that any says. */
function hull(active: readonly Told[], stretch: Stretch, span: Stretch): Bounded {
  const ms = (stretch.to - stretch.from) * 1000;
  const each = active.map(({ recording }) => readingsIn(recording, stretch, span));
  const isFull = (own: readonly Bounded[]): boolean =>
    lengthOf(own) === ms && own.every(({ high, low }) => low !== null && high !== null);
  if (!each.some(isFull)) return { ms, low: null, high: null };
  const lows = each.flat().flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = each.flat().flatMap(({ high }) => (high === null ? [] : [high]));
  return {
    ms,
    low: lows.reduce((a, b) => Math.min(a, b)),
    high: highs.reduce((a, b) => Math.max(a, b)),
  };
}

function lengthOf(bounded: readonly Bounded[]): number {
  return bounded.reduce((sum, { ms }) => sum + ms, 0);
}
