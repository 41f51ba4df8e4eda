import { describe, expect, test } from 'vitest';
import { custodyOf } from '../../src/facts/custody.js';
import { stateTimeline } from '../../src/facts/state-timeline.js';
import { find } from '../../src/finding/finding.js';
import { LegRecordings, legRecordings } from '../../src/finding/leg-recordings.js';
import { toldOfDamages } from '../../src/finding/told-of-damage.js';
import { passport } from '../facts/case-builder.js';
import { disputeOf, disputeValue, judge, PACKS, scenario9 } from './scenario-records.js';

const { decisions, facts } = judge(scenario9());
const { damage, custody } = decisions.case.damages[0]!;
const HOURS = 24;

describe('what the records tell of a damage, remembered', () => {
  test('is the timeline of the facts, with its states, boundaries and legs by name', () => {
    const [told] = toldOfDamages(facts, [{ damage, custody }], HOURS);
    const timeline = stateTimeline(facts, custody, damage, { occasionWithinH: HOURS });
    expect(told).toEqual({
      timeline,
      states: new Map(timeline.states.map((state) => [state.boundary.id, state])),
      boundaries: new Map(custody.boundaries.map((boundary) => [boundary.id, boundary])),
      legs: new Map(custody.intervals.filter(({ leg }) => leg !== null).map((one) => [one.leg, one])),
    });
    expect(told!.states.size).toBeGreaterThan(1);
    expect(told!.legs.size).toBeGreaterThan(0);
  });

  test('is one value for an equal damage, whatever else a dispute says of it', () => {
    const [told] = toldOfDamages(facts, [{ damage, custody }], HOURS);
    const { aspect, id, kind, region, unit } = damage;
    const again = toldOfDamages(facts, [{ damage: { aspect, id, kind, region, unit }, custody }], HOURS);
    expect(again[0]).toBe(told);
  });

  test.each([
    ['id', { id: 'd2' }],
    ['unit', { unit: 'another' }],
    ['aspect', { aspect: 'identity' }],
    ['region', { region: 'lid' }],
    ['kind', { kind: 'latent' }],
  ])('is told anew of a damage of another %s', (_, change) => {
    const other = { ...damage, ...change };
    const [told, changed] = toldOfDamages(
      facts,
      [
        { damage, custody },
        { damage: other, custody },
      ],
      HOURS,
    );
    expect(changed).not.toBe(told);
    expect(changed!.timeline).toEqual(stateTimeline(facts, custody, other, { occasionWithinH: HOURS }));
  });

  test('is told anew for another reach of an occasion, another custody and other facts', () => {
    const [told] = toldOfDamages(facts, [{ damage, custody }], HOURS);
    const [wider] = toldOfDamages(facts, [{ damage, custody }], HOURS + 1);
    expect(wider).not.toBe(told);
    expect(wider!.timeline).toEqual(stateTimeline(facts, custody, damage, { occasionWithinH: HOURS + 1 }));
    toldOfDamages(facts, [{ damage, custody }], HOURS);
    const elsewhere = custodyOf(facts, 'urn:elsewhere');
    const [moved] = toldOfDamages(facts, [{ damage, custody: elsewhere }], HOURS);
    expect(moved!.timeline).toEqual(stateTimeline(facts, elsewhere, damage, { occasionWithinH: HOURS }));
    const fewer = judge([]).facts;
    const [less] = toldOfDamages(fewer, [{ damage, custody: elsewhere }], HOURS);
    expect(less!.timeline).toEqual(stateTimeline(fewer, elsewhere, damage, { occasionWithinH: HOURS }));
  });

  test('is kept of the case asked last, and of no other', () => {
    const [told] = toldOfDamages(facts, [{ damage, custody }], HOURS);
    toldOfDamages(facts, [{ damage: { ...damage, id: 'd2' }, custody }], HOURS);
    expect(toldOfDamages(facts, [{ damage, custody }], HOURS)[0]).not.toBe(told);
  });
});

describe('what recordings tell of legs', () => {
  test('is remembered for the same facts and for no others', () => {
    expect(legRecordings(facts)).toBe(legRecordings(facts));
    expect(legRecordings(facts)).toBeInstanceOf(LegRecordings);
    expect(legRecordings(judge([]).facts)).not.toBe(legRecordings(facts));
  });
});

test('disputes in turn over one passport are found as each over a passport that nobody read', () => {
  const [stated] = disputeValue()['damages'] as readonly [object];
  const read = passport(scenario9());
  const disputes = [
    disputeOf(),
    disputeOf({ damages: [{ ...stated, aspect: 'identity' }] }),
    disputeOf({ damages: [{ ...stated, kind: 'latent' }] }),
  ];
  const alone = disputes.map((dispute) => find(passport(scenario9()), dispute, PACKS));
  expect(new Set(alone.map((one) => JSON.stringify(one.timelines))).size).toBeGreaterThan(1);
  for (const index of [0, 1, 2, 0, 2, 1, 0]) {
    expect(find(read, disputes[index]!, PACKS)).toEqual(alone[index]);
  }
});
