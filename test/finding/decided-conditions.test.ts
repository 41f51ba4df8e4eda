import { describe, expect, test } from 'vitest';
import type { Bound, ConditionTrace } from '../../src/finding/decisions.js';
import { evaluateCondition } from '../../src/finding/evaluate-condition.js';
import type { Assessment } from '../../src/finding/finding.js';
import type { Condition } from '../../src/rules/condition.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { readSentence } from '../../src/rules/sentences.js';
import { BUYER, CARRIER_A, CARRIER_B, CONTRACTING, idOf, SELLER } from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { ALWAYS, byRule, SOLE, UNKNOWN } from './amount-cases.js';
import { claim, judge, scenario9, scenario11 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
const NINE = judge(scenario9());

function sentence(text: string): Condition {
  const reading = readSentence(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.condition;
}

function bound(from: Assessment, template: string, leg?: number, debtor?: string): Bound {
  const edge = from.decisions.edges.find(
    (one) => one.template.name === template && (debtor === undefined || one.debtor === debtor),
  )!;
  return { edge, leg: leg === undefined ? null : [...edge.damage.legs.values()][leg - 1]! };
}

function trace(
  text: string | Condition,
  template = 'consumer-seller',
  leg?: number,
  debtor?: string,
  from = NINE,
): ConditionTrace {
  const condition = typeof text === 'string' ? sentence(text) : text;
  return evaluateCondition(condition, bound(from, template, leg, debtor), from.decisions);
}
const recordsOf = ({ facts }: ConditionTrace): readonly string[] => [
  ...new Set(facts.map((fact) => fact.split('#')[0]!)),
];

/** The same case under a small pack, with what else its rules say. */
function under(...rules: readonly string[]): Assessment {
  return claiming('loss', ...rules);
}

function claiming(head: string, ...rules: readonly string[]): Assessment {
  const claims = [
    claim('k1', 'consumer-seller', { head }),
    claim('k2', 'shipper-carrier', { creditor: SELLER, debtor: CARRIER_A }),
  ];
  const parts = { claims, packs: [{ id: 'small' }, { id: 'evidence.cn' }] };
  return judge(scenario9(), parts, [load(smallPack({ rules: rules.join('\n') })), EVIDENCE]);
}
const ON_CARRIAGE = { on: '{ claim: shipper-carrier, each: damage }' };
const PRESUME = '{ presume: broken, is: not-found, rebut: conclusive }';

describe('what is settled by the dispute alone', () => {
  test.each([
    ['goods.durable is no', undefined, true],
    ['damage.kind in shock|heat', undefined, true],
    ['contract.mode is leg.mode', 1, true],
    ['amount of loss at most 1', undefined, true],
    ['same-party seller buyer', undefined, true],
    ['leg.mode is road', 1, false],
    ['event.sold before event.delivered', undefined, false],
    ['issue bad-at-delivery is found', undefined, false],
    ['edge shipper-carrier is liable', undefined, false],
    ['covered acceleration on leg', 1, false],
  ] as const)('%s: %s', (text, leg, expected) => {
    expect(trace(text, 'consumer-seller', leg).scope).toBe(expected);
  });

  test('is that of which every part is', () => {
    const both = (...parts: readonly string[]): boolean =>
      trace({ op: 'all', of: parts.map(sentence) }).scope;
    expect(both('goods.durable is no', 'damage.kind is shock')).toBe(true);
    expect(both('goods.durable is no', 'event.sold before event.delivered')).toBe(false);
  });
});

describe('paths without a value', () => {
  test('are unknown where there is no leg', () => {
    expect(trace('leg.mode is road').value).toBeNull();
    expect(trace('contract.mode is leg.mode').value).toBeNull();
    expect(trace('leg.mode is contract.mode').value).toBeNull();
    expect(trace('event.sold during leg').value).toBeNull();
  });

  test('of several values one is enough', () => {
    const roles = {
      parties: [
        { id: SELLER, name: 'S', roles: ['seller', 'producer'], consumer: false },
        { id: CONTRACTING, name: 'N', roles: ['contracting-carrier'], consumer: false },
        { id: CARRIER_A, name: 'A', roles: ['carrier'], consumer: false },
        { id: CARRIER_B, name: 'B', roles: ['carrier'], consumer: false },
        { id: BUYER, name: 'B', roles: ['buyer'], consumer: true },
      ],
    };
    const from = judge(scenario9(), roles);
    expect(trace('debtor.role is producer', 'consumer-seller', undefined, SELLER, from).value).toBe(true);
    expect(trace('debtor.role is carrier.chosen-by', 'consumer-seller', undefined, SELLER, from).value).toBe(
      true,
    );
    expect(trace('debtor.role is platform', 'consumer-seller', undefined, SELLER, from).value).toBe(false);
  });
});

describe('times', () => {
  test('rest on the records that tell of them', () => {
    expect(recordsOf(trace('event.notified within 2 days of event.delivered'))).toEqual(
      ['notice', 'unboxing', 'delivery'].map(idOf),
    );
    expect(recordsOf(trace('event.delivered within 2 days of event.sold'))).toEqual(
      ['unboxing', 'delivery'].map(idOf),
    );
    expect(recordsOf(trace('event.return-received within 2 days of event.sold'))).toEqual([]);
    expect(recordsOf(trace('event.sold within 2 days of event.return-received'))).toEqual([]);
    expect(recordsOf(trace('no event.notified by 2 days after event.delivered'))).toEqual(
      ['notice', 'unboxing', 'delivery'].map(idOf),
    );
    expect(recordsOf(trace('no event.return-received by 2 days after event.return-received'))).toEqual([]);
  });
});

describe('the sum that is claimed', () => {
  const table = (figure: number): readonly (boolean | null)[] =>
    ['below', 'at most', 'above', 'at least'].map((word) => trace(`amount of loss ${word} ${figure}`).value);
  test('is compared to the cent', () => {
    expect(table(127_999)).toEqual([false, false, true, true]);
    expect(table(128_000)).toEqual([false, true, false, true]);
    expect(table(128_001)).toEqual([true, true, false, false]);
  });

  test('is unknown of another head, and where nobody claims', () => {
    expect(trace('amount of repair at least 0').value).toBeNull();
    expect(
      trace(
        'amount of loss at least 0',
        'shipper-carrier',
        undefined,
        CARRIER_A,
        judge(scenario9(), { claims: [] }),
      ).value,
    ).toBeNull();
  });
});

describe('issues', () => {
  test('about a leg are asked on the leg, and of no leg nothing is found', () => {
    expect(trace('issue bad-at-end is found', 'shipper-carrier', 1, CARRIER_A)).toMatchObject({
      value: true,
      issues: [{ leg: 'leg-1' }],
    });
    expect(trace('issue bad-at-end is found', 'shipper-carrier', undefined, CARRIER_A)).toMatchObject({
      value: false,
      issues: [],
    });
  });

  test('of another edge are asked on every edge of that name for this damage, leg by leg', () => {
    const { issues } = trace('issue bad-at-end of shipper-carrier is found');
    expect(issues.map(({ edge, leg }) => [edge.template.name, edge.debtor, leg])).toEqual([
      ['shipper-carrier', CARRIER_A, 'leg-1'],
      ['shipper-carrier', CARRIER_B, 'leg-2'],
    ]);
    const plain = trace(
      'issue bad-at-delivery of consumer-seller is found',
      'shipper-carrier',
      1,
      CARRIER_A,
    ).issues;
    expect(plain.map(({ edge, leg }) => [edge.template.name, edge.damage.index, leg])).toEqual([
      ['consumer-seller', 0, null],
    ]);
  });

  test('that are undetermined are unknown, unless that is asked', () => {
    const from = under(rule({ if: ALWAYS, effect: SOLE }), byRule('R-2', PRESUME, UNKNOWN));
    const is = (status: string) =>
      trace(`issue broken is ${status}`, 'consumer-seller', undefined, undefined, from).value;
    expect(['undetermined', 'found', 'not-found', 'not-raised'].map(is)).toEqual([true, null, null, null]);
  });
});

describe('edges', () => {
  const LIABLE = '{ liable: shipper-carrier, as: principal, head: loss, mode: sole }';
  test('that go to a person are unknown, unless that is asked', () => {
    const from = under(
      rule({ if: UNKNOWN, effect: SOLE }),
      rule({ id: 'R-2', ...ON_CARRIAGE, if: ALWAYS, effect: LIABLE }),
    );
    const is = (status: string) =>
      trace(`edge consumer-seller is ${status}`, 'shipper-carrier', undefined, CARRIER_A, from).value;
    expect(['refer', 'liable', 'not-liable', 'barred'].map(is)).toEqual([true, null, null, null]);
    const other = (status: string) =>
      trace(`edge consumer-seller is ${status}`, 'shipper-carrier', undefined, CARRIER_A).value;
    expect(['refer', 'liable', 'not-liable', 'barred'].map(other)).toEqual([false, true, false, false]);
  });

  test('of a leg’s holder are those of its debtor that have the leg', () => {
    const asked = (leg: number) =>
      trace('edge shipper-carrier(leg.holder) is liable', 'shipper-contracting-carrier', leg, CONTRACTING);
    expect(asked(1).edges.map(({ edge }) => edge.debtor)).toEqual([CARRIER_A]);
    expect(asked(2).edges.map(({ edge }) => edge.debtor)).toEqual([CARRIER_B]);
    expect([asked(1).value, asked(2).value]).toEqual([true, false]);
    const free = (leg: number) =>
      trace('edge shipper-carrier(leg.holder) is not-liable', 'shipper-contracting-carrier', leg, CONTRACTING)
        .value;
    expect([free(1), free(2)]).toEqual([false, true]);
    const nowhere = trace(
      'edge shipper-carrier(leg.holder) is liable',
      'shipper-contracting-carrier',
      undefined,
      CONTRACTING,
    );
    expect([nowhere.value, nowhere.edges]).toEqual([false, []]);
  });

  test('are those of this damage, and of this head where the other kind of claim knows it', () => {
    const heads = under(
      rule({ if: ALWAYS, effect: SOLE }),
      rule({ id: 'R-2', if: ALWAYS, effect: SOLE.replace('loss', 'repair') }),
      rule({ id: 'R-3', ...ON_CARRIAGE, if: ALWAYS, effect: LIABLE }),
    );
    const asked = trace('edge consumer-seller is liable', 'shipper-carrier', undefined, CARRIER_A, heads);
    expect(asked.edges.map(({ edge }) => edge.head)).toEqual(['loss']);
    const other = claiming(
      'repair',
      rule({ if: ALWAYS, effect: SOLE.replace('loss', 'repair') }),
      rule({ id: 'R-3', ...ON_CARRIAGE, if: ALWAYS, effect: LIABLE }),
    );
    const repair = trace('edge consumer-seller is liable', 'shipper-carrier', undefined, CARRIER_A, other);
    expect(repair.edges.map(({ edge }) => edge.head)).toEqual(['repair']);
  });
});

describe('asked of somebody', () => {
  test('an unknown counts against whoever had to show it; what is known counts against nobody', () => {
    const shown: Condition = { op: 'shown', of: sentence('covered acceleration on leg'), by: 'leg.holder' };
    const eleven = judge(scenario11());
    expect(trace(shown, 'shipper-carrier', 2, CARRIER_B, eleven)).toMatchObject({
      value: false,
      collapsedAgainst: CARRIER_B,
    });
    expect(trace(shown, 'shipper-carrier', 1, CARRIER_A, eleven)).toMatchObject({
      value: true,
      collapsedAgainst: null,
    });
  });
});
