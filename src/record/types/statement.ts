import { atInstant, defineType, references } from '../define-type.js';
import { once, optional, party, recordId, strictObject, subjectUri, text } from '../field-schemas.js';
import type { RecordType, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';
import { OBSERVING_PRIVATE_PLACES, observingAt } from './observing-fields.js';

const schema = once(() =>
  strictObject({
    ...observingAt(),
    about: strictObject({
      party: optional(party()),
      record: optional(recordId()),
      item: optional(subjectUri()),
    }),
    text: text(8000),
  }),
);

export type Statement = z.infer<ReturnType<typeof schema>>;

/** Exactly one; what a newer revision adds is no second. */
function faults({ about: { party: who, record, item } }: Statement): RuleFault[] {
  const named = [who, record, item].filter((one) => one !== undefined);
  return named.length === 1 ? [] : [{ code: 'schema.value', path: 'about' }];
}

/** Somebody's word about a party, a record or an item. Observations in it stay statements. */
export const statement: RecordType<Statement> = defineType<Statement>({
  name: 'statement',
  revision: 1,
  schema,
  privatePlaces: OBSERVING_PRIVATE_PLACES,
  observing: true,
  selfBound: true,
  faults,
  references: (payload) => references(['occasion.of', payload.occasion?.of]),
  period: (payload) => atInstant(payload.occurredAt),
});
