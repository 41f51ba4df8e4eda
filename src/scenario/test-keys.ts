import { testKeySeed } from '../capture/test-key.js';
import { sha256 } from '../crypto/hash.js';
import { ed25519Signer, type Signer } from '../crypto/signer.js';

const encoder = new TextEncoder();

/** SHA-256 of a label: the one source of everything that is random outside a scenario. */
export function labelled(label: string): Uint8Array {
  return sha256(encoder.encode(label));
}

export function testSigner(name: string): Signer {
  return ed25519Signer(testKeySeed(name));
}
