import { describe, expect, test } from 'vitest';
import type { ConditionFact } from '../../src/facts/fact.js';
import { fits } from '../../src/facts/state-timeline.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  check,
  handover,
  hour,
  ITEM,
  LAB,
  media,
  observation,
  type RecordDraft,
  SELLER,
  sensor,
  statement,
} from './case-builder.js';
import {
  BAD,
  CRACK,
  GOOD,
  joint,
  jointDelivery,
  OPENING,
  type Records,
  ROUTE,
  timelineOf,
  told,
} from './told-states.js';

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
