import { describe, expect, test } from 'vitest';
import { type Carried, Carrier, type Excluder, jointCounts } from '../../src/facts/carry.js';
import type { Custody } from '../../src/facts/custody.js';
import type { ConditionFact, CounterSignature, SealedFact } from '../../src/facts/fact.js';
import type { Placement } from '../../src/facts/placement.js';
import { ITEM } from './case-builder.js';
import { countFact, DIRECT, recordedFact, sealedFact } from './fact-builder.js';

/** Boundaries at 10, 20 and 30; nobody tells when the first interval began, nor when the last ended. */
function custody(records: readonly (readonly string[])[] = [[], [], []]): Custody {
  const times = [10, 20, 30];
  return {
    boundaries: times.map((time, position) => ({
      id: `b${position}`,
      position,
      time: { from: time, to: time },
      records: records[position]!,
    })),
    intervals: [null, ...times].map((from, index) => ({ index, time: { from, to: times[index] ?? null } })),
  } as unknown as Custody;
}

const log = recordedFact('log', [-1_000, 1_000]);
const RECORDED: Excluder = {
  by: 'recording',
  time: { pieces: [{ from: -1_000, to: 1_000, fact: log, way: DIRECT }], holes: [] },
};
function recordedOver(from: number, to: number): Excluder {
  return { by: 'recording', time: { pieces: [{ from, to, fact: log, way: DIRECT }], holes: [] } };
}

function placed(over: Partial<Placement>): Placement {
  return {
    fact: 'look#0',
    value: 'good',
    by: 'own-time',
    boundary: null,
    first: 1,
    last: 1,
    span: { from: 12, to: 14 },
    neutralOf: [],
    ...over,
  };
}
const at = (position: number): Placement =>
  placed({ boundary: `b${position}`, first: position, last: position + 1 });

type Steps = Iterable<readonly [number, readonly Carried[]]>;
const shown = (steps: Steps): readonly string[] =>
  [...steps].map(
    ([boundary, over]) =>
      `b${boundary}: ${over.map(({ interval, span }) => `${interval}[${span.from}-${span.to}]`).join(' ')}`,
  );
const forward = (from: Placement, excluder: Excluder = RECORDED): readonly string[] =>
  shown(new Carrier(custody(), excluder).forward(from));
const back = (from: Placement, excluder: Excluder = RECORDED): readonly string[] =>
  shown(new Carrier(custody(), excluder).back(from));

describe('a state at a boundary is carried over whole intervals', () => {
  test('to every later boundary', () => {
    expect(forward(at(0))).toEqual(['b1: 1[10-20]', 'b2: 1[10-20] 2[20-30]']);
    expect(forward(at(2))).toEqual([]);
  });
  test('and to every earlier one, the nearest first', () => {
    expect(back(at(2))).toEqual(['b1: 2[20-30]', 'b0: 1[10-20] 2[20-30]']);
    expect(back(at(0))).toEqual([]);
  });
  test('until something is not excluded', () => {
    expect(forward(at(0), recordedOver(0, 29))).toEqual(['b1: 1[10-20]']);
    expect(back(at(2), recordedOver(11, 40))).toEqual(['b1: 2[20-30]']);
    expect([forward(at(0), recordedOver(11, 99)), back(at(2), recordedOver(0, 29))]).toEqual([[], []]);
  });
  test('from one carrier as often as asked, and the lists do not change afterwards', () => {
    const carrier = new Carrier(custody(), RECORDED);
    const first = [...carrier.forward(at(0))];
    expect(shown(carrier.back(at(2)))).toEqual(['b1: 2[20-30]', 'b0: 1[10-20] 2[20-30]']);
    expect(shown(first)).toEqual(['b1: 1[10-20]', 'b2: 1[10-20] 2[20-30]']);
    expect(first[0]![1][0]!.parts).toEqual([{ span: { from: 10, to: 20 }, alternatives: [['log#0']] }]);
  });
});

describe('a state within an interval', () => {
  test('is carried from its own time on, and back from its own end', () => {
    expect(forward(placed({}))).toEqual(['b1: 1[12-20]', 'b2: 1[12-20] 2[20-30]']);
    expect(back(placed({}))).toEqual(['b0: 1[10-14]']);
    expect(back(placed({ first: 2, last: 2, span: { from: 22, to: 24 } }))).toEqual([
      'b1: 2[20-24]',
      'b0: 1[10-20] 2[20-24]',
    ]);
  });
  test('whose time lies outside is carried over no time, which has to be shown all the same', () => {
    expect(forward(placed({ span: { from: 25, to: 26 } }))[0]).toBe('b1: 1[20-20]');
    expect(forward(placed({ span: { from: 5, to: 6 } }))[0]).toBe('b1: 1[10-20]');
    expect(back(placed({ span: { from: 25, to: 26 } }))).toEqual(['b0: 1[10-20]']);
    expect(back(placed({ span: { from: 5, to: 6 } }))).toEqual(['b0: 1[10-10]']);
    expect(forward(placed({ span: { from: 25, to: 26 } }), recordedOver(0, 19))).toEqual([]);
  });
  test('of which nobody knows in which it lies, over the part of each that may be between', () => {
    const unsure = placed({ first: 1, last: 2, span: { from: 12, to: 24 } });
    expect(forward(unsure)).toEqual(['b1: 1[12-20]', 'b2: 1[12-20] 2[20-30]']);
    expect(back(unsure)).toEqual(['b1: 2[20-24]', 'b0: 1[10-20] 2[20-24]']);
    const late = placed({ first: 1, last: 2, span: { from: 22, to: 24 } });
    expect(forward(late)).toEqual(['b1: 1[20-20]', 'b2: 1[20-20] 2[22-30]']);
    const early = placed({ first: 1, last: 2, span: { from: 12, to: 14 } });
    expect(back(early)).toEqual(['b1: 2[20-20]', 'b0: 1[10-14] 2[20-20]']);
  });
  test('in the first or the last, whose other end nobody knows', () => {
    const first = placed({ first: 0, last: 0, span: { from: 3, to: 4 } });
    expect(forward(first)[0]).toBe('b0: 0[3-10]');
    expect(back(first)).toEqual([]);
    const last = placed({ first: 3, last: 3, span: { from: 33, to: 34 } });
    expect(forward(last)).toEqual([]);
    expect(back(last)[0]).toBe('b2: 3[30-34]');
  });
});

function sealed(words: readonly SealedFact[], broken: readonly SealedFact[] = []): Excluder {
  const word = (fact: SealedFact): { fact: SealedFact; way: typeof DIRECT } => ({ fact, way: DIRECT });
  return {
    by: 'seal',
    seals: new Map([['S1', { intact: words.map(word), broken: broken.map(word) }]]),
    counts: [],
  };
}
const alternatives = (steps: Steps): unknown =>
  [...steps].map(([boundary, over]) => [boundary, over.map(({ parts }) => parts[0]!.alternatives)]);

describe('a seal', () => {
  test('told in the records of both boundaries is on between them, whatever their clocks say', () => {
    const excluder = sealed([sealedFact('on', [15, 15], 'applied'), sealedFact('read', [15, 15], 'read')]);
    const given = custody([['on'], ['read'], []]);
    expect(alternatives(new Carrier(given, excluder).forward(at(0)))).toEqual([[1, [[['on#0', 'read#0']]]]]);
    expect(alternatives(new Carrier(custody(), excluder).forward(at(0)))).toEqual([]);
  });
  test('told in the record of the observation is on from there', () => {
    const excluder = sealed([sealedFact('look', [15, 15], 'read'), sealedFact('read', [18, 18], 'read')]);
    const given = custody([[], ['read'], []]);
    expect(alternatives(new Carrier(given, excluder).forward(placed({})))).toEqual([
      [1, [[['look#0', 'read#0']]]],
    ]);
    // It stands at the beginning of what follows the observation, not of the next interval as well.
    const unsure = placed({ first: 0, last: 1, span: { from: 5, to: 16 } });
    expect(alternatives(new Carrier(given, excluder).forward(unsure))).toEqual([
      [0, [[['look#0', 'read#0']]]],
    ]);
  });
  test('and back from there', () => {
    const excluder = sealed([sealedFact('on', [13, 13], 'applied'), sealedFact('look', [13, 13], 'read')]);
    expect(alternatives(new Carrier(custody([['on'], [], []]), excluder).back(placed({})))).toEqual([
      [0, [[['look#0', 'on#0']]]],
    ]);
    expect(
      alternatives(new Carrier(custody([['on'], [], []]), excluder).back(placed({ fact: 'x#0' }))),
    ).toEqual([]);
    const unsure = placed({ first: 1, last: 2, span: { from: 12, to: 24 } });
    const early = sealed([sealedFact('on', [9, 9], 'applied'), sealedFact('look', [15, 15], 'read')]);
    expect(alternatives(new Carrier(custody(), early).back(unsure))).toEqual([[1, [[['look#0', 'on#0']]]]]);
  });
});

function joint(
  name: string,
  extent: ConditionFact['extent'],
  over: Partial<ConditionFact> = {},
): ConditionFact {
  return countFact(name, extent, over);
}
const counted = (
  counts: readonly ConditionFact[],
  records: readonly (readonly string[])[],
  from: Placement = at(1),
): unknown =>
  alternatives(new Carrier(custody(records), { by: 'seal', seals: new Map(), counts }).forward(from));

describe('a count that both sides signed at each end', () => {
  const eight = { count: 8, of: 10 };
  test('and the same: nothing was lost in between', () => {
    expect(counted([joint('c1', eight), joint('c2', eight)], [[], ['c1'], ['c2']])).toEqual([
      [2, [[['c1#0', 'c2#0']]]],
    ]);
  });
  test('another number, or of another number, or at one end alone, shows nothing', () => {
    const records = [[], ['c1'], ['c2']];
    expect(counted([joint('c1', eight), joint('c2', { count: 7, of: 10 })], records)).toEqual([]);
    expect(counted([joint('c1', eight), joint('c2', { count: 8, of: 9 })], records)).toEqual([]);
    expect(counted([joint('c1', eight)], records)).toEqual([]);
  });
  test('without a number it says the same only where both say that nothing is missing', () => {
    const records = [[], ['c1'], ['c2']];
    const good = { value: 'good' as const };
    const pair = (a: ConditionFact, b: ConditionFact): boolean => (counted([a, b], records) as []).length > 0;
    expect(pair(joint('c1', null, good), joint('c2', null, good))).toBe(true);
    expect(pair(joint('c1', null, good), joint('c2', { count: 10, of: 10 }, good))).toBe(true);
    expect(pair(joint('c1', { count: 10, of: 10 }, good), joint('c2', null, good))).toBe(true);
    expect(pair(joint('c1', null), joint('c2', null, good))).toBe(false);
    expect(pair(joint('c1', null, good), joint('c2', null))).toBe(false);
    expect(pair(joint('c1', null), joint('c2', null))).toBe(false);
  });
  test('says nothing of a part of the interval', () => {
    const counts = [joint('c0', eight), joint('c1', eight)];
    const records = [['c0'], ['c1'], []];
    expect(counted(counts, records, at(0))).toEqual([[1, [[['c0#0', 'c1#0']]]]]);
    expect(counted(counts, records, placed({}))).toEqual([]);
    const backwards = (from: Placement): unknown =>
      alternatives(new Carrier(custody(records), { by: 'seal', seals: new Map(), counts }).back(from));
    expect(backwards(at(1))).toEqual([[0, [[['c0#0', 'c1#0']]]]]);
    expect(backwards(placed({}))).toEqual([]);
  });
  test('before the first boundary and after the last there is nothing to compare with', () => {
    expect(counted([joint('c1', eight)], [['c1'], [], []], placed({ first: 0, last: 0 }))).toEqual([]);
  });
  test('stands beside a seal, as another way', () => {
    const seals = sealed(
      [sealedFact('on', [15, 15], 'applied'), sealedFact('read', [25, 25], 'read')],
      [sealedFact('cut', [18, 18], 'broken', 'broken')],
    );
    const excluder = { ...seals, counts: [joint('c1', eight), joint('c2', eight)] } as Excluder;
    const given = custody([[], ['on', 'c1'], ['read', 'c2']]);
    expect([...new Carrier(given, excluder).forward(at(1))]).toEqual([
      [
        2,
        [
          {
            interval: 2,
            span: { from: 20, to: 30 },
            parts: [
              {
                span: { from: 20, to: 30 },
                alternatives: [
                  ['on#0', 'read#0'],
                  ['c1#0', 'c2#0'],
                ],
              },
            ],
            against: ['cut#0'],
          },
        ],
      ],
    ]);
  });
  test('more than sixteen at one end are not all compared', () => {
    const many = Array.from({ length: 17 }, (_, i) => joint(`c${String(i).padStart(2, '0')}`, eight));
    const names = many.map(({ prov }) => prov.records[0]!);
    const [[, [found]]] = counted([...many, joint('d', eight)], [[], names, ['d']]) as [
      [number, [unknown[]]],
    ];
    expect(found).toHaveLength(16);
  });
});

test('a joint count is of the quantity of the unit, and somebody agreed who looked at it', () => {
  const answer = (stance: CounterSignature['stance'], aspect = 'quantity'): CounterSignature => ({
    record: 'answer',
    by: 'B',
    stance,
    remark: null,
    scope: [{ aspect }],
    trusted: true,
    integrity: 'ok',
  });
  const fact = (
    name: string,
    counterSigned: readonly CounterSignature[],
    over: Partial<ConditionFact> = {},
  ): ConditionFact => countFact(name, null, over, { prov: { counterSigned } });
  const found = jointCounts(
    [
      fact('agreed', [answer('agree')]),
      fact('one of two', [answer('refuse'), answer('agree')]),
      fact('alone', []),
      fact('reserved', [answer('reserve')]),
      fact('not looked at', [answer('agree', 'fracture')]),
      fact('other aspect', [answer('agree')], { aspect: 'fracture' }),
      fact('other unit', [answer('agree')], { unit: 'lens' }),
    ],
    ITEM,
  );
  expect(found.map(({ id }) => id)).toEqual(['agreed#0', 'one of two#0']);
});
