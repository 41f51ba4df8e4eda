import { readInstant } from '../codec/instant.js';
import { integer, once, oneOf, optional, strictObject, text } from '../record/field-schemas.js';
import { ROLES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { mayDelegate, partyUri, subjects } from './grant-schemas.js';

/** RFC 3339 with offset, whole seconds. */
const time = once(() => z.string().check(z.refine((value) => readInstant(value) !== null)));
const base64url = once(() => z.string().check(z.minLength(1), z.regex(/^[A-Za-z0-9_-]+$/)));
const kidText = once(() => z.string().check(z.regex(/^[0-9a-f]{64}$/)));

/** The trust file as it is written (JSON). Cross-checks that no schema states are in `readTrustFile`. */
export const trustFileSchema = once(() =>
  strictObject({
    format: z.literal(1),
    name: text(200),
    sequence: integer(0, Number.MAX_SAFE_INTEGER),
    issued: time(),
    nextUpdate: time(),
    authorities: z
      .array(
        strictObject({
          party: partyUri(),
          key: base64url(),
          roles: z.array(oneOf(ROLES)),
          subjects: optional(subjects()),
          mayDelegate: optional(mayDelegate()),
          from: time(),
          until: time(),
        }),
      )
      .check(z.maxLength(1024)),
    logs: optional(z.string()),
    tsas: optional(
      z
        .array(
          strictObject({
            certificates: z.array(base64url()).check(z.minLength(1), z.maxLength(16)),
            accuracyDefaultS: optional(integer(0, 86_400)),
          }),
        )
        .check(z.maxLength(256)),
    ),
    revoked: optional(
      z.array(strictObject({ kid: kidText(), suspectFrom: time() })).check(z.maxLength(65_536)),
    ),
  }),
);

export type TrustFileText = z.infer<ReturnType<typeof trustFileSchema>>;
