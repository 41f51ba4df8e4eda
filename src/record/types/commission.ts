import { atInstant, defineType, references } from '../define-type.js';
import {
  climateLimit,
  country,
  digest,
  longText,
  once,
  permille,
  positive,
  recordId,
  shortText,
  someOf,
  subjectUri,
  text,
} from '../field-schemas.js';
import type { RecordType, RuleContext, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const list = <T extends z.core.SomeType>(item: T, most: number) => z.array(item).check(z.maxLength(most));

const schema = once(() =>
  z.strictObject({
    ...observingAt(),
    name: shortText(),
    facility: z.strictObject({ name: shortText(), location: z.exactOptional(subjectUri()) }),
    stage: shortText(),
    model: shortText(),
    materials: z.exactOptional(
      list(
        z.strictObject({
          name: shortText(),
          code: z.exactOptional(shortText()),
          massG: z.exactOptional(positive()),
          recycledSharePermille: z.exactOptional(permille()),
          origin: z.exactOptional(country()),
        }),
        256,
      ),
    ),
    materialsReference: z.exactOptional(
      someOf({ uri: z.exactOptional(text(2048)), digest: z.exactOptional(digest()) }),
    ),
    conformityReferences: list(
      z.strictObject({
        scheme: shortText(),
        number: z.exactOptional(shortText()),
        uri: z.exactOptional(text(2048)),
        digest: z.exactOptional(digest()),
      }),
      256,
    ),
    lot: z.exactOptional(subjectUri()),
    storageLimits: z.exactOptional(list(climateLimit(), 16)),
    carbonFootprint: z.exactOptional(z.strictObject({ co2eG: positive(), method: shortText() })),
    predecessor: z.exactOptional(z.strictObject({ sub: subjectUri(), manifest: recordId() })),
    durable: z.exactOptional(z.boolean()),
    category: z.exactOptional(shortText()),
    manufacturer: z.exactOptional(shortText()),
    serial: z.exactOptional(shortText()),
    selfIssued: z.exactOptional(z.literal(true)),
    aliases: z.exactOptional(list(z.strictObject({ scheme: shortText(), value: text(512) }), 64)),
    description: z.exactOptional(longText()),
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
