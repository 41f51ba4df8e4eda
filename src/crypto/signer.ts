import { ALG_ED25519, type ALG_ESP256, encodeOkpKey, keyThumbprint } from './cose-key.js';
import { ed25519PublicKey, openSeed } from './ed25519.js';

/** A private key that signs and never leaves where it is: a file, a phone's secure hardware, a test's constant. */
export interface Signer {
  /** The one algorithm of the key's type: −19 (Ed25519) or −9 (ESP256). */
  readonly alg: typeof ALG_ED25519 | typeof ALG_ESP256;
  /** The public key as COSE_Key, exactly the members of its thumbprint. */
  readonly coseKey: Uint8Array;
  /** Thumbprint of that key, 64 lowercase hex digits. */
  readonly kid: string;
  /** 64 bytes: R‖S, or r‖s with s ≤ n/2. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A signer over a 32-byte Ed25519 seed held in memory. Throws RangeError for another length. */
export function ed25519Signer(seed: Uint8Array): Signer {
  const coseKey = encodeOkpKey(ed25519PublicKey(seed));
  const sign = openSeed(seed);
  return {
    alg: ALG_ED25519,
    coseKey,
    kid: keyThumbprint(coseKey),
    sign: async (bytes) => sign(bytes),
  };
}
