import { toHex } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';
import { type Credential, readCredential } from '../credential/credential.js';
import { type CoseKey, isCoseKeyFault, keyThumbprint, readCoseKey } from '../crypto/cose-key.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { NO_LOGS } from '../log/log-policy.js';
import { evaluateNote, type NoteStatement } from '../log/note-time.js';
import { isReceiptFault, type Receipt, readReceipt } from '../log/receipt.js';
import type { RecordLink } from '../record/link.js';
import { type Opening, readOpening } from '../record/private-fields.js';
import { readOwnRecord, readRecord } from '../record/read-record.js';
import type { PartialRecord, ReadRecord, SignedRecord } from '../record/record.js';
import { parseSubject } from '../subject/subject.js';
import { DiagnosticList } from './diagnostic-list.js';
import { ELEMENT_MEMBERS, MEMBER, type PassportElement, placeOf } from './element.js';
import { type ReadLimits, readPassportFile } from './file.js';
import { LightRecord, SharedTexts } from './light-record.js';

/** What every record that can be verified tells of itself, whatever its payload. */
export interface RecordHead {
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly statementHash: string;
  readonly signature: Uint8Array;
  readonly alg: number;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly type: string;
  /** Null for an unknown link version or a malformed link. */
  readonly link: RecordLink | null;
}

/**
 * A record whose header could be read. `sound`: nothing is wrong with it by itself; `faulty`: its payload, subject or
 * link breaks a rule, but its signer and statement are known; `unsupported`: it uses what only a newer reader knows.
 */
export interface PassportRecord {
  readonly element: PassportElement;
  readonly head: RecordHead;
  readonly reading: 'sound' | 'faulty' | 'unsupported';
  /** With its payload; null unless sound. */
  readonly record: SignedRecord | null;
  /** With their place in the file. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface PassportKey {
  readonly element: PassportElement;
  readonly key: CoseKey;
}

export interface PassportCredential {
  readonly element: PassportElement;
  readonly credential: Credential;
}

export interface PassportOpening {
  readonly element: PassportElement;
  readonly opening: Opening;
}

export interface PassportNote {
  readonly element: PassportElement;
  /** SHA-256 of the exact bytes. */
  readonly hash: string;
  readonly statement: NoteStatement;
}

/** Tokens and attachments are carried as bytes; nothing here reads them. */
export interface PassportBlob {
  readonly element: PassportElement;
  readonly hash: string;
}

export interface PassportReceipt {
  readonly element: PassportElement;
  readonly receipt: Receipt;
}

/** An element that is not what its member holds. */
export interface UnreadableElement {
  readonly element: PassportElement;
  readonly code: CheckCode;
}

/**
 * All elements of a passport, read one by one: structure only. No signature has been verified, no link followed, no
 * element justified by another.
 */
export interface Passport {
  readonly item: string;
  /** SHA-256 of the file; null when the elements do not come from one file. */
  readonly digest: string | null;
  readonly byteLength: number;
  readonly records: readonly PassportRecord[];
  /** By kid. */
  readonly keys: ReadonlyMap<string, PassportKey>;
  /** SHA-256 of key elements that are no keys: a record of such a kid has a malformed key, not an absent one. */
  readonly malformedKeys: ReadonlySet<string>;
  readonly credentials: readonly PassportCredential[];
  readonly openings: readonly PassportOpening[];
  readonly notes: readonly PassportNote[];
  readonly tokens: readonly PassportBlob[];
  readonly receipts: readonly PassportReceipt[];
  readonly attachments: readonly PassportBlob[];
  readonly unreadable: readonly UnreadableElement[];
  /** Of the file and of unreadable elements; records carry their own. */
  readonly diagnostics: DiagnosticList;
}

export type ParsedPassport =
  | { readonly ok: true; readonly passport: Passport }
  | { readonly ok: false; readonly fault: Diagnostic };

export interface ParseOptions extends ReadLimits {
  /** Told of each record as soon as it has been read, with its key where the file holds it. */
  readonly onRecord?: OnRecord;
}

export type OnRecord = (head: RecordHead, key: CoseKey | undefined) => void;

/** Reads a whole file. Never throws on hostile bytes; the bytes are copied first. */
export function parsePassport(bytes: Uint8Array, options: ParseOptions = {}): ParsedPassport {
  const read = readPassportFile(bytes, options);
  if (!read.ok) return read;
  const { item, members, digest, diagnostics } = read.file;
  // Keys first, so that a record's signature can be verified while the next one is read.
  const elements = [members[MEMBER.keys]];
  for (const member of ELEMENT_MEMBERS) if (member !== MEMBER.keys) elements.push(members[member]);
  const hashes = members[MEMBER.records].length > MANY_RECORDS ? new SharedTexts() : null;
  const passport = readElements(item, elements, diagnostics, hashes, options.onRecord);
  return { ok: true, passport: { ...passport, digest, byteLength: bytes.length } };
}

/** Elements that come from several files, or from none, read as one passport. None may stand in it twice. */
export function gatherPassport(item: string, elements: Iterable<PassportElement>): Passport {
  return readElements(item, [elements], new DiagnosticList(), null);
}

/** From here on records are held in less memory. Below, that would cost time and bring nothing. */
const MANY_RECORDS = 16_384;

interface Draft {
  readonly records: PassportRecord[];
  readonly keys: Map<string, PassportKey>;
  readonly malformedKeys: Set<string>;
  readonly credentials: PassportCredential[];
  readonly openings: PassportOpening[];
  readonly notes: PassportNote[];
  readonly tokens: PassportBlob[];
  readonly receipts: PassportReceipt[];
  readonly attachments: PassportBlob[];
  readonly unreadable: UnreadableElement[];
  readonly diagnostics: DiagnosticList;
  /** Where records are many: the texts of their hashes. */
  readonly hashes: SharedTexts | null;
}

function readElements(
  item: string,
  groups: Iterable<Iterable<PassportElement>>,
  diagnostics: DiagnosticList,
  hashes: SharedTexts | null,
  onRecord?: OnRecord,
): Passport {
  const draft: Draft = {
    records: [],
    keys: new Map(),
    malformedKeys: new Set(),
    credentials: [],
    openings: [],
    notes: [],
    tokens: [],
    receipts: [],
    attachments: [],
    unreadable: [],
    diagnostics,
    hashes,
  };
  const subject = parseSubject(item);
  if (!subject.ok)
    diagnostics.add(diagnostic('passport.item', { member: MEMBER.item }, { reason: subject.code }));
  let byteLength = 0;
  for (const group of groups) {
    for (const element of group) {
      byteLength += element.length;
      READERS[element.member](draft, element);
      if (onRecord === undefined || element.member !== MEMBER.records) continue;
      const read = draft.records.at(-1);
      if (read?.element === element) onRecord(read.head, draft.keys.get(read.head.kid)?.key);
    }
  }
  const { hashes: _, ...elements } = draft;
  return { item, digest: null, byteLength, ...elements };
}

const READERS: Readonly<Record<PassportElement['member'], (draft: Draft, element: PassportElement) => void>> =
  {
    [MEMBER.records]: addRecord,
    [MEMBER.keys]: addKey,
    [MEMBER.credentials]: addCredential,
    [MEMBER.openings]: addOpening,
    [MEMBER.notes]: addNote,
    [MEMBER.tokens]: (draft, element) => draft.tokens.push({ element, hash: sha256Hex(element.bytes) }),
    [MEMBER.receipts]: addReceipt,
    [MEMBER.attachments]: (draft, element) =>
      draft.attachments.push({ element, hash: sha256Hex(element.bytes) }),
  };

const NO_DIAGNOSTICS: readonly Diagnostic[] = Object.freeze([]);

function addRecord(draft: Draft, element: PassportElement): void {
  // The file has been copied as a whole; loose elements are still their giver's.
  const read = element.offset < 0 ? readRecord(element.bytes) : readOwnRecord(element.bytes);
  const reading = readingOf(read);
  const diagnostics =
    read.diagnostics.length === 0
      ? NO_DIAGNOSTICS
      : read.diagnostics.map((found) => ({ ...found, ...placeOf(element, found.offset) }));
  const head = read.ok ? read.record : headOf(read.partial);
  if (reading === null || head === null) {
    refuse(draft, element, diagnostics);
    return;
  }
  if (!read.ok) draft.records.push({ element, head, reading, record: null, diagnostics });
  else {
    const record = draft.hashes === null ? read.record : new LightRecord(read.record, element, draft.hashes);
    draft.records.push({ element, head: record, reading, record, diagnostics });
  }
}

/**
 * Faults of what a record says. Its bytes are a record all the same: its signature can be verified and its signer
 * charged with it. Any other failure means that the bytes are none.
 */
const CONTENT_FAULT = /^(?:schema|subject|link|countersign|manifest|keyevent)\./;

function readingOf(read: ReadRecord): PassportRecord['reading'] | null {
  if (read.ok) return 'sound';
  if (read.unsupported) return 'unsupported';
  const content = read.diagnostics.every(
    ({ code, severity }) => severity !== 'failure' || CONTENT_FAULT.test(code),
  );
  return content ? 'faulty' : null;
}

const HEAD_FIELDS = ['statementHash', 'signature', 'alg', 'kid', 'iss', 'sub', 'iat', 'type'] as const;

function headOf(partial: PartialRecord): RecordHead | null {
  if (HEAD_FIELDS.some((field) => partial[field] === undefined)) return null;
  const { bytes, id, statementHash, signature, alg, kid, iss, sub, iat, type } = partial;
  const link = partial.link ?? null;
  return { bytes, id, statementHash, signature, alg, kid, iss, sub, iat, type, link } as RecordHead;
}

function addKey(draft: Draft, element: PassportElement): void {
  const key = readCoseKey(element.bytes);
  if (isCoseKeyFault(key)) {
    draft.malformedKeys.add(keyThumbprint(element.bytes));
    refuse(draft, element, [diagnostic(key.code, placeOf(element, key.offset))]);
    return;
  }
  draft.keys.set(key.kid, { element, key });
}

function addCredential(draft: Draft, element: PassportElement): void {
  const read = readCredential(element.bytes);
  if (!read.ok) {
    refuse(
      draft,
      element,
      read.diagnostics.map((found) => ({ ...found, ...placeOf(element, found.offset) })),
    );
    return;
  }
  draft.credentials.push({ element, credential: read.credential });
}

function addOpening(draft: Draft, element: PassportElement): void {
  const read = readOpening(element.bytes);
  if (read.ok) draft.openings.push({ element, opening: read.opening });
  else refuse(draft, element, [diagnostic(read.code, placeOf(element, read.offset))]);
}

function addNote(draft: Draft, element: PassportElement): void {
  const { bytes } = element;
  // With no log known only the grammar is judged; whose lines they are is the trust file's to say.
  const { hash, statement, diagnostics } = evaluateNote(bytes, NO_LOGS);
  if (statement === null) {
    refuse(
      draft,
      element,
      diagnostics.map((found) => ({ ...found, ...placeOf(element, found.offset) })),
    );
    return;
  }
  draft.notes.push({ element, hash, statement });
}

function addReceipt(draft: Draft, element: PassportElement): void {
  const receipt = readReceipt(element.bytes);
  if (isReceiptFault(receipt)) {
    const { code, offset, reason } = receipt;
    refuse(draft, element, [diagnostic(code, placeOf(element, offset), { reason })]);
    return;
  }
  draft.receipts.push({ element, receipt });
}

function refuse(draft: Draft, element: PassportElement, diagnostics: readonly Diagnostic[]): void {
  const worst = diagnostics.find(({ severity }) => severity === 'failure');
  draft.unreadable.push({ element, code: worst?.code ?? 'internal' });
  draft.diagnostics.addAll(diagnostics);
}

/** SHA-256 of an element, hex: for a record its id, for a key its kid. */
export function elementHash(element: PassportElement): string {
  return sha256Hex(element.bytes);
}

/** Payload of a sound record of this type; undefined for any other. The schema has been checked. */
export function payloadOf<P>(record: SignedRecord | null, type: string): P | undefined {
  return record?.type === type && record.definition !== null ? (record.payload.fields as P) : undefined;
}

/** Ids that a sound acknowledgement received or a sound manifest lists. */
export function namedIds(record: SignedRecord | null): readonly string[] {
  const received = payloadOf<{ readonly received: readonly Uint8Array[] }>(
    record,
    'acknowledgement',
  )?.received;
  const listed = received ?? payloadOf<{ readonly ids: readonly Uint8Array[] }>(record, 'manifest')?.ids;
  return listed === undefined ? NONE : listed.map(toHex);
}

const NONE: readonly string[] = Object.freeze([]);
