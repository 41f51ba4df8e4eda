import { encodeCbor } from '../../codec/cbor.js';
import { merkleRoot } from '../../merkle/tree.js';

/**
 * Root over resolved samples: the RFC 9162 Merkle tree hash with leaf data cbor([offsetMs, value, …]). Base fields of
 * SenML and the like allow many spellings of one reading, so they are resolved before.
 */
export function resolvedSamplesRoot(samples: readonly (readonly number[])[]): Uint8Array {
  return merkleRoot(samples.map((sample) => encodeCbor([...sample])));
}
