import type { CheckCode } from '../codes.js';
import { diagnostic } from '../diagnostic.js';
import { formatPath } from '../record/field-path.js';
import { type Opening, openingFault } from '../record/private-fields.js';
import { DiagnosticList } from './diagnostic-list.js';
import { placeOf } from './element.js';
import type { Passport, PassportOpening, PassportRecord } from './passport.js';

export interface OpeningResults {
  /** Openings whose digest stands at the place they name, by record id, in the order of the file. */
  readonly opened: ReadonlyMap<string, readonly PassportOpening[]>;
  readonly failures: ReadonlyMap<PassportOpening, CheckCode>;
  readonly diagnostics: DiagnosticList;
}

/**
 * Compares every opening with the record it names. Only a record that verified can hold a digest worth comparing; an
 * opening without one is left to the closed world. A value that is not of the place's kind still fits its digest: that
 * is the signer's fault and stands at the record. Any other fault is the opening's alone: what somebody puts beside a
 * record cannot make the record worse, nor push its true opening out.
 */
export function checkOpenings(
  passport: Passport,
  isVerified: (record: PassportRecord) => boolean,
): OpeningResults {
  // Most passports have none: then nothing is looked up.
  const records = new Map(
    (passport.openings.length === 0 ? [] : passport.records).map((record) => [record.head.id, record]),
  );
  const opened = new Map<string, PassportOpening[]>();
  const failures = new Map<PassportOpening, CheckCode>();
  const diagnostics = new DiagnosticList();
  const claimants = new Map<string, number>();
  for (const { opening } of passport.openings) {
    const name = placeName(opening);
    claimants.set(name, (claimants.get(name) ?? 0) + 1);
  }
  const fitting = new Set<string>();
  for (const entry of passport.openings) {
    const { opening, element } = entry;
    const holder = records.get(opening.record);
    if (holder === undefined || holder.record === null || !isVerified(holder)) continue;
    const name = placeName(opening);
    const fault = openingFault(holder.record, opening);
    const place = { ...placeOf(element), path: formatPath(opening.path) };
    const detail = { record: opening.record };
    if (fault?.code === 'field.opening-mismatch' || fitting.has(name)) {
      const code = fitting.has(name) && fault === null ? 'field.opening-twice' : 'field.opening-mismatch';
      failures.set(entry, code);
      diagnostics.add(diagnostic(code, place, detail));
      if (code === 'field.opening-mismatch' && claimants.get(name)! > 1) {
        diagnostics.add(diagnostic('field.opening-twice', place, detail));
      }
      continue;
    }
    if (fault !== null) diagnostics.add({ ...fault, ...place, record: opening.record });
    fitting.add(name);
    const list = opened.get(opening.record);
    if (list === undefined) opened.set(opening.record, [entry]);
    else list.push(entry);
  }
  return { opened, failures, diagnostics };
}

function placeName({ record, path }: Opening): string {
  return `${record} ${JSON.stringify(path)}`;
}
