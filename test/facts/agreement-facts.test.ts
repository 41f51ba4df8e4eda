import { describe, expect, test } from 'vitest';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  agreement,
  CARRIER_A,
  CARRIER_B,
  countersign,
  jointAgreement,
  media,
  PARCEL,
  SELLER,
} from './case-builder.js';
import { facts, only, says } from './derived.js';

describe('agreements', () => {
  const parties = [SELLER, CARRIER_A];
  const terms = { freightMinor: HIDDEN, currency: 'CNY', noticeDays: { days: 7, from: 'delivery' } };

  test('every term, with who stands behind it', () => {
    const given = facts(jointAgreement('g', { by: SELLER, parties, h: 0, payload: terms }));
    expect(given.of('agreed').map(says)).toEqual([
      {
        predicate: 'agreed',
        term: 'currency',
        value: 'CNY',
        hidden: false,
        parties: [SELLER, CARRIER_A],
        assentedBy: [SELLER, CARRIER_A],
        joint: true,
      },
      {
        predicate: 'agreed',
        term: 'freightMinor',
        value: null,
        hidden: true,
        parties: [SELLER, CARRIER_A],
        assentedBy: [SELLER, CARRIER_A],
        joint: true,
      },
      expect.objectContaining({ term: 'kind', value: 'carriage' }),
      expect.objectContaining({ term: 'noticeDays', value: { days: 7, from: 'delivery' } }),
    ]);
  });

  test.each([
    ['nobody answers', []],
    [
      'a reservation is no consent',
      [countersign('c', { by: CARRIER_A, of: 'g', h: 1, payload: { stance: 'reserve' } })],
    ],
    ['a refusal', [countersign('c', { by: CARRIER_A, of: 'g', h: 1, payload: { stance: 'refuse' } })]],
    ['a stranger', [countersign('c', { by: CARRIER_B, of: 'g', h: 1 })]],
    ['another agreement', [countersign('c', { by: CARRIER_A, of: 'other', h: 1 })]],
    [
      'a type not open to the answerer',
      [countersign('c', { by: CARRIER_A, of: 'g', h: 1, over: { rolePermitted: false } })],
    ],
    ['another subject', [countersign('c', { by: CARRIER_A, of: 'g', h: 1, sub: PARCEL })]],
  ])('is not joint: %s', (_, answers) => {
    const given = facts(agreement('g', { by: SELLER, parties, h: 0 }), answers);
    expect(only(given, 'agreed')).toMatchObject({ joint: false, assentedBy: [SELLER] });
  });

  test('an agreement of nobody is none', () => {
    const given = facts({ ...agreement('g', { by: SELLER, parties: [], h: 0 }), malformed: true });
    expect(only(given, 'agreed').joint).toBe(false);
  });

  test('an undertaking binds who signed it', () => {
    const undertakings = [
      { by: SELLER, what: 'notify' },
      { by: CARRIER_A, what: 'log' },
    ];
    const alone = facts(agreement('g', { by: SELLER, parties, h: 0, payload: { undertakings } }));
    expect(alone.of('undertaken').map(({ by, what }) => [by, what])).toEqual([[SELLER, 'notify']]);
    const joint = facts(jointAgreement('g', { by: SELLER, parties, h: 0, payload: { undertakings } }));
    expect(joint.of('undertaken').map(({ by, what }) => [by, what])).toEqual([
      [SELLER, 'notify'],
      [CARRIER_A, 'log'],
    ]);
  });

  test('a mandate needs its principal', () => {
    const mandate = { agent: CARRIER_A, principal: SELLER };
    const byPrincipal = agreement('g', { by: SELLER, parties, h: 0, payload: { mandate } });
    const byAgent = agreement('g', { by: CARRIER_A, parties, h: 0, payload: { mandate } });
    expect(says(only(facts(byPrincipal), 'acts-for'))).toEqual({
      predicate: 'acts-for',
      agent: CARRIER_A,
      principal: SELLER,
      legs: 'all',
    });
    expect(facts(byAgent).of('acts-for')).toEqual([]);
    expect(facts(byAgent, countersign('c', { by: SELLER, of: 'g', h: 1 })).of('acts-for')).toHaveLength(1);
  });

  test('the agent says under which mandate a record was made; that is no mandate', () => {
    const payload = { actsFor: { principal: SELLER, legs: 'all' } };
    const given = facts(media('m', { by: CARRIER_A, purpose: 'packing', h: 1, payload }));
    expect(given.of('acts-for')).toEqual([]);
    expect(only(given, 'holds').prov.actsFor).toEqual({ principal: SELLER, legs: 'all' });
  });
});
