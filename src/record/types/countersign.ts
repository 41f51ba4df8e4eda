import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  extension,
  instant,
  longText,
  once,
  oneOf,
  optional,
  recordId,
  strictObject,
} from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { REMARKS, STANCES } from '../vocabulary.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { fileDigests, inspectedScope } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    of: recordId(),
    stance: oneOf(STANCES),
    remark: oneOf(REMARKS),
    inspectedScope: inspectedScope(),
    occurredAt: instant(),
    remarkText: optional(longText()),
    photos: optional(fileDigests()),
    x: optional(extension()),
  }),
);

export type Countersign = z.infer<ReturnType<typeof schema>>;

/** The other side's answer to one record, bound to its id. */
export const countersign: RecordType<Countersign> = defineType<Countersign>({
  name: 'countersign',
  revision: 1,
  schema,
  selfBound: true,
  references: (payload) => references(['of', payload.of]),
  files: (payload) => digestsOf(payload.photos),
  period: (payload) => atInstant(payload.occurredAt),
});
