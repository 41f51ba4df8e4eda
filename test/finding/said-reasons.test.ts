import { describe, expect, test } from 'vitest';
import { type FoundReason, REFER_CODES, reasonOf, UNPROVED_CODES } from '../../src/finding/reasons.js';
import { STANDARD_WORDS, sayGrade, sayGradeFigure, sayTests } from '../../src/finding/say-grade.js';
import * as words from '../../src/finding/words.js';
import type { EvidencePack, GradePredicate, GradeTest } from '../../src/rules/evidence-pack.js';

describe('reasons', () => {
  // biome-ignore format: a row a reason: why, and what would cure it
  const REASONS: readonly (readonly [FoundReason['code'], en: string, zh: string, cureEn: string, cureZh: string])[] = [
    ['currency-differs', 'it is owed, but claims and goods are not in one currency (ONE)', '应予赔偿，但请求与货物的币种不一致（ONE）', 'state the claim in the currency of the goods', '以货物的币种重新提出请求金额'],
    ['cap-unknown', 'it is owed, but whether R-1 limits the amount is unknown', '应予赔偿，但是否适用R-1的责任限额不明', 'a record that answers the condition of R-1: ONE', '能够查明R-1适用条件的记录：ONE'],
    ['cap-breach-unknown', 'it is owed, but whether the limit of R-1 is broken is unknown', '应予赔偿，但R-1的责任限额是否被突破不明', 'a record that answers: ONE', '能够回答以下问题的记录：ONE'],
    ['cap-figure-unknown', 'it is owed, but R-1 limits it by a figure that is not known: ONE', '应予赔偿，但R-1所依据的限额数字不明：ONE', 'open or record ONE', '公开或补充记载ONE'],
    ['rate-missing', 'it is owed, but R-1 counts in ONE and no rate to TWO is stated', '应予赔偿，但R-1以ONE计算，未载明折算为TWO的汇率', 'state in the dispute the rate of ONE in TWO, with its day', '在争议文件中载明ONE兑TWO的汇率及其日期'],
    ['rate-ambiguous', 'it is owed, but several rates of ONE in TWO are stated', '应予赔偿，但载明了多个ONE兑TWO的汇率', 'state the one rate of the day on which the law reckons', '只保留法律所定折算日的汇率'],
    ['share-unknown', 'it is owed, but whether the creditor bears a part under R-1 is unknown', '应予赔偿，但债权人是否依R-1自担部分损失不明', 'a record that answers the condition of R-1: ONE', '能够查明R-1适用条件的记录：ONE'],
    ['step-unknown', 'it is owed, but whether R-1 changes the amount is unknown', '应予赔偿，但R-1是否影响金额不明', 'a record that answers the condition of R-1: ONE', '能够查明R-1适用条件的记录：ONE'],
    ['figure-hidden', 'it is owed, but a figure that R-1 needs is not opened: ONE', '应予赔偿，但R-1所需的数字未公开：ONE', 'open ONE to whoever decides', '向裁断者公开ONE'],
    ['interest-start-unknown', 'it is owed, but from when interest runs under R-1 is unknown', '应予赔偿，但依R-1利息起算时间不明', 'a record that fixes the time of ONE', '能够确定ONE时间的记录'],
    ['order-contested', 'it is owed, but the law does not say which goes first, and the amount depends on it: ONE', '应予赔偿，但法律未规定计算顺序，而顺序影响金额：ONE', 'a person chooses the order, or the parties agree on one', '由人裁断计算顺序，或者由各方约定'],
    ['too-large', 'there is more in the case than can be weighed', '材料超出可计算的范围', 'put fewer records or claims before the engine at once', '分批提交记录或者请求'],
    ['unknown-matters', 'the answer turns on what the records leave unknown: ONE', '结论取决于记录未能查明的事项：ONE', 'a record that answers: ONE', '能够查明以下事项的记录：ONE'],
    ['too-many-unknowns', 'more is unknown than can be tried both ways: ONE', '未知事项过多，无法逐一比较：ONE', 'records that answer some of: ONE', '能够查明其中部分事项的记录：ONE'],
    ['share-at-discretion', 'the creditor has a part in it, and how large a part is for a court to say (R-1)', '债权人对损失也有责任，其份额由法院酌定（R-1）', 'the parties settle on the shares, or a person decides them', '由各方商定份额，或者由人裁断'],
    ['law-leaves-it-open', 'R-1 leaves the answer to a person', '依R-1，此事项须由人裁断', 'a person decides', '由人裁断'],
    ['punitive', 'punitive damages are never computed (R-1)', '惩罚性赔偿不由计算得出（R-1）', 'a person weighs the evidence of intent, which must exclude reasonable doubt', '由人审查故意的证据，该证据须排除合理怀疑'],
    ['reasonable-time', 'whether notice was given in a reasonable time is for a person to say (R-1)', '是否在合理期限内通知须由人判断（R-1）', 'an agreement that counts the days of notice, signed by both sides', '双方签署的、约定通知天数的协议'],
    ['injury', 'injury to a person is never computed (R-1)', '人身损害不由计算得出（R-1）', 'a person decides on medical evidence', '由人依据医疗证据裁断'],
  ];

  test('every code has a reason and a cure in both languages', () => {
    expect(REASONS.map(([code]) => code).sort()).toEqual(
      [...new Set([...UNPROVED_CODES, ...REFER_CODES])].sort(),
    );
    expect(REASONS.map(([code]) => reasonOf(code, 'R-1', 'ONE', 'TWO'))).toEqual(
      REASONS.map(([code, en, zh, cureEn, cureZh]) => ({
        code,
        cure: { en: cureEn, zh: cureZh },
        rule: 'R-1',
        says: { en, zh },
      })),
    );
  });

  test('where no single rule asks, none is named', () => {
    expect(reasonOf('unknown-matters', null, 'who packed it')).toEqual({
      code: 'unknown-matters',
      cure: { en: 'a record that answers: who packed it', zh: '能够查明以下事项的记录：who packed it' },
      rule: null,
      says: {
        en: 'the answer turns on what the records leave unknown: who packed it',
        zh: '结论取决于记录未能查明的事项：who packed it',
      },
    });
    expect(reasonOf('punitive', null).says).toEqual({
      en: 'punitive damages are never computed ()',
      zh: '惩罚性赔偿不由计算得出（）',
    });
  });
});

describe('what a line of an evidence pack asks', () => {
  // biome-ignore format: a row a sentence
  const TESTS: readonly (readonly [not: boolean, GradePredicate, en: string, zh: string])[] = [
    [false, { asks: 'integrity', is: 'broken' }, 'it does not hold', '签名不成立'],
    [true, { asks: 'integrity', is: 'broken' }, 'it holds', '签名成立'],
    [false, { asks: 'integrity', is: 'adverse-only' }, 'it counts only against its signer', '仅对签名人不利时有效'],
    [true, { asks: 'integrity', is: 'adverse-only' }, 'it counts in full', '完整有效'],
    [false, { asks: 'kind', of: ['statement', 'label'] }, 'a statement or a label without test items', '陈述或无检测项目的标签'],
    [true, { asks: 'kind', of: ['statement', 'label'] }, 'it is not a statement or a label without test items', '并非陈述或无检测项目的标签'],
    [false, { asks: 'kind', of: ['own-record', 'instrument', 'accredited-full', 'platform-log'] }, 'a record of one’s own or the recording of an instrument or an accredited examination of this item or the log of a platform', '自行制作的记录或仪器记录或经认可的针对该物的检验或平台日志'],
    [true, { asks: 'kind', of: ['own-record', 'instrument', 'accredited-full', 'platform-log'] }, 'it is not a record of one’s own or the recording of an instrument or an accredited examination of this item or the log of a platform', '并非自行制作的记录或仪器记录或经认可的针对该物的检验或平台日志'],
    [false, { asks: 'issued-by-hurt' }, 'its own signer is the one it hurts', '由其不利方自行签发'],
    [true, { asks: 'issued-by-hurt' }, 'its signer is not the one it hurts', '并非由其不利方签发'],
    [false, { asks: 'counter-signed-by-hurt' }, 'the one it hurts counter-signed it, with a scope that covers this', '其不利方已副署且检验过该方面'],
    [true, { asks: 'counter-signed-by-hurt' }, 'the one it hurts did not counter-sign it', '其不利方未副署'],
    [false, { asks: 'scope-covers' }, 'it examined this very thing', '检验范围涵盖该方面'],
    [true, { asks: 'scope-covers' }, 'it left this out', '未涵盖该方面'],
    [false, { asks: 'neutral' }, 'by somebody neutral here', '出自此处的中立方'],
    [true, { asks: 'neutral' }, 'not by somebody neutral here', '并非出自中立方'],
    [false, { asks: 'helping-itself' }, 'its signer gains by it elsewhere', '签名人在他处因此受益'],
    [true, { asks: 'helping-itself' }, 'its signer gains nothing by it elsewhere', '签名人在他处并不因此受益'],
    [false, { asks: 'secured' }, 'one shot, item and parcel in frame, and pinned from outside in time', '一镜到底、货与包裹同框，并及时由外部固定'],
    [true, { asks: 'secured' }, 'not secured', '未经外部固定'],
    [false, { asks: 'timely' }, 'made in time', '及时形成'],
    [true, { asks: 'timely' }, 'not made in time', '未及时形成'],
    [false, { asks: 'neutral-of-occasion' }, 'somebody neutral recorded the same occasion', '中立方记录了同一场合'],
    [true, { asks: 'neutral-of-occasion' }, 'nobody neutral recorded the occasion', '无中立方记录该场合'],
    [false, { asks: 'opposed-record' }, 'a record from an opposed or neutral side says the same', '对立方或中立方的记录与之一致'],
    [true, { asks: 'opposed-record' }, 'no record from an opposed side says the same', '无对立方记录与之一致'],
    [false, { asks: 'after-cut' }, 'after a cut in the recording', '在录像剪断之后'],
    [true, { asks: 'after-cut' }, 'before any cut', '在剪断之前'],
    [false, { asks: 'calibration-lapsed' }, 'no calibration is shown for that time', '无该时段有效的校准'],
    [true, { asks: 'calibration-lapsed' }, 'calibrated at the time', '当时校准有效'],
    [false, { asks: 'trusted-path' }, 'its signer is vouched for', '签名人有可信路径'],
    [true, { asks: 'trusted-path' }, 'nobody vouches for its signer', '无人为签名人作保'],
    [false, { asks: 'counter-signed-by-trusted' }, 'somebody known counter-signed it', '已由可信方副署'],
    [true, { asks: 'counter-signed-by-trusted' }, 'nobody known counter-signed it', '无可信方副署'],
    [false, { asks: 'line', of: ['g1'] }, '', ''],
    [true, { asks: 'line', of: ['g1'] }, '', ''],
  ];

  test('is said as it is, and as it is not', () => {
    expect(TESTS.map(([not, predicate]) => [not, predicate, sayTests([{ not, predicate }])])).toEqual(
      TESTS.map(([not, predicate, en, zh]) => [not, predicate, { en, zh }]),
    );
  });

  test('is one list of all that it asks, without the lines that it names', () => {
    const tests: readonly GradeTest[] = [
      { not: false, predicate: { asks: 'neutral' } },
      { not: true, predicate: { asks: 'line', of: ['g1'] } },
      { not: true, predicate: { asks: 'timely' } },
    ];
    expect(sayTests(tests)).toEqual({
      en: 'by somebody neutral here, not made in time',
      zh: '出自此处的中立方，未及时形成',
    });
  });

  test('of several kinds names the one that the fact is', () => {
    const kinds = (not: boolean, kind: string | null): string =>
      sayTests([{ not, predicate: { asks: 'kind', of: ['statement', 'instrument', 'other'] } }], kind).en;
    const all = 'a statement or the recording of an instrument or other';
    expect([
      kinds(false, 'instrument'),
      kinds(false, 'label'),
      kinds(false, null),
      kinds(true, 'instrument'),
    ]).toEqual(['the recording of an instrument', all, all, `it is not ${all}`]);
  });
});

describe('a grade', () => {
  const timely: GradeTest = { not: false, predicate: { asks: 'timely' } };
  const kind: GradeTest = { not: false, predicate: { asks: 'kind', of: ['own-record', 'label'] } };
  const PACK = {
    grades: [
      { id: 'g-kind', when: [kind], grade: 3, cite: null },
      { id: 'g-timely', when: [timely], grade: 2, cite: null },
    ],
    lifts: [
      { id: 'l-kind', when: [kind], cite: null },
      { id: 'l-neutral', when: [{ not: false, predicate: { asks: 'neutral' } }], cite: null },
    ],
    caps: [
      { id: 'c-timely', when: [timely], to: 1, cite: null },
      { id: 'c-secured', when: [{ not: true, predicate: { asks: 'secured' } }], to: 2, cite: null },
    ],
  } as unknown as EvidencePack;
  const grade = { fact: 'r#0', grade: 2, line: 'g-timely', lift: null, caps: [] };

  test('says which line fits', () => {
    expect(sayGrade(grade, PACK, null)).toEqual({
      en: 'grade 2 of 5; made in time (g-timely)',
      zh: '2级（满5级）；及时形成（g-timely）',
    });
    expect(sayGrade({ ...grade, line: 'g-kind' }, PACK, 'label')).toEqual({
      en: 'grade 2 of 5; a label without test items (g-kind)',
      zh: '2级（满5级）；无检测项目的标签（g-kind）',
    });
  });

  test('or that none does', () => {
    expect(sayGrade({ ...grade, grade: 0, line: 'none' }, PACK, null)).toEqual({
      en: 'grade 0 of 5; no line of the rules of evidence fits it',
      zh: '0级（满5级）；证据规则中无适用项',
    });
  });

  test('says what raised it and all that held it down, of what kind the fact is', () => {
    expect(
      sayGrade({ ...grade, lift: 'l-neutral', caps: ['c-secured', 'c-timely'] }, PACK, 'own-record'),
    ).toEqual({
      en: 'grade 2 of 5; made in time (g-timely); raised: by somebody neutral here (l-neutral); held down to 2: not secured (c-secured); held down to 1: made in time (c-timely)',
      zh: '2级（满5级）；及时形成（g-timely）；提升：出自此处的中立方（l-neutral）；限为2级：未经外部固定（c-secured）；限为1级：及时形成（c-timely）',
    });
    expect(sayGrade({ ...grade, lift: 'l-kind' }, PACK, 'own-record').en).toBe(
      'grade 2 of 5; made in time (g-timely); raised: a record of one’s own (l-kind)',
    );
  });

  test('of a pack that no longer has the lift or cap names it', () => {
    expect(sayGrade({ ...grade, lift: 'l-gone', caps: ['c-gone'] }, PACK, null)).toEqual({
      en: 'grade 2 of 5; made in time (g-timely); raised: l-gone; held down to : c-gone',
      zh: '2级（满5级）；及时形成（g-timely）；提升：l-gone；限为级：c-gone',
    });
  });

  test('is a figure of five, and each standard has its words', () => {
    expect(sayGradeFigure(4)).toEqual({ en: 'grade 4 of 5', zh: '4级（满5级）' });
    expect(STANDARD_WORDS).toEqual({
      'prima-facie': { en: 'some proof', zh: '初步证据' },
      preponderance: { en: 'more likely than not', zh: '优势证据' },
      high: { en: 'a high probability', zh: '高度盖然性' },
      'beyond-doubt': { en: 'beyond reasonable doubt', zh: '排除合理怀疑' },
    });
  });
});

describe('words', () => {
  test('every table has a word for all that can be told', () => {
    const keys = Object.fromEntries(
      Object.entries(words).flatMap(([name, table]) =>
        typeof table === 'function' ? [] : [[name, Object.keys(table)]],
      ),
    );
    expect({ ...keys, ROLE: undefined }).toEqual({
      EDGE_STATUS: ['liable', 'not-liable', 'barred', 'liable-amount-unproved', 'refer'],
      BASIS: ['proven', 'presumption', 'exception', 'time-bar', 'burden-default'],
      LOCATION: ['implicated', 'bracketed', 'inferred'],
      ISSUE_STATUS: ['found', 'not-found', 'undetermined', 'not-raised'],
      DECIDED_BY: ['evidence', 'presumption', 'burden'],
      SIDE: ['pro', 'con'],
      HOW: ['seen', 'good-forward', 'good-back', 'bad-forward', 'bad-back', 'implied'],
      ROLE: undefined,
      BOUNDARY: ['packing', 'pickup', 'transfer', 'delivery', 'return-pickup', 'return-receipt'],
      CONDITION: ['good', 'bad'],
      PURPOSE: ['packing', 'unboxing', 'intake'],
      PREDICATE: ['returned', 'paid', 'used', 'repaired', 'disclosed', 'commissioned', 'stated', 'sampled'],
      CAUSE: ['manufacture', 'nature', 'packing', 'force-majeure', 'battery'],
      REFER: ['unknown-matters', 'too-many-unknowns', 'too-large'],
    });
  });

  test('three answers', () => {
    expect([true, false, null].map(words.truthWord)).toEqual([
      { en: 'yes', zh: '是' },
      { en: 'no', zh: '否' },
      { en: 'unknown', zh: '不明' },
    ]);
  });

  test('what has no word is told as it is written', () => {
    expect([words.word(words.SIDE, 'pro'), words.word(words.SIDE, 'third')]).toEqual([
      { en: 'for it', zh: '支持' },
      { en: 'third', zh: 'third' },
    ]);
  });

  test('a name never becomes part of a pattern', () => {
    const name = words.verbatim('$& {1} $1');
    expect(words.phrase('{0}, {1}: {0}', '{1}，{0}', name, words.verbatim('B'))).toEqual({
      en: '$& B $1, B: $& B $1',
      zh: 'B，$& B $1',
    });
  });
});
