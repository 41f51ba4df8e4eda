import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { once } from '../record/field-schemas.js';
import { AXES } from './state.js';
import { CHECK_NAMES, REASONS, VERIFY_REPORT_VERSION } from './verify-report.js';

const count = once(() => z.int().check(z.gte(0)));
const hash = once(() => z.string().check(z.regex(/^[0-9a-f]{64}$/)));
const utcSeconds = once(() => z.int());
const answer = once(() => z.enum(['passed', 'limited', 'failed']));
/** Positions in `findings`. */
const positions = once(() => z.array(count()));

function byAxis<T extends z.core.SomeType>(value: T) {
  return z.strictObject({
    integrity: value,
    authenticity: value,
    time: value,
    completeness: value,
    trust: value,
  });
}

const finding = once(() =>
  z.strictObject({
    code: z.string(),
    axis: z.enum(AXES),
    severity: z.enum(['failure', 'indeterminate', 'warning', 'info']),
    lowers: z.boolean(),
    record: z.optional(hash()),
    member: z.optional(count()),
    index: z.optional(count()),
    offset: z.optional(count()),
    path: z.optional(z.string()),
    detail: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))),
  }),
);

const accreditation = once(() =>
  z.strictObject({ body: z.string(), number: z.string(), scope: z.string(), until: utcSeconds() }),
);

const record = once(() =>
  z.strictObject({
    number: count(),
    id: hash(),
    offset: count(),
    length: count(),
    state: z.enum(['invalid', 'unchecked', 'valid', 'trusted']),
    standing: z.enum(['full', 'adverse-only', 'none']),
    claimed: z.strictObject({
      type: z.string(),
      revision: count(),
      iss: z.string(),
      sub: z.string(),
      iat: utcSeconds(),
      seq: count(),
    }),
    verified: z.strictObject({
      kid: hash(),
      statementHash: hash(),
      party: z.nullable(z.string()),
      binding: z.enum(['path', 'self', 'none']),
      roles: z.array(z.string()),
      rolePermitted: z.boolean(),
      accreditation: z.nullable(accreditation()),
      time: z.strictObject({
        lower: z.nullable(utcSeconds()),
        upper: utcSeconds(),
        lowerFrom: z.string(),
        upperFrom: z.string(),
        widthS: z.nullable(z.int()),
      }),
      pins: z.array(hash()),
      pinnedBy: z.array(z.enum(['log', 'token', 'record'])),
      answers: byAxis(answer()),
    }),
    findings: positions(),
  }),
);

/** The report of `verify --format json` as a schema, from which `schemas/verify-report.schema.json` is made. */
export const verifyReportSchema = once(() =>
  z.strictObject({
    schemaVersion: z.literal(VERIFY_REPORT_VERSION),
    verifier: z.strictObject({ name: z.literal('goodorder'), version: z.string() }),
    verdict: z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']),
    passport: z.strictObject({ sha256: hash(), bytes: count(), item: z.string() }),
    at: utcSeconds(),
    trust: z.nullable(
      z.strictObject({ name: z.string(), sha256: hash(), sequence: count(), nextUpdate: utcSeconds() }),
    ),
    answers: byAxis(z.strictObject({ answer: answer(), because: positions() })),
    elements: z.strictObject({
      records: count(),
      keys: count(),
      credentials: count(),
      openings: count(),
      notes: count(),
      tokens: count(),
      receipts: count(),
      attachments: count(),
    }),
    records: z.array(record()),
    checks: z.array(
      z.strictObject({
        check: z.enum(CHECK_NAMES),
        performed: z.boolean(),
        count: z.optional(count()),
        reason: z.optional(z.enum(REASONS)),
      }),
    ),
    findings: z.array(finding()),
    counts: z.record(z.string(), count()),
    wouldLeaveOut: count(),
  }),
);
