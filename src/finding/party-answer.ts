import { agreedTerm } from '../facts/agreement-facts.js';
import type { Fact } from '../facts/fact.js';
import { type Answer, CLOSED_GRADE, partyOf, type SentenceWith } from './answer.js';
import { codedFacts, touchesLeg } from './arguments.js';
import type { Bound, Decided } from './decisions.js';
import { boundaryOf } from './edge-case.js';
import { noticeLate } from './notice-limit.js';
import { signedOffWithoutObjection } from './signed-off.js';

/** Whether both sides of the edge are bound by a term. */
export function agreedAnswer({ term: name }: SentenceWith<'agreed'>, bound: Bound, decided: Decided): Answer {
  const { creditor, debtor } = bound.edge;
  const term = agreedTerm(decided.case.facts, name, creditor, debtor);
  if (term.status === 'unordered') return { value: null, facts: idsOf(term.facts) };
  if (term.status === 'none') return { value: false };
  const binds = bindingOn(bound, decided);
  return { value: binds(term.fact, creditor) && binds(term.fact, debtor), facts: [term.fact.id] };
}

/** Whether a party bound itself to do something. */
export function undertakenAnswer(
  sentence: SentenceWith<'undertaken'>,
  bound: Bound,
  decided: Decided,
): Answer {
  const by = partyOf(sentence.by, bound, decided);
  const binds = bindingOn(bound, decided);
  return anyOf(
    decided.case.facts
      .of('undertaken')
      .filter((fact) => fact.by === by && fact.what === sentence.what && binds(fact, fact.by)),
  );
}

/** Whether a party shows that something befell the goods on the leg. */
export function incidentAnswer(sentence: SentenceWith<'incident'>, bound: Bound, decided: Decided): Answer {
  const { edge, leg } = bound;
  const by = partyOf(sentence.by, bound, decided);
  const against = by === edge.creditor ? edge.debtor : edge.creditor;
  const binds = bindingOn(bound, decided);
  return anyOf(
    decided.case.facts
      .of('incident')
      .filter(
        (fact) =>
          fact.by === by &&
          fact.code === sentence.code &&
          leg !== null &&
          touchesLeg(fact, leg) &&
          binds(fact, against),
      ),
  );
}

/** Whether no notice was given within the days that both signed. */
export function noticeLateAnswer(bound: Bound, decided: Decided): Answer {
  return noticeLate(decided.case, decided.desk(bound.edge));
}

/** Whether the goods were left at delivery where the recipient had not agreed to. */
export function leftWithoutConsentAnswer(bound: Bound, decided: Decided): Answer {
  const boundary = boundaryOf(bound.edge, null, 'delivery');
  const binds = bindingOn(bound, decided);
  return anyOf(
    decided.case.facts
      .of('handed-over')
      .filter(
        (fact) =>
          boundary?.records.includes(fact.prov.records[0]!) &&
          fact.left !== undefined &&
          fact.left.consent !== 'given' &&
          binds(fact, bound.edge.debtor),
      ),
  );
}

/** Whether somebody tried to hand the goods to the creditor, who would not have them. */
export function deliveryRefusedAnswer({ edge }: Bound, decided: Decided): Answer {
  const { sub } = edge.damage.custody;
  return anyOf(
    decided.case.facts
      .of('handed-over')
      .filter(
        (fact) =>
          fact.sub === sub &&
          fact.via === 'delivery' &&
          fact.to === edge.creditor &&
          (fact.remark === 'refused' ||
            fact.prov.counterSigned.some(({ by, remark }) => by === fact.to && remark === 'refused')),
      ),
  );
}

/** Whether the consignee signed for the goods and objected to nothing. */
export function signedOffAnswer(bound: Bound, decided: Decided): Answer {
  const facts = signedOffWithoutObjection(decided.case, decided.desk(bound.edge));
  return { value: facts.length > 0, facts };
}

/** Whether something is shown against a party, as well as the sentence asks; that nobody shows it proves nothing. */
export function hasAnswer(sentence: SentenceWith<'has'>, bound: Bound, decided: Decided): Answer {
  const against = partyOf(sentence.against, bound, decided);
  const desk = decided.desk(bound.edge);
  const facts = codedFacts(decided.case, desk, bound.leg, sentence.predicate, sentence.code).filter(
    (fact) => against !== null && desk.grader.grade(fact, against).grade >= sentence.grade,
  );
  return { value: facts.length > 0 ? true : null, facts: idsOf(facts) };
}

/** Whether one party acts for another. */
export function actsForAnswer(sentence: SentenceWith<'acts-for'>, bound: Bound, decided: Decided): Answer {
  const agent = partyOf(sentence.agent, bound, decided);
  const principal = partyOf(sentence.principal, bound, decided);
  const { mandates } = decided.case;
  return {
    value: agent !== null && principal !== null && (mandates.get(agent)?.has(principal) ?? false),
  };
}

/** Whether a fact is worth enough against a party to count as shown. */
function bindingOn({ edge }: Bound, decided: Decided): (fact: Fact, against: string) => boolean {
  const { grader } = decided.desk(edge);
  return (fact, against) => grader.grade(fact, against).grade >= CLOSED_GRADE;
}

function anyOf(facts: readonly Fact[]): Answer {
  return { value: facts.length > 0, facts: idsOf(facts) };
}

function idsOf(facts: readonly Fact[]): readonly string[] {
  return facts.map(({ id }) => id);
}
