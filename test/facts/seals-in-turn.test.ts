import { describe, expect, test } from 'vitest';
import type { SealedFact } from '../../src/facts/fact.js';
import { opposedWords } from '../../src/facts/opposed-words.js';
import { sealedFact } from './fact-builder.js';

function told(...words: readonly SealedFact[]): readonly string[] {
  const there = opposedWords(words).map(
    ({ code, records, signers }) => `${code} ${records.join('+')} by ${signers.join('+')}`,
  );
  expect(
    opposedWords([...words].reverse()).map(
      ({ code, records, signers }) => `${code} ${records.join('+')} by ${signers.join('+')}`,
    ),
  ).toEqual(there);
  return there;
}
const word = (
  name: string,
  from: number,
  to: number,
  action: SealedFact['action'],
  state?: string,
  sealId = 'S1',
): SealedFact => ({
  ...sealedFact(name, [from, to], action, state),
  sealId,
});
const broken = (name: string, at: number, action: SealedFact['action'] = 'broken'): SealedFact =>
  word(name, at, at, action, 'broken');

describe('a seal that is intact after it was broken', () => {
  test('is a contradiction of all that told of the break, said once', () => {
    expect(
      told(
        broken('cut', 1),
        broken('gone', 2, 'read'),
        word('seen', 5, 5, 'read'),
        word('later', 6, 6, 'read'),
      ),
    ).toEqual(['facts.seal-contradiction cut+gone+later+seen by cut+gone+later+seen']);
  });
  test('not once it was put on anew, nor if its state is not told', () => {
    expect(told(broken('cut', 1), word('on', 2, 2, 'applied', 'intact'), word('seen', 5, 5, 'read'))).toEqual(
      [],
    );
    expect(told(broken('cut', 1), word('film', 5, 5, 'read', 'not-checked'))).toEqual([]);
  });
  test('a break is one by whatever it is told: that it was cut, found cut, or gone', () => {
    const broke = (first: SealedFact): number => told(first, word('seen', 5, 5, 'read')).length;
    expect([
      broke(word('x', 1, 1, 'broken', 'unknown')),
      broke(word('x', 1, 1, 'read', 'broken')),
      broke(word('x', 1, 1, 'read', 'absent')),
      broke(word('x', 1, 1, 'read', 'intact')),
    ]).toEqual([1, 1, 1, 0]);
  });
  test('a film in which it is put on counts at its end, one in which it is seen at its beginning', () => {
    expect(told(broken('cut', 5), word('on', 1, 6, 'applied', 'intact'), word('seen', 7, 7, 'read'))).toEqual(
      [],
    );
    expect(
      told(broken('cut', 5), word('on', 1, 4, 'applied', 'intact'), word('seen', 7, 7, 'read')),
    ).toHaveLength(1);
    expect(told(broken('cut', 5), word('seen', 4, 7, 'read'))).toEqual([]);
  });
  test('in one second it is seen, then broken, then put on anew', () => {
    expect(told(broken('cut', 5), word('seen', 5, 5, 'read'))).toEqual([]);
    expect(told(broken('cut', 5), word('on', 5, 5, 'applied', 'intact'), word('seen', 6, 6, 'read'))).toEqual(
      [],
    );
  });
});

describe('another seal than the one that is on', () => {
  const other = (at: number): SealedFact => word('other', at, at, 'read', 'intact', 'S2');
  test('is a mismatch with the one put on last', () => {
    expect(
      told(word('a', 1, 1, 'applied', 'intact', 'S0'), word('b', 2, 2, 'applied', 'intact'), other(5)),
    ).toEqual(['facts.seal-mismatch b+other by b+other']);
  });
  test('not where none is on: before the first, or after it was broken', () => {
    expect([told(other(5)), told(word('b', 6, 6, 'applied', 'intact'), other(5))]).toEqual([[], []]);
    expect(told(word('b', 1, 1, 'applied', 'intact'), broken('cut', 2), other(5))).toEqual([]);
  });
});
