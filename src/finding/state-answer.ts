import type { Fact } from '../facts/fact.js';
import { covers } from '../facts/placement.js';
import { type Answer, CLOSED_GRADE, type SentenceWith } from './answer.js';
import { seenFacts, stateArguments } from './arguments.js';
import { factOf } from './case.js';
import type { Bound, Decided } from './decisions.js';
import { boundaryOf } from './edge-case.js';
import { isOpen, locate } from './locate.js';
import { all, not } from './truth.js';

/** How the goods were at a boundary: closed, and shown better than the opposite. */
export function stateAnswer(
  { boundary: name, value }: SentenceWith<'state'>,
  { edge, leg }: Bound,
  decided: Decided,
): Answer {
  const boundary = boundaryOf(edge, leg, name);
  if (boundary === null) return { value: null };
  const desk = decided.desk(edge);
  const { creditor, debtor } = edge;
  const best = (side: 'pro' | 'con'): number => {
    const one = stateArguments(decided.case, desk, boundary.id, value, { pro: creditor, con: debtor });
    const other = stateArguments(decided.case, desk, boundary.id, value, { pro: debtor, con: creditor });
    const most = (list: typeof one): number =>
      list.reduce((high, argument) => (argument.side === side ? Math.max(high, argument.grade) : high), 0);
    return Math.min(most(one), most(other));
  };
  const [asked, opposite] = [best('pro'), best('con')];
  if (asked >= CLOSED_GRADE && asked > opposite) return { value: true };
  return { value: opposite >= CLOSED_GRADE && opposite > asked ? false : null };
}

/** How the goods were said to be after delivery: as the better word of both has it. */
export function assertedAnswer(
  { value: wanted }: SentenceWith<'asserted'>,
  { edge }: Bound,
  decided: Decided,
): Answer {
  const desk = decided.desk(edge);
  const facts = seenFacts(decided.case, desk);
  const best = (value: string): number =>
    facts
      .filter((fact) => fact.value === value)
      .reduce((most, fact) => Math.max(most, worst(desk.grader, fact, edge)), 0);
  const [asked, opposite] = [best(wanted), best(wanted === 'good' ? 'bad' : 'good')];
  const value = asked > opposite ? true : opposite > asked ? false : null;
  return { value, facts: facts.map(({ id }) => id) };
}

/** What a fact is worth to whichever side it helps less: for sentences that argue for nobody. */
function worst(
  grader: ReturnType<Decided['desk']>['grader'],
  fact: Fact,
  { creditor, debtor }: Bound['edge'],
): number {
  return Math.min(grader.grade(fact, creditor).grade, grader.grade(fact, debtor).grade);
}

/** The inspected scopes of the passage at the boundary against the damage's aspect and region. */
export function coversAnswer(
  { boundary: name }: SentenceWith<'covers'>,
  { edge, leg }: Bound,
  { case: theCase }: Decided,
): Answer {
  const boundary = boundaryOf(edge, leg, name);
  const { custody, damage } = edge.damage;
  if (boundary?.passage == null) return { value: null };
  const facts = custody.passages[boundary.passage]!.facts.map((id) => factOf(theCase.facts, id));
  const scopes = facts.flatMap((fact) => (fact.predicate === 'handed-over' ? fact.scope : []));
  const ids = facts.map(({ id }) => id);
  if (scopes.some((scope) => covers(scope, damage.aspect, damage.region))) return { value: true, facts: ids };
  const partly = scopes.some(({ aspect }) => aspect === damage.aspect && damage.region === 'whole');
  return { value: partly ? null : false, facts: ids };
}

/** Whether the leg is the one that ends there, or nowhere: that nobody tells of the goods after it. */
export function legEndsAnswer({ boundary }: SentenceWith<'leg-ends'>, { edge, leg }: Bound): Answer {
  if (boundary === 'nowhere') return { value: leg !== null && leg.end === null, scope: true };
  const end = boundaryOf(edge, leg, boundary);
  return { value: end !== null && leg !== null && leg.end === end.id, scope: true };
}

/** Whether the damage happened on the leg, may have, or can have happened nowhere else. */
export function locatedAnswer(
  { how }: SentenceWith<'located'>,
  { edge, leg }: Bound,
  decided: Decided,
): Answer {
  if (leg === null) return { value: null };
  if (how === 'open') return { value: isOpen(decided, edge, leg) };
  if (how === 'implicated') return { value: locate(decided, edge, leg) === 'implicated' };
  const others = edge.damage.custody.intervals.filter(
    (other) => other.leg !== null && other.journey === leg.journey && other.index !== leg.index,
  );
  return {
    value: all([isOpen(decided, edge, leg), ...others.map((one) => not(isOpen(decided, edge, one)))]),
  };
}
