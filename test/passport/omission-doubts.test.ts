import { describe, expect, test } from 'vitest';
import { findChains } from '../../src/passport/chains.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import type { ManifestStatement } from '../../src/passport/manifest.js';
import { seriesOf } from '../../src/passport/manifest-series.js';
import { findSilentOmissions } from '../../src/passport/silent-omission.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

type Made = Sketch & { readonly ids?: readonly string[] };

function omissions(records: readonly Sketch[], made: readonly Made[]): unknown[] {
  const graph = new EvidenceGraph(
    [...records, ...made.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))].map(sketch),
  );
  const manifests = made.map((one): ManifestStatement => {
    const { id, kid, sub, named, link } = graph.recordOf(idOf(one.name))!;
    const statement = graph.statementOfId(id);
    const none = { root: '', withheld: [], asOf: null, continues: null, after: null };
    return { ...none, statement, id, kid, sub, seq: link!.seq, ids: named, part: [1, 1] };
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
