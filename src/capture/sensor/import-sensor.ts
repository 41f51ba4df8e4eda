import { type SensorDraft, type SensorImport, sensorBatchOf } from './batch.js';
import type { ColumnMap } from './column-map.js';
import { readDeclaredCsv } from './declared-csv.js';
import type { Given } from './recording.js';

export type { Given, SensorDraft, SensorImport };

/**
 * A logger's CSV, read as its declared column map says, as the payload of a sensor-batch record and a report of what
 * became of every row. Throws `sensor-import.*`; reads nothing but its arguments.
 */
export function importDeclaredCsv(
  bytes: Uint8Array,
  map: ColumnMap,
  given: Given = {},
  options: { readonly inlineSamples?: boolean } = {},
): SensorImport {
  return sensorBatchOf(readDeclaredCsv(bytes, map, given), bytes, options);
}
