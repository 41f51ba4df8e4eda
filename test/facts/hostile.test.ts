import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/facts/coverage.js';
import { custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { stateTimeline } from '../../src/facts/state-timeline.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import {
  at,
  BEGIN,
  BUYER,
  CARRIER_A,
  delivery,
  handover,
  hour,
  ITEM,
  media,
  observation,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  statement,
} from './case-builder.js';

const MAX_TIME = 253_402_300_799;
const TYPES = [
  'commission',
  'inspection',
  'media',
  'sensor-batch',
  'seal',
  'handover',
  'countersign',
  'delivery',
  'notice',
  'statement',
  'return',
  'payment',
  'authentication',
  'usage',
  'repair',
  'incident',
  'aggregation',
  'agreement',
  'disclosure',
  '__proto__',
  'constructor',
  'toString',
] as const;

const KEYS = [
  'occurredAt',
  'from',
  'to',
  'checkedAt',
  'raisedAt',
  'agreedAt',
  'at',
  'observations',
  'checks',
  'inspectedScope',
  'remark',
  'occasion',
  'of',
  'stance',
  'parties',
  'undertakings',
  'mandate',
  'fragility',
  'handlingEnvelope',
  'temperatureLimits',
  'capacityOf',
  'purpose',
  'continuity',
  'coverage',
  'identified',
  'sealId',
  'sealState',
  'action',
  'state',
  'children',
  'device',
  'quantity',
  'recording',
  'gaps',
  'pulses',
  'exceedances',
  'excursions',
  'clockOffsetMs',
  'max',
  'min',
  'mount',
  'location',
  'calibratedAt',
  'aspect',
  'region',
  'unit',
  'condition',
  'against',
  'code',
  'cause',
  'verdict',
  'scope',
  'notTested',
  'features',
  'identityMatch',
  'stage',
  'actsFor',
  '__proto__',
  'constructor',
  'toString',
] as const;

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    HIDDEN,
    null,
    true,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2 ** 60,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    2n ** 64n,
    new Uint8Array(32),
    new Uint8Array(0),
    new Map([['a', 1]]),
    '',
    'good',
    'bad',
    'clean',
    'agree',
    'one-shot',
    'packing',
    'unboxing',
    'pack',
    'picked-up',
    'received',
    'acceleration',
    'triggered',
    'whole',
    '__proto__',
    ITEM,
    SELLER,
    CARRIER_A,
    BUYER,
  ),
  fc.integer(),
  fc.record({
    utcS: fc.oneof(fc.integer(), fc.constantFrom(0, BEGIN, MAX_TIME, 2 ** 53 - 1, 1n)),
    offsetMin: fc.integer(),
  }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc
    .array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 5 })
    .map((entries) => Object.assign(Object.create(null), Object.fromEntries(entries))),
}));
const payload = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), value), { maxLength: 16 })
  .map((entries) => Object.fromEntries(entries) as Readonly<Record<string, unknown>>);

const ROUTE = [
  handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
  delivery('d', { from: CARRIER_A, to: BUYER, h: 20 }),
];

function all(records: readonly RecordDraft[]): void {
  const facts = deriveFacts(passport(records), SCOPE);
  const custody = custodyOf(facts, ITEM);
  for (const kind of ['shock', 'heat', 'soiling', 'loss']) {
    const damage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'left', kind };
    stateTimeline(facts, custody, damage, { occasionWithinH: 24 });
  }
  coverageOf(facts, { sub: ITEM, quantity: 'acceleration', span: { from: hour(0), to: hour(20) } });
}

describe('payloads of any shape', () => {
  test('say less, never throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...TYPES), fc.constantFrom(SELLER, CARRIER_A, BUYER), payload), {
          maxLength: 5,
        }),
        (made) => {
          const records = made.map(
            ([type, by, fields], index): RecordDraft => ({
              name: `x${index}`,
              type,
              by,
              payload: fields,
              malformed: true,
            }),
          );
          all([...ROUTE, ...records]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('a map with the key __proto__ is an ordinary map', () => {
    const evil = JSON.parse('{"__proto__": {"condition": "bad", "aspect": "wear"}}') as Record<
      string,
      unknown
    >;
    const payload = { occurredAt: at(1), observations: [evil], about: {}, text: 't' };
    const given = deriveFacts(
      passport([{ name: 's', type: 'statement', by: SELLER, payload, malformed: true }]),
      SCOPE,
    );
    expect(given.of('condition')).toEqual([]);
    expect(({} as Record<string, unknown>)['condition']).toBeUndefined();
  });

  test('a private value that is not opened is unknown, never false', () => {
    const hidden = { occurredAt: at(1), from: HIDDEN, to: BUYER, identityMatch: HIDDEN, stage: 'received' };
    const given = deriveFacts(
      passport([{ name: 'r', type: 'return', by: SELLER, payload: hidden, malformed: true }]),
      SCOPE,
    );
    expect(given.facts.map(({ predicate }) => predicate)).toEqual(['returned']);
  });
});

describe('numbers and times at their limits', () => {
  test('a bigint is no number: the batch states no peak', () => {
    const huge = sensor('s', { by: CARRIER_A, h: 0, to: 20, payload: { max: 2n ** 80n }, malformed: true });
    const facts = deriveFacts(passport([...ROUTE, huge]), SCOPE);
    expect(facts.of('recorded').map(({ max }) => max)).toEqual([null]);
    const span = { from: hour(0), to: hour(20) };
    expect(coverageOf(facts, { sub: ITEM, quantity: 'acceleration', span })).toMatchObject({
      status: 'partial',
      reasons: ['gap'],
    });
  });

  test('the largest pulse there is', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const exceedances = [{ at: at(4), peakMilliG: most, durationUs: most, axis: 'x' }];
    const facts = deriveFacts(
      passport([sensor('s', { by: CARRIER_A, h: 0, to: 20, payload: { max: most, exceedances } })]),
      SCOPE,
    );
    expect(facts.of('excursion').map(({ deltaVUmPerS, peak }) => [peak, deltaVUmPerS])).toEqual([
      [most, most],
    ]);
  });

  test.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'a clock %d ms off covers nothing',
    (clockOffsetMs) => {
      const facts = deriveFacts(
        passport([sensor('s', { by: CARRIER_A, h: 0, to: 20, payload: { clockOffsetMs } })]),
        SCOPE,
      );
      const span = { from: hour(0), to: hour(20) };
      expect(coverageOf(facts, { sub: ITEM, quantity: 'acceleration', span })).toMatchObject({
        status: 'partial',
      });
    },
  );

  test('from the first second to the last', () => {
    const always = { from: { utcS: 0, offsetMin: -1439 }, to: { utcS: MAX_TIME, offsetMin: 1439 } };
    const record: RecordDraft = {
      ...sensor('s', { by: CARRIER_A, h: 0, to: 20, payload: always }),
      over: { time: { lower: null, upper: MAX_TIME, lowerFrom: 'none', upperFrom: 'at' } },
    };
    const facts = deriveFacts(passport([record]), SCOPE);
    expect(facts.of('recorded').map(({ offsetMin, time }) => [time, offsetMin])).toEqual([
      [{ from: 0, to: MAX_TIME }, -1439],
    ]);
  });

  test('a span that ends before it begins says nothing', () => {
    const made = media('m', {
      by: SELLER,
      purpose: 'packing',
      h: 5,
      to: 4,
      payload: { observations: [observation('wear', 'bad', 'left')] },
    });
    expect(deriveFacts(passport([made]), SCOPE).facts).toEqual([]);
  });

  test('a time of epoch is a time', () => {
    const old = statement('s', { by: SELLER, h: 0, payload: { occurredAt: { utcS: 0, offsetMin: 0 } } });
    expect(deriveFacts(passport([old]), SCOPE).facts.map(({ time }) => time)).toEqual([{ from: 0, to: 0 }]);
  });
});
