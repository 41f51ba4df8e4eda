import { concatBytes } from '../codec/hex.js';
import { ed25519PublicKey, signEd25519, verifyEd25519Sync } from '../crypto/ed25519.js';
import { formatNote, isNoteFault, type NoteSignature, type NoteSigner, parseNote } from './signed-note.js';
import { NOTE_COSIGNATURE, noteKeyId, verifierKey } from './verifier-key.js';

const TIME_LENGTH = 8;
const SIGNATURE_LENGTH = 64;
const MAX_TIME = 2n ** 63n - 1n;

/** Key id of a type 04 cosigner, 8 hex digits. */
export function cosignatureKeyId(name: string, publicKey: Uint8Array): string {
  return noteKeyId(name, NOTE_COSIGNATURE, publicKey);
}

/** What a type 04 cosignature signs: header line, time line, then the whole note text (C2SP tlog-cosignature). */
function cosignedMessage(time: bigint, textBytes: Uint8Array): Uint8Array {
  return concatBytes(new TextEncoder().encode(`cosignature/v1\ntime ${time}\n`), textBytes);
}

/**
 * Verifies one type 04 signature and gives the time it states, seconds UTC; null when it does not hold. Times beyond
 * 2^53 come back rounded: they lie after every instant that this format can name.
 */
export function verifyCosignature(
  signature: Uint8Array,
  textBytes: Uint8Array,
  publicKey: Uint8Array,
): { readonly time: number } | null {
  if (signature.length !== TIME_LENGTH + SIGNATURE_LENGTH) {
    return null;
  }
  const time = readCosignatureTime(signature);
  if (time === null) {
    return null;
  }
  const message = cosignedMessage(time, textBytes);
  return verifyEd25519Sync(signature.subarray(TIME_LENGTH), message, publicKey)
    ? { time: Number(time) }
    : null;
}

/** The time before the signature proper of every timestamped signature; null where it is cut or beyond 2^63 − 1. */
export function readCosignatureTime(signature: Uint8Array): bigint | null {
  if (signature.length < TIME_LENGTH) {
    return null;
  }
  const time = new DataView(signature.buffer, signature.byteOffset, TIME_LENGTH).getBigUint64(0);
  return time > MAX_TIME ? null : time;
}

/** The type 04 line of a witness that saw `text` at `time`, seconds UTC. */
export function cosignature(
  text: string,
  { name, seed, time }: NoteSigner & { readonly time: number },
): NoteSignature {
  if (!Number.isSafeInteger(time) || time < 0) {
    throw new RangeError(`a cosignature's time is whole seconds since 1970, got ${time}`);
  }
  const key = verifierKey(name, NOTE_COSIGNATURE, ed25519PublicKey(seed));
  const stamp = new Uint8Array(TIME_LENGTH);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const message = cosignedMessage(BigInt(time), new TextEncoder().encode(text));
  return { name, keyId: key.keyId, signature: concatBytes(stamp, signEd25519(message, seed)) };
}

/** The note with one more line, at its end; the bytes before it stay as they are. Throws RangeError when it is no note. */
export function cosign(note: Uint8Array, witness: NoteSigner & { readonly time: number }): Uint8Array {
  const read = parseNote(note);
  if (isNoteFault(read)) {
    throw new RangeError(`no signed note: ${read.reason}`);
  }
  return formatNote(read.text, [...read.signatures, cosignature(read.text, witness)]);
}
