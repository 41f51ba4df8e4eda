import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ancestry } from '../../src/passport/ancestry.js';
import {
  beyondGaps,
  findChains,
  findForks,
  findGaps,
  forkDiagnostics,
  forkedStatements,
} from '../../src/passport/chains.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { checkLinks } from '../../src/passport/link-checks.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, type Sketch, sketch, statementOf } from './synthetic.js';

const graphOf = (...sketches: Sketch[]): EvidenceGraph => new EvidenceGraph(sketches.map(sketch));

/** Each link finding as code, record name and detail. */
function links(graph: EvidenceGraph, credentials: readonly string[] = []): unknown[] {
  return checkLinks(graph, findChains(graph), new Set(credentials))
    .map(({ code, record, path, detail }) => ({ code, record, path, detail }))
    .sort((a, b) => (`${a.code} ${a.record}` < `${b.code} ${b.record}` ? -1 : 1));
}

describe('the graph', () => {
  test('pins by statement hash and by id, twins as one', () => {
    const graph = graphOf(
      { name: 'a' },
      { name: 'a2', twinOf: 'a' },
      { name: 'b', kid: 'other', seen: ['a', 'nowhere'] },
      { name: 'c', seq: 1, prev: 'a', lane: 'a' },
      { name: 'd', kid: 'third', named: ['c', 'nowhere'] },
    );
    expect(graph.statementCount).toBe(4);
    expect(graph.pinnedIds(idOf('d'))).toEqual([idOf('c')]);
    expect(graph.statementOfId(idOf('a'))).toBe(graph.statementOfId(idOf('a2')));
    const both = [idOf('a'), idOf('a2')].sort();
    expect(graph.pinnedIds(idOf('b'))).toEqual(both);
    expect(graph.pinnedIds(idOf('c'))).toEqual(both);
    expect(graph.pinnedIds(idOf('a'))).toEqual([]);
    expect(graph.pinnedIds(idOf('nowhere'))).toEqual([]);
    expect(graph.statementOfHash(statementOf('c'))).toBe(graph.statementOfId(idOf('c')));
    expect(graph.recordOf(idOf('b'))?.kid).toBe('other');
  });

  test('does not hold a record twice', () => {
    expect(() => graphOf({ name: 'a' }, { name: 'a' })).toThrow(
      new RangeError('a record stands in the graph twice'),
    );
  });
});

describe('many pins', () => {
  test('of one record stand ascending, each once, whichever way it names them', () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const graph = graphOf(
      ...names.map((name) => ({ name, kid: name })),
      { name: 'p' },
      { name: 'l', sub: CONTAINER, lane: 'p' },
      { name: 'm', seq: 1, prev: 'p', lane: 'l', seen: names, named: [...names, 'p', 'l'] },
      { name: 'few', kid: 'few', seen: names.slice(0, 5), named: names.slice(3, 8) },
    );
    const statements = (wanted: readonly string[]): number[] =>
      wanted.map((name) => graph.statementOfId(idOf(name))).sort((a, b) => a - b);
    expect(graph.pinsOf(graph.statementOfId(idOf('m')))).toEqual(statements([...names, 'p', 'l']));
    expect(graph.pinsOf(graph.statementOfId(idOf('few')))).toEqual(statements(names.slice(0, 8)));
    expect(graph.pinnedIds(idOf('m'))).toEqual([...names, 'p', 'l'].map(idOf).sort());
  });

  test('on one text signed twenty times list sixteen of the twenty', () => {
    const twins = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const graph = graphOf(...twins.map((name) => ({ name, twinOf: 't0' })), {
      name: 'b',
      kid: 'other',
      seen: ['t7'],
    });
    expect(graph.membersOf(graph.statementOfId(idOf('t0')))).toHaveLength(20);
    expect(graph.pinnedIds(idOf('b'))).toEqual(twins.map(idOf).sort().slice(0, 16));
  });

  test('a record that is not here is none, and none is told of it', () => {
    const graph = graphOf({ name: 'a' });
    expect(graph.recordOf(idOf('gone'))).toBeUndefined();
    expect([graph.positionOf(idOf('gone')), graph.statementOfId(idOf('gone'))]).toEqual([-1, -1]);
    expect([graph.statementOfHash(statementOf('gone')), graph.statementOfHash(null)]).toEqual([-1, -1]);
  });
});

/** A random history: each record pins some earlier ones by seen, and its key's last one by lane. */
const history = fc
  .array(
    fc.record({
      kid: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
      back: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
      twin: fc.boolean(),
      cut: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const sketches: Sketch[] = [];
    const last = new Map<string, string>();
    for (const [index, { kid, back, twin, cut }] of steps.entries()) {
      const name = `r${index}`;
      const seen = back.filter((one) => one < index).map((one) => `r${index - 1 - one}`);
      sketches.push({ name, kid, lane: cut ? null : (last.get(kid) ?? null), seen });
      if (twin) sketches.push({ ...sketches.at(-1)!, name: `${name}'`, twinOf: name });
      last.set(kid, name);
    }
    return new EvidenceGraph(sketches.map(sketch));
  });

function naiveAncestors(graph: EvidenceGraph, statement: number): Set<number> {
  const found = new Set<number>();
  const open = [statement];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pinned of graph.pinsOf(next)) {
      if (found.has(pinned)) continue;
      found.add(pinned);
      open.push(pinned);
    }
  }
  return found;
}

describe('order', () => {
  test('display order takes the smallest id whose pins are all taken', () => {
    fc.assert(
      fc.property(history, (graph) => {
        const taken = new Set<number>();
        const expected: number[] = [];
        while (expected.length < graph.records.length) {
          const next = graph.records.findIndex(
            (_, position) =>
              !taken.has(position) &&
              [...graph.pinsOf(graph.statementAt[position]!)].every((pinned) =>
                [...graph.membersOf(pinned)].every((member) => taken.has(member)),
              ),
          );
          taken.add(next);
          expected.push(next);
        }
        expect([...displayOrder(graph)]).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('ancestors are those that pins lead to', () => {
    fc.assert(
      fc.property(history, (graph) => {
        const ancestry = new Ancestry(graph);
        for (let later = 0; later < graph.statementCount; later += 1) {
          const expected = naiveAncestors(graph, later);
          for (let earlier = 0; earlier < graph.statementCount; earlier += 1) {
            expect(ancestry.statementPrecedes(earlier, later)).toBe(expected.has(earlier));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a graph of too many paths for a table is searched, with the same answers', () => {
    // 9,000 keys of one record each, on 3,000 paths of three.
    const sketches = Array.from({ length: 9_000 }, (_, index) => ({
      name: `n${index}`,
      kid: `k${index}`,
      seen: index % 3 === 0 ? [] : [`n${index - 1}`],
    }));
    const wide = sketches.map((one, index) => ({
      ...one,
      seen: index > 8_990 ? [...one.seen, 'n0', 'n3'] : one.seen,
    }));
    const graph = graphOf(...wide);
    const ancestry = new Ancestry(graph);
    const answers = [
      ['n0', 'n2'],
      ['n0', 'n1'],
      ['n2', 'n0'],
      ['n2', 'n3'],
      ['n3', 'n8999'],
      ['n8999', 'n8999'],
      ['n5', 'n8999'],
      ['nowhere', 'n1'],
    ].map(([a, b]) => ancestry.precedes(idOf(a!), idOf(b!)));
    expect(answers).toEqual([true, true, false, false, true, false, false, false]);
  });

  test('twins do not precede each other', () => {
    const graph = graphOf({ name: 'a' }, { name: 'a2', twinOf: 'a' });
    expect(new Ancestry(graph).precedes(idOf('a'), idOf('a2'))).toBe(false);
  });
});

describe('chains and gaps', () => {
  test('count from 0 for the item, between lowest and highest for other subjects', () => {
    const graph = graphOf(
      { name: 'i2', seq: 2, prev: 'x', lane: 'x' },
      { name: 'i5', seq: 5, prev: 'y', lane: 'i2' },
      { name: 'c3', sub: CONTAINER, seq: 3, prev: 'z', lane: 'i5' },
      { name: 'c5', sub: CONTAINER, seq: 5, prev: 'w', lane: 'c3' },
      { name: 'u9', kid: 'nobody', seq: 9, prev: 'v', verified: false },
    );
    const chains = findChains(graph);
    expect(chains.map(({ kid, sub }) => [kid, sub])).toEqual([
      ['key', CONTAINER],
      ['key', ITEM],
    ]);
    const gaps = findGaps(graph, chains, ITEM);
    expect(gaps.map(({ chain, from, to, after }) => [chain.sub, from, to, graph.lead(after).id])).toEqual([
      [CONTAINER, 4, 4, idOf('c5')],
      [ITEM, 0, 1, idOf('i2')],
      [ITEM, 3, 4, idOf('i5')],
    ]);
    const beyond = beyondGaps(graph, gaps);
    const marked = graph.records.filter((_, position) => beyond[graph.statementAt[position]!] === 1);
    expect(marked.map(({ id }) => id).sort()).toEqual(['i2', 'i5', 'c5'].map(idOf).sort());
  });

  test('a chain without a hole has no gap, and a gap at the top of numbers is one finding', () => {
    const top = Number.MAX_SAFE_INTEGER;
    const graph = graphOf({ name: 'a' }, { name: 'b', seq: top, prev: 'x', lane: 'a' });
    const [gap, ...more] = findGaps(graph, findChains(graph), ITEM);
    expect([gap?.from, gap?.to, more.length]).toEqual([1, top - 1, 0]);
    const whole = graphOf({ name: 'a' }, { name: 'b', seq: 1, prev: 'a', lane: 'a' });
    expect(findGaps(whole, findChains(whole), ITEM)).toEqual([]);
  });
});

describe('forks', () => {
  const codes = (graph: EvidenceGraph): unknown[] =>
    forkDiagnostics(graph, findForks(graph)).map(({ code, record, detail }) => ({ code, record, detail }));
  const pair = (...names: string[]): string[] => names.map(idOf).sort();

  test.each<[string, Sketch[], string[]]>([
    ['two first records', [{ name: 'a' }, { name: 'b', sub: CONTAINER }], ['lane']],
    [
      'the same lane',
      [
        { name: 'a', seq: 1, prev: 'p', lane: 'p' },
        { name: 'b', sub: CONTAINER, lane: 'p' },
      ],
      ['lane'],
    ],
    [
      'the same number about one subject',
      [
        { name: 'a', seq: 4, prev: 'p', lane: 'p' },
        { name: 'b', seq: 4, prev: 'q', lane: 'q' },
      ],
      ['seq'],
    ],
    ['both', [{ name: 'a' }, { name: 'b' }], ['lane', 'seq']],
  ])('%s', (_, sketches, by) => {
    const ids = pair('a', 'b');
    expect(codes(graphOf(...sketches))).toEqual([
      { code: 'chain.fork', record: ids[0], detail: { key: 'key', ids, records: 2, by } },
    ]);
  });

  test.each<[string, Sketch[]]>([
    ['twins', [{ name: 'a' }, { name: 'b', twinOf: 'a' }]],
    ['two keys', [{ name: 'a' }, { name: 'b', kid: 'other' }]],
    ['two subjects of one number', [{ name: 'a' }, { name: 'b', sub: CONTAINER, lane: 'a' }]],
    [
      'records that nobody here can check',
      [
        { name: 'a', verified: false },
        { name: 'b', verified: false },
      ],
    ],
    ['one that nobody can check beside one that verified', [{ name: 'a' }, { name: 'b', verified: false }]],
  ])('%s are none', (_, sketches) => {
    expect(codes(graphOf(...sketches))).toEqual([]);
  });

  test('stand in the order of the statements in them, the shorter first where one begins the other', () => {
    const [a, b, c, d] = ['p', 'q', 'r', 's'].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) as [
      string,
      string,
      string,
      string,
    ];
    const forksOf = (...sketches: Sketch[]): unknown[] => {
      const graph = graphOf(...sketches);
      return findForks(graph).map(({ by, statements }) => [by, statements.map((one) => graph.lead(one).id)]);
    };
    const ids = (...names: string[]): string[] => names.map(idOf);
    // Two of one number, and with them two about other subjects that are first too.
    expect(
      forksOf({ name: a }, { name: b }, { name: c, sub: CONTAINER }, { name: d, sub: 'urn:box' }),
    ).toEqual([
      [['seq'], ids(a, b)],
      [['lane'], ids(a, b, c, d)],
    ]);
    // Three of one number, two of which follow the same record.
    const fifth = { seq: 5, prev: 'x' };
    expect(
      forksOf(
        { name: a, ...fifth, lane: 'l' },
        { name: b, ...fifth, lane: 'l' },
        { name: c, ...fifth, lane: 'm' },
      ),
    ).toEqual([
      [['lane'], ids(a, b)],
      [['seq'], ids(a, b, c)],
    ]);
    expect(
      forksOf(
        { name: b, ...fifth, lane: 'l' },
        { name: d, ...fifth, lane: 'l' },
        { name: a, seq: 6, prev: 'x', lane: 'm' },
        { name: c, seq: 6, prev: 'y', lane: 'm' },
      ),
    ).toEqual([
      [['lane', 'seq'], ids(a, c)],
      [['lane', 'seq'], ids(b, d)],
    ]);
  });

  test('a side may be the first of all records', () => {
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      for (const name of ['c', 'd', 'e', 'f']) {
        const graph = graphOf({ name: one }, { name: other }, { name, seq: 1, prev: one, lane: one });
        expect([...forkedStatements(graph, findForks(graph))]).toEqual([1, 1, 1]);
      }
    }
  });

  test('both sides reach along prev and lane, not beyond the key', () => {
    const graph = graphOf(
      { name: 'root' },
      { name: 'a', seq: 1, prev: 'root', lane: 'root' },
      { name: 'b', seq: 1, prev: 'root', lane: 'root', iat: 1 },
      { name: 'a2', seq: 2, prev: 'a', lane: 'a' },
      { name: 'c', sub: CONTAINER, lane: 'b' },
      { name: 'other', kid: 'other', seen: ['a'] },
      { name: 'thief', kid: 'other', sub: CONTAINER, seq: 1, prev: 'a', lane: 'a' },
    );
    const marks = forkedStatements(graph, findForks(graph));
    const forked = graph.records.filter((_, position) => marks[graph.statementAt[position]!] === 1);
    expect(forked.map(({ id }) => id).sort()).toEqual(pair('a', 'b', 'a2', 'c'));
  });
});

describe('links', () => {
  test('an honest history has nothing to report but absent targets', () => {
    const graph = graphOf(
      { name: 'a' },
      { name: 'b', kid: 'other', seen: ['a'], references: ['a'] },
      { name: 'c', seq: 1, prev: 'a', lane: 'a', seen: ['b', 'gone'], references: ['a', 'gone'] },
      { name: 'd', seq: 7, prev: 'gone', lane: 'gone too' },
    );
    expect(links(graph)).toEqual([
      { code: 'link.absent', record: idOf('c'), path: undefined, detail: { ids: [idOf('gone')] } },
    ]);
  });

  test('seen may name a credential at hand', () => {
    expect(links(graphOf({ name: 'a', seen: ['credential'] }), [idOf('credential')])).toEqual([]);
  });

  test.each<[string, Sketch[], string, string]>([
    [
      'prev of another number',
      [{ name: 'a' }, { name: 'b', seq: 2, prev: 'a', lane: 'a' }],
      'link.prev-mismatch',
      'b',
    ],
    [
      'prev of another subject',
      [
        { name: 'a', sub: CONTAINER },
        { name: 'b', seq: 1, prev: 'a', lane: 'a' },
      ],
      'link.prev-mismatch',
      'b',
    ],
    [
      'prev of another key',
      [
        { name: 'a', kid: 'other' },
        { name: 'b', seq: 1, prev: 'a', lane: 'x' },
      ],
      'link.prev-mismatch',
      'b',
    ],
    [
      'lane of another key',
      [
        { name: 'a', kid: 'other' },
        { name: 'b', lane: 'a' },
      ],
      'link.lane-foreign',
      'b',
    ],
    [
      'seen of the own chain',
      [{ name: 'a' }, { name: 'b', seq: 1, prev: 'a', lane: 'a', seen: ['a'] }],
      'link.seen-own',
      'b',
    ],
    [
      'a clock that falls',
      [
        { name: 'a', iat: 20 },
        { name: 'b', seq: 1, prev: 'a', lane: 'a', iat: 19 },
      ],
      'time.iat-regress',
      'b',
    ],
    [
      'a reference not seen',
      [
        { name: 'a', kid: 'other' },
        { name: 'b', references: ['a'] },
      ],
      'link.ref-not-seen',
      'b',
    ],
    [
      'a reference to a later own record',
      [
        { name: 'a', seq: 1, prev: 'b', lane: 'b' },
        { name: 'b', references: ['a'] },
      ],
      'link.ref-not-seen',
      'b',
    ],
    ['a reference nowhere', [{ name: 'b', references: ['a'] }], 'link.ref-unproven', 'b'],
    [
      'another record of the number before',
      [{ name: 'a' }, { name: 'b', seq: 1, prev: 'gone', lane: 'a' }],
      'chain.prev-other',
      'b',
    ],
  ])('%s', (_, sketches, code, name) => {
    expect(links(graphOf(...sketches))).toMatchObject([{ code, record: idOf(name) }]);
  });

  test('states figures and places', () => {
    const graph = graphOf(
      { name: 'a', iat: 20 },
      { name: 'b', seq: 1, prev: 'a', lane: 'a', iat: 5, references: ['gone'] },
    );
    expect(links(graph)).toEqual([
      { code: 'link.ref-unproven', record: idOf('b'), path: 'ref[0]', detail: { id: idOf('gone') } },
      {
        code: 'time.iat-regress',
        record: idOf('b'),
        path: undefined,
        detail: { lane: idOf('a'), seconds: 15 },
      },
    ]);
  });

  test('a link to one twin is a link to both', () => {
    const graph = graphOf(
      { name: 'a', kid: 'other' },
      { name: 'a2', kid: 'other', twinOf: 'a' },
      { name: 'b', seen: ['a'], references: ['a2'] },
      { name: 'c', seq: 1, prev: 'b', lane: 'b' },
    );
    const ids = [idOf('a'), idOf('a2')].sort();
    expect(links(graph)).toEqual(
      ids.map((record) => ({ code: 'record.twin', record, path: undefined, detail: { ids, records: 2 } })),
    );
  });

  test('of two records before, prev may name either', () => {
    const graph = graphOf(
      { name: 'a', iat: 1 },
      { name: 'b', iat: 2 },
      { name: 'c', seq: 1, prev: 'b', lane: 'b', iat: 3 },
    );
    expect(links(graph)).toEqual([]);
  });

  test('records that nobody here can check are not judged', () => {
    const graph = graphOf(
      { name: 'a', kid: 'other' },
      { name: 'b', lane: 'a', seen: ['gone'], verified: false },
    );
    expect(links(graph)).toEqual([]);
  });
});
