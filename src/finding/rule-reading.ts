import type { CustodyInterval } from '../facts/custody.js';
import { civilDateOf } from '../rules/civil-date.js';
import type { Condition } from '../rules/condition.js';
import type { Rule } from '../rules/rule.js';
import type { FindingCase } from './case.js';
import type { ConditionTrace, Decided, ProvenTrace, RuleReading } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { evaluateCondition } from './evaluate-condition.js';
import { and, any, not, type Truth } from './truth.js';

/** Is this the version of the rule that holds for the edge? */
export function isInForce({ dispute }: FindingCase, edge: EdgeCase, { appliesBy, inForce }: Rule): boolean {
  const { contractDate, utcOffsetMin } = dispute.law;
  const date =
    appliesBy === 'contractDate'
      ? contractDate
      : civilDateOf(
          appliesBy === 'eventDate' ? edge.damage.damage.discoveredAt.utcS : dispute.openedAt.utcS,
          utcOffsetMin,
        );
  return inForce.from <= date && (inForce.to === null || date <= inForce.to);
}

/** The legs a rule is bound to on an edge: each of them, or none where the rule is not about legs. */
export function bindings(rule: Rule, edge: EdgeCase): readonly (CustodyInterval | null)[] {
  // Where there is no notice, a rule about each notice has nothing to say.
  if (rule.each.includes('notice') && edge.damage.notices.length === 0) return [];
  return rule.each.includes('leg') ? edge.legs : [null];
}

/** Reads a rule on an edge and leg: every condition is evaluated, whatever the others say. */
export function readRule(
  rule: Rule,
  edge: EdgeCase,
  leg: CustodyInterval | null,
  decided: Decided,
): RuleReading {
  const bound = { edge, leg };
  const evaluate = (condition: Condition): ConditionTrace => evaluateCondition(condition, bound, decided);
  const wanted = rule.if.map(evaluate);
  const unless = rule.unless.map(evaluate);
  const proven = rule.unlessProven.map(({ issue, someLeg }): ProvenTrace => {
    const about = decided.case.rules.issues.get(issue)!.about;
    const legs = someLeg ? edge.legs : [about.includes('leg') ? leg : null];
    const decisions = legs.map((each) => decided.issue(edge, issue, each));
    const value = any(decisions.map(({ status }) => (status === 'undetermined' ? null : status === 'found')));
    return { issue, value, decisions };
  });
  let value: Truth = true;
  for (const trace of wanted) value = and(value, trace.value);
  for (const trace of unless) value = and(value, not(trace.value));
  for (const trace of proven) value = and(value, not(trace.value));
  return { rule, leg: leg?.leg ?? null, value, if: wanted, unless, proven };
}

/** The readings of rules that are in force on an edge, on every leg they bind. */
export function actingRules(
  rules: readonly Rule[],
  edge: EdgeCase,
  decided: Decided,
): readonly RuleReading[] {
  return rules
    .filter((rule) => isInForce(decided.case, edge, rule))
    .flatMap((rule) => bindings(rule, edge).map((leg) => readRule(rule, edge, leg, decided)));
}

/** What a rule asks that nothing answers, as the pack words it. */
export function openConditions({ if: wanted, proven, unless }: RuleReading): string {
  const open = [...wanted, ...unless].filter(({ value }) => value === null).map(({ text }) => text);
  const issues = proven.filter(({ value }) => value === null).map(({ issue }) => `issue ${issue} is found`);
  return [...new Set([...open, ...issues])].join('; ');
}
