import { sha256 } from '../../crypto/hash.js';
import { GoodOrderError } from '../../errors.js';
import type { Instant } from '../../record/field-schemas.js';
import { QUANTITY_UNITS, type SensorBatch } from '../../record/types/sensor-batch.js';
import { findPulses, type Pulse } from './pulses.js';
import type { Breach, Contradiction, ImportReport, Recording, Samples, Stretch } from './recording.js';
import { offsetMs, samplesRoot } from './samples-root.js';
import { kineticMeanOf, meanOf } from './stated-means.js';
import { findBreaches, findGaps, gapBeyondUs, joinGaps, typicalStepUs } from './stretches.js';

/** A sensor-batch payload. What nobody declared of these three is for the caller to add. */
export type SensorDraft = Omit<SensorBatch, 'attachedTo' | 'mount' | 'location'> &
  Partial<Pick<SensorBatch, 'attachedTo' | 'mount' | 'location'>>;

export interface SensorImport {
  readonly payload: SensorDraft;
  readonly report: ImportReport;
}

// What the lists of a sensor-batch hold.
const MAX_LISTED = 1024;
const MAX_INLINE = 4096;
const MAX_DISAGREEMENTS = 64;
const MAX_SHORT_TEXT = 200;
const MICROS = 1_000_000;

export interface BatchOptions {
  readonly inlineSamples?: boolean;
  /** What stands for the device's id where nothing shows it. Without it, such a file is refused. */
  readonly unnamedDevice?: string;
}

/**
 * The sensor-batch of a recording. `rawFile` are the exact bytes of the logger's file, whose hash binds them.
 * Times of the batch are whole seconds, rounded outwards; disagreements and counts of refused rows go with it, so that
 * nobody who reads the record takes the file for cleaner than it was.
 * Throws `sensor-import.columns` where the device or the interval is neither declared nor shown.
 */
export function sensorBatchOf(
  recording: Recording,
  rawFile: Uint8Array,
  options: BatchOptions = {},
): SensorImport {
  const { quantity, samples, declared, offsetMin } = recording;
  const { span, intervalUs: declaredUs, pulses: rule, limits, dailyBreaches, ...fields } = declared;
  const shown = typicalStepUs(samples);
  const intervalUs = declaredUs ?? (shown === null || shown === 0 ? undefined : shown);
  if (intervalUs === undefined) throw undeclared('the interval between samples', 'intervalUs', '--interval');
  const device =
    fields.device ?? (options.unnamedDevice === undefined ? undefined : { id: options.unnamedDevice });
  if (device === undefined) throw undeclared('the device', 'device', '--device');

  const contradictions = [
    ...recording.report.contradictions,
    ...contradictionsOf(samples, span, declaredUs, shown),
  ];
  const { from, to } = wholeSpan(samples, span, offsetMin);
  const instant = (us: number, up: boolean): Instant => ({
    utcS: Math.min(to.utcS, Math.max(from.utcS, up ? Math.ceil(us / MICROS) : Math.floor(us / MICROS))),
    offsetMin,
  });
  const triggered = fields.recording?.mode === 'triggered';
  const stretch = { fromUs: from.utcS * MICROS, toUs: to.utcS * MICROS };
  // Daily extremes are no samples: a batch of these alone has nothing of its whole span.
  const gaps =
    triggered && samples.count > 0
      ? []
      : joinGaps(outerGaps(findGaps(samples, stretch, intervalUs), samples, span), MAX_LISTED);
  const breakUs = gapBeyondUs(Math.max(intervalUs, shown ?? 0));
  const pulses =
    quantity === 'acceleration' && rule !== undefined
      ? findPulses(samples, recording.axes, rule, breakUs)
      : [];
  const breaches = [
    ...(dailyBreaches ?? []),
    ...(quantity !== 'acceleration' && limits !== undefined ? findBreaches(samples, limits, breakUs) : []),
  ];
  const report = { ...recording.report, contradictions };
  const leftOut = {
    ...(pulses.length > MAX_LISTED && { pulsesLeftOut: pulses.length - MAX_LISTED }),
    ...(breaches.length > MAX_LISTED && { excursionsLeftOut: breaches.length - MAX_LISTED }),
    ...(contradictions.length > MAX_DISAGREEMENTS && {
      disagreementsLeftOut: contradictions.length - MAX_DISAGREEMENTS,
    }),
  };
  const payload: SensorDraft = {
    ...fields,
    device,
    from,
    to,
    quantity,
    unit: QUANTITY_UNITS[quantity],
    sampleCount: samples.count,
    intervalUs,
    recording: fields.recording ?? { mode: 'continuous' },
    root: samplesRoot(samples, from.utcS),
    ...(samples.count > 0 && extremes(samples)),
    gaps: gaps.map(({ fromUs, toUs }) => ({ from: instant(fromUs, false), to: instant(toUs, true) })),
    clockOffsetMs: fields.clockOffsetMs ?? 0,
    endReason: fields.endReason ?? 'unknown',
    rawFile: [-16, sha256(rawFile)],
    ...meansOf(quantity, samples),
    ...(contradictions.length > 0 && {
      disagreements: contradictions.slice(0, MAX_DISAGREEMENTS).map(disagreementOf),
    }),
    readOut: readOutOf(report),
    ...(Object.keys(leftOut).length > 0 && { x: { import: leftOut } }),
    ...(pulses.length > 0 && {
      pulses: largest(pulses, pulseSize).map((pulse) => listedPulse(pulse, instant)),
    }),
    ...(breaches.length > 0 && {
      excursions: largest(breaches, breachSize).map((breach) => listed(breach, instant)),
    }),
    ...(options.inlineSamples === true &&
      samples.count <= MAX_INLINE && { samples: inline(samples, from.utcS) }),
  };
  return { payload, report };
}

type ToInstant = (us: number, up: boolean) => Instant;

function listedPulse({ atUs, axis, peakMilliG, durationUs, deltaVUmPerS }: Pulse, instant: ToInstant) {
  return { at: instant(atUs, false), axis, peakMilliG, durationUs, deltaVUmPerS };
}

function listed({ fromUs, toUs, side, extreme }: Breach, instant: ToInstant) {
  const value = side === 'above' ? { max: extreme } : { min: extreme };
  return { from: instant(fromUs, false), to: instant(toUs, true), ...value };
}

function pulseSize({ peakMilliG }: Pulse): number {
  return peakMilliG;
}

function breachSize({ fromUs, toUs }: Breach): number {
  return toUs - fromUs;
}

/** The largest that fit, in their order. */
function largest<T>(items: readonly T[], size: (item: T) => number): readonly T[] {
  if (items.length <= MAX_LISTED) return items;
  const ranked = items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => size(b.item) - size(a.item) || a.index - b.index);
  return ranked
    .slice(0, MAX_LISTED)
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}

/** From before the first sample to after the last, and all of the declared span. */
function wholeSpan(
  { count, timesUs }: Samples,
  span: Recording['declared']['span'],
  offsetMin: number,
): { from: Instant; to: Instant } {
  if (count === 0) {
    if (span === undefined) throw undeclared('over which time it recorded', 'span');
    return span;
  }
  const first = Math.floor(timesUs[0]! / MICROS);
  const last = Math.ceil(timesUs[count - 1]! / MICROS);
  return {
    from: { utcS: Math.min(first, span?.from.utcS ?? first), offsetMin: span?.from.offsetMin ?? offsetMin },
    to: { utcS: Math.max(last, span?.to.utcS ?? last), offsetMin: span?.to.offsetMin ?? offsetMin },
  };
}

/** Without a declared span, the rounding of its ends to seconds makes no gap. */
function outerGaps(gaps: readonly Stretch[], { count, timesUs }: Samples, span: unknown): readonly Stretch[] {
  if (span !== undefined) return gaps;
  return gaps.filter(({ fromUs, toUs }) => fromUs >= timesUs[0]! && toUs <= timesUs[count - 1]!);
}

function contradictionsOf(
  samples: Samples,
  span: Recording['declared']['span'],
  declaredUs: number | undefined,
  shown: number | null,
): Contradiction[] {
  const found: Contradiction[] = [];
  // A twentieth: clocks of loggers drift by less, and another setting is never so near.
  if (declaredUs !== undefined && shown !== null && Math.abs(declaredUs - shown) * 20 > declaredUs) {
    found.push({ about: 'interval', stated: `${declaredUs} us`, found: `${shown} us` });
  }
  if (span !== undefined && samples.count > 0) {
    const first = Math.floor(samples.timesUs[0]! / MICROS);
    const last = Math.ceil(samples.timesUs[samples.count - 1]! / MICROS);
    if (first < span.from.utcS || last > span.to.utcS) {
      found.push({ about: 'span', stated: `${span.from.utcS} ${span.to.utcS}`, found: `${first} ${last}` });
    }
  }
  return found;
}

function extremes({ count, values }: Samples): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const column of values) {
    for (let index = 0; index < count; index += 1) {
      const value = column[index]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}

function inline({ count, timesUs, values }: Samples, fromS: number): number[][] {
  return Array.from({ length: count }, (_, index) => [
    offsetMs(timesUs[index]!, fromS),
    ...values.map((column) => column[index]!),
  ]);
}

/** Shocks swing round zero: a mean of them says nothing. */
function meansOf(quantity: Recording['quantity'], samples: Samples): { mean?: number; kineticMean?: number } {
  const mean = quantity === 'acceleration' ? null : meanOf(samples);
  const kinetic = quantity === 'temperature' ? kineticMeanOf(samples) : null;
  return { ...(mean === null ? {} : { mean }), ...(kinetic === null ? {} : { kineticMean: kinetic }) };
}

function disagreementOf({ about, stated, found }: Contradiction): Contradiction {
  return { about, stated: shortened(stated), found: shortened(found) };
}

/** As much as a short text of a record holds. */
function shortened(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_SHORT_TEXT) return text === '' ? '-' : text;
  return new TextDecoder().decode(bytes.subarray(0, MAX_SHORT_TEXT - 4)).replace(/\ufffd+$/, '');
}

/** How the file was read, so that nobody who reads the record takes it for cleaner than it was. */
function readOutOf({
  family,
  rows,
  refused,
  events,
  zone,
}: ImportReport): NonNullable<SensorDraft['readOut']> {
  return { ...(family === undefined ? {} : { family }), rows, refused, events, zone };
}

function undeclared(what: string, path: string, option?: string): GoodOrderError {
  const or = option === undefined ? '' : `, or give \`${option}\``;
  return new GoodOrderError(
    'sensor-import.columns',
    `the file does not show ${what}: declare \`${path}\`${or}`,
    { path },
  );
}
