import { describe, expect, test } from 'vitest';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import { quantumOf } from '../../src/finding/quantum.js';
import { shareOf } from '../../src/finding/shares.js';
import { CARRIER_A, CONTRACTING, SELLER } from '../facts/case-builder.js';
import { rule } from '../rules/built-packs.js';
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
import { judge, scenario9 } from './scenario-records.js';

const PAYS = rule({ effect: SOLE, if: ALWAYS });
const capOf = (rate: number): string => `{ cap: consumer-seller, per: item, rate: ${rate}, currency: CNY }`;
const cap = (id: string, rate: number, condition = ALWAYS): string => byRule(id, capOf(rate), condition);
/** Nobody can tell whether it takes the place of the other. */
const overriding = (id: string, other: string, effect: string): string =>
  rule({ id, if: UNKNOWN, overrides: `[${other}]`, effect });
const HALF = byRule('R-2', '{ share: consumer-seller, is: [1, 2] }');
const SILENT = 'silent: [[share, cap]]\n';

describe('where law is silent on the order of two steps', () => {
  test('what is open in either order is open', () => {
    const perKilogram = byRule('R-3', '{ cap: consumer-seller, per: kg, rate: 5, currency: CNY }');
    expect(edgeOf({ head: SILENT, rules: [PAYS, HALF, perKilogram] }).amountUnproved).toBe(
      'cap-figure-unknown',
    );
  });

  test('what only the other order leaves open is open too', () => {
    // Half of 1,000 stays below 600; but 600 would cut the 1,000, if it held.
    const idle = cap('R-3', 600, UNKNOWN);
    expect(minor({ rules: [PAYS, HALF, idle] })).toBe('500');
    expect(edgeOf({ head: SILENT, rules: [PAYS, HALF, idle] })).toMatchObject({
      amountUnproved: 'cap-unknown',
      why: { rule: 'R-3' },
    });
    const besideSure = [PAYS, HALF, cap('R-3', 550), overriding('R-4', 'R-3', capOf(520))];
    expect(minor({ rules: besideSure })).toBe('500');
    expect(edgeOf({ head: SILENT, rules: besideSure })).toMatchObject({
      amountUnproved: 'cap-unknown',
      why: { rule: 'R-4' },
    });
  });

  test('it does not matter to an edge that has only one of the two', () => {
    expect(minor({ head: SILENT, rules: [PAYS, HALF] })).toBe('500');
    expect(minor({ head: SILENT, rules: [PAYS, cap('R-3', 600)] })).toBe('600');
    expect(minor({ head: SILENT, rules: [PAYS] })).toBe('1000');
  });
});

describe('currencies that differ', () => {
  test('are named in order', () => {
    const edge = edgeOf({ rules: [PAYS], goods: { currency: 'EUR' }, more: {} });
    expect(edge.amount!.currency).toBe('EUR');
    const claims = [
      { id: 'k1', edge: 'consumer-seller', damage: 'd1', head: 'loss', amountMinor: 5, currency: 'CNY' },
    ];
    const mixed = edgeOf({ rules: [PAYS], goods: { currency: 'EUR' }, more: { claims } });
    expect(mixed).toMatchObject({ amountUnproved: 'currency-differs', why: { rule: null } });
    expect(mixed.why!.says.en).toContain('CNY, EUR');
  });

  test('a measure in another currency measures nothing', () => {
    const measured = edgeOf({
      head: 'measures:\n  floor: { says: { en: a, zh: 一 }, base: claim, minimum: 5, currency: EUR }\n',
      rules: [rule({ if: ALWAYS, effect: SOLE.replace(' }', ', measure: floor }') })],
    });
    expect(measured).toMatchObject({ amountUnproved: 'currency-differs', why: { rule: 'floor' } });
    expect(measured.why!.says.en).toContain('CNY, EUR');
  });
});

test('nobody owes an amount where nobody is liable', () => {
  const { decisions } = judge(scenario9());
  const free = decisions.edges.find((one) => decisions.edge(one).status === 'not-liable')!;
  const decision = decisions.edge(free);
  expect(quantumOf(decisions, decision, shareOf(decisions, free, [decision]))).toEqual({ status: 'none' });
});

describe('shares', () => {
  const of = (edges: readonly FoundEdge[]): readonly (readonly unknown[])[] =>
    edges
      .filter(({ template }) => template === 'consumer-seller')
      .map(({ amount, share, shareBasis }) => [share.join('/'), shareBasis, amount!.minor]);
  const three = (shares: readonly Json[], more: Partial<Case> = {}) =>
    of(found({ rules: [rule({ effect: SEVERAL })], more: { ...THREE, shares }, ...more }).edges);
  const share = (party: string, n: number, damage = 'd1'): Json => ({ damage, party, share: [n, 10] });

  test('of one alone is all, and is told where each answers for a part', () => {
    const edge = edgeOf({ rules: [rule({ effect: SEVERAL })] });
    expect(edge.amount!.steps.map(({ step }) => step)).toEqual(['measure', 'share', 'round']);
    expect(edgeOf({ rules: [PAYS] }).amount!.steps.map(({ step }) => step)).toEqual(['measure', 'round']);
  });

  test('that only some settled on bind nobody: the parts are equal', () => {
    const equal = [
      ['1/3', 'equal', '334'],
      ['1/3', 'equal', '333'],
      ['1/3', 'equal', '333'],
    ];
    expect(three([])).toEqual(equal);
    expect(three([share(SELLER, 5)])).toEqual(equal);
    expect(three([share(CONTRACTING, 5), share(CARRIER_A, 2)])).toEqual(equal);
  });

  test('of nothing for all leave nothing', () => {
    expect(three([share(SELLER, 0), share(CONTRACTING, 0), share(CARRIER_A, 0)])).toEqual(
      Array.from({ length: 3 }, () => ['0/1', 'agreed', '0']),
    );
    expect(three([share(SELLER, 0), share(CONTRACTING, 5), share(CARRIER_A, 5)])).toEqual([
      ['0/1', 'agreed', '0'],
      ['1/2', 'agreed', '500'],
      ['1/2', 'agreed', '500'],
    ]);
  });

  test('a limit that cuts nothing leaves the cents as they are shared out', () => {
    const rules = [rule({ effect: SEVERAL }), cap('R-2', 5_000)];
    expect(three([], { rules }).map(([, , amount]) => amount)).toEqual(['334', '333', '333']);
  });

  test('a rule about shares that does not hold says nothing', () => {
    const shared = (condition: string): FoundEdge =>
      edgeOf({ rules: [PAYS, byRule('R-2', '{ share: consumer-seller, is: [1, 2] }', condition)] });
    expect(shared('[creditor.consumer is no]')).toMatchObject({
      share: ['1', '1'],
      shareBasis: 'rule',
      amount: { minor: '1000' },
    });
  });

  test('one that may take the place of another leaves the amount open, unless both say the same', () => {
    const share = (part: string): string => `{ share: consumer-seller, is: ${part} }`;
    const other = [PAYS, HALF, overriding('R-3', 'R-2', share('[1, 4]'))];
    expect(edgeOf({ rules: other })).toMatchObject({ amountUnproved: 'share-unknown', why: { rule: 'R-3' } });
    expect(minor({ rules: [PAYS, HALF, overriding('R-3', 'R-2', share('[1, 2]'))] })).toBe('500');
    const below = rule({ id: 'R-2', if: ALWAYS, overrides: '[R-3]', effect: share('[1, 2]') });
    expect(minor({ rules: [PAYS, below, byRule('R-3', share('[1, 4]'), UNKNOWN)] })).toBe('500');
  });

  test('one that does not hold takes nobody’s place', () => {
    const half = rule({
      id: 'R-2',
      if: '[creditor.consumer is no]',
      overrides: '[R-3]',
      effect: '{ share: consumer-seller, is: [1, 2] }',
    });
    const open = byRule('R-3', '{ share: consumer-seller, is: [1, 4] }', UNKNOWN);
    expect(edgeOf({ rules: [PAYS, half, open] })).toMatchObject({
      amountUnproved: 'share-unknown',
      why: { rule: 'R-3' },
    });
  });

  test('interest that may run at another rate leaves the amount open', () => {
    const interest = (ppm: number): string =>
      `{ adjust: consumer-seller, step: interest, rate-ppm: ${ppm}, from: event.discovered }`;
    const sure = byRule('R-2', interest(50_000));
    const rules = (ppm: number): readonly string[] => [PAYS, sure, overriding('R-3', 'R-2', interest(ppm))];
    expect(edgeOf({ claimed: 100_000, rules: rules(60_000) })).toMatchObject({
      amountUnproved: 'step-unknown',
      why: { rule: 'R-3' },
    });
    const plain = minor({ claimed: 100_000, rules: [PAYS, sure] });
    expect(minor({ claimed: 100_000, rules: rules(50_000) })).toBe(plain);
  });
});
