import { type CborValue, decodeCbor, encodeCbor } from '../codec/cbor.js';
import { fromHex, toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import { type InclusionProof, verifyInclusion } from '../merkle/inclusion.js';
import { HASH_LENGTH, isTreeCount, leafHash } from '../merkle/tree.js';
import type { Checkpoint } from './checkpoint.js';

/** A path through a tree of at most 2^53 leaves. */
const MAX_PATH = 53;
const MAX_TOKENS = 16;

/**
 * Proof that a log holds an id: [id, index, path, SHA-256 of the whole note, [* SHA-256 of a token]]. Naming the exact
 * bytes of note and tokens leaves no signature line and no certificate outside every hash.
 */
export interface Receipt {
  /** Of a record or of a credential, 64 hex digits. */
  readonly id: string;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly note: string;
  /** Strictly ascending. */
  readonly tokens: readonly string[];
}

/** Why bytes are no receipt; the offset counts from their first byte. */
export interface ReceiptFault {
  readonly code: 'receipt.malformed';
  readonly offset?: number;
  readonly reason: string;
}

/** Reads a receipt element; anything that is none is `receipt.malformed` with the byte offset. Never throws for any bytes. */
export function readReceipt(bytes: Uint8Array): Receipt | ReceiptFault {
  let value: CborValue;
  try {
    value = decodeCbor(bytes);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) {
      throw error;
    }
    const { offset } = error.place;
    return { code: 'receipt.malformed', reason: error.code, ...(offset === undefined ? {} : { offset }) };
  }
  if (!Array.isArray(value) || value.length !== 5) {
    return receiptFault('a receipt is an array of five');
  }
  const [id, index, path, note, tokens] = value as [CborValue, CborValue, CborValue, CborValue, CborValue];
  if (!isHash(id) || !isHash(note)) {
    return receiptFault('id and note are 32 bytes');
  }
  if (typeof index !== 'number' || !isTreeCount(index)) {
    return receiptFault('the index is an integer from 0 to 2^53 − 1');
  }
  if (!Array.isArray(path) || path.length > MAX_PATH || !path.every(isHash)) {
    return receiptFault(`the path is at most ${MAX_PATH} hashes of 32 bytes`);
  }
  if (!Array.isArray(tokens) || tokens.length > MAX_TOKENS || !tokens.every(isHash)) {
    return receiptFault(`the tokens are at most ${MAX_TOKENS} hashes of 32 bytes`);
  }
  const tokenIds = tokens.map((token) => toHex(token));
  if (!isAscending(tokenIds)) {
    return receiptFault('the tokens are strictly ascending');
  }
  return { id: toHex(id), index, path: path as Uint8Array[], note: toHex(note), tokens: tokenIds };
}

export function isReceiptFault(result: Receipt | ReceiptFault): result is ReceiptFault {
  return 'code' in result;
}

/** Throws RangeError for a receipt that `readReceipt` would refuse. */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  const bytes = encodeCbor([
    fromHex(receipt.id),
    receipt.index,
    receipt.path,
    fromHex(receipt.note),
    receipt.tokens.map(fromHex),
  ]);
  const read = readReceipt(bytes);
  if (isReceiptFault(read)) {
    throw new RangeError(`no receipt: ${read.reason}`);
  }
  return bytes;
}

/** The proof a receipt makes under a checkpoint. The size comes from the signed text, never from the receipt. */
export function receiptProof(receipt: Receipt, checkpoint: Checkpoint): InclusionProof {
  return {
    index: receipt.index,
    size: checkpoint.size,
    // A log entry is the bare id, so that tiles publish nothing else (format.md, Ledger).
    leafHash: leafHash(fromHex(receipt.id)),
    path: receipt.path,
    root: fromHex(checkpoint.root),
  };
}

/** Does the log of this checkpoint hold the receipt's id at its index? Says nothing about the note's signatures. */
export function verifyReceipt(receipt: Receipt, checkpoint: Checkpoint): boolean {
  return verifyInclusion(receiptProof(receipt, checkpoint));
}

function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH_LENGTH;
}

function isAscending(ids: readonly string[]): boolean {
  return ids.every((id, position) => position === 0 || (ids[position - 1] as string) < id);
}

function receiptFault(reason: string): ReceiptFault {
  return { code: 'receipt.malformed', reason };
}
