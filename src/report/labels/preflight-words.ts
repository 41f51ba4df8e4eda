import type { PreflightKind } from '../../finding/preflight-case.js';
import type { NotAsked } from '../../finding/preflight-form.js';
import type { Assumption } from '../../finding/preflight-plan.js';
import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

/** What `preflight` says around the sentences of its findings. */
export interface PreflightWords {
  readonly title: string;
  readonly notice: string;
  asOf(time: string): string;
  readonly parties: string;
  readonly roles: Readonly<Record<string, string>>;
  /** Of a party that nobody names, where it alone holds the role. */
  readonly unnamed: Readonly<Record<string, string>>;
  readonly colon: string;
  readonly semicolon: string;
  readonly comma: string;
  readonly assumed: string;
  readonly assumptions: Readonly<Record<Assumption, string>>;
  readonly supposed: Readonly<Record<PreflightKind, string>>;
  readonly kinds: Readonly<Record<PreflightKind, string>>;
  bears(parties: string): string;
  bearTogether(parties: string): string;
  readonly refer: string;
  readonly because: string;
  relation(debtor: string, creditor: string): string;
  readonly record: string;
  wouldBear(parties: string, many: boolean): string;
  readonly wouldRefer: string;
  readonly noAdvice: string;
  readonly leftOut: Readonly<Record<NotAsked, string>>;
  readonly incomplete: string;
  computed(count: number): string;
  more(count: number): string;
  readonly and: string;
  readonly plus: string;
  readonly evidenceNotPassed: string;
}

const EN: PreflightWords = {
  title: 'Preflight',
  notice: 'disputes that have not arisen; a computed assessment, not a legal determination',
  asOf: (time) => `as of ${time}`,
  parties: 'Parties',
  roles: {
    seller: 'sells',
    buyer: 'buys',
    carrier: 'carries',
    'contracting-carrier': 'contracts to carry',
  },
  unnamed: {
    seller: 'the seller',
    buyer: 'the buyer',
    carrier: 'the carrier',
    'contracting-carrier': 'the contracting carrier',
  },
  colon: ': ',
  semicolon: '; ',
  comma: ', ',
  assumed: 'Taken to be so, because nothing says it',
  assumptions: {
    'buyer-is-consumer': 'the buyer is a consumer',
    'buyer-is-no-consumer': 'the buyer is no consumer',
    'seller-chooses-carrier': 'the seller chooses the carrier',
    'seller-chooses-return-carrier': 'the seller chooses who carries a return',
    'not-durable': 'the goods are not durable in the sense of the law',
    'contract-dated-today': 'the contract is of today',
    'price-unknown': 'a price; who bears a loss does not hang on it',
  },
  supposed: {
    damage: 'the buyer films the unboxing in one take and it is broken',
    defect: 'a month later the buyer films that it does not work',
    mismatch: 'the buyer films the unboxing in one take and another item is in the box',
    shortage: 'the buyer films the unboxing in one take and pieces are missing',
    'return-swap': 'the seller says that another item came back, and shows nothing',
    temperature: 'the buyer films on arrival, in one take, that it got too warm',
    cold: 'the buyer films on arrival, in one take, that it got too cold',
    humidity: 'the buyer films on arrival, in one take, that it got wet',
  },
  kinds: {
    damage: 'Broken on arrival',
    defect: 'Does not work',
    mismatch: 'Another item than ordered',
    shortage: 'Pieces missing',
    'return-swap': 'Another item comes back',
    temperature: 'Too warm on arrival',
    cold: 'Too cold on arrival',
    humidity: 'Wet on arrival',
  },
  bears: (parties) => `${parties} would bear it`,
  bearTogether: (parties) => `${parties} would bear it together`,
  refer: 'a person would have to decide',
  because: 'because',
  relation: (debtor, creditor) => `${debtor} to ${creditor}`,
  record: 'Record this, any one line, and it changes',
  wouldBear: (parties, many) => `${parties} ${many ? 'bear' : 'bears'} it`,
  wouldRefer: 'a person decides',
  noAdvice: 'Nothing that was tried would change that.',
  leftOut: {
    'no-temperature-limits': 'not asked: nothing says at which temperatures it may be kept',
    'no-lower-limit': 'not asked: nothing says how cold it may get',
    'no-humidity-limit': 'not asked: nothing says how damp it may get',
    'already-delivered': 'not asked: it is delivered already',
    'already-returned': 'not asked: it is on its way back, or back, already',
  },
  incomplete: 'not everything that might change it was tried',
  computed: (count) => `computed from ${plural(count, 'finding')}`,
  more: (count) => `and ${count} more; --verbose shows all`,
  and: ' and ',
  plus: ', and ',
  evidenceNotPassed:
    'The evidence did not pass verification; what does not hold yields no facts, and the rest is what counts.',
};

const ZH: PreflightWords = {
  title: '发货前检查',
  notice: '争议尚未发生；计算评估，并非法律裁定',
  asOf: (time) => `截至 ${time}`,
  parties: '当事人',
  roles: { seller: '出售', buyer: '购买', carrier: '承运', 'contracting-carrier': '订约承运' },
  unnamed: { seller: '卖方', buyer: '买方', carrier: '承运人', 'contracting-carrier': '订约承运人' },
  colon: '：',
  semicolon: '；',
  comma: '，',
  assumed: '因无任何说明而如此假定',
  assumptions: {
    'buyer-is-consumer': '买方为消费者',
    'buyer-is-no-consumer': '买方并非消费者',
    'seller-chooses-carrier': '由卖方选择承运人',
    'seller-chooses-return-carrier': '由卖方选择退货承运人',
    'not-durable': '商品并非法律意义上的耐用商品',
    'contract-dated-today': '合同于今日订立',
    'price-unknown': '某一价格；由谁承担与之无关',
  },
  supposed: {
    damage: '买方一镜到底拍摄开箱，商品已破损',
    defect: '一个月后，买方拍摄商品不能工作',
    mismatch: '买方一镜到底拍摄开箱，箱内为另一件商品',
    shortage: '买方一镜到底拍摄开箱，数量短少',
    'return-swap': '卖方称退回的是另一件商品，但未出示任何记录',
    temperature: '买方在送达时一镜到底拍摄，商品温度过高',
    cold: '买方在送达时一镜到底拍摄，商品温度过低',
    humidity: '买方在送达时一镜到底拍摄，商品受潮',
  },
  kinds: {
    damage: '送达时破损',
    defect: '不能工作',
    mismatch: '与所订不符',
    shortage: '数量短少',
    'return-swap': '退回另一件商品',
    temperature: '送达时温度过高',
    cold: '送达时温度过低',
    humidity: '送达时受潮',
  },
  bears: (parties) => `将由${parties}承担`,
  bearTogether: (parties) => `将由${parties}共同承担`,
  refer: '须由人工判定',
  because: '理由',
  relation: (debtor, creditor) => `${debtor}对${creditor}`,
  record: '记录以下任何一项，结果即改变',
  wouldBear: (parties) => `由${parties}承担`,
  wouldRefer: '由人工判定',
  noAdvice: '所试者均不会改变结果。',
  leftOut: {
    'no-temperature-limits': '未问：没有任何内容说明储存温度',
    'no-lower-limit': '未问：没有任何内容说明最低温度',
    'no-humidity-limit': '未问：没有任何内容说明湿度上限',
    'already-delivered': '未问：商品已经送达',
    'already-returned': '未问：商品已在退回途中或已退回',
  },
  incomplete: '并未试尽所有可能改变结果者',
  computed: (count) => `由 ${count} 次认定得出`,
  more: (count) => `另有 ${count} 项；--verbose 显示全部`,
  and: '与',
  plus: '，并且',
  evidenceNotPassed: '证据未通过验证；不成立者不产生事实，以其余为据。',
};

export const PREFLIGHT_WORDS: Readonly<Record<Language, PreflightWords>> = { en: EN, zh: ZH };
