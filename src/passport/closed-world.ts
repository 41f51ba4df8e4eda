import { toHex } from '../codec/hex.js';
import { diagnostic } from '../diagnostic.js';
import { isNoteFault, parseNote } from '../log/signed-note.js';
import type { Aggregation } from '../record/types/aggregation.js';
import type { Commission } from '../record/types/commission.js';
import type { Manifest } from '../record/types/manifest.js';
import { keyUri } from '../subject/subject.js';
import { DiagnosticList } from './diagnostic-list.js';
import { type PassportElement, placeOf } from './element.js';
import type { OpeningResults } from './openings.js';
import { type Passport, type PassportCredential, type PassportRecord, payloadOf } from './passport.js';
import type { ReceiptResults } from './receipts.js';
import type { SignatureResults } from './signatures.js';

export interface Justification {
  /** Elements that verify and have a reason to be here: what a merge keeps. */
  readonly kept: ReadonlySet<PassportElement>;
  /** Subjects reached from the item, itself included. */
  readonly subjects: ReadonlySet<string>;
  /** `passport.foreign-subject` and `passport.unreferenced`, about elements that verify and have no reason to be here. */
  readonly diagnostics: DiagnosticList;
}

/**
 * The closed world: every element must be there because of a present element that verified. It grows from the item:
 * its records, the subjects they reach, and what those need. Nothing justifies itself, however long the circle. It
 * only ever grows with more evidence, so merging in any order keeps the same elements. `makers`: kids of keys that are
 * about to sign a record here.
 */
export function justify(
  passport: Passport,
  signatures: SignatureResults,
  openings: OpeningResults,
  receipts: ReceiptResults,
  makers: readonly string[] = [],
): Justification {
  const growth = new Growth(passport, signatures, openings);
  growth.reach(passport.item);
  for (const kid of makers) growth.keepKey(kid);
  growth.run();
  keepRecordParts(passport, growth, openings);
  keepProofs(passport, growth, receipts);
  const diagnostics = new DiagnosticList();
  const { kept, subjects } = growth;
  const stranded = (element: PassportElement, detail?: Record<string, string>): void => {
    if (kept.has(element)) return;
    diagnostics.add(diagnostic('passport.unreferenced', placeOf(element), detail));
  };
  for (const { element, head } of passport.records) {
    if (kept.has(element) || !growth.stands(head.id)) continue;
    diagnostics.add(
      diagnostic('passport.foreign-subject', placeOf(element), { record: head.id, sub: head.sub }),
    );
  }
  for (const { element, key } of passport.keys.values()) stranded(element, { key: key.kid });
  for (const { element, credential } of passport.credentials) {
    if (signatures.credentials.get(credential.id) !== 'failed') stranded(element);
  }
  for (const entry of passport.openings) {
    if (!openings.failures.has(entry)) stranded(entry.element, { record: entry.opening.record });
  }
  for (const entry of passport.receipts) {
    if (!receipts.failures.has(entry)) stranded(entry.element, { record: entry.receipt.id });
  }
  for (const { element } of [...passport.notes, ...passport.tokens, ...passport.attachments])
    stranded(element);
  return { kept, subjects, diagnostics };
}

/** Records, subjects, keys and credentials, each pulling in the next until nothing more is reached. */
class Growth {
  readonly kept = new Set<PassportElement>();
  readonly subjects = new Set<string>();
  readonly #passport: Passport;
  readonly #signatures: SignatureResults;
  readonly #kids = new Set<string>();
  readonly #bySubject: ReadonlyMap<string, readonly PassportRecord[]>;
  readonly #parentsOf: ReadonlyMap<string, readonly string[]>;
  readonly #byKey: ReadonlyMap<string, readonly PassportCredential[]>;
  readonly #open: string[] = [];

  constructor(passport: Passport, signatures: SignatureResults, openings: OpeningResults) {
    this.#passport = passport;
    this.#signatures = signatures;
    const standing = passport.records.filter(({ head }) => this.stands(head.id));
    this.#bySubject = groupBy(standing, ({ head }) => head.sub);
    const parents = standing.flatMap((record) => parentsIn(record, openings));
    this.#parentsOf = new Map(
      [...groupBy(parents, ({ child }) => child)].map(([child, found]) => [
        child,
        found.map(({ parent }) => parent),
      ]),
    );
    this.#byKey = groupBy(
      passport.credentials.filter(({ credential }) => signatures.credentials.get(credential.id) !== 'failed'),
      ({ credential }) => credential.key,
    );
  }

  /** Verified, or of a key that nobody here can check: not a record whose signature fails. */
  stands(record: string): boolean {
    const state = this.#signatures.records.get(record);
    return state === 'verified' || state === 'unchecked';
  }

  reach(subject: string): void {
    if (this.subjects.has(subject)) return;
    this.subjects.add(subject);
    this.#open.push(subject);
  }

  run(): void {
    for (let subject = this.#open.pop(); subject !== undefined; subject = this.#open.pop()) {
      for (const record of this.#bySubject.get(subject) ?? []) this.#keepRecord(record);
      for (const parent of this.#parentsOf.get(subject) ?? []) this.reach(parent);
    }
  }

  isVerified({ head }: PassportRecord): boolean {
    return this.#signatures.records.get(head.id) === 'verified';
  }

  #keepRecord(record: PassportRecord): void {
    this.kept.add(record.element);
    this.keepKey(record.head.kid);
    const commission = this.isVerified(record)
      ? payloadOf<Commission>(record.record, 'commission')
      : undefined;
    if (commission?.lot !== undefined) this.reach(commission.lot);
    if (commission?.predecessor !== undefined) this.reach(commission.predecessor.sub);
  }

  /** A key, what has been said about it, and the credentials that lead from it to its issuers' keys. */
  keepKey(first: string): void {
    const open = [first];
    for (let kid = open.pop(); kid !== undefined; kid = open.pop()) {
      if (this.#kids.has(kid)) continue;
      this.#kids.add(kid);
      this.reach(keyUri(kid));
      const key = this.#passport.keys.get(kid);
      if (key !== undefined) this.kept.add(key.element);
      for (const { element, credential } of this.#byKey.get(kid) ?? []) {
        this.kept.add(element);
        open.push(credential.issuer);
      }
    }
  }
}

/** Children of an aggregation, its only private fields, with the parent that is its subject. Only what verified is opened. */
function parentsIn(
  { head, record }: PassportRecord,
  openings: OpeningResults,
): { child: string; parent: string }[] {
  if (payloadOf<Aggregation>(record, 'aggregation') === undefined) return [];
  return (openings.opened.get(head.id) ?? []).flatMap(({ opening }) =>
    typeof opening.value === 'string' ? [{ child: opening.value, parent: head.sub }] : [],
  );
}

/** Openings by their digest at a private place, attachments by a digest that a record states. */
function keepRecordParts(passport: Passport, growth: Growth, openings: OpeningResults): void {
  const { kept } = growth;
  const files = new Set<string>();
  for (const entry of passport.records) {
    const { element, record, head } = entry;
    if (!kept.has(element) || !growth.isVerified(entry)) continue;
    for (const opening of openings.opened.get(head.id) ?? []) kept.add(opening.element);
    if (record?.definition == null) continue;
    for (const file of record.definition.files(record.payload.fields)) files.add(file);
  }
  for (const { element, hash } of passport.attachments) if (files.has(hash)) kept.add(element);
}

/**
 * Receipts by the id they prove, notes by a receipt, an anchor or a manifest's asOf, tokens by a receipt or an anchor.
 * An anchor does not say which of the two it names, so bytes that read as a note are no token: else a note could
 * change its member and be read no more.
 */
function keepProofs(passport: Passport, growth: Growth, receipts: ReceiptResults): void {
  const { kept } = growth;
  const ids = new Set<string>();
  const anchors = new Set<string>();
  const namedNotes = new Set<string>();
  const namedTokens = new Set<string>();
  for (const entry of passport.records) {
    const { element, head, record } = entry;
    if (!kept.has(element)) continue;
    ids.add(head.id);
    for (const anchor of head.link?.anchors ?? []) anchors.add(anchor);
    const asOf = growth.isVerified(entry) ? payloadOf<Manifest>(record, 'manifest')?.asOf : null;
    if (asOf != null) namedNotes.add(toHex(asOf));
  }
  for (const { element, credential } of passport.credentials) if (kept.has(element)) ids.add(credential.id);
  for (const { receipt, element } of receipts.proven) {
    if (!ids.has(receipt.id)) continue;
    kept.add(element);
    namedNotes.add(receipt.note);
    for (const token of receipt.tokens) namedTokens.add(token);
  }
  for (const { element, hash } of passport.notes) {
    if (namedNotes.has(hash) || anchors.has(hash)) kept.add(element);
  }
  for (const { element, hash } of passport.tokens) {
    if (namedTokens.has(hash) || (anchors.has(hash) && isNoteFault(parseNote(element.bytes))))
      kept.add(element);
  }
}

function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
