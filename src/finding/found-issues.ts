import { inOrder } from '../facts/order.js';
import type { StateTimeline } from '../facts/state-timeline.js';
import { compareText } from '../rules/terms.js';
import type { DamageCase } from './case.js';
import type { Argument, IssueDecision, RuleReading } from './decisions.js';
import type { FoundIssue, FoundPresumption, WhyNot } from './finding-form.js';
import type { CaseDecisions } from './issue-graph.js';

/** Every issue that was decided, by edge, then issue and leg. */
export function foundIssues(decisions: CaseDecisions): readonly FoundIssue[] {
  return decisions.edges.flatMap((edge) =>
    inOrder([...decisions.issuesOf(edge)], byIssueAndLeg).map(foundIssue),
  );
}

function byIssueAndLeg(a: IssueDecision, b: IssueDecision): number {
  return compareText(a.issue.name, b.issue.name) || legNumber(a.leg) - legNumber(b.leg);
}

/** `leg-10` comes after `leg-9`. */
function legNumber(leg: string | null): number {
  return leg === null ? 0 : Number(leg.slice('leg-'.length));
}

/** More arguments than this on one issue are counted, not told: only a hostile case has them. */
const MOST_SHOWN = 128;

function foundIssue(decision: IssueDecision): FoundIssue {
  const names = derivationNames(decision.edge.damage);
  return {
    arguments: inOrder([...decision.arguments], bestFirst)
      .slice(0, MOST_SHOWN)
      .map((one) => foundArgument(one, names)),
    burden: decision.burden,
    by: decision.by,
    con: decision.con,
    edge: decision.edge.id,
    forks: decision.forks,
    issue: decision.issue.name,
    leg: decision.leg,
    omittedArguments: Math.max(0, decision.arguments.length - MOST_SHOWN),
    presumptions: decision.presumptions.map(({ is, rebut, rule, weight }): FoundPresumption => {
      const state = decision.fallen.includes(rule)
        ? 'fallen'
        : decision.rebutted.includes(rule)
          ? 'rebutted'
          : decision.notNeeded
            ? 'not-needed'
            : 'stands';
      return { is, rebut, rule, state, weight };
    }),
    pro: decision.pro,
    standard: decision.standard,
    status: decision.status,
  };
}

function bestFirst(a: Argument, b: Argument): number {
  return compareText(b.side, a.side) || b.grade - a.grade || compareText(a.source, b.source);
}

// Members in the order in which the digest takes them: there are many of these, and sorting costs.
function foundArgument(
  { by, defeatedBy, grade, how, rests, side, source }: Argument,
  names: ReadonlyMap<string, string>,
): Argument {
  return {
    by,
    defeatedBy,
    grade,
    how,
    rests,
    side,
    source: by === 'derivation' ? (names.get(source) ?? source) : source,
  };
}

const namesOf = new WeakMap<StateTimeline, ReadonlyMap<string, string>>();

/** Short names of the derivations of a damage, by their ids: the boundary and a number from 1. */
export function derivationNames({ timeline }: DamageCase): ReadonlyMap<string, string> {
  let names = namesOf.get(timeline);
  if (names === undefined) {
    names = new Map(
      timeline.states.flatMap(({ boundary, derivations }) =>
        derivations.map(({ id }, index) => [id, `${boundary.id}.${index + 1}`] as const),
      ),
    );
    namesOf.set(timeline, names);
  }
  return names;
}

/** Rules that did not hold, edge by edge, with the conditions that were not met. */
export function foundWhyNot(decisions: CaseDecisions): readonly WhyNot[] {
  return decisions.edges.flatMap((edge) => {
    const found = new Map<string, WhyNot>();
    const add = (reading: RuleReading): void => {
      if (reading.value === true) return;
      found.set(`${reading.rule.id} ${reading.leg ?? ''}`, whyNot(edge.id, reading));
    };
    decisions.edge(edge).readings.forEach(add);
    for (const { rules } of decisions.issuesOf(edge)) rules.forEach(add);
    return inOrder(
      [...found.values()],
      (a, b) => compareText(a.rule, b.rule) || legNumber(a.leg) - legNumber(b.leg),
    );
  });
}

function whyNot(edge: string, reading: RuleReading): WhyNot {
  const value = reading.value === false ? false : null;
  const against = value === false ? true : null;
  const failedConditions: string[] = [];
  for (const one of reading.if) if (one.value === value) failedConditions.push(one.text);
  for (const one of reading.unless) if (one.value === against) failedConditions.push(`unless ${one.text}`);
  for (const one of reading.proven) {
    if (one.value === against) failedConditions.push(`unless proven: ${one.issue}`);
  }
  return {
    edge,
    failedConditions,
    leg: reading.leg,
    rule: reading.rule.id,
    value: value === false ? 'false' : 'unknown',
  };
}
