import { encodeHead } from '../../codec/cbor-head.js';
import { concatBytes } from '../../codec/hex.js';
import { merkleRoot } from '../../merkle/tree.js';

/**
 * Root over resolved samples: the RFC 9162 Merkle tree hash with leaf data cbor([offsetMs, value, …]). Base fields of
 * SenML and the like allow many spellings of one reading, so they are resolved before.
 */
export function resolvedSamplesRoot(samples: readonly (readonly number[])[]): Uint8Array {
  return merkleRoot(samples.map(encodeSample));
}

/** cbor([offsetMs, value, …]), spelled out: a batch holds thousands, and the general encoder takes ten times as long. */
export function encodeSample(sample: readonly number[]): Uint8Array {
  return concatBytes(encodeHead(4, sample.length), ...sample.map(encodeInteger));
}

function encodeInteger(value: number): Uint8Array {
  return value < 0 ? encodeHead(1, -1 - value) : encodeHead(0, value);
}
