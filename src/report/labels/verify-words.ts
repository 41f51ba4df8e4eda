import type { Axis } from '../../codes.js';
import type { CheckName } from '../../verify/verify-report.js';
import { countText, plural } from '../name-text.js';
import type { Mark } from '../styled-line.js';
import type { Language } from './code-label.js';

/** Every sentence of a verification as people read it. */
export interface VerifyWords {
  readonly passed: string;
  readonly altered: string;
  readonly unreadable: string;
  readonly incomplete: string;
  readonly trustRefused: string;
  readonly misattributed: string;
  readonly noTrustFile: string;
  readonly unknownSigners: string;
  readonly undecided: string;
  readonly item: string;
  readonly records: string;
  readonly to: string;
  readonly axes: Readonly<Record<Axis, string>>;
  readonly answers: Readonly<Record<Mark, string>>;
  readonly signer: string;
  /** A name that its key has no proven right to. */
  callsItself(name: string): string;
  readonly at: string;
  readonly field: string;
  readonly notChecked: string;
  readonly passport: string;
  readonly asOf: string;
  readonly timeGiven: (time: string) => string;
  readonly merge: string;
  readonly noTrust: string;
  readonly unknownIsNotFalse: string;
  readonly nobodyIsKnown: string;
  readonly notLookedAt: string;
  readonly gapAccusesNobody: string;
  readonly members: readonly string[];
  readonly checks: Readonly<Record<CheckName, string>>;
  recordsBySigners(records: number, signers: number, span: string): string;
  intact(records: number, files: string): string;
  notIntact(bad: number, records: number, findings: number): string;
  mediaMatched(matched: number, total: number): string;
  signersKnown(known: number, all: number, self: number, trust: string, sequence: number): string;
  signersUnknown(all: number): string;
  timeBounds(bounded: number, open: number): string;
  recordNumbers(numbers: string): string;
  /** `stranger`: somebody whom nobody vouches for states it. */
  noManifest(gap: boolean, fork: boolean, stranger: boolean): string;
  manifest(gap: boolean, fork: boolean, by: string): string;
  nextUpdate(day: string): string;
  moreCodes(count: number): string;
  /** The first `shown` values, and how many more there are. */
  list(values: readonly (string | number)[], shown: number): string;
  bytes(from: string, to: string): string;
  byte(at: string): string;
  leavesOut(count: number): string;
  changedAfterSigning(numbers: string, standing: number): string;
}

const EN: VerifyWords = {
  passed: 'intact, from known signers',
  altered: 'not as it was signed',
  unreadable: 'not a passport that can be read',
  incomplete: 'proven incomplete or contradictory',
  trustRefused: 'the trust file is refused',
  misattributed: 'signed by somebody other than it says',
  noTrustFile: 'intact, but no trust file was given',
  unknownSigners: 'intact, but no signer is in the trust file',
  undecided: 'intact, but something cannot be decided',
  item: 'Item',
  records: 'Records',
  to: 'to',
  axes: {
    integrity: 'Integrity',
    authenticity: 'Signers',
    time: 'Time',
    completeness: 'Complete',
    trust: 'Trust',
  },
  answers: { passed: 'passed', limited: 'limited', failed: 'failed' },
  signer: 'signer',
  callsItself: (name) => `calls itself ${name}`,
  at: 'at',
  field: 'field',
  notChecked: 'Not checked',
  passport: 'Passport',
  asOf: 'As of',
  timeGiven: (time) => `${time}, as asked; not as of today`,
  merge: 'Merge',
  noTrust: 'no trust file',
  unknownIsNotFalse: 'Unknown is not false. The trust file vouches for none of these keys.',
  nobodyIsKnown: 'Unknown is not false. No trust file was given to say whose keys these are.',
  notLookedAt: 'not looked at: the file cannot be read',
  gapAccusesNobody: 'A missing number says that a record is not here. It does not say who left it out.',
  members: ['item', 'record', 'key', 'credential', 'opening', 'note', 'token', 'receipt', 'attachment'],
  checks: {
    container: 'container',
    'closed-world': 'closed world',
    signatures: 'signatures',
    payloads: 'payloads',
    'private-fields': 'private fields (none opened)',
    links: 'links',
    chains: 'chains',
    manifests: 'manifests',
    credentials: 'credentials',
    revocations: 'revocations',
    receipts: 'public log (no receipt)',
    'witnessed-notes': 'witnessed times',
    'time-tokens': 'time tokens',
    'attached-files': 'attached files',
    'separate-files': 'media files (none given)',
    'what-pictures-show': 'what pictures show',
    'later-revocations': 'later revocations',
  },
  recordsBySigners: (records, signers, span) =>
    `${countText(records)}, by ${plural(signers, 'signer')}, ${span}`,
  intact: (records, files) => `${countText(records)}/${countText(records)} records${files}, all links`,
  notIntact: (bad, records, findings) =>
    bad === 0
      ? `${plural(findings, 'thing')} in the file ${findings === 1 ? 'does' : 'do'} not hold`
      : `${countText(bad)} of ${plural(records, 'record')} ${bad === 1 ? 'does' : 'do'} not hold`,
  mediaMatched: (matched, total) => `, ${countText(matched)}/${countText(total)} media files`,
  signersKnown: (known, all, self, trust, sequence) =>
    `${known}/${all} in ${trust}, sequence ${sequence}${self === 0 ? '' : `; ${self} by own key only`}`,
  signersUnknown: (all) => `0/${all} known`,
  timeBounds: (bounded, open) =>
    open === 0 ? `${bounded} bounded` : `${bounded} bounded, ${open} without proven earliest`,
  recordNumbers: (numbers) => (/^\d+$/.test(numbers) ? `record ${numbers}` : `records ${numbers}`),
  noManifest: (gap, fork, stranger) =>
    `${gap ? 'a gap' : 'no gap'}, ${fork ? 'a fork' : 'no fork'}, ${stranger ? 'manifest by an unknown key only' : 'nobody states completeness'}`,
  manifest: (gap, fork, by) =>
    `${gap ? 'a gap' : 'no gap'}, ${fork ? 'a fork' : 'no fork'}, manifest by ${by}`,
  nextUpdate: (day) => `next update ${day}`,
  list: (values, shown) =>
    values.slice(0, shown).join(', ') + (values.length > shown ? ` and ${values.length - shown} more` : ''),
  moreCodes: (count) => `and ${plural(count, 'more code')}; --format json shows all`,
  bytes: (from, to) => `bytes ${from} to ${to}`,
  byte: (at) => `byte ${at}`,
  leavesOut: (count) => `would leave out ${plural(count, 'element')} that cannot be justified`,
  changedAfterSigning: (numbers, standing) =>
    (/^\d+$/.test(numbers)
      ? `Bytes of record ${numbers} changed after signing. This does not show who changed them, when, or why. `
      : 'Bytes changed after signing. This does not show who changed them, when, or why. ') +
    `${plural(standing, 'record')} ${standing === 1 ? 'stands' : 'stand'}. What does not hold yields no facts, for anyone.`,
};

const ZH: VerifyWords = {
  passed: '完整，签名人已知',
  altered: '与签署时不一致',
  unreadable: '不是可读取的护照文件',
  incomplete: '已证明不完整或自相矛盾',
  trustRefused: '信任文件被拒绝',
  misattributed: '实际签名人与所称不符',
  noTrustFile: '完整，但未提供信任文件',
  unknownSigners: '完整，但信任文件中没有任何签名人',
  undecided: '完整，但有事项无法判定',
  item: '物品',
  records: '记录',
  to: '至',
  axes: { integrity: '完整性', authenticity: '签名人', time: '时间', completeness: '齐全性', trust: '信任' },
  answers: { passed: '通过', limited: '有限', failed: '失败' },
  signer: '签名人',
  callsItself: (name) => `自称 ${name}`,
  at: '位置',
  field: '字段',
  notChecked: '未检查',
  passport: '护照',
  asOf: '截至',
  timeGiven: (time) => `${time}（按指定时间，并非今日）`,
  merge: '合并',
  noTrust: '无信任文件',
  unknownIsNotFalse: '未知不等于虚假。信任文件未为其中任何密钥担保。',
  nobodyIsKnown: '未知不等于虚假。密钥属于谁由信任文件说明；未提供信任文件。',
  notLookedAt: '未查看：文件无法读取',
  gapAccusesNobody: '缺号说明有记录不在此处，并不说明是谁略去。',
  members: ['物品', '记录', '密钥', '凭证', '公开项', '便笺', '时间戳', '回执', '附件'],
  checks: {
    container: '容器',
    'closed-world': '封闭性',
    signatures: '签名',
    payloads: '载荷',
    'private-fields': '私密字段（均未公开）',
    links: '链接',
    chains: '链',
    manifests: '清单',
    credentials: '凭证',
    revocations: '吊销',
    receipts: '公共日志（无回执）',
    'witnessed-notes': '见证时间',
    'time-tokens': '时间戳',
    'attached-files': '附件',
    'separate-files': '媒体文件（未提供）',
    'what-pictures-show': '图片内容',
    'later-revocations': '之后的吊销',
  },
  recordsBySigners: (records, signers, span) => `${countText(records)} 条，${signers} 位签名人，${span}`,
  intact: (records, files) => `${countText(records)}/${countText(records)} 条记录${files}，全部链接`,
  notIntact: (bad, records, findings) =>
    bad === 0 ? `文件中 ${findings} 项不成立` : `${countText(records)} 条记录中 ${countText(bad)} 条不成立`,
  mediaMatched: (matched, total) => `，${countText(matched)}/${countText(total)} 个媒体文件`,
  signersKnown: (known, all, self, trust, sequence) =>
    `${known}/${all} 位在 ${trust} 第 ${sequence} 版中${self === 0 ? '' : `；${self} 位仅凭自身密钥`}`,
  signersUnknown: (all) => `0/${all} 位已知`,
  timeBounds: (bounded, open) =>
    open === 0 ? `${bounded} 条有界` : `${bounded} 条有界，${open} 条无已证最早时间`,
  recordNumbers: (numbers) => `记录 ${numbers}`,
  noManifest: (gap, fork, stranger) =>
    `${gap ? '有缺号' : '无缺号'}，${fork ? '有分叉' : '无分叉'}，${stranger ? '仅有未知密钥的清单' : '无人声明齐全'}`,
  manifest: (gap, fork, by) => `${gap ? '有缺号' : '无缺号'}，${fork ? '有分叉' : '无分叉'}，清单出自 ${by}`,
  nextUpdate: (day) => `下次更新 ${day}`,
  list: (values, shown) =>
    values.slice(0, shown).join('、') + (values.length > shown ? ` 等 ${values.length} 项` : ''),
  moreCodes: (count) => `另有 ${count} 个代码；用 --format json 查看全部`,
  bytes: (from, to) => `字节 ${from} 至 ${to}`,
  byte: (at) => `字节 ${at}`,
  leavesOut: (count) => `将略去 ${count} 个无正当理由的元素`,
  changedAfterSigning: (numbers, standing) =>
    `记录 ${numbers} 的字节在签署后发生变化。这不说明由谁、何时、为何改变。其余 ${standing} 条记录成立。不成立者对任何人都不产生事实。`,
};

export const VERIFY_WORDS: Readonly<Record<Language, VerifyWords>> = { en: EN, zh: ZH };
