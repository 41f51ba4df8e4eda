import { defineType, digestsOf, references, spanFaults } from '../define-type.js';
import {
  bytes,
  count,
  digest,
  hash32,
  instant,
  longText,
  once,
  oneOf,
  optional,
  positive,
  shortText,
  signed,
  strictObject,
  subjectUri,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { SHOCK_AXES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingOver } from './observing-fields.js';
import { resolvedSamplesRoot } from './resolved-samples.js';

/** Each quantity has one integer unit; there is no other spelling of a reading. */
export const QUANTITY_UNITS = {
  temperature: 'milliC',
  humidity: 'rhPermille',
  acceleration: 'milliG',
  tilt: 'milliDeg',
  light: 'lux',
  pressure: 'pascal',
} as const;
export type Quantity = keyof typeof QUANTITY_UNITS;
const QUANTITIES = Object.keys(QUANTITY_UNITS) as [Quantity, ...Quantity[]];

export const SENSOR_LOCATIONS = [
  'unit',
  'package',
  'pallet',
  'container-front',
  'container-middle',
  'container-rear',
  'vehicle',
  'other',
] as const;

const span = once(() => strictObject({ from: instant(), to: instant() }));
const axis = once(() => oneOf(SHOCK_AXES));

const exceedance = once(() =>
  strictObject({
    at: instant(),
    peakMilliG: positive(),
    durationUs: positive(),
    axis: axis(),
  }),
);
const pulse = once(() =>
  strictObject({
    at: instant(),
    axis: axis(),
    peakMilliG: positive(),
    durationUs: positive(),
    deltaVUmPerS: count(),
  }),
);
/** A stretch beyond a climate limit the device was set to; values in the batch's unit. */
const excursion = once(() =>
  strictObject({
    from: instant(),
    to: instant(),
    min: optional(signed()),
    max: optional(signed()),
  }),
);

/** What two statements of one file, or a file and whoever read it, may disagree about. */
export const DISAGREEMENTS = [
  'clock',
  'count',
  'interval',
  'kinetic-mean',
  'maximum',
  'mean',
  'minimum',
  'out-of-limits',
  'span',
  'start',
  'summary',
  'unit',
  'zone',
] as const;

/** What is stated in one place, and what another place, or the samples, show. Both are kept. */
const disagreement = once(() =>
  strictObject({ about: oneOf(DISAGREEMENTS), stated: shortText(), found: shortText() }),
);

/** How the samples were got out of the logger's file. */
const readOut = once(() =>
  strictObject({
    family: optional(shortText()),
    rows: count(),
    refused: count(),
    events: count(),
    zone: oneOf(['file', 'given', 'not-needed']),
  }),
);

const schema = once(() =>
  strictObject({
    ...observingOver(),
    device: strictObject({
      id: shortText(),
      model: optional(shortText()),
      maker: optional(shortText()),
    }),
    quantity: oneOf(QUANTITIES),
    unit: oneOf(Object.values(QUANTITY_UNITS)),
    sampleCount: count(),
    intervalUs: positive(),
    recording: z.discriminatedUnion('mode', [
      strictObject({ mode: z.literal('continuous') }),
      strictObject({ mode: z.literal('triggered'), thresholdMilliG: positive() }),
    ]),
    root: hash32(),
    min: optional(signed()),
    max: optional(signed()),
    gaps: z.array(span()).check(z.maxLength(1024)),
    clockOffsetMs: signed(),
    attachedTo: subjectUri(),
    mount: oneOf(['product', 'package', 'pallet']),
    location: oneOf(SENSOR_LOCATIONS),
    endReason: oneOf(['stopped', 'battery', 'memory', 'unknown']),
    calibration: optional(digest()),
    calibratedAt: optional(instant()),
    calibrationDueAt: optional(instant()),
    exceedances: optional(z.array(exceedance()).check(z.maxLength(1024))),
    pulses: optional(z.array(pulse()).check(z.maxLength(1024))),
    excursions: optional(z.array(excursion()).check(z.maxLength(1024))),
    range: optional(strictObject({ min: signed(), max: signed() })),
    bandwidthHz: optional(positive()),
    firmware: optional(shortText()),
    rawFile: optional(digest()),
    deviceSignature: optional(
      strictObject({
        scheme: shortText(),
        key: optional(bytes(1, 1024)),
        verdict: oneOf(['valid', 'invalid', 'absent', 'unchecked']),
      }),
    ),
    deviceSummary: optional(longText()),
    mean: optional(signed()),
    kineticMean: optional(signed()),
    disagreements: optional(z.array(disagreement()).check(z.maxLength(64))),
    readOut: optional(readOut()),
    samples: optional(
      z.array(z.array(signed()).check(z.minLength(2), z.maxLength(4))).check(z.maxLength(4096)),
    ),
  }),
);

export type SensorBatch = z.infer<ReturnType<typeof schema>>;

function faults(payload: SensorBatch): RuleFault[] {
  const found = spanFaults('to', payload);
  if (payload.unit !== QUANTITY_UNITS[payload.quantity]) found.push({ code: 'schema.value', path: 'unit' });
  // Without a sample there is no smallest and no largest one; with samples both are known.
  for (const path of ['min', 'max'] as const) {
    if (payload.sampleCount > 0 && payload[path] === undefined) found.push({ code: 'schema.missing', path });
    if (payload.sampleCount === 0 && payload[path] !== undefined) found.push({ code: 'schema.value', path });
  }
  if (payload.min !== undefined && payload.max !== undefined && payload.min > payload.max) {
    found.push({ code: 'schema.value', path: 'max' });
  }
  found.push(
    ...listFaults('gaps', payload.gaps, payload),
    ...listFaults('excursions', payload.excursions ?? [], payload),
  );
  for (const name of ['exceedances', 'pulses'] as const) {
    for (const [index, { at }] of (payload[name] ?? []).entries()) {
      if (payload.quantity !== 'acceleration' || at.utcS < payload.from.utcS || at.utcS > payload.to.utcS) {
        found.push({ code: 'schema.value', path: `${name}[${index}].at` });
      }
    }
  }
  found.push(...meanFaults(payload));
  const { deviceSignature: signature, readOut: told } = payload;
  if (signature !== undefined && (signature.key === undefined) !== (signature.verdict === 'absent')) {
    const code = signature.key === undefined ? 'schema.missing' : 'schema.value';
    found.push({ code, path: 'deviceSignature.key' });
  }
  if (told !== undefined && told.refused + told.events > told.rows) {
    found.push({ code: 'schema.value', path: 'readOut.rows' });
  }
  if (payload.samples !== undefined) found.push(...sampleFaults(payload, payload.samples));
  return found;
}

/**
 * Means lie between the extremes, and only temperatures have a kinetic one. Extremes that are missing or contradict each
 * other are a fault of their own.
 */
function meanFaults(payload: SensorBatch): RuleFault[] {
  const { min, max, quantity, sampleCount } = payload;
  if (sampleCount > 0 && (min === undefined || max === undefined || min > max)) return [];
  return (['mean', 'kineticMean'] as const).flatMap((path) => {
    const mean = payload[path];
    if (mean === undefined) return [];
    const within = min !== undefined && max !== undefined && mean >= min && mean <= max;
    return within && (path === 'mean' || quantity === 'temperature') ? [] : [{ code: 'schema.value', path }];
  });
}

function listFaults(
  name: string,
  spans: readonly { readonly from: { readonly utcS: number }; readonly to: { readonly utcS: number } }[],
  batch: SensorBatch,
): RuleFault[] {
  const found: RuleFault[] = [];
  for (const [index, { from, to }] of spans.entries()) {
    if (to.utcS < from.utcS || from.utcS < batch.from.utcS || to.utcS > batch.to.utcS) {
      found.push({ code: 'schema.value', path: `${name}[${index}]` });
    }
  }
  return found;
}

/** Samples that stand in the record itself must be the ones whose count, extremes and root it states. */
function sampleFaults(batch: SensorBatch, samples: readonly (readonly number[])[]): RuleFault[] {
  if (samples.length !== batch.sampleCount) return [{ code: 'schema.value', path: 'sampleCount' }];
  const found: RuleFault[] = [];
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let previous = Number.NEGATIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    const [offsetMs = 0, ...values] = sample;
    if (offsetMs < previous) found.push({ code: 'schema.value', path: `samples[${index}]` });
    previous = offsetMs;
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (samples.length > 0 && batch.min !== min) found.push({ code: 'schema.value', path: 'min' });
  if (samples.length > 0 && batch.max !== max) found.push({ code: 'schema.value', path: 'max' });
  const root = resolvedSamplesRoot(samples);
  if (!root.every((byte, index) => byte === batch.root[index]))
    found.push({ code: 'schema.value', path: 'root' });
  return found;
}

/** One device's readings of one quantity over one span. */
export const sensorBatch: RecordType<SensorBatch> = defineType<SensorBatch>({
  name: 'sensor-batch',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.rawFile),
  period: ({ from, to }) => ({ from, to }),
});
