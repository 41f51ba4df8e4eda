import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConditionTrace, EdgeDecision } from '../../src/finding/decisions.js';
import { type EdgeCase, proSide } from '../../src/finding/edge-case.js';
import type { Assessment } from '../../src/finding/finding.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  damagingPulse,
  idOf,
  inspection,
  LAB,
  observation,
  type RecordDraft,
  SELLER,
  sensor,
  statement,
} from '../facts/case-builder.js';
import { judge, scenario9, scenario9Packing, scenario11, secured } from './scenario-records.js';

type Side = 'creditor' | 'debtor';

/** How an edge stands for its debtor, better first; for the creditor the other way round. */
const STANDS: readonly EdgeDecision['status'][] = ['barred', 'not-liable', 'refer', 'liable'];

function standing(edge: EdgeDecision | undefined, side: Side): number {
  const rank = Math.max(1, STANDS.indexOf(edge?.status ?? 'not-liable'));
  return side === 'debtor' ? -rank : rank;
}

function decisionOf({ decisions }: Assessment, id: string): EdgeDecision | undefined {
  const edge = decisions.edges.find((one) => one.id === id);
  return edge === undefined ? undefined : decisions.edge(edge);
}

/** Whom the facts of a record help on an edge, issue by issue; null where they do more than argue. */
function helpedBy({ decisions }: Assessment, edge: EdgeCase, record: string): ReadonlySet<Side> | null {
  const own = (fact: string): boolean => fact.startsWith(`${record}#`);
  const reads = ({ facts, parts }: ConditionTrace): boolean => facts.some(own) || parts.some(reads);
  const found = new Set<Side>();
  const readings = [...decisions.edge(edge).readings];
  for (const one of decisions.issuesOf(edge)) {
    readings.push(...one.rules);
    const pro = proSide(edge, one.issue.pro);
    for (const { rests, side } of one.arguments) {
      if (pro === null || !rests.some(({ fact }) => own(fact))) continue;
      found.add((side === 'pro') === (pro === 'creditor') ? 'creditor' : 'debtor');
    }
  }
  return readings.some(({ if: wanted, unless }) => [...wanted, ...unless].some(reads)) ? null : found;
}

/** Observations that make no passage, fill no occasion and are of no use but as arguments. */
const observations: fc.Arbitrary<RecordDraft> = fc
  .record({
    by: fc.constantFrom(SELLER, CARRIER_A, CARRIER_B, BUYER, LAB),
    condition: fc.constantFrom('good', 'bad'),
    h: fc.constantFrom(-1, 0.5, 5, 12, 19, 20.3, 21, 30, 199),
    proven: fc.constantFrom(1, 40, 9_000),
    how: fc.constantFrom('inspection', 'secured', 'statement'),
  })
  .map(({ by, condition, h, how, proven }): RecordDraft => {
    const payload = { observations: [observation('fracture', condition)] };
    if (how === 'statement') return statement('kept back', { by, h, upper: h + proven, payload });
    const draft = inspection('kept back', { by, h, upper: h + proven, payload });
    return how === 'secured' ? secured(draft, h + proven) : draft;
  });

/** What a carrier's logger shows of its leg, or of a part of it. */
const logs: fc.Arbitrary<RecordDraft> = fc
  .record({
    leg: fc.constantFrom({ by: CARRIER_A, from: 1, to: 10 }, { by: CARRIER_B, from: 10, to: 20 }),
    half: fc.boolean(),
    blow: fc.boolean(),
  })
  .map(({ blow, half, leg: { by, from, to } }): RecordDraft => {
    const h = half ? (from + to) / 2 : from;
    const payload = blow ? { pulses: [damagingPulse(to - 1)], max: 85_000 } : {};
    return sensor('kept back', { by, h, to, upper: to + 1, payload });
  });

const cases: fc.Arbitrary<readonly RecordDraft[]> = fc
  .tuple(
    fc.constantFrom(scenario9(), scenario9Packing(), scenario11()),
    fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  )
  .map(([records, kept]) =>
    records.filter(({ name }, index) => name === 'delivery' || kept[index % kept.length]),
  );

describe('withholding (P2)', () => {
  test('a record wholly on one’s side never helps', () => {
    const seen = { helped: 0, alike: 0 };
    fc.assert(
      fc.property(cases, fc.oneof(observations, logs), (records, kept) => {
        const shown = judge([...records, kept]);
        const withheld = judge(records);
        for (const edge of shown.decisions.edges) {
          const [side, other] = helpedBy(shown, edge, idOf(kept.name)) ?? [];
          if (side === undefined || other !== undefined) continue;
          const [open, silent] = [shown, withheld].map((one) => standing(decisionOf(one, edge.id), side));
          expect(silent).toBeLessThanOrEqual(open!);
          seen[silent === open ? 'alike' : 'helped'] += 1;
        }
      }),
      { numRuns: 200, seed: 17 },
    );
    // It would say little if the records never mattered.
    expect(seen.helped).toBeGreaterThan(3);
    expect(seen.alike).toBeGreaterThan(50);
  });

  /** Sound at pickup, broken at delivery, and no recording on the way but what A shows; it may have undertaken to log. */
  const silentButA = (shows: readonly RecordDraft[], undertook: boolean): EdgeDecision => {
    const terms = undertook ? { undertakings: [{ by: CARRIER_A, what: 'log' }] } : {};
    const others = scenario11([], terms).filter(({ name }) => name !== 'log A' && name !== 'log B');
    const one = judge([...others, ...shows]);
    return one.decisions.edge(one.decisions.edges.find(({ debtor }) => debtor === CARRIER_A)!);
  };
  const blow = sensor('log A', {
    by: CARRIER_A,
    h: 1,
    to: 10,
    upper: 11,
    payload: { pulses: [damagingPulse(5)], max: 85_000 },
  });

  test('what one undertook to record, kept back in sight of all, leaves one no better than showing it', () => {
    const silent = silentButA([], true);
    expect(silent).toMatchObject({ status: 'liable', basis: 'presumption' });
    const ofA = logs.filter(({ by }) => by === CARRIER_A);
    fc.assert(
      fc.property(ofA, (log) => {
        expect(standing(silent, 'debtor')).toBeLessThanOrEqual(standing(silentButA([log], true), 'debtor'));
      }),
      { numRuns: 12 },
    );
    // Showing that nothing happened is what the undertaking was for.
    const clean = { ...blow, payload: { ...blow.payload, pulses: [], max: 9_000 } };
    expect(silentButA([clean], true).status).toBe('not-liable');
  });

  test('what nobody can see to be missing can help whoever keeps it back', () => {
    expect(silentButA([blow], false)).toMatchObject({ status: 'liable', basis: 'proven' });
    expect(silentButA([], false)).toMatchObject({ status: 'not-liable' });
    expect(silentButA([blow], true)).toMatchObject({ status: 'liable', basis: 'proven' });
  });
});
