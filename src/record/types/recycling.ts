import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { count, digest, once, optional, party, shortText, strictObject } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    operator: strictObject({ name: shortText(), party: optional(party()) }),
    treatment: shortText(),
    massOutG: count(),
    certificate: optional(strictObject({ number: shortText(), digest: optional(digest()) })),
  }),
);

export type Recycling = z.infer<ReturnType<typeof schema>>;

/** The end of the item: who took it apart, how, and what came out. */
export const recycling: RecordType<Recycling> = defineType<Recycling>({
  name: 'recycling',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.certificate?.digest),
  period: (payload) => atInstant(payload.occurredAt),
});
