import { describe, expect, test } from 'vitest';
import type { TimelineDamage } from '../../src/facts/state-timeline.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  damagingPulse,
  delivery,
  handover,
  hour,
  idOf,
  jointAgreement,
  media,
  observation,
  type RecordDraft,
  SELLER,
  seal,
  sensor,
} from './case-builder.js';
import {
  CRACK,
  joint,
  jointDelivery,
  OPENING,
  of,
  type Records,
  ROUTE,
  TERMS,
  timelineOf,
  told,
} from './told-states.js';

describe('what excludes which kind of damage', () => {
  const route = [joint('p', SELLER, CARRIER_A, 0), jointDelivery('d', CARRIER_A, BUYER, 20)];
  const pickup = media('pack', {
    by: SELLER,
    purpose: 'packing',
    h: -0.5,
    upper: 1,
    payload: {
      observations: [observation('soiling', 'good'), observation('quantity', 'good')],
      ...of('p', 'pickup'),
    },
  });
  const damage = (kind: string, aspect = 'soiling'): TimelineDamage => ({
    ...CRACK,
    kind,
    aspect,
    region: 'whole',
  });
  const reaches = (records: Records, of: TimelineDamage): boolean =>
    told([...route, pickup, ...records], of).some((line) => line.startsWith('delivery good'));
  const sealed = (...more: RecordDraft[]): Records => [
    seal('on', { by: SELLER, h: -0.4, sealId: 'S1', action: 'applied', state: 'intact' }),
    seal('off', { by: BUYER, h: 21, sealId: 'S1', action: 'read', state: 'intact' }),
    ...more,
  ];

  test.each([
    ['use', true],
    ['substitution', true],
    ['soiling', true],
    ['shock', false],
    ['heat', false],
    ['wet', false],
    ['unknown', false],
  ])('an unbroken seal and %s', (kind, expected) => {
    expect(reaches(sealed(), damage(kind))).toBe(expected);
  });
  test('an unbroken seal and loss', () => {
    expect(reaches(sealed(), damage('loss', 'quantity'))).toBe(true);
  });

  test.each([
    ['another seal', { sealId: 'S2' }],
    ['read before the end', { h: 19 }],
    ['only looked at', { state: 'not-checked' }],
    ['gone', { state: 'absent' }],
    ['broken', { state: 'broken' }],
    ['put on again', { action: 'applied' }],
  ])('not a seal %s', (_, words) => {
    const read = { by: BUYER, h: 21, sealId: 'S1', action: 'read', state: 'intact', ...words };
    const records = [
      seal('on', { by: SELLER, h: -0.4, sealId: 'S1', action: 'applied', state: 'intact' }),
      seal('off', read),
    ];
    expect(reaches(records, damage('soiling'))).toBe(false);
  });
  test('not a seal put on after the take-over', () => {
    const records = sealed().slice(1) as RecordDraft[];
    const late = seal('on', { by: CARRIER_A, h: 1, sealId: 'S1', action: 'applied', state: 'intact' });
    expect(reaches([late, ...records], damage('soiling'))).toBe(false);
  });
  test('a break told by the same signer takes the seal away; told by another it speaks against', () => {
    const broken = (by: string): RecordDraft =>
      seal('broken', { by, h: 9, sealId: 'S1', action: 'broken', state: 'broken' });
    expect(reaches(sealed(broken(BUYER)), damage('soiling'))).toBe(false);
    expect(told([...route, pickup, ...sealed(broken(CARRIER_A))], damage('soiling'))).toContain(
      'delivery good good-forward pack#0 over 2 against broken#0',
    );
  });
  test('a broken seal implies soiling where bad is seen later, in the interval in which it broke', () => {
    const broken = seal('broken', { by: CARRIER_A, h: 9, sealId: 'S1', action: 'broken', state: 'broken' });
    const dirty = media('open', {
      by: BUYER,
      purpose: 'unboxing',
      h: 21,
      upper: 22,
      payload: { observations: [observation('soiling', 'bad')], ...of('d', 'delivery') },
    });
    expect(told([...route, ...sealed(broken), dirty], damage('soiling'))).toEqual([
      'pickup bad bad-back open#0 over 1 against broken#0',
      'delivery bad implied open#0 in 1',
      'delivery bad seen open#0',
    ]);
    expect(told([...route, ...sealed(broken), dirty], damage('loss', 'soiling'))).toEqual([
      'pickup bad bad-back open#0 over 1 against broken#0',
      'delivery bad seen open#0',
    ]);
  });
  test('found broken: somewhere since it was last seen intact', () => {
    const found = (lastSeen: number, state = 'broken'): string[] =>
      told(
        [
          joint('p', SELLER, CARRIER_A, 0),
          joint('t', CARRIER_A, CARRIER_B, 10),
          delivery('d', {
            from: CARRIER_B,
            to: BUYER,
            h: 20,
            payload: { observations: [observation('soiling', 'bad')] },
          }),
          seal('on', { by: SELLER, h: lastSeen, sealId: 'S1', action: 'read', state: 'intact' }),
          seal('off', { by: BUYER, h: 20, sealId: 'S1', action: 'read', state }),
        ],
        damage('soiling'),
      ).filter((line) => line.includes('implied'));
    expect(found(11)).toEqual(['delivery bad implied d#0 in 2']);
    expect(found(11, 'absent')).toEqual(['delivery bad implied d#0 in 2']);
    expect(found(11, 'not-checked')).toEqual([]);
    expect(found(9)).toEqual(['delivery bad implied d#0 in ?']);
  });

  test('a count jointly signed at both ends excludes loss', () => {
    const counted = { remark: 'clean', inspectedScope: [{ aspect: 'quantity' }] };
    const both = (name: string, from: string, to: string, h: number, scope: unknown[]): RecordDraft[] => [
      handover(name, { from, to, h, payload: counted }),
      countersign(`${name} answer`, { by: to, of: name, h, payload: { inspectedScope: scope } }),
    ];
    const covered = [{ aspect: 'quantity' }];
    const short: RecordDraft = delivery('d', {
      from: CARRIER_B,
      to: BUYER,
      h: 20,
      payload: { observations: [observation('quantity', 'bad')] },
    });
    const lines = (scope: unknown[]): string[] =>
      told(
        [...both('p', SELLER, CARRIER_A, 0, covered), ...both('t', CARRIER_A, CARRIER_B, 10, scope), short],
        damage('loss', 'quantity'),
      ).filter((line) => line.includes('over'));
    expect(lines(covered)).toEqual(['transfer good good-forward p#0 over 1']);
    expect(lines([])).toEqual([]);
  });

  test('heat: temperature at the unit within the declared limits', () => {
    const limits = jointAgreement('g', {
      by: SELLER,
      parties: [SELLER, CARRIER_A],
      h: -20,
      payload: { temperatureLimits: [{ maxMilliC: 8_000 }] },
    });
    const log = (max: number, location = 'unit'): RecordDraft =>
      sensor('log', {
        by: CARRIER_A,
        h: -1,
        to: 21,
        payload: { quantity: 'temperature', unit: 'milliC', min: 2_000, max, location },
      });
    expect(reaches([limits, log(8_000)], damage('heat'))).toBe(true);
    expect(reaches([limits, log(8_001)], damage('heat'))).toBe(false);
    expect(reaches([limits, log(8_000, 'container-front')], damage('heat'))).toBe(false);
    expect(reaches([limits, log(8_000)], damage('shock'))).toBe(false);
    // Nothing was said about cold, and the device lists nothing.
    expect(reaches([limits, log(8_000)], damage('cold'))).toBe(true);
  });
});

describe('recordings that disagree', () => {
  const clean = (name: string, by: string): RecordDraft => sensor(name, { by, h: 10, to: 20 });
  const shocked = (by: string): RecordDraft =>
    sensor('hit', {
      by,
      h: 10,
      to: 20,
      payload: { device: { id: 'second' }, max: 85_000, pulses: [damagingPulse(15)] },
    });
  const backs = (...records: RecordDraft[]): string[] =>
    told([...ROUTE, TERMS, OPENING, ...records]).filter((line) => line.includes('bad-back'));

  test('a second device of the same signer takes the first one’s word away', () => {
    expect(backs(clean('logB', CARRIER_B), shocked(CARRIER_B))).toEqual([]);
  });
  test('one of another signer speaks against it', () => {
    expect(backs(clean('logB', CARRIER_B), shocked(CARRIER_A))).toEqual([
      'transfer bad bad-back open#0 over 2 against hit#1',
      'transfer bad bad-back open#0 over 2 by g#0 against hit#1',
    ]);
  });
  test('and a clean one against what it implies', () => {
    const lines = told([...ROUTE, TERMS, OPENING, clean('logB', CARRIER_B), shocked(CARRIER_A)]);
    expect(lines.filter((line) => line.includes('implied'))).toEqual([
      'delivery bad implied open#0 in 2 by g#0 against logB#0',
    ]);
  });
  test('several that cover are alternatives', () => {
    const over = timelineOf([...ROUTE, OPENING, clean('one', CARRIER_A), clean('two', CARRIER_B)]).states[1]!
      .derivations[0]!.over;
    expect(over[0]!.parts).toEqual([
      {
        span: { from: hour(10), to: hour(20) },
        alternatives: [[`${idOf('one')}#0`], [`${idOf('two')}#0`]].sort(),
      },
    ]);
  });
});
