import type * as z from 'zod/mini';
import { isPlainMap } from './plain-value.js';

/** The parts of a zod definition that are read here; zod keeps them stable for library authors (`_zod.def`). */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly options?: readonly z.core.$ZodType[];
}

function definitionOf(schema: z.core.$ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

/**
 * The value with something that fits nothing wherever the schema wants a map of fields and none stands. To zod a byte
 * string, or a map with integer keys (a `Map`, plain-value.ts), is an object without members: it would tell of every
 * field that is missing, or of none.
 */
export function markForeignMaps(schema: z.core.$ZodType, value: unknown): unknown {
  const { type, shape, innerType, element, items, options } = definitionOf(schema);
  switch (type) {
    case 'object': {
      if (!isPlainMap(value)) return NO_FIELDS;
      const copy: Record<string, unknown> = Object.create(null);
      for (const key of Object.keys(value)) {
        const member = Object.hasOwn(shape!, key) ? shape![key] : undefined;
        copy[key] = member === undefined ? value[key] : markForeignMaps(member, value[key]);
      }
      return copy;
    }
    case 'optional':
      return markForeignMaps(innerType!, value);
    case 'nullable':
      return value === null ? null : markForeignMaps(innerType!, value);
    case 'array':
      return Array.isArray(value) ? value.map((item) => markForeignMaps(element!, item)) : value;
    case 'tuple':
      return Array.isArray(value)
        ? value.map((item, index) =>
            items![index] === undefined ? item : markForeignMaps(items![index], item),
          )
        : value;
    case 'union':
      return options!.every((option) => definitionOf(option).type === 'object') && !isPlainMap(value)
        ? NO_FIELDS
        : value;
    default:
      return value;
  }
}

const NO_FIELDS = Symbol('no map of fields');
