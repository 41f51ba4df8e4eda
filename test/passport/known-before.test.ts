import { expect, test } from 'vitest';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { knownBefore } from '../../src/passport/known-before.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, sketch } from './synthetic.js';

test('a record whose link nobody here can read is known, and shows no more', () => {
  const graph = new EvidenceGraph([
    { ...sketch({ name: 'a' }), link: null },
    sketch({ name: 'b', kid: 'other' }),
  ]);
  expect([...knownBefore(graph, 'key', ITEM, new Set(), [])]).toEqual([idOf('a')]);
});

test('the prev of a listed record is known, wherever it stands', () => {
  // One of the two stands first in the graph.
  for (const [before, after] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const graph = new EvidenceGraph([
      sketch({ name: before, sub: CONTAINER }),
      sketch({ name: after, sub: CONTAINER, seq: 1, prev: before, lane: before }),
    ]);
    expect([...knownBefore(graph, 'key', ITEM, new Set([idOf(after)]), [])]).toEqual([idOf(before)]);
  }
});
