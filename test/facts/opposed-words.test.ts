import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  delivery,
  handover,
  idOf,
  inspection,
  LAB,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  shuffled,
  WAREHOUSE,
} from './case-builder.js';

function told(...records: readonly RecordDraft[]): readonly string[] {
  return deriveFacts(passport(records), SCOPE).remarks.map(
    ({ code, records: ids }) =>
      `${code} ${records
        .filter(({ name }) => ids.includes(idOf(name)))
        .map(({ name }) => name)
        .sort()
        .join('+')}`,
  );
}

const SECOND = 1 / 3600;

function sealed(
  name: string,
  h: number,
  action: string,
  state = 'intact',
  sealId = 's',
  by = SELLER,
): RecordDraft {
  return seal(name, { by, h, sealId, action, state });
}

describe('seals', () => {
  test.each<[string, readonly RecordDraft[], readonly string[]]>([
    [
      'read intact after it was broken',
      [
        sealed('on', 0, 'applied'),
        sealed('off', 3, 'broken', 'broken', 's', CARRIER_A),
        sealed('read', 5, 'read', 'intact', 's', CARRIER_B),
      ],
      ['facts.seal-contradiction off+read'],
    ],
    [
      'broken after it was read intact',
      [sealed('on', 0, 'applied'), sealed('read', 3, 'read'), sealed('off', 5, 'broken', 'broken')],
      [],
    ],
    [
      'read and broken in one second',
      [sealed('on', 0, 'applied'), sealed('read', 3, 'read'), sealed('off', 3, 'broken', 'broken')],
      [],
    ],
    [
      'read intact a second after the break',
      [sealed('on', 0, 'applied'), sealed('off', 3, 'broken', 'broken'), sealed('read', 3 + SECOND, 'read')],
      ['facts.seal-contradiction off+read'],
    ],
    [
      'broken, put on again, read intact',
      [
        sealed('on', 0, 'applied'),
        sealed('off', 3, 'broken', 'broken'),
        sealed('again', 4, 'applied'),
        sealed('read', 5, 'read'),
      ],
      [],
    ],
    [
      'gone, and read intact',
      [sealed('on', 0, 'applied'), sealed('gone', 3, 'read', 'absent'), sealed('read', 5, 'read')],
      ['facts.seal-contradiction gone+read'],
    ],
    [
      'another one is read than was put on',
      [sealed('on', 0, 'applied'), sealed('read', 5, 'read', 'intact', 't')],
      ['facts.seal-mismatch on+read'],
    ],
    [
      'two were put on, both are read',
      [
        sealed('on', 0, 'applied'),
        sealed('on t', 0, 'applied', 'intact', 't'),
        sealed('read', 5, 'read', 'intact', 't'),
      ],
      [],
    ],
    [
      'broken and replaced by another',
      [
        sealed('on', 0, 'applied'),
        sealed('off', 3, 'broken', 'broken'),
        sealed('new', 3, 'applied', 'intact', 't'),
        sealed('read', 5, 'read', 'intact', 't'),
      ],
      [],
    ],
    ['one that nobody put on', [sealed('read', 5, 'read')], []],
  ])('%s', (_, records, expected) => {
    expect(told(...records)).toEqual(expected);
  });
});

describe('handovers', () => {
  const over = (name: string, to: string, h: number, from = SELLER): RecordDraft =>
    handover(name, { from, to, h });
  test.each<[string, readonly RecordDraft[], readonly string[]]>([
    [
      'to two within six hours',
      [over('a', CARRIER_A, 0), over('b', CARRIER_B, 6)],
      ['facts.handover-contradiction a+b'],
    ],
    ['to two on two days', [over('a', CARRIER_A, 0), over('b', CARRIER_B, 6 + SECOND)], []],
    ['twice to one', [over('a', CARRIER_A, 0), over('b', CARRIER_A, 1)], []],
    [
      'it came back in between',
      [over('a', CARRIER_A, 0), over('back', SELLER, 1, CARRIER_A), over('b', CARRIER_B, 2)],
      [],
    ],
  ])('%s', (_, records, expected) => {
    expect(told(...records)).toEqual(expected);
  });
});

describe('two trusted parties, one interval, opposite words', () => {
  const good = inspection('good', {
    by: LAB,
    h: 5,
    payload: { observations: [observation('surface', 'good')] },
  });
  const bad = inspection('bad', {
    by: WAREHOUSE,
    h: 5,
    payload: { observations: [observation('surface', 'bad', 'left')] },
  });
  const passage = [
    handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
    countersign('c', { by: CARRIER_A, of: 'p', h: 0 }),
    delivery('d', { from: CARRIER_A, to: BUYER, h: 9 }),
  ];

  test('both are listed, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const given = deriveFacts(passport(shuffled([good, bad, ...passage], seed)), SCOPE);
        expect(given.remarks).toEqual([
          {
            code: 'facts.contradiction',
            records: [idOf('good'), idOf('bad')].sort(),
            signers: [LAB, WAREHOUSE].sort(),
          },
        ]);
      }),
      { numRuns: 40 },
    );
  });

  test('not where one spoke later, of another aspect or of another face', () => {
    const later = { ...bad, payload: { ...bad.payload, checkedAt: { utcS: 1_780_018_001, offsetMin: 480 } } };
    expect(told(good, later)).toEqual([]);
    const other = { ...bad, payload: { ...bad.payload, observations: [observation('tag', 'bad')] } };
    expect(told(good, other)).toEqual([]);
    const front = {
      ...good,
      payload: { ...good.payload, observations: [observation('surface', 'good', 'front')] },
    };
    expect(told(front, bad)).toEqual([]);
  });
});
