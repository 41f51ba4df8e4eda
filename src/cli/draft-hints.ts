import type { CheckCode } from '../codes.js';
import type { RecordTypeName } from '../record/types/index.js';
import { codeSentence } from '../report/labels/code-sentence.js';
import { type DraftShape, draftShape } from './draft-shape.js';

/**
 * Fields that a type needs under a condition, which a schema cannot say: the rules across fields of src/record/types in
 * the words of somebody who fills in a draft.
 */
const ALSO_NEEDED: Partial<Readonly<Record<RecordTypeName, readonly string[]>>> = {
  agreement: [
    'currency, where an amount is stated',
    'liabilityCap.times or liabilityCap.rateMinor, one of both',
  ],
  commission: [
    'materials or materialsReference',
    'manufacturer, serial and selfIssued, where sub begins urn:uuid:',
  ],
  handover: ['leg and mode, where toCapacity is carrier, contracting-carrier or operator'],
  'key-event': ['suspectFrom, where action is revoke', 'nextKey, where it is not'],
  'sensor-batch': ['min and max, where there are samples'],
  statement: ['exactly one entry of about'],
};

export function alsoNeeded(type: RecordTypeName): readonly string[] {
  return ALSO_NEEDED[type] ?? [];
}

/** What a fault of a draft's payload means, and what would stand there instead. */
export function faultSentence(type: RecordTypeName, code: CheckCode, path: string | undefined): string {
  const sentence = codeSentence(code, 'en');
  if (path === undefined) return sentence;
  if (code === 'schema.missing') {
    const needed = alsoNeeded(type).filter((line) => line.split(/\W+/).includes(path));
    return needed.length === 0 ? sentence : `${sentence}: it needs ${needed.join('; ')}`;
  }
  if (code !== 'schema.value') return sentence;
  const expected = expectedAt(draftShape(type), path);
  return expected === null ? sentence : `${sentence}: expected ${expected}`;
}

/** The placeholder that the template has at a path such as `checks[2].id`; null where it has a map or list. */
function expectedAt(shape: DraftShape, path: string): string | null {
  let at: DraftShape | undefined = shape;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (at?.kind === 'map') at = at.members.find((member) => member.name === name)?.shape;
    else if (at?.kind === 'list' && index !== undefined) at = at.items[Number(index)] ?? at.items.at(-1);
    else return null;
  }
  return at?.kind === 'value' ? at.placeholder : null;
}
