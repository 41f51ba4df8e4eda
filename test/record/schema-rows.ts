import type * as z from 'zod/mini';
import {
  climateLimit,
  country,
  currency,
  digest,
  extension,
  hash32,
  instant,
  mediaType,
  party,
  shockLimit,
  subjectUri,
  unitCode,
} from '../../src/record/field-schemas.js';
import { extent, inspectedScope } from '../../src/record/types/observing-fields.js';

type Schema = z.core.$ZodType;
interface Def {
  readonly type: string;
  readonly [name: string]: unknown;
}

export interface SchemaRow {
  /** As in `files[].sha256`. */
  readonly path: string;
  readonly required: boolean;
  readonly kind: string;
}

function defOf(schema: Schema): Def {
  return schema._zod.def as unknown as Def;
}

/** Kinds of values that the spec explains once. */
const NAMED: readonly (readonly [() => Schema, string])[] = [
  [instant, 'instant'],
  [digest, 'digest'],
  [hash32, 'hash'],
  [party, 'party'],
  [subjectUri, 'subject'],
  [country, 'country'],
  [currency, 'currency'],
  [unitCode, 'unit code'],
  [mediaType, 'media type'],
  [extension, 'extension'],
  [extent, 'extent'],
  [inspectedScope, 'scope list'],
  [climateLimit, 'climate limit'],
  [shockLimit, 'shock limit'],
];

/** Every field of a schema with its kind, nested maps and lists of maps spelled out. */
export function schemaRows(schema: Schema, prefix = ''): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const shape = defOf(schema)['shape'] as Readonly<Record<string, Schema>>;
  for (const [key, member] of Object.entries(shape)) {
    const optional = defOf(member).type === 'optional';
    const inner = optional ? (defOf(member)['innerType'] as Schema) : member;
    const path = prefix + key;
    rows.push({ path, required: !optional, kind: kindOf(inner) });
    rows.push(...nestedRows(inner, path));
  }
  return rows;
}

function nestedRows(schema: Schema, path: string): SchemaRow[] {
  if (NAMED.some(([named]) => named() === schema)) return [];
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
      return schemaRows(schema, `${path}.`);
    case 'array':
      return nestedRows(def['element'] as Schema, `${path}[]`);
    case 'nullable':
      return nestedRows(def['innerType'] as Schema, path);
    default:
      return [];
  }
}

function checksOf(def: Def): readonly Def[] {
  return ((def['checks'] ?? []) as readonly Schema[]).map(defOf);
}

function bound(def: Def, check: string, key: string): number | undefined {
  return checksOf(def).find((rule) => rule['check'] === check)?.[key] as number | undefined;
}

/** A short name for what a value must be. */
export function kindOf(schema: Schema): string {
  const named = NAMED.find(([candidate]) => candidate() === schema);
  if (named !== undefined) return named[1];
  const def = defOf(schema);
  switch (def.type) {
    case 'string':
      return `text ≤ ${bound(def, 'max_length', 'maximum')}`;
    case 'number': {
      const min = bound(def, 'greater_than', 'value');
      const max = bound(def, 'less_than', 'value');
      if (min === undefined) return 'int';
      return max === Number.MAX_SAFE_INTEGER ? `int ≥ ${min}` : `int ${min}…${max}`;
    }
    case 'boolean':
      return 'bool';
    case 'enum':
      return Object.values(def['entries'] as Readonly<Record<string, string>>).join(' · ');
    case 'literal':
      return (def['values'] as readonly unknown[]).map((value) => String(value)).join(' · ');
    case 'nullable':
      return `${kindOf(def['innerType'] as Schema)} or null`;
    case 'array': {
      const least = bound(def, 'min_length', 'minimum');
      const most = bound(def, 'max_length', 'maximum');
      const size = `${least === undefined ? '' : `≥ ${least}, `}${most === undefined ? '' : `≤ ${most}`}`;
      return `list ${size} of ${kindOf(def['element'] as Schema)}`
        .replace('list  of', 'list of')
        .replace(/, of/, ' of');
    }
    case 'tuple':
      return `[${(def['items'] as readonly Schema[]).map(kindOf).join(', ')}]`;
    case 'union':
      return (def['options'] as readonly Schema[]).map((option) => describeOption(option)).join(' or ');
    case 'object':
      return checksOf(def).length > 0 ? 'map, not empty' : 'map';
    case 'custom':
      return bytesKind(def['fn'] as (value: unknown) => unknown);
    default:
      throw new TypeError(`no name for ${def.type}`);
  }
}

function describeOption(schema: Schema): string {
  const def = defOf(schema);
  if (def.type !== 'object') return kindOf(schema);
  const shape = def['shape'] as Readonly<Record<string, Schema>>;
  return `{${Object.entries(shape)
    .map(([key, member]) => `${key}: ${kindOf(member)}`)
    .join(', ')}}`;
}

function bytesKind(fn: (value: unknown) => unknown): string {
  let min = -1;
  let max = -1;
  for (let length = 0; length <= 2048; length += 1) {
    if (fn(new Uint8Array(length)) !== true) continue;
    if (min < 0) min = length;
    max = length;
  }
  return min === 32 && max === 32 ? 'private' : `bytes ${min}…${max}`;
}
