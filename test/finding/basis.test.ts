import { describe, expect, test } from 'vitest';
import { partyOf } from '../../src/finding/answer.js';
import {
  basisOfLiable,
  basisOfNotLiable,
  edgesRead,
  isOutOfScope,
  strongest,
} from '../../src/finding/basis.js';
import type {
  Basis,
  Bound,
  ConditionTrace,
  Decided,
  EdgeDecision,
  IssueDecision,
  RuleReading,
} from '../../src/finding/decisions.js';
import type { Truth } from '../../src/finding/truth.js';
import type { PartyWord } from '../../src/rules/terms.js';

function trace(value: Truth, more: Partial<ConditionTrace> = {}): ConditionTrace {
  return {
    text: 'it',
    op: 'issue',
    value,
    facts: [],
    sensor: [],
    parts: [],
    issues: [],
    edges: [],
    leg: null,
    collapsedAgainst: null,
    ...more,
  } as ConditionTrace;
}
type By = IssueDecision['by'];

/** Decided on an edge on which the creditor is `C` and the debtor `D`. */
function issue(by: By, more: Partial<IssueDecision> & { readonly side?: string } = {}): IssueDecision {
  const { side = 'creditor', ...rest } = more;
  const edge = { template: { creditor: 'buyer', debtor: 'seller' } };
  return { by, status: 'found', pro: 0, edge, issue: { pro: side }, ...rest } as unknown as IssueDecision;
}
const asked = (value: Truth, ...bys: readonly By[]): ConditionTrace =>
  trace(value, { issues: bys.map((by) => issue(by)) });
const edgeAsked = (
  value: Truth,
  ...edges: readonly (readonly [EdgeDecision['status'], Basis])[]
): ConditionTrace =>
  trace(value, { edges: edges.map(([status, basis]) => ({ status, basis }) as EdgeDecision) });

function reading(wanted: readonly ConditionTrace[], more: Partial<RuleReading> = {}): RuleReading {
  return { if: wanted, unless: [], proven: [], ...more } as unknown as RuleReading;
}

describe('why a liable edge is liable', () => {
  const basis = (wanted: readonly ConditionTrace[], more: Partial<RuleReading> = {}): Basis =>
    basisOfLiable(reading(wanted, more), null);

  test('proven, where all that it needed stands on evidence', () => {
    expect([basis([]), basis([asked(true, 'evidence')]), basis([trace(true)])]).toEqual([
      'proven',
      'proven',
      'proven',
    ]);
  });

  test('by presumption, where one issue stands by one, or the leg is known by elimination only', () => {
    expect(basis([asked(true, 'evidence', 'presumption', 'burden')])).toBe('presumption');
    expect(basis([asked(true, 'evidence'), asked(true, 'presumption')])).toBe('presumption');
    expect([
      basisOfLiable(reading([asked(true, 'evidence')]), 'inferred'),
      basisOfLiable(reading([asked(true, 'evidence')]), 'bracketed'),
    ]).toEqual(['presumption', 'proven']);
  });

  test('by the burden, where one issue stands by it', () => {
    expect(basis([asked(true, 'evidence', 'burden')])).toBe('burden-default');
  });

  test('by the burden, where the debtor tried to prove an exception and failed', () => {
    const tried = (more: Partial<IssueDecision> & { readonly side?: string }): Basis =>
      basis([asked(true, 'evidence')], {
        proven: [{ ...trace(false), decisions: [issue('evidence', more)] }],
      } as unknown as Partial<RuleReading>);
    expect([
      tried({ side: 'debtor', status: 'not-found', pro: 1 }),
      tried({ side: 'debtor', status: 'undetermined', pro: 2 }),
      // It brought nothing, it succeeded, or it was not the debtor who tried.
      tried({ side: 'debtor', status: 'not-found', pro: 0 }),
      tried({ side: 'debtor', status: 'found', pro: 3 }),
      tried({ side: 'creditor', status: 'not-found', pro: 1 }),
    ]).toEqual(['burden-default', 'burden-default', 'proven', 'proven', 'proven']);
  });

  test('as the liable edge that it follows', () => {
    expect([
      basis([edgeAsked(true, ['not-liable', 'exception'], ['liable', 'presumption'])]),
      basis([trace(true, { parts: [edgeAsked(true, ['liable', 'burden-default'])] })]),
      basis([edgeAsked(true, ['not-liable', 'exception'])]),
    ]).toEqual(['presumption', 'burden-default', 'proven']);
  });

  test('what holds in part stands by the least firm of what it needs, or the firmest of what suffices', () => {
    const parts = [asked(true, 'evidence'), asked(true, 'burden'), asked(true, 'presumption')];
    const combined = (op: ConditionTrace['op'], ...some: readonly ConditionTrace[]): Basis =>
      basis([trace(true, { op, parts: some })]);
    expect([
      combined('all', ...parts),
      combined('every', ...parts),
      combined('count', ...parts),
      combined('any', ...parts),
      combined('some', ...parts.slice(1)),
      combined('all', ...parts.slice(0, 2)),
    ]).toEqual(['presumption', 'presumption', 'presumption', 'proven', 'burden-default', 'burden-default']);
  });

  test('what is denied stands by what makes it false', () => {
    const not = (op: ConditionTrace['op'], ...some: readonly ConditionTrace[]): Basis =>
      basis([trace(true, { op: 'not', parts: [trace(false, { op, parts: some })] })]);
    const parts = [asked(false, 'evidence'), asked(false, 'presumption')];
    expect([
      not('any', ...parts),
      not('some', ...parts),
      not('all', ...parts),
      not('every', ...parts),
      basis([trace(true, { op: 'not', parts: [asked(false, 'burden')] })]),
    ]).toEqual(['presumption', 'presumption', 'proven', 'proven', 'burden-default']);
  });

  test('what is unknown, or otherwise, carries nothing', () => {
    expect([
      basis([asked(null, 'presumption'), asked(false, 'burden')]),
      basis([trace(true, { op: 'any', parts: [asked(null, 'evidence'), asked(true, 'presumption')] })]),
      basis([trace(true, { op: 'any', parts: [asked(false, 'evidence'), asked(true, 'presumption')] })]),
      basis([trace(true, { op: 'all', parts: [asked(true, 'evidence'), asked(null, 'presumption')] })]),
    ]).toEqual(['proven', 'presumption', 'presumption', 'proven']);
  });

  test('what nobody has to show is as firm as evidence', () => {
    expect([
      basis([trace(true, { op: 'any', parts: [trace(true), asked(true, 'presumption')] })]),
      basis([trace(true, { op: 'all', parts: [trace(true), asked(true, 'presumption')] })]),
    ]).toEqual(['proven', 'presumption']);
  });
});

test('of several rules the one that stands best counts', () => {
  expect([
    strongest(['presumption', 'proven', 'burden-default']),
    strongest(['presumption', 'burden-default']),
    strongest(['presumption']),
    strongest(['time-bar']),
    strongest([]),
  ]).toEqual(['proven', 'burden-default', 'presumption', 'burden-default', 'burden-default']);
});

describe('why an edge is not liable', () => {
  const basis = (...rules: readonly (readonly ConditionTrace[])[]): Basis =>
    basisOfNotLiable(rules.map((wanted) => reading(wanted)));

  test('an exception was proven, where all that a rule needed holds', () => {
    expect(basis([asked(true, 'evidence')], [asked(false, 'burden')])).toBe('exception');
  });

  test('too little was shown, where nothing else is known of any rule', () => {
    expect([basis(), basis([asked(false, 'burden')]), basis([trace(false)])]).toEqual([
      'burden-default',
      'burden-default',
      'burden-default',
    ]);
  });

  test('one condition that fails on evidence suffices, then one that is presumed not to be', () => {
    expect([
      basis([asked(false, 'burden'), asked(false, 'presumption'), asked(false, 'evidence')]),
      basis([asked(false, 'burden'), asked(false, 'presumption')]),
      basis([asked(false, 'evidence'), asked(true, 'burden')]),
    ]).toEqual(['proven', 'presumption', 'proven']);
  });

  test('of one question on several legs all must be so', () => {
    expect([
      basis([asked(false, 'evidence', 'burden')]),
      basis([asked(false, 'evidence', 'presumption')]),
      basis([asked(false, 'evidence', 'evidence')]),
    ]).toEqual(['burden-default', 'presumption', 'proven']);
  });

  test('a combination that fails is told by what defeats it most firmly; what nobody has to show defeats nothing', () => {
    const failing = (op: ConditionTrace['op'], ...parts: readonly ConditionTrace[]): Basis =>
      basis([trace(false, { op, parts })]);
    expect([
      failing('any', asked(false, 'burden'), asked(false, 'evidence')),
      failing('all', asked(false, 'burden'), asked(null, 'evidence')),
      failing('all', asked(false, 'burden'), asked(true, 'evidence')),
      failing('all', asked(false, 'presumption'), trace(false)),
      failing('not', asked(true, 'evidence')),
      failing('not', asked(false, 'evidence')),
    ]).toEqual(['proven', 'burden-default', 'burden-default', 'presumption', 'proven', 'burden-default']);
  });

  test('of several rules the weakest reason counts', () => {
    expect([
      basis([asked(false, 'evidence')], [asked(false, 'burden')]),
      basis([asked(false, 'evidence')], [asked(false, 'presumption')]),
      basis([asked(false, 'evidence')], [asked(false, 'evidence')]),
    ]).toEqual(['burden-default', 'presumption', 'proven']);
  });

  test('as the edge that it asked about, which may be out of time without this one being so', () => {
    expect([
      basis([edgeAsked(false, ['not-liable', 'proven'])]),
      basis([edgeAsked(false, ['not-liable', 'presumption'], ['liable', 'proven'])]),
      basis([edgeAsked(false, ['barred', 'time-bar'])]),
      // One that holds is not why it failed.
      basis([edgeAsked(true, ['liable', 'proven']), asked(false, 'burden')]),
    ]).toEqual(['proven', 'presumption', 'burden-default', 'burden-default']);
  });
});

test('edges are read in the order of asking, inside and out', () => {
  const [a, b, c] = (['liable', 'not-liable', 'refer'] as const).map((status) =>
    edgeAsked(true, [status, 'proven']),
  ) as [ConditionTrace, ConditionTrace, ConditionTrace];
  const nested = { ...a, parts: [trace(true, { parts: [b] })] };
  expect(edgesRead([nested, c]).map(({ status }) => status)).toEqual(['liable', 'not-liable', 'refer']);
});

test('a rule speaks of another kind of dispute if it fails on what nobody has to prove, or is excluded', () => {
  const out = (wanted: readonly ConditionTrace[], unless: readonly ConditionTrace[] = []): boolean =>
    isOutOfScope(reading(wanted, { unless }));
  expect([
    out([]),
    out([trace(false)]),
    out([trace(null), trace(true)]),
    out([asked(false, 'burden')]),
    out([edgeAsked(false, ['not-liable', 'proven'])]),
    out([trace(false, { parts: [trace(true, { parts: [asked(false, 'burden')] })] })]),
    out([trace(false, { parts: [trace(false)] })]),
    out([], [trace(true)]),
    out([], [trace(false), trace(null)]),
    out([], [trace(false), trace(true)]),
  ]).toEqual([false, true, false, false, false, false, true, true, false, true]);
});

describe('whom a party word means', () => {
  const parties = [
    { id: 'P1', roles: ['producer'] },
    { id: 'C', roles: ['buyer', 'platform'] },
    { id: 'P2', roles: ['producer', 'carrier'] },
    { id: 'D', roles: ['carrier', 'platform'] },
  ];
  const mean = (word: string, holder: string | null | undefined = undefined): string | null =>
    partyOf(
      word as PartyWord,
      {
        edge: { creditor: 'C', debtor: 'D' },
        leg: holder === undefined ? null : { holder },
      } as unknown as Bound,
      { case: { dispute: { parties } } } as unknown as Decided,
    );

  test('the two of the edge by either name', () => {
    expect((['claimant', 'creditor', 'defendant', 'debtor'] as const).map((word) => mean(word))).toEqual([
      'C',
      'C',
      'D',
      'D',
    ]);
  });

  test('the holder of the leg, where there is one', () => {
    expect([mean('leg.holder'), mean('leg.holder', null), mean('leg.holder', 'H')]).toEqual([
      null,
      null,
      'H',
    ]);
  });

  test('of a role whoever of the edge has it, else the first, else nobody', () => {
    expect([mean('producer'), mean('buyer'), mean('carrier'), mean('platform'), mean('importer')]).toEqual([
      'P1',
      'C',
      'D',
      'C',
      null,
    ]);
  });
});
