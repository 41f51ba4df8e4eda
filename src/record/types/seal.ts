import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { bytes, once, shortText } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { SEAL_STATES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { fileDigests, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  z.strictObject({
    ...observingAt(),
    sealId: shortText(),
    action: z.enum(['applied', 'read', 'broken']),
    reader: shortText(),
    state: z.enum(SEAL_STATES),
    tagTid: z.exactOptional(bytes(1, 64)),
    photos: z.exactOptional(fileDigests()),
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
