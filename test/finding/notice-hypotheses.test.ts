import { describe, expect, test } from 'vitest';
import { hypotheses } from '../../src/finding/hypothesis.js';
import { sayHypothesis } from '../../src/finding/say-hypothesis.js';
import { at, BUYER, hour, type RecordDraft, SELLER } from '../facts/case-builder.js';
import { disputeValue, judge, objection, scenario9, time } from './scenario-records.js';

const without = scenario9().filter(({ type }) => type !== 'notice');

/** Notices supposed on the consumer's edge: what, by whom, to whom, at which hour, and whether they can still be given. */
function supposed(records: readonly RecordDraft[], damage: Readonly<Record<string, unknown>> = {}): unknown {
  const [first] = disputeValue()['damages'] as Record<string, unknown>[];
  const { decisions } = judge(records, { damages: [{ ...first, ...damage }] });
  const edge = decisions.edges.find(({ template }) => template.name === 'consumer-seller')!;
  return hypotheses(decisions.case, edge).flatMap(({ by, facts: [fact], kind, stillPossible, value }) => {
    if (kind !== 'notice' || fact?.predicate !== 'notified') return [];
    return [[value, by, fact.to, (fact.raisedAt - hour(0)) / 3600, stillPossible]];
  });
}

describe('a notice that nobody gave', () => {
  test('could have been given when the damage was found, and still can today', () => {
    expect(supposed(without)).toEqual([
      ['now', BUYER, SELLER, 300, true],
      ['found', BUYER, SELLER, 20.2, false],
    ]);
  });

  test('could not have been given before the goods were there', () => {
    expect(supposed(without, { discoveredAt: time(3) })).toEqual([
      ['now', BUYER, SELLER, 300, true],
      ['found', BUYER, SELLER, 20, false],
    ]);
  });

  test('by nobody where the goods never came', () => {
    expect(supposed(without.filter(({ type }) => type !== 'delivery' && type !== 'media'))).toEqual([]);
  });
});

test('of a notice that was given only an earlier one is supposed', () => {
  expect(supposed([...without, objection()])).toEqual([['found', BUYER, SELLER, 20.2, false]]);
  expect(supposed([...without, objection({ raisedAt: at(20.2) })])).toEqual([]);
});

test('it is said in both languages', () => {
  const { decisions } = judge(without);
  const said = hypotheses(decisions.case, decisions.edges[0]!)
    .filter(({ kind }) => kind === 'notice')
    .map((one) => sayHypothesis(one, () => 'B'));
  expect(said.map(({ en, zh }) => [en, zh])).toEqual([
    ['B giving notice today', 'B于今日提出异议'],
    ['B giving notice as soon as it was found', 'B在发现时即提出异议'],
  ]);
});
