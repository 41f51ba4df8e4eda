import { expect, test } from 'vitest';
import { findLines } from '../../src/report/find-text.js';
import type { Language } from '../../src/report/labels/code-label.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { claim, disputeOf, judge, scenario9 } from '../finding/scenario-records.js';
import { load, rule, smallPack } from '../rules/built-packs.js';

const PACKS = [
  load(
    smallPack({
      rules: [
        rule({}),
        rule({
          id: 'R-2',
          if: '[creditor.consumer is yes]',
          effect: '{ cap: consumer-seller, per: item, rate: 600, currency: XDR }',
        }),
      ].join('\n'),
    }),
  ),
  BUILT_IN_PACKS.get('evidence.cn')!,
];

type Parts = NonNullable<Parameters<typeof disputeOf>[0]>;

const PARTS: Parts = {
  claims: [claim('k1', 'consumer-seller')],
  carriages: [],
  packs: [{ id: 'small' }, { id: 'evidence.cn' }],
};

function told(language: Language, parts: Parts = PARTS, packs: readonly Pack[] = PACKS): string {
  const { finding } = judge(scenario9(), parts, packs);
  const lines = findLines(finding, {
    language,
    width: 120,
    verbose: false,
    dispute: disputeOf(parts),
    packs,
    numbers: new Map(),
    explanations: new Map(),
    whatIf: [],
    why: false,
  });
  return lines
    .map((line) =>
      line.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join(''),
    )
    .join('\n');
}

test('an edge without an amount says why, and what would bring one', () => {
  const english = told('en');
  expect(english).toContain('it is owed, but R-2 counts in XDR and no rate to CNY is stated');
  expect(english).toContain('→ state in the dispute the rate of XDR in CNY, with its day');
  const chinese = told('zh');
  expect(chinese).toContain('应予赔偿，但R-2以XDR计算，未载明折算为CNY的汇率');
  expect(chinese).toContain('→ 在争议文件中载明XDR兑CNY的汇率及其日期');
});

test('whoever pays nothing pays it in the currency of the claim against it', () => {
  const parts: Parts = {
    claims: [{ ...claim('k1', 'consumer-seller'), currency: 'EUR' }, claim('k2', 'shipper-carrier')],
  };
  const lines = told(
    'en',
    parts,
    [...BUILT_IN_PACKS.values()].filter(({ pack }) => pack !== 'cisg'),
  );
  expect(lines).toMatch(/pays nothing +0\.00 CNY +not liable/);
  expect(lines).not.toContain('0.00 EUR');
});
