import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { digestOfValue } from '../../src/finding/canonical-json.js';
import { confirmDelivery } from '../../src/finding/delivery-confirmation.js';
import type { Assessment } from '../../src/finding/finding.js';
import { type PayoutTable, readPayoutTable, triggerEvents } from '../../src/finding/parametric-trigger.js';
import { type Settlement, settle, settleDispute, settlementKey } from '../../src/finding/settlement.js';
import {
  NO_POLICY,
  readSettlementPolicy,
  type SettlementPolicy,
} from '../../src/finding/settlement-policy.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { BUYER, CARRIER_A, CARRIER_B, ITEM, idOf, passport, SCOPE, SELLER } from '../facts/case-builder.js';
import { carriage, disputeOf, judge, PACKS, scenario9, scenario11 } from './scenario-records.js';

const sourceOf = (text: string, file: string) => {
  const positions = readYaml(text, file);
  return [toPlainValue(positions), { file, positions }] as const;
};
const policyOf = (text: string): SettlementPolicy =>
  readSettlementPolicy(
    ...sourceOf(
      `schemaVersion: 1
id: p
${text}`,
      'p.yaml',
    ),
  );
const tableOf = (triggers: string): PayoutTable =>
  readPayoutTable(
    ...sourceOf(
      `schemaVersion: 1
id: t
payer: ${CARRIER_A}
payee: ${SELLER}
currency: CNY
triggers:
${triggers}`,
      't.yaml',
    ),
  );
const LIBERAL = policyOf('autoApproveBelow: { CNY: 200000 }');

const inWords = ({ instructions }: Settlement): readonly string[] =>
  instructions.map(({ amount, approval, because, edge, order }) => {
    const why = because.map(({ detail, reason }) => `${reason} ${detail ?? ''}`.trim()).join(', ');
    return `${order} ${edge.split(' ')[0]} ${amount.minor} ${amount.currency} ${approval}${why === '' ? '' : `: ${why}`}`;
  });

describe('instructions', () => {
  const assessment = judge(scenario9());
  const settlement = settle(assessment, LIBERAL);

  test('the consumer first, then recourse; one debt is paid once', () => {
    const [first, second, third] = settlement.instructions;
    expect(settlement.instructions.map(({ order }) => order)).toEqual([1, 2, 2]);
    expect(first).toMatchObject({ payer: SELLER, payee: BUYER, after: [], insteadOf: [] });
    expect(second).toMatchObject({
      payee: SELLER,
      after: [first!.idempotencyKey],
      insteadOf: [third!.idempotencyKey],
    });
    expect(third).toMatchObject({ after: [first!.idempotencyKey], insteadOf: [second!.idempotencyKey] });
    expect(settlement.unsettled).toEqual([
      {
        edge: assessment.finding.edges.find(({ debtor }) => debtor === CARRIER_B)!.id,
        debtor: CARRIER_B,
        creditor: SELLER,
        status: 'not-liable',
      },
    ]);
  });

  test('the key is of finding and edge; the root is of the records it stands on', () => {
    for (const one of settlement.instructions) {
      expect(one.idempotencyKey).toBe(settlementKey(assessment.finding.digest, one.edge));
      const leaves = [...one.evidence.records].sort().map((id) => Uint8Array.from(Buffer.from(id, 'hex')));
      expect(one.evidence.root).toBe(toHex(merkleRoot(leaves)));
      expect(one.evidence.records.length).toBeGreaterThan(0);
    }
    expect(new Set(settlement.instructions.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
    expect(settle(judge(scenario9()), LIBERAL)).toEqual(settlement);
    expect(settleDispute(passport(scenario9()), disputeOf(), PACKS, LIBERAL)).toEqual(settlement);
  });

  test('settled law, below the limit, determined: approved; one unit of money more: a person', () => {
    expect(inWords(settlement)[0]).toBe('1 consumer-seller 128000 CNY automatic');
    expect(settlement.instructions[0]!.conditions.approvals).toBeNull();
    expect(inWords(settle(assessment, policyOf('autoApproveBelow: { CNY: 128001 }')))[0]).toContain(
      'automatic',
    );
    expect(inWords(settle(assessment, policyOf('autoApproveBelow: { CNY: 128000 }')))[0]).toBe(
      '1 consumer-seller 128000 CNY human: not-below-limit 128000 CNY',
    );
    expect(inWords(settle(assessment, policyOf('autoApproveBelow: { EUR: 128001 }')))[0]).toBe(
      '1 consumer-seller 128000 CNY human: no-limit-for-currency CNY',
    );
    expect(inWords(settle(assessment, NO_POLICY))[0]).toContain('no-limit-for-currency');
  });

  test('a rule that is our inference wants a person', () => {
    const undertaken = { undertakings: [{ by: CARRIER_B, what: 'log' }] };
    const lines = inWords(settle(judge(scenario11([], undertaken)), LIBERAL));
    const recourse = lines.find((line) => line.includes(' shipper-carrier '));
    expect(recourse).toMatch(/human: rule-not-settled CN-09 inference/);
  });

  const changed = (change: Partial<Assessment['finding']>): readonly string[] =>
    inWords(settle({ ...assessment, finding: { ...assessment.finding, ...change } }, LIBERAL));

  test('what is not determined, not proven whole, punishes or hurts goes to a person', () => {
    const { finding } = assessment;
    const headed = (head: string): readonly string[] =>
      changed({ edges: finding.edges.map((edge) => ({ ...edge, head })) });
    expect(changed({ disposition: 'shared' })[0]).toContain('human: not-determined shared');
    expect(changed({ evidence: { ...finding.evidence, verdict: 'INDETERMINATE' } })[0]).toContain(
      'human: evidence-not-passed INDETERMINATE',
    );
    expect(headed('punitive')[0]).toContain('human: punitive');
    expect(headed('harm')[0]).toContain('human: personal-injury');
    const [edge] = finding.edges;
    const fraud = { ...finding.issues[0]!, edge: edge!.id, issue: 'fraud', status: 'undetermined' };
    expect(changed({ issues: [fraud] })[0]).toContain('human: fraud');
    expect(changed({ issues: [{ ...fraud, status: 'not-found' }] })[0]).toContain('automatic');
    const fork = { code: 'facts.fork-across-files' as const, records: [], signers: [SELLER] };
    expect(changed({ remarks: [fork] })[0]).toContain('human: fraud');
  });

  test('waiting, approvers and goods that must be back first', () => {
    const policy = policyOf(
      `challengeDays: 7\ngoodsReturned: true\nautoApproveBelow: { CNY: 1 }\napprovals: { atLeast: 2, of: ['${SELLER}', '${CARRIER_A}'] }`,
    );
    const [first, second] = settle(assessment, policy).instructions;
    const until = assessment.finding.dispute.asOf + 7 * 86_400;
    expect(first!.conditions).toEqual({
      goodsReturned: { required: true, shownBy: [] },
      noChallengeUntil: until,
      provisionalUntil: until,
      approvals: { atLeast: 2, of: [SELLER, CARRIER_A] },
    });
    // Whoever pays back in recourse has no goods to return.
    expect(second!.conditions.goodsReturned.required).toBe(false);
    const fixed = policyOf('provisionalUntil: 2027-01-01T00:00:00Z');
    expect(settle(assessment, fixed).instructions[0]!.conditions).toMatchObject({
      noChallengeUntil: null,
      provisionalUntil: Date.UTC(2027, 0, 1) / 1000,
    });
  });
});

test('no policy is a policy with a digest', () => {
  expect(NO_POLICY.digest).toBe(digestOfValue('goodorder/settlement-policy/1', null));
});

describe('delivery confirmation', () => {
  test('facts only: who brought it to whom, and who signed', () => {
    const given = passport(carriage());
    const confirmed = confirmDelivery([given], deriveFacts(given, SCOPE));
    expect(confirmed.deliveries).toEqual([
      {
        boundary: 'delivery',
        from: CARRIER_B,
        to: BUYER,
        at: expect.objectContaining({}),
        signedBy: [BUYER, CARRIER_B].sort(),
        remark: 'none',
        reservations: [],
        records: [idOf('delivery')],
      },
    ]);
    expect(JSON.stringify(confirmed)).not.toMatch(/liable|rule|amount/);
  });

  test('nothing delivered, nothing confirmed', () => {
    const given = passport(carriage().slice(0, 5));
    expect(confirmDelivery([given], deriveFacts(given, SCOPE)).deliveries).toEqual([]);
  });
});

describe('parametric triggers', () => {
  const facts = deriveFacts(passport(scenario9()), SCOPE);
  const KNOCK = `  - id: knock\n    measure: { kind: recorded-max, quantity: acceleration }\n    payout: [{ at: 50000, amountMinor: 10000 }, { at: 85000, amountMinor: 40000 }, { at: 85001, amountMinor: 90000 }]`;

  test('each step that is reached, with what it adds', () => {
    const events = triggerEvents(facts, ITEM, tableOf(KNOCK));
    expect(
      events.map(({ amountMinor, reached, records, step }) => [step, amountMinor, reached, records]),
    ).toEqual([
      [1, 10_000, { at: 50_000, measured: 85_000 }, [idOf('log A')]],
      [2, 30_000, { at: 85_000, measured: 85_000 }, [idOf('log A')]],
    ]);
    expect(new Set(events.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  test('keys do not hang on what else is there', () => {
    const fewer = deriveFacts(passport(scenario9().filter(({ name }) => name !== 'log B')), SCOPE);
    const keys = (of: typeof facts): readonly string[] =>
      triggerEvents(of, ITEM, tableOf(KNOCK)).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys(fewer)).toEqual(keys(facts));
  });

  const events = (triggers: string): readonly (readonly [number, number])[] =>
    triggerEvents(facts, ITEM, tableOf(triggers)).map(({ reached, step }) => [step, reached.measured]);

  test('other measures', () => {
    const one = (measure: string, at: number): string =>
      `  - id: x\n    measure: ${measure}\n    payout: [{ at: ${at}, amountMinor: 1 }]`;
    expect(events(one('{ kind: delivered }', 1))).toEqual([[1, 1]]);
    expect(events(one('{ kind: excursion-count, quantity: acceleration }', 1))).toEqual([[1, 1]]);
    expect(events(one('{ kind: excursion-count, quantity: acceleration }', 2))).toEqual([]);
    expect(events(one('{ kind: excursion-peak, quantity: acceleration }', 85_000))).toEqual([[1, 85_000]]);
    expect(events(one('{ kind: recorded-min, quantity: acceleration }', 0))).toEqual([[1, 0]]);
    expect(events(one('{ kind: recorded-max, quantity: temperature }', 0))).toEqual([]);
    expect(events(one('{ kind: incident-count, code: theft }', 1))).toEqual([]);
    expect(events(one("{ kind: late-by-seconds, due: '1990-01-01T00:00:00Z' }", 1)).length).toBe(1);
    expect(events(one("{ kind: late-by-seconds, due: '2090-01-01T00:00:00Z' }", 1))).toEqual([]);
  });

  test('only whom the table names, and nobody whose chain is forked', () => {
    const by = (party: string): readonly (readonly [number, number])[] =>
      events(`${KNOCK}\n    signedBy: ['${party}']`);
    expect(by(CARRIER_A).length).toBe(2);
    expect(by(CARRIER_B)).toEqual([]);
    const adverse = scenario9().map((draft) =>
      draft.name === 'log A'
        ? { ...draft, over: { ...draft.over, standing: 'adverse-only' as const } }
        : draft,
    );
    expect(triggerEvents(deriveFacts(passport(adverse), SCOPE), ITEM, tableOf(KNOCK))).toEqual([]);
  });

  test('another item', () => {
    expect(triggerEvents(facts, 'https://id.gs1.org/01/09506000134352/21/B2', tableOf(KNOCK))).toEqual([]);
  });
});

describe('what is wrong with a file is told with its place', () => {
  const wrong: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['a stray key', () => policyOf('stray: 1'), /`stray` has no meaning here/],
    ['more approvals than approvers', () => policyOf(`approvals: { atLeast: 2, of: ['${SELLER}', '${SELLER}'] }`), /asks for more approvals than there are approvers/],
    ['a limit below zero', () => policyOf('autoApproveBelow: { CNY: -1 }'), /`autoApproveBelow.CNY` is missing, or cannot be this/],
    ['steps that do not rise', () => tableOf('  - id: x\n    measure: { kind: delivered }\n    payout: [{ at: 2, amountMinor: 1 }, { at: 1, amountMinor: 2 }]'), /`triggers.0.payout.1.at` is not beyond the step before/],
    ['sums that do not rise', () => tableOf('  - id: x\n    measure: { kind: delivered }\n    payout: [{ at: 1, amountMinor: 2 }, { at: 2, amountMinor: 2 }]'), /amountMinor` is not more than the step before/],
    ['an id twice', () => tableOf('  - id: x\n    measure: { kind: delivered }\n    payout: [{ at: 1, amountMinor: 1 }]\n  - id: x\n    measure: { kind: delivered }\n    payout: [{ at: 1, amountMinor: 1 }]'), /`triggers.1.id` stands there twice/],
    ['an unknown measure', () => tableOf('  - id: x\n    measure: { kind: mood }\n    payout: [{ at: 1, amountMinor: 1 }]'), /`triggers.0.measure.kind`/],
  ]; // biome-ignore format: a table
  test.each(wrong)('%s', (_, read, message) => {
    expect(read).toThrow(message);
    try {
      read();
    } catch (error) {
      expect(error).toMatchObject({ code: 'settlement.malformed', place: { line: expect.any(Number) } });
    }
  });
});
