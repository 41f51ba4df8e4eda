import { describe, expect, test } from 'vitest';
import { basisOfLiable, basisOfNotLiable } from '../../src/finding/basis.js';
import type { ConditionTrace, IssueDecision, RuleReading } from '../../src/finding/decisions.js';
import type { DecidedBy } from '../../src/finding/presumption.js';

type Op = ConditionTrace['op'];

function trace(
  op: Op,
  value: boolean | null,
  parts: readonly ConditionTrace[],
  by?: DecidedBy,
): ConditionTrace {
  return {
    op,
    text: op,
    value,
    facts: [],
    parts,
    collapsedAgainst: null,
    sensor: [],
    issues: by === undefined ? [] : [{ by } as IssueDecision],
    edges: [],
    leg: null,
    scope: false,
  };
}

const issue = (value: boolean, by: DecidedBy): ConditionTrace => trace('issue', value, [], by);
const fact = (value: boolean): ConditionTrace => trace('has', value, []);
const any = (value: boolean, ...parts: ConditionTrace[]): ConditionTrace => trace('any', value, parts);
const all = (value: boolean, ...parts: ConditionTrace[]): ConditionTrace => trace('all', value, parts);
const not = (part: ConditionTrace): ConditionTrace => trace('not', !part.value, [part]);

const reading = (...conditions: ConditionTrace[]): RuleReading =>
  ({ if: conditions, unless: [], proven: [] }) as unknown as RuleReading;

describe('an edge is liable', () => {
  const liable = (...conditions: ConditionTrace[]): string => basisOfLiable(reading(...conditions), null);

  test('as proven where one of several grounds is, whatever the others failed by', () => {
    expect(liable(any(true, issue(true, 'evidence'), issue(false, 'burden')))).toBe('proven');
    expect(liable(any(true, issue(true, 'presumption'), issue(true, 'evidence')))).toBe('proven');
    expect(liable(any(true, fact(true), issue(true, 'burden')))).toBe('proven');
    expect(liable(trace('some', true, [issue(false, 'burden'), issue(true, 'evidence')]))).toBe('proven');
  });

  test('as the least firm says, of all that are needed', () => {
    expect(liable(issue(true, 'evidence'), issue(true, 'burden'))).toBe('burden-default');
    expect(liable(all(true, issue(true, 'presumption'), issue(true, 'burden')))).toBe('presumption');
    expect(
      liable(any(true, all(true, issue(true, 'evidence'), issue(true, 'burden')), issue(false, 'evidence'))),
    ).toBe('burden-default');
    expect(liable(not(issue(false, 'burden')))).toBe('burden-default');
    expect(liable(not(all(false, issue(false, 'evidence'), issue(false, 'burden'))))).toBe('proven');
    expect(liable(not(any(false, issue(false, 'evidence'), issue(false, 'burden'))))).toBe('burden-default');
  });
});

describe('an edge is not liable', () => {
  const notLiable = (...conditions: ConditionTrace[]): string => basisOfNotLiable([reading(...conditions)]);

  test('as what defeats it most firmly says', () => {
    expect(notLiable(issue(false, 'burden'), issue(false, 'evidence'))).toBe('proven');
    expect(notLiable(any(false, issue(false, 'presumption'), issue(false, 'burden')))).toBe('presumption');
    expect(notLiable(all(false, issue(true, 'evidence'), issue(false, 'burden')))).toBe('burden-default');
    expect(notLiable(all(false, fact(false), issue(false, 'burden')))).toBe('burden-default');
  });
});
