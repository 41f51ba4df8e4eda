import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toHex } from '../codec/hex.js';
import { nativeCrypto } from './native.js';

/** SHA-256 (FIPS 180-4) over the parts one after the other: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const native = nativeCrypto();
  const whole = parts.length === 1 ? parts[0]! : concatBytes(...parts);
  return native === null ? nobleSha256(whole) : new Uint8Array(native.hash('sha256', whole, 'buffer'));
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
