import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import sodium from 'sodium-native';
import { type Sample, toBeSigned } from './ours.js';
import { type Peer, tamper, withFlippedBit } from './peer.js';

const SPKI_START = Buffer.from('302a300506032b6570032100', 'hex');

interface Signed {
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly kid: string;
}

/**
 * The anchors: Ed25519 alone over our own records' signed bytes, by OpenSSL through node:crypto with keys already
 * parsed, and by libsodium, which some of the peers use.
 */
export function barePeers({ records, signers }: Sample): [openssl: Peer, libsodium: Peer] {
  const raw = new Map(signers.map(({ kid, coseKey }) => [kid, Buffer.from(coseKey.subarray(-32))]));
  const keys = new Map<string, KeyObject>(
    [...raw].map(([kid, key]) => {
      const spki = Buffer.concat([SPKI_START, key]);
      return [kid, createPublicKey({ key: spki, format: 'der', type: 'spki' })];
    }),
  );
  const items = records.map(
    ({ bytes, signature, kid }): Signed => ({ signed: toBeSigned(bytes), signature, kid }),
  );
  const tampered = tamper(items, (item) => ({ ...item, signed: withFlippedBit(item.signed) }));
  const anchor = (name: string, measured: string, verifies: (item: Signed) => boolean): Peer => {
    const verifyAll = (all: readonly Signed[]): void => {
      for (const item of all) if (!verifies(item)) throw new Error('a signature fails');
    };
    return {
      name,
      measured,
      cores: 1,
      bytesPerRecord: null,
      verify: () => verifyAll(items),
      verifyTampered: () => verifyAll(tampered),
    };
  };
  return [
    anchor(
      'bare OpenSSL',
      '`crypto.verify` of 1,000 signatures with parsed keys, nothing else',
      ({ signed, signature, kid }) => verify(null, signed, keys.get(kid) as KeyObject, signature),
    ),
    anchor(
      'bare libsodium',
      '`crypto_sign_verify_detached` of 1,000 signatures, nothing else',
      ({ signed, signature, kid }) => sodium.crypto_sign_verify_detached(signature, signed, raw.get(kid)),
    ),
  ];
}
