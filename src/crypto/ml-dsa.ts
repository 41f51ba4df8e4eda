import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { sha256Hex } from './hash.js';

/**
 * ML-DSA-44 (FIPS 204, pure, empty context), for witnesses of logs. One implementation on every machine, although some
 * have one of their own: what a note is worth must not depend on the machine. Nothing imports this file but whoever
 * meets such a key, because it is a tenth of what a page loads.
 */

export const ML_DSA_44_KEY_LENGTH = 1312;
export const ML_DSA_44_SIGNATURE_LENGTH = 2420;

/** True only for a signature of the message under the key. */
export type MlDsa44Verifier = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

/** False, never an exception, for a key or signature of another length or a hint that is not written the one way of FIPS 204. */
export function verifyMlDsa44(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return (
    signature.length === ML_DSA_44_SIGNATURE_LENGTH &&
    publicKey.length === ML_DSA_44_KEY_LENGTH &&
    ml_dsa44.verify(signature, message, publicKey)
  );
}

/**
 * The same answers, each computed once: a verification takes a millisecond, and a file holds the same line in as many
 * notes as its maker likes. For one passport; what it remembers goes with it.
 */
export function rememberingMlDsa44Verifier(): MlDsa44Verifier {
  const answers = new Map<string, boolean>();
  return (signature, message, publicKey) => {
    // The lengths keep the three parts apart.
    const name = `${publicKey.length} ${signature.length} ${sha256Hex(publicKey, signature, message)}`;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = verifyMlDsa44(signature, message, publicKey);
    answers.set(name, answer);
    return answer;
  };
}

/** A private key that signs notes with ML-DSA-44. */
export interface MlDsa44Signer {
  /** 1,312 bytes. */
  readonly publicKey: Uint8Array;
  /** 2,420 bytes; the same every time (FIPS 204's deterministic variant). */
  sign(message: Uint8Array): Uint8Array;
}

/** A signer over a 32-byte seed (FIPS 204's ξ). Throws RangeError for another length. */
export function mlDsa44Signer(seed: Uint8Array): MlDsa44Signer {
  if (seed.length !== 32) throw new RangeError(`ML-DSA-44 seed: expected 32 bytes, got ${seed.length}`);
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  return { publicKey, sign: (message) => ml_dsa44.sign(message, secretKey, { extraEntropy: false }) };
}
