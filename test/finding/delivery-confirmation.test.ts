import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { digestOfValue } from '../../src/finding/canonical-json.js';
import { confirmDelivery, type DeliveryConfirmation } from '../../src/finding/delivery-confirmation.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import {
  BUYER,
  CARRIER_B,
  countersign,
  delivery,
  handover,
  hour,
  ITEM,
  idOf,
  media,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
} from '../facts/case-builder.js';
import { carriage } from './scenario-records.js';

const confirmed = (records: readonly RecordDraft[]): DeliveryConfirmation => {
  const given = passport(records);
  return confirmDelivery([given], deriveFacts(given, SCOPE));
};
const ARRIVED = {
  boundary: 'delivery',
  from: CARRIER_B,
  to: BUYER,
  at: { from: hour(20), to: hour(20) },
  signedBy: [BUYER, CARRIER_B].sort(),
  remark: 'none',
  reservations: [],
  records: [idOf('delivery')],
};

describe('a confirmation of delivery', () => {
  test('is told whole: item, arrival, evidence, and a key of item and arrivals alone', () => {
    expect(confirmed(carriage())).toEqual({
      kind: 'delivery-confirmation',
      idempotencyKey: digestOfValue('goodorder/delivery-confirmation/1', {
        deliveries: [ARRIVED],
        item: ITEM,
      }),
      item: ITEM,
      deliveries: [ARRIVED],
      evidence: { verdict: 'TOTAL-PASSED', passports: [idOf('passport')] },
    });
  });

  test('has no remark of who signed nothing', () => {
    const unsigned = carriage().filter(({ name }) => name !== 'delivery answer');
    expect(confirmed(unsigned).deliveries).toEqual([{ ...ARRIVED, signedBy: [CARRIER_B], remark: null }]);
  });

  test('names what its bringer saw wrong, though nobody took it over by signing', () => {
    const records = carriage()
      .filter(({ name }) => name !== 'delivery answer')
      .map((draft) => {
        const seen = { delivery: 'bad', transfer: 'bad', packing: 'good' }[draft.name];
        if (seen === undefined) return draft;
        return { ...draft, payload: { ...draft.payload, observations: [observation('fracture', seen)] } };
      });
    expect(confirmed(records).deliveries).toEqual([
      { ...ARRIVED, signedBy: [CARRIER_B], remark: null, reservations: [idOf('delivery')] },
    ]);
  });

  test('names once each record of the arrival that saw something wrong, in order, and the remark', () => {
    const told = (name: string, by: string): RecordDraft =>
      delivery(name, {
        by,
        from: CARRIER_B,
        to: BUYER,
        h: 20,
        upper: 20.5,
        payload: {
          remark: 'exception',
          observations: ['fracture', 'packaging-outer'].map((aspect) => observation(aspect, 'bad')),
        },
      });
    const rest = carriage().filter(({ name }) => !name.startsWith('delivery'));
    for (const names of [
      ['delivery', 'taken'],
      ['taken', 'delivery'],
    ]) {
      const [one, other] = names as [string, string];
      const both = [told(one, CARRIER_B), told(other, BUYER)];
      const ids = names.map(idOf).sort();
      expect(
        confirmed([...rest, ...both]).deliveries.map((arrival) => ({
          ...arrival,
          records: [...arrival.records].sort(),
        })),
      ).toEqual([{ ...ARRIVED, remark: 'exception', reservations: ids, records: ids }]);
    }
  });

  test('knows nothing of the remarks of other passages', () => {
    const records = carriage().map((draft) =>
      draft.name === 'transfer answer'
        ? { ...draft, payload: { ...draft.payload, remark: 'exception' } }
        : draft,
    );
    expect(confirmed(records).deliveries).toEqual([ARRIVED]);
  });

  test('tells of the way back too, and of no other boundary', () => {
    const back = [
      media('pack', { by: BUYER, purpose: 'packing', h: 90 }),
      handover('back', { from: BUYER, to: CARRIER_B, h: 100 }),
      countersign('back answer', { by: CARRIER_B, of: 'back', h: 100 }),
      delivery('home', { from: CARRIER_B, to: SELLER, h: 110 }),
      countersign('home answer', { by: SELLER, of: 'home', h: 110, payload: { remark: 'exception' } }),
    ];
    expect(confirmed([...carriage(), ...back]).deliveries).toEqual([
      ARRIVED,
      {
        boundary: 'return-receipt',
        from: CARRIER_B,
        to: SELLER,
        at: { from: hour(110), to: hour(110) },
        signedBy: [CARRIER_B, SELLER].sort(),
        remark: 'exception',
        reservations: [],
        records: [idOf('home')],
      },
    ]);
  });

  test('has no reservation where everything that was seen was good', () => {
    const records = carriage().map((draft) =>
      draft.name === 'delivery'
        ? { ...draft, payload: { ...draft.payload, observations: [observation('fracture', 'good')] } }
        : draft,
    );
    expect(confirmed(records).deliveries).toEqual([ARRIVED]);
  });

  test('is empty where nothing arrived, or nobody says when', () => {
    expect(confirmed(carriage().slice(0, 5)).deliveries).toEqual([]);
    expect(confirmDelivery([], deriveFacts([], SCOPE))).toEqual({
      kind: 'delivery-confirmation',
      idempotencyKey: digestOfValue('goodorder/delivery-confirmation/1', { deliveries: [], item: '' }),
      item: '',
      deliveries: [],
      evidence: { verdict: 'TOTAL-PASSED', passports: [] },
    });
  });

  test('takes the item of the first passport, all passports in order, and the first verdict that is not passed', () => {
    const one = (digest: string, verdict: string, records: readonly RecordDraft[]): VerifiedPassport =>
      ({ ...passport(records), digest, verdict }) as VerifiedPassport;
    const all = [
      one('c', 'TOTAL-PASSED', carriage()),
      one('a', 'TOTAL-FAILED', []),
      one('b', 'INDETERMINATE', []),
    ];
    const { evidence, item, deliveries } = confirmDelivery(all, deriveFacts(all, SCOPE));
    expect({ evidence, item, deliveries }).toEqual({
      evidence: { verdict: 'TOTAL-FAILED', passports: ['a', 'b', 'c'] },
      item: ITEM,
      deliveries: [ARRIVED],
    });
  });
});
