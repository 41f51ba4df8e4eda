import { defineType, digestsOf, references, spanFaults } from '../define-type.js';
import { once, optional, party, shortText, strictObject, text } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { fileDigests, OBSERVING_PRIVATE_PLACES, observingOver } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingOver(),
    shownAsSeller: strictObject({ name: shortText(), party: optional(party()) }),
    where: text(2048),
    howMarked: shortText(),
    media: optional(fileDigests()),
  }),
);

export type Disclosure = z.infer<ReturnType<typeof schema>>;

/** Whom the public saw as the seller, where and how clearly. */
export const disclosure: RecordType<Disclosure> = defineType<Disclosure>({
  name: 'disclosure',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  faults: (payload) => spanFaults('to', payload),
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.media),
  period: ({ from, to }) => ({ from, to }),
});
