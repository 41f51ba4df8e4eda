import { compareBytes, fromHex, toHex } from '../codec/hex.js';
import { ed25519PublicKey } from '../crypto/ed25519.js';
import { sha256Hex } from '../crypto/hash.js';
import { inclusionPath } from '../merkle/inclusion.js';
import { MerkleTree } from '../merkle/merkle-tree.js';
import { merkleRoot } from '../merkle/tree.js';
import { formatCheckpoint } from './checkpoint.js';
import { cosignature } from './cosignature.js';
import { encodeReceipt } from './receipt.js';
import { type NoteSigner, signNote } from './signed-note.js';
import { formatSubjectAnswer } from './subject-answer.js';
import { formatVerifierKey, NOTE_COSIGNATURE, NOTE_ED25519, verifierKey } from './verifier-key.js';

/** A witness and the time at which it says it saw the checkpoint, seconds UTC. */
export type WitnessAt = NoteSigner & { readonly time: number };

/** A log in memory: what a ledger writes, without a store. For tests, scenarios and demonstrations. */
export interface BuiltLog {
  readonly origin: string;
  readonly size: number;
  /** The checkpoint note of the first `size` entries (all, when left out), cosigned in the order given. */
  checkpoint(witnesses?: readonly WitnessAt[], size?: number): Uint8Array;
  /** The receipt of an id under a checkpoint note of this log, over the first `size` entries (all, when left out). */
  receipt(
    id: string,
    note: Uint8Array,
    options?: { readonly size?: number; readonly tokens?: readonly string[] },
  ): Uint8Array;
  /** The signed answer for a subject's URI: these ids, at the full size. */
  subjectAnswer(sub: string, ids: readonly string[], witnesses?: readonly WitnessAt[]): Uint8Array;
}

/** Builds a log over ids (64 hex digits each) in their order; the signer's name is the origin. */
export function buildLog(signer: NoteSigner, ids: readonly string[]): BuiltLog {
  const tree = MerkleTree.of(ids.map(fromHex));
  const origin = signer.name;
  const sign = (text: string, witnesses: readonly WitnessAt[]): Uint8Array =>
    signNote(
      text,
      signer,
      witnesses.map((witness) => cosignature(text, witness)),
    );
  return {
    origin,
    size: tree.size,
    checkpoint(witnesses = [], size = tree.size) {
      return sign(
        formatCheckpoint({ origin, size, root: toHex(tree.root(size)), extensions: [] }),
        witnesses,
      );
    },
    receipt(id, note, { size = tree.size, tokens = [] } = {}) {
      const index = ids.indexOf(id);
      if (index < 0 || index >= size) {
        throw new RangeError(`\`${id}\` is not among the first ${size} entries`);
      }
      const path = inclusionPath(tree, index, size);
      return encodeReceipt({ id, index, path, note: sha256Hex(note), tokens: [...tokens].sort() });
    },
    subjectAnswer(sub, answered, witnesses = []) {
      const leaves = answered.map(fromHex).sort(compareBytes);
      const subject = sha256Hex(new TextEncoder().encode(sub));
      const root = toHex(merkleRoot(leaves));
      return sign(
        formatSubjectAnswer({ origin, size: tree.size, subject, count: leaves.length, root }),
        witnesses,
      );
    },
  };
}

/** The vkey of a log signer, for a policy's `log` line. */
export function logVerifierKey({ name, seed }: NoteSigner): string {
  return formatVerifierKey(verifierKey(name, NOTE_ED25519, ed25519PublicKey(seed)));
}

/** The vkey of a witness, for a policy's `witness` line. */
export function witnessVerifierKey({ name, seed }: NoteSigner): string {
  return formatVerifierKey(verifierKey(name, NOTE_COSIGNATURE, ed25519PublicKey(seed)));
}
