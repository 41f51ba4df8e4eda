import { encodeByteString, headLength, readHead, writeHead } from '../codec/cbor-head.js';
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

/** Cuts one COSE_Sign1 of at most 65,535 bytes into its parts, every byte of them scanned. Decodes nothing. */
export function splitSign1(bytes: Uint8Array): Sign1Parts | Sign1Fault {
  if (bytes.length > MAX_ITEM_LENGTH) return { code: 'cbor.too-long', offset: 0 };
  // Tag 18 is the only tag of the profile, and only here: the scanner begins behind it.
  if (bytes[0] !== 0xd2) return { code: 'cose.start', offset: 0 };
  if (bytes[1] !== 0x84) return { code: 'cose.start', offset: 1 };
  if (!scanWhole(bytes, 1, bytes.length, MAX_ITEM_LENGTH, report)) return scanFault();

  const protectedHeader = byteString(bytes, 2);
  if (protectedHeader === null) return { code: 'cose.protected', offset: 2 };
  if (bytes[protectedHeader.end] !== 0xa0) return { code: 'cose.unprotected', offset: protectedHeader.end };
  const payload = byteString(bytes, protectedHeader.end + 1);
  if (payload === null) return { code: 'cose.payload', offset: protectedHeader.end + 1 };
  const signature = byteString(bytes, payload.end);
  if (signature === null) return { code: 'cose.signature', offset: payload.end };

  const embedded =
    mapFault(bytes, protectedHeader, 'cose.protected') ?? mapFault(bytes, payload, 'cose.payload');
  if (embedded !== null) return embedded;
  return {
    protected: bytes.subarray(protectedHeader.start, protectedHeader.end),
    payload: bytes.subarray(payload.start, payload.end),
    signature: bytes.subarray(signature.start, signature.end),
    offsets: { protected: protectedHeader.start, payload: payload.start, signature: signature.start },
    // The payload was scanned last.
    payloadTraits:
      report.wideInteger || report.longMap
        ? { wideInteger: report.wideInteger, longMap: report.longMap }
        : ORDINARY,
  };
}

export function isSign1Fault(result: Sign1Parts | Sign1Fault): result is Sign1Fault {
  return 'code' in result;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The contents of the byte string at `offset`, which has been scanned; null if another item stands there. */
function byteString(bytes: Uint8Array, offset: number): Range | null {
  const head = readHead(bytes, offset);
  if (head === null || head.major !== BYTE_STRING) return null;
  return { start: head.next, end: head.next + head.argument };
}

/** Contents are scanned as an item of their own, depth counted anew; offsets stay those of the whole. */
function mapFault(
  bytes: Uint8Array,
  range: Range,
  code: 'cose.protected' | 'cose.payload',
): Sign1Fault | null {
  if (range.start === range.end || bytes[range.start]! >> 5 !== MAP) return { code, offset: range.start };
  return scanWhole(bytes, range.start, range.end, MAX_ITEM_LENGTH, report) ? null : scanFault();
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
  const payload = header === null ? null : byteString(sign1, header.end + 1);
  if (header === null || payload === null) throw new TypeError('not a COSE_Sign1 of the profile');
  return sigStructure(sign1.subarray(header.start, header.end), sign1.subarray(payload.start, payload.end));
}

const scratch = new Uint8Array(MAX_ITEM_LENGTH + 32);

/** SHA-256 of the bytes that are signed, hex, without keeping them: a file holds a hundred thousand records. */
export function sigStructureHash(protectedHeader: Uint8Array, payload: Uint8Array): string {
  const length = sigStructureLength(protectedHeader, payload);
  if (length > scratch.length) return sha256Hex(sigStructure(protectedHeader, payload));
  writeSigStructure(scratch, protectedHeader, payload);
  return sha256Hex(scratch.subarray(0, length));
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
