import {
  argumentAt,
  type CborHead,
  contentAt,
  encodeByteString,
  headLength,
  readHead,
  writeHead,
} from '../codec/cbor-head.js';
import {
  type CborFaultCode,
  type ItemTraits,
  MAX_ITEM_LENGTH,
  newScanReport,
  scanWhole,
} from '../codec/cbor-scan.js';
import { concatBytes, utf8Bytes } from '../codec/hex.js';
import { slabBytes } from '../codec/slab.js';
import { sha256Hex } from './hash.js';

/**
 * COSE_Sign1 (RFC 9052 §4.2) in the one form that evidence has: tag 18, an empty unprotected map, a payload that is
 * there, both protected header and payload a byte string that holds one CBOR map.
 */
export interface Sign1Parts {
  /** Contents of the three byte strings: views of the given bytes, not copies. */
  readonly protected: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** Where these contents begin in the given bytes. */
  readonly offsets: { readonly protected: number; readonly payload: number; readonly signature: number };
  /** What the scan saw of the payload, for `decodeScanned`. */
  readonly payloadTraits: ItemTraits;
}

export interface Sign1Fault {
  readonly code:
    | CborFaultCode
    | 'cose.start'
    | 'cose.protected'
    | 'cose.unprotected'
    | 'cose.payload'
    | 'cose.signature';
  readonly offset: number;
}

const MAP = 5;
const BYTE_STRING = 2;

/** Where the parts of one COSE_Sign1 stand in its bytes. The signature is the last of them and ends where they end. */
export interface Sign1Layout {
  readonly headerStart: number;
  readonly headerEnd: number;
  readonly payloadStart: number;
  readonly payloadEnd: number;
  readonly signatureStart: number;
  /** What the scan saw of the payload, for `decodeScanned`. */
  readonly payloadTraits: ItemTraits;
}

/** Cuts one COSE_Sign1 of at most 65,535 bytes into its parts, every byte of them scanned. Decodes nothing. */
export function splitSign1(bytes: Uint8Array): Sign1Parts | Sign1Fault {
  const layout = layoutSign1(bytes);
  return isSign1Fault(layout) ? layout : partsOf(bytes, layout);
}

/** The parts that stand there. */
export function partsOf(bytes: Uint8Array, layout: Sign1Layout): Sign1Parts {
  const { headerStart, headerEnd, payloadStart, payloadEnd, signatureStart, payloadTraits } = layout;
  return {
    protected: bytes.subarray(headerStart, headerEnd),
    payload: bytes.subarray(payloadStart, payloadEnd),
    signature: bytes.subarray(signatureStart),
    offsets: { protected: headerStart, payload: payloadStart, signature: signatureStart },
    payloadTraits,
  };
}

/** The same without a view of each part: of a thousand records they cost more than the looking. */
export function layoutSign1(bytes: Uint8Array): Sign1Layout | Sign1Fault {
  if (bytes.length > MAX_ITEM_LENGTH) return { code: 'cbor.too-long', offset: 0 };
  // Tag 18 is the only tag of the profile, and only here: the scanner begins behind it.
  if (bytes[0] !== 0xd2) return { code: 'cose.start', offset: 0 };
  if (bytes[1] !== 0x84) return { code: 'cose.start', offset: 1 };
  if (!scanWhole(bytes, 1, bytes.length, MAX_ITEM_LENGTH, report)) return scanFault();

  if (!isByteString(bytes, 2)) return { code: 'cose.protected', offset: 2 };
  const headerStart = contentAt(bytes, 2);
  const headerEnd = headerStart + argumentAt(bytes, 2);
  if (bytes[headerEnd] !== 0xa0) return { code: 'cose.unprotected', offset: headerEnd };
  if (!isByteString(bytes, headerEnd + 1)) return { code: 'cose.payload', offset: headerEnd + 1 };
  const payloadStart = contentAt(bytes, headerEnd + 1);
  const payloadEnd = payloadStart + argumentAt(bytes, headerEnd + 1);
  if (!isByteString(bytes, payloadEnd)) return { code: 'cose.signature', offset: payloadEnd };

  if (!isMapWithin(bytes, headerStart, headerEnd)) return { code: 'cose.protected', offset: headerStart };
  if (!scanWhole(bytes, headerStart, headerEnd, MAX_ITEM_LENGTH, report)) return scanFault();
  if (!isMapWithin(bytes, payloadStart, payloadEnd)) return { code: 'cose.payload', offset: payloadStart };
  if (!scanWhole(bytes, payloadStart, payloadEnd, MAX_ITEM_LENGTH, report)) return scanFault();
  return {
    headerStart,
    headerEnd,
    payloadStart,
    payloadEnd,
    signatureStart: contentAt(bytes, payloadEnd),
    // The payload was scanned last.
    payloadTraits:
      report.wideInteger || report.longMap
        ? { wideInteger: report.wideInteger, longMap: report.longMap }
        : ORDINARY,
  };
}

export function isSign1Fault(result: Sign1Parts | Sign1Layout | Sign1Fault): result is Sign1Fault {
  return 'code' in result;
}

/** Does a byte string stand there, in bytes that have been scanned? */
function isByteString(bytes: Uint8Array, offset: number): boolean {
  return bytes[offset]! >> 5 === BYTE_STRING;
}

/** The head of the byte string at `offset`; null if another item stands there. */
function byteString(bytes: Uint8Array, offset: number): CborHead | null {
  const head = readHead(bytes, offset);
  return head === null || head.major !== BYTE_STRING ? null : head;
}

/** Contents are scanned as an item of their own, depth counted anew; offsets stay those of the whole. */
function isMapWithin(bytes: Uint8Array, start: number, end: number): boolean {
  return start !== end && bytes[start]! >> 5 === MAP;
}

const ORDINARY: ItemTraits = Object.freeze({ wideInteger: false, longMap: false });
const report = newScanReport();

function scanFault(): Sign1Fault {
  return { code: report.code, offset: report.offset };
}

const SIGNATURE_1 = concatBytes(Uint8Array.of(0x84, 0x6a), utf8Bytes('Signature1'));
const EMPTY_BYTE_STRING = 0x40;

/**
 * The bytes that are signed (RFC 9052 §4.4): [ "Signature1", protected, external_aad, payload ]. external_aad is
 * always empty, so that any COSE library can verify a record.
 */
export function sigStructure(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array {
  const whole = slabBytes(sigStructureLength(protectedHeader, payload));
  writeSigStructure(whole, protectedHeader, payload);
  return whole;
}

/** The same of a record or credential that `splitSign1` accepts. Throws TypeError for other bytes. */
export function toBeSigned(sign1: Uint8Array): Uint8Array {
  const header = sign1[0] === 0xd2 ? byteString(sign1, 2) : null;
  const headerEnd = header === null ? 0 : header.next + header.argument;
  const payload = header === null ? null : byteString(sign1, headerEnd + 1);
  const payloadEnd = payload === null ? 0 : payload.next + payload.argument;
  if (payload === null || payloadEnd > sign1.length) throw new TypeError('not a COSE_Sign1 of the profile');
  const whole = slabBytes(SIGNATURE_1.length + payloadEnd - BYTE_STRINGS_START);
  copySigStructure(whole, sign1, headerEnd, payloadEnd);
  return whole;
}

const scratch = new Uint8Array(MAX_ITEM_LENGTH + 32);

/** SHA-256 of the bytes that are signed, hex, without keeping them: a file holds a hundred thousand records. */
export function sigStructureHash(protectedHeader: Uint8Array, payload: Uint8Array): string {
  const length = sigStructureLength(protectedHeader, payload);
  if (length > scratch.length) return sha256Hex(sigStructure(protectedHeader, payload));
  writeSigStructure(scratch, protectedHeader, payload);
  return sha256Hex(scratch.subarray(0, length));
}

/** The same of a COSE_Sign1 that has been laid out. */
export function statementHashOf(sign1: Uint8Array, { headerEnd, payloadEnd }: Sign1Layout): string {
  copySigStructure(scratch, sign1, headerEnd, payloadEnd);
  return sha256Hex(scratch.subarray(0, SIGNATURE_1.length + payloadEnd - BYTE_STRINGS_START));
}

/** Where the first byte string of a COSE_Sign1 begins, behind the tag and the head of the array. */
const BYTE_STRINGS_START = 2;

/**
 * The protected header and the payload stand in a COSE_Sign1 as in what is signed, heads included, with one byte between
 * them: there the empty map of the unprotected header, here the empty external_aad.
 */
function copySigStructure(whole: Uint8Array, sign1: Uint8Array, headerEnd: number, payloadEnd: number): void {
  whole.set(SIGNATURE_1);
  whole.set(sign1.subarray(BYTE_STRINGS_START, payloadEnd), SIGNATURE_1.length);
  whole[SIGNATURE_1.length + headerEnd - BYTE_STRINGS_START] = EMPTY_BYTE_STRING;
}

function sigStructureLength({ length: header }: Uint8Array, { length: payload }: Uint8Array): number {
  return SIGNATURE_1.length + headLength(header) + header + 1 + headLength(payload) + payload;
}

function writeSigStructure(whole: Uint8Array, protectedHeader: Uint8Array, payload: Uint8Array): void {
  whole.set(SIGNATURE_1);
  const headerAt = writeHead(whole, SIGNATURE_1.length, BYTE_STRING, protectedHeader.length);
  whole.set(protectedHeader, headerAt);
  const aadAt = headerAt + protectedHeader.length;
  whole[aadAt] = EMPTY_BYTE_STRING;
  whole.set(payload, writeHead(whole, aadAt + 1, BYTE_STRING, payload.length));
}

/** The parts as one COSE_Sign1. The header and payload are the encodings of maps. */
export function encodeSign1(
  protectedHeader: Uint8Array,
  payload: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  return concatBytes(
    Uint8Array.of(0xd2, 0x84),
    encodeByteString(protectedHeader),
    Uint8Array.of(0xa0),
    encodeByteString(payload),
    encodeByteString(signature),
  );
}
