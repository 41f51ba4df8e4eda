import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { bytes, once, oneOf, optional, shortText, strictObject } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { SEAL_STATES } from '../vocabulary.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { fileDigests, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    sealId: shortText(),
    action: oneOf(['applied', 'read', 'broken']),
    reader: shortText(),
    state: oneOf(SEAL_STATES),
    tagTid: optional(bytes(1, 64)),
    photos: optional(fileDigests()),
  }),
);

export type Seal = z.infer<ReturnType<typeof schema>>;

/** A seal put on, read, or broken. */
export const seal: RecordType<Seal> = defineType<Seal>({
  name: 'seal',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.photos),
  period: (payload) => atInstant(payload.occurredAt),
});
