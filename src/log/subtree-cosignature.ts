import { concatBytes, fromHex, utf8Bytes } from '../codec/hex.js';
import { type MlDsa44Signer, type MlDsa44Verifier, rememberingMlDsa44Verifier } from '../crypto/ml-dsa.js';
import { type Checkpoint, isTextFault, parseCheckpoint } from './checkpoint.js';
import { readCosignatureTime } from './cosignature.js';
import { formatNote, isNoteFault, type NoteSignature, parseNote } from './signed-note.js';
import { MAX_COSIGNER_NAME_LENGTH, NOTE_ML_DSA_COSIGNATURE, verifierKey } from './verifier-key.js';

// The label's last byte is zero: it fills the twelve bytes of its field.
const LABEL = utf8Bytes('subtree/v1\n\0');
const TIME_LENGTH = 8;

/** Who signs a type 06 cosignature, when (seconds UTC, 0 for no statement about time), and over which log's tree. */
export interface CosignedTree {
  readonly cosigner: string;
  readonly time: bigint;
  readonly checkpoint: Checkpoint;
}

/**
 * What a type 06 cosignature of a checkpoint signs (C2SP tlog-cosignature, `cosigned_message`): not the note's text but
 * cosigner, time, origin, size and root, so that extension lines are not covered. Null where no such message exists,
 * because a name is empty or longer than 255 bytes.
 */
export function cosignedTreeMessage({ cosigner, time, checkpoint }: CosignedTree): Uint8Array | null {
  const name = utf8Bytes(cosigner);
  const origin = utf8Bytes(checkpoint.origin);
  for (const { length } of [name, origin]) {
    if (length < 1 || length > MAX_COSIGNER_NAME_LENGTH) {
      return null;
    }
  }
  return concatBytes(
    LABEL,
    Uint8Array.of(name.length),
    name,
    bigEndian(time),
    Uint8Array.of(origin.length),
    origin,
    bigEndian(0n),
    bigEndian(BigInt(checkpoint.size)),
    fromHex(checkpoint.root),
  );
}

/**
 * Verifies one type 06 signature of a note's text and gives the time it states, seconds UTC; null when it does not
 * hold, as for every text that is no checkpoint.
 */
export function verifySubtreeCosignature(
  signature: Uint8Array,
  text: string,
  key: { readonly name: string; readonly publicKey: Uint8Array },
  verify: MlDsa44Verifier,
): { readonly time: number } | null {
  const time = readCosignatureTime(signature);
  const checkpoint = parseCheckpoint(text);
  if (time === null || isTextFault(checkpoint)) {
    return null;
  }
  const message = cosignedTreeMessage({ cosigner: key.name, time, checkpoint });
  return message !== null && verify(signature.subarray(TIME_LENGTH), message, key.publicKey)
    ? { time: Number(time) }
    : null;
}

/** Verifies one type 06 signature of a note's text under a key: the time it states, null when it does not hold. */
export type TreeCosignatureVerifier = (
  signature: Uint8Array,
  text: string,
  key: { readonly name: string; readonly publicKey: Uint8Array },
) => { readonly time: number } | null;

/**
 * A verifier for one passport: it remembers what it verified. Whoever evaluates notes is given one instead of importing
 * this file, because most trust files name no key that needs it, and ML-DSA-44 is a tenth of what a page loads.
 */
export function treeCosignatureVerifier(): TreeCosignatureVerifier {
  const verify = rememberingMlDsa44Verifier();
  return (signature, text, key) => verifySubtreeCosignature(signature, text, key, verify);
}

/** A witness with an ML-DSA-44 key and the time at which it says it saw the checkpoint, seconds UTC; 0 says nothing. */
export interface MlDsaWitnessAt {
  readonly name: string;
  readonly signer: MlDsa44Signer;
  readonly time: number;
}

/** The type 06 line of a witness over a checkpoint's text. Throws RangeError for a text, name or time that it cannot sign. */
export function subtreeCosignature(text: string, { name, signer, time }: MlDsaWitnessAt): NoteSignature {
  if (!Number.isSafeInteger(time) || time < 0) {
    throw new RangeError(`a cosignature's time is whole seconds since 1970, got ${time}`);
  }
  const { keyId } = verifierKey(name, NOTE_ML_DSA_COSIGNATURE, signer.publicKey);
  const checkpoint = parseCheckpoint(text);
  if (isTextFault(checkpoint)) {
    throw new RangeError(`no checkpoint: ${checkpoint.reason}`);
  }
  const message = cosignedTreeMessage({ cosigner: name, time: BigInt(time), checkpoint });
  if (message === null) {
    throw new RangeError(`an origin of more than ${MAX_COSIGNER_NAME_LENGTH} bytes cannot be cosigned`);
  }
  return { name, keyId, signature: concatBytes(bigEndian(BigInt(time)), signer.sign(message)) };
}

/** The note with one more line, at its end; the bytes before it stay as they are. Throws RangeError when it is no note. */
export function cosignSubtree(note: Uint8Array, witness: MlDsaWitnessAt): Uint8Array {
  const read = parseNote(note);
  if (isNoteFault(read)) {
    throw new RangeError(`no signed note: ${read.reason}`);
  }
  return formatNote(read.text, [...read.signatures, subtreeCosignature(read.text, witness)]);
}

function bigEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
