import type { Said } from '../rules/rule.js';
import type { Truth } from './truth.js';

/** Words of explanations in every language a finding is told in. What law says comes from the packs. */
type Table = Readonly<Record<string, Said>>;

function said(en: string, zh: string): Said {
  return { en, zh };
}

export const EDGE_STATUS: Table = {
  liable: said('liable', '应承担责任'),
  'not-liable': said('not liable', '不承担责任'),
  barred: said('barred by lapse of time', '因逾期而不得主张'),
  'liable-amount-unproved': said('liable, the amount is not proven', '应承担责任，数额未证明'),
  refer: said('for a person to decide', '须由人裁断'),
};

export const BASIS: Table = {
  proven: said('proven', '已证明'),
  presumption: said('by presumption', '依推定'),
  exception: said('an exception was proven', '已证明免责事由'),
  'time-bar': said('out of time', '逾期'),
  'burden-default': said('by the burden of proof', '依举证责任'),
};

export const LOCATION: Table = {
  implicated: said('a recorded event on this leg explains it', '该区段有能够解释损坏的记录'),
  bracketed: said('seen good at its start and bad at its end', '起点所见完好，终点所见已损坏'),
  inferred: said('no other leg is left', '其他区段均已排除'),
};

export const ISSUE_STATUS: Table = {
  found: said('found', '认定'),
  'not-found': said('not found', '未认定'),
  undetermined: said('undetermined', '不能确定'),
  'not-raised': said('not raised', '未提出'),
};

export const DECIDED_BY: Table = {
  evidence: said('on the evidence', '依证据'),
  presumption: said('by presumption', '依推定'),
  burden: said('by the burden of proof', '依举证责任'),
};

export const SIDE: Table = { pro: said('for it', '支持'), con: said('against it', '反对') };

export const HOW: Table = {
  seen: said('seen there', '当场所见'),
  'good-forward': said('good before, and nothing could happen in between', '此前完好，其间已排除损坏'),
  'good-back': said('good later, so good before', '此后仍完好，故此前完好'),
  'bad-forward': said('bad before, so bad after', '此前已损坏，故此后亦损坏'),
  'bad-back': said('bad later, and nothing could happen in between', '此后已损坏，其间已排除损坏'),
  implied: said('a damaging event before, and bad seen later', '此前有致损事件，此后所见已损坏'),
};

/** Parties as a template or a rule names them. */
export const ROLE: Table = {
  buyer: said('the buyer', '买方'),
  seller: said('the seller', '卖方'),
  sender: said('the sender', '托运人'),
  consignee: said('the consignee', '收货人'),
  contracting: said('the contracting carrier', '缔约承运人'),
  'leg.holder': said('the holder of the leg', '区段持有人'),
  creditor: said('the creditor', '债权人'),
  debtor: said('the debtor', '债务人'),
  claimant: said('the claimant', '请求方'),
  defendant: said('the defendant', '被请求方'),
  producer: said('the producer', '生产者'),
  importer: said('the importer', '进口商'),
  carrier: said('the carrier', '承运人'),
  'contracting-carrier': said('the contracting carrier', '缔约承运人'),
  operator: said('the multimodal operator', '多式联运经营人'),
  platform: said('the platform', '平台'),
  streamer: said('the streamer', '直播方'),
  warehouse: said('the warehouse', '仓储方'),
  inspector: said('the inspector', '检验人'),
  laboratory: said('the laboratory', '实验室'),
  authority: said('the authority', '主管机关'),
  repairer: said('the repairer', '维修方'),
  recycler: said('the recycler', '回收方'),
};

export const BOUNDARY: Table = {
  packing: said('packing', '包装'),
  pickup: said('pickup', '揽收'),
  transfer: said('a transfer', '中转'),
  delivery: said('delivery', '送达'),
  'return-pickup': said('pickup of the return', '退货揽收'),
  'return-receipt': said('receipt of the return', '退货签收'),
};

export const CONDITION: Table = { good: said('good', '完好'), bad: said('bad', '损坏') };

export const PURPOSE: Table = {
  packing: said('recorded while packing', '包装录像'),
  unboxing: said('recorded while unpacking', '开箱录像'),
  intake: said('recorded at intake', '入库录像'),
};

/** Facts that later packs read. */
export const PREDICATE: Table = {
  returned: said('a return', '退货'),
  paid: said('a payment', '付款'),
  used: said('use', '使用'),
  repaired: said('a repair', '维修'),
  disclosed: said('a disclosure', '披露'),
  commissioned: said('a commission', '委托'),
  stated: said('a statement', '陈述'),
  sampled: said('an examination of others of the lot', '对同批其他货物的检验'),
};

export const CAUSE: Table = {
  manufacture: said('a fault of manufacture', '制造缺陷'),
  nature: said('the nature of the goods', '货物的自然性质'),
  packing: said('the packing', '包装不当'),
  'force-majeure': said('force majeure', '不可抗力'),
  battery: said('a battery that died', '电池耗尽'),
};

export const REFER: Table = {
  'unknown-matters': said('what is unknown would change the answer', '未知事项会改变结论'),
  'too-many-unknowns': said('too much is unknown', '未知事项过多'),
  'too-large': said('there is more than can be weighed', '材料超出可计算的范围'),
};

export function truthWord(value: Truth): Said {
  if (value === null) return said('unknown', '不明');
  return value ? said('yes', '是') : said('no', '否');
}

/** Of a word without an entry the word itself: a reader sees what was meant rather than nothing. */
export function word(table: Table, key: string): Said {
  return table[key] ?? { en: key, zh: key };
}

/** Joins texts language by language. */
export function phrase(en: string, zh: string, ...parts: readonly Said[]): Said {
  return { en: filled(en, parts, 'en'), zh: filled(zh, parts, 'zh') };
}

/** `{0}`, `{1}` stand for the parts. */
function filled(text: string, parts: readonly Said[], language: 'en' | 'zh'): string {
  return parts.reduce((done, part, index) => done.replaceAll(`{${index}}`, () => part[language]), text);
}

/** A text that is the same in every language: a name, a figure, a sentence of a pack. */
export function verbatim(text: string): Said {
  return { en: text, zh: text };
}
