import type { CborKey, CborValue } from '../codec/cbor.js';
import { toHex } from '../codec/hex.js';
import type { CheckCode } from '../codes.js';
import { CWT_CLAIM, HEADER_LABEL, type ProtectedHeader, readProtectedHeader } from '../crypto/cose-header.js';
import { parseParty } from '../subject/party.js';
import { remember } from '../subject/remember.js';
import { parseSubject, type SubjectCode } from '../subject/subject.js';
import { MAX_UTC_S } from './field-schemas.js';
import { LINK_VERSION, type RecordLink, readLink } from './link.js';
import type { Step } from './locate.js';
import { CONTENT_TYPE_END, CONTENT_TYPE_START, RECORD_TYP } from './record.js';
import { readUsualHeader, type UsualHeader } from './usual-header.js';

export interface HeaderFault {
  readonly code: CheckCode;
  readonly path: string;
  /** Where in the protected header. */
  readonly steps: readonly Step[];
}

/** What a record's header says, as far as it could be read, and everything wrong with it. */
export interface RecordHeader {
  readonly alg: number | undefined;
  readonly type: string | undefined;
  readonly kid: string | undefined;
  readonly iss: string | undefined;
  readonly sub: string | undefined;
  readonly iat: number | undefined;
  readonly link: RecordLink | undefined;
  readonly faults: readonly HeaderFault[];
  /** Things a newer reader may know. */
  readonly unsupported: readonly HeaderFault[];
}

const KNOWN_LABELS: ReadonlySet<CborKey> = new Set(Object.values(HEADER_LABEL));
const MAX_NAME_BYTES = 512;

/**
 * The rules of format.md for the protected header of one record. `typ` is compared before anything else is believed:
 * it keeps a credential's signature from passing for a record's.
 */
export function readRecordHeader(bytes: Uint8Array, start = 0, end: number = bytes.length): RecordHeader {
  const usual = readUsualHeader(bytes, start, end);
  return (
    (usual === null ? null : judgeUsual(usual)) ??
    judgeHeader(readProtectedHeader(bytes.subarray(start, end)))
  );
}

/** Null where a name is not what it should be: the other way says what is wrong and where. */
function judgeUsual(header: UsualHeader): RecordHeader | null {
  const { alg, kid, iss, sub, iat, seq, prev, seen, lane, anchors } = header;
  const type = typeName(header.contentType);
  if (type === null || partyFault(iss) || subjectFault(sub) !== null) return null;
  const link: RecordLink = { version: LINK_VERSION, seq, prev, seen, lane, anchors };
  return { alg, type, kid, iss, sub, iat, link, faults: NO_FAULTS, unsupported: NO_FAULTS };
}

const NO_FAULTS: readonly HeaderFault[] = [];

/** The same answer for any header, with everything that is wrong with it. */
export function judgeHeader(header: ProtectedHeader): RecordHeader {
  if (header.typ !== RECORD_TYP) {
    return { ...NOTHING, faults: [fault('record.typ', 'typ', [{ key: HEADER_LABEL.typ }])] };
  }
  const faults: HeaderFault[] = [];
  const unsupported: HeaderFault[] = [];
  checkLabels(header, faults, unsupported);

  const alg = safeInteger(header.alg);
  if (alg === undefined) faults.push(fault('record.alg', 'alg', [{ key: HEADER_LABEL.alg }]));
  const type =
    typeof header.contentType === 'string' ? (typeName(header.contentType) ?? undefined) : undefined;
  if (type === undefined) {
    faults.push(fault('record.content-type', 'content-type', [{ key: HEADER_LABEL.contentType }]));
  }
  const kid = header.kid instanceof Uint8Array && header.kid.length === 32 ? toHex(header.kid) : undefined;
  if (kid === undefined) faults.push(fault('record.kid', 'kid', [{ key: HEADER_LABEL.kid }]));
  const { iss, sub, iat } = readClaims(header.cwtClaims, faults);
  const link = linkOf(header.link, faults, unsupported);
  return { alg, type, kid, iss, sub, iat, link, faults, unsupported };
}

const NOTHING: RecordHeader = {
  alg: undefined,
  type: undefined,
  kid: undefined,
  iss: undefined,
  sub: undefined,
  iat: undefined,
  link: undefined,
  faults: [],
  unsupported: [],
};

function linkOf(
  value: CborValue | undefined,
  faults: HeaderFault[],
  unsupported: HeaderFault[],
): RecordLink | undefined {
  const read = readLink(value);
  const step: Step = { key: HEADER_LABEL.link };
  if (read.kind === 'unsupported') {
    unsupported.push(fault('record.unsupported', 'link[0]', [step, { index: 0 }]));
    return undefined;
  }
  for (const { code, element } of read.faults) {
    if (element === null) faults.push(fault(code, 'link', [step]));
    else faults.push(fault(code, `link[${element}]`, [step, { index: element }]));
  }
  return read.kind === 'link' ? read.link : undefined;
}

function fault(code: CheckCode, path: string, steps: readonly Step[]): HeaderFault {
  return { code, path, steps };
}

function safeInteger(value: CborValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A hostile header can hold thousands of labels; the first ones say enough. */
const MAX_LABEL_FAULTS = 100;

/** A label outside the list is a fault unless crit names it; what crit names and nobody here knows is unsupported. */
function checkLabels(header: ProtectedHeader, faults: HeaderFault[], unsupported: HeaderFault[]): void {
  const { crit, labels } = header;
  const critical = crit === undefined ? [] : readCrit(crit, labels);
  if (critical === null) faults.push(fault('record.crit', 'crit', [{ key: HEADER_LABEL.crit }]));
  const unknown: HeaderFault[] = [];
  let next = 0;
  for (const label of labels) {
    if (KNOWN_LABELS.has(label)) continue;
    // Both ascend as encoded, and every label that crit names is here.
    const named = critical?.[next] === label;
    if (named) next += 1;
    const found = named ? unsupported : unknown;
    if (found.length < MAX_LABEL_FAULTS) found.push(labelFault(label, named));
  }
  faults.push(...unknown);
}

function labelFault(label: CborKey, named: boolean): HeaderFault {
  const steps = typeof label === 'bigint' ? [] : [{ key: label }];
  const path =
    typeof label === 'string' ? `header[${JSON.stringify(label.slice(0, 32))}]` : `header[${label}]`;
  return fault(named ? 'record.unsupported' : 'record.header-label', path, steps);
}

/**
 * RFC 9052 §3.1: non-empty, each label present. Here also ascending as encoded, and none that every reader knows. Walks
 * both lists at once: an opponent chooses integers that all fall into one bucket of a JavaScript set.
 */
function readCrit(crit: CborValue, labels: readonly CborKey[]): readonly CborKey[] | null {
  if (!Array.isArray(crit) || crit.length === 0) return null;
  const named: CborKey[] = [];
  let next = 0;
  for (const label of crit as readonly CborValue[]) {
    if (typeof label !== 'number' && typeof label !== 'bigint' && typeof label !== 'string') return null;
    if (KNOWN_LABELS.has(label)) return null;
    while (next < labels.length && labels[next] !== label) next += 1;
    // Not there, or not after the one before.
    if (next === labels.length) return null;
    next += 1;
    named.push(label);
  }
  return named;
}

/** `application/vnd.goodorder.<type>+cbor`, the type in small letters, digits and single hyphens. */
const typeName = remember((contentType): string | null => {
  if (!contentType.startsWith(CONTENT_TYPE_START) || !contentType.endsWith(CONTENT_TYPE_END)) return null;
  const name = contentType.slice(CONTENT_TYPE_START.length, -CONTENT_TYPE_END.length);
  return name.length <= 64 && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) ? name : null;
});

interface Claims {
  readonly iss: string | undefined;
  readonly sub: string | undefined;
  readonly iat: number | undefined;
}

function readClaims(value: CborValue | undefined, faults: HeaderFault[]): Claims {
  const claimsStep: Step = { key: HEADER_LABEL.cwtClaims };
  if (!(value instanceof Map)) {
    faults.push(fault('record.claims', 'claims', [claimsStep]));
    return NOTHING;
  }
  const iss = name(value.get(CWT_CLAIM.iss));
  const sub = name(value.get(CWT_CLAIM.sub));
  const iatValue = safeInteger(value.get(CWT_CLAIM.iat));
  const iat = iatValue !== undefined && iatValue >= 0 && iatValue <= MAX_UTC_S ? iatValue : undefined;
  if (value.size !== 3) faults.push(fault('record.claims', 'claims', [claimsStep]));
  if (iss === undefined || partyFault(iss)) {
    faults.push(fault('record.claims', 'claims.iss', [claimsStep, { key: CWT_CLAIM.iss }]));
  }
  const subCode = sub === undefined ? 'record.claims' : subjectFault(sub);
  if (subCode !== null) faults.push(fault(subCode, 'claims.sub', [claimsStep, { key: CWT_CLAIM.sub }]));
  if (iat === undefined) {
    faults.push(fault('record.claims', 'claims.iat', [claimsStep, { key: CWT_CLAIM.iat }]));
  }
  return { iss, sub, iat };
}

/** Printable ASCII of at most 512 bytes. */
function name(value: CborValue | undefined): string | undefined {
  return typeof value === 'string' && value.length <= MAX_NAME_BYTES && /^[ -~]*$/.test(value)
    ? value
    : undefined;
}

function partyFault(iss: string): boolean {
  return parseParty(iss) === null;
}

function subjectFault(sub: string): SubjectCode | null {
  const result = parseSubject(sub);
  return result.ok ? null : result.code;
}
