import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { locate, locateAll, type Step } from '../../src/record/locate.js';

// a5 | 01 82 10 81 11 | 02 f6 | 20 12 | 61 61 a1 61 62 13 | 61 62 80
const BYTES = encodeCbor(
  new Map<number | string, never>([
    [1, [16, [17]]],
    [2, null],
    [-1, 18],
    ['a', new Map([['b', 19]])],
    ['b', []],
  ] as never),
);

const key = (name: number | string): Step => ({ key: name });
const at = (index: number): Step => ({ index });

const PLACES: readonly (readonly [readonly Step[], number])[] = [
  [[], 0],
  [[key(1)], 2],
  [[key(1), at(0)], 3],
  [[key(1), at(1)], 4],
  [[key(1), at(1), at(0)], 5],
  [[key(2)], 7],
  [[key(-1)], 9],
  [[key('a')], 12],
  [[key('a'), key('b')], 15],
  [[key('b')], 18],
  // What is not there is reported at the last container on the way.
  [[key(0)], 0],
  [[key('c')], 0],
  [[key(1), at(2)], 2],
  [[key(1), key(0)], 2],
  [[key('a'), key('a')], 12],
  [[key('a'), at(0)], 12],
  [[key('b'), at(0)], 18],
  [[key(2), at(0), at(0)], 7],
];

describe('locate', () => {
  test.each(PLACES)('%j', (steps, offset) => {
    expect(locate(BYTES, 0, steps)).toBe(offset);
  });

  test('many places at once, in any order and more than once', () => {
    const twice = [...PLACES, ...[...PLACES].reverse()];
    expect(
      locateAll(
        BYTES,
        0,
        twice.map(([steps]) => steps),
      ),
    ).toEqual(twice.map(([, offset]) => offset));
    expect(locateAll(BYTES, 0, [])).toEqual([]);
  });
});
