import type {
  Basis,
  ConditionTrace,
  EdgeDecision,
  IssueDecision,
  Location,
  RuleReading,
} from './decisions.js';
import { proSide } from './edge-case.js';

/** Stronger before weaker: of several rules that each suffice the strongest counts. */
const STRENGTH: readonly Basis[] = ['proven', 'burden-default', 'presumption'];

/**
 * Why a liable edge is liable, from the trace of a rule that made it so: by presumption if an issue it needed stands by
 * one or the leg is known only by elimination; by default of burden if the debtor tried to prove an exception and
 * failed; else proven.
 */
export function basisOfLiable(reading: RuleReading, location: Location | null): Basis {
  const copied = edgesRead(reading.if).find(({ status }) => status === 'liable');
  if (copied !== undefined) return copied.basis;
  const needed = decisiveFor(reading.if, true);
  if (location === 'inferred' || needed.some(({ by }) => by === 'presumption')) return 'presumption';
  const failed = reading.proven.flatMap(({ decisions }) => decisions).some(isFailedByDebtor);
  return failed || needed.some(({ by }) => by === 'burden') ? 'burden-default' : 'proven';
}

function isFailedByDebtor({ edge, issue, pro, status }: IssueDecision): boolean {
  return proSide(edge, issue.pro) === 'debtor' && status !== 'found' && pro > 0;
}

/** Of several rules that made the edge liable the one that stands best. */
export function strongest(bases: readonly Basis[]): Basis {
  return STRENGTH.find((basis) => bases.includes(basis)) ?? 'burden-default';
}

/**
 * Why an edge that no rule made liable is not: an exception was proven; a presumption stood for the debtor; the
 * counter-evidence meets the standard by itself; or the creditor bears the burden and showed too little. Of several
 * rules the weakest reason counts, for each of them alone would have made the edge liable.
 *
 * @param readings rules that failed, without those that speak of another kind of dispute
 */
export function basisOfNotLiable(readings: readonly RuleReading[]): Basis {
  const failed = readings.map(basisOfFailure);
  if (failed.includes('exception')) return 'exception';
  if (failed.length === 0 || failed.includes('burden-default')) return 'burden-default';
  return failed.includes('presumption') ? 'presumption' : 'proven';
}

/** Did the rule fail on what the dispute states, or on a sentence that no burden is attached to? Then it speaks of another kind of dispute. */
export function isOutOfScope({ if: wanted, unless }: RuleReading): boolean {
  if (unless.some(({ value }) => value === true)) return true;
  return wanted.some((trace) => trace.value === false && !hasBurden(trace));
}

function hasBurden(trace: ConditionTrace): boolean {
  return trace.issues.length > 0 || trace.edges.length > 0 || trace.parts.some(hasBurden);
}

function basisOfFailure(reading: RuleReading): Basis {
  const missing = reading.if.filter(({ value }) => value === false);
  if (missing.length === 0) return 'exception';
  const [copied] = edgesRead(missing);
  if (copied !== undefined) return copied.basis === 'time-bar' ? 'burden-default' : copied.basis;
  const issues = decisiveFor(missing, false);
  if (issues.some(({ by }) => by === 'evidence')) return 'proven';
  return issues.some(({ by }) => by === 'presumption') ? 'presumption' : 'burden-default';
}

/** Edges that conditions, or anything in them, asked about, in the order of asking. */
export function edgesRead(traces: readonly ConditionTrace[]): readonly EdgeDecision[] {
  const found: EdgeDecision[] = [];
  const collect = ({ edges, parts }: ConditionTrace): void => {
    found.push(...edges);
    parts.forEach(collect);
  };
  traces.forEach(collect);
  return found;
}

/** Issues in conditions whose outcome is why they hold, or why they do not. */
function decisiveFor(traces: readonly ConditionTrace[], value: boolean): readonly IssueDecision[] {
  const found: IssueDecision[] = [];
  const collect = (trace: ConditionTrace): void => {
    // Inside a combination each part counts that is known at all.
    if (trace.parts.length === 0 && trace.value !== null) found.push(...trace.issues);
    trace.parts.forEach(collect);
  };
  for (const trace of traces) if (trace.parts.length > 0 || trace.value === value) collect(trace);
  return found;
}
