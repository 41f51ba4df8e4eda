import { toHex } from '../codec/hex.js';

// SEC 2 §2.4.2, secp256r1: y² = x³ − 3x + b over the field of p elements; n is the order of the group.
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Both coordinates are 32 bytes, below p, and fulfil the curve's equation. The group has no small subgroup. */
export function isP256Point(x: Uint8Array, y: Uint8Array): boolean {
  if (x.length !== 32 || y.length !== 32) return false;
  const px = bigEndian(x);
  const py = bigEndian(y);
  return px < P && py < P && (py * py - px * px * px + 3n * px - B) % P === 0n;
}

/** The number that big-endian bytes stand for; at least one byte. */
export function bigEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
