import { atInstant, defineType, references } from '../define-type.js';
import {
  count,
  currency,
  extension,
  instant,
  once,
  oneOf,
  optional,
  privateDigest,
  recordId,
  strictObject,
} from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';

const schema = once(() =>
  strictObject({
    kind: oneOf(['price', 'refund', 'compensation']),
    amountMinor: privateDigest<number>(),
    currency: currency(),
    against: recordId(),
    occurredAt: instant(),
    x: optional(extension()),
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
