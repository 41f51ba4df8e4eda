import type * as z from 'zod/mini';
import { isPlainMap } from './plain-value.js';

/** Does a value fit? Says no more than that. */
export type FastCheck = (value: unknown) => boolean;

/** The parts of a zod definition that are read here; zod keeps them stable for library authors (`_zod.def`). */
interface Definition {
  readonly type: string;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDefinition } }[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly catchall?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly rest?: z.core.$ZodType | null;
  readonly options?: readonly z.core.$ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly fn?: (value: unknown) => unknown;
}

interface CheckDefinition {
  readonly check: string;
  readonly format?: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
  readonly fn?: (value: unknown) => unknown;
}

function definitionOf(schema: z.core.$ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

/**
 * Turns a schema into plain closures. zod takes 10 to 20 µs for one payload, about a quarter of what its signature
 * costs; this takes one. Only a yes counts: whoever gets a no asks zod, which also says what is wrong and where. A
 * schema with a part that is not known here throws, so that none is passed over.
 */
export function compileCheck(schema: z.core.$ZodType): FastCheck {
  const definition = definitionOf(schema);
  const base = compileBase(definition);
  const checks = (definition.checks ?? []).map(({ _zod }) => compileStep(_zod.def));
  if (checks.length === 0) return base;
  if (checks.length === 1) {
    const [only] = checks;
    return (value) => base(value) && only!(value);
  }
  return (value) => {
    if (!base(value)) return false;
    for (const check of checks) if (!check(value)) return false;
    return true;
  };
}

const compiled = new WeakMap<z.core.$ZodType, FastCheck>();

/** Does the value surely fit the schema? What does not surely fit is zod's to judge. */
export function surelyFits(schema: z.core.$ZodType, value: unknown): boolean {
  let check = compiled.get(schema);
  if (check === undefined) {
    check = compileCheck(schema);
    compiled.set(schema, check);
  }
  return check(value);
}

function compileBase(definition: Definition): FastCheck {
  switch (definition.type) {
    case 'object':
      return compileObject(definition);
    case 'array': {
      const element = compileCheck(definition.element!);
      return (value) => {
        if (!Array.isArray(value)) return false;
        for (let i = 0; i < value.length; i += 1) if (!element(value[i])) return false;
        return true;
      };
    }
    case 'tuple':
      return compileTuple(definition);
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      // z.int() is a number whose own definition names the format.
      if (definition.format !== 'safeint') return unknownPart(`number ${definition.format}`);
      return (value) => Number.isSafeInteger(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'enum': {
      const values = new Set<unknown>(Object.values(definition.entries!));
      return (value) => values.has(value);
    }
    case 'literal': {
      const values = new Set(definition.values!);
      return (value) => values.has(value);
    }
    case 'nullable': {
      const inner = compileCheck(definition.innerType!);
      return (value) => value === null || inner(value);
    }
    case 'union': {
      const options = definition.options!.map(compileCheck);
      return (value) => options.some((option) => option(value));
    }
    case 'custom': {
      const { fn } = definition;
      return (value) => fn!(value) === true;
    }
    default:
      return unknownPart(definition.type);
  }
}

function compileObject(definition: Definition): FastCheck {
  if (definition.catchall === undefined || definitionOf(definition.catchall).type !== 'never') {
    return unknownPart('object that is not strict');
  }
  const members = new Map<string, FastCheck>();
  const required: string[] = [];
  for (const [key, schema] of Object.entries(definition.shape!)) {
    const member = definitionOf(schema);
    if (member.type === 'optional') members.set(key, compileCheck(member.innerType!));
    else {
      members.set(key, compileCheck(schema));
      required.push(key);
    }
  }
  return (value) => {
    if (!isPlainMap(value)) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key in fields) {
      const member = members.get(key);
      if (member === undefined || !member(fields[key])) return false;
    }
    for (const key of required) if (fields[key] === undefined) return false;
    return true;
  };
}

function compileTuple(definition: Definition): FastCheck {
  if (definition.rest !== undefined && definition.rest !== null) return unknownPart('tuple with a rest');
  const items = definition.items!.map(compileCheck);
  return (value) =>
    Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i]));
}

function compileStep(check: CheckDefinition): FastCheck {
  const { value: limit = 0, fn, pattern } = check;
  switch (check.check) {
    case 'min_length':
      return (value) => (value as ArrayLike<unknown>).length >= check.minimum!;
    case 'max_length':
      return (value) => (value as ArrayLike<unknown>).length <= check.maximum!;
    case 'greater_than':
      return check.inclusive === true
        ? (value) => (value as number) >= limit
        : (value) => (value as number) > limit;
    case 'less_than':
      return check.inclusive === true
        ? (value) => (value as number) <= limit
        : (value) => (value as number) < limit;
    case 'number_format':
      return check.format === 'safeint'
        ? (value) => Number.isSafeInteger(value)
        : unknownPart(`${check.format}`);
    case 'string_format':
      return pattern === undefined
        ? unknownPart(`${check.format}`)
        : (value) => pattern.test(value as string);
    case 'custom':
      return (value) => fn!(value) === true;
    default:
      return unknownPart(check.check);
  }
}

function unknownPart(what: string): never {
  throw new TypeError(`schema: no fast check for ${what}`);
}
