import { toHex } from '../../src/codec/hex.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { logVerifierKey, type WitnessAt, witnessVerifierKey } from '../../src/log/build-log.js';
import { type LogPolicy, parseLogPolicy } from '../../src/log/log-policy.js';
import type { NoteSigner } from '../../src/log/signed-note.js';

export function testSigner(name: string): NoteSigner {
  return { name, seed: sha256(new TextEncoder().encode(`test/${name}`)) };
}

export const LOG = testSigner('log.example');
export const WITNESSES = ['w0.example', 'w1.example', 'w2.example'].map(testSigner);

export function at(index: number, time: number): WitnessAt {
  return { ...(WITNESSES[index] as NoteSigner), time };
}

export function publicKeyOf({ seed }: NoteSigner): string {
  return toHex(ed25519PublicKey(seed));
}

/** LOG and `threshold` of the three witnesses. */
export function policyOf(threshold: number | 'none'): LogPolicy {
  const witnesses = WITNESSES.map((witness, index) => `witness W${index} ${witnessVerifierKey(witness)}`);
  const quorum = threshold === 'none' ? ['quorum none'] : [`group g ${threshold} W0 W1 W2`, 'quorum g'];
  return parseLogPolicy([`log ${logVerifierKey(LOG)}`, ...witnesses, ...quorum].join('\n'));
}

export function idOf(name: string | number): string {
  return sha256Hex(new TextEncoder().encode(`record ${name}`));
}

export function ids(count: number, branch = ''): string[] {
  return Array.from({ length: count }, (_, index) => idOf(`${branch}${index}`));
}
