import { createHash, randomBytes } from 'node:crypto';
import { MerkleTree } from 'merkletreejs';
import { type Comparison, leafHash, merkleRoot } from './ours.js';
import { same } from './peer.js';

const LEAVES = 1_000_000;

const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const theirRoot = (leaves: readonly Buffer[]): Buffer =>
  new MerkleTree(leaves as Buffer[], sha256, { hashLeaves: true }).getRoot();

/** With RFC 9162's prefixes merkletreejs must come to our root; without, its own proofs must hold and be refused. */
function checkTrees(): void {
  const leaves = Array.from({ length: 1_001 }, (_, index) => Buffer.from(`leaf ${index}`));
  const prefixed = new MerkleTree(
    leaves.map((leaf) => Buffer.from(leafHash(leaf))),
    sha256,
    {
      concatenator: ([left, right]: Buffer[]) =>
        Buffer.concat([Buffer.of(1), left as Buffer, right as Buffer]),
    },
  );
  if (!same(prefixed.getRoot(), merkleRoot(leaves))) throw new Error('two roots of the same tree differ');
  const tree = new MerkleTree(leaves, sha256, { hashLeaves: true });
  const [leaf, other] = [sha256(leaves[500] as Buffer), sha256(leaves[501] as Buffer)];
  const proof = tree.getProof(leaf);
  if (!tree.verify(proof, leaf, tree.getRoot()) || tree.verify(proof, other, tree.getRoot())) {
    throw new Error('merkletreejs verifies wrongly');
  }
}

/** The root over a million random leaves of 32 bytes. */
export function merkleComparison(): Comparison {
  checkTrees();
  const random = randomBytes(32 * LEAVES);
  const leaves = Array.from({ length: LEAVES }, (_, index) => random.subarray(32 * index, 32 * index + 32));
  return {
    name: 'Merkle root of 1,000,000 leaves',
    kind: 'cost',
    goal: { relation: '<=', value: 0.2 },
    ours: () => merkleRoot(leaves),
    baseline: () => theirRoot(leaves),
    rounds: 5,
    ourWord: 'merkleRoot (RFC 9162)',
    baselineWord: 'merkletreejs, node:crypto’s SHA-256',
  };
}
