import { expect, test } from 'vitest';
import { meetsStandard } from '../../src/finding/standard.js';
import type { EvidencePack, StandardTest } from '../../src/rules/evidence-pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { Standard } from '../../src/rules/rule.js';

const GRADES = [0, 1, 2, 3, 4, 5];

/** All pairs `pro con` that meet the standard. */
function met(pack: EvidencePack, standard: Standard): readonly string[] {
  return GRADES.flatMap((pro) =>
    GRADES.filter((con) => meetsStandard(pack, standard, pro, con)).map((con) => `${pro} ${con}`),
  );
}

const pairs = (fits: (pro: number, con: number) => boolean): readonly string[] =>
  GRADES.flatMap((pro) => GRADES.filter((con) => fits(pro, con)).map((con) => `${pro} ${con}`));

test('the standards of the courts of China, over all grades for and against', () => {
  const pack = BUILT_IN_PACKS.get('evidence.cn') as EvidencePack;
  expect(met(pack, 'prima-facie')).toEqual(pairs((pro) => pro >= 2));
  expect(met(pack, 'preponderance')).toEqual(pairs((pro, con) => pro >= 2 && pro > con));
  expect(met(pack, 'high')).toEqual(pairs((pro, con) => pro >= 3 && pro > con));
  expect(met(pack, 'beyond-doubt')).toEqual(['4 0', '4 1', '5 0', '5 1']);
});

test('a pack may compare either side with the other or a grade, in four ways', () => {
  const standard = (...tests: StandardTest[]): readonly string[] =>
    met({ standards: { high: tests } } as unknown as EvidencePack, 'high');
  expect(
    standard({ compare: '<', left: 'con', right: 'pro' }, { compare: '<', left: 'pro', right: 2 }),
  ).toEqual(['1 0']);
  expect(
    standard({ compare: '<=', left: 'pro', right: 'con' }, { compare: '>=', left: 'pro', right: 4 }),
  ).toEqual(['4 4', '4 5', '5 5']);
  expect(
    standard({ compare: '>', left: 'con', right: 4 }, { compare: '>=', left: 'pro', right: 'con' }),
  ).toEqual(['5 5']);
});

test('a standard without a condition is met by anything', () => {
  expect(met({ standards: { high: [] } } as unknown as EvidencePack, 'high')).toHaveLength(36);
});
