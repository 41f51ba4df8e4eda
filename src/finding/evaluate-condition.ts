import type { Condition } from '../rules/condition.js';
import { conditionText } from '../rules/print-condition.js';
import { type Answer, partyOf, type Sentence, type SentenceWith } from './answer.js';
import type { Bound, ConditionTrace, Decided, IssueDecision } from './decisions.js';
import { partiesWith } from './dispute.js';
import { eventTime, hasElapsed, isBefore, isDuring, isWithin, overlapsSurely } from './events.js';
import { evidenceAnswer } from './evidence-answer.js';
import { pathValues } from './path-value.js';
import { all, any, atLeast, not, type Truth } from './truth.js';

/** Evaluates a condition and everything in it: Kleene's three values, and a trace that never short-circuits. */
export function evaluateCondition(condition: Condition, bound: Bound, decided: Decided): ConditionTrace {
  decided.case.budget.take();
  const inside = (part: Condition): ConditionTrace => evaluateCondition(part, bound, decided);
  switch (condition.op) {
    case 'all':
    case 'any': {
      const parts = condition.of.map(inside);
      const values = parts.map(({ value }) => value);
      return branch(condition, condition.op === 'all' ? all(values) : any(values), parts);
    }
    case 'not': {
      const part = inside(condition.of);
      return branch(condition, not(part.value), [part]);
    }
    case 'shown': {
      const part = inside(condition.of);
      const against = part.value === null ? (partyOf(condition.by, bound, decided) ?? condition.by) : null;
      return branch(condition, part.value === true, [part], against);
    }
    case 'some':
    case 'every':
    case 'count': {
      const parts = bound.edge.legs.map((leg) => ({
        ...evaluateCondition(condition.of, { ...bound, leg }, decided),
        leg: leg.leg,
      }));
      const values = parts.map(({ value }) => value);
      if (condition.op === 'count') return branch(condition, atLeast(values, condition.atLeast), parts);
      return branch(condition, condition.op === 'some' ? any(values) : all(values), parts);
    }
    default:
      return leaf(condition, answer(condition, bound, decided));
  }
}

function branch(
  condition: Condition,
  value: Truth,
  parts: readonly ConditionTrace[],
  collapsedAgainst: string | null = null,
): ConditionTrace {
  return {
    op: condition.op,
    text: textOf(condition),
    value,
    facts: NOTHING,
    parts,
    collapsedAgainst,
    sensor: NOTHING,
    issues: NOTHING,
    edges: NOTHING,
    leg: null,
    scope: parts.every(({ scope }) => scope),
  };
}

const NOTHING: readonly never[] = [];

const texts = new WeakMap<Condition, string>();

function textOf(condition: Condition): string {
  let text = texts.get(condition);
  if (text === undefined) {
    text = conditionText(condition);
    texts.set(condition, text);
  }
  return text;
}

function leaf(condition: Condition, { edges, facts, issues, scope, sensor, value }: Answer): ConditionTrace {
  return {
    op: condition.op,
    text: textOf(condition),
    value,
    facts: facts ?? NOTHING,
    parts: NOTHING,
    collapsedAgainst: null,
    sensor: sensor ?? NOTHING,
    issues: issues ?? NOTHING,
    edges: edges ?? NOTHING,
    leg: null,
    scope: scope ?? false,
  };
}

function answer(sentence: Sentence, bound: Bound, decided: Decided): Answer {
  const { case: theCase } = decided;
  const { edge, leg } = bound;
  const event = (name: Parameters<typeof eventTime>[2]) => eventTime(theCase, edge, name);
  switch (sentence.op) {
    case 'eq':
    case 'in': {
      const values = pathValues(theCase, bound, sentence.path);
      const wanted = sentence.op === 'eq' ? [sentence.value] : sentence.values;
      const value = values === null ? null : values.some((one) => wanted.includes(one));
      return { value, scope: sentence.path !== 'leg.mode' };
    }
    case 'eq-path': {
      const one = pathValues(theCase, bound, sentence.path);
      const other = pathValues(theCase, bound, sentence.other);
      const value = one === null || other === null ? null : one.some((word) => other.includes(word));
      return { value, scope: true };
    }
    case 'within': {
      const [a, b] = [event(sentence.event), event(sentence.of)];
      return { value: isWithin(a, sentence.period, b), facts: [...(a?.facts ?? []), ...(b?.facts ?? [])] };
    }
    case 'elapsed': {
      const [act, after] = [event(sentence.event), event(sentence.after)];
      const closed = sentence.event === 'event.notified';
      const asOf = theCase.dispute.asOf.utcS;
      const value = hasElapsed(act, sentence.period, after, closed, asOf);
      return { value, facts: [...(act?.facts ?? []), ...(after?.facts ?? [])] };
    }
    case 'before':
      return { value: isBefore(event(sentence.event), event(sentence.other)) };
    case 'after':
      return { value: isBefore(event(sentence.other), event(sentence.event)) };
    case 'overlaps':
      return { value: overlapsSurely(event(sentence.event), event(sentence.other)) };
    case 'during':
      return { value: leg === null ? null : isDuring(event(sentence.event), leg.time) };
    case 'issue':
      return issueAnswer(sentence, bound, decided);
    case 'edge':
      return edgeAnswer(sentence, bound, decided);
    case 'amount': {
      if (edge.claims.length === 0 || edge.head !== sentence.head) return { value: null, scope: true };
      const claimed = edge.claims.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
      return { value: compareAmount(claimed, BigInt(sentence.amountMinor), sentence.compare), scope: true };
    }
    case 'same-party': {
      const [one, other] = sentence.roles.map((role) =>
        partiesWith(theCase.dispute, role).map(({ id }) => id),
      );
      return { value: one!.some((id) => other!.includes(id)), scope: true };
    }
    default:
      return evidenceAnswer(sentence, bound, decided);
  }
}

function compareAmount(claimed: bigint, figure: bigint, compare: 'lt' | 'le' | 'gt' | 'ge'): boolean {
  if (compare === 'lt') return claimed < figure;
  if (compare === 'le') return claimed <= figure;
  return compare === 'gt' ? claimed > figure : claimed >= figure;
}

/** Undetermined is unknown unless that very word is asked for; not-found is matched by not-raised too. */
function issueAnswer(sentence: SentenceWith<'issue'>, { edge, leg }: Bound, decided: Decided): Answer {
  const { damage, journey } = edge;
  const aboutLeg = decided.case.rules.issues.get(sentence.issue)!.about.includes('leg');
  const issues: IssueDecision[] = [];
  if (sentence.edge === null) {
    const at = aboutLeg ? leg : null;
    if (!aboutLeg || leg !== null) issues.push(decided.issue(edge, sentence.issue, at));
  } else {
    const on = decided.edges.filter(
      (other) =>
        other.template.name === sentence.edge &&
        other.damage === damage &&
        (other.journey === null || journey === null || other.journey === journey),
    );
    for (const one of on) {
      for (const at of aboutLeg ? one.legs : NO_LEG) issues.push(decided.issue(one, sentence.issue, at));
    }
  }
  const value = any(issues.map(({ status }) => matchesIssue(status, sentence.is)));
  return { value, issues };
}

const NO_LEG = [null];

function matchesIssue(status: IssueDecision['status'], asked: IssueDecision['status']): Truth {
  if (asked === 'undetermined') return status === 'undetermined';
  if (status === 'undetermined') return null;
  if (asked === 'not-found') return status !== 'found';
  return status === asked;
}

function edgeAnswer(sentence: SentenceWith<'edge'>, { edge, leg }: Bound, decided: Decided): Answer {
  const edges = decided.edges
    .filter(
      (other) =>
        other.template.name === sentence.edge &&
        other.damage === edge.damage &&
        (other.journey === null || edge.journey === null || other.journey === edge.journey) &&
        (!sentence.ofLegHolder ||
          (leg !== null &&
            other.debtor === leg.holder &&
            other.legs.some(({ index }) => index === leg.index))),
    )
    // One debt is not owed because another is: where the other kind of claim knows this head, only that counts.
    .filter((other, _, all) => other.head === edge.head || all.every(({ head }) => head !== edge.head))
    .map((other) => decided.edge(other));
  const value = any(
    edges.map(({ leg: at, status }): Truth => {
      if (sentence.is === 'refer') return status === 'refer';
      if (status === 'refer') return null;
      // Of the holder of several legs only the leg that made it liable counts.
      const here = !sentence.ofLegHolder || status !== 'liable' || at === null || at === leg?.leg;
      return status === sentence.is && here;
    }),
  );
  return { value, edges };
}
