import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { digestOfValue } from '../../src/finding/canonical-json.js';
import { readPayoutTable, type TriggerEvent, triggerEvents } from '../../src/finding/parametric-trigger.js';
import { readSettlementPolicy } from '../../src/finding/settlement-policy.js';
import {
  at,
  CARRIER_A,
  CARRIER_B,
  damagingPulse,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
} from '../facts/case-builder.js';
import { refusal } from '../rules/built-packs.js';
import { scenario9, time } from './scenario-records.js';

type Json = Record<string, unknown>;
const MAX = { kind: 'recorded-max', quantity: 'acceleration' };

function tableValue(trigger: Json, more: Json = {}): Json {
  const triggers = [{ id: 'x', measure: MAX, payout: [{ at: 1, amountMinor: 5 }], ...trigger }];
  return { schemaVersion: 1, id: 't', payer: CARRIER_A, payee: SELLER, currency: 'CNY', triggers, ...more };
}
function events(
  trigger: Json,
  more: Json = {},
  records: readonly RecordDraft[] = scenario9(),
  item = ITEM,
): readonly TriggerEvent[] {
  return triggerEvents(
    deriveFacts(passport(records), SCOPE),
    item,
    readPayoutTable(tableValue(trigger, more)),
  );
}
const reached = (found: readonly TriggerEvent[]): readonly (readonly [number, ...string[]])[] =>
  found.map(({ reached: { measured }, records }) => [measured, ...records]);

/** Loggers that read the same most; 20,000 in the warehouse before, and 5,000 beside it. */
const log = (name: string, by: string, max: number, more: Json = {}): RecordDraft =>
  sensor(name, { by, h: 1, to: 10, upper: 11, payload: { max, ...more } });

describe('an event', () => {
  test('is told whole', () => {
    const value = tableValue({
      payout: [
        { at: 10, amountMinor: 5 },
        { at: 85_000, amountMinor: 7 },
      ],
    });
    const table = readPayoutTable(value);
    expect(table).toEqual({
      id: 't',
      payer: CARRIER_A,
      payee: SELLER,
      currency: 'CNY',
      triggers: value['triggers'],
      item: null,
      from: null,
      until: null,
      digest: digestOfValue('goodorder/payout-table/1', value),
    });
    const found = triggerEvents(deriveFacts(passport(scenario9()), SCOPE), ITEM, table);
    expect(found[1]).toEqual({
      kind: 'parametric-trigger',
      idempotencyKey: digestOfValue('goodorder/parametric-trigger/1', {
        item: ITEM,
        step: 1,
        table: table.digest,
        trigger: 'x',
      }),
      table: { id: 't', digest: table.digest },
      trigger: 'x',
      item: ITEM,
      step: 2,
      reached: { at: 85_000, measured: 85_000 },
      payer: CARRIER_A,
      payee: SELLER,
      currency: 'CNY',
      amountMinor: 2,
      records: [idOf('log A')],
    });
  });

  test('names the record that goes furthest, then all that reach it, by their ids', () => {
    const ids = ['one', 'two', 'three'].map(idOf).sort();
    const name = (id: string): string => ['one', 'two', 'three'].find((one) => idOf(one) === id)!;
    const records = [
      log(name(ids[2]!), CARRIER_A, 50),
      log(name(ids[1]!), CARRIER_A, 70),
      log(name(ids[0]!), CARRIER_A, 70),
    ];
    expect(reached(events({}, {}, records))).toEqual([[70, ...ids]]);
    expect(reached(events({ payout: [{ at: 60, amountMinor: 5 }] }, {}, records))).toEqual([
      [70, ids[0]!, ids[1]!],
    ]);
    const further = [...records, log('far', CARRIER_A, 90)];
    expect(reached(events({}, {}, further))).toEqual([[90, idOf('far'), ...ids]]);
  });

  test('of a lowest value is reached from above', () => {
    const min = { measure: { kind: 'recorded-min', quantity: 'temperature' } };
    const cold = (name: string, low: number): RecordDraft =>
      log(name, CARRIER_A, 30_000, { quantity: 'temperature', unit: 'milliC', min: low });
    const records = [cold('cool', 2_000), cold('cold', -3_000)];
    const payout = [
      { at: 5_000, amountMinor: 1 },
      { at: 0, amountMinor: 3 },
      { at: -3_001, amountMinor: 9 },
    ];
    const found = events({ ...min, payout }, {}, records);
    expect(found.map(({ amountMinor, step }) => [step, amountMinor])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(reached(found)).toEqual([
      [-3_000, idOf('cold'), idOf('cool')],
      [-3_000, idOf('cold')],
    ]);
  });
});

describe('what counts', () => {
  test('is of the item, and of its table', () => {
    expect(events({}, { item: ITEM })).toHaveLength(1);
    expect(events({}, { item: PARCEL })).toEqual([]);
    expect(events({}, {}, [{ ...log('other', CARRIER_A, 50), sub: PARCEL }])).toEqual([]);
  });

  test('is of the quantity that is asked', () => {
    const warm = log('warm', CARRIER_A, 30_000, { quantity: 'temperature', unit: 'milliC' });
    expect(reached(events({}, {}, [log('a', CARRIER_A, 50), warm]))).toEqual([[50, idOf('a')]]);
    for (const kind of ['excursion-peak', 'excursion-count']) {
      expect(events({ measure: { kind, quantity: 'temperature' } })).toEqual([]);
      expect(events({ measure: { kind, quantity: 'acceleration' } })).toHaveLength(1);
    }
  });

  test('is of the time of the table, where it touches it', () => {
    const record = [log('a', CARRIER_A, 50)];
    const within = (from: number | null, until: number | null): number =>
      events(
        {},
        { ...(from === null ? {} : { from: time(from) }), ...(until === null ? {} : { until: time(until) }) },
        record,
      ).length;
    expect([within(9.9, null), within(10, null), within(10.1, null)]).toEqual([1, 1, 0]);
    expect([within(null, 0.9), within(null, 1), within(null, 1.1)]).toEqual([0, 1, 1]);
    expect([within(2, 3), within(20, 30)]).toEqual([1, 0]);
  });

  test('is told by a trusted signer whom the table names', () => {
    const record = log('a', CARRIER_A, 50);
    const untrusted: RecordDraft = { ...record, over: { state: 'valid', binding: 'none' } };
    expect(events({}, {}, [untrusted])).toEqual([]);
    expect(events({ signedBy: [CARRIER_B] }, {}, [record])).toEqual([]);
    expect(events({ signedBy: [CARRIER_B, CARRIER_A] }, {}, [record])).toHaveLength(1);
  });

  test('a number of blows is reached by the blow that makes it', () => {
    const twice = log('twice', CARRIER_A, 85_000, { pulses: [damagingPulse(7)] });
    const before = log('before', CARRIER_B, 85_000, { pulses: [damagingPulse(3)] });
    const payout = [
      { at: 1, amountMinor: 1 },
      { at: 2, amountMinor: 2 },
      { at: 3, amountMinor: 3 },
    ];
    const agreed = scenario9().slice(0, 5);
    const found = events({ measure: { kind: 'excursion-count', quantity: 'acceleration' }, payout }, {}, [
      ...agreed,
      twice,
      before,
    ]);
    expect(found.map(({ step, reached: { measured } }) => [step, measured])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(found[1]!.records).toEqual([idOf('twice')]);
  });

  test('incidents are counted by their code', () => {
    const incident = (name: string, code: string): RecordDraft => ({
      name,
      type: 'incident',
      by: CARRIER_A,
      upper: 6,
      payload: { occurredAt: at(5), code, description: 'd', reportedBy: CARRIER_A },
    });
    const records = [incident('stolen', 'theft'), incident('burnt', 'battery')];
    const asked = (code: string) =>
      reached(events({ measure: { kind: 'incident-count', code } }, {}, records));
    expect(asked('theft')).toEqual([[1, idOf('stolen')]]);
    expect(asked('accident')).toEqual([]);
  });
});

describe('an arrival', () => {
  const delivered = { measure: { kind: 'delivered' } };
  test('is told by the first record that counts', () => {
    const [one] = events(delivered);
    expect(one!.reached.measured).toBe(1);
    expect(one!.records).toHaveLength(1);
    expect(events({ ...delivered, signedBy: [CARRIER_B] })[0]!.records).toEqual([idOf('delivery')]);
    expect(events({ ...delivered, signedBy: [SELLER] })).toEqual([]);
    expect(events(delivered, {}, scenario9().slice(0, 5))).toEqual([]);
    expect(events(delivered, {}, [])).toEqual([]);
  });

  test('is late by the seconds after it was due', () => {
    const late = (due: number) =>
      events({
        measure: { kind: 'late-by-seconds', due: time(due) },
        payout: [
          { at: 0, amountMinor: 1 },
          { at: 3_600, amountMinor: 2 },
        ],
      }).map(({ reached: { measured } }) => measured);
    expect(late(20)).toEqual([0]);
    expect(late(19)).toEqual([3_600, 3_600]);
    expect(late(20.1)).toEqual([]);
    expect(hour(20) - hour(19)).toBe(3_600);
  });
});

describe('a table that cannot be', () => {
  const refused = (value: unknown): string => {
    const { code, message } = refusal(() => readPayoutTable(value));
    expect(code).toBe('settlement.malformed');
    return message;
  };
  const cannot = (path: string): string => `\`${path}\` is missing, or cannot be this`;
  test.each<[unknown, string]>([
    [null, 'this is no payout table'],
    [tableValue({}, { payer: 'somebody' }), cannot('payer')],
    [tableValue({}, { item: 'A1' }), cannot('item')],
    [tableValue({}, { from: 'now' }), cannot('from')],
    [tableValue({}, { currency: 'CNYX' }), cannot('currency')],
    [tableValue({}, { currency: 'xCNY' }), cannot('currency')],
    [tableValue({ id: 'X' }), cannot('triggers.0.id')],
    [tableValue({ id: 'xX' }), cannot('triggers.0.id')],
    [tableValue({ id: 'Xx' }), cannot('triggers.0.id')],
    [tableValue({}, { stray: 1 }), '`stray` has no meaning here'],
    [tableValue({ stray: 1 }), '`triggers.0.stray` has no meaning here'],
    [
      tableValue({
        payout: [
          { at: 1, amountMinor: 5 },
          { at: 1, amountMinor: 6 },
        ],
      }),
      '`triggers.0.payout.1.at` is not beyond the step before',
    ],
    [
      tableValue({
        measure: { kind: 'recorded-min', quantity: 'temperature' },
        payout: [
          { at: 1, amountMinor: 5 },
          { at: 1, amountMinor: 6 },
        ],
      }),
      '`triggers.0.payout.1.at` is not beyond the step before',
    ],
    [
      tableValue({
        measure: { kind: 'recorded-min', quantity: 'temperature' },
        payout: [
          { at: 1, amountMinor: 5 },
          { at: 2, amountMinor: 6 },
        ],
      }),
      '`triggers.0.payout.1.at` is not beyond the step before',
    ],
  ])('%j', (value, message) => {
    expect(refused(value)).toBe(message);
  });
});

describe('a policy that cannot be', () => {
  const value = (more: Json): Json => ({ schemaVersion: 1, id: 'p', ...more });
  const place = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return (error as { place: unknown }).place;
    }
    return null;
  };

  test.each<[unknown, string]>([
    ['p', 'this is no settlement policy'],
    [
      value({ approvals: { atLeast: 1, of: ['somebody'] } }),
      '`approvals.of.0` is missing, or cannot be this',
    ],
    [value({ provisionalUntil: 'soon' }), '`provisionalUntil` is missing, or cannot be this'],
    [value({ autoApproveBelow: { CNYX: 1 } }), '`autoApproveBelow.CNYX` is missing, or cannot be this'],
    [value({ autoApproveBelow: { xCNY: 1 } }), '`autoApproveBelow.xCNY` is missing, or cannot be this'],
    [
      value({ approvals: { atLeast: 2, of: [SELLER] } }),
      '`approvals.atLeast` asks for more approvals than there are approvers',
    ],
  ])('%j', (given, message) => {
    expect(refusal(() => readSettlementPolicy(given)).message).toBe(message);
  });

  test('is told with its path, and its file where there is one', () => {
    const wrong = value({ approvals: { atLeast: 2, of: [SELLER] } });
    expect(place(() => readSettlementPolicy(wrong))).toEqual({ path: 'approvals.atLeast' });
    expect(place(() => readSettlementPolicy(wrong, { file: 'p.json' }))).toEqual({
      file: 'p.json',
      path: 'approvals.atLeast',
    });
  });

  test('one that says nothing approves nothing and waits for nothing', () => {
    expect(readSettlementPolicy(value({}))).toEqual({
      id: 'p',
      autoApproveBelow: {},
      approvals: null,
      challengeDays: 0,
      provisionalUntil: null,
      goodsReturned: false,
      digest: digestOfValue('goodorder/settlement-policy/1', value({})),
    });
  });
});
