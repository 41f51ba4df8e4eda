import { describe, expect, test } from 'vitest';
import type { CaseFacts, CaseRecord } from '../../src/facts/case-facts.js';
import type { Boundary, Custody } from '../../src/facts/custody.js';
import type { ConditionFact, CounterSignature, Provenance, Witness } from '../../src/facts/fact.js';
import {
  byFactThenPosition,
  covers,
  isAtOrAfter,
  type Placement,
  placementsOf,
} from '../../src/facts/placement.js';
import { countFact } from './fact-builder.js';

const DAY = 86_400;
/** S hands to A at day 10, A to B at day 20, B to R at day 30. */
const HOLDERS = ['S', 'A', 'B', 'R'];
const day = (n: number): number => n * DAY;
function custody(over: Partial<Boundary> = {}): Custody {
  const days = [10, 20, 30];
  return {
    boundaries: days.map((at, position) => ({
      id: `b${position}`,
      position,
      passage: position,
      time: { from: day(at), to: day(at) },
      records: [`r${position}`],
      ...(position === 1 ? over : {}),
    })),
    intervals: HOLDERS.map((holder, index) => ({
      index,
      holder,
      time: {
        from: index === 0 ? null : day(days[index - 1]!),
        to: index === 3 ? null : day(days[index]!),
      },
    })),
    passages: days.map((_, i) => ({ from: HOLDERS[i]!, to: HOLDERS[i + 1]! })),
  } as unknown as Custody;
}

type Word = Partial<Omit<ConditionFact, 'prov'>> & {
  readonly by: string;
  readonly at: readonly [number, number];
  readonly prov?: Partial<Provenance>;
};
function place(
  { at, by, prov, ...over }: Word,
  records: Readonly<Record<string, Partial<CaseRecord>>> = {},
  given: Custody = custody(),
  withinH = 24,
): readonly Placement[] {
  const fact = countFact(
    'look',
    null,
    { aspect: 'fracture', region: 'left', time: { from: day(at[0]), to: day(at[1]) }, ...over },
    { by, prov: { madeAt: { lower: null, upper: day(100) }, ...prov } },
  );
  const facts = { records: new Map(Object.entries(records)) } as unknown as CaseFacts;
  return placementsOf(fact, facts, given, withinH);
}
/** `1-2 [12-14]`: first and last interval, and the days between. */
function inside(word: Word): string {
  const [{ boundary, by, first, last, neutralOf, span }, ...others] = place(word) as [Placement];
  expect([boundary, by, neutralOf, others]).toEqual([null, 'own-time', [], []]);
  return `${first}-${last} [${span.from / DAY}-${span.to / DAY}]`;
}
function answer(by: string, over: Partial<CounterSignature> = {}): CounterSignature {
  return {
    record: 'answer',
    by,
    stance: 'agree',
    remark: null,
    scope: [{ aspect: 'fracture' }],
    trusted: true,
    integrity: 'ok',
    ...over,
  };
}

describe('an observation within an interval', () => {
  test('stands in its signer’s own, cut to it', () => {
    expect(inside({ by: 'A', at: [12, 14] })).toBe('1-1 [12-14]');
    expect(inside({ by: 'A', at: [18, 24] })).toBe('1-1 [18-20]');
    expect(inside({ by: 'B', at: [18, 24] })).toBe('2-2 [20-24]');
    expect(inside({ by: 'S', at: [5, 12] })).toBe('0-0 [5-10]');
    expect(inside({ by: 'R', at: [25, 40] })).toBe('3-3 [30-40]');
  });
  test('of somebody who never held the goods, in whichever its time touches', () => {
    expect(inside({ by: 'X', at: [18, 24] })).toBe('1-2 [18-24]');
    expect([
      inside({ by: 'X', at: [20, 20] }),
      inside({ by: 'X', at: [5, 5] }),
      inside({ by: 'X', at: [35, 36] }),
    ]).toEqual(['1-2 [20-20]', '0-0 [5-5]', '3-3 [35-36]']);
  });
});

describe('the word of one who had the goods, but not then', () => {
  const proven = (upper: number): { prov: Partial<Provenance> } => ({
    prov: { madeAt: { lower: null, upper: day(upper) } },
  });
  test('that says bad may as well be of its own later time, as far as it was proven', () => {
    const bad = (by: string, upper: number): string => inside({ by, at: [5, 6], ...proven(upper) });
    expect([bad('A', 100), bad('A', 15), bad('A', 10), bad('A', 9)]).toEqual([
      '0-1 [5-20]',
      '0-1 [5-15]',
      '0-1 [5-10]',
      '0-0 [5-6]',
    ]);
    expect([bad('B', 100), bad('B', 25), bad('R', 50)]).toEqual(['0-2 [5-30]', '0-2 [5-25]', '0-3 [5-50]']);
    expect(inside({ by: 'S', at: [12, 14] })).toBe('1-1 [12-14]');
  });
  test('that says good may as well be of its own earlier time', () => {
    const good = (by: string): string => inside({ by, at: [25, 26], value: 'good' });
    expect([good('A'), good('S'), good('R')]).toEqual(['1-2 [10-26]', '0-2 [0-26]', '2-2 [25-26]']);
  });
  test('unless the one who held them then stands behind it', () => {
    const told = (...counterSigned: CounterSignature[]): string =>
      inside({ by: 'A', at: [5, 6], prov: { counterSigned, madeAt: { lower: null, upper: day(100) } } });
    expect([told(answer('S')), told(answer('R')), told(answer('S', { stance: 'reserve' }))]).toEqual([
      '0-0 [5-6]',
      '0-1 [5-20]',
      '0-1 [5-20]',
    ]);
    expect(inside({ by: 'S', at: [18, 24], value: 'good', prov: { counterSigned: [answer('A')] } })).toBe(
      '1-2 [18-24]',
    );
  });
});

describe('an observation at a boundary', () => {
  const found = (
    word: Word,
    records: Readonly<Record<string, Partial<CaseRecord>>> = {},
    given = custody(),
    withinH = 24,
  ): readonly unknown[] =>
    place(word, records, given, withinH).map(({ boundary, by, first, last, neutralOf, span }) => [
      boundary ?? 'inside',
      by,
      ...(boundary === null ? [] : [first, last, span.from / DAY, span.to / DAY, neutralOf.join()]),
    ]);
  const passageRecord = [['b1', 'passage-record', 1, 2, 20, 20, '']];
  const INSIDE = [['inside', 'own-time']];
  const passage = (id: string): Custody => custody({ records: [id] });

  test('is that of the passage’s own record, or of an answer to it', () => {
    const word = { by: 'X', at: [5, 5] } as const;
    expect(found(word, {}, passage('look'))).toEqual(passageRecord);
    expect(found(word, { look: { answers: 'r1' } })).toEqual(passageRecord);
    expect(found(word, { look: { answers: 'other' } })).toEqual(INSIDE);
    expect(found(word, { look: { answers: null } })).toEqual(INSIDE);
  });

  const survey = (
    by: string,
    counterSigned: readonly CounterSignature[],
    over: Partial<Provenance> = {},
  ): readonly unknown[] => found({ by, at: [5, 5], prov: { occasion: 'r1', counterSigned, ...over } });
  const joint = [['b1', 'joint-survey', 1, 2, 20, 20, '']];
  test('is that of a survey that both sides stand behind', () => {
    expect([survey('A', [answer('B')]), survey('B', [answer('A')])]).toEqual([joint, joint]);
    expect([survey('A', [answer('A')]), survey('B', [answer('B')]), survey('A', [answer('X')])]).toEqual([
      INSIDE,
      INSIDE,
      INSIDE,
    ]);
    expect(survey('X', [answer('A'), answer('B')])).toEqual(joint);
    expect([survey('X', [answer('A')]), survey('X', [answer('B')]), survey('X', [])]).toEqual([
      INSIDE,
      INSIDE,
      INSIDE,
    ]);
  });
  test('of a surveyor whom one side asked, or in whose presence it was, and the other agrees', () => {
    expect(survey('X', [answer('A')], { requestedBy: 'B' })).toEqual(joint);
    expect(survey('X', [answer('A')], { partiesPresent: ['B'] })).toEqual(joint);
    expect(survey('X', [answer('B')], { requestedBy: 'A' })).toEqual(joint);
    expect(survey('X', [answer('B')], { partiesPresent: ['R', 'A'] })).toEqual(joint);
    expect(survey('X', [answer('A')], { requestedBy: 'A' })).toEqual(INSIDE);
    expect(survey('X', [], { requestedBy: 'A', partiesPresent: ['B'] })).toEqual(INSIDE);
  });
  test('only where the inspection covered the aspect, and it was agreed to', () => {
    expect(survey('A', [answer('B', { stance: 'reserve' })])).toEqual(INSIDE);
    expect(survey('A', [answer('B', { scope: [{ aspect: 'wear' }] })])).toEqual(INSIDE);
    expect(
      survey('A', [
        answer('B', {
          scope: [
            { aspect: 'fracture', region: 'right' },
            { aspect: 'fracture', region: 'left' },
          ],
        }),
      ]),
    ).toEqual(joint);
    expect(survey('A', [answer('B')], { occasion: 'r9' })).toEqual(INSIDE);
    expect(survey('A', [answer('B')], { occasion: null })).toEqual(INSIDE);
  });
  test('never at a packing, which no passage is', () => {
    const packing = custody({ passage: null });
    expect(
      found({ by: 'A', at: [5, 5], prov: { occasion: 'r1', counterSigned: [answer('B')] } }, {}, packing),
    ).toEqual(INSIDE);
  });

  const film = (
    word: Partial<Word> = {},
    prov: Partial<Provenance> = {},
    records: Readonly<Record<string, Partial<CaseRecord>>> = { r1: { upper: day(21) } },
    given = custody(),
    withinH = 24,
  ): readonly unknown[] =>
    found(
      {
        by: 'B',
        at: [20, 20],
        ...word,
        prov: {
          occasion: 'r1',
          madeAt: { lower: null, upper: day(22) },
          secured: { oneShot: true, itemSeen: false, parcelSeen: true, pinnedBy: null },
          ...prov,
        },
      },
      records,
      given,
      withinH,
    );
  const occasion = (neutralOf = ''): unknown => [['b1', 'occasion', 1, 2, 20, 20, neutralOf]];
  test('is that of one uncut film of the occasion with the parcel in it', () => {
    expect(film()).toEqual(occasion());
    expect(film({ by: 'X' })).toEqual(occasion());
    const cut = { oneShot: false, itemSeen: false, parcelSeen: true, pinnedBy: null } as const;
    expect(film({}, { secured: cut })).toEqual(INSIDE);
  });
  test('near in time: to the second, at both ends', () => {
    const near = (from: number, to: number): boolean =>
      film({ at: [from, to] })[0] !== undefined &&
      JSON.stringify(film({ at: [from, to] })) === JSON.stringify(occasion());
    const second = 1 / DAY;
    expect([near(19, 21), near(19 - second, 21), near(19, 21 + second)]).toEqual([true, false, false]);
    expect(film({ at: [10, 30] }, {}, { r1: { upper: day(21) } }, custody(), 240)).toEqual(occasion());
  });
  test('near in proof: a day after the passage’s record', () => {
    const second = 1;
    expect(film({}, { madeAt: { lower: null, upper: day(22) + second } })).toEqual(INSIDE);
    expect(film({}, {}, {})).toEqual(INSIDE);
  });
  test('not by one who held the goods at another time, and was no party to this passage', () => {
    expect([film({ by: 'S' }), film({ by: 'R' }), film({ by: 'A' })]).toEqual([INSIDE, INSIDE, occasion()]);
  });
  test('without the parcel it takes a witness, one of whom must be neutral', () => {
    const secured = { oneShot: true, itemSeen: false, parcelSeen: false, pinnedBy: null };
    const witness = (record: string, over: Partial<Witness> = {}): Witness => ({
      record,
      type: 'statement',
      by: 'L',
      trusted: true,
      passage: false,
      remark: null,
      integrity: 'ok',
      ...over,
    });
    const seenBy = (...witnesses: Witness[]): unknown => film({}, { secured, witnesses });
    expect([seenBy(), seenBy(witness('w2'), witness('w1'))]).toEqual([INSIDE, occasion('w1,w2')]);
    expect([
      seenBy(witness('w', { by: 'B' })),
      seenBy(witness('w', { trusted: false })),
      seenBy(witness('w', { integrity: 'adverse-only' })),
      seenBy(witness('w', { passage: true, remark: 'none' })),
      seenBy(witness('w', { passage: true })),
    ]).toEqual([INSIDE, INSIDE, INSIDE, INSIDE, INSIDE]);
    expect([
      seenBy(witness('w', { passage: true, remark: 'exception' })),
      seenBy(witness('w', { passage: true, remark: 'refused' })),
    ]).toEqual([occasion('w'), occasion('w')]);
  });
});

test('a scope without a region covers the whole; one with a region only that', () => {
  expect([
    covers({ aspect: 'a' }, 'a', 'left'),
    covers({ aspect: 'a', region: 'whole' }, 'a', 'left'),
    covers({ aspect: 'a', region: 'left' }, 'a', 'left'),
    covers({ aspect: 'a', region: 'left' }, 'a', 'whole'),
    covers({ aspect: 'b' }, 'a', 'left'),
  ]).toEqual([true, true, true, false, false]);
});

test('what is surely at a boundary or later', () => {
  const at = { position: 1 } as Boundary;
  const after = (boundary: string | null, first: number): boolean =>
    isAtOrAfter({ boundary, first } as Placement, at);
  expect([after('b0', 0), after('b1', 1), after('b2', 2)]).toEqual([false, true, true]);
  expect([after(null, 0), after(null, 1), after(null, 2)]).toEqual([false, false, true]);
});

test('placements go by their fact, then by place', () => {
  const placed = (fact: string, first: number): Placement => ({ fact, first }) as Placement;
  const order = (list: readonly Placement[]): readonly string[] =>
    [...list].sort(byFactThenPosition).map(({ fact, first }) => `${fact}${first}`);
  expect(order([placed('b', 1), placed('a', 3), placed('b', 0), placed('a', 2)])).toEqual([
    'a2',
    'a3',
    'b0',
    'b1',
  ]);
});
