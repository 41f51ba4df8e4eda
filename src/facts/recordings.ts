import type { CaseFacts } from './case-facts.js';
import { type ClimateHarm, isPast, strictest } from './climate.js';
import { type Enclosed, type Enclosure, objectionsIn, overlap } from './enclosing.js';
import type { ExcursionFact, RecordedFact, TimeSpan } from './fact.js';
import type { LimitSource } from './limits.js';
import { addTo, sortedUnique } from './order.js';
import { beyondLimits, lowestPeakLimit } from './shock.js';

export type Harm = 'shock' | ClimateHarm;

/** Whole-second span, both ends known and included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Something in a recording that is, or may be, beyond what is allowed. */
export interface StandOut extends Stretch {
  readonly fact: string;
  /** `listed` = no limit is known, the device lists it. */
  readonly verdict: 'beyond' | 'unknown' | 'listed';
}

/** One batch, judged by one source of limits. */
export interface Judged {
  readonly fact: RecordedFact;
  /** Why none of it shows that all was well; null when it does outside what stands out. */
  readonly unusable: 'mount' | 'location' | 'threshold' | 'unjudged' | 'gap' | null;
  /** Time it surely covers, its calibration being in force. */
  readonly pieces: readonly Stretch[];
  /** Time it would cover if calibration did not matter. */
  readonly recorded: readonly Stretch[];
  readonly standOuts: readonly StandOut[];
  /** How far the device's clock may be off, whole seconds rounded up. */
  readonly widthS: number;
  /** How the item was where the device was. */
  readonly way: Enclosed;
}

/** A batch of the item, or of what the item was in by one way, with its excursions. */
export interface Recording {
  readonly fact: RecordedFact;
  readonly excursions: readonly ExcursionFact[];
  readonly way: Enclosed;
}

const QUANTITY_OF = {
  shock: 'acceleration',
  heat: 'temperature',
  cold: 'temperature',
  wet: 'humidity',
} as const;

/** Recordings of what a harm is measured by, attached to the item or to what enclosed it then, sorted by fact id. */
export function recordingsOf(facts: CaseFacts, { times }: Enclosure, harm: Harm): readonly Recording[] {
  const quantity = QUANTITY_OF[harm];
  const excursions = new Map<string, ExcursionFact[]>();
  for (const fact of facts.of('excursion')) addTo(excursions, fact.batch, fact);
  return facts
    .of('recorded')
    .filter((fact) => fact.quantity === quantity)
    .flatMap((fact) =>
      times(fact.attachedTo).flatMap((way) =>
        overlap(way, fact.time) === null ? [] : [{ fact, excursions: excursions.get(fact.id) ?? [], way }],
      ),
    );
}

// A sweep over all recordings looks at each stretch with all that is recording then.
const MOST_SWEEP = 4_000_000;

/** In how many places the recordings begin, end, pause or have something stand out. */
export function edgesOf(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { excursions, fact }) => sum + excursions.length + fact.gaps.length + 1, 0);
}

/** Is there more than can be looked at, once for each source of limits? A person must decide then. */
export function isTooMuch(recordings: readonly Recording[], sources: number): boolean {
  return edgesOf(recordings) * recordings.length * sources > MOST_SWEEP;
}

/**
 * @param known every source of limits in the case: where the judging source states none, a reading past one of these
 *   is still not called harmless
 */
export function judge(
  { excursions, fact, way }: Recording,
  harm: Harm,
  source: LimitSource,
  known: readonly LimitSource[],
): Judged {
  const widthS = clockWidth(fact);
  const recorded = recordedTime(fact, widthS).flatMap((stretch) => clipped(stretch, way));
  const calibration = fact.prov.calibration ?? null;
  const pieces: Stretch[] = [];
  for (const stretch of calibration === null ? [] : recorded) pieces.push(...clipped(stretch, calibration!));
  const place = misplaced(fact, harm);
  const { standOuts, unusable } =
    harm === 'shock'
      ? judgeShock(fact, excursions, source, known)
      : judgeClimate(fact, excursions, harm, source, known);
  const widened = standOuts.flatMap(({ fact: id, from, to, verdict }) =>
    met({ from: from - widthS, to: to + widthS, fact: id, verdict }, way),
  );
  return {
    fact,
    unusable: place ?? unusable,
    pieces,
    recorded,
    standOuts: place === null ? widened : [],
    widthS,
    way,
  };
}

function clipped(stretch: Stretch, within: TimeSpan): readonly Stretch[] {
  const both = overlap(stretch, within);
  return both === null ? [] : [{ from: both.from ?? stretch.from, to: both.to ?? stretch.to }];
}

/**
 * What the item met of something in a recording: all of it where it was inside from before until after; where it came
 * or went in the meantime, or in that very second, nobody knows.
 */
function met(out: StandOut, way: Enclosed): readonly StandOut[] {
  const both = clipped(out, way)[0];
  if (both === undefined) return [];
  const inside = (way.from === null || way.from < out.from) && (way.to === null || out.to <= way.to);
  return [inside ? out : { ...out, ...both, verdict: 'unknown' }];
}

/** Whose word puts the item elsewhere at the time, sorted. */
export function contestedBy({ way }: Pick<Judged, 'way'>, time: Stretch): readonly string[] {
  return sortedUnique(objectionsIn(way, time).map(({ fact }) => fact.id));
}

/** BigInt because a stated offset may be any integer; a width beyond all time covers nothing. */
export function clockWidth({ clockOffsetMs }: RecordedFact): number {
  const size = BigInt(clockOffsetMs < 0 ? -clockOffsetMs : clockOffsetMs);
  return Number((size + 999n) / 1000n);
}

function recordedTime({ gaps, time }: RecordedFact, widthS: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = (time.from ?? 0) + widthS;
  const end = (time.to ?? 0) - widthS;
  for (const gap of gaps) {
    const to = Math.min(gap.from - widthS, end);
    if (to >= from) stretches.push({ from, to });
    from = Math.max(from, gap.to + widthS);
  }
  if (end >= from) stretches.push({ from, to: end });
  return stretches;
}

/** Where a device of the kind says something about the unit. */
export function misplaced({ location, mount }: RecordedFact, harm: Harm): 'mount' | 'location' | null {
  if (mount !== 'product' && mount !== 'package') return 'mount';
  // A probe at the trailer's front says nothing of its rear.
  if (harm !== 'shock' && location !== 'unit' && location !== 'package') return 'location';
  return null;
}

type Verdicts = Pick<Judged, 'standOuts' | 'unusable'>;

function judgeShock(
  fact: RecordedFact,
  excursions: readonly ExcursionFact[],
  { shock }: LimitSource,
  known: readonly LimitSource[],
): Verdicts {
  const standOuts: StandOut[] = [];
  for (const { axis, deltaVUmPerS, id, peak, time } of excursions) {
    const answer = shock === null ? null : beyondLimits({ axis, peakMilliG: peak, deltaVUmPerS }, shock);
    if (answer === 'no') continue;
    const verdict = answer === null ? 'listed' : answer === 'yes' ? 'beyond' : 'unknown';
    standOuts.push({ from: time.from ?? 0, to: time.to ?? 0, fact: id, verdict });
  }
  const lowest = shock === null ? null : lowestPeakLimit(shock);
  if (fact.triggeredAboveMilliG !== null && (lowest === null || fact.triggeredAboveMilliG > lowest)) {
    return { standOuts, unusable: 'threshold' };
  }
  if (fact.max === null || fact.min === null) {
    // A trigger that nothing set off leaves no sample; a continuous recording without one recorded nothing.
    return { standOuts, unusable: fact.triggeredAboveMilliG === null ? 'gap' : null };
  }
  const peak = Math.max(Math.abs(fact.max), Math.abs(fact.min));
  const listed = excursions.reduce((most, one) => Math.max(most, Math.abs(one.peak)), 0);
  const allowed = shock === null ? lowestPeakLimit(known.flatMap((one) => one.shock ?? [])) : lowest;
  // A peak past the limit that no listed shock accounts for may have been at any time.
  return { standOuts, unusable: allowed !== null && peak > allowed && listed < peak ? 'unjudged' : null };
}

function judgeClimate(
  fact: RecordedFact,
  excursions: readonly ExcursionFact[],
  harm: ClimateHarm,
  { climate }: LimitSource,
  known: readonly LimitSource[],
): Verdicts {
  if (fact.max === null || fact.min === null) return { standOuts: [], unusable: 'gap' };
  const reading = { min: fact.min, max: fact.max };
  const figure = climate === null ? null : strictest(climate, harm);
  if (figure === null) {
    const knownFigure = strictest(
      known.flatMap((one) => one.climate ?? []),
      harm,
    );
    const listed = excursions.map(
      ({ id, time }): StandOut => ({ ...stretchOf(time), fact: id, verdict: 'listed' }),
    );
    const past = knownFigure !== null && isPast(reading, knownFigure, harm);
    return { standOuts: listed, unusable: past ? 'unjudged' : null };
  }
  if (!isPast(reading, figure, harm)) return { standOuts: [], unusable: null };
  const past = excursions.filter(({ max, min, peak }) =>
    isPast({ min: min ?? peak, max: max ?? peak }, figure, harm),
  );
  const listed = past.map(({ id, time }): StandOut => ({ ...stretchOf(time), fact: id, verdict: 'beyond' }));
  // The device listed what its own setting called an excursion; between that and this limit it says only the extreme.
  const explained = past.some(({ max, min, peak }) =>
    harm === 'cold' ? (min ?? peak) <= reading.min : (max ?? peak) >= reading.max,
  );
  const somewhere: StandOut = { ...stretchOf(fact.time), fact: fact.id, verdict: 'beyond' };
  return { standOuts: explained ? listed : [...listed, somewhere], unusable: 'unjudged' };
}

function stretchOf({ from, to }: TimeSpan): Stretch {
  return { from: from ?? 0, to: to ?? 0 };
}
