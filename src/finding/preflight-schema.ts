import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { ROLES } from '../record/vocabulary.js';
import { NOTICE } from './finding-form.js';
import { PREFLIGHT_KINDS } from './preflight-case.js';

const hash = () => z.string().check(z.regex(/^[0-9a-f]{64}$/));
const texts = () => z.array(z.string());
const bearers = () => z.strictObject({ parties: texts(), refer: z.boolean() });

/** What `preflight` writes; the type is `Preflight`. */
export function preflightSchema() {
  return z.strictObject({
    schemaVersion: z.literal(1),
    notice: z.literal(NOTICE),
    hypothetical: z.literal(true),
    item: z.string(),
    at: z.int(),
    passports: z.array(z.strictObject({ digest: hash(), verdict: z.string() })),
    packDigests: z.array(z.strictObject({ id: z.string(), digest: hash() })),
    parties: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        roles: z.array(z.enum(ROLES)),
        consumer: z.boolean(),
      }),
    ),
    assumed: texts(),
    disputes: z.array(
      z.strictObject({
        kind: z.enum(PREFLIGHT_KINDS),
        loser: z.string(),
        answers: z.array(
          z.strictObject({
            regions: texts(),
            bearers: bearers(),
            because: z.array(
              z.strictObject({
                creditor: z.string(),
                debtor: z.string(),
                status: z.string(),
                basis: z.string(),
                rules: texts(),
                reason: z.strictObject({ en: z.string(), zh: z.string() }),
              }),
            ),
            advice: z.array(
              z.strictObject({
                adds: z.array(z.looseObject({ id: z.string(), kind: z.string(), value: z.string() })),
                would: bearers(),
              }),
            ),
            complete: z.boolean(),
          }),
        ),
      }),
    ),
    leftOut: z.array(
      z.strictObject({
        kind: z.enum(PREFLIGHT_KINDS),
        why: z.enum([
          'no-temperature-limits',
          'no-lower-limit',
          'no-humidity-limit',
          'already-delivered',
          'already-returned',
        ]),
      }),
    ),
    computed: z.int(),
    complete: z.boolean(),
    digest: hash(),
  });
}
