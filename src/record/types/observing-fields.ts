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
  oneOf,
  optional,
  party,
  privateDigest,
  recordId,
  shortText,
  someOf,
  strictObject,
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

export const aspect = once(() => oneOf(ASPECTS));
export const region = once(() => oneOf(REGIONS));
export const damageKind = once(() => oneOf(DAMAGE_KINDS));
export const extent = once(() => strictObject({ count: count(), of: count() }));

/** What was looked at: an aspect, and where (absent = the whole). */
export const inspectedScope = once(() =>
  z.array(strictObject({ aspect: aspect(), region: optional(region()) })).check(z.maxLength(256)),
);

/** Digests of photos and other files that show the same thing. */
export const fileDigests = once(() => z.array(digest()).check(z.maxLength(256)));

/** A natural person is never named in clear. `capacity` is the part played, as in `driver`. */
const persons = once(() =>
  z
    .array(
      strictObject({
        capacity: shortText(),
        name: optional(privateDigest<string>()),
        phone: optional(privateDigest<string>()),
        address: optional(privateDigest<string>()),
      }),
    )
    .check(z.maxLength(64)),
);

const place = once(() =>
  someOf({
    /** GS1 location URI. */
    location: optional(subjectUri()),
    country: optional(country()),
    exact: optional(privateDigest<ExactPlace>()),
  }),
);

const observation = once(() =>
  strictObject({
    unit: optional(shortText()),
    aspect: aspect(),
    region: optional(region()),
    condition: oneOf(CONDITIONS),
    kind: optional(damageKind()),
    extent: optional(extent()),
  }),
);

/**
 * What every observing record may carry besides its own fields and its time. The scanned string stands verbatim: which
 * label was read is evidence of its own.
 */
function build() {
  return {
    place: optional(place()),
    actsFor: optional(
      strictObject({
        principal: party(),
        legs: z.union([z.literal('all'), z.array(shortText()).check(z.minLength(1), z.maxLength(64))]),
      }),
    ),
    occasion: optional(strictObject({ boundary: oneOf(BOUNDARIES), of: optional(recordId()) })),
    observations: optional(z.array(observation()).check(z.maxLength(1024))),
    completeness: optional(oneOf(COMPLETENESS)),
    identification: optional(
      someOf({
        scanned: optional(text(2048)),
        bindingStrength: optional(oneOf(BINDING_STRENGTHS)),
        epc: optional(bytes(1, 64)),
        tagUri: optional(text(512)),
        tid: optional(bytes(1, 64)),
      }),
    ),
    persons: optional(persons()),
    note: optional(longText()),
    x: optional(extension()),
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
    address: optional(text(1000)),
    latitudeMicroDeg: optional(integer(-90_000_000, 90_000_000)),
    longitudeMicroDeg: optional(integer(-180_000_000, 180_000_000)),
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
