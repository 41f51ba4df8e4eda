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
  party,
  positive,
  privateDigest,
  shockLimit,
  shortText,
} from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { CAPACITIES, ROLES, TRANSPORT_MODES, UNDERTAKINGS } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

const liabilityCap = once(() =>
  z.strictObject({
    per: z.enum(['freight', 'kg', 'package', 'item', 'declared']),
    times: z.exactOptional(positive()),
    rateMinor: z.exactOptional(positive()),
    currency: z.exactOptional(currency()),
  }),
);

const schema = once(() =>
  z.strictObject({
    kind: z.enum(['sale', 'carriage', 'platform']),
    agreedAt: instant(),
    parties: z.array(party()).check(z.minLength(2), z.maxLength(64)),
    capacityOf: z.exactOptional(
      z.array(z.strictObject({ party: party(), capacity: z.enum(CAPACITIES) })).check(z.maxLength(64)),
    ),
    goods: z.exactOptional(
      z.strictObject({
        description: longText(),
        condition: z.enum(['new', 'used']),
        quantity: positive(),
        unitPriceMinor: z.exactOptional(privateDigest<number>()),
        currency: z.exactOptional(currency()),
      }),
    ),
    distanceSale: z.exactOptional(z.boolean()),
    exclusions: z.exactOptional(
      z.array(z.strictObject({ code: shortText(), confirmedAt: instant() })).check(z.maxLength(64)),
    ),
    riskPoint: z.exactOptional(shortText()),
    mode: z.exactOptional(z.enum(TRANSPORT_MODES)),
    carrierChosenBy: z.exactOptional(z.enum(ROLES)),
    mandate: z.exactOptional(z.strictObject({ agent: party(), principal: party() })),
    packaging: z.exactOptional(z.strictObject({ spec: shortText(), testReport: z.exactOptional(digest()) })),
    fragility: z.exactOptional(z.array(shockLimit()).check(z.minLength(1), z.maxLength(4))),
    handlingEnvelope: z.exactOptional(z.array(shockLimit()).check(z.minLength(1), z.maxLength(4))),
    temperatureLimits: z.exactOptional(z.array(climateLimit()).check(z.minLength(1), z.maxLength(16))),
    undertakings: z.exactOptional(
      z.array(z.strictObject({ by: party(), what: z.enum(UNDERTAKINGS) })).check(z.maxLength(256)),
    ),
    noticeDays: z.exactOptional(
      z.strictObject({
        days: integer(0, 36_500),
        from: z.enum(['delivery', 'receipt', 'discovery', 'dispatch']),
      }),
    ),
    currency: z.exactOptional(currency()),
    valueDeclaredMinor: z.exactOptional(privateDigest<number>()),
    freightMinor: z.exactOptional(privateDigest<number>()),
    insuredMinor: z.exactOptional(privateDigest<number>()),
    liabilityCap: z.exactOptional(liabilityCap()),
    methodFinality: z.exactOptional(z.strictObject({ method: shortText(), final: z.boolean() })),
    text: z.exactOptional(longText()),
    x: z.exactOptional(extension()),
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
