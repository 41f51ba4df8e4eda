import { equalBytes } from '../codec/hex.js';
import { type InclusionProof, verifyInclusion } from './inclusion.js';
import { nodeHash, splitPoint } from './tree.js';

/** A complete subtree of a tree: it stays as it is in every larger tree of the same log. */
export interface ProvenSubtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/**
 * Every complete subtree that an inclusion proof shows, leaf first: its siblings and the hashes computed on the way up.
 * Index and size fix which way each step goes, so by collision resistance an honestly made root leaves one value for
 * each. Null when the proof does not hold.
 */
export function provenSubtrees(proof: InclusionProof): ProvenSubtree[] | null {
  if (!verifyInclusion(proof)) {
    return null;
  }
  const steps: { sibling: [number, number]; whole: [number, number]; left: boolean }[] = [];
  let start = 0;
  let end = proof.size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    const left = proof.index < middle;
    steps.push({ sibling: left ? [middle, end] : [start, middle], whole: [start, end], left });
    [start, end] = left ? [start, middle] : [middle, end];
  }
  const proven: ProvenSubtree[] = [{ level: 0, index: proof.index, hash: proof.leafHash }];
  let hash = proof.leafHash;
  for (const [position, { sibling, whole, left }] of steps.reverse().entries()) {
    const siblingHash = proof.path[position] as Uint8Array;
    addComplete(proven, sibling, siblingHash);
    hash = left ? nodeHash(hash, siblingHash) : nodeHash(siblingHash, hash);
    addComplete(proven, whole, hash);
  }
  return equalBytes(hash, proof.root) ? proven : null;
}

function addComplete(
  proven: ProvenSubtree[],
  [start, end]: readonly [number, number],
  hash: Uint8Array,
): void {
  const length = end - start;
  let level = 0;
  let width = 1;
  while (width < length) {
    width *= 2;
    level += 1;
  }
  if (width === length) {
    proven.push({ level, index: start / width, hash });
  }
}
