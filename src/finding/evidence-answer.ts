import { agreedTerm } from '../facts/agreement-facts.js';
import type { CustodyInterval } from '../facts/custody.js';
import type { Fact } from '../facts/fact.js';
import { type LimitSource, shockSourceOf } from '../facts/limits.js';
import { byCodeUnit, inOrder } from '../facts/order.js';
import { covers } from '../facts/placement.js';
import { SHOCK_LIMITS } from '../rules/terms.js';
import { type Answer, CLOSED_GRADE, type EvidenceSentence, partyOf, type Sentence } from './answer.js';
import { codedFacts, seenFacts, stateArguments, touchesLeg } from './arguments.js';
import { factOf } from './case.js';
import { climateAnswer } from './climate-answer.js';
import type { Bound, Decided } from './decisions.js';
import { boundaryOf } from './edge-case.js';
import type { AskedOfLeg } from './leg-recordings.js';
import { isOpen, locate } from './locate.js';
import { motionAnswer } from './motion-answer.js';
import { noticeLate } from './notice-limit.js';
import { signedOffWithoutObjection } from './signed-off.js';
import { all, not } from './truth.js';

/** Answers a sentence about evidence on an edge and leg. */
export function evidenceAnswer(sentence: EvidenceSentence, bound: Bound, decided: Decided): Answer {
  const { case: theCase } = decided;
  const { edge, leg } = bound;
  const desk = decided.desk(edge);
  const graded = (fact: Fact, against: string): boolean =>
    desk.grader.grade(fact, against).grade >= CLOSED_GRADE;
  switch (sentence.op) {
    case 'state':
      return stateAnswer(sentence, bound, decided);
    case 'asserted': {
      const facts = seenFacts(theCase, desk);
      const best = (value: string): number =>
        facts
          .filter((fact) => fact.value === value)
          .reduce((most, fact) => Math.max(most, worst(desk.grader, fact, edge)), 0);
      const [wanted, opposite] = [best(sentence.value), best(sentence.value === 'good' ? 'bad' : 'good')];
      const value = wanted > opposite ? true : opposite > wanted ? false : null;
      return { value, facts: facts.map(({ id }) => id) };
    }
    case 'covers':
      return coversAnswer(sentence.boundary, bound, decided);
    case 'covered':
      return leg === null ? { value: null } : coveredAnswer(sentence.quantity, leg, bound, decided);
    case 'shock':
      return leg === null ? { value: null } : shockAnswer(sentence, leg, bound, decided);
    case 'drop':
    case 'rms':
      return leg === null ? { value: null } : motionAnswer(sentence, leg, bound, decided);
    case 'kinetic-mean':
    case 'excursion-time':
      return leg === null ? { value: null } : climateAnswer(sentence, leg, bound, decided);
    case 'leg-ends': {
      const end = boundaryOf(edge, leg, sentence.boundary);
      return { value: end !== null && leg !== null && leg.end === end.id, scope: true };
    }
    case 'located': {
      if (leg === null) return { value: null };
      if (sentence.how === 'open') return { value: isOpen(decided, edge, leg) };
      if (sentence.how === 'implicated') return { value: locate(decided, edge, leg) === 'implicated' };
      const others = edge.damage.custody.intervals.filter(
        (other) => other.leg !== null && other.journey === leg.journey && other.index !== leg.index,
      );
      return {
        value: all([isOpen(decided, edge, leg), ...others.map((one) => not(isOpen(decided, edge, one)))]),
      };
    }
    case 'agreed': {
      const term = agreedTerm(theCase.facts, sentence.term, edge.creditor, edge.debtor);
      if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
      if (term.status === 'none') return { value: false };
      const binding = graded(term.fact, edge.creditor) && graded(term.fact, edge.debtor);
      return { value: binding, facts: [term.fact.id] };
    }
    case 'undertaken': {
      const by = partyOf(sentence.by, bound, decided);
      const facts = theCase.facts
        .of('undertaken')
        .filter((fact) => fact.by === by && fact.what === sentence.what && graded(fact, fact.by));
      return { value: facts.length > 0, facts: facts.map(({ id }) => id) };
    }
    case 'incident': {
      const by = partyOf(sentence.by, bound, decided);
      const against = by === edge.creditor ? edge.debtor : edge.creditor;
      const facts = theCase.facts
        .of('incident')
        .filter(
          (fact) =>
            fact.by === by &&
            fact.code === sentence.code &&
            leg !== null &&
            touchesLeg(fact, leg) &&
            graded(fact, against),
        );
      return { value: facts.length > 0, facts: facts.map(({ id }) => id) };
    }
    case 'notice-late':
      return noticeLate(theCase, desk);
    case 'left-without-consent': {
      const boundary = boundaryOf(edge, null, 'delivery');
      const facts = theCase.facts
        .of('handed-over')
        .filter(
          (fact) =>
            boundary?.records.includes(fact.prov.records[0]!) &&
            fact.left !== undefined &&
            fact.left.consent !== 'given' &&
            graded(fact, edge.debtor),
        );
      return { value: facts.length > 0, facts: facts.map(({ id }) => id) };
    }
    case 'signed-off': {
      const facts = signedOffWithoutObjection(theCase, desk);
      return { value: facts.length > 0, facts };
    }
    case 'has': {
      const against = partyOf(sentence.against, bound, decided);
      const facts = codedFacts(theCase, desk, leg, sentence.predicate, sentence.code).filter(
        (fact) => against !== null && desk.grader.grade(fact, against).grade >= sentence.grade,
      );
      return { value: facts.length > 0 ? true : null, facts: facts.map(({ id }) => id) };
    }
    case 'acts-for': {
      const agent = partyOf(sentence.agent, bound, decided);
      const principal = partyOf(sentence.principal, bound, decided);
      const value =
        agent !== null && principal !== null && (theCase.mandates.get(agent)?.has(principal) ?? false);
      return { value };
    }
  }
}

/** What a fact is worth to whichever side it helps less: for sentences that argue for nobody. */
function worst(
  grader: ReturnType<Decided['desk']>['grader'],
  fact: Fact,
  { creditor, debtor }: Bound['edge'],
): number {
  return Math.min(grader.grade(fact, creditor).grade, grader.grade(fact, debtor).grade);
}

function stateAnswer(
  { boundary: name, value }: Extract<Sentence, { readonly op: 'state' }>,
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

/** The inspected scopes of the passage at the boundary against the damage's aspect and region. */
function coversAnswer(
  name: Parameters<typeof boundaryOf>[2],
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

/** Full recording that does not stand on records worth enough is no full recording. */
function coveredAnswer(
  quantity: 'acceleration' | 'temperature' | 'humidity',
  leg: CustodyInterval,
  { edge }: Bound,
  decided: Decided,
): Answer {
  const { facts } = decided.case;
  const { custody } = edge.damage;
  const coverage = decided.case.recordings.coverage(custody.sub, leg, askedOf(quantity, edge, decided));
  const read = coverage.batches;
  if (coverage.status === 'excursion') return { value: false, facts: coverage.excursions };
  if (coverage.status !== 'full') return { value: coverage.status === 'none' ? false : null, facts: read };
  const opponent = leg.holder === edge.creditor ? edge.debtor : edge.creditor;
  const { grader } = decided.desk(edge);
  const held = coverage.parts.every(({ alternatives }) =>
    alternatives.some((alternative) =>
      alternative.every((id) => grader.grade(factOf(facts, id), opponent).grade >= CLOSED_GRADE),
    ),
  );
  return { value: held ? true : null, facts: read };
}

function askedOf(
  quantity: 'acceleration' | 'temperature' | 'humidity',
  edge: Bound['edge'],
  decided: Decided,
): AskedOfLeg {
  switch (quantity) {
    case 'acceleration':
      return { quantity, limits: shockLimitsFor(decided, edge) };
    case 'temperature':
      return { quantity, harm: edge.damage.damage.kind === 'cold' ? 'cold' : 'heat' };
    case 'humidity':
      return { quantity };
  }
}

/** The fragility agreed between the two of the edge, else the first agreed in the case, else what devices list. */
function shockLimitsFor(
  { case: { facts, recordings } }: Decided,
  { creditor, debtor }: Bound['edge'],
): LimitSource {
  const term = agreedTerm(facts, 'fragility', creditor, debtor);
  const own = term.status === 'present' ? shockSourceOf(term.fact) : null;
  return own ?? recordings.limitsAgreedAnywhere();
}

function shockAnswer(
  { how, limits }: Extract<Sentence, { readonly op: 'shock' }>,
  leg: CustodyInterval,
  { edge }: Bound,
  { case: { facts, recordings } }: Decided,
): Answer {
  const term = agreedTerm(facts, SHOCK_LIMITS[limits], edge.creditor, edge.debtor);
  if (term.status === 'unordered') return { value: null, facts: term.facts.map(({ id }) => id) };
  if (term.status === 'none') return { value: null };
  const beyond = recordings.shockBeyond(edge.damage.custody.sub, leg, term.fact);
  if (beyond === null || beyond.answer === 'unknown') return { value: null, facts: [term.fact.id] };
  const read = new Set([term.fact.id]);
  for (const { alternatives } of beyond.parts) {
    for (const alternative of alternatives) for (const id of alternative) read.add(id);
  }
  return {
    // Within is the opposite of beyond: all of it recorded, and none of it past both figures.
    value: (beyond.answer === 'yes') === (how === 'beyond'),
    facts: inOrder([...read], byCodeUnit),
    sensor: beyond.parts,
  };
}
