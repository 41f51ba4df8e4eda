import { plural } from '../name-text.js';
import type { Language } from './code-label.js';

/** What `trust suggest` says, on the screen and in the comments of its draft. */
export interface SuggestWords {
  readonly warning: readonly string[];
  none(records: number): string;
  headline(keys: number, records: number): string;
  wouldTrust(trusted: number, records: number): string;
  readonly issuer: string;
  readonly signer: string;
  readonly partyFromRecord: string;
  readonly partyUnknown: string;
  vouches(party: string, roles: string): string;
  more(count: number): string;
  testKey(name: string): string;
  readonly compare: string;
  readonly noRoles: string;
  selfBound(keys: number): string;
  log(name: string, keyId: string, notes: number): string;
  readonly logs: string;
  tokens(count: number): string;
  readonly draft: string;
  readonly fingerprint: string;
  readonly words: string;
  readonly party: string;
  readonly command: string;
}

export const SUGGEST_WORDS: Readonly<Record<Language, SuggestWords>> = {
  en: {
    warning: [
      'Whoever made the passport chose every key in it. Nothing here says that a key belongs to whom it claims:',
      'ask that party for its fingerprint over a second channel, and believe only what agrees.',
    ],
    none: (records) =>
      `nobody to believe: ${plural(records, 'record')}, and no key that signs for a party or vouches for one`,
    headline: (keys, records) =>
      `${plural(keys, 'key')} a verifier would have to believe for ${plural(records, 'record')}`,
    wouldTrust: (trusted, records) =>
      `believed alone, it would make ${trusted} of ${records} records trusted`,
    issuer: 'vouches for others by credentials',
    signer: 'signs for a party, and nobody here vouches for it',
    partyFromRecord: 'so it says of itself in a record',
    partyUnknown: 'it nowhere says whose it is: the entry names the key only',
    vouches: (party, roles) => `${party} as ${roles}`,
    more: (count) => `and ${count} more`,
    testKey: (name) => `published test key ${name}: anybody can sign with it, so nothing is drafted`,
    compare: 'compare with its holder',
    noRoles: 'give it the roles it has, or its word counts as a mere statement',
    selfBound: (keys) =>
      `${plural(keys, 'key')} sign${keys === 1 ? 's' : ''} under its own name: a person’s word, for which nobody vouches`,
    log: (name, keyId, notes) => `${name}, key ${keyId}, on ${plural(notes, 'note')}`,
    logs: 'logs and witnesses: their keys are not in the passport; ask the operator for the vkey',
    tokens: (count) => `${plural(count, 'time token')}: the certificates to believe are their issuers’`,
    draft: 'Draft of a trust file. It is none yet: comments are refused, and no key is in force.',
    fingerprint: 'fingerprint',
    words: 'in words',
    party: 'party',
    command: 'to believe it',
  },
  zh: {
    warning: [
      '护照中的每一把密钥都由制作者选定。此处不能说明密钥确属其所称之人：',
      '请通过另一渠道向该方索取指纹，一致者方可采信。',
    ],
    none: (records) => `无需采信任何密钥：共 ${records} 条记录，没有代表某方签名或为他人担保的密钥`,
    headline: (keys, records) => `要采信 ${records} 条记录，核验者须信任以下 ${keys} 把密钥`,
    wouldTrust: (trusted, records) => `仅信任它，可使 ${records} 条记录中的 ${trusted} 条成为可信`,
    issuer: '以凭证为他人担保',
    signer: '代表某方签名，此处无人为其担保',
    partyFromRecord: '系其在记录中自称',
    partyUnknown: '从未说明属于谁：条目只写密钥本身',
    vouches: (party, roles) => `${party}，角色 ${roles}`,
    more: (count) => `另有 ${count} 项`,
    testKey: (name) => `公开的测试密钥 ${name}：任何人都能用它签名，故不列入草稿`,
    compare: '请与持有人核对',
    noRoles: '请填写其角色，否则其言仅作陈述',
    selfBound: (keys) => `${keys} 把密钥以自身名义签名：个人之言，无人担保`,
    log: (name, keyId, notes) => `${name}，密钥 ${keyId}，见于 ${notes} 份便笺`,
    logs: '日志与见证人：其密钥不在护照中，请向运营方索取 vkey',
    tokens: (count) => `时间戳 ${count} 个：须信任其签发者的证书`,
    draft: '信任文件草稿。尚不是信任文件：含注释者会被拒绝，其中没有任何密钥生效。',
    fingerprint: '指纹',
    words: '助记词',
    party: '主体',
    command: '如要信任',
  },
};
