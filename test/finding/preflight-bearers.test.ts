import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/finding/finding.js';
import type { CaseDecisions } from '../../src/finding/issue-graph.js';
import { PreflightBudget } from '../../src/finding/preflight-advice.js';
import { bearersOf, innerOf, reasons, sameBearers } from '../../src/finding/preflight-bearers.js';

/** Creditor, debtor, what became of it, and the head it is claimed under. */
type Owed = readonly [creditor: string, debtor: string, status: string, head?: string];

interface Issue {
  readonly issue: { readonly name: string };
  readonly leg: string | null;
  readonly status: string;
  readonly by: string;
  readonly pro: number;
  readonly con: number;
}

function decided(
  owed: readonly Owed[],
  issues: Readonly<Record<string, readonly Issue[]>> = {},
): CaseDecisions {
  const edges = owed.map(([creditor, debtor, status, head = 'loss']) => ({
    id: `${creditor}>${debtor}`,
    creditor,
    debtor,
    head,
    status,
  }));
  return {
    edges,
    edge: (edge: (typeof edges)[number]) => ({ edge, status: edge.status }),
    issuesOf: (edge: (typeof edges)[number]) => issues[edge.id] ?? [],
  } as unknown as CaseDecisions;
}

describe('who bears a loss', () => {
  test.each<[string, readonly Owed[], readonly string[], boolean]>([
    ['whoever has it, where nobody owes it', [], ['buyer'], false],
    ['whoever has it, where the answer is no', [['buyer', 'seller', 'not-liable']], ['buyer'], false],
    [
      'the last of a chain',
      [
        ['buyer', 'seller', 'liable'],
        ['seller', 'network', 'liable'],
        ['network', 'carrier', 'liable'],
      ],
      ['carrier'],
      false,
    ],
    [
      'all who owe it, sorted, each once',
      [
        ['buyer', 'seller', 'liable'],
        ['buyer', 'network', 'liable'],
        ['seller', 'zoe', 'liable'],
        ['seller', 'adam', 'liable'],
        ['network', 'adam', 'liable'],
        ['adam', 'bert', 'liable'],
      ],
      ['bert', 'zoe'],
      false,
    ],
    ['a person says, where that is the answer', [['buyer', 'seller', 'refer']], ['buyer'], true],
    [
      'a person says, where one of several is open and no other owes it',
      [
        ['buyer', 'seller', 'not-liable'],
        ['buyer', 'producer', 'refer'],
      ],
      ['buyer'],
      true,
    ],
    [
      'what is open behind somebody who owes it changes nothing',
      [
        ['buyer', 'seller', 'liable'],
        ['buyer', 'producer', 'refer'],
      ],
      ['seller'],
      false,
    ],
    [
      'what a later one leaves open stays open',
      [
        ['buyer', 'seller', 'liable'],
        ['buyer', 'producer', 'liable'],
        ['seller', 'carrier', 'refer'],
        ['producer', 'maker', 'not-liable'],
      ],
      ['producer', 'seller'],
      true,
    ],
    [
      'each owes it to the other: no answer',
      [
        ['buyer', 'seller', 'liable'],
        ['seller', 'carrier', 'liable'],
        ['carrier', 'seller', 'liable'],
      ],
      ['seller'],
      true,
    ],
    [
      'two ways to one party are no circle',
      [
        ['buyer', 'seller', 'liable'],
        ['buyer', 'carrier', 'liable'],
        ['seller', 'carrier', 'liable'],
      ],
      ['carrier'],
      false,
    ],
    ['penalties do not count', [['buyer', 'seller', 'liable', 'punitive']], ['buyer'], false],
    ['nor does what others are owed', [['carrier', 'seller', 'liable']], ['buyer'], false],
  ])('%s', (_, owed, parties, refer) => {
    expect(bearersOf(decided(owed), 'buyer')).toEqual({ parties, refer });
  });

  test('the same are the same parties with the same certainty', () => {
    const one = { parties: ['a', 'b c'], refer: false };
    expect([
      sameBearers(one, { parties: ['a', 'b c'], refer: false }),
      sameBearers(one, { parties: ['a', 'b c'], refer: true }),
      sameBearers(one, { parties: ['a'], refer: false }),
      sameBearers({ parties: ['ab', 'c'], refer: true }, { parties: ['a', 'bc'], refer: true }),
    ]).toEqual([true, false, false, false]);
  });
});

test('what is decided short of that: every edge about a loss, and every issue on it', () => {
  const issue: Issue = {
    issue: { name: 'good' },
    leg: null,
    status: 'found',
    by: 'evidence',
    pro: 3,
    con: 1,
  };
  const owed: readonly Owed[] = [
    ['seller', 'carrier', 'liable'],
    ['buyer', 'seller', 'refer'],
    ['buyer', 'maker', 'liable', 'punitive'],
  ];
  const issues = { 'seller>carrier': [issue, { ...issue, leg: 'leg-1', con: 0 }], 'buyer>maker': [issue] };
  expect(innerOf(decided(owed, issues)).split('\n')).toEqual([
    'buyer>seller refer',
    'seller>carrier good leg-1 found evidence 3 0',
    'seller>carrier good null found evidence 3 1',
    'seller>carrier liable',
  ]);
});

describe('why', () => {
  /** Of each relation its rules, in words. */
  const told = (loser: string, ...owed: readonly (readonly [...Owed, ...string[]])[]): readonly string[] => {
    const edges = owed.map(([creditor, debtor, status, head, ...rules]) => ({
      id: `${creditor}>${debtor}`,
      creditor,
      debtor,
      head,
      damage: { legs: new Map() },
      status,
      rules,
    }));
    const decided = (edge: (typeof edges)[number]): object => ({
      edge,
      status: edge.status,
      basis: 'proven',
      location: null,
      leg: null,
      referBecause: null,
      decisive: edge.rules.map((id) => ({
        rule: {
          id,
          says: { en: `says ${id}`, zh: `称${id}` },
          cite: [],
          status: 'settled',
          if: [],
          unless: [],
        },
        if: [],
        unless: [],
        proven: [],
      })),
    });
    const assessment = { decisions: { edges, edge: decided, case: { dispute: { parties: [] } } } };
    return reasons(assessment as unknown as Assessment, loser).map(
      ({ basis, creditor, debtor, reason, rules, status }) =>
        `${creditor} from ${debtor}: ${status}, ${basis} [${rules.join(' ')}] ${reason.en}`,
    );
  };

  test('follows a loss to whoever owes it, each party once, and names each rule once', () => {
    expect(
      told(
        'buyer',
        ['buyer', 'seller', 'liable', 'loss', 'A', 'B', 'A'],
        ['seller', 'carrier', 'liable', 'loss', 'C'],
        ['carrier', 'seller', 'liable', 'loss', 'D'],
        ['stranger', 'seller', 'liable', 'loss', 'E'],
        ['seller', 'maker', 'liable', 'punitive', 'F'],
      ),
    ).toEqual([
      'buyer from seller: liable, proven [A B] says A',
      'seller from carrier: liable, proven [C] says C',
      'carrier from seller: liable, proven [D] says D',
    ]);
  });

  test('leaves out of what is not owed that of which no rule speaks, and goes no further there', () => {
    expect(
      told(
        'buyer',
        ['buyer', 'seller', 'not-liable', 'loss'],
        ['buyer', 'maker', 'not-liable', 'loss', 'A'],
        ['buyer', 'carrier', 'refer', 'loss'],
        ['maker', 'smith', 'liable', 'loss', 'B'],
        ['carrier', 'driver', 'liable', 'loss', 'C'],
      ),
    ).toEqual([
      'buyer from maker: not-liable, proven [A] says A',
      'buyer from carrier: refer, proven [] what is unknown would change the answer',
    ]);
  });
});

describe('a report computes no more', () => {
  test('than a thousand cases', () => {
    const budget = new PreflightBudget();
    for (let i = 0; i < 999; i += 1) budget.count();
    expect([budget.computed, budget.isExhausted]).toEqual([999, false]);
    budget.count();
    expect([budget.computed, budget.isExhausted]).toEqual([1_000, true]);
  });

  test('than twenty million steps', () => {
    const budget = new PreflightBudget();
    expect([budget.stepsLeft, budget.spend(19_999_999)]).toEqual([20_000_000, true]);
    expect([budget.stepsLeft, budget.isExhausted]).toEqual([1, false]);
    expect([budget.spend(1), budget.stepsLeft, budget.isExhausted]).toEqual([true, 0, true]);
    // What took more than was left was not computed to its end.
    expect([budget.spend(1), budget.isExhausted]).toEqual([false, true]);
  });
});
