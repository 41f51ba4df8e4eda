import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { AgreedFact, Fact } from '../../src/facts/fact.js';
import {
  climateLimitsOf,
  climateSources,
  firstShockSource,
  shockLimitsOf,
  shockSources,
} from '../../src/facts/limits.js';
import { provenance, recordedFact } from './fact-builder.js';

const shock = (axis: string, maxPeakMilliG: number, maxDeltaVUmPerS: number): unknown => ({
  axis,
  maxPeakMilliG,
  maxDeltaVUmPerS,
});
const warm = { minMilliC: 2, maxMilliC: 8, maxRhPermille: 600 };

function agreed(
  name: string,
  value: unknown,
  over: Partial<AgreedFact> = {},
  upper = 100,
  lower: number | null = null,
): AgreedFact {
  return {
    id: `${name}#0`,
    sub: 'item',
    time: { from: 0, to: 0 },
    offsetMin: 0,
    prov: provenance(name, 'S', { madeAt: { lower, upper } }),
    predicate: 'agreed',
    term: 'fragility',
    value,
    hidden: false,
    parties: ['A', name],
    assentedBy: ['A', name],
    joint: true,
    ...over,
  };
}
function commissioned(name: string, args: unknown): Fact {
  const { predicate: _predicate, ...base } = recordedFact(name, [0, 0]);
  return { ...base, predicate: 'commissioned', args } as unknown as Fact;
}
function given(...facts: readonly Fact[]): CaseFacts {
  return {
    of: (predicate: string) => facts.filter((fact) => fact.predicate === predicate),
    precedes: () => false,
  } as unknown as CaseFacts;
}

test('a shock limit has an axis, a peak and a velocity change; anything else limits nothing', () => {
  const limit = { axis: 'z', maxPeakMilliG: 5, maxDeltaVUmPerS: 6 };
  expect(shockLimitsOf([limit, { ...limit, axis: 'w' }, 'odd'])).toEqual([limit]);
  for (const key of Object.keys(limit)) {
    expect(
      shockLimitsOf([Object.fromEntries(Object.entries(limit).filter(([name]) => name !== key))]),
    ).toBeNull();
  }
  expect([shockLimitsOf([]), shockLimitsOf(limit), shockLimitsOf(null)]).toEqual([null, null, null]);
});

test('a climate limit may leave out each of its figures', () => {
  expect(climateLimitsOf([warm, { maxMilliC: 8 }, { minMilliC: 'cold' }])).toEqual([
    warm,
    { minMilliC: null, maxMilliC: 8, maxRhPermille: null },
    { minMilliC: null, maxMilliC: null, maxRhPermille: null },
  ]);
  expect([climateLimitsOf([]), climateLimitsOf(warm), climateLimitsOf(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
});

const FRAGILE = [shock('any', 50, 60)];

describe('the fragilities of a case', () => {
  test('are those jointly agreed, opened, and readable', () => {
    expect(
      shockSources(
        given(
          agreed('a', FRAGILE),
          agreed('b', FRAGILE, { joint: false }),
          agreed('c', FRAGILE, { hidden: true }),
          agreed('d', 'soft'),
          agreed('e', FRAGILE, { term: 'handlingEnvelope' }),
          agreed('f', []),
        ),
      ),
    ).toEqual([{ terms: ['a#0'], shock: FRAGILE, climate: null }]);
  });
  test('of one circle of parties the latest', () => {
    const parties = ['A', 'B'];
    const old = agreed('a', FRAGILE, { parties }, 10, 5);
    const late = agreed('b', FRAGILE, { parties }, 30, 20);
    expect(shockSources(given(old, late, agreed('c', FRAGILE))).map(({ terms }) => terms)).toEqual([
      ['b#0'],
      ['c#0'],
    ]);
  });
});

describe('the first fragility', () => {
  const first = (...facts: AgreedFact[]): unknown => {
    const there = firstShockSource(given(...facts))?.terms ?? null;
    expect(firstShockSource(given(...[...facts].reverse()))?.terms ?? null).toEqual(there);
    return there;
  };
  test('is the one proven first, readable or not being no matter of it', () => {
    expect(
      first(agreed('a', FRAGILE, {}, 20), agreed('b', FRAGILE, {}, 10), agreed('c', 'soft', {}, 5)),
    ).toEqual(['b#0']);
    expect([first(), first(agreed('c', 'soft'))]).toEqual([null, null]);
  });
  test('of one time the strictest: the lowest peak, then the least velocity change, then the axes', () => {
    const strict = (a: readonly unknown[], b: readonly unknown[]): unknown =>
      first(agreed('a', a), agreed('b', b));
    expect(strict([shock('any', 50, 60)], [shock('any', 40, 90)])).toEqual(['b#0']);
    expect(strict([shock('any', 50, 60)], [shock('any', 50, 59)])).toEqual(['b#0']);
    expect(strict([shock('y', 50, 60)], [shock('x', 50, 60)])).toEqual(['b#0']);
    expect(strict([shock('any', 50, 60)], [shock('z', 90, 90), shock('x', 40, 90)])).toEqual(['b#0']);
    expect(strict([shock('x', 50, 60), shock('y', 50, 60)], [shock('x', 50, 60)])).toEqual(['b#0']);
    expect(
      strict([shock('x', 50, 60), shock('y', 40, 60)], [shock('y', 40, 60), shock('x', 50, 59)]),
    ).toEqual(['b#0']);
  });
});

test('climate limits are those agreed, and those declared of the thing itself', () => {
  expect(
    climateSources(
      given(
        agreed('a', [warm], { term: 'temperatureLimits' }),
        agreed('b', [], { term: 'temperatureLimits' }),
        agreed('c', [warm], { term: 'temperatureLimits', joint: false }),
        commissioned('d', { storageLimits: [{ maxMilliC: 25 }] }),
        commissioned('e', { storageLimits: 'cool' }),
        commissioned('f', {}),
        commissioned('g', 'odd'),
      ),
    ),
  ).toEqual([
    { terms: ['a#0'], shock: null, climate: [warm] },
    { terms: ['d#0'], shock: null, climate: [{ minMilliC: null, maxMilliC: 25, maxRhPermille: null }] },
  ]);
});
