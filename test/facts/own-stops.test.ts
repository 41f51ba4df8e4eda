import { describe, expect, test } from 'vitest';
import type { HoldsFact } from '../../src/facts/fact.js';
import { withoutStops } from '../../src/facts/own-stops.js';
import { type PassageDraft, withHolds, withUndated } from '../../src/facts/passages.js';
import { provenance } from './fact-builder.js';

function draft(from: string, to: string, over: Partial<PassageDraft> = {}): PassageDraft {
  return {
    from,
    to,
    fromCapacity: null,
    toCapacity: 'carrier',
    mode: null,
    lo: 0,
    hi: 0,
    undated: false,
    told: [],
    made: [],
    holds: [],
    ...over,
  };
}
const shown = (drafts: readonly PassageDraft[]): readonly string[] =>
  drafts.map(({ from, to }) => `${from}>${to}`);

describe('a stop in the holder’s own hands', () => {
  const kept = (stop: Partial<PassageDraft>, before: Partial<PassageDraft> = {}): boolean =>
    withoutStops([draft('S', 'A', { mode: 'road', ...before }), draft('A', 'A', stop)]).length === 2;
  test('is taken out, and so is every further one', () => {
    const told = [draft('S', 'A'), draft('A', 'A'), draft('A', 'A'), draft('A', 'B'), draft('B', 'B')];
    expect(shown(withoutStops(told))).toEqual(['S>A', 'A>B']);
  });
  test('stays where it is told in another capacity', () => {
    expect(kept({ toCapacity: 'warehouse' })).toBe(true);
    expect(kept({ fromCapacity: 'warehouse' })).toBe(true);
    expect([kept({ fromCapacity: 'carrier' }), kept({ fromCapacity: null })]).toEqual([false, false]);
  });
  test('stays where the goods change to another mode; a mode that nobody states is no other', () => {
    expect([kept({ mode: 'rail' }), kept({ mode: 'road' }), kept({ mode: null })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(kept({ mode: 'rail' }, { mode: null })).toBe(false);
  });
  test('stays where it is the first that is told of the holder', () => {
    expect(shown(withoutStops([draft('A', 'A')]))).toEqual(['A>A']);
    expect(shown(withoutStops([draft('S', 'B'), draft('A', 'A')]))).toEqual(['S>B', 'A>A']);
  });
  test('a passage to somebody else is none', () => {
    expect(shown(withoutStops([draft('S', 'A'), draft('A', 'B'), draft('B', 'A')]))).toEqual([
      'S>A',
      'A>B',
      'B>A',
    ]);
  });
});

describe('an undated passage', () => {
  test('stands where the goods left somebody else, in the capacities told on either side', () => {
    const told = [
      draft('S', 'A', { toCapacity: 'contracting-carrier', lo: 3, hi: 4 }),
      draft('B', 'R', { fromCapacity: 'operator', lo: 8, hi: 9 }),
    ];
    const [first, between, last] = withUndated(told);
    expect([first, last]).toEqual(told);
    expect(between).toEqual(
      draft('A', 'B', {
        fromCapacity: 'contracting-carrier',
        toCapacity: 'operator',
        lo: 3,
        hi: 9,
        undated: true,
      }),
    );
  });
  test('to somebody of whom no capacity is told is of an unknown one', () => {
    expect(withUndated([draft('S', 'A'), draft('B', 'R')])[1]).toMatchObject({ toCapacity: 'unknown' });
  });
  test('is none where the goods left their last receiver', () => {
    expect(shown(withUndated([draft('S', 'A'), draft('A', 'R')]))).toEqual(['S>A', 'A>R']);
  });
});

describe('a recording that shows somebody holding the goods', () => {
  function film(party: string, at: number, upper = at, over: Partial<HoldsFact> = {}): HoldsFact {
    return {
      id: `${party}${at}#0`,
      sub: 'item',
      time: { from: at, to: at },
      offsetMin: 0,
      prov: provenance(`${party}${at}`, party, { madeAt: { lower: null, upper } }),
      predicate: 'holds',
      party,
      purpose: 'unboxing',
      ...over,
    };
  }
  const places = (drafts: readonly PassageDraft[]): readonly string[] =>
    drafts.map(
      ({ from, hi, holds, lo, made, to }) =>
        `${from}>${to} ${lo}-${hi} made ${made.length} by ${holds.length}`,
    );
  const route = (): PassageDraft[] => [
    draft('S', 'A', { lo: 10, hi: 10 }),
    draft('A', 'R', { lo: 50, hi: 60 }),
  ];

  test('is a passage of its own where nobody tells of one', () => {
    const made = withHolds([draft('S', 'A', { lo: 10, hi: 10 })], [film('R', 40)]);
    expect(made[1]).toEqual(
      draft('A', 'R', { toCapacity: 'principal', lo: 40, hi: 40, made: [film('R', 40)] }),
    );
  });
  test('accompanies the arrival of one who holds them', () => {
    expect(places(withHolds(route(), [film('R', 70)]))).toEqual([
      'S>A 10-10 made 0 by 0',
      'A>R 50-60 made 0 by 1',
    ]);
    expect(places(withHolds(route(), [film('A', 10)]))).toEqual([
      'S>A 10-10 made 0 by 1',
      'A>R 50-60 made 0 by 0',
    ]);
  });
  test('by the first giver before all passages accompanies nothing', () => {
    expect(places(withHolds(route(), [film('S', 5)]))).toEqual(places(route()));
  });
  test('proven before the hand-on that is told makes that one earlier', () => {
    expect(places(withHolds(route(), [film('R', 40, 50)]))).toEqual([
      'S>A 10-10 made 0 by 0',
      'A>R 40-60 made 1 by 0',
    ]);
  });
  test('not proven before it accompanies its maker’s next arrival, if there is one', () => {
    expect(places(withHolds(route(), [film('R', 40, 51)]))).toEqual([
      'S>A 10-10 made 0 by 0',
      'A>R 50-60 made 0 by 1',
    ]);
    expect(places(withHolds(route(), [film('X', 40, 51)]))).toEqual(places(route()));
    const twice = [...route(), draft('R', 'A', { lo: 70 }), draft('A', 'R', { lo: 80 })];
    expect(places(withHolds(twice, [film('R', 75, 99)])).map((text) => text.slice(-4))).toEqual([
      'by 0',
      'by 0',
      'by 0',
      'by 1',
    ]);
  });
  test('by a third, proven before it, stands between', () => {
    expect(shown(withHolds(route(), [film('X', 40, 45)]))).toEqual(['S>A', 'A>X', 'A>R']);
  });
  test('where somebody else hands on later, stands by itself', () => {
    const other = [draft('S', 'A', { lo: 10 }), draft('B', 'R', { lo: 50, hi: 60 })];
    expect(places(withHolds(other, [film('R', 40, 99)]))).toEqual([
      'S>A 10-0 made 0 by 0',
      'A>R 40-40 made 1 by 0',
      'B>R 50-60 made 0 by 0',
    ]);
  });
  test('several come in order of their stated time, whatever order they are given in', () => {
    const films = [film('Z', 30), film('X', 20), film('Y', 25)];
    const made = withHolds([draft('S', 'A', { lo: 10 })], films);
    expect(shown(made)).toEqual(['S>A', 'A>X', 'X>Y', 'Y>Z']);
    const same = withHolds([draft('S', 'A', { lo: 10 })], [film('Z', 20), film('X', 20)]);
    expect(shown(same)).toEqual(['S>A', 'A>X', 'X>Z']);
  });
  test('of packing, a bare word, or one that only counts against its maker shows nothing', () => {
    const bare = film('R', 40);
    const useless = [
      film('R', 40, 40, { purpose: 'packing' }),
      { ...bare, prov: { ...bare.prov, kind: 'statement' as const } },
      { ...bare, prov: { ...bare.prov, integrity: 'adverse-only' as const } },
    ];
    expect(shown(withHolds([draft('S', 'A')], useless))).toEqual(['S>A']);
    expect(shown(withHolds([], [bare]))).toEqual([]);
  });
});
