import { describe, expect, test } from 'vitest';
import type { Hypothesis } from '../../src/finding/hypothesis.js';
import type { PreflightKind } from '../../src/finding/preflight-case.js';
import { sayAdvice, sayRegions } from '../../src/finding/say-advice.js';
import { sayHypothesis } from '../../src/finding/say-hypothesis.js';

type Told = Partial<Pick<Hypothesis, 'boundaryName' | 'by' | 'leg' | 'value' | 'with'>> &
  Pick<Hypothesis, 'kind'>;
type Row = readonly [Told, en: string, zh: string];

function hypothesis(told: Told): Hypothesis {
  return { by: 'A', with: 'B', boundaryName: 'pickup', leg: 'l1', value: 'good', ...told } as Hypothesis;
}
/** Nobody else is asked about. */
function nameOf(party: string): string {
  expect(['A', 'B']).toContain(party);
  return `<${party}>`;
}

// biome-ignore format: a row a sentence
const HYPOTHESES: readonly Row[] = [
  [{ kind: 'recording' }, 'one uncut recording by <A> at pickup: good', '<A>在揽收时的一镜到底录像：完好'],
  [{ kind: 'joint-remark' }, '<A> and <B> signing at pickup: good', '<A>与<B>在揽收时共同签署：完好'],
  [{ kind: 'joint-survey' }, 'a joint survey by <A> and <B>: good', '<A>与<B>共同检验：完好'],
  [{ kind: 'log' }, 'a complete clean log of pickup by <A>', '<A>关于揽收的完整无异常记录'],
  [{ kind: 'shock-log' }, 'a log of pickup by <A> with a damaging shock', '<A>关于揽收的含致损冲击的记录'],
  [{ kind: 'seal' }, 'a seal put on by <A> at packing, its number on the handover, read intact by <B> at delivery', '<A>在包装时施封、封号载入交接记录，<B>在送达时核验封志完好'],
  [{ kind: 'notice' }, '<A> giving notice as soon as it was found', '<A>在发现时即提出异议'],
  [{ kind: 'packing-log' }, 'a complete clean log by <A> from packing until pickup', '<A>自包装至揽收的完整无异常记录'],
  [{ kind: 'undertaking' }, '<A> undertaking to record pickup', '<A>承诺记录揽收'],
  [{ kind: 'laboratory' }, 'an accredited laboratory finding it good before it left', '发出前经认可的实验室认定其完好'],
  [{ kind: 'log', boundaryName: null }, 'a complete clean log of l1 by <A>', '<A>关于l1的完整无异常记录'],
  [{ kind: 'notice', value: 'now' }, '<A> giving notice today', '<A>于今日提出异议'],
  [{ kind: 'laboratory', boundaryName: null, value: 'bad' }, 'an accredited laboratory finding it bad', '经认可的实验室认定其损坏'],
  [{ kind: 'cause', value: 'battery' }, 'a laboratory report that the cause is a battery that died', '实验室报告认定原因为电池耗尽'],
  [{ kind: 'incident', by: null, value: 'force-majeure', boundaryName: null }, 'an authority’s record of force majeure on l1', '有权机关关于l1发生不可抗力的记录'],
  [{ kind: 'incident', value: 'packing', boundaryName: null }, '<A> showing the packing on l1', '<A>证明l1发生包装不当'],
];

test('every record that is missing is named in both languages', () => {
  expect(HYPOTHESES.map(([told]) => [told, sayHypothesis(hypothesis(told), nameOf)])).toEqual(
    HYPOTHESES.map(([told, en, zh]) => [told, { en, zh }]),
  );
});

test('where nobody else takes part, nobody else is named', () => {
  const lonely = { kind: 'laboratory', by: null, with: null, leg: null } as const;
  expect(sayHypothesis(hypothesis({ ...lonely, boundaryName: null }), nameOf)).toEqual({
    en: 'an accredited laboratory finding it good',
    zh: '经认可的实验室认定其完好',
  });
});

describe('advice', () => {
  // biome-ignore format: a row a sentence
  const ADVICE: readonly Row[] = [
    [{ kind: 'recording' }, '<A>: film the left and back sides at pickup in one uncut take, parcel and serial in frame, and log it that day', '<A>：在揽收时一镜到底拍摄左面、背面，序列号与包裹入镜，并当日入日志'],
    [{ kind: 'joint-remark' }, '<A> and <B>: look at the left and back sides at pickup and both sign the remark (good)', '<A>与<B>：在揽收时查看左面、背面，并共同签署交接备注（完好）'],
    [{ kind: 'joint-survey' }, '<A> and <B>: have the left and back sides surveyed jointly', '<A>与<B>：共同检验左面、背面'],
    [{ kind: 'log' }, '<A>: record the whole of pickup with a calibrated logger and hand the recording over', '<A>：以经校准的记录仪全程记录揽收，并交出记录'],
    [{ kind: 'shock-log' }, '<A>: record pickup', '<A>：记录揽收'],
    [{ kind: 'seal' }, '<A>: seal it at packing, put the number on the handover, and let <B> read it intact at delivery', '<A>：包装时施封，封号载入交接记录，并由<B>在送达时核验完好'],
    [{ kind: 'notice' }, '<A>: give notice as soon as it is found', '<A>：发现后即提出异议'],
    [{ kind: 'packing-log' }, '<A>: put a calibrated logger on the goods at packing and leave it on until pickup', '<A>：包装时在商品上放置经校准的记录仪，直至揽收'],
    [{ kind: 'undertaking' }, '<A> and <B>: agree in writing that <A> records pickup', '<A>与<B>：书面约定由<A>记录揽收'],
    [{ kind: 'laboratory' }, 'have an accredited laboratory test this very item, the left and back sides, before it leaves', '发出前请经认可的实验室检测该件商品（左面、背面）'],
    [{ kind: 'cause' }, '<A>: record pickup', '<A>：记录揽收'],
    [{ kind: 'incident' }, '<A>: record pickup', '<A>：记录揽收'],
    [{ kind: 'log', boundaryName: null }, '<A>: record the whole of l1 with a calibrated logger and hand the recording over', '<A>：以经校准的记录仪全程记录l1，并交出记录'],
  ];
  const REGIONS = ['left', 'back'];

  test('is something to do, by somebody, at a place', () => {
    const said = ADVICE.map(([told]) => [told, sayAdvice(hypothesis(told), nameOf, REGIONS, 'damage')]);
    expect(said).toEqual(ADVICE.map(([told, en, zh]) => [told, { en, zh }]));
  });

  test('names nobody where nobody has to act', () => {
    const lonely = { kind: 'laboratory', by: null, with: null, boundaryName: null, leg: null } as const;
    expect(sayAdvice(hypothesis(lonely), nameOf, [], 'defect')).toEqual({
      en: 'have an accredited laboratory test this very item, the goods at work, before it leaves',
      zh: '发出前请经认可的实验室检测该件商品（商品的功能）',
    });
  });

  // biome-ignore format: a row a sentence
  const SIDES: readonly (readonly [readonly [readonly string[], PreflightKind], en: string, zh: string])[] = [
    [[[], 'damage'], 'all six sides', '全部六面'],
    [[['front'], 'damage'], 'the front side', '正面'],
    [[['left', 'back'], 'damage'], 'the left and back sides', '左面、背面'],
    [[['front', 'back', 'top'], 'defect'], 'the front, back and top sides', '正面、背面、顶面'],
    [[['front', 'back', 'left', 'right', 'top', 'bottom'], 'damage'], 'all six sides', '全部六面'],
    [[['inside', 'top'], 'damage'], 'the top side', '顶面'],
    [[['right'], 'cold'], 'the right side', '右面'],
    [[['bottom'], 'cold'], 'the bottom side', '底面'],
    [[['inside'], 'defect'], 'the goods at work', '商品的功能'],
    [[['inside'], 'mismatch'], 'the item with its serial', '商品及其序列号'],
    [[['inside'], 'shortage'], 'every piece as it goes in', '逐件装入的数量'],
    [[['inside'], 'return-swap'], 'what comes out of the box and its serial', '取出的商品及其序列号'],
    [[['inside'], 'temperature'], 'the reading of the goods', '商品的温度读数'],
    [[['inside'], 'cold'], 'the reading of the goods', '商品的温度读数'],
    [[['inside'], 'humidity'], 'the goods, dry or wet', '商品的干湿状态'],
  ];

  test('names the sides that matter, or what the dispute would be about', () => {
    expect(SIDES.map(([[regions, kind]]) => [regions, kind, sayRegions(regions, kind)])).toEqual(
      SIDES.map(([[regions, kind], en, zh]) => [regions, kind, { en, zh }]),
    );
  });
});
