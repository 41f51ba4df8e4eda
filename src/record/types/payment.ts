import { atInstant, defineType, references } from '../define-type.js';
import { count, currency, extension, instant, once, privateDigest, recordId } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

const schema = once(() =>
  z.strictObject({
    kind: z.enum(['price', 'refund', 'compensation']),
    amountMinor: privateDigest<number>(),
    currency: currency(),
    against: recordId(),
    occurredAt: instant(),
    x: z.exactOptional(extension()),
  }),
);

export type Payment = z.infer<ReturnType<typeof schema>>;

/** Money paid because of a record. */
export const payment: RecordType<Payment> = defineType<Payment>({
  name: 'payment',
  revision: 1,
  schema,
  privatePlaces: [{ path: 'amountMinor', clear: count }],
  references: (payload) => references(['against', payload.against]),
  period: (payload) => atInstant(payload.occurredAt),
});
