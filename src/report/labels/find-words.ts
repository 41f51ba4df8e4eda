import type { Basis, EdgeStatus, Location } from '../../finding/decisions.js';
import type { Finding } from '../../finding/finding-form.js';
import type { Language } from './code-label.js';

/** Every sentence of a finding as people read it; what rules and issues say stands in the packs. */
export interface FindWords {
  readonly finding: string;
  readonly notice: string;
  readonly disposition: Readonly<Record<Finding['disposition'], string>>;
  readonly basis: Readonly<Record<Basis, string>>;
  readonly status: Readonly<Record<EdgeStatus, string>>;
  readonly location: Readonly<Record<Location, string>>;
  readonly sameDebt: string;
  readonly notProven: string;
  readonly evidenceNotPassed: string;
  readonly digest: string;
  readonly packs: string;
  readonly otherEdges: (count: number) => string;
  readonly noEdges: string;
  readonly couldStill: string;
  readonly wouldHave: string;
  readonly incomplete: string;
  readonly unmatched: (claims: string) => string;
  readonly remarks: Readonly<Record<Finding['remarks'][number]['code'], string>>;
  pays(debtor: string, creditor: string): string;
  /** Null: it is plain to whom. */
  paysNothing(debtor: string, creditor: string | null): string;
  answersWith(debtor: string, other: string): string;
  undecided(debtor: string, creditor: string): string;
  records(numbers: string): string;
  inBrackets(text: string): string;
  readonly stop: string;
  readonly colon: string;
  readonly and: string;
  moreFlips(count: number): string;
}

const EN: FindWords = {
  finding: 'Finding',
  notice: 'a computed assessment, not a legal determination',
  disposition: { determined: 'DETERMINED', shared: 'SHARED', 'refer-to-human': 'REFER TO A HUMAN' },
  basis: {
    'time-bar': 'time-barred',
    exception: 'excepted',
    presumption: 'presumed',
    proven: 'proven',
    'burden-default': 'not shown',
  },
  status: {
    liable: 'liable',
    'not-liable': 'not liable',
    barred: 'barred',
    'liable-amount-unproved': 'amount unproved',
    refer: 'to a person',
  },
  location: {
    implicated: 'a recording places it there',
    bracketed: 'seen good before and bad after',
    inferred: 'the only place left',
  },
  sameDebt: 'paid once',
  notProven: 'not proven',
  evidenceNotPassed:
    'The evidence did not pass verification; what does not hold yields no facts, and the finding rests on the rest.',
  digest: 'Finding',
  packs: 'Rules',
  otherEdges: (count) =>
    `${count} further ${count === 1 ? 'relation' : 'relations'} nobody claims under; --verbose shows ${count === 1 ? 'it' : 'them'}`,
  noEdges: 'The records give no relation that a rule of these packs decides.',
  couldStill: 'Would change it, and can still be obtained',
  wouldHave: 'Would have changed it, had it been recorded then',
  incomplete: 'not everything that might change it was tried',
  unmatched: (claims) => `No such relation for claim ${claims}: records and dispute together do not give it.`,
  remarks: {
    'facts.after-proven-time': 'tells of a time after the record provably existed; no fact',
    'facts.cut-at-proven-time': 'tells of a span that ends after the record provably existed; cut there',
    'facts.contradiction': 'two records speak of the same thing at the same time and disagree',
    'facts.sensor-overlap': 'two recordings of one device overlap',
    'facts.two-containers': 'one thing is told to lie in two containers at once',
    'facts.aggregation-contradiction': 'one packing or unpacking is told of at different times',
    'facts.unpacked-only': 'something came out of a container that nobody tells to have put in',
    'facts.seal-contradiction': 'a seal is read intact after it was broken',
    'facts.seal-mismatch': 'another seal is read than the one put on',
    'facts.lot-sample': 'others of the lot were examined, not this item: nothing is shown of it',
    'facts.label-mismatch': 'the same thing is said to have come back, under the label of another',
    'facts.handover-contradiction': 'the goods are told to be handed to two at one time',
    'facts.fork-across-files': 'one key signed two statements under one number, in two files',
  },
  pays: (debtor, creditor) => `${debtor} pays ${creditor}`,
  paysNothing: (debtor, creditor) =>
    creditor === null ? `${debtor} pays nothing` : `${debtor} pays ${creditor} nothing`,
  answersWith: (debtor, other) => `${debtor} answers with ${other}`,
  undecided: (debtor, creditor) => `${debtor} and ${creditor}: for a person to decide`,
  records: (numbers) => (numbers.includes(',') ? `records ${numbers}` : `record ${numbers}`),
  inBrackets: (text) => ` (${text})`,
  stop: '. ',
  colon: ': ',
  and: ', and ',
  moreFlips: (count) => `and ${count} more; --verbose shows all`,
};

const ZH: FindWords = {
  finding: '认定',
  notice: '计算评估，并非法律裁定',
  disposition: { determined: '已认定', shared: '分担', 'refer-to-human': '转交人工' },
  basis: {
    'time-bar': '时效已过',
    exception: '免责',
    presumption: '推定',
    proven: '已证明',
    'burden-default': '未举证',
  },
  status: {
    liable: '承担',
    'not-liable': '不承担',
    barred: '受阻',
    'liable-amount-unproved': '金额未证',
    refer: '转交人工',
  },
  location: { implicated: '由记录仪定位', bracketed: '之前完好、之后受损', inferred: '唯一剩余环节' },
  sameDebt: '只付一次',
  notProven: '未证明',
  evidenceNotPassed: '证据未通过验证；不成立者不产生事实，认定以其余为据。',
  digest: '认定',
  packs: '规则',
  otherEdges: (count) => `另有 ${count} 个关系无人主张；--verbose 显示`,
  noEdges: '记录中没有这些规则包可裁断的关系。',
  couldStill: '仍可取得、并会改变结果者',
  wouldHave: '当时若有记录、便会改变结果者',
  incomplete: '并未试尽所有可能改变结果者',
  unmatched: (claims) => `请求 ${claims}：记录与争议文件未给出此关系。`,
  remarks: {
    'facts.after-proven-time': '所述时间晚于记录可证明的存在时间，不成事实',
    'facts.cut-at-proven-time': '所述时段的终点晚于记录可证明的存在时间，于该处截断',
    'facts.contradiction': '两份记录就同一事物同一时间互相矛盾',
    'facts.sensor-overlap': '同一设备的两段记录重叠',
    'facts.two-containers': '同一物品被称同时处于两个容器之中',
    'facts.aggregation-contradiction': '同一次装入或取出被记为不同时间',
    'facts.unpacked-only': '有物品从容器中取出，却无人记录其装入',
    'facts.seal-contradiction': '封条在破损之后又被读为完好',
    'facts.seal-mismatch': '读到的封条并非所施加的封条',
    'facts.lot-sample': '所检为批次中的其他样品，并非本物品：对其状况无所证明',
    'facts.label-mismatch': '声称退回的是同一物品，所扫标签却属另一物品',
    'facts.handover-contradiction': '货物被称在同一时间交给两方',
    'facts.fork-across-files': '同一密钥在两个文件中以同一序号签署了两份陈述',
  },
  pays: (debtor, creditor) => `${debtor}向${creditor}支付`,
  paysNothing: (debtor, creditor) =>
    creditor === null ? `${debtor}无须支付` : `${debtor}无须向${creditor}支付`,
  answersWith: (debtor, other) => `${debtor}与${other}连带承担`,
  undecided: (debtor, creditor) => `${debtor}与${creditor}：由人工判定`,
  records: (numbers) => `记录 ${numbers}`,
  inBrackets: (text) => `（${text}）`,
  stop: '。',
  colon: '：',
  and: '，并且',
  moreFlips: (count) => `另有 ${count} 项；--verbose 显示全部`,
};

export const FIND_WORDS: Readonly<Record<Language, FindWords>> = { en: EN, zh: ZH };
