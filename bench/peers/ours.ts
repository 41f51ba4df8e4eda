import { toBase64url } from '../../src/codec/base64url.js';
import { formatInstant } from '../../src/codec/instant.js';
import type { TrustFile } from '../../src/credential/trust-file.js';
import { isSign1Fault, splitSign1 } from '../../src/crypto/cose-sign1.js';

export { toBeSigned } from '../../src/crypto/cose-sign1.js';
export { leafHash, merkleRoot } from '../../src/merkle/tree.js';
export { verifyPassport } from '../../src/verify/verify-passport.js';
export { type Comparison, compare, type Outcome } from '../compare.js';
export { type Sample, sample } from '../sample.js';

/** The payload of a record, as the bytes that its signer signed. */
export function payloadOf(record: Uint8Array): Uint8Array {
  const parts = splitSign1(record);
  if (isSign1Fault(parts)) throw new Error(`a record of the sample is none: ${parts.code}`);
  return parts.payload.slice();
}

/** The sample's trust file as a file, for the command. */
export function trustText({ name, sequence, issued, nextUpdate, authorities }: TrustFile): string {
  return JSON.stringify({
    format: 1,
    name,
    sequence,
    issued: formatInstant(issued),
    nextUpdate: formatInstant(nextUpdate),
    authorities: authorities.map(({ party, key, roles, mayDelegate, from, until }) => ({
      party,
      key: toBase64url(key.bytes),
      roles,
      mayDelegate,
      from: formatInstant(from),
      until: formatInstant(until),
    })),
    logs: '',
    tsas: [],
    revoked: [],
  });
}
