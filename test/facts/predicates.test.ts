import { expect, test } from 'vitest';
import { PREDICATES } from '../../src/facts/predicates.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';

test('each predicate is declared once, with at least one way to show it', () => {
  const names = PREDICATES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(PREDICATES.filter(({ canShow }) => canShow.length === 0)).toEqual([]);
});

test('every way names a record type that exists', () => {
  const types = PREDICATES.flatMap(({ canShow }) => canShow.map(({ type }) => type));
  expect(types.filter((type) => !RECORD_TYPES.has(type))).toEqual([]);
});

test('a bare statement or notice never shows more than grade 1; more than 3 takes an expert or the other side', () => {
  for (const { canShow } of PREDICATES) {
    for (const way of canShow) {
      if (way.type === 'statement' || way.type === 'notice') expect(way.bestGrade).toBe(1);
      if (way.bestGrade === 4)
        expect(way.by === 'expert' || way.by === 'principal' || way.with !== null).toBe(true);
    }
  }
});

test('films and seals are of their moment; surveys, tests and held logs can still be had', () => {
  const still = (type: string): boolean[] =>
    PREDICATES.flatMap(({ canShow }) => canShow.filter((way) => way.type === type)).map(
      (way) => way.stillPossible,
    );
  expect([...still('media'), ...still('seal'), ...still('handover')]).not.toContain(true);
  expect([...still('sensor-batch'), ...still('authentication')]).not.toContain(false);
});
