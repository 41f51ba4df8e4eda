import { describe, expect, test } from 'vitest';
import { isAtOrAfter } from '../../src/facts/placement.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  delivery,
  hour,
  idOf,
  inspection,
  LAB,
  media,
  type RecordDraft,
  SELLER,
  sensor,
  statement,
} from './case-builder.js';
import { BAD, CRACK, GOOD, joint, jointDelivery, of, timelineOf, told } from './told-states.js';

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
