import { describe, expect, test } from 'vitest';
import { evaluateCondition } from '../../src/finding/evaluate-condition.js';
import { readSentence } from '../../src/rules/sentences.js';
import {
  at,
  BUYER,
  CARRIER_A,
  delivery,
  handover,
  ITEM,
  jointAgreement,
  pulse,
  type RecordDraft,
  SELLER,
  sensor,
} from '../facts/case-builder.js';
import { disputeValue, judge } from './scenario-records.js';

const way: readonly RecordDraft[] = [
  handover('pickup', { from: SELLER, to: CARRIER_A, h: 0, upper: 0.5 }),
  delivery('delivery', { from: CARRIER_A, to: BUYER, h: 10, upper: 10.5 }),
];

function log(payload: Readonly<Record<string, unknown>>): RecordDraft {
  return sensor('log', {
    by: SELLER,
    h: 0,
    to: 10,
    upper: 11,
    payload: { quantity: 'temperature', unit: 'milliC', min: 3_000, max: 12_000, ...payload },
  });
}

function commission(more: Partial<RecordDraft> = {}): RecordDraft {
  return {
    name: 'made',
    type: 'commission',
    by: SELLER,
    payload: {
      occurredAt: at(-100),
      name: 'vaccine',
      facility: { name: 'line' },
      stage: 'finished',
      model: 'V',
      materials: [{ name: 'vaccine' }],
      conformityReferences: [{ scheme: 'gmp' }],
      storageLimits: [{ minMilliC: 2_000, maxMilliC: 8_000 }, { maxMilliC: 9_000 }],
    },
    ...more,
  };
}

function limits(name: string, maxMilliC: number, h = -5): readonly RecordDraft[] {
  const payload = { temperatureLimits: [{ minMilliC: 2_000, maxMilliC }] };
  return jointAgreement(name, { by: SELLER, parties: [SELLER, CARRIER_A], h, upper: h + 1, payload });
}

/** What the sentence comes to on the carrier's leg. */
function ask(text: string, records: readonly RecordDraft[], kind = 'heat'): boolean | null {
  const damages = [{ ...(disputeValue()['damages'] as object[])[0], kind, aspect: 'temperature' }];
  const given = judge([...way, ...records], { damages });
  const edge = given.decisions.edges.find(({ template }) => template.name === 'shipper-carrier')!;
  const reading = readSentence(text);
  if (!reading.ok) throw new Error(reading.message);
  const leg = [...edge.damage.legs.values()][0]!;
  return evaluateCondition(reading.condition, { edge, leg }, given.decisions).value;
}

describe('the mean kinetic temperature of a leg', () => {
  test.each<[string, readonly RecordDraft[], boolean | null, boolean | null]>([
    ['above the strictest declared limit', [commission(), log({ kineticMean: 8_500 })], true, false],
    ['below it', [commission(), log({ kineticMean: 7_500 })], false, true],
    ['within the thousandth to which it is stated', [commission(), log({ kineticMean: 8_000 })], null, null],
    ['declared by nobody', [log({ kineticMean: 8_500 })], null, null],
    [
      'of another item’s declaration',
      [commission({ sub: `${ITEM}B` }), log({ kineticMean: 8_500 })],
      null,
      null,
    ],
    ['recorded by nobody', [commission()], null, null],
  ])('%s', (_, records, beyond, within) => {
    expect(ask('mkt(leg) beyond declared.storage-limits', records)).toBe(beyond);
    expect(ask('mkt(leg) within declared.storage-limits', records)).toBe(within);
  });

  test('against the limit that the two of the edge agreed', () => {
    const warm = log({ kineticMean: 8_500 });
    const text = 'mkt(leg) beyond agreed.temperature-limits';
    expect(ask(text, [warm, ...limits('terms', 8_000)])).toBe(true);
    expect(ask(text, [warm, ...limits('terms', 9_000)])).toBe(false);
    expect(ask(text, [warm, commission()])).toBe(null);
    // Two agreements of which nothing shows the later.
    expect(ask(text, [warm, ...limits('a', 8_000), ...limits('b', 9_000)])).toBe(null);
  });

  test('says nothing of goods that were too cold', () => {
    expect(
      ask('mkt(leg) beyond declared.storage-limits', [commission(), log({ kineticMean: 8_500 })], 'cold'),
    ).toBe(null);
  });
});

describe('the time beyond a limit on a leg', () => {
  const warm = log({ excursions: [{ from: at(2), to: at(5), min: 8_100, max: 12_000 }] });
  const cold = log({
    min: 1_000,
    max: 7_000,
    excursions: [{ from: at(2), to: at(5), min: 1_000, max: 1_900 }],
  });
  test.each<[number, string, readonly RecordDraft[], boolean | null]>([
    [2, 'heat', [commission(), warm], true],
    [3, 'heat', [commission(), warm], null],
    [10, 'heat', [commission(), warm], false],
    [2, 'cold', [commission(), warm], false],
    [2, 'cold', [commission(), cold], true],
    [2, 'heat', [commission(), cold], false],
    [2, 'heat', [warm], null],
  ])('longer than %i h, of %s', (hours, kind, records, expected) => {
    expect(ask(`excursion(leg) beyond declared.storage-limits longer than ${hours} h`, records, kind)).toBe(
      expected,
    );
  });
});

describe('how hard the goods were knocked and shaken on a leg', () => {
  const blow = sensor('log', {
    by: SELLER,
    h: 0,
    to: 10,
    upper: 11,
    payload: { max: 90_000, pulses: [pulse(4, 90_000, 6_000, 4_500_000)] },
  });
  test('a drop from higher than a metre, not from higher than two', () => {
    expect(ask('drop(leg) higher than 1000 mm rebound 0 permille', [blow])).toBe(true);
    expect(ask('drop(leg) higher than 2000 mm rebound 0 permille', [blow])).toBe(false);
    expect(ask('drop(leg) higher than 1000 mm rebound 0 permille', [])).toBe(null);
  });
  test('the root mean square takes the readings', () => {
    const read = { ...blow, payload: { ...blow.payload, samples: [[0, 300, 400]] }, malformed: true };
    expect(ask('rms(leg) above 499 mg', [read])).toBe(true);
    expect(ask('rms(leg) above 500 mg', [read])).toBe(false);
    expect(ask('rms(leg) above 499 mg', [blow])).toBe(null);
  });
});

describe('use of the goods', () => {
  const used = (h: number, event: string, over: Partial<RecordDraft> = {}): RecordDraft => ({
    name: 'usage',
    type: 'usage',
    by: SELLER,
    payload: { occurredAt: at(h), reader: 'app', tag: 't', event, counter: 1 },
    upper: h + 1,
    ...over,
  });
  test.each<[string, RecordDraft, boolean | null]>([
    ['after the delivery', used(12, 'activate'), true],
    ['in the second of the delivery', used(10, 'activate'), true],
    ['before it', used(9, 'activate'), null],
    ['another use', used(12, 'wash'), null],
    ['of another item', used(12, 'activate', { sub: `${ITEM}B` }), null],
  ])('%s', (_, record, expected) => {
    expect(ask('fact used activate against seller at least 5', [record])).toBe(expected);
  });
});
