import { atInstant, defineType, references } from '../define-type.js';
import {
  instant,
  longText,
  once,
  oneOf,
  optional,
  party,
  positive,
  privateDigest,
  shortText,
  strictObject,
  text,
} from '../field-schemas.js';
import type { RecordType } from '../record-type.js';
import { REMARKS } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { clearText, inspectedScope, OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const RECEIVER_ROLES = [
  'consignee',
  'household',
  'agent',
  'neighbour',
  'reception',
  'locker-operator',
  'other',
] as const;

/** Proof that a one-time code was shown. A bare hash of a code can be guessed, so it is a private field. */
export interface OneTimeCode {
  readonly code: string;
  readonly sentTo?: string;
}

const clearOneTimeCode = once(() => strictObject({ code: text(64), sentTo: optional(text(200)) }));

const schema = once(() =>
  strictObject({
    ...observingAt(),
    from: party(),
    to: party(),
    receiverRole: oneOf(RECEIVER_ROLES),
    mode: oneOf(['in-person', 'locker', 'proxy', 'self-confirmed']),
    consent: oneOf(['given', 'refused', 'not-asked']),
    remark: oneOf(REMARKS),
    inspectedScope: inspectedScope(),
    method: shortText(),
    objectionDeadline: z.nullable(strictObject({ until: instant(), rule: shortText() })),
    quantity: optional(positive()),
    oneTimeCode: optional(privateDigest<OneTimeCode>()),
    reservationText: optional(longText()),
    waybill: optional(privateDigest<string>()),
  }),
);

export type Delivery = z.infer<ReturnType<typeof schema>>;

/** The sign-off: the goods reached who was to have them. */
export const delivery: RecordType<Delivery> = defineType<Delivery>({
  name: 'delivery',
  revision: 1,
  schema,
  privatePlaces: [
    ...OBSERVING_PRIVATE_PLACES,
    { path: 'oneTimeCode', clear: clearOneTimeCode },
    { path: 'waybill', clear: clearText },
  ],
  observing: true,
  selfBound: true,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  counterparties: ({ from, to }, iss) => [iss === to ? from : to],
  period: (payload) => atInstant(payload.occurredAt),
});
