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
 * of one device at the unit whose clock is right, or of several one after the other; the size of a reading is that of all
 * its axes together.
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
  if (said.yes.length + said.no.length === 0) return rmsInTurn(recordings, { from, to }, limitMilliG);
  if (said.yes.length > 0 === said.no.length > 0) return UNKNOWN;
  const answer = said.yes.length > 0 ? 'yes' : 'no';
  const alternatives = said[answer].sort((a, b) => byCodeUnit(a.join(), b.join()));
  return { answer, parts: [{ span: { from, to }, alternatives }] };
}

/**
 * Devices read at different rates, so their readings make no common mean. But where each one's own stretch is above the
 * limit the whole is, and where none is, it is not; wherever in the time that two share the one gives way to the other.
 */
function rmsInTurn(recordings: readonly Recording[], span: Stretch, limitMilliG: number): ShockAnswer {
  // A doubtful device that reaches further does not take the place of a good one.
  const good = recordings.filter(({ fact: { prov } }) => prov.trusted && prov.integrity === 'ok');
  const chain = relayOver(good, span) ?? relayOver(recordings, span);
  if (chain === null) return UNKNOWN;
  const ends = chain.map(({ whole }) => Math.min(whole.to, span.to));
  const begins = chain.map(({ whole }) => Math.max(whole.from, span.from));
  const answers = new Set<boolean | null>();
  for (const [index, { recording }] of chain.entries()) {
    const late = { from: ends[index - 1] ?? span.from, to: ends[index]! };
    const early = { from: begins[index]!, to: begins[index + 1] ?? span.to };
    for (const stretch of [late, early]) {
      const readings = readingsOver(recording, stretch);
      answers.add(readings === null ? null : isRmsBeyond(readings, limitMilliG));
    }
  }
  const [answer] = answers;
  if (answers.size > 1 || answer == null) return UNKNOWN;
  const ids = sortedUnique(chain.flatMap(({ recording: { fact, way } }) => [fact.id, ...way.via]));
  return { answer: answer ? 'yes' : 'no', parts: [{ span, alternatives: [ids] }] };
}

interface Runner {
  readonly recording: Recording;
  readonly whole: Stretch;
}

/** Recordings that cover the span one after the other, each time the one that reaches furthest; null if they do not. */
function relayOver(recordings: readonly Recording[], span: Stretch): readonly Runner[] | null {
  const runners = recordings.flatMap((recording): Runner[] => {
    const whole = overlap(recording.fact.time, recording.way);
    if (whole?.from == null || whole.to == null) return [];
    // What cannot be read in its own time takes no part.
    const own = { from: Math.max(whole.from, span.from), to: Math.min(whole.to, span.to) };
    const readable = own.from < own.to && readingsOver(recording, own) !== null;
    return readable ? [{ recording, whole: { from: whole.from, to: whole.to } }] : [];
  });
  runners.sort((a, b) => a.whole.from - b.whole.from || byCodeUnit(a.recording.fact.id, b.recording.fact.id));
  const chain: Runner[] = [];
  let reached = span.from;
  let next = 0;
  while (reached < span.to) {
    let best: Runner | null = null;
    for (; next < runners.length && runners[next]!.whole.from <= reached; next += 1) {
      if (best === null || runners[next]!.whole.to > best.whole.to) best = runners[next]!;
    }
    if (best === null || best.whole.to <= reached) return null;
    chain.push(best);
    reached = best.whole.to;
  }
  return chain;
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
