import { agreedTerm } from '../facts/agreement-facts.js';
import type { EventName } from '../rules/terms.js';
import { type Answer, CLOSED_GRADE } from './answer.js';
import type { FindingCase } from './case.js';
import type { EdgeDesk } from './decisions.js';
import { boundaryOf } from './edge-case.js';
import { type EventTime, eventTime, hasElapsed } from './events.js';

/** From when agreed days of notice run. */
const STARTS: Readonly<Record<string, EventName>> = {
  delivery: 'event.delivered',
  receipt: 'event.received',
  discovery: 'event.discovered',
};

/**
 * Was no notice given within the days both sides signed? False where they signed none; unknown where two agreements
 * differ, or where it is unknown from when the days run.
 */
export function noticeLate(theCase: FindingCase, { edge, grader }: EdgeDesk): Answer {
  const term = agreedTerm(theCase.facts, 'noticeDays', edge.creditor, edge.debtor);
  if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
  if (term.status === 'none') return { value: false };
  const { fact } = term;
  const binding =
    grader.grade(fact, edge.creditor).grade >= CLOSED_GRADE &&
    grader.grade(fact, edge.debtor).grade >= CLOSED_GRADE;
  if (!binding) return { value: false, facts: [fact.id] };
  const { days, from } = (fact.value ?? {}) as { readonly days?: unknown; readonly from?: unknown };
  if (typeof days !== 'number' || typeof from !== 'string') return { value: null, facts: [fact.id] };
  const notified = eventTime(theCase, edge, 'event.notified');
  const start = startOf(theCase, edge, from);
  const value = hasElapsed(notified, { count: days, unit: 'days' }, start, true, theCase.dispute.asOf.utcS);
  return { value, facts: [fact.id, ...(notified?.facts ?? []), ...(start?.facts ?? [])] };
}

function startOf(theCase: FindingCase, edge: EdgeDesk['edge'], from: string): EventTime | null {
  const event = STARTS[from];
  if (event !== undefined) return eventTime(theCase, edge, event);
  const pickup = boundaryOf(edge, null, 'pickup');
  if (pickup?.passage == null) return null;
  const { facts, offsetMin } = edge.damage.custody.passages[pickup.passage]!;
  return { span: pickup.time, offsetMin: offsetMin ?? theCase.dispute.law.utcOffsetMin, facts };
}
