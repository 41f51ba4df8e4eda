import { isKineticMeanAbove } from '../record/kinetic-mean.js';
import type { CaseFacts } from './case-facts.js';
import { type Bounded, type Course, courseOf } from './climate-course.js';
import { type Device, deviceSets, jointCourseOf } from './climate-joint.js';
import { objectionsIn } from './enclosing.js';
import type { ExcludedPart } from './exclusion.js';
import type { TimeSpan } from './fact.js';
import { judgedRecordings } from './judged-recordings.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';
import { isTooMuch, misplaced, type Recording, type Stretch } from './recordings.js';

/** Kleene answer, and the recordings that give it: any one alternative, all of its facts. */
export interface ClimateAnswer {
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly parts: readonly ExcludedPart[];
}

export interface ClimateQuestion {
  /** The item. */
  readonly sub: string;
  readonly span: TimeSpan;
  /** Milli-°C. */
  readonly limitMilliC: number;
}

/** Was the mean kinetic temperature of the time above the limit? What was not recorded may have been anything. */
export function kineticMeanBeyond(facts: CaseFacts, question: ClimateQuestion): ClimateAnswer {
  const { limitMilliC } = question;
  return answerOf(facts, question, 'heat', ({ kinetic }) => {
    const [sure, open] = [parts(kinetic, 'low'), parts(kinetic, 'high')];
    // Time without a lower bound adds no harm, but it is time: a milli-degree is nothing beside absolute zero.
    if (isKineticMeanAbove(sure.length === kinetic.length ? sure : [...sure, nothing(kinetic)], limitMilliC))
      return 'yes';
    return open.length === kinetic.length && !isKineticMeanAbove(open, limitMilliC) ? 'no' : 'unknown';
  });
}

const ABSOLUTE_ZERO = -273_150;

function parts(
  bounded: readonly Bounded[],
  side: 'low' | 'high',
): readonly { milliC: number; weight: number }[] {
  return bounded.flatMap((one) => {
    const milliC = one[side];
    return one.ms === 0 ? [{ milliC: 0, weight: 0 }] : milliC === null ? [] : [{ milliC, weight: one.ms }];
  });
}

function nothing(bounded: readonly Bounded[]): { milliC: number; weight: number } {
  const ms = bounded.reduce((sum, one) => (one.low === null ? sum + one.ms : sum), 0);
  return { milliC: ABSOLUTE_ZERO, weight: ms };
}

/** Was it beyond the limit for longer than so many seconds, all stretches together? */
export function excursionLonger(
  facts: CaseFacts,
  question: ClimateQuestion & { readonly harm: 'heat' | 'cold'; readonly seconds: number },
): ClimateAnswer {
  const { harm, limitMilliC, seconds } = question;
  return answerOf(facts, question, harm, ({ readings }) => {
    let sure = 0;
    let perhaps = 0;
    for (const { high, low, ms } of readings) {
      const [nearer, farther] = harm === 'heat' ? [low, high] : [high, low];
      const past = (value: number): boolean => (harm === 'heat' ? value > limitMilliC : value < limitMilliC);
      if (nearer !== null && past(nearer)) sure += ms;
      if (farther === null || past(farther)) perhaps += ms;
    }
    if (sure > seconds * 1000) return 'yes';
    return perhaps <= seconds * 1000 ? 'no' : 'unknown';
  });
}

const UNKNOWN: ClimateAnswer = { answer: 'unknown', parts: [] };

type Read = (course: Course) => ClimateAnswer['answer'];

/**
 * Every device at the unit is asked, and what none answers alone, for want of time, several together. Yes or no takes
 * one, or several, that surely say so, and none that surely say the opposite; a device elsewhere, or one whose container
 * somebody else says the item was not in, is not asked.
 */
function answerOf(
  facts: CaseFacts,
  { span, sub }: ClimateQuestion,
  harm: 'heat' | 'cold',
  read: Read,
): ClimateAnswer {
  if (span.from === null || span.to === null || span.from >= span.to) return UNKNOWN;
  const fixed: Stretch = { from: span.from, to: span.to };
  const recordings = judgedRecordings(facts).of(sub, harm);
  if (isTooMuch(recordings, 1)) return UNKNOWN;
  const said = { yes: new Map<string, readonly string[]>(), no: new Map<string, readonly string[]>() };
  const answered: (readonly Device[])[] = [];
  for (const devices of deviceSets(byDevice(recordings, harm, fixed))) {
    // What some of them say is not said again by more of them.
    if (answered.some((known) => known.every((device) => devices.includes(device)))) continue;
    const [first, ...others] = devices as readonly [Device, ...Device[]];
    const course = others.length === 0 ? courseOf(first, fixed) : jointCourseOf(devices, fixed);
    const answer = course === null ? 'unknown' : read(course);
    if (answer === 'unknown') continue;
    answered.push(devices);
    const ids = sortedUnique(devices.flat().flatMap(({ fact, way }) => [fact.id, ...way.via]));
    said[answer].set(ids.join(), ids);
  }
  if (said.yes.size > 0 === said.no.size > 0) return UNKNOWN;
  const answer = said.yes.size > 0 ? 'yes' : 'no';
  const alternatives = [...said[answer]].sort(([a], [b]) => byCodeUnit(a, b)).map(([, ids]) => ids);
  return { answer, parts: [{ span: fixed, alternatives }] };
}

/** What one signer's device recorded at the unit, by one way; only what counts for its signer too. */
function byDevice(recordings: readonly Recording[], harm: 'heat' | 'cold', span: Stretch): readonly Device[] {
  const found = new Map<string, Recording[]>();
  for (const recording of recordings) {
    const { fact, way } = recording;
    if (fact.prov.kind !== 'instrument' || misplaced(fact, harm) !== null) continue;
    if ((fact.time.to ?? 0) < span.from || (fact.time.from ?? 0) > span.to) continue;
    if (objectionsIn(way, span).length > 0) continue;
    addTo(found, JSON.stringify([fact.device, fact.prov.signer, way.via]), recording);
  }
  for (const list of found.values()) {
    list.sort(
      (a, b) => (a.fact.time.from ?? 0) - (b.fact.time.from ?? 0) || byCodeUnit(a.fact.id, b.fact.id),
    );
  }
  return [...found.values()];
}
