import { describe, expect, test } from 'vitest';
import { type ExplainedStep, explain } from '../../src/finding/explain.js';
import type { Assessment } from '../../src/finding/finding.js';
import { sayHypothesis } from '../../src/finding/say-hypothesis.js';
import { type WhatIf, whatIf, whatIfOf } from '../../src/finding/what-if.js';
import { CARRIER_A, CARRIER_B, passport, type RecordDraft } from '../facts/case-builder.js';
import { disputeOf, judge, PACKS, scenario9, scenario9Packing, scenario11 } from './scenario-records.js';

const NAMES: Readonly<Record<string, string>> = { [CARRIER_A]: 'A', [CARRIER_B]: 'B' };
const nameOf = (party: string): string => NAMES[party] ?? (party.startsWith('urn') ? 'consumer' : 'seller');

function edgeId({ finding }: Assessment, template: string, debtor?: string): string {
  return finding.edges.find(
    (edge) => edge.template === template && (debtor === undefined || edge.debtor === debtor),
  )!.id;
}

function ask(records: readonly RecordDraft[], template: string, debtor?: string): WhatIf {
  const one = judge(records);
  return whatIfOf(one, passport(records), edgeId(one, template, debtor));
}

const inWords = (flips: WhatIf['wouldFlip']['couldStill']): readonly string[] =>
  flips.map(
    ({ adds, basis, status }) =>
      `${adds.map((one) => sayHypothesis(one, nameOf).en).join(' + ')}: ${status}, ${basis}`,
  );

describe('what would change an edge', () => {
  test('scenario 9, carrier A: a laboratory still could', () => {
    const asked = ask(scenario9(), 'shipper-carrier', CARRIER_A);
    expect(inWords(asked.wouldFlip.couldStill)).toEqual([
      'a laboratory report that the cause is a fault of manufacture: not-liable, exception',
      'a laboratory report that the cause is the nature of the goods: not-liable, exception',
      'a laboratory report that the cause is the packing: not-liable, exception',
      'an authority’s record of force majeure on leg-1: not-liable, exception',
      'an authority’s record of the nature of the goods on leg-1: not-liable, exception',
      'a joint survey by B and consumer: good: not-liable, burden-default',
      'an accredited laboratory finding it good: not-liable, proven',
    ]);
    expect(asked.complete).toBe(true);
    const one = judge(scenario9());
    expect(asked.finding).toBe(one.finding.digest);
    expect(asked.edge).toBe(edgeId(one, 'shipper-carrier', CARRIER_A));
  });

  test('scenario 11, carrier B: the log it holds could still clear it', () => {
    const { couldStill, wouldHave } = ask(scenario11(), 'shipper-carrier', CARRIER_B).wouldFlip;
    expect(inWords(couldStill)).toContain('a complete clean log of leg-2 by B: not-liable, burden-default');
    expect(inWords(wouldHave)).toContain(
      'one uncut recording by B at a transfer: bad: not-liable, burden-default',
    );
    // Carrier A never showed a log of leg 2, nor was it there: nobody asks it for one.
    expect(inWords(couldStill).some((line) => line.includes('leg-2 by A'))).toBe(false);
  });

  test('what only an admission would change is nothing to go and get', () => {
    const { couldStill, wouldHave } = ask(scenario9(), 'consumer-seller').wouldFlip;
    for (const { adds } of [...couldStill, ...wouldHave]) {
      expect(
        adds.every((one) => one.with !== null || nameOf(one.by ?? '') !== 'consumer' || one.by === null),
      ).toBe(true);
    }
  });

  test('two together, where neither alone', () => {
    const bare = scenario9().filter(
      ({ name }) => !['packing', 'log before', 'log A', 'log B', 'unboxing'].includes(name),
    );
    const { couldStill, wouldHave } = ask(bare, 'shipper-carrier', CARRIER_B).wouldFlip;
    const pairs = [...couldStill, ...wouldHave].filter(({ adds }) => adds.length === 2);
    expect(pairs.length).toBeGreaterThan(0);
    expect(inWords(pairs)).toContain(
      'one uncut recording by A at a transfer: good + one uncut recording by consumer at delivery: bad: liable, proven',
    );
    for (const { adds } of pairs) expect(adds).toHaveLength(2);
  });

  test('the same every time, and the same asked from the passport', () => {
    const one = judge(scenario9Packing());
    const id = edgeId(one, 'shipper-carrier', CARRIER_A);
    const records = scenario9Packing();
    expect(whatIf(passport(records), disputeOf(), PACKS, id)).toEqual(whatIfOf(one, passport(records), id));
    expect(() => whatIf(passport(records), disputeOf(), PACKS, 'nowhere')).toThrow(RangeError);
  });
});

describe('what an edge rests on', () => {
  const types = (records: readonly RecordDraft[], template: string, debtor?: string): readonly string[] => {
    const one = judge(records);
    const { restsOn } = whatIfOf(one, passport(records), edgeId(one, template, debtor));
    return restsOn.map((id) => one.facts.records.get(id)!.type).sort();
  };

  test('the consumer’s claim on the opening', () => {
    expect(types(scenario9(), 'consumer-seller')).toEqual(['media']);
  });

  test('carrier A’s liability on packing, the passages, its log, the agreement and the opening', () => {
    expect(types(scenario9(), 'shipper-carrier', CARRIER_A)).toEqual([
      'agreement',
      'countersign',
      'countersign',
      'countersign',
      'handover',
      'handover',
      'media',
      'media',
      'sensor-batch',
      'sensor-batch',
    ]);
  });

  test('striking a record it rests on changes the edge, any other does not', () => {
    const records = scenario9();
    const one = judge(records);
    const id = edgeId(one, 'shipper-carrier', CARRIER_A);
    const outcome = (kept: readonly RecordDraft[]) => {
      const edge = judge(kept).finding.edges.find((other) => other.id === id);
      return edge === undefined
        ? 'none'
        : [edge.status, edge.basis, edge.location, edge.leg, edge.mode].join();
    };
    const { restsOn } = whatIfOf(one, passport(records), id);
    const verified = passport(records).records;
    const now = outcome(records);
    for (const [index, record] of verified.entries()) {
      const changed = outcome(records.filter((_, i) => i !== index)) !== now;
      expect([record.type, changed]).toEqual([record.type, restsOn.includes(record.id)]);
    }
  });
});

describe('explanations', () => {
  const flat = (steps: readonly ExplainedStep[]): readonly ExplainedStep[] =>
    steps.flatMap((step) => [step, ...flat(step.steps)]);

  test('say in one line why', () => {
    const reasons = (records: readonly RecordDraft[]) => {
      const one = judge(records);
      return one.finding.edges.filter(({ pleaded }) => pleaded).map(({ id }) => explain(one, id).reason.en);
    };
    expect(reasons(scenario9())).toEqual([
      'Goods that did not conform when risk passed: the seller answers to the consumer.',
      '85 g, 6 ms on leg-1',
      'disproven: was it good when this carrier took it?',
      '85 g, 6 ms on leg-1',
    ]);
    expect(reasons(scenario9Packing())[1]).toBe('shown: did the packing cause it?');
    expect(reasons(scenario11())[2]).toBe('no other leg is left');
  });

  test('lead from the rule to the records, in both languages', () => {
    for (const records of [scenario9(), scenario9Packing(), scenario11()]) {
      const one = judge(records);
      for (const edge of one.finding.edges) {
        const told = explain(one, edge.id);
        const steps = flat(told.steps);
        for (const { result, says } of [{ says: told.says, result: told.reason }, ...steps]) {
          expect([says.en, says.zh].every((text) => text !== '' && !text.includes('{'))).toBe(true);
          expect(typeof result.zh).toBe('string');
        }
        const reached = new Set(steps.flatMap((step) => step.records));
        expect(edge.records.filter((record) => !reached.has(record))).toEqual([]);
        expect(
          told.steps.every(({ kind, rule }) => kind === 'rule' && rule !== null && rule.cite.length > 0),
        ).toBe(true);
      }
    }
  });

  test('name the line, lift and cap of every grade', () => {
    const one = judge(scenario9());
    const steps = flat(explain(one, edgeId(one, 'consumer-seller')).steps);
    const graded = steps.filter(({ kind, lines }) => kind === 'fact' && lines.length > 0);
    expect(graded.map(({ lines, result }) => [...lines, result.en])).toContainEqual([
      'G2',
      'L-secured',
      'grade 3 of 5; a record of one’s own (G2); raised: one shot, item and parcel in frame, and pinned from outside in time (L-secured)',
    ]);
  });

  test('of no such edge there is none', () => {
    expect(() => explain(judge(scenario9()), 'nowhere')).toThrow(RangeError);
  });
});
