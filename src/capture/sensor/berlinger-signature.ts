import { p256 } from '@noble/curves/nist.js';
import { fromHex } from '../../codec/hex.js';
import { sha256 } from '../../crypto/hash.js';
import type { SensorBatch } from '../../record/types/sensor-batch.js';

export type DeviceSignature = NonNullable<SensorBatch['deviceSignature']>;

/** ECDSA P-256 over SHA-256 of every byte before the line `Sig: `; key, signature and hash are read little-endian. */
export const BERLINGER_SCHEME = 'berlinger/ecdsa-p256-sha256-le';

const SIGNATURE_LINE = /(?:^|\n)Sig: *([0-9a-fA-F]*)[ \r\n]*$/;
const KEY_LINE = /(?:^|\n) *Public Key: *([0-9a-fA-F]*)/;

/**
 * What the signature at the end of a Berlinger export is worth. `valid` says that the file is whole under the key that
 * it names itself; whose key that is stands elsewhere. A signature that does not hold is an observation, no reason to
 * refuse the file.
 */
export function berlingerSignature(bytes: Uint8Array): DeviceSignature {
  const text = latin1(bytes.subarray(-4096));
  const signature = SIGNATURE_LINE.exec(text);
  const key = hexOf(KEY_LINE.exec(text)?.[1]);
  if (signature === null || key === null) return { scheme: BERLINGER_SCHEME, verdict: 'absent' };
  const end = bytes.length - text.length + signature.index + (signature[0].startsWith('\n') ? 1 : 0);
  const verdict = holds(bytes.subarray(0, end), hexOf(signature[1]), key) ? 'valid' : 'invalid';
  return { scheme: BERLINGER_SCHEME, key, verdict };
}

function holds(signed: Uint8Array, signature: Uint8Array | null, key: Uint8Array): boolean {
  if (signature?.length !== 64 || key.length !== 64) return false;
  const point = new Uint8Array(65);
  point[0] = 0x04;
  point.set(reversed(key.subarray(0, 32)), 1);
  point.set(reversed(key.subarray(32)), 33);
  const pair = new Uint8Array(64);
  pair.set(reversed(signature.subarray(0, 32)));
  pair.set(reversed(signature.subarray(32)), 32);
  try {
    // Devices sign with either of the two values of s; the digest is made here, because its bytes are turned round.
    return p256.verify(pair, reversed(sha256(signed)), point, { prehash: false, lowS: false });
  } catch {
    // No point of the curve, or a number beyond its order.
    return false;
  }
}

function reversed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).reverse();
}

function hexOf(text: string | undefined): Uint8Array | null {
  if (text === undefined || text === '' || text.length % 2 !== 0 || text.length > 2048) return null;
  return fromHex(text.toLowerCase());
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
