import { expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.js';
import { sayFact, thousandths } from '../../src/finding/say-fact.js';
import type { Said } from '../../src/rules/rule.js';

const nameOf = (party: string): Said => ({ en: `<${party}>`, zh: `《${party}》` });
const say = (fact: object): Said =>
  sayFact(
    {
      id: 'r#0',
      time: { from: 1_700_000_000, to: null },
      offsetMin: 480,
      prov: { signer: 'S' },
      ...fact,
    } as Fact,
    nameOf,
  );

// biome-ignore format: a row a sentence
const SENTENCES: readonly (readonly [Readonly<Record<string, unknown>>, en: string, zh: string])[] = [
  [{ predicate: 'condition', aspect: 'fracture', region: 'left', value: 'bad' }, 'fracture (left) bad', '破裂（左面）损坏'],
  [{ predicate: 'condition', aspect: 'wear', region: 'whole', value: 'good' }, 'wear (whole) good', '磨损（整体）完好'],
  [{ predicate: 'labelled', verdict: 'pass' }, 'a label says pass', '标签载明：pass'],
  [{ predicate: 'handed-over', from: 'A', to: 'B' }, '<A> handed it to <B>', '《A》交给《B》'],
  [{ predicate: 'holds', party: 'A', purpose: 'packing' }, '<A> has it (recorded while packing)', '《A》持有（包装录像）'],
  [{ predicate: 'holds', party: 'A', purpose: 'unboxing' }, '<A> has it (recorded while unpacking)', '《A》持有（开箱录像）'],
  [{ predicate: 'holds', party: 'A', purpose: 'intake' }, '<A> has it (recorded at intake)', '《A》持有（入库录像）'],
  [{ predicate: 'recorded', quantity: 'humidity', device: 'dev-7' }, 'humidity recorded by dev-7', 'dev-7记录湿度'],
  [{ predicate: 'excursion', quantity: 'acceleration', peak: 85000, durationUs: 6500, min: null, max: null }, 'a shock of 85 g for 6.5 ms', '85 g、6.5 ms 的冲击'],
  [{ predicate: 'excursion', quantity: 'temperature', peak: 12345, durationUs: 1, min: -2050, max: 12345 }, 'a temperature of -2.05 °C to 12.345 °C', '温度 -2.05 °C 至 12.345 °C'],
  [{ predicate: 'excursion', quantity: 'temperature', peak: 9000, durationUs: 1, min: null, max: null }, 'a temperature of 9 °C', '温度 9 °C'],
  [{ predicate: 'excursion', quantity: 'humidity', peak: 900, durationUs: 1, min: null, max: 900 }, 'humidity beyond its limit', '湿度超出限值'],
  [{ predicate: 'sealed', sealId: 'S-1', action: 'broken' }, 'seal S-1 broken', '封志S-1：已破坏'],
  [{ predicate: 'notified', aspect: 'moisture', to: 'B' }, 'notice to <B> of moisture', '就潮湿通知《B》'],
  [{ predicate: 'agreed', term: 'liabilityCap' }, 'agreed: a limit of liability', '约定：责任限额'],
  [{ predicate: 'undertaken', by: 'A', what: 'log' }, '<A> undertook to record on the way', '《A》承诺运输途中记录'],
  [{ predicate: 'acts-for', agent: 'A', principal: 'B' }, '<A> acts for <B>', '《A》代理《B》'],
  [{ predicate: 'incident', code: 'accident' }, 'incident: accident', '事件：事故'],
  [{ predicate: 'cause', cause: 'manufacture', strength: 'probable' }, 'cause: a fault of manufacture (probable)', '原因：制造缺陷（很可能）'],
  [{ predicate: 'signed-off', consignee: 'B' }, '<B> signed for it', '《B》签收'],
  [{ predicate: 'aggregated', parent: 'P', action: 'pack' }, 'packed into P', '装入P'],
  [{ predicate: 'aggregated', parent: 'P', action: 'unpack' }, 'unpacked from P', '自P取出'],
  [{ predicate: 'returned' }, 'a return', '退货'],
  [{ predicate: 'paid' }, 'a payment', '付款'],
  [{ predicate: 'used' }, 'use', '使用'],
  [{ predicate: 'repaired' }, 'a repair', '维修'],
  [{ predicate: 'disclosed' }, 'a disclosure', '披露'],
  [{ predicate: 'commissioned' }, 'a commission', '委托'],
  [{ predicate: 'stated' }, 'a statement', '陈述'],
  [{ predicate: 'sampled' }, 'an examination of others of the lot', '对同批其他货物的检验'],
];

test('every kind of fact says whose word it is, of which time, and what it says', () => {
  expect(SENTENCES.map(([fact]) => [fact, say(fact)])).toEqual(
    SENTENCES.map(([fact, en, zh]) => [
      fact,
      { en: `<S>, 2023-11-15T06:13:20+08:00: ${en}`, zh: `《S》，2023-11-15T06:13:20+08:00：${zh}` },
    ]),
  );
});

test('where no time is stated, that is said', () => {
  expect(say({ predicate: 'paid', time: { from: null, to: 4 } })).toEqual({
    en: '<S>, at no stated time: a payment',
    zh: '《S》，未述明时间：付款',
  });
});

test('thousandths are told exactly, without zeros that say nothing', () => {
  const figures = [0, 1, 999, 1_000, 85_000, 22_400, 12_345, -5, -1_500, 100, 1_010];
  expect(figures.map(thousandths)).toEqual([
    '0',
    '0.001',
    '0.999',
    '1',
    '85',
    '22.4',
    '12.345',
    '-0.005',
    '-1.5',
    '0.1',
    '1.01',
  ]);
});
