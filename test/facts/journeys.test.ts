import { describe, expect, test } from 'vitest';
import type { CaseFacts, CaseRecord } from '../../src/facts/case-facts.js';
import type { Passage } from '../../src/facts/custody.js';
import type { Enclosure } from '../../src/facts/enclosing.js';
import { boundariesOf, carryingRuns, intervalsOf, journeyOf, packingsOf } from '../../src/facts/journeys.js';

/** `A:carrier` hands to `B:principal` at the time, or in the span. Joint unless it says otherwise. */
function passages(
  ...told: readonly (readonly [string, string, number, Partial<Passage>?])[]
): readonly Passage[] {
  return told.map(([giver, receiver, time, over], index): Passage => {
    const [from, fromCapacity = 'principal'] = giver.split(':') as [string, string?];
    const [to, toCapacity = 'principal'] = receiver.split(':') as [string, string?];
    return {
      index,
      from,
      to,
      fromCapacity,
      toCapacity,
      mode: null,
      offsetMin: 0,
      time: { from: time, to: time },
      undated: false,
      records: [`r${index}`],
      holds: [],
      facts: [],
      signedBy: [from, to].sort(),
      overlap: null,
      ...over,
    };
  });
}
const SELLERS = ['S'];
const runs = (told: readonly Passage[]): readonly string[] =>
  carryingRuns(told, SELLERS).map(
    ({ consignee, direction, first, id, last, legs, sender }) =>
      `${id} ${direction} ${sender}>${consignee} ${first}-${last} ${legs.join()}`,
  );

describe('a journey is a run of carriers', () => {
  test('of any kind, numbered with its legs', () => {
    expect(
      runs(
        passages(
          ['S', 'A:carrier', 1],
          ['A:carrier', 'B:contracting-carrier', 2],
          ['B', 'O:operator', 3],
          ['O', 'W:warehouse', 4],
          ['W', 'C:carrier', 5],
          ['C', 'R', 6],
        ),
      ),
    ).toEqual(['journey-1 outbound S>W 1-3 leg-1,leg-2,leg-3', 'journey-2 outbound W>R 5-5 leg-4']);
  });
  test('which may begin or end the case', () => {
    expect(runs(passages(['A:carrier', 'R', 1]))).toEqual(['journey-1 outbound null>R 0-0 leg-1']);
    expect(runs(passages(['S', 'A:carrier', 1]))).toEqual(['journey-1 outbound S>null 1-1 leg-1']);
    expect([runs(passages(['S', 'R', 1])), runs([])]).toEqual([[], []]);
  });
  test('is a return where it ends with a seller', () => {
    expect(runs(passages(['R', 'A:carrier', 1], ['A', 'S', 2]))).toEqual(['journey-1 return R>S 1-1 leg-1']);
    expect(runs(passages(['A:carrier', 'S', 2]))).toEqual(['journey-1 return null>S 0-0 leg-1']);
  });
  test('or, while it has not ended, where it goes out from where an outbound one ended', () => {
    const out = [
      ['S', 'A:carrier', 1],
      ['A', 'R', 2],
    ] as const;
    const second = (...more: readonly (readonly [string, string, number])[]): string =>
      runs(passages(...out, ...more)).at(-1)!;
    expect(second(['R', 'B:carrier', 3])).toBe('journey-2 return R>null 3-3 leg-2');
    expect(second(['R', 'X', 3], ['X', 'B:carrier', 4])).toBe('journey-2 outbound X>null 4-4 leg-2');
    // A return ended with the seller: what goes out from there is no return again.
    expect(second(['R', 'B:carrier', 3], ['B', 'S', 4], ['S', 'C:carrier', 5])).toBe(
      'journey-3 outbound S>null 5-5 leg-3',
    );
    // Two went out; the one that ended with the sender makes it a return.
    expect(second(['R', 'B:carrier', 3], ['B', 'T', 4], ['T', 'C:carrier', 5])).toBe(
      'journey-3 return T>null 5-5 leg-3',
    );
    // A seller's own leg out that nobody received is outbound, even where it once received one outbound.
    expect(runs(passages(['A:carrier', 'X', 1], ['X', 'B:carrier', 2]))).toEqual([
      'journey-1 outbound null>X 0-0 leg-1',
      'journey-2 return X>null 2-2 leg-2',
    ]);
  });
});

describe('packing', () => {
  type Film = readonly [id: string, by: string, from: number, to: number];
  function packed(
    told: readonly Passage[],
    films: readonly Film[],
    mandates: readonly (readonly [string, string])[] = [],
    over: Partial<CaseRecord> = {},
  ): readonly unknown[] {
    const records = new Map(
      films.map(([id, iss, from, to]) => [
        id,
        { id, iss, sub: 'item', purpose: 'packing', time: { from, to }, ...over } as CaseRecord,
      ]),
    );
    const facts = {
      of: () => mandates.map(([agent, principal]) => ({ agent, principal })),
      records,
    } as unknown as CaseFacts;
    const enclosure = { concerns: (sub: string) => sub === 'item' } as unknown as Enclosure;
    return packingsOf(facts, enclosure, told, carryingRuns(told, SELLERS)).map(
      ({ records: ids, run, time }) => [run.id, ids, time],
    );
  }
  const out = passages(['S', 'A:carrier', 10], ['A', 'R', 20], ['R', 'B:carrier', 30], ['B', 'S', 40]);

  test('is the sender’s last film before pickup; several that end together are one', () => {
    const films: Film[] = [
      ['c', 'S', 4, 8],
      ['a', 'S', 3, 8],
      ['b', 'S', 5, 8],
      ['old', 'S', 1, 7],
    ];
    expect(packed(out, films)).toEqual([['journey-1', ['a', 'b', 'c'], { from: 3, to: 8 }]]);
    expect(packed(out, [...films].reverse())).toEqual([['journey-1', ['a', 'b', 'c'], { from: 3, to: 8 }]]);
  });
  test('may end in the second of the pickup, not later; and begins no earlier than the goods came', () => {
    expect(packed(out, [['x', 'S', 9, 10]])).toEqual([['journey-1', ['x'], { from: 9, to: 10 }]]);
    expect(packed(out, [['x', 'S', 9, 11]])).toEqual([]);
    expect(packed(out, [['x', 'R', 20, 25]])).toEqual([['journey-2', ['x'], { from: 20, to: 25 }]]);
    expect(packed(out, [['x', 'R', 19, 25]])).toEqual([]);
  });
  test('is by the sender or its agent', () => {
    const film: Film[] = [['x', 'P', 1, 2]];
    expect(packed(out, film)).toEqual([]);
    expect(packed(out, film, [['P', 'S']])).toEqual([['journey-1', ['x'], { from: 1, to: 2 }]]);
    expect(packed(out, film, [['P', 'R']])).toEqual([]);
    expect(packed(out, film, [['Q', 'S']])).toEqual([]);
  });
  test('is of the item, has a time, and was made for packing', () => {
    const film: Film[] = [['x', 'S', 1, 2]];
    expect(packed(out, film, [], { sub: 'other' })).toEqual([]);
    expect(packed(out, film, [], { time: null })).toEqual([]);
    expect(packed(out, film, [], { purpose: 'intake' })).toEqual([]);
  });
  test('begins with the pickup at the latest, where clocks disagree', () => {
    const early = passages(['S', 'A:carrier', 0, { time: { from: 4, to: 9 } }]);
    expect(packed(early, [['x', 'S', 6, 8]])).toEqual([['journey-1', ['x'], { from: 4, to: 8 }]]);
  });
  test('is none of a journey whose sender nobody tells of', () => {
    expect(packed(passages(['A:carrier', 'R', 10]), [['x', 'S', 1, 2]])).toEqual([]);
  });
});

function whole(told: readonly Passage[]): {
  readonly names: readonly string[];
  readonly intervals: ReturnType<typeof intervalsOf>;
  readonly journeys: readonly ReturnType<typeof journeyOf>[];
} {
  const found = carryingRuns(told, SELLERS);
  const boundaries = boundariesOf(told, found, [], SELLERS);
  return {
    names: boundaries.map(({ id, journey, name }) => `${id} ${name} ${journey}`),
    intervals: intervalsOf(told, boundaries, found),
    journeys: found.map((run) => journeyOf(run, boundaries)),
  };
}

test('passages outside every journey are deliveries, or returns to a seller', () => {
  expect(
    whole(passages(['S', 'W', 1], ['W', 'S', 2], ['S', 'A:carrier', 3], ['A', 'R', 4], ['R', 'S', 5])).names,
  ).toEqual([
    'b0 delivery null',
    'b1 return-receipt null',
    'b2 pickup journey-1',
    'b3 delivery journey-1',
    'b4 return-receipt null',
  ]);
});

test('a journey begins with its pickup and ends with its delivery, if anybody tells of them', () => {
  const { journeys, names } = whole(
    passages(
      ['A:carrier', 'R', 1],
      ['R', 'B:carrier', 2],
      ['B', 'C:carrier', 3],
      ['C', 'S', 4],
      ['S', 'D:carrier', 5],
    ),
  );
  expect(names).toEqual([
    'b0 delivery journey-1',
    'b1 return-pickup journey-2',
    'b2 transfer journey-2',
    'b3 return-receipt journey-2',
    'b4 pickup journey-3',
  ]);
  expect(journeys.map(({ end, packing, start }) => [start, end, packing])).toEqual([
    [null, 'b0', null],
    ['b1', 'b3', null],
    ['b4', null, null],
  ]);
});

describe('an interval', () => {
  test('has the mode of the passage by which the carrier got the goods', () => {
    const { intervals } = whole(
      passages(
        ['S', 'A:carrier', 1, { mode: 'road' }],
        ['A', 'B:carrier', 2, { mode: 'rail' }],
        ['B', 'R', 3, { mode: 'air' }],
      ),
    );
    expect(intervals.map(({ leg, mode }) => [leg, mode])).toEqual([
      [null, null],
      ['leg-1', 'road'],
      ['leg-2', 'rail'],
      [null, null],
    ]);
    expect(whole(passages(['A:carrier', 'R', 1, { mode: 'air' }])).intervals[0]!.mode).toBeNull();
  });
  const owners = (over: Partial<Passage>): readonly (readonly string[])[] =>
    whole(passages(['A', 'B', 1, { overlap: { from: 0, to: 9 }, ...over }])).intervals.map(
      ({ alsoOwnedBy }) => alsoOwnedBy,
    );
  test('is owned by the other too, as far as one side alone tells of a passage', () => {
    expect(owners({ signedBy: ['A'] })).toEqual([[], ['A']]);
    expect(owners({ signedBy: ['B'] })).toEqual([['B'], []]);
    expect(owners({ signedBy: [] })).toEqual([['B'], ['A']]);
    expect(owners({ signedBy: ['A'], undated: true })).toEqual([['B'], ['A']]);
    expect(owners({ signedBy: ['A', 'B'] })).toEqual([[], []]);
    expect(owners({ signedBy: [], overlap: null })).toEqual([[], []]);
  });
  test('never by its holder once more', () => {
    const stop = whole(passages(['A', 'A', 1, { overlap: { from: 0, to: 9 }, signedBy: [] }]));
    expect(stop.intervals.map(({ alsoOwnedBy }) => alsoOwnedBy)).toEqual([[], []]);
  });
});
