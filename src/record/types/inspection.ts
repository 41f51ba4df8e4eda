import { atInstant, defineType, digestsOf, references } from '../define-type.js';
import {
  count,
  digest,
  instant,
  integer,
  longText,
  measured,
  once,
  oneOf,
  optional,
  party,
  permille,
  positive,
  privateDigest,
  shortText,
  signed,
  someOf,
  strictObject,
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
  strictObject({ cause: oneOf(CAUSES), strength: oneOf(CAUSE_STRENGTHS) }),
);

const limits = once(() =>
  strictObject({
    min: optional(signed()),
    max: optional(signed()),
    decimals: integer(0, 12),
    unitCode: unitCode(),
  }),
);

export const inspectionCheck = once(() =>
  strictObject({
    id: shortText(),
    aspect: aspect(),
    region: optional(region()),
    unit: optional(shortText()),
    method: shortText(),
    methodVersion: shortText(),
    result: oneOf(['pass', 'fail', 'not-tested']),
    observed: optional(measured()),
    limits: optional(limits()),
  }),
);

const equipment = once(() =>
  strictObject({
    id: shortText(),
    model: optional(shortText()),
    calibration: optional(digest()),
    calibratedAt: optional(instant()),
    calibrationDueAt: optional(instant()),
  }),
);

const sampling = once(() =>
  strictObject({
    plan: shortText(),
    edition: shortText(),
    acceptableQualityMilliPercent: optional(count()),
    sampleSize: positive(),
    acceptAt: count(),
    rejectAt: count(),
    found: count(),
  }),
);

const schema = once(() =>
  strictObject({
    ...observingFields(),
    checkedAt: instant(),
    issuedAt: instant(),
    reportId: shortText(),
    issuingBody: strictObject({ name: shortText(), party: optional(party()) }),
    inspector: privateDigest<string>(),
    authoriser: privateDigest<string>(),
    scope: oneOf(['this-item', 'lot-sample']),
    stage: shortText(),
    itemCondition: longText(),
    verdict: oneOf(['pass', 'fail', 'qualified', 'none']),
    notTested: inspectedScope(),
    checks: optional(z.array(inspectionCheck()).check(z.maxLength(1024))),
    equipment: optional(z.array(equipment()).check(z.maxLength(256))),
    decisionRule: optional(longText()),
    rawData: optional(fileDigests()),
    partiesPresent: optional(z.array(party()).check(z.maxLength(64))),
    requestedBy: optional(party()),
    cause: optional(causeFinding()),
    lapsed: optional(z.boolean()),
    accreditation: optional(
      strictObject({
        body: shortText(),
        number: shortText(),
        scope: longText(),
        validUntil: instant(),
      }),
    ),
    expandedUncertainty: optional(
      strictObject({
        value: count(),
        decimals: integer(0, 12),
        unitCode: unitCode(),
        coverageFactorMilli: positive(),
      }),
    ),
    environment: optional(
      someOf({
        temperatureMilliC: optional(signed()),
        humidityPermille: optional(permille()),
        remark: optional(longText()),
      }),
    ),
    sampling: optional(sampling()),
    deviations: optional(longText()),
    subcontractedFrom: optional(party()),
    media: optional(fileDigests()),
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
