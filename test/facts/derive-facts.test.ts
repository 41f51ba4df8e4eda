import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { Fact, FactOf, Predicate } from '../../src/facts/fact.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import {
  aggregation,
  agreement,
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  countersign,
  delivery,
  handover,
  hour,
  ITEM,
  idBytes,
  idOf,
  inspection,
  jointAgreement,
  LAB,
  media,
  notice,
  observation,
  PARCEL,
  PLATFORM,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
  statement,
} from './case-builder.js';

function facts(...records: (RecordDraft | readonly RecordDraft[])[]): CaseFacts {
  return deriveFacts(passport(records.flat()), SCOPE);
}

/** A fact without id, time and provenance: what it says. */
function says(fact: Fact): unknown {
  const { id: _id, offsetMin: _offset, prov: _prov, sub: _sub, time: _time, ...rest } = fact;
  return rest;
}

function only<P extends Predicate>(given: CaseFacts, predicate: P): FactOf<P> {
  const found = given.of(predicate);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function conditions(...records: RecordDraft[]): string[] {
  return facts(...records)
    .of('condition')
    .map(({ aspect, prov, region, value }) => `${value} ${aspect} ${region} ${prov.kind}`)
    .sort();
}

describe('condition, from observations', () => {
  test('all its parts', () => {
    const { facts: all } = facts(
      statement('s', {
        by: SELLER,
        h: 1,
        payload: {
          observations: [
            observation('fracture', 'bad', 'left', {
              kind: 'shock',
              extent: { count: 1, of: 4 },
              unit: 'lens',
            }),
            observation('surface', 'not-observed'),
          ],
          completeness: 'complete',
        },
      }),
    );
    expect(all.map(says)).toEqual([
      {
        predicate: 'condition',
        unit: 'lens',
        aspect: 'fracture',
        region: 'left',
        value: 'bad',
        damageKind: 'shock',
        extent: { count: 1, of: 4 },
      },
      expect.objectContaining({ predicate: 'stated' }),
    ]);
    expect(all[0]).toMatchObject({
      id: `${idOf('s')}#0`,
      sub: ITEM,
      time: { from: hour(1), to: hour(1) },
      offsetMin: 480,
      prov: { kind: 'statement', completeness: 'complete', end: hour(1) },
    });
  });

  test('an absent unit is the subject, an absent region the whole', () => {
    const given = facts(
      statement('s', { by: SELLER, h: 1, payload: { observations: [observation('wear', 'bad')] } }),
    );
    expect(given.of('condition').map(says)).toEqual([
      expect.objectContaining({ unit: ITEM, region: 'whole', damageKind: null, extent: null }),
    ]);
  });

  test('a subject that is one entry of the goods goes by its unit; one that is several keeps its own name', () => {
    const record = statement('s', {
      by: SELLER,
      h: 1,
      payload: { observations: [observation('wear', 'bad')] },
    });
    const unitsWith = (goods: { unit: string; sub: string }[]): string[] =>
      deriveFacts(passport([record]), { ...SCOPE, goods })
        .of('condition')
        .map(({ unit }) => unit);
    expect(unitsWith([{ unit: 'lamp', sub: ITEM }])).toEqual(['lamp']);
    expect(
      unitsWith([
        { unit: 'left shoe', sub: ITEM },
        { unit: 'right shoe', sub: ITEM },
      ]),
    ).toEqual([ITEM]);
  });

  test.each([
    ['a listed face', ['left'], observation('fracture', 'good', 'left'), true],
    ['a face not listed', ['front'], observation('fracture', 'good', 'left'), false],
    ['a bad face not listed', ['front', 'close-up'], observation('fracture', 'bad', 'left'), false],
    ['a face where the whole is listed', ['whole'], observation('fracture', 'good', 'left'), true],
    ['the inside where the whole is listed', ['whole'], observation('fracture', 'good', 'interior'), false],
    ['the inside where it is listed', ['interior'], observation('fracture', 'good', 'interior'), true],
    ['all good by the whole', ['whole'], observation('fracture', 'good'), true],
    [
      'all good by six faces',
      ['front', 'back', 'left', 'right', 'top', 'bottom'],
      observation('fracture', 'good'),
      true,
    ],
    [
      'all good by five faces',
      ['front', 'back', 'left', 'right', 'top', 'interior'],
      observation('fracture', 'good'),
      false,
    ],
    ['all bad by one face', ['top'], observation('fracture', 'bad'), true],
    ['all bad by the inside', ['interior'], observation('fracture', 'bad'), true],
    ['all bad by a close-up', ['close-up'], observation('fracture', 'bad'), true],
    ['all bad by a label', ['label', 'serial', 'seal', 'waybill'], observation('fracture', 'bad'), false],
    ['nothing in view', [], observation('fracture', 'bad'), false],
  ])('media: %s', (_, coverage, told, expected) => {
    const given = facts(
      media('m', { by: SELLER, purpose: 'packing', h: 1, payload: { coverage, observations: [told] } }),
    );
    expect(given.of('condition')).toHaveLength(expected ? 1 : 0);
  });
});

describe('condition, from checks', () => {
  const checks = [
    check('1', 'function', 'pass', { region: 'interior' }),
    check('2', 'surface', 'fail', { unit: 'lens' }),
    check('3', 'wear', 'not-tested'),
  ];

  test('pass is good, fail is bad, at the time of the check and not of the report', () => {
    const given = facts(inspection('i', { by: LAB, h: 5, payload: { checks, verdict: 'fail' } }));
    expect(given.of('condition').map((fact) => [says(fact), fact.time.from])).toEqual([
      [
        {
          predicate: 'condition',
          unit: ITEM,
          aspect: 'function',
          region: 'interior',
          value: 'good',
          damageKind: null,
          extent: null,
        },
        hour(5),
      ],
      [
        {
          predicate: 'condition',
          unit: 'lens',
          aspect: 'surface',
          region: 'whole',
          value: 'bad',
          damageKind: null,
          extent: null,
        },
        hour(5),
      ],
    ]);
    expect(given.of('labelled')).toEqual([]);
  });

  test('a lot-sample says nothing of this item', () => {
    const given = facts(
      inspection('i', {
        by: LAB,
        h: 5,
        payload: {
          checks,
          scope: 'lot-sample',
          observations: [observation('wear', 'bad')],
          cause: { cause: 'shock', strength: 'sole' },
        },
      }),
      inspection('label', { by: LAB, h: 5, payload: { scope: 'lot-sample', verdict: 'qualified' } }),
    );
    expect(given.facts.map(({ predicate }) => predicate)).toEqual(['sampled', 'sampled']);
  });
});

describe('condition, from clean remarks', () => {
  const scope = { inspectedScope: [{ aspect: 'packaging-outer' }, { aspect: 'tag', region: 'top' }] };
  const clean = { remark: 'clean', ...scope };
  const good = ['good packaging-outer whole own-record', 'good tag top own-record'];

  test.each([
    ['a handover', handover('h', { from: SELLER, to: CARRIER_A, h: 1, payload: clean }), good],
    ['a delivery', delivery('d', { from: CARRIER_A, to: BUYER, h: 1, payload: clean }), good],
    ['a countersign', countersign('c', { by: CARRIER_A, of: 'absent', h: 1, payload: clean }), good],
    [
      'an exception',
      handover('h', { from: SELLER, to: CARRIER_A, h: 1, payload: { ...scope, remark: 'exception' } }),
      [],
    ],
    [
      'contents unknown',
      handover('h', { from: SELLER, to: CARRIER_A, h: 1, payload: { ...scope, remark: 'contents-unknown' } }),
      [],
    ],
    [
      'clean of nothing',
      handover('h', { from: SELLER, to: CARRIER_A, h: 1, payload: { remark: 'clean', inspectedScope: [] } }),
      [],
    ],
  ])('%s', (_, record, expected) => {
    expect(conditions(record)).toEqual(expected);
  });
});

describe('condition, from other records', () => {
  test('a return that says whether it is the same thing', () => {
    const back = (identityMatch: unknown): RecordDraft => ({
      name: 'r',
      type: 'return',
      by: SELLER,
      payload: {
        stage: 'received',
        from: BUYER,
        to: SELLER,
        capacity: 'principal',
        occurredAt: at(9),
        identityMatch,
      },
      malformed: identityMatch === HIDDEN,
    });
    expect(conditions(back(false))).toEqual(['bad identity whole own-record']);
    expect(conditions(back(true))).toEqual(['good identity whole own-record']);
    expect(conditions(back(HIDDEN))).toEqual([]);
  });

  test.each<[string, string | undefined, boolean | undefined, readonly string[], readonly string[]]>([
    ['the label of another item', '(01)09506000134352(21)A2', undefined, ['bad identity'], []],
    ['a label of the item', 'https://shop.example/01/09506000134352/21/A1', undefined, [], []],
    ['its label on another thing', '(01)09506000134352(21)A1', false, ['bad identity'], []],
    ['the label of another, called the same', '(01)09506000134352(21)A2', true, [], ['facts.label-mismatch']],
    ['the lot of another product', '(01)09521234543213(10)L', undefined, ['bad identity'], []],
    ['a lot of the product', '(01)09506000134352(10)L', undefined, [], []],
    ['the label of a box', PARCEL, true, ['good identity'], []],
    ['a label that cannot be read', 'smudge', true, ['good identity'], []],
  ])('a return: %s', (_, receivedItem, identityMatch, expected, remarks) => {
    const given = facts({
      name: 'r',
      type: 'return',
      by: SELLER,
      payload: {
        stage: 'received',
        from: BUYER,
        to: SELLER,
        capacity: 'principal',
        occurredAt: at(9),
        ...(receivedItem === undefined ? {} : { receivedItem }),
        ...(identityMatch === undefined ? {} : { identityMatch }),
      },
    });
    expect(given.of('condition').map(({ aspect, value }) => `${value} ${aspect}`)).toEqual(expected);
    expect(given.remarks.map(({ code }) => code)).toEqual(remarks);
  });

  test('an authentication that binds its verdict to this item', () => {
    const verdict = (word: string, features: unknown[]): RecordDraft => ({
      name: 'a',
      type: 'authentication',
      by: LAB,
      payload: {
        verdict: word,
        features,
        checkedAt: at(3),
        issuedAt: at(4),
        certificateId: '1',
        authority: { name: 'laboratory' },
        method: 'look',
        examiner: HIDDEN,
      },
    });
    expect(conditions(verdict('genuine', ['stitching']))).toEqual(['good authenticity whole own-record']);
    expect(conditions(verdict('not-genuine', ['stitching']))).toEqual(['bad authenticity whole own-record']);
    expect(conditions(verdict('undetermined', ['stitching']))).toEqual([]);
    expect(conditions(verdict('genuine', []))).toEqual([]);
  });
});

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

describe('a device that ends early', () => {
  const legs = [
    handover('p', { from: SELLER, to: CARRIER_A, h: 1 }),
    handover('t', { from: CARRIER_A, to: CARRIER_B, h: 5 }),
    delivery('d', { from: CARRIER_B, to: BUYER, h: 9 }),
  ];
  test.each([
    ['in leg A', 1, 4, 'battery', [CARRIER_A]],
    ['in leg B', 5, 8, 'memory', [CARRIER_B]],
    ['at the very transfer it was still in leg A', 1, 5, 'battery', [CARRIER_A]],
    ['before pickup', 0, 0.5, 'battery', []],
    ['after delivery', 9, 12, 'battery', []],
    ['stopped', 5, 8, 'stopped', []],
    ['for no known reason', 5, 8, 'unknown', []],
  ])('%s', (_, h, to, endReason, holders) => {
    const given = facts(...legs, sensor('s', { by: CARRIER_B, h, to, payload: { endReason } }));
    expect(given.of('incident').map(({ by, code, prov, time }) => [by, code, prov.kind, time.to])).toEqual(
      holders.map((by) => [by, endReason, 'instrument', hour(to)]),
    );
  });

  test('on something else says nothing of this item', () => {
    const payload = { endReason: 'battery', attachedTo: PARCEL };
    const given = facts(...legs, sensor('s', { by: CARRIER_B, h: 5, to: 8, payload, sub: PARCEL }));
    expect(given.of('incident')).toEqual([]);
  });
});

describe('kinds of word', () => {
  const accreditation = { body: 'CNAS', number: 'L1', scope: 'lamps', until: hour(100) };
  const functionCheck = { checks: [check('1', 'function', 'pass')], verdict: 'pass' };
  const kinds = (record: RecordDraft): string[] =>
    facts(record)
      .of('condition')
      .map(({ prov }) => prov.kind);

  test.each([
    ['a laboratory with trusted, valid accreditation', { over: { accreditation } }, 'accredited-full'],
    ['without accreditation', {}, 'own-record'],
    [
      'lapsed when it checked',
      { over: { accreditation: { ...accreditation, until: hour(4) } } },
      'own-record',
    ],
    [
      'valid to the second',
      { over: { accreditation: { ...accreditation, until: hour(5) } } },
      'accredited-full',
    ],
    ['as a seller', { over: { accreditation, roles: ['seller'] } }, 'own-record'],
    ['as an inspector', { over: { accreditation, roles: ['inspector'] } }, 'accredited-full'],
    ['where the type is not open to it', { over: { accreditation, rolePermitted: false } }, 'statement'],
  ])('an inspection by %s', (_, options, expected) => {
    expect(kinds(inspection('i', { by: LAB, h: 5, payload: functionCheck, ...options }))).toEqual([expected]);
  });

  test.each([
    ['the aspect', [{ aspect: 'function' }], 'own-record'],
    ['a part of it', [{ aspect: 'function', region: 'interior' }], 'own-record'],
    ['another aspect', [{ aspect: 'surface' }], 'accredited-full'],
  ])('an accredited test that left out %s', (_, notTested, expected) => {
    const payload = { ...functionCheck, notTested };
    expect(kinds(inspection('i', { by: LAB, h: 5, payload, over: { accreditation } }))).toEqual([expected]);
  });

  test.each([
    ['a platform', ['platform'], 'platform-log'],
    ['a platform that is also the seller', ['platform', 'seller'], 'own-record'],
  ])('a record of %s', (_, roles, expected) => {
    const payload = { observations: [observation('tag', 'good', 'left')] };
    expect(kinds(media('m', { by: PLATFORM, purpose: 'intake', h: 5, payload, over: { roles } }))).toEqual([
      expected,
    ]);
  });

  test('a record whose type is not open to its signer is a statement', () => {
    const payload = { observations: [observation('tag', 'good', 'left')] };
    const given = facts(
      seal('s', {
        by: BUYER,
        h: 1,
        sealId: 'S',
        action: 'read',
        state: 'intact',
        payload,
        over: { rolePermitted: false },
      }),
    );
    expect(given.facts.map(({ predicate, prov }) => [predicate, prov.kind])).toEqual([
      ['condition', 'statement'],
      ['sealed', 'statement'],
    ]);
  });
});

describe('provenance', () => {
  test('says everything that grading needs', () => {
    const given = facts(
      delivery('d', { from: CARRIER_A, to: BUYER, h: 5, upper: 6 }),
      media('m', {
        by: BUYER,
        purpose: 'unboxing',
        h: 6,
        lower: 5.5,
        upper: 8,
        pins: ['d'],
        over: { pinnedBy: ['record', 'log'] },
        payload: {
          occasion: { boundary: 'delivery', of: new Uint8Array(Buffer.from(idOf('d'), 'hex')) },
          observations: [observation('fracture', 'bad', 'left')],
        },
      }),
    );
    expect(only(given, 'condition').prov).toEqual({
      records: [idOf('m')],
      type: 'media',
      signer: BUYER,
      trusted: false,
      selfBound: true,
      roles: [],
      counterSigned: [],
      kind: 'own-record',
      madeAt: { lower: hour(5.5), upper: hour(8) },
      end: hour(6.05),
      secured: { oneShot: true, itemSeen: true, parcelSeen: true, pinnedBy: 'log' },
      afterCut: false,
      integrity: 'ok',
      occasion: idOf('d'),
      witnesses: [
        {
          record: idOf('d'),
          type: 'delivery',
          by: CARRIER_A,
          trusted: true,
          passage: true,
          remark: 'none',
          integrity: 'ok',
        },
        {
          record: idOf('m'),
          type: 'media',
          by: BUYER,
          trusted: false,
          passage: false,
          remark: null,
          integrity: 'ok',
        },
      ].sort((a, b) => (a.record < b.record ? -1 : 1)),
      notTested: [],
      actsFor: null,
      requestedBy: null,
      partiesPresent: [],
      completeness: 'unstated',
    });
  });

  test('an answer to the passage record is of the passage', () => {
    const given = facts(
      delivery('d', { from: CARRIER_A, to: BUYER, h: 5 }),
      countersign('c', { by: BUYER, of: 'd', h: 5, payload: { remark: 'exception' } }),
      media('m', {
        by: LAB,
        purpose: 'inspection',
        h: 6,
        payload: {
          occasion: { boundary: 'delivery', of: idBytes('d') },
          observations: [observation('tag', 'bad')],
        },
      }),
    );
    const words = only(given, 'condition').prov.witnesses.map(({ passage, remark, type }) => [
      type,
      passage,
      remark,
    ]);
    expect(words.sort()).toEqual([
      ['countersign', true, 'exception'],
      ['delivery', true, 'none'],
      ['media', false, null],
    ]);
  });

  test('records of one passage of two items are one occasion', () => {
    const other = 'https://id.gs1.org/01/09506000134352/21/A2';
    const pack = aggregation('in', { by: SELLER, h: -1, action: 'pack', children: [ITEM, other] });
    const made = [
      pack,
      handover('parcel', { from: SELLER, to: CARRIER_A, h: 0, sub: PARCEL }),
      handover('one', { from: SELLER, to: CARRIER_A, h: 0 }),
      handover('two', { from: SELLER, to: CARRIER_A, h: 0, sub: other }),
    ];
    const goods = [ITEM, other].map((sub) => ({ unit: sub, sub }));
    const given = deriveFacts(passport(made), { ...SCOPE, goods });
    const all = ['one', 'parcel', 'two'].map(idOf).sort();
    expect(given.of('handed-over').map(({ prov }) => prov.witnesses.map(({ record }) => record))).toEqual([
      all,
      all,
      all,
    ]);
  });

  test('a cut recording: everything may follow the cut', () => {
    const payload = { continuity: 'cut', observations: [observation('tag', 'bad', 'left')] };
    const prov = only(facts(media('m', { by: BUYER, purpose: 'intake', h: 1, payload })), 'condition').prov;
    expect([prov.afterCut, prov.secured.oneShot]).toEqual([true, false]);
  });

  test('counter-signatures with stance, remark and scope', () => {
    const given = facts(
      handover('h', { from: SELLER, to: CARRIER_A, h: 1 }),
      countersign('c', {
        by: CARRIER_A,
        of: 'h',
        h: 1,
        payload: {
          stance: 'reserve',
          remark: 'exception',
          inspectedScope: [{ aspect: 'tag', region: 'top' }],
        },
      }),
    );
    expect(only(given, 'handed-over').prov.counterSigned).toEqual([
      {
        record: idOf('c'),
        by: CARRIER_A,
        stance: 'reserve',
        remark: 'exception',
        scope: [{ aspect: 'tag', region: 'top' }],
        trusted: true,
        integrity: 'ok',
      },
    ]);
  });

  test.each([
    ['handover', handover('r', { from: SELLER, to: CARRIER_A, h: 1 }), [CARRIER_A]],
    [
      'handover by its receiver',
      handover('r', { from: SELLER, to: CARRIER_A, by: CARRIER_A, h: 1 }),
      [SELLER],
    ],
    ['delivery', delivery('r', { from: CARRIER_B, to: BUYER, h: 1 }), [BUYER]],
    [
      'agreement',
      agreement('r', { by: SELLER, parties: [SELLER, CARRIER_A, LAB], h: 1, payload: { mode: 'road' } }),
      [CARRIER_A, LAB],
    ],
    [
      'inspection',
      inspection('r', {
        by: LAB,
        h: 1,
        payload: {
          requestedBy: SELLER,
          partiesPresent: [BUYER],
          observations: [observation('tag', 'good')],
        },
      }),
      [SELLER, BUYER],
    ],
    // Each party signs its own stage of a return; nobody answers another's.
    [
      'return',
      {
        name: 'r',
        type: 'return',
        by: BUYER,
        payload: { stage: 'picked-up', from: BUYER, to: CARRIER_A, capacity: 'carrier', occurredAt: at(1) },
      },
      [],
    ],
    ['notice', notice('r', { by: BUYER, h: 1, against: 'delivery', payload: { to: SELLER } }), []],
    ['statement', statement('r', { by: BUYER, h: 1 }), []],
  ] as const)('the other side of a %s is who its type names', (_, record, others) => {
    const everybody = [SELLER, BUYER, CARRIER_A, CARRIER_B, LAB];
    const answers = everybody.map((by) => countersign(`answer of ${by}`, { by, of: 'r', h: 1 }));
    const given = facts(record, ...answers).facts.filter(({ prov }) => prov.records[0] === idOf('r'));
    expect(given.length).toBeGreaterThan(0);
    for (const { prov } of given) {
      expect(prov.counterSigned.map(({ by }) => by).sort()).toEqual([...others].sort());
    }
    const { counterparties } = RECORD_TYPES.get(record.type)!;
    expect([...counterparties(record.payload, record.by)].sort()).toEqual([...others].sort());
  });
});
