import { describe, expect, test } from 'vitest';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  delivery,
  handover,
  hour,
  PARCEL,
  SELLER,
  sensor,
} from './case-builder.js';
import { facts } from './derived.js';

describe('a device that ends early', () => {
  const legs = [
    handover('p', { from: SELLER, to: CARRIER_A, h: 1 }),
    handover('t', { from: CARRIER_A, to: CARRIER_B, h: 5 }),
    delivery('d', { from: CARRIER_B, to: BUYER, h: 9 }),
  ];
  test.each([
    ['in leg A', 1, 4, 'battery', [CARRIER_A]],
    ['in leg B', 5, 8, 'memory', [CARRIER_B]],
    ['at the very transfer it was still in leg A', 1, 5, 'battery', [CARRIER_A]],
    ['before pickup', 0, 0.5, 'battery', []],
    ['after delivery', 9, 12, 'battery', []],
    ['stopped', 5, 8, 'stopped', []],
    ['for no known reason', 5, 8, 'unknown', []],
  ])('%s', (_, h, to, endReason, holders) => {
    const given = facts(...legs, sensor('s', { by: CARRIER_B, h, to, payload: { endReason } }));
    expect(given.of('incident').map(({ by, code, prov, time }) => [by, code, prov.kind, time.to])).toEqual(
      holders.map((by) => [by, endReason, 'instrument', hour(to)]),
    );
  });

  test('on something else says nothing of this item', () => {
    const payload = { endReason: 'battery', attachedTo: PARCEL };
    const given = facts(...legs, sensor('s', { by: CARRIER_B, h: 5, to: 8, payload, sub: PARCEL }));
    expect(given.of('incident')).toEqual([]);
  });
});
