import { toHex } from '../../codec/hex.js';
import { type Diagnostic, diagnostic } from '../../diagnostic.js';
import type { SignedRecord } from '../../record/record.js';
import type { SensorBatch } from '../../record/types/sensor-batch.js';

interface Batch {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly root: string;
}

/**
 * Question: do two batches of one device tell of the same moments? Batches over the very same readings are one
 * recording signed twice and are left alone. `records` are read sensor batches whose signatures verified.
 */
export function checkSensorOverlap(records: readonly SignedRecord[]): Diagnostic[] {
  const devices = new Map<string, Batch[]>();
  for (const record of records) {
    if (record.type !== 'sensor-batch' || record.definition === null) continue;
    const { device, quantity, from, to, root } = record.payload.fields as unknown as SensorBatch;
    const name = JSON.stringify([device.maker ?? '', device.id, quantity]);
    const batch = { id: record.id, from: from.utcS, to: to.utcS, root: toHex(root) };
    const batches = devices.get(name);
    if (batches === undefined) devices.set(name, [batch]);
    else batches.push(batch);
  }
  return [...devices.values()].flatMap(overlapsOf);
}

/** One finding for each batch that begins before an earlier one has ended, naming the one that reaches furthest. */
function overlapsOf(batches: readonly Batch[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const sorted = [...batches].sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1));
  // The two furthest with different readings: one of them differs from any batch that follows.
  let furthest: Batch | null = null;
  let second: Batch | null = null;
  for (const batch of sorted) {
    const other = furthest?.root === batch.root ? second : furthest;
    if (other !== null && batch.from < other.to) {
      const seconds = Math.min(batch.to, other.to) - batch.from;
      found.push(diagnostic('sensor.overlap', { record: batch.id }, { other: other.id, seconds }));
    }
    if (furthest === null || batch.to > furthest.to) {
      if (furthest !== null && furthest.root !== batch.root) second = furthest;
      furthest = batch;
    } else if (batch.root !== furthest.root && (second === null || batch.to > second.to)) {
      second = batch;
    }
  }
  return found;
}
