import { describe, expect, test } from 'vitest';
import { utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { diagnostic } from '../../src/diagnostic.js';
import { findChains, findGaps } from '../../src/passport/chains.js';
import { DiagnosticList, KEPT_PER_CODE } from '../../src/passport/diagnostic-list.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import type { ManifestStatement, WithheldRecord } from '../../src/passport/manifest.js';
import { checkManifests, explainGaps } from '../../src/passport/manifest-checks.js';
import { seriesOf } from '../../src/passport/manifest-series.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

interface ManifestSketch extends Sketch {
  readonly ids?: readonly string[];
  readonly withheld?: readonly WithheldRecord[];
  readonly part?: readonly [number, number];
  readonly continues?: string;
}

function scene(
  records: readonly Sketch[],
  made: readonly ManifestSketch[],
): { graph: EvidenceGraph; manifests: ManifestStatement[] } {
  const graph = new EvidenceGraph(
    [...records, ...made.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))].map(sketch),
  );
  const manifests = made
    .map((one): ManifestStatement => {
      const { id, kid, sub, named, link } = graph.recordOf(idOf(one.name))!;
      return {
        statement: graph.statementOfId(id),
        id,
        kid,
        sub,
        seq: link!.seq,
        root: '',
        ids: named,
        withheld: one.withheld ?? [],
        asOf: null,
        part: one.part ?? [1, 1],
        continues: one.continues === undefined ? null : idOf(one.continues),
        after: null,
      };
    })
    .sort((a, b) => a.statement - b.statement);
  return { graph, manifests };
}

const hidden = (name: string, seq = 0, kid = 'other'): WithheldRecord => ({
  id: idOf(name),
  reason: 'privacy',
  at: { kid, subject: sha256Hex(utf8Bytes(ITEM)), seq },
});

function codes(
  records: readonly Sketch[],
  made: readonly ManifestSketch[],
): [string, string | undefined, unknown][] {
  const { graph, manifests } = scene(records, made);
  return checkManifests(graph, findChains(graph), manifests, {
    item: ITEM,
    notes: new Set(),
    credentials: new Set(),
    trustedParty: () => null,
    trustedAnswer: () => null,
    loggedBefore: () => new Set(),
  }).map(({ code, record, detail }) => [code, record, detail]);
}

describe('a series', () => {
  const first: ManifestSketch = { name: 'm1', part: [1, 3] };
  const second: ManifestSketch = { name: 'm2', seq: 1, part: [2, 3], continues: 'm1' };
  const third: ManifestSketch = { name: 'm3', seq: 2, part: [3, 3], continues: 'm2' };
  const shown = (...made: ManifestSketch[]): unknown => {
    const { graph, manifests } = scene([], made);
    return seriesOf(graph, manifests)
      .map(({ parts, size, complete }) => [parts.map(({ id }) => id), size, complete])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  };
  const apart = (...made: ManifestSketch[]): unknown =>
    made
      .map(({ name, part }) => [[idOf(name)], part![1], false])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

  test('is its parts in their order, whatever their ids', () => {
    const whole = [[['m1', 'm2', 'm3'].map(idOf), 3, true]];
    expect(shown(first, second, third)).toEqual(whole);
    expect(shown(third, second, first)).toEqual(whole);
    for (const names of [
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'd'],
      ['d', 'c'],
    ] as const) {
      const one: ManifestSketch = { name: names[0], part: [1, 2] };
      const other: ManifestSketch = { name: names[1], seq: 1, part: [2, 2], continues: names[0] };
      expect(shown(one, other)).toEqual([[names.map(idOf), 2, true]]);
    }
  });

  test('of two that are the same part the smaller id comes first, and the series is not longer for it', () => {
    const again = { ...second, name: 'm2 again', iat: 9 };
    const twice = ['m2', 'm2 again'].map(idOf).sort();
    expect(shown(first, second, again)).toEqual([[[idOf('m1'), ...twice], 3, false]]);
  });

  test.each<[string, Partial<ManifestSketch>]>([
    ['another key', { kid: 'thief' }],
    ['another subject', { sub: CONTAINER }],
    ['another size', { part: [2, 2] }],
    ['another number', { part: [3, 3] }],
    ['the same number', { part: [1, 3] }],
  ])('is not continued by %s', (_, changes) => {
    const wrong = { ...second, ...changes };
    expect(shown(first, wrong)).toEqual(apart(first, wrong));
  });
});

describe('a withheld id is proven by anybody but its maker', () => {
  const ghost: ManifestSketch = { name: 'm', withheld: [hidden('ghost')] };
  const unproven = (records: readonly Sketch[], ...more: ManifestSketch[]): unknown[] =>
    codes(records, [ghost, ...more])
      .filter(([code]) => code === 'manifest.withheld-unproven')
      .map(([, record, detail]) => [record, detail]);
  const told = [idOf('m'), { ids: [idOf('ghost')], records: 1 }];

  test.each<[string, Sketch[], ManifestSketch[], unknown[]]>([
    ['nobody', [], [], [told]],
    ['its presence', [{ name: 'ghost', kid: 'other' }], [], []],
    ['a seen, though by the maker', [{ name: 'a', lane: 'm', sub: CONTAINER, seen: ['ghost'] }], [], []],
    [
      'an acknowledgement, though by the maker',
      [{ name: 'a', lane: 'm', sub: CONTAINER, named: ['ghost'] }],
      [],
      [],
    ],
    ['a manifest of another key', [], [{ name: 'n', kid: 'other', ids: ['ghost'] }], []],
    [
      'a further manifest of the maker: no second voice',
      [],
      [{ name: 'n', seq: 1, prev: 'm', lane: 'm', ids: ['m', 'ghost'] }],
      [told],
    ],
  ])('%s', (_, records, more, expected) => {
    expect(unproven(records, ...more)).toEqual(expected);
  });

  test('its presence proves it, the first of all records included', () => {
    for (const name of ['g1', 'g2', 'g3', 'g4', 'g5', 'g6']) {
      const found = codes([{ name, kid: 'other' }], [{ name: 'm', withheld: [hidden(name)] }]);
      expect(found.map(([code]) => code)).toEqual([]);
    }
  });

  test('another maker that withholds it too speaks for both', () => {
    expect(unproven([], { name: 'n', kid: 'other', withheld: [hidden('ghost')] })).toEqual([]);
  });

  test('of very many the first sixteen are named', () => {
    const many = Array.from({ length: 20 }, (_, index) => hidden(`ghost ${index}`));
    const found = codes([], [{ name: 'm', withheld: many }]);
    expect(found).toContainEqual([
      'manifest.withheld-unproven',
      idOf('m'),
      { ids: many.slice(0, 16).map(({ id }) => id), records: 20 },
    ]);
  });
});

test('a missing part is told with the number of those that are here, each once', () => {
  const made: ManifestSketch[] = [
    { name: 'm1', part: [1, 3] },
    { name: 'm2', seq: 1, part: [2, 3], continues: 'm1' },
    { name: 'm2 again', seq: 1, part: [2, 3], continues: 'm1', iat: 9 },
  ];
  const last = ['m2', 'm2 again'].map(idOf).sort().at(-1);
  const found = codes([], made).filter(([code]) => code === 'manifest.part-absent');
  expect(found).toEqual([['manifest.part-absent', last, { key: 'key', parts: 3, present: 2 }]]);
});

describe('a gap', () => {
  const explained = (from: number, to: number, numbers: readonly number[]): string[] => {
    const records: Sketch[] = [
      ...Array.from({ length: from }, (_, seq) => ({ name: `r${seq}`, kid: 'other', seq, lane: `l${seq}` })),
      { name: 'after', kid: 'other', seq: to + 1, lane: 'l' },
    ];
    const withheld = numbers.map((seq, index) => hidden(`w${index}`, seq));
    const { graph, manifests } = scene(records, [{ name: 'm', withheld }]);
    const gaps = findGaps(graph, findChains(graph), ITEM);
    const { diagnostics, unexplained } = explainGaps(graph, gaps, manifests, () => true);
    expect(diagnostics.map(({ code }) => code === 'chain.gap')).toEqual(
      gaps.map((gap) => unexplained.includes(gap)),
    );
    return diagnostics.map(({ code }) => code);
  };

  test.each<[number, number, number[], boolean]>([
    [1, 3, [3, 1, 2], true],
    [1, 3, [9, 3, 0, 1, 2, 2, 1], true],
    [1, 3, [1, 3], false],
    [1, 3, [1, 1, 3], false],
    [1, 3, [1, 2], false],
    [1, 3, [2, 3], false],
    [1, 3, [0, 2, 3], false],
    [1, 3, [2, 2, 3, 3], false],
    [2, 2, [2], true],
    [2, 2, [1, 3], false],
    [0, 11, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], true],
    [0, 11, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12], false],
    [9, 11, [11, 10, 9, 100], true],
  ])('from %i to %i under %j', (from, to, numbers, whole) => {
    expect(explained(from, to, numbers)).toEqual([whole ? 'chain.withheld' : 'chain.gap']);
  });
});

describe('DiagnosticList', () => {
  const fill = (list: DiagnosticList, code: 'sig.invalid' | 'chain.gap', count: number): DiagnosticList => {
    for (let index = 0; index < count; index += 1) list.add(diagnostic(code, { index }));
    return list;
  };
  const sizes = ({ kept, counts }: DiagnosticList): unknown => [
    [...counts],
    kept.filter(({ code }) => code === 'sig.invalid').length,
    kept.filter(({ code }) => code === 'chain.gap').length,
  ];

  test('keeps the first of each code and counts all', () => {
    const list = fill(fill(new DiagnosticList(), 'sig.invalid', KEPT_PER_CODE + 2), 'chain.gap', 2);
    expect(sizes(list)).toEqual([
      [
        ['sig.invalid', KEPT_PER_CODE + 2],
        ['chain.gap', 2],
      ],
      KEPT_PER_CODE,
      2,
    ]);
    expect(list.kept[KEPT_PER_CODE - 1]!.index).toBe(KEPT_PER_CODE - 1);
  });

  test('takes over another list within the same bounds, with its totals', () => {
    const list = fill(new DiagnosticList(), 'sig.invalid', KEPT_PER_CODE - 1);
    list.merge(fill(fill(new DiagnosticList(), 'sig.invalid', KEPT_PER_CODE + 5), 'chain.gap', 3));
    expect(sizes(list)).toEqual([
      [
        ['sig.invalid', 2 * KEPT_PER_CODE + 4],
        ['chain.gap', 3],
      ],
      KEPT_PER_CODE,
      3,
    ]);
    const other = new DiagnosticList();
    other.merge(list);
    other.merge(list);
    expect(sizes(other)).toEqual([
      [
        ['sig.invalid', 4 * KEPT_PER_CODE + 8],
        ['chain.gap', 6],
      ],
      KEPT_PER_CODE,
      6,
    ]);
  });
});
