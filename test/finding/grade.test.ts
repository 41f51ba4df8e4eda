import { describe, expect, test } from 'vitest';
import type { ConditionFact, CounterSignature, Fact, Provenance, Witness } from '../../src/facts/fact.js';
import type { EdgeDesk } from '../../src/finding/decisions.js';
import {
  agreement,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  hour,
  LAB,
  PLATFORM,
  SELLER,
} from '../facts/case-builder.js';
import { judge, scenario9 } from './scenario-records.js';

const CASE = judge(scenario9());
/** Complained at hour 22. */
const SOON = hour(21);
const LATE = hour(60);

function deskOf(template: string, debtor?: string, from = CASE): EdgeDesk {
  const edge = from.decisions.edges.find(
    (one) => one.template.name === template && (debtor === undefined || one.debtor === debtor),
  )!;
  return from.decisions.desk(edge);
}
const CONSUMER = deskOf('consumer-seller');
const TO_A = deskOf('shipper-carrier', CARRIER_A);

let numbers = 0;

function prov(parts: Partial<Provenance>): Provenance {
  return {
    records: [`r${numbers}`],
    type: 'media',
    signer: SELLER,
    trusted: true,
    selfBound: false,
    roles: [],
    counterSigned: [],
    kind: 'own-record',
    madeAt: { lower: null, upper: SOON },
    end: hour(20),
    secured: { oneShot: false, itemSeen: false, parcelSeen: false, pinnedBy: null },
    afterCut: false,
    integrity: 'ok',
    occasion: null,
    witnesses: [],
    notTested: [],
    actsFor: null,
    requestedBy: null,
    partiesPresent: [],
    completeness: 'unstated',
    ...parts,
  };
}

function condition(
  parts: Partial<Provenance>,
  value: 'good' | 'bad' = 'bad',
  region = 'whole',
): ConditionFact {
  numbers += 1;
  return {
    id: `r${numbers}#0`,
    sub: 'item',
    time: { from: hour(20), to: hour(20) },
    offsetMin: 480,
    prov: prov(parts),
    predicate: 'condition',
    unit: 'u1',
    aspect: 'fracture',
    region,
    value,
    damageKind: null,
    extent: null,
  };
}

function answer(by: string, parts: Partial<CounterSignature> = {}): CounterSignature {
  return {
    record: 'answer',
    by,
    stance: 'agree',
    remark: 'none',
    scope: [{ aspect: 'fracture' }],
    trusted: true,
    integrity: 'ok',
    ...parts,
  };
}

function witness(by: string, parts: Partial<Witness> = {}): Witness {
  return {
    record: 'w',
    type: 'media',
    by,
    trusted: true,
    passage: false,
    remark: null,
    integrity: 'ok',
    ...parts,
  };
}

/** `G2+L-secured 3`, caps after a minus. */
function graded(desk: EdgeDesk, fact: Fact, hurt: string, peers: readonly Fact[] = []): string {
  const { caps, grade, lift, line } = desk.grader.grade(fact, hurt, () => peers);
  return `${line}${lift === null ? '' : `+${lift}`}${caps.map((cap) => `-${cap}`).join('')} ${grade}`;
}

const SECURED = { oneShot: true, itemSeen: true, parcelSeen: true, pinnedBy: 'log' } as const;

describe('lines, first that fits (consumer against seller)', () => {
  test.each([
    ['the seller’s own word against it', condition({}), SELLER, 'G5 5'],
    ['and for it', condition({}), BUYER, 'G2 2'],
    ['a statement against its signer', condition({ kind: 'statement' }), SELLER, 'G5 5'],
    ['a statement for its signer', condition({ kind: 'statement' }), BUYER, 'G1 1'],
    ['misconduct counts against its author', condition({ integrity: 'adverse-only' }), SELLER, 'G5 5'],
    ['and never for it', condition({ integrity: 'adverse-only' }), BUYER, 'G0a 0'],
    [
      'counter-signed by the hurt side, scope covers',
      condition({ counterSigned: [answer(BUYER)] }),
      BUYER,
      'G4a 4',
    ],
    [
      'counter-signed, scope of another aspect',
      condition({ counterSigned: [answer(BUYER, { scope: [{ aspect: 'wear' }] })] }),
      BUYER,
      'G2 2',
    ],
    [
      'counter-signed, scope of another region',
      condition(
        { counterSigned: [answer(BUYER, { scope: [{ aspect: 'fracture', region: 'front' }] })] },
        'bad',
        'left',
      ),
      BUYER,
      'G2 2',
    ],
    [
      'counter-signed, no scope at all',
      condition({ counterSigned: [answer(BUYER, { scope: [] })] }),
      BUYER,
      'G2 2',
    ],
    [
      'counter-signed with reserve',
      condition({ counterSigned: [answer(BUYER, { stance: 'reserve' })] }),
      BUYER,
      'G2 2',
    ],
    ['counter-signed by somebody else', condition({ counterSigned: [answer(CARRIER_B)] }), BUYER, 'G2 2'],
    ['accredited, full scope', condition({ kind: 'accredited-full' }), BUYER, 'G4b 4'],
    ['a laboratory without accreditation is neutral', condition({ signer: LAB }), SELLER, 'G3a 3'],
    ['a neutral without a path', condition({ signer: LAB, trusted: false }), SELLER, 'G2-C-path 1'],
    ['a platform’s log of its own user', condition({ signer: SELLER, kind: 'platform-log' }), BUYER, 'G3b 3'],
    [
      'an instrument',
      condition({ kind: 'instrument', calibration: { from: null, to: null } }),
      BUYER,
      'G3b 3',
    ],
    ['a neutral’s statement', condition({ signer: LAB, kind: 'statement' }), BUYER, 'G3a-CE-04 1'],
    ['a label', condition({ kind: 'label' }), BUYER, 'G1 1'],
  ])('%s', (_case, fact, hurt, expected) => {
    expect(graded(CONSUMER, fact, hurt)).toBe(expected);
  });
});

describe('neutral is per edge', () => {
  test('a carrier’s clean remark is 5 against itself, 3 between consumer and seller, 2 for itself', () => {
    const clean = condition({ signer: CARRIER_A, type: 'handover' }, 'good');
    expect(TO_A.grader.grade(clean, CARRIER_A)).toEqual({
      fact: clean.id,
      grade: 5,
      line: 'G5',
      lift: null,
      caps: [],
    });
    expect(graded(CONSUMER, clean, BUYER)).toBe('G3a 3');
    expect(graded(TO_A, clean, SELLER)).toBe('G2 2');
  });

  test('what helps its signer on another edge of the damage is its own record here', () => {
    const records = scenario9().map((draft) =>
      draft.name === 'delivery'
        ? {
            ...draft,
            payload: {
              ...draft.payload,
              observations: [{ aspect: 'fracture', region: 'whole', condition: 'good' }],
            },
          }
        : draft.name === 'pickup answer'
          ? draft
          : draft,
    );
    const one = judge(records);
    const fact = one.facts.of('condition').find(({ prov: { signer } }) => signer === CARRIER_B)!;
    // Good at the end of its own custody.
    expect(graded(deskOf('consumer-seller', undefined, one), fact, BUYER)).toBe('G2 2');
    const bad = records.map((draft) =>
      draft.name === 'delivery'
        ? {
            ...draft,
            payload: {
              ...draft.payload,
              observations: [{ aspect: 'fracture', region: 'whole', condition: 'bad' }],
            },
          }
        : draft,
    );
    const two = judge(bad);
    const against = two.facts.of('condition').find(({ prov: { signer } }) => signer === CARRIER_B)!;
    expect(graded(deskOf('consumer-seller', undefined, two), against, SELLER)).toBe('G3a 3');
  });

  test('a mandate makes a record the principal’s, and its agent no neutral', () => {
    const mandate = agreement('mandate', {
      by: SELLER,
      parties: [SELLER, PLATFORM],
      h: -3,
      upper: -2,
      payload: { kind: 'platform', mandate: { agent: PLATFORM, principal: SELLER } },
    });
    const desk = deskOf('consumer-seller', undefined, judge([...scenario9(), mandate]));
    const photo = condition({ signer: PLATFORM });
    expect(graded(desk, photo, SELLER)).toBe('G5 5');
    expect(graded(desk, photo, BUYER)).toBe('G2 2');
    expect(graded(CONSUMER, photo, BUYER)).toBe('G3a 3');
    const forOther = condition({ signer: PLATFORM, actsFor: { principal: BUYER, legs: 'all' } });
    expect(graded(desk, forOther, SELLER)).toBe('G2 2');
  });

  test('a mandate that the principal did not sign is none', () => {
    const claimed = agreement('mandate', {
      by: PLATFORM,
      parties: [SELLER, PLATFORM],
      h: -3,
      upper: -2,
      payload: { kind: 'platform', mandate: { agent: PLATFORM, principal: SELLER } },
    });
    expect(
      graded(
        deskOf('consumer-seller', undefined, judge([...scenario9(), claimed])),
        condition({ signer: PLATFORM }),
        SELLER,
      ),
    ).toBe('G3a 3');
    const answered = countersign('mandate answer', { by: SELLER, of: 'mandate', h: -3, upper: -2 });
    expect(
      graded(
        deskOf('consumer-seller', undefined, judge([...scenario9(), claimed, answered])),
        condition({ signer: PLATFORM }),
        SELLER,
      ),
    ).toBe('G5 5');
  });
});

describe('lifts, from 2 to 3 and no further', () => {
  test.each([
    ['secured', condition({ secured: SECURED }), 'G2+L-secured 3'],
    ['secured but cut', condition({ secured: SECURED, afterCut: true }), 'G2+L-secured-C-cut 1'],
    ['not one shot', condition({ secured: { ...SECURED, oneShot: false } }), 'G2 2'],
    ['the item not in frame', condition({ secured: { ...SECURED, itemSeen: false } }), 'G2 2'],
    ['the parcel not in frame', condition({ secured: { ...SECURED, parcelSeen: false } }), 'G2 2'],
    ['not pinned', condition({ secured: { ...SECURED, pinnedBy: null } }), 'G2 2'],
    ['not timely', condition({ secured: SECURED, madeAt: { lower: null, upper: LATE } }), 'G2-CE-02 1'],
    ['a neutral record of the occasion', condition({ witnesses: [witness(CARRIER_B)] }), 'G2+L-occasion 3'],
    [
      'the passage record itself, clean',
      condition({ witnesses: [witness(CARRIER_B, { passage: true, remark: 'clean' })] }),
      'G2 2',
    ],
    [
      'the passage record with an exception',
      condition({ witnesses: [witness(CARRIER_B, { passage: true, remark: 'exception' })] }),
      'G2+L-occasion 3',
    ],
    [
      'the passage record, refused',
      condition({ witnesses: [witness(CARRIER_B, { passage: true, remark: 'refused' })] }),
      'G2+L-occasion 3',
    ],
    ['the other side’s record', condition({ witnesses: [witness(BUYER)] }), 'G2 2'],
    ['a stranger’s record', condition({ witnesses: [witness('stranger', { trusted: false })] }), 'G2 2'],
    [
      'a record of one who forked',
      condition({ witnesses: [witness(CARRIER_B, { integrity: 'adverse-only' })] }),
      'G2 2',
    ],
    [
      'the record’s own',
      condition({ records: ['own'], witnesses: [witness(CARRIER_B, { record: 'own' })] }),
      'G2 2',
    ],
  ])('%s', (_case, fact, expected) => {
    expect(graded(CONSUMER, fact, BUYER)).toBe(expected);
  });

  test('another grade-2 record from a side opposed or neutral', () => {
    const peer = (signer: string, parts: Partial<Provenance> = {}): readonly Fact[] => [
      condition({ signer, ...parts }),
    ];
    const own = (): Fact => condition({ signer: BUYER, trusted: true });
    // On the edge of seller and carrier A, carrier B is a sibling debtor: it gains when A is liable.
    expect(graded(TO_A, condition({}), CARRIER_A, peer(SELLER))).toBe('G2 2');
    expect(
      graded(
        TO_A,
        condition({}),
        CARRIER_A,
        peer(CARRIER_B, { trusted: false, counterSigned: [answer(LAB)] }),
      ),
    ).toBe('G2 2');
    // The consumer stands above the seller in the chain of claims: same side.
    expect(graded(TO_A, condition({}), CARRIER_A, peer(BUYER))).toBe('G2 2');
    // Carrier B would have to pay the seller back what the seller pays the consumer: the debtor's side.
    const opposed = peer(CARRIER_B, { trusted: false, counterSigned: [answer(LAB)] });
    expect(graded(CONSUMER, own(), SELLER, opposed)).toBe('G2+L-opposed 3');
    expect(
      graded(CONSUMER, own(), SELLER, peer('stranger', { trusted: false, counterSigned: [answer(LAB)] })),
    ).toBe('G2+L-opposed 3');
    // Capped to 1, it lifts nothing.
    expect(graded(CONSUMER, own(), SELLER, peer('stranger', { trusted: false }))).toBe('G2 2');
    expect(graded(CONSUMER, own(), SELLER, peer(BUYER))).toBe('G2 2');
  });
});

describe('caps', () => {
  test.each([
    [
      'CE-02: an own record made after the complaint',
      condition({ madeAt: { lower: null, upper: LATE } }),
      'G2-CE-02 1',
    ],
    [
      'made after the complaint, at once after what it tells',
      condition({ madeAt: { lower: null, upper: LATE }, end: LATE - 3600 }),
      'G2 2',
    ],
    ['exactly a day after', condition({ madeAt: { lower: null, upper: LATE }, end: LATE - 86_400 }), 'G2 2'],
    ['a second more', condition({ madeAt: { lower: null, upper: LATE }, end: LATE - 86_401 }), 'G2-CE-02 1'],
    [
      'CE-02 spares laboratories',
      condition({ kind: 'accredited-full', madeAt: { lower: null, upper: LATE } }),
      'G4b 4',
    ],
    [
      'and joint surveys',
      condition({ counterSigned: [answer(BUYER)], madeAt: { lower: null, upper: LATE } }),
      'G4a 4',
    ],
    [
      'an instrument read out too late',
      condition({
        kind: 'instrument',
        calibration: { from: null, to: null },
        madeAt: { lower: null, upper: LATE },
      }),
      'G3b-CE-02 1',
    ],
    ['C-cal: no calibration stated', condition({ kind: 'instrument', calibration: null }), 'G3b-C-cal 2'],
    [
      'C-cal: lapsed',
      condition({ kind: 'instrument', calibration: { from: 0, to: hour(10) } }),
      'G3b-C-cal 2',
    ],
    [
      'C-cal: not yet',
      condition({ kind: 'instrument', calibration: { from: hour(20.5), to: null } }),
      'G3b-C-cal 2',
    ],
    [
      'C-cal: to the second',
      condition({ kind: 'instrument', calibration: { from: hour(20), to: hour(20) } }),
      'G3b 3',
    ],
    ['C-cut', condition({ afterCut: true }), 'G2-C-cut 1'],
    ['C-path', condition({ trusted: false }), 'G2-C-path 1'],
    ['C-path lifted by security', condition({ trusted: false, secured: SECURED }), 'G2+L-secured 3'],
    [
      'C-path lifted by a trusted counter-signature',
      condition({ trusted: false, counterSigned: [answer(CARRIER_B)] }),
      'G2 2',
    ],
    [
      'not by one without a path',
      condition({ trusted: false, counterSigned: [answer(CARRIER_B, { trusted: false })] }),
      'G2-C-path 1',
    ],
  ])('%s', (_case, fact, expected) => {
    expect(graded(CONSUMER, fact, BUYER)).toBe(expected);
  });

  test('nothing caps what its signer admits', () => {
    const worst = condition({
      trusted: false,
      afterCut: true,
      kind: 'statement',
      calibration: null,
      madeAt: { lower: null, upper: LATE },
    });
    expect(graded(CONSUMER, worst, SELLER)).toBe('G5 5');
  });
});

describe('properties', () => {
  test('an admission beats everything, and no grade leaves 0 … 5', () => {
    for (const kind of [
      'statement',
      'label',
      'own-record',
      'instrument',
      'accredited-full',
      'platform-log',
    ] as const) {
      for (const signer of [SELLER, BUYER, CARRIER_A, LAB, 'stranger']) {
        for (const trusted of [true, false]) {
          for (const hurt of [SELLER, BUYER]) {
            const { grade } = CONSUMER.grader.grade(condition({ kind, signer, trusted }), hurt);
            expect(grade >= 0 && grade <= 5).toBe(true);
            if (signer === hurt) expect(grade).toBe(5);
            else expect(grade).toBeLessThan(5);
          }
        }
      }
    }
  });
});
