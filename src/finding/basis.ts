import type {
  Basis,
  ConditionTrace,
  EdgeDecision,
  IssueDecision,
  Location,
  RuleReading,
} from './decisions.js';
import { proSide } from './edge-case.js';
import type { DecidedBy } from './presumption.js';

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
  const needed = weakest(
    reading.if.map((trace) => standsBy(trace, true, CARRYING)),
    CARRYING,
  );
  if (location === 'inferred' || needed === 'presumption') return 'presumption';
  const failed = reading.proven.flatMap(({ decisions }) => decisions).some(isFailedByDebtor);
  return failed || needed === 'burden' ? 'burden-default' : 'proven';
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
  const by = firmest(
    missing.map((trace) => standsBy(trace, false, DEFEATING)),
    DEFEATING,
  );
  if (by === 'evidence') return 'proven';
  return by === 'presumption' ? 'presumption' : 'burden-default';
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

/** How conditions are weighed: what they can stand by, the firmest first. */
type Weighing = readonly DecidedBy[];

/** What carries a liability is no firmer than the least firm outcome it needs. */
const CARRYING: Weighing = ['evidence', 'burden', 'presumption'];
const DEFEATING: Weighing = ['evidence', 'presumption', 'burden'];

/**
 * What a condition stands by in being true, or false: where all its parts are needed by the least firm of them, where one
 * suffices by the firmest of those that are so. Null where it stands by nothing that counts, or is not so.
 */
function standsBy(trace: ConditionTrace, value: boolean, weighing: Weighing): DecidedBy | null {
  const { issues, op, parts } = trace;
  if (trace.value !== null && trace.value !== value) return null;
  if (parts.length === 0) {
    if (trace.value === null) return null;
    if (issues.length === 0) return weighing === CARRYING ? 'evidence' : null;
    return weakest(
      issues.map(({ by }) => by),
      weighing,
    );
  }
  const inner = op === 'not' ? !value : value;
  const found = parts.map((part) => standsBy(part, inner, weighing));
  // A claim that fails in all it might have rested on is told by what defeats it most firmly.
  const oneSuffices =
    weighing === DEFEATING || (value ? op === 'any' || op === 'some' : op === 'all' || op === 'every');
  return oneSuffices ? firmest(found, weighing) : weakest(found, weighing);
}

function firmest(found: readonly (DecidedBy | null)[], order: Weighing): DecidedBy | null {
  return order.find((by) => found.includes(by)) ?? null;
}

function weakest(found: readonly (DecidedBy | null)[], order: Weighing): DecidedBy | null {
  return order.findLast((by) => found.includes(by)) ?? null;
}
