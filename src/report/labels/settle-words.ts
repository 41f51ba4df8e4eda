import type { HumanReason } from '../../finding/settlement.js';
import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

/** What `settle` and `watch` say around the products they print. */
export interface SettleWords {
  readonly title: string;
  readonly notice: string;
  readonly nothing: string;
  /** Where nobody gave a policy. */
  readonly noPolicy: string;
  policy(id: string): string;
  pays(payer: string, payee: string): string;
  readonly automatic: string;
  approvals(atLeast: number, of: string): string;
  readonly anyApproval: string;
  readonly reasons: Readonly<Record<HumanReason, string>>;
  readonly capped: (by: string) => string;
  readonly after: (orders: string) => string;
  readonly once: (orders: string) => string;
  readonly goodsMissing: string;
  readonly goodsBack: string;
  noChallengeUntil(time: string): string;
  provisionalUntil(time: string): string;
  readonly key: string;
  evidence(count: number): string;
  readonly unsettled: string;
  relation(debtor: string, creditor: string): string;
  readonly withdrawn: string;
  watching(inputs: string, journal: string): string;
  readonly deliveries: string;
  readonly factsOnly: string;
  readonly noDelivery: string;
  readonly boundary: Readonly<Record<'delivery' | 'return-receipt', string>>;
  brought(from: string, to: string): string;
  signedBy(names: string): string;
  readonly nobody: string;
  readonly remark: string;
  readonly reservations: (records: string) => string;
  readonly triggers: string;
  readonly noFault: string;
  readonly noTrigger: string;
  reached(trigger: string, step: number, measured: string, at: string): string;
  readonly colon: string;
  readonly semicolon: string;
}

export const SETTLE_WORDS: Readonly<Record<Language, SettleWords>> = {
  en: {
    title: 'Settlement',
    notice: 'instructions, not payments: nothing is carried out here',
    nothing: 'No claimed relation is liable for a proven amount: there is nothing to instruct.',
    noPolicy: 'without a policy',
    policy: (id) => `policy ${id}`,
    pays: (payer, payee) => `${payer} pays ${payee}`,
    automatic: 'approved by the policy',
    approvals: (atLeast, of) => `wants ${plural(atLeast, 'approval')} of ${of}`,
    anyApproval: 'wants the approval of a person',
    reasons: {
      'no-limit-for-currency': 'the policy names no limit for this currency',
      'not-below-limit': 'it is not below the limit',
      'rule-not-settled': 'it rests on a rule that is not settled law or contract',
      'not-determined': 'the finding as a whole is not determined',
      'evidence-not-passed': 'the evidence did not pass verification',
      punitive: 'it punishes',
      'personal-injury': 'it is about harm beyond the goods, which may be to a person',
      fraud: 'fraud is at issue',
    },
    capped: (by) => `cut to a cap by ${by}`,
    after: (orders) => `only after instruction ${orders}`,
    once: (orders) => `the same debt as instruction ${orders}: paid once`,
    goodsMissing: 'only when the goods are back; no record shows them back',
    goodsBack: 'the goods are back',
    noChallengeUntil: (time) => `not before ${time}, if nobody challenges it`,
    provisionalUntil: (time) => `provisional until ${time}`,
    key: 'key',
    evidence: (count) => `stands on ${plural(count, 'record')}`,
    unsettled: 'No instruction follows from',
    relation: (debtor, creditor) => `${debtor} to ${creditor}`,
    watching: (inputs, journal) => `watching ${inputs}; what was told is kept in ${journal}; Ctrl-C ends it`,
    withdrawn: 'what was told before does not hold any more',
    deliveries: 'Delivery confirmation',
    factsOnly: 'facts only: no rule was applied',
    noDelivery: 'No record tells of an arrival.',
    boundary: { delivery: 'delivered', 'return-receipt': 'returned' },
    brought: (from, to) => `by ${from} to ${to}`,
    signedBy: (names) => `signed by ${names}`,
    nobody: 'nobody',
    remark: 'remark',
    reservations: (records) => `something wrong seen in ${records}`,
    triggers: 'Parametric triggers',
    noFault: 'a payout table: no fault, no law',
    noTrigger: 'No step of the table is reached.',
    reached: (trigger, step, measured, at) => `${trigger}, step ${step}: ${measured} reaches ${at}`,
    colon: ': ',
    semicolon: '; ',
  },
  zh: {
    title: '结算',
    notice: '仅为指令，并非付款：此处不执行任何支付',
    nothing: '所主张的关系均未以已证明的数额承担责任，无可指令。',
    noPolicy: '未给出策略',
    policy: (id) => `策略 ${id}`,
    pays: (payer, payee) => `${payer}向${payee}支付`,
    automatic: '依策略自动批准',
    approvals: (atLeast, of) => `须经以下各方中 ${atLeast} 方批准：${of}`,
    anyApproval: '须经人工批准',
    reasons: {
      'no-limit-for-currency': '策略未就该货币规定限额',
      'not-below-limit': '未低于限额',
      'rule-not-settled': '所依规则并非既定法律或合同',
      'not-determined': '认定整体尚未确定',
      'evidence-not-passed': '证据未通过验证',
      punitive: '具有惩罚性',
      'personal-injury': '涉及商品之外的损害，可能及于人身',
      fraud: '涉及欺诈',
    },
    capped: (by) => `依 ${by} 限额`,
    after: (orders) => `须在第 ${orders} 项之后`,
    once: (orders) => `与第 ${orders} 项为同一债务，只付一次`,
    goodsMissing: '须商品退回后方可；尚无记录显示已退回',
    goodsBack: '商品已退回',
    noChallengeUntil: (time) => `${time} 之前不得执行，且以无人异议为条件`,
    provisionalUntil: (time) => `${time} 之前为暂定`,
    key: '键',
    evidence: (count) => `以 ${count} 份记录为据`,
    unsettled: '下列各项不产生指令',
    relation: (debtor, creditor) => `${debtor}对${creditor}`,
    watching: (inputs, journal) => `正在监视 ${inputs}；已告知者记于 ${journal}；按 Ctrl-C 结束`,
    withdrawn: '此前所述不再成立',
    deliveries: '送达确认',
    factsOnly: '仅为事实：未适用任何规则',
    noDelivery: '没有记录说明送达。',
    boundary: { delivery: '送达', 'return-receipt': '退回' },
    brought: (from, to) => `由${from}交给${to}`,
    signedBy: (names) => `签署：${names}`,
    nobody: '无人',
    remark: '备注',
    reservations: (records) => `${records} 中所见有异常`,
    triggers: '参数触发',
    noFault: '依赔付表：不问过错，不适用法律',
    noTrigger: '未达到赔付表的任何一级。',
    reached: (trigger, step, measured, at) => `${trigger} 第 ${step} 级：${measured} 达到 ${at}`,
    colon: '：',
    semicolon: '；',
  },
};
