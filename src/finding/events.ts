import type { Boundary } from '../facts/custody.js';
import type { TimeSpan } from '../facts/fact.js';
import { limitAfter, secondsOfDate } from '../rules/civil-date.js';
import type { Period } from '../rules/condition.js';
import type { EventName } from '../rules/terms.js';
import { type FindingCase, factOf } from './case.js';
import { boundaryOf, type EdgeCase } from './edge-case.js';
import type { Truth } from './truth.js';

/** When an event of a rule happened, as far as it is known, and the clock of its place. */
export interface EventTime {
  readonly span: TimeSpan;
  readonly offsetMin: number;
  readonly facts: readonly string[];
}

/** Null where nothing tells of the event. */
export function eventTime(theCase: FindingCase, edge: EdgeCase, event: EventName): EventTime | null {
  const { dispute } = theCase;
  const { damage } = edge;
  switch (event) {
    case 'event.discovered': {
      const { offsetMin, utcS } = damage.damage.discoveredAt;
      return { span: { from: utcS, to: utcS }, offsetMin, facts: [] };
    }
    case 'event.sold': {
      const { contractDate, utcOffsetMin } = dispute.law;
      return { span: secondsOfDate(contractDate, utcOffsetMin), offsetMin: utcOffsetMin, facts: [] };
    }
    case 'event.delivered':
      return passageTime(theCase, edge, damage.delivery);
    case 'event.received': {
      const { delivery } = damage;
      const passage = delivery?.passage == null ? null : damage.custody.passages[delivery.passage]!;
      const received =
        passage !== null && (passage.signedBy.includes(passage.to) || passage.holds.length > 0);
      return received ? passageTime(theCase, edge, delivery) : null;
    }
    case 'event.notified': {
      const [first] = damage.notices;
      if (first === undefined) return null;
      const { offsetMin } = factOf(theCase.facts, first.fact);
      return { span: { from: first.at, to: first.at }, offsetMin, facts: [first.fact] };
    }
    case 'event.return-asked':
      return returnAsked(theCase, edge);
    case 'event.return-received':
      return passageTime(theCase, edge, boundaryOf(edge, null, 'return-receipt'));
  }
}

/** Stages of a return that say no less than that the goods are to go back. */
const ASKING: readonly unknown[] = ['requested', 'dispatched', 'picked-up', 'received'];

/**
 * When the return was first asked for, as the earliest stage of it tells. Whoever asks could write any date: its own word
 * is as late as it may have been written, and what others signed is taken as it says.
 */
function returnAsked(theCase: FindingCase, edge: EdgeCase): EventTime | null {
  const { custody } = edge.damage;
  const told = theCase.facts
    .of('returned')
    .filter(({ args, sub }) => sub === custody.sub && ASKING.includes(args['stage']))
    .map((fact) => {
      const { madeAt, signer } = fact.prov;
      const to = signer === fact.args['from'] ? madeAt.upper : fact.time.to;
      return { fact, from: fact.time.from, to };
    });
  if (told.length === 0) return null;
  const least = (bounds: readonly (number | null)[]): number | null => {
    const known = bounds.filter((bound) => bound !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  const from = told.some((one) => one.from === null) ? null : least(told.map((one) => one.from));
  const { offsetMin } = told[0]!.fact;
  return {
    span: { from, to: least(told.map(({ to }) => to)) },
    offsetMin,
    facts: told.map(({ fact }) => fact.id),
  };
}

function passageTime(theCase: FindingCase, edge: EdgeCase, boundary: Boundary | null): EventTime | null {
  if (boundary?.passage == null) return null;
  const { facts, offsetMin } = edge.damage.custody.passages[boundary.passage]!;
  return { span: boundary.time, offsetMin: offsetMin ?? theCase.dispute.law.utcOffsetMin, facts };
}

/** Is the event within the period of the other? Surely, surely not, or the bounds straddle the limit. */
export function isWithin(event: EventTime | null, period: Period, of: EventTime | null): Truth {
  if (event === null || of === null) return null;
  const earliest = limitOf(of.span.from, of, period);
  const latest = limitOf(of.span.to, of, period);
  if (event.span.to !== null && earliest !== null && event.span.to <= earliest) return true;
  if (event.span.from !== null && latest !== null && event.span.from > latest) return false;
  return null;
}

function limitOf(utcS: number | null, { offsetMin }: EventTime, period: Period): number | null {
  return utcS === null ? null : limitAfter(utcS, offsetMin, period);
}

/**
 * Did the limit pass without the act? An act that nobody tells of counts as not done only where its absence is closed
 * against whoever had to do it; a limit that lies ahead leaves it open.
 */
export function hasElapsed(
  act: EventTime | null,
  period: Period,
  after: EventTime | null,
  closed: boolean,
  asOfS: number,
): Truth {
  if (after === null) return null;
  if (act !== null) {
    const inTime = isWithin(act, period, after);
    return inTime === null ? null : !inTime;
  }
  const latest = limitOf(after.span.to, after, period);
  return closed && latest !== null && asOfS > latest ? true : null;
}

export function isBefore(a: EventTime | null, b: EventTime | null): Truth {
  if (a === null || b === null) return null;
  if (a.span.to !== null && b.span.from !== null && a.span.to < b.span.from) return true;
  if (a.span.from !== null && b.span.to !== null && a.span.from >= b.span.to) return false;
  return null;
}

/** Do the two share a moment? Surely where both are fixed and equal, surely not where they lie apart. */
export function overlapsSurely(a: EventTime | null, b: EventTime | null): Truth {
  if (a === null || b === null) return null;
  const apart = (one: TimeSpan, other: TimeSpan): boolean =>
    one.to !== null && other.from !== null && one.to < other.from;
  if (apart(a.span, b.span) || apart(b.span, a.span)) return false;
  const fixed = ({ from, to }: TimeSpan): boolean => from !== null && from === to;
  return fixed(a.span) && fixed(b.span) ? true : null;
}

/** Does the event lie in the interval? Surely, surely not, or it straddles an end. */
export function isDuring(event: EventTime | null, interval: TimeSpan): Truth {
  if (event === null) return null;
  const { from, to } = event.span;
  const startsIn = interval.from === null || (from !== null && from >= interval.from);
  const endsIn = interval.to === null || (to !== null && to <= interval.to);
  if (startsIn && endsIn) return true;
  const before = to !== null && interval.from !== null && to < interval.from;
  const after = from !== null && interval.to !== null && from > interval.to;
  return before || after ? false : null;
}
