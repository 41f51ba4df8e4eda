import { toBase64 } from '../codec/base64url.js';
import { concatBytes, fromHex, toHex } from '../codec/hex.js';
import { ed25519PublicKey, signEd25519 } from '../crypto/ed25519.js';
import { base64OrNull, isKeyName, NOTE_ED25519, noteKeyId, verifierKey } from './verifier-key.js';

/** The bounds of Go's sumdb/note, the oldest reader of the format. */
export const MAX_NOTE_LENGTH = 1_000_000;
export const MAX_NOTE_SIGNATURES = 100;

const KEY_ID_LENGTH = 4;
const LINE_START = '— ';

/** One signature line. What the key id means is for the log policy to say; unknown ones are kept. */
export interface NoteSignature {
  readonly name: string;
  /** 8 hex digits. */
  readonly keyId: string;
  /** The bytes after the key id. */
  readonly signature: Uint8Array;
}

/** A C2SP signed note. The bytes it was read from are the note; it is never written anew. */
export interface SignedNote {
  readonly bytes: Uint8Array;
  /** The signed text, with its last newline. */
  readonly text: string;
  readonly textBytes: Uint8Array;
  readonly signatures: readonly NoteSignature[];
}

/** Why bytes are no note. Line counts from 1, offset from 0. */
export interface NoteFault {
  readonly code: 'note.malformed';
  readonly offset: number;
  readonly line: number;
  readonly reason: string;
}

/** A name and Ed25519 seed that sign notes. */
export interface NoteSigner {
  readonly name: string;
  readonly seed: Uint8Array;
}

/** Reads a note by the exact C2SP grammar; what is none comes back as the offset at fault and why. The text is split from its signatures at the *last* empty line. */
export function parseNote(bytes: Uint8Array): SignedNote | NoteFault {
  if (bytes.length > MAX_NOTE_LENGTH) {
    return fault(bytes, MAX_NOTE_LENGTH, `longer than ${MAX_NOTE_LENGTH} bytes`);
  }
  for (let offset = 0; offset < bytes.length; offset += 1) {
    const byte = bytes[offset] as number;
    if (byte < 0x20 && byte !== 0x0a) {
      return fault(bytes, offset, 'a control character other than newline');
    }
  }
  const split = lastEmptyLine(bytes);
  if (split < 0) {
    return fault(bytes, bytes.length, 'no empty line between text and signatures');
  }
  if (split + 2 >= bytes.length || bytes[bytes.length - 1] !== 0x0a) {
    return fault(bytes, bytes.length, 'the signatures do not end in a newline');
  }
  const whole = decodeUtf8(bytes);
  if (whole === null) {
    return fault(bytes, 0, 'not UTF-8');
  }
  const textBytes = bytes.slice(0, split + 1);
  const text = decodeUtf8(textBytes) as string;
  const lines = whole.slice(text.length + 1, -1).split('\n');
  if (lines.length > MAX_NOTE_SIGNATURES) {
    return fault(bytes, split + 2, `more than ${MAX_NOTE_SIGNATURES} signatures`);
  }
  const signatures: NoteSignature[] = [];
  let offset = split + 2;
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === null) {
      return fault(bytes, offset, 'not a signature line');
    }
    signatures.push(signature);
    offset += new TextEncoder().encode(line).length + 1;
  }
  return { bytes, text, textBytes, signatures };
}

export function isNoteFault(result: SignedNote | NoteFault): result is NoteFault {
  return 'code' in result;
}

/** The bytes of a note; throws RangeError for a text or signature that the grammar does not hold. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): Uint8Array {
  const lines = signatures.map(({ name, keyId, signature }) => {
    return `${LINE_START}${name} ${toBase64(concatBytes(fromHex(keyId), signature))}\n`;
  });
  const bytes = new TextEncoder().encode(`${text}\n${lines.join('')}`);
  const read = parseNote(bytes);
  if (isNoteFault(read) || read.text !== text) {
    throw new RangeError(
      `no signed note: ${isNoteFault(read) ? read.reason : 'the text ends in an empty line'}`,
    );
  }
  return bytes;
}

/** A type 01 signature line over `text`. Throws RangeError for a name that is none. */
export function noteSignature(text: string, signer: NoteSigner): NoteSignature {
  const key = verifierKey(signer.name, NOTE_ED25519, ed25519PublicKey(signer.seed));
  const signature = signEd25519(new TextEncoder().encode(text), signer.seed);
  return { name: key.name, keyId: key.keyId, signature };
}

/** Signs a text that ends in a newline; `others` are lines that stand after the signer's. */
export function signNote(
  text: string,
  signer: NoteSigner,
  others: readonly NoteSignature[] = [],
): Uint8Array {
  return formatNote(text, [noteSignature(text, signer), ...others]);
}

/** The key id of a type 01 signer. */
export function noteSignerKeyId({ name, seed }: NoteSigner): string {
  return noteKeyId(name, NOTE_ED25519, ed25519PublicKey(seed));
}

function parseSignatureLine(line: string): NoteSignature | null {
  if (!line.startsWith(LINE_START)) {
    return null;
  }
  const space = line.indexOf(' ', LINE_START.length);
  if (space < 0) {
    return null;
  }
  const name = line.slice(LINE_START.length, space);
  const blob = base64OrNull(line.slice(space + 1));
  if (!isKeyName(name) || blob === null || blob.length <= KEY_ID_LENGTH) {
    return null;
  }
  return { name, keyId: toHex(blob.subarray(0, KEY_ID_LENGTH)), signature: blob.slice(KEY_ID_LENGTH) };
}

/** Offset of the last newline that another newline follows, or −1. */
function lastEmptyLine(bytes: Uint8Array): number {
  for (let offset = bytes.length - 2; offset >= 0; offset -= 1) {
    if (bytes[offset] === 0x0a && bytes[offset + 1] === 0x0a) {
      return offset;
    }
  }
  return -1;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps a byte order mark in the text: it was signed.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fault(bytes: Uint8Array, offset: number, reason: string): NoteFault {
  let line = 1;
  for (let position = 0; position < offset && position < bytes.length; position += 1) {
    if (bytes[position] === 0x0a) {
      line += 1;
    }
  }
  return { code: 'note.malformed', offset, line, reason };
}
