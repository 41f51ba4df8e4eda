import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/finding/finding.js';
import type { FoundEdge } from '../../src/finding/finding-form.js';
import { type Settlement, settle, settlementKey } from '../../src/finding/settlement.js';
import { NO_POLICY, readSettlementPolicy } from '../../src/finding/settlement-policy.js';
import {
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  idBytes,
  idOf,
  PARCEL,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { judge, scenario9 } from './scenario-records.js';

const ASSESSMENT = judge(scenario9());
const { finding: FINDING } = ASSESSMENT;
const POLICY = readSettlementPolicy({ schemaVersion: 1, id: 'p', autoApproveBelow: { CNY: 200_000 } });
const withFinding = (change: Partial<Assessment['finding']>): Assessment => ({
  ...ASSESSMENT,
  finding: { ...FINDING, ...change },
});
const withEdges = (change: (edge: FoundEdge, index: number) => Partial<FoundEdge>): Settlement =>
  settle(
    withFinding({ edges: FINDING.edges.map((edge, index) => ({ ...edge, ...change(edge, index) })) }),
    POLICY,
  );
const key = (edge: string): string => settlementKey(FINDING.digest, edge);
const owing = FINDING.edges.filter(
  ({ amount, pleaded, status }) => pleaded && status === 'liable' && amount !== null,
);

describe('who is told to pay', () => {
  test('only who owes a proven amount that somebody claims', () => {
    const told = (change: Partial<FoundEdge>): readonly number[] => {
      const { instructions, unsettled } = withEdges((_, index) => (index === 0 ? change : {}));
      return [instructions.length, unsettled.length];
    };
    expect(told({})).toEqual([3, 1]);
    expect(told({ status: 'refer' })).toEqual([2, 2]);
    expect(told({ amount: null })).toEqual([2, 2]);
    expect(told({ amount: { ...FINDING.edges[0]!.amount!, minor: '0' } })).toEqual([2, 2]);
    expect(told({ pleaded: false })).toEqual([2, 1]);
  });

  test('is told in order, whatever the order of the edges', () => {
    const turned = settle(withFinding({ edges: [...FINDING.edges].reverse() }), POLICY);
    expect(turned).toEqual({ ...settle(ASSESSMENT, POLICY), unsettled: turned.unsettled });
    const orders = turned.instructions.map(({ edge, order }) => [order, edge]);
    expect(orders).toEqual([...orders].sort());
  });

  test('comes after all that its claim rests on; a recourse is never first', () => {
    const [sale, one, two] = owing;
    const chained = withEdges(({ id }) =>
      id === two!.id ? { parent: one!.id } : id === one!.id ? { parent: sale!.id } : {},
    );
    const orderOf = (from: Settlement, id: string): number =>
      from.instructions.find(({ edge }) => edge === id)!.order;
    expect(owing.map(({ id }) => orderOf(chained, id))).toEqual([1, 2, 3]);
    const alone = withEdges(() => ({ parent: null }));
    expect(owing.map(({ id }) => orderOf(alone, id))).toEqual([1, 2, 2]);
    // A circle nobody should have made ends.
    const circle = withEdges(({ id }) => ({ parent: id }));
    expect(circle.instructions.map(({ order }) => order)).toEqual([2, 2, 2]);
    expect(chained.instructions.find(({ edge }) => edge === two!.id)!.after).toEqual([key(one!.id)]);
    expect(alone.instructions.every(({ after }) => after.length === 0)).toBe(true);
  });

  test('shares of one debt are all paid; whole debts are paid once', () => {
    const [, one, two] = owing;
    const modes = (first: FoundEdge['mode'], second: FoundEdge['mode']): readonly number[] => {
      const { instructions } = withEdges(({ id }) =>
        id === one!.id ? { mode: first } : id === two!.id ? { mode: second } : {},
      );
      return [one!, two!].map(({ id }) => instructions.find(({ edge }) => edge === id)!.insteadOf.length);
    };
    expect(modes('several', 'several')).toEqual([0, 0]);
    expect(modes('several', 'sole')).toEqual([1, 1]);
    expect(modes('sole', 'several')).toEqual([1, 1]);
    expect(modes('sole', 'sole')).toEqual([1, 1]);
    const three = withEdges(() => ({ debtId: 'one' }));
    for (const { edge, insteadOf } of three.instructions) {
      expect(insteadOf).toEqual(
        owing
          .filter(({ id }) => id !== edge)
          .map(({ id }) => key(id))
          .sort(),
      );
    }
  });

  test('is told what cut the sum', () => {
    expect(settle(ASSESSMENT, POLICY).instructions.map(({ cap }) => cap)).toEqual([null, null, null]);
    const cap = { step: 'cap', by: 'R-9', before: ['200', '1'], after: ['100', '1'], note: null } as const;
    const cut = withEdges(({ amount }) =>
      amount === null
        ? {}
        : { amount: { ...amount, steps: [...amount.steps.slice(0, 1), cap, ...amount.steps.slice(1)] } },
    );
    expect(cut.instructions.map((one) => one.cap)).toEqual(
      Array.from({ length: 3 }, () => ({ by: 'R-9', before: ['200', '1'] })),
    );
  });
});

describe('a person has to approve', () => {
  const because = (change: Partial<Assessment['finding']>): readonly (readonly string[])[] =>
    settle(withFinding(change), POLICY).instructions.map((one) => one.because.map(({ reason }) => reason));
  const [sale] = owing;
  const fraud = { ...FINDING.issues[0]!, edge: sale!.id, issue: 'fraud-doubted', status: 'found' } as const;

  test('what fraud is said of, between these two and nobody else', () => {
    expect(because({ issues: [fraud] })).toEqual([['fraud'], [], []]);
    expect(because({ issues: [...FINDING.issues, { ...fraud, status: 'undetermined' }] })).toEqual([
      ['fraud'],
      [],
      [],
    ]);
    expect(because({ issues: [{ ...fraud, status: 'not-raised' }] })).toEqual([[], [], []]);
    expect(because({ issues: [{ ...fraud, issue: 'no-fraud' }] })).toEqual([[], [], []]);
    const other = FINDING.edges.find(
      ({ creditor, debtor }) => creditor === sale!.debtor && debtor === CARRIER_B,
    )!;
    expect(because({ issues: [{ ...fraud, edge: other.id }] })).toEqual([[], [], []]);
  });

  test('what a forked chain of one of the two touches', () => {
    const remark = (code: string, signer: string) => ({ code, records: [], signers: [signer] }) as never;
    expect(because({ remarks: [remark('facts.fork-across-files', BUYER)] })).toEqual([['fraud'], [], []]);
    expect(because({ remarks: [remark('facts.fork-across-files', SELLER)] })).toEqual([
      ['fraud'],
      ['fraud'],
      ['fraud'],
    ]);
    expect(because({ remarks: [remark('facts.fork-across-files', CARRIER_B)] })).toEqual([[], [], []]);
    expect(because({ remarks: [remark('facts.other', SELLER)] })).toEqual([[], [], []]);
    const both = because({
      remarks: [remark('facts.fork-across-files', CARRIER_A), remark('facts.fork-across-files', CONTRACTING)],
    });
    expect(both).toEqual([[], ['fraud'], ['fraud']]);
  });

  test('without a policy one person, whoever it is', () => {
    const [first] = settle(ASSESSMENT, NO_POLICY).instructions;
    expect(first!.conditions).toEqual({
      goodsReturned: { required: false, shownBy: [] },
      noChallengeUntil: null,
      provisionalUntil: null,
      approvals: { atLeast: 1, of: [] },
    });
    expect(settle(ASSESSMENT, NO_POLICY).policy).toEqual({ id: 'none', digest: NO_POLICY.digest });
  });
});

describe('goods that must come back first', () => {
  const policy = readSettlementPolicy({ schemaVersion: 1, id: 'p', goodsReturned: true });
  const returned = (name: string, stage: string, sub?: string): RecordDraft => ({
    name,
    type: 'return',
    by: SELLER,
    upper: 101,
    malformed: true,
    ...(sub === undefined ? {} : { sub }),
    payload: { stage, occurredAt: at(100), of: idBytes('delivery'), from: BUYER, to: SELLER },
  });
  const asked = (records: readonly RecordDraft[], parts = {}) =>
    settle(judge(records, parts), policy).instructions[0]!.conditions.goodsReturned;

  test('are asked for by the policy alone, and only for the whole price', () => {
    expect(settle(ASSESSMENT, POLICY).instructions[0]!.conditions.goodsReturned).toEqual({
      required: false,
      shownBy: [],
    });
    expect(asked(scenario9())).toEqual({ required: true, shownBy: [] });
    const half = withEdges(({ amount }) =>
      amount === null ? {} : { amount: { ...amount, minor: '127999' } },
    );
    expect(half.instructions[0]!.amount.minor).toBe('127999');
    const part = settle(
      withFinding({
        edges: FINDING.edges.map((edge) =>
          edge.amount === null ? edge : { ...edge, amount: { ...edge.amount, minor: '127999' } },
        ),
      }),
      policy,
    );
    expect(part.instructions[0]!.conditions.goodsReturned.required).toBe(false);
  });

  test('are shown by what says that these goods were received', () => {
    const records = [...scenario9(), returned('sent', 'announced'), returned('back', 'received')];
    expect(asked(records)).toEqual({ required: true, shownBy: [idOf('back')] });
    expect(asked([...records, returned('other', 'received', PARCEL)]).shownBy).toEqual([idOf('back')]);
    expect(asked([...records, returned('again', 'received')]).shownBy).toEqual(
      [idOf('again'), idOf('back')].sort(),
    );
    expect(settle(judge(records), POLICY).instructions[0]!.conditions.goodsReturned.shownBy).toEqual([]);
  });
});
