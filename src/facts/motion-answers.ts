import type { CaseFacts } from './case-facts.js';
import { coverageOf, type ShockAnswer } from './coverage.js';
import { objectionsIn, overlap } from './enclosing.js';
import type { TimeSpan } from './fact.js';
import { judgedRecordings } from './judged-recordings.js';
import { byCodeUnit, sortedUnique } from './order.js';
import { isTooMuch, misplaced, type Recording, type Stretch } from './recordings.js';
import { compareWithDrop, isRmsBeyond } from './shock.js';

const UNKNOWN: ShockAnswer = { answer: 'unknown', parts: [] };

export interface DropQuestion {
  /** The item. */
  readonly sub: string;
  readonly span: TimeSpan;
  readonly heightMm: number;
  /** How much of the speed the rebound keeps, 0 … 1000. */
  readonly restitutionPermille: number;
}

/**
 * Did the goods take a harder blow than a drop from so high gives? Yes where a listed one surely was; no only where all of
 * the time was recorded, continuously, and every listed blow was less.
 */
export function dropBeyond(
  facts: CaseFacts,
  { heightMm, restitutionPermille, span, sub }: DropQuestion,
): ShockAnswer {
  const coverage = coverageOf(facts, { sub, quantity: 'acceleration', span });
  const { from, to } = span;
  if (from === null || to === null) return UNKNOWN;
  const isHarder = (id: string): boolean => {
    const fact = facts.byId.get(id);
    if (fact?.predicate !== 'excursion' || fact.deltaVUmPerS === null) return false;
    return compareWithDrop(fact.deltaVUmPerS, heightMm, restitutionPermille) > 0;
  };
  const harder = coverage.excursionWays.filter((ids) => ids.some(isHarder));
  if (harder.length > 0) return { answer: 'yes', parts: [{ span: { from, to }, alternatives: harder }] };
  if (coverage.status === 'full') return { answer: 'no', parts: coverage.parts };
  const allTold =
    coverage.status === 'excursion' && coverage.gaps.length === 0 && coverage.reasons.length === 0;
  if (!allTold) return UNKNOWN;
  return { answer: 'no', parts: [{ span: { from, to }, alternatives: [sortedUnique(coverage.batches)] }] };
}

export interface RmsQuestion {
  /** The item. */
  readonly sub: string;
  readonly span: TimeSpan;
  readonly limitMilliG: number;
}

/**
 * Was the root mean square of the acceleration above the limit? Takes readings of all the time in the records themselves,
 * of one device at the unit whose clock is right; the size of a reading is that of all its axes together.
 */
export function rmsBeyond(facts: CaseFacts, { limitMilliG, span, sub }: RmsQuestion): ShockAnswer {
  const { from, to } = span;
  if (from === null || to === null || from >= to) return UNKNOWN;
  const recordings = judgedRecordings(facts).of(sub, 'shock');
  if (isTooMuch(recordings, 1)) return UNKNOWN;
  const said = { yes: [] as (readonly string[])[], no: [] as (readonly string[])[] };
  for (const recording of recordings) {
    const readings = readingsOver(recording, { from, to });
    if (readings === null) continue;
    const ids = sortedUnique([recording.fact.id, ...recording.way.via]);
    said[isRmsBeyond(readings, limitMilliG) ? 'yes' : 'no'].push(ids);
  }
  if (said.yes.length > 0 === said.no.length > 0) return UNKNOWN;
  const answer = said.yes.length > 0 ? 'yes' : 'no';
  const alternatives = said[answer].sort((a, b) => byCodeUnit(a.join(), b.join()));
  return { answer, parts: [{ span: { from, to }, alternatives }] };
}

/** The values of one recording in the time; null where they are not all there, or not surely. */
function readingsOver(recording: Recording, span: Stretch): readonly (readonly number[])[] | null {
  const { fact, way } = recording;
  const { samples, time } = fact;
  if (samples === undefined || fact.clockOffsetMs !== 0 || fact.triggeredAboveMilliG !== null) return null;
  if (fact.prov.kind !== 'instrument' || misplaced(fact, 'shock') !== null) return null;
  const whole = overlap(time, way);
  if (whole === null || whole.from! > span.from || whole.to! < span.to) return null;
  if (objectionsIn(way, span).length > 0) return null;
  if (fact.gaps.some((gap) => gap.from < span.to && gap.to > span.from)) return null;
  const begin = (time.from ?? 0) * 1000;
  const inTime = samples.filter(
    ([offset]) => begin + offset! >= span.from * 1000 && begin + offset! <= span.to * 1000,
  );
  return inTime.length === 0 ? null : inTime.map(([, ...values]) => values);
}
