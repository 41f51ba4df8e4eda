import * as z from 'zod/mini';
import { ROLES } from '../record/vocabulary.js';

/** Lines a person writes are checked for shape here; the records they ask for are checked when they are signed. */
const name = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
const instantText = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/));
const role = z.enum(ROLES);
const names = z.array(name).check(z.maxLength(64));

const accreditation = z.strictObject({
  body: z.string(),
  number: z.string(),
  scope: z.string(),
  until: instantText,
});

const party = z.strictObject({
  name: z.string(),
  /** Party URI. Without one the party is a natural person, known by the own key alone. */
  uri: z.optional(z.string()),
  /** Roles its credential gives; none without a URI. */
  roles: z.optional(z.array(role)),
  from: z.optional(instantText),
  until: z.optional(instantText),
  accreditation: z.optional(accreditation),
  /** The authority that issues its credential; the first one when left out. `null`: nobody vouches for it. */
  issuer: z.optional(z.nullable(name)),
});

const authority = z.strictObject({
  party: z.string(),
  roles: z.array(role),
  mayDelegate: z.optional(z.int().check(z.gte(0), z.lte(3))),
  from: z.optional(instantText),
  until: z.optional(instantText),
});

const record = z.strictObject({
  id: name,
  by: name,
  type: z.string(),
  /** The subject; the scenario's item when left out. */
  sub: z.optional(z.string()),
  /** The claimed time of signing. */
  at: instantText,
  seen: z.optional(names),
  anchors: z.optional(names),
  /** Logged and witnessed at this time. */
  logged: z.optional(instantText),
  payload: z.record(z.string(), z.unknown()),
  /** Which of the private fields travel opened: all (default) or none. */
  openings: z.optional(z.enum(['all', 'none'])),
  /** Signed, and part of its key's chain, but left out of the passport. */
  omit: z.optional(z.boolean()),
  /** Signed as if this earlier record of the same key did not exist: a fork. */
  forks: z.optional(name),
});

export const scenarioSchema = z.strictObject({
  schema: z.literal('goodorder-scenario/1'),
  title: z.string(),
  item: z.string(),
  trust: z.strictObject({
    name: z.string(),
    sequence: z.int().check(z.gte(0)),
    issued: instantText,
    nextUpdate: instantText,
    authorities: z.record(name, authority),
  }),
  parties: z.record(name, party),
  records: z.array(record).check(z.minLength(1), z.maxLength(10_000)),
  /** Who exports the passport, and thereby states what it holds; nobody when left out. */
  export: z.optional(z.strictObject({ by: name, at: instantText })),
  dispute: z.optional(z.record(z.string(), z.unknown())),
  /** What a test expects of verification and finding; the builder hands it on. */
  expect: z.optional(z.record(z.string(), z.unknown())),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;
export type ScenarioRecord = ScenarioFile['records'][number];
export type ScenarioParty = ScenarioFile['parties'][string];
