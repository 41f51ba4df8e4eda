import { expect } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { Fact, FactOf, Predicate } from '../../src/facts/fact.js';
import { passport, type RecordDraft, SCOPE } from './case-builder.js';

export function facts(...records: (RecordDraft | readonly RecordDraft[])[]): CaseFacts {
  return deriveFacts(passport(records.flat()), SCOPE);
}

/** A fact without id, time and provenance: what it says. */
export function says(fact: Fact): unknown {
  const { id: _id, offsetMin: _offset, prov: _prov, sub: _sub, time: _time, ...rest } = fact;
  return rest;
}

export function only<P extends Predicate>(given: CaseFacts, predicate: P): FactOf<P> {
  const found = given.of(predicate);
  expect(found).toHaveLength(1);
  return found[0]!;
}

export function conditions(...records: RecordDraft[]): string[] {
  return facts(...records)
    .of('condition')
    .map(({ aspect, prov, region, value }) => `${value} ${aspect} ${region} ${prov.kind}`)
    .sort();
}
