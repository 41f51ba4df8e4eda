import {
  bytes,
  count,
  country,
  digest,
  extension,
  instant,
  integer,
  longText,
  once,
  party,
  privateDigest,
  recordId,
  shortText,
  someOf,
  subjectUri,
  text,
} from '../field-schemas.js';
import type { PrivatePlace } from '../record-type.js';
import {
  ASPECTS,
  BINDING_STRENGTHS,
  BOUNDARIES,
  COMPLETENESS,
  CONDITIONS,
  DAMAGE_KINDS,
  REGIONS,
} from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

/** An exact place in words, by coordinates, or both; always private. */
export interface ExactPlace {
  readonly address?: string;
  readonly latitudeMicroDeg?: number;
  readonly longitudeMicroDeg?: number;
}

export const aspect = once(() => z.enum(ASPECTS));
export const region = once(() => z.enum(REGIONS));
export const damageKind = once(() => z.enum(DAMAGE_KINDS));
export const extent = once(() => z.strictObject({ count: count(), of: count() }));

/** What was looked at: an aspect, and where (absent = the whole). */
export const inspectedScope = once(() =>
  z.array(z.strictObject({ aspect: aspect(), region: z.exactOptional(region()) })).check(z.maxLength(256)),
);
export type InspectedScope = z.infer<ReturnType<typeof inspectedScope>>;

/** Digests of photos and other files that show the same thing. */
export const fileDigests = once(() => z.array(digest()).check(z.maxLength(256)));

/** A natural person is never named in clear. `capacity` is the part played, as in `driver`. */
const persons = once(() =>
  z
    .array(
      z.strictObject({
        capacity: shortText(),
        name: z.exactOptional(privateDigest<string>()),
        phone: z.exactOptional(privateDigest<string>()),
        address: z.exactOptional(privateDigest<string>()),
      }),
    )
    .check(z.maxLength(64)),
);

export const place = once(() =>
  someOf({
    /** GS1 location URI. */
    location: z.exactOptional(subjectUri()),
    country: z.exactOptional(country()),
    exact: z.exactOptional(privateDigest<ExactPlace>()),
  }),
);

const observation = once(() =>
  z.strictObject({
    unit: z.exactOptional(shortText()),
    aspect: aspect(),
    region: z.exactOptional(region()),
    condition: z.enum(CONDITIONS),
    kind: z.exactOptional(damageKind()),
    extent: z.exactOptional(extent()),
  }),
);
export type Observation = z.infer<ReturnType<typeof observation>>;

/**
 * What every observing record may carry besides its own fields and its time. The scanned string stands verbatim: which
 * label was read is evidence of its own.
 */
function build() {
  return {
    place: z.exactOptional(place()),
    actsFor: z.exactOptional(
      z.strictObject({
        principal: party(),
        legs: z.union([z.literal('all'), z.array(shortText()).check(z.minLength(1), z.maxLength(64))]),
      }),
    ),
    occasion: z.exactOptional(
      z.strictObject({ boundary: z.enum(BOUNDARIES), of: z.exactOptional(recordId()) }),
    ),
    observations: z.exactOptional(z.array(observation()).check(z.maxLength(1024))),
    completeness: z.exactOptional(z.enum(COMPLETENESS)),
    identification: z.exactOptional(
      someOf({
        scanned: z.exactOptional(text(2048)),
        bindingStrength: z.exactOptional(z.enum(BINDING_STRENGTHS)),
        epc: z.exactOptional(bytes(1, 64)),
        tagUri: z.exactOptional(text(512)),
        tid: z.exactOptional(bytes(1, 64)),
      }),
    ),
    persons: z.exactOptional(persons()),
    note: z.exactOptional(longText()),
    x: z.exactOptional(extension()),
  };
}
export const observingFields = once(build);

/** Same, with the one time the record tells of. */
export const observingAt = once(() => ({ occurredAt: instant(), ...observingFields() }));
/** Same, with the span the record tells of. */
export const observingOver = once(() => ({ from: instant(), to: instant(), ...observingFields() }));

const clearName = once(() => text(500));
const clearPlace = once(() =>
  someOf({
    address: z.exactOptional(text(1000)),
    latitudeMicroDeg: z.exactOptional(integer(-90_000_000, 90_000_000)),
    longitudeMicroDeg: z.exactOptional(integer(-180_000_000, 180_000_000)),
  }),
);
/** Clear value of a waybill number, a person's name, an address. */
export const clearText = clearName;

export const OBSERVING_PRIVATE_PLACES: readonly PrivatePlace[] = [
  { path: 'place.exact', clear: clearPlace },
  { path: 'persons[].name', clear: clearName },
  { path: 'persons[].phone', clear: clearName },
  { path: 'persons[].address', clear: clearName },
];
