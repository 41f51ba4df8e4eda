import { describe, expect, test } from 'vitest';
import { type Custody, custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  agreement,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  delivery,
  handover,
  hour,
  ITEM,
  idOf,
  LAB,
  media,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  statement,
} from './case-builder.js';

function custody(...records: (RecordDraft | readonly RecordDraft[])[]): Custody {
  return custodyOf(deriveFacts(passport(records.flat()), SCOPE), ITEM);
}
const capacities = (...records: (RecordDraft | readonly RecordDraft[])[]): readonly unknown[] =>
  custody(...records).passages.map(({ fromCapacity, toCapacity }) => [fromCapacity, toCapacity]);
const out = (toCapacity: string): RecordDraft =>
  handover('p', { from: SELLER, to: CARRIER_A, h: 0, payload: { toCapacity, leg: 'a', mode: 'road' } });
const home = delivery('d', { from: CARRIER_A, to: BUYER, h: 10 });

describe('what somebody was when it gave the goods away', () => {
  test('is what it was told to be when it got them, where the giving does not say', () => {
    expect(capacities(out('operator'), home)).toEqual([
      ['principal', 'operator'],
      ['operator', 'principal'],
    ]);
  });
  test('is what the giving says, where it does', () => {
    const on = handover('t', {
      from: CARRIER_A,
      to: CARRIER_B,
      h: 10,
      payload: { fromCapacity: 'contracting-carrier' },
    });
    expect(capacities(out('operator'), on)).toEqual([
      ['principal', 'operator'],
      ['contracting-carrier', 'carrier'],
    ]);
  });
});

describe('what somebody is of whom no passage says it', () => {
  const roles = (...given: readonly string[]): unknown => {
    const over: Partial<VerifiedRecord> = { roles: given };
    return (capacities(delivery('d', { from: CARRIER_A, to: BUYER, h: 10, over }))[0] as unknown[])[0];
  };
  test('is the first of its roles that carries or keeps goods; another role makes it a principal', () => {
    expect(
      ['carrier', 'contracting-carrier', 'operator', 'warehouse', 'platform', 'laboratory'].map((role) =>
        roles(role),
      ),
    ).toEqual(['carrier', 'contracting-carrier', 'operator', 'warehouse', 'platform', 'principal']);
    expect([roles('platform', 'operator'), roles('laboratory', 'warehouse'), roles()]).toEqual([
      'operator',
      'warehouse',
      'carrier',
    ]);
  });

  const terms = (
    name: string,
    value: unknown,
    by = CARRIER_A,
    others: readonly string[] = [],
  ): RecordDraft[] => [
    {
      ...agreement(name, { by, parties: [CARRIER_A, LAB], h: -5, payload: { capacityOf: value } }),
      malformed: true,
    },
    ...others.map((other) => countersign(`${name} by ${other}`, { by: other, of: name, h: -4 })),
  ];
  const agreed = (...records: readonly RecordDraft[][]): unknown =>
    (capacities(...records, delivery('d', { from: CARRIER_A, to: BUYER, h: 10 }))[0] as unknown[])[0];
  const as = (capacity: unknown, party: string = CARRIER_A): unknown => [{ party, capacity }];
  test('is what an agreement says that it signed itself, jointly signed ones before others', () => {
    expect(agreed(terms('g', as('operator')))).toBe('operator');
    expect(agreed(terms('g', as('operator'), LAB))).toBe('carrier');
    expect(agreed(terms('g', as('operator'), LAB, [CARRIER_A]))).toBe('operator');
    expect(agreed(terms('g', as('warehouse')), terms('j', as('operator'), CARRIER_A, [LAB]))).toBe(
      'operator',
    );
  });
  test('not where two say different things, or it says nothing of this party, or nothing readable', () => {
    expect(agreed(terms('g', as('warehouse')), terms('h', as('operator')))).toBe('carrier');
    expect(agreed(terms('g', as('operator', LAB)))).toBe('carrier');
    expect(agreed(terms('g', as(7)))).toBe('carrier');
    expect(agreed(terms('g', [null, 'x', { party: CARRIER_A, capacity: 'operator' }]))).toBe('operator');
    expect(agreed(terms('g', 'operator'))).toBe('carrier');
  });
  test('another term of an agreement says nothing of it', () => {
    const other = { ...terms('g', [])[0]!, payload: { ...terms('g', [])[0]!.payload, kind: as('operator') } };
    expect(agreed([other])).toBe('carrier');
  });
});

test('a passage lists its records, the films beside it, and the facts of both', () => {
  const film = media('u', { by: BUYER, purpose: 'unboxing', h: 11, upper: 12 });
  const { passages } = custody(out('carrier'), home, countersign('c', { by: BUYER, of: 'd', h: 10 }), film);
  expect(passages.map(({ facts, holds, records }) => [records, holds, facts])).toEqual([
    [[idOf('p')], [], [`${idOf('p')}#0`]],
    [[idOf('d')], [idOf('u')], [`${idOf('d')}#0`, `${idOf('u')}#0`].sort()],
  ]);
});

describe('the time in which either may have had the goods', () => {
  const overlaps = (...records: readonly RecordDraft[]): readonly unknown[] =>
    custody(...records).passages.map(({ overlap }) =>
      overlap === null
        ? null
        : [overlap.from, overlap.to].map((s) => (s === null ? null : (s - hour(0)) / 3600)),
    );
  test('reaches to the neighbours’ own words, and is open where there are none', () => {
    expect(overlaps(home)).toEqual([[10, null]]);
    expect(overlaps(delivery('d', { by: BUYER, from: CARRIER_A, to: BUYER, h: 10 }))).toEqual([[null, 10]]);
    const byA = handover('p', { from: SELLER, to: CARRIER_A, h: 0, by: CARRIER_A });
    const byS = handover('p', { from: SELLER, to: CARRIER_A, h: 0 });
    const received = delivery('d', { by: BUYER, from: CARRIER_A, to: BUYER, h: 10 });
    expect(overlaps(byA, received)).toEqual([
      [null, 0],
      [0, 10],
    ]);
    expect(overlaps(byS, received)).toEqual([
      [0, 10],
      [0, 10],
    ]);
    expect(overlaps(byS, home)).toEqual([
      [0, 10],
      [10, null],
    ]);
  });
});

test('statements about the item move nothing', () => {
  expect(custody(statement('s', { by: SELLER, h: 1 })).passages).toEqual([]);
});
