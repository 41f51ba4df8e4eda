import { describe, expect, test } from 'vitest';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import { BUYER, jointAgreement, type RecordDraft, SELLER } from '../facts/case-builder.js';
import { rule } from '../rules/built-packs.js';
import { ALWAYS, byRule, type Case, edgeOf, type Json, minor, SOLE, UNKNOWN } from './amount-cases.js';
import { scenario9 } from './scenario-records.js';

const capOf = (rate: number): string => `{ cap: consumer-seller, per: item, rate: ${rate}, currency: CNY }`;
const cap = (id: string, rate: number): string => byRule(id, capOf(rate));
/** Nobody can tell whether it goes before R-2. */
const rival = (rate: number): string =>
  rule({ id: 'R-3', if: UNKNOWN, overrides: '[R-2]', effect: capOf(rate) });
const PAYS = rule({ effect: SOLE, if: ALWAYS });

describe('a limit beside another', () => {
  test('one that is unknown does not matter above a sure one, or above the amount', () => {
    expect(minor({ rules: [PAYS, cap('R-2', 600), rival(700)] })).toBe('600');
    expect(edgeOf({ rules: [PAYS, cap('R-2', 600), rival(599)] })).toMatchObject({
      amountUnproved: 'cap-unknown',
      why: { code: 'cap-unknown', rule: 'R-3' },
    });
    expect(minor({ rules: [PAYS, cap('R-2', 2_000), rival(1_500)] })).toBe('1000');
  });

  test('one that is unknown, and whose figure is too, matters', () => {
    const perKilogram = '{ cap: consumer-seller, per: kg, rate: 5, currency: CNY }';
    expect(edgeOf({ rules: [PAYS, byRule('R-2', perKilogram, UNKNOWN)] }).amountUnproved).toBe('cap-unknown');
  });
});

describe('a limit that an issue breaks', () => {
  const breakable = (issue: string): string => capOf(600).replace(' }', `, broken-by: ${issue} }`);

  test('is none, even where it is unknown whether it held', () => {
    expect(minor({ rules: [PAYS, byRule('R-2', breakable('broken'))] })).toBe('1000');
    expect(minor({ rules: [PAYS, byRule('R-2', breakable('broken'), UNKNOWN)] })).toBe('1000');
  });

  test('is broken by an issue that is found on one leg', () => {
    expect(minor({ rules: [PAYS, byRule('R-2', breakable('in-hand'))] })).toBe('1000');
    expect(minor({ rules: [PAYS, byRule('R-2', breakable('packing'))] })).toBe('600');
  });

  test('is not known while the issue is open', () => {
    const open = byRule('R-3', '{ presume: broken, is: not-found, rebut: conclusive }', UNKNOWN);
    const edge = edgeOf({ rules: [PAYS, byRule('R-2', breakable('broken')), open] });
    expect(edge).toMatchObject({
      status: 'liable-amount-unproved',
      amountUnproved: 'cap-breach-unknown',
      why: { code: 'cap-breach-unknown', rule: 'R-2' },
    });
    expect(edge.why!.cure.en).toContain('broken?');
  });
});

describe('a limit that the parties agree', () => {
  function agreed(terms: Json | null, more: Partial<Case> = {}): FoundEdge {
    const signed: readonly RecordDraft[] =
      terms === null
        ? []
        : jointAgreement('terms', {
            by: SELLER,
            parties: [SELLER, BUYER],
            h: -3,
            upper: -2,
            malformed: true,
            payload: terms,
          });
    const effect = '{ cap: consumer-seller, from: agreed.liabilityCap }';
    return edgeOf({ rules: [PAYS, byRule('R-2', effect)], records: [...scenario9(), ...signed], ...more });
  }
  const missing = (edge: FoundEdge): string => {
    expect(edge).toMatchObject({
      status: 'liable-amount-unproved',
      why: { code: 'cap-figure-unknown', rule: 'R-2' },
    });
    return edge.why!.says.en.split(': ').at(-1)!;
  };

  test.each<[string, Json | null, string]>([
    ['is not signed', null, 'agreed.liabilityCap'],
    ['counts nothing', { liabilityCap: { rateMinor: 5, currency: 'CNY' } }, 'agreed.liabilityCap'],
    ['has neither rate nor multiple', { liabilityCap: { per: 'item' } }, 'agreed.liabilityCap'],
    ['multiplies a mass', { liabilityCap: { per: 'item', times: 7 } }, 'a sum that is multiplied'],
    [
      'multiplies a sum that is not stated',
      { liabilityCap: { per: 'freight', times: 7 } },
      'agreed.freightMinor',
    ],
    [
      'multiplies a value that is not stated',
      { liabilityCap: { per: 'declared', times: 1 }, currency: 'CNY' },
      'agreed.valueDeclaredMinor',
    ],
    [
      'multiplies a sum of no currency',
      { liabilityCap: { per: 'freight', times: 7 }, freightMinor: 10 },
      'agreed.currency',
    ],
  ])('is not known where it %s', (_what, terms, what) => {
    expect(missing(agreed(terms))).toBe(what);
  });

  test('is converted at the one rate for these two currencies', () => {
    const rate = (from: string, to: string, figure: string): Json => ({
      from,
      to,
      date: '2026-06-06',
      rate: figure,
    });
    const rates = [rate('EUR', 'CNY', '7'), rate('XDR', 'EUR', '8'), rate('XDR', 'CNY', '9')];
    const edge = agreed(
      { liabilityCap: { per: 'item', rateMinor: 11, currency: 'XDR' } },
      { more: { rates } },
    );
    expect(edge.amount).toMatchObject({
      minor: '99',
      steps: [{}, { step: 'cap', by: 'R-2', note: '1 XDR = 9 CNY on 2026-06-06' }, {}],
    });
  });
});
