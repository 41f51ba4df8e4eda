import { agreedTerm } from '../facts/agreement-facts.js';
import type { CustodyInterval } from '../facts/custody.js';
import type { ExcludedPart } from '../facts/exclusion.js';
import type { Issue } from '../rules/pack.js';
import type { Effect, GradeSource } from '../rules/rule.js';
import { addGrades, argumentsOf, hurtBy } from './arguments.js';
import type {
  Argument,
  ConditionTrace,
  Decided,
  EdgeDesk,
  Fork,
  IssueDecision,
  RuleReading,
} from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { forkings } from './forks.js';
import type { Grade } from './grade.js';
import { type Presumption, type Weighed, weigh } from './presumption.js';
import { meetsStandard } from './standard.js';

/** The outcome of an issue under one choice of what the unknown rules do. */
interface Outcome {
  readonly weighed: Weighed;
  readonly raised: boolean;
  readonly arguments: readonly Argument[];
  readonly presumptions: readonly Presumption[];
  readonly burden: 'pro' | 'con';
  readonly standard: IssueDecision['standard'];
  readonly pro: number;
  readonly con: number;
}

/** Decides an issue on an edge, and a leg where it is about one: arguments, allocation, presumptions, weighing, forks. */
export function decideIssue(
  decided: Decided,
  edge: EdgeCase,
  issue: Issue,
  leg: CustodyInterval | null,
  readings: readonly RuleReading[],
): IssueDecision {
  const desk = decided.desk(edge);
  const shown = argumentsOf(decided.case, desk, issue, leg);
  const named = isNamed(decided, edge, issue);
  const forking = forkings(readings, decided.case.rules);
  const { choices } = forking;
  // With everything unknown left out: what is kept when it does not matter.
  const first = outcome(decided, desk, issue, shown, choices[0]!);
  const status = statusOf(first, named);
  let matters = forking.tooMany;
  for (const holding of choices.slice(1)) {
    const other = statusOf(outcome(decided, desk, issue, shown, holding), named);
    matters ||= reads(other) !== reads(status);
  }
  const forks = forking.unknown.map(({ leg: at, rule }): Fork => ({ leg: at, matters, rule: rule.id }));
  return {
    edge,
    issue,
    leg: leg?.leg ?? null,
    status: matters ? 'undetermined' : status,
    by: first.weighed.by,
    pro: first.pro,
    con: first.con,
    burden: first.burden,
    standard: first.standard,
    arguments: first.arguments,
    presumptions: first.presumptions,
    fallen: first.weighed.fallen,
    stood: first.weighed.stood,
    rebutted: first.weighed.rebutted,
    notNeeded: first.weighed.notNeeded,
    rules: readings,
    forks,
  };
}

function statusOf({ raised, weighed }: Outcome, named: boolean): IssueDecision['status'] {
  return raised || named ? weighed.status : 'not-raised';
}

/** Not raised reads as not found. */
function reads(status: IssueDecision['status']): string {
  return status === 'not-raised' ? 'not-found' : status;
}

function outcome(
  decided: Decided,
  desk: EdgeDesk,
  issue: Issue,
  shown: readonly Argument[],
  holding: readonly RuleReading[],
): Outcome {
  const { evidence } = decided.case.rules;
  const all = [...shown];
  let { burden, standard } = issue;
  const presumptions: Presumption[] = [];
  for (const reading of holding) {
    const { rule } = reading;
    const { effect } = rule;
    if (effect.kind === 'argue') {
      all.push(ruleArgument(decided, desk, issue, reading, effect));
    } else if (effect.kind === 'allocate') {
      burden = effect.to;
      standard = effect.standard ?? standard;
    } else if (effect.kind === 'presume') {
      const { is, rebut, weight } = effect;
      presumptions.push({ rule: rule.id, is, rebut, weight, standard: effect.standard });
    } else if (effect.kind === 'adverse') {
      presumptions.push({
        rule: rule.id,
        is: effect.is,
        rebut: 'contrary',
        weight: effect.weight,
        standard: null,
      });
    }
  }
  let pro = 0;
  let con = 0;
  for (const { grade, side } of all) {
    if (side === 'pro') pro = Math.max(pro, grade);
    else con = Math.max(con, grade);
  }
  const weighed = weigh({ pro, con, burden, standard, presumptions }, (name, a, b) =>
    meetsStandard(evidence, name, a, b),
  );
  const silent = pro === 0 && con === 0 && weighed.status === 'not-found' && weighed.by === 'burden';
  return { weighed, raised: !silent, arguments: all, presumptions, burden, standard, pro, con };
}

/** A defence or a pleading that names the issue raises it, even with nothing to show. */
function isNamed({ case: { dispute } }: Decided, edge: EdgeCase, issue: Issue): boolean {
  return (
    dispute.defences.some((one) => one.edge === edge.template.name && one.issue === issue.name) ||
    dispute.pleadings.some(
      ({ issue: name, party, position }) =>
        name === issue.name && position !== 'silent' && (party === edge.creditor || party === edge.debtor),
    )
  );
}

function ruleArgument(
  decided: Decided,
  desk: EdgeDesk,
  issue: Issue,
  reading: RuleReading,
  effect: Extract<Effect, { readonly kind: 'argue' }>,
): Argument {
  const hurt = hurtBy(desk, issue)[effect.side];
  const sources = effect.gradeFrom.map((source) => sourceGrades(decided, desk, reading, source, hurt));
  const rests = sources.flat();
  // A source that is not there carries nothing, whatever the others say.
  const missing = sources.some((grades) => grades.length === 0);
  return {
    side: effect.side,
    grade: missing ? 0 : rests.reduce((low, one) => Math.min(low, one.grade), 5),
    by: 'rule',
    source: reading.leg === null ? reading.rule.id : `${reading.rule.id} ${reading.leg}`,
    how: null,
    rests,
    defeatedBy: [],
  };
}

function sourceGrades(
  decided: Decided,
  desk: EdgeDesk,
  reading: RuleReading,
  source: GradeSource,
  hurt: string,
): readonly Grade[] {
  const { facts } = decided.case;
  if (source === 'sensor') {
    const grades: Grade[] = [];
    addGrades(grades, decided.case, desk, reading.if.flatMap(sensorParts), hurt);
    return grades;
  }
  const { creditor, debtor } = desk.edge;
  const term = agreedTerm(facts, source.slice('agreed.'.length), creditor, debtor);
  return term.status === 'present' ? [desk.grader.grade(term.fact, hurt)] : [];
}

function sensorParts(trace: ConditionTrace): readonly ExcludedPart[] {
  return [...trace.sensor, ...trace.parts.flatMap(sensorParts)];
}
