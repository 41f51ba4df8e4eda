import { describe, expect, test } from 'vitest';
import { digestOfValue } from '../../src/finding/canonical-json.js';
import { preflight } from '../../src/finding/preflight.js';
import type { Preflight } from '../../src/finding/preflight-form.js';
import { preflightSchema } from '../../src/finding/preflight-schema.js';
import { packDigest } from '../../src/rules/pack-digest.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  delivery,
  handover,
  hour,
  ITEM,
  media,
  observation,
  passport,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { ALL_SIDES, carriage, commissioned, inWords, nameOf, packed, sale } from './preflight-cases.js';
import { PACKS, secured } from './scenario-records.js';
import '../../src/record/zod-setup.js';
import * as z from 'zod/mini';

// What can still be recorded, from stage to stage of one way.

const BASE = [...sale(), ...carriage([CARRIER_A, CARRIER_B]), packed(ALL_SIDES)];
const FETCHED = handover('pickup', { from: SELLER, to: CARRIER_A, h: 2, upper: 2.5 });
const HANDED_ON = handover('hub', { from: CARRIER_A, to: CARRIER_B, h: 4, upper: 4.5 });
const DELIVERED = delivery('delivered', { from: CARRIER_B, to: BUYER, h: 8, upper: 8.5 });
const SENT_BACK = handover('sent back', { from: BUYER, to: CARRIER_B, h: 30, upper: 31 });

const TAKE = 'in one uncut take, parcel and serial in frame, and log it that day';
const ask = (records: readonly RecordDraft[], h: number): Preflight =>
  preflight([passport(records)], PACKS, { at: hour(h) });

interface Stage {
  readonly records: readonly RecordDraft[];
  readonly h: number;
  readonly lines: readonly string[];
  /** Cases: each supposed one, and each with what could still be recorded, nothing else. */
  readonly computed: number;
  readonly leftOut: Readonly<Record<string, string>>;
}

const STAGES: Readonly<Record<string, Stage>> = {
  'not packed yet, before one carrier': {
    records: [...sale(), ...carriage([CARRIER_A])],
    h: 1,
    lines: [
      'damage front+back+left+right+top+bottom: seller',
      '  seller and A: look at all six sides at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film all six sides at pickup ${TAKE} ⇒ A+network`,
      `  seller: put a calibrated logger on the goods at packing and leave it on until pickup AND seller: film all six sides at packing ${TAKE} ⇒ A+network`,
      'defect whole: buyer',
      'mismatch whole: seller',
      '  seller and A: look at the item with its serial at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film the item with its serial at pickup ${TAKE} ⇒ A+network`,
      'shortage whole: seller',
      '  seller and A: look at every piece as it goes in at pickup and both sign the remark (good) ⇒ A+network',
      `  seller: film every piece as it goes in at pickup ${TAKE} ⇒ A+network`,
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return ${TAKE} ⇒ buyer`,
    ],
    computed: 160,
    leftOut: { temperature: 'no-temperature-limits', cold: 'no-lower-limit', humidity: 'no-humidity-limit' },
  },
  'packed, before two carriers': {
    records: BASE,
    h: 1,
    lines: [
      'damage front+back+left+right+top+bottom: seller',
      '  A and B: look at all six sides at a transfer and both sign the remark (good) ⇒ B+network',
      '  seller: put a calibrated logger on the goods at packing and leave it on until pickup ⇒ network',
      `  seller: film all six sides at pickup ${TAKE} ⇒ network`,
      `  A: film all six sides at pickup ${TAKE} ⇒ network`,
      `  A: film all six sides at a transfer ${TAKE} ⇒ B+network`,
      '  seller and A: look at all six sides at pickup and both sign the remark (good) AND B: record the whole of leg-2 with a calibrated logger and hand the recording over ⇒ A+network',
      '  seller and A: look at all six sides at pickup and both sign the remark (good) AND A and seller: agree in writing that A records leg-1 ⇒ A+network',
      'defect whole: buyer',
      'mismatch whole: seller',
      '  A and B: look at the item with its serial at a transfer and both sign the remark (good) ⇒ B+network',
      `  seller: film the item with its serial at pickup ${TAKE} ⇒ network`,
      `  A: film the item with its serial at pickup ${TAKE} ⇒ network`,
      `  A: film the item with its serial at a transfer ${TAKE} ⇒ B+network`,
      'shortage whole: seller',
      '  A and B: look at every piece as it goes in at a transfer and both sign the remark (good) ⇒ B+network',
      `  seller: film every piece as it goes in at pickup ${TAKE} ⇒ network`,
      `  A: film every piece as it goes in at pickup ${TAKE} ⇒ network`,
      `  A: film every piece as it goes in at a transfer ${TAKE} ⇒ B+network`,
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return ${TAKE} ⇒ buyer`,
    ],
    computed: 253,
    leftOut: { temperature: 'no-temperature-limits', cold: 'no-lower-limit', humidity: 'no-humidity-limit' },
  },
  'durable, and it may not get warm': {
    records: [...BASE, commissioned([{ maxMilliC: 8_000 }], { durable: true })],
    h: 1,
    lines: [
      'damage front+back+left+right+top+bottom: seller',
      '  A and B: look at all six sides at a transfer and both sign the remark (good) ⇒ B+network',
      '  seller: put a calibrated logger on the goods at packing and leave it on until pickup ⇒ network',
      `  seller: film all six sides at pickup ${TAKE} ⇒ network`,
      `  A: film all six sides at pickup ${TAKE} ⇒ network`,
      `  A: film all six sides at a transfer ${TAKE} ⇒ B+network`,
      '  seller and A: look at all six sides at pickup and both sign the remark (good) AND B: record the whole of leg-2 with a calibrated logger and hand the recording over ⇒ A+network',
      '  seller and A: look at all six sides at pickup and both sign the remark (good) AND A and seller: agree in writing that A records leg-1 ⇒ A+network',
      'defect whole: seller',
      '  B and buyer: look at the goods at work at delivery and both sign the remark (good) ⇒ buyer',
      '  have an accredited laboratory test this very item, the goods at work, before it leaves ⇒ buyer',
      `  seller: film the goods at work at packing ${TAKE} ⇒ buyer`,
      `  seller: film the goods at work at pickup ${TAKE} ⇒ buyer`,
      `  A: film the goods at work at pickup ${TAKE} ⇒ buyer`,
      `  A: film the goods at work at a transfer ${TAKE} ⇒ buyer`,
      `  B: film the goods at work at a transfer ${TAKE} ⇒ buyer`,
      `  B: film the goods at work at delivery ${TAKE} ⇒ buyer`,
      'mismatch whole: seller',
      '  A and B: look at the item with its serial at a transfer and both sign the remark (good) ⇒ B+network',
      `  seller: film the item with its serial at pickup ${TAKE} ⇒ network`,
      `  A: film the item with its serial at pickup ${TAKE} ⇒ network`,
      `  A: film the item with its serial at a transfer ${TAKE} ⇒ B+network`,
      'shortage whole: seller',
      '  A and B: look at every piece as it goes in at a transfer and both sign the remark (good) ⇒ B+network',
      `  seller: film every piece as it goes in at pickup ${TAKE} ⇒ network`,
      `  A: film every piece as it goes in at pickup ${TAKE} ⇒ network`,
      `  A: film every piece as it goes in at a transfer ${TAKE} ⇒ B+network`,
      'return-swap whole: seller',
      'temperature whole: seller',
      '  A and B: look at the reading of the goods at a transfer and both sign the remark (good) ⇒ B+network',
      `  seller: film the reading of the goods at pickup ${TAKE} ⇒ network`,
      `  A: film the reading of the goods at pickup ${TAKE} ⇒ network`,
      `  A: film the reading of the goods at a transfer ${TAKE} ⇒ B+network`,
      '  seller and A: look at the reading of the goods at pickup and both sign the remark (good) AND B: record the whole of leg-2 with a calibrated logger and hand the recording over ⇒ A+network',
      '  seller and A: look at the reading of the goods at pickup and both sign the remark (good) AND A and seller: agree in writing that A records leg-1 ⇒ A+network',
      `  seller: put a calibrated logger on the goods at packing and leave it on until pickup AND seller: film the reading of the goods at packing ${TAKE} ⇒ network`,
    ],
    computed: 237,
    leftOut: { cold: 'no-lower-limit', humidity: 'no-humidity-limit' },
  },
  'fetched by the first': {
    records: [...BASE, FETCHED],
    h: 3,
    lines: [
      'damage front+back+left+right+top+bottom: seller',
      '  A and B: look at all six sides at a transfer and both sign the remark (good) ⇒ B+network',
      `  A: film all six sides at a transfer ${TAKE} ⇒ B+network`,
      'defect whole: buyer',
      'mismatch whole: seller',
      '  A and B: look at the item with its serial at a transfer and both sign the remark (good) ⇒ B+network',
      `  A: film the item with its serial at a transfer ${TAKE} ⇒ B+network`,
      'shortage whole: seller',
      '  A and B: look at every piece as it goes in at a transfer and both sign the remark (good) ⇒ B+network',
      `  A: film every piece as it goes in at a transfer ${TAKE} ⇒ B+network`,
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return ${TAKE} ⇒ buyer`,
    ],
    computed: 97,
    leftOut: { temperature: 'no-temperature-limits', cold: 'no-lower-limit', humidity: 'no-humidity-limit' },
  },
  'with the second': {
    records: [...BASE, FETCHED, HANDED_ON],
    h: 5,
    lines: [
      'damage front+back+left+right+top+bottom: seller',
      'defect whole: buyer',
      'mismatch whole: seller',
      'shortage whole: seller',
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return ${TAKE} ⇒ buyer`,
    ],
    computed: 45,
    leftOut: { temperature: 'no-temperature-limits', cold: 'no-lower-limit', humidity: 'no-humidity-limit' },
  },
  delivered: {
    records: [...BASE, FETCHED, HANDED_ON, DELIVERED],
    h: 9,
    lines: [
      'return-swap whole: seller',
      `  seller: film what comes out of the box and its serial at receipt of the return ${TAKE} ⇒ buyer`,
    ],
    computed: 8,
    leftOut: {
      damage: 'already-delivered',
      defect: 'already-delivered',
      mismatch: 'already-delivered',
      shortage: 'already-delivered',
      temperature: 'no-temperature-limits',
      cold: 'no-lower-limit',
      humidity: 'no-humidity-limit',
    },
  },
  'on its way back': {
    records: [...BASE, FETCHED, HANDED_ON, DELIVERED, SENT_BACK],
    h: 32,
    lines: [],
    computed: 0,
    leftOut: {
      damage: 'already-delivered',
      defect: 'already-delivered',
      mismatch: 'already-delivered',
      shortage: 'already-delivered',
      'return-swap': 'already-returned',
      temperature: 'no-temperature-limits',
      cold: 'no-lower-limit',
      humidity: 'no-humidity-limit',
    },
  },
};

test.each(Object.entries(STAGES))(
  '%s: what would be borne, and what can still be recorded',
  (_, { computed, h, leftOut, lines, records }) => {
    const report = ask(records, h);
    expect(inWords(report)).toEqual(lines);
    expect(Object.fromEntries(report.leftOut.map(({ kind, why }) => [kind, why]))).toEqual(leftOut);
    expect([report.complete, report.computed]).toEqual([true, computed]);
    expect(z.safeParse(preflightSchema(), JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  },
);

describe('sides of the goods', () => {
  const filmed = (name: string, observations: readonly object[]): RecordDraft =>
    secured(
      media(name, { by: SELLER, purpose: 'packing', h: 0, payload: { coverage: ALL_SIDES, observations } }),
      0.5,
    );
  const good = ALL_SIDES.map((side) => observation('fracture', 'good', side));
  const way = [...sale(), ...carriage([CARRIER_A])];
  const sides = (...films: readonly RecordDraft[]): readonly (readonly string[])[] =>
    ask([...way, ...films], 1).disputes[0]!.answers.map(({ regions }) => regions);

  test('of which the records say something else are told apart', () => {
    const back = observation('fracture', 'bad', 'back');
    const others = ALL_SIDES.filter((side) => side !== 'back');
    const rest = good.filter(({ region }) => region !== 'back');
    expect(sides(filmed('film', [...rest, back]))).toEqual([others, ['back']]);
    // A still picture that nobody pinned is worth less than the film of the others.
    const still = media('still', { by: SELLER, purpose: 'packing', h: 0, payload: { continuity: 'still' } });
    const seen = { ...still, payload: { ...still.payload, observations: [{ ...back, condition: 'good' }] } };
    expect(sides(filmed('film', rest), seen)).toEqual([others, ['back']]);
  });

  test('are one case where what is said of them is about something else', () => {
    const computed = (observations: readonly object[]): number =>
      ask([...way, filmed('film', observations)], 1).computed;
    const worn = observation('wear', 'bad', 'top');
    expect([sides(filmed('film', [...good, worn])), computed([...good, worn])]).toEqual([
      [ALL_SIDES],
      computed(good),
    ]);
  });
});

describe('the whole report', () => {
  const report = (): Preflight => ask(BASE, 1);

  test('says of what, of whom, by which packs and what was taken to be so', () => {
    const { computed, digest, disputes, ...rest } = report();
    const party = (id: string, role: string, consumer = false): object => ({
      id,
      name: id,
      roles: [role],
      consumer,
    });
    expect(rest).toEqual({
      schemaVersion: 1,
      notice: 'computed assessment, not a legal determination',
      hypothetical: true,
      item: ITEM,
      at: hour(1),
      passports: [{ digest: passport([]).digest, verdict: 'TOTAL-PASSED' }],
      packDigests: PACKS.map((pack) => ({ id: pack.pack, digest: packDigest(pack) })),
      parties: [
        party(SELLER, 'seller'),
        party(CONTRACTING, 'contracting-carrier'),
        party(CARRIER_A, 'carrier'),
        party(CARRIER_B, 'carrier'),
        party(BUYER, 'buyer', true),
      ],
      assumed: ['buyer-is-consumer', 'not-durable', 'price-unknown', 'seller-chooses-return-carrier'],
      leftOut: [
        { kind: 'temperature', why: 'no-temperature-limits' },
        { kind: 'cold', why: 'no-lower-limit' },
        { kind: 'humidity', why: 'no-humidity-limit' },
      ],
      complete: true,
    });
    expect(disputes.map(({ kind, loser }) => [kind, nameOf(loser)])).toEqual([
      ['damage', 'buyer'],
      ['defect', 'buyer'],
      ['mismatch', 'buyer'],
      ['shortage', 'buyer'],
      ['return-swap', 'seller'],
    ]);
    // Each supposed case itself, and each with a record or two more.
    expect(computed).toBeGreaterThan(disputes.length);
    expect(digest).toBe(digestOfValue('goodorder/preflight/1', { ...rest, computed, disputes }));
  });

  test('holds its schema, which refuses what is no digest and what it does not name', () => {
    const plain = JSON.parse(JSON.stringify(report())) as Record<string, unknown>;
    const holds = (more: object): boolean => z.safeParse(preflightSchema(), { ...plain, ...more }).success;
    const [pack] = plain['packDigests'] as readonly object[];
    const [first, ...others] = report().disputes;
    const unsaid = { adds: [{ id: 'x', kind: 'log' }], would: { parties: [], refer: false } };
    const answers = first!.answers.map((answer) => ({ ...answer, advice: [unsaid] }));
    expect([
      holds({}),
      holds({ digest: 'A'.repeat(64) }),
      holds({ digest: `${'a'.repeat(64)}0` }),
      holds({ packDigests: [{ ...pack, digest: 7 }] }),
      holds({ disputes: [{ ...first, answers }, ...others] }),
      holds({ more: 1 }),
    ]).toEqual([true, false, false, false, false, false]);
  });

  // biome-ignore format: a row a relation
  const BECAUSE: Readonly<Record<string, readonly (readonly string[])[]>> = {
    damage: [
      ['buyer', 'seller', 'liable', 'proven', 'CN-04 CN-08', 'Goods that did not conform when risk passed: the seller answers to the consumer.'],
      ['seller', 'buyer', 'not-liable', 'burden-default', 'CN-28 CN-29', 'not shown: is what came back another item?'],
      ['seller', 'A', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'B', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'network', 'not-liable', 'burden-default', 'CN-21 CN-21a', 'not shown: was it good at pickup?'],
    ],
    defect: [
      ['buyer', 'seller', 'not-liable', 'burden-default', 'CN-04 CN-08', 'not shown: was the defect there when risk passed?'],
    ],
    mismatch: [
      ['buyer', 'seller', 'liable', 'proven', 'CN-04 CN-08', 'Goods that did not conform when risk passed: the seller answers to the consumer.'],
      ['seller', 'buyer', 'not-liable', 'burden-default', 'CN-28', 'not shown: is what came back another item?'],
      ['seller', 'A', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'B', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'network', 'not-liable', 'burden-default', 'CN-21 CN-21a', 'not shown: was it good at pickup?'],
    ],
    shortage: [
      ['buyer', 'seller', 'liable', 'proven', 'CN-04 CN-08', 'Goods that did not conform when risk passed: the seller answers to the consumer.'],
      ['seller', 'buyer', 'not-liable', 'burden-default', 'CN-28 CN-29', 'not shown: is what came back another item?'],
      ['seller', 'A', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'B', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'network', 'not-liable', 'burden-default', 'CN-21 CN-21a', 'not shown: was it good at pickup?'],
    ],
    'return-swap': [
      ['seller', 'buyer', 'not-liable', 'burden-default', 'CN-28', 'not shown: is what came back another item?'],
      ['seller', 'A', 'not-liable', 'burden-default', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'B', 'not-liable', 'presumption', 'CN-19', 'not shown: was it good when this carrier took it?'],
      ['seller', 'network', 'not-liable', 'burden-default', 'CN-21 CN-21a', 'not shown: was it good at pickup?'],
    ],
  };

  test('follows the loss from hand to hand, with the rule that passes it on and the one that failed', () => {
    const told = report().disputes.map(({ answers, kind }) => [
      kind,
      answers.flatMap(({ because }) =>
        because.map(({ basis, creditor, debtor, reason, rules, status }) => [
          nameOf(creditor),
          nameOf(debtor),
          status,
          basis,
          rules.join(' '),
          reason.en,
        ]),
      ),
    ]);
    expect(Object.fromEntries(told)).toEqual(BECAUSE);
  });
});
