import type { Decided, EdgeDecision, RuleReading } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { displacing, effective } from './forks.js';
import { difference, multiply, type Rational, rational, sum } from './rational.js';
import { type FoundReason, reasonOf } from './reasons.js';
import { actingRules, openConditions } from './rule-reading.js';

/** What part of a loss the debtor of an edge bears, and who said so. */
export interface EdgeShare {
  /** The part all debtors of the debt bear; the creditor bears the rest. */
  readonly debtors: Rational;
  /** This debtor's part among them. */
  readonly among: Rational;
  readonly basis: 'rule' | 'equal' | 'agreed' | 'discretion';
  /** Rule that leaves a part with the creditor; null for none. */
  readonly by: string | null;
  /** Why the part is not known; null where it is. */
  readonly open: FoundReason | null;
}

const ALL = rational(1n);

/**
 * Shares of an edge among the `debtors` of its debt: what the parties settled on goes first, then what a rule says, then
 * equal parts. A share that law leaves to a court's discretion is never guessed.
 */
export function shareOf(decided: Decided, edge: EdgeCase, debtors: readonly EdgeDecision[]): EdgeShare {
  const parties = [...new Set(debtors.map((one) => one.edge.debtor))];
  const own = settled(decided, edge, edge.debtor);
  const each = parties.map((party) => settled(decided, edge, party));
  const allSettled = own !== null && each.every((one) => one !== null);
  const together = each.reduce<Rational>((all, one) => sum(all, one ?? rational(0n)), rational(0n));
  const among =
    allSettled && together.n > 0n
      ? rational(own.n * together.d, own.d * together.n)
      : rational(1n, BigInt(Math.max(parties.length, 1)));
  const plain = parties.length > 1 ? 'equal' : 'rule';
  const creditors = settled(decided, edge, edge.creditor);
  if (creditors !== null) {
    return { debtors: difference(ALL, creditors), among, basis: 'agreed', by: null, open: null };
  }
  if (allSettled) return { debtors: together, among, basis: 'agreed', by: null, open: null };
  return { among, ...ruled(decided, edge, plain) };
}

/** The part of the damage that a party bears by agreement of all; null where they agreed on none. */
function settled({ case: { dispute } }: Decided, { damage }: EdgeCase, party: string): Rational | null {
  const found = dispute.shares.find((one) => one.damage === damage.damage.id && one.party === party);
  return found === undefined ? null : rational(BigInt(found.share[0]), BigInt(found.share[1]));
}

function ruled(decided: Decided, edge: EdgeCase, plain: 'rule' | 'equal'): Omit<EdgeShare, 'among'> {
  const readings = actingRules(edge.rules.share, edge, decided);
  const [first] = effective(
    readings.filter(({ value }) => value === true),
    decided.case.rules,
  );
  const unknown = displacing(readings, decided.case.rules);
  if (unknown !== null && partIn(unknown) !== partIn(first)) {
    const open = reasonOf('share-unknown', unknown.rule.id, openConditions(unknown));
    return { debtors: ALL, basis: plain, by: unknown.rule.id, open };
  }
  if (first === undefined || first.rule.effect.kind !== 'share') {
    return { debtors: ALL, basis: plain, by: null, open: null };
  }
  const { id, effect } = first.rule;
  if (effect.is === 'discretion') {
    return { debtors: ALL, basis: 'discretion', by: id, open: reasonOf('share-at-discretion', id) };
  }
  const [n, d] = effect.is;
  return { debtors: rational(BigInt(n), BigInt(d)), basis: 'rule', by: id, open: null };
}

function partIn(reading: RuleReading | undefined): string | null {
  return reading?.rule.effect.kind === 'share' ? String(reading.rule.effect.is) : null;
}

/** The debtor's part of the whole loss. */
export function partOf({ among, debtors }: EdgeShare): Rational {
  return multiply(debtors, among);
}
