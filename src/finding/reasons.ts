import type { Said } from '../rules/rule.js';
import { phrase, verbatim } from './words.js';

/** Why an amount that is owed cannot be said. */
export const UNPROVED_CODES = [
  'currency-differs',
  'cap-unknown',
  'cap-breach-unknown',
  'cap-figure-unknown',
  'rate-missing',
  'rate-ambiguous',
  'share-unknown',
  'step-unknown',
  'figure-hidden',
  'interest-start-unknown',
  'order-contested',
  'too-large',
] as const;
export type UnprovedCode = (typeof UNPROVED_CODES)[number];

/** Why the edge itself goes to a person. */
export const REFER_CODES = [
  'unknown-matters',
  'too-many-unknowns',
  'too-large',
  'share-at-discretion',
  'law-leaves-it-open',
  'punitive',
  'reasonable-time',
  'injury',
] as const;
export type ReferCode = (typeof REFER_CODES)[number];

/** Why a finding stops short of an amount or an answer: a code for programs, a sentence, and what would cure it. */
export interface FoundReason {
  readonly code: UnprovedCode | ReferCode;
  /** What record or statement would let the finding go on; for what only a person can say, that. */
  readonly cure: Said;
  /** Rule that asks for what is missing; null where no single one does. */
  readonly rule: string | null;
  readonly says: Said;
}

type Row = readonly [says: readonly [en: string, zh: string], cure: readonly [en: string, zh: string]];

// {0} is the rule or measure, {1} and {2} what the code needs to say.
const ROWS: Readonly<Record<UnprovedCode | ReferCode, Row>> = {
  'currency-differs': [
    [
      'it is owed, but claims and goods are not in one currency ({1})',
      '应予赔偿，但请求与货物的币种不一致（{1}）',
    ],
    ['state the claim in the currency of the goods', '以货物的币种重新提出请求金额'],
  ],
  'cap-unknown': [
    ['it is owed, but whether {0} limits the amount is unknown', '应予赔偿，但是否适用{0}的责任限额不明'],
    ['a record that answers the condition of {0}: {1}', '能够查明{0}适用条件的记录：{1}'],
  ],
  'cap-breach-unknown': [
    [
      'it is owed, but whether the limit of {0} is broken is unknown',
      '应予赔偿，但{0}的责任限额是否被突破不明',
    ],
    ['a record that answers: {1}', '能够回答以下问题的记录：{1}'],
  ],
  'cap-figure-unknown': [
    [
      'it is owed, but {0} limits it by a figure that is not known: {1}',
      '应予赔偿，但{0}所依据的限额数字不明：{1}',
    ],
    ['open or record {1}', '公开或补充记载{1}'],
  ],
  'rate-missing': [
    [
      'it is owed, but {0} counts in {1} and no rate to {2} is stated',
      '应予赔偿，但{0}以{1}计算，未载明折算为{2}的汇率',
    ],
    ['state in the dispute the rate of {1} in {2}, with its day', '在争议文件中载明{1}兑{2}的汇率及其日期'],
  ],
  'rate-ambiguous': [
    ['it is owed, but several rates of {1} in {2} are stated', '应予赔偿，但载明了多个{1}兑{2}的汇率'],
    ['state the one rate of the day on which the law reckons', '只保留法律所定折算日的汇率'],
  ],
  'share-unknown': [
    [
      'it is owed, but whether the creditor bears a part under {0} is unknown',
      '应予赔偿，但债权人是否依{0}自担部分损失不明',
    ],
    ['a record that answers the condition of {0}: {1}', '能够查明{0}适用条件的记录：{1}'],
  ],
  'step-unknown': [
    ['it is owed, but whether {0} changes the amount is unknown', '应予赔偿，但{0}是否影响金额不明'],
    ['a record that answers the condition of {0}: {1}', '能够查明{0}适用条件的记录：{1}'],
  ],
  'figure-hidden': [
    ['it is owed, but a figure that {0} needs is not opened: {1}', '应予赔偿，但{0}所需的数字未公开：{1}'],
    ['open {1} to whoever decides', '向裁断者公开{1}'],
  ],
  'interest-start-unknown': [
    ['it is owed, but from when interest runs under {0} is unknown', '应予赔偿，但依{0}利息起算时间不明'],
    ['a record that fixes the time of {1}', '能够确定{1}时间的记录'],
  ],
  'order-contested': [
    [
      'it is owed, but the law does not say which goes first, and the amount depends on it: {1}',
      '应予赔偿，但法律未规定计算顺序，而顺序影响金额：{1}',
    ],
    ['a person chooses the order, or the parties agree on one', '由人裁断计算顺序，或者由各方约定'],
  ],
  'too-large': [
    ['there is more in the case than can be weighed', '材料超出可计算的范围'],
    ['put fewer records or claims before the engine at once', '分批提交记录或者请求'],
  ],
  'unknown-matters': [
    ['the answer turns on what the records leave unknown: {1}', '结论取决于记录未能查明的事项：{1}'],
    ['a record that answers: {1}', '能够查明以下事项的记录：{1}'],
  ],
  'too-many-unknowns': [
    ['more is unknown than can be tried both ways: {1}', '未知事项过多，无法逐一比较：{1}'],
    ['records that answer some of: {1}', '能够查明其中部分事项的记录：{1}'],
  ],
  'share-at-discretion': [
    [
      'the creditor has a part in it, and how large a part is for a court to say ({0})',
      '债权人对损失也有责任，其份额由法院酌定（{0}）',
    ],
    ['the parties settle on the shares, or a person decides them', '由各方商定份额，或者由人裁断'],
  ],
  'law-leaves-it-open': [
    ['{0} leaves the answer to a person', '依{0}，此事项须由人裁断'],
    ['a person decides', '由人裁断'],
  ],
  punitive: [
    ['punitive damages are never computed ({0})', '惩罚性赔偿不由计算得出（{0}）'],
    [
      'a person weighs the evidence of intent, which must exclude reasonable doubt',
      '由人审查故意的证据，该证据须排除合理怀疑',
    ],
  ],
  'reasonable-time': [
    [
      'whether notice was given in a reasonable time is for a person to say ({0})',
      '是否在合理期限内通知须由人判断（{0}）',
    ],
    ['an agreement that counts the days of notice, signed by both sides', '双方签署的、约定通知天数的协议'],
  ],
  injury: [
    ['injury to a person is never computed ({0})', '人身损害不由计算得出（{0}）'],
    ['a person decides on medical evidence', '由人依据医疗证据裁断'],
  ],
};

/** The reason of a code; `rule` and `parts` are named in its sentences. */
export function reasonOf(
  code: FoundReason['code'],
  rule: string | null,
  ...parts: readonly string[]
): FoundReason {
  const [says, cure] = ROWS[code];
  const named = [rule ?? '', ...parts].map(verbatim);
  return { code, cure: phrase(cure[0], cure[1], ...named), rule, says: phrase(says[0], says[1], ...named) };
}
