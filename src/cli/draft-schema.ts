import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';

/** A JSON Schema, as far as drafts need one. */
export type JsonSchema = { readonly [key: string]: unknown };

const TIME: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}([Zz]|[+-]\\d{2}:\\d{2})$',
  description: 'time with its offset, as 2026-08-28T09:05:00+08:00',
};
const DIGEST: JsonSchema = {
  type: 'string',
  pattern: '^sha256:[0-9a-f]{64}$',
  description: 'SHA-256 of a file, as sha256:…',
};
const BYTES: JsonSchema = {
  type: 'string',
  pattern: '^hex:([0-9a-f]{2})*$',
  description: 'an id or other bytes, as hex:…',
};
const PRIVATE: JsonSchema = { description: 'private: written in clear here and signed as a digest' };
const OWN: JsonSchema = { type: 'object', description: 'fields of your own, under a text key' };

/** What `goodorder sign` reads: one form for each record type. */
export function draftSchema(): JsonSchema {
  return { oneOf: ([...RECORD_TYPES.keys()] as RecordTypeName[]).map(draftOf) };
}

function draftOf(type: RecordTypeName): JsonSchema {
  const definition = RECORD_TYPES.get(type);
  if (definition === undefined) throw new TypeError(`no record type ${type}`);
  const hidden = new Set(definition.privatePlaces.map(({ path }) => path));
  const payload = z.toJSONSchema(definition.schema(), { unrepresentable: 'any' }) as JsonSchema;
  return {
    type: 'object',
    title: type,
    properties: {
      $schema: { type: 'string' },
      schemaVersion: { const: 1 },
      type: { const: type },
      sub: { type: 'string', description: 'canonical URI of what it is about' },
      payload: written(payload, '', hidden),
      seen: {
        type: 'array',
        items: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        description: 'ids of records that you hold and have checked, besides those of the passport at hand',
      },
    },
    required: ['schemaVersion', 'type', 'sub', 'payload'],
    additionalProperties: false,
  };
}

/** The schema of a value that is signed, turned into that of the same value as people write it. */
function written(schema: JsonSchema, path: string, hidden: ReadonlySet<string>): JsonSchema {
  if (hidden.has(path)) return PRIVATE;
  const { properties, items, prefixItems, anyOf, oneOf, $schema: _draft, ...rest } = schema;
  if (isMap(properties)) {
    if ('utcS' in properties) return TIME;
    const members = Object.entries(properties).map(([name, member]) => {
      const inner =
        name === 'x' ? OWN : written(member as JsonSchema, path === '' ? name : `${path}.${name}`, hidden);
      return [name, inner];
    });
    return { ...rest, properties: Object.fromEntries(members) };
  }
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices))
    return { ...rest, anyOf: choices.map((one: JsonSchema) => written(one, path, hidden)) };
  if (Array.isArray(prefixItems)) {
    if ((prefixItems[0] as JsonSchema).const === -16) return DIGEST;
    const inner = prefixItems.map((one: JsonSchema) => written(one, `${path}[]`, hidden));
    return { ...rest, prefixItems: inner, items: false };
  }
  if (isMap(items)) return { ...rest, items: written(items, `${path}[]`, hidden) };
  return Object.keys(rest).length === 0 ? BYTES : rest;
}

function isMap(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
