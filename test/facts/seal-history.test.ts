import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { Enclosed, Enclosure } from '../../src/facts/enclosing.js';
import type { Excluded } from '../../src/facts/exclusion.js';
import type { SealedFact } from '../../src/facts/fact.js';
import { excludedBySeal, type SealHistories, sealBreaks, sealHistories } from '../../src/facts/seals.js';
import { aggregatedFact, DIRECT, inside, sealedFact } from './fact-builder.js';

type Word = SealedFact | { readonly fact: SealedFact; readonly way: Enclosed };
const word = (one: Word): { fact: SealedFact; way: Enclosed } =>
  'fact' in one ? one : { fact: one, way: DIRECT };

function history(intact: readonly Word[], broken: readonly Word[] = []): SealHistories {
  return new Map([['S1', { intact: intact.map(word), broken: broken.map(word) }]]);
}

function over(
  histories: SealHistories,
  start: readonly string[] = [],
  end: readonly string[] = [],
): Excluded | null {
  return excludedBySeal(
    { from: 10, to: 90, startRecords: new Set(start), endRecords: new Set(end) },
    histories,
  );
}
const shown = (found: Excluded | null): unknown => found?.parts.map(({ alternatives }) => alternatives)[0];

const on = sealedFact('on', [10, 10], 'applied');
const still = sealedFact('still', [90, 90], 'read');

describe('one seal on from the beginning and intact at the end', () => {
  test('excludes, by both words together', () => {
    expect(over(history([on, still]))).toEqual({
      parts: [{ span: { from: 10, to: 90 }, alternatives: [['on#0', 'still#0']] }],
      against: [],
    });
  });
  test('put on later, or last seen earlier, shows nothing', () => {
    expect(over(history([sealedFact('on', [5, 11], 'applied'), still]))).toBeNull();
    expect(over(history([on, sealedFact('still', [89, 95], 'read')]))).toBeNull();
  });
  test('unless it is told in a record of the boundary itself, whatever its clock', () => {
    const late = sealedFact('on', [11, 11], 'applied');
    const early = sealedFact('still', [89, 89], 'read');
    expect(shown(over(history([late, early]), ['on'], ['still']))).toEqual([['on#0', 'still#0']]);
    expect(over(history([late, early]), ['still'], ['on'])).toBeNull();
  });
  test('one look is not two', () => {
    const look = sealedFact('look', [50, 50], 'read');
    expect(
      excludedBySeal({ from: 50, to: 50, startRecords: new Set(), endRecords: new Set() }, history([look])),
    ).toBeNull();
  });
  test('putting it on again at the end is no look at it', () => {
    expect(over(history([on, sealedFact('again', [90, 90], 'applied')]))).toBeNull();
  });
  test('the ways to show it are in order of their ids', () => {
    const words = [
      sealedFact('b-on', [10, 10], 'applied'),
      sealedFact('a-on', [9, 9], 'applied'),
      sealedFact('d-read', [90, 90], 'read'),
      sealedFact('c-read', [91, 91], 'read'),
    ];
    expect(shown(over(history(words)))).toEqual([
      ['a-on#0', 'c-read#0'],
      ['a-on#0', 'd-read#0'],
      ['b-on#0', 'c-read#0'],
      ['b-on#0', 'd-read#0'],
    ]);
  });
});

describe('of each signer', () => {
  const by = (name: string, signer: string, at: number, action: SealedFact['action']): SealedFact =>
    sealedFact(name, [at, at], action, undefined, { by: signer });
  test('the last look before and the first look after are taken, whatever the order they come in', () => {
    const words = [by('on5', 'A', 5, 'applied'), by('on9', 'A', 9, 'read'), by('on7', 'A', 7, 'read')];
    const reads = [by('r95', 'B', 95, 'read'), by('r91', 'B', 91, 'read'), by('r99', 'B', 99, 'read')];
    for (const turn of [words, [...words].reverse()]) {
      expect(shown(over(history([...turn, ...reads])))).toEqual([['on9#0', 'r91#0']]);
      expect(shown(over(history([...reads].reverse().concat(turn))))).toEqual([['on9#0', 'r91#0']]);
    }
  });
  test('two of the same time are both taken', () => {
    const words = [by('on1', 'A', 9, 'read'), by('on2', 'A', 9, 'applied')];
    const reads = [by('r1', 'B', 91, 'read'), by('r2', 'B', 91, 'read')];
    expect(shown(over(history([...words, ...reads])))).toEqual([
      ['on1#0', 'r1#0'],
      ['on1#0', 'r2#0'],
      ['on2#0', 'r1#0'],
      ['on2#0', 'r2#0'],
    ]);
  });
});

describe('a break told', () => {
  const broken = (from: number, to: number, by = 'third'): SealedFact =>
    sealedFact('broken', [from, to], 'broken', 'broken', { by });
  test('by somebody else speaks against; by one of the two it takes their word away', () => {
    expect(over(history([on, still], [broken(50, 50)]))?.against).toEqual(['broken#0']);
    expect(over(history([on, still], [broken(50, 50, 'on')]))).toBeNull();
    expect(over(history([on, still], [broken(50, 50, 'still')]))).toBeNull();
  });
  test('counts from the second it was put on to the second it was read', () => {
    const against = (from: number, to: number): unknown =>
      over(history([on, still], [broken(from, to)]))?.against;
    expect([against(0, 9), against(0, 10), against(90, 95), against(91, 95)]).toEqual([
      [],
      ['broken#0'],
      ['broken#0'],
      [],
    ]);
  });
});

test('a seal on a container shows it of the item by the packing, with what is said against that in between', () => {
  const way = inside(
    0,
    100,
    ['pack'],
    [
      ['before', 0, 9],
      ['within', 20, 30],
      ['after', 91, null],
    ],
  );
  const found = over(
    history([
      { fact: on, way },
      { fact: still, way },
    ]),
  );
  expect([shown(found), found!.against]).toEqual([[['on#0', 'pack#0', 'still#0']], ['within#0']]);
});

describe('when a seal was broken', () => {
  const found = (intact: readonly SealedFact[], broken: readonly SealedFact[]): unknown =>
    sealBreaks(history(intact, broken)).map(({ fact, from, to }) => [fact.id, from, to]);
  const gone = sealedFact('gone', [50, 60], 'read', 'broken');
  test('is said by who breaks it', () => {
    expect(found([], [sealedFact('cut', [50, 60], 'broken')])).toEqual([['cut#0', 50, 60]]);
  });
  test('who finds it broken says: since it was last seen intact', () => {
    const looks = [40, 10, 55, 100].map((at) => sealedFact(`look${at}`, [at, at], 'read'));
    expect(found(looks, [gone])).toEqual([['gone#0', 40, 60]]);
    expect(found([sealedFact('look', [50, 50], 'read')], [gone])).toEqual([['gone#0', 50, 60]]);
  });
  test('of a seal that nobody saw before it is unknown', () => {
    expect(found([], [gone])).toEqual([]);
    expect(found([sealedFact('look', [51, 51], 'read')], [gone])).toEqual([]);
  });
});

describe('which words tell of a seal of the item', () => {
  function told(words: readonly SealedFact[], ways: readonly Enclosed[]): SealHistories {
    const facts = { of: () => words } as unknown as CaseFacts;
    return sealHistories(facts, { times: () => ways } as unknown as Enclosure);
  }
  const via = (histories: SealHistories): unknown =>
    [...histories.values()].flatMap(({ broken, intact }) =>
      [...intact, ...broken].map(({ way }) => way.via.join()),
    );

  test('put on, or seen intact; one whose state is not told is neither intact nor broken', () => {
    const words = [
      sealedFact('on', [0, 0], 'applied'),
      sealedFact('seen', [1, 1], 'read'),
      sealedFact('film', [2, 2], 'read', 'not-checked'),
      sealedFact('gone', [3, 3], 'read', 'broken'),
      sealedFact('cut', [4, 4], 'broken'),
    ];
    const [only] = [...told(words, [DIRECT]).values()];
    expect(only!.intact.map(({ fact }) => fact.id)).toEqual(['on#0', 'seen#0']);
    expect(only!.broken.map(({ fact }) => fact.id)).toEqual(['gone#0', 'cut#0']);
  });
  test('a seal is on at the end of the film that shows it put on, and seen at the beginning of any other', () => {
    const early = [inside(0, 5, ['p'])];
    const late = [inside(5, 10, ['p'])];
    const applied = sealedFact('on', [4, 6], 'applied');
    const read = sealedFact('seen', [4, 6], 'read');
    expect([told([applied], early).size, told([applied], late).size]).toEqual([0, 1]);
    expect([told([read], early).size, told([read], late).size]).toEqual([1, 0]);
  });
  test('a break may lie anywhere in its time', () => {
    const cut = sealedFact('cut', [4, 6], 'broken');
    expect([told([cut], [inside(0, 4, ['p'])]).size, told([cut], [inside(6, 9, ['p'])]).size]).toEqual([
      1, 1,
    ]);
    expect(told([cut], [inside(7, 9, ['p'])]).size).toBe(0);
  });
  test('of several ways: one nobody disputes then, then the shorter, then the better word, then by id', () => {
    const look = [sealedFact('seen', [5, 5], 'read')];
    const disputed = inside(0, 9, ['a'], [['no', 5, 6]]);
    const otherTime = inside(0, 9, ['b'], [['no', 7, 8]]);
    const longer = inside(0, 9, ['a', 'c']);
    const plain = inside(0, 9, ['c']);
    const early = aggregatedFact('z', 0, {}, { prov: { madeAt: { lower: null, upper: 1 } } });
    const proven: Enclosed = { ...plain, via: ['z#0'], packings: [early] };
    const best = (...ways: Enclosed[]): unknown => via(told(look, ways));
    for (const turn of [(list: Enclosed[]) => list, (list: Enclosed[]) => list.reverse()]) {
      expect(best(...turn([disputed, otherTime]))).toEqual(['b#0']);
      expect(best(...turn([disputed, longer]))).toEqual(['a#0,c#0']);
      expect(best(...turn([longer, plain]))).toEqual(['c#0']);
      expect(best(...turn([plain, otherTime]))).toEqual(['b#0']);
      expect(best(...turn([plain, proven]))).toEqual(['z#0']);
    }
  });
});
