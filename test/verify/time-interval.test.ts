import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proveIntervals, type TimeNode } from '../../src/verify/time-interval.js';
import type { ProvenInterval } from '../../src/verify/verified-passport.js';

const AT = 1_000;

function node(
  id: string,
  pins: readonly number[],
  bounds: { upper?: number; lower?: number } = {},
): TimeNode {
  return {
    id,
    pins,
    upper: bounds.upper === undefined ? null : { time: bounds.upper, from: `note:${id}-upper` },
    lower: bounds.lower === undefined ? null : { time: bounds.lower, from: `note:${id}-lower` },
  };
}

describe('proveIntervals', () => {
  test('gives nothing but the time of verification without a trusted time', () => {
    expect(proveIntervals([node('a', []), node('b', [0])], AT)).toEqual([
      { lower: null, upper: AT, lowerFrom: 'none', upperFrom: 'at' },
      { lower: null, upper: AT, lowerFrom: 'none', upperFrom: 'at' },
    ]);
  });

  test('spreads an upper bound to the pinned and a lower bound to the pinning, and names the record that holds it', () => {
    const nodes = [
      node('a', [], { lower: 10 }),
      node('b', [0]),
      node('c', [1], { upper: 90 }),
      node('d', [2]),
    ];
    expect(proveIntervals(nodes, AT)).toEqual([
      { lower: 10, upper: 90, lowerFrom: 'note:a-lower', upperFrom: 'record:c' },
      { lower: 10, upper: 90, lowerFrom: 'record:a', upperFrom: 'record:c' },
      { lower: 10, upper: 90, lowerFrom: 'record:a', upperFrom: 'note:c-upper' },
      { lower: 10, upper: AT, lowerFrom: 'record:a', upperFrom: 'at' },
    ]);
  });

  test('never raises a lower bound by a time that only covers what is pinned', () => {
    const nodes = [node('p', [], { upper: 500 }), node('r', [0], { upper: 40 })];
    expect(proveIntervals(nodes, AT)).toEqual([
      { lower: null, upper: 40, lowerFrom: 'none', upperFrom: 'record:r' },
      { lower: null, upper: 40, lowerFrom: 'none', upperFrom: 'note:r-upper' },
    ]);
  });

  test('uses no time later than the verification', () => {
    expect(proveIntervals([node('a', [], { upper: AT + 1, lower: AT + 1 })], AT)).toEqual([
      { lower: null, upper: AT, lowerFrom: 'none', upperFrom: 'at' },
    ]);
  });

  test('uses a time of the very second of the verification', () => {
    expect(proveIntervals([node('a', [], { upper: AT, lower: AT })], AT)).toEqual([
      { lower: AT, upper: AT, lowerFrom: 'note:a-lower', upperFrom: 'note:a-upper' },
    ]);
  });

  test.each([[-1], [2], [99]])('passes over position %i, which is not in the list', (absent) => {
    const nodes = [node('a', [], { lower: 5 }), node('b', [absent, 0, absent], { upper: 60 })];
    expect(proveIntervals(nodes, AT)).toEqual([
      { lower: 5, upper: 60, lowerFrom: 'note:a-lower', upperFrom: 'record:b' },
      { lower: 5, upper: 60, lowerFrom: 'record:a', upperFrom: 'note:b-upper' },
    ]);
  });

  test('keeps a contradiction visible: lower stands above upper', () => {
    const nodes = [node('a', [], { lower: 70 }), node('b', [0], { upper: 20 })];
    expect(proveIntervals(nodes, AT)).toEqual([
      { lower: 70, upper: 20, lowerFrom: 'note:a-lower', upperFrom: 'record:b' },
      { lower: 70, upper: 20, lowerFrom: 'record:a', upperFrom: 'note:b-upper' },
    ]);
  });

  test('takes a tie from its own source first, then from the smaller id, whatever the order', () => {
    const nodes = [
      node('z', [], { lower: 5 }),
      node('b', [], { lower: 5 }),
      node('r', [0, 1]),
      node('s', [0, 1], { lower: 5 }),
    ];
    const reordered = [nodes[1]!, nodes[0]!, node('s', [1, 0], { lower: 5 }), node('r', [1, 0])];
    const [, , r, s] = proveIntervals(nodes, AT);
    expect([r!.lowerFrom, s!.lowerFrom]).toEqual(['record:b', 'note:s-lower']);
    const [, , s2, r2] = proveIntervals(reordered, AT);
    expect([r2!.lowerFrom, s2!.lowerFrom]).toEqual(['record:b', 'note:s-lower']);
  });

  test('walks a chain of 200,000 without recursion', () => {
    const nodes: TimeNode[] = [];
    for (let index = 0; index < 200_000; index++)
      nodes.push(node(`n${index}`, index === 0 ? [] : [index - 1]));
    nodes[0] = node('first', [], { lower: 3 });
    nodes[nodes.length - 1] = node('last', [nodes.length - 2], { upper: 99 });
    const intervals = proveIntervals(nodes, AT);
    expect(intervals[100_000]).toEqual({
      lower: 3,
      upper: 99,
      lowerFrom: 'record:first',
      upperFrom: 'record:last',
    });
  });

  test('ends on a circle of pins, which no hash allows, with each node its own bounds', () => {
    const nodes = [node('a', [1], { upper: 50 }), node('b', [0], { lower: 7 }), node('c', [0, 99])];
    expect(proveIntervals(nodes, AT)).toEqual([
      { lower: null, upper: 50, lowerFrom: 'none', upperFrom: 'note:a-upper' },
      { lower: 7, upper: AT, lowerFrom: 'note:b-lower', upperFrom: 'at' },
      { lower: null, upper: AT, lowerFrom: 'none', upperFrom: 'at' },
    ]);
  });

  test('gives a node on a circle nothing from outside the circle either', () => {
    const nodes = [node('a', [], { lower: 7 }), node('b', [0, 2]), node('c', [1])];
    expect(proveIntervals(nodes, AT).map(({ lower }) => lower)).toEqual([7, null, null]);
  });
});

/** Straight from the definition: over all pins, with every path walked. */
function byDefinition(nodes: readonly TimeNode[], at: number): Pick<ProvenInterval, 'lower' | 'upper'>[] {
  function upper(index: number): number {
    const own = nodes[index]!.upper;
    const values = [at, ...(own !== null && own.time <= at ? [own.time] : [])];
    nodes.forEach((other, place) => {
      if (other.pins.includes(index)) values.push(upper(place));
    });
    return Math.min(...values);
  }
  function lower(index: number): number | null {
    const own = nodes[index]!.lower;
    const values = own !== null && own.time <= at ? [own.time] : [];
    for (const pinned of nodes[index]!.pins) {
      const inherited = lower(pinned);
      if (inherited !== null) values.push(inherited);
    }
    return values.length === 0 ? null : Math.max(...values);
  }
  return nodes.map((_, index) => ({ lower: lower(index), upper: upper(index) }));
}

const time = fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined });
const graph = fc
  .array(fc.record({ pins: fc.array(fc.nat(8), { maxLength: 4 }), upper: time, lower: time }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((raw) =>
    raw.map(({ pins, upper, lower }, index) =>
      node(`n${index}`, index === 0 ? [] : [...new Set(pins.map((pin) => pin % index))], {
        ...(upper === undefined ? {} : { upper }),
        ...(lower === undefined ? {} : { lower }),
      }),
    ),
  );

describe('proveIntervals on random graphs of pins', () => {
  test('equals the definition walked path by path', () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 0, max: 30 }), (nodes, at) => {
        const found = proveIntervals(nodes, at).map(({ lower, upper }) => ({ lower, upper }));
        expect(found).toEqual(byDefinition(nodes, at));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the answer for a statement does not depend on the order of the list', () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 0, max: 30 }), (nodes, at) => {
        const last = nodes.length - 1;
        const turned = [...nodes]
          .reverse()
          .map((one) => ({ ...one, pins: [...one.pins].reverse().map((pin) => last - pin) }));
        expect(proveIntervals(turned, at).reverse()).toEqual(proveIntervals(nodes, at));
      }),
      { numRuns: 500 },
    );
  });

  test('holds for histories as they happen: the true time of every signature lies in its interval', () => {
    // A signer can only pin and anchor what exists; a log stamps any time after the signature.
    const history = fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 5 }),
        pins: fc.array(fc.nat(20), { maxLength: 3 }),
        anchored: fc.boolean(),
        stampedAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(history, (events) => {
        let now = 0;
        const signedAt: number[] = [];
        const nodes = events.map(({ wait, pins, anchored, stampedAfter }, index) => {
          const anchor = now;
          now += wait;
          signedAt.push(now);
          return node(`n${index}`, index === 0 ? [] : pins.map((pin) => pin % index), {
            ...(anchored ? { lower: anchor } : {}),
            ...(stampedAfter === undefined ? {} : { upper: now + stampedAfter }),
          });
        });
        proveIntervals(nodes, now + 100).forEach(({ lower, upper }, index) => {
          expect(lower ?? 0).toBeLessThanOrEqual(signedAt[index]!);
          expect(upper).toBeGreaterThanOrEqual(signedAt[index]!);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
