import { testKeySeed } from '../capture/test-key.js';
import { fromHex, toHex } from '../codec/hex.js';
import { ed25519PublicKey } from '../crypto/ed25519.js';
import { sha256Hex } from '../crypto/hash.js';
import { formatCheckpoint } from '../log/checkpoint.js';
import { cosign } from '../log/cosignature.js';
import { encodeReceipt } from '../log/receipt.js';
import { signNote } from '../log/signed-note.js';
import { formatVerifierKey, NOTE_COSIGNATURE, NOTE_ED25519, verifierKey } from '../log/verifier-key.js';
import { inclusionPath } from '../merkle/inclusion.js';
import { MerkleTree } from '../merkle/merkle-tree.js';
import { leafHash } from '../merkle/tree.js';
import { labelled } from './test-keys.js';

const TEST_LOG_ORIGIN = 'log.test.goodorder.example';
const WITNESSES = ['witness-one.test.goodorder.example', 'witness-two.test.goodorder.example'] as const;

/** One checkpoint of the test log, cosigned by both test witnesses at one time. */
export interface LoggedNote {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly size: number;
}

export interface LoggedRecord {
  readonly id: string;
  readonly note: LoggedNote;
  readonly receipt: Uint8Array;
}

/** The policy text of a trust file that knows the test log and asks for both witnesses. */
export function testLogPolicy(): string {
  const log = formatVerifierKey(
    verifierKey(TEST_LOG_ORIGIN, NOTE_ED25519, ed25519PublicKey(testKeySeed(TEST_LOG_ORIGIN))),
  );
  const witnesses = WITNESSES.map((name, index) => {
    const key = formatVerifierKey(verifierKey(name, NOTE_COSIGNATURE, ed25519PublicKey(testKeySeed(name))));
    return `witness w${index + 1} ${key}\n`;
  });
  return `log ${log}\n${witnesses.join('')}group witnesses all w1 w2\nquorum witnesses\n`;
}

/** A transparency log in memory. Entry 0 is its genesis; every entry gets a checkpoint of its own. */
export class TestLog {
  readonly #tree = MerkleTree.of([labelled('goodorder/test-log/genesis')]);

  /** Appends an id and has the new tree signed by the log and cosigned by both witnesses at `time`, seconds UTC. */
  append(id: string, time: number): LoggedRecord {
    const index = this.#tree.size;
    this.#tree.append(leafHash(fromHex(id)));
    const { size } = this.#tree;
    const text = formatCheckpoint({
      origin: TEST_LOG_ORIGIN,
      size,
      root: toHex(this.#tree.root()),
      extensions: [],
    });
    let bytes = signNote(text, { name: TEST_LOG_ORIGIN, seed: testKeySeed(TEST_LOG_ORIGIN) });
    for (const name of WITNESSES) bytes = cosign(bytes, { name, seed: testKeySeed(name), time });
    const note = { bytes, hash: sha256Hex(bytes), size };
    const path = inclusionPath(this.#tree, index, size);
    return { id, note, receipt: encodeReceipt({ id, index, path, note: note.hash, tokens: [] }) };
  }
}
