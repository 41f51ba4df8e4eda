import { describe, expect, test } from 'vitest';
import type { ShockAnswer } from '../../src/facts/coverage.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { dropBeyond, rmsBeyond } from '../../src/facts/motion-answers.js';
import {
  aggregation,
  at,
  CARRIER_A,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  WAREHOUSE,
} from './case-builder.js';

type Payload = Readonly<Record<string, unknown>>;
interface Span {
  readonly from: number | null;
  readonly to: number | null;
}
const SPAN = { from: hour(0), to: hour(10) };
const UNKNOWN: ShockAnswer = { answer: 'unknown', parts: [] };

function log(payload: Payload = {}, name = 'log', by = CARRIER_A): RecordDraft {
  return {
    ...sensor(name, { by, h: 0, to: 10, payload: { device: { id: name }, ...payload } }),
    malformed: true,
  };
}
const over = (name: string, n = 0): string => `${idOf(name)}#${n}`;
const resting = (answer: ShockAnswer['answer'], ...alternatives: string[][]): ShockAnswer => ({
  answer,
  parts: [{ span: SPAN, alternatives }],
});

describe('a drop', () => {
  const ask = (records: readonly RecordDraft[], span: Span = SPAN, heightMm = 1_000): ShockAnswer =>
    dropBeyond(deriveFacts(passport(records), SCOPE), { sub: ITEM, span, heightMm, restitutionPermille: 0 });
  const blow = (deltaV: number, more: Payload = {}): RecordDraft =>
    log({ max: 90_000, pulses: [pulse(4, 90_000, 6_000, deltaV)], ...more });

  test('a harder blow answers yes, by itself', () => {
    const both = log({
      max: 90_000,
      pulses: [pulse(4, 90_000, 6_000, 1_000), pulse(5, 90_000, 6_000, 5_000_000)],
    });
    expect(ask([both])).toEqual(resting('yes', [over('log', 2)]));
  });
  test('a blow just as hard is not harder', () => {
    // ΔV² = 2·9.80665 m/s²·h exactly, for h = 1961.33 m.
    expect(ask([blow(196_133_000)], SPAN, 1_961_330).answer).toBe('no');
    expect(ask([blow(196_133_001)], SPAN, 1_961_330).answer).toBe('yes');
  });
  test('only lesser blows in all of the time answer no, by all that was recorded', () => {
    expect(ask([blow(1_000)])).toEqual(resting('no', [over('log')]));
    expect(ask([blow(1_000), log({}, 'other', SELLER)])).toEqual(
      resting('no', [over('log'), over('other')].sort()),
    );
    expect(ask([log()])).toEqual(resting('no', [over('log')]));
  });
  test('a lesser blow beside something that is not known answers nothing', () => {
    expect(ask([blow(1_000, { gaps: [{ from: at(7), to: at(8) }] })])).toEqual(UNKNOWN);
    expect(ask([blow(1_000), log({ mount: 'pallet' }, 'other', SELLER)])).toEqual(UNKNOWN);
    expect(ask([])).toEqual(UNKNOWN);
  });
  test('a time that is open at either end, or turned round, is not answered', () => {
    for (const span of [
      { from: null, to: hour(10) },
      { from: hour(0), to: null },
      { from: null, to: null },
      { from: hour(10), to: hour(0) },
    ]) {
      expect(ask([blow(5_000_000)], span)).toEqual(UNKNOWN);
    }
  });
});

describe('the root mean square', () => {
  const readings = (
    values: readonly number[],
    more: Payload = {},
    name = 'log',
    by = CARRIER_A,
  ): RecordDraft =>
    log({ samples: values.map((one, i) => [i * 3_600_000, one]), max: 90_000, ...more }, name, by);
  const ask = (records: readonly RecordDraft[], span: Span = SPAN, limitMilliG = 500): ShockAnswer =>
    rmsBeyond(deriveFacts(passport(records), SCOPE), { sub: ITEM, span, limitMilliG });

  test('rests on every device that says so, in order', () => {
    const records = ['c', 'a', 'b'].map((name) => readings([900], {}, name));
    const ids = ['a', 'b', 'c'].map((name) => [over(name)]).sort(([a], [b]) => (a! < b! ? -1 : 1));
    expect(ask(records)).toEqual(resting('yes', ...ids));
    expect(ask(records, SPAN, 900)).toEqual(resting('no', ...ids));
  });
  test('in a box rests on the packing too', () => {
    const pack = aggregation('in', { by: WAREHOUSE, h: -1, action: 'pack', children: [ITEM] });
    const boxed = readings([900], { attachedTo: PARCEL });
    expect(ask([pack, boxed])).toEqual(resting('yes', [over('in'), over('log')].sort()));
  });
  test('in a box in which it was only for some of the time, or by disputed word, says nothing', () => {
    const boxed = readings([900], { attachedTo: PARCEL });
    const pack = (h: number, name = 'in', by = WAREHOUSE, sub = PARCEL): RecordDraft => ({
      ...aggregation(name, { by, h, action: 'pack', children: [ITEM] }),
      sub,
    });
    const unpack = aggregation('out', { by: WAREHOUSE, h: 9, action: 'unpack', children: [ITEM] });
    expect(ask([pack(1), boxed])).toEqual(UNKNOWN);
    expect(ask([pack(-1), unpack, boxed])).toEqual(UNKNOWN);
    expect(ask([pack(0), boxed]).answer).toBe('yes');
    const elsewhere = pack(3, 'other', SELLER, 'https://id.gs1.org/00/950600013435212353');
    expect(ask([pack(-1), elsewhere, boxed])).toEqual(UNKNOWN);
  });
  test('takes a time with two ends', () => {
    for (const span of [
      { from: null, to: hour(10) },
      { from: hour(0), to: null },
      { from: null, to: null },
      { from: hour(5), to: hour(5) },
      { from: hour(9), to: hour(1) },
    ]) {
      expect(ask([readings([900, 900, 900, 900, 900, 900])], span)).toEqual(UNKNOWN);
    }
  });
  test('takes the readings of the time, its first and its last second among them', () => {
    const long = readings([100, 100, 900, 900, 900, 100, 100]);
    const within = (from: number, to: number): unknown =>
      ask([long], { from: hour(from), to: hour(to) }, 899).answer;
    expect([within(2, 4), within(1, 4), within(2, 5)]).toEqual(['yes', 'no', 'no']);
    expect(within(1.5, 4.5)).toBe('yes');
  });
  test('without a reading in the time says nothing', () => {
    expect(ask([readings([900])], { from: hour(2), to: hour(3) })).toEqual(UNKNOWN);
  });
  test('of a time that begins before the recording, or ends after it, says nothing', () => {
    expect(ask([readings([900])], { from: hour(0) - 1, to: hour(10) })).toEqual(UNKNOWN);
    expect(ask([readings([900])], { from: hour(0), to: hour(10) + 1 })).toEqual(UNKNOWN);
  });
  test('is not troubled by a gap at other times', () => {
    const gap = (from: number, to: number): unknown =>
      ask([readings([900, 900, 900, 900], { gaps: [{ from: at(from), to: at(to) }] })], {
        from: hour(1),
        to: hour(3),
      }).answer;
    expect([gap(0, 1), gap(3, 5), gap(0, 0.5), gap(4, 5)]).toEqual(['yes', 'yes', 'yes', 'yes']);
    expect([gap(0.5, 1.5), gap(2.5, 5), gap(1.5, 2), gap(0, 5)]).toEqual(Array(4).fill('unknown'));
  });
  test('a bare word about readings is none, but the probe may lie anywhere', () => {
    expect(ask([{ ...readings([900]), over: { rolePermitted: false } }])).toEqual(UNKNOWN);
    expect(ask([readings([900], { location: 'front' })]).answer).toBe('yes');
  });
});
