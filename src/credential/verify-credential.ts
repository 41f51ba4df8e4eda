import { ALG_ED25519, ALG_ESP256, type CoseKey } from '../crypto/cose-key.js';
import { verifyEd25519 } from '../crypto/ed25519.js';
import { verifyEsp256 } from '../crypto/esp256.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { Place } from '../errors.js';
import type { Credential } from './credential.js';

/**
 * Is it really signed by its issuer's key? Null when it is. The key must be in the file, the root's too; an unknown
 * key type can be neither affirmed nor denied (`record.unsupported`), and the credential counts for nothing.
 */
export async function credentialFault(
  credential: Credential,
  keys: ReadonlyMap<string, CoseKey>,
  place: Place = {},
): Promise<Diagnostic | null> {
  const detail = { credential: credential.id, issuer: credential.issuer };
  const key = keys.get(credential.issuer);
  if (key === undefined) return diagnostic('credential.issuer-absent', place, detail);
  const { alg, toBeSigned, signature } = credential;
  switch (key.kty) {
    case 'OKP':
      if (alg !== ALG_ED25519) return diagnostic('alg.key-mismatch', place, detail);
      if (await verifyEd25519(signature, toBeSigned, key.x)) return null;
      break;
    case 'EC2':
      if (alg !== ALG_ESP256) return diagnostic('alg.key-mismatch', place, detail);
      if (await verifyEsp256(signature, toBeSigned, key.x, key.y)) return null;
      break;
    case 'unknown':
      return diagnostic('record.unsupported', place, detail);
  }
  return diagnostic('credential.sig-invalid', place, detail);
}
