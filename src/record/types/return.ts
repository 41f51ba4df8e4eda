import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  longText,
  once,
  oneOf,
  optional,
  party,
  recordId,
  shortText,
  strictObject,
  text,
} from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { CAPACITIES, REMARKS, ROLES, TRANSPORT_MODES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { fileDigests, inspectedScope, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const RETURN_STAGES = ['requested', 'approved', 'dispatched', 'picked-up', 'received', 'refused'] as const;

const schema = once(() =>
  strictObject({
    ...observingAt(),
    stage: oneOf(RETURN_STAGES),
    from: party(),
    to: party(),
    capacity: oneOf(CAPACITIES),
    reason: optional(longText()),
    authorisation: optional(recordId()),
    carrierChosenBy: optional(oneOf(ROLES)),
    remark: optional(oneOf(REMARKS)),
    inspectedScope: optional(inspectedScope()),
    leg: optional(shortText()),
    mode: optional(oneOf(TRANSPORT_MODES)),
    media: optional(fileDigests()),
    receivedItem: optional(text(2048)),
    identityMatch: optional(z.boolean()),
    usageEvidence: optional(longText()),
    grading: optional(shortText()),
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
