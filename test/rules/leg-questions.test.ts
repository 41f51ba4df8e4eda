import { describe, expect, test } from 'vitest';
import { type Condition, walkCondition } from '../../src/rules/condition.js';
import { conditionNeedsLeg } from '../../src/rules/rule-conditions.js';
import { readSentence } from '../../src/rules/sentences.js';
import { loadRules, rule, smallPack } from './built-packs.js';

const ISSUES = new Map(loadRules(smallPack()).issues.map((one) => [one.name, one]));

function sentence(text: string): Condition {
  const reading = readSentence(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.condition;
}

describe('a sentence about the leg a rule is bound to', () => {
  test.each([
    'leg.mode is road',
    'leg.mode in road|rail',
    'leg.regime is chapter',
    'leg.mode is contract.mode',
    'contract.mode is leg.mode',
    'issue packing is found',
    'edge shipper-carrier(leg.holder) is liable',
    'state bad at leg.start',
    'state good at leg.end',
    'inspected at leg.start covers damage',
    'inspected at leg.end covers damage',
    'undertaken log by leg.holder',
    'leg.holder acts-for creditor',
    'creditor acts-for leg.holder',
    'fact incident theft against leg.holder at least 3',
    'shock(leg) within agreed.handling-envelope',
    'mkt(leg) within agreed.temperature-limits',
    'excursion(leg) beyond agreed.temperature-limits longer than 2 h',
    'drop(leg) higher than 500 mm rebound 300 permille',
    'rms(leg) above 500 mg',
    'covered acceleration on leg',
    'leg ends at delivery',
    'leg ends nowhere',
    'leg is open',
    'incident theft by leg.holder on leg',
    'event.sold during leg',
    'shown covered acceleration on leg by leg.holder',
  ])('%s', (text) => {
    expect(conditionNeedsLeg(sentence(text), ISSUES)).toBe(true);
  });

  test.each([
    'goods.durable is yes',
    'damage.kind in shock|heat',
    'issue broken is found',
    'issue packing of shipper-carrier is found',
    'edge shipper-carrier is liable',
    'state bad at delivery',
    'inspected at delivery covers damage',
    'undertaken log by creditor',
    'creditor acts-for debtor',
    'fact incident theft against debtor at least 3',
    'event.sold before event.delivered',
    'agreed noticeDays is present',
    'no notice within agreed days',
  ])('not: %s', (text) => {
    expect(conditionNeedsLeg(sentence(text), ISSUES)).toBe(false);
  });

  test('an issue that no pack declares is about no leg', () => {
    expect(conditionNeedsLeg(sentence('issue nothing is found'), ISSUES)).toBe(false);
  });
});

test('every part of a condition is visited, and told whether legs are asked one by one above it', () => {
  const leaf = (text: string): Condition => sentence(text);
  const condition: Condition = {
    op: 'all',
    of: [
      { op: 'any', of: [leaf('goods.durable is yes')] },
      { op: 'not', of: leaf('goods.durable is no') },
      { op: 'shown', of: leaf('leg is open'), by: 'creditor' },
      { op: 'some', over: 'leg', of: { op: 'not', of: leaf('leg is located') } },
      { op: 'every', over: 'leg', of: leaf('leg is located') },
      { op: 'count', over: 'leg', atLeast: 2, of: leaf('leg is located') },
    ],
  };
  const seen: string[] = [];
  walkCondition(condition, ({ op }, inLeg) => seen.push(`${op}${inLeg ? ' of a leg' : ''}`));
  expect(seen).toEqual([
    'all',
    'any',
    'eq',
    'not',
    'eq',
    'shown',
    'located',
    'some',
    'not of a leg',
    'located of a leg',
    'every',
    'located of a leg',
    'count',
    'located of a leg',
  ]);
});

test('what an edge needs of legs is asked of every kind of combinator', () => {
  for (const [op, more] of [
    ['some: leg', ''],
    ['every: leg', ''],
    ['count: leg', ', at-least: 2'],
  ]) {
    const text = smallPack({ rules: rule({ if: `[{ ${op}, is: covered acceleration on leg${more} }]` }) });
    expect(loadRules(text).rules).toHaveLength(1);
  }
});
