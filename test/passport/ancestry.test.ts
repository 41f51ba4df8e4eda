import { describe, expect, test } from 'vitest';
import { Ancestry } from '../../src/passport/ancestry.js';
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
