import * as z from 'zod/mini';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';
import type { WrittenValue } from '../record/written-form.js';

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export interface DraftTemplate {
  readonly payload: { readonly [key: string]: WrittenValue };
  readonly optional: readonly string[];
}

/** A payload with every required field and, in its place, what may stand there. */
export function draftTemplate(type: RecordTypeName): DraftTemplate {
  const definition = RECORD_TYPES.get(type);
  if (definition === undefined) throw new TypeError(`no record type ${type}`);
  const schema = z.toJSONSchema(definition.schema(), { unrepresentable: 'any' }) as JsonSchema;
  const required = schema.required ?? [];
  const properties = schema.properties ?? {};
  return {
    payload: Object.fromEntries(required.map((key) => [key, placeholder(properties[key] ?? {}, key)])),
    optional: Object.keys(properties).filter((key) => !required.includes(key)),
  };
}

function placeholder(schema: JsonSchema, key: string): WrittenValue {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice !== undefined) return placeholder(choice[0] ?? {}, key);
  const { properties } = schema;
  if (properties !== undefined) {
    if ('utcS' in properties) return '2026-01-31T09:30:00+08:00';
    const required = schema.required ?? [];
    return Object.fromEntries(required.map((name) => [name, placeholder(properties[name] ?? {}, name)]));
  }
  switch (schema.type) {
    case 'array':
      if (schema.prefixItems !== undefined) return 'sha256:…';
      return [];
    case 'boolean':
      return 'true | false';
    case 'integer':
    case 'number':
      return '0';
    case 'string':
      return key === 'from' || key === 'to' ? 'party URI' : '…';
    default:
      // Bytes have no JSON form of their own; a record id is the common case.
      return 'hex:…';
  }
}
