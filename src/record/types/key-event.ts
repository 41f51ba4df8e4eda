import { toHex } from '../../codec/hex.js';
import { defineType } from '../define-type.js';
import {
  extension,
  instant,
  kid,
  longText,
  once,
  oneOf,
  optional,
  recordId,
  strictObject,
} from '../field-schemas.js';
import type { RecordType, RuleContext, RuleFault } from '../record-type.js';
import '../zod-setup.js';
import type * as z from 'zod/mini';

const schema = once(() =>
  strictObject({
    action: oneOf(['rotate', 'revoke']),
    key: kid(),
    suspectFrom: optional(instant()),
    nextKey: optional(kid()),
    lastGood: optional(recordId()),
    reason: optional(longText()),
    x: optional(extension()),
  }),
);

export type KeyEvent = z.infer<ReturnType<typeof schema>>;

function faults(payload: KeyEvent, context: RuleContext): RuleFault[] {
  const found: RuleFault[] = [];
  if (context.sub !== `urn:goodorder:key:${toHex(payload.key)}`)
    found.push({ code: 'keyevent.sub', path: 'key' });
  const [needed, foreign] =
    payload.action === 'revoke'
      ? ([['suspectFrom'], ['nextKey']] as const)
      : ([['nextKey'], ['suspectFrom', 'lastGood']] as const);
  for (const path of needed) if (payload[path] === undefined) found.push({ code: 'schema.missing', path });
  for (const path of foreign)
    if (payload[path] !== undefined) found.push({ code: 'schema.unknown-key', path });
  return found;
}

/** A key is replaced, or no longer to be believed. */
export const keyEvent: RecordType<KeyEvent> = defineType<KeyEvent>({
  name: 'key-event',
  revision: 1,
  schema,
  selfBound: true,
  faults,
});
