import { describe, expect, test } from 'vitest';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { assess, scopeOf } from '../../src/finding/finding.js';
import { type AdviceQuestion, adviceOn, PreflightBudget } from '../../src/finding/preflight-advice.js';
import { bearersOf } from '../../src/finding/preflight-bearers.js';
import { type PreflightKind, preflightCase } from '../../src/finding/preflight-case.js';
import { planPreflight } from '../../src/finding/preflight-plan.js';
import { sayAdvice } from '../../src/finding/say-advice.js';
import { withSupposed } from '../../src/finding/supposed-record.js';
import { CARRIER_A, CARRIER_B, hour, passport } from '../facts/case-builder.js';
import { ALL_SIDES, carriage, nameOf, packed, sale } from './preflight-cases.js';
import { PACKS } from './scenario-records.js';

function question(kind: PreflightKind, region: string): AdviceQuestion {
  const given = [passport([...sale(), ...carriage([CARRIER_A, CARRIER_B]), packed(ALL_SIDES)])];
  const plan = planPreflight(given, PACKS, hour(1));
  const scope = { parties: plan.parties.map(({ id }) => id), goods: [{ unit: 'item', sub: plan.item }] };
  const today = deriveFacts(given, { ...scope, sellers: [plan.seller] });
  const supposed = preflightCase(plan, PACKS, custodyOf(today, plan.item), kind, region);
  const assessment = assess(withSupposed(given, supposed.supposed), supposed.dispute, PACKS);
  expect(scopeOf(supposed.dispute).goods).toEqual(scope.goods);
  return {
    given: supposed,
    assessment,
    bearers: bearersOf(assessment.decisions, supposed.loser),
    past: new Set(today.records.keys()),
  };
}

/** Told as far as so many cases go. */
function advised(
  asked: AdviceQuestion,
  cases: number,
): { readonly lines: readonly string[]; readonly complete: boolean; readonly computed: number } {
  const budget = new PreflightBudget();
  for (let left = 1_000; left > cases; left -= 1) budget.count();
  const before = budget.computed;
  const { advice, complete } = adviceOn(asked, budget);
  return {
    lines: advice.map(({ adds, would }) => {
      const told = adds.map(
        (one) => sayAdvice(one, nameOf, ALL_SIDES, asked.given.kind).en.split(' in one')[0],
      );
      return `${told.join(' AND ')} ⇒ ${would.parties.map(nameOf).join('+')}`;
    }),
    complete,
    computed: budget.computed - before,
  };
}

describe('advice', () => {
  const SINGLES = [
    'A and B: look at all six sides at a transfer and both sign the remark (good) ⇒ network+B',
    'seller: put a calibrated logger on the goods at packing and leave it on until pickup ⇒ network',
    'seller: film all six sides at pickup ⇒ network',
    'A: film all six sides at pickup ⇒ network',
    'A: film all six sides at a transfer ⇒ network+B',
  ];
  const PAIRS = [
    'seller and A: look at all six sides at pickup and both sign the remark (good) AND B: record the whole of leg-2 with a calibrated logger and hand the recording over ⇒ network+A',
    'seller and A: look at all six sides at pickup and both sign the remark (good) AND A and seller: agree in writing that A records leg-1 ⇒ network+A',
  ];

  test('is told with single records first, then with pairs, as far as cases may be computed', () => {
    const asked = question('damage', 'front');
    const all = advised(asked, 1_000);
    expect(all).toMatchObject({ lines: [...SINGLES, ...PAIRS], complete: true });
    expect(advised(asked, all.computed)).toEqual(all);
    expect(advised(asked, all.computed - 1)).toEqual({
      lines: [...SINGLES, ...PAIRS],
      complete: false,
      computed: all.computed - 1,
    });
    expect(advised(asked, 0)).toEqual({ lines: [], complete: false, computed: 0 });
    expect(advised(asked, 1)).toEqual({ lines: [], complete: false, computed: 1 });
  });

  test('tries pairs only of records that change something short of the outcome', () => {
    // With what is past, or comes too late to say what it would, there would be hundreds.
    expect(advised(question('damage', 'front'), 1_000).computed).toBe(31);
  });
});
