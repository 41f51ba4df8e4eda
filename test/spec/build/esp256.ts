import { createECDH } from 'node:crypto';
import { concatBytes, fromHex, utf8Bytes } from '../../../src/codec/hex.js';
import { ALG_ESP256, encodeEc2Key, keyThumbprint } from '../../../src/crypto/cose-key.js';
import { toLowS } from '../../../src/crypto/esp256.js';
import { sha256 } from '../../../src/crypto/hash.js';
import { bigEndian, P256_ORDER } from '../../../src/crypto/p256-point.js';
import type { Signer } from '../../../src/crypto/signer.js';

/**
 * A P-256 signer whose signatures are the same on every run, which the platform's are not. The nonce comes from the
 * key, the message and `attempt`; good for test vectors and for nothing else.
 */
export function fixedEsp256Signer(name: string, attempt: () => number = () => 0): Signer {
  const secret = scalar(sha256(utf8Bytes(`goodorder/test/${name}`)));
  const point = pointOf(secret);
  const coseKey = encodeEc2Key(point.x, point.y);
  return {
    alg: ALG_ESP256,
    coseKey,
    kid: keyThumbprint(coseKey),
    sign: async (bytes) => {
      const nonce = scalar(sha256(fromHex(hex(secret)), utf8Bytes(`${attempt()}`), bytes));
      const r = bigEndian(pointOf(nonce).x) % P256_ORDER;
      const s = (inverse(nonce) * (bigEndian(sha256(bytes)) + r * secret)) % P256_ORDER;
      return toLowS(fromHex(hex(r) + hex(s)));
    },
  };
}

/** The same signature with the other of its two values of s. */
export function highS(signature: Uint8Array): Uint8Array {
  const s = P256_ORDER - bigEndian(signature.subarray(32));
  return concatBytes(signature.subarray(0, 32), fromHex(hex(s)));
}

function scalar(bytes: Uint8Array): bigint {
  return (bigEndian(bytes) % (P256_ORDER - 1n)) + 1n;
}

function pointOf(k: bigint): { x: Uint8Array; y: Uint8Array } {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(fromHex(hex(k))));
  const point = new Uint8Array(ecdh.getPublicKey());
  return { x: point.slice(1, 33), y: point.slice(33) };
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value % P256_ORDER;
  for (let exponent = P256_ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P256_ORDER;
    base = (base * base) % P256_ORDER;
  }
  return result;
}

function hex(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}
