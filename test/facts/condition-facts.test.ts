import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  at,
  BUYER,
  CARRIER_A,
  check,
  countersign,
  delivery,
  handover,
  hour,
  ITEM,
  idOf,
  inspection,
  LAB,
  media,
  observation,
  PARCEL,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  statement,
} from './case-builder.js';
import { conditions, facts, says } from './derived.js';

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
