import type { RecordedFact } from './fact.js';
import type { FactWriter } from './fact-writer.js';
import {
  atInstant,
  type Fields,
  instantAt,
  integerAt,
  listAt,
  mapAt,
  mapsAt,
  spanOf,
  textAt,
} from './fields.js';
import { calibrationOf } from './provenance.js';
import { halfSineDeltaV } from './shock.js';

/** A sensor-batch: what was recorded over which time, and what stood out in it. */
export function addSensorFacts(writer: FactWriter): void {
  const { payload, record, told } = writer;
  const device = mapAt(payload, 'device');
  const quantity = textAt(payload, 'quantity');
  if (device === null || quantity === null) return;
  const recording = mapAt(payload, 'recording');
  const triggered = recording !== null && textAt(recording, 'mode') === 'triggered';
  const threshold = recording === null ? null : integerAt(recording, 'thresholdMilliG');
  const calibration = calibrationOf(record);
  const mount = textAt(payload, 'mount') ?? 'unknown';
  const ended = told !== null && told.to.utcS <= record.upper;
  const batch = writer.add(
    told,
    {
      predicate: 'recorded',
      device: textAt(device, 'id') ?? '',
      quantity,
      attachedTo: textAt(payload, 'attachedTo') ?? record.sub,
      mount,
      location: textAt(payload, 'location'),
      gaps: gapsOf(payload),
      clockOffsetMs: integerAt(payload, 'clockOffsetMs') ?? 0,
      // An end later than the record provably existed is not known to have come about in the way it says.
      endReason: ended ? (textAt(payload, 'endReason') ?? 'unknown') : 'unknown',
      max: integerAt(payload, 'max'),
      min: integerAt(payload, 'min'),
      // A trigger that is not stated could be any: nothing below the highest number is surely recorded.
      triggeredAboveMilliG: triggered ? (threshold ?? Number.MAX_SAFE_INTEGER) : null,
      ...readingsOf(payload),
    },
    { calibration },
  );
  if (batch === null) return;
  if (quantity === 'acceleration') addShocks(writer, { batch, calibration, mount });
  else addClimateExcursions(writer, { batch, calibration, mount, quantity });
}

function readingsOf(payload: Fields): Pick<RecordedFact, 'kineticMean' | 'samples'> {
  const kineticMean = integerAt(payload, 'kineticMean');
  const samples = samplesOf(payload);
  return {
    ...(kineticMean === null ? {} : { kineticMean }),
    ...(samples === null ? {} : { samples }),
  };
}

/** All of them in order, or none. */
function samplesOf(payload: Fields): readonly (readonly number[])[] | null {
  const stated = listAt(payload, 'samples');
  if (stated.length === 0) return null;
  let before = 0;
  for (const sample of stated) {
    if (!Array.isArray(sample) || sample.length < 2 || !sample.every(Number.isSafeInteger)) return null;
    if (sample[0] < before) return null;
    before = sample[0];
  }
  return stated as readonly (readonly number[])[];
}

function gapsOf(payload: Fields): readonly { from: number; to: number }[] {
  const gaps = mapsAt(payload, 'gaps').flatMap((gap) => {
    const span = spanOf(gap);
    return span === null ? [] : [{ from: span.from.utcS, to: span.to.utcS }];
  });
  return gaps.sort((a, b) => a.from - b.from || a.to - b.to);
}

interface InBatch {
  readonly batch: string;
  readonly calibration: ReturnType<typeof calibrationOf>;
  readonly mount: string;
}

/** Pulses where the device resolved them, else exceedances, taken as half-sines. */
function addShocks(writer: FactWriter, { batch, calibration, mount }: InBatch): void {
  const pulses = mapsAt(writer.payload, 'pulses');
  const shocks = pulses.length > 0 ? pulses : mapsAt(writer.payload, 'exceedances');
  for (const shock of shocks) {
    const peak = integerAt(shock, 'peakMilliG');
    const durationUs = integerAt(shock, 'durationUs');
    if (peak === null || durationUs === null) continue;
    writer.add(
      atInstant(instantAt(shock, 'at')),
      {
        predicate: 'excursion',
        batch,
        quantity: 'acceleration',
        axis: textAt(shock, 'axis') ?? 'any',
        peak,
        durationUs,
        deltaVUmPerS: integerAt(shock, 'deltaVUmPerS') ?? asNumber(halfSineDeltaV(peak, durationUs)),
        min: null,
        max: null,
        mount,
      },
      { calibration },
    );
  }
}

/** Beyond what a number holds exactly, no limit can tell it from the largest that it holds. */
function asNumber(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function addClimateExcursions(
  writer: FactWriter,
  { batch, calibration, mount, quantity }: InBatch & { readonly quantity: string },
): void {
  for (const stretch of mapsAt(writer.payload, 'excursions')) {
    const span = spanOf(stretch);
    const min = integerAt(stretch, 'min');
    const max = integerAt(stretch, 'max');
    const peak = max ?? min;
    if (span === null || peak === null) continue;
    const seconds = BigInt(span.to.utcS) - BigInt(span.from.utcS);
    writer.add(
      span,
      {
        predicate: 'excursion',
        batch,
        quantity,
        axis: 'any',
        peak,
        durationUs: asNumber(seconds * 1_000_000n),
        deltaVUmPerS: null,
        min,
        max,
        mount,
      },
      { calibration },
    );
  }
}
