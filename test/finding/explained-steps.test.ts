import { describe, expect, test } from 'vitest';
import type {
  Argument,
  ConditionTrace,
  EdgeDecision,
  IssueDecision,
  RuleReading,
} from '../../src/finding/decisions.js';
import { type ExplainedStep, Explainer } from '../../src/finding/explain.js';
import type { Assessment } from '../../src/finding/finding.js';
import type { Grade } from '../../src/finding/grade.js';
import type { Condition } from '../../src/rules/condition.js';
import type { Said } from '../../src/rules/rule.js';

// Single steps, of decisions that are made up: what a finding comes to is tested elsewhere.

const both = (text: string): Said => ({ en: text, zh: `中${text}` });

const EDGE = {
  id: 'e',
  creditor: 'C',
  debtor: 'D',
  template: { name: 'buyer-seller', creditor: 'buyer', debtor: 'seller' },
  damage: {
    legs: new Map([
      ['leg-1', { leg: 'leg-1', index: 0, start: 'b0', end: 'b1', holder: 'D' }],
      ['leg-2', { leg: 'leg-2', index: 1, start: 'b1', end: null, holder: 'E' }],
    ]),
    states: new Map<string, object>(),
  },
};
const ISSUES = new Map([
  ['good', { name: 'good', asks: both('was it good?'), pro: 'creditor', about: ['leg'] }],
  ['culpable', { name: 'culpable', asks: both('did it err?'), pro: 'debtor', about: [] }],
  ['neutral', { name: 'neutral', asks: both('is it so?'), pro: 'carrier', about: [] }],
]);

function explainer(facts: readonly object[] = []): Explainer {
  const dispute = {
    parties: [
      { id: 'C', name: 'Consumer', roles: ['buyer'] },
      { id: 'D', name: 'Dealer', roles: ['seller'] },
    ],
  };
  const evidence = { grades: [], lifts: [], caps: [] };
  const byTemplate = new Map([['buyer-seller', { template: EDGE.template }]]);
  return new Explainer({
    decisions: { case: { dispute, rules: { issues: ISSUES, byTemplate, evidence } } },
    facts: { byId: new Map((facts as { id: string }[]).map((fact) => [fact.id, fact])) },
  } as unknown as Assessment);
}

function trace(value: boolean | null, more: Partial<ConditionTrace> = {}): ConditionTrace {
  return {
    op: 'signed-off',
    text: 'as the pack has it',
    value,
    facts: [],
    parts: [],
    collapsedAgainst: null,
    sensor: [],
    issues: [],
    edges: [],
    leg: null,
    scope: false,
    ...more,
  };
}

function issue(name: string, more: Partial<IssueDecision> = {}): IssueDecision {
  return {
    edge: EDGE,
    issue: ISSUES.get(name),
    leg: null,
    status: 'found',
    by: 'evidence',
    pro: 3,
    con: 0,
    burden: 'pro',
    standard: 'high',
    arguments: [],
    rules: [],
    ...more,
  } as unknown as IssueDecision;
}

function reading(
  rule: { readonly if?: readonly Condition[]; readonly unless?: readonly Condition[] } = {},
  more: Partial<RuleReading> = {},
): RuleReading {
  const cite = [{ source: 'law', at: '1' }];
  return {
    rule: { id: 'R', says: both('the rule'), status: 'settled', cite, if: [], unless: [], ...rule },
    value: true,
    leg: null,
    if: [],
    unless: [],
    proven: [],
    ...more,
  } as unknown as RuleReading;
}

function edge(more: Partial<EdgeDecision> = {}): EdgeDecision {
  return {
    edge: EDGE,
    status: 'liable',
    basis: 'proven',
    location: null,
    leg: null,
    decisive: [reading()],
    referBecause: null,
    ...more,
  } as unknown as EdgeDecision;
}

const argument = (more: Partial<Argument> = {}): Argument => ({
  side: 'pro',
  grade: 3,
  by: 'fact',
  source: 'f',
  how: null,
  rests: [],
  defeatedBy: [],
  ...more,
});
const graded = (fact: string, grade: number): Grade =>
  ({ fact, grade, line: 'g', lift: null, caps: [] }) as unknown as Grade;

describe('an edge in one line', () => {
  const told = (more: Partial<EdgeDecision>): readonly string[] => {
    const { reason, says } = explainer().edge(edge(more));
    expect([says.zh, reason.zh]).not.toContain('');
    return [says.en, reason.en];
  };

  test('liable: by the rule, or where it happened', () => {
    expect([told({}), told({ location: 'inferred' }), told({ status: 'barred', basis: 'time-bar' })]).toEqual(
      [
        ['Dealer to Consumer: liable, proven', 'the rule'],
        ['Dealer to Consumer: liable, proven', 'no other leg is left'],
        ['Dealer to Consumer: barred by lapse of time, out of time', 'the rule'],
      ],
    );
  });

  test('for a person: why', () => {
    expect([
      told({ status: 'refer', referBecause: 'too-large' }),
      told({ status: 'refer', referBecause: null }),
      told({ status: 'liable', referBecause: 'too-large' }),
    ]).toEqual([
      [
        'Dealer to Consumer: for a person to decide, there is more than can be weighed',
        'there is more than can be weighed',
      ],
      ['Dealer to Consumer: for a person to decide, proven', 'what is unknown would change the answer'],
      ['Dealer to Consumer: liable, proven', 'the rule'],
    ]);
  });

  test('where no rule speaks of it', () => {
    expect(explainer().edge(edge({ status: 'not-liable', decisive: [] })).reason).toEqual({
      en: 'no rule speaks of it',
      zh: '没有规则涉及',
    });
  });

  test('not liable: the exception that was shown', () => {
    const shown = reading(
      {},
      {
        proven: [
          { issue: 'good', value: false, decisions: [issue('good')] },
          {
            issue: 'culpable',
            value: true,
            decisions: [issue('neutral', { status: 'not-found' }), issue('culpable')],
          },
        ],
        if: [trace(false, { issues: [issue('good', { status: 'not-found' })] })],
      },
    );
    const nothing = reading({}, { proven: [{ issue: 'x', value: true, decisions: [] }] });
    const open = reading(
      {},
      { proven: [{ issue: 'x', value: true, decisions: [issue('good', { status: 'undetermined' })] }] },
    );
    const none = { status: 'not-liable', basis: 'exception' } as const;
    expect([
      told({ ...none, decisive: [shown] })[1],
      told({ ...none, decisive: [nothing] })[1],
      told({ ...none, decisive: [open] })[1],
      told({ ...none })[1],
      told({ ...none, basis: 'proven', decisive: [shown] })[1],
    ]).toEqual(['shown: did it err?', 'the rule', 'the rule', 'the rule', 'disproven: was it good?']);
  });

  test('not liable: what was disproven, or only not shown, in whatever part of what failed', () => {
    const failed = reading(
      {},
      {
        if: [
          trace(true, { issues: [issue('neutral', { status: 'not-found' })] }),
          trace(false, {
            issues: [issue('good')],
            parts: [trace(false, { issues: [issue('culpable', { status: 'undetermined' })] })],
          }),
        ],
      },
    );
    const none = { status: 'not-liable', decisive: [failed] } as const;
    expect([
      told({ ...none, basis: 'proven' })[1],
      told({ ...none, basis: 'burden-default' })[1],
      told({ status: 'not-liable', decisive: [reading({}, { if: [trace(false)] })] })[1],
    ]).toEqual(['disproven: did it err?', 'not shown: did it err?', 'the rule']);
  });

  describe('a blow that explains it', () => {
    const pulse = {
      id: 'r#1',
      predicate: 'excursion',
      quantity: 'acceleration',
      peak: 85_000,
      durationUs: 6_500,
    };
    const facts = [
      { id: 'r#0', predicate: 'recorded', quantity: 'acceleration' },
      { id: 'r#2', predicate: 'excursion', quantity: 'temperature', peak: 9_000, durationUs: 1 },
      pulse,
    ];
    const reasoned = (derivations: readonly object[] | null, more: Partial<EdgeDecision> = {}): string => {
      const states = new Map(derivations === null ? [] : [['b1', { derivations }]]);
      const own = { ...EDGE, damage: { ...EDGE.damage, states } };
      const decision = edge({ location: 'implicated', leg: 'leg-1', ...more });
      return explainer(facts).edge({ ...decision, edge: own } as unknown as EdgeDecision).reason.en;
    };
    const implied = {
      how: 'implied',
      impliedIn: 0,
      over: [
        {
          parts: [
            {
              alternatives: [
                ['gone#0', 'r#0'],
                ['r#2', 'r#1'],
              ],
            },
          ],
        },
      ],
    };

    test('is told in figures', () => {
      expect(reasoned([implied])).toBe('85 g, 6.5 ms on leg-1');
    });

    test('only of that leg, where a recording of shocks implies it', () => {
      const WORDS = 'a recorded event on this leg explains it';
      const over = [{ parts: [{ alternatives: [['gone#0', 'r#0', 'r#2']] }] }];
      expect([
        reasoned([{ ...implied, how: 'seen' }]),
        reasoned([{ ...implied, impliedIn: 1 }]),
        reasoned([{ ...implied, over }]),
        reasoned([]),
        reasoned(null),
        reasoned([implied], { leg: 'leg-2' }),
        reasoned([implied], { leg: 'leg-9' }),
        reasoned([implied], { leg: null }),
        reasoned([implied], { location: 'bracketed' }),
      ]).toEqual([...Array(8).fill(WORDS), 'seen good at its start and bad at its end']);
    });
  });
});

describe('a condition', () => {
  const step = (condition: Condition, one: ConditionTrace, more: Partial<RuleReading> = {}): ExplainedStep =>
    explainer().edge(edge({ decisive: [reading({ if: [condition] }, { if: [one], ...more })] })).steps[0]!
      .steps[0]!;
  const said = (condition: Condition, one = trace(true), more: Partial<RuleReading> = {}): Said =>
    step(condition, one, more).says;

  test('names parties, and by their role whom nobody is; issues on the leg; edges by who claims of whom', () => {
    const actsFor = { op: 'acts-for', agent: 'leg.holder', principal: 'seller' } as const;
    const asks = (name: string): Condition => ({ op: 'issue', issue: name, edge: null, is: 'found' });
    const onEdge = (name: string): Condition => ({
      op: 'edge',
      edge: name,
      ofLegHolder: false,
      is: 'liable',
    });
    expect([
      said(actsFor).en,
      said(actsFor, trace(true), { leg: 'leg-1' }).en,
      said(actsFor, trace(true), { leg: 'leg-2' }).en,
      said(asks('good')).en,
      said(asks('good'), trace(true), { leg: 'leg-1' }).en,
      said(asks('culpable'), trace(true), { leg: 'leg-1' }).en,
      said(asks('gone')).en,
      said(onEdge('buyer-seller')).en,
      said(onEdge('gone')).en,
    ]).toEqual([
      'the holder of the leg acts for Dealer',
      'Dealer acts for Dealer',
      'E acts for Dealer',
      'it must be found: was it good?',
      'it must be found: was it good? (leg-1)',
      'it must be found: did it err?',
      'it must be found: gone',
      'the claim of the buyer against the seller: liable',
      'gone: liable',
    ]);
    expect(said(onEdge('buyer-seller')).zh).toBe('买方对卖方的请求：应承担责任');
    expect(said(asks('good'), trace(true), { leg: 'leg-1' }).zh).toBe('须认定：中was it good?（leg-1）');
  });

  test('that is not the rule’s own is told in the words of the pack', () => {
    const own = reading({}, { if: [trace(true)], unless: [trace(false, { leg: 'leg-2' })] });
    const [first, second] = explainer().edge(edge({ decisive: [own] })).steps[0]!.steps;
    expect([first!.says.en, second!.says]).toEqual([
      'as the pack has it',
      { en: 'unless as the pack has it (leg-2)', zh: '除非：as the pack has it（leg-2）' },
    ]);
  });

  test('says against whom it counts that nobody showed it', () => {
    const shown: Condition = { op: 'shown', by: 'debtor', of: { op: 'signed-off' } };
    const told = step(shown, trace(false, { collapsedAgainst: 'D', parts: [trace(null, { leg: null })] }));
    expect([told.says, told.result.en, told.sentence, told.steps.map(({ says }) => says.en)]).toEqual([
      {
        en: 'Dealer must show it; what stays unknown counts as not shown; not shown, which counts against Dealer',
        zh: '须由Dealer证明；不明者视为未证明；未证明，不利于Dealer',
      },
      'no',
      'as the pack has it',
      ['the consignee signed and raised no objection'],
    ]);
  });

  test('of every leg is told leg by leg, with whom each means', () => {
    const acts: Condition = { op: 'acts-for', agent: 'leg.holder', principal: 'buyer' };
    const some: Condition = { op: 'some', over: 'leg', of: acts };
    const legs = ['leg-1', 'leg-2', 'leg-9'].map((leg) => trace(false, { leg }));
    const told = step(some, trace(false, { parts: legs }), { leg: 'leg-1' });
    expect(told.steps.map(({ says }) => says.en)).toEqual([
      'Dealer acts for Consumer (leg-1)',
      'E acts for Consumer (leg-2)',
      'Dealer acts for Consumer (leg-9)',
    ]);
    const nested: Condition = { op: 'all', of: [acts, { op: 'signed-off' }] };
    const within = step(nested, trace(false, { parts: [trace(true), trace(false)] }), { leg: 'leg-2' });
    expect(within.steps.map(({ says }) => says.en)).toEqual([
      'E acts for Consumer',
      'the consignee signed and raised no objection',
    ]);
  });

  test('tells of issues, other edges and facts in it, each decision once', () => {
    const one = issue('good', { rules: [reading({}, { value: true }), reading({}, { value: false })] });
    const other = edge({ status: 'not-liable', basis: 'burden-default' });
    const told = explainer().edge(
      edge({
        decisive: [
          reading({}, { if: [trace(true, { issues: [one, one], edges: [other, other], facts: ['f#0'] })] }),
        ],
      }),
    ).steps[0]!.steps[0]!;
    expect(told.facts).toEqual(['f#0']);
    expect(told.steps.map(({ kind, result, steps }) => [kind, result.en, result.zh, steps.length])).toEqual([
      [
        'issue',
        'found, on the evidence: grade 3 of 5 for it, nothing against it; Consumer had to show it (standard: a high probability)',
        '认定，依证据：支持：3级（满5级）；反对：无；由Consumer证明该事项，证明标准：高度盖然性',
        1,
      ],
      [
        'issue',
        'found, on the evidence: grade 3 of 5 for it, nothing against it; Consumer had to show it (standard: a high probability) (told above)',
        '认定，依证据：支持：3级（满5级）；反对：无；由Consumer证明该事项，证明标准：高度盖然性（见上文）',
        0,
      ],
      ['edge', 'not liable, by the burden of proof', '不承担责任（依举证责任）', 1],
      ['edge', 'not liable, by the burden of proof (told above)', '不承担责任（依举证责任）（见上文）', 0],
      ['fact', '', '', 0],
    ]);
    expect(told.steps[0]!.steps[0]!.kind).toBe('presumption');
  });
});

describe('an issue', () => {
  const result = (one: IssueDecision): Said => explainer().decided(one).result;

  test('says who had to show what, on whichever side', () => {
    const tail = (one: IssueDecision): string => result(one).en.split('; ')[1] ?? 'nobody';
    expect([
      tail(issue('good')),
      tail(issue('good', { burden: 'con' })),
      tail(issue('culpable')),
      tail(issue('culpable', { burden: 'con', standard: 'preponderance' })),
      tail(issue('neutral')),
    ]).toEqual([
      'Consumer had to show it (standard: a high probability)',
      'Dealer had to show the contrary (standard: a high probability)',
      'Dealer had to show it (standard: a high probability)',
      'Consumer had to show the contrary (standard: more likely than not)',
      'nobody',
    ]);
    expect(result(issue('good', { burden: 'con', pro: 0, con: 2 })).zh).toBe(
      '认定，依证据：支持：无；反对：2级（满5级）；由Dealer证明相反事实，证明标准：高度盖然性',
    );
  });

  test('tells its arguments from the weightiest on, of one weight by their source, those without weight not at all', () => {
    const given = [
      argument({ grade: 1, source: 'a', by: 'pleading', side: 'con' }),
      argument({ grade: 0, source: 'b' }),
      argument({ grade: 3, source: 'd', by: 'derivation', how: 'seen' }),
      argument({ grade: 3, source: 'c' }),
      argument({ grade: 5, source: 'z', by: 'rule' } as unknown as Argument),
    ];
    const { steps } = explainer().decided(issue('good', { leg: 'leg-1', arguments: given }));
    expect(steps.map(({ result: { en, zh }, says }) => [says.en, says.zh, en, zh])).toEqual([
      ['for it: z', '支持：z', 'grade 5 of 5', '5级（满5级）'],
      ['for it: what a record says', '支持：记录所述', 'grade 3 of 5', '3级（满5级）'],
      ['for it: seen there', '支持：当场所见', 'grade 3 of 5', '3级（满5级）'],
      ['against it: a pleading', '反对：当事人陈述', 'grade 1 of 5', '1级（满5级）'],
    ]);
  });

  test('an argument is worth the least of what it rests on, which is said where that differs', () => {
    const worth = (...grades: readonly number[]): string =>
      explainer().argued(argument({ grade: 2, rests: grades.map((one, index) => graded(`f${index}`, one)) }))
        .result.en;
    expect([worth(), worth(3), worth(2, 2), worth(2, 3), worth(2, 2, 4)]).toEqual([
      'grade 2 of 5',
      'grade 2 of 5',
      'grade 2 of 5',
      'grade 2 of 5, the least of what it rests on',
      'grade 2 of 5, the least of what it rests on',
    ]);
  });
});

test('a fact that the case does not have is told by its id, with no record', () => {
  const step = explainer().argued(argument({ rests: [graded('gone#0', 3)] }));
  expect([step.facts, step.records, step.steps[0]]).toEqual([
    ['gone#0'],
    [],
    {
      kind: 'fact',
      says: { en: 'gone#0', zh: 'gone#0' },
      result: {
        en: 'grade 3 of 5; no line of the rules of evidence fits it',
        zh: '3级（满5级）；证据规则中无适用项',
      },
      rule: null,
      sentence: null,
      lines: ['g'],
      facts: ['gone#0'],
      records: [],
      steps: [],
    },
  ]);
});

test('records behind several facts are told once, in order', () => {
  const fact = (id: string, records: readonly string[]): object => ({
    id,
    predicate: 'paid',
    time: { from: null, to: null },
    offsetMin: 0,
    prov: { signer: 'C', records, kind: 'own-record' },
  });
  const facts = [fact('f0', ['z', 'b']), fact('f1', ['a', 'b'])];
  const step = explainer(facts).argued(argument({ rests: [graded('f0', 3), graded('f1', 3)] }));
  expect([step.records, step.steps.map(({ records, says }) => [says.en, records])]).toEqual([
    ['a', 'b', 'z'],
    [
      ['Consumer, at no stated time: a payment', ['b', 'z']],
      ['Consumer, at no stated time: a payment', ['a', 'b']],
    ],
  ]);
});
