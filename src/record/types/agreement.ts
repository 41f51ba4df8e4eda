import { atInstant, defineType, digestsOf } from '../define-type.js';
import {
  climateLimit,
  count,
  currency,
  digest,
  extension,
  instant,
  integer,
  longText,
  once,
  oneOf,
  optional,
  party,
  positive,
  privateDigest,
  shockLimit,
  shortText,
  strictObject,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { CAPACITIES, ROLES, TRANSPORT_MODES, UNDERTAKINGS } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

const liabilityCap = once(() =>
  strictObject({
    per: oneOf(['freight', 'kg', 'package', 'item', 'declared']),
    times: optional(positive()),
    rateMinor: optional(positive()),
    currency: optional(currency()),
  }),
);

const schema = once(() =>
  strictObject({
    kind: oneOf(['sale', 'carriage', 'platform']),
    agreedAt: instant(),
    parties: z.array(party()).check(z.minLength(2), z.maxLength(64)),
    capacityOf: optional(
      z.array(strictObject({ party: party(), capacity: oneOf(CAPACITIES) })).check(z.maxLength(64)),
    ),
    goods: optional(
      strictObject({
        description: longText(),
        condition: oneOf(['new', 'used']),
        quantity: positive(),
        unitPriceMinor: optional(privateDigest<number>()),
        currency: optional(currency()),
      }),
    ),
    distanceSale: optional(z.boolean()),
    exclusions: optional(
      z.array(strictObject({ code: shortText(), confirmedAt: instant() })).check(z.maxLength(64)),
    ),
    riskPoint: optional(shortText()),
    mode: optional(oneOf(TRANSPORT_MODES)),
    carrierChosenBy: optional(oneOf(ROLES)),
    mandate: optional(strictObject({ agent: party(), principal: party() })),
    packaging: optional(strictObject({ spec: shortText(), testReport: optional(digest()) })),
    fragility: optional(z.array(shockLimit()).check(z.minLength(1), z.maxLength(4))),
    handlingEnvelope: optional(z.array(shockLimit()).check(z.minLength(1), z.maxLength(4))),
    temperatureLimits: optional(z.array(climateLimit()).check(z.minLength(1), z.maxLength(16))),
    undertakings: optional(
      z.array(strictObject({ by: party(), what: oneOf(UNDERTAKINGS) })).check(z.maxLength(256)),
    ),
    noticeDays: optional(
      strictObject({
        days: integer(0, 36_500),
        from: oneOf(['delivery', 'receipt', 'discovery', 'dispatch']),
      }),
    ),
    currency: optional(currency()),
    valueDeclaredMinor: optional(privateDigest<number>()),
    freightMinor: optional(privateDigest<number>()),
    insuredMinor: optional(privateDigest<number>()),
    liabilityCap: optional(liabilityCap()),
    methodFinality: optional(strictObject({ method: shortText(), final: z.boolean() })),
    text: optional(longText()),
    x: optional(extension()),
  }),
);

export type Agreement = z.infer<ReturnType<typeof schema>>;

function faults(payload: Agreement): RuleFault[] {
  const found: RuleFault[] = [];
  const parties = new Set(payload.parties);
  if (parties.size !== payload.parties.length) found.push({ code: 'schema.value', path: 'parties' });
  // A term about somebody who is no party binds nobody.
  for (const [index, { party: who }] of (payload.capacityOf ?? []).entries()) {
    if (!parties.has(who)) found.push({ code: 'schema.value', path: `capacityOf[${index}].party` });
  }
  for (const [index, { by }] of (payload.undertakings ?? []).entries()) {
    if (!parties.has(by)) found.push({ code: 'schema.value', path: `undertakings[${index}].by` });
  }
  for (const name of ['fragility', 'handlingEnvelope'] as const) {
    const axes = (payload[name] ?? []).map(({ axis }) => axis);
    if (new Set(axes).size !== axes.length) found.push({ code: 'schema.value', path: name });
  }
  const cap = payload.liabilityCap;
  if (cap !== undefined && (cap.times === undefined) === (cap.rateMinor === undefined)) {
    found.push({ code: 'schema.value', path: 'liabilityCap' });
  }
  if (cap !== undefined && cap.rateMinor !== undefined && cap.currency === undefined) {
    found.push({ code: 'schema.missing', path: 'liabilityCap.currency' });
  }
  if (payload.currency === undefined) {
    for (const path of ['valueDeclaredMinor', 'freightMinor', 'insuredMinor'] as const) {
      if (payload[path] !== undefined) found.push({ code: 'schema.missing', path: 'currency' });
    }
  }
  if (payload.goods?.unitPriceMinor !== undefined && payload.goods.currency === undefined) {
    found.push({ code: 'schema.missing', path: 'goods.currency' });
  }
  return found;
}

/** Terms between parties; one binds only when all of `parties` signed or counter-signed agree. */
export const agreement: RecordType<Agreement> = defineType<Agreement>({
  name: 'agreement',
  revision: 1,
  schema,
  privatePlaces: [
    { path: 'goods.unitPriceMinor', clear: count },
    { path: 'valueDeclaredMinor', clear: count },
    { path: 'freightMinor', clear: count },
    { path: 'insuredMinor', clear: count },
  ],
  faults,
  counterparties: ({ parties }, iss) => parties.filter((one) => one !== iss),
  files: (payload) => digestsOf(payload.packaging?.testReport),
  period: (payload) => atInstant(payload.agreedAt),
});
