import fc from 'fast-check';
import type * as z from 'zod/mini';
import { compareBytes } from '../../src/codec/hex.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { party, subjectUri } from '../../src/record/field-schemas.js';
import { isPlainMap } from '../../src/record/plain-value.js';
import type { Fields } from '../../src/record/record-type.js';
import type { RecordTypeName } from '../../src/record/types/index.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { resolvedSamplesRoot } from '../../src/record/types/resolved-samples.js';
import { BOX, BUYER, CARRIER, ITEM, LOT, PLACE, SAMPLES, SELLER } from './sample-payloads.js';

interface Def {
  readonly type: string;
  readonly [name: string]: unknown;
}
type Schema = z.core.$ZodType;

function defOf(schema: Schema): Def {
  return schema._zod.def as unknown as Def;
}

const someText = fc.string({ unit: 'grapheme', maxLength: 40 }).map(
  // Control characters are the codec's affair, not the schema's.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
  (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\ufeff]/g, ''),
);

const extension = fc.dictionary(
  someText,
  fc.oneof(fc.integer(), someText, fc.boolean(), fc.constant(null), fc.array(fc.integer())),
);

function bounds(def: Def): { min: number; max: number } {
  let min = Number.MIN_SAFE_INTEGER;
  let max = Number.MAX_SAFE_INTEGER;
  for (const check of (def['checks'] ?? []) as readonly Schema[]) {
    const rule = defOf(check);
    if (rule['check'] === 'greater_than') min = Math.max(min, rule['value'] as number);
    if (rule['check'] === 'less_than') max = Math.min(max, rule['value'] as number);
  }
  return { min, max };
}

/** Draws values that fit a schema; what a refinement refuses is drawn again. */
export function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema === party()) return fc.constantFrom(SELLER, CARRIER, BUYER);
  if (schema === subjectUri()) return fc.constantFrom(ITEM, LOT, BOX, PLACE);
  const def = defOf(schema);
  switch (def.type) {
    case 'object': {
      const shape = def['shape'] as Readonly<Record<string, Schema>>;
      const required: string[] = [];
      const entries = Object.entries(shape).map(([key, member]) => {
        const inner = defOf(member);
        if (inner.type === 'optional') return [key, arbitraryOf(inner['innerType'] as Schema)] as const;
        required.push(key);
        return [key, arbitraryOf(member)] as const;
      });
      const drawn = fc.record(Object.fromEntries(entries), { requiredKeys: required });
      return def['checks'] === undefined ? drawn : drawn.filter((value) => Object.keys(value).length > 0);
    }
    case 'array':
      return fc
        .array(arbitraryOf(def['element'] as Schema), { minLength: 2, maxLength: 3 })
        .map((list) => list);
    case 'tuple':
      return fc.tuple(...(def['items'] as readonly Schema[]).map(arbitraryOf));
    case 'enum':
      return fc.constantFrom(...Object.values(def['entries'] as Readonly<Record<string, string>>));
    case 'literal':
      return fc.constantFrom(...(def['values'] as readonly unknown[]));
    case 'boolean':
      return fc.boolean();
    case 'nullable':
      return fc.option(arbitraryOf(def['innerType'] as Schema));
    case 'union':
      return fc.oneof(...(def['options'] as readonly Schema[]).map(arbitraryOf));
    case 'number': {
      const { min, max } = bounds(def);
      return fc
        .oneof(fc.maxSafeInteger(), fc.constantFrom(min, max, 0, 1, 255, 65_536, 2 ** 32, 2 ** 40))
        .map((n) => Math.min(max, Math.max(min, n)));
    }
    case 'string':
      return stringOf(def);
    case 'custom':
      return customOf(def['fn'] as (value: unknown) => unknown);
    default:
      throw new TypeError(`no arbitrary for ${def.type}`);
  }
}

function stringOf(def: Def): fc.Arbitrary<unknown> {
  for (const check of (def['checks'] ?? []) as readonly Schema[]) {
    const { pattern } = defOf(check) as unknown as { readonly pattern?: RegExp };
    // Lengths may be bounded as well, by a check of its own.
    if (pattern !== undefined) return fc.stringMatching(pattern).map((text) => text.slice(0, 100));
  }
  return someText.map((text) => (text === '' ? '文' : text));
}

function customOf(fn: (value: unknown) => unknown): fc.Arbitrary<unknown> {
  if (fn({}) === true) return extension;
  const lengths = [1, 2, 8, 32, 64].filter((length) => fn(new Uint8Array(length)) === true);
  return fc
    .constantFrom(...lengths)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
}

type Mutable = Record<string, unknown>;
interface At {
  readonly utcS: number;
}

function inOrder(fields: Mutable, early: string, late: string): void {
  const [a, b] = [fields[early] as At, fields[late] as At];
  if (b.utcS < a.utcS) {
    fields[early] = b;
    fields[late] = a;
  }
}

function ascendingHashes(values: unknown): Uint8Array[] {
  const sorted = [...(values as Uint8Array[])].sort(compareBytes);
  return sorted.filter((value, i) => i === 0 || compareBytes(sorted[i - 1]!, value) !== 0);
}

/** Makes a drawn payload keep the rules across fields. */
const REPAIRS: Partial<Record<RecordTypeName, (fields: Mutable) => void>> = {
  commission: (fields) => {
    fields['materials'] ??= [];
  },
  inspection: (fields) => {
    inOrder(fields, 'checkedAt', 'issuedAt');
    for (const [i, check] of ((fields['checks'] ?? []) as Mutable[]).entries()) check['id'] = `c${i}`;
  },
  media: (fields) => {
    inOrder(fields, 'from', 'to');
    fields['coverage'] = [...new Set(fields['coverage'] as string[])];
    for (const seen of fields['identified'] as Mutable[])
      delete seen[seen['what'] === 'waybill' ? 'shown' : 'waybill'];
    const files = fields['files'] as Mutable[];
    for (const [i, file] of files.entries()) file['sha256'] = [-16, new Uint8Array(32).fill(i)];
  },
  'sensor-batch': (fields) => {
    inOrder(fields, 'from', 'to');
    const [from, to] = [fields['from'] as At, fields['to'] as At];
    const units = {
      temperature: 'milliC',
      humidity: 'rhPermille',
      acceleration: 'milliG',
      tilt: 'milliDeg',
      light: 'lux',
      pressure: 'pascal',
    };
    fields['unit'] = units[fields['quantity'] as keyof typeof units];
    fields['gaps'] = (fields['gaps'] as unknown[]).map(() => ({ from, to }));
    if (fields['excursions'] !== undefined) fields['excursions'] = [{ from, to: from }];
    for (const name of ['exceedances', 'pulses']) {
      if (fields['quantity'] !== 'acceleration') delete fields[name];
      for (const event of (fields[name] ?? []) as Mutable[]) event['at'] = to;
    }
    if (fields['samples'] !== undefined) {
      const samples = [
        [0, 5],
        [7, -3, 4],
      ];
      Object.assign(fields, { samples, sampleCount: 2, min: -3, max: 5, root: resolvedSamplesRoot(samples) });
    } else if (fields['sampleCount'] === 0) {
      delete fields['min'];
      delete fields['max'];
    } else Object.assign(fields, { min: -1, max: 1 });
    for (const name of ['mean', 'kineticMean']) {
      const stands = fields['sampleCount'] !== 0 && (name === 'mean' || fields['quantity'] === 'temperature');
      if (stands && fields[name] !== undefined) fields[name] = 0;
      else delete fields[name];
    }
    const signature = fields['deviceSignature'] as Mutable | undefined;
    if (signature?.['verdict'] === 'absent') delete signature['key'];
    else if (signature !== undefined) signature['key'] ??= Uint8Array.of(1);
    const readOut = fields['readOut'] as Mutable | undefined;
    if (readOut !== undefined) Object.assign(readOut, { rows: 9, refused: 4, events: 5 });
  },
  handover: (fields) => {
    Object.assign(fields, { from: SELLER, to: CARRIER, leg: 'A', mode: 'air' });
  },
  authentication: (fields) => inOrder(fields, 'checkedAt', 'issuedAt'),
  disclosure: (fields) => inOrder(fields, 'from', 'to'),
  notice: (fields) => inOrder(fields, 'discoveredAt', 'raisedAt'),
  statement: (fields) => {
    const about = fields['about'] as Mutable;
    const [first = 'item'] = Object.keys(about);
    fields['about'] = { [first]: about[first] ?? ITEM };
  },
  agreement: (fields) => {
    fields['parties'] = [SELLER, CARRIER, BUYER];
    fields['currency'] = 'CNY';
    const goods = fields['goods'] as Mutable | undefined;
    if (goods !== undefined) goods['currency'] = 'EUR';
    for (const name of ['fragility', 'handlingEnvelope']) {
      const limits = fields[name] as Mutable[] | undefined;
      if (limits !== undefined) fields[name] = limits.slice(0, 1);
    }
    const cap = fields['liabilityCap'] as Mutable | undefined;
    if (cap !== undefined) Object.assign(fields, { liabilityCap: { per: cap['per'], times: 7 } });
  },
  'key-event': (fields) => {
    if (fields['action'] === 'rotate') {
      delete fields['suspectFrom'];
      delete fields['lastGood'];
      fields['nextKey'] ??= new Uint8Array(32);
    } else {
      delete fields['nextKey'];
      fields['suspectFrom'] ??= { utcS: 1, offsetMin: 0 };
    }
    fields['key'] = (SAMPLES['key-event'].full as unknown as Mutable)['key'];
  },
  acknowledgement: (fields) => {
    fields['received'] = ascendingHashes(fields['received']);
  },
  manifest: (fields) => {
    const ids = ascendingHashes(fields['ids']);
    Object.assign(fields, {
      ids,
      count: ids.length,
      root: merkleRoot(ids),
      heads: [],
      withheld: [],
      part: [1, 1],
    });
    delete fields['continues'];
  },
};

/** Payloads of a type that keep all its rules, private places already digests. */
export function arbitraryFields(type: RecordTypeName): fc.Arbitrary<Fields> {
  const definition = RECORD_TYPES.get(type)!;
  return arbitraryOf(definition.schema()).map((drawn) => {
    const fields = structuredClone(drawn) as Mutable;
    REPAIRS[type]?.(fields);
    return nullPrototypes(fields) as Fields;
  });
}

/** The same value as decoding gives it. */
export function nullPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullPrototypes);
  if (!isPlainMap(value)) return value;
  const copy: Mutable = Object.create(null);
  for (const key of Object.keys(value)) copy[key] = nullPrototypes(value[key]);
  return copy;
}
