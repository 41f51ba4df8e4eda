import { fromBase64, toBase64 } from '../codec/base64url.js';
import { concatBytes, toHex, utf8Bytes } from '../codec/hex.js';
import { publicKeyFault } from '../crypto/ed25519.js';
import { sha256 } from '../crypto/hash.js';

/** Signature types of C2SP signed-note and tlog-cosignature that this reader knows by name. */
export const NOTE_ED25519 = 0x01;
export const NOTE_COSIGNATURE = 0x04;
/** ML-DSA-44 cosignature of a (sub)tree. */
export const NOTE_ML_DSA_COSIGNATURE = 0x06;

const ED25519_KEY_LENGTH = 32;
const ML_DSA_44_KEY_LENGTH = 1312;

/** What a type 06 cosignature can sign of its cosigner's name and of a log's origin, in bytes. */
export const MAX_COSIGNER_NAME_LENGTH = 255;

/** A key that signs notes, as a C2SP vkey states it. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hex digits: what a signature line carries. Not a strong hash; a clash only makes a signature fail. */
  readonly keyId: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** First four bytes of SHA-256(name ‖ 0A ‖ type ‖ public key), as hex (C2SP signed-note). */
export function noteKeyId(name: string, type: number, publicKey: Uint8Array): string {
  const hash = sha256(new TextEncoder().encode(`${name}\n`), Uint8Array.of(type), publicKey);
  return toHex(hash.subarray(0, 4));
}

// Unicode's White_Space, spelled out: a regular expression class would change with the runtime's Unicode tables.
const SPACES = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0x2000,
  0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
]);

/** Key names are non-empty, without Unicode spaces or plus (C2SP signed-note §Format). */
export function isKeyName(name: string): boolean {
  if (name.length === 0) {
    return false;
  }
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    if (unit === 0x2b || SPACES.has(unit)) {
      return false;
    }
  }
  return true;
}

/** Makes the key of a name; throws RangeError for a name or key that no vkey can hold. */
export function verifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  const reason = nameFault(name, type) ?? keyFault(type, publicKey);
  if (reason !== null) {
    throw new RangeError(reason);
  }
  return { name, type, publicKey, keyId: noteKeyId(name, type, publicKey) };
}

export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;
}

/** Reads `<name>+<key id>+<base64 of type and key>`; a refused one comes back as the reason. */
export function parseVerifierKey(text: string): VerifierKey | { readonly reason: string } {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) {
    return { reason: 'a verifier key has the form name+id+key' };
  }
  const name = text.slice(0, first);
  const keyId = text.slice(first + 1, second);
  const encoded = base64OrNull(text.slice(second + 1));
  if (encoded === null || encoded.length < 2) {
    return { reason: 'the key is not base64 of a type byte and a public key' };
  }
  const type = encoded[0] as number;
  const publicKey = encoded.slice(1);
  const reason = nameFault(name, type) ?? keyFault(type, publicKey);
  if (reason !== null) {
    return { reason };
  }
  const expected = noteKeyId(name, type, publicKey);
  if (expected !== keyId) {
    return { reason: `key id \`${keyId}\` is not this key's, which is \`${expected}\`` };
  }
  return { name, keyId, type, publicKey };
}

/** Strict base64, or null: a note's bytes are never mended. */
export function base64OrNull(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function nameFault(name: string, type: number): string | null {
  if (!isKeyName(name)) {
    return `key name \`${name}\` is empty or holds a space or plus`;
  }
  return type === NOTE_ML_DSA_COSIGNATURE && utf8Bytes(name).length > MAX_COSIGNER_NAME_LENGTH
    ? `an ML-DSA-44 cosigner's name has at most ${MAX_COSIGNER_NAME_LENGTH} bytes`
    : null;
}

function keyFault(type: number, publicKey: Uint8Array): string | null {
  switch (type) {
    case NOTE_ED25519:
    case NOTE_COSIGNATURE:
      if (publicKey.length !== ED25519_KEY_LENGTH) {
        return `an Ed25519 key has ${ED25519_KEY_LENGTH} bytes, not ${publicKey.length}`;
      }
      return publicKeyFault(publicKey) === null
        ? null
        : 'the Ed25519 point is not canonical or of small order';
    case NOTE_ML_DSA_COSIGNATURE:
      return publicKey.length === ML_DSA_44_KEY_LENGTH
        ? null
        : `an ML-DSA-44 key has ${ML_DSA_44_KEY_LENGTH} bytes, not ${publicKey.length}`;
    default:
      return `unknown signature type ${type}`;
  }
}
