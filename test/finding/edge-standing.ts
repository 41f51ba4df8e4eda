import { edgesRead } from '../../src/finding/basis.js';
import type { Argument, ConditionTrace, EdgeDecision, IssueDecision } from '../../src/finding/decisions.js';
import { type EdgeCase, proSide } from '../../src/finding/edge-case.js';
import type { Assessment } from '../../src/finding/finding.js';

export type Side = 'creditor' | 'debtor';

/** How an edge stands for its debtor, better first; for the creditor the other way round. */
const STANDS: readonly EdgeDecision['status'][] = ['barred', 'not-liable', 'refer', 'liable'];

/** The greater, the better for the side. An edge that is not there binds nobody. */
export function standing(edge: EdgeDecision | undefined, side: Side): number {
  const rank = Math.max(1, STANDS.indexOf(edge?.status ?? 'not-liable'));
  return side === 'debtor' ? -rank : rank;
}

export function decisionOf({ decisions }: Assessment, id: string): EdgeDecision | undefined {
  const edge = decisions.edges.find((one) => one.id === id);
  return edge === undefined ? undefined : decisions.edge(edge);
}

/** Whom an argument helps. */
function sideOf(edge: EdgeCase, { issue }: IssueDecision, { side }: Argument): Side | null {
  const pro = proSide(edge, issue.pro);
  return pro === null ? null : (side === 'pro') === (pro === 'creditor') ? 'creditor' : 'debtor';
}

/**
 * Whom the facts of a record help on an edge, issue by issue; null where they do more than argue. To take an argument from
 * the one side, by contradicting a recording or by breaking what excluded a leg, is to help the other.
 */
export function helpedBy(
  before: Assessment,
  after: Assessment,
  edge: EdgeCase,
  record: string,
): ReadonlySet<Side> | null {
  const { decisions } = after;
  const own = (fact: string): boolean => fact.startsWith(`${record}#`);
  const reads = ({ facts, parts }: ConditionTrace): boolean => facts.some(own) || parts.some(reads);
  const found = new Set<Side>();
  const readings = [...decisions.edge(edge).readings];
  const left = new Map<string, number>();
  for (const one of decisions.issuesOf(edge)) {
    readings.push(...one.rules);
    for (const argument of one.arguments) {
      left.set(nameOf(one, argument), argument.grade);
      const side = sideOf(edge, one, argument);
      if (side !== null && argument.rests.some(({ fact }) => own(fact))) found.add(side);
    }
  }
  const same = before.decisions.edges.find(({ id }) => id === edge.id);
  for (const one of same === undefined ? [] : before.decisions.issuesOf(same)) {
    for (const argument of one.arguments) {
      const side = sideOf(edge, one, argument);
      if (side === null || (left.get(nameOf(one, argument)) ?? 0) >= argument.grade) continue;
      found.add(side === 'creditor' ? 'debtor' : 'creditor');
    }
  }
  const traces = readings.flatMap(({ if: wanted, unless }) => [...wanted, ...unless]);
  // What makes another edge liable on which this one rests helps the same side here.
  for (const { edge: other } of edgesRead(traces)) {
    const there = other === edge ? null : helpedBy(before, after, other, record);
    if (there === null) return null;
    for (const side of there) found.add(side);
  }
  return traces.some(reads) ? null : found;
}

function nameOf({ issue, leg }: IssueDecision, { by, how, rests, side, source }: Argument): string {
  // Derivations are numbered as they come: what they rest on names them.
  const facts = rests.map(({ fact }) => fact).join(' ');
  return [issue.name, leg, side, by, how, by === 'derivation' ? facts : source].join('|');
}
