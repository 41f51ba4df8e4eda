import { describe, expect, test } from 'vitest';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import type { VerifiedRecord } from '../../src/verify/verified-passport.js';
import {
  agreement,
  at,
  BUYER,
  CARRIER_A,
  countersign,
  handover,
  hour,
  idOf,
  media,
  observation,
  PLATFORM,
  passport,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  statement,
  verifiedRecord,
} from './case-builder.js';

const bad = { observations: [observation('fracture', 'bad', 'left')] };
const unboxing = (over: Partial<VerifiedRecord> = {}, by = BUYER): RecordDraft =>
  media('m', { by, purpose: 'inspection', h: 5, payload: bad, over });

describe('whose records speak', () => {
  test.each([
    ['a trusted path', unboxing({}, CARRIER_A), true],
    [
      'a trusted path of somebody the dispute does not name',
      unboxing({}, 'https://id.gs1.org/417/9506000134420'),
      true,
    ],
    ['a named party by its own key', unboxing(), true],
    ['a named party whose credential had run out', unboxing({ state: 'valid' }, CARRIER_A), true],
    ['anybody else whose credential had run out', unboxing({ state: 'valid' }, PLATFORM), false],
    ['an unnamed key', unboxing({ iss: `urn:goodorder:key:${'c'.repeat(64)}` }), false],
    // Anybody can write a named party's URI under a key of its own.
    [
      'a named party by a key nobody binds to it',
      unboxing({ binding: 'none', state: 'valid' }, SELLER),
      false,
    ],
    ['a bad signature', unboxing({ state: 'invalid' }, CARRIER_A), false],
    ['an unknown algorithm', unboxing({ state: 'unchecked' }, CARRIER_A), false],
    ['no standing', unboxing({ standing: 'none' }, CARRIER_A), false],
  ])('%s', (_, record, speaks) => {
    const given = deriveFacts(passport([record]), SCOPE);
    expect([given.facts.length, given.records.size]).toEqual(speaks ? [1, 1] : [0, 0]);
  });

  test('only a good path makes it trusted', () => {
    const trusted = (record: RecordDraft): boolean[] =>
      deriveFacts(passport([record]), SCOPE).facts.map(({ prov }) => prov.trusted);
    expect(trusted(unboxing({}, CARRIER_A))).toEqual([true]);
    expect(trusted(unboxing({ state: 'valid', roles: [] }, CARRIER_A))).toEqual([false]);
    expect(trusted(unboxing())).toEqual([false]);
  });

  test('records that only count against their signer say so', () => {
    const given = deriveFacts(passport([unboxing({ standing: 'adverse-only' })]), SCOPE);
    expect(given.facts.map(({ prov }) => prov.integrity)).toEqual(['adverse-only']);
  });
});

describe('one record in several passports', () => {
  const early = verifiedRecord(unboxing({ pinnedBy: ['log'] }));
  const late = {
    ...early,
    time: { ...early.time, lower: hour(4), upper: hour(6) },
    pinnedBy: ['record' as const],
    pins: [idOf('d')],
  };

  test('the tightest interval holds, and every pin', () => {
    const given = deriveFacts([passport([early]), passport([late])], SCOPE);
    expect(given.facts.map(({ prov }) => [prov.madeAt, prov.secured.pinnedBy])).toEqual([
      [{ lower: hour(4), upper: hour(6) }, 'log'],
    ]);
    expect(given.precedes(idOf('d'), idOf('m'))).toBe(true);
  });

  test('misconduct seen in one is seen', () => {
    const given = deriveFacts([passport([early]), passport([{ ...early, standing: 'adverse-only' }])], SCOPE);
    expect(given.facts.map(({ prov }) => prov.integrity)).toEqual(['adverse-only']);
  });

  test('a gap in one is none where another holds what it lacks; misconduct stays', () => {
    const behind = { ...early, standing: 'adverse-only' as const, gapOnly: true as const };
    const forked = { ...early, standing: 'adverse-only' as const };
    const integrity = (...given: (typeof early)[]) =>
      deriveFacts(
        given.map((one) => passport([one])),
        SCOPE,
      ).facts.map(({ prov }) => prov.integrity);
    expect(integrity(early, behind)).toEqual(['ok']);
    expect(integrity(behind, early)).toEqual(['ok']);
    expect(integrity(behind, behind)).toEqual(['adverse-only']);
    expect(integrity(behind, forked, early)).toEqual(['adverse-only']);
    expect(integrity(early, behind, forked)).toEqual(['adverse-only']);
  });

  test('a file in which it cannot be checked takes nothing away', () => {
    const given = deriveFacts([passport([early]), passport([{ ...early, state: 'invalid' }])], SCOPE);
    expect(given.facts.map(({ prov }) => prov.integrity)).toEqual(['ok']);
  });

  test('what either opens is open', () => {
    const terms = { currency: 'CNY', freightMinor: HIDDEN, insuredMinor: HIDDEN };
    const closed = verifiedRecord(
      agreement('g', { by: SELLER, parties: [SELLER, BUYER], h: 0, payload: terms }),
    );
    const [one, two] = [
      { ...closed, payload: { ...closed.payload, freightMinor: 100 } },
      { ...closed, payload: { ...closed.payload, insuredMinor: 200 } },
    ];
    const given = deriveFacts([passport([one]), passport([two])], SCOPE);
    expect(given.of('agreed').map(({ hidden, term, value }) => [term, value, hidden])).toEqual([
      ['currency', 'CNY', false],
      ['freightMinor', 100, false],
      ['insuredMinor', 200, false],
      ['kind', 'carriage', false],
    ]);
  });
});

describe('twins: one statement signed twice', () => {
  const one = verifiedRecord(handover('t1', { from: SELLER, to: CARRIER_A, h: 1 }));
  const two = { ...one, id: idOf('t2') };
  const [small, large] = one.id < two.id ? ['t1', 't2'] : ['t2', 't1'];

  test('are one record, under the smaller id', () => {
    const given = deriveFacts(passport([one, two]), SCOPE);
    expect(given.facts.map(({ id }) => id)).toEqual([`${idOf(small!)}#0`]);
    expect(given.remarks).toEqual([]);
  });

  test('an answer to either answers both', () => {
    const answer = countersign('c', { by: CARRIER_A, of: large!, h: 1 });
    const given = deriveFacts(passport([one, two, answer]), SCOPE);
    expect(given.of('handed-over').map(({ prov }) => prov.counterSigned.map(({ record }) => record))).toEqual(
      [[idOf('c')]],
    );
  });

  test('a malleated copy whose signature fails binds no answer', () => {
    const broken = { ...two, state: 'invalid' as const };
    const answer = countersign('c', { by: CARRIER_A, of: 't2', h: 1 });
    const given = deriveFacts(passport([one, broken, answer]), SCOPE);
    expect(given.of('handed-over').map(({ prov }) => prov.counterSigned)).toEqual([[]]);
  });
});

test('a fork whose halves lie in two files is seen when they are read together', () => {
  const over = { seq: 7, kid: 'a'.repeat(64) };
  const took = handover('yes', { from: SELLER, to: CARRIER_A, by: CARRIER_A, h: 1, over });
  const not = statement('no', { by: CARRIER_A, h: 1, over });
  const apart = deriveFacts(passport([took]), SCOPE);
  const together = deriveFacts([passport([took]), passport([not])], SCOPE);
  expect(apart.facts.map(({ prov }) => prov.integrity)).toEqual(['ok']);
  expect(together.facts.map(({ prov }) => prov.integrity)).toEqual(['adverse-only', 'adverse-only']);
  expect(together.remarks).toEqual([
    {
      code: 'facts.fork-across-files',
      records: [idOf('no'), idOf('yes')].sort(),
      signers: [CARRIER_A],
    },
  ]);
});

test('a fork that lies in one file is reported by its verification, not again', () => {
  const over = { seq: 7, kid: 'a'.repeat(64), standing: 'adverse-only' as const };
  const halves = [
    statement('one', { by: CARRIER_A, h: 1, over }),
    statement('two', { by: CARRIER_A, h: 1, over }),
  ];
  expect(deriveFacts(passport(halves), SCOPE).remarks).toEqual([]);
});

describe('stated time against proven time', () => {
  test('a statement about a time later than it provably existed is no fact but a remark', () => {
    const given = deriveFacts(
      passport([statement('s', { by: SELLER, h: 10, upper: 8, payload: bad })]),
      SCOPE,
    );
    expect(given.facts).toEqual([]);
    expect(given.remarks).toEqual([
      { code: 'facts.after-proven-time', records: [idOf('s')], signers: [SELLER], bySeconds: 7200 },
    ]);
  });

  test('the very second of the bound is not later', () => {
    const given = deriveFacts(
      passport([statement('s', { by: SELLER, h: 8, upper: 8, payload: bad })]),
      SCOPE,
    );
    expect([given.facts.length, given.remarks.length]).toEqual([2, 0]);
  });

  test('a span is cut at the bound, and what lies beyond it is no fact', () => {
    const pulses = [
      { at: at(2), axis: 'z', peakMilliG: 70_000, durationUs: 1000, deltaVUmPerS: 1 },
      { at: at(9), axis: 'z', peakMilliG: 70_000, durationUs: 1000, deltaVUmPerS: 1 },
    ];
    const payload = { max: 70_000, pulses, endReason: 'battery' };
    const given = deriveFacts(
      passport([
        handover('p', { from: SELLER, to: CARRIER_A, h: 1 }),
        sensor('s', { by: CARRIER_A, h: 1, to: 10, upper: 8, payload }),
      ]),
      SCOPE,
    );
    expect(given.of('recorded').map(({ endReason, prov, time }) => [time, prov.end, endReason])).toEqual([
      [{ from: hour(1), to: hour(8) }, hour(8), 'unknown'],
    ]);
    expect(given.of('excursion').map(({ time }) => time.from)).toEqual([hour(2)]);
    expect(given.of('incident')).toEqual([]);
    expect(given.remarks.map(({ bySeconds, code }) => [code, bySeconds])).toEqual([
      ['facts.after-proven-time', 3600],
      ['facts.cut-at-proven-time', 7200],
    ]);
  });
});

describe('remarks', () => {
  const says = (name: string, by: string, h: number, condition: string, region?: string): RecordDraft =>
    statement(name, { by, h, payload: { observations: [observation('tag', condition, region)] } });

  test('two who contradict each other are both listed', () => {
    const given = deriveFacts(
      passport([says('a', SELLER, 5, 'good'), says('b', BUYER, 5, 'bad', 'left')]),
      SCOPE,
    );
    expect(given.remarks).toEqual([
      {
        code: 'facts.contradiction',
        records: [idOf('a'), idOf('b')].sort(),
        signers: [SELLER, BUYER].sort(),
      },
    ]);
  });

  test.each([
    ['another time', says('b', BUYER, 6, 'bad')],
    ['the same answer', says('b', BUYER, 5, 'good')],
    ['not observed', says('b', BUYER, 5, 'not-observed')],
  ])('no contradiction: %s', (_, other) => {
    expect(deriveFacts(passport([says('a', SELLER, 5, 'good'), other]), SCOPE).remarks).toEqual([]);
  });

  test('good of one face does not contradict bad of another', () => {
    const pair = [says('a', SELLER, 5, 'good', 'left'), says('b', BUYER, 5, 'bad', 'right')];
    expect(deriveFacts(passport(pair), SCOPE).remarks).toEqual([]);
  });

  test('batches of one device that tell of the same time', () => {
    const given = deriveFacts(
      passport([
        sensor('a', { by: CARRIER_A, h: 1, to: 5 }),
        sensor('b', { by: CARRIER_A, h: 4, to: 8 }),
        sensor('c', { by: CARRIER_A, h: 8, to: 9 }),
        sensor('d', { by: SELLER, h: 1, to: 9 }),
      ]),
      SCOPE,
    );
    expect(given.remarks).toEqual([
      { code: 'facts.sensor-overlap', records: [idOf('a'), idOf('b')].sort(), signers: [CARRIER_A] },
    ]);
  });
});
