import { agreedTerm } from '../facts/agreement-facts.js';
import type { SignedOffFact } from '../facts/fact.js';
import { limitAfter } from '../rules/civil-date.js';
import { CLOSED_GRADE } from './answer.js';
import type { FindingCase } from './case.js';
import type { EdgeDesk } from './decisions.js';

/**
 * Sign-offs of the end of the edge's journey that bear no objection: no exception or refusal in the remark, nothing bad
 * observed in them, and no notice of this damage within the agreed days; none agreed, before the dispute was opened.
 */
export function signedOffWithoutObjection(theCase: FindingCase, desk: EdgeDesk): readonly string[] {
  const { damage, journey } = desk.edge;
  const end = journey === null ? damage.delivery?.id : journey.end;
  const boundary = end == null ? undefined : damage.boundaries.get(end);
  if (boundary === undefined) return [];
  return (
    theCase.facts
      .of('signed-off')
      .filter(
        (fact) => boundary.records.includes(fact.passage) || boundary.records.includes(fact.prov.records[0]!),
      )
      .filter((fact) => isSilent(theCase, desk, fact))
      // It is the consignee's act, so it is the consignee whom it has to bind.
      .filter((fact) => desk.grader.grade(fact, fact.consignee).grade >= CLOSED_GRADE)
      .map(({ id }) => id)
  );
}

function isSilent(theCase: FindingCase, desk: EdgeDesk, fact: SignedOffFact): boolean {
  if (fact.remark === 'exception' || fact.remark === 'refused') return false;
  if (fact.badSeen.length > 0) return false;
  const last = objectionLimit(theCase, desk, fact);
  return !desk.edge.damage.notices.some(({ at }) => at <= last);
}

/** Last second in which a notice counts as an objection. */
function objectionLimit({ dispute, facts }: FindingCase, desk: EdgeDesk, fact: SignedOffFact): number {
  const { creditor, debtor } = desk.edge;
  const term = agreedTerm(facts, 'noticeDays', creditor, debtor);
  const agreed = term.status === 'present' ? term.fact.value : null;
  const days = (agreed as { readonly days?: unknown } | null)?.days;
  if (typeof days !== 'number') return dispute.openedAt.utcS - 1;
  const from = fact.time.to ?? fact.prov.end;
  return limitAfter(from, fact.offsetMin, { count: days, unit: 'days' });
}
