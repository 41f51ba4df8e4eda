import { describe, expect, test } from 'vitest';
import type { FoundEdge } from '../../src/finding/finding-form.js';
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
import { claim, disputeValue, judge, scenario9 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
type Json = Record<string, unknown>;

const goods = (parts: Json): Json => ({ goods: [{ ...(disputeValue()['goods'] as Json[])[0], ...parts }] });

function toA(records: readonly RecordDraft[], parts: Json = {}): FoundEdge {
  return judge(records, parts).finding.edges.find(({ debtor }) => debtor === CARRIER_A)!;
}

/** A later agreement of the same parties: what it says of a cap is a term of its own. */
function capped(liabilityCap: Json, more: Json = {}): readonly RecordDraft[] {
  const agreed = jointAgreement('cap', {
    by: SELLER,
    parties: [SELLER, CARRIER_A],
    h: -3,
    upper: -2,
    // Prices are private places: here they stand opened, as facts see them.
    malformed: true,
    payload: { liabilityCap, ...more },
  });
  return [...scenario9(), ...agreed];
}

describe('amounts under cn', () => {
  test('are the lesser of claim and price, step by step', () => {
    expect(toA(scenario9())).toMatchObject({
      status: 'liable',
      amount: {
        minor: '128000',
        currency: 'CNY',
        steps: [
          { step: 'measure', by: null, before: null, after: ['128000', '1'], note: null },
          { step: 'round', by: null, before: ['128000', '1'], after: ['128000', '1'], note: null },
        ],
      },
    });
    expect(toA(scenario9(), goods({ priceMinor: 99_900 })).amount!.minor).toBe('99900');
    const less = { claims: [claim('k2', 'shipper-carrier', { debtor: CARRIER_A, amountMinor: 5_000 })] };
    expect(toA(scenario9(), less).amount!.minor).toBe('5000');
    const two = { claims: [less.claims[0], { ...less.claims[0], id: 'k5', amountMinor: 6_000 }] };
    expect(toA(scenario9(), two).amount!.minor).toBe('11000');
  });

  test('nobody who claims nothing gets an amount', () => {
    expect(toA(scenario9(), { claims: [] })).toMatchObject({
      status: 'liable',
      amount: null,
      pleaded: false,
    });
  });

  test('of two currencies nothing is added', () => {
    expect(toA(scenario9(), goods({ currency: 'EUR' }))).toMatchObject({
      status: 'liable-amount-unproved',
      amount: null,
      amountUnproved: 'currency-differs',
    });
  });

  test.each([
    [
      'seven times the freight',
      { per: 'freight', times: 7 },
      { freightMinor: 1_200, currency: 'CNY' },
      {},
      '8400',
    ],
    [
      'a cap above the loss caps nothing',
      { per: 'freight', times: 700 },
      { freightMinor: 1_200, currency: 'CNY' },
      {},
      '128000',
    ],
    [
      'the declared value',
      { per: 'declared', times: 1 },
      { valueDeclaredMinor: 50_000, currency: 'CNY' },
      {},
      '50000',
    ],
    [
      'a rate for each kilogram',
      { per: 'kg', rateMinor: 3_333, currency: 'CNY' },
      {},
      { massG: 2_500 },
      '8333',
    ],
    ['a rate for each package', { per: 'package', rateMinor: 20_000, currency: 'CNY' }, {}, {}, '20000'],
    ['a rate for each item', { per: 'item', rateMinor: 30_000, currency: 'CNY' }, {}, {}, '30000'],
    ['no mass, no figure', { per: 'kg', rateMinor: 3_333, currency: 'CNY' }, {}, {}, null],
    [
      'another currency, no figure',
      { per: 'kg', rateMinor: 3_333, currency: 'XDR' },
      {},
      { massG: 2_500 },
      null,
      'rate-missing',
    ],
    ['freight not stated, no figure', { per: 'freight', times: 7 }, {}, {}, null],
  ])('%s', (_what, cap, terms, unit, minor, unproved = 'cap-figure-unknown') => {
    const edge = toA(capped(cap, terms), goods(unit));
    if (minor === null) {
      expect(edge).toMatchObject({
        status: 'liable-amount-unproved',
        why: { rule: 'CN-24c', code: unproved },
        amountUnproved: unproved,
      });
      expect(judge(capped(cap, terms), goods(unit)).finding.disposition).toBe('refer-to-human');
    } else {
      expect(edge.amount).toMatchObject({ minor });
      expect(edge.amount!.steps.map(({ by, step }) => `${step} ${by}`)).toEqual([
        'measure null',
        'cap CN-24c',
        'round null',
      ]);
    }
  });

  test('a cap that only one side signed limits nothing', () => {
    const alone = capped({ per: 'item', rateMinor: 1, currency: 'CNY' }).filter(
      ({ name }) => !name.startsWith('cap answer'),
    );
    expect(toA(alone).amount!.minor).toBe('128000');
  });

  test('a cap between seller and carrier A binds nobody else', () => {
    const { finding } = judge(capped({ per: 'item', rateMinor: 30_000, currency: 'CNY' }));
    expect(finding.edges.map(({ amount }) => amount?.minor)).toEqual([
      '128000',
      undefined,
      '30000',
      undefined,
      '128000',
    ]);
    // One debt: what both owe together is no more than the larger.
    expect(finding.debts.find(({ edges }) => edges.length === 2)!.collectable).toEqual({
      minor: '128000',
      currency: 'CNY',
    });
  });
});

describe('what a pack may say of amounts', () => {
  const under = (text: string, parts: Json = {}) =>
    judge(
      scenario9(),
      {
        claims: [claim('k1', 'consumer-seller', { amountMinor: 1_000 })],
        carriages: [],
        packs: [{ id: 'small' }, { id: 'evidence.cn' }],
        ...parts,
      },
      [load(text), EVIDENCE],
    ).finding;

  const several = '{ liable: consumer-seller, as: principal, head: loss, mode: several }';
  const three = {
    parties: [
      { id: SELLER, name: 'S', roles: ['seller'], consumer: false },
      { id: CONTRACTING, name: 'T', roles: ['seller'], consumer: false },
      { id: CARRIER_A, name: 'U', roles: ['seller'], consumer: false },
      { id: BUYER, name: 'B', roles: ['buyer'], consumer: true },
    ],
  };

  test('shares of several debtors are whole and sum to the whole, ties to the signed order', () => {
    const finding = under(smallPack({ rules: rule({ effect: several }) }), three);
    const owing = finding.edges.filter(({ template }) => template === 'consumer-seller');
    expect(owing.map(({ amount, debtor, share }) => [debtor, share, amount?.minor])).toEqual([
      [SELLER, ['1', '3'], '334'],
      [CONTRACTING, ['1', '3'], '333'],
      [CARRIER_A, ['1', '3'], '333'],
    ]);
    expect(finding.debts[0]!.collectable).toEqual({ minor: '1000', currency: 'CNY' });
    expect(finding.disposition).toBe('shared');
  });

  test('the order of the steps is law: share then cap, cap then share', () => {
    const rules = [
      rule({ effect: several }),
      rule({
        id: 'R-2',
        if: '[creditor.consumer is yes]',
        effect: '{ cap: consumer-seller, per: item, rate: 600, currency: CNY }',
      }),
    ];
    const steps = (order: string) =>
      `steps: [measure, diminish, salvage, ${order}, deduct, freight, interest, round]\n`;
    const amounts = (order: string) =>
      under(steps(order) + smallPack({ rules: rules.join('\n') }), {
        parties: three.parties.filter(({ id }) => id !== CARRIER_A),
      })
        .edges.filter(({ template }) => template === 'consumer-seller')
        .map(({ amount }) => amount!.minor);
    expect(amounts('share, cap')).toEqual(['500', '500']);
    expect(amounts('cap, share')).toEqual(['300', '300']);
  });

  test('a measure multiplies and has a floor', () => {
    const measured = (measure: string) =>
      under(
        `measures:\n  treble: ${measure}\n${smallPack({ rules: rule({ effect: '{ liable: consumer-seller, as: principal, head: loss, mode: sole, measure: treble }' }) })}`,
      ).edges[0]!.amount!;
    const says = 'says: { en: "x", zh: "x" }';
    expect(measured(`{ ${says}, base: price, times: [3, 1] }`).minor).toBe('384000');
    expect(measured(`{ ${says}, base: claim, times: [1, 3] }`)).toMatchObject({
      minor: '333',
      steps: [{ step: 'measure', by: 'treble', after: ['1000', '3'] }, { step: 'round' }],
    });
    expect(measured(`{ ${says}, base: least-of-claim-and-price, minimum: 50000, currency: CNY }`).minor).toBe(
      '50000',
    );
  });

  test('a cap is broken by an issue that is found', () => {
    const rules = [
      rule({}),
      rule({
        id: 'R-2',
        if: '[creditor.consumer is yes]',
        effect: '{ cap: consumer-seller, per: item, rate: 600, currency: CNY, broken-by: broken }',
      }),
    ];
    expect(under(smallPack({ rules: rules.join('\n') })).edges[0]!.amount!.minor).toBe('1000');
    const kept = rules.join('\n').replace('broken-by: broken', 'broken-by: packing');
    expect(under(smallPack({ rules: kept })).edges[0]!.amount!.minor).toBe('600');
  });

  test('whether a cap holds must be known', () => {
    const rules = [
      rule({}),
      rule({
        id: 'R-2',
        if: '[event.return-received before event.sold]',
        effect: '{ cap: consumer-seller, per: item, rate: 600, currency: CNY }',
      }),
    ];
    expect(under(smallPack({ rules: rules.join('\n') })).edges[0]).toMatchObject({
      status: 'liable-amount-unproved',
      amountUnproved: 'cap-unknown',
      why: { rule: 'R-2', cure: { en: expect.stringContaining('event.return-received before event.sold') } },
    });
  });
});
