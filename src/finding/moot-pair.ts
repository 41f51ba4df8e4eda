import { type Condition, partsOf } from '../rules/condition.js';
import type { Rule } from '../rules/rule.js';
import type { RuleSet, TemplateRules } from '../rules/rule-set.js';
import type { Hypothesis } from './hypothesis.js';
import { NEUTRAL } from './hypothetical-facts.js';

/** What an issue has for it and against it, by edge, issue and leg. */
export type IssueGrades = ReadonlyMap<string, { readonly pro: number; readonly con: number }>;

/**
 * Does adding both of two hypotheses come to what one of them alone comes to? What shows a state, a cause or an incident
 * argues by itself, and of arguments only the best counts: where one of two is on no side of any issue better than the
 * other, it adds nothing to it. Recordings and seals are another matter, for they carry a state from one place to the
 * next; so are rules that ask for a state without an issue between.
 */
export function isMoot(one: Hypothesis, other: Hypothesis, a: IssueGrades, b: IssueGrades): boolean {
  if (!arguesAlone(one) || !arguesAlone(other) || mayLift(one, other)) return false;
  return isWithin(a, b) || isWithin(b, a);
}

/** Two records of the two sides lift one another; an expert's report and a record of nobody's side need no lift. */
function mayLift(one: Hypothesis, other: Hypothesis): boolean {
  const signers = ({ facts }: Hypothesis): readonly string[] =>
    facts.flatMap(({ predicate, prov: { kind, signer } }) =>
      predicate === 'condition' && kind !== 'accredited-full' && signer !== NEUTRAL ? [signer] : [],
    );
  return signers(one).some((signer) => signers(other).some((another) => another !== signer));
}

function arguesAlone({ facts }: Hypothesis): boolean {
  return facts.every(
    (fact) =>
      fact.predicate === 'condition' ||
      fact.predicate === 'cause' ||
      (fact.predicate === 'incident' && fact.by === NEUTRAL),
  );
}

function isWithin(weak: IssueGrades, strong: IssueGrades): boolean {
  if (weak.size !== strong.size) return false;
  for (const [name, { con, pro }] of weak) {
    const better = strong.get(name);
    if (better === undefined || better.pro < pro || better.con < con) return false;
  }
  return true;
}

/** The edge templates on whose issues the status of one of them hangs, itself among them. */
export function templatesRead(rules: RuleSet, template: string): ReadonlySet<string> {
  const found = new Set([template]);
  // What is added while going through is gone through as well.
  for (const name of found) {
    const own = rules.byTemplate.get(name);
    if (own === undefined) continue;
    for (const rule of decidingRules(own)) {
      for (const condition of [...rule.if, ...rule.unless]) addEdges(found, condition);
    }
  }
  return found;
}

function addEdges(found: Set<string>, condition: Condition): void {
  if ((condition.op === 'edge' || condition.op === 'issue') && condition.edge !== null)
    found.add(condition.edge);
  for (const part of partsOf(condition)) addEdges(found, part);
}

function decidingRules({ bar, byIssue, liable, refer }: TemplateRules): readonly Rule[] {
  return [...bar, ...refer, ...liable, ...[...byIssue.values()].flat()];
}

/** Does a rule ask of what the records show without an issue between, which alone says for and against? */
export function asksDirectly({ templates }: RuleSet): boolean {
  const asks = (rule: Rule): boolean => [...rule.if, ...rule.unless].some(isDirect);
  return templates.some((own) => decidingRules(own).some(asks));
}

function isDirect(condition: Condition): boolean {
  switch (condition.op) {
    case 'state':
    case 'asserted':
    case 'located':
      return true;
    case 'has':
      return condition.predicate === 'cause' || condition.predicate === 'incident';
    default:
      return partsOf(condition).some(isDirect);
  }
}
