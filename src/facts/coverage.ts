import type { CaseFacts } from './case-facts.js';
import { overlap } from './enclosing.js';
import { type ExcludedPart, excludedByRecording, recordedTimeOf } from './exclusion.js';
import type { TimeSpan } from './fact.js';
import { judgedRecordings } from './judged-recordings.js';
import { type LimitSource, NO_LIMITS } from './limits.js';
import { byCodeUnit, inOrder, sortedUnique } from './order.js';
import { contestedBy, type Harm, isTooMuch, type Judged, type StandOut, type Stretch } from './recordings.js';
import type { ShockLimit } from './shock-limit.js';

export type CoverageQuantity = 'acceleration' | 'temperature' | 'humidity';

export type CoverageReason =
  /** Time without any recording, or a recording without a sample. */
  | 'gap'
  | 'mount'
  | 'location'
  /** Not stated, or not in force. */
  | 'calibration'
  /** The device's clock leaves open whether it covers an end, or on which side a reading falls. */
  | 'clock'
  /** It records only above a threshold that is not below the limit. */
  | 'threshold'
  /** A reading that may or may not be beyond the limit, or that no listed one accounts for; or too much to look at. */
  | 'unjudged'
  /** Somebody else's word puts the item in another container then. */
  | 'container'
  /** The time asked for has no fixed end. */
  | 'window';

/**
 * Does recording of one quantity cover a time: `full` (calibrated, right mount, nothing beyond the limit), `partial`
 * (some of it, or not surely), `none`, or `excursion` (something surely beyond the limit, surely in that time).
 */
export interface Coverage {
  readonly status: 'full' | 'partial' | 'none' | 'excursion';
  readonly quantity: CoverageQuantity;
  readonly span: TimeSpan;
  /** Why it is not full, sorted. */
  readonly reasons: readonly CoverageReason[];
  /** Recorded facts that tell of the time, sorted. */
  readonly batches: readonly string[];
  /** Facts surely beyond the limit and surely inside, sorted: excursions, or a batch that is beyond as a whole. */
  readonly excursions: readonly string[];
  /** The same, each with the packings by which it concerns the item. */
  readonly excursionWays: readonly (readonly string[])[];
  /** Stretches of the span that no good recording covers, in order. */
  readonly gaps: readonly Stretch[];
  /** When full: which recordings show it, part by part. */
  readonly parts: readonly ExcludedPart[];
}

export interface CoverageQuestion {
  /** The item. */
  readonly sub: string;
  readonly quantity: CoverageQuantity;
  /** Of temperature, which way it may harm; heat where it is not given. */
  readonly harm?: Harm;
  /** Leg ∩ window. */
  readonly span: TimeSpan;
  /** Limits to judge by; without them every excursion that a device lists counts. */
  readonly limits?: LimitSource;
}

export function coverageOf(facts: CaseFacts, question: CoverageQuestion): Coverage {
  const { limits = NO_LIMITS, quantity, span } = question;
  const harm = question.harm ?? HARM_OF[quantity];
  const recorded = judgedRecordings(facts);
  // A bare word about a recording is no recording.
  const near = recorded
    .of(question.sub, harm)
    .filter(
      ({ fact, way }) => fact.prov.kind === 'instrument' && meets(overlap(fact.time, way) ?? fact.time, span),
    );
  const batches = sortedUnique(near.map(({ fact }) => fact.id));
  const fixed = fixedSpan(span);
  if (fixed === null || isTooMuch(near, 1)) {
    const status = batches.length === 0 ? 'none' : 'partial';
    const reasons = [fixed === null ? 'window' : 'unjudged'] as const;
    return {
      status,
      quantity,
      span,
      reasons,
      batches,
      excursions: [],
      excursionWays: [],
      gaps: [],
      parts: [],
    };
  }
  const judged = near.map((recording) => onlyAdverse(recorded.judged(recording, harm, limits)));
  const reasons = new Set<CoverageReason>();
  const excursions = new Map<string, readonly string[]>();
  for (const one of judged) {
    for (const out of one.standOuts.filter(({ from, to }) => from <= fixed.to && to >= fixed.from)) {
      if (contestedBy(one, out).length > 0) reasons.add('container');
      else if (isSure(out, fixed)) {
        const ids = sortedUnique([out.fact, ...one.way.via]);
        excursions.set(`${out.fact} ${ids.join()}`, ids);
      } else reasons.add(out.verdict === 'unknown' || one.widthS === 0 ? 'unjudged' : 'clock');
    }
    for (const reason of weaknesses(one, fixed)) reasons.add(reason);
    if (contestedBy(one, fixed).length > 0) reasons.add('container');
  }
  const good = judged.flatMap(({ pieces, unusable }) => (unusable === null ? pieces : []));
  const gaps = without(good, [fixed]);
  if (
    gaps.length > 0 &&
    without(
      judged.flatMap((one) => one.recorded),
      gaps,
    ).length > 0
  )
    reasons.add('gap');
  const excluded = excludedByRecording(fixed, recordedTimeOf(judged));
  const doubtful = excluded === null || excluded.against.length > 0;
  const status =
    excursions.size > 0 ? 'excursion' : batches.length === 0 ? 'none' : doubtful ? 'partial' : 'full';
  return {
    status,
    quantity,
    span,
    reasons: status === 'full' ? [] : (sortedUnique(reasons) as readonly CoverageReason[]),
    batches,
    excursions: sortedUnique([...excursions.keys()].map((key) => key.slice(0, key.indexOf(' ')))),
    excursionWays: inOrder([...excursions], ([a], [b]) => byCodeUnit(a, b)).map(([, ids]) => ids),
    gaps,
    parts: status === 'full' && excluded !== null ? excluded.parts : [],
  };
}

const HARM_OF = { acceleration: 'shock', temperature: 'heat', humidity: 'wet' } as const;

/** A record that never helps its author shows no time to be clean. */
function onlyAdverse(judged: Judged): Judged {
  return judged.fact.prov.integrity === 'ok' ? judged : { ...judged, pieces: [], recorded: [] };
}

function meets(a: TimeSpan, b: TimeSpan): boolean {
  return (b.to === null || (a.from ?? 0) <= b.to) && (b.from === null || (a.to ?? 0) >= b.from);
}

function fixedSpan({ from, to }: TimeSpan): Stretch | null {
  return from === null || to === null || from > to ? null : { from, to };
}

/** Beyond by a known limit, or by the device's own list where none is known; and inside whatever the clock was. */
function isSure({ from, to, verdict }: StandOut, span: Stretch): boolean {
  return verdict !== 'unknown' && from >= span.from && to <= span.to;
}

/** Why a batch that tells of the time does not cover all of its share of it. */
function weaknesses(
  { fact, pieces, recorded, unusable, widthS }: Judged,
  span: Stretch,
): readonly CoverageReason[] {
  const found: CoverageReason[] = unusable === null ? [] : [unusable];
  const lapsed = (stretches: readonly Stretch[]): number =>
    stretches
      .map(({ from, to }) => Math.min(to, span.to) - Math.max(from, span.from))
      .filter((length) => length >= 0)
      .reduce((sum, length) => sum + length + 1, 0);
  if (lapsed(pieces) < lapsed(recorded)) found.push('calibration');
  const claimed = { from: fact.time.from ?? 0, to: fact.time.to ?? 0 };
  if (widthS > 0 && (claimed.from + widthS > span.from || claimed.to - widthS < span.to)) found.push('clock');
  return found;
}

/** What is left of the stretches when the pieces are taken away. */
function without(pieces: readonly Stretch[], stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = inOrder([...pieces], (a, b) => a.from - b.from || a.to - b.to);
  return stretches.flatMap(({ from, to }) => {
    const left: Stretch[] = [];
    let reached = from;
    let touched = false;
    for (const piece of sorted) {
      if (piece.to < reached || piece.from > to) continue;
      if (piece.from > reached || (!touched && piece.from > from))
        left.push({ from: reached, to: piece.from });
      touched = true;
      reached = Math.max(reached, piece.to);
    }
    if (!touched || reached < to) left.push({ from: reached, to });
    return left;
  });
}

/** Kleene answer. Each part needs one of its alternatives, each alternative all of its facts. */
export interface ShockAnswer {
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly parts: readonly ExcludedPart[];
}

export interface ShockQuestion {
  /** The item. */
  readonly sub: string;
  /** Leg ∩ window. */
  readonly span: TimeSpan;
  readonly limits: readonly ShockLimit[];
}

/**
 * Was a shock in the time beyond the limits? Yes where one surely was; no only where full recording shows none. The
 * three-way question asks this of the handling envelope and of the fragility.
 */
export function shockBeyond(facts: CaseFacts, { limits, span, sub }: ShockQuestion): ShockAnswer {
  const source = { terms: [], shock: limits, climate: null };
  return shockAnswerOf(coverageOf(facts, { sub, quantity: 'acceleration', span, limits: source }));
}

/** The same, of a coverage that was judged by those limits. */
export function shockAnswerOf(coverage: Coverage): ShockAnswer {
  const fixed = fixedSpan(coverage.span);
  if (coverage.status === 'excursion' && fixed !== null) {
    return { answer: 'yes', parts: [{ span: fixed, alternatives: coverage.excursionWays }] };
  }
  return { answer: coverage.status === 'full' ? 'no' : 'unknown', parts: coverage.parts };
}
