import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { longText, once, party, recordId, shortText, text } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { CAPACITIES, REMARKS, ROLES, TRANSPORT_MODES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { fileDigests, inspectedScope, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

export const RETURN_STAGES = [
  'requested',
  'approved',
  'dispatched',
  'picked-up',
  'received',
  'refused',
] as const;

const schema = once(() =>
  z.strictObject({
    ...observingAt(),
    stage: z.enum(RETURN_STAGES),
    from: party(),
    to: party(),
    capacity: z.enum(CAPACITIES),
    reason: z.exactOptional(longText()),
    authorisation: z.exactOptional(recordId()),
    carrierChosenBy: z.exactOptional(z.enum(ROLES)),
    remark: z.exactOptional(z.enum(REMARKS)),
    inspectedScope: z.exactOptional(inspectedScope()),
    leg: z.exactOptional(shortText()),
    mode: z.exactOptional(z.enum(TRANSPORT_MODES)),
    media: z.exactOptional(fileDigests()),
    receivedItem: z.exactOptional(text(2048)),
    identityMatch: z.exactOptional(z.boolean()),
    usageEvidence: z.exactOptional(longText()),
    grading: z.exactOptional(shortText()),
  }),
);

export type Return = z.infer<ReturnType<typeof schema>>;

/** One stage of goods going back; each party signs its own. */
export const returnStage: RecordType<Return> = defineType<Return>({
  name: 'return',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  selfBound: true,
  references: (payload) =>
    references(['occasion.of', payload.occasion?.of], ['authorisation', payload.authorisation]),
  files: (payload) => digestsOf(payload.media),
  period: (payload) => atInstant(payload.occurredAt),
});
