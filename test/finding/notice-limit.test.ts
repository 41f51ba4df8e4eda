import { describe, expect, test } from 'vitest';
import { noticeLate } from '../../src/finding/notice-limit.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import { CARRIER_A, idOf, jointAgreement, type RecordDraft, SELLER } from '../facts/case-builder.js';
import { judge, scenario9 } from './scenario-records.js';

/** Days both signed. Picked up on 29 May, delivered, unpacked and complained of on 30 May, judged on 10 June. */
const days = (noticeDays: unknown, name = 'days'): readonly RecordDraft[] =>
  jointAgreement(name, {
    by: SELLER,
    parties: [SELLER, CARRIER_A],
    h: -4,
    upper: -3,
    malformed: true,
    payload: { noticeDays },
  });

/** Whether notice was late between seller and carrier A, and the names of the records that say so. */
function late(
  more: readonly RecordDraft[],
  without: readonly string[] = [],
): readonly [boolean | null, readonly string[]] {
  const records = [...scenario9().filter(({ name }) => !without.includes(name)), ...more];
  const { decisions } = judge(records);
  const edge = decisions.edges.find(({ debtor }) => debtor === CARRIER_A)!;
  const { facts = [], value } = noticeLate(decisions.case, decisions.desk(edge));
  const names = new Map(records.map(({ name }) => [idOf(name), name]));
  return [value, facts.map((fact) => names.get(fact.split('#')[0]!)!)];
}

describe('agreed days of notice', () => {
  test('that nobody agreed, or one side only, pass for nobody', () => {
    expect(late([])).toEqual([false, []]);
    expect(late(days({ days: 0, from: 'pickup' }).slice(0, 1))).toEqual([false, []]);
  });

  test.each<[string, number, boolean]>([
    ['pickup', 0, true],
    ['pickup', 1, false],
    ['delivery', 0, false],
    ['receipt', 0, false],
    ['discovery', 0, false],
  ])('from %s, %i of them: late is %s', (from, count, expected) => {
    const [value, facts] = late(days({ days: count, from }));
    expect(value).toBe(expected);
    expect(facts[0]).toBe('days');
    expect(facts[1]).toBe('notice');
    // Unpacking at the delivery tells of it too.
    const start = { pickup: ['pickup'], discovery: [] }[from] ?? ['unboxing', 'delivery'];
    expect(facts.slice(2)).toEqual(start);
  });

  test('without a notice they are over once the last has passed', () => {
    expect(late(days({ days: 3, from: 'delivery' }), ['notice'])).toEqual([
      true,
      ['days', 'unboxing', 'delivery'],
    ]);
    expect(late(days({ days: 30, from: 'delivery' }), ['notice'])[0]).toBeNull();
    expect(late(days({ days: 3, from: 'discovery' }), ['notice'])).toEqual([true, ['days']]);
  });

  test('do not run where nobody tells of their beginning', () => {
    const without = ['delivery', 'delivery answer', 'unboxing'];
    expect(late(days({ days: 3, from: 'delivery' }), without)).toEqual([null, ['days', 'notice']]);
    expect(late(days({ days: 3, from: 'receipt' }), ['delivery answer', 'unboxing'])[0]).toBeNull();
  });

  test.each([
    ['hidden', HIDDEN],
    ['without a number', { from: 'delivery' }],
    ['without a beginning', { days: 3 }],
    ['not numbers', { days: '3', from: 'delivery' }],
    ['from no word', { days: 3, from: 3 }],
  ])('that are %s leave it open', (_what, value) => {
    expect(late(days(value))).toEqual([null, ['days']]);
  });

  test('agreed twice, with nothing to show which is the later, leave it open', () => {
    const [value, facts] = late([
      ...days({ days: 3, from: 'delivery' }),
      ...days({ days: 9, from: 'delivery' }, 'others'),
    ]);
    expect([value, [...facts].sort()]).toEqual([null, ['days', 'others']]);
  });

  test('bind only whom the record could bind', () => {
    const [agreement, answer] = days({ days: 0, from: 'pickup' });
    const weak = { ...agreement!, over: { state: 'valid', binding: 'none' } } as RecordDraft;
    expect(late([weak, answer!])[0]).not.toBe(true);
  });

  test('bind where the agreement is worth 3 against either side, and are as if nobody had agreed below', () => {
    const { decisions } = judge([...scenario9(), ...days({ days: 0, from: 'pickup' })]);
    const desk = decisions.desk(decisions.edges.find(({ debtor }) => debtor === CARRIER_A)!);
    const worth = (creditor: number, debtor: number): readonly unknown[] => {
      const grade = (_fact: unknown, hurt: string) => ({ grade: hurt === SELLER ? creditor : debtor });
      const { facts, value } = noticeLate(decisions.case, {
        edge: desk.edge,
        grader: { grade },
      } as unknown as typeof desk);
      return [value, facts?.map((fact) => fact.split('#')[0])];
    };
    const both = [idOf('days'), idOf('notice'), idOf('pickup')];
    expect(worth(3, 3)).toEqual([true, both]);
    expect(worth(5, 5)).toEqual([true, both]);
    for (const [creditor, debtor] of [
      [2, 5],
      [5, 2],
      [0, 0],
    ] as const)
      expect(worth(creditor, debtor)).toEqual([false, [idOf('days')]]);
  });
});
