import { readInstant } from '../codec/instant.js';
import { type GoodOrderError, throwTogether } from '../errors.js';
import { ROLES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { type PositionedValue, toPlainValue } from '../rules/positioned-value.js';
import type { ScenarioPath, ScenarioSource } from './scenario-source.js';

// Lines a person writes are checked for shape here; the records they ask for are checked when they are signed.

/** The words that scenarios and their like are written in. */
export function scenarioWords() {
  const name = z
    .string('is no name')
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is no name: small letters, digits and hyphens'));
  const text = z.string('is no text');
  const instant = z
    .string('is no time')
    .check(
      z.refine(
        (value) => readInstant(value) !== null,
        'is not a time with its offset, as in 2026-08-28T09:05:00+08:00',
      ),
    );
  const role = z.enum(ROLES, 'is no role');
  const names = z.array(name, 'is no list of names').check(z.maxLength(64, 'lists more than 64 names'));
  const accreditation = z.strictObject({ body: text, number: text, scope: text, until: instant });
  return { name, text, instant, role, names, accreditation };
}

function buildSchema() {
  const { accreditation, instant, name, names, role, text } = scenarioWords();
  const party = z.strictObject({
    name: text,
    /** Party URI. Without one the party is a natural person, known by the own key alone. */
    uri: z.optional(text),
    /** Roles its credential gives; none without a URI. */
    roles: z.optional(z.array(role, 'is no list of roles')),
    from: z.optional(instant),
    until: z.optional(instant),
    /** URI prefixes of the items it may make or authenticate; none when left out. */
    subjects: z.optional(z.array(text, 'is no list of subjects')),
    accreditation: z.optional(accreditation),
    /** The authority that issues its credential; the first one when left out. `null`: nobody vouches for it. */
    issuer: z.optional(z.nullable(name)),
  });
  const authority = z.strictObject({
    party: text,
    roles: z.array(role, 'is no list of roles'),
    subjects: z.optional(z.array(text, 'is no list of subjects')),
    mayDelegate: z.optional(
      z.int('is no whole number').check(z.gte(0, 'is less than 0'), z.lte(3, 'is more than 3')),
    ),
    from: z.optional(instant),
    until: z.optional(instant),
  });
  const record = z.strictObject({
    id: name,
    by: name,
    type: text,
    /** The subject; the scenario's item when left out. */
    sub: z.optional(text),
    /** The claimed time of signing. */
    at: instant,
    seen: z.optional(names),
    /** Earlier records, whose notes the signer held. */
    anchors: z.optional(names),
    /** Logged and witnessed at this time. */
    logged: z.optional(instant),
    payload: z.record(text, z.unknown(), 'is no payload'),
    /** Which of the private fields travel opened: all (default) or none. */
    openings: z.optional(z.enum(['all', 'none'], 'is neither `all` nor `none`')),
    /** Signed, and part of its key's chain, but left out of the passport. */
    omit: z.optional(z.boolean('is neither true nor false')),
    /** Signed as if this earlier record of the same key did not exist: a fork. */
    forks: z.optional(name),
  });
  return z.strictObject({
    schema: z.literal('goodorder-scenario/1', 'is not `goodorder-scenario/1`'),
    title: text,
    item: text,
    trust: z.strictObject({
      name: text,
      sequence: z.int('is no whole number').check(z.gte(0, 'is less than 0')),
      issued: instant,
      nextUpdate: instant,
      authorities: z.record(name, authority, 'is no list of authorities'),
    }),
    parties: z.record(name, party, 'is no list of parties'),
    records: z
      .array(record, 'is no list of records')
      .check(z.minLength(1, 'is empty'), z.maxLength(10_000, 'lists more than 10,000 records')),
    /** Who exports the passport, and thereby states what it holds; nobody when left out. */
    export: z.optional(z.strictObject({ by: name, at: instant })),
    dispute: z.optional(z.record(text, z.unknown(), 'is no dispute')),
    /** What a test expects of verification and finding; the builder hands it on. */
    expect: z.optional(z.record(text, z.unknown(), 'is no expectation')),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

export type ScenarioFile = z.infer<ReturnType<typeof buildSchema>>;
export type ScenarioRecord = ScenarioFile['records'][number];
export type ScenarioParty = ScenarioFile['parties'][string];

/** Reads a scenario. Throws GoodOrderError `scenario.malformed` at the first part that is wrong. */
export function readScenario(root: PositionedValue, source: ScenarioSource): ScenarioFile {
  built ??= buildSchema();
  return readWritten(root, built, source, 'the scenario');
}

/**
 * Reads a value of this shape. Throws GoodOrderError `scenario.malformed` at the first part that is wrong; where there are
 * several, its `cause` lists them all.
 */
export function readWritten<T extends z.core.$ZodType>(
  root: PositionedValue,
  schema: T,
  source: ScenarioSource,
  whole: string,
): z.infer<T> {
  const value = toPlainValue(root);
  refuseProto(root, [], source);
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  throwTogether(read.error.issues.flatMap((issue) => problemsOf(issue, value, source, whole)));
  throw new TypeError('what was refused has no problem');
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  source: ScenarioSource,
  whole: string,
): readonly GoodOrderError[] {
  const steps = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => source.strayKey([...steps, key]));
  const named = steps.length === 0 ? whole : `\`${steps.at(-1)}\``;
  return [source.malformed(`${named} ${isMissing(value, steps) ? 'is missing' : wrong(issue)}`, steps)];
}

function wrong(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]!.message;
  return issue.code === 'invalid_type' && issue.expected === 'object' ? 'is no map' : issue.message;
}

/** zod would pass over this key without a word. */
function refuseProto(value: PositionedValue, path: ScenarioPath, source: ScenarioSource): void {
  if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) refuseProto(item, [...path, index], source);
  } else if (value.kind === 'map') {
    for (const entry of value.entries) {
      if (entry.key === '__proto__') throw source.strayKey([...path, entry.key]);
      refuseProto(entry.value, [...path, entry.key], source);
    }
  }
}

function isMissing(value: unknown, path: ScenarioPath): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return true;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return false;
}
