import { toHex } from '../../codec/hex.js';
import { defineType, references, spanFaults } from '../define-type.js';
import {
  count,
  digest,
  hash32,
  instant,
  mediaType,
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
import type { RecordType, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { clearText, OBSERVING_PRIVATE_PLACES, observingOver } from './observing-fields.js';

/** Chunk size of the Merkle tree over a file, bytes: fixed, so that one file has one root. */
export const CHUNK_BYTES = 1_048_576;

const MEDIA_PURPOSES = ['packing', 'unboxing', 'intake', 'mailing', 'handover', 'inspection'] as const;
const MEDIA_COVERAGE = [
  'front',
  'back',
  'left',
  'right',
  'top',
  'bottom',
  'interior',
  'whole',
  'serial',
  'label',
  'waybill',
  'seal',
  'close-up',
] as const;

const file = once(() =>
  strictObject({
    sha256: digest(),
    bytes: count(),
    mediaType: mediaType(),
    durationMs: optional(count()),
    chunkBytes: z.literal(CHUNK_BYTES),
    chunkRoot: hash32(),
    exifTime: optional(strictObject({ raw: text(128), claimed: optional(instant()) })),
    c2pa: optional(
      strictObject({
        digest: digest(),
        verdict: shortText(),
        engineVersion: shortText(),
        trustListDigest: optional(digest()),
      }),
    ),
  }),
);
export type MediaFile = z.infer<ReturnType<typeof file>>;

const schema = once(() =>
  strictObject({
    ...observingOver(),
    purpose: oneOf(MEDIA_PURPOSES),
    files: z.array(file()).check(z.minLength(1), z.maxLength(256)),
    device: strictObject({
      model: shortText(),
      maker: optional(shortText()),
      serial: optional(shortText()),
      software: optional(shortText()),
    }),
    continuity: oneOf(['one-shot', 'cut', 'still']),
    coverage: z.array(oneOf(MEDIA_COVERAGE)).check(z.maxLength(MEDIA_COVERAGE.length)),
    identified: z
      .array(
        strictObject({
          what: oneOf(['serial', 'parcel', 'waybill']),
          shown: optional(shortText()),
          waybill: optional(privateDigest<string>()),
        }),
      )
      .check(z.maxLength(64)),
    packaging: optional(
      strictObject({
        spec: shortText(),
        materials: optional(z.array(shortText()).check(z.maxLength(64))),
      }),
    ),
    sealId: optional(shortText()),
    packedMassG: optional(positive()),
    challengeCode: optional(shortText()),
    sealedBefore: optional(z.boolean()),
    witness: optional(party()),
  }),
);

export type Media = z.infer<ReturnType<typeof schema>>;

function faults(payload: Media): RuleFault[] {
  const found = spanFaults('to', payload);
  if (new Set(payload.coverage).size !== payload.coverage.length) {
    found.push({ code: 'schema.value', path: 'coverage' });
  }
  for (const [index, { what, shown, waybill }] of payload.identified.entries()) {
    // A waybill number opens the tracking page and with it a person's address: never in clear.
    if (what === 'waybill' && shown !== undefined) {
      found.push({ code: 'schema.value', path: `identified[${index}].shown` });
    }
    if (what !== 'waybill' && waybill !== undefined) {
      found.push({ code: 'schema.value', path: `identified[${index}].waybill` });
    }
  }
  const seen = new Set<string>();
  for (const [index, { sha256 }] of payload.files.entries()) {
    const hash = toHex(sha256[1]);
    if (seen.has(hash)) found.push({ code: 'schema.value', path: `files[${index}].sha256` });
    seen.add(hash);
  }
  return found;
}

/** Photos or video: the exact original files, what they were for and what they show. */
export const media: RecordType<Media> = defineType<Media>({
  name: 'media',
  revision: 1,
  schema,
  privatePlaces: [...OBSERVING_PRIVATE_PLACES, { path: 'identified[].waybill', clear: clearText }],
  observing: true,
  selfBound: true,
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  files: (payload) => payload.files.map(({ sha256 }) => toHex(sha256[1])),
  period: ({ from, to }) => ({ from, to }),
});
