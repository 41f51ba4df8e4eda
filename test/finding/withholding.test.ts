import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EdgeDecision } from '../../src/finding/decisions.js';
import { CARRIER_A, damagingPulse, idOf, type RecordDraft, sensor } from '../facts/case-builder.js';
import { decisionOf, helpedBy, standing } from './edge-standing.js';
import { logOf, observationOf } from './generated-cases.js';
import { judge, scenario9, scenario9Packing, scenario11 } from './scenario-records.js';

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
      fc.property(cases, fc.oneof(observationOf('kept back'), logOf('kept back')), (records, kept) => {
        const shown = judge([...records, kept]);
        const withheld = judge(records);
        for (const edge of shown.decisions.edges) {
          const [side, other] = helpedBy(withheld, shown, edge, idOf(kept.name)) ?? [];
          if (side === undefined || other !== undefined) continue;
          const [open, silent] = [shown, withheld].map((one) => standing(decisionOf(one, edge.id), side));
          expect(silent).toBeLessThanOrEqual(open!);
          seen[silent === open ? 'alike' : 'helped'] += 1;
        }
      }),
      { numRuns: 200, seed: 17 },
    );
    // It would say little if the records never mattered.
    expect(seen.helped).toBeGreaterThan(2);
    expect(seen.alike).toBeGreaterThan(10);
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
    const ofA = logOf('kept back').filter(({ by }) => by === CARRIER_A);
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
