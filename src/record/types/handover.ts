import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  longText,
  once,
  oneOf,
  optional,
  party,
  positive,
  privateDigest,
  recordId,
  shortText,
  strictObject,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { CAPACITIES, REMARKS, SEAL_STATES, TRANSPORT_MODES } from '../vocabulary.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import {
  clearText,
  fileDigests,
  inspectedScope,
  OBSERVING_PRIVATE_PLACES,
  observingAt,
} from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    from: party(),
    to: party(),
    fromCapacity: oneOf(CAPACITIES),
    toCapacity: oneOf(CAPACITIES),
    parcels: positive(),
    remark: oneOf(REMARKS),
    inspectedScope: inspectedScope(),
    sealState: oneOf(SEAL_STATES),
    sealId: optional(shortText()),
    leg: optional(shortText()),
    mode: optional(oneOf(TRANSPORT_MODES)),
    remarkText: optional(longText()),
    massG: optional(positive()),
    photos: optional(fileDigests()),
    vehicle: optional(shortText()),
    lastSensorRecord: optional(recordId()),
    termsPoint: optional(shortText()),
    waybill: optional(privateDigest<string>()),
  }),
);

export type Handover = z.infer<ReturnType<typeof schema>>;

const CARRYING: ReadonlySet<string> = new Set(['carrier', 'contracting-carrier', 'operator']);

function faults(payload: Handover): RuleFault[] {
  const found: RuleFault[] = [];
  if (payload.from === payload.to && payload.fromCapacity === payload.toCapacity) {
    found.push({ code: 'schema.value', path: 'to' });
  }
  // A leg of carriage begins: which one, and by what.
  if (CARRYING.has(payload.toCapacity)) {
    for (const path of ['leg', 'mode'] as const) {
      if (payload[path] === undefined) found.push({ code: 'schema.missing', path });
    }
  }
  return found;
}

/** The goods passed from one hand to another. */
export const handover: RecordType<Handover> = defineType<Handover>({
  name: 'handover',
  revision: 1,
  schema,
  privatePlaces: [...OBSERVING_PRIVATE_PLACES, { path: 'waybill', clear: clearText }],
  observing: true,
  signers: ({ from, to }) => [from, to],
  faults,
  references: (payload) =>
    references(['occasion.of', payload.occasion?.of], ['lastSensorRecord', payload.lastSensorRecord]),
  counterparties: ({ from, to }, iss) => [iss === to ? from : to],
  files: (payload) => digestsOf(payload.photos),
  period: (payload) => atInstant(payload.occurredAt),
});
