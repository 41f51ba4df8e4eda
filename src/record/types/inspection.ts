import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  count,
  digest,
  instant,
  integer,
  longText,
  measured,
  once,
  party,
  permille,
  positive,
  privateDigest,
  shortText,
  signed,
  someOf,
  unitCode,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { CAUSE_STRENGTHS, CAUSES } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import {
  aspect,
  clearText,
  fileDigests,
  inspectedScope,
  OBSERVING_PRIVATE_PLACES,
  observingFields,
  region,
} from './observing-fields.js';

export const causeFinding = once(() =>
  z.strictObject({ cause: z.enum(CAUSES), strength: z.enum(CAUSE_STRENGTHS) }),
);

const limits = once(() =>
  z.strictObject({
    min: z.exactOptional(signed()),
    max: z.exactOptional(signed()),
    decimals: integer(0, 12),
    unitCode: unitCode(),
  }),
);

export const inspectionCheck = once(() =>
  z.strictObject({
    id: shortText(),
    aspect: aspect(),
    region: z.exactOptional(region()),
    unit: z.exactOptional(shortText()),
    method: shortText(),
    methodVersion: shortText(),
    result: z.enum(['pass', 'fail', 'not-tested']),
    observed: z.exactOptional(measured()),
    limits: z.exactOptional(limits()),
  }),
);
export type InspectionCheck = z.infer<ReturnType<typeof inspectionCheck>>;

const equipment = once(() =>
  z.strictObject({
    id: shortText(),
    model: z.exactOptional(shortText()),
    calibration: z.exactOptional(digest()),
    calibratedAt: z.exactOptional(instant()),
    calibrationDueAt: z.exactOptional(instant()),
  }),
);

const sampling = once(() =>
  z.strictObject({
    plan: shortText(),
    edition: shortText(),
    acceptableQualityMilliPercent: z.exactOptional(count()),
    sampleSize: positive(),
    acceptAt: count(),
    rejectAt: count(),
    found: count(),
  }),
);

const schema = once(() =>
  z.strictObject({
    ...observingFields(),
    checkedAt: instant(),
    issuedAt: instant(),
    reportId: shortText(),
    issuingBody: z.strictObject({ name: shortText(), party: z.exactOptional(party()) }),
    inspector: privateDigest<string>(),
    authoriser: privateDigest<string>(),
    scope: z.enum(['this-item', 'lot-sample']),
    stage: shortText(),
    itemCondition: longText(),
    verdict: z.enum(['pass', 'fail', 'qualified', 'none']),
    notTested: inspectedScope(),
    checks: z.exactOptional(z.array(inspectionCheck()).check(z.maxLength(1024))),
    equipment: z.exactOptional(z.array(equipment()).check(z.maxLength(256))),
    decisionRule: z.exactOptional(longText()),
    rawData: z.exactOptional(fileDigests()),
    partiesPresent: z.exactOptional(z.array(party()).check(z.maxLength(64))),
    requestedBy: z.exactOptional(party()),
    cause: z.exactOptional(causeFinding()),
    lapsed: z.exactOptional(z.boolean()),
    accreditation: z.exactOptional(
      z.strictObject({
        body: shortText(),
        number: shortText(),
        scope: longText(),
        validUntil: instant(),
      }),
    ),
    expandedUncertainty: z.exactOptional(
      z.strictObject({
        value: count(),
        decimals: integer(0, 12),
        unitCode: unitCode(),
        coverageFactorMilli: positive(),
      }),
    ),
    environment: z.exactOptional(
      someOf({
        temperatureMilliC: z.exactOptional(signed()),
        humidityPermille: z.exactOptional(permille()),
        remark: z.exactOptional(longText()),
      }),
    ),
    sampling: z.exactOptional(sampling()),
    deviations: z.exactOptional(longText()),
    subcontractedFrom: z.exactOptional(party()),
    media: z.exactOptional(fileDigests()),
  }),
);

export type Inspection = z.infer<ReturnType<typeof schema>>;

function faults(payload: Inspection): RuleFault[] {
  const found: RuleFault[] = [];
  // A report is written after the look it reports.
  if (payload.issuedAt.utcS < payload.checkedAt.utcS) found.push({ code: 'schema.value', path: 'issuedAt' });
  const ids = new Set<string>();
  for (const [index, { id }] of (payload.checks ?? []).entries()) {
    if (ids.has(id)) found.push({ code: 'schema.value', path: `checks[${index}].id` });
    ids.add(id);
  }
  return found;
}

/** A report on a condition. A bare "qualified" label is one with a verdict and no checks. */
export const inspection: RecordType<Inspection> = defineType<Inspection>({
  name: 'inspection',
  revision: 1,
  schema,
  privatePlaces: [
    ...OBSERVING_PRIVATE_PLACES,
    { path: 'inspector', clear: clearText },
    { path: 'authoriser', clear: clearText },
  ],
  observing: true,
  roles: ['inspector', 'laboratory', 'seller'],
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  counterparties: (payload) => [
    ...(payload.requestedBy === undefined ? [] : [payload.requestedBy]),
    ...(payload.partiesPresent ?? []),
  ],
  files: (payload) => digestsOf(payload.rawData, payload.media),
  period: (payload) => atInstant(payload.checkedAt),
});
