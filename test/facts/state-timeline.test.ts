import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { ConditionFact } from '../../src/facts/fact.js';
import { isAtOrAfter } from '../../src/facts/placement.js';
import {
  type Derivation,
  fits,
  type StateTimeline,
  stateTimeline,
  type TimelineDamage,
} from '../../src/facts/state-timeline.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  check,
  countersign,
  damagingPulse,
  delivery,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idBytes,
  idOf,
  inspection,
  jointAgreement,
  LAB,
  media,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
  statement,
} from './case-builder.js';

type Records = readonly (RecordDraft | readonly RecordDraft[])[];

const CRACK: TimelineDamage = { id: 'd1', unit: ITEM, aspect: 'fracture', region: 'left', kind: 'shock' };

function timelineOf(records: Records, damage: TimelineDamage = CRACK, occasionWithinH = 24): StateTimeline {
  const facts: CaseFacts = deriveFacts(passport(records.flat()), SCOPE);
  return stateTimeline(facts, custodyOf(facts, ITEM), damage, { occasionWithinH });
}

const NAMES = new Map<string, string>();
function nameOf(fact: string): string {
  const [record = '', number] = fact.split('#');
  return `${NAMES.get(record) ?? record}#${number}`;
}

/** `boundary value how record#fact [over intervals] [by limits] [in the excursion's interval] [against]` */
function told(records: Records, damage: TimelineDamage = CRACK): string[] {
  for (const { name } of records.flat()) NAMES.set(idOf(name), name);
  return timelineOf(records, damage).states.flatMap(({ boundary, derivations }) =>
    derivations.map((one) => `${boundary.name} ${words(one)}`).sort(),
  );
}

function words({ against, facts, how, impliedIn, neutralOf, over, terms, value }: Derivation): string {
  const crossed = how === 'implied' ? [] : over.map(({ interval }) => interval);
  return [
    value,
    how,
    ...facts.map(nameOf),
    ...(crossed.length === 0 ? [] : [`over ${crossed.join()}`]),
    ...(how === 'implied' ? [`in ${impliedIn ?? '?'}`] : []),
    ...(terms.length === 0 ? [] : [`by ${terms.map(nameOf).join()}`]),
    ...(against.length === 0 ? [] : [`against ${against.map(nameOf).join()}`]),
    ...(neutralOf.length === 0 ? [] : ['if neutral']),
  ].join(' ');
}

const joint = (name: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  handover(name, { from, to, h }),
  countersign(`${name} answer`, { by: to, of: name, h }),
];
const jointDelivery = (name: string, from: string, to: string, h: number): readonly RecordDraft[] => [
  delivery(name, { from, to, h, upper: h + 1 }),
  countersign(`${name} answer`, { by: to, of: name, h }),
];

const GOOD = { observations: [observation('fracture', 'good')] };
const BAD = { observations: [observation('fracture', 'bad', 'left')] };
const of = (name: string, boundary: string): Readonly<Record<string, unknown>> => ({
  occasion: { boundary, of: idBytes(name) },
});

/** S → A (0 h) → B (10 h) → buyer (20 h). */
const ROUTE = [
  joint('p', SELLER, CARRIER_A, 0),
  joint('t', CARRIER_A, CARRIER_B, 10),
  jointDelivery('d', CARRIER_B, BUYER, 20),
];
const TERMS = jointAgreement('g', {
  by: SELLER,
  parties: [SELLER, CONTRACTING, CARRIER_A, CARRIER_B],
  h: -20,
  payload: { fragility: FRAGILITY },
});
/** Six faces on camera just before pickup, tied to it; one-shot, parcel in frame. */
const PACKING = media('pack', {
  by: SELLER,
  purpose: 'packing',
  h: -0.5,
  upper: 1,
  payload: { ...GOOD, ...of('p', 'pickup') },
});
/** One-shot opening tied to the delivery. */
const OPENING = media('open', {
  by: BUYER,
  purpose: 'unboxing',
  h: 21,
  upper: 22,
  payload: { ...BAD, ...of('d', 'delivery') },
});

describe('scenario 9: all-face packing video, a damaging shock in leg A, leg B covered and clean', () => {
  const legA = sensor('logA', {
    by: CARRIER_A,
    h: 0,
    to: 10,
    payload: { max: 85_000, pulses: [damagingPulse(4)] },
  });
  const legB = sensor('logB', { by: CARRIER_B, h: 10, to: 20 });
  const records = [...ROUTE, TERMS, PACKING, OPENING, legA, legB];

  test('good at pickup; bad at delivery; bad at the transfer by the shock and by going back over clean leg B', () => {
    expect(told(records)).toEqual([
      'packing good good-back pack#0',
      'packing good seen pack#0',
      'pickup good seen pack#0',
      'transfer bad bad-back open#0 over 3',
      'transfer bad bad-back open#0 over 3 by g#0',
      'transfer bad implied open#0 in 2 by g#0',
      'delivery bad implied open#0 in 2 by g#0',
      'delivery bad seen open#0',
    ]);
  });

  test('the crossings name the recordings, the implication the pulse', () => {
    const at = timelineOf(records).states[2]!;
    expect(at.boundary).toMatchObject({ name: 'transfer', position: 2 });
    expect(at.derivations.map(({ how, over, terms }) => [how, terms.length, over])).toEqual(
      expect.arrayContaining([
        [
          'bad-back',
          0,
          [
            {
              interval: 3,
              span: { from: hour(10), to: hour(20) },
              parts: [{ span: { from: hour(10), to: hour(20) }, alternatives: [[`${idOf('logB')}#0`]] }],
            },
          ],
        ],
        [
          'implied',
          1,
          [
            {
              interval: 2,
              span: { from: hour(4), to: hour(4) },
              parts: [{ span: { from: hour(4), to: hour(4) }, alternatives: [[`${idOf('logA')}#1`]] }],
            },
          ],
        ],
      ]),
    );
  });

  test.each([
    ['in the very second of the pickup, before it', 0, 1],
    ['in the very second of the transfer, in leg A', 10, 2],
    ['in leg B', 11, 3],
    ['after the delivery', 21, null],
  ])('a shock %s', (_, h, interval) => {
    const shocked = sensor('logA', {
      by: CARRIER_A,
      h: -1,
      to: 30,
      payload: { max: 85_000, pulses: [damagingPulse(h)] },
    });
    const { states } = timelineOf([...ROUTE, TERMS, PACKING, OPENING, shocked]);
    const implied = states.flatMap(({ derivations }) => derivations.filter(({ how }) => how === 'implied'));
    expect([...new Set(implied.map(({ impliedIn }) => impliedIn))]).toEqual(
      interval === null ? [] : [interval],
    );
  });

  test('a shock while it may be in either hand lies in no one interval', () => {
    const vague = [
      joint('p', SELLER, CARRIER_A, 0),
      handover('t', { from: CARRIER_A, to: CARRIER_B, h: 9 }),
      handover('t2', { from: CARRIER_A, to: CARRIER_B, by: CARRIER_B, h: 10 }),
      jointDelivery('d', CARRIER_B, BUYER, 20),
    ];
    const at = (h: number): (number | null)[] => {
      const shocked = sensor('logA', {
        by: CARRIER_A,
        h: 0,
        to: 20,
        payload: { max: 85_000, pulses: [damagingPulse(h)] },
      });
      const { states } = timelineOf([...vague, TERMS, OPENING, shocked]);
      const last = states.at(-1)!.derivations.filter(({ how }) => how === 'implied');
      return last.map(({ impliedIn }) => impliedIn);
    };
    expect([at(9), at(9.5), at(10), at(10.5)]).toEqual([[1], [null], [null], [2]]);
  });

  test('without the fragility nothing is implied, and clean still means clean', () => {
    expect(
      told([...ROUTE, PACKING, OPENING, legA, legB]).filter((line) => line.startsWith('transfer')),
    ).toEqual(['transfer bad bad-back open#0 over 3']);
  });

  test('nor by a limit that is not opened', () => {
    const [terms, ...answers] = TERMS;
    const hidden = {
      ...terms!,
      payload: { ...terms!.payload, fragility: [HIDDEN, ...FRAGILITY] },
      malformed: true,
    };
    expect(
      told([...ROUTE, hidden, answers, OPENING, legA]).filter((line) => line.includes('implied')),
    ).toEqual([]);
  });

  test('a limit that not all its parties signed implies nothing', () => {
    const alone = TERMS.slice(0, 2);
    expect(
      told([...ROUTE, alone, PACKING, OPENING, legA]).filter((line) => line.includes('implied')),
    ).toEqual([]);
  });
});

describe('scenario 8: a side crack, frontal photo only', () => {
  const route = [joint('p', SELLER, CARRIER_A, 0), jointDelivery('d', CARRIER_A, BUYER, 20)];
  const frontal = media('front', {
    by: SELLER,
    purpose: 'packing',
    h: -0.5,
    upper: 1,
    payload: {
      continuity: 'still',
      coverage: ['front'],
      observations: [observation('fracture', 'good', 'front'), observation('fracture', 'good', 'left')],
    },
  });

  test('no good at the origin for the side; the crack in a one-shot opening tied to sign-off is bad at delivery', () => {
    expect(told([...route, frontal, OPENING])).toEqual(['delivery bad seen open#0']);
  });

  test('shown days later with no continuity it stands in the buyer’s own time and reaches no boundary', () => {
    const later = media('later', {
      by: BUYER,
      purpose: 'inspection',
      h: 90,
      payload: { continuity: 'still', observations: [observation('fracture', 'bad', 'left')] },
    });
    expect(told([...route, frontal, later])).toEqual([]);
    expect(timelineOf([...route, frontal, later]).placements).toEqual([
      {
        fact: `${idOf('later')}#0`,
        value: 'bad',
        by: 'own-time',
        boundary: null,
        first: 3,
        last: 3,
        span: { from: hour(90), to: hour(90.05) },
        neutralOf: [],
      },
    ]);
  });

  test('a claimed time before the delivery ties it to nothing', () => {
    const backdated = media('later', {
      by: BUYER,
      purpose: 'inspection',
      h: 15,
      payload: { observations: [observation('fracture', 'bad', 'left')] },
    });
    expect(told([...route, backdated])).toEqual([]);
  });

  test('nor does the maker’s claim of good while the carrier had it', () => {
    const outOfHands = statement('s', { by: SELLER, h: 5, payload: GOOD });
    const log = sensor('log', { by: CARRIER_A, h: -1, to: 20 });
    expect(told([...route, outOfHands, log])).toEqual([]);
    expect(timelineOf([...route, outOfHands, log]).placements).toEqual([
      expect.objectContaining({ by: 'own-time', first: 0, last: 1, span: { from: 0, to: hour(5) } }),
    ]);
  });
});

describe('who did not hold the goods at the time it states', () => {
  const back = [
    joint('p', SELLER, CARRIER_A, 0),
    jointDelivery('d', CARRIER_A, BUYER, 20),
    joint('rp', BUYER, CARRIER_B, 100),
    jointDelivery('rr', CARRIER_B, SELLER, 110),
  ];
  const saw = (h: number, condition: Readonly<Record<string, unknown>>, upper: number): RecordDraft =>
    inspection('saw', { by: SELLER, h, upper, payload: condition });
  const stands = (...records: RecordDraft[]): unknown => {
    const [placement] = timelineOf([...back, ...records]).placements;
    return [placement!.first, placement!.last, placement!.span];
  };

  test('bad may have been seen later, when it had them, but not after the record provably existed', () => {
    expect(stands(saw(50, BAD, 200))).toEqual([2, 4, { from: hour(50), to: hour(200) }]);
    expect(stands(saw(50, BAD, 105))).toEqual([2, 2, { from: hour(50), to: hour(50) }]);
  });
  test('in its own time it is believed', () => {
    expect(stands(saw(-5, BAD, 200))).toEqual([0, 0, { from: hour(-5), to: hour(-5) }]);
    expect(stands(saw(150, GOOD, 200))).toEqual([4, 4, { from: hour(150), to: hour(150) }]);
  });
  test('a reservation of who held them then confirms nothing', () => {
    const reserved = countersign('c', { by: BUYER, of: 'saw', h: 51, payload: { stance: 'reserve' } });
    expect(stands(saw(50, { ...BAD, requestedBy: BUYER }, 200), reserved)).toEqual([
      2,
      4,
      { from: hour(50), to: hour(200) },
    ]);
  });
  test('good may have been seen earlier', () => {
    expect(stands(saw(50, GOOD, 105))).toEqual([0, 2, { from: 0, to: hour(50) }]);
  });
  test('with the agreement of who held them then, it was then', () => {
    const agreed = countersign('c', { by: BUYER, of: 'saw', h: 51 });
    const asked = { requestedBy: BUYER };
    expect(stands(saw(50, { ...BAD, ...asked }, 200), agreed)).toEqual([
      2,
      2,
      { from: hour(50), to: hour(50) },
    ]);
    expect(stands(saw(50, { ...GOOD, ...asked }, 200), agreed)).toEqual([
      2,
      2,
      { from: hour(50), to: hour(50) },
    ]);
  });
  test('a seller’s own look in the buyer’s time counts as seen after the delivery', () => {
    const { placements, states } = timelineOf([...back.slice(0, 2), saw(50, BAD, 60)]);
    const delivered = states.find(({ boundary }) => boundary.name === 'delivery')!.boundary;
    expect(placements.map((placement) => isAtOrAfter(placement, delivered))).toEqual([true]);
    expect(told([...back.slice(0, 2), saw(50, BAD, 60)])).toEqual([]);
  });
});

describe('scenarios 3 and 3b: a latent fault in a durable thing at month five', () => {
  const fault: TimelineDamage = { id: 'd', unit: ITEM, aspect: 'function', region: 'whole', kind: 'latent' };
  const route = [jointDelivery('d', SELLER, BUYER, 0)];
  const found = inspection('found', {
    by: LAB,
    h: 3600,
    payload: { checks: [check('1', 'function', 'fail')] },
  });
  const accreditation = { body: 'CNAS', number: 'L1', scope: 'appliances', until: hour(9000) };

  test('3: a label argues nothing; the fault seen later never moves back', () => {
    const label = inspection('label', { by: SELLER, h: -50, payload: { verdict: 'qualified' } });
    expect(told([...route, label, found], fault)).toEqual([]);
    expect(timelineOf([...route, label, found], fault).placements.map(({ value }) => value)).toEqual(['bad']);
  });

  const tested = (aspect: string, notTested: unknown[] = []): RecordDraft =>
    inspection('test', {
      by: LAB,
      h: -50,
      payload: { verdict: 'pass', checks: [check('1', aspect, 'pass')], notTested },
      over: { accreditation },
    });

  test('3b: an accredited test of that function moves forward freely', () => {
    expect(told([...route, tested('function'), found], fault)).toEqual(['delivery good good-forward test#0']);
  });
  test('3b: a test that left the function out has no effect', () => {
    expect(told([...route, tested('surface', [{ aspect: 'function' }]), found], fault)).toEqual([]);
  });
});

describe('scenario 11: leg A fully clean, leg B silent for half of it', () => {
  const legA = sensor('logA', { by: CARRIER_A, h: 0, to: 10 });
  const legB = sensor('logB', { by: CARRIER_B, h: 10, to: 15 });
  test('good at pickup reaches the transfer; bad at delivery does not', () => {
    expect(told([...ROUTE, PACKING, OPENING, legA, legB])).toEqual([
      'packing good good-back pack#0',
      'packing good seen pack#0',
      'pickup good seen pack#0',
      'transfer good good-forward pack#0 over 2',
      'delivery bad seen open#0',
    ]);
  });
});

describe('where an observation stands', () => {
  const route = [joint('p', SELLER, CARRIER_A, 0), jointDelivery('d', CARRIER_A, BUYER, 20)];
  const at = (...records: RecordDraft[]): string[] =>
    timelineOf([...route, ...records]).placements.map(({ boundary, by }) => `${by} ${boundary ?? '-'}`);
  const opening = (
    words: { h?: number; to?: number; upper?: number; over?: Partial<VerifiedRecord> } = {},
    payload: Readonly<Record<string, unknown>> = {},
  ): RecordDraft =>
    media('open', {
      by: BUYER,
      purpose: 'unboxing',
      h: 21,
      upper: 22,
      ...words,
      payload: { ...BAD, ...of('d', 'delivery'), ...payload },
    });

  test('(a) in the passage record, or in an answer to it', () => {
    const inRecord = delivery('d', { from: CARRIER_A, to: BUYER, h: 20, payload: BAD });
    const clean = { remark: 'clean', inspectedScope: [{ aspect: 'fracture' }] };
    const inAnswer = countersign('c', { by: BUYER, of: 'd', h: 20, payload: clean });
    const given = timelineOf([joint('p', SELLER, CARRIER_A, 0), inRecord, inAnswer]);
    expect(given.placements.map(({ boundary, by, value }) => [value, by, boundary]).sort()).toEqual([
      ['bad', 'passage-record', 'b1'],
      ['good', 'passage-record', 'b1'],
    ]);
  });

  // The delivery record is proven to exist at hour 21; so the opening must be by hour 45, and stated by hour 44.
  test.each([
    ['tied', opening(), 'occasion b1'],
    ['stated at the last second', opening({ h: 43.9, to: 44, upper: 45 }), 'occasion b1'],
    ['stated a second later', opening({ h: 43.9, to: 44 + 1 / 3600, upper: 45 }), 'own-time -'],
    ['proven at the last second', opening({ upper: 45 }), 'occasion b1'],
    ['proven a second later', opening({ upper: 45 + 1 / 3600 }), 'own-time -'],
    ['cut', opening({}, { continuity: 'cut' }), 'own-time -'],
    ['no parcel in frame', opening({}, { identified: [{ what: 'serial' }] }), 'own-time -'],
    ['the waybill in frame', opening({}, { identified: [{ what: 'waybill' }] }), 'occasion b1'],
    ['no occasion', opening({}, { occasion: { boundary: 'delivery' } }), 'own-time -'],
    ['the occasion of another passage', opening({}, of('p', 'delivery')), 'own-time -'],
  ])('(b) %s', (_, record, expected) => {
    expect(at(record)).toEqual([expected]);
  });

  test('(b) the evidence pack says how near', () => {
    const near = (hours: number): (string | null)[] =>
      timelineOf([...route, opening({ h: 23, to: 23.1, upper: 24 })], CRACK, hours).placements.map(
        ({ boundary }) => boundary,
      );
    expect([near(3), near(4)]).toEqual([[null], ['b1']]);
  });

  const unidentified = opening({}, { identified: [] });
  test('(b) an unidentified parcel needs a neutral record of the occasion, and says which', () => {
    const witness = media('w', { by: LAB, purpose: 'inspection', h: 21, payload: of('d', 'delivery') });
    const given = timelineOf([...route, unidentified, witness]);
    expect(given.placements.map(({ boundary, neutralOf }) => [boundary, neutralOf])).toEqual([
      ['b1', [idOf('w')]],
    ]);
    expect(given.states[1]!.derivations.map(({ how, neutralOf }) => [how, neutralOf])).toEqual([
      ['seen', [idOf('w')]],
    ]);
  });
  test.each([
    [
      'its own second record',
      media('w', { by: BUYER, purpose: 'handover', h: 21, payload: of('d', 'delivery') }),
    ],
    [
      'a record of another occasion',
      media('w', { by: LAB, purpose: 'handover', h: 21, payload: of('p', 'delivery') }),
    ],
    [
      'a record that only counts against its signer',
      media('w', {
        by: LAB,
        purpose: 'handover',
        h: 21,
        payload: of('d', 'delivery'),
        over: { standing: 'adverse-only' },
      }),
    ],
  ])('(b) not %s', (_, witness) => {
    expect(timelineOf([...route, unidentified, witness]).states[1]!.derivations).toEqual([]);
  });
  test('(b) the passage record itself only with an exception', () => {
    const withRemark = (remark: string): unknown =>
      timelineOf([
        joint('p', SELLER, CARRIER_A, 0),
        delivery('d', { from: CARRIER_A, to: BUYER, h: 20, upper: 21, payload: { remark } }),
        unidentified,
      ]).placements.map(({ neutralOf }) => neutralOf);
    expect(withRemark('clean')).toEqual([[]]);
    expect(withRemark('exception')).toEqual([[idOf('d')]]);
  });

  test('(b) not its own second record, trusted though it be', () => {
    const back = [joint('rp', BUYER, CARRIER_A, 40), joint('rr', CARRIER_A, SELLER, 50)];
    const intake = (name: string): RecordDraft =>
      media(name, {
        by: SELLER,
        purpose: 'intake',
        h: 51,
        payload: { ...BAD, ...of('rr', 'return-receipt'), identified: [] },
      });
    const given = timelineOf([...route, ...back, intake('one'), intake('two')]);
    expect(given.placements.map(({ by }) => by)).toEqual(['own-time', 'own-time']);
    const third = media('three', {
      by: LAB,
      purpose: 'handover',
      h: 51,
      payload: of('rr', 'return-receipt'),
    });
    expect(timelineOf([...route, ...back, intake('one'), third]).placements.map(({ by }) => by)).toEqual([
      'occasion',
    ]);
  });

  const survey = (by: string, h: number, more: Readonly<Record<string, unknown>> = {}): RecordDraft =>
    inspection('survey', { by, h, payload: { ...BAD, ...of('d', 'delivery'), ...more } });
  const agrees = (name: string, by: string, scope: unknown[], stance = 'agree'): RecordDraft =>
    countersign(name, { by, of: 'survey', h: 300, payload: { inspectedScope: scope, stance } });
  const whole = [{ aspect: 'fracture' }];

  test.each([
    ['the carrier agrees', [agrees('c', CARRIER_A, whole)], 'joint-survey b1'],
    [
      'of the same side',
      [agrees('c', CARRIER_A, [{ aspect: 'fracture', region: 'left' }])],
      'joint-survey b1',
    ],
    ['of another side', [agrees('c', CARRIER_A, [{ aspect: 'fracture', region: 'right' }])], 'own-time -'],
    ['without a scope', [agrees('c', CARRIER_A, [])], 'own-time -'],
    ['of another aspect', [agrees('c', CARRIER_A, [{ aspect: 'wear' }])], 'own-time -'],
    ['with a reservation', [agrees('c', CARRIER_A, whole, 'reserve')], 'own-time -'],
    ['nobody', [], 'own-time -'],
  ])('(c) a surveyor that the buyer called, weeks later: %s', (_, answers, expected) => {
    const parties = { requestedBy: BUYER, partiesPresent: [CARRIER_A] };
    expect(at(survey(LAB, 300, parties), ...answers)).toEqual([expected]);
  });
  test('(c) a surveyor whom neither side called', () => {
    const parties = { partiesPresent: [CARRIER_A] };
    expect(at(survey(LAB, 300, parties), agrees('c', CARRIER_A, whole))).toEqual(['own-time -']);
  });

  test('otherwise inside the interval of its holder', () => {
    const given = timelineOf([...route, statement('s', { by: CARRIER_A, h: 7, payload: BAD })]);
    expect(given.placements).toEqual([
      expect.objectContaining({ by: 'own-time', first: 1, last: 1, span: { from: hour(7), to: hour(7) } }),
    ]);
    expect(given.states.map(({ derivations }) => derivations.map(({ how }) => how))).toEqual([
      [],
      ['bad-forward'],
    ]);
  });

  test('one who never held it stands at its own time, on both sides of a boundary if it must', () => {
    const given = timelineOf([...route, statement('s', { by: LAB, h: 20, payload: BAD })]);
    expect(given.placements).toEqual([expect.objectContaining({ first: 1, last: 2 })]);
    // It may be just after the delivery, and going back to it takes excluded time.
    expect(given.states.map(({ derivations }) => derivations.length)).toEqual([0, 0]);
    const log = sensor('log', { by: CARRIER_A, h: 19, to: 21 });
    const shown = timelineOf([...route, statement('s', { by: LAB, h: 20, payload: BAD }), log]);
    expect(shown.states.map(({ derivations }) => derivations.map(({ how }) => how))).toEqual([
      [],
      ['bad-back'],
    ]);
  });
});

describe('how a state moves', () => {
  const clean = sensor('log', { by: CARRIER_A, h: -10, to: 40 });
  const surveyAtTransfer = (payload: Readonly<Record<string, unknown>>): RecordDraft =>
    handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10, payload });
  const route = (payload: Readonly<Record<string, unknown>>): Records => [
    joint('p', SELLER, CARRIER_A, 0),
    surveyAtTransfer(payload),
    jointDelivery('d', CARRIER_B, BUYER, 20),
  ];

  test('good: back always, forward over excluded time only', () => {
    expect(told(route(GOOD))).toEqual(['pickup good good-back t#0', 'transfer good seen t#0']);
    expect(told([...route(GOOD), clean])).toEqual([
      'pickup good good-back t#0',
      'transfer good seen t#0',
      'delivery good good-forward t#0 over 2',
    ]);
  });
  test('bad: forward always, back over excluded time only', () => {
    expect(told(route(BAD))).toEqual(['transfer bad seen t#0', 'delivery bad bad-forward t#0']);
    expect(told([...route(BAD), clean])).toEqual([
      'pickup bad bad-back t#0 over 1',
      'transfer bad seen t#0',
      'delivery bad bad-forward t#0',
    ]);
  });
  test('good twelve days before take-over is not good at take-over', () => {
    const early = media('pack', { by: SELLER, purpose: 'packing', h: -288, payload: GOOD });
    const lines = [
      'packing good seen pack#0',
      'pickup good good-forward pack#0 over 1',
      'transfer good good-forward pack#0 over 1,2',
      'delivery good good-forward pack#0 over 1,2,3',
    ];
    expect(told([...route({}), early, clean])).toEqual(lines.slice(0, 1));
    const watched = sensor('log', { by: SELLER, h: -288, to: 40 });
    expect(told([...route({}), early, watched])).toEqual(lines);
  });
  test('over nothing at all something must still be shown', () => {
    const pack = media('pack', { by: SELLER, purpose: 'packing', h: 0, to: 0, payload: GOOD });
    expect(told([...route({}), pack])).toEqual(['packing good seen pack#0']);
    const instant = sensor('log', { by: SELLER, h: 0, to: 0 });
    expect(told([...route({}), pack, instant])).toContain('pickup good good-forward pack#0 over 1');
  });
  test.each(['unknown', 'something-new', 'constructor', '__proto__'])(
    'the kind %s: nothing is excluded',
    (kind) => {
      expect(told([...route(GOOD), clean], { ...CRACK, kind })).toEqual([
        'pickup good good-back t#0',
        'transfer good seen t#0',
      ]);
    },
  );
  test('latent: good forward freely, bad never back', () => {
    const latent = { ...CRACK, kind: 'latent' };
    expect(told(route(GOOD), latent)).toEqual([
      'pickup good good-back t#0',
      'transfer good seen t#0',
      'delivery good good-forward t#0',
    ]);
    expect(told([...route(BAD), clean], latent)).toEqual([
      'transfer bad seen t#0',
      'delivery bad bad-forward t#0',
    ]);
  });
});

describe('what excludes which kind of damage', () => {
  const route = [joint('p', SELLER, CARRIER_A, 0), jointDelivery('d', CARRIER_A, BUYER, 20)];
  const pickup = media('pack', {
    by: SELLER,
    purpose: 'packing',
    h: -0.5,
    upper: 1,
    payload: {
      observations: [observation('soiling', 'good'), observation('quantity', 'good')],
      ...of('p', 'pickup'),
    },
  });
  const damage = (kind: string, aspect = 'soiling'): TimelineDamage => ({
    ...CRACK,
    kind,
    aspect,
    region: 'whole',
  });
  const reaches = (records: Records, of: TimelineDamage): boolean =>
    told([...route, pickup, ...records], of).some((line) => line.startsWith('delivery good'));
  const sealed = (...more: RecordDraft[]): Records => [
    seal('on', { by: SELLER, h: -0.4, sealId: 'S1', action: 'applied', state: 'intact' }),
    seal('off', { by: BUYER, h: 21, sealId: 'S1', action: 'read', state: 'intact' }),
    ...more,
  ];

  test.each([
    ['use', true],
    ['substitution', true],
    ['soiling', true],
    ['shock', false],
    ['heat', false],
    ['wet', false],
    ['unknown', false],
  ])('an unbroken seal and %s', (kind, expected) => {
    expect(reaches(sealed(), damage(kind))).toBe(expected);
  });
  test('an unbroken seal and loss', () => {
    expect(reaches(sealed(), damage('loss', 'quantity'))).toBe(true);
  });

  test.each([
    ['another seal', { sealId: 'S2' }],
    ['read before the end', { h: 19 }],
    ['only looked at', { state: 'not-checked' }],
    ['gone', { state: 'absent' }],
    ['broken', { state: 'broken' }],
    ['put on again', { action: 'applied' }],
  ])('not a seal %s', (_, words) => {
    const read = { by: BUYER, h: 21, sealId: 'S1', action: 'read', state: 'intact', ...words };
    const records = [
      seal('on', { by: SELLER, h: -0.4, sealId: 'S1', action: 'applied', state: 'intact' }),
      seal('off', read),
    ];
    expect(reaches(records, damage('soiling'))).toBe(false);
  });
  test('not a seal put on after the take-over', () => {
    const records = sealed().slice(1) as RecordDraft[];
    const late = seal('on', { by: CARRIER_A, h: 1, sealId: 'S1', action: 'applied', state: 'intact' });
    expect(reaches([late, ...records], damage('soiling'))).toBe(false);
  });
  test('a break told by the same signer takes the seal away; told by another it speaks against', () => {
    const broken = (by: string): RecordDraft =>
      seal('broken', { by, h: 9, sealId: 'S1', action: 'broken', state: 'broken' });
    expect(reaches(sealed(broken(BUYER)), damage('soiling'))).toBe(false);
    expect(told([...route, pickup, ...sealed(broken(CARRIER_A))], damage('soiling'))).toContain(
      'delivery good good-forward pack#0 over 2 against broken#0',
    );
  });
  test('a broken seal implies soiling where bad is seen later, in the interval in which it broke', () => {
    const broken = seal('broken', { by: CARRIER_A, h: 9, sealId: 'S1', action: 'broken', state: 'broken' });
    const dirty = media('open', {
      by: BUYER,
      purpose: 'unboxing',
      h: 21,
      upper: 22,
      payload: { observations: [observation('soiling', 'bad')], ...of('d', 'delivery') },
    });
    expect(told([...route, ...sealed(broken), dirty], damage('soiling'))).toEqual([
      'pickup bad bad-back open#0 over 1 against broken#0',
      'delivery bad implied open#0 in 1',
      'delivery bad seen open#0',
    ]);
    expect(told([...route, ...sealed(broken), dirty], damage('loss', 'soiling'))).toEqual([
      'pickup bad bad-back open#0 over 1 against broken#0',
      'delivery bad seen open#0',
    ]);
  });
  test('found broken: somewhere since it was last seen intact', () => {
    const found = (lastSeen: number, state = 'broken'): string[] =>
      told(
        [
          joint('p', SELLER, CARRIER_A, 0),
          joint('t', CARRIER_A, CARRIER_B, 10),
          delivery('d', {
            from: CARRIER_B,
            to: BUYER,
            h: 20,
            payload: { observations: [observation('soiling', 'bad')] },
          }),
          seal('on', { by: SELLER, h: lastSeen, sealId: 'S1', action: 'read', state: 'intact' }),
          seal('off', { by: BUYER, h: 20, sealId: 'S1', action: 'read', state }),
        ],
        damage('soiling'),
      ).filter((line) => line.includes('implied'));
    expect(found(11)).toEqual(['delivery bad implied d#0 in 2']);
    expect(found(11, 'absent')).toEqual(['delivery bad implied d#0 in 2']);
    expect(found(11, 'not-checked')).toEqual([]);
    expect(found(9)).toEqual(['delivery bad implied d#0 in ?']);
  });

  test('a count jointly signed at both ends excludes loss', () => {
    const counted = { remark: 'clean', inspectedScope: [{ aspect: 'quantity' }] };
    const both = (name: string, from: string, to: string, h: number, scope: unknown[]): RecordDraft[] => [
      handover(name, { from, to, h, payload: counted }),
      countersign(`${name} answer`, { by: to, of: name, h, payload: { inspectedScope: scope } }),
    ];
    const covered = [{ aspect: 'quantity' }];
    const short: RecordDraft = delivery('d', {
      from: CARRIER_B,
      to: BUYER,
      h: 20,
      payload: { observations: [observation('quantity', 'bad')] },
    });
    const lines = (scope: unknown[]): string[] =>
      told(
        [...both('p', SELLER, CARRIER_A, 0, covered), ...both('t', CARRIER_A, CARRIER_B, 10, scope), short],
        damage('loss', 'quantity'),
      ).filter((line) => line.includes('over'));
    expect(lines(covered)).toEqual(['transfer good good-forward p#0 over 1']);
    expect(lines([])).toEqual([]);
  });

  test('heat: temperature at the unit within the declared limits', () => {
    const limits = jointAgreement('g', {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: -20,
      payload: { temperatureLimits: [{ maxMilliC: 8_000 }] },
    });
    const log = (max: number, location = 'unit'): RecordDraft =>
      sensor('log', {
        by: CARRIER_A,
        h: -1,
        to: 21,
        payload: { quantity: 'temperature', unit: 'milliC', min: 2_000, max, location },
      });
    expect(reaches([limits, log(8_000)], damage('heat'))).toBe(true);
    expect(reaches([limits, log(8_001)], damage('heat'))).toBe(false);
    expect(reaches([limits, log(8_000, 'container-front')], damage('heat'))).toBe(false);
    expect(reaches([limits, log(8_000)], damage('shock'))).toBe(false);
    // Nothing was said about cold, and the device lists nothing.
    expect(reaches([limits, log(8_000)], damage('cold'))).toBe(true);
  });
});

describe('recordings that disagree', () => {
  const clean = (name: string, by: string): RecordDraft => sensor(name, { by, h: 10, to: 20 });
  const shocked = (by: string): RecordDraft =>
    sensor('hit', {
      by,
      h: 10,
      to: 20,
      payload: { device: { id: 'second' }, max: 85_000, pulses: [damagingPulse(15)] },
    });
  const backs = (...records: RecordDraft[]): string[] =>
    told([...ROUTE, TERMS, OPENING, ...records]).filter((line) => line.includes('bad-back'));

  test('a second device of the same signer takes the first one’s word away', () => {
    expect(backs(clean('logB', CARRIER_B), shocked(CARRIER_B))).toEqual([]);
  });
  test('one of another signer speaks against it', () => {
    expect(backs(clean('logB', CARRIER_B), shocked(CARRIER_A))).toEqual([
      'transfer bad bad-back open#0 over 2 against hit#1',
      'transfer bad bad-back open#0 over 2 by g#0 against hit#1',
    ]);
  });
  test('and a clean one against what it implies', () => {
    const lines = told([...ROUTE, TERMS, OPENING, clean('logB', CARRIER_B), shocked(CARRIER_A)]);
    expect(lines.filter((line) => line.includes('implied'))).toEqual([
      'delivery bad implied open#0 in 2 by g#0 against logB#0',
    ]);
  });
  test('several that cover are alternatives', () => {
    const over = timelineOf([...ROUTE, OPENING, clean('one', CARRIER_A), clean('two', CARRIER_B)]).states[1]!
      .derivations[0]!.over;
    expect(over[0]!.parts).toEqual([
      {
        span: { from: hour(10), to: hour(20) },
        alternatives: [[`${idOf('one')}#0`], [`${idOf('two')}#0`]].sort(),
      },
    ]);
  });
});

describe('a repair or a change of identity', () => {
  const clean = sensor('log', { by: CARRIER_A, h: -10, to: 40 });
  const repair = (h: number, aspects: string[]): RecordDraft => ({
    name: 'fix',
    type: 'repair',
    by: LAB,
    payload: {
      occurredAt: { utcS: hour(h), offsetMin: 0 },
      fault: 'f',
      work: 'w',
      partsRemoved: [],
      partsInstalled: [],
      provider: { name: 'p', authorisation: 'a' },
      checksBefore: aspects.map((aspect) => check(aspect, aspect, 'fail')),
      checksAfter: [],
    },
  });
  const against = (...records: RecordDraft[]): string[] =>
    told([...ROUTE, OPENING, clean, ...records]).filter((line) => line.includes('against'));

  test('between the two speaks against every move across it', () => {
    expect(against(repair(15, []))).toEqual([
      'pickup bad bad-back open#0 over 1,2 against fix#0',
      'transfer bad bad-back open#0 over 2 against fix#0',
    ]);
    expect(against(repair(5, []))).toEqual(['pickup bad bad-back open#0 over 1,2 against fix#0']);
    expect(against(repair(30, []))).toEqual([]);
  });
  test('what is seen at its own boundary is seen, whatever happened in that second', () => {
    const seen = told([...ROUTE, OPENING, repair(20, [])]);
    expect(seen).toEqual(['delivery bad seen open#0']);
  });
  test('that it is the same thing stops nothing', () => {
    const same = statement('same', {
      by: CARRIER_B,
      h: 15,
      payload: { observations: [observation('identity', 'good')] },
    });
    const parts = statement('part', {
      by: CARRIER_B,
      h: 15,
      payload: { observations: [observation('identity', 'bad', 'whole', { unit: 'another' })] },
    });
    expect(against(same, parts)).toEqual([]);
  });
  test('a repair of something else does not', () => {
    expect(against(repair(15, ['wear']))).toEqual([]);
    expect(against(repair(15, ['wear', 'fracture']))).toHaveLength(2);
  });
  test('that it is another thing speaks against all but its own aspect', () => {
    const swapped = statement('swap', {
      by: CARRIER_B,
      h: 15,
      payload: { observations: [observation('identity', 'bad')] },
    });
    expect(against(swapped)).toEqual([
      'pickup bad bad-back open#0 over 1,2 against swap#0',
      'transfer bad bad-back open#0 over 2 against swap#0',
    ]);
    const identity = { ...CRACK, aspect: 'identity', kind: 'substitution' };
    expect(told([...ROUTE, swapped], identity)).toEqual(['delivery bad bad-forward swap#0']);
  });
});

describe('does a fact speak of the damage', () => {
  const fact = (region: string, value: 'good' | 'bad', more: Partial<ConditionFact> = {}): ConditionFact =>
    ({ unit: ITEM, aspect: 'fracture', region, value, ...more }) as ConditionFact;
  test.each([
    ['the same region', 'left', fact('left', 'good'), true],
    ['the whole', 'left', fact('whole', 'good'), true],
    ['another region', 'left', fact('right', 'bad'), false],
    ['bad of one region, damage of the whole', 'whole', fact('right', 'bad'), true],
    ['good of one region, damage of the whole', 'whole', fact('right', 'good'), false],
    ['another aspect', 'left', fact('left', 'bad', { aspect: 'wear' }), false],
    ['another unit', 'left', fact('left', 'bad', { unit: 'x' }), false],
  ])('%s', (_, region, given, expected) => {
    expect(fits(given, { ...CRACK, region })).toBe(expected);
  });
});

describe('more than can be weighed is left to a person', () => {
  test('too many observations over too many passages', () => {
    const passages = Array.from({ length: 200 }, (_, i) =>
      handover(`h${i}`, {
        from: i % 2 === 0 ? CARRIER_A : CARRIER_B,
        to: i % 2 === 0 ? CARRIER_B : CARRIER_A,
        h: i * 7,
      }),
    );
    const observations = Array.from({ length: 300 }, () => observation('fracture', 'bad', 'left'));
    const crowd = statement('crowd', { by: BUYER, h: 1500, payload: { observations } });
    expect(timelineOf([...passages, crowd])).toEqual({
      damage: CRACK,
      complete: false,
      states: [],
      placements: [],
    });
  });
});
