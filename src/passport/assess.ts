import type { CheckCode } from '../codes.js';
import { type Justification, justify } from './closed-world.js';
import { DiagnosticList } from './diagnostic-list.js';
import type { PassportElement } from './element.js';
import { EvidenceGraph, type GraphRecord } from './graph.js';
import { checkOpenings, type OpeningResults } from './openings.js';
import { namedIds, type Passport, type PassportRecord } from './passport.js';
import { checkReceipts, type ReceiptResults } from './receipts.js';
import { checkSignatures, type SignatureOptions, type SignatureResults } from './signatures.js';

/** An element that a merge leaves out, and the first reason for it. */
export interface LeftOutElement {
  readonly element: PassportElement;
  readonly code: CheckCode;
}

/** What can be said of a passport without a trust file and without a time: what verifies, and what belongs. */
export interface AssessedPassport {
  readonly passport: Passport;
  readonly signatures: SignatureResults;
  readonly openings: OpeningResults;
  readonly receipts: ReceiptResults;
  readonly justification: Justification;
  /** Everything that a merge would leave out, by member and place. */
  readonly leftOut: readonly LeftOutElement[];
  /**
   * About the file and its elements: structure, signatures, openings, receipts, closed world. What records say about
   * themselves stands at `passport.records`.
   */
  readonly diagnostics: DiagnosticList;
}

export interface AssessOptions extends SignatureOptions {
  /** Kids of keys that are about to sign a record here: they belong before their record does. */
  readonly makers?: readonly string[];
}

/** Verifies the signatures, compares openings and receipts with what they name, and closes the world. */
export async function assessPassport(
  passport: Passport,
  options: AssessOptions = {},
): Promise<AssessedPassport> {
  return assessWith(passport, await checkSignatures(passport, options), options.makers);
}

/** The same for signatures that have been verified, or that are taken to hold until they have. */
export function assessWith(
  passport: Passport,
  signatures: SignatureResults,
  makers?: readonly string[],
): AssessedPassport {
  const openings = checkOpenings(passport, ({ head }) => signatures.records.get(head.id) === 'verified');
  const receipts = checkReceipts(passport);
  const justification = justify(passport, signatures, openings, receipts, makers);
  const diagnostics = new DiagnosticList();
  for (const part of [passport, signatures, openings, receipts, justification]) {
    diagnostics.merge(part.diagnostics);
  }
  const leftOut = listLeftOut(passport, signatures, openings, receipts, justification.kept);
  return { passport, signatures, openings, receipts, justification, leftOut, diagnostics };
}

function listLeftOut(
  passport: Passport,
  signatures: SignatureResults,
  openings: OpeningResults,
  receipts: ReceiptResults,
  kept: ReadonlySet<PassportElement>,
): LeftOutElement[] {
  const found: LeftOutElement[] = [...passport.unreadable];
  const check = (element: PassportElement, failure: CheckCode | undefined, otherwise: CheckCode): void => {
    if (!kept.has(element)) found.push({ element, code: failure ?? otherwise });
  };
  for (const { element, head } of passport.records) {
    check(element, signatures.failures.get(head.id), 'passport.foreign-subject');
  }
  for (const { element } of passport.keys.values()) check(element, undefined, 'passport.unreferenced');
  for (const { element, credential } of passport.credentials) {
    check(element, signatures.failures.get(credential.id), 'passport.unreferenced');
  }
  for (const entry of passport.openings) {
    check(entry.element, openings.failures.get(entry), 'passport.unreferenced');
  }
  for (const entry of passport.receipts) {
    check(entry.element, receipts.failures.get(entry), 'passport.unreferenced');
  }
  for (const { element } of [...passport.notes, ...passport.tokens, ...passport.attachments]) {
    check(element, undefined, 'passport.unreferenced');
  }
  return found.sort((a, b) => a.element.member - b.element.member || a.element.index - b.element.index);
}

/** Records whose signature verified, and those that nobody here can check: what links may name and what may pin. */
export function graphOf({ passport, signatures }: AssessedPassport): EvidenceGraph {
  const records: GraphRecord[] = [];
  for (const entry of passport.records) {
    const state = signatures.records.get(entry.head.id);
    if (state === 'verified' || state === 'unchecked') records.push(graphRecord(entry, state === 'verified'));
  }
  return new EvidenceGraph(records);
}

const NO_REFERENCES: GraphRecord['references'] = Object.freeze([]);

function graphRecord({ head, record }: PassportRecord, verified: boolean): GraphRecord {
  const { id, statementHash, kid, iss, sub, iat, type, link } = head;
  const references = record?.definition?.references(record.payload.fields) ?? NO_REFERENCES;
  return { id, statementHash, kid, iss, sub, iat, type, verified, link, references, named: namedIds(record) };
}
