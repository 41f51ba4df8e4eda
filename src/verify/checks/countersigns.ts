import { toHex } from '../../codec/hex.js';
import { type Diagnostic, diagnostic } from '../../diagnostic.js';
import type { SignedRecord } from '../../record/record.js';
import type { Countersign } from '../../record/types/countersign.js';

/**
 * Question: does each countersign come from the other side of what it answers? `records` are read records whose
 * signatures verified; an absent target is a matter of references. Twins are one record: the answer binds the text.
 */
export function checkCountersigns(records: readonly SignedRecord[]): Diagnostic[] {
  const answers = records.filter(({ type, definition }) => type === 'countersign' && definition !== null);
  if (answers.length === 0) return [];
  const byId = new Map(records.map((record) => [record.id, record]));
  const found: Diagnostic[] = [];
  for (const record of answers) {
    const { of } = record.payload.fields as unknown as Countersign;
    const target = byId.get(toHex(of));
    if (target === undefined) continue;
    const place = { record: record.id, path: 'of' };
    if (target.sub !== record.sub) {
      found.push(diagnostic('countersign.other-subject', place, { of: target.id }));
    } else if (target.iss === record.iss || target.kid === record.kid) {
      found.push(diagnostic('countersign.own', place, { of: target.id }));
    } else if (!answersTo(target, record.iss)) {
      found.push(diagnostic('countersign.not-party', place, { of: target.id }));
    }
  }
  return found;
}

/** Is the party the one that the type's own field names as the other side? An unknown type names nobody. */
function answersTo({ definition, payload, iss }: SignedRecord, party: string): boolean {
  return definition?.counterparties(payload.fields, iss).includes(party) ?? false;
}
