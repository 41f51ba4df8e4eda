import { describe, expect, test } from 'vitest';
import { type Coverage, coverageOf, shockBeyond } from '../../src/facts/coverage.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { LimitSource } from '../../src/facts/limits.js';
import type { ShockLimit } from '../../src/facts/shock-limit.js';
import {
  aggregation,
  at,
  CARRIER_A,
  CARRIER_B,
  damagingPulse,
  FRAGILITY,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  sensor,
} from './case-builder.js';

const SPAN = { from: hour(0), to: hour(10) };
const LIMITS: LimitSource = { terms: ['t'], shock: FRAGILITY as ShockLimit[], climate: null };

function coverage(records: readonly RecordDraft[], limits?: LimitSource): Coverage {
  return coverageOf(deriveFacts(passport(records), SCOPE), {
    sub: ITEM,
    quantity: 'acceleration',
    span: SPAN,
    ...(limits === undefined ? {} : { limits }),
  });
}
const brief = ({ gaps, reasons, status }: Coverage): unknown => [
  status,
  reasons,
  gaps.map(({ from, to }) => [(from - hour(0)) / 3600, (to - hour(0)) / 3600]),
];

const batch = (payload: Readonly<Record<string, unknown>> = {}, h = 0, to = 10): RecordDraft =>
  sensor('s', { by: CARRIER_A, h, to, payload });

describe('coverage of a time by one quantity', () => {
  test.each([
    ['all of it, to the second', batch(), ['full', [], []]],
    ['more than it', batch({}, -5, 15), ['full', [], []]],
    ['nothing', batch({}, 11, 12), ['none', ['gap'], [[0, 10]]]],
    ['another quantity', batch({ quantity: 'tilt', unit: 'milliDeg' }), ['none', ['gap'], [[0, 10]]]],
    ['the first half', batch({}, 0, 5), ['partial', ['gap'], [[5, 10]]]],
    ['the last half', batch({}, 5, 10), ['partial', ['gap'], [[0, 5]]]],
    ['a gap inside', batch({ gaps: [{ from: at(3), to: at(4) }] }), ['partial', ['gap'], [[3, 4]]]],
    ['a gap of no length', batch({ gaps: [{ from: at(3), to: at(3) }] }), ['full', [], []]],
    ['on the pallet', batch({ mount: 'pallet' }), ['partial', ['mount'], [[0, 10]]]],
    [
      'a clock an hour off',
      batch({ clockOffsetMs: 3_600_000 }),
      [
        'partial',
        ['clock', 'gap'],
        [
          [0, 1],
          [9, 10],
        ],
      ],
    ],
    [
      'a clock a millisecond off, to the second',
      batch({ clockOffsetMs: -1 }, -1 / 3600, 10 + 1 / 3600),
      ['full', [], []],
    ],
    [
      'a clock a millisecond off, within the second',
      batch({ clockOffsetMs: -1 }),
      [
        'partial',
        ['clock', 'gap'],
        [
          [0, 1 / 3600],
          [35999 / 3600, 10],
        ],
      ],
    ],
    [
      'calibration that ends inside',
      batch({ calibrationDueAt: at(5) }),
      ['partial', ['calibration'], [[5, 10]]],
    ],
    [
      'calibration that begins inside',
      batch({ calibratedAt: at(5) }),
      ['partial', ['calibration'], [[0, 5]]],
    ],
    ['calibration to the second', batch({ calibratedAt: at(0), calibrationDueAt: at(10) }), ['full', [], []]],
    ['no sample', batch({ sampleCount: 0, min: undefined, max: undefined }), ['partial', ['gap'], [[0, 10]]]],
  ])('%s', (_, record, expected) => {
    const { min: _min, max: _max, ...rest } = record.payload;
    const empty = record.payload['sampleCount'] === 0;
    expect(brief(coverage([empty ? { ...record, payload: rest } : record]))).toEqual(expected);
  });

  test('calibration that nobody states', () => {
    const { calibratedAt: _a, calibrationDueAt: _b, ...payload } = batch().payload;
    expect(brief(coverage([{ ...batch(), payload }]))).toEqual(['partial', ['calibration'], [[0, 10]]]);
  });

  test('two batches that meet cover together; a second between them is a gap', () => {
    const first = sensor('a', { by: CARRIER_A, h: 0, to: 5 });
    const meeting = sensor('b', { by: CARRIER_B, h: 5, to: 10 });
    const later = sensor('c', { by: CARRIER_B, h: 5 + 1 / 3600, to: 10 });
    expect(coverage([first, meeting])).toMatchObject({
      status: 'full',
      parts: [
        { span: { from: hour(0), to: hour(5) }, alternatives: [[`${idOf('a')}#0`]] },
        { span: { from: hour(5), to: hour(10) }, alternatives: [[`${idOf('b')}#0`]] },
      ],
    });
    expect(coverage([first, later]).status).toBe('partial');
  });

  test('a bare word about a recording is none; one that only counts against its signer covers nothing', () => {
    const hit = { max: 85_000, pulses: [damagingPulse(4)] };
    const word = (name: string, payload: Readonly<Record<string, unknown>>, over: object): RecordDraft => ({
      ...sensor(name, { by: CARRIER_B, h: 0, to: 10, payload: { device: { id: '2' }, ...payload } }),
      over,
    });
    expect(coverage([batch(), word('w', hit, { rolePermitted: false })])).toMatchObject({ status: 'full' });
    expect(coverage([word('w', {}, { rolePermitted: false })]).status).toBe('none');
    expect(brief(coverage([word('w', {}, { standing: 'adverse-only' })]))).toEqual([
      'partial',
      ['gap'],
      [[0, 10]],
    ]);
    expect(coverage([batch(), word('w', hit, { standing: 'adverse-only' })]).status).toBe('excursion');
  });

  test('more recordings than can be looked at leave it open', () => {
    const many = Array.from({ length: 2001 }, (_, i) => sensor(`s${i}`, { by: CARRIER_A, h: 0, to: 10 }));
    expect(coverage(many)).toMatchObject({ status: 'partial', reasons: ['unjudged'], gaps: [] });
  });

  test('a time without a fixed end is not covered', () => {
    const facts = deriveFacts(passport([batch()]), SCOPE);
    const open = { sub: ITEM, quantity: 'acceleration' as const, span: { from: hour(0), to: null } };
    expect(coverageOf(facts, open)).toMatchObject({ status: 'partial', reasons: ['window'] });
    expect(coverageOf(deriveFacts(passport([]), SCOPE), open).status).toBe('none');
  });

  test('a device on the parcel speaks of the item inside it', () => {
    const onParcel = batch({ attachedTo: PARCEL });
    const pack = aggregation('in', { by: CARRIER_A, h: -1, action: 'pack', children: [ITEM] });
    expect(coverage([onParcel]).status).toBe('none');
    expect(coverage([onParcel, pack]).status).toBe('full');
  });
});

describe('what stands out', () => {
  const withPulses = (...pulses: unknown[]): RecordDraft => batch({ max: 150_000, pulses });

  test.each([
    ['a damaging pulse', withPulses(pulse(4, 150_000, 6_000, 3_200_000)), LIMITS, 'excursion', []],
    ['a hard short pulse is harmless', withPulses(pulse(4, 150_000, 2_000, 1_872_932)), LIMITS, 'full', []],
    [
      'without limits any listed pulse counts',
      withPulses(pulse(4, 150_000, 2_000, 1_872_932)),
      undefined,
      'excursion',
      [],
    ],
    ['a peak that no listed pulse accounts for', batch({ max: 150_000 }), LIMITS, 'partial', ['unjudged']],
    ['a peak at the limit', batch({ max: 60_000 }), LIMITS, 'full', []],
    ['a negative peak beyond', batch({ min: -60_001 }), LIMITS, 'partial', ['unjudged']],
    [
      'a pulse before the time',
      { ...withPulses(pulse(-1, 150_000, 6_000, 3_200_000)), ...early() },
      LIMITS,
      'full',
      [],
    ],
    ['a pulse in the first second', withPulses(pulse(0, 150_000, 6_000, 3_200_000)), LIMITS, 'excursion', []],
    [
      'a trigger below the limit',
      batch({ recording: { mode: 'triggered', thresholdMilliG: 60_000 } }),
      LIMITS,
      'full',
      [],
    ],
    [
      'a trigger above the limit',
      batch({ recording: { mode: 'triggered', thresholdMilliG: 60_001 } }),
      LIMITS,
      'partial',
      ['threshold'],
    ],
    [
      'a trigger where no limit is known',
      batch({ recording: { mode: 'triggered', thresholdMilliG: 1 } }),
      undefined,
      'partial',
      ['threshold'],
    ],
  ] as [string, RecordDraft, LimitSource | undefined, string, string[]][])(
    '%s',
    (_, record, limits, status, reasons) => {
      expect(coverage([record], limits)).toMatchObject({ status, reasons });
    },
  );

  function early(): Pick<RecordDraft, 'payload'> {
    const made = withPulses(pulse(-1, 150_000, 6_000, 3_200_000));
    return { payload: { ...made.payload, from: at(-2) } };
  }

  test('a trigger that nothing set off has no sample and covers', () => {
    const { min: _min, max: _max, ...rest } = batch({ sampleCount: 0 }).payload;
    const payload = { ...rest, recording: { mode: 'triggered', thresholdMilliG: 10_000 } };
    expect(coverage([{ ...batch(), payload }], LIMITS).status).toBe('full');
  });

  test('a pulse that the clock may put outside leaves it open', () => {
    const record = sensor('s', {
      by: CARRIER_A,
      h: -3,
      to: 13,
      payload: { max: 85_000, clockOffsetMs: 3_600_000, pulses: [damagingPulse(0.5)] },
    });
    expect(coverage([record], LIMITS)).toMatchObject({ status: 'partial', reasons: ['clock'] });
  });

  test('of two devices nobody picks the favourable one', () => {
    const clean = sensor('clean', { by: CARRIER_A, h: 0, to: 10 });
    const shocked = (by: string): RecordDraft =>
      sensor('hit', {
        by,
        h: 0,
        to: 10,
        payload: { device: { id: '2' }, max: 85_000, pulses: [damagingPulse(4)] },
      });
    expect(coverage([clean, shocked(CARRIER_A)], LIMITS).status).toBe('excursion');
    expect(coverage([clean, shocked(CARRIER_B)], LIMITS).status).toBe('excursion');
  });
});

describe('two devices on one leg, each half of it', () => {
  const first = (to: number, payload: Readonly<Record<string, unknown>> = {}): RecordDraft =>
    batch(payload, 0, to);
  const second = (from: number, payload: Readonly<Record<string, unknown>> = {}): RecordDraft =>
    sensor('other', { by: CARRIER_B, h: from, to: 10, payload: { device: { id: 'other' }, ...payload } });

  test('cover it where they touch or overlap, not with a gap between them', () => {
    expect([first(5), first(6), first(4)].map((one) => brief(coverage([one, second(5)])))).toEqual([
      ['full', [], []],
      ['full', [], []],
      ['partial', ['gap'], [[4, 5]]],
    ]);
  });

  test('each by its own calibration: what lapsed covers nothing from then on', () => {
    const lapsed = second(5, { calibrationDueAt: at(7) });
    expect(brief(coverage([first(5), lapsed]))).toEqual(['partial', ['calibration'], [[7, 10]]]);
    expect(brief(coverage([first(5), second(5, { calibrationDueAt: at(10) })]))).toEqual(['full', [], []]);
  });

  test('a shock in either is an excursion, and one where only the other is silent is contradicted', () => {
    const shaken = second(4, { max: 85_000, pulses: [damagingPulse(5)] });
    expect(coverage([first(4), shaken], LIMITS).status).toBe('excursion');
    expect(coverage([first(6), shaken], LIMITS).status).toBe('excursion');
    const ask = (...records: readonly RecordDraft[]): string =>
      shockBeyond(deriveFacts(passport(records), SCOPE), {
        sub: ITEM,
        span: SPAN,
        limits: FRAGILITY as ShockLimit[],
      }).answer;
    expect([ask(first(5)), ask(first(5), second(5)), ask(first(4), shaken)]).toEqual([
      'unknown',
      'no',
      'yes',
    ]);
  });
});

describe('the three-way question', () => {
  const envelope = [{ axis: 'any', maxPeakMilliG: 80_000, maxDeltaVUmPerS: 3_000_000 }] as ShockLimit[];
  const wide = [{ axis: 'any', maxPeakMilliG: 100_000, maxDeltaVUmPerS: 4_000_000 }] as ShockLimit[];
  const fragility = FRAGILITY as ShockLimit[];
  const shocked = deriveFacts(passport([batch({ max: 85_000, pulses: [damagingPulse(4)] })]), SCOPE);
  const ask = (limits: readonly ShockLimit[]): string =>
    shockBeyond(shocked, { sub: ITEM, span: SPAN, limits }).answer;

  test('beyond the envelope: the carrier', () => {
    expect([ask(envelope), ask(fragility)]).toEqual(['yes', 'yes']);
  });
  test('within the envelope, beyond the fragility: the packer', () => {
    expect([ask(wide), ask(fragility)]).toEqual(['no', 'yes']);
  });
  test('below the fragility: no shock', () => {
    expect(ask([{ axis: 'any', maxPeakMilliG: 90_000, maxDeltaVUmPerS: 9_000_000 }])).toBe('no');
  });
  test('the pulse, or the recordings that show there was none, stand as what shows it', () => {
    const span = { from: hour(0), to: hour(10) };
    expect(shockBeyond(shocked, { sub: ITEM, span: SPAN, limits: envelope }).parts).toEqual([
      { span, alternatives: [[`${idOf('s')}#1`]] },
    ]);
    expect(shockBeyond(shocked, { sub: ITEM, span: SPAN, limits: wide }).parts).toEqual([
      { span, alternatives: [[`${idOf('s')}#0`]] },
    ]);
  });
  test('partial recording answers only what it saw', () => {
    const facts = deriveFacts(passport([batch({ max: 85_000, pulses: [damagingPulse(4)] }, 0, 8)]), SCOPE);
    const answer = (limits: readonly ShockLimit[]): string =>
      shockBeyond(facts, { sub: ITEM, span: SPAN, limits }).answer;
    expect([answer(envelope), answer(wide)]).toEqual(['yes', 'unknown']);
  });
});

describe('climate', () => {
  const warm = (payload: Readonly<Record<string, unknown>>): RecordDraft =>
    batch({ quantity: 'temperature', unit: 'milliC', min: 2_000, max: 7_000, location: 'unit', ...payload });
  const limits = (maxMilliC: number | null, minMilliC: number | null = null): LimitSource => ({
    terms: ['t'],
    shock: null,
    climate: [{ maxMilliC, minMilliC, maxRhPermille: null }],
  });
  const status = (
    record: RecordDraft,
    source: LimitSource | undefined,
    harm: 'heat' | 'cold' = 'heat',
  ): unknown => {
    const facts = deriveFacts(passport([record]), SCOPE);
    const { reasons, status: is } = coverageOf(facts, {
      sub: ITEM,
      quantity: 'temperature',
      harm,
      span: SPAN,
      ...(source === undefined ? {} : { limits: source }),
    });
    return [is, reasons];
  };
  const excursions = [{ from: at(2), to: at(3), max: 9_000 }];

  test.each([
    ['at the limit', warm({}), limits(7_000), 'heat', ['full', []]],
    [
      'a millidegree above, at no stated time',
      warm({ max: 7_001 }),
      limits(7_000),
      'heat',
      ['excursion', ['unjudged']],
    ],
    [
      'above in a listed stretch',
      warm({ max: 9_000, excursions }),
      limits(7_000),
      'heat',
      ['excursion', ['unjudged']],
    ],
    [
      'a listed stretch below this limit',
      warm({ max: 9_000, excursions }),
      limits(10_000),
      'heat',
      ['full', []],
    ],
    ['too cold', warm({}), limits(null, 2_001), 'cold', ['excursion', ['unjudged']]],
    ['just not too cold', warm({}), limits(null, 2_000), 'cold', ['full', []]],
    ['heat where only cold is limited', warm({}), limits(null, 2_001), 'heat', ['full', []]],
    [
      'a listed stretch without any limit',
      warm({ max: 9_000, excursions }),
      undefined,
      'heat',
      ['excursion', []],
    ],
    [
      'at the front of the trailer',
      warm({ location: 'container-front' }),
      limits(7_000),
      'heat',
      ['partial', ['location']],
    ],
    ['on the pallet', warm({ mount: 'pallet' }), limits(7_000), 'heat', ['partial', ['mount']]],
  ] as [string, RecordDraft, LimitSource | undefined, 'heat' | 'cold', unknown][])(
    '%s',
    (_, record, source, harm, expected) => {
      expect(status(record, source, harm)).toEqual(expected);
    },
  );

  test('too warm at no stated time, partly outside the time asked for', () => {
    const longer = warm({ from: at(-5), max: 9_000 });
    expect(status(longer, limits(7_000))).toEqual(['partial', ['unjudged']]);
  });

  test('humidity', () => {
    const damp = batch({ quantity: 'humidity', unit: 'rhPermille', min: 300, max: 650, location: 'package' });
    const facts = deriveFacts(passport([damp]), SCOPE);
    const ask = (maxRhPermille: number): string =>
      coverageOf(facts, {
        sub: ITEM,
        quantity: 'humidity',
        span: SPAN,
        limits: { terms: [], shock: null, climate: [{ minMilliC: null, maxMilliC: null, maxRhPermille }] },
      }).status;
    expect([ask(650), ask(649)]).toEqual(['full', 'excursion']);
  });
});
