import { describe, expect, test } from 'vitest';
import { strictest } from '../../src/facts/climate.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { type Derivation, stateTimeline, type TimelineDamage } from '../../src/facts/state-timeline.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  damagingPulse,
  delivery,
  FRAGILITY,
  handover,
  hour,
  ITEM,
  idOf,
  jointAgreement,
  LAB,
  media,
  observation,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  seal,
  sensor,
} from './case-builder.js';

type Records = readonly (RecordDraft | readonly RecordDraft[])[];
const CRACK: TimelineDamage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'left', kind: 'shock' };

function derivations(
  records: Records,
  damage: TimelineDamage = CRACK,
): readonly (Derivation & { at: string })[] {
  const facts = deriveFacts(passport(records.flat()), SCOPE);
  const { states } = stateTimeline(facts, custodyOf(facts, ITEM), damage, { occasionWithinH: 24 });
  return states.flatMap(({ boundary, derivations: all }) =>
    all.map((one) => ({ ...one, at: boundary.name })),
  );
}

const bad = { observations: [observation('fracture', 'bad', 'left')] };
const ROUTE = [
  handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
  handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10 }),
  delivery('d', { from: CARRIER_B, to: BUYER, h: 20, payload: bad }),
];
const TERMS = jointAgreement('g', {
  by: SELLER,
  parties: [SELLER, CARRIER_A],
  h: -20,
  payload: { fragility: FRAGILITY },
});
const log = (
  name: string,
  options: Partial<RecordDraft> = {},
  payload: object = {},
  by = CARRIER_B,
): RecordDraft => ({
  ...sensor(name, { by, h: 10, to: 20, payload: { device: { id: name }, ...payload } }),
  ...options,
});

describe('of many recordings of one signer only the best are offered', () => {
  const offered = (...logs: RecordDraft[]): unknown =>
    derivations([...ROUTE, ...logs])
      .filter(({ how }) => how === 'bad-back')
      .map(({ over }) => over[0]!.parts[0]!.alternatives);
  const factsOf = (...names: string[]): string[][] => names.map((name) => [`${idOf(name)}#0`]).sort();

  test('four, the earliest proven', () => {
    const logs = [5, 3, 1, 4, 2].map((n) => log(`log${n}`, { upper: 20 + n }));
    expect(offered(...logs)).toEqual([factsOf('log1', 'log2', 'log3', 'log4')]);
  });
  test('those of full standing before those that only count against their signer', () => {
    const adverse = [1, 2, 3, 4].map((n) =>
      log(`adverse${n}`, { upper: 20, over: { standing: 'adverse-only' } }),
    );
    expect(offered(...adverse, log('good', { upper: 40 }))).toEqual([
      expect.arrayContaining(factsOf('good')),
    ]);
  });
  test('those with a trusted path before those without, of the same party', () => {
    const own = { binding: 'self', state: 'valid' } as const;
    const named = SCOPE.parties;
    expect(named).toContain(CARRIER_B);
    const untrusted = [1, 2, 3, 4].map((n) => log(`self${n}`, { upper: 20, over: own }));
    expect(offered(...untrusted, log('path', { upper: 40 }))).toEqual([
      expect.arrayContaining(factsOf('path')),
    ]);
  });
  test('of every signer', () => {
    const many = [CARRIER_A, CARRIER_B].flatMap((by) =>
      [1, 2, 3, 4, 5].map((n) => log(`${by}${n}`, { upper: 20 + n }, {}, by)),
    );
    expect(offered(...many)).toEqual([
      factsOf(...[CARRIER_A, CARRIER_B].flatMap((by) => [1, 2, 3, 4].map((n) => `${by}${n}`))),
    ]);
  });
});

describe('what does not count as a recording of the unit', () => {
  const shocked = { max: 85_000, pulses: [damagingPulse(15)] };
  test('a blow to the pallet neither excludes, nor spoils, nor implies', () => {
    const found = derivations([
      ...ROUTE,
      TERMS,
      log('clean'),
      log('pallet', {}, { ...shocked, mount: 'pallet' }),
    ]);
    expect(found.map(({ against, at, how }) => [at, how, against])).toEqual([
      ['transfer', 'bad-back', []],
      ['transfer', 'bad-back', []],
      ['delivery', 'seen', []],
    ]);
  });
  test('a device that would not have seen the blow does not speak against it', () => {
    const deaf = { recording: { mode: 'triggered', thresholdMilliG: 100_000 } };
    const against = (payload: object): unknown =>
      derivations([...ROUTE, TERMS, log('hit', {}, shocked), log('other', {}, payload, CARRIER_A)])
        .filter(({ how }) => how === 'implied')
        .map((one) => one.against);
    expect(against({})).toEqual([[`${idOf('other')}#0`]]);
    expect(against(deaf)).toEqual([[]]);
    expect(against({ calibrationDueAt: { utcS: hour(14), offsetMin: 0 } })).toEqual([[]]);
  });
  test('of one recording the hardest blow stands for all', () => {
    const pulses = [
      pulse(12, 70_000, 6_000, 2_600_000),
      pulse(15, 99_000, 6_000, 3_700_000),
      damagingPulse(18),
    ];
    const [implied] = derivations([...ROUTE, TERMS, log('hit', {}, { max: 99_000, pulses })]).filter(
      ({ how }) => how === 'implied',
    );
    expect(implied!.over[0]!.parts).toEqual([
      { span: { from: hour(12), to: hour(18) }, alternatives: [[`${idOf('hit')}#2`]] },
    ]);
  });
  test('a peak beyond the agreed fragility that no list accounts for is clean for nobody', () => {
    const backs = (max: number, terms: Records): number =>
      derivations([...ROUTE, ...terms, log('clean', {}, { max })]).filter(({ how }) => how === 'bad-back')
        .length;
    expect([backs(60_000, [TERMS]), backs(60_001, [TERMS]), backs(60_001, [])]).toEqual([2, 0, 1]);
  });
});

describe('a seal put on in a recording that spans a passage', () => {
  test('was on at the beginning of the recording’s own interval only', () => {
    const route = [
      handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
      handover('t', { from: CARRIER_A, to: CARRIER_B, h: 20 }),
      delivery('d', { from: CARRIER_B, to: BUYER, h: 40 }),
    ];
    const look = media('look', {
      by: LAB,
      purpose: 'packing',
      h: 19,
      to: 21,
      payload: { sealId: 'S1', observations: [observation('soiling', 'good')] },
    });
    const read = seal('read', { by: BUYER, h: 41, sealId: 'S1', action: 'read', state: 'intact' });
    const damage = { ...CRACK, aspect: 'soiling', kind: 'soiling', region: 'whole' };
    expect(derivations([...route, look, read], damage).map(({ at, how }) => `${at} ${how}`)).toEqual([
      'pickup good-back',
      'transfer good-forward',
    ]);
  });
});

describe('counts jointly signed at both ends', () => {
  const damage = { ...CRACK, aspect: 'quantity', kind: 'loss', region: 'whole' };
  const counted = (
    name: string,
    from: string,
    to: string,
    h: number,
    count: number,
    of: number,
  ): RecordDraft[] => [
    handover(name, {
      from,
      to,
      h,
      payload: {
        observations: [
          observation('quantity', count === of ? 'good' : 'bad', 'whole', { extent: { count, of } }),
        ],
      },
    }),
    countersign(`${name} answer`, {
      by: to,
      of: name,
      h,
      payload: { inspectedScope: [{ aspect: 'quantity' }] },
    }),
  ];
  const back = (first: readonly [number, number], second: readonly [number, number]): number =>
    derivations(
      [
        counted('p', SELLER, CARRIER_A, 0, ...first),
        counted('t', CARRIER_A, CARRIER_B, 10, ...second),
        delivery('d', { from: CARRIER_B, to: BUYER, h: 20 }),
      ],
      damage,
    ).filter(({ how }) => how === 'bad-back').length;

  test('the same shortage at both ends: nothing was lost between', () => {
    expect(back([8, 10], [8, 10])).toBe(1);
  });
  test('another count, or of another number, is another', () => {
    expect([back([8, 10], [7, 10]), back([8, 10], [8, 9])]).toEqual([0, 0]);
  });
  test('several counts at one end are all compared', () => {
    const two = [observation('quantity', 'bad', 'whole', { extent: { count: 1, of: 2 } })];
    const records = [
      handover('p', {
        from: SELLER,
        to: CARRIER_A,
        h: 0,
        payload: {
          observations: [...two, observation('quantity', 'bad', 'whole', { extent: { count: 8, of: 10 } })],
        },
      }),
      countersign('p answer', {
        by: CARRIER_A,
        of: 'p',
        h: 0,
        payload: { inspectedScope: [{ aspect: 'quantity' }] },
      }),
      ...counted('t', CARRIER_A, CARRIER_B, 10, 8, 10),
    ];
    const [found] = derivations(records, damage).filter(({ how }) => how === 'bad-back');
    expect(found!.over[0]!.parts[0]!.alternatives).toEqual([[`${idOf('p')}#1`, `${idOf('t')}#0`].sort()]);
  });
});

test('of several climate limits the strictest holds', () => {
  const limits = [
    { minMilliC: 2_000, maxMilliC: 8_000, maxRhPermille: null },
    { minMilliC: 4_000, maxMilliC: 6_000, maxRhPermille: 700 },
    { minMilliC: null, maxMilliC: null, maxRhPermille: null },
  ];
  expect((['heat', 'cold', 'wet'] as const).map((harm) => strictest(limits, harm))).toEqual([
    6_000, 4_000, 700,
  ]);
  expect(strictest([limits[2]!], 'heat')).toBeNull();
});
