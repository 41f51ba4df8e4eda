import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bound } from '../../src/finding/decisions.js';
import { evaluateCondition } from '../../src/finding/evaluate-condition.js';
import { type EventTime, hasElapsed, isBefore, isDuring, isWithin } from '../../src/finding/events.js';
import type { Assessment } from '../../src/finding/finding.js';
import { all, any, atLeast, not, type Truth } from '../../src/finding/truth.js';
import type { Condition } from '../../src/rules/condition.js';
import { readSentence } from '../../src/rules/sentences.js';
import {
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  jointAgreement,
  LAB,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { disputeValue, judge, scenario9, scenario9Packing, scenario11, time } from './scenario-records.js';

const NINE = judge(scenario9());
const ELEVEN = judge(scenario11());

function sentence(text: string): Condition {
  const reading = readSentence(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.condition;
}

/** On the edge of a template, bound to a leg by its number where one is given. */
function bound(from: Assessment, template: string, leg?: number, debtor?: string): Bound {
  const edge = from.decisions.edges.find(
    (one) => one.template.name === template && (debtor === undefined || one.debtor === debtor),
  )!;
  const held = leg === undefined ? null : [...edge.damage.legs.values()][leg - 1]!;
  return { edge, leg: held };
}

function ask(
  from: Assessment,
  text: string | Condition,
  template = 'consumer-seller',
  leg?: number,
  debtor?: string,
): Truth {
  const condition = typeof text === 'string' ? sentence(text) : text;
  return evaluateCondition(condition, bound(from, template, leg, debtor), from.decisions).value;
}

describe('Kleene', () => {
  const VALUES: readonly Truth[] = [true, false, null];
  test('all, any and not', () => {
    expect(VALUES.map(not)).toEqual([false, true, null]);
    expect(VALUES.map((a) => VALUES.map((b) => all([a, b])))).toEqual([
      [true, false, null],
      [false, false, false],
      [null, false, null],
    ]);
    expect(VALUES.map((a) => VALUES.map((b) => any([a, b])))).toEqual([
      [true, true, true],
      [true, false, null],
      [true, null, null],
    ]);
    expect([all([]), any([])]).toEqual([true, false]);
  });

  test('at least', () => {
    expect(atLeast([true, null, false], 1)).toBe(true);
    expect(atLeast([true, null, false], 2)).toBe(null);
    expect(atLeast([true, null, false], 3)).toBe(false);
  });

  test('whatever the unknown turns out to be, a sure answer stays', () => {
    const values = fc.array(fc.constantFrom<Truth>(true, false, null), { maxLength: 6 });
    fc.assert(
      fc.property(values, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (given, chosen) => {
        const known = given.map((value, i) => value ?? chosen[i]!);
        for (const fold of [all, any]) {
          const answer = fold(given);
          if (answer !== null) expect(fold(known)).toBe(answer);
        }
      }),
    );
  });
});

describe('sentences about what the dispute states', () => {
  test.each([
    ['goods.durable is no', true],
    ['goods.durable is yes', false],
    ['goods.durable is not yes', true],
    ['goods.category is tableware', true],
    ['goods.category in food|tableware', true],
    ['goods.category in food|toy', false],
    ['carrier.chosen-by is seller', true],
    ['return.chosen-by is buyer', false],
    ['return.chosen-by is not buyer', true],
    ['contract.mode is road', true],
    ['claim.pleaded is yes', true],
    ['creditor.consumer is yes', true],
    ['debtor.role is seller', true],
    ['debtor.role is streamer', false],
    ['sale.distance is no', true],
    ['damage.kind is shock', true],
    ['damage.aspect is identity', false],
    ['same-party seller streamer', false],
    ['amount of loss at most 128000', true],
    ['amount of loss below 128000', false],
    ['amount of loss at least 128000', true],
    ['amount of loss above 128000', false],
    ['amount of repair at most 1', null],
  ] as const)('%s: %s', (text, expected) => {
    expect(ask(NINE, text)).toBe(expected);
  });

  test('of a leg and its contract', () => {
    expect(ask(NINE, 'leg.mode is contract.mode', 'shipper-carrier', 1)).toBe(true);
    expect(ask(NINE, 'leg.capacity is carrier', 'shipper-carrier', 1)).toBe(true);
    expect(ask(NINE, 'leg ends at delivery', 'shipper-carrier', 2)).toBe(true);
    expect(ask(NINE, 'leg ends at delivery', 'shipper-carrier', 1)).toBe(false);
    expect(ask(NINE, 'leg ends nowhere', 'shipper-carrier', 2)).toBe(false);
  });

  test('one seller with two desks is the same party', () => {
    const parties = (disputeValue()['parties'] as { id: string }[]).map((party) =>
      party.id === SELLER ? { ...party, roles: ['seller', 'streamer'] } : party,
    );
    expect(ask(judge(scenario9(), { parties }), 'same-party seller streamer')).toBe(true);
  });
});

describe('events', () => {
  test.each([
    ['event.discovered within 6 months of event.received', true],
    ['event.discovered within 0 days of event.received', true],
    ['event.discovered within 1 h of event.received', true],
    ['event.sold before event.delivered', true],
    ['event.delivered before event.sold', false],
    ['event.notified after event.delivered', true],
    ['event.notified within 1 h of event.delivered', false],
    ['event.return-received after event.delivered', null],
    ['event.discovered overlaps event.notified', false],
    ['event.delivered overlaps event.sold', false],
    ['no event.notified by 10 days after event.received', false],
    ['no event.return-received by 1 days after event.received', null],
  ] as const)('%s: %s', (text, expected) => {
    expect(ask(NINE, text)).toBe(expected);
  });

  test('a notice that never came counts once the limit has passed', () => {
    const silent = scenario9().filter(({ name }) => name !== 'notice');
    const limit = 'no event.notified by 10 days after event.received';
    expect(ask(judge(silent, { asOf: time(20 + 24 * 12) }), limit)).toBe(true);
    expect(ask(judge(silent, { asOf: time(20 + 24 * 10) }), limit)).toBe(null);
  });

  test('only a delivery that the consignee signed is a receipt', () => {
    const unsigned = scenario9().filter(({ name }) => name !== 'delivery answer' && name !== 'unboxing');
    expect(ask(judge(unsigned), 'event.discovered within 6 months of event.received')).toBe(null);
    expect(ask(judge(unsigned), 'event.discovered within 6 months of event.delivered')).toBe(true);
  });

  test('an event during a leg', () => {
    expect(ask(NINE, 'event.delivered during leg', 'shipper-carrier', 2)).toBe(true);
    expect(ask(NINE, 'event.delivered during leg', 'shipper-carrier', 1)).toBe(false);
  });

  test('widening an interval moves an answer only to unknown (P8)', () => {
    const at = fc.integer({ min: 0, max: 3_000_000 });
    const span = fc.tuple(at, at).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    const by = fc.integer({ min: 0, max: 500_000 });
    const period = fc.record({
      count: fc.integer({ min: 0, max: 40 }),
      unit: fc.constantFrom('h', 'days', 'months'),
    });
    const event = (value: { from: number; to: number }): EventTime => ({
      span: value,
      offsetMin: 480,
      facts: [],
    });
    const wider = ({ from, to }: { from: number; to: number }, a: number, b: number) =>
      event({ from: from - a, to: to + b });
    fc.assert(
      fc.property(span, span, by, by, period, at, (a, b, left, right, limit, asOf) => {
        const questions: readonly ((one: EventTime, other: EventTime) => Truth)[] = [
          (one, other) => isWithin(one, limit, other),
          (one, other) => hasElapsed(one, limit, other, true, asOf),
          isBefore,
          (one, other) => isDuring(one, other.span),
        ];
        for (const question of questions) {
          const sharp = question(event(a), event(b));
          for (const wide of [
            question(wider(a, left, right), event(b)),
            question(event(a), wider(b, left, right)),
          ]) {
            // An interval inside which something lies may grow; only the event asked about is uncertain there.
            if (question === questions[3] && wide !== question(wider(a, left, right), event(b))) continue;
            if (wide !== null && sharp !== null) expect(wide).toBe(sharp);
          }
        }
      }),
    );
  });
});

describe('sentences about evidence', () => {
  test.each([
    ['state bad at delivery', undefined, true],
    ['state good at delivery', undefined, false],
    ['state good at packing', undefined, true],
    ['state good at return-receipt', undefined, null],
    ['asserted bad', undefined, true],
    ['asserted good', undefined, false],
    ['inspected at delivery covers damage', undefined, false],
    ['covered acceleration on leg', 2, true],
    ['covered acceleration on leg', 1, false],
    ['covered humidity on leg', 2, false],
    ['leg is implicated', 1, true],
    ['leg is implicated', 2, false],
    ['leg is open', 2, false],
    ['leg is open', 1, true],
    ['leg is located', 1, true],
    ['agreed handlingEnvelope is present', 1, true],
    ['agreed liabilityCap is present', 1, false],
    ['undertaken log by leg.holder', 1, false],
    ['incident battery by leg.holder on leg', 1, false],
    ['shock(leg) beyond agreed.handling-envelope', 1, true],
    ['shock(leg) within agreed.handling-envelope', 1, false],
    ['shock(leg) within agreed.handling-envelope', 2, true],
    ['shock(leg) beyond packaging.declared-fragility', 2, false],
    ['signed-off without objection', 2, false],
    ['fact incident theft against leg.holder at least 3', 1, null],
    ['leg.holder acts-for creditor', 1, false],
  ] as const)('%s, leg %s: %s', (text, leg, expected) => {
    expect(ask(NINE, text, leg === undefined ? 'consumer-seller' : 'shipper-carrier', leg)).toBe(expected);
  });

  test('what shocks and humidity were recorded does not hang on the damage being of cold', () => {
    const damages = [{ ...(disputeValue()['damages'] as object[])[0], kind: 'cold' }];
    const cold = judge(scenario9(), { damages });
    expect(ask(cold, 'covered acceleration on leg', 'shipper-carrier', 2, CARRIER_B)).toBe(true);
    const wet = scenario9().map((draft) =>
      draft.name === 'log B' ? { ...draft, payload: { ...draft.payload, quantity: 'humidity' } } : draft,
    );
    for (const kind of ['cold', 'wet']) {
      const one = judge(wet, { damages: [{ ...damages[0], kind }] });
      expect(ask(one, 'covered humidity on leg', 'shipper-carrier', 2, CARRIER_B)).toBe(true);
    }
  });

  test('half a leg recorded is neither covered nor not', () => {
    expect(ask(ELEVEN, 'covered acceleration on leg', 'shipper-carrier', 2)).toBe(null);
    expect(ask(ELEVEN, 'shock(leg) within agreed.handling-envelope', 'shipper-carrier', 2)).toBe(null);
    expect(ask(ELEVEN, 'shown covered acceleration on leg by leg.holder', 'shipper-carrier', 2)).toBe(false);
  });

  test('a recording read out long after the complaint covers nothing for its holder', () => {
    const late = scenario9().map((draft) => (draft.name === 'log B' ? { ...draft, upper: 150 } : draft));
    expect(ask(judge(late), 'covered acceleration on leg', 'shipper-carrier', 2, CARRIER_B)).toBe(null);
  });

  test('what happened between the limits is unknown to neither', () => {
    expect(
      ask(judge(scenario9Packing()), 'shock(leg) within agreed.handling-envelope', 'shipper-carrier', 1),
    ).toBe(true);
    expect(
      ask(judge(scenario9Packing()), 'shock(leg) beyond packaging.declared-fragility', 'shipper-carrier', 1),
    ).toBe(true);
  });

  test('a term binds only the edge whose two parties are among its parties', () => {
    expect(ask(NINE, 'agreed handlingEnvelope is present')).toBe(false);
    expect(ask(NINE, 'agreed handlingEnvelope is present', 'shipper-contracting-carrier')).toBe(true);
  });

  test('two terms of which nothing shows the later leave it open', () => {
    const again = jointAgreement('again', {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: -4,
      upper: -3,
      payload: { handlingEnvelope: [{ axis: 'any', maxPeakMilliG: 90_000, maxDeltaVUmPerS: 9_000_000 }] },
    });
    const two = judge([...scenario9(), ...again]);
    expect(ask(two, 'agreed handlingEnvelope is present', 'shipper-carrier', 1)).toBe(null);
    expect(ask(two, 'shock(leg) within agreed.handling-envelope', 'shipper-carrier', 1)).toBe(null);
  });

  test('signed off without objection, until somebody objects', () => {
    const silent = (records: readonly RecordDraft[]) => records.filter(({ name }) => name !== 'notice');
    expect(ask(judge(silent(scenario9())), 'signed-off without objection', 'shipper-carrier', 2)).toBe(true);
    const late = scenario9().map((draft) =>
      draft.name === 'notice' ? { ...draft, upper: 400, lower: 250 } : draft,
    );
    // Proven to have been raised only after the dispute was opened.
    expect(ask(judge(late), 'signed-off without objection', 'shipper-carrier', 2)).toBe(true);
    const noted = silent(scenario9()).map((draft) =>
      draft.name === 'delivery' ? { ...draft, payload: { ...draft.payload, remark: 'exception' } } : draft,
    );
    expect(ask(judge(noted), 'signed-off without objection', 'shipper-carrier', 2)).toBe(false);
    const alone = silent(scenario9()).filter(({ name }) => name !== 'delivery answer');
    expect(ask(judge(alone), 'signed-off without objection', 'shipper-carrier', 2)).toBe(false);
  });

  test('agreed notice days draw the line', () => {
    const days = (count: number) =>
      jointAgreement('days', {
        by: SELLER,
        parties: [SELLER, CARRIER_A, CARRIER_B],
        h: -4,
        upper: -3,
        payload: { noticeDays: { days: count, from: 'delivery' } },
      });
    const noticed = scenario9().map((draft) =>
      draft.name === 'notice' ? { ...draft, upper: 121, lower: 119 } : draft,
    );
    expect(ask(judge([...noticed, ...days(3)]), 'signed-off without objection', 'shipper-carrier', 2)).toBe(
      true,
    );
    expect(ask(judge([...noticed, ...days(10)]), 'signed-off without objection', 'shipper-carrier', 2)).toBe(
      false,
    );
  });
});

describe('what has been decided', () => {
  test.each([
    ['issue defective is found', true],
    ['issue bad-at-delivery is not-found', false],
    ['issue bad-at-delivery is undetermined', false],
    ['issue bad-at-end of shipper-carrier is found', true],
    ['edge shipper-carrier is liable', true],
    ['edge shipper-contracting-carrier is liable', true],
    ['edge shipper-contracting-carrier is barred', false],
    ['edge shipper-carrier is refer', false],
    ['edge seller-buyer is liable', false],
  ] as const)('%s: %s', (text, expected) => {
    expect(ask(NINE, text)).toBe(expected);
  });

  test('not-found is matched by not-raised too', () => {
    expect(ask(NINE, 'issue force-majeure is not-raised', 'shipper-carrier', 1)).toBe(true);
    expect(ask(NINE, 'issue force-majeure is not-found', 'shipper-carrier', 1)).toBe(true);
    const named = judge(scenario9(), {
      defences: [{ id: 'x', edge: 'shipper-carrier', issue: 'force-majeure' }],
    });
    expect(ask(named, 'issue force-majeure is not-raised', 'shipper-carrier', 1)).toBe(false);
    expect(ask(named, 'issue force-majeure is not-found', 'shipper-carrier', 1)).toBe(true);
  });

  test('the edge of the leg’s own holder', () => {
    expect(
      ask(NINE, 'edge shipper-carrier(leg.holder) is liable', 'shipper-contracting-carrier', 1, CONTRACTING),
    ).toBe(true);
    expect(
      ask(NINE, 'edge shipper-carrier(leg.holder) is liable', 'shipper-contracting-carrier', 2, CONTRACTING),
    ).toBe(false);
  });
});

describe('combinators over legs', () => {
  const over = (op: 'some' | 'every', text: string): Condition => ({ op, over: 'leg', of: sentence(text) });
  test('some, every and count', () => {
    const covered = 'covered acceleration on leg';
    expect(ask(NINE, over('some', covered))).toBe(true);
    expect(ask(NINE, over('every', covered))).toBe(false);
    expect(ask(ELEVEN, over('every', covered))).toBe(null);
    expect(ask(NINE, { op: 'count', over: 'leg', atLeast: 1, of: sentence(covered) })).toBe(true);
    expect(ask(NINE, { op: 'count', over: 'leg', atLeast: 2, of: sentence(covered) })).toBe(false);
  });

  test('the trace never short-circuits, and says against whom an unknown was read', () => {
    const condition: Condition = {
      op: 'any',
      of: [
        sentence('goods.durable is no'),
        {
          op: 'all',
          of: [sentence('goods.durable is yes'), sentence('shown covered acceleration on leg by leg.holder')],
        },
      ],
    };
    const trace = evaluateCondition(
      condition,
      bound(ELEVEN, 'shipper-carrier', 2, CARRIER_B),
      ELEVEN.decisions,
    );
    expect(trace).toMatchObject({
      value: true,
      parts: [
        { text: 'goods.durable is no', value: true },
        {
          value: false,
          parts: [
            { text: 'goods.durable is yes', value: false },
            {
              text: 'shown (covered acceleration on leg) by leg.holder',
              value: false,
              collapsedAgainst: CARRIER_B,
              parts: [{ value: null }],
            },
          ],
        },
      ],
    });
  });

  test('a mandate makes one act for another', () => {
    const mandate = jointAgreement('mandate', {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: -4,
      upper: -3,
      payload: { mandate: { agent: CARRIER_A, principal: SELLER } },
    });
    expect(
      ask(judge([...scenario9(), ...mandate]), 'leg.holder acts-for creditor', 'shipper-carrier', 1),
    ).toBe(true);
  });

  test('an expert’s word reaches the grade a sentence asks for', () => {
    const told: RecordDraft = {
      name: 'theft',
      type: 'incident',
      by: LAB,
      upper: 6,
      payload: {
        occurredAt: scenario9()[0]!.payload['agreedAt'],
        code: 'theft',
        description: 'd',
        reportedBy: LAB,
      },
    };
    const during = {
      ...told,
      payload: { ...told.payload, occurredAt: { utcS: 1_780_000_000 + 5 * 3600, offsetMin: 480 } },
    };
    const text = 'fact incident theft against leg.holder at least 3';
    expect(ask(judge([...scenario9(), during]), text, 'shipper-carrier', 1)).toBe(true);
    expect(ask(judge([...scenario9(), told]), text, 'shipper-carrier', 1)).toBe(null);
  });
});
