import { describe, expect, test } from 'vitest';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  delivery,
  handover,
  idOf,
  observation,
  PLATFORM,
  SELLER,
} from './case-builder.js';
import { facts, only, says } from './derived.js';

describe('signed-off', () => {
  test('a delivery that the consignee signed', () => {
    const payload = { remark: 'clean', inspectedScope: [{ aspect: 'packaging-outer' }] };
    const given = facts(delivery('d', { from: CARRIER_A, to: BUYER, by: BUYER, h: 5, payload }));
    expect(says(only(given, 'signed-off'))).toEqual({
      predicate: 'signed-off',
      consignee: BUYER,
      remark: 'clean',
      passage: idOf('d'),
      badSeen: [],
    });
    expect(only(given, 'signed-off').prov).toMatchObject({ signer: BUYER, records: [idOf('d')] });
  });

  test('a delivery that the consignee counter-signed is the consignee’s own word', () => {
    const given = facts(
      delivery('d', {
        from: CARRIER_A,
        to: BUYER,
        h: 5,
        payload: { observations: [observation('tag', 'bad')] },
      }),
      countersign('c', { by: BUYER, of: 'd', h: 6, payload: { remark: 'contents-unknown' } }),
    );
    const fact = only(given, 'signed-off');
    expect(says(fact)).toEqual({
      predicate: 'signed-off',
      consignee: BUYER,
      remark: 'contents-unknown',
      passage: idOf('d'),
      badSeen: [`${idOf('d')}#0`],
    });
    expect(fact.prov).toMatchObject({ signer: BUYER, selfBound: true, records: [idOf('c'), idOf('d')] });
    expect(fact.id).toBe(`${idOf('c')}#0`);
  });

  test.each([
    ['an exception', { remark: 'exception' }, 'exception'],
    ['a refused remark', { remark: 'refused' }, 'refused'],
    ['a reservation without words', { stance: 'reserve', remark: 'none' }, 'exception'],
  ])('with objection: %s', (_, payload, remark) => {
    const given = facts(
      delivery('d', { from: CARRIER_A, to: BUYER, h: 5, payload: { remark: 'clean' } }),
      countersign('c', { by: BUYER, of: 'd', h: 6, payload }),
    );
    expect(only(given, 'signed-off').remark).toBe(remark);
  });

  test.each([
    ['nobody but the carrier signed', []],
    [
      'the consignee refused',
      [countersign('c', { by: BUYER, of: 'd', h: 6, payload: { stance: 'refuse' } })],
    ],
    ['somebody else answered', [countersign('c', { by: SELLER, of: 'd', h: 6 })]],
  ])('not at all: %s', (_, answers) => {
    expect(facts(delivery('d', { from: CARRIER_A, to: BUYER, h: 5 }), answers).of('signed-off')).toEqual([]);
  });

  test('a handover that ends the last leg, and no other', () => {
    const given = facts(
      handover('p', { from: SELLER, to: CARRIER_A, h: 1, by: CARRIER_A }),
      handover('t', { from: CARRIER_A, to: CARRIER_B, h: 2, by: CARRIER_B }),
      handover('e', { from: CARRIER_B, to: WAREHOUSE_BUYER, h: 3, by: WAREHOUSE_BUYER }),
    );
    expect(given.of('signed-off').map(({ consignee, passage }) => [consignee, passage])).toEqual([
      [WAREHOUSE_BUYER, idOf('e')],
    ]);
  });
});
const WAREHOUSE_BUYER = PLATFORM;
