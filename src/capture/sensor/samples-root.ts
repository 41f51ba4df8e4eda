import { sha256 } from '../../crypto/hash.js';
import { MerkleAccumulator } from '../../merkle/tree.js';
import type { Samples } from './recording.js';

// A leaf prefix, an array head and four integers of nine bytes at most.
const LEAF_BYTES = 1 + 1 + 4 * 9;
const LEAF_PREFIX = 0x00;

/**
 * Root over resolved samples as the record type defines it: RFC 9162 tree hash with leaf data
 * cbor([offsetMs, value, …]), offsets counted from `fromS`, cut to milliseconds. The same as `resolvedSamplesRoot` of the
 * record type, for a million samples: it writes the few integers of a leaf itself.
 */
export function samplesRoot({ count, timesUs, values }: Samples, fromS: number): Uint8Array {
  const tree = new MerkleAccumulator();
  const leaf = new Uint8Array(LEAF_BYTES);
  const view = new DataView(leaf.buffer);
  leaf[0] = LEAF_PREFIX;
  leaf[1] = 0x80 + 1 + values.length;
  for (let index = 0; index < count; index += 1) {
    let end = putInteger(view, 2, offsetMs(timesUs[index]!, fromS));
    for (const column of values) end = putInteger(view, end, column[index]!);
    tree.append(sha256(leaf.subarray(0, end)));
  }
  return tree.root();
}

/** Milliseconds from `fromS`, rounded down. */
export function offsetMs(timeUs: number, fromS: number): number {
  return Math.floor((timeUs - fromS * 1_000_000) / 1000);
}

/** Deterministic CBOR (RFC 8949 §4.2.1): major type 0 or 1 in the shortest form. Returns where it ends. */
function putInteger(view: DataView, at: number, value: number): number {
  const negative = value < 0;
  const major = negative ? 0x20 : 0;
  const size = negative ? -1 - value : value;
  if (size < 24) {
    view.setUint8(at, major | size);
    return at + 1;
  }
  if (size < 0x100) {
    view.setUint8(at, major | 24);
    view.setUint8(at + 1, size);
    return at + 2;
  }
  if (size < 0x1_0000) {
    view.setUint8(at, major | 25);
    view.setUint16(at + 1, size);
    return at + 3;
  }
  if (size < 0x1_0000_0000) {
    view.setUint8(at, major | 26);
    view.setUint32(at + 1, size);
    return at + 5;
  }
  view.setUint8(at, major | 27);
  view.setUint32(at + 1, Math.floor(size / 0x1_0000_0000));
  view.setUint32(at + 5, size % 0x1_0000_0000);
  return at + 9;
}
