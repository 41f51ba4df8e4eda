import { describe, expect, test } from 'vitest';
import type { IssueDecision } from '../../src/finding/decisions.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import {
  BUYER,
  CARRIER_A,
  CONTRACTING,
  jointAgreement,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { ALWAYS, byRule, SOLE, UNKNOWN } from './amount-cases.js';
import { claim, judge, scenario9 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
const PAYS = rule({ effect: SOLE, if: ALWAYS });
const ON_LEGS = '{ claim: consumer-seller, each: [damage, leg] }';

interface Given {
  readonly records?: readonly RecordDraft[];
  readonly parts?: Record<string, unknown>;
}

/** Issues of the consumer's claim under a small pack. */
function issues(
  rules: readonly string[],
  { parts = {}, records = scenario9() }: Given = {},
): readonly IssueDecision[] {
  const dispute = {
    claims: [claim('k1', 'consumer-seller')],
    packs: [{ id: 'small' }, { id: 'evidence.cn' }],
    ...parts,
  };
  const { decisions } = judge(records, dispute, [load(smallPack({ rules: rules.join('\n') })), EVIDENCE]);
  return decisions.issuesOf(decisions.edges.find(({ template }) => template.name === 'consumer-seller')!);
}
const named = (name: string, rules: readonly string[], given: Given = {}): IssueDecision =>
  issues(rules, given).find(({ issue }) => issue.name === name)!;
const ASKS_BROKEN = rule({ id: 'R-9', if: '[issue broken is found]', effect: '{ bar: consumer-seller }' });

describe('who has to show an issue, and how well', () => {
  test('is what the pack says, unless a rule says otherwise', () => {
    expect(named('broken', [PAYS, ASKS_BROKEN])).toMatchObject({ burden: 'pro', standard: 'high' });
    const allocate = (more: string): IssueDecision =>
      named('broken', [PAYS, ASKS_BROKEN, byRule('R-2', `{ allocate: broken, to: con${more} }`)]);
    expect(allocate('')).toMatchObject({ burden: 'con', standard: 'high' });
    expect(allocate(', standard: prima-facie')).toMatchObject({ burden: 'con', standard: 'prima-facie' });
  });

  test('a presumption from silence yields to the contrary at its weight', () => {
    const one = named('broken', [
      PAYS,
      ASKS_BROKEN,
      byRule('R-2', '{ adverse: broken, is: not-found, weight: 2 }'),
    ]);
    expect(one.presumptions).toEqual([
      { rule: 'R-2', is: 'not-found', rebut: 'contrary', weight: 2, standard: null },
    ]);
  });
});

describe('an issue is raised', () => {
  const ELSEWHERE = rule({
    id: 'R-6',
    on: '{ claim: shipper-carrier, each: [damage, leg] }',
    if: '[issue packing is found]',
    effect: '{ bar: shipper-carrier }',
  });
  const ASKS = rule({
    id: 'R-8',
    on: ON_LEGS,
    if: '[issue packing is found]',
    effect: '{ bar: consumer-seller }',
  });
  const status = (parts: Record<string, unknown>): readonly string[] => [
    ...new Set(
      issues([PAYS, ASKS, ASKS_BROKEN, ELSEWHERE], { parts })
        .filter(({ issue }) => issue.name === 'packing')
        .map((one) => one.status),
    ),
  ];
  const defence = (edge: string, issue: string) => ({ defences: [{ id: 'x', edge, issue }] });
  const pleading = (party: string, issue: string, position: string) => ({
    pleadings: [{ party, issue, position }],
  });

  test('by a defence on this edge that names it', () => {
    expect(status({})).toEqual(['not-raised']);
    expect(status(defence('consumer-seller', 'packing'))).toEqual(['not-found']);
    expect(status(defence('shipper-carrier', 'packing'))).toEqual(['not-raised']);
    expect(status(defence('consumer-seller', 'broken'))).toEqual(['not-raised']);
  });

  test('by a word of one of the two about it', () => {
    for (const party of [BUYER, SELLER]) {
      expect(status(pleading(party, 'packing', 'deny'))).toEqual(['not-found']);
      expect(status(pleading(party, 'packing', 'silent'))).toEqual(['not-raised']);
      expect(status(pleading(party, 'broken', 'deny'))).toEqual(['not-raised']);
    }
    expect(status(pleading(CARRIER_A, 'packing', 'deny'))).toEqual(['not-raised']);
    expect(status(pleading(CONTRACTING, 'packing', 'deny'))).toEqual(['not-raised']);
  });

  test('not by a rule that may only say that it is not so', () => {
    const none = rule({
      id: 'R-7',
      on: ON_LEGS,
      if: UNKNOWN,
      effect: '{ presume: packing, is: not-found, rebut: doubt }',
    });
    const seen = issues([PAYS, ASKS, none]).filter(({ issue }) => issue.name === 'packing');
    expect(seen.map((one) => [one.status, one.forks.map(({ matters }) => matters)])).toEqual(
      seen.map(() => ['not-raised', [false]]),
    );
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('a rule that argues', () => {
  const agreed = (name: string, term: string, value: unknown): readonly RecordDraft[] =>
    jointAgreement(name, {
      by: SELLER,
      parties: [SELLER, BUYER],
      h: -3,
      upper: -2,
      malformed: true,
      payload: { [term]: value },
    });
  const argued = (sources: string, records: readonly RecordDraft[], on?: string) => {
    const argues = rule({
      id: 'R-2',
      if: ALWAYS,
      effect: `{ argue: ${on === undefined ? 'broken' : 'packing'}, side: con, grade-from: [${sources}] }`,
      ...(on === undefined ? {} : { on }),
    });
    const asks = rule({
      id: 'R-8',
      on: ON_LEGS,
      if: '[issue packing is found]',
      effect: '{ bar: consumer-seller }',
    });
    const all = issues([PAYS, ASKS_BROKEN, asks, argues], { records: [...scenario9(), ...records] });
    return all.flatMap((one) => one.arguments).filter(({ by }) => by === 'rule');
  };

  test('has the grade of the weakest source it rests on, and none where one is missing', () => {
    const distance = agreed('distance', 'distanceSale', true);
    const [one, ...more] = argued('agreed.distanceSale', distance);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ side: 'con', by: 'rule', source: 'R-2', how: null, defeatedBy: [] });
    expect(one!.rests).toHaveLength(1);
    expect(one!.grade).toBe(one!.rests[0]!.grade);
    expect(one!.grade).toBeGreaterThan(0);
    const [missing] = argued('agreed.distanceSale, agreed.noticeDays', distance);
    expect([missing!.grade, missing!.rests.length]).toEqual([0, 1]);
    const [sensor] = argued('sensor', []);
    expect([sensor!.grade, sensor!.rests]).toEqual([0, []]);
  });

  test('on legs argues once a leg, by its name', () => {
    const sources = argued('agreed.distanceSale', agreed('distance', 'distanceSale', true), ON_LEGS).map(
      ({ source }) => source,
    );
    expect([...sources].sort()).toEqual(['R-2 leg-1', 'R-2 leg-2']);
  });
});
