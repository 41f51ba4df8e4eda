import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { enclosing, objectionsIn, overlap } from '../../src/facts/enclosing.js';
import type { AggregatedFact } from '../../src/facts/fact.js';
import { staysOf } from '../../src/facts/stays.js';
import { aggregatedFact } from './fact-builder.js';

type Facts = Pick<CaseFacts, 'of'>;
const given = (...told: AggregatedFact[]): Facts => ({ of: () => told }) as unknown as Facts;
const name = (text: string): string => text.replaceAll('#0', '');

function move(
  action: 'pack' | 'unpack',
): (id: string, instant: number, parent?: string, child?: string, by?: string) => AggregatedFact {
  return (id, instant, parent = 'box', child = 'item', by = 'W') =>
    aggregatedFact(id, instant, { action, parent, child }, { by });
}
const pack = move('pack');
const unpack = move('unpack');

/** `container[from-to] by packing, against: who[from-to]`. */
function stays(...told: AggregatedFact[]): readonly string[] {
  const { complete, of } = staysOf(given(...told));
  expect(complete).toBe(true);
  return [...of.values()].flat().map(({ child, from, objections, packed, parent, to }) => {
    const against = objections.map((one) => ` -${name(one.fact.id)}[${one.from}-${one.to}]`).join('');
    return `${child} in ${parent}[${from}-${to}] by ${name(packed.id)}${against}`;
  });
}
function doubts(...told: AggregatedFact[]): readonly unknown[] {
  return staysOf(given(...told)).remarks.map(({ code, records, signers }) => [
    code,
    records.join(),
    signers.join(),
  ]);
}

describe('stays', () => {
  test('in order of time, whatever order they are told in', () => {
    const told = [pack('p2', 10), unpack('u2', 15), pack('p1', 1), unpack('u1', 5), pack('q', 6, 'bag')];
    const expected = ['item in box[1-5] by p1', 'item in bag[6-null] by q', 'item in box[10-15] by p2'];
    const alone = told.filter(({ parent }) => parent === 'box');
    expect(stays(...alone)).toEqual([expected[0], expected[2]]);
    expect(stays(...alone.reverse())).toEqual([expected[0], expected[2]]);
  });
  test('nothing lies in itself', () => {
    expect(stays(pack('p', 1, 'item'))).toEqual([]);
    expect(doubts(pack('p', 1, 'item'))).toEqual([]);
  });
  test('of one packing told twice, the latest of each signer, and the other’s word against it', () => {
    expect(stays(pack('a', 1, 'box', 'item', 'X'), pack('b', 4, 'box', 'item', 'Y'), unpack('u', 9))).toEqual(
      ['item in box[1-9] by a -b[1-4]', 'item in box[4-9] by b'],
    );
    expect(stays(pack('a', 1), pack('b', 4), unpack('u', 9))).toEqual(['item in box[4-9] by b']);
    expect(doubts(pack('a', 1), pack('b', 4), unpack('u', 9))).toEqual([
      ['facts.aggregation-contradiction', 'a,b,u', 'W'],
    ]);
  });
  test('of one unpacking told twice: the last, but the first of whoever packed it or told the last', () => {
    const x = (id: string, instant: number, by: string): AggregatedFact =>
      unpack(id, instant, 'box', 'item', by);
    expect(stays(pack('p', 1), x('u1', 5, 'X'), x('u2', 9, 'Y'))).toEqual(['item in box[1-9] by p -u1[5-9]']);
    expect(stays(pack('p', 1), x('u1', 5, 'W'), x('u2', 9, 'Y'))).toEqual(['item in box[1-5] by p']);
    expect(stays(pack('p', 1), x('u1', 5, 'Y'), x('u2', 9, 'Y'))).toEqual(['item in box[1-5] by p']);
    expect(doubts(pack('p', 1), x('u1', 5, 'X'), x('u2', 9, 'Y'))).toEqual([
      ['facts.aggregation-contradiction', 'p,u1,u2', 'W,X,Y'],
    ]);
    expect(doubts(pack('p', 1), x('u1', 9, 'X'), x('u2', 9, 'Y'))).toEqual([]);
  });
  test('an unpacking of what nobody packed is no stay, and is disclosed', () => {
    expect(stays(unpack('u', 5))).toEqual([]);
    expect(doubts(unpack('u', 5))).toEqual([['facts.unpacked-only', 'u', 'W']]);
  });
  test('in the second in which it comes out and goes in again, it comes out first', () => {
    expect(stays(pack('p1', 1), unpack('u', 5), pack('p2', 5))).toEqual([
      'item in box[1-5] by p1',
      'item in box[5-null] by p2',
    ]);
    expect(stays(pack('p', 5), unpack('u', 5))).toEqual(['item in box[5-5] by p']);
  });
});

describe('two containers at once', () => {
  const x = pack('p', 0, 'box', 'item', 'X');
  test('of two signers: each speaks against the other while they overlap', () => {
    const told = [x, unpack('u', 10, 'box', 'item', 'X'), pack('q', 4, 'bag', 'item', 'Y')];
    expect(stays(...told)).toEqual([
      'item in box[0-10] by p -q[4-null]',
      'item in bag[4-null] by q -p[0-10]',
    ]);
    expect(doubts(...told)).toEqual([['facts.two-containers', 'p,q', 'X,Y']]);
  });
  test('objections come in order of time, then of their ids', () => {
    const told = [
      x,
      pack('d', 7, 'bag', 'item', 'Y'),
      pack('c', 3, 'can', 'item', 'Z'),
      pack('b', 7, 'tin', 'item', 'V'),
    ];
    expect(stays(...told)[0]).toBe('item in box[0-null] by p -c[3-null] -b[7-null] -d[7-null]');
  });
  test('those of another packing of the same container among them', () => {
    const told = [
      pack('p', 2, 'box', 'item', 'X'),
      pack('later', 8, 'box', 'item', 'Y'),
      pack('q', 1, 'bag', 'item', 'Z'),
    ];
    expect(stays(...told)[1]).toBe('item in box[2-null] by p -q[1-null] -later[2-8]');
  });
  test('of one signer: it is believed in neither while they overlap', () => {
    const both = (from: number, to: number | null): readonly string[] =>
      stays(
        pack('p', 0),
        unpack('u', 10),
        pack('q', from, 'bag'),
        ...(to === null ? [] : [unpack('v', to, 'bag')]),
      );
    expect(both(4, 6)).toEqual(['item in box[0-4] by p', 'item in box[6-10] by p']);
    expect(both(4, null)).toEqual(['item in box[0-4] by p', 'item in bag[10-null] by q']);
    expect(both(4, 10)).toEqual(['item in box[0-4] by p']);
    expect(both(0, 10)).toEqual([]);
  });
  test('one after another, in one and the same second, is no overlap', () => {
    expect(stays(pack('p', 0), unpack('u', 10), pack('q', 10, 'bag'))).toEqual([
      'item in box[0-10] by p',
      'item in bag[10-null] by q',
    ]);
    expect(doubts(pack('p', 0), unpack('u', 10), pack('q', 10, 'bag'))).toEqual([]);
  });
  test('one of which lies in the other, at whatever depth, are none', () => {
    const pallet = pack('r', 0, 'pallet', 'box', 'X');
    const ship = pack('s', 0, 'ship', 'pallet', 'X');
    expect(doubts(x, pack('q', 4, 'ship', 'item', 'Y'), pallet, ship)).toEqual([]);
    expect(doubts(x, pack('q', 4, 'ship', 'item', 'Y'), pallet)).toEqual([
      ['facts.two-containers', 'p,q', 'X,Y'],
    ]);
  });
  test('containers that hold one another are looked at once each', () => {
    const ring = [pack('r1', 0, 'bag', 'box', 'X'), pack('r2', 0, 'box', 'bag', 'X')];
    expect(doubts(x, pack('q', 4, 'can', 'item', 'Y'), ...ring)).toEqual([
      ['facts.two-containers', 'p,q', 'X,Y'],
    ]);
  });
});

test('a thing that is packed more often than can be weighed is not, and nothing is said of it', () => {
  const often = (count: number): readonly unknown[] => {
    const told = Array.from({ length: count }, (_, i) => [
      pack(`p${i}`, i * 2),
      unpack(`u${i}`, i * 2 + 1),
    ]).flat();
    const { complete, of } = staysOf(given(...told));
    return [complete, of.get('item')?.length ?? 0];
  };
  expect([often(128), often(129)]).toEqual([
    [true, 128],
    [false, 0],
  ]);
});

describe('the ways in which the item was in a subject', () => {
  const told = [
    pack('p2', 20),
    unpack('u2', 30),
    pack('p1', 1),
    unpack('u1', 10),
    pack('r', 5, 'pallet', 'box'),
    unpack('v', 25, 'pallet', 'box'),
  ];
  const enclosure = enclosing(given(...told), 'item');
  const ways = (sub: string): readonly string[] =>
    enclosing(given(...told), 'item')
      .times(sub)
      .map(({ from, to, via }) => `${from}-${to} ${name(via.join())}`);
  test('are those of the packings, in order of time, and of all containers around for the time of both', () => {
    expect(ways('box')).toEqual(['1-10 p1', '20-30 p2']);
    expect(ways('pallet')).toEqual(['5-10 p1,r', '20-25 p2,r']);
    expect([ways('item'), ways('ship')]).toEqual([['null-null '], []]);
  });
  test('of one time come by their packings', () => {
    const same = [pack('b', 1, 'box', 'item', 'X'), pack('a', 1, 'box', 'item', 'Y')];
    expect(
      enclosing(given(...same), 'item')
        .times('box')
        .map(({ via }) => name(via.join())),
    ).toEqual(['a', 'b']);
  });
  const at = (from: number | null, to: number | null): { from: number | null; to: number | null } => ({
    from,
    to,
  });
  test('tell whether it was there surely', () => {
    const { concerns } = enclosing(given(...told), 'item');
    expect([concerns('box', at(1, 10)), concerns('box', at(0, 10)), concerns('box', at(1, 11))]).toEqual([
      true,
      false,
      false,
    ]);
    expect([concerns('box', at(null, 10)), concerns('box', at(1, null)), concerns('box', at(9, 8))]).toEqual([
      false,
      false,
      false,
    ]);
    expect([
      concerns('item', at(null, null)),
      concerns('item', at(5, 5)),
      concerns('item', at(5, 4)),
    ]).toEqual([true, true, false]);
    expect([
      concerns('item', at(null, 4)),
      concerns('item', at(5, null)),
      concerns('ship', at(5, 5)),
    ]).toEqual([true, true, false]);
    const forever = enclosing(given(pack('p', 1)), 'item');
    expect([forever.concerns('box', at(5, null)), forever.concerns('box', at(0, null))]).toEqual([
      true,
      false,
    ]);
  });
  test('or perhaps', () => {
    const { mayConcern } = enclosing(given(...told), 'item');
    expect(
      [at(0, 1), at(10, 15), at(11, 19), at(null, null), at(31, null)].map((time) => mayConcern('box', time)),
    ).toEqual([true, true, false, true, false]);
    expect([
      mayConcern('item', at(0, 1)),
      mayConcern('item', at(5, 4)),
      mayConcern('ship', at(0, 1)),
    ]).toEqual([true, false, false]);
    expect(enclosure.complete).toBe(true);
  });
  test('carry what is said against each packing on the way', () => {
    const disputed = [
      pack('p', 0, 'box', 'item', 'X'),
      pack('q', 4, 'bag', 'item', 'Y'),
      pack('r', 0, 'pallet', 'box', 'X'),
      pack('s', 6, 'ship', 'box', 'Z'),
    ];
    const [way] = enclosing(given(...disputed), 'item').times('pallet');
    expect(way!.objections.map(({ against, fact, from }) => [name(fact.id), name(against.id), from])).toEqual(
      [
        ['q', 'p', 4],
        ['s', 'r', 6],
      ],
    );
    const said = (from: number | null, to: number | null): readonly string[] =>
      objectionsIn(way!, { from, to }).map(({ fact }) => name(fact.id));
    expect([said(0, 3), said(0, 4), said(5, 5), said(6, null), said(null, null)]).toEqual([
      [],
      ['q'],
      ['q'],
      ['q', 's'],
      ['q', 's'],
    ]);
  });
  test('end where containers hold one another', () => {
    const ring = [
      pack('p', 1),
      pack('r1', 2, 'bag', 'box'),
      pack('r2', 3, 'box', 'bag'),
      pack('r3', 3, 'item', 'bag'),
    ];
    const { complete, times } = enclosing(given(...ring), 'item');
    expect([complete, times('box').length, times('bag').length, times('item').length]).toEqual([
      true,
      1,
      1,
      1,
    ]);
  });
  test('more of them than can be weighed are not', () => {
    const count = (ways_: number): boolean => {
      const boxes = Array.from({ length: ways_ }, (_, i) => [
        pack(`p${i}`, i * 2, `box${i}`),
        unpack(`u${i}`, i * 2 + 1, `box${i}`),
      ]).flat();
      const inside = boxes.length === 0 ? [] : boxes;
      return enclosing(given(...inside), 'item').complete;
    };
    // A stay in each of so many boxes, one after another.
    expect([count(10), count(128)]).toEqual([true, true]);
    const deep = Array.from({ length: 3 }, (_, level) =>
      Array.from({ length: 9 }, (_unused, i) => [
        pack(`p${level}${i}`, i * 2, `c${level}`, level === 0 ? 'item' : `c${level - 1}`, `s${i}`),
      ]).flat(),
    ).flat();
    expect(enclosing(given(...deep), 'item').complete).toBe(false);
  });
});

test('what two times share', () => {
  const times = [
    [1, 5, 3, 9],
    [1, 5, 5, 9],
    [1, 5, 6, 9],
    [null, 5, 3, null],
    [null, null, 3, 4],
    [2, null, null, 1],
    [2, 7, null, null],
  ] as const;
  expect(
    times.map(([a, b, c, d]) => {
      const forth = overlap({ from: a, to: b }, { from: c, to: d });
      expect(overlap({ from: c, to: d }, { from: a, to: b })).toEqual(forth);
      return forth === null ? null : [forth.from, forth.to];
    }),
  ).toEqual([[3, 5], [5, 5], null, [3, 5], [3, 4], null, [2, 7]]);
});
