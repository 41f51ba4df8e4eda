import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { CounterSignature, HandedOverFact, HoldsFact } from '../../src/facts/fact.js';
import {
  clockOf,
  type PassageDraft,
  SAME_PASSAGE_S,
  signersOf,
  toldPassages,
} from '../../src/facts/passages.js';
import { provenance, type Who } from './fact-builder.js';

function handed(
  name: string,
  from: string,
  to: string,
  at: number,
  over: Partial<HandedOverFact> = {},
  { by = from, prov = {} }: Who = {},
): HandedOverFact {
  return {
    id: `${name}#0`,
    sub: 'item',
    time: { from: at, to: at },
    offsetMin: 0,
    prov: provenance(name, by, prov),
    predicate: 'handed-over',
    via: 'handover',
    from,
    to,
    fromCapacity: 'principal',
    toCapacity: 'carrier',
    mode: 'road',
    remark: 'none',
    scope: [],
    ...over,
  };
}
function answer(by: string, over: Partial<CounterSignature> = {}): CounterSignature {
  return {
    record: `answer of ${by}`,
    by,
    stance: 'agree',
    remark: 'none',
    scope: [],
    trusted: true,
    integrity: 'ok',
    ...over,
  };
}
function told(...facts: readonly HandedOverFact[]): readonly PassageDraft[] {
  const view = { of: () => facts } as unknown as CaseFacts;
  return toldPassages(view, () => true);
}
/** The same in both orders in which the facts may come. */
function bothWays(...facts: readonly HandedOverFact[]): readonly PassageDraft[] {
  const there = told(...facts);
  expect(told(...[...facts].reverse()).map(shape)).toEqual(there.map(shape));
  return there;
}
const shape = ({ from, fromCapacity, hi, lo, mode, to, toCapacity }: PassageDraft): unknown => [
  from,
  to,
  fromCapacity,
  toCapacity,
  mode,
  lo,
  hi,
];
const route = (...passages: readonly (readonly [string, string, number])[]): readonly string[] =>
  bothWays(...passages.map(([from, to, at], i) => handed(`r${i}`, from, to, at))).map(
    ({ from, to }) => `${from}>${to}`,
  );

describe('which of several records says what the passage was', () => {
  const as = (toCapacity: string): Partial<HandedOverFact> => ({ toCapacity });
  const capacity = (...facts: HandedOverFact[]): string => bothWays(...facts)[0]!.toCapacity;
  const proven = (upper: number): Who => ({ prov: { madeAt: { lower: null, upper } } });

  test('one that the other side stands behind before others', () => {
    expect(
      capacity(
        handed('a', 'S', 'A', 0, as('operator'), proven(1)),
        handed('b', 'S', 'A', 0, as('carrier'), { prov: { counterSigned: [answer('A')] } }),
      ),
    ).toBe('carrier');
    expect(
      capacity(
        handed('a', 'S', 'A', 0, as('operator'), proven(1)),
        handed('b', 'S', 'A', 0, as('carrier'), {
          prov: { counterSigned: [answer('A', { remark: 'refused' })] },
        }),
      ),
    ).toBe('operator');
  });
  test('then a trusted one, then the earliest proven', () => {
    expect(
      capacity(
        handed('a', 'S', 'A', 0, as('operator'), {
          prov: { trusted: false, madeAt: { lower: null, upper: 1 } },
        }),
        handed('b', 'S', 'A', 0, as('carrier')),
      ),
    ).toBe('carrier');
    expect(
      capacity(
        handed('a', 'S', 'A', 0, as('operator'), proven(9)),
        handed('b', 'S', 'A', 0, as('carrier'), proven(8)),
      ),
    ).toBe('carrier');
  });
  test('then by its words, never by its id, which can be ground; of equal words by its clock', () => {
    expect(capacity(handed('a', 'S', 'A', 0, as('operator')), handed('b', 'S', 'A', 0, as('carrier')))).toBe(
      'carrier',
    );
    const mode = (a: string, b: string): string | null =>
      bothWays(handed('a', 'S', 'A', 0, { mode: a }), handed('b', 'S', 'A', 0, { mode: b }))[0]!.mode;
    expect([mode('sea', 'air'), mode('air', 'sea')]).toEqual(['air', 'air']);
    const clock = (a: number, b: number): number | null =>
      clockOf(
        told(handed('a', 'S', 'A', 0, { offsetMin: a }), handed('b', 'S', 'A', 0, { offsetMin: b }))[0]!,
      );
    expect([clock(480, 60), clock(60, 480), clock(-60, 60), clock(60, -60)]).toEqual([60, 60, -60, -60]);
  });
  test('what the best leaves out the next says; what nobody says is not known', () => {
    const silent = { via: 'delivery' as const, fromCapacity: null, toCapacity: 'principal', mode: null };
    const both = bothWays(
      handed('a', 'S', 'A', 0, silent, proven(1)),
      handed('b', 'S', 'A', 0, { fromCapacity: 'operator', mode: 'rail' }, proven(5)),
      handed('c', 'S', 'A', 0, { fromCapacity: 'carrier', mode: 'air' }, proven(9)),
    );
    expect(both.map(shape)).toEqual([['S', 'A', 'operator', 'carrier', 'rail', 0, 0]]);
    expect(bothWays(handed('a', 'S', 'A', 0, silent)).map(shape)).toEqual([
      ['S', 'A', null, 'principal', null, 0, 0],
    ]);
  });
});

describe('whose word makes a passage', () => {
  const count = (who: Who, over: Partial<HandedOverFact> = {}): number =>
    told(handed('a', 'S', 'A', 0, over, who)).length;
  test('a bare word only with a party to it that took part', () => {
    const bare = (...counterSigned: CounterSignature[]): number =>
      count({ by: 'X', prov: { kind: 'statement', counterSigned } });
    expect([bare(), bare(answer('A')), bare(answer('S')), bare(answer('X'))]).toEqual([0, 1, 1, 0]);
    expect([bare(answer('A', { stance: 'refuse' })), bare(answer('A', { remark: 'refused' }))]).toEqual([
      0, 0,
    ]);
  });
  test('one that only counts against its signer, where the signer took the goods', () => {
    const adverse = (by: string, ...counterSigned: CounterSignature[]): number =>
      count({ by, prov: { integrity: 'adverse-only', counterSigned } });
    expect([adverse('S'), adverse('A'), adverse('S', answer('A'))]).toEqual([0, 1, 1]);
  });
  test('none where the goods were refused', () => {
    expect(count({}, { remark: 'refused' })).toBe(0);
  });
});

describe('order', () => {
  test('is that of the stated times, then of the ends, then of the parties', () => {
    expect(route(['A', 'B', 5], ['C', 'D', 1], ['E', 'F', 3])).toEqual(['C>D', 'E>F', 'A>B']);
    const longer = [
      handed('a', 'A', 'B', 0),
      handed('b', 'A', 'B', 5),
      handed('c', 'C', 'D', 0),
      handed('d', 'C', 'D', 3),
    ];
    expect(bothWays(...longer).map(({ from }) => from)).toEqual(['C', 'A']);
    expect(route(['C', 'D', 1], ['A', 'F', 1], ['A', 'B', 1])).toEqual(['A>B', 'A>F', 'C>D']);
  });
  test('a passage that brings the goods to the next giver comes before it, within six hours', () => {
    const bridged = (after: number): readonly string[] =>
      route(['S', 'A', 0], ['B', 'C', 100], ['A', 'B', 100 + after]);
    expect(bridged(SAME_PASSAGE_S)).toEqual(['S>A', 'A>B', 'B>C']);
    expect(bridged(SAME_PASSAGE_S + 1)).toEqual(['S>A', 'B>C', 'A>B']);
  });
  test('not one of somebody who does not hold them', () => {
    expect(route(['S', 'A', 0], ['B', 'C', 100], ['X', 'B', 101])).toEqual(['S>A', 'B>C', 'X>B']);
  });
  test('nor where the next giver holds them already', () => {
    expect(route(['S', 'A', 0], ['A', 'B', 100], ['A', 'A', 101])).toEqual(['S>A', 'A>B', 'A>A']);
  });
  test('of two in one second that of the holder comes first; a later one does not', () => {
    expect(route(['S', 'H', 0], ['B', 'D', 100], ['H', 'E', 100])).toEqual(['S>H', 'H>E', 'B>D']);
    expect(route(['S', 'H', 0], ['B', 'D', 100], ['H', 'E', 101])).toEqual(['S>H', 'B>D', 'H>E']);
  });
  test('at the very beginning any that brings them there, but not there and back again', () => {
    expect(route(['A', 'B', 100], ['S', 'A', 101])).toEqual(['S>A', 'A>B']);
    expect(route(['A', 'B', 100], ['B', 'A', 101])).toEqual(['A>B', 'B>A']);
  });
  test('only the nearest sixteen are looked at', () => {
    const between = (count: number): readonly string[] =>
      route(
        ['S', 'A', 0],
        ['B', 'C', 100],
        ...Array.from({ length: count }, (_, i) => [`X${i}`, `Y${i}`, 101 + i] as const),
        ['A', 'B', 200],
      );
    expect(between(15).slice(0, 3)).toEqual(['S>A', 'A>B', 'B>C']);
    expect(between(16).slice(0, 3)).toEqual(['S>A', 'B>C', 'X0>Y0']);
  });
});

test('who signed a passage: of the two whoever told of it or stands behind it', () => {
  const signers = (by: string, ...counterSigned: CounterSignature[]): readonly string[] =>
    signersOf(told(handed('a', 'S', 'A', 0, {}, { by, prov: { counterSigned } }))[0]!);
  expect([signers('S'), signers('A'), signers('X'), signers('S', answer('A'), answer('X'))]).toEqual([
    ['S'],
    ['A'],
    [],
    ['A', 'S'],
  ]);
  expect(signers('S', answer('A', { stance: 'refuse' }))).toEqual(['S']);
});

test('the clock of a passage that only films show is that of the film that stands best', () => {
  const film = (name: string, offsetMin: number, upper: number): HoldsFact => ({
    id: `${name}#0`,
    sub: 'item',
    time: { from: 0, to: 0 },
    offsetMin,
    prov: provenance(name, 'R', { madeAt: { lower: null, upper } }),
    predicate: 'holds',
    party: 'R',
    purpose: 'unboxing',
  });
  const draft = (made: readonly HoldsFact[]): PassageDraft => ({
    ...told(handed('a', 'S', 'A', 0))[0]!,
    told: [],
    made: [...made],
  });
  expect([
    clockOf(draft([film('a', 60, 9), film('b', 480, 5)])),
    clockOf(draft([film('b', 480, 5), film('a', 60, 9)])),
  ]).toEqual([480, 480]);
  expect([clockOf(draft([film('b', 480, 5), film('a', 60, 5)])), clockOf(draft([]))]).toEqual([60, null]);
});
