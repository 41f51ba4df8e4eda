import { describe, expect, test } from 'vitest';
import { type Course, courseOf } from '../../src/facts/climate-course.js';
import type { ExcursionFact, RecordedFact } from '../../src/facts/fact.js';
import type { Recording } from '../../src/facts/recordings.js';
import { DIRECT, excursionFact, inside, recordedFact } from './fact-builder.js';

const SPAN = { from: 0, to: 100 };

function log(
  over: Partial<RecordedFact> = {},
  excursions: readonly ExcursionFact[] = [],
  way: Recording['way'] = DIRECT,
  time: readonly [number, number] = [0, 100],
): Recording {
  const fact = recordedFact('log', time, { quantity: 'temperature', min: 2_000, max: 8_000, ...over });
  return { fact, excursions, way };
}

type Line = readonly [seconds: number, low: number | null, high: number | null];
const lines = (bounded: Course['readings']): readonly Line[] =>
  bounded.map(({ high, low, ms }) => [ms / 1000, low, high]);
const readings = (recordings: readonly Recording[], span = SPAN): readonly Line[] | null => {
  const course = courseOf(recordings, span);
  return course === null ? null : lines(course.readings);
};
const kinetic = (recordings: readonly Recording[], span = SPAN): readonly Line[] =>
  lines(courseOf(recordings, span)!.kinetic);
const all = (seconds: number): Line => [seconds, 2_000, 8_000];
const unknown = (seconds: number): Line => [seconds, null, null];

describe('a batch bounds its time by its extremes; what is left of the span is bounded by nothing', () => {
  test('all of the span', () => {
    const recordings = [log()];
    expect(courseOf(recordings, SPAN)).toEqual({
      recordings,
      readings: [
        { ms: 100_000, low: 2_000, high: 8_000 },
        { ms: 0, low: null, high: null },
      ],
      kinetic: [
        { ms: 100_000, low: 2_000, high: 8_000 },
        { ms: 0, low: null, high: null },
      ],
    });
  });
  test('only its own part, and only while the item was where it was', () => {
    expect(readings([log({}, [], DIRECT, [10, 40])])).toEqual([all(30), unknown(70)]);
    expect(readings([log({}, [], DIRECT, [-50, 150])])).toEqual([all(100), unknown(0)]);
    expect(readings([log({}, [], inside(20, 50, ['p']))])).toEqual([all(30), unknown(70)]);
  });
  test('its clock’s width is taken off at both ends, and nothing is left of a short one', () => {
    expect(readings([log({ clockOffsetMs: 5_000 })])).toEqual([all(90), unknown(10)]);
    expect(readings([log({ clockOffsetMs: -4_001 })])).toEqual([all(90), unknown(10)]);
    expect(readings([log({ clockOffsetMs: 50_000 })])).toEqual([unknown(100)]);
    expect(readings([log({ clockOffsetMs: 60_000 })])).toEqual([unknown(100)]);
  });
  test('one after another; a touch is no overlap, an overlap ends it', () => {
    const first = log({ max: 5_000 }, [], DIRECT, [0, 40]);
    const second = log({}, [], DIRECT, [40, 90]);
    expect(readings([first, second])).toEqual([[40, 2_000, 5_000], all(50), unknown(10)]);
    expect(readings([first, log({}, [], DIRECT, [39, 90])])).toBeNull();
  });
  test('batches that do not reach the span say nothing, and overlap nothing', () => {
    const [before, after] = [log({}, [], DIRECT, [-9, 0]), log({}, [], DIRECT, [100, 120])];
    expect(readings([before, log(), after])).toEqual([all(100), unknown(0)]);
    expect(readings([log({}, [], DIRECT, [-9, -1]), log(), log({}, [], DIRECT, [101, 120])])).toEqual([
      all(100),
      unknown(0),
    ]);
  });
  test('a batch without a sample tells nothing', () => {
    for (const over of [{ max: null }, { min: null }, { max: null, min: null }]) {
      expect(readings([log(over)])).toEqual([unknown(100)]);
    }
  });
});

describe('gaps', () => {
  const gaps = (...told: (readonly [number, number])[]): readonly Line[] | null =>
    readings([log({ gaps: told.map(([from, to]) => ({ from, to })) })]);
  test('are taken out', () => {
    expect(gaps([20, 30], [60, 65])).toEqual([all(20), all(30), all(35), unknown(15)]);
  });
  test('at the ends, and beyond them', () => {
    expect(gaps([-5, 10], [90, 120])).toEqual([all(80), unknown(20)]);
    expect(gaps([0, 10], [90, 100])).toEqual([all(80), unknown(20)]);
    expect(gaps([-5, -1], [110, 120])).toEqual([all(100), unknown(0)]);
    expect(gaps([-5, 0], [100, 110])).toEqual([all(100), unknown(0)]);
  });
  test('one within another, or beside it, is taken out once', () => {
    expect(gaps([10, 50], [20, 30], [50, 60])).toEqual([all(10), all(40), unknown(50)]);
  });
  test('all of it', () => {
    expect(gaps([0, 100])).toEqual([unknown(100)]);
  });
});

describe('readings that stand in the record', () => {
  const samples = [
    [0, 5_000],
    [30_000, 7_000],
    [60_000, 3_000, 9_000, 4_000],
  ];
  test('each stands until the next, the last to the end; several values bound it together', () => {
    expect(readings([log({ samples })])).toEqual([
      [30, 5_000, 5_000],
      [30, 7_000, 7_000],
      [40, 3_000, 9_000],
      unknown(0),
    ]);
  });
  test('only those of the span, from the one that stands when it begins', () => {
    expect(readings([log({ samples })], { from: 40, to: 70 })).toEqual([
      [20, 7_000, 7_000],
      [10, 3_000, 9_000],
      unknown(0),
    ]);
    expect(readings([log({ samples })], { from: 30, to: 60 })).toEqual([[30, 7_000, 7_000], unknown(0)]);
    expect(readings([log({ samples })], { from: 29, to: 31 })).toEqual([
      [1, 5_000, 5_000],
      [1, 7_000, 7_000],
      unknown(0),
    ]);
    expect(readings([log({ samples })], { from: 95, to: 100 })).toEqual([[5, 3_000, 9_000], unknown(0)]);
  });
  test('offsets count from the beginning of the batch', () => {
    expect(readings([log({ samples }, [], DIRECT, [50, 150])])).toEqual([
      [30, 5_000, 5_000],
      [20, 7_000, 7_000],
      unknown(50),
    ]);
  });
  test('what lies before the first is bounded by nothing', () => {
    expect(readings([log({ samples: [[10_000, 5_000]] })])).toEqual([
      [90, 5_000, 5_000],
      unknown(10),
      unknown(0),
    ]);
    expect(readings([log({ samples: [[60_000, 1_000]] })], { from: 0, to: 50 })).toEqual([
      unknown(50),
      unknown(0),
    ]);
  });
  test('of two at one time the later stands', () => {
    const twice = [
      [0, 5_000],
      [30_000, 1_000],
      [30_000, 2_000],
      [50_000, 6_000],
    ];
    expect(readings([log({ samples: twice })])).toEqual([
      [30, 5_000, 5_000],
      [20, 2_000, 2_000],
      [50, 6_000, 6_000],
      unknown(0),
    ]);
    expect(readings([log({ samples: twice })], { from: 30, to: 40 })).toEqual([
      [10, 2_000, 2_000],
      unknown(0),
    ]);
  });
  test('are found among many', () => {
    const many = Array.from({ length: 100 }, (_, i) => [i * 1000, i]);
    for (const from of [0, 1, 37, 63, 98]) {
      expect(readings([log({ samples: many })], { from, to: from + 1 })).toEqual([
        [1, from, from],
        unknown(0),
      ]);
    }
  });
  test('are no use where the clock is not right, unless all of the batch lies inside whatever it was', () => {
    const off = log({ samples, clockOffsetMs: 5_000 });
    expect(readings([off])).toEqual([all(90), unknown(10)]);
    expect(readings([off], { from: -5, to: 105 })).toEqual([
      [25, 5_000, 5_000],
      [30, 7_000, 7_000],
      [35, 3_000, 9_000],
      unknown(20),
    ]);
    expect(readings([off], { from: -4, to: 105 })).toEqual([all(90), unknown(19)]);
    expect(readings([off], { from: -5, to: 104 })).toEqual([all(90), unknown(19)]);
  });
});

describe('stretches that a device lists', () => {
  const stretch = (from: number, to: number, min: number | null, max: number | null): ExcursionFact =>
    excursionFact(`e${from}`, [from, to], { min, max });
  const over = (...excursions: ExcursionFact[]): readonly Line[] | null => readings([log({}, excursions)]);
  test('have their own figures where they give them; between them the extremes of all hold', () => {
    expect(over(stretch(60, 70, 1_000, null), stretch(20, 40, null, 9_000))).toEqual([
      all(20),
      [20, 2_000, 9_000],
      all(20),
      [10, 1_000, 8_000],
      all(30),
      unknown(0),
    ]);
  });
  test('from the first second, to the last, and beyond both', () => {
    expect(over(stretch(-10, 10, null, 9_000), stretch(90, 120, null, 9_500))).toEqual([
      [10, 2_000, 9_000],
      all(80),
      [10, 2_000, 9_500],
      unknown(0),
    ]);
    expect(over(stretch(-10, -5, null, 9_000), stretch(100, 120, null, 9_500))).toEqual([
      all(100),
      unknown(0),
    ]);
  });
  test('beside or over one another: no second counts twice', () => {
    expect(
      over(stretch(10, 30, null, 9_000), stretch(30, 40, null, 9_100), stretch(35, 50, 1_000, 9_200)),
    ).toEqual([all(10), [20, 2_000, 9_000], [10, 2_000, 9_100], [10, 1_000, 9_200], all(50), unknown(0)]);
    expect(over(stretch(10, 40, null, 9_000), stretch(20, 30, null, 9_900))).toEqual([
      all(10),
      [30, 2_000, 9_000],
      all(60),
      unknown(0),
    ]);
  });
});

describe('the stated mean', () => {
  const mean = { kineticMean: 5_000 };
  const stated: Line = [100, 4_999, 5_001];
  test('stands for a batch that lies inside as a whole, give or take a thousandth', () => {
    expect(kinetic([log(mean)])).toEqual([stated, unknown(0)]);
    expect(readings([log(mean)])).toEqual([all(100), unknown(0)]);
    expect(kinetic([log(mean, [], inside(0, 100, ['p']))])).toEqual([stated, unknown(0)]);
    expect(kinetic([log(mean, [], inside(null, null, ['p']))])).toEqual([stated, unknown(0)]);
  });
  test.each<[string, Recording, { readonly from: number; readonly to: number }, Line]>([
    ['begins before the span', log(mean), { from: 1, to: 100 }, all(99)],
    ['ends after it', log(mean), { from: 0, to: 99 }, all(99)],
    ['began before the item came in', log(mean, [], inside(1, null, ['p'])), SPAN, all(99)],
    ['went on when it was out', log(mean, [], inside(null, 99, ['p'])), SPAN, all(99)],
    ['has a clock that leaves it open', log({ ...mean, clockOffsetMs: 1 }), SPAN, all(98)],
  ])('not where the batch %s', (_, recording, span, expected) => {
    expect(kinetic([recording], span)[0]).toEqual(expected);
  });
  test('nor where its readings stand beside it', () => {
    expect(kinetic([log({ ...mean, samples: [[0, 4_000]] })])).toEqual([[100, 4_000, 4_000], unknown(0)]);
  });
  test('counts for the time that was recorded', () => {
    expect(kinetic([log({ ...mean, gaps: [{ from: 10, to: 20 }] })])).toEqual([
      [90, 4_999, 5_001],
      unknown(10),
    ]);
  });
});
