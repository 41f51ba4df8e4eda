import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
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
  LAB,
  media,
  notice,
  observation,
  PARCEL,
  PLATFORM,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  statement,
} from './case-builder.js';
import { facts, only } from './derived.js';

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
