import { fromHex } from '../codec/hex.js';

/**
 * The pre-checks of the one Ed25519 rule that look at bytes only. They are ours because verifiers disagree about them
 * and change their minds between releases (Node 20 accepts small-order keys, Node 24 refuses them).
 */

/** The order of the base point, RFC 8032 §5.1: 2^252 + 27742317777372353535851937790883648493, little-endian. */
const GROUP_ORDER = Uint8Array.of(
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10],
);

/**
 * The y of the eight points whose order divides 8, little-endian: 0 (order 4), 1 (the identity), −1 (order 2) and the
 * two of order 8. With either sign bit an encoding with such a y is refused: it is a small-order point, or, for
 * y = ±1 with the bit set, not canonical because x = 0 has no sign.
 */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  fromHex('0000000000000000000000000000000000000000000000000000000000000000'),
  fromHex('0100000000000000000000000000000000000000000000000000000000000000'),
  fromHex('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
  fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
  fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
];

/** The 32 bytes at `offset` are a canonical encoding (y < 2^255 − 19; x = 0 has no sign) of no small-order point. */
export function isStrictPoint(bytes: Uint8Array, offset = 0): boolean {
  return isReduced(bytes, offset) && !SMALL_ORDER_Y.some((y) => hasY(bytes, offset, y));
}

/** The 32 little-endian bytes at `offset` are a number below the group order. */
export function isBelowGroupOrder(bytes: Uint8Array, offset: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = bytes[offset + i]! - GROUP_ORDER[i]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** y < p = 2^255 − 19, whose bytes are ed ff … ff 7f. */
function isReduced(bytes: Uint8Array, offset: number): boolean {
  if ((bytes[offset + 31]! & 0x7f) !== 0x7f) return true;
  for (let i = 30; i > 0; i--) if (bytes[offset + i] !== 0xff) return true;
  return bytes[offset]! < 0xed;
}

function hasY(bytes: Uint8Array, offset: number, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (bytes[offset + i] !== y[i]) return false;
  return (bytes[offset + 31]! & 0x7f) === y[31];
}
