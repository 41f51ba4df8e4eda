import type { Language } from './code-label.js';

/** The demo's own sentences; what the commands in it print comes from the commands. */
export interface DemoWords {
  readonly title: string;
  readonly about: string;
  readonly sign: string;
  readonly signed: (records: number, bytes: string) => string;
  readonly count: (records: number) => string;
  readonly key: string;
  readonly verify: string;
  readonly find: string;
  readonly alter: string;
  readonly altered: (offset: string, before: string, after: string) => string;
  readonly exitCode: string;
  readonly now: string;
}

const EN: DemoWords = {
  title: 'Good Order demo: a porcelain dinner set, broken on the way',
  about:
    'Five parties, one broken item. People, firms and dates are invented. The photos and carrier B’s shock recording are real files, set to these dates; carrier A’s trace is SYNTHETIC. The keys are published test keys: trust them for nothing else.',
  sign: 'They sign what they saw, each with an own key, most of them offline',
  signed: (records, bytes) =>
    `${records} records in dinner-set.passport, ${bytes} bytes; the seller’s manifest says that this is all.`,
  count: (records) => `${records} ${records === 1 ? 'record ' : 'records'}`,
  key: 'key',
  verify: 'Anybody verifies it, offline, with the file and a trust file',
  find: 'The same evidence and the same rules give the same finding, everywhere',
  alter: 'Then somebody makes carrier A’s ride look gentler',
  altered: (offset, before, after) =>
    `One byte of a copy is changed: byte ${offset} from ${before} to ${after}.`,
  exitCode: 'exit code',
  now: 'Now you',
};

const ZH: DemoWords = {
  title: 'Good Order 演示：一套瓷器餐具在途中破损',
  about:
    '五方当事人，一件破损物品。人物、公司与日期均为虚构。照片与承运人 B 的冲击记录是真实文件，仅改到这些日期；承运人 A 的记录为合成（SYNTHETIC）。密钥是公开的测试密钥，切勿用于其他用途。',
  sign: '各方以自己的密钥签署所见，多数在离线状态下完成',
  signed: (records, bytes) =>
    `dinner-set.passport 中有 ${records} 条记录，${bytes} 字节；卖方的清单声明这就是全部。`,
  count: (records) => `${records} 条记录`,
  key: '密钥',
  verify: '任何人凭此文件与信任文件即可离线验证',
  find: '同样的证据与同样的规则，在任何地方得出同样的认定',
  alter: '随后有人想让承运人 A 的运输显得更平稳',
  altered: (offset, before, after) => `副本中有一个字节被改动：第 ${offset} 字节由 ${before} 改为 ${after}。`,
  exitCode: '退出码',
  now: '轮到您了',
};

export const DEMO_WORDS: Readonly<Record<Language, DemoWords>> = { en: EN, zh: ZH };
