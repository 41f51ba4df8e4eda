import { parseScan } from '../subject/scan.js';
import { parseSubject } from '../subject/subject.js';
import { type Fields, flagAt, textAt } from './fields.js';

/** What a return says of whether the same thing came back; `contradictory` = its own words do not go together. */
export type ReturnedIdentity = 'same' | 'other' | 'contradictory' | null;

/**
 * Whoever says "another one" has looked beyond the label, so a label that fits takes nothing from that: labels are moved.
 * A label of another item is itself the sight of another item, and goes with no "the same". A label that fits, without a
 * word, says only what the label says: nothing.
 */
export function returnedIdentity(payload: Fields, sub: string): ReturnedIdentity {
  const said = flagAt(payload, 'identityMatch');
  const scanned = textAt(payload, 'receivedItem');
  if (said === false) return 'other';
  if (scanned !== null && isOfAnother(scanned, sub)) return said === true ? 'contradictory' : 'other';
  return said === true ? 'same' : null;
}

/** Does the label surely name another item? One that cannot be read, or names only a lot or a box, may be this one's. */
function isOfAnother(scanned: string, sub: string): boolean {
  const [label, item] = [parseScan(scanned), parseSubject(sub)];
  if (!label.ok || !item.ok || item.subject.kind !== 'item') return false;
  if (label.subject.kind === 'item') return label.subject.uri !== item.subject.uri;
  return label.subject.kind === 'lot' && label.subject.gtin !== item.subject.gtin;
}
