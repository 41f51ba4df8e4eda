import type { Severity } from '../../codes.js';
import type { RecordState } from '../../verify/verified-passport.js';
import type { Language } from './code-label.js';

/** What `explain` says around the sentence of a code. */
export interface ExplainWords {
  readonly effect: Readonly<Record<Severity, string>>;
  readonly state: Readonly<Record<RecordState, string>>;
  readonly tool: string;
  readonly accuses: string;
  readonly accusesNobody: string;
  readonly record: string;
  readonly nothing: string;
  readonly doctor: string;
  readonly unknownPart: string;
  advice(text: string): string;
  answer(name: string): string;
  /** Where the bytes of a record lie in its file; the last one included. */
  bytes(first: number, last: number, file: string): string;
}

export const EXPLAIN_WORDS: Readonly<Record<Language, ExplainWords>> = {
  en: {
    effect: {
      failure: 'a failure: where it counts, the verdict is TOTAL-FAILED',
      indeterminate: 'undecided: where it counts, the verdict is at best INDETERMINATE',
      warning: 'a warning: lowers nothing',
      info: 'for information: lowers nothing',
    },
    state: {
      trusted: 'trusted: its signature holds, and a path from the trust file leads to its signer',
      valid: 'valid: its signature holds, but the trust file vouches for nobody who signed it',
      unchecked: 'unchecked: it uses what this version does not know',
      invalid: 'invalid: it does not hold, and yields no facts',
    },
    tool: 'a code of the tools around verification: the input is refused',
    accuses: 'names a key as at fault, by two signatures of its own',
    accusesNobody: 'accuses nobody',
    record: 'record',
    nothing: 'nothing was found about it',
    doctor: 'found by `goodorder doctor`, about this machine and its keys',
    unknownPart: 'nothing of the finding speaks of it',
    advice: (text) => `what to do: ${text}`,
    answer: (name) => `part of the answer: ${name}`,
    bytes: (first, last, file) => `bytes ${first} to ${last} of ${file}`,
  },
  zh: {
    effect: {
      failure: '失败：计入时结论为 TOTAL-FAILED',
      indeterminate: '未定：计入时结论至多为 INDETERMINATE',
      warning: '警告：不降低任何结论',
      info: '说明：不降低任何结论',
    },
    state: {
      trusted: '可信：签名成立，且信任文件有路径通向签名人',
      valid: '有效：签名成立，但信任文件无人为签名人作保',
      unchecked: '未核验：使用了本版本不认识的内容',
      invalid: '无效：不成立，不产生任何事实',
    },
    tool: '核验之外工具的代码：输入被拒绝',
    accuses: '以其自身的两个签名指明某一密钥有过错',
    accusesNobody: '不指控任何人',
    record: '记录',
    nothing: '没有关于它的发现',
    doctor: '由 `goodorder doctor` 发现，涉及本机及其密钥',
    unknownPart: '认定中没有涉及它的内容',
    advice: (text) => `处理办法：${text}`,
    answer: (name) => `所属回答：${name}`,
    bytes: (first, last, file) => `${file} 的第 ${first} 至 ${last} 字节`,
  },
};
