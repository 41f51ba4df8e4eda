import { CREDENTIAL_TYP } from '../credential/credential.js';
import { readProtectedHeader } from '../crypto/cose-header.js';
import { isCoseKeyFault, readCoseKey } from '../crypto/cose-key.js';
import { isSign1Fault, splitSign1 } from '../crypto/cose-sign1.js';
import { GoodOrderError } from '../errors.js';
import { isReceiptFault, readReceipt } from '../log/receipt.js';
import { isNoteFault, parseNote } from '../log/signed-note.js';
import { readOpening } from '../record/private-fields.js';
import { RECORD_TYP } from '../record/record.js';
import { type ElementMember, MEMBER } from './element.js';
import { looksLikePassport, type PassportFile, type ReadLimits, readPassportFile } from './file.js';

/** A file as somebody hands it over: a passport, or one element on its own. */
export type Evidence =
  | { readonly kind: 'passport'; readonly file: PassportFile }
  | { readonly kind: 'element'; readonly member: ElementMember; readonly bytes: Uint8Array };

/** Bytes whose kind is told by the caller; tokens and attachments cannot be told from their bytes. */
export interface GivenElement {
  readonly member: ElementMember;
  readonly bytes: Uint8Array;
}

/**
 * What the bytes are: a passport by its magic; a record, credential, key, opening, receipt or note by its own form.
 * Throws GoodOrderError with the fault's code for a passport whose structure cannot be followed, `file.unreadable` for
 * anything else.
 */
export function readEvidence(given: Uint8Array | GivenElement, limits: ReadLimits = {}): Evidence {
  if (!(given instanceof Uint8Array))
    return { kind: 'element', member: given.member, bytes: new Uint8Array(given.bytes) };
  if (looksLikePassport(given)) {
    const read = readPassportFile(given, limits);
    if (read.ok) return { kind: 'passport', file: read.file };
    const { code, axis: _axis, severity: _severity, detail: _detail, ...place } = read.fault;
    throw new GoodOrderError(code, 'the structure of the passport file cannot be followed', place);
  }
  const bytes = new Uint8Array(given);
  const member = memberOf(bytes);
  if (member === null)
    throw new GoodOrderError('file.unreadable', 'neither a passport nor one of its elements');
  return { kind: 'element', member, bytes };
}

function memberOf(bytes: Uint8Array): ElementMember | null {
  if (bytes[0] === 0xd2) {
    const parts = splitSign1(bytes);
    if (isSign1Fault(parts)) return null;
    const { typ } = readProtectedHeader(parts.protected);
    if (typ === RECORD_TYP) return MEMBER.records;
    return typ === CREDENTIAL_TYP ? MEMBER.credentials : null;
  }
  if (!isCoseKeyFault(readCoseKey(bytes))) return MEMBER.keys;
  if (readOpening(bytes).ok) return MEMBER.openings;
  if (!isReceiptFault(readReceipt(bytes))) return MEMBER.receipts;
  return isNoteFault(parseNote(bytes)) ? null : MEMBER.notes;
}
