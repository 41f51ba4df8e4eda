import { atInstant, defineType, references } from '../define-type.js';
import { longText, once, optional, party, shortText, strictObject } from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { inspectionCheck } from './inspection.js';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const parts = once(() =>
  z.array(strictObject({ name: shortText(), serial: optional(shortText()) })).check(z.maxLength(256)),
);

const checks = once(() => z.array(inspectionCheck()).check(z.maxLength(256)));

const schema = once(() =>
  strictObject({
    ...observingAt(),
    fault: longText(),
    work: longText(),
    partsRemoved: parts(),
    partsInstalled: parts(),
    provider: strictObject({
      name: shortText(),
      party: optional(party()),
      authorisation: shortText(),
    }),
    checksBefore: checks(),
    checksAfter: checks(),
    warrantyEffect: optional(longText()),
    softwareVersion: optional(shortText()),
  }),
);

export type Repair = z.infer<ReturnType<typeof schema>>;

/** What was wrong, what was done, which parts came and went. */
export const repair: RecordType<Repair> = defineType<Repair>({
  name: 'repair',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  period: (payload) => atInstant(payload.occurredAt),
});
