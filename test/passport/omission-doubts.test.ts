import { describe, expect, test } from 'vitest';
import { Ancestry } from '../../src/passport/ancestry.js';
import { findChains } from '../../src/passport/chains.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import type { ManifestStatement } from '../../src/passport/manifest.js';
import { seriesOf } from '../../src/passport/manifest-series.js';
import { findOmissionsByOtherKeys, findSilentOmissions } from '../../src/passport/silent-omission.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

type Made = Sketch & {
  readonly ids?: readonly string[];
  readonly part?: readonly [number, number];
  readonly continues?: string;
};

function omissions(
  records: readonly Sketch[],
  made: readonly Made[],
  Graph: typeof EvidenceGraph = EvidenceGraph,
): unknown[] {
  const graph = new Graph(
    [...records, ...made.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))].map(sketch),
  );
  const manifests = made.map((one): ManifestStatement => {
    const { id, kid, sub, named, link } = graph.recordOf(idOf(one.name))!;
    const statement = graph.statementOfId(id);
    const continues = one.continues === undefined ? null : idOf(one.continues);
    const none = { root: '', withheld: [], asOf: null, continues, after: null };
    return { ...none, statement, id, kid, sub, seq: link!.seq, ids: named, part: one.part ?? [1, 1] };
  });
  const context = { credentials: new Set<string>(), trustedParty: () => null };
  const series = seriesOf(graph, manifests);
  return findSilentOmissions(graph, findChains(graph), manifests, series, context).map(
    ({ code, record, detail }) => [code, record, detail],
  );
}

const omitted = (manifest: string, ...names: string[]): unknown => [
  'manifest.silent-omission',
  idOf(manifest),
  { key: 'key', ids: names.map(idOf).sort() },
];

describe('a prev of an own earlier record', () => {
  const records: Sketch[] = [{ name: 'a' }, { name: 'b', seq: 1, prev: 'a', lane: 'a' }];
  const manifest: Made = { name: 'm', seq: 2, prev: 'b', lane: 'b', ids: ['b'] };

  test('is known', () => {
    expect(omissions(records, [manifest])).toEqual([omitted('m', 'a')]);
    expect(omissions(records, [{ ...manifest, ids: ['a', 'b'] }])).toEqual([]);
  });

  test('may be the twin of a listed id that is not here: then nothing is said of it', () => {
    expect(omissions(records, [{ ...manifest, ids: ['b', 'absent'] }])).toEqual([]);
  });

  test('is known wherever it stands among the records', () => {
    const names = ['p', 'q', 'r'].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
    for (const [a, b, m] of [names, [names[1], names[2], names[0]], [names[2], names[0], names[1]]] as [
      string,
      string,
      string,
    ][]) {
      const chain: Sketch[] = [{ name: a }, { name: b, seq: 1, prev: a, lane: a }];
      expect(omissions(chain, [{ name: m, seq: 2, prev: b, lane: b, ids: [b] }])).toEqual([omitted(m, a)]);
      expect(omissions(chain, [{ name: m, seq: 2, prev: b, lane: b }])).toEqual([omitted(m, a, b)]);
    }
  });

  test('is known where the record that names it is not listed', () => {
    expect(omissions(records, [{ ...manifest, prev: 'b', ids: [] }])).toEqual([omitted('m', 'a', 'b')]);
  });
});

test('of very many omitted ids the first sixteen are named, whichever way they were known', () => {
  const names = Array.from({ length: 20 }, (_, index) => `gone ${index}`);
  const told = (found: unknown[]): unknown =>
    found.map((one) => (one as [string, string, { ids: string[] }])[2].ids.length);
  expect(told(omissions([], [{ name: 'm', seen: names }]))).toEqual([16]);
  const earlier: Sketch = { name: 'a', seen: names };
  expect(told(omissions([earlier], [{ name: 'm', seq: 1, prev: 'a', lane: 'a', ids: ['a'] }]))).toEqual([16]);
  expect(told(omissions([earlier], [{ name: 'm', lane: 'x', sub: 'urn:other', ids: ['a'] }]))).toEqual([16]);
});

test('each of several manifests is held to what was known before it', () => {
  const found = omissions(
    [{ name: 'x', kid: 'other' }],
    [
      { name: 'm1', seen: ['x'], ids: ['x'] },
      { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['m1'] },
      { name: 'm3', seq: 2, prev: 'm2', lane: 'm2', ids: ['m1', 'm2', 'x'] },
      { name: 'm4', seq: 3, prev: 'm3', lane: 'm3', ids: [] },
    ],
  );
  expect(found).toEqual([omitted('m2', 'x'), omitted('m4', 'm1', 'm2', 'm3', 'x')]);
});

test('absent ids are told apart', () => {
  const known: Sketch = { name: 'a', seen: ['gone 1', 'gone 2', 'gone 3'] };
  const manifest: Made = { name: 'm', seq: 1, prev: 'a', lane: 'a', ids: ['a', 'gone 2'] };
  expect(omissions([known], [manifest])).toEqual([omitted('m', 'gone 1', 'gone 3')]);
});

/** Warnings about ids that another key of the party knew: records and manifests by name, all of one party. */
function byOthers(
  records: readonly Sketch[],
  made: readonly Made[],
  isParty: (name: string) => boolean = () => true,
  { maxPairs, Graph = EvidenceGraph }: { maxPairs?: number; Graph?: typeof EvidenceGraph } = {},
): unknown[] {
  const sketches = [...records, ...made.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))];
  const graph = new Graph(sketches.map(sketch));
  const manifests = made
    .map((one): ManifestStatement => {
      const { id, kid, sub, named, link } = graph.recordOf(idOf(one.name))!;
      const statement = graph.statementOfId(id);
      const none = { root: '', withheld: [], asOf: null, continues: null, after: null };
      return { ...none, statement, id, kid, sub, seq: link!.seq, ids: named, part: one.part ?? [1, 1] };
    })
    .sort((a, b) => a.statement - b.statement);
  const names = new Map(sketches.map(({ name }) => [idOf(name), name]));
  const context = {
    credentials: new Set<string>(),
    trustedParty: (id: string) => (isParty(names.get(id)!) ? 'party' : null),
  };
  const series = seriesOf(graph, manifests);
  const found = findOmissionsByOtherKeys(graph, new Ancestry(graph), manifests, series, context, maxPairs);
  return found.map(({ code, record, detail }) => [code, names.get(record!), detail]);
}

describe('what another key of the party knew', () => {
  const warned = (manifest: string, by: string, ...names: string[]): unknown => [
    'manifest.omission-other-key',
    manifest,
    { key: 'key', otherKey: 'key 2', knownBy: idOf(by), ids: names.map(idOf).sort() },
  ];
  const other: Sketch = { name: 'b', kid: 'key 2', seen: ['x'] };

  test('is a warning at each manifest that comes after it, the newest first', () => {
    const made: Made[] = [
      { name: 'm1', seen: ['b'], ids: ['b'] },
      { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['b', 'm1'] },
      { name: 'm3', seq: 2, prev: 'm2', lane: 'm2', ids: ['b', 'm1', 'm2', 'x'] },
      { name: 'm4', seq: 3, prev: 'm3', lane: 'm3', ids: ['b'] },
    ];
    expect(byOthers([other], made)).toEqual([
      warned('m4', 'b', 'x'),
      warned('m2', 'b', 'x'),
      warned('m1', 'b', 'x'),
    ]);
    expect(byOthers([other], made, (name) => name !== 'b')).toEqual([]);
    expect(byOthers([other], made, (name) => name !== 'm2')).toEqual([
      warned('m4', 'b', 'x'),
      warned('m1', 'b', 'x'),
    ]);
    expect(byOthers([other], made, () => false)).toEqual([]);
  });

  test('is none where the record is not proven to be earlier, does not verify, or says nothing', () => {
    expect(byOthers([other], [{ name: 'm', ids: [] }])).toEqual([]);
    expect(byOthers([{ ...other, verified: false }], [{ name: 'm', seen: ['b'], ids: ['b'] }])).toEqual([]);
    expect(byOthers([{ name: 'b', kid: 'key 2' }], [{ name: 'm', seen: ['b'], ids: ['b'] }])).toEqual([]);
    // Nobody can tell what a series declares while a part of it is missing.
    expect(byOthers([other], [{ name: 'm', seen: ['b'], ids: ['b'], part: [1, 2] }])).toEqual([]);
  });

  test('names the first sixteen of very many', () => {
    const seen = Array.from({ length: 20 }, (_, index) => `gone ${index}`);
    const [found] = byOthers([{ ...other, seen }], [{ name: 'm', seen: ['b'], ids: ['b'] }]);
    expect((found as [string, string, { ids: string[] }])[2].ids).toHaveLength(16);
  });

  test('is looked for in the 256 newest manifests only', () => {
    const made = Array.from({ length: 260 }, (_, index): Made => {
      const before = index === 0 ? null : `m${index - 1}`;
      return {
        name: `m${index}`,
        seq: index,
        prev: before,
        lane: before,
        seen: index === 0 ? ['b'] : [],
        ids: ['b'],
      };
    });
    const found = byOthers([other], made) as [string, string, unknown][];
    expect(found.map(([, manifest]) => manifest)).toEqual(
      Array.from({ length: 256 }, (_, index) => `m${259 - index}`),
    );
  });
});

describe('what is looked up is kept', () => {
  const asked = { statements: 0 };
  class CountingGraph extends EvidenceGraph {
    override statementOfId(id: string): number {
      asked.statements += 1;
      return super.statementOfId(id);
    }
  }
  const many = (count: number, word: string): string[] =>
    Array.from({ length: count }, (_, index) => `${word} ${index}`);

  test('a manifest that many records of other keys precede is read once', () => {
    const others = many(30, 'b').map(
      (name, index): Sketch => ({ name, kid: `key ${index + 2}`, seen: ['x'] }),
    );
    const names = others.map(({ name }) => name);
    const made: Made[] = [{ name: 'm', seen: names, ids: [...names, ...many(200, 'gone')] }];
    asked.statements = 0;
    expect(byOthers(others, made, undefined, { Graph: CountingGraph })).toHaveLength(30);
    // 230 ids are listed, 30 mentioned; each is looked up a few times, not thirty.
    expect(asked.statements).toBeLessThan(5 * 260);
    // So many pairs are compared and no more.
    expect(byOthers(others, made, undefined, { maxPairs: 30 })).toHaveLength(30);
    expect(byOthers(others, made, undefined, { maxPairs: 29 })).toHaveLength(29);
    expect(byOthers(others, made, undefined, { maxPairs: 0 })).toEqual([]);
  });

  test('a series of many parts is read once, not once for each part', () => {
    const parts = 20;
    const made = Array.from({ length: parts }, (_, index): Made => {
      const before = index === 0 ? null : `m${index - 1}`;
      const ids = many(20, `gone ${index}`);
      return {
        ...{ name: `m${index}`, seq: index, prev: before, lane: before, ids, part: [index + 1, parts] },
        ...(before === null ? {} : { continues: before }),
      };
    });
    asked.statements = 0;
    expect(
      omissions([{ name: 'x', kid: 'other', seen: many(50, 'never asked') }], made, CountingGraph),
    ).toEqual([]);
    expect(asked.statements).toBeLessThan(8 * parts * 20);
  });
});

describe('omission, at the edges', () => {
  test('a record whose link nobody here can read shows nothing', () => {
    const made: Made = { name: 'm', ids: ['a'] };
    const graph = new EvidenceGraph([
      { ...sketch({ name: 'a' }), link: null },
      sketch({ ...made, named: ['a'], type: 'manifest' }),
    ]);
    const { id, kid, sub, named } = graph.recordOf(idOf('m'))!;
    const none = { root: '', withheld: [], asOf: null, continues: null, after: null };
    const manifest: ManifestStatement = {
      ...none,
      ...{ statement: graph.statementOfId(id), id, kid, sub, seq: 0, ids: named, part: [1, 1] },
    };
    const context = { credentials: new Set<string>(), trustedParty: () => 'party' };
    const series = seriesOf(graph, [manifest]);
    expect(findSilentOmissions(graph, findChains(graph), [manifest], series, context)).toEqual([]);
    expect(findOmissionsByOtherKeys(graph, new Ancestry(graph), [manifest], series, context)).toEqual([]);
  });

  test('two manifests of one number are held to what came before both, not to each other', () => {
    const found = omissions(
      [{ name: 'a', seen: ['x'] }],
      [
        { name: 'm1', seq: 1, prev: 'a', lane: 'a', seen: ['y'], ids: ['a', 'x', 'y'] },
        { name: 'm2', seq: 1, prev: 'a', lane: 'a', seen: ['z'], ids: ['a', 'z'] },
      ],
    );
    expect(found).toEqual([omitted('m2', 'x')]);
  });

  test('of ids known in several ways sixteen are named in all', () => {
    const many = (word: string): string[] => Array.from({ length: 12 }, (_, index) => `${word} ${index}`);
    const records: Sketch[] = [
      { name: 'a', seen: many('before') },
      { name: 'c', sub: 'urn:other', lane: 'm', seen: many('listed') },
    ];
    const [found] = omissions(records, [
      { name: 'm', seq: 1, prev: 'a', lane: 'a', seen: many('own'), ids: ['a', 'c'] },
    ]) as [string, string, { ids: string[] }][];
    expect(found![2].ids).toHaveLength(16);
    for (const name of many('own')) expect(found![2].ids).toContain(idOf(name));
  });

  test('a listed own record is asked about by every manifest that lists it', () => {
    const box: Sketch = { name: 'c', sub: 'urn:other', seen: ['x'] };
    const found = omissions(
      [box],
      [
        { name: 'm1', lane: 'c', ids: ['c', 'x'] },
        { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['c', 'm1', 'x'] },
        { name: 'm3', seq: 2, prev: 'm2', lane: 'm2', ids: ['c', 'm1', 'm2'] },
      ],
    );
    expect(found).toEqual([omitted('m3', 'x')]);
  });
});
