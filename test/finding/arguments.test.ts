import { describe, expect, test } from 'vitest';
import type { CustodyInterval } from '../../src/facts/custody.js';
import type { ExcludedPart } from '../../src/facts/exclusion.js';
import {
  addGrades,
  argumentsOf,
  codedFacts,
  hurtBy,
  seenFacts,
  touchesLeg,
} from '../../src/finding/arguments.js';
import type { FindingCase } from '../../src/finding/case.js';
import type { Argument, EdgeDesk } from '../../src/finding/decisions.js';
import type { Grade } from '../../src/finding/grade.js';
import type { Template } from '../../src/rules/issue-template.js';
import type { Issue } from '../../src/rules/pack.js';
import type { CodedPredicate } from '../../src/rules/terms.js';

// Facts, boundaries and grades are made up, so that each argument can be told by itself. The creditor is `C`, the debtor
// `D`; what hurts `D` is the creditor's to argue.

type Fields = Readonly<Record<string, unknown>>;
interface Told extends Fields {
  readonly id: string;
  readonly predicate: string;
}

const LEG = {
  leg: 'leg-1',
  holder: 'D',
  start: 'pickup',
  end: 'delivery',
  time: { from: 100, to: 200 },
} as unknown as CustodyInterval;
const BOUNDARIES = [
  { id: 'packing', name: 'packing', position: 0, passage: null, records: ['p'] },
  { id: 'pickup', name: 'pickup', position: 1, passage: 0, records: ['r-pickup'] },
  {
    id: 'delivery',
    name: 'delivery',
    position: 2,
    passage: 1,
    records: ['r-delivery'],
    time: { from: 200, to: 210 },
  },
];

interface World {
  readonly facts?: readonly Told[];
  readonly pleadings?: readonly object[];
  /** What a fact is worth against somebody; 2 where nothing is said. */
  readonly worth?: Readonly<Record<string, number>>;
  readonly derivations?: readonly object[];
  readonly placements?: readonly object[];
  readonly passages?: readonly object[];
  readonly records?: Readonly<Record<string, object>>;
  readonly damage?: Fields;
}

interface Bench {
  readonly theCase: FindingCase;
  readonly desk: EdgeDesk;
  /** Facts whose peers were asked for, and who those were. */
  readonly peers: Map<string, readonly string[]>;
  readonly steps: { taken: number; graded: number };
}

function bench(world: World = {}): Bench {
  const { damage = {}, derivations = [], facts = [], passages = [], placements = [], pleadings = [] } = world;
  const { records = {}, worth = {} } = world;
  const peersOf = new Map<string, readonly string[]>();
  const steps = { taken: 0, graded: 0 };
  const grader = {
    grade: ({ id }: Told, against: string, peers?: () => readonly Told[]): Partial<Grade> => {
      if (peers !== undefined)
        peersOf.set(
          id,
          peers().map((one) => one.id),
        );
      return { fact: id, grade: worth[`${id} ${against}`] ?? worth[id] ?? 2 };
    },
    step: () => {
      steps.graded += 1;
    },
  };
  const theCase = {
    facts: {
      byId: new Map(facts.map((fact) => [fact.id, fact])),
      of: (predicate: string) => facts.filter((fact) => fact.predicate === predicate),
      records: new Map(Object.entries(records)),
    },
    budget: {
      take: () => {
        steps.taken += 1;
      },
    },
    dispute: {
      pleadings,
      parties: [
        { id: 'C', roles: ['buyer'] },
        { id: 'S', roles: ['seller'] },
      ],
    },
  };
  const edge = {
    creditor: 'C',
    debtor: 'D',
    template: { creditor: 'buyer', debtor: 'seller' },
    journey: null,
    damage: {
      states: new Map([['pickup', { derivations }]]),
      boundaries: new Map(BOUNDARIES.map((one) => [one.id, one])),
      custody: { sub: 'item', passages, boundaries: BOUNDARIES, journeys: [] },
      delivery: BOUNDARIES[2],
      timeline: { placements },
      goods: { sub: 'item' },
      ...damage,
    },
  };
  const stance = { isNeutral: (party: string, trusted: boolean) => party === 'N' && trusted };
  return { theCase, desk: { edge, stance, grader }, peers: peersOf, steps } as unknown as Bench;
}

const issue = (shown: readonly Template[], pro = 'creditor'): Issue =>
  ({ name: 'asked', pro, shown }) as unknown as Issue;

/** `pro 2 fact f [f2]`. */
function inShort({ by, defeatedBy, grade, how, rests, side, source }: Argument): string {
  const rest = rests.map((one) => `${one.fact}${one.grade}`).join(' ');
  const beaten = defeatedBy.length === 0 ? '' : ` beaten by ${defeatedBy.join(' ')}`;
  return `${side} ${grade} ${by} ${source}${how === null ? '' : ` ${how}`} [${rest}]${beaten}`;
}
function argued(
  world: World,
  template: Template,
  leg: CustodyInterval | null = LEG,
  pro = 'creditor',
): readonly string[] {
  const { desk, theCase } = bench(world);
  return argumentsOf(theCase, desk, issue([template], pro), leg).map(inShort);
}

test('whoever argues for an issue hurts the other', () => {
  const { desk } = bench();
  expect(
    ['creditor', 'buyer', 'debtor', 'seller', 'carrier'].map((pro) => hurtBy(desk, issue([], pro))),
  ).toEqual([
    { pro: 'D', con: 'C' },
    { pro: 'D', con: 'C' },
    { pro: 'C', con: 'D' },
    { pro: 'C', con: 'D' },
    { pro: 'D', con: 'C' },
  ]);
});

describe('a state at a boundary', () => {
  const bad: Template = { shows: 'state', value: 'bad', boundary: 'leg.start' };
  const facts = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, predicate: 'condition' }));
  const derivation = (id: string, value: string, more: Fields = {}): object => ({
    id,
    value,
    how: 'seen',
    facts: [id],
    over: [],
    against: [],
    neutralOf: [],
    ...more,
  });

  test('is argued for by what derives it, and against by what derives the opposite', () => {
    const derivations = [derivation('a', 'bad'), derivation('b', 'good', { how: 'good-forward' })];
    const worth = { 'a D': 3, 'b C': 1, a: 5, b: 5 };
    expect(argued({ facts, derivations, worth }, bad)).toEqual([
      'pro 3 derivation a seen [a3]',
      'con 1 derivation b good-forward [b1]',
    ]);
    expect(argued({ facts, derivations, worth: { 'a C': 4, 'b D': 1 } }, bad, LEG, 'debtor')).toEqual([
      'pro 4 derivation a seen [a4]',
      'con 1 derivation b good-forward [b1]',
    ]);
  });

  test('nowhere is argued by nothing', () => {
    const derivations = [derivation('a', 'bad')];
    expect(argued({ facts, derivations }, { ...bad, boundary: 'delivery' })).toEqual([]);
    expect(argued({ facts, derivations }, bad, null)).toEqual([]);
  });

  test('is as good as the least that it rests on, of parts the best alternative, of equals the first', () => {
    const parts = (...alternatives: readonly (readonly string[])[]): Fields => ({
      over: [{ parts: [{ alternatives }] }],
    });
    const worth = { a: 5, b: 2, c: 4, d: 4, e: 3 };
    const told = (more: Fields): readonly string[] =>
      argued({ facts, worth, derivations: [derivation('a', 'bad', more)] }, bad);
    expect([
      told({ facts: ['a', 'e'] }),
      told(parts(['b'], ['c', 'e'], ['d', 'e'])),
      told(parts(['c'], ['d'])),
      told(parts(['b'])),
      told({ facts: [] }),
    ]).toEqual([
      ['pro 3 derivation a seen [a5 e3]'],
      ['pro 3 derivation a seen [a5 c4 e3]'],
      ['pro 4 derivation a seen [a5 c4]'],
      ['pro 2 derivation a seen [a5 b2]'],
      ['pro 5 derivation a seen []'],
    ]);
  });

  test('is beaten by what is worth as much against the other side', () => {
    const told = (worth: Readonly<Record<string, number>>): readonly string[] =>
      argued({ facts, worth, derivations: [derivation('a', 'bad', { against: ['b', 'c'] })] }, bad);
    expect([
      told({ 'a D': 3, 'b C': 3, 'c C': 4 }),
      told({ 'a D': 3, 'b C': 2, 'c C': 3 }),
      told({ 'a D': 3, 'b C': 2, 'c C': 2, b: 5, c: 5 }),
    ]).toEqual([
      ['pro 0 derivation a seen [a3] beaten by b c'],
      ['pro 0 derivation a seen [a3] beaten by c'],
      ['pro 3 derivation a seen [a3]'],
    ]);
    const opposite = derivation('a', 'good', { against: ['b'] });
    expect(argued({ facts, worth: { 'a C': 3, 'b D': 3, 'b C': 1 }, derivations: [opposite] }, bad)).toEqual([
      'con 0 derivation a seen [a3] beaten by b',
    ]);
  });

  test('whose parcel was not seen needs a neutral record of the occasion', () => {
    const records = {
      own: { iss: 'C', trusted: true },
      stranger: { iss: 'N', trusted: false },
      neutral: { iss: 'N', trusted: true },
    };
    const told = (...neutralOf: readonly string[]): number =>
      argued({ facts, records, derivations: [derivation('a', 'bad', { neutralOf })] }, bad).length;
    expect([told(), told('own'), told('stranger'), told('gone'), told('own', 'neutral')]).toEqual([
      1, 0, 0, 0, 1,
    ]);
  });

  test('is graded among all that lead to the same', () => {
    const derivations = [
      derivation('a', 'bad', { facts: ['a', 'c'] }),
      derivation('c', 'bad', { facts: ['c', 'd'] }),
      derivation('b', 'good'),
    ];
    const { desk, peers, steps, theCase } = bench({ facts, derivations });
    argumentsOf(theCase, desk, issue([bad]), LEG);
    expect([...peers]).toEqual([
      ['a', ['a', 'c', 'd']],
      ['c', ['a', 'c', 'd']],
      ['d', ['a', 'c', 'd']],
      ['b', ['b']],
    ]);
    expect(steps).toEqual({ taken: 3, graded: 0 });
  });

  test('parts that stand by themselves are graded one after the other', () => {
    const { desk, steps, theCase } = bench({ facts, worth: { a: 1, b: 3, c: 3 } });
    const grades: Grade[] = [];
    const parts = [{ alternatives: [['a'], ['b', 'c']] }, { alternatives: [] }] as unknown as ExcludedPart[];
    addGrades(grades, theCase, desk, parts, 'D');
    expect([grades.map(({ fact, grade }) => `${fact}${grade}`), steps.taken]).toEqual([['b3', 'c3'], 2]);
  });
});

describe('what was seen after delivery', () => {
  const facts = [
    { id: 'a', predicate: 'condition', value: 'bad' },
    { id: 'b', predicate: 'condition', value: 'good' },
    { id: 'c', predicate: 'condition', value: 'bad' },
    { id: 'd', predicate: 'labelled', value: 'bad' },
  ];
  const at = (fact: string, first: number, boundary: string | null = 'x'): object => ({
    fact,
    first,
    boundary,
  });
  const placements = [at('a', 2), at('b', 3), at('c', 1), at('d', 2)];

  test('argues for, the opposite against', () => {
    expect(
      argued({ facts, placements, worth: { 'a D': 3, 'b C': 1 } }, { shows: 'seen', value: 'bad' }),
    ).toEqual(['pro 3 fact a [a3]', 'con 1 fact b [b1]']);
    const { desk, peers, steps, theCase } = bench({ facts, placements: [...placements, at('c', 2)] });
    argumentsOf(theCase, desk, issue([{ shows: 'seen', value: 'good' }]), null);
    expect([...peers]).toEqual([
      ['a', ['a', 'c']],
      ['b', ['b']],
      ['c', ['a', 'c']],
    ]);
    expect(steps.graded).toBe(3);
  });

  test('is nothing where nobody delivered', () => {
    const { desk, theCase } = bench({ facts, placements, damage: { delivery: null } });
    expect(seenFacts(theCase, desk)).toEqual([]);
  });
});

describe('who had the goods', () => {
  const handed = (id: string, from: string, to: string, more: Fields = {}): Told => ({
    id,
    predicate: 'handed-over',
    from,
    to,
    sub: 'item',
    time: { from: 150, to: 150 },
    ...more,
  });
  const facts = [
    handed('took', 'C', 'D'),
    handed('other', 'C', 'E'),
    { id: 'film', predicate: 'holds', party: 'D' },
    { id: 'their film', predicate: 'holds', party: 'E' },
    handed('gave', 'D', 'C'),
    handed('back', 'E', 'C'),
    handed('stop', 'D', 'D'),
    handed('stop elsewhere', 'D', 'D', { sub: 'another' }),
    handed('stop later', 'D', 'D', { time: { from: 300, to: 300 } }),
    handed('their stop', 'E', 'E'),
    handed('from it', 'D', 'E'),
  ];
  const passages = [
    { facts: ['took', 'other', 'film', 'their film'] },
    { facts: ['gave', 'back', 'film', 'stop'] },
  ];
  const custody: Template = { shows: 'custody' };

  test('is shown by what took it over, what handed it on, and stops in between, each once', () => {
    expect(argued({ facts, passages }, custody)).toEqual([
      'pro 2 fact took [took2]',
      'pro 2 fact film [film2]',
      'pro 2 fact gave [gave2]',
      'pro 2 fact stop [stop2]',
    ]);
  });

  test('is not asked without a leg, nor where the leg has no passage', () => {
    expect(argued({ facts, passages }, custody, null)).toEqual([]);
    const closed = { ...LEG, start: null, end: 'packing' } as unknown as CustodyInterval;
    const stops = ['pro 2 fact stop [stop2]'];
    expect(argued({ facts, passages }, custody, closed)).toEqual(stops);
    const gone = { ...LEG, start: 'gone', end: null } as unknown as CustodyInterval;
    expect(argued({ facts, passages }, custody, gone)).toEqual(stops);
  });
});

describe('what the consignee signed of getting it', () => {
  const prov = (signer: string, record = 'x'): object => ({ signer, records: [record] });
  const signedOff = (id: string, more: Fields = {}): Told => ({
    id,
    predicate: 'signed-off',
    consignee: 'R',
    remark: 'none',
    passage: 'r-delivery',
    prov: prov('R'),
    ...more,
  });
  const facts: readonly Told[] = [
    { id: 'own', predicate: 'handed-over', prov: prov('R') },
    { id: 'theirs', predicate: 'handed-over', prov: prov('D') },
    { id: 'film', predicate: 'holds', prov: prov('R', 'r-film') },
    { id: 'their film', predicate: 'holds', prov: prov('D', 'r-film') },
    { id: 'other film', predicate: 'holds', prov: prov('R', 'r-other') },
    signedOff('signed'),
    signedOff('refused', { remark: 'refused' }),
    signedOff('another', { consignee: 'C' }),
    signedOff('elsewhere', { passage: 'r-pickup' }),
    signedOff('by its record', { passage: 'r-pickup', prov: prov('R', 'r-delivery') }),
  ];
  const passages = [{}, { to: 'R', facts: ['own', 'theirs', 'signed'], holds: ['r-film'] }];
  const receipt: Template = { shows: 'receipt' };

  test('binds it, whoever relies on it, and is told once', () => {
    expect(argued({ facts, passages, worth: { 'own R': 5, 'film R': 4 } }, receipt)).toEqual([
      'pro 5 fact own [own5]',
      'pro 2 fact signed [signed2]',
      'pro 4 fact film [film4]',
      'pro 2 fact by its record [by its record2]',
    ]);
  });

  test('is nothing where nobody delivered, or no passage is told', () => {
    expect(argued({ facts, passages, damage: { delivery: null } }, receipt)).toEqual([]);
    expect(argued({ facts, passages, damage: { delivery: BOUNDARIES[0] } }, receipt)).toEqual([]);
  });
});

describe('that the goods were delivered', () => {
  const facts: readonly Told[] = [
    { id: 'handed', predicate: 'handed-over' },
    { id: 'their word', predicate: 'handed-over' },
    { id: 'film', predicate: 'holds' },
  ];
  const passages = [{}, { facts: ['handed', 'film', 'their word'] }];
  const delivered: Template = { shows: 'delivery' };

  test('is what either side told of the handing over there', () => {
    expect(argued({ facts, passages, worth: { 'handed D': 4, 'their word C': 5 } }, delivered)).toEqual([
      'pro 4 fact handed [handed4]',
      'pro 2 fact their word [their word2]',
    ]);
  });

  test('is nothing where nobody delivered, or no passage is told', () => {
    expect([
      argued({ facts, passages, damage: { delivery: null } }, delivered),
      argued({ facts, passages, damage: { delivery: BOUNDARIES[0] } }, delivered),
    ]).toEqual([[], []]);
  });
});

describe('facts of a code', () => {
  const facts: readonly Told[] = [
    { id: 'theft', predicate: 'incident', code: 'theft', time: { from: 150, to: 160 } },
    { id: 'late theft', predicate: 'incident', code: 'theft', time: { from: 201, to: 300 } },
    { id: 'fire', predicate: 'incident', code: 'accident', time: { from: 150, to: 160 } },
    {
      id: 'sole',
      predicate: 'cause',
      cause: 'packing',
      strength: 'sole',
      sub: 'item',
      time: { from: 900, to: 900 },
    },
    { id: 'probable', predicate: 'cause', cause: 'packing', strength: 'probable', sub: 'item' },
    { id: 'possible', predicate: 'cause', cause: 'packing', strength: 'possible', sub: 'item' },
    { id: 'nature', predicate: 'cause', cause: 'nature', strength: 'sole', sub: 'item' },
    { id: 'of another', predicate: 'cause', cause: 'packing', strength: 'sole', sub: 'another' },
    { id: 'names', predicate: 'disclosed', args: { shownAsSeller: { party: 'S' } } },
    { id: 'names another', predicate: 'disclosed', args: { shownAsSeller: { party: 'C' } } },
    { id: 'names none', predicate: 'disclosed', args: { shownAsSeller: null } },
    { id: 'says nothing', predicate: 'disclosed', args: {} },
    { id: 'back', predicate: 'returned', args: { stage: 'received' } },
    { id: 'sent', predicate: 'returned', args: { stage: 'dispatched' } },
    { id: 'worn', predicate: 'used', sub: 'item', args: { event: 'wash' }, time: { from: 210, to: 211 } },
    { id: 'tried', predicate: 'used', sub: 'item', args: { event: 'wash' }, time: { from: 209, to: 300 } },
    { id: 'undated', predicate: 'used', sub: 'item', args: { event: 'wash' }, time: { from: null, to: 300 } },
    {
      id: 'other use',
      predicate: 'used',
      sub: 'another',
      args: { event: 'wash' },
      time: { from: 300, to: 300 },
    },
    { id: 'opened', predicate: 'used', sub: 'item', args: { event: 'open' }, time: { from: 300, to: 300 } },
    { id: 'broken', predicate: 'sealed', action: 'broken', time: { from: 100, to: 100 } },
    { id: 'read', predicate: 'sealed', action: 'read', time: { from: 150, to: 150 } },
    { id: 'broken early', predicate: 'sealed', action: 'broken', time: { from: 10, to: 99 } },
  ];
  const found = (
    predicate: CodedPredicate,
    code: string,
    leg: CustodyInterval | null,
    damage: Fields = {},
  ): readonly string[] => {
    const { desk, theCase } = bench({ facts, damage });
    return codedFacts(theCase, desk, leg, predicate, code).map(({ id }) => id);
  };

  test('are those of the code; of what happens in time those of the leg, where one is asked about', () => {
    expect([
      found('incident', 'theft', LEG),
      found('incident', 'theft', null),
      found('sealed', 'broken', LEG),
      found('sealed', 'broken', null),
      found('returned', 'received', LEG),
    ]).toEqual([['theft'], ['theft', 'late theft'], ['broken'], ['broken', 'broken early'], ['back']]);
  });

  test('a cause must be firm, and of this item; when it was found plays no part', () => {
    expect(found('cause', 'packing', LEG)).toEqual(['sole', 'probable']);
  });

  test('a disclosure must name somebody who sells', () => {
    expect(found('disclosed', 'seller', LEG)).toEqual(['names']);
  });

  test('use counts from delivery on, and of this item', () => {
    expect([
      found('used', 'wash', LEG),
      found('used', 'wash', LEG, { delivery: null }),
      found('used', 'wash', LEG, { delivery: { time: { from: 1, to: null } } }),
      found('used', 'wash', LEG, { delivery: { time: { from: 0, to: 0 } } }),
    ]).toEqual([['worn'], [], [], ['worn', 'tried', 'undated']]);
  });

  test('are argued as they are found', () => {
    expect(
      argued({ facts, worth: { 'theft D': 4 } }, { shows: 'fact', predicate: 'incident', code: 'theft' }),
    ).toEqual(['pro 4 fact theft [theft4]']);
  });
});

test('an event touches a leg where they share a moment, open ends reaching all the way', () => {
  const touches = (from: number | null, to: number | null, leg: Fields = { from: 100, to: 200 }): boolean =>
    touchesLeg({ time: { from, to } }, { time: leg } as unknown as CustodyInterval);
  expect([
    touches(150, 160),
    touches(200, 300),
    touches(201, 300),
    touches(10, 100),
    touches(10, 99),
    touches(null, 99),
    touches(null, 100),
    touches(201, null),
    touches(200, null),
    touches(null, null),
    touches(500, 600, { from: 100, to: null }),
    touches(1, 2, { from: null, to: 100 }),
    touches(1, 2, { from: 100, to: null }),
    touches(500, 600, { from: null, to: 100 }),
  ]).toEqual([true, true, false, true, false, false, true, false, true, true, true, true, false, false]);
});

test('a term that both sides are bound by argues for', () => {
  const term = (id: string, parties: readonly string[]): Told => ({
    id,
    predicate: 'agreed',
    term: 'distanceSale',
    joint: true,
    parties,
    hidden: false,
    value: true,
    sub: 'item',
    prov: { records: [id], madeAt: { lower: null, upper: 1 } },
  });
  const agreed: Template = { shows: 'agreed', term: 'distanceSale' };
  expect([
    argued({ facts: [term('t', ['C', 'D'])], worth: { 't D': 4 } }, agreed),
    argued({ facts: [term('t', ['C', 'E'])] }, agreed),
    argued({ facts: [term('t', ['C', 'D'])] }, { ...agreed, term: 'mode' }),
  ]).toEqual([['pro 4 fact t [t4]'], [], []]);
});

describe('what a party pleads', () => {
  const pleading = (party: string, position: string, name = 'asked'): object => ({
    issue: name,
    party,
    position,
  });
  const pleadings = [
    pleading('C', 'assert'),
    pleading('D', 'assert'),
    pleading('D', 'admit'),
    pleading('C', 'deny'),
    pleading('D', 'deny'),
    pleading('D', 'silent'),
    pleading('E', 'assert'),
    pleading('C', 'assert', 'another'),
  ];

  test('counts in full against itself and as a bare word for itself; the silent, others and other issues not at all', () => {
    const told = (pro: string): readonly string[] => {
      const { desk, theCase } = bench({ pleadings });
      return argumentsOf(theCase, desk, issue([], pro), LEG).map(inShort);
    };
    expect(told('creditor')).toEqual([
      'pro 1 pleading 0 []',
      'pro 5 pleading 1 []',
      'pro 5 pleading 2 []',
      'con 5 pleading 3 []',
      'con 1 pleading 4 []',
    ]);
    expect(told('debtor')).toEqual([
      'pro 5 pleading 0 []',
      'pro 1 pleading 1 []',
      'pro 1 pleading 2 []',
      'con 1 pleading 3 []',
      'con 5 pleading 4 []',
    ]);
  });
});
