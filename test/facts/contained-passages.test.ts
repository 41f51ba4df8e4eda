import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { containedPassages } from '../../src/facts/contained-passages.js';
import type { Enclosed } from '../../src/facts/enclosing.js';
import type { AggregatedFact, HandedOverFact, HoldsFact, Provenance } from '../../src/facts/fact.js';
import { aggregatedFact, DIRECT, provenance } from './fact-builder.js';

interface Packed {
  readonly by?: string;
  readonly prov?: Partial<Provenance>;
  readonly parent?: string;
  readonly at?: number;
}
function packing({ at = 10, by = 'A', parent = 'box', prov = {} }: Packed = {}): AggregatedFact {
  return aggregatedFact(`pack in ${parent}`, at, { parent }, { by, prov: { roles: ['carrier'], ...prov } });
}
function way(from: number | null, to: number | null, ...packings: readonly AggregatedFact[]): Enclosed {
  return { from, to, via: packings.map(({ id }) => id), packings, objections: [] };
}
function passage(from: string, at: number, over: Partial<HandedOverFact> = {}): HandedOverFact {
  return {
    from,
    to: 'Z',
    sub: 'box',
    time: { from: at, to: at },
    remark: 'none',
    prov: provenance('t', from),
    ...over,
  } as HandedOverFact;
}
/** Does a passage of the box from A to Z at the time move the item? */
function moves(
  ways: readonly Enclosed[],
  time: readonly [number | null, number | null] = [20, 20],
  {
    mandates = [],
    parties = ['A', 'P'],
    passages = [passage('A', 20)],
  }: {
    readonly mandates?: readonly (readonly [string, string])[];
    readonly parties?: readonly string[];
    readonly passages?: readonly HandedOverFact[];
  } = {},
): boolean {
  const facts = {
    of: (predicate: string) =>
      predicate === 'acts-for' ? mandates.map(([agent, principal]) => ({ agent, principal })) : passages,
    scope: { parties, goods: [], sellers: [] },
  } as unknown as Pick<CaseFacts, 'of' | 'scope'>;
  const contained = containedPassages(facts, { times: (sub) => (sub === 'box' ? ways : []) });
  return contained.moves(passage('A', 0, { time: { from: time[0], to: time[1] } }));
}

describe('a passage of a container moves the item', () => {
  test('exactly while it is inside, for all of the passage', () => {
    const inside = [way(10, 30, packing())];
    expect([moves(inside), moves(inside, [10, 30]), moves(inside, [9, 20]), moves(inside, [20, 31])]).toEqual(
      [true, true, false, false],
    );
    expect([moves(inside, [null, 20]), moves(inside, [20, null]), moves([])]).toEqual([false, false, false]);
    expect([moves([way(10, null, packing())], [20, null]), moves([way(null, null)], [null, null])]).toEqual([
      true,
      true,
    ]);
  });
  test('by any one way', () => {
    expect(moves([way(0, 5, packing()), way(10, 30, packing())])).toBe(true);
  });
  test('if every packing on the way is believed', () => {
    const stranger = packing({ by: 'P', parent: 'box' });
    expect([moves([way(10, 30, packing(), stranger)]), moves([way(10, 30, stranger, packing())])]).toEqual([
      false,
      false,
    ]);
  });
  test('not if one of them only counts against its signer, unless that signer receives the goods', () => {
    const adverse = (by: string): AggregatedFact =>
      packing({ by, prov: { integrity: 'adverse-only', roles: ['warehouse'] } });
    expect([moves([way(10, 30, adverse('A'))]), moves([way(10, 30, packing(), adverse('A'))])]).toEqual([
      false,
      false,
    ]);
    expect(moves([way(10, 30, adverse('Z'))])).toBe(true);
  });
  test('not if a better word says it was elsewhere then', () => {
    const against = packing();
    const said = (upper: number, from: number, to: number | null): boolean => {
      const fact = aggregatedFact('other', from, {}, { prov: { madeAt: { lower: null, upper } } });
      return moves([{ ...way(10, 30, against), objections: [{ from, to, fact, against }] }]);
    };
    expect([said(999, 15, 25), said(1_000, 15, 25), said(1_001, 15, 25)]).toEqual([false, true, true]);
    expect([said(1, 21, 25), said(1, 15, 19), said(1, 15, null)]).toEqual([true, true, false]);
  });
});

describe('who is believed to have packed it', () => {
  const believed = (packed: Packed, rest: Parameters<typeof moves>[2] = {}): boolean =>
    moves([way(10, 30, packing(packed))], [20, 20], rest);
  test('who handed the container on, then or later', () => {
    expect([believed({}), believed({ at: 20 }), believed({ at: 21 })]).toEqual([true, true, false]);
    expect(believed({ by: 'P' })).toBe(false);
  });
  test('its agent, and nobody else’s', () => {
    const agent = (...mandates: readonly (readonly [string, string])[]): boolean =>
      believed({ by: 'P' }, { mandates });
    expect([agent(['P', 'A']), agent(['P', 'X']), agent(['X', 'A']), agent()]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
  test('anybody, where nobody handed the container on', () => {
    expect(believed({ by: 'P' }, { passages: [] })).toBe(true);
    expect(believed({ by: 'P' }, { passages: [passage('A', 20, { remark: 'refused' })] })).toBe(true);
    expect(believed({ by: 'P' }, { passages: [passage('A', 20, { sub: 'other' })] })).toBe(true);
  });
  test('a trusted one who gains nothing by it: no party, or in no role that answers for the goods', () => {
    const roles = (...given: string[]): boolean => believed({ by: 'P', prov: { roles: given } });
    expect(
      ['seller', 'buyer', 'carrier', 'contracting-carrier', 'operator'].map((role) => roles(role)),
    ).toEqual(Array(5).fill(false));
    expect([roles('warehouse'), roles(), roles('warehouse', 'seller')]).toEqual([true, true, false]);
    expect(believed({ by: 'X', prov: { roles: ['carrier'] } })).toBe(true);
    expect(believed({ by: 'X', prov: { roles: ['warehouse'], trusted: false } })).toBe(false);
  });
});

test('a film shows the holder of the item at its beginning, one of packing at its end', () => {
  const facts = { of: () => [], scope: { parties: [], goods: [], sellers: [] } } as unknown as CaseFacts;
  const holds = (ways: readonly Enclosed[], purpose: HoldsFact['purpose']): boolean =>
    containedPassages(facts, { times: () => ways }).holds({
      party: 'R',
      purpose,
      sub: 'box',
      time: { from: 10, to: 20 },
    } as HoldsFact);
  const early = [way(0, 15, packing())];
  const late = [way(15, 30, packing())];
  expect([holds(early, 'unboxing'), holds(early, 'intake'), holds(early, 'packing')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([holds(late, 'unboxing'), holds(late, 'intake'), holds(late, 'packing')]).toEqual([
    false,
    false,
    true,
  ]);
  expect(holds([DIRECT], 'packing')).toBe(true);
});
