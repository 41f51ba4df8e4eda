import { type CborKey, type CborValue, decodeScanned } from '../codec/cbor.js';
import { slabCopy } from '../codec/slab.js';
import type { CheckCode } from '../codes.js';
import { isSign1Fault, layoutSign1, type Sign1Layout, statementHashOf } from '../crypto/cose-sign1.js';
import { sha256Hex } from '../crypto/hash.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import { type FieldPath, formatPath, parsePath } from './field-path.js';
import { locateAll, type Step } from './locate.js';
import { bareObject, type PlainValue, toPlain } from './plain-value.js';
import type { PartialRecord, Payload, ReadRecord, SignedRecord } from './record.js';
import { readRecordHeader } from './record-header.js';
import type { Fields, RecordType } from './record-type.js';
import { MAX_SCHEMA_FAULTS, schemaFaults } from './schema-check.js';
import { RECORD_TYPES } from './types/index.js';

/**
 * Reads one record and checks all that can be checked of it alone: encoding, header, subject, link shape, payload. Not
 * its signature, not what its links name, not who may say it. Never throws for any bytes; offsets count from the
 * record's first byte.
 */
export function readRecord(given: Uint8Array): ReadRecord {
  // One copy: whoever holds the given bytes cannot change them between check and use.
  return readOwnRecord(slabCopy(given));
}

/** The same for bytes that nobody else can change: a passport file has been copied as a whole. */
export function readOwnRecord(bytes: Uint8Array): ReadRecord {
  const id = sha256Hex(bytes);
  const layout = layoutSign1(bytes);
  if (isSign1Fault(layout)) {
    const { code, offset } = layout;
    return unreadable({ bytes, id }, [diagnostic(code, { record: id, offset })]);
  }
  const header = readRecordHeader(bytes, layout.headerStart, layout.headerEnd);
  const statementHash = statementHashOf(bytes, layout);
  const { faults, unsupported, alg, type, kid, iss, sub, iat, link } = header;
  let diagnostics = NO_DIAGNOSTICS;
  if (faults.length + unsupported.length > 0) {
    const headerFaults = [...faults, ...unsupported];
    const offsets = locateAll(
      bytes,
      layout.headerStart,
      headerFaults.map(({ steps }) => steps),
    );
    diagnostics = headerFaults.map(({ code, path }, index) =>
      diagnostic(code, { record: id, offset: offsets[index]!, path }),
    );
  }
  // A label or version of the future may change what the payload means: there it is not judged.
  const body =
    type === undefined || unsupported.length > 0
      ? null
      : readPayload({ bytes, layout, id }, type, { kid, iss, sub });
  if (body !== null && body.diagnostics.length > 0) diagnostics = [...diagnostics, ...body.diagnostics];
  const signature = bytes.subarray(layout.signatureStart);
  if (
    !diagnostics.some(({ severity }) => severity === 'failure') &&
    body !== null &&
    body.payload !== null &&
    alg !== undefined &&
    type !== undefined &&
    kid !== undefined &&
    iss !== undefined &&
    sub !== undefined &&
    iat !== undefined &&
    link !== undefined
  ) {
    const { payload, definition, newer } = body;
    const record: SignedRecord = {
      bytes,
      id,
      statementHash,
      signature,
      alg,
      type,
      kid,
      iss,
      sub,
      iat,
      link,
      payload,
      definition,
      newer,
    };
    return { ok: true, record, diagnostics };
  }
  const partial: PartialRecord = {
    bytes,
    id,
    statementHash,
    signature,
    alg,
    type,
    kid,
    iss,
    sub,
    iat,
    link,
    payload: body?.payload ?? undefined,
  };
  return { ok: false, unsupported: unsupported.length > 0 && faults.length === 0, id, partial, diagnostics };
}

function unreadable(partial: PartialRecord, diagnostics: readonly Diagnostic[]): ReadRecord {
  return { ok: false, unsupported: false, id: partial.id, partial, diagnostics };
}

interface ReadPayload {
  readonly payload: Payload | null;
  readonly definition: RecordType | null;
  readonly newer: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

interface Signed {
  readonly kid: string | undefined;
  readonly iss: string | undefined;
  readonly sub: string | undefined;
}

/** A record whose bytes have been scanned, and whose id is known. */
interface LaidOut {
  readonly bytes: Uint8Array;
  readonly layout: Sign1Layout;
  readonly id: string;
}

function readPayload(laidOut: LaidOut, type: string, signed: Signed): ReadPayload {
  const record = laidOut.id;
  const definition = RECORD_TYPES.get(type) ?? null;
  const { revision, fields, foreignKeys } = decodePayload(laidOut);
  const found: PayloadFault[] = [];
  if (revision === undefined) add(found, 'schema.missing', [], '0');
  else if (typeof revision !== 'number' || revision < 1) add(found, 'schema.value', [], '0');
  const newer = definition !== null && typeof revision === 'number' && revision > definition.revision;
  if (!newer && definition !== null) {
    for (const key of foreignKeys) add(found, 'schema.unknown-key', [], key);
  }
  if (definition !== null) {
    const faults = schemaFaults(definition, fields, newer);
    for (const { code, path } of faults) add(found, code, path);
    const { kid, iss, sub } = signed;
    if (faults.length === 0 && kid !== undefined && iss !== undefined && sub !== undefined) {
      for (const { code, path } of definition.faults(fields, { kid, iss, sub })) {
        add(found, code, parsePath(path));
      }
    }
  }
  const payload = typeof revision === 'number' ? { revision, fields } : null;
  if (found.length === 0 && definition !== null && !newer) {
    return { payload, definition, newer, diagnostics: NO_DIAGNOSTICS };
  }
  const diagnostics = found.length === 0 ? [] : placed(found, laidOut);
  if (definition === null) diagnostics.push(diagnostic('record.type-unknown', { record }, { type }));
  if (newer)
    diagnostics.push(diagnostic('record.newer-revision', { record }, { type, revision: Number(revision) }));
  return { payload, definition, newer, diagnostics };
}

const NO_DIAGNOSTICS: readonly Diagnostic[] = Object.freeze([]);

interface PayloadFault {
  readonly code: CheckCode;
  readonly path: FieldPath;
  readonly text: string;
}

/** Several rules may find fault with one place; it is told once. */
function add(found: PayloadFault[], code: CheckCode, path: FieldPath, text = formatPath(path)): void {
  if (found.length >= MAX_SCHEMA_FAULTS) return;
  const name = JSON.stringify(path);
  const isTold = found.some(
    (one) => one.code === code && one.text === text && JSON.stringify(one.path) === name,
  );
  if (!isTold) found.push({ code, path, text });
}

/** Offsets count from the record, and the steps go by the bytes: what is not there is reported at its container. */
function placed(found: readonly PayloadFault[], { bytes, layout, id }: LaidOut): Diagnostic[] {
  const steps = found.map(({ path }) =>
    path.map((step): Step => (typeof step === 'number' ? { index: step } : { key: step })),
  );
  const payload = bytes.subarray(layout.payloadStart, layout.payloadEnd);
  return locateAll(payload, 0, steps).map((offset, index) => {
    const { code, text } = found[index]!;
    return diagnostic(code, { record: id, offset: layout.payloadStart + offset, path: text });
  });
}

/** A payload's members: the revision (key 0), the fields of its type, and what is neither. */
interface PlainPayload {
  readonly revision: PlainValue | undefined;
  readonly fields: Fields;
  /** Integer keys other than 0, which no type has. */
  readonly foreignKeys: readonly string[];
}

function decodePayload({ bytes, layout }: LaidOut): PlainPayload {
  const { payloadStart, payloadEnd, payloadTraits } = layout;
  const decoded = decodeScanned(bytes.subarray(payloadStart, payloadEnd), payloadTraits);
  const fields = bareObject<PlainValue>();
  const foreignKeys: string[] = [];
  let revision: PlainValue | undefined;
  (decoded as ReadonlyMap<CborKey, CborValue>).forEach((value, key) => {
    if (key === 0) revision = toPlain(value);
    else if (typeof key === 'string') fields[key] = toPlain(value);
    else foreignKeys.push(String(key));
  });
  return { revision, fields, foreignKeys };
}
