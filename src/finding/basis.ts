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
  const edges = reading.if.flatMap(edgesRead).filter(({ status }) => status === 'liable');
  const [copied] = edges;
  if (copied !== undefined) return copied.basis;
  const needed = reading.if.flatMap((trace) => decisiveFor(trace, true));
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
  const edges = missing.flatMap(edgesRead);
  const [copied] = edges;
  if (copied !== undefined) return copied.basis === 'time-bar' ? 'burden-default' : copied.basis;
  const issues = missing.flatMap((trace) => decisiveFor(trace, false));
  if (issues.some(({ by }) => by === 'evidence')) return 'proven';
  return issues.some(({ by }) => by === 'presumption') ? 'presumption' : 'burden-default';
}

function edgesRead(trace: ConditionTrace): readonly EdgeDecision[] {
  return [...trace.edges, ...trace.parts.flatMap(edgesRead)];
}

/** Issues in a condition whose outcome is why it holds, or why it does not. */
export function decisiveFor(trace: ConditionTrace, value: boolean): readonly IssueDecision[] {
  if (trace.parts.length === 0) return trace.value === value ? trace.issues : [];
  return trace.parts.flatMap((part) => [...decisiveFor(part, true), ...decisiveFor(part, false)]);
}
