import { describe, expect, test } from 'vitest';
import { type ClimateAnswer, excursionLonger, kineticMeanBeyond } from '../../src/facts/climate-answers.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import {
  aggregation,
  CARRIER_A,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
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
const UNKNOWN: ClimateAnswer = { answer: 'unknown', parts: [] };

/** All of the time between two temperatures, milli-°C. */
function log(min: number, max: number, more: Payload = {}, name = 'log', h = 0, to = 10): RecordDraft {
  const payload = {
    device: { id: name },
    quantity: 'temperature',
    unit: 'milliC',
    location: 'package',
    min,
    max,
    ...more,
  };
  return { ...sensor(name, { by: CARRIER_A, h, to, payload }), malformed: true };
}
const fact = (name: string): string => `${idOf(name)}#0`;
const resting = (answer: ClimateAnswer['answer'], ...alternatives: string[][]): ClimateAnswer => ({
  answer,
  parts: [{ span: SPAN, alternatives }],
});
const longer = (
  harm: 'heat' | 'cold',
  limitMilliC: number,
  records: readonly RecordDraft[],
  span: Span = SPAN,
  seconds = 0,
): ClimateAnswer =>
  excursionLonger(deriveFacts(passport(records), SCOPE), { sub: ITEM, span, limitMilliC, seconds, harm });
const mean = (limitMilliC: number, records: readonly RecordDraft[], span: Span = SPAN): ClimateAnswer =>
  kineticMeanBeyond(deriveFacts(passport(records), SCOPE), { sub: ITEM, span, limitMilliC });

describe('how long it was too warm or too cold', () => {
  test('surely, where even the other extreme is past the limit; not at all, where neither is', () => {
    const given = [log(5_000, 7_000)];
    expect([4_999, 5_000, 6_999, 7_000].map((limit) => longer('heat', limit, given).answer)).toEqual([
      'yes',
      'unknown',
      'unknown',
      'no',
    ]);
    expect([7_001, 7_000, 5_001, 5_000].map((limit) => longer('cold', limit, given).answer)).toEqual([
      'yes',
      'unknown',
      'unknown',
      'no',
    ]);
  });
  test('counts all stretches together, to the second', () => {
    const given = [log(5_000, 7_000)];
    expect([35_999, 36_000].map((seconds) => longer('heat', 4_000, given, SPAN, seconds).answer)).toEqual([
      'yes',
      'no',
    ]);
    const half = [log(5_000, 7_000, {}, 'log', 0, 5)];
    expect(
      [17_999, 18_000, 35_999, 36_000].map((seconds) => longer('heat', 4_000, half, SPAN, seconds).answer),
    ).toEqual(['yes', 'unknown', 'unknown', 'no']);
    expect([17_999, 18_000].map((seconds) => longer('cold', 9_000, half, SPAN, seconds).answer)).toEqual([
      'yes',
      'unknown',
    ]);
  });
  test('rests on every device that says so, in order of their ids', () => {
    const names = ['c', 'a', 'b'];
    const ids = names.map((name) => [fact(name)]).sort(([a], [b]) => (a! < b! ? -1 : 1));
    expect(
      longer(
        'heat',
        1_000,
        names.map((name) => log(5_000, 7_000, {}, name)),
      ),
    ).toEqual(resting('yes', ...ids));
    expect(
      longer(
        'heat',
        9_000,
        names.map((name) => log(5_000, 7_000, {}, name)),
      ),
    ).toEqual(resting('no', ...ids));
  });
});

describe('which recordings are asked', () => {
  const ask = (record: RecordDraft, ...others: RecordDraft[]): unknown =>
    longer('heat', 1_000, [record, ...others]).answer;
  test('those of a device at the unit', () => {
    expect(ask(log(5_000, 7_000))).toBe('yes');
    expect([
      ask(log(5_000, 7_000, { mount: 'pallet' })),
      ask(log(5_000, 7_000, { location: 'front' })),
      ask({ ...log(5_000, 7_000), over: { rolePermitted: false } }),
    ]).toEqual(['unknown', 'unknown', 'unknown']);
  });
  test('of one device one after the other, whatever order they come in', () => {
    const parts = [0, 2, 4, 6, 8].map((h) =>
      log(5_000, 7_000, { device: { id: 'one' } }, `part${h}`, h, h + 2),
    );
    const ids = [0, 2, 4, 6, 8].map((h) => fact(`part${h}`)).sort();
    expect(longer('heat', 1_000, parts, SPAN, 35_999)).toEqual(resting('yes', ids));
  });
  test('none of the time before and after', () => {
    const around = [
      log(5_000, 7_000, { device: { id: 'one' } }, 'before', -5, -1),
      log(5_000, 7_000, { device: { id: 'one' } }, 'in', 0, 10),
      log(5_000, 7_000, { device: { id: 'one' } }, 'after', 11, 15),
    ];
    expect(longer('heat', 1_000, around)).toEqual(resting('yes', [fact('in')]));
  });
  test('in a box those on the packing, unless somebody says it was elsewhere then', () => {
    const pack = (name: string, sub: string, by: string, h: number): RecordDraft => ({
      ...aggregation(name, { by, h, action: 'pack', children: [ITEM] }),
      sub,
    });
    const boxed = log(5_000, 7_000, { attachedTo: PARCEL });
    const inside = pack('in', PARCEL, WAREHOUSE, -1);
    const elsewhere = pack('other', 'https://id.gs1.org/00/950600013435212353', SELLER, 3);
    expect(longer('heat', 1_000, [inside, boxed])).toEqual(resting('yes', [fact('in'), fact('log')].sort()));
    expect(longer('heat', 1_000, [inside, elsewhere, boxed])).toEqual(UNKNOWN);
  });
});

test('a time without two ends, or without length, is not answered', () => {
  const given = [log(5_000, 7_000)];
  for (const span of [
    { from: null, to: hour(10) },
    { from: hour(0), to: null },
    { from: null, to: null },
    { from: hour(5), to: hour(5) },
    { from: hour(6), to: hour(5) },
  ]) {
    expect([longer('heat', 1_000, given, span), mean(1_000, given, span)]).toEqual([UNKNOWN, UNKNOWN]);
  }
});

describe('the kinetic mean', () => {
  test('lies between the means of the lowest and of the highest', () => {
    const given = [log(5_000, 7_000)];
    expect([4_999, 5_000, 6_999, 7_000].map((limit) => mean(limit, given).answer)).toEqual([
      'yes',
      'unknown',
      'unknown',
      'no',
    ]);
    expect(mean(4_999, given)).toEqual(resting('yes', [fact('log')]));
  });
  test('of a time of which half is not known is only bounded from below, as if that were as cold as can be', () => {
    const half = [log(25_000, 25_000, {}, 'log', 0, 5)];
    expect([mean(17_000, half).answer, mean(25_000, half).answer, mean(99_000, half).answer]).toEqual([
      'yes',
      'unknown',
      'unknown',
    ]);
  });
});
