import { fromHex, toHex } from '../codec/hex.js';
import { merkleRoot } from '../merkle/tree.js';
import type { Pack } from '../rules/pack.js';
import { compareText } from '../rules/terms.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import { digestOfValue } from './canonical-json.js';
import type { Dispute } from './dispute.js';
import { type ExplainedStep, explain } from './explain.js';
import { type Assessment, assess } from './finding.js';
import type { Finding, FoundEdge } from './finding-form.js';
import { NO_POLICY, type SettlementPolicy } from './settlement-policy.js';

/** Why a person has to approve. */
export type HumanReason =
  | 'no-limit-for-currency'
  | 'not-below-limit'
  | 'rule-not-settled'
  | 'not-determined'
  | 'evidence-not-passed'
  | 'punitive'
  | 'personal-injury'
  | 'fraud';

/** An instruction to pay; it is told to whoever pays and never carried out here. */
export interface SettlementInstruction {
  readonly kind: 'settlement-instruction';
  /** SHA-256 of "goodorder/settlement/1", a zero byte and the canonical JSON of finding and edge: the same finding never pays twice. */
  readonly idempotencyKey: string;
  readonly finding: string;
  readonly edge: string;
  readonly payer: string;
  readonly payee: string;
  readonly amount: { readonly minor: string; readonly currency: string };
  /** Rule and sum before the cap; null where none cut it. */
  readonly cap: { readonly by: string | null; readonly before: readonly [string, string] } | null;
  /** From 1: a consumer is paid first, then whoever paid gets it back. */
  readonly order: number;
  /** Keys of instructions that must be carried out before. */
  readonly after: readonly string[];
  /** Keys of the other instructions for the same debt: it is paid once. */
  readonly insteadOf: readonly string[];
  readonly conditions: {
    readonly goodsReturned: { readonly required: boolean; readonly shownBy: readonly string[] };
    /** Seconds UTC; null: nothing to wait for. */
    readonly noChallengeUntil: number | null;
    readonly provisionalUntil: number | null;
    /** Null where it is approved by itself. */
    readonly approvals: { readonly atLeast: number; readonly of: readonly string[] } | null;
  };
  readonly approval: 'automatic' | 'human';
  /** Why a person has to; empty where nobody has. */
  readonly because: readonly { readonly reason: HumanReason; readonly detail: string | null }[];
  readonly rules: readonly { readonly rule: string; readonly status: string }[];
  readonly evidence: {
    /** Root of the RFC 9162 tree over the ids of the records it stands on, in ascending order; 64 hex digits. */
    readonly root: string;
    readonly records: readonly string[];
    readonly passports: readonly string[];
  };
}

/** A claimed relation from which no instruction follows. */
export interface Unsettled {
  readonly edge: string;
  readonly debtor: string;
  readonly creditor: string;
  readonly status: FoundEdge['status'];
}

/** What follows from a finding for whoever pays. Plain JSON. */
export interface Settlement {
  readonly schemaVersion: 1;
  readonly notice: 'instructions, not payments: nothing is carried out here';
  readonly finding: string;
  readonly policy: { readonly id: string; readonly digest: string };
  readonly disposition: Finding['disposition'];
  readonly instructions: readonly SettlementInstruction[];
  readonly unsettled: readonly Unsettled[];
}

const DAY = 86_400;

/** The key under which an edge of a finding is settled. */
export function settlementKey(finding: string, edge: string): string {
  return digestOfValue('goodorder/settlement/1', { edge, finding });
}

/**
 * The instructions that follow from the finding of a dispute; without a policy a person must approve each. Pure. Throws
 * what `find` throws.
 */
export function settleDispute(
  passports: VerifiedPassport | readonly VerifiedPassport[],
  dispute: Dispute,
  packs: readonly Pack[],
  policy: SettlementPolicy = NO_POLICY,
): Settlement {
  return settle(assess(passports, dispute, packs), policy);
}

/** The instructions that follow from a finding: of claimed edges that are liable for a proven amount. Pure. */
export function settle(assessment: Assessment, policy: SettlementPolicy): Settlement {
  const { finding } = assessment;
  const claimed = finding.edges.filter(({ pleaded }) => pleaded);
  const owing = claimed.filter(
    ({ amount, status }) => status === 'liable' && amount !== null && amount.minor !== '0',
  );
  const orders = new Map(owing.map((edge) => [edge.id, orderOf(edge, finding)]));
  const instructions = owing
    .map((edge) => instructionOf(assessment, edge, owing, orders.get(edge.id)!, policy))
    .sort((a, b) => a.order - b.order || compareText(a.edge, b.edge));
  return {
    schemaVersion: 1,
    notice: 'instructions, not payments: nothing is carried out here',
    finding: finding.digest,
    policy: { id: policy.id, digest: policy.digest },
    disposition: finding.disposition,
    instructions,
    unsettled: claimed
      .filter((edge) => !owing.includes(edge))
      .map(({ creditor, debtor, id, status }) => ({ edge: id, debtor, creditor, status })),
  };
}

/** How far an edge stands from the first claim: recourse comes after what it claims back. */
function orderOf(edge: FoundEdge, { edges }: Finding): number {
  const byId = new Map(edges.map((one) => [one.id, one]));
  let order = 1;
  const seen = new Set<string>();
  for (
    let at: FoundEdge | undefined = edge;
    at?.parent != null && !seen.has(at.id);
    at = byId.get(at.parent)
  ) {
    seen.add(at.id);
    order += 1;
  }
  return edge.recourse ? Math.max(order, 2) : order;
}

function instructionOf(
  assessment: Assessment,
  edge: FoundEdge,
  owing: readonly FoundEdge[],
  order: number,
  policy: SettlementPolicy,
): SettlementInstruction {
  const { finding } = assessment;
  const key = (one: string): string => settlementKey(finding.digest, one);
  const rules = rulesBehind(assessment, edge);
  const because = humanReasons(finding, edge, rules, policy);
  const capped = edge.amount!.steps.find(({ step }) => step === 'cap');
  const parent = owing.find(({ id }) => id === edge.parent);
  const ends = policy.challengeDays === 0 ? null : finding.dispute.asOf + policy.challengeDays * DAY;
  return {
    kind: 'settlement-instruction',
    idempotencyKey: key(edge.id),
    finding: finding.digest,
    edge: edge.id,
    payer: edge.debtor,
    payee: edge.creditor,
    amount: { minor: edge.amount!.minor, currency: edge.amount!.currency },
    cap: capped?.before == null ? null : { by: capped.by, before: capped.before },
    order,
    after: parent === undefined ? [] : [key(parent.id)],
    insteadOf: owing
      .filter(
        ({ debtId, id, mode }) =>
          debtId === edge.debtId && id !== edge.id && !(mode === 'several' && edge.mode === 'several'),
      )
      .map(({ id }) => key(id))
      .sort(),
    conditions: {
      goodsReturned: goodsReturned(assessment, edge, policy),
      noChallengeUntil: ends,
      provisionalUntil: policy.provisionalUntil ?? ends,
      approvals: because.length === 0 ? null : (policy.approvals ?? { atLeast: 1, of: [] }),
    },
    approval: because.length === 0 ? 'automatic' : 'human',
    because,
    rules,
    evidence: {
      root: toHex(merkleRoot([...edge.records].sort().map(fromHex))),
      records: edge.records,
      passports: finding.evidence.passports.map(({ digest }) => digest),
    },
  };
}

/** Every rule that took part, down to presumptions and adverse inferences. */
function rulesBehind(assessment: Assessment, edge: FoundEdge): SettlementInstruction['rules'] {
  const found = new Map<string, string>();
  const walk = (steps: readonly ExplainedStep[]): void => {
    for (const { rule, steps: inner } of steps) {
      if (rule !== null) found.set(rule.id, rule.status);
      walk(inner);
    }
  };
  walk(explain(assessment, edge.id).steps);
  if (edge.restsOnEdge !== null) walk(explain(assessment, edge.restsOnEdge).steps);
  return [...found].map(([rule, status]) => ({ rule, status })).sort((a, b) => compareText(a.rule, b.rule));
}

const CERTAIN: ReadonlySet<string> = new Set(['settled', 'contract']);

function humanReasons(
  finding: Finding,
  edge: FoundEdge,
  rules: SettlementInstruction['rules'],
  { autoApproveBelow }: SettlementPolicy,
): SettlementInstruction['because'] {
  const { currency, minor } = edge.amount!;
  const limit = Object.hasOwn(autoApproveBelow, currency) ? autoApproveBelow[currency]! : null;
  const reasons: { reason: HumanReason; detail: string | null }[] = [];
  const add = (reason: HumanReason, detail: string | null = null): void =>
    void reasons.push({ reason, detail });
  if (limit === null) add('no-limit-for-currency', currency);
  else if (BigInt(minor) >= BigInt(limit)) add('not-below-limit', `${limit} ${currency}`);
  for (const { rule, status } of rules)
    if (!CERTAIN.has(status)) add('rule-not-settled', `${rule} ${status}`);
  if (finding.disposition !== 'determined') add('not-determined', finding.disposition);
  if (finding.evidence.verdict !== 'TOTAL-PASSED') add('evidence-not-passed', finding.evidence.verdict);
  if (edge.head === 'punitive') add('punitive');
  if (edge.head === 'harm') add('personal-injury');
  if (isFraudRaised(finding, edge)) add('fraud');
  return reasons;
}

/** An issue of fraud that is not simply denied, between the same two, whatever else is claimed; or a forked chain of one of them. */
function isFraudRaised(finding: Finding, edge: FoundEdge): boolean {
  const between = new Set(
    finding.edges
      .filter(({ creditor, debtor }) => creditor === edge.creditor && debtor === edge.debtor)
      .map(({ id }) => id),
  );
  const raised = finding.issues.some(
    ({ edge: id, issue, status }) =>
      between.has(id) && issue.startsWith('fraud') && (status === 'found' || status === 'undetermined'),
  );
  const forked = finding.remarks.some(
    ({ code, signers }) =>
      code === 'facts.fork-across-files' &&
      (signers.includes(edge.creditor) || signers.includes(edge.debtor)),
  );
  return raised || forked;
}

/** Asked for where the payee has the goods and would keep both them and the whole price. */
function goodsReturned(
  { decisions, facts }: Assessment,
  edge: FoundEdge,
  { goodsReturned: asked }: SettlementPolicy,
): SettlementInstruction['conditions']['goodsReturned'] {
  const { dispute } = decisions.case;
  const damage = dispute.damages.find(({ id }) => id === edge.damage);
  const goods = dispute.goods.find(({ unit }) => unit === damage?.unit);
  const isWhole = goods !== undefined && BigInt(edge.amount!.minor) >= BigInt(goods.priceMinor);
  const hasGoods = dispute.parties.some(({ id, roles }) => id === edge.creditor && roles.includes('buyer'));
  const required = asked && isWhole && hasGoods;
  const shownBy = facts
    .of('returned')
    .filter(({ args, sub }) => required && sub === goods?.sub && args['stage'] === 'received')
    .map(({ prov }) => prov.records[0]!);
  return { required, shownBy: [...new Set(shownBy)].sort() };
}
