import { atInstant, defineType } from '../define-type.js';
import {
  extension,
  instant,
  once,
  oneOf,
  optional,
  positive,
  privateDigest,
  strictObject,
  subjectUri,
} from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

const schema = once(() =>
  strictObject({
    action: oneOf(['pack', 'unpack']),
    children: z.array(privateDigest<string>()).check(z.minLength(1), z.maxLength(1024)),
    at: instant(),
    quantity: optional(positive()),
    x: optional(extension()),
  }),
);

export type Aggregation = z.infer<ReturnType<typeof schema>>;

/** The parent (its sub) took in or let out children. Each child stands as a digest, so no passport shows a stranger's parcel. */
export const aggregation: RecordType<Aggregation> = defineType<Aggregation>({
  name: 'aggregation',
  revision: 1,
  schema,
  privatePlaces: [{ path: 'children[]', clear: subjectUri }],
  period: (payload) => atInstant(payload.at),
});
