import { describe, expect, test } from 'vitest';
import {
  bestOfEach,
  type Excluded,
  excludedByRecording,
  recordedTimeOf,
  waysToShow,
} from '../../src/facts/exclusion.js';
import type { Judged } from '../../src/facts/recordings.js';
import { DIRECT, inside, recordedFact, type Who } from './fact-builder.js';

type Out = readonly [fact: string, from: number, to: number];
interface More extends Who {
  readonly outs?: readonly Out[];
  readonly unusable?: Judged['unusable'];
  readonly way?: Judged['way'];
}

/** A batch that covers the pieces; `outs` stand out in it. */
function batch(
  name: string,
  pieces: readonly (readonly [number, number])[],
  { outs = [], unusable = null, way = DIRECT, ...who }: More = {},
): Judged {
  return {
    fact: recordedFact(name, [0, 100], {}, who),
    unusable,
    pieces: pieces.map(([from, to]) => ({ from, to })),
    recorded: [],
    standOuts: outs.map(([fact, from, to]) => ({ fact, from, to, verdict: 'beyond' })),
    widthS: 0,
    way,
  };
}

function excluded(span: readonly [number, number], ...judged: readonly Judged[]): Excluded | null {
  return excludedByRecording({ from: span[0], to: span[1] }, recordedTimeOf(judged));
}

/** `from-to: a | b` for every part. */
function parts(found: Excluded | null): readonly string[] | null {
  return (
    found?.parts.map(
      ({ alternatives, span }) =>
        `${span.from}-${span.to}: ${alternatives.map((ids) => ids.join('+').replaceAll('#0', '')).join(' | ')}`,
    ) ?? null
  );
}

describe('a span is clean where recordings without a hole between them show it', () => {
  test('one recording of all of it', () => {
    expect(excluded([0, 100], batch('a', [[0, 100]]))).toEqual({
      parts: [{ span: { from: 0, to: 100 }, alternatives: [['a#0']] }],
      against: [],
    });
  });
  test('one after another, each for its own part, in whatever order they come', () => {
    const [a, b, c] = [batch('a', [[0, 30]]), batch('b', [[30, 60]]), batch('c', [[60, 200]])];
    for (const order of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
    ]) {
      expect(parts(excluded([0, 100], ...order))).toEqual(['0-30: a', '30-60: b', '60-100: c']);
    }
  });
  test('several at once are alternatives, and only where they record', () => {
    expect(parts(excluded([0, 100], batch('b', [[40, 100]]), batch('a', [[-10, 100]])))).toEqual([
      '0-40: a',
      '40-100: a | b',
    ]);
    expect(parts(excluded([0, 100], batch('b', [[0, 40]]), batch('a', [[0, 100]])))).toEqual([
      '0-40: a | b',
      '40-100: a',
    ]);
  });
  test('a second that nobody recorded is a hole; so are a beginning and an end', () => {
    expect(
      parts(
        excluded(
          [0, 100],
          batch('a', [
            [0, 49],
            [50, 100],
          ]),
        ),
      ),
    ).toBeNull();
    expect(parts(excluded([0, 100], batch('a', [[1, 100]])))).toBeNull();
    expect(parts(excluded([0, 100], batch('a', [[0, 99]])))).toBeNull();
    expect(parts(excluded([0, 100], batch('a', [[101, 200]])))).toBeNull();
    expect(parts(excluded([0, 100]))).toBeNull();
  });
  test('what is recorded outside the span plays no part', () => {
    expect(
      parts(
        excluded([0, 100], batch('early', [[-50, -1]]), batch('late', [[101, 200]]), batch('a', [[0, 100]])),
      ),
    ).toEqual(['0-100: a']);
  });
  test('a single second', () => {
    expect(parts(excluded([5, 5], batch('a', [[5, 5]]), batch('b', [[0, 4]])))).toEqual(['5-5: a']);
  });
  test('a recording that shows nothing for another reason shows nothing here', () => {
    expect(parts(excluded([0, 100], batch('a', [[0, 100]], { unusable: 'mount' })))).toBeNull();
  });
});

describe('what stands out in a recording', () => {
  const clean = batch('a', [[0, 100]], { by: 'A' });
  test('takes its signer’s word away there, and speaks against the others', () => {
    const found = excluded([0, 100], clean, batch('b', [[0, 100]], { by: 'B', outs: [['out', 10, 90]] }));
    expect(parts(found)).toEqual(['0-100: a']);
    expect(found!.against).toEqual(['out']);
  });
  test('leaves the signer’s word elsewhere: from the next stretch on that it does not touch', () => {
    const found = excluded(
      [0, 100],
      clean,
      batch('b', [[0, 100]], { by: 'B', outs: [['out', 10, 20]] }),
      batch('c', [[50, 100]], { by: 'C' }),
      batch('d', [[0, 100]], { by: 'D', outs: [['late', 80, 90]] }),
    );
    expect(parts(found)).toEqual(['0-50: a | d', '50-100: a | b | c']);
    expect(found!.against).toEqual(['late', 'out']);
  });
  test('of the only signer leaves nothing, in whichever of its recordings it is', () => {
    expect(parts(excluded([0, 100], batch('a', [[0, 100]], { outs: [['out', 50, 50]] })))).toBeNull();
    expect(
      parts(
        excluded(
          [0, 100],
          batch('a', [[0, 100]], { by: 'A' }),
          batch('b', [], { by: 'A', outs: [['out', 50, 50]] }),
        ),
      ),
    ).toBeNull();
  });
  test('before or after the span does not matter; in its first or last second it does', () => {
    const at = (from: number, to: number): readonly string[] | null =>
      parts(excluded([10, 90], batch('a', [[0, 100]], { outs: [['out', from, to]] })));
    expect([at(0, 9), at(91, 99)]).toEqual([['10-90: a'], ['10-90: a']]);
    expect([at(0, 10), at(90, 99)]).toEqual([null, null]);
  });
  test('in one batch without a pause goes by its first fact; in another batch by its own', () => {
    const outs: Out[] = [
      ['o4', 18, 30],
      ['o2', 12, 15],
      ['o5', 60, 70],
      ['o1', 10, 20],
      ['o3', 10, 21],
      ['o6', 70, 75],
      ['o7', 90, 95],
    ];
    const found = excluded(
      [0, 100],
      clean,
      batch('b', [[0, 100]], { by: 'B', outs }),
      batch('c', [[0, 100]], { by: 'B', outs: [['p1', 94, 99]] }),
    );
    expect(found!.against).toEqual(['o1', 'o5', 'o7', 'p1']);
  });
  test('of two that begin in one second the shorter is the first, of equal ones that with the first id', () => {
    const first = (...outs: Out[]): readonly string[] =>
      excluded([0, 100], clean, batch('b', [[0, 100]], { by: 'B', outs }))!.against;
    expect(first(['a', 10, 30], ['b', 10, 20])).toEqual(['b']);
    expect(first(['d', 10, 20], ['c', 10, 20])).toEqual(['c']);
  });
});

describe('where somebody puts the item elsewhere', () => {
  const contested = inside(0, 100, ['pack'], [['other', 40, 60]]);
  test('a recording that nobody disputes is taken alone for that time', () => {
    const found = excluded(
      [0, 100],
      batch('a', [[0, 100]]),
      batch('b', [[0, 100]], { by: 'B', way: contested }),
      batch('c', [[20, 100]]),
    );
    expect(parts(found)).toEqual(['0-20: a | b+pack', '20-100: a | c']);
    expect(found!.against).toEqual([]);
  });
  test('else the disputed one is taken, with the word against it', () => {
    const found = excluded([0, 100], batch('b', [[0, 100]], { by: 'B', way: contested }));
    expect(parts(found)).toEqual(['0-100: b+pack']);
    expect(found!.against).toEqual(['other#0']);
  });
  test('an objection without an end lasts to the end of the span', () => {
    const endless = inside(0, null, ['pack'], [['other', 40, null]]);
    const found = excluded([0, 100], batch('b', [[0, 100]], { by: 'B', way: endless }));
    expect([parts(found), found!.against]).toEqual([['0-100: b+pack'], ['other#0']]);
  });
});

describe('ways to show one thing', () => {
  const time = { from: 0, to: 10 };
  test('each fact with the packings by which it concerns the item, at most four ways a fact', () => {
    const b = recordedFact('b', [0, 10]);
    const a = recordedFact('a', [0, 10]);
    const ways = ['p5', 'p1', 'p4', 'p2', 'p3'].map((name) => ({ fact: b, way: inside(0, 10, [name]) }));
    expect(waysToShow([...ways, { fact: a, way: DIRECT }], time)).toEqual({
      alternatives: [['a#0'], ['b#0', 'p1#0'], ['b#0', 'p2#0'], ['b#0', 'p4#0'], ['b#0', 'p5#0']],
      objections: [],
    });
  });
  test('those that nobody disputes at the time, else all with what is said against them', () => {
    const fact = recordedFact('a', [0, 10]);
    const disputed = inside(0, 10, ['p1'], [['no', 5, 6]]);
    const elsewhere = inside(0, 10, ['p2'], [['later', 11, 20]]);
    expect(
      waysToShow(
        [
          { fact, way: disputed },
          { fact, way: elsewhere },
        ],
        time,
      ),
    ).toEqual({ alternatives: [['a#0', 'p2#0']], objections: [] });
    expect(waysToShow([{ fact, way: disputed }], time)).toEqual({
      alternatives: [['a#0', 'p1#0']],
      objections: ['no#0'],
    });
  });
});

test('the best of each signer come by id, each once, whoever was proven first', () => {
  const late = recordedFact('a', [0, 1], {}, { by: 'S', prov: { madeAt: { lower: null, upper: 9 } } });
  const early = recordedFact('b', [0, 1], {}, { by: 'S', prov: { madeAt: { lower: null, upper: 3 } } });
  expect(bestOfEach([early, late, early]).map(({ id }) => id)).toEqual(['a#0', 'b#0']);
  expect(bestOfEach([early, late]).map(({ id }) => id)).toEqual(['a#0', 'b#0']);
});
