import type * as z from 'zod/mini';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { SAMPLES, SELLER } from '../record/sample-payloads.js';

export type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

/** One place of a record type's payload that holds text, in a sample that has it. */
export interface TextField {
  readonly type: RecordTypeName;
  readonly payload: Fields;
  readonly path: Path;
}

function isLeaf(value: unknown): boolean {
  return value instanceof Uint8Array || typeof value !== 'object' || value === null;
}

/** Where a value holds text. */
export function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (isLeaf(value)) return [];
  return Object.entries(value as object).flatMap(([key, member]) =>
    textPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The value with this text at this place. */
export function replaced(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, text) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [step]: replaced(map[step], rest, text) };
}

export function patternOf(path: Path): string {
  return path.reduce<string>(
    (sum, step) => (typeof step === 'number' ? `${sum}[]` : sum === '' ? step : `${sum}.${step}`),
    '',
  );
}

const CHECKS = SAMPLES.inspection.full.checks;
const SCOPE = [{ aspect: 'surface', region: 'front' }];

/** Members over those of the full sample, for text that only another choice of members has. */
const FURTHER: Readonly<Partial<Record<RecordTypeName, Fields>>> = {
  delivery: { inspectedScope: SCOPE },
  return: { inspectedScope: SCOPE },
  repair: { checksBefore: CHECKS, checksAfter: CHECKS },
  statement: { about: { party: SELLER } },
};

/**
 * Every text field of every record type, words of closed lists and parties among them. Throws where a schema has one that
 * no sample shows: it would be passed over.
 */
export function textFields(): readonly TextField[] {
  const fields: TextField[] = [];
  for (const [name, definition] of RECORD_TYPES) {
    const type = name as RecordTypeName;
    const found = new Map<string, TextField>();
    const { full, minimal } = SAMPLES[type];
    const further = FURTHER[type];
    const samples = [full, minimal, ...(further === undefined ? [] : [{ ...full, ...further }])];
    for (const payload of samples as readonly Fields[]) {
      for (const path of textPaths(payload)) {
        const pattern = patternOf(path);
        if (!found.has(pattern)) found.set(pattern, { type, payload, path });
      }
    }
    const due = [
      ...schemaTexts(definition.schema(), ''),
      ...definition.privatePlaces.flatMap(({ path, clear }) => schemaTexts(clear(), path)),
    ];
    for (const pattern of due) {
      if (!found.has(pattern)) throw new Error(`${type}: no sample has text at ${pattern}`);
    }
    fields.push(...found.values());
  }
  return fields;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly options?: readonly z.core.$ZodType[];
}

function schemaTexts(schema: z.core.$ZodType, path: string): string[] {
  const { type, shape, innerType, element, items, options } = schema._zod.def as unknown as Definition;
  switch (type) {
    case 'string':
    case 'enum':
      return [path];
    case 'object':
      return Object.entries(shape ?? {}).flatMap(([key, member]) =>
        schemaTexts(member, path === '' ? key : `${path}.${key}`),
      );
    case 'optional':
    case 'nullable':
      return schemaTexts(innerType!, path);
    case 'array':
      return schemaTexts(element!, `${path}[]`);
    case 'tuple':
      return items!.flatMap((item) => schemaTexts(item, `${path}[]`));
    case 'union':
      return options!.flatMap((option) => schemaTexts(option, path));
    default:
      return [];
  }
}
