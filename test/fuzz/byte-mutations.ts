import { concatBytes } from '../../src/codec/hex.js';

type Pick = (below: number) => number;

/** Heads and bytes at which codecs part: every head length, indefinite lengths, tags, floats, UTF-8 edges. */
const TELLING = [
  0x00, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1f, 0x20, 0x37, 0x38, 0x3b, 0x40, 0x57, 0x58, 0x5b, 0x5f, 0x60,
  0x61, 0x77, 0x78, 0x7f, 0x80, 0x81, 0x97, 0x98, 0x9f, 0xa0, 0xa1, 0xa2, 0xb7, 0xb8, 0xbf, 0xc0, 0xc2, 0xd2,
  0xd8, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xff,
];

/** One to four changes to bytes, as a fuzzer makes them: bits, bytes, heads, pieces out, doubled or of another file. */
export function changedBytes(bytes: Uint8Array, other: Uint8Array, pick: Pick, longest: number): Uint8Array {
  let changed: Uint8Array = bytes.slice();
  for (let rounds = 1 + pick(4); rounds > 0; rounds -= 1) {
    const { length } = changed;
    const at = pick(length + 1);
    const to = Math.min(length, at + 1 + pick(pick(8) === 0 ? 64 : 8));
    switch (pick(8)) {
      case 0:
        if (at < length) changed[at]! ^= 1 << pick(8);
        break;
      case 1:
        if (at < length) changed[at] = pick(256);
        break;
      case 2:
        if (at < length) changed[at] = TELLING[pick(TELLING.length)]!;
        break;
      case 3:
        if (at < length) changed[at]! += pick(2) === 0 ? 1 : 255;
        break;
      case 4:
        changed = concatBytes(changed.subarray(0, at), changed.subarray(to));
        break;
      case 5:
        changed = concatBytes(changed.subarray(0, to), changed.subarray(at));
        break;
      case 6: {
        const put = Uint8Array.of(TELLING[pick(TELLING.length)]!, pick(256));
        changed = concatBytes(changed.subarray(0, at), put.subarray(0, 1 + pick(2)), changed.subarray(at));
        break;
      }
      default: {
        const from = pick(other.length + 1);
        const piece = other.subarray(from, from + 1 + pick(32));
        changed = concatBytes(changed.subarray(0, at), piece, changed.subarray(pick(2) === 0 ? at : to));
      }
    }
  }
  return changed.length > longest ? changed.slice(0, longest) : changed;
}
