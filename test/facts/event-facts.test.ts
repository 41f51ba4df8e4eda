import { describe, expect, test } from 'vitest';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  aggregation,
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  delivery,
  handover,
  hour,
  ITEM,
  idOf,
  inspection,
  LAB,
  media,
  notice,
  PARCEL,
  pulse,
  SELLER,
  seal,
  sensor,
} from './case-builder.js';
import { facts, only, says } from './derived.js';

describe('the other predicates', () => {
  test('labelled: a verdict and no checks', () => {
    const given = facts(inspection('i', { by: SELLER, h: 1, payload: { verdict: 'qualified' } }));
    expect(given.facts.map(says)).toEqual([{ predicate: 'labelled', verdict: 'qualified' }]);
    expect(given.facts[0]!.prov.kind).toBe('label');
  });

  test('handed-over: handover and delivery', () => {
    const given = facts(
      handover('h', {
        from: SELLER,
        to: CARRIER_A,
        h: 1,
        payload: { remark: 'exception', inspectedScope: [{ aspect: 'tag' }] },
      }),
      delivery('d', { from: CARRIER_A, to: BUYER, h: 2 }),
    );
    expect(new Set(given.of('handed-over').map(says))).toEqual(
      new Set([
        {
          predicate: 'handed-over',
          via: 'handover',
          from: SELLER,
          to: CARRIER_A,
          fromCapacity: 'principal',
          toCapacity: 'carrier',
          mode: 'road',
          remark: 'exception',
          scope: [{ aspect: 'tag' }],
        },
        {
          predicate: 'handed-over',
          via: 'delivery',
          from: CARRIER_A,
          to: BUYER,
          fromCapacity: null,
          toCapacity: 'principal',
          mode: null,
          remark: 'none',
          scope: [],
        },
      ]),
    );
  });

  test.each([
    ['picked-up', BUYER, CARRIER_B, 'principal', 'carrier'],
    ['received', CARRIER_B, SELLER, 'carrier', 'principal'],
  ])('handed-over: a return %s', (stage, from, to, fromCapacity, toCapacity) => {
    const given = facts({
      name: 'r',
      type: 'return',
      by: to,
      payload: { stage, from, to, capacity: 'carrier', occurredAt: at(9) },
    });
    expect(only(given, 'handed-over')).toMatchObject({ via: 'return', from, to, fromCapacity, toCapacity });
    expect(only(given, 'returned')).toMatchObject({ args: { stage } });
  });

  test('a return that is only requested moves nothing', () => {
    const payload = { stage: 'requested', from: BUYER, to: SELLER, capacity: 'carrier', occurredAt: at(9) };
    const given = facts({ name: 'r', type: 'return', by: BUYER, payload });
    expect(given.facts.map(({ predicate }) => predicate)).toEqual(['returned']);
  });

  test.each([
    ['packing', 'one-shot', ['holds']],
    ['unboxing', 'one-shot', ['holds']],
    ['intake', 'one-shot', ['holds']],
    ['inspection', 'one-shot', []],
    ['unboxing', 'cut', []],
    ['unboxing', 'still', []],
  ])('holds: %s, %s', (purpose, continuity, expected) => {
    const given = facts(media('m', { by: BUYER, purpose, h: 3, payload: { continuity } }));
    expect(given.facts.map(({ predicate }) => predicate)).toEqual(expected);
  });

  test('recorded, and excursions from pulses where there are any', () => {
    const given = facts(
      sensor('s', {
        by: CARRIER_A,
        h: 1,
        to: 5,
        payload: {
          max: 85_000,
          gaps: [{ from: at(2), to: at(3) }],
          clockOffsetMs: -1500,
          pulses: [pulse(4, 85_000, 6_000, 3_000_000, 'x')],
          exceedances: [{ at: at(4), peakMilliG: 1, durationUs: 1, axis: 'y' }],
        },
      }),
    );
    expect(given.facts.map(says)).toEqual([
      {
        predicate: 'recorded',
        device: `logger ${CARRIER_A}`,
        quantity: 'acceleration',
        attachedTo: ITEM,
        mount: 'package',
        location: 'package',
        gaps: [{ from: hour(2), to: hour(3) }],
        clockOffsetMs: -1500,
        endReason: 'stopped',
        max: 85_000,
        min: 0,
        triggeredAboveMilliG: null,
      },
      {
        predicate: 'excursion',
        batch: `${idOf('s')}#0`,
        quantity: 'acceleration',
        axis: 'x',
        peak: 85_000,
        durationUs: 6_000,
        deltaVUmPerS: 3_000_000,
        min: null,
        max: null,
        mount: 'package',
      },
    ]);
    expect(given.facts[0]!.prov).toMatchObject({
      kind: 'instrument',
      calibration: { from: hour(-1000), to: hour(7000) },
    });
  });

  test('excursions from exceedances, taken as half-sines', () => {
    const exceedances = [{ at: at(4), peakMilliG: 85_000, durationUs: 6_000, axis: 'any' }];
    const payload = { max: 85_000, exceedances, recording: { mode: 'triggered', thresholdMilliG: 15_000 } };
    const given = facts(sensor('s', { by: CARRIER_A, h: 1, to: 5, payload }));
    expect(only(given, 'excursion')).toMatchObject({ axis: 'any', deltaVUmPerS: 3_183_984 });
    expect(only(given, 'recorded').triggeredAboveMilliG).toBe(15_000);
  });

  test('climate excursions keep their span and both extremes', () => {
    const payload = {
      quantity: 'temperature',
      unit: 'milliC',
      min: 2_000,
      max: 12_000,
      excursions: [{ from: at(2), to: at(3), max: 12_000 }],
    };
    const given = facts(sensor('s', { by: CARRIER_A, h: 1, to: 5, payload }));
    expect(only(given, 'excursion')).toMatchObject({
      time: { from: hour(2), to: hour(3) },
      peak: 12_000,
      min: null,
      max: 12_000,
      durationUs: 3_600_000_000,
      deltaVUmPerS: null,
    });
  });

  test('a calibration that nobody states is null; one without an end is open', () => {
    const { calibratedAt: _a, calibrationDueAt: _b, ...rest } = sensor('s', { by: LAB, h: 1, to: 2 }).payload;
    const none = { ...sensor('s', { by: LAB, h: 1, to: 2 }), payload: rest };
    expect(only(facts(none), 'recorded').prov.calibration).toBeNull();
    const open = { ...none, payload: { ...rest, calibratedAt: at(0) } };
    expect(only(facts(open), 'recorded').prov.calibration).toEqual({ from: hour(0), to: null });
  });

  test('sealed: a seal, the seal in a packing video, the seal at a handover', () => {
    const given = facts(
      seal('s', { by: SELLER, h: 1, sealId: 'S1', action: 'applied', state: 'intact' }),
      media('m', { by: SELLER, purpose: 'packing', h: 1, payload: { sealId: 'S1' } }),
      media('n', { by: BUYER, purpose: 'unboxing', h: 8, payload: { sealId: 'S1' } }),
      handover('h', { from: SELLER, to: CARRIER_A, h: 2, payload: { sealId: 'S1', sealState: 'broken' } }),
      handover('i', { from: CARRIER_A, to: CARRIER_B, h: 3, payload: { sealState: 'intact' } }),
    );
    expect(
      given
        .of('sealed')
        .map(({ action, prov, sealId, state }) => [prov.type, sealId, action, state])
        .sort(),
    ).toEqual([
      ['handover', 'S1', 'read', 'broken'],
      ['media', 'S1', 'applied', null],
      ['media', 'S1', 'read', null],
      ['seal', 'S1', 'applied', 'intact'],
    ]);
  });

  test('notified', () => {
    const given = facts(
      notice('n', {
        by: BUYER,
        h: 30,
        against: 'd',
        payload: { region: 'left', written: false, namesDamage: false },
      }),
    );
    expect(says(only(given, 'notified'))).toEqual({
      predicate: 'notified',
      unit: ITEM,
      aspect: 'fracture',
      region: 'left',
      grounds: 'damaged',
      to: SELLER,
      raisedAt: hour(30),
      discoveredAt: hour(29),
      written: false,
      namesDamage: false,
      against: idOf('d'),
    });
    expect(only(given, 'notified').prov.kind).toBe('statement');
  });

  test('incident and cause', () => {
    const payload = {
      occurredAt: at(4),
      code: 'force-majeure',
      description: 'flood',
      reportedBy: CARRIER_A,
      cause: { cause: 'wet', strength: 'sole' },
    };
    const given = facts({ name: 'x', type: 'incident', by: CARRIER_A, payload });
    expect(given.facts.map(says)).toEqual([
      { predicate: 'incident', code: 'force-majeure', by: CARRIER_A },
      { predicate: 'cause', cause: 'wet', strength: 'sole' },
    ]);
  });

  test('cause of an inspection', () => {
    const cause = { cause: 'manufacture', strength: 'probable' };
    const given = facts(
      inspection('i', { by: LAB, h: 9, payload: { cause, checks: [check('1', 'wear', 'fail')] } }),
    );
    expect(says(only(given, 'cause'))).toEqual({ predicate: 'cause', ...cause });
  });

  test('aggregated: opened children only', () => {
    const given = facts(aggregation('a', { by: SELLER, h: 1, action: 'pack', children: [ITEM, HIDDEN] }));
    expect(given.facts.map(says)).toEqual([
      { predicate: 'aggregated', parent: PARCEL, child: ITEM, action: 'pack' },
    ]);
  });

  test.each([
    [
      'payment',
      'paid',
      { kind: 'refund', amountMinor: HIDDEN, currency: 'CNY', against: new Uint8Array(32) },
    ],
    ['usage', 'used', { reader: 'r', tag: 't', event: 'wear', counter: 3 }],
    [
      'repair',
      'repaired',
      {
        fault: 'f',
        work: 'w',
        partsRemoved: [],
        partsInstalled: [],
        provider: { name: 'p', authorisation: 'a' },
        checksBefore: [],
        checksAfter: [],
      },
    ],
    ['statement', 'stated', { about: { item: ITEM }, text: 'words' }],
  ])('%s is %s', (type, predicate, own) => {
    const payload = { occurredAt: at(4), ...own };
    const given = facts({ name: 'x', type, by: SELLER, payload });
    expect(given.facts.map(says)).toEqual([{ predicate, args: payload }]);
  });

  test('disclosure is disclosed, over its span', () => {
    const payload = {
      from: at(4),
      to: at(5),
      shownAsSeller: { name: 's' },
      where: 'room',
      howMarked: 'banner',
    };
    const given = facts({ name: 'x', type: 'disclosure', by: SELLER, payload });
    expect(says(only(given, 'disclosed'))).toEqual({ predicate: 'disclosed', args: payload });
    expect(given.facts[0]!.time).toEqual({ from: hour(4), to: hour(5) });
  });

  test.each([
    'acknowledgement',
    'manifest',
    'key-event',
    'log-event',
    'finding',
    'constructor',
    'something-new',
  ])('%s says nothing of the goods', (type) => {
    const payload = { occurredAt: at(4), at: at(4) };
    expect(facts({ name: 'x', type, by: SELLER, payload, malformed: true }).facts).toEqual([]);
  });
});
