import { describe, expect, test } from 'vitest';
import { type Coverage, coverageOf, shockAnswerOf, shockBeyond } from '../../src/facts/coverage.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import {
  at,
  CARRIER_A,
  CARRIER_B,
  hour,
  ITEM,
  idOf,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  sensor,
} from './case-builder.js';

type Payload = Readonly<Record<string, unknown>>;
type Span = Coverage['span'];
const SPAN = { from: hour(0), to: hour(10) };
const SECOND = 1 / 3600;

function log(payload: Payload = {}, h = 0, to = 10, name = 's', by = CARRIER_A): RecordDraft {
  return sensor(name, { by, h, to, payload });
}
function coverage(records: readonly RecordDraft[], span: Span = SPAN): Coverage {
  return coverageOf(deriveFacts(passport(records), SCOPE), { sub: ITEM, quantity: 'acceleration', span });
}
const gap = (from: number, to: number): Payload => ({ from: at(from), to: at(to) });
const hours = ({ gaps }: Coverage): readonly (readonly number[])[] =>
  gaps.map(({ from, to }) => [(from - hour(0)) / 3600, (to - hour(0)) / 3600]);
const blow = (h: number): Payload => pulse(h, 90_000, 6_000, 3_000_000);
const fact = (n: number, name = 's'): string => `${idOf(name)}#${n}`;

test('two blows inside: each of them, and nothing else is missing', () => {
  expect(coverage([log({ max: 90_000, pulses: [blow(6), blow(2)] })])).toEqual({
    status: 'excursion',
    quantity: 'acceleration',
    span: SPAN,
    reasons: [],
    batches: [fact(0)],
    excursions: [fact(1), fact(2)],
    excursionWays: [[fact(1)], [fact(2)]],
    gaps: [],
    parts: [],
  });
});

test('blows outside the time do not matter: neither as excursions, nor as a doubt', () => {
  const around = [blow(-2), blow(12)];
  const batch = (more: Payload): RecordDraft => log({ max: 90_000, pulses: around, ...more }, -5, 15);
  expect(coverage([batch({})])).toMatchObject({ status: 'full', reasons: [], excursions: [] });
  expect(coverage([batch({ gaps: [gap(3, 4)] })])).toMatchObject({
    status: 'partial',
    reasons: ['gap'],
    excursions: [],
    parts: [],
  });
});

test('a blow in the first or the last second is inside; one that the clock may put outside is not surely', () => {
  const status = (h: number, more: Payload = {}): unknown => {
    const { reasons, status: found } = coverage([log({ max: 90_000, pulses: [blow(h)], ...more }, -5, 15)]);
    return [found, reasons];
  };
  expect([status(0), status(10)]).toEqual([
    ['excursion', []],
    ['excursion', []],
  ]);
  const off = { clockOffsetMs: 60_000 };
  expect([status(0, off), status(10, off), status(5, off)]).toEqual([
    ['partial', ['clock']],
    ['partial', ['clock']],
    ['excursion', []],
  ]);
});

describe('the clock is a reason', () => {
  const reasons = (h: number, to: number): readonly string[] =>
    coverage([log({ clockOffsetMs: 1_000, gaps: [gap(3, 4)] }, h, to)]).reasons;
  test('only where it leaves an end open', () => {
    expect(reasons(-SECOND, 10 + SECOND)).toEqual(['gap']);
    expect(reasons(0, 10 + SECOND)).toEqual(['clock', 'gap']);
    expect(reasons(-SECOND, 10)).toEqual(['clock', 'gap']);
    expect(reasons(-5, 15)).toEqual(['gap']);
  });
});

describe('calibration is a reason', () => {
  const reasons = (payload: Payload, span: Span = SPAN): readonly string[] =>
    coverage([log({ gaps: [gap(3, 4)], ...payload }, -5, 15)], span).reasons;
  test('only where it lapses in the time asked for', () => {
    expect(reasons({ calibrationDueAt: at(12) })).toEqual(['gap']);
    expect(reasons({ calibrationDueAt: at(9) })).toEqual(['calibration', 'gap']);
    expect(reasons({ calibratedAt: at(-2) })).toEqual(['gap']);
    expect(reasons({ calibratedAt: at(0), calibrationDueAt: at(10) })).toEqual(['gap']);
  });
  test('even of a single second', () => {
    const instant = { from: hour(3), to: hour(3) };
    expect(reasons({ calibrationDueAt: at(2) }, instant)).toEqual(['calibration']);
  });
});

describe('what no good recording covers', () => {
  const batches = (...told: (readonly [number, number])[]): RecordDraft[] =>
    told.map(([h, to], i) =>
      log({ device: { id: `d${i}` } }, h, to, `s${i}`, i % 2 === 0 ? CARRIER_A : CARRIER_B),
    );
  test('is left of the time, in order', () => {
    expect(hours(coverage(batches([0, 6], [8, 10])))).toEqual([[6, 8]]);
    expect(hours(coverage(batches([8, 10], [2, 3], [0, 6])))).toEqual([[6, 8]]);
    expect(hours(coverage(batches([1, 2], [3, 4], [5, 9])))).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [9, 10],
    ]);
    expect(hours(coverage(batches([-5, 1], [9, 15])))).toEqual([[1, 9]]);
    expect(hours(coverage(batches([-5, 15], [3, 4])))).toEqual([]);
    expect(hours(coverage(batches([-5, -1], [11, 15])))).toEqual([[0, 10]]);
    expect(hours(coverage(batches([-5, 0], [10, 15])))).toEqual([[0, 10]]);
    expect(hours(coverage([]))).toEqual([[0, 10]]);
  });
  test('of one second', () => {
    const instant = { from: hour(5), to: hour(5) };
    expect([hours(coverage(batches([0, 5]), instant)), hours(coverage(batches([0, 4]), instant))]).toEqual([
      [],
      [[5, 5]],
    ]);
    expect(coverage(batches([0, 5]), instant).status).toBe('full');
  });
});

describe('which batches tell of the time', () => {
  test('those that touch it', () => {
    const told = (h: number, to: number): number => coverage([log({}, h, to)]).batches.length;
    expect([told(-5, 0), told(-5, -SECOND), told(10, 15), told(10 + SECOND, 15), told(3, 4)]).toEqual([
      1, 0, 1, 0, 1,
    ]);
  });
  test('of a time without an end, those that it may touch', () => {
    const told = (from: number | null, to: number | null): number =>
      coverage([log({}, 2, 4)], {
        from: from === null ? null : hour(from),
        to: to === null ? null : hour(to),
      }).batches.length;
    expect([told(null, 2), told(null, 1), told(4, null), told(5, null), told(null, null)]).toEqual([
      1, 0, 1, 0, 1,
    ]);
  });
});

test('a time that is open, or turned round, is not answered', () => {
  const open = {
    quantity: 'acceleration',
    reasons: ['window'],
    excursions: [],
    excursionWays: [],
    gaps: [],
    parts: [],
  };
  const struck = [log({ max: 90_000, pulses: [blow(5)] })];
  for (const span of [
    { from: null, to: hour(10) },
    { from: hour(0), to: null },
    { from: hour(9), to: hour(1) },
  ]) {
    expect(coverage(struck, span)).toEqual({ ...open, span, status: 'partial', batches: [fact(0)] });
    expect(coverage([], span)).toEqual({ ...open, span, status: 'none', batches: [] });
  }
});

test('an answer to a shock question rests on the blows, or on what shows that there was none', () => {
  const limits = [{ axis: 'any' as const, maxPeakMilliG: 60_000, maxDeltaVUmPerS: 2_000_000 }];
  const ask = (records: readonly RecordDraft[], span: Span = SPAN): unknown =>
    shockBeyond(deriveFacts(passport(records), SCOPE), { sub: ITEM, span, limits });
  expect(ask([log({ max: 90_000, pulses: [blow(5)] })])).toEqual({
    answer: 'yes',
    parts: [{ span: SPAN, alternatives: [[fact(1)]] }],
  });
  expect(ask([log()])).toEqual({ answer: 'no', parts: [{ span: SPAN, alternatives: [[fact(0)]] }] });
  expect(ask([log({ gaps: [gap(1, 2)] })])).toEqual({ answer: 'unknown', parts: [] });
  expect(ask([log()], { from: null, to: hour(1) })).toEqual({ answer: 'unknown', parts: [] });
  expect(shockAnswerOf(coverage([]))).toEqual({ answer: 'unknown', parts: [] });
});
