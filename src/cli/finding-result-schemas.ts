import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { preflightSchema } from '../finding/preflight-schema.js';
import { settleResultSchema, watchLineSchema } from '../finding/settlement-schema.js';
import { questionsSchema, suppositionSchema } from '../finding/suppose-schema.js';

/** What the commands that ask something of a finding write under `--format json`, by name. */
export const FINDING_RESULT_SCHEMAS: Readonly<Record<string, z.core.$ZodType>> = {
  watch: z.strictObject({
    schemaVersion: z.literal(1),
    events: z.array(watchLineSchema()),
    problems: z.array(z.looseObject({ code: z.string(), message: z.string() })),
  }),
  settle: settleResultSchema(),
  preflight: preflightSchema(),
  'what-if': z.union([questionsSchema(), suppositionSchema()]),
};
