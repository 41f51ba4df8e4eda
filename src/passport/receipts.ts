import type { CheckCode } from '../codes.js';
import { diagnostic } from '../diagnostic.js';
import { verifyReceipt } from '../log/receipt.js';
import { DiagnosticList } from './diagnostic-list.js';
import { placeOf } from './element.js';
import type { Passport, PassportReceipt } from './passport.js';

export interface ReceiptResults {
  /** Their note and tokens are here and their inclusion proof holds; who signed the note is another question. */
  readonly proven: ReadonlySet<PassportReceipt>;
  readonly failures: ReadonlyMap<PassportReceipt, CheckCode>;
  readonly diagnostics: DiagnosticList;
}

/** Checks every receipt against the note it names. */
export function checkReceipts(passport: Passport): ReceiptResults {
  const notes = new Map(passport.notes.map((note) => [note.hash, note.statement]));
  const tokens = new Set(passport.tokens.map(({ hash }) => hash));
  const proven = new Set<PassportReceipt>();
  const failures = new Map<PassportReceipt, CheckCode>();
  const diagnostics = new DiagnosticList();
  const fail = (entry: PassportReceipt, code: CheckCode, detail: Record<string, string>): void => {
    failures.set(entry, code);
    diagnostics.add(diagnostic(code, placeOf(entry.element), { record: entry.receipt.id, ...detail }));
  };
  for (const entry of passport.receipts) {
    const { receipt } = entry;
    const statement = notes.get(receipt.note);
    const token = receipt.tokens.find((hash) => !tokens.has(hash));
    if (statement === undefined) fail(entry, 'receipt.dangling', { note: receipt.note });
    else if (token !== undefined) fail(entry, 'receipt.dangling', { token });
    else if (statement.kind !== 'checkpoint' || !verifyReceipt(receipt, statement.checkpoint)) {
      fail(entry, 'receipt.proof-invalid', { note: receipt.note });
    } else proven.add(entry);
  }
  return { proven, failures, diagnostics };
}
