import type { RecordTypeName } from '../../record/types/index.js';
import type { RecordState } from '../../verify/verified-passport.js';
import type { Language } from './code-label.js';

/** Every word of one record as people read it. What the record itself says is never translated. */
export interface ShowWords {
  readonly record: string;
  readonly id: string;
  readonly signer: string;
  readonly claims: string;
  readonly about: string;
  readonly proven: string;
  readonly noEarliest: string;
  readonly comma: string;
  readonly states: Readonly<Record<RecordState, string>>;
  /** Beside the type's own name, which is what drafts and JSON call it; empty in English. */
  readonly types: Readonly<Partial<Record<RecordTypeName, string>>>;
  readonly next: string;
  unprovenName(name: string): string;
  signedAt(time: string): string;
  notBefore(time: string): string;
  notAfter(time: string): string;
}

export const SHOW_WORDS: Readonly<Record<Language, ShowWords>> = {
  en: {
    record: 'record',
    id: 'id',
    signer: 'signer',
    claims: 'claims',
    about: 'about',
    proven: 'proven',
    noEarliest: 'no earliest time',
    comma: ', ',
    states: { trusted: 'trusted', valid: 'valid', unchecked: 'unchecked', invalid: 'invalid' },
    types: {},
    next: 'Times are the signers’ claims. Next: goodorder show FILE 1 shows one record',
    unprovenName: (name) => `to be ${name}, which nothing here proves`,
    signedAt: (time) => `signed ${time}`,
    notBefore: (time) => `not before ${time}`,
    notAfter: (time) => `not after ${time}`,
  },
  zh: {
    record: '记录',
    id: '编号',
    signer: '签署人',
    claims: '自称',
    about: '关于',
    proven: '可证明',
    noEarliest: '最早时间无从证明',
    comma: '，',
    states: { trusted: '可信', valid: '有效', unchecked: '未查验', invalid: '无效' },
    types: {
      acknowledgement: '确认收悉',
      aggregation: '装入或取出',
      agreement: '协议',
      authentication: '鉴定',
      commission: '出厂登记',
      countersign: '会签',
      delivery: '签收',
      disclosure: '披露',
      handover: '交接',
      incident: '事件',
      inspection: '检验',
      'key-event': '密钥变更',
      manifest: '清单',
      media: '影像',
      notice: '异议通知',
      payment: '付款',
      recycling: '回收',
      repair: '维修',
      return: '退货',
      seal: '封签',
      'sensor-batch': '传感记录',
      statement: '陈述',
      usage: '使用',
    },
    next: '所列时间均为签署人自称。下一步：goodorder show FILE 1 查看其中一条记录',
    unprovenName: (name) => `是 ${name}，此处没有任何证明`,
    signedAt: (time) => `签署于 ${time}`,
    notBefore: (time) => `不早于 ${time}`,
    notAfter: (time) => `不晚于 ${time}`,
  },
};
