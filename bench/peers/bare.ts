import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Sample, toBeSigned } from './ours.js';
import { type Peer, tamper, withFlippedBit } from './peer.js';

const SPKI_START = Buffer.from('302a300506032b6570032100', 'hex');

/** The anchor: OpenSSL's Ed25519 alone, through node:crypto, over our own records' signed bytes, keys already parsed. */
export function barePeer({ records, signers }: Sample): Peer {
  const keys = new Map<string, KeyObject>(
    signers.map(({ kid, coseKey }) => {
      const key = Buffer.concat([SPKI_START, coseKey.subarray(-32)]);
      return [kid, createPublicKey({ key, format: 'der', type: 'spki' })];
    }),
  );
  const items = records.map(({ bytes, signature, kid }) => ({
    signed: toBeSigned(bytes),
    signature,
    key: keys.get(kid) as KeyObject,
  }));
  const verifyAll = (all: typeof items): void => {
    for (const { signed, signature, key } of all) {
      if (!verify(null, signed, key, signature)) throw new Error('a signature fails');
    }
  };
  const tampered = tamper(items, (item) => ({ ...item, signed: withFlippedBit(item.signed) }));
  return {
    name: 'bare OpenSSL',
    measured: '`crypto.verify` of 1,000 signatures with parsed keys, nothing else',
    cores: 1,
    bytesPerRecord: null,
    verify: () => verifyAll(items),
    verifyTampered: () => verifyAll(tampered),
  };
}
