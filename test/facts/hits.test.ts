import { describe, expect, test } from 'vitest';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { type Methods, methodsFor } from '../../src/facts/excluders.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  delivery,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idOf,
  jointAgreement,
  LAB,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
} from './case-builder.js';

const ROUTE = [
  handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
  handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10 }),
  delivery('d', { from: CARRIER_B, to: BUYER, h: 20 }),
];
const terms = (
  name: string,
  party = CARRIER_A,
  payload: object = { fragility: FRAGILITY },
): readonly RecordDraft[] =>
  jointAgreement(name, { by: SELLER, parties: [SELLER, party], h: -20, payload: { ...payload } });

function methods(kind: string, records: readonly (RecordDraft | readonly RecordDraft[])[]): Methods {
  const facts = deriveFacts(passport([...ROUTE, ...records.flat()]), SCOPE);
  return methodsFor(facts, custodyOf(facts, ITEM), { kind, unit: ITEM });
}
/** `interval>boundary [hours] facts - against` of every hit under the agreed fragility. */
function hits(...records: readonly RecordDraft[]): readonly string[] {
  const { methods: found } = methods('shock', [terms('g'), records]);
  expect(found!.map(({ terms: from }) => from)).toEqual([[], [`${idOf('g')}#0`]]);
  expect(found![0]!.hits).toEqual([]);
  const names = new Map(records.map(({ name }) => [idOf(name), name]));
  const short = (id: string): string => `${names.get(id.slice(0, 64))}${id.slice(64)}`;
  const hours = (s: number): number => (s - hour(0)) / 3600;
  return found![1]!.hits.map(
    ({ against, boundary, interval, part: { alternatives, span } }) =>
      `${interval}>${boundary} [${hours(span.from)}-${hours(span.to)}] ${alternatives
        .map((ids) => ids.map(short).join('+'))
        .sort()
        .join('|')} -${against.map(short).sort().join()}`,
  );
}
interface Blow {
  readonly peakMilliG: number;
}
/** Its highest reading is the hardest blow it lists. */
const log = (
  name: string,
  h: number,
  to: number,
  pulses: readonly Blow[] = [],
  by = CARRIER_B,
): RecordDraft =>
  sensor(name, {
    by,
    h,
    to,
    payload: {
      device: { id: name },
      max: Math.max(0, ...pulses.map(({ peakMilliG }) => peakMilliG)),
      ...(pulses.length > 0 && { pulses }),
    },
  });
const blow = (h: number, peak = 85_000): Blow => pulse(h, peak, 6_000, 3_000_000) as unknown as Blow;

describe('a blow beyond what was agreed', () => {
  test('lies in the interval of its time, and before the boundary that follows', () => {
    expect(hits(log('x', 0, 30, [blow(12)]))).toEqual(['2>2 [12-12] x#1 -']);
    expect(hits(log('x', 0, 30, [blow(5)]))).toEqual(['1>1 [5-5] x#1 -']);
    expect(hits(log('x', -5, 30, [blow(-2)]))).toEqual(['0>0 [-2--2] x#1 -']);
  });
  test('in the very second of a passage happened before it', () => {
    expect(hits(log('x', 0, 30, [blow(10)]))).toEqual(['1>1 [10-10] x#1 -']);
  });
  test('after the last boundary is none that anybody was handed', () => {
    expect(hits(log('x', 0, 30, [blow(25)]))).toEqual([]);
  });
  test('each interval for itself; in one interval the hardest of a batch, with the time of all', () => {
    expect(hits(log('x', 0, 30, [blow(3), blow(4, 95_000), blow(12), blow(14)]))).toEqual([
      '1>1 [3-4] x#2 -',
      // Of two just as hard that with the first id.
      '2>2 [12-14] x#3 -',
    ]);
    expect(hits(log('x', 0, 30, [blow(4, 95_000), blow(3)]))).toEqual(['1>1 [3-4] x#1 -']);
    expect(hits(log('x', 0, 30, [blow(12)]), log('y', 0, 30, [blow(12)], CARRIER_A))).toEqual([
      '2>2 [12-12] x#1|y#1 -',
    ]);
  });
});

describe('a recording of the same moment in which nothing stands out', () => {
  const against = (...others: RecordDraft[]): string =>
    hits(log('x', 0, 30, [blow(12)]), ...others)[0]!.split(' -')[1]!;
  test('speaks against it, from its first second to its last', () => {
    expect([
      against(log('y', 5, 15, [], LAB)),
      against(log('y', 12, 15, [], LAB)),
      against(log('y', 5, 12, [], LAB)),
      against(log('y', 13, 15, [], LAB)),
      against(log('y', 5, 11, [], LAB)),
    ]).toEqual(['y#0', 'y#0', 'y#0', '', '']);
  });
  test('not where something stands out in it in that second', () => {
    const then = (h: number): string => against(log('y', 5, 15, [blow(h)], LAB));
    // Both then speak of two blows, each where the other was at rest.
    expect([then(11), then(13)]).toEqual(['x#0,y#0', 'x#0,y#0']);
    expect(then(12)).toBe('');
  });
  test('not where it pauses then', () => {
    const gap = { from: { utcS: hour(11), offsetMin: 0 }, to: { utcS: hour(13), offsetMin: 0 } };
    const pausing = sensor('y', { by: LAB, h: 5, to: 15, payload: { device: { id: 'y' }, gaps: [gap] } });
    expect(against(pausing)).toBe('');
  });
});

describe('what can show each kind of harm', () => {
  const batch = (quantity: string, unit: string): RecordDraft =>
    sensor('q', { by: CARRIER_B, h: 0, to: 30, payload: { quantity, unit, min: 1, max: 1 } });
  const humid = batch('humidity', 'rhPermille');
  const weight = (kind: string, ...records: RecordDraft[]): unknown => {
    const { methods: found, weight: size } = methods(kind, records);
    return [found!.length, size];
  };
  test('is a recording of its quantity', () => {
    expect([weight('wet', humid), weight('heat', humid), weight('shock', humid)]).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
    ]);
    expect([
      weight('cold', batch('temperature', 'milliC')),
      weight('heat', batch('temperature', 'milliC')),
    ]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
  test('is a seal for what takes an opened parcel', () => {
    const on = seal('s', { by: SELLER, h: -1, sealId: 'S1', action: 'applied', state: 'intact' });
    expect(['use', 'substitution', 'soiling', 'loss'].map((kind) => weight(kind, on))).toEqual(
      Array(4).fill([1, 1]),
    );
  });
  test('is nothing for anything else, whatever its name', () => {
    expect(['latent', 'toString', '__proto__'].map((kind) => weight(kind, humid))).toEqual(
      Array(3).fill([0, 0]),
    );
  });
  test('grows with the limits that are stated, and more than sixteen are left to a person', () => {
    const parties = Array.from({ length: 17 }, (_, i) => {
      const digits = `95060002${String(i).padStart(4, '0')}`;
      const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
      return `https://id.gs1.org/417/${digits}${(10 - (sum % 10)) % 10}`;
    });
    const stated = (count: number): Methods =>
      methods('shock', [
        ...parties.slice(0, count).map((party, i) => terms(`g${i}`, party)),
        log('x', 0, 30),
      ]);
    expect([stated(0).weight, stated(2).weight, stated(16).methods!.length]).toEqual([1, 3, 17]);
    expect(stated(17)).toEqual({ methods: null, weight: 18 });
  });
});

describe('a seal that was broken', () => {
  const sealed = (kind: string): readonly unknown[] =>
    methods(kind, [
      seal('on', { by: SELLER, h: -1, sealId: 'S1', action: 'applied', state: 'intact' }),
      seal('cut', { by: CARRIER_B, h: 12, sealId: 'S1', action: 'broken', state: 'broken' }),
    ]).methods!.flatMap(({ hits: found }) => found);
  test('lets in what only an opened parcel lets in, but loses nothing by itself', () => {
    expect(sealed('use')).toEqual([
      {
        interval: 2,
        boundary: 2,
        part: { span: { from: hour(12), to: hour(12) }, alternatives: [[`${idOf('cut')}#0`]] },
        against: [],
      },
    ]);
    expect(sealed('loss')).toEqual([]);
  });
});
