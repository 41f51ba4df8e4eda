import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  bytes,
  instant,
  longText,
  once,
  oneOf,
  optional,
  party,
  privateDigest,
  shortText,
  strictObject,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { clearText, fileDigests, OBSERVING_PRIVATE_PLACES, observingFields } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingFields(),
    checkedAt: instant(),
    issuedAt: instant(),
    certificateId: shortText(),
    authority: strictObject({ name: shortText(), party: optional(party()) }),
    method: shortText(),
    verdict: oneOf(['genuine', 'not-genuine', 'undetermined']),
    features: z.array(longText()).check(z.maxLength(64)),
    examiner: privateDigest<string>(),
    accreditation: optional(
      strictObject({
        body: shortText(),
        number: shortText(),
        scope: longText(),
        validUntil: instant(),
      }),
    ),
    validUntil: optional(instant()),
    sealId: optional(shortText()),
    tagTid: optional(bytes(1, 64)),
    sampleImages: optional(fileDigests()),
  }),
);

export type Authentication = z.infer<ReturnType<typeof schema>>;

function faults(payload: Authentication): RuleFault[] {
  return payload.issuedAt.utcS < payload.checkedAt.utcS ? [{ code: 'schema.value', path: 'issuedAt' }] : [];
}

/** A finding that the item is what it is said to be, or is not. Without features that bind it to this item it says nothing of it. */
export const authentication: RecordType<Authentication> = defineType<Authentication>({
  name: 'authentication',
  revision: 1,
  schema,
  privatePlaces: [...OBSERVING_PRIVATE_PLACES, { path: 'examiner', clear: clearText }],
  observing: true,
  roles: ['laboratory', 'platform', 'inspector'],
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.sampleImages),
  period: (payload) => atInstant(payload.checkedAt),
});
