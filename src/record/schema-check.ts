import type { CheckCode } from '../codes.js';
import { surelyFits } from './fast-check.js';
import { type FieldPath, formatPath, valueAt } from './field-path.js';
import { markForeignMaps } from './maps-of-fields.js';
import type { Fields, RecordType } from './record-type.js';
import './zod-setup.js';
import * as z from 'zod/mini';

export interface SchemaFault {
  readonly code: CheckCode;
  readonly path: FieldPath;
}

/** A hostile payload can break thousands of places; the first ones say enough. */
export const MAX_SCHEMA_FAULTS = 100;

export function valueHolds(schema: z.core.$ZodType, value: unknown): boolean {
  return surelyFits(schema, value) || z.safeParse(schema, value).success;
}

/**
 * A payload against its type's schema. At a revision newer than the type's known one unknown keys are kept and
 * ignored; what is known must hold all the same, for a new meaning is a new type.
 */
export function schemaFaults(definition: RecordType, fields: Fields, newer: boolean): readonly SchemaFault[] {
  if (surelyFits(definition.schema(), fields)) return [];
  const result = z.safeParse(definition.schema(), markForeignMaps(definition.schema(), fields));
  if (result.success) return [];
  const faults: SchemaFault[] = [];
  const extended = new Set<string>();
  for (const issue of result.error.issues) {
    const path = issue.path as FieldPath;
    if (issue.code === 'unrecognized_keys') {
      extended.add(formatPath(path));
      if (newer) continue;
      for (const key of issue.keys.slice(0, MAX_SCHEMA_FAULTS)) {
        faults.push({ code: 'schema.unknown-key', path: [...path, key] });
      }
    } else {
      faults.push({ code: isMissing(fields, path) ? 'schema.missing' : 'schema.value', path });
    }
  }
  // A map that holds only unknown keys is not an empty map: what is said of its keys is enough.
  return faults.filter(({ path }) => !extended.has(formatPath(path))).slice(0, MAX_SCHEMA_FAULTS);
}

function isMissing(fields: Fields, path: FieldPath): boolean {
  return path.length > 0 && typeof path[path.length - 1] === 'string' && valueAt(fields, path) === undefined;
}
