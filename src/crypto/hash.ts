import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toHex } from '../codec/hex.js';
import { nativeCrypto } from './native.js';

/** SHA-256 (FIPS 180-4) over the parts one after the other: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const native = nativeCrypto();
  const whole = parts.length === 1 ? parts[0]! : concatBytes(...parts);
  return native === null ? nobleSha256(whole) : latin1Bytes(native.hash('sha256', whole, 'binary'));
}

// Node hands a string of 32 characters over in a third of the time that a Buffer takes: a Merkle tree is all hashes.
function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The same as 64 lowercase hex digits. */
export function sha256Hex(...parts: readonly Uint8Array[]): string {
  const native = nativeCrypto();
  const whole = parts.length === 1 ? parts[0]! : concatBytes(...parts);
  return native === null ? toHex(nobleSha256(whole)) : native.hash('sha256', whole, 'hex');
}

export interface Sha256Stream {
  /** The bytes are taken in before the call returns. */
  update(bytes: Uint8Array): void;
  /** 32 bytes; the stream is closed by it. */
  digest(): Uint8Array;
}

/** SHA-256 over bytes that arrive piece by piece. */
export function createSha256(): Sha256Stream {
  const native = nativeCrypto();
  const hash = native === null ? nobleSha256.create() : native.createHash('sha256');
  return {
    update(bytes) {
      hash.update(bytes);
    },
    digest() {
      return new Uint8Array(hash.digest());
    },
  };
}
