import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { Enclosed, Enclosure } from '../../src/facts/enclosing.js';
import type { ExcursionFact, Fact, RecordedFact } from '../../src/facts/fact.js';
import { type ClimateLimit, type LimitSource, NO_LIMITS } from '../../src/facts/limits.js';
import {
  clockWidth,
  contestedBy,
  edgesOf,
  type Harm,
  isTooMuch,
  type Judged,
  judge,
  type Recording,
  recordingsOf,
} from '../../src/facts/recordings.js';
import type { ShockLimit } from '../../src/facts/shock-limit.js';
import { ITEM } from './case-builder.js';
import { DIRECT, excursionFact, inside, recordedFact } from './fact-builder.js';

function log(
  over: Partial<RecordedFact>,
  excursions: readonly ExcursionFact[] = [],
  way = DIRECT,
): Recording {
  return { fact: recordedFact('log', [0, 100], over), excursions, way };
}
const shockLimits = (...shock: ShockLimit[]): LimitSource => ({ ...NO_LIMITS, shock });
const climateLimits = (...climate: Partial<ClimateLimit>[]): LimitSource => ({
  ...NO_LIMITS,
  climate: climate.map((one) => ({ minMilliC: null, maxMilliC: null, maxRhPermille: null, ...one })),
});
const LIMIT: ShockLimit = { axis: 'z', maxPeakMilliG: 60_000, maxDeltaVUmPerS: 2_000_000 };

const said = ({ standOuts, unusable }: Judged): readonly unknown[] => [
  unusable,
  ...standOuts.map(({ fact, from, to, verdict }) => `${fact} ${verdict} ${from}-${to}`),
];
function shocks(
  over: Partial<RecordedFact>,
  excursions: readonly ExcursionFact[],
  source: LimitSource = NO_LIMITS,
  known: readonly LimitSource[] = [],
): readonly unknown[] {
  return said(judge(log(over, excursions), 'shock', source, known));
}
const blow = (name: string, peak: number, deltaV: number | null = 3_000_000, axis = 'z'): ExcursionFact =>
  excursionFact(name, [50, 50], { peak, deltaVUmPerS: deltaV, axis });

describe('a blow', () => {
  test('is listed where no limit is stated, beyond where it is past both figures, unknown where that is open', () => {
    expect(shocks({ max: 70_000 }, [blow('a', 70_000)])).toEqual([null, 'a#0 listed 50-50']);
    expect(shocks({ max: 70_000 }, [blow('a', 70_000)], shockLimits(LIMIT))).toEqual([
      null,
      'a#0 beyond 50-50',
    ]);
    expect(shocks({ max: 70_000 }, [blow('a', 70_000, null)], shockLimits(LIMIT))).toEqual([
      null,
      'a#0 unknown 50-50',
    ]);
    expect(shocks({ max: 70_000 }, [blow('a', 70_000, 1_000_000)], shockLimits(LIMIT))).toEqual([null]);
  });
  test('with no blow nothing stands out', () => {
    expect(shocks({}, [], shockLimits(LIMIT))).toEqual([null]);
  });
});

describe('what makes a recording of shocks show nothing', () => {
  test('a trigger above the limit; any trigger where no limit is stated', () => {
    const trigger = (at: number, source: LimitSource): unknown =>
      shocks({ triggeredAboveMilliG: at }, [], source)[0];
    expect(trigger(60_000, shockLimits(LIMIT))).toBeNull();
    expect(trigger(60_001, shockLimits(LIMIT))).toBe('threshold');
    expect(trigger(1, NO_LIMITS)).toBe('threshold');
    expect(trigger(0, NO_LIMITS)).toBe('threshold');
  });
  test('no sample: of a continuous recording, not of a trigger that nothing set off', () => {
    expect(shocks({ max: null }, [], shockLimits(LIMIT))).toEqual(['gap']);
    expect(shocks({ min: null }, [], shockLimits(LIMIT))).toEqual(['gap']);
    expect(shocks({ max: null, min: null, triggeredAboveMilliG: 10 }, [], shockLimits(LIMIT))).toEqual([
      null,
    ]);
  });
  test('a peak past the limit that no listed blow accounts for, up or down', () => {
    const limits = shockLimits(LIMIT);
    expect(shocks({ max: 60_000 }, [], limits)).toEqual([null]);
    expect(shocks({ max: 60_001 }, [], limits)).toEqual(['unjudged']);
    expect(shocks({ min: -60_001 }, [], limits)).toEqual(['unjudged']);
    expect(shocks({ max: 70_000 }, [blow('a', 69_999, 1)], limits)).toEqual(['unjudged']);
    expect(shocks({ max: 70_000 }, [blow('a', -70_000, 1), blow('b', 10, 1)], limits)).toEqual([null]);
  });
  test('by the limits of others where this one states none', () => {
    expect(shocks({ max: 60_001 }, [], NO_LIMITS, [NO_LIMITS])).toEqual([null]);
    expect(shocks({ max: 60_001 }, [], NO_LIMITS, [NO_LIMITS, shockLimits(LIMIT)])).toEqual(['unjudged']);
    expect(
      shocks({ max: 60_001 }, [], shockLimits({ ...LIMIT, maxPeakMilliG: 70_000 }), [shockLimits(LIMIT)]),
    ).toEqual([null]);
  });
  test('a device that is not at the unit shows nothing, and nothing stands out in it', () => {
    for (const mount of ['pallet', 'vehicle', 'unknown']) {
      expect(shocks({ mount, max: 70_000 }, [blow('a', 70_000)])).toEqual(['mount']);
    }
    expect(shocks({ mount: 'product', location: null, max: 70_000 }, [blow('a', 70_000)])).toEqual([
      null,
      'a#0 listed 50-50',
    ]);
  });
});

const warm = (
  name: string,
  figures: { readonly min?: number; readonly max?: number },
  time: readonly [number, number] = [20, 30],
): ExcursionFact =>
  excursionFact(name, time, {
    peak: figures.max ?? figures.min ?? 0,
    min: figures.min ?? null,
    max: figures.max ?? null,
  });
function climate(
  harm: Harm,
  over: Partial<RecordedFact>,
  excursions: readonly ExcursionFact[],
  source: LimitSource,
  known: readonly LimitSource[] = [],
): readonly unknown[] {
  return said(judge(log(over, excursions), harm, source, known));
}

describe('a climate recording', () => {
  const limits = climateLimits({ minMilliC: 2_000, maxMilliC: 8_000 });
  test('within the limit shows that all was well, whatever the device lists', () => {
    expect(climate('heat', { min: 2_000, max: 8_000 }, [warm('a', { max: 7_000 })], limits)).toEqual([null]);
    expect(climate('cold', { min: 2_000, max: 99_000 }, [], limits)).toEqual([null]);
  });
  test('past it stands out where the device lists it', () => {
    const listed = [
      warm('a', { max: 9_000 }),
      warm('b', { max: 8_000 }, [40, 50]),
      warm('c', { max: 8_500 }, [60, 70]),
    ];
    expect(climate('heat', { min: 3_000, max: 9_000 }, listed, limits)).toEqual([
      'unjudged',
      'a#0 beyond 20-30',
      'c#0 beyond 60-70',
    ]);
    expect(
      climate(
        'cold',
        { min: 1_000, max: 9_000 },
        [warm('a', { min: 1_000 }), warm('b', { min: 2_000 })],
        limits,
      ),
    ).toEqual(['unjudged', 'a#0 beyond 20-30']);
  });
  test('past it at a time that no list tells of stands out somewhere in all of it', () => {
    expect(climate('heat', { min: 3_000, max: 9_000 }, [], limits)).toEqual([
      'unjudged',
      'log#0 beyond 0-100',
    ]);
    expect(climate('heat', { min: 3_000, max: 9_000 }, [warm('a', { max: 8_999 })], limits)).toEqual([
      'unjudged',
      'a#0 beyond 20-30',
      'log#0 beyond 0-100',
    ]);
    expect(climate('cold', { min: 1_000, max: 9_000 }, [warm('a', { min: 1_001 })], limits)).toEqual([
      'unjudged',
      'a#0 beyond 20-30',
      'log#0 beyond 0-100',
    ]);
  });
  test('one figure of a listed stretch stands for the other', () => {
    expect(climate('heat', { min: 3_000, max: 9_000 }, [warm('a', { min: 9_000 })], limits)).toEqual([
      'unjudged',
      'a#0 beyond 20-30',
    ]);
    expect(climate('cold', { min: 1_000, max: 9_000 }, [warm('a', { max: 1_000 })], limits)).toEqual([
      'unjudged',
      'a#0 beyond 20-30',
    ]);
  });
  test('without a limit all that the device lists stands out, and it shows nothing if it is past another’s', () => {
    const listed = [warm('a', { max: 9_000 })];
    expect(climate('heat', { min: 0, max: 9_000 }, listed, NO_LIMITS)).toEqual([null, 'a#0 listed 20-30']);
    expect(climate('heat', { min: 0, max: 9_000 }, listed, NO_LIMITS, [NO_LIMITS, limits])).toEqual([
      'unjudged',
      'a#0 listed 20-30',
    ]);
    expect(climate('heat', { min: 0, max: 8_000 }, [], NO_LIMITS, [limits])).toEqual([null]);
    expect(climate('wet', { min: 0, max: 9_000 }, [], limits, [limits])).toEqual([null]);
  });
  test('without a sample it is a gap', () => {
    for (const over of [{ max: null }, { min: null }, { max: null, min: null }]) {
      expect(climate('heat', over, [warm('a', { max: 9_000 })], limits)).toEqual(['gap']);
    }
  });
  test('has to be in the unit or its package: a probe at the trailer’s front says nothing of its rear', () => {
    const at = (location: string | null): unknown =>
      climate('heat', { location, max: 0, min: 0 }, [], limits);
    expect(['unit', 'package', 'front', null].map(at)).toEqual([[null], [null], ['location'], ['location']]);
    expect(climate('heat', { location: 'front', max: 9_000 }, [], limits)).toEqual(['location']);
  });
});

describe('the time that a batch surely covers', () => {
  const stretches = (over: Partial<RecordedFact>, way: Enclosed = DIRECT): readonly string[] =>
    judge(log(over, [], way), 'shock', NO_LIMITS, []).recorded.map(({ from, to }) => `${from}-${to}`);
  test('is less by its clock’s width at both ends and at every gap', () => {
    expect(stretches({ clockOffsetMs: 4_001 })).toEqual(['5-95']);
    expect(stretches({ clockOffsetMs: -5_000, gaps: [{ from: 40, to: 50 }] })).toEqual(['5-35', '55-95']);
    expect(stretches({ clockOffsetMs: 50_000 })).toEqual(['50-50']);
    expect(stretches({ clockOffsetMs: 51_000 })).toEqual([]);
  });
  test('has gaps taken out, at the ends as well', () => {
    expect(
      stretches({
        gaps: [
          { from: 0, to: 10 },
          { from: 90, to: 100 },
        ],
      }),
    ).toEqual(['0-0', '10-90', '100-100']);
    expect(
      stretches({
        gaps: [
          { from: -5, to: 10 },
          { from: 20, to: 120 },
        ],
      }),
    ).toEqual(['10-20']);
    expect(
      stretches({
        gaps: [
          { from: 10, to: 50 },
          { from: 20, to: 30 },
        ],
      }),
    ).toEqual(['0-10', '50-100']);
    expect(stretches({ gaps: [{ from: 110, to: 120 }] })).toEqual(['0-100']);
  });
  test('is that in which the item was where the device was', () => {
    expect(stretches({}, inside(20, null, ['p']))).toEqual(['20-100']);
    expect(stretches({}, inside(null, 40, ['p']))).toEqual(['0-40']);
    expect(stretches({}, inside(101, 140, ['p']))).toEqual([]);
  });
  test('counts while its calibration holds', () => {
    const pieces = (calibration: RecordedFact['prov']['calibration'] | undefined): unknown => {
      const fact = recordedFact('log', [0, 100], {}, { prov: { calibration: calibration ?? null } });
      return judge({ fact, excursions: [], way: DIRECT }, 'shock', NO_LIMITS, []).pieces;
    };
    expect(pieces({ from: 10, to: 50 })).toEqual([{ from: 10, to: 50 }]);
    expect(pieces({ from: null, to: 50 })).toEqual([{ from: 0, to: 50 }]);
    expect(pieces({ from: 101, to: null })).toEqual([]);
    expect(pieces(null)).toEqual([]);
  });
});

describe('what the item met of a blow', () => {
  const met = (way: Enclosed, over: Partial<RecordedFact> = {}): readonly unknown[] =>
    said(judge(log({ max: 70_000, ...over }, [blow('a', 70_000)], way), 'shock', NO_LIMITS, []));
  test('all of it where it was inside before and after; it may be that of the second in which it left', () => {
    expect(met(inside(49, 51, ['p']))).toEqual([null, 'a#0 listed 50-50']);
    expect(met(inside(49, 50, ['p']))).toEqual([null, 'a#0 listed 50-50']);
    expect(met(inside(null, null, ['p']))).toEqual([null, 'a#0 listed 50-50']);
  });
  test('nobody knows in the second in which it came', () => {
    expect(met(inside(50, 90, ['p']))).toEqual([null, 'a#0 unknown 50-50']);
  });
  test('nothing before it came and after it left', () => {
    expect(met(inside(51, 90, ['p']))).toEqual([null]);
    expect(met(inside(0, 49, ['p']))).toEqual([null]);
  });
  test('of a blow whose time is not sure, what lies in its time there, and nobody knows', () => {
    const off = { clockOffsetMs: 10_000 };
    expect(met(inside(39, 60, ['p']), off)).toEqual([null, 'a#0 listed 40-60']);
    expect(met(inside(39, 59, ['p']), off)).toEqual([null, 'a#0 unknown 40-59']);
    expect(met(inside(45, null, ['p']), off)).toEqual([null, 'a#0 unknown 45-60']);
  });
});

test('whose word puts the item elsewhere, of the time asked for', () => {
  const way = inside(
    0,
    100,
    ['p'],
    [
      ['z', 0, 20],
      ['b', 10, null],
      ['c', 60, 70],
    ],
  );
  expect(contestedBy({ way }, { from: 15, to: 50 })).toEqual(['b#0', 'z#0']);
  expect(contestedBy({ way: DIRECT }, { from: 15, to: 50 })).toEqual([]);
});

test('a clock’s width is whole seconds, rounded up, and no number is too large', () => {
  const width = (clockOffsetMs: number): number => clockWidth(recordedFact('a', [0, 1], { clockOffsetMs }));
  expect([0, 1, -1, 1_000, -1_001].map(width)).toEqual([0, 1, 1, 1, 2]);
  expect(width(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_254_741);
});

test('the recordings of a harm are those of its quantity, by every way in which the item was there meanwhile', () => {
  const ways: Readonly<Record<string, readonly Enclosed[]>> = {
    [ITEM]: [DIRECT],
    box: [inside(0, 10, ['p1']), inside(50, 60, ['p2']), inside(101, 120, ['p3'])],
  };
  const records: readonly Fact[] = [
    recordedFact('a', [0, 100], { attachedTo: 'box' }),
    recordedFact('b', [0, 100], { quantity: 'temperature' }),
    recordedFact('c', [0, 100]),
    recordedFact('d', [0, 100], { attachedTo: 'truck' }),
    excursionFact('x', [5, 5], { batch: 'c#0' }),
    excursionFact('y', [6, 6], { batch: 'c#0' }),
  ];
  const facts = {
    of: (predicate: string) => records.filter((fact) => fact.predicate === predicate),
  } as unknown as CaseFacts;
  const enclosure = { times: (sub: string) => ways[sub] ?? [] } as unknown as Enclosure;
  const found = (harm: Harm): unknown =>
    recordingsOf(facts, enclosure, harm).map(({ excursions, fact, way }) => [
      fact.id,
      way.via.join(),
      excursions.map(({ id }) => id).join(),
    ]);
  expect(found('shock')).toEqual([
    ['a#0', 'p1#0', ''],
    ['a#0', 'p2#0', ''],
    ['c#0', '', 'x#0,y#0'],
  ]);
  expect([found('heat'), found('cold'), found('wet')]).toEqual([[['b#0', '', '']], [['b#0', '', '']], []]);
});

test('how much there is to look at grows with beginnings, gaps and blows, with recordings, and with limits', () => {
  const gaps = [{ from: 1, to: 2 }];
  const one = log({ gaps }, [blow('a', 1), blow('b', 1)]);
  expect([edgesOf([]), edgesOf([one]), edgesOf([one, log({})])]).toEqual([0, 4, 5]);
  const many = Array.from({ length: 1_000 }, () => log({ gaps }, [blow('a', 1), blow('b', 1)]));
  expect([isTooMuch(many, 1), isTooMuch(many, 2), isTooMuch([], 99)]).toEqual([false, true, false]);
});
