import { describe, expect, test } from 'vitest';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  countersign,
  delivery,
  handover,
  idBytes,
  inspection,
  jointAgreement,
  LAB,
  media,
  observation,
  type RecordDraft,
  SELLER,
  statement,
} from '../facts/case-builder.js';
import {
  carriage,
  claim,
  disputeValue,
  edgesInWords,
  judge,
  loggers,
  objection,
  scenario9,
  secured,
  time,
  unboxing,
} from './scenario-records.js';

type Json = Record<string, unknown>;

/** Out with carrier A, back with carrier B; the goods come back at hour 50. */
function wayBack(remark = 'none', more: readonly RecordDraft[] = []): readonly RecordDraft[] {
  return [
    handover('out', { from: SELLER, to: CARRIER_A, h: 1, upper: 1.5 }),
    countersign('out answer', { by: CARRIER_A, of: 'out', h: 1, upper: 1.5 }),
    delivery('delivery', { from: CARRIER_A, to: BUYER, h: 10, upper: 10.5 }),
    countersign('delivery answer', { by: BUYER, of: 'delivery', h: 10, upper: 10.5 }),
    handover('back', { from: BUYER, to: CARRIER_B, h: 40, by: CARRIER_B, upper: 40.5 }),
    countersign('back answer', { by: BUYER, of: 'back', h: 40, upper: 40.5 }),
    delivery('returned', { from: CARRIER_B, to: SELLER, h: 50, upper: 50.5, payload: { remark } }),
    countersign('returned answer', { by: SELLER, of: 'returned', h: 50, upper: 50.5 }),
    ...more,
  ];
}

function intake(aspect: string, condition = 'bad', payload: Json = {}): RecordDraft {
  return media('intake', {
    by: SELLER,
    purpose: 'intake',
    h: 50.2,
    upper: 50.6,
    payload: {
      occasion: { boundary: 'return-receipt', of: idBytes('returned') },
      observations: [observation(aspect, condition)],
      ...payload,
    },
  });
}

const swapped: Json = {
  damages: [
    {
      id: 'd1',
      unit: 'u1',
      aspect: 'identity',
      region: 'whole',
      kind: 'substitution',
      discoveredAt: time(50.2),
    },
  ],
  claims: [claim('k1', 'seller-buyer')],
};

describe('scenario 2: another item comes back', () => {
  const word = statement('word', {
    by: BUYER,
    h: 60,
    upper: 61,
    payload: { observations: [observation('identity', 'good')] },
  });

  test('the seller’s secured opening against the buyer’s word: repaid', () => {
    const records = wayBack('none', [secured(intake('identity'), 50.6), word]);
    expect(edgesInWords(judge(records, swapped))).toEqual([
      'buyer to seller: liable, proven, sole, 128000 by CN-28',
    ]);
  });

  test('lifted by the courier’s neutral record of the same occasion', () => {
    const photo = media('courier', {
      by: CARRIER_B,
      purpose: 'handover',
      h: 50,
      upper: 50.5,
      payload: { occasion: { boundary: 'return-receipt', of: idBytes('returned') } },
    });
    const records = wayBack('none', [intake('identity'), photo, word]);
    expect(edgesInWords(judge(records, swapped))).toEqual([
      'buyer to seller: liable, proven, sole, 128000 by CN-28',
    ]);
  });

  test('the seller’s word only: not proven, the buyer keeps the refund', () => {
    const told = statement('told', {
      by: SELLER,
      h: 50.2,
      upper: 50.6,
      payload: { observations: [observation('identity', 'bad')] },
    });
    expect(edgesInWords(judge(wayBack('none', [told, word]), swapped))).toEqual([
      'buyer to seller: not-liable, burden-default by CN-28',
    ]);
  });

  test('an opening that was cut proves nothing', () => {
    const records = wayBack('none', [secured(intake('identity', 'bad', { continuity: 'cut' }), 50.6)]);
    expect(edgesInWords(judge(records, swapped))[0]).toBe(
      'buyer to seller: not-liable, burden-default by CN-28',
    );
  });
});

describe('scenario 14: broken on the way back with a courier the buyer chose', () => {
  const broken = (chosenBy: string): Json => ({
    damages: [
      { id: 'd1', unit: 'u1', aspect: 'fracture', region: 'whole', kind: 'shock', discoveredAt: time(50.2) },
    ],
    carriages: [{ id: 'c1', journey: 'return', chosenBy, contractMode: 'road' }],
    claims: [claim('k1', 'seller-buyer'), claim('k2', 'shipper-carrier', { debtor: CARRIER_B })],
  });
  const seen = secured(intake('fracture'), 50.6);

  test('the buyer bears it; the seller’s courier it would not be', () => {
    expect(edgesInWords(judge(wayBack('none', [seen]), broken('buyer')))[0]).toBe(
      'buyer to seller: liable, proven, sole, 128000 by CN-29',
    );
    expect(edgesInWords(judge(wayBack('none', [seen]), broken('seller')))[0]).toBe(
      'buyer to seller: not-liable, burden-default by CN-28+CN-29',
    );
  });

  test('the courier’s edge is capped by contract; the buyer bears the rest', () => {
    const clean = secured(
      media('packed', {
        by: BUYER,
        purpose: 'packing',
        h: 39,
        payload: { observations: [observation('fracture', 'good')] },
      }),
      39.2,
    );
    const inspected = {
      remark: 'clean',
      inspectedScope: [{ aspect: 'fracture' }],
      observations: [observation('fracture', 'good')],
    };
    const records = wayBack('exception', [seen, clean]).map((draft) =>
      draft.name === 'back' ? { ...draft, payload: { ...draft.payload, ...inspected } } : draft,
    );
    const cap = jointAgreement('cap', {
      by: CARRIER_B,
      parties: [BUYER, CARRIER_B],
      h: 38,
      upper: 39,
      malformed: true,
      payload: { liabilityCap: { per: 'freight', times: 7 }, freightMinor: 1_200, currency: 'CNY' },
    });
    const { finding } = judge([...records, ...cap], broken('buyer'));
    const courier = finding.edges.find(
      ({ debtor, template }) => debtor === CARRIER_B && template === 'shipper-carrier',
    )!;
    expect(courier).toMatchObject({
      creditor: BUYER,
      status: 'liable',
      location: 'bracketed',
      leg: 'leg-2',
      amount: { minor: '8400' },
      contingent: true,
    });
  });
});

describe('scenario 10: signed, no objection', () => {
  const silent = (records: readonly RecordDraft[]) => records.filter(({ name }) => name !== 'notice');
  const toB = (records: readonly RecordDraft[]) =>
    edgesInWords(judge(records)).find((line) => line.startsWith('B '))!;
  const clean = silent([...carriage(), ...loggers([]).slice(0, 2), unboxing()]);

  test('against the carrier the sign-off presumes, and an unboxing only ties', () => {
    const one = judge(clean);
    expect(toB(clean)).toBe('B to seller: not-liable, presumption by CN-19');
    const end = one.finding.issues.find(({ issue, leg }) => issue === 'bad-at-end' && leg === 'leg-2')!;
    expect([end.pro, end.presumptions]).toEqual([
      3,
      [{ rule: 'CN-20', is: 'not-found', rebut: 'contrary', weight: 3, state: 'stands' }],
    ]);
  });

  test('a joint survey rebuts it', () => {
    const survey = inspection('survey', {
      by: LAB,
      h: 90,
      upper: 92,
      payload: {
        occasion: { boundary: 'delivery', of: idBytes('delivery') },
        requestedBy: BUYER,
        partiesPresent: [CARRIER_B],
        checks: [check('c', 'fracture', 'fail')],
      },
    });
    const agreed = countersign('survey answer', {
      by: CARRIER_B,
      of: 'survey',
      h: 91,
      upper: 93,
      payload: { inspectedScope: [{ aspect: 'fracture' }] },
    });
    expect(toB([...clean, survey, agreed])).toBe(
      'B to seller: liable, presumption, inferred, leg-2, sole, 128000 by CN-19',
    );
  });

  test('against the seller it says nothing of the goods', () => {
    expect(edgesInWords(judge(clean))[0]).toBe(
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
    );
  });

  test('a latent fault at month two of durable goods is presumed to have been there', () => {
    const parts = {
      openedAt: time(2_000),
      asOf: time(2_100),
      goods: [{ ...(disputeValue()['goods'] as Json[])[0], durable: true }],
      damages: [
        {
          id: 'd1',
          unit: 'u1',
          aspect: 'function',
          region: 'whole',
          kind: 'latent',
          discoveredAt: time(1_400),
        },
      ],
      claims: [claim('k1', 'consumer-seller')],
    };
    const service = inspection('service', {
      by: SELLER,
      h: 1_410,
      upper: 1_412,
      payload: { checks: [check('c', 'function', 'fail')] },
    });
    expect(edgesInWords(judge([...silent(scenario9()), service], parts))).toEqual([
      'seller to buyer: liable, presumption, sole, 128000 by CN-04',
    ]);
  });
});

describe('scenario 18: misconduct never helps its author', () => {
  const spoiled = (names: readonly string[]) =>
    scenario9().map(
      (draft): RecordDraft =>
        names.includes(draft.name) ? { ...draft, over: { ...draft.over, standing: 'adverse-only' } } : draft,
    );

  test('a forked packing film no longer shows that it was sound', () => {
    expect(edgesInWords(judge(spoiled(['packing'])))[1]).toBe(
      'A to seller: not-liable, burden-default by CN-19',
    );
  });

  test('a carrier’s own log beyond a gap clears it no more, and still implicates it', () => {
    expect(edgesInWords(judge(spoiled(['log A'])))[1]).toBe(
      'A to seller: liable, proven, implicated, leg-1, sole, 128000 by CN-19',
    );
    const clean = [...carriage(), ...loggers([]), unboxing(), objection()];
    const toB = (records: readonly RecordDraft[]) => edgesInWords(judge(records))[2];
    expect(toB(clean)).toBe('B to seller: not-liable, burden-default by CN-19');
    expect(
      toB(
        clean.map((draft) =>
          draft.name === 'log B' ? { ...draft, over: { standing: 'adverse-only' as const } } : draft,
        ),
      ),
    ).toBe('B to seller: liable, presumption, inferred, leg-2, sole, 128000 by CN-19');
  });

  test('a seller who forks its own admission to void it has still admitted', () => {
    const admission = statement('admission', {
      by: SELLER,
      h: 30,
      upper: 31,
      payload: {
        occasion: { boundary: 'delivery', of: idBytes('delivery') },
        observations: [observation('fracture', 'bad')],
      },
      over: { standing: 'adverse-only' },
    });
    const seen = scenario9().filter(({ name }) => name !== 'unboxing');
    const { finding } = judge([...seen, admission]);
    const issue = finding.issues.find(
      (one) => one.issue === 'defective' && one.edge.startsWith('consumer-seller'),
    )!;
    expect([issue.status, issue.pro]).toEqual(['found', 5]);
  });

  test('a record that does not verify says nothing to anybody', () => {
    const invalid = scenario9().map(
      (draft): RecordDraft =>
        draft.name === 'unboxing'
          ? { ...draft, over: { ...draft.over, state: 'invalid', standing: 'none' } }
          : draft,
    );
    expect(edgesInWords(judge(invalid))[0]).toBe(
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
    );
  });
});

describe('scenario 17: a packing film anchored two days after the complaint', () => {
  test('is sound, and worth 1', () => {
    const late = scenario9().map((draft) => (draft.name === 'packing' ? { ...draft, upper: 70 } : draft));
    const { finding } = judge(late);
    const start = finding.issues.find(({ issue, leg }) => issue === 'good-at-start' && leg === 'leg-1')!;
    expect([start.status, start.pro]).toEqual(['not-found', 1]);
    expect(start.arguments[0]!.rests[0]).toMatchObject({ line: 'G2', caps: ['CE-02'], grade: 1 });
  });
});
