import { describe, expect, test } from 'vitest';
import { type Presumption, type Weighed, weigh } from '../../src/finding/presumption.js';
import { meetsStandard } from '../../src/finding/standard.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { type Rebuttal, STANDARDS, type Standard } from '../../src/rules/rule.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
const meets = (standard: Standard, pro: number, con: number): boolean =>
  EVIDENCE.kind === 'evidence' && meetsStandard(EVIDENCE, standard, pro, con);

const GRADES = [0, 1, 2, 3, 4, 5];

function presume(
  is: 'found' | 'not-found',
  rebut: Rebuttal,
  weight = 0,
  standard: Standard | null = null,
): Presumption {
  return { rule: `${is} ${rebut} ${weight}`, is, rebut, weight, standard };
}

/** Every set of presumptions the table speaks of: none, one of each kind, and pairs alike and opposite. */
const SINGLE = (['found', 'not-found'] as const).flatMap((is) => [
  presume(is, 'conclusive'),
  presume(is, 'doubt'),
  presume(is, 'contrary'),
  presume(is, 'contrary', 2),
  presume(is, 'contrary', 3),
  presume(is, 'contrary', 4, 'beyond-doubt'),
]);
const SETS: readonly (readonly Presumption[])[] = [
  [],
  ...SINGLE.map((one) => [one]),
  ...SINGLE.flatMap((one, index) => SINGLE.slice(index + 1).map((other) => [one, other])),
];

describe('standards', () => {
  test('are met exactly where the pack says', () => {
    const points = (standard: Standard): string[] =>
      GRADES.flatMap((pro) => GRADES.filter((con) => meets(standard, pro, con)).map((con) => `${pro}${con}`));
    expect(points('prima-facie')).toEqual(
      GRADES.slice(2).flatMap((pro) => GRADES.map((con) => `${pro}${con}`)),
    );
    expect(points('preponderance')).toEqual([
      '20',
      '21',
      '30',
      '31',
      '32',
      '40',
      '41',
      '42',
      '43',
      '50',
      '51',
      '52',
      '53',
      '54',
    ]);
    expect(points('high')).toEqual(['30', '31', '32', '40', '41', '42', '43', '50', '51', '52', '53', '54']);
    expect(points('beyond-doubt')).toEqual(['40', '41', '50', '51']);
  });
});

describe('the presumption table', () => {
  const at = (
    pro: number,
    con: number,
    presumptions: readonly Presumption[],
    burden: 'pro' | 'con' = 'pro',
  ): Weighed => weigh({ pro, con, burden, standard: 'high', presumptions }, meets);

  test.each([
    ['none, burden on pro: shown', () => at(3, 2, []), 'found', 'evidence'],
    ['none, burden on pro: a tie', () => at(3, 3, []), 'not-found', 'burden'],
    ['none, burden on pro: the opposite shown', () => at(2, 3, []), 'not-found', 'evidence'],
    ['none, burden on con: nothing shown', () => at(0, 0, [], 'con'), 'found', 'burden'],
    ['none, burden on con: the opposite shown', () => at(2, 3, [], 'con'), 'not-found', 'evidence'],
    ['none, burden on con: found on the evidence', () => at(4, 3, [], 'con'), 'found', 'evidence'],
    ['conclusive', () => at(0, 5, [presume('found', 'conclusive')]), 'found', 'presumption'],
    [
      'contrary stands against a tie',
      () => at(0, 3, [presume('found', 'contrary', 3)]),
      'found',
      'presumption',
    ],
    ['contrary is overcome', () => at(0, 4, [presume('found', 'contrary', 3)]), 'not-found', 'evidence'],
    [
      'contrary: the evidence helps the presumption',
      () => at(4, 4, [presume('found', 'contrary')]),
      'found',
      'presumption',
    ],
    ['contrary not needed', () => at(4, 1, [presume('found', 'contrary')]), 'found', 'evidence'],
    [
      'not-found stands against a tie',
      () => at(3, 0, [presume('not-found', 'contrary', 3)]),
      'not-found',
      'presumption',
    ],
    ['not-found is overcome', () => at(4, 0, [presume('not-found', 'contrary', 3)]), 'found', 'evidence'],
    ['doubt stands', () => at(0, 1, [presume('found', 'doubt')]), 'found', 'presumption'],
    ['doubt falls, ordinary burden', () => at(0, 2, [presume('found', 'doubt')]), 'not-found', 'burden'],
    [
      'two opposite both fall',
      () => at(3, 0, [presume('found', 'contrary'), presume('not-found', 'contrary', 4)]),
      'found',
      'evidence',
    ],
    [
      'a doubt that fell is no opposite',
      () => at(0, 2, [presume('found', 'doubt'), presume('not-found', 'contrary')]),
      'not-found',
      'presumption',
    ],
  ] as const)('%s', (_case, weighed, status, by) => {
    const { by: how, status: what } = weighed();
    expect([what, how]).toEqual([status, by]);
  });

  test('says which fell, stood and were rebutted', () => {
    const [found, doubt] = [presume('found', 'contrary', 3), presume('found', 'doubt')];
    expect(at(0, 4, [found, doubt])).toEqual({
      status: 'not-found',
      by: 'evidence',
      fallen: [doubt.rule],
      stood: [],
      rebutted: [found.rule],
      notNeeded: false,
    });
    expect(at(4, 1, [found])).toMatchObject({ stood: [found.rule], notNeeded: true });
    expect(at(0, 1, [doubt, found])).toMatchObject({ stood: [doubt.rule, found.rule], fallen: [] });
    const plain = { fallen: [], stood: [], rebutted: [], notNeeded: false };
    expect(at(3, 2, [])).toEqual({ status: 'found', by: 'evidence', ...plain });
    expect(at(2, 2, [])).toEqual({ status: 'not-found', by: 'burden', ...plain });
    expect(at(0, 1, [found])).toEqual({ status: 'found', by: 'presumption', ...plain, stood: [found.rule] });
  });

  test('the greatest weight and the standard of a presumption say what overcomes it', () => {
    const strict = presume('found', 'contrary', 0, 'beyond-doubt');
    expect(at(0, 3, [presume('found', 'contrary')]).status).toBe('not-found');
    expect(at(0, 3, [strict]).status).toBe('found');
    expect(at(0, 3, [presume('found', 'contrary'), strict]).status).toBe('found');
    expect(at(0, 4, [strict]).status).toBe('not-found');
    expect(at(0, 3, [presume('found', 'contrary', 3), presume('found', 'contrary')]).status).toBe('found');
    expect(at(0, 5, [presume('found', 'conclusive'), presume('found', 'contrary')]).status).toBe('found');
    expect(at(0, 1, [presume('found', 'doubt')]).by).toBe('presumption');
  });
});

describe('at every point', () => {
  const every = (
    check: (
      pro: number,
      con: number,
      burden: 'pro' | 'con',
      standard: Standard,
      set: readonly Presumption[],
    ) => void,
  ): number => {
    let points = 0;
    for (const set of SETS)
      for (const standard of STANDARDS)
        for (const burden of ['pro', 'con'] as const)
          for (const pro of GRADES)
            for (const con of GRADES) {
              points += 1;
              check(pro, con, burden, standard, set);
            }
    return points;
  };
  const status = (
    pro: number,
    con: number,
    burden: 'pro' | 'con',
    standard: Standard,
    presumptions: readonly Presumption[],
  ) => weigh({ pro, con, burden, standard, presumptions }, meets).status;

  test('more for found never turns found into not-found, nor more against the reverse (P1, P5)', () => {
    const points = every((pro, con, burden, standard, set) => {
      const now = status(pro, con, burden, standard, set);
      if (now === 'found' && pro < 5) expect(status(pro + 1, con, burden, standard, set)).toBe('found');
      if (now === 'not-found' && con < 5)
        expect(status(pro, con + 1, burden, standard, set)).toBe('not-found');
    });
    expect(points).toBe(79 * 4 * 2 * 36);
  });

  test('swapping the sides with burden and presumptions negates (P10)', () => {
    every((pro, con, burden, standard, set) => {
      const swapped = set.map(
        (one): Presumption => ({ ...one, is: one.is === 'found' ? 'not-found' : 'found' }),
      );
      const other = status(con, pro, burden === 'pro' ? 'con' : 'pro', standard, swapped);
      expect(other).toBe(status(pro, con, burden, standard, set) === 'found' ? 'not-found' : 'found');
    });
  });

  test('what is decided on the evidence meets the standard by itself', () => {
    every((pro, con, burden, standard, set) => {
      if (set.some((one) => one.standard !== null)) return;
      const { by, status: now } = weigh({ pro, con, burden, standard, presumptions: set }, meets);
      const [forIt, against] = now === 'found' ? [pro, con] : [con, pro];
      if (by === 'evidence') expect(meets(standard, forIt, against)).toBe(true);
      else expect(meets(standard, against, forIt) && set.length === 0).toBe(false);
    });
  });

  test('the order of presumptions plays no part', () => {
    every((pro, con, burden, standard, set) => {
      const a = weigh({ pro, con, burden, standard, presumptions: set }, meets);
      const b = weigh({ pro, con, burden, standard, presumptions: [...set].reverse() }, meets);
      expect([b.status, b.by, b.notNeeded]).toEqual([a.status, a.by, a.notNeeded]);
    });
  });
});
