import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { findingSchema, whatIfSchema } from './finding-schema.js';
import { SUPPOSED_NOTICE } from './suppose.js';

const said = () => z.strictObject({ en: z.string(), zh: z.string() });

const outcome = () =>
  z.nullable(
    z.strictObject({
      status: z.string(),
      basis: z.string(),
      location: z.nullable(z.string()),
      leg: z.nullable(z.string()),
      mode: z.string(),
      amount: z.nullable(z.strictObject({ minor: z.string(), currency: z.string() })),
      rules: z.array(z.string()),
      reason: said(),
    }),
  );

const supposedOutcome = () =>
  z.nullable(z.looseObject({ edge: z.optional(z.string()), status: z.string(), basis: z.string() }));

/** `what-if` without added records: what each edge rests on and what would change it. */
export function questionsSchema() {
  return z.strictObject({
    schemaVersion: z.literal(1),
    finding: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    whatIf: z.array(whatIfSchema()),
  });
}

/** `what-if --add`; the type is `Supposition`. Every object that rests on the supposition says so. */
export function suppositionSchema() {
  const { digest: _, inputDigest: _input, notice: _notice, ...found } = findingSchema().def.shape;
  return z.strictObject({
    schemaVersion: z.literal(1),
    hypothetical: z.literal(true),
    notice: z.literal(SUPPOSED_NOTICE),
    supposed: z.array(
      z.strictObject({
        name: z.string(),
        type: z.string(),
        by: z.string(),
        sub: z.string(),
        at: z.int(),
        loggedAt: z.nullable(z.int()),
      }),
    ),
    today: findingSchema(),
    would: z.strictObject({ ...found, hypothetical: z.literal(true), notice: z.literal(SUPPOSED_NOTICE) }),
    edges: z.array(
      z.strictObject({
        edge: z.string(),
        template: z.string(),
        creditor: z.string(),
        debtor: z.string(),
        damage: z.string(),
        head: z.string(),
        pleaded: z.boolean(),
        changed: z.boolean(),
        today: outcome(),
        would: outcome(),
      }),
    ),
    asSaved: z.optional(z.boolean()),
    differences: z.optional(
      z.array(z.strictObject({ edge: z.string(), expected: supposedOutcome(), found: supposedOutcome() })),
    ),
    written: z.optional(z.string()),
  });
}
