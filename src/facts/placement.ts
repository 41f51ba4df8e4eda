import type { CaseFacts } from './case-facts.js';
import type { Boundary, Custody, CustodyInterval, Passage } from './custody.js';
import type { ConditionFact, Scope } from './fact.js';
import { byCodeUnit, sortedUnique } from './order.js';
import type { Stretch } from './recordings.js';

/** How long after the passage record an observation of the same occasion may provably appear, seconds. */
const OCCASION_PROVEN_S = 86_400;

/** Where an observation stands. */
export interface Placement {
  readonly fact: string;
  readonly value: 'good' | 'bad';
  readonly by: 'passage-record' | 'occasion' | 'joint-survey' | 'own-time';
  /** Id of the boundary it stands at; null when it stands inside an interval. */
  readonly boundary: string | null;
  /** First and last index of the intervals it may stand in; at boundary b of position p, both p are given as p and p + 1. */
  readonly first: number;
  readonly last: number;
  /** Seconds UTC in which it lies. */
  readonly span: Stretch;
  /** Record ids one of which must be neutral on the edge; empty where nothing hangs on it. */
  readonly neutralOf: readonly string[];
}

/**
 * An observation stands *at* a boundary when its record is the passage record or an answer to it; when it is one uncut
 * recording of that occasion, near in stated and proven time, with the parcel identified or a neutral witness; or when
 * the other side counter-signed it with a scope that covers the aspect. Otherwise it stands inside its holder's interval
 * at its own time: a claimed time ties nothing by itself.
 */
export function placementsOf(
  fact: ConditionFact,
  facts: CaseFacts,
  custody: Custody,
  occasionWithinH: number,
): readonly Placement[] {
  const found = custody.boundaries.flatMap((boundary): Placement[] => {
    const by = standsAt(fact, boundary, facts, custody, occasionWithinH);
    if (by === null) return [];
    const { id, position, time } = boundary;
    const span = { from: time.from ?? 0, to: time.to ?? 0 };
    return [
      {
        fact: fact.id,
        value: fact.value,
        by: by.by,
        boundary: id,
        first: position,
        last: position + 1,
        span,
        neutralOf: by.neutralOf,
      },
    ];
  });
  return found.length > 0 ? found : [inside(fact, custody)];
}

type Standing = Pick<Placement, 'by' | 'neutralOf'>;

function standsAt(
  fact: ConditionFact,
  boundary: Boundary,
  facts: CaseFacts,
  custody: Custody,
  occasionWithinH: number,
): Standing | null {
  const { prov } = fact;
  const record = prov.records[0]!;
  const answers = facts.records.get(record)?.answers ?? null;
  if (boundary.records.includes(record) || (answers !== null && boundary.records.includes(answers))) {
    return { by: 'passage-record', neutralOf: [] };
  }
  if (prov.occasion === null || boundary.passage === null || !boundary.records.includes(prov.occasion))
    return null;
  const passage = custody.passages[boundary.passage]!;
  // A joint survey needs nobody else, so it is asked for first.
  if (isJointSurvey(fact, passage)) return { by: 'joint-survey', neutralOf: [] };
  // Who held the goods at another time cannot have filmed what passed between two others.
  const heldOnce = custody.intervals.some(({ holder }) => holder === prov.signer);
  if (heldOnce && prov.signer !== passage.from && prov.signer !== passage.to) return null;
  return isOfOccasion(fact, boundary, facts, occasionWithinH);
}

function isOfOccasion(
  fact: ConditionFact,
  boundary: Boundary,
  facts: CaseFacts,
  occasionWithinH: number,
): Standing | null {
  const { prov, time } = fact;
  if (!prov.secured.oneShot || prov.occasion === null) return null;
  const within = occasionWithinH * 3600;
  const near =
    (time.from ?? 0) >= (boundary.time.from ?? 0) - within &&
    (time.to ?? 0) <= (boundary.time.to ?? 0) + within;
  const named = facts.records.get(prov.occasion);
  if (!near || named === undefined || prov.madeAt.upper > named.upper + OCCASION_PROVEN_S) return null;
  if (prov.secured.parcelSeen) return { by: 'occasion', neutralOf: [] };
  const witnesses = prov.witnesses.filter(
    ({ by, integrity, passage, remark, trusted }) =>
      by !== prov.signer &&
      trusted &&
      integrity === 'ok' &&
      // The passage record itself is what is in dispute, unless it bears an exception.
      (!passage || remark === 'exception' || remark === 'refused'),
  );
  if (witnesses.length === 0) return null;
  return { by: 'occasion', neutralOf: sortedUnique(witnesses.map(({ record }) => record)) };
}

/** Did the other side of the passage stand behind the survey, its inspection covering the aspect? */
function isJointSurvey({ aspect, prov, region }: ConditionFact, { from, to }: Passage): boolean {
  const agreeing = prov.counterSigned.filter(
    ({ scope, stance }) => stance === 'agree' && scope.some((one) => covers(one, aspect, region)),
  );
  const agrees = (party: string): boolean => agreeing.some(({ by }) => by === party);
  if (prov.signer === from) return agrees(to);
  if (prov.signer === to) return agrees(from);
  // A surveyor's report is joint when one side asked for it or was there and the other stands behind it.
  const there = (party: string): boolean => prov.requestedBy === party || prov.partiesPresent.includes(party);
  return (agrees(from) && (agrees(to) || there(to))) || (agrees(to) && there(from));
}

/** Does an inspected scope cover the aspect and region? An entry without a region covers the whole. */
export function covers(scope: Scope, aspect: string, region: string): boolean {
  const where = scope.region ?? 'whole';
  return scope.aspect === aspect && (where === 'whole' || where === region);
}

/**
 * Inside the interval of whoever held the goods at its own time: the signer's own interval where that holds the stated
 * time, else whichever intervals the time touches. Who had the goods, but not then, gains by stating bad too early and
 * good too late; so its word may as well stand in its own later intervals, or its earlier ones, unless the one who held
 * them then agrees.
 */
function inside(fact: ConditionFact, { intervals }: Custody): Placement {
  const time = { from: fact.time.from ?? 0, to: fact.time.to ?? 0 };
  const isOwn = ({ holder }: CustodyInterval): boolean => holder === fact.prov.signer;
  const touched = intervals.filter((interval) => touches(interval, time));
  const own = touched.filter(isOwn);
  const around = own.length > 0 ? own : touched;
  const [first, last] = [around[0]!, around.at(-1)!];
  const placed = {
    fact: fact.id,
    value: fact.value,
    by: 'own-time' as const,
    boundary: null,
    first: first.index,
    last: last.index,
    span: within(time, first, last),
    neutralOf: [],
  };
  if (own.length > 0 || isBelieved(fact, around)) return placed;
  return fact.value === 'bad'
    ? maybeLater(placed, intervals.filter(isOwn), fact.prov.madeAt.upper)
    : maybeEarlier(placed, intervals.filter(isOwn));
}

/** Whoever held the goods then stands behind the record, and so behind its time. */
function isBelieved({ prov }: ConditionFact, around: readonly CustodyInterval[]): boolean {
  return prov.counterSigned.some(
    ({ by, stance }) => stance === 'agree' && around.some(({ holder }) => holder === by),
  );
}

/** Observations are made before their record provably exists. */
function maybeLater(placed: Placement, own: readonly CustodyInterval[], provenS: number): Placement {
  const later = own.filter(({ index, time }) => index > placed.last && (time.from ?? 0) <= provenS);
  const last = later.at(-1);
  if (last === undefined) return placed;
  const to = Math.max(placed.span.to, Math.min(last.time.to ?? provenS, provenS));
  return { ...placed, last: last.index, span: { from: placed.span.from, to } };
}

function maybeEarlier(placed: Placement, own: readonly CustodyInterval[]): Placement {
  const first = own.find(({ index }) => index < placed.first);
  if (first === undefined) return placed;
  return { ...placed, first: first.index, span: { from: first.time.from ?? 0, to: placed.span.to } };
}

function touches({ time }: CustodyInterval, { from, to }: Stretch): boolean {
  return (time.from === null || time.from <= to) && (time.to === null || time.to >= from);
}

/** A stated time that reaches beyond the intervals is believed inside them only. */
function within({ from, to }: Stretch, first: CustodyInterval, last: CustodyInterval): Stretch {
  return {
    from: first.time.from === null ? from : Math.max(from, first.time.from),
    to: last.time.to === null ? to : Math.min(to, last.time.to),
  };
}

/** Does the observation surely stand at the boundary or later? */
export function isAtOrAfter({ boundary, first }: Placement, at: Boundary): boolean {
  return boundary === null ? first > at.position : first >= at.position;
}

export function byFactThenPosition(a: Placement, b: Placement): number {
  return byCodeUnit(a.fact, b.fact) || a.first - b.first;
}
