import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { longText, once, oneOf, optional, party, strictObject } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { INCIDENT_CODES } from '../vocabulary.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { causeFinding } from './inspection.js';
import { damageKind, fileDigests, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    code: oneOf(INCIDENT_CODES),
    description: longText(),
    reportedBy: party(),
    kind: optional(damageKind()),
    media: optional(fileDigests()),
    cause: optional(causeFinding()),
  }),
);

export type Incident = z.infer<ReturnType<typeof schema>>;

/** Something happened to the goods or to what watches them. */
export const incident: RecordType<Incident> = defineType<Incident>({
  name: 'incident',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.media),
  period: (payload) => atInstant(payload.occurredAt),
});
