import { describe, expect, test } from 'vitest';
import {
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  countersign,
  delivery,
  inspection,
  LAB,
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
  inWords,
  judge,
  objection,
  scenario9,
  scenario9Packing,
  scenario11,
  time,
  unboxing,
} from './scenario-records.js';

describe('scenario 9: all faces filmed at packing, 85 g for 6 ms in leg A, leg B covered and clean', () => {
  test('beyond the agreed handling: carrier A, and the network jointly', () => {
    const { finding } = judge(scenario9());
    expect(finding.edges.map(inWords)).toEqual([
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
      'buyer to seller: not-liable, burden-default by CN-28+CN-29',
      'A to seller: liable, proven, implicated, leg-1, sole, 128000 by CN-19',
      'B to seller: not-liable, proven by CN-19',
      'network to seller: liable, proven, implicated, leg-1, joint-and-several, 128000 by CN-21',
    ]);
    expect(finding.disposition).toBe('determined');
    expect(
      finding.edges.map(({ contingent, parent, with: joint }) => [parent?.split(' ')[0], contingent, joint]),
    ).toEqual([
      [undefined, false, null],
      [undefined, false, null],
      ['consumer-seller', true, null],
      ['consumer-seller', true, null],
      ['consumer-seller', true, CARRIER_A],
    ]);
    expect(finding.debts.map(({ collectable, edges }) => [edges.length, collectable?.minor])).toEqual([
      [1, '128000'],
      [2, '128000'],
    ]);
  });

  test('within it: the packing failed, carriers and network are exonerated', () => {
    expect(edgesInWords(judge(scenario9Packing()))).toEqual([
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
      'A to seller: not-liable, exception by CN-19',
      'B to seller: not-liable, proven by CN-19',
      'network to seller: not-liable, exception by CN-21+CN-21a',
    ]);
  });

  test('the buyer who chose the carrier bears the transit itself', () => {
    const carriages = [{ id: 'c1', journey: 'outbound', chosenBy: 'buyer', contractMode: 'road' }];
    const { finding } = judge(scenario9(), { carriages });
    // Neither as transit risk (CN-08) nor as a defect that would have had to be there at pickup (CN-04).
    expect(inWords(finding.edges[0]!)).toBe(
      'seller to buyer: not-liable, burden-default by CN-04+CN-04c+CN-08+CN-08l+CN-25',
    );
  });

  test('nobody answers for another mode than the one contracted', () => {
    const carriages = [
      {
        id: 'c1',
        journey: 'outbound',
        chosenBy: 'seller',
        contractMode: 'air',
        contracting: 'https://id.gs1.org/417/9506000134369',
      },
    ];
    const { finding } = judge(
      scenario9().filter(({ name }) => !name.startsWith('carriage')),
      { carriages },
    );
    expect(
      finding.edges.filter(({ template }) => template === 'shipper-contracting-carrier').map(inWords),
    ).toEqual(['network to seller: liable, proven, sole, 128000 by CN-21a']);
  });
});

describe('scenario 11: leg A fully clean, leg B silent for half of it', () => {
  test('B is the only open leg', () => {
    expect(edgesInWords(judge(scenario11()))).toEqual([
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
      'A to seller: not-liable, proven by CN-19',
      'B to seller: liable, presumption, inferred, leg-2, sole, 128000 by CN-19',
      'network to seller: liable, presumption, inferred, leg-2, joint-and-several, 128000 by CN-21',
    ]);
  });

  const undertakings = [{ by: CARRIER_B, what: 'log' }];
  const adverse = (records: readonly RecordDraft[]) =>
    judge(records).finding.issues.find(({ issue, leg }) => issue === 'bad-at-end' && leg === 'leg-2')!
      .presumptions;

  test('B undertook to log: its silence is held against it', () => {
    expect(adverse(scenario11([], { undertakings }))).toEqual([
      { rule: 'CN-09', is: 'found', rebut: 'contrary', weight: 3, state: 'not-needed' },
    ]);
    expect(adverse(scenario11())).toEqual([]);
  });

  test('a battery that died cancels the inference, not the openness', () => {
    const died = scenario11([], { undertakings }).map((draft) =>
      draft.name === 'log B' ? { ...draft, payload: { ...draft.payload, endReason: 'battery' } } : draft,
    );
    expect(adverse(died)).toEqual([]);
    expect(edgesInWords(judge(died))[2]).toBe(
      'B to seller: liable, presumption, inferred, leg-2, sole, 128000 by CN-19',
    );
  });

  test('without anything bad at the end a silent carrier pays for nothing', () => {
    const nothing = scenario11([], { undertakings }).filter(
      ({ name }) => name !== 'unboxing' && name !== 'notice',
    );
    expect(edgesInWords(judge(nothing))).toEqual([
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
      'A to seller: not-liable, proven by CN-19',
      'B to seller: not-liable, presumption by CN-19',
      'network to seller: not-liable, burden-default by CN-21+CN-21a',
    ]);
  });
});

describe('scenario 8: glass, side crack, frontal photo only', () => {
  const parts = {
    damages: [
      { id: 'd1', unit: 'u1', aspect: 'fracture', region: 'left', kind: 'shock', discoveredAt: time(20.2) },
    ],
  };
  const frontal = carriage(
    {},
    { coverage: ['front'], observations: [observation('fracture', 'good', 'front')] },
  );
  const crack = (h: number, payload = {}): RecordDraft =>
    unboxing(h, { observations: [observation('fracture', 'bad', 'left')], ...payload });

  test('opened in one shot, tied to the sign-off: the seller bears it, the carrier goes free', () => {
    expect(edgesInWords(judge([...frontal, crack(20.2), objection({ region: 'left' })], parts))).toEqual([
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
      'A to seller: not-liable, burden-default by CN-19',
      'B to seller: not-liable, burden-default by CN-19',
      'network to seller: not-liable, burden-default by CN-21+CN-21a',
    ]);
  });

  test('shown days later with no continuity: the consumer fails', () => {
    const late = crack(100, { occasion: undefined, identified: [{ what: 'serial' }] });
    const { occasion: _, ...payload } = late.payload;
    const records = [...frontal, { ...late, payload }, objection({ region: 'left', raisedAt: at(101) })];
    expect(edgesInWords(judge(records, parts))[0]).toBe(
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
    );
  });

  test('the parcel not in frame and no neutral record: the opening is tied to nothing', () => {
    const loose = crack(20.2, { identified: [{ what: 'serial' }] });
    expect(edgesInWords(judge([...frontal, loose], parts))[0]).toBe(
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
    );
  });

  test('the courier noted the crack: its word is against itself, the seller bears it', () => {
    const noted = frontal.map((draft) =>
      draft.name === 'delivery'
        ? {
            ...draft,
            payload: {
              ...draft.payload,
              remark: 'exception',
              reservation: undefined,
              inspectedScope: [{ aspect: 'fracture' }],
              observations: [observation('fracture', 'bad', 'left')],
            },
          }
        : draft,
    );
    const clean = noted.map((draft) => {
      const { reservation: _, ...payload } = draft.payload;
      return { ...draft, payload };
    });
    expect(edgesInWords(judge(clean, parts))[0]).toBe(
      'seller to buyer: liable, proven, sole, 128000 by CN-04+CN-08',
    );
  });
});

describe('scenario 3: appliance, five months, label "qualified" only', () => {
  const parts = {
    openedAt: time(4_000),
    asOf: time(4_100),
    goods: [{ ...(disputeValue()['goods'] as object[])[0], durable: true, category: 'appliance' }],
    damages: [
      {
        id: 'd1',
        unit: 'u1',
        aspect: 'function',
        region: 'whole',
        kind: 'latent',
        discoveredAt: time(3_600),
      },
    ],
    claims: [claim('k1', 'consumer-seller')],
  };
  const sold: readonly RecordDraft[] = [
    inspection('label', { by: SELLER, h: -50, upper: -48, payload: { verdict: 'qualified' } }),
    delivery('delivery', { from: SELLER, to: BUYER, h: 20, upper: 20.5 }),
    countersign('delivery answer', { by: BUYER, of: 'delivery', h: 20, upper: 20.5 }),
  ];
  const failing = inspection('service', {
    by: SELLER,
    h: 3_610,
    upper: 3_612,
    payload: { checks: [check('c', 'function', 'fail')] },
  });
  const laboratory = (checks: readonly unknown[], more = {}): RecordDraft =>
    inspection('lab', {
      by: LAB,
      h: 10,
      upper: 12,
      payload: { verdict: 'pass', checks, ...more },
      over: { accreditation: { body: 'CNAS', number: 'L1', scope: 'function', until: 4_000_000_000 } },
    });

  test('the seller is liable by presumption; the label argues nothing', () => {
    const { finding } = judge([...sold, failing], parts);
    expect(edgesInWords(judge([...sold, failing], parts))).toEqual([
      'seller to buyer: liable, presumption, sole, 128000 by CN-04',
    ]);
    expect(finding.issues.find(({ issue }) => issue === 'defect-at-delivery')!.presumptions).toEqual([
      { rule: 'CN-03', is: 'found', rebut: 'contrary', weight: 0, state: 'stands' },
    ]);
  });

  test('3b: an accredited test that covers the function rebuts it', () => {
    const records = [...sold, failing, laboratory([check('c', 'function', 'pass')])];
    expect(edgesInWords(judge(records, parts))).toEqual([
      'seller to buyer: not-liable, proven by CN-04+CN-08',
    ]);
    expect(
      judge(records, parts).finding.issues.find(({ issue }) => issue === 'defect-at-delivery'),
    ).toMatchObject({
      status: 'not-found',
      pro: 0,
      con: 4,
      presumptions: [{ rule: 'CN-03', state: 'rebutted' }],
    });
  });

  test('3b: a test that left the function out has no effect', () => {
    const records = [
      ...sold,
      failing,
      laboratory([check('c', 'surface', 'pass')], { notTested: [{ aspect: 'function' }] }),
    ];
    expect(edgesInWords(judge(records, parts))).toEqual([
      'seller to buyer: liable, presumption, sole, 128000 by CN-04',
    ]);
  });

  test('seven months after receipt the consumer has to prove', () => {
    const late = {
      ...parts,
      damages: [{ ...parts.damages[0], discoveredAt: time(20 + 24 * 190) }],
      openedAt: time(6_000),
    };
    const record = { ...failing, upper: 5_000, payload: { ...failing.payload, checkedAt: at(4_900) } };
    expect(edgesInWords(judge([...sold, record], late))).toEqual([
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
    ]);
  });

  test('a consumer’s bare word is no defect', () => {
    const word = statement('word', {
      by: BUYER,
      h: 3_610,
      upper: 3_611,
      payload: { observations: [observation('function', 'bad')] },
    });
    expect(edgesInWords(judge([...sold, word], parts))).toEqual([
      'seller to buyer: not-liable, burden-default by CN-04+CN-08',
    ]);
  });
});
