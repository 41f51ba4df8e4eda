import { inOrder } from '../facts/order.js';
import { compareText } from '../rules/terms.js';
import type { ConditionTrace, EdgeDecision, IssueDecision, RuleReading } from './decisions.js';
import type { Dispute } from './dispute.js';
import type { FoundAmount, FoundDebt, FoundEdge, FractionText } from './finding-form.js';
import type { CaseDecisions } from './issue-graph.js';
import { type Quantum, quantumOf } from './quantum.js';
import { apportion, difference, type Rational, rational, roundHalfUp, sum } from './rational.js';
import { type FoundReason, reasonOf } from './reasons.js';
import { openConditions } from './rule-reading.js';
import { type EdgeShare, partOf, shareOf } from './shares.js';
import { StepsExhausted } from './step-budget.js';

/** Edges as the finding says them, and the debts they are edges of. */
export function foundEdges(decisions: CaseDecisions): {
  readonly edges: readonly FoundEdge[];
  readonly debts: readonly FoundDebt[];
} {
  const decided = decisions.edges.map((edge) => decisions.edge(edge));
  const debtors = new Map<string, EdgeDecision[]>();
  for (const one of decided) {
    if (one.status !== 'liable') continue;
    const id = one.edge.debtId;
    const same = debtors.get(id) ?? [];
    same.push(one);
    debtors.set(id, same);
  }
  const found = decided.map((one): Weighed => {
    const sharing = debtors.get(one.edge.debtId) ?? [];
    return { one, ...weighed(decisions, one, one.status === 'liable' ? sharing : [one]) };
  });
  const amounts = wholeShares(found, decisions.case.dispute);
  return {
    edges: found.map((each, index) =>
      foundEdge(decisions, { ...each, quantum: amounts.get(each.one) ?? each.quantum }, index),
    ),
    debts: [...debtors].map(([id, debts]) => {
      const own = found.filter(({ one }) => debts.includes(one));
      return debtOf(
        id,
        own.map(({ one, quantum }) => ({ one, quantum: amounts.get(one) ?? quantum })),
      );
    }),
  };
}

interface Weighed {
  readonly one: EdgeDecision;
  readonly share: EdgeShare;
  readonly quantum: Quantum;
}

function weighed(
  decisions: CaseDecisions,
  decision: EdgeDecision,
  debtors: readonly EdgeDecision[],
): Omit<Weighed, 'one'> {
  try {
    const share = decision.status === 'liable' ? shareOf(decisions, decision.edge, debtors) : NO_SHARE;
    return { share, quantum: quantumOf(decisions, decision, share) };
  } catch (error) {
    if (!(error instanceof StepsExhausted)) throw error;
    return { share: NO_SHARE, quantum: { status: 'unproved', reason: reasonOf('too-large', null) } };
  }
}

/** Of what is not owed nobody has a part; it stands as all of nothing. */
const NO_SHARE: EdgeShare = {
  debtors: rational(1n),
  among: rational(1n),
  basis: 'rule',
  by: null,
  open: null,
};

/**
 * Shares of one sum that were each rounded may not add up to it: where the share is the last thing done to a sum, the
 * sum is rounded and split again into what each debtor and the creditor bear, so that the parts make the whole. The
 * largest remainder goes first; of equal ones the earlier party of the dispute.
 */
function wholeShares(found: readonly Weighed[], dispute: Dispute): ReadonlyMap<EdgeDecision, Quantum> {
  const split = new Map<EdgeDecision, Quantum>();
  const groups = new Map<string, Weighed[]>();
  for (const each of found) {
    const { one, quantum, share } = each;
    if (quantum.status !== 'amount' || quantum.whole === null) continue;
    const { d, n } = quantum.whole;
    const alone = one.mode === 'several' ? '' : one.edge.id;
    const key = `${one.edge.debtId} ${n}/${d} ${share.debtors.n}/${share.debtors.d} ${quantum.currency} ${alone}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  for (const group of groups.values()) splitAgain(group, dispute, split);
  return split;
}

/** A party's part of a sum; of the creditor, what nobody has to pay it. */
interface Part {
  readonly party: string;
  readonly of: Rational;
  readonly each: Weighed | null;
}

function splitAgain(group: readonly Weighed[], dispute: Dispute, split: Map<EdgeDecision, Quantum>): void {
  const [first] = group;
  if (first?.quantum.status !== 'amount' || first.quantum.whole === null) return;
  const parts: Part[] = group.map((each) => ({
    party: each.one.edge.debtor,
    of: each.one.mode === 'several' ? partOf(each.share) : each.share.debtors,
    each,
  }));
  const rest = difference(rational(1n), parts.map(({ of }) => of).reduce(sum, rational(0n)));
  // Debtors whose own sums differ stand in other groups; what is left here is then not the creditor's alone.
  if (rest.n > 0n) parts.push({ party: first.one.edge.creditor, of: rest, each: null });
  if (rest.n < 0n) return;
  const ids: readonly string[] = dispute.parties.map(({ id }) => id);
  const rank = (party: string): number => (ids.includes(party) ? ids.indexOf(party) : ids.length);
  parts.sort((a, b) => rank(a.party) - rank(b.party) || compareText(a.party, b.party));
  const whole = apportion(
    roundHalfUp(first.quantum.whole),
    parts.map(({ of }) => of),
  );
  for (const [index, { each }] of parts.entries()) {
    if (each?.quantum.status !== 'amount') continue;
    const minor = whole[index]!;
    const last = each.quantum.steps.at(-1)!;
    const steps = [...each.quantum.steps.slice(0, -1), { ...last, after: rational(minor) }];
    split.set(each.one, { ...each.quantum, minor, steps });
  }
}

function debtOf(id: string, debtors: readonly Pick<Weighed, 'one' | 'quantum'>[]): FoundDebt {
  const edges = debtors.map(({ one }) => one.edge.id);
  let most = 0n;
  let several = 0n;
  let currency: string | null = null;
  for (const { one, quantum } of debtors) {
    if (quantum.status !== 'amount') continue;
    currency = quantum.currency;
    if (one.mode === 'several') several += quantum.minor;
    else if (quantum.minor > most) most = quantum.minor;
  }
  const minor = most > several ? most : several;
  return { collectable: currency === null ? null : { currency, minor: String(minor) }, edges, id };
}

function foundEdge(
  decisions: CaseDecisions,
  { one: decision, quantum, share }: Weighed,
  index: number,
): FoundEdge {
  const { edge } = decision;
  const parent = edge.parent === null ? null : decisions.edge(edge.parent);
  // What a court would have to share out at its discretion is owed, but nobody can compute how much of it.
  const referred = share.basis === 'discretion' ? share.open : referredOf(decision);
  const unproved = referred === null && quantum.status === 'unproved' ? quantum.reason : null;
  return {
    amount: quantum.status === 'amount' ? foundAmount(quantum) : null,
    amountUnproved: unproved?.code ?? null,
    basis: decision.basis,
    claims: edge.claims.map(({ id }) => id),
    contingent: parent?.status === 'liable',
    creditor: edge.creditor,
    damage: edge.damage.damage.id,
    debtId: edge.debtId,
    debtor: edge.debtor,
    forks: decision.forks,
    head: edge.head,
    id: edge.id,
    journey: edge.journey?.id ?? null,
    leg: decision.leg,
    legs: edge.template.perJourney ? edge.legs.map(({ leg }) => leg!) : [],
    location: decision.location,
    mode: decision.mode,
    number: index + 1,
    parent: edge.parent?.id ?? null,
    pleaded: edge.claims.length > 0,
    records: recordsBehind(decisions, decision),
    recourse: edge.template.recourse,
    referBecause: referred?.code ?? null,
    restsOnEdge: decision.restsOnEdge?.id ?? null,
    rules: decision.decisive.map(({ leg, rule }) => ({ leg, rule: rule.id })),
    share: fraction(partOf(share)),
    shareBasis: share.basis,
    status: referred !== null ? 'refer' : unproved !== null ? 'liable-amount-unproved' : decision.status,
    template: edge.template.name,
    why: referred ?? unproved,
    with: decision.with,
  };
}

/** Why the edge goes to a person, with what its rules ask and nothing answers; null where it does not. */
function referredOf({ decisive, forks, readings, referBecause }: EdgeDecision): FoundReason | null {
  if (referBecause === null) return null;
  const [first] = decisive;
  const unknown = readings.filter(({ leg, rule }) =>
    forks.some((fork) => fork.matters && fork.rule === rule.id && fork.leg === leg),
  );
  const asked = [...new Set(unknown.map(openConditions))].join('; ');
  return reasonOf(referBecause, first?.rule.id ?? null, asked);
}

function foundAmount({
  currency,
  minor,
  steps,
}: Extract<Quantum, { readonly status: 'amount' }>): FoundAmount {
  return {
    currency,
    minor: String(minor),
    steps: steps.map(({ after, before, by, note, step }) => ({
      after: fraction(after),
      before: before === null ? null : fraction(before),
      by,
      note,
      step,
    })),
  };
}

function fraction({ d, n }: Rational): FractionText {
  return [String(n), String(d)];
}

/** Records on which the deciding rules and issues stand: the best arguments of the side that won, and what conditions read. */
function recordsBehind(decisions: CaseDecisions, decision: EdgeDecision): readonly string[] {
  const facts = new Set<string>();
  const seen = new Set<IssueDecision | EdgeDecision>([decision]);
  const fromReading = ({ if: wanted, proven, unless }: RuleReading): void => {
    for (const trace of [...wanted, ...unless]) fromTrace(trace);
    // An exception that was not even tried stands on nothing.
    for (const { decisions: tried } of proven)
      for (const one of tried) if (one.status !== 'not-raised') fromIssue(one);
  };
  const fromTrace = (trace: ConditionTrace): void => {
    for (const id of trace.facts) facts.add(id);
    for (const issue of trace.issues) fromIssue(issue);
    for (const edge of trace.edges) fromEdge(edge);
    for (const part of trace.parts) fromTrace(part);
  };
  const fromIssue = (issue: IssueDecision): void => {
    if (seen.has(issue)) return;
    seen.add(issue);
    const side = issue.status === 'found' ? 'pro' : 'con';
    const best = side === 'pro' ? issue.pro : issue.con;
    for (const argument of issue.arguments) {
      if (argument.side !== side || argument.grade !== best || best === 0) continue;
      for (const { fact } of argument.rests) facts.add(fact);
    }
    for (const reading of issue.rules) if (reading.value === true) fromReading(reading);
  };
  const fromEdge = (edge: EdgeDecision): void => {
    if (seen.has(edge)) return;
    seen.add(edge);
    for (const reading of edge.decisive) fromReading(reading);
  };
  for (const reading of decision.decisive) fromReading(reading);
  return recordsOf(decisions, facts);
}

function recordsOf({ case: { facts } }: CaseDecisions, ids: ReadonlySet<string>): readonly string[] {
  const records = new Set<string>();
  for (const id of ids) for (const record of facts.byId.get(id)?.prov.records ?? []) records.add(record);
  return inOrder([...records], compareText);
}
