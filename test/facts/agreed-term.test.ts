import { describe, expect, test } from 'vitest';
import { type AgreedTerm, agreedTerm } from '../../src/facts/agreement-facts.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  agreement,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  countersign,
  idOf,
  jointAgreement,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
} from './case-builder.js';

type Records = readonly (RecordDraft | readonly RecordDraft[])[];
const parties = [SELLER, CARRIER_A, CONTRACTING];
const days = (count: number): Readonly<Record<string, unknown>> => ({
  noticeDays: { days: count, from: 'delivery' },
});

function termOf(records: Records, a = SELLER, b = CARRIER_A, term = 'noticeDays'): AgreedTerm {
  return agreedTerm(deriveFacts(passport(records.flat()), SCOPE), term, a, b);
}
function answer(records: Records, a = SELLER, b = CARRIER_A): unknown {
  const found = termOf(records, a, b);
  if (found.status === 'present') return (found.fact.value as { days: number }).days;
  return found.status;
}

const joint = (name: string, count: number, options: Partial<RecordDraft> = {}): readonly RecordDraft[] => {
  const [first, ...answers] = jointAgreement(name, { by: SELLER, parties, h: 0, payload: days(count) });
  return [{ ...first!, ...options }, ...answers];
};

describe('a term between two parties', () => {
  test('binds any two of those who all signed', () => {
    expect(answer([joint('g', 7)])).toBe(7);
    expect(answer([joint('g', 7)], CARRIER_A, CONTRACTING)).toBe(7);
    expect(answer([joint('g', 7)], CARRIER_A, SELLER)).toBe(7);
  });
  test('binds nobody else', () => {
    expect(answer([joint('g', 7)], SELLER, BUYER)).toBe('none');
    expect(answer([joint('g', 7)], CARRIER_B, BUYER)).toBe('none');
  });
  test('is none where one of the parties has not signed', () => {
    expect(answer([joint('g', 7).slice(0, 2)])).toBe('none');
  });
  test('is none where the agreement does not speak of it', () => {
    expect(termOf([joint('g', 7)], SELLER, CARRIER_A, 'riskPoint')).toEqual({ status: 'none' });
  });
});

describe('of two agreements', () => {
  test('the later by pins wins, in whatever order they come', () => {
    expect(answer([joint('old', 7), joint('new', 10, { pins: ['old'] })])).toBe(10);
    expect(answer([joint('new', 10, { pins: ['old'] }), joint('old', 7)])).toBe(10);
  });
  test('the later by disjoint proven intervals wins', () => {
    const second = 1 / 3600;
    expect(answer([joint('old', 7, { upper: 5 }), joint('new', 10, { lower: 5 + second })])).toBe(10);
    expect(answer([joint('old', 7, { upper: 5 }), joint('new', 10, { lower: 5 })])).toBe('unordered');
  });
  test('a pin outweighs intervals that would say the opposite', () => {
    const records = [joint('old', 7, { lower: 9 }), joint('new', 10, { upper: 8, pins: ['old'] })];
    expect(answer(records)).toBe(10);
  });
  test('neither wins where nothing orders them, and both are named', () => {
    const found = termOf([joint('one', 7), joint('two', 10)]);
    expect(found.status).toBe('unordered');
    if (found.status !== 'unordered') return;
    expect(found.facts.map(({ prov }) => prov.records[0]).sort()).toEqual([idOf('one'), idOf('two')].sort());
  });
  test('it does not matter where both say the same', () => {
    expect(answer([joint('one', 7), joint('two', 7)])).toBe(7);
  });
  test('a later one that is not joint replaces nothing', () => {
    const [unanswered] = joint('new', 10, { pins: ['old'] });
    expect(answer([joint('old', 7), unanswered!])).toBe(7);
  });
  test('of three the last', () => {
    const [one, two] = [joint('a', 1), joint('b', 2, { pins: ['a'] })];
    expect(answer([one, two, joint('c', 3, { pins: ['b'] })])).toBe(3);
  });
});

test('values are compared whole, and a private value is like no other', () => {
  const carriage = (name: string, payload: Readonly<Record<string, unknown>>): readonly RecordDraft[] =>
    jointAgreement(name, { by: SELLER, parties: [SELLER, CARRIER_A], h: 0, payload });
  const status = (term: string, ...payloads: Readonly<Record<string, unknown>>[]): string =>
    termOf(
      payloads.map((payload, index) => carriage(`g${index}`, payload)),
      SELLER,
      CARRIER_A,
      term,
    ).status;
  const spec = (byte: number): Readonly<Record<string, unknown>> => ({
    packaging: { spec: 's', testReport: [-16, new Uint8Array(32).fill(byte)] },
  });
  expect(status('packaging', spec(1), spec(1))).toBe('present');
  expect(status('packaging', spec(1), spec(2))).toBe('unordered');
  expect(status('packaging', spec(1), { packaging: { spec: 's' } })).toBe('unordered');
  const freight = { currency: 'CNY', freightMinor: HIDDEN };
  expect(status('freightMinor', freight, freight)).toBe('unordered');
  expect(status('freightMinor', freight)).toBe('present');
});

test('more versions than can be compared leave it open', () => {
  const many = Array.from({ length: 257 }, (_, i) => [
    agreement(`g${i}`, {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: 0,
      payload: days(i),
      ...(i > 0 ? { pins: [`g${i - 1}`] } : {}),
    }),
    countersign(`c${i}`, { by: CARRIER_A, of: `g${i}`, h: 0 }),
  ]);
  expect(answer(many.slice(0, 20))).toBe(19);
  expect(answer(many)).toBe('unordered');
});
