import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import type { SignedRecord } from '../../src/record/record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { checkSensorOverlap } from '../../src/verify/checks/sensor-overlap.js';

interface Batch {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly root: number;
  readonly maker?: string;
  readonly device?: string;
  readonly quantity?: string;
}

function signed({
  id,
  from,
  to,
  root,
  maker,
  device = 'L-1',
  quantity = 'temperature',
}: Batch): SignedRecord {
  const fields = {
    device: { id: device, ...(maker === undefined ? {} : { maker }) },
    quantity,
    from: { utcS: from, offsetMin: 0 },
    to: { utcS: to, offsetMin: 0 },
    root: fromHex(String(root).padStart(64, '0')),
  };
  const definition = RECORD_TYPES.get('sensor-batch');
  return {
    id,
    type: 'sensor-batch',
    definition,
    payload: { revision: 1, fields },
  } as unknown as SignedRecord;
}

const found = (batches: readonly Batch[]): unknown[] =>
  checkSensorOverlap(batches.map(signed)).map(({ code, record, detail }) => [code, record, detail]);

/** Straight from the definition: every batch against every one that begins before it. */
function byDefinition(batches: readonly Batch[]): unknown[] {
  const sorted = [...batches].sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1));
  return sorted.flatMap((batch, index) => {
    const earlier = sorted.slice(0, index).filter(({ root, to }) => root !== batch.root && to > batch.from);
    if (earlier.length === 0) return [];
    const reach = Math.max(...earlier.map(({ to }) => to));
    const other = earlier.find(({ to }) => to === reach)!;
    const seconds = Math.min(batch.to, other.to) - batch.from;
    return [['sensor.overlap', batch.id, { other: other.id, seconds }]];
  });
}

describe('checkSensorOverlap', () => {
  test('names batches of one device and quantity that share moments with different readings', () => {
    expect(
      found([
        { id: 'a', from: 0, to: 100, root: 1 },
        { id: 'b', from: 100, to: 200, root: 2 },
        { id: 'c', from: 150, to: 160, root: 3 },
        { id: 'd', from: 150, to: 300, root: 4, device: 'L-2' },
        { id: 'e', from: 150, to: 300, root: 5, quantity: 'humidity' },
      ]),
    ).toEqual([['sensor.overlap', 'c', { other: 'b', seconds: 10 }]]);
  });

  test('the same readings signed twice are no overlap, but hide none either', () => {
    expect(
      found([
        { id: 'a', from: 0, to: 100, root: 1 },
        { id: 'a2', from: 0, to: 100, root: 1 },
        { id: 'b', from: 50, to: 60, root: 2 },
        { id: 'a3', from: 55, to: 200, root: 1 },
      ]),
    ).toEqual([
      ['sensor.overlap', 'b', { other: 'a', seconds: 10 }],
      ['sensor.overlap', 'a3', { other: 'b', seconds: 5 }],
    ]);
  });

  test('equals its definition for any batches of one device', () => {
    const batch = fc.record({
      from: fc.integer({ min: 0, max: 9 }),
      length: fc.integer({ min: 0, max: 6 }),
      root: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 7 }), fc.nat(), (drawn, turn) => {
        const batches = drawn.map(({ from, length, root }, index) => ({
          id: `id-${(index * 5 + turn) % 7}-${index}`,
          from,
          to: from + length,
          root,
        }));
        expect(found(batches)).toEqual(byDefinition(batches));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, Batch[]]>([
    [
      'the furthest of three, later than the nearest',
      [
        { id: 'a', from: 0, to: 100, root: 1 },
        { id: 'b', from: 1, to: 50, root: 2 },
        { id: 'c', from: 60, to: 70, root: 3 },
      ],
    ],
    [
      'the second furthest where the furthest holds the same readings',
      [
        { id: 'a', from: 0, to: 50, root: 2 },
        { id: 'b', from: 1, to: 100, root: 1 },
        { id: 'c', from: 2, to: 40, root: 3 },
        { id: 'd', from: 45, to: 70, root: 1 },
      ],
    ],
    [
      'a later one takes the second place',
      [
        { id: 'a', from: 0, to: 100, root: 1 },
        { id: 'b', from: 1, to: 10, root: 2 },
        { id: 'c', from: 11, to: 60, root: 3 },
        { id: 'd', from: 50, to: 70, root: 1 },
      ],
    ],
    [
      'the furthest gives way to one with the same readings, and leaves the second where it is',
      [
        { id: 'a', from: 0, to: 60, root: 1 },
        { id: 'b', from: 1, to: 50, root: 2 },
        { id: 'c', from: 2, to: 90, root: 1 },
        { id: 'd', from: 40, to: 45, root: 1 },
      ],
    ],
    [
      'equal beginnings and ends, in the order of ids',
      [
        { id: 'b', from: 0, to: 9, root: 1 },
        { id: 'a', from: 0, to: 9, root: 2 },
        { id: 'c', from: 0, to: 8, root: 3 },
      ],
    ],
  ])('names %s, in whatever order they are given', (_, batches) => {
    const wanted = byDefinition(batches);
    expect(wanted.length).toBeGreaterThan(0);
    expect(found(batches)).toEqual(wanted);
    expect(found([...batches].reverse())).toEqual(wanted);
  });

  test('devices of two makers are two devices, and no maker is a maker of its own', () => {
    const one = { id: 'a', from: 0, to: 9, root: 1 };
    const other = { id: 'b', from: 1, to: 9, root: 2 };
    expect(
      found([
        { ...one, maker: 'A' },
        { ...other, maker: 'B' },
      ]),
    ).toEqual([]);
    expect(found([one, { ...other, maker: 'B' }])).toEqual([]);
    expect(
      found([
        { ...one, maker: 'A' },
        { ...other, maker: 'A' },
      ]),
    ).toHaveLength(1);
  });

  test('passes over a batch that only a newer reader knows', () => {
    const newer = { ...signed({ id: 'n', from: 0, to: 9, root: 1 }), definition: null };
    const bare = { ...newer, payload: { revision: 9, fields: {} } } as unknown as SignedRecord;
    expect(checkSensorOverlap([bare, signed({ id: 'b', from: 1, to: 9, root: 2 })])).toEqual([]);
  });
});
