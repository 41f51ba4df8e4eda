import { digestOfValue } from './canonical-json.js';
import type { Finding, FoundEdge } from './finding-form.js';

/** What became of a claimed relation: that it is owed, or that what was told to be owed is not any more. */
export interface OutcomeEvent {
  readonly kind: 'liability-outcome';
  /** Of dispute, relation, outcome and the key of the outcome before: told again under the same key, never under another. */
  readonly idempotencyKey: string;
  readonly dispute: string;
  readonly edge: string;
  /** From 1; each withdraws the one before. */
  readonly turn: number;
  readonly status: FoundEdge['status'];
  readonly basis: FoundEdge['basis'] | null;
  readonly creditor: string;
  readonly debtor: string;
  readonly amount: { readonly minor: string; readonly currency: string } | null;
  readonly finding: string;
  readonly records: readonly string[];
  readonly passports: readonly string[];
}

/** What was told of a relation last. */
export type ToldOutcome = Pick<OutcomeEvent, 'idempotencyKey' | 'turn' | 'status' | 'amount'>;

/**
 * What is new since it was told last. A relation is told of when it is first owed for a proven amount, and after that
 * whenever status or amount change; that more evidence makes the same thing surer is no news.
 */
export function outcomeEvents(
  finding: Finding,
  told: (edge: string) => ToldOutcome | undefined,
): readonly OutcomeEvent[] {
  return finding.edges.flatMap((edge): OutcomeEvent[] => {
    if (!edge.pleaded) return [];
    const before = told(edge.id);
    const owed = edge.status === 'liable' && edge.amount !== null;
    if (before === undefined && !owed) return [];
    const amount =
      owed && edge.amount !== null ? { minor: edge.amount.minor, currency: edge.amount.currency } : null;
    if (before !== undefined && same(before, edge.status, amount)) return [];
    const turn = (before?.turn ?? 0) + 1;
    const dispute = finding.dispute.digest;
    const idempotencyKey = digestOfValue('goodorder/liability-outcome/1', {
      amount,
      before: before?.idempotencyKey ?? null,
      creditor: edge.creditor,
      debtor: edge.debtor,
      dispute,
      edge: edge.id,
      status: edge.status,
    });
    return [
      {
        kind: 'liability-outcome',
        idempotencyKey,
        dispute,
        edge: edge.id,
        turn,
        status: edge.status,
        basis: edge.basis,
        creditor: edge.creditor,
        debtor: edge.debtor,
        amount,
        finding: finding.digest,
        records: edge.records,
        passports: finding.evidence.passports.map(({ digest }) => digest),
      },
    ];
  });
}

function same(told: ToldOutcome, status: FoundEdge['status'], amount: ToldOutcome['amount']): boolean {
  return (
    told.status === status &&
    told.amount?.minor === amount?.minor &&
    told.amount?.currency === amount?.currency
  );
}
