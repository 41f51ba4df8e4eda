import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { columnMapSchema } from '../capture/sensor/column-map.js';
import { trustFileSchema } from '../credential/trust-file-schema.js';
import { disputeSchema } from '../finding/dispute-schema.js';
import { explanationSchema, findingSchema, whatIfSchema } from '../finding/finding-schema.js';
import { payoutTableSchema } from '../finding/parametric-trigger.js';
import { settlementPolicySchema } from '../finding/settlement-policy.js';
import { DOCTOR_WORDS } from '../report/labels/doctor-words.js';
import { supposedCaseSchema } from '../scenario/supposed-case.js';
import { verifyReportSchema } from '../verify/verify-report-schema.js';
import { credentialFileSchema } from './credential-file.js';
import { draftSchema, type JsonSchema } from './draft-schema.js';
import { RESULT_SCHEMAS } from './result-schemas.js';

const place = z.strictObject({
  record: z.optional(z.string()),
  member: z.optional(z.int()),
  index: z.optional(z.int()),
  offset: z.optional(z.int()),
  file: z.optional(z.string()),
  line: z.optional(z.int()),
  column: z.optional(z.int()),
  path: z.optional(z.string()),
});
const problem = { code: z.string(), message: z.string(), place };
const error = {
  schemaVersion: z.literal(1),
  error: z.strictObject({ ...problem, problems: z.optional(z.array(z.strictObject(problem))) }),
};

const texts = z.array(z.string());
const media = z.strictObject({
  matched: z.int(),
  total: z.int(),
  absent: texts,
  mismatched: texts,
  unsigned: texts,
  skipped: texts,
});

/** One file as `verify` tells of it: its report, or why it could not be read. */
function verifiedFile() {
  return z.union([
    z.strictObject({ file: z.string(), ...verifyReportSchema().def.shape, media: z.optional(media) }),
    z.strictObject({ file: z.string(), ...error }),
  ]);
}

const uri = z.string().check(z.regex(/^[\x21-\x7e]+$/));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

function trustSuggestion() {
  const { authorities } = trustFileSchema().def.shape;
  return z.strictObject({
    schemaVersion: z.literal(1),
    item: uri,
    sha256: hash,
    records: z.int(),
    authorities: z.array(
      z.strictObject({
        kid: hash,
        entry: authorities.def.element,
        why: z.enum(['issuer', 'signer']),
        partyFrom: z.enum(['record', 'none']),
        vouchesFor: z.array(z.strictObject({ party: uri, kid: hash, roles: texts })),
        wouldTrust: z.int(),
        testKey: z.nullable(z.string()),
      }),
    ),
    further: z.int(),
    selfBound: z.array(hash),
    logs: z.array(z.strictObject({ name: z.string(), keyId: z.string(), notes: z.int() })),
    tokens: z.int(),
    written: z.optional(z.string()),
  });
}

function doctorReport() {
  return z.strictObject({
    schemaVersion: z.literal(1),
    home: z.string(),
    keys: z.int(),
    findings: z.array(
      z.strictObject({
        code: z.enum(Object.keys(DOCTOR_WORDS)),
        level: z.enum(['problem', 'warning', 'note']),
        message: z.string(),
        advice: z.string(),
        detail: z.record(z.string(), z.string()),
      }),
    ),
  });
}

/** What the files of `schemas/` hold, by name. */
export function publishedSchemas(): ReadonlyMap<string, JsonSchema> {
  const schemas: readonly (readonly [string, string, JsonSchema])[] = [
    [
      'verify-report',
      'verify --format json: one report, or a list of them for several files; each line of ndjson is one',
      jsonSchema(z.union([verifiedFile(), z.array(verifiedFile())])),
    ],
    [
      'find-report',
      'find --format json: the finding, why each edge is as it is, and what would change it',
      jsonSchema(
        z.strictObject({
          schemaVersion: z.literal(1),
          finding: findingSchema(),
          explanations: z.array(explanationSchema()),
          whatIf: z.array(whatIfSchema()),
        }),
      ),
    ],
    [
      'error',
      'what every command writes instead of a result under --format json',
      jsonSchema(z.strictObject(error)),
    ],
    [
      'trust-suggestion',
      'trust suggest --format json: which keys a verifier would have to believe; none is in force by that',
      jsonSchema(trustSuggestion()),
    ],
    ['doctor-report', 'doctor --format json: what stands in the way of signing', jsonSchema(doctorReport())],
    ['command-results', 'what the other commands write under --format json, by command', commandResults()],
    ['trust-file', 'whom a verifier believes', jsonSchema(trustFileSchema())],
    ['settlement-policy', 'limits and approvals for goodorder settle', jsonSchema(settlementPolicySchema())],
    [
      'payout-table',
      'what is paid when something is measured, for goodorder settle and watch',
      jsonSchema(payoutTableSchema()),
    ],
    ['what-if-case', 'records nobody signed, for goodorder what-if --add', jsonSchema(supposedCaseSchema())],
    ['dispute', 'who claims what from whom, under which law', jsonSchema(disputeSchema())],
    ['draft', 'an unsigned record, as goodorder record writes it', draftSchema()],
    ['column-map', 'how a logger’s CSV is to be read', jsonSchema(columnMapSchema())],
    ['credential-file', 'what goodorder credential issue writes', jsonSchema(credentialFileSchema)],
  ];
  return new Map(
    schemas.map(([name, description, { $schema: _draft, ...schema }]) => [
      name,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:goodorder:schema:${name}:1`,
        title: name,
        description,
        ...schema,
      },
    ]),
  );
}

/** The same as files: name and text. */
export function schemaTexts(): ReadonlyMap<string, string> {
  return new Map(
    [...publishedSchemas()].map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  );
}

function commandResults(): JsonSchema {
  const names = Object.keys(RESULT_SCHEMAS).sort();
  const defs = names.map((name) => [name.replace(' ', '-'), jsonSchema(RESULT_SCHEMAS[name]!)] as const);
  return {
    anyOf: defs.map(([name]) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(defs.flatMap(([name, schema]) => hoisted(name, schema))),
  };
}

/** A schema that refers to itself brings definitions of its own: in the one file they stand beside it, by its name. */
function hoisted(name: string, schema: JsonSchema): readonly (readonly [string, unknown])[] {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', `"#/$defs/${name}.`);
  const { $schema: _draft, $defs = {}, ...rest } = JSON.parse(text) as JsonSchema & { $defs?: object };
  return [[name, rest], ...Object.entries($defs).map(([own, value]) => [`${name}.${own}`, value] as const)];
}

/** Of what is written, before defaults and conversions. */
function jsonSchema(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
