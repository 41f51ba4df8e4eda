import { atInstant, defineType } from '../define-type.js';
import { extension, instant, once, optional, recordId, strictObject } from '../field-schemas.js';
import { isAscending } from '../link.js';
import type { RecordType, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

const schema = once(() =>
  strictObject({
    received: z.array(recordId()).check(z.minLength(1), z.maxLength(1024)),
    at: instant(),
    x: optional(extension()),
  }),
);

export type Acknowledgement = z.infer<ReturnType<typeof schema>>;

function faults({ received }: Acknowledgement): RuleFault[] {
  return isAscending(received) ? [] : [{ code: 'schema.value', path: 'received' }];
}

/** "I hold these bytes"; it agrees to nothing. */
export const acknowledgement: RecordType<Acknowledgement> = defineType<Acknowledgement>({
  name: 'acknowledgement',
  revision: 1,
  schema,
  selfBound: true,
  faults,
  period: (payload) => atInstant(payload.at),
});
