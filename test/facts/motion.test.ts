import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { dropBeyond, rmsBeyond } from '../../src/facts/motion-answers.js';
import {
  aggregation,
  at,
  CARRIER_A,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  WAREHOUSE,
} from './case-builder.js';

const SPAN = { from: hour(0), to: hour(10) };

function log(payload: Readonly<Record<string, unknown>> = {}, name = 'log', by = CARRIER_A): RecordDraft {
  return {
    ...sensor(name, { by, h: 0, to: 10, payload: { device: { id: name }, ...payload } }),
    malformed: true,
  };
}

describe('a blow harder than a drop', () => {
  // A metre, no rebound: v = √(2·9.80665·1) = 4.4286905 m/s.
  const blow = (deltaV: number, h = 4): RecordDraft =>
    log({ max: 90_000, pulses: [pulse(h, 90_000, 6_000, deltaV)] });
  const ask = (records: readonly RecordDraft[], heightMm = 1_000, restitutionPermille = 0): string =>
    dropBeyond(deriveFacts(passport(records), SCOPE), {
      sub: ITEM,
      span: SPAN,
      heightMm,
      restitutionPermille,
    }).answer;

  test('than a metre', () => {
    expect([ask([blow(4_428_691)]), ask([blow(4_428_690)])]).toEqual(['yes', 'no']);
  });

  test('a rebound takes its part: with half the speed back, one and a half times as much', () => {
    expect([ask([blow(4_428_691)], 1_000, 500), ask([blow(6_643_036)], 1_000, 500)]).toEqual(['no', 'yes']);
  });

  test.each<[string, readonly RecordDraft[], string]>([
    ['nothing recorded', [], 'unknown'],
    ['all recorded, nothing listed', [log()], 'no'],
    ['a gap', [log({ gaps: [{ from: at(3), to: at(4) }] })], 'unknown'],
    [
      'a blow beside a gap',
      [
        log({
          max: 90_000,
          pulses: [pulse(6, 90_000, 6_000, 5_000_000)],
          gaps: [{ from: at(3), to: at(4) }],
        }),
      ],
      'yes',
    ],
    ['a peak nobody lists', [log({ max: 90_000, pulses: [pulse(4, 50_000, 1_000, 1_000)] })], 'no'],
    [
      'a recorder that waits for a threshold',
      [log({ recording: { mode: 'triggered', thresholdMilliG: 10_000 } })],
      'unknown',
    ],
    [
      'in the vehicle',
      [{ ...blow(5_000_000), payload: { ...blow(5_000_000).payload, mount: 'pallet' } }],
      'unknown',
    ],
  ])('%s', (_, records, expected) => {
    expect(ask(records)).toBe(expected);
  });

  test('in a box it rests on the packing', () => {
    const boxed = { ...blow(5_000_000), payload: { ...blow(5_000_000).payload, attachedTo: PARCEL } };
    const pack = aggregation('in', { by: WAREHOUSE, h: -1, action: 'pack', children: [ITEM] });
    const found = dropBeyond(deriveFacts(passport([boxed, pack]), SCOPE), {
      sub: ITEM,
      span: SPAN,
      heightMm: 1_000,
      restitutionPermille: 0,
    });
    expect(found.parts.map(({ alternatives }) => alternatives)).toEqual([
      [[`${idOf('in')}#0`, `${idOf('log')}#1`].sort()],
    ]);
    expect(ask([boxed])).toBe('unknown');
  });

  test('a time without an end is not answered', () => {
    const facts = deriveFacts(passport([blow(5_000_000)]), SCOPE);
    expect(
      dropBeyond(facts, { sub: ITEM, span: { from: hour(0), to: null }, heightMm: 1, restitutionPermille: 0 })
        .answer,
    ).toBe('unknown');
  });
});

describe('the root mean square of a time', () => {
  const readings = (
    values: readonly (readonly number[])[],
    payload: Readonly<Record<string, unknown>> = {},
    name = 'log',
    by = CARRIER_A,
  ): RecordDraft =>
    log(
      { samples: values.map((one, index) => [index * 3_600_000, ...one]), max: 90_000, ...payload },
      name,
      by,
    );
  const ask = (limitMilliG: number, ...records: readonly RecordDraft[]): string =>
    rmsBeyond(deriveFacts(passport(records), SCOPE), { sub: ITEM, span: SPAN, limitMilliG }).answer;

  test('of one axis', () => {
    // √((300² + 400²) / 2) = 353.55
    expect([ask(353, readings([[300], [400]])), ask(354, readings([[300], [400]]))]).toEqual(['yes', 'no']);
    expect(ask(300, readings([[300], [-300]]))).toBe('no');
  });

  test('of three axes together', () => {
    expect([ask(499, readings([[0, 300, 400]])), ask(500, readings([[0, 300, 400]]))]).toEqual(['yes', 'no']);
  });

  test('only readings in the time', () => {
    const early = {
      ...readings([[9_000], [100]]),
      payload: { ...readings([[9_000], [100]]).payload, from: at(-1) },
    };
    expect([ask(99, early), ask(100, early)]).toEqual(['yes', 'no']);
  });

  test.each<[string, RecordDraft]>([
    ['without readings', log()],
    ['with a gap', readings([[300]], { gaps: [{ from: at(3), to: at(4) }] })],
    ['with a clock that may be off', readings([[300]], { clockOffsetMs: 1 })],
    [
      'of a recorder that waits for a threshold',
      readings([[300]], { recording: { mode: 'triggered', thresholdMilliG: 10 } }),
    ],
    ['of half the time', { ...readings([[300]]), payload: { ...readings([[300]]).payload, to: at(5) } }],
    ['on the pallet', readings([[300]], { mount: 'pallet' })],
    ['of the temperature', readings([[300]], { quantity: 'temperature', unit: 'milliC' })],
  ])('a recording %s says nothing', (_, record) => {
    expect(ask(1, record)).toBe('unknown');
  });

  test('two that contradict each other answer nothing', () => {
    const calm = readings([[100]]);
    const rough = readings([[900]], {}, 'other', SELLER);
    expect([ask(500, calm), ask(500, rough), ask(500, calm, rough)]).toEqual(['no', 'yes', 'unknown']);
  });

  describe('of two devices, one after the other', () => {
    /** Every half hour the same, between two hours. */
    const part = (name: string, from: number, to: number, value: number, by = CARRIER_A): RecordDraft => {
      const samples = Array.from({ length: (to - from) * 2 }, (_, i) => [i * 1_800_000, value]);
      const record = log({ samples, max: 90_000 }, name, by);
      return { ...record, payload: { ...record.payload, from: at(from), to: at(to) } };
    };
    const pair = (to: number, from: number, first = 300, second = 300): readonly RecordDraft[] => [
      part('a', 0, to, first),
      part('b', from, 10, second, SELLER),
    ];

    test('that touch, or that overlap', () => {
      for (const [to, from] of [
        [5, 5],
        [6, 4],
        [9, 1],
      ] as const) {
        expect([ask(299, ...pair(to, from)), ask(300, ...pair(to, from))]).toEqual(['yes', 'no']);
      }
    });

    test('nothing with a gap between them', () => {
      expect([ask(299, ...pair(4, 5)), ask(300, ...pair(4, 5))]).toEqual(['unknown', 'unknown']);
    });

    test('nothing where the one is above and the other below, for they do not read at one rate', () => {
      expect([ask(299, ...pair(5, 5, 100, 500)), ask(100, ...pair(5, 5, 101, 500))]).toEqual([
        'unknown',
        'yes',
      ]);
    });

    test('nothing where it hangs on whose readings of the shared time are taken', () => {
      const shaken = part('b', 4, 10, 100, SELLER);
      const samples = [[0, 9_000], ...(shaken.payload!['samples'] as number[][]).slice(1)];
      const loud = { ...shaken, payload: { ...shaken.payload, samples } };
      expect(ask(300, part('a', 0, 6, 100), shaken)).toBe('no');
      expect(ask(300, part('a', 0, 6, 100), loud)).toBe('unknown');
    });

    test('three of them, and one that does not reach further plays no part', () => {
      const three = [part('a', 0, 4, 300), part('b', 3, 8, 300, SELLER), part('c', 7, 10, 300, WAREHOUSE)];
      expect(ask(300, ...three, part('d', 3, 5, 9_000))).toBe('no');
    });

    test('rests on both', () => {
      const facts = deriveFacts(passport(pair(6, 4)), SCOPE);
      const { parts } = rmsBeyond(facts, { sub: ITEM, span: SPAN, limitMilliG: 300 });
      const told = parts.flatMap(({ alternatives }) => alternatives);
      expect(told.map((ids) => ids.map((id) => facts.byId.get(id)!.prov.records[0]).sort())).toEqual([
        [idOf('a'), idOf('b')].sort(),
      ]);
    });
  });
});
