import { inOrder } from '../facts/order.js';
import { compareText } from '../rules/terms.js';
import type { ConditionTrace, EdgeDecision, IssueDecision, RuleReading } from './decisions.js';
import type { FoundAmount, FoundDebt, FoundEdge, FractionText } from './finding-form.js';
import type { CaseDecisions } from './issue-graph.js';
import { type Quantum, quantumOf } from './quantum.js';
import { apportion, type Rational, rational } from './rational.js';
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
  const found = decided.map((one) => {
    const sharing = debtors.get(one.edge.debtId)?.length ?? 1;
    const share = rational(1n, BigInt(one.status === 'liable' ? sharing : 1));
    return { one, share, quantum: amountOf(decisions, one, share) };
  });
  const amounts = wholeShares(found);
  return {
    edges: found.map(({ one, quantum, share }, index) =>
      foundEdge(decisions, one, index, share, amounts.get(one) ?? quantum),
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

function amountOf(decisions: CaseDecisions, decision: EdgeDecision, share: Rational): Quantum {
  try {
    return quantumOf(decisions, decision, share);
  } catch (error) {
    if (!(error instanceof StepsExhausted)) throw error;
    return { status: 'unproved', why: 'the case takes more steps than allowed', steps: [] };
  }
}

interface Weighed {
  readonly one: EdgeDecision;
  readonly share: Rational;
  readonly quantum: Quantum;
}

/**
 * Shares of one sum that were each rounded may not add up to it: where nothing but the share tells several debtors apart
 * the whole is split again so that the parts sum to it, ties to the earlier party.
 */
function wholeShares(found: readonly Weighed[]): ReadonlyMap<EdgeDecision, Quantum> {
  const split = new Map<EdgeDecision, Quantum>();
  const groups = new Map<string, Weighed[]>();
  for (const one of found) {
    if (one.one.mode !== 'several' || one.quantum.status !== 'amount') continue;
    const plain = one.quantum.steps.map(({ by, step }) => `${step} ${by}`).join();
    const base = one.quantum.steps[0]!.after;
    const key = `${one.one.edge.debtId} ${plain} ${base.n}/${base.d} ${one.quantum.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined || first.quantum.status !== 'amount' || group.length < 2) continue;
    const base = first.quantum.steps[0]!.after;
    const capped = first.quantum.steps.some(({ step }) => step === 'cap');
    if (capped || base.d !== 1n) continue;
    const parts = apportion(
      base.n,
      group.map(({ share }) => share),
    );
    for (const [index, { one, quantum }] of group.entries()) {
      if (quantum.status !== 'amount') continue;
      const minor = parts[index]!;
      const last = quantum.steps.at(-1)!;
      split.set(one, {
        ...quantum,
        minor,
        steps: [...quantum.steps.slice(0, -1), { ...last, after: rational(minor) }],
      });
    }
  }
  return split;
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
  decision: EdgeDecision,
  index: number,
  share: Rational,
  quantum: Quantum,
): FoundEdge {
  const { edge } = decision;
  const parent = edge.parent === null ? null : decisions.edge(edge.parent);
  const joint = share.d !== 1n;
  return {
    amount: quantum.status === 'amount' ? foundAmount(quantum) : null,
    amountUnproved: quantum.status === 'unproved' ? quantum.why : null,
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
    referBecause: decision.referBecause,
    restsOnEdge: decision.restsOnEdge?.id ?? null,
    rules: decision.decisive.map(({ leg, rule }) => ({ leg, rule: rule.id })),
    share: fraction(share),
    shareBasis: joint ? 'equal' : 'rule',
    status: quantum.status === 'unproved' ? 'liable-amount-unproved' : decision.status,
    template: edge.template.name,
    with: decision.with,
  };
}

function foundAmount({
  currency,
  minor,
  steps,
}: Extract<Quantum, { readonly status: 'amount' }>): FoundAmount {
  return {
    currency,
    minor: String(minor),
    steps: steps.map(({ after, before, by, step }) => ({
      after: fraction(after),
      before: before === null ? null : fraction(before),
      by,
      step,
    })),
  };
}

function fraction({ d, n }: Rational): FractionText {
  return [String(n), String(d)];
}

/** Records on which the deciding rules and issues stand: the best arguments of the side that won, and what conditions read. */
export function recordsBehind(decisions: CaseDecisions, decision: EdgeDecision): readonly string[] {
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
