import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { converted, readRate } from '../../src/finding/currency.js';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import { rational } from '../../src/finding/rational.js';
import { REFER_CODES, reasonOf, UNPROVED_CODES } from '../../src/finding/reasons.js';
import { at, BUYER, CARRIER_A, CONTRACTING, idBytes, jointAgreement, SELLER } from '../facts/case-builder.js';
import { load, refusal, rule, smallPack } from '../rules/built-packs.js';
import {
  ALWAYS,
  byRule,
  type Case,
  edgeOf,
  found,
  type Json,
  minor,
  SEVERAL,
  SOLE,
  THREE,
  UNKNOWN,
} from './amount-cases.js';
import { scenario9, time } from './scenario-records.js';

describe('400 of 1,000 kg, a loss of 12,000.00, two thirds of the fault', () => {
  const given = (head: string): Case => ({
    head,
    rules: [
      rule({ effect: SOLE }),
      byRule('R-2', '{ share: consumer-seller, is: [2, 3] }'),
      byRule('R-3', '{ cap: consumer-seller, per: kg, rate: 833, currency: XDR }'),
    ],
    claimed: 1_200_000,
    goods: { priceMinor: 3_000_000, currency: 'EUR', massG: 1_000_000 },
    damage: { extent: { count: 400, of: 1_000 } },
    more: { rates: [{ from: 'XDR', to: 'EUR', date: '2026-06-06', rate: '1.2345' }] },
  });
  const order = (steps: string): string =>
    `steps: [measure, diminish, salvage, ${steps}, deduct, freight, interest, round]\n`;

  test('share then cap: 4,113.35', () => {
    const edge = edgeOf(given(order('share, cap')));
    expect(edge.amount).toMatchObject({
      minor: '411335',
      currency: 'EUR',
      steps: [
        { step: 'measure', by: null, after: ['1200000', '1'] },
        { step: 'share', by: 'R-2', before: ['1200000', '1'], after: ['800000', '1'] },
        {
          step: 'cap',
          by: 'R-3',
          before: ['800000', '1'],
          after: ['2056677', '5'],
          note: '1 XDR = 1.2345 EUR on 2026-06-06',
        },
        { step: 'round', after: ['411335', '1'] },
      ],
    });
    expect([edge.share, edge.shareBasis]).toEqual([['2', '3'], 'rule']);
  });

  test('cap then share: 2,742.23, the creditor bears 1,371.12 of the whole 4,113.35', () => {
    expect(minor(given(order('cap, share')))).toBe('274223');
  });

  test('a law that is silent on the order leaves both standing', () => {
    const edge = edgeOf(given(`silent: [[share, cap]]\n`));
    expect(edge).toMatchObject({
      status: 'liable-amount-unproved',
      amount: null,
      amountUnproved: 'order-contested',
      why: { code: 'order-contested', rule: null },
    });
    expect(edge.why!.says.en).toContain('share cap 411335 EUR, cap share 274223 EUR');
  });

  test('silence does not matter where both orders come to the same', () => {
    const one = given('silent: [[share, cap]]\n');
    expect(minor({ ...one, claimed: 1_000 })).toBe('667');
  });

  test('without a rate, or with two, nothing is said', () => {
    const none = edgeOf({ ...given(''), more: {} });
    expect(none).toMatchObject({
      status: 'liable-amount-unproved',
      why: { code: 'rate-missing', rule: 'R-3' },
    });
    expect(none.why!.cure.en).toBe('state in the dispute the rate of XDR in EUR, with its day');
    const rate = { from: 'XDR', to: 'EUR', rate: '1.2' };
    const rates = [
      { ...rate, date: '2026-06-06' },
      { ...rate, date: '2026-06-07' },
    ];
    expect(edgeOf({ ...given(''), more: { rates } }).amountUnproved).toBe('rate-ambiguous');
  });
});

describe('limits', () => {
  const limited = (effect: string, more: Partial<Case> = {}): Case => ({
    rules: [rule({ effect: SOLE }), byRule('R-2', `{ cap: consumer-seller, ${effect} }`)],
    claimed: 100_000,
    goods: { massG: 10_000 },
    ...more,
  });
  const both = '[{ per: package, rate: 5000, currency: CNY }, { per: kg, rate: 700, currency: CNY }]';

  test('the higher or the lower of two', () => {
    expect(minor(limited(`higher-of: ${both}`))).toBe('7000');
    expect(minor(limited(`lower-of: ${both}`))).toBe('5000');
    expect(minor(limited(`higher-of: ${both}`, { damage: { packages: 2 } }))).toBe('10000');
    expect(minor(limited(`higher-of: ${both}`, { damage: { massG: 1_500 } }))).toBe('5000');
  });

  test('of two figures the higher is known only when both are', () => {
    expect(edgeOf(limited(`higher-of: ${both}`, { goods: {} })).why).toMatchObject({
      code: 'cap-figure-unknown',
      says: { en: 'it is owed, but R-2 limits it by a figure that is not known: the mass of the goods' },
    });
  });

  test('one that is unknown matters only where it would limit', () => {
    const unknown = (rate: number): Case => ({
      rules: [
        rule({ effect: SOLE }),
        byRule('R-2', `{ cap: consumer-seller, per: item, rate: ${rate}, currency: CNY }`, UNKNOWN),
      ],
    });
    expect(edgeOf(unknown(999)).amountUnproved).toBe('cap-unknown');
    expect(minor(unknown(1_000))).toBe('1000');
  });

  test('one of a contract goes after one of mandatory law', () => {
    const cap = (id: string, rate: number, layer: string): string =>
      rule({
        id,
        if: ALWAYS,
        layer,
        effect: `{ cap: consumer-seller, per: item, rate: ${rate}, currency: CNY }`,
      });
    const rules = [rule({ effect: SOLE }), cap('R-2', 600, 'forum'), cap('R-3', 10, 'contract')];
    expect(minor({ rules })).toBe('600');
  });
});

describe('shares', () => {
  const shared = (is: string, more: Json = {}, condition = ALWAYS): FoundEdge =>
    edgeOf({
      rules: [rule({ effect: SOLE }), byRule('R-2', `{ share: consumer-seller, is: ${is} }`, condition)],
      more,
    });

  test('at discretion go to a person, and never yield a number', () => {
    expect(shared('discretion')).toMatchObject({
      status: 'refer',
      amount: null,
      amountUnproved: null,
      basis: 'proven',
      referBecause: 'share-at-discretion',
      shareBasis: 'discretion',
      rules: [{ rule: 'R-1' }],
      why: { code: 'share-at-discretion', rule: 'R-2' },
    });
  });

  test('that the parties settled on go before law and discretion', () => {
    const shares = [{ damage: 'd1', party: BUYER, share: [1, 4] }];
    expect(shared('discretion', { shares })).toMatchObject({
      status: 'liable',
      share: ['3', '4'],
      shareBasis: 'agreed',
      amount: { minor: '750' },
    });
    expect(shared('[1, 2]', { shares }).amount!.minor).toBe('750');
  });

  test('that hang on what is unknown leave the amount open', () => {
    expect(shared('[1, 2]', {}, UNKNOWN)).toMatchObject({
      status: 'liable-amount-unproved',
      why: {
        code: 'share-unknown',
        rule: 'R-2',
        cure: { en: expect.stringContaining('event.return-received') },
      },
    });
  });

  test('of several debtors as they settled, the creditor bearing the rest', () => {
    const share = (party: string, n: number): Json => ({ damage: 'd1', party, share: [n, 10] });
    const shares = [share(SELLER, 5), share(CONTRACTING, 2), share(CARRIER_A, 2)];
    const { debts, edges } = found({
      rules: [rule({ effect: SEVERAL })],
      claimed: 101,
      more: { ...THREE, shares },
    });
    const owing = edges.filter(({ template }) => template === 'consumer-seller');
    expect(
      owing.map(({ amount, share: part, shareBasis }) => [part.join('/'), shareBasis, amount!.minor]),
    ).toEqual([
      ['1/2', 'agreed', '51'],
      ['1/5', 'agreed', '20'],
      ['1/5', 'agreed', '20'],
    ]);
    expect(debts[0]!.collectable!.minor).toBe('91');
  });

  test('one cent among three goes to the first who signed', () => {
    const { debts, edges } = found({ rules: [rule({ effect: SEVERAL })], claimed: 1, more: THREE });
    const owing = edges.filter(({ template }) => template === 'consumer-seller');
    expect(owing.map(({ amount }) => amount!.minor)).toEqual(['1', '0', '0']);
    expect(debts[0]!.collectable!.minor).toBe('1');
    const turned = { parties: [...THREE.parties].reverse() };
    const again = found({ rules: [rule({ effect: SEVERAL })], claimed: 1, more: turned });
    const others = again.edges.filter(({ template }) => template === 'consumer-seller');
    expect(others.map(({ amount, debtor }) => [debtor, amount!.minor])).toEqual([
      [CARRIER_A, '1'],
      [CONTRACTING, '0'],
      [SELLER, '0'],
    ]);
  });

  test('of which one would be more than all are refused', () => {
    const shares = [
      { damage: 'd1', party: SELLER, share: [2, 3] },
      { damage: 'd1', party: BUYER, share: [1, 2] },
    ];
    expect(refusal(() => found({ rules: [rule({})], more: { shares } }))).toMatchObject({
      code: 'dispute.malformed',
      message: '`shares[1].share` makes the shares of this loss more than all of it',
    });
  });
});

describe('further steps', () => {
  const step = (name: string, more: Partial<Case> = {}, extra = ''): FoundEdge =>
    edgeOf({
      rules: [rule({ effect: SOLE }), byRule('R-2', `{ adjust: consumer-seller, step: ${name}${extra} }`)],
      ...more,
    });

  test('what the goods are still worth lessens the loss in proportion', () => {
    const edge = step('diminish', { goods: { priceMinor: 3_000 }, damage: { residualMinor: 1_000 } });
    expect(edge.amount).toMatchObject({
      minor: '667',
      steps: [{}, { step: 'diminish', by: 'R-2', after: ['2000', '3'], note: '2000 of 3000 lost' }, {}],
    });
    expect(step('diminish').amount!.steps).toHaveLength(2);
  });

  test('what the remains brought is taken off, down to nothing', () => {
    expect(step('salvage', { damage: { salvageMinor: 300 } }).amount!.minor).toBe('700');
    expect(step('salvage', { damage: { salvageMinor: 3_000 } }).amount!.minor).toBe('0');
  });

  test('what the creditor says it got is taken off, and nothing that the debtor says', () => {
    const paid = (by: string) => [
      ...scenario9(),
      {
        name: 'paid',
        type: 'payment',
        by,
        upper: 101,
        malformed: true,
        payload: {
          kind: 'refund',
          amountMinor: 400,
          currency: 'CNY',
          against: idBytes('delivery'),
          occurredAt: at(100),
        },
      },
    ];
    expect(step('deduct', { records: paid(BUYER) }).amount!.minor).toBe('600');
    expect(step('deduct', { records: paid(SELLER) }).amount!.minor).toBe('1000');
  });

  test('freight comes back in the part that is lost', () => {
    const records = [
      ...scenario9(),
      ...jointAgreement('freight', {
        by: SELLER,
        parties: [SELLER, BUYER],
        h: -3,
        upper: -2,
        malformed: true,
        payload: { freightMinor: 120, currency: 'CNY' },
      }),
    ];
    const edge = step('freight', { records, damage: { extent: { count: 1, of: 4 } } });
    expect(edge.amount).toMatchObject({ minor: '1030' });
    expect(step('freight').amount!.minor).toBe('1000');
  });

  test('interest runs for whole days of a year of 365', () => {
    const run = (asOf: string): FoundEdge =>
      step('interest', { claimed: 100_000, more: { asOf } }, ', rate-ppm: 50000, from: event.discovered');
    // Discovered at hour 20.2.
    expect(run(time(20.2 + 24 * 73)).amount).toMatchObject({
      minor: '101000',
      steps: [{}, { step: 'interest', by: 'R-2', note: '73 days at 50000 millionths a year' }, {}],
    });
    expect(run(time(200)).amount!.minor).toBe('100096');
    const unknown = step('interest', {}, ', rate-ppm: 50000, from: event.return-received');
    expect(unknown.why).toMatchObject({ code: 'interest-start-unknown', rule: 'R-2' });
  });

  test('one whose condition is unknown matters only where it would change the amount', () => {
    const rules = [
      rule({ effect: SOLE }),
      byRule('R-2', '{ adjust: consumer-seller, step: salvage }', UNKNOWN),
    ];
    expect(minor({ rules })).toBe('1000');
    expect(edgeOf({ rules, damage: { salvageMinor: 1 } }).amountUnproved).toBe('step-unknown');
  });
});

describe('what law leaves to a person', () => {
  test('is referred with its reason, unless the claim is barred', () => {
    const refer = byRule('R-2', '{ refer: consumer-seller, because: punitive }');
    expect(edgeOf({ rules: [rule({ effect: SOLE }), refer] })).toMatchObject({
      status: 'refer',
      referBecause: 'punitive',
      rules: [{ rule: 'R-2' }],
      why: { code: 'punitive', rule: 'R-2' },
    });
    const barred = byRule('R-3', '{ bar: consumer-seller }');
    expect(edgeOf({ rules: [rule({ effect: SOLE }), refer, barred] }).status).toBe('barred');
    const other = byRule('R-2', '{ refer: consumer-seller, head: punitive, because: punitive }');
    expect(edgeOf({ rules: [rule({ effect: SOLE }), other] }).status).toBe('liable');
  });

  test('every reason has a sentence and a cure in both languages', () => {
    for (const code of [...UNPROVED_CODES, ...REFER_CODES]) {
      const { cure, says } = reasonOf(code, 'R-1', 'one', 'two');
      for (const text of [says.en, says.zh, cure.en, cure.zh]) expect(text).toMatch(/^[^{}]{4,}$/);
      expect(says.zh).not.toBe(says.en);
    }
  });
});

describe('currencies', () => {
  test.each([
    ['XDR', 'JPY', '200', 200],
    ['XDR', 'KWD', '0.4', 400],
    ['JPY', 'CNY', '0.05', 500],
    ['EUR', 'EUR', '1', 100],
  ])('one %s is %s of its worth in minor units', (from, to, rate, minorUnits) => {
    const digits = from === 'JPY' ? 100n : 100n;
    expect(converted(rational(digits), from, to, readRate(rate)!)).toEqual(rational(BigInt(minorUnits)));
  });

  test.each(['0', '0.0', '', '.5', '5.', '1,5', '01.5', '-1', '1e3', '1'.repeat(13), '1.2.3', '１'])(
    '`%s` is no rate',
    (text) => {
      expect(readRate(text)).toBeNull();
    },
  );
});

describe('a pack that says something else of amounts is refused', () => {
  test.each([
    ['two steps that do not stand side by side', 'silent: [[share, deduct]]\n', rule({})],
    ['the wrong way round', 'silent: [[cap, share]]\n', rule({})],
    ['the first or the last', 'silent: [[measure, diminish]]\n', rule({})],
    ['a share of more than all', '', byRule('R-2', '{ share: consumer-seller, is: [3, 2] }')],
    [
      'interest without a start',
      '',
      byRule('R-2', '{ adjust: consumer-seller, step: interest, rate-ppm: 1 }'),
    ],
    [
      'a rate of what is no interest',
      '',
      byRule('R-2', '{ adjust: consumer-seller, step: salvage, rate-ppm: 1 }'),
    ],
    [
      'the higher of one',
      '',
      byRule('R-2', '{ cap: consumer-seller, higher-of: [{ per: item, rate: 1, currency: CNY }] }'),
    ],
    [
      'a floor of no currency',
      'measures:\n  m: { says: { en: a, zh: 一 }, base: price, minimum: 5 }\n',
      rule({}),
    ],
    ['an effect on no edge of its own', '', byRule('R-2', '{ refer: shipper-carrier, because: injury }')],
  ])('%s', (_what, head, rules) => {
    expect(refusal(() => load(head + smallPack({ rules }))).code).toBe('pack.malformed');
  });

  test('a measure that no pack declares', () => {
    const rules = rule({
      effect: '{ liable: consumer-seller, as: principal, head: loss, mode: sole, measure: treble }',
    });
    expect(refusal(() => load(smallPack({ rules }))).code).toBe('pack.unknown-name');
  });
});

describe('properties', () => {
  const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

  test('P7: shares make the whole, and no more is collectable than the loss', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(amount, amount, fc.option(parts), (claimed, price, given) => {
        const ids = [SELLER, CONTRACTING, CARRIER_A];
        const shares = (given ?? []).map((n, index) => ({
          damage: 'd1',
          party: ids[index]!,
          share: [n, 120],
        }));
        const { debts, edges } = found({
          rules: [rule({ effect: SEVERAL })],
          claimed,
          goods: { priceMinor: price },
          more: { ...THREE, shares },
        });
        const loss = BigInt(Math.min(claimed, price));
        const owing = edges.filter(({ template }) => template === 'consumer-seller');
        const total = owing.reduce((all, { amount: one }) => all + BigInt(one!.minor), 0n);
        expect(BigInt(debts[0]!.collectable!.minor)).toBe(total);
        expect(total <= loss).toBe(true);
        const whole = given === null || given.reduce((a, b) => a + b, 0) === 120;
        if (whole) expect(total).toBe(loss);
      }),
      { numRuns: 25 },
    );
  });

  test('P9: what is not capped grows as the loss does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 1, max: 1_000 }), (loss, times) => {
        const owed = (of: number): bigint =>
          BigInt(minor({ rules: [rule({ effect: SOLE })], claimed: of, goods: { priceMinor: of } })!);
        expect(owed(loss * times)).toBe(owed(loss) * BigInt(times));
      }),
      { numRuns: 20 },
    );
  });
});
