import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { party, subjectUri } from '../record/field-schemas.js';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';
import type { WrittenValue } from '../record/written-form.js';

/** What a draft of a record type holds, with a placeholder wherever a value is to be filled in. */
export type DraftShape =
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'list'; readonly items: readonly DraftShape[] }
  | { readonly kind: 'map'; readonly members: readonly DraftMember[] };

export interface DraftMember {
  readonly name: string;
  readonly required: boolean;
  readonly shape: DraftShape;
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minLength?: number;
  readonly pattern?: string;
  readonly description?: string;
}

/** True for a value that nobody has filled in yet. A text that must look so is written `text:<…>`. */
export function isPlaceholder(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('<') && value.endsWith('>');
}

/** How people write the two kinds of URI; a schema knows them only by what they refuse. */
const PARTY = 'URI of a party, as https://id.gs1.org/417/9521234000013 or urn:goodorder:key:…';
const SUBJECT = 'URI of an item, lot, container or place, as https://id.gs1.org/01/09521234543213/21/SN0007';

export const SUBJECT_PLACEHOLDER =
  '<URI of what it is about, as https://id.gs1.org/01/09521234543213/21/SN0007>';

/** A value that is known already, within a draft. */
export function filledShape(value: WrittenValue): DraftShape {
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item: WrittenValue) => filledShape(item)) };
  if (typeof value !== 'object' || value === null)
    return { kind: 'value', placeholder: JSON.stringify(value) };
  const members = Object.entries(value).map(([name, member]): DraftMember => {
    return { name, required: true, shape: filledShape(member as WrittenValue) };
  });
  return { kind: 'map', members };
}

/** The payload of a record type; what must be there comes first. */
export function draftShape(type: RecordTypeName): Extract<DraftShape, { kind: 'map' }> {
  const definition = RECORD_TYPES.get(type);
  if (definition === undefined) throw new TypeError(`no record type ${type}`);
  const schema = z.toJSONSchema(definition.schema(), {
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if ((zodSchema as unknown) === party()) jsonSchema.description = PARTY;
      if ((zodSchema as unknown) === subjectUri()) jsonSchema.description = SUBJECT;
    },
  }) as JsonSchema;
  const hidden = new Set(definition.privatePlaces.map(({ path }) => path));
  return mapOf(schema.properties ?? {}, schema.required ?? [], '', hidden);
}

function mapOf(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  path: string,
  hidden: ReadonlySet<string>,
): Extract<DraftShape, { kind: 'map' }> {
  const members = Object.entries(properties).map(([name, schema]): DraftMember => {
    const shape =
      name === 'x'
        ? value('fields of your own')
        : shapeOf(schema, path === '' ? name : `${path}.${name}`, hidden);
    return { name, required: required.includes(name), shape };
  });
  return { kind: 'map', members: members.sort((a, b) => Number(b.required) - Number(a.required)) };
}

function shapeOf(schema: JsonSchema, path: string, hidden: ReadonlySet<string>): DraftShape {
  if (hidden.has(path)) return value('private, written in clear here and signed as a digest');
  if (schema.const !== undefined) return { kind: 'value', placeholder: String(schema.const) };
  if (schema.enum !== undefined) return value(schema.enum.join(' | '));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return shapeOf(choices.at(-1) ?? {}, path, hidden);
  const { properties, prefixItems, items } = schema;
  if (properties !== undefined) {
    return 'utcS' in properties
      ? value('time with its offset, as 2026-08-28T09:05:00+08:00')
      : mapOf(properties, schema.required ?? [], path, hidden);
  }
  if (prefixItems !== undefined) {
    if (prefixItems[0]?.const === -16) return value('sha256:… of a file');
    return { kind: 'list', items: prefixItems.map((item) => shapeOf(item, `${path}[]`, hidden)) };
  }
  if (schema.type === 'array')
    return { kind: 'list', items: [shapeOf(items === false ? {} : (items ?? {}), `${path}[]`, hidden)] };
  return value(scalarText(schema));
}

function value(text: string): DraftShape {
  return { kind: 'value', placeholder: `<${text}>` };
}

function scalarText({ type, minLength, pattern, description }: JsonSchema): string {
  if (description !== undefined) return description;
  if (type === 'boolean') return 'true | false';
  if (type === 'integer' || type === 'number') return 'whole number';
  if (type !== 'string') return 'hex:… of an id or other bytes';
  if (pattern === '^[A-Z]{2}$') return 'two letters, as CN';
  if (pattern === '^[A-Z]{3}$') return 'three letters, as CNY';
  return minLength === undefined ? 'a name in its standard form' : 'text';
}
