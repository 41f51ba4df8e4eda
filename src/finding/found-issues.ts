import { compareText } from '../rules/terms.js';
import type { DamageCase } from './case.js';
import type { Argument, ConditionTrace, IssueDecision, RuleReading } from './decisions.js';
import type { FoundIssue, FoundPresumption, WhyNot } from './finding-form.js';
import type { CaseDecisions } from './issue-graph.js';

/** Every issue that was decided, by edge, then issue and leg. */
export function foundIssues(decisions: CaseDecisions): readonly FoundIssue[] {
  return decisions.edges.flatMap((edge) =>
    [...decisions.issuesOf(edge)].sort(byIssueAndLeg).map((decision) => foundIssue(decision)),
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
    arguments: [...decision.arguments]
      .sort((a, b) => compareText(b.side, a.side) || b.grade - a.grade || compareText(a.source, b.source))
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

const namesOf = new WeakMap<DamageCase, ReadonlyMap<string, string>>();

/** Short names of the derivations of a damage, by their ids: the boundary and a number from 1. */
export function derivationNames(damage: DamageCase): ReadonlyMap<string, string> {
  let names = namesOf.get(damage);
  if (names === undefined) {
    names = new Map(
      damage.timeline.states.flatMap(({ boundary, derivations }) =>
        derivations.map(({ id }, index) => [id, `${boundary.id}.${index + 1}`] as const),
      ),
    );
    namesOf.set(damage, names);
  }
  return names;
}

/** Rules that did not hold, edge by edge, with the conditions that were not met. */
export function foundWhyNot(decisions: CaseDecisions): readonly WhyNot[] {
  return decisions.edges.flatMap((edge) => {
    const ofIssues = decisions.issuesOf(edge).flatMap(({ rules }) => rules);
    const readings = [...decisions.edge(edge).readings, ...ofIssues].filter(({ value }) => value !== true);
    const found = new Map(
      readings.map((reading) => [`${reading.rule.id} ${reading.leg ?? ''}`, whyNot(edge.id, reading)]),
    );
    return [...found.values()].sort(
      (a, b) => compareText(a.rule, b.rule) || legNumber(a.leg) - legNumber(b.leg),
    );
  });
}

function whyNot(edge: string, reading: RuleReading): WhyNot {
  const value = reading.value === false ? false : null;
  const failing = (traces: readonly ConditionTrace[], bad: boolean | null): readonly string[] =>
    traces.filter((trace) => trace.value === bad).map(({ text }) => text);
  const unless = failing(reading.unless, value === false ? true : null).map((text) => `unless ${text}`);
  const proven = reading.proven
    .filter((one) => one.value === (value === false ? true : null))
    .map(({ issue }) => `unless proven: ${issue}`);
  return {
    edge,
    failedConditions: [...failing(reading.if, value), ...unless, ...proven],
    leg: reading.leg,
    rule: reading.rule.id,
    value: value === false ? 'false' : 'unknown',
  };
}
