import { describe, expect, test } from 'vitest';
import { type Custody, custodyOf } from '../../src/facts/custody.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { stateTimeline, type TimelineDamage } from '../../src/facts/state-timeline.js';
import {
  at,
  BUYER,
  CARRIER_A,
  CARRIER_B,
  delivery,
  FRAGILITY,
  handover,
  ITEM,
  idOf,
  inspection,
  jointAgreement,
  LAB,
  observation,
  passport,
  pulse,
  type RecordDraft,
  SCOPE,
  SELLER,
  sensor,
  statement,
} from './case-builder.js';

const CRACK: TimelineDamage = { id: 'd', unit: ITEM, aspect: 'fracture', region: 'left', kind: 'shock' };
const seen = (condition: string): object => ({ observations: [observation('fracture', condition, 'left')] });
const ROUTE = [
  handover('p', { from: SELLER, to: CARRIER_A, h: 0 }),
  handover('t', { from: CARRIER_A, to: CARRIER_B, h: 10 }),
];
const home = (payload: object = {}): RecordDraft =>
  delivery('d', { from: CARRIER_B, to: BUYER, h: 20, payload: { ...payload } });

type Timeline = ReturnType<typeof stateTimeline>;
function timeline(
  records: readonly (RecordDraft | readonly RecordDraft[])[],
  damage: TimelineDamage = CRACK,
  change: (custody: Custody) => Custody = (custody) => custody,
): Timeline {
  const facts = deriveFacts(passport(records.flat()), SCOPE);
  return stateTimeline(facts, change(custodyOf(facts, ITEM)), damage, { occasionWithinH: 24 });
}
/** The ids of all derivations, with the names of the records in them. */
function ids(records: readonly (RecordDraft | readonly RecordDraft[])[], damage = CRACK): readonly string[] {
  const names = records.flat().map(({ name }) => [idOf(name), name] as const);
  const short = (id: string): string => names.reduce((text, [hash, name]) => text.replaceAll(hash, name), id);
  return timeline(records, damage).states.flatMap(({ derivations }) =>
    derivations.map(({ id }) => short(id)).sort(),
  );
}

describe('a derivation goes by all that it is', () => {
  const log = sensor('log', {
    by: CARRIER_B,
    h: 0,
    to: 30,
    payload: { max: 85_000, pulses: [pulse(12, 85_000, 6_000, 3_000_000)] },
  });
  const terms = jointAgreement('g', {
    by: SELLER,
    parties: [SELLER, CARRIER_A],
    h: -20,
    payload: { fragility: FRAGILITY },
  });
  test('boundary, value, how, fact, where from, terms and event', () => {
    expect(ids([...ROUTE, home(seen('bad')), terms, log])).toEqual([
      'b2/bad/implied/d#0/b2/g#0/2-2',
      'b2/bad/seen/d#0/b2',
    ]);
  });
  test('from an interval, by its number', () => {
    const look = statement('s', { by: CARRIER_A, h: 5, payload: seen('good') as Record<string, unknown> });
    expect(ids([...ROUTE, home(), look])).toEqual(['b0/good/good-back/s#0/i1']);
    const late = statement('s', { by: CARRIER_B, h: 15, payload: seen('bad') as Record<string, unknown> });
    expect(ids([...ROUTE, home(), late])).toEqual(['b2/bad/bad-forward/s#0/i2']);
  });
});

test('of a latent fault good also goes forward, without anything being excluded', () => {
  const look = inspection('i', { by: LAB, h: 5, payload: seen('good') as Record<string, unknown> });
  expect(ids([...ROUTE, home(), look], { ...CRACK, kind: 'latent' })).toEqual([
    'b0/good/good-back/i#0/i1',
    'b1/good/good-forward/i#0/i1',
    'b2/good/good-forward/i#0/i1',
  ]);
});

test('custody that could not be weighed gives no states', () => {
  expect(
    timeline([...ROUTE, home(seen('bad'))], CRACK, (custody) => ({ ...custody, complete: false })),
  ).toEqual({
    damage: CRACK,
    complete: false,
    states: [],
    placements: [],
  });
});

describe('what ends a state', () => {
  const repair = (h: number, payload: object): RecordDraft => ({
    name: 'fix',
    type: 'repair',
    by: LAB,
    payload: { receivedAt: at(h), completedAt: at(h), occurredAt: at(h), from: at(h), to: at(h), ...payload },
    malformed: true,
  });
  const against = (damage: TimelineDamage, ...records: RecordDraft[]): readonly boolean[] => {
    const look = statement('s', {
      by: CARRIER_A,
      h: 5,
      payload: { observations: [observation(damage.aspect, 'bad', 'left')] },
    });
    return timeline([...ROUTE, home(), look, ...records], damage).states.flatMap(({ derivations }) =>
      derivations.map(({ against: ids_ }) => ids_.length > 0),
    );
  };
  test('a repair between the observation and the boundary, in either’s very second too', () => {
    expect(against(CRACK)).toEqual([false, false]);
    expect(against(CRACK, repair(15, {}))).toEqual([false, true]);
    expect(against(CRACK, repair(7, {}))).toEqual([true, true]);
    expect(against(CRACK, repair(5, {}))).toEqual([true, true]);
    expect(against(CRACK, repair(10, {}))).toEqual([true, true]);
    expect(against(CRACK, repair(20, {}))).toEqual([false, true]);
    expect([against(CRACK, repair(4, {})), against(CRACK, repair(21, {}))]).toEqual([
      [false, false],
      [false, false],
    ]);
  });
  test('if it names no aspect, or this one: seen, or tested before or after', () => {
    const named = (list: string, aspect: string): boolean =>
      against(CRACK, repair(15, { [list]: [{ aspect }] }))[1]!;
    for (const list of ['observations', 'checksBefore', 'checksAfter']) {
      expect([list, named(list, 'fracture'), named(list, 'wear')]).toEqual([list, true, false]);
    }
  });
  test('that it is another thing; but whether it is, or is genuine, no repair changes', () => {
    const other = statement('o', {
      by: LAB,
      h: 15,
      payload: { observations: [observation('identity', 'bad')] },
    });
    expect(against(CRACK, other)).toEqual([false, true]);
    for (const aspect of ['identity', 'authenticity']) {
      expect(against({ ...CRACK, aspect, kind: 'substitution' }, repair(15, {}))).toEqual([false, false]);
    }
  });
});
