import { describe, expect, test } from 'vitest';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  at,
  BUYER,
  idBytes,
  jointAgreement,
  PARCEL,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { rule } from '../rules/built-packs.js';
import { byRule, type Case, edgeOf, type Json, SOLE } from './amount-cases.js';
import { scenario9, time } from './scenario-records.js';

/** The seller owes 1,000; a rule adds one step. */
function step(name: string, more: Partial<Case> = {}, condition?: string): FoundEdge {
  const effect = `{ adjust: consumer-seller, step: ${name} }`;
  return edgeOf({ rules: [rule({ effect: SOLE }), byRule('R-2', effect, condition)], ...more });
}
const stepsOf = ({ amount }: FoundEdge): readonly string[] => amount!.steps.map((one) => one.step);

describe('a step', () => {
  test('whose condition does not hold is not taken', () => {
    const salvaged = { damage: { salvageMinor: 300 } };
    expect(step('salvage', salvaged, '[creditor.consumer is no]').amount!.minor).toBe('1000');
    expect(step('salvage', salvaged).amount!.minor).toBe('700');
  });

  test('takes nothing in proportion from goods without a price', () => {
    const edge = step('diminish', { goods: { priceMinor: 0 }, damage: { residualMinor: 0 } });
    expect([edge.amount!.minor, stepsOf(edge)]).toEqual(['0', ['measure', 'round']]);
  });

  test('goods worth more than their price have lost nothing', () => {
    const edge = step('diminish', { goods: { priceMinor: 3_000 }, damage: { residualMinor: 4_000 } });
    expect(edge.amount).toMatchObject({ minor: '0', steps: [{}, { note: '0 of 3000 lost' }, {}] });
  });
});

describe('what the creditor got', () => {
  function given(payment: Json, more: Partial<RecordDraft> = {}): FoundEdge {
    const paid: RecordDraft = {
      name: 'paid',
      type: 'payment',
      by: BUYER,
      upper: 101,
      // The sum is a private place: it stands opened, as facts see it.
      malformed: true,
      payload: {
        kind: 'refund',
        amountMinor: 400,
        currency: 'CNY',
        against: idBytes('delivery'),
        occurredAt: at(100),
        ...payment,
      },
      ...more,
    };
    return step('deduct', { records: [...scenario9(), paid] });
  }

  test('as refund or as compensation is taken off', () => {
    expect(given({}).amount).toMatchObject({
      minor: '600',
      steps: [{}, { step: 'deduct', by: 'R-2', before: ['1000', '1'], after: ['600', '1'], note: null }, {}],
    });
    expect(given({ kind: 'compensation' }).amount!.minor).toBe('600');
  });

  test.each([
    ['the price of what it sold', { kind: 'price' }, {}],
    ['what was paid for other goods', {}, { sub: PARCEL }],
    ['what only the debtor speaks of', {}, { by: SELLER }],
  ])('%s is not', (_what, payment, more) => {
    const edge = given(payment, more);
    expect([edge.amount!.minor, stepsOf(edge)]).toEqual(['1000', ['measure', 'round']]);
  });

  test('is not known while the sum is hidden, or in another currency', () => {
    const hidden = given({ amountMinor: HIDDEN });
    expect([hidden.amountUnproved, hidden.why!.rule]).toEqual(['figure-hidden', 'R-2']);
    expect(hidden.why!.says.en).toContain('payment.amountMinor');
    const other = given({ currency: 'EUR' });
    expect([other.amountUnproved, other.why!.rule]).toEqual(['currency-differs', 'R-2']);
    expect(other.why!.says.en).toContain('CNY, EUR');
  });
});

describe('freight', () => {
  const agreed = (terms: Json, name = 'freight'): readonly RecordDraft[] =>
    jointAgreement(name, {
      by: SELLER,
      parties: [SELLER, BUYER],
      h: -3,
      upper: -2,
      malformed: true,
      payload: terms,
    });
  const carried = (terms: Json, more: Partial<Case> = {}, further: readonly RecordDraft[] = []): FoundEdge =>
    step('freight', { records: [...scenario9(), ...agreed(terms), ...further], ...more });
  const PLAIN = { freightMinor: 120, currency: 'CNY' };

  test('comes back whole where all is lost, else by pieces or by mass', () => {
    expect(carried(PLAIN).amount).toMatchObject({
      minor: '1120',
      steps: [{}, { note: '1/1 of the freight' }, {}],
    });
    const pieces = carried(PLAIN, { damage: { extent: { count: 1, of: 4 } } });
    expect(pieces.amount).toMatchObject({ minor: '1030', steps: [{}, { note: '1/4 of the freight' }, {}] });
    const mass = { goods: { massG: 1_000 }, damage: { massG: 200, extent: { count: 1, of: 4 } } };
    expect(carried(PLAIN, mass).amount).toMatchObject({
      minor: '1024',
      steps: [{}, { note: '1/5 of the freight' }, {}],
    });
    const noGoodsMass = { damage: { massG: 200, extent: { count: 1, of: 4 } } };
    expect(carried(PLAIN, noGoodsMass).amount!.minor).toBe('1030');
    const noDamageMass = { goods: { massG: 1_000 }, damage: { extent: { count: 1, of: 4 } } };
    expect(carried(PLAIN, noDamageMass).amount!.minor).toBe('1030');
  });

  test('is not known while it is hidden, or agreed twice', () => {
    const hidden = carried({ freightMinor: HIDDEN, currency: 'CNY' });
    expect([hidden.amountUnproved, hidden.why!.rule]).toEqual(['figure-hidden', 'R-2']);
    expect(hidden.why!.says.en).toContain('agreed.freightMinor');
    const twice = carried(PLAIN, {}, agreed({ ...PLAIN, freightMinor: 90 }, 'again'));
    expect(twice.amountUnproved).toBe('figure-hidden');
  });

  test.each([
    ['in no currency', { freightMinor: 120 }],
    ['in another currency', { freightMinor: 120, currency: 'EUR' }],
  ])('%s is not added', (_what, terms) => {
    const edge = carried(terms);
    expect([edge.amountUnproved, edge.why!.rule]).toEqual(['currency-differs', 'R-2']);
    expect(edge.why!.says.en).toContain('CNY');
  });
});

describe('interest', () => {
  const since = (event: string, h: number, records?: readonly RecordDraft[]): FoundEdge =>
    edgeOf({
      rules: [
        rule({ effect: SOLE }),
        byRule('R-2', `{ adjust: consumer-seller, step: interest, rate-ppm: 50000, from: ${event} }`),
      ],
      claimed: 100_000,
      more: { asOf: time(h) },
      ...(records === undefined ? {} : { records }),
    });

  test('does not begin before a day is over, nor before its event', () => {
    // Discovered at hour 20.2.
    expect(stepsOf(since('event.discovered', 200))).toEqual(['measure', 'interest', 'round']);
    const fresh = since('event.discovered', 201 - 157);
    expect(fresh.amount).toMatchObject({ minor: '100000' });
    expect(stepsOf(fresh)).toEqual(['measure', 'round']);
  });

  test('is not known where its first day is not', () => {
    // Sold on a day, at an hour nobody states: hour 200 is within the same hour of another day for a part of it.
    const edge = since('event.sold', 200);
    expect(edge).toMatchObject({
      status: 'liable-amount-unproved',
      amountUnproved: 'interest-start-unknown',
    });
    expect(edge.why!.cure.en).toContain('event.sold');
  });
});
