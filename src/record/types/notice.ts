import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  instant,
  longText,
  once,
  oneOf,
  optional,
  party,
  recordId,
  shortText,
  strictObject,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import {
  aspect,
  extent,
  fileDigests,
  OBSERVING_PRIVATE_PLACES,
  observingFields,
  region,
} from './observing-fields.js';

const NOTICE_GROUNDS = [
  'damaged',
  'not-as-described',
  'missing',
  'shortage',
  'delay',
  'temperature',
  'counterfeit',
  'used',
  'defective',
] as const;

const schema = once(() =>
  strictObject({
    ...observingFields(),
    against: recordId(),
    grounds: oneOf(NOTICE_GROUNDS),
    aspect: aspect(),
    region: optional(region()),
    raisedAt: instant(),
    to: party(),
    written: z.boolean(),
    namesDamage: z.boolean(),
    discoveredAt: instant(),
    unit: optional(shortText()),
    extent: optional(extent()),
    remedySought: optional(
      oneOf(['repair', 'replacement', 'price-reduction', 'refund', 'compensation', 'none']),
    ),
    evidence: optional(fileDigests()),
    text: optional(longText()),
  }),
);

export type Notice = z.infer<ReturnType<typeof schema>>;

function faults(payload: Notice): RuleFault[] {
  return payload.raisedAt.utcS < payload.discoveredAt.utcS
    ? [{ code: 'schema.value', path: 'raisedAt' }]
    : [];
}

/** An objection: who told whom of which damage, and when. */
export const notice: RecordType<Notice> = defineType<Notice>({
  name: 'notice',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  selfBound: true,
  faults,
  references: (payload) => references(['against', payload.against], ['occasion.of', payload.occasion?.of]),
  files: (payload) => digestsOf(payload.evidence),
  period: (payload) => atInstant(payload.raisedAt),
});
