import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { ConditionFact, Fact } from '../../src/facts/fact.js';
import { contradictions, lotSamples, sensorOverlaps } from '../../src/facts/remarks.js';
import { aggregatedFact, countFact, recordedFact } from './fact-builder.js';

function seen(
  name: string,
  value: ConditionFact['value'],
  time: readonly [number, number] = [5, 5],
  over: Partial<ConditionFact> = {},
): ConditionFact {
  return countFact(name, null, {
    value,
    aspect: 'fracture',
    region: 'left',
    time: { from: time[0], to: time[1] },
    ...over,
  });
}
function opposed(...facts: readonly Fact[]): readonly string[] {
  const there = contradictions(facts);
  expect(
    contradictions([...facts].reverse())
      .map(({ records }) => records)
      .sort(),
  ).toEqual(there.map(({ records }) => records).sort());
  return there.map(({ code, records, signers }) => `${code} ${records.join('+')} by ${signers.join('+')}`);
}

describe('two who say good and bad', () => {
  test('of one thing at one time contradict each other', () => {
    expect(opposed(seen('b', 'bad'), seen('a', 'good'))).toEqual(['facts.contradiction a+b by a+b']);
    expect(opposed(seen('b', 'bad'), seen('a', 'bad'))).toEqual([]);
    expect(opposed(seen('b', 'good'), seen('a', 'good'))).toEqual([]);
    expect(opposed(seen('b', 'bad'), recordedFact('a', [5, 5]))).toEqual([]);
  });
  test('of another unit or aspect do not', () => {
    expect(opposed(seen('b', 'bad'), seen('a', 'good', [5, 5], { unit: 'lens' }))).toEqual([]);
    expect(opposed(seen('b', 'bad'), seen('a', 'good', [5, 5], { aspect: 'wear' }))).toEqual([]);
  });
  test('of one region: good of the whole is good of it, bad of the whole is not bad of it', () => {
    const at = (bad: string, good: string): boolean =>
      opposed(seen('b', 'bad', [5, 5], { region: bad }), seen('a', 'good', [5, 5], { region: good })).length >
      0;
    expect([
      at('left', 'left'),
      at('left', 'whole'),
      at('left', 'right'),
      at('whole', 'left'),
      at('whole', 'whole'),
    ]).toEqual([true, true, false, false, true]);
  });
  test('each region for itself', () => {
    expect(
      opposed(
        seen('b1', 'bad'),
        seen('b2', 'bad', [5, 5], { region: 'right' }),
        seen('g1', 'good'),
        seen('g2', 'good', [5, 5], { region: 'right' }),
      ).toSorted(),
    ).toEqual(['facts.contradiction b1+g1 by b1+g1', 'facts.contradiction b2+g2 by b2+g2']);
  });
  test('at times that touch, whatever order and length they have', () => {
    const times = (
      bad: readonly [number, number],
      ...good: (readonly [number, number])[]
    ): readonly string[] =>
      opposed(seen('b', 'bad', bad), ...good.map((time, i) => seen(`g${i}`, 'good', time)));
    expect(times([5, 6], [6, 9])).toEqual(['facts.contradiction b+g0 by b+g0']);
    expect(times([5, 6], [1, 5])).toEqual(['facts.contradiction b+g0 by b+g0']);
    expect([times([5, 6], [7, 9]), times([5, 6], [1, 4])]).toEqual([[], []]);
    expect(times([5, 6], [1, 2], [0, 9], [3, 4])).toEqual(['facts.contradiction b+g1 by b+g1']);
    expect(times([5, 5], [20, 20], [30, 30], [5, 5])).toEqual(['facts.contradiction b+g2 by b+g2']);
    expect(times([50, 60], [0, 100], [1, 2], [40, 41], [55, 55], [70, 71])).toEqual([
      'facts.contradiction b+g0+g3 by b+g0+g3',
    ]);
  });
});

describe('batches of one device', () => {
  const batch = (name: string, from: number, to: number, device = 'd', quantity = 'acceleration'): Fact =>
    recordedFact(name, [from, to], { device, quantity });
  const overlaps = (...facts: readonly Fact[]): readonly string[] => {
    const there = sensorOverlaps(facts).map(({ code, records, signers }) =>
      [code, records.join('+'), signers.join('+')].join(' '),
    );
    expect(sensorOverlaps([...facts].reverse())).toHaveLength(there.length);
    return there;
  };
  test('that tell of the same time overlap, each run of them once', () => {
    expect(
      overlaps(
        batch('b', 0, 10),
        batch('a', 5, 15),
        batch('c', 14, 20),
        batch('d', 30, 40),
        batch('e', 35, 36),
      ),
    ).toEqual(['facts.sensor-overlap a+b+c a+b+c', 'facts.sensor-overlap d+e d+e']);
    expect(overlaps(batch('a', 0, 50), batch('b', 10, 20), batch('c', 30, 40))).toEqual([
      'facts.sensor-overlap a+b+c a+b+c',
    ]);
  });
  test('one after another do not, nor those of another device or quantity', () => {
    expect(overlaps(batch('a', 0, 10), batch('b', 10, 20), batch('c', 21, 30))).toEqual([]);
    expect(overlaps(batch('a', 0, 10), batch('b', 0, 10, 'e'), batch('c', 0, 10, 'd', 'tilt'))).toEqual([]);
    expect(overlaps(batch('a', 0, 10), seen('b', 'bad'))).toEqual([]);
  });
});

test('a sample of a lot that the item was in is disclosed; of others it is not', () => {
  const sample = (name: string, sub: string, at = 5): Fact =>
    ({ ...recordedFact(name, [at, at]), predicate: 'sampled', sub, args: {} }) as unknown as Fact;
  const remarks = (items: readonly string[], ...facts: readonly Fact[]): unknown =>
    lotSamples(
      {
        of: (predicate: string) => facts.filter((fact) => fact.predicate === predicate),
      } as unknown as CaseFacts,
      items,
    ).map(({ code, records, signers }) => [code, records, signers]);
  const packed = aggregatedFact('p', 4, { parent: 'lot', child: 'item' });
  const found = [['facts.lot-sample', ['s'], ['s']]];
  expect(remarks(['item'], packed, sample('s', 'lot'))).toEqual(found);
  expect(remarks(['item', 'other'], packed, sample('s', 'lot'))).toEqual(found);
  expect(remarks(['item'], sample('s', 'item'))).toEqual(found);
  expect(remarks(['item'], packed, sample('s', 'lot', 3))).toEqual([]);
  expect([remarks(['item'], sample('s', 'lot')), remarks(['item'], packed)]).toEqual([[], []]);
});
