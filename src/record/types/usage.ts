import { atInstant, defineType, references } from '../define-type.js';
import { count, hash32, once, oneOf, optional, shortText, strictObject } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    reader: shortText(),
    tag: shortText(),
    event: oneOf(['wear', 'wash', 'open', 'activate']),
    counter: count(),
    durationMs: optional(count()),
    sessionRoot: optional(hash32()),
  }),
);

export type Usage = z.infer<ReturnType<typeof schema>>;

/** The item was used, as a reader counted it. */
export const usage: RecordType<Usage> = defineType<Usage>({
  name: 'usage',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  selfBound: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  period: (payload) => atInstant(payload.occurredAt),
});
