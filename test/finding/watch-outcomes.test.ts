import { describe, expect, test } from 'vitest';
import { digestOfValue } from '../../src/finding/canonical-json.js';
import type { Finding, FoundEdge } from '../../src/finding/finding-form.js';
import { type OutcomeEvent, outcomeEvents, type ToldOutcome } from '../../src/finding/watch-outcomes.js';
import { CARRIER_A, idOf, SELLER } from '../facts/case-builder.js';
import { judge, scenario9 } from './scenario-records.js';

const { finding } = judge(scenario9());
const OWED = finding.edges.find(({ debtor, pleaded }) => pleaded && debtor === CARRIER_A)!;

/** What is told of the edge of seller and carrier A, changed, after what was told before. */
function told(change: Partial<FoundEdge>, before?: ToldOutcome): readonly OutcomeEvent[] {
  const given: Finding = { ...finding, edges: [{ ...OWED, ...change }] };
  return outcomeEvents(given, (edge) => (edge === OWED.id ? before : undefined));
}
const keyOf = (status: string, amount: OutcomeEvent['amount'], before: string | null): string =>
  digestOfValue('goodorder/liability-outcome/1', {
    amount,
    before,
    creditor: SELLER,
    debtor: CARRIER_A,
    dispute: finding.dispute.digest,
    edge: OWED.id,
    status,
  });
const AMOUNT = { minor: '128000', currency: 'CNY' };
const FIRST: OutcomeEvent = {
  kind: 'liability-outcome',
  idempotencyKey: keyOf('liable', AMOUNT, null),
  dispute: finding.dispute.digest,
  edge: OWED.id,
  turn: 1,
  status: 'liable',
  basis: OWED.basis,
  creditor: SELLER,
  debtor: CARRIER_A,
  amount: AMOUNT,
  finding: finding.digest,
  records: OWED.records,
  passports: [idOf('passport')],
};

describe('what watch tells of a claimed relation', () => {
  test('is told whole when it is first owed for a proven amount', () => {
    expect(told({})).toEqual([FIRST]);
  });

  test('is nothing while it is not owed, or nobody claims it', () => {
    expect(told({ status: 'not-liable' })).toEqual([]);
    expect(told({ amount: null })).toEqual([]);
    expect(told({ pleaded: false })).toEqual([]);
    expect(told({ pleaded: false }, FIRST)).toEqual([]);
  });

  test('is no news where status and amount are as told, however much surer they are', () => {
    expect(told({ basis: 'presumption', records: [] }, FIRST)).toEqual([]);
    expect(told({ status: 'not-liable' }, { ...FIRST, status: 'not-liable', amount: null })).toEqual([]);
  });

  test('is told anew when the amount, its currency or the status changes, withdrawing the one before', () => {
    const again = (status: FoundEdge['status'], amount: OutcomeEvent['amount']): OutcomeEvent => ({
      ...FIRST,
      idempotencyKey: keyOf(status, amount, FIRST.idempotencyKey),
      turn: 2,
      status,
      amount,
    });
    for (const amount of [
      { minor: '5', currency: 'CNY' },
      { minor: '128000', currency: 'JPY' },
    ]) {
      const found = { ...OWED.amount!, ...amount };
      expect(told({ amount: found }, FIRST)).toEqual([again('liable', amount)]);
    }
    expect(told({ amount: null }, FIRST)).toEqual([again('liable', null)]);
    expect(told({ status: 'not-liable' }, FIRST)).toEqual([again('not-liable', null)]);
  });

  test('is told anew when a claim that is no more owed falls for another reason', () => {
    const withdrawn = { ...FIRST, status: 'refer', amount: null } as const;
    expect(told({ status: 'barred' }, withdrawn)).toEqual([
      {
        ...FIRST,
        idempotencyKey: keyOf('barred', null, FIRST.idempotencyKey),
        turn: 2,
        status: 'barred',
        amount: null,
      },
    ]);
  });

  test('is told a third time after it was withdrawn, under another key', () => {
    const [withdrawn] = told({ status: 'not-liable' }, FIRST);
    const [anew] = told({}, withdrawn);
    expect(anew).toEqual({
      ...FIRST,
      turn: 3,
      idempotencyKey: keyOf('liable', AMOUNT, withdrawn!.idempotencyKey),
    });
    expect(new Set([FIRST, withdrawn!, anew!].map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
  });
});
