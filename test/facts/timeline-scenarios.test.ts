import { describe, expect, test } from 'vitest';
import type { TimelineDamage } from '../../src/facts/state-timeline.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  damagingPulse,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idOf,
  inspection,
  LAB,
  media,
  observation,
  type RecordDraft,
  SELLER,
  sensor,
  statement,
} from './case-builder.js';
import {
  GOOD,
  joint,
  jointDelivery,
  OPENING,
  PACKING,
  ROUTE,
  TERMS,
  timelineOf,
  told,
} from './told-states.js';

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
