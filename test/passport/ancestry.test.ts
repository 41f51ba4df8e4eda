import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ancestry, type AncestryBounds, statementsInOrder } from '../../src/passport/ancestry.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

const graphOf = (sketches: readonly Sketch[]): EvidenceGraph => new EvidenceGraph(sketches.map(sketch));

/** Names of the records that are one of these or an ancestor of one. */
function upTo(graph: EvidenceGraph, names: readonly string[], ends: readonly string[]): string[] {
  const isUpTo = new Ancestry(graph).upTo(ends.map(idOf));
  return names.filter((name) => isUpTo(graph.statementOfId(idOf(name))));
}

describe('upTo', () => {
  const sketches: Sketch[] = [
    { name: 'a' },
    { name: 'b', seq: 1, prev: 'a', lane: 'a' },
    { name: 'b twin', seq: 1, prev: 'a', lane: 'a', twinOf: 'b' },
    { name: 'c', seq: 2, prev: 'b', lane: 'b' },
    { name: 'x', kid: 'other', seen: ['b'] },
    { name: 'y', kid: 'other', seq: 1, prev: 'x', lane: 'x' },
    { name: 'z', kid: 'third', seen: ['a'] },
  ];
  const names = sketches.map(({ name }) => name);

  test.each<[string[], string[]]>([
    [['c'], ['a', 'b', 'b twin', 'c']],
    // Twins are one record: a link to either is a link to both.
    [['b'], ['a', 'b', 'b twin']],
    [['b twin'], ['a', 'b', 'b twin']],
    [['x'], ['a', 'b', 'b twin', 'x']],
    [
      ['z', 'b'],
      ['a', 'b', 'b twin', 'z'],
    ],
    [
      ['y', 'z', 'gone'],
      ['a', 'b', 'b twin', 'x', 'y', 'z'],
    ],
    [['gone'], []],
    [[], []],
  ])('%j', (ends, expected) => {
    expect(upTo(graphOf(sketches), names, ends)).toEqual(expected);
    // The same where so many keys stand beside them that no table is built.
    const crowd = Array.from({ length: 3000 }, (_, index) => ({ name: `n${index}`, kid: `k${index}` }));
    expect(upTo(graphOf([...sketches, ...crowd]), names, ends)).toEqual(expected);
  });

  test('past its bound it follows the own key alone', () => {
    const below = Array.from({ length: 3000 }, (_, index) => ({ name: `n${index}`, kid: `k${index}` }));
    const above = below.map(({ kid }, index) => ({
      name: `m${index}`,
      kid: `m${kid}`,
      seen: Array.from({ length: 64 }, (_, step) => `n${(index + step) % below.length}`),
    }));
    const crowd = [...below, ...above];
    const graph = graphOf([...sketches, ...crowd]);
    const ancestry = new Ancestry(graph);
    const isIn = (ends: readonly string[]): string[] => {
      const isUpTo = ancestry.upTo(ends.map(idOf));
      return names.filter((name) => isUpTo(graph.statementOfId(idOf(name))));
    };
    expect(isIn(['y'])).toEqual(['a', 'b', 'b twin', 'x', 'y']);
    for (let times = 0; times < 25; times += 1) isIn(above.map(({ name }) => name));
    expect(isIn(['y'])).toEqual(['x', 'y']);
    expect(isIn(['c'])).toEqual(['a', 'b', 'b twin', 'c']);
  });
});

/** Counts how often somebody asks which statements one pins. */
class CountingGraph extends EvidenceGraph {
  asked = 0;

  override pinsOf(statement: number): readonly number[] {
    this.asked += 1;
    return super.pinsOf(statement);
  }
}

/** Records of four keys in random order; some pin others by seen, some follow their key's last, some have twins. */
const history = fc
  .array(
    fc.record({
      kid: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
      back: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
      twin: fc.boolean(),
      follows: fc.boolean(),
    }),
    { minLength: 1, maxLength: 45 },
  )
  .map((steps) => {
    const sketches: Sketch[] = [];
    const last = new Map<string, string>();
    for (const [index, { kid, back, twin, follows }] of steps.entries()) {
      const name = `r${index}`;
      const seen = back.filter((one) => one < index).map((one) => `r${index - 1 - one}`);
      sketches.push({ name, kid, lane: follows ? (last.get(kid) ?? null) : null, seen });
      if (twin) sketches.push({ ...sketches.at(-1)!, name: `${name} twin`, twinOf: name });
      last.set(kid, name);
    }
    return sketches;
  });

function ancestorsByDefinition(graph: EvidenceGraph, start: number): Set<number> {
  const found = new Set<number>();
  const open = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pinned of graph.pinsOf(next)) if (!found.has(pinned)) open.push(pinned);
    for (const pinned of graph.pinsOf(next)) found.add(pinned);
  }
  return found;
}

describe.each<[string, Partial<AncestryBounds>]>([
  ['with a table', {}],
  ['without room for a table', { table: 0 }],
  ['without time for a table', { steps: -1 }],
  ['without room for a table or remembered sets', { table: 0, sets: 0 }],
])('the same answers %s', (_, bounds) => {
  test('are those that pins lead to', () => {
    fc.assert(
      fc.property(history, (sketches) => {
        const graph = graphOf(sketches);
        const ancestry = new Ancestry(graph, bounds);
        for (const { id: later } of graph.records) {
          const end = graph.statementOfId(later);
          const expected = ancestorsByDefinition(graph, end);
          const isUpTo = ancestry.upTo([later]);
          for (const { id: earlier } of graph.records) {
            const start = graph.statementOfId(earlier);
            expect(ancestry.precedes(earlier, later)).toBe(expected.has(start));
            expect(isUpTo(start)).toBe(start === end || expected.has(start));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are no for a record that is not here', () => {
    const ancestry = new Ancestry(
      graphOf([{ name: 'a' }, { name: 'b', seq: 1, prev: 'a', lane: 'a' }]),
      bounds,
    );
    for (const name of ['a', 'b']) {
      expect(ancestry.precedes(idOf('gone'), idOf(name))).toBe(false);
      expect(ancestry.precedes(idOf(name), idOf('gone'))).toBe(false);
      expect(ancestry.upTo([idOf(name)])(-1)).toBe(false);
    }
    expect(ancestry.precedes(idOf('gone'), idOf('gone too'))).toBe(false);
  });
});

describe('what has been worked out is kept', () => {
  const chain = Array.from({ length: 70 }, (_, index): Sketch => {
    const before = index === 0 ? null : `c${index - 1}`;
    return { name: `c${index}`, seq: index, prev: before, lane: before };
  });
  const askAll = (ancestry: Ancestry, graph: EvidenceGraph): void => {
    for (const { id } of graph.records) ancestry.precedes(idOf('c0'), id);
  };

  test('one table answers everything', () => {
    const graph = new CountingGraph(chain.map(sketch));
    const ancestry = new Ancestry(graph);
    ancestry.precedes(idOf('c0'), idOf('c9'));
    graph.asked = 0;
    askAll(ancestry, graph);
    ancestry.upTo([idOf('c9')]);
    expect(graph.asked).toBe(0);
  });

  test.each<[string, Partial<AncestryBounds>, boolean]>([
    // 70 statements of one key are one path: 70 entries, and 69 pins to follow along it.
    ['is built where its entries just fit', { table: 70 }, true],
    ['is not built for one entry more', { table: 69 }, false],
    ['is built where its steps just fit', { steps: 69 }, true],
    ['is not built for one step more', { steps: 68 }, false],
  ])('the table %s', (_, bounds, built) => {
    const graph = new CountingGraph(chain.map(sketch));
    const ancestry = new Ancestry(graph, bounds);
    ancestry.precedes(idOf('c0'), idOf('c9'));
    graph.asked = 0;
    ancestry.precedes(idOf('c0'), idOf('c8'));
    expect(graph.asked === 0).toBe(built);
  });

  test('two keys that do not follow each other are two paths', () => {
    const two = chain.map((one, index) => ({
      ...one,
      kid: 'other',
      name: `o${index}`,
      prev: null,
      lane: null,
    }));
    const graph = new CountingGraph([...chain, two[0]!].map(sketch));
    for (const [table, built] of [
      [142, true],
      [141, false],
    ] as const) {
      const ancestry = new Ancestry(graph, { table });
      ancestry.precedes(idOf('c0'), idOf('c9'));
      graph.asked = 0;
      ancestry.precedes(idOf('c0'), idOf('c8'));
      expect(graph.asked === 0).toBe(built);
    }
  });

  // A set of 70 statements takes three words: 12 bytes.
  test('ancestor sets are kept within their bound, and the oldest is forgotten first', () => {
    const graph = new CountingGraph(chain.map(sketch));
    const ancestry = new Ancestry(graph, { table: 0, sets: 24 });
    const follows = (name: string): number => {
      graph.asked = 0;
      ancestry.precedes(idOf('c0'), idOf(name));
      return graph.asked;
    };
    follows('c1');
    expect([follows('c20'), follows('c30')]).toEqual([21, 31]);
    expect([follows('c20'), follows('c30')]).toEqual([0, 0]);
    expect(follows('c40')).toBe(41);
    expect([follows('c30'), follows('c40')]).toEqual([0, 0]);
    expect(follows('c20')).toBe(21);
  });

  test('a search looks at each statement once', () => {
    // Every record pins all before it.
    const dense = Array.from({ length: 20 }, (_, index): Sketch => {
      const seen = Array.from({ length: index }, (_each, step) => `d${step}`);
      return { name: `d${index}`, kid: `k${index}`, seen };
    });
    const graph = new CountingGraph(dense.map(sketch));
    const ancestry = new Ancestry(graph, { table: 0 });
    ancestry.upTo([idOf('d0')]);
    graph.asked = 0;
    ancestry.precedes(idOf('d0'), idOf('d19'));
    expect(graph.asked).toBe(20);
    graph.asked = 0;
    ancestry.upTo([idOf('d19'), idOf('d18')]);
    expect(graph.asked).toBe(20);
  });
});

test('past its bound a search follows prev and lane of the own key, and nothing else', () => {
  const graph = graphOf([
    { name: 'root' },
    { name: 'other', kid: 'other', seen: ['root'] },
    { name: 'box', sub: 'urn:box', lane: 'root' },
    { name: 'thief', kid: 'thief', seq: 1, prev: 'root', lane: 'root' },
    { name: 'second', seq: 1, prev: 'root', lane: 'box', seen: ['other'] },
    { name: 'far', seq: 7, prev: 'gone', lane: 'gone too', seen: ['other'] },
  ]);
  const names = ['root', 'other', 'box', 'thief', 'second', 'far'];
  const found = (searched: number, end: string): string[] => {
    const isUpTo = new Ancestry(graph, { table: 0, searched }).upTo([idOf(end)]);
    return names.filter((name) => isUpTo(graph.statementOfId(idOf(name))));
  };
  expect(found(0, 'second')).toEqual(['root', 'box', 'second']);
  expect(found(0, 'thief')).toEqual(['thief']);
  expect(found(0, 'far')).toEqual(['far']);
  expect(found(100, 'second')).toEqual(['root', 'other', 'box', 'second']);
  // The bound counts pins followed: `second` has three, and with one left all of them are.
  expect(found(1, 'second')).toEqual(['root', 'other', 'box', 'second']);
});

test('past its bound the first of all statements is followed as well', () => {
  for (const [before, after] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const graph = graphOf([{ name: before }, { name: after, seq: 1, prev: before, lane: before }]);
    const isUpTo = new Ancestry(graph, { table: 0, searched: 0 }).upTo([idOf(after)]);
    expect(isUpTo(graph.statementOfId(idOf(before)))).toBe(true);
  }
});

test('a record whose link nobody here can read has no prev and no lane', () => {
  const graph = new EvidenceGraph([{ ...sketch({ name: 'a' }), link: null }, sketch({ name: 'b' })]);
  const isUpTo = new Ancestry(graph, { table: 0, searched: 0 }).upTo([idOf('a')]);
  expect(['a', 'b'].map((name) => isUpTo(graph.statementOfId(idOf(name))))).toEqual([true, false]);
});

test('statements stand in the display order of the first of their records', () => {
  const graph = graphOf([
    { name: 'a' },
    { name: 'a twin', twinOf: 'a' },
    { name: 'b', seq: 1, prev: 'a', lane: 'a' },
  ]);
  const [a, b] = ['a', 'b'].map((name) => graph.statementOfId(idOf(name)));
  expect([...statementsInOrder(graph)]).toEqual([a, b]);
  // It is made once.
  expect(displayOrder(graph)).toBe(displayOrder(graph));
});
