import { atInstant, defineType, references } from '../define-type.js';
import {
  climateLimit,
  country,
  digest,
  longText,
  once,
  optional,
  permille,
  positive,
  recordId,
  shortText,
  someOf,
  strictObject,
  subjectUri,
  text,
} from '../field-schemas.js';
import type { RecordType, RuleContext, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const list = <T extends z.core.SomeType>(item: T, most: number) => z.array(item).check(z.maxLength(most));

const schema = once(() =>
  strictObject({
    ...observingAt(),
    name: shortText(),
    facility: strictObject({ name: shortText(), location: optional(subjectUri()) }),
    stage: shortText(),
    model: shortText(),
    materials: optional(
      list(
        strictObject({
          name: shortText(),
          code: optional(shortText()),
          massG: optional(positive()),
          recycledSharePermille: optional(permille()),
          origin: optional(country()),
        }),
        256,
      ),
    ),
    materialsReference: optional(someOf({ uri: optional(text(2048)), digest: optional(digest()) })),
    conformityReferences: list(
      strictObject({
        scheme: shortText(),
        number: optional(shortText()),
        uri: optional(text(2048)),
        digest: optional(digest()),
      }),
      256,
    ),
    lot: optional(subjectUri()),
    storageLimits: optional(list(climateLimit(), 16)),
    carbonFootprint: optional(strictObject({ co2eG: positive(), method: shortText() })),
    predecessor: optional(strictObject({ sub: subjectUri(), manifest: recordId() })),
    durable: optional(z.boolean()),
    category: optional(shortText()),
    manufacturer: optional(shortText()),
    serial: optional(shortText()),
    selfIssued: optional(z.literal(true)),
    aliases: optional(list(strictObject({ scheme: shortText(), value: text(512) }), 64)),
    description: optional(longText()),
  }),
);

export type Commission = z.infer<ReturnType<typeof schema>>;

function faults(payload: Commission, context: RuleContext): RuleFault[] {
  const found: RuleFault[] = [];
  if (payload.materials === undefined && payload.materialsReference === undefined) {
    found.push({ code: 'schema.missing', path: 'materials' });
  }
  // Without a GTIN only maker, model and serial say which thing it is, and that the identity is the signer's own.
  if (context.sub.startsWith('urn:uuid:')) {
    for (const path of ['manufacturer', 'serial', 'selfIssued'] as const) {
      if (payload[path] === undefined) found.push({ code: 'schema.missing', path });
    }
  }
  return found;
}

/** The producer's or importer's statement that this thing exists and what it is. */
export const commission: RecordType<Commission> = defineType<Commission>({
  name: 'commission',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  roles: ['producer', 'importer'],
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  period: (payload) => atInstant(payload.occurredAt),
});
