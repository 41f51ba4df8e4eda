import { describe, expect, test } from 'vitest';
import { sameValue } from '../../src/facts/agreement-facts.js';
import type { Provenance } from '../../src/facts/fact.js';
import { FactWriter, unitResolver } from '../../src/facts/fact-writer.js';
import {
  byProvenTime,
  byStanding,
  conditionKind,
  NO_SCOPES,
  recordKind,
  scopesAt,
} from '../../src/facts/provenance.js';
import type { SpeakingRecord } from '../../src/facts/speaking-records.js';
import { provenance } from './fact-builder.js';

const sign = (order: number): number => Math.sign(order);
const made = (lower: number | null, upper: number, over: Partial<Provenance> = {}): Provenance =>
  provenance('r', 'S', { madeAt: { lower, upper }, ...over });

test('earliest proven is the earlier upper bound, then the earlier lower one; none is the earliest', () => {
  const order = (a: readonly [number | null, number], b: readonly [number | null, number]): number => {
    const forth = sign(byProvenTime(made(...a), made(...b)));
    expect(sign(byProvenTime(made(...b), made(...a)))).toBe(forth === 0 ? 0 : -forth);
    return forth;
  };
  expect([
    order([1, 5], [0, 6]),
    order([1, 5], [2, 5]),
    order([null, 5], [2, 5]),
    order([null, 5], [-9, 5]),
    order([null, 5], [null, 5]),
    order([3, 5], [3, 5]),
  ]).toEqual([-1, -1, -1, -1, 0, 0]);
});

test('full standing comes before proof and trust, trust before proof', () => {
  const adverse = { integrity: 'adverse-only' as const };
  const untrusted = { trusted: false };
  const order = (a: Provenance, b: Provenance): number => {
    expect(sign(byStanding(b, a)) + sign(byStanding(a, b))).toBe(0);
    return sign(byStanding(a, b));
  };
  expect([
    order(made(null, 9, untrusted), made(null, 1, adverse)),
    order(made(null, 9), made(null, 1, untrusted)),
    order(made(null, 1), made(null, 9)),
    order(made(null, 5, adverse), made(null, 5, adverse)),
  ]).toEqual([-1, -1, -1, 0]);
});

test('scopes: an entry without an aspect is none, one without a region is of the whole', () => {
  const read = (list: unknown): unknown => scopesAt({ list }, 'list');
  expect(read([{ aspect: 'a', region: 'left' }, { aspect: 'b' }, { region: 'left' }, 'x'])).toEqual([
    { aspect: 'a', region: 'left' },
    { aspect: 'b' },
  ]);
  expect(read([{ region: 'left' }])).toEqual([]);
  expect([read([]), read(undefined)]).toEqual([[], []]);
  expect(read(undefined)).toBe(NO_SCOPES);
});

describe('the kind of a word', () => {
  const record = (type: string, over: Partial<SpeakingRecord> = {}): SpeakingRecord =>
    ({
      type,
      payload: {},
      roles: ['laboratory'],
      rolePermitted: true,
      trusted: true,
      accreditation: { until: 10, number: 'n', body: 'b' },
      ...over,
    }) as unknown as SpeakingRecord;
  const instant = { utcS: 5, offsetMin: 0 };
  const kind = (given: SpeakingRecord): string =>
    conditionKind(given, { aspect: 'a', region: 'left' }, { from: instant, to: instant });
  test('of an accredited body’s inspection or authentication is full, of its other records its own', () => {
    expect(['inspection', 'authentication', 'media', 'handover'].map((type) => kind(record(type)))).toEqual([
      'accredited-full',
      'accredited-full',
      'own-record',
      'own-record',
    ]);
    expect(kind(record('inspection', { trusted: false }))).toBe('own-record');
  });
  test('of a platform alone is its log, except where it authenticates', () => {
    const platform = { roles: ['platform'] };
    expect(
      ['media', 'authentication', 'inspection'].map((type) => recordKind(record(type, platform))),
    ).toEqual(['platform-log', 'own-record', 'platform-log']);
  });
  test('of what its signer may not sign is a statement, whatever it is', () => {
    expect(recordKind(record('sensor-batch', { rolePermitted: false }))).toBe('statement');
    expect(['sensor-batch', 'statement', 'notice'].map((type) => recordKind(record(type)))).toEqual([
      'instrument',
      'statement',
      'statement',
    ]);
  });
});

test('values are the same when all of them are', () => {
  const bytes = (...list: number[]): Uint8Array => new Uint8Array(list);
  const values: readonly unknown[] = [
    null,
    undefined,
    0,
    1,
    1n,
    '1',
    '',
    true,
    [],
    [1],
    [1, 2],
    [2, 1],
    [[1], 2],
    {},
    { a: 1 },
    { a: 2 },
    { b: 1 },
    { a: 1, b: 1 },
    { a: undefined },
    { 0: 1 },
    { a: { b: [1] } },
    { a: { b: [2] } },
    bytes(),
    bytes(1),
    bytes(1, 2),
    bytes(1, 3),
    bytes(2, 2),
  ];
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) {
      expect([i, j, sameValue(a, structuredClone(b))]).toEqual([i, j, i === j]);
    }
  }
  expect(sameValue({ a: 1, b: [1, { c: bytes(1) }] }, { b: [1, { c: bytes(1) }], a: 1 })).toBe(true);
});

test('a unit goes by the one entry of the goods that is its subject, or by the name it is given', () => {
  const unit = unitResolver([
    { unit: 'lamp', sub: 'item' },
    { unit: 'left', sub: 'pair' },
    { unit: 'right', sub: 'pair' },
    { unit: 'twice', sub: 'same' },
    { unit: 'twice', sub: 'same' },
  ]);
  expect([unit('item', null), unit('item', 'item'), unit('item', 'lens')]).toEqual(['lamp', 'lamp', 'lens']);
  expect([unit('pair', null), unit('same', null), unit('other', null), unit('other', 'x')]).toEqual([
    'pair',
    'twice',
    'other',
    'x',
  ]);
});

test('facts of one record share one word about it as long as nothing in it differs', () => {
  const record = {
    id: 'r',
    iss: 'S',
    sub: 'item',
    type: 'media',
    upper: 100,
    lower: null,
    roles: [],
    pinnedBy: [],
    rolePermitted: true,
    payload: { notTested: [{ aspect: 'wear' }] },
  } as unknown as SpeakingRecord;
  const writer = new FactWriter({ record, told: null, counterSigned: [], occasion: null }, (sub) => sub);
  const span = (
    to: number,
  ): { from: { utcS: number; offsetMin: number }; to: { utcS: number; offsetMin: number } } => ({
    from: { utcS: 1, offsetMin: 0 },
    to: { utcS: to, offsetMin: 0 },
  });
  const said = (): { predicate: 'labelled'; verdict: string } => ({ predicate: 'labelled', verdict: 'pass' });
  const calibration = { from: 1, to: 2 };
  writer.add(span(5), said());
  writer.add(span(5), said());
  writer.add(span(6), said());
  writer.add(span(6), said(), { kind: 'label' });
  writer.add(span(6), said(), { kind: 'label', notTested: writer.notTested });
  writer.add(span(6), said(), { kind: 'label', notTested: writer.notTested, calibration });
  writer.add(span(6), said(), { kind: 'label', notTested: writer.notTested, calibration: null });
  expect(
    writer.facts.map(({ id, prov: { calibration: held, end, kind, notTested } }) => [
      id,
      kind,
      end,
      notTested,
      held,
    ]),
  ).toEqual([
    ['r#0', 'own-record', 5, [], undefined],
    ['r#1', 'own-record', 5, [], undefined],
    ['r#2', 'own-record', 6, [], undefined],
    ['r#3', 'label', 6, [], undefined],
    ['r#4', 'label', 6, [{ aspect: 'wear' }], undefined],
    ['r#5', 'label', 6, [{ aspect: 'wear' }], calibration],
    ['r#6', 'label', 6, [{ aspect: 'wear' }], null],
  ]);
  expect(writer.facts[1]!.prov).toBe(writer.facts[0]!.prov);
});
