import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excursionLonger, kineticMeanBeyond } from '../../src/facts/climate-answers.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import {
  aggregation,
  at,
  CARRIER_A,
  hour,
  ITEM,
  idOf,
  PARCEL,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  shuffled,
  WAREHOUSE,
} from './case-builder.js';

const DIGEST = new Uint8Array(32);
const SPAN = { from: hour(0), to: hour(10) };

interface Readings {
  readonly name?: string;
  readonly by?: string;
  readonly from?: number;
  readonly to?: number;
  readonly device?: string;
}

/** Temperatures of equal length, milli-°C, between two hours. */
function sampled(
  milliC: readonly number[],
  more: Record<string, unknown> = {},
  words: Readings = {},
): RecordDraft {
  const { by = CARRIER_A, device = 'd', from = 0, name = 'log', to = 10 } = words;
  const stepMs = ((to - from) * 3_600_000) / milliC.length;
  return {
    ...stated(
      Math.min(...milliC),
      Math.max(...milliC),
      { samples: milliC.map((value, i) => [i * stepMs, value]), ...more },
      { by, device, from, name, to },
    ),
    // The samples' root and count play no part in what they say.
    malformed: true,
  };
}

function stated(
  min: number,
  max: number,
  more: Record<string, unknown> = {},
  words: Readings = {},
): RecordDraft {
  const { by = CARRIER_A, device = 'd', from = 0, name = 'log', to = 10 } = words;
  return sensor(name, {
    by,
    h: from,
    to,
    payload: {
      device: { id: device },
      quantity: 'temperature',
      unit: 'milliC',
      root: DIGEST,
      min,
      max,
      ...more,
    },
  });
}

function mkt(limitMilliC: number, ...records: readonly RecordDraft[]): string {
  const facts = deriveFacts(passport(records), SCOPE);
  return kineticMeanBeyond(facts, { sub: ITEM, span: SPAN, limitMilliC }).answer;
}

function longer(hours: number, ...records: readonly RecordDraft[]): string {
  const facts = deriveFacts(passport(records), SCOPE);
  const question = {
    sub: ITEM,
    span: SPAN,
    limitMilliC: 8_000,
    seconds: hours * 3600,
    harm: 'heat' as const,
  };
  return excursionLonger(facts, question).answer;
}

describe('mean kinetic temperature of a time', () => {
  // Nine hours at 5 °C and one at 25 °C: the mean is 7 °C, the kinetic mean 10.5292 °C.
  const nine = [...Array.from({ length: 9 }, () => 5_000), 25_000];

  test('weighs what is warm more than the mean does', () => {
    expect(mkt(10_529, sampled(nine))).toBe('yes');
    expect(mkt(10_530, sampled(nine))).toBe('no');
    expect(mkt(7_000, sampled(Array.from({ length: 10 }, () => 7_000)))).toBe('no');
    expect(mkt(6_999, sampled(Array.from({ length: 10 }, () => 7_000)))).toBe('yes');
  });

  test('is that of the batch where all of it lies in the time', () => {
    const whole = stated(5_000, 25_000, { kineticMean: 9_170 });
    expect([mkt(9_168, whole), mkt(9_169, whole), mkt(9_171, whole)]).toEqual(['yes', 'unknown', 'no']);
  });

  test('is bounded by the extremes where a batch only overlaps it', () => {
    const over = stated(5_000, 9_000, { kineticMean: 6_000 }, { from: -5 });
    expect([mkt(4_999, over), mkt(6_000, over), mkt(9_000, over)]).toEqual(['yes', 'unknown', 'no']);
  });

  test('what is not recorded may have been anything', () => {
    const half = stated(5_000, 5_000, {}, { to: 5 });
    expect([mkt(8_000, half), mkt(5_000, half)]).toEqual(['unknown', 'unknown']);
    const gap = stated(5_000, 5_000, { gaps: [{ from: at(3), to: at(4) }] });
    expect(mkt(8_000, gap)).toBe('unknown');
    // Half the time at 40 °C is too much whatever the other half was.
    expect(mkt(8_000, stated(40_000, 40_000, {}, { to: 5 }))).toBe('yes');
  });

  test('several batches of one device follow one another; overlapping ones answer nothing', () => {
    const first = stated(5_000, 5_000, {}, { to: 5 });
    const second = stated(6_000, 6_000, {}, { name: 'log 2', from: 5 });
    expect(mkt(8_000, first, second)).toBe('no');
    expect(mkt(8_000, first, stated(6_000, 6_000, {}, { name: 'log 2', from: 4 }))).toBe('unknown');
  });

  test('two devices that contradict each other answer nothing', () => {
    const cool = stated(5_000, 5_000);
    const warm = stated(20_000, 20_000, {}, { name: 'warm', device: 'e', by: SELLER });
    expect([mkt(8_000, cool), mkt(8_000, warm), mkt(8_000, cool, warm)]).toEqual(['no', 'yes', 'unknown']);
  });

  test.each([
    ['at the front of the container', { location: 'container-front' }],
    ['on the pallet', { mount: 'pallet', location: 'pallet' }],
    ['in the vehicle', { location: 'vehicle' }],
    ['on another thing', { attachedTo: PARCEL }],
  ])('a probe %s says nothing of the unit', (_, payload) => {
    expect(mkt(8_000, stated(20_000, 20_000, payload))).toBe('unknown');
  });

  test('a probe in the box speaks while the item is in the box, and rests on the packing', () => {
    const log = stated(20_000, 20_000, { attachedTo: PARCEL });
    const pack = (h: number): RecordDraft =>
      aggregation('in', { by: WAREHOUSE, h, action: 'pack', children: [ITEM] });
    const facts = deriveFacts(passport([log, pack(-1)]), SCOPE);
    const { answer, parts } = kineticMeanBeyond(facts, { sub: ITEM, span: SPAN, limitMilliC: 8_000 });
    expect([answer, parts[0]!.alternatives]).toEqual([
      'yes',
      [[`${idOf('in')}#0`, `${idOf('log')}#0`].sort()],
    ]);
    // Packed for the last hour only, the nine before may have been cold as ice.
    expect(mkt(8_000, log, pack(9))).toBe('unknown');
  });

  test('a clock that may be off leaves the readings at the ends open', () => {
    const samples = [25_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000];
    expect(mkt(9_000, sampled(samples))).toBe('yes');
    expect(mkt(9_000, sampled(samples, { clockOffsetMs: 60_000 }))).toBe('unknown');
  });

  test('an open time, or none, has no mean', () => {
    const facts = deriveFacts(passport([stated(20_000, 20_000)]), SCOPE);
    const ask = (from: number | null, to: number | null) =>
      kineticMeanBeyond(facts, { sub: ITEM, span: { from, to }, limitMilliC: 1 }).answer;
    expect([ask(null, hour(1)), ask(hour(0), null), ask(hour(1), hour(1)), ask(hour(0), hour(1))]).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'yes',
    ]);
  });
});

describe('how long it was too warm', () => {
  test('every reading in its own time', () => {
    const log = sampled([5_000, 9_000, 5_000, 9_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000]);
    expect([longer(1, log), longer(2, log), longer(3, log)]).toEqual(['yes', 'no', 'no']);
  });

  test('the limit itself is allowed', () => {
    expect(longer(0, sampled([8_000, 8_000]))).toBe('no');
    expect(longer(0, sampled([8_000, 8_001]))).toBe('yes');
  });

  const listing = (min: number | undefined, from = 2, to = 5): RecordDraft =>
    stated(2_000, 12_000, {
      excursions: [{ from: at(from), to: at(to), max: 12_000, ...(min === undefined ? {} : { min }) }],
    });

  test('a listed stretch counts in full only where even its lowest reading was beyond', () => {
    expect([longer(2, listing(9_000)), longer(3, listing(9_000))]).toEqual(['yes', 'unknown']);
    expect(longer(2, listing(undefined))).toBe('unknown');
    expect(longer(2, stated(2_000, 8_000))).toBe('no');
  });

  test('what is not recorded may have been too warm, and is not surely', () => {
    const half = sampled([9_000, 5_000], {}, { to: 4 });
    expect([longer(1, half), longer(2, half), longer(8, half)]).toEqual(['yes', 'unknown', 'no']);
  });

  test('cold is the other way round', () => {
    const facts = deriveFacts(passport([sampled([1_000, 5_000])]), SCOPE);
    const ask = (limitMilliC: number, hours: number) =>
      excursionLonger(facts, { sub: ITEM, span: SPAN, limitMilliC, seconds: hours * 3600, harm: 'cold' })
        .answer;
    expect([ask(2_000, 4), ask(2_000, 5), ask(1_000, 0)]).toEqual(['yes', 'no', 'no']);
  });
});

describe('several devices together, each by its own readings', () => {
  const a = (milliC: number, to: number): RecordDraft => stated(milliC, milliC, {}, { to });
  const b = (milliC: number, from: number): RecordDraft =>
    stated(milliC, milliC, {}, { name: 'b', device: 'e', by: SELLER, from });

  test('that touch answer what neither answers alone', () => {
    expect([mkt(8_000, a(5_000, 5)), mkt(8_000, b(6_000, 5))]).toEqual(['unknown', 'unknown']);
    expect([mkt(8_000, a(5_000, 5), b(6_000, 5)), mkt(5_400, a(5_000, 5), b(6_000, 5))]).toEqual([
      'no',
      'yes',
    ]);
    expect(longer(0, a(5_000, 5), b(6_000, 5))).toBe('no');
    // Five hours of the one and five of the other, of which neither alone is longer than seven.
    expect([longer(7, a(9_000, 5), b(9_000, 5)), longer(5, a(9_000, 5), b(6_000, 5))]).toEqual(['yes', 'no']);
  });

  test('a gap between them may have been anything', () => {
    expect(mkt(8_000, a(5_000, 4), b(6_000, 5))).toBe('unknown');
    expect(longer(0, a(5_000, 4), b(6_000, 5))).toBe('unknown');
    expect(longer(1, a(5_000, 4), b(6_000, 5))).toBe('no');
  });

  test('where they overlap it lay between what they say', () => {
    expect(longer(0, a(5_000, 6), b(7_000, 4))).toBe('no');
    // By the one it was too warm for at most four hours, by the other for six: in between they contradict each other.
    const both = [a(5_000, 6), b(9_000, 4)] as const;
    expect([longer(3, ...both), longer(4, ...both), longer(5, ...both), longer(6, ...both)]).toEqual([
      'yes',
      'unknown',
      'unknown',
      'no',
    ]);
    expect([mkt(7_000, ...both), mkt(9_000, ...both)]).toEqual(['unknown', 'no']);
  });

  test('a whole batch’s own mean counts where no other tells of its time', () => {
    const first = stated(2_000, 9_000, { kineticMean: 5_000 }, { to: 5 });
    expect(mkt(6_000, first, b(6_000, 5))).toBe('no');
    expect(mkt(6_000, first, b(6_000, 4))).toBe('unknown');
  });

  test('one that says the opposite on its own leaves it open', () => {
    const hot = stated(40_000, 40_000, {}, { name: 'c', device: 'f', by: WAREHOUSE, to: 5 });
    expect([mkt(8_000, hot), mkt(8_000, a(5_000, 5), b(6_000, 5), hot)]).toEqual(['yes', 'unknown']);
  });

  test('three that follow one another, whose own batches overlap nowhere', () => {
    const c = stated(6_000, 6_000, {}, { name: 'c', device: 'f', by: WAREHOUSE, from: 3, to: 8 });
    expect([mkt(8_000, a(5_000, 3), c), mkt(8_000, a(5_000, 3), c, b(5_000, 8))]).toEqual(['unknown', 'no']);
    const twice = stated(6_000, 6_000, {}, { name: 'd', device: 'f', by: WAREHOUSE, from: 7, to: 8 });
    expect(mkt(8_000, a(5_000, 3), c, twice, b(5_000, 8))).toBe('unknown');
  });

  test('it rests on all of them, each judged by its own calibration', () => {
    const lapsed = stated(
      6_000,
      6_000,
      { calibrationDueAt: at(-10) },
      { name: 'b', device: 'e', by: SELLER, from: 5 },
    );
    const facts = deriveFacts(passport([a(5_000, 5), lapsed]), SCOPE);
    const { answer, parts } = kineticMeanBeyond(facts, { sub: ITEM, span: SPAN, limitMilliC: 8_000 });
    const told = parts
      .flatMap(({ alternatives }) => alternatives)
      .map((ids) => ids.map((id) => facts.byId.get(id)!));
    expect([answer, told.map((list) => list.map(({ prov }) => prov.signer).sort())]).toEqual([
      'no',
      [[CARRIER_A, SELLER].sort()],
    ]);
    expect(told[0]!.map(({ prov }) => prov.calibration?.to).sort()).toEqual([hour(-10), hour(7_000)].sort());
  });
});

test('a reading in the second in which the time begins is the one that counts', () => {
  // The batch begins five hours before the time; a reading changes exactly at its beginning.
  const log = sampled([30_000, 5_000, 5_000], {}, { from: -5, to: 10 });
  expect([mkt(5_000, log), mkt(4_999, log)]).toEqual(['no', 'yes']);
  // What lies before the first reading is not told.
  const late = stated(5_000, 5_000, { samples: [[3_600_000, 5_000]] });
  expect(mkt(5_000, { ...late, malformed: true })).toBe('unknown');
});

describe('properties', () => {
  const readings = fc.array(fc.integer({ min: -20_000, max: 40_000 }), { minLength: 1, maxLength: 10 });
  const limits = fc.integer({ min: -10_000, max: 35_000 });

  test('the order of records plays no part; a higher limit never turns no into yes', () => {
    fc.assert(
      fc.property(
        readings,
        readings,
        limits,
        fc.integer({ min: 0, max: 9_000 }),
        fc.integer({ min: 1, max: 99 }),
        (a, b, limit, more, seed) => {
          const records = [sampled(a, {}, { to: 5 }), sampled(b, {}, { name: 'log 2', from: 5 })];
          const answer = mkt(limit, ...records);
          expect(mkt(limit, ...shuffled(records, seed))).toBe(answer);
          if (answer === 'no') expect(mkt(limit + more, ...records)).toBe('no');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('less said is never the opposite: without the samples the answer stays or becomes unknown', () => {
    fc.assert(
      fc.property(readings, limits, fc.integer({ min: 0, max: 9 }), (milliC, limit, hours) => {
        const full = sampled(milliC);
        const bare = stated(Math.min(...milliC), Math.max(...milliC));
        const [known, bounds] = [mkt(limit, full), mkt(limit, bare)];
        if (bounds !== 'unknown') expect(bounds).toBe(known);
        const [time, timeBounds] = [longer(hours, full), longer(hours, bare)];
        if (timeBounds !== 'unknown') expect(timeBounds).toBe(time);
      }),
      { numRuns: 60 },
    );
  });
});
