import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import { longText, once, party, positive, privateDigest, recordId, shortText } from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { CAPACITIES, REMARKS, SEAL_STATES, TRANSPORT_MODES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import {
  clearText,
  fileDigests,
  inspectedScope,
  OBSERVING_PRIVATE_PLACES,
  observingAt,
} from './observing-fields.js';

const schema = once(() =>
  z.strictObject({
    ...observingAt(),
    from: party(),
    to: party(),
    fromCapacity: z.enum(CAPACITIES),
    toCapacity: z.enum(CAPACITIES),
    parcels: positive(),
    remark: z.enum(REMARKS),
    inspectedScope: inspectedScope(),
    sealState: z.enum(SEAL_STATES),
    sealId: z.exactOptional(shortText()),
    leg: z.exactOptional(shortText()),
    mode: z.exactOptional(z.enum(TRANSPORT_MODES)),
    remarkText: z.exactOptional(longText()),
    massG: z.exactOptional(positive()),
    photos: z.exactOptional(fileDigests()),
    vehicle: z.exactOptional(shortText()),
    lastSensorRecord: z.exactOptional(recordId()),
    termsPoint: z.exactOptional(shortText()),
    waybill: z.exactOptional(privateDigest<string>()),
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
