import { sign } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { type Material, meanLength, type Peer, signerOf, TAMPERED, tamper, withFlippedBit } from './peer.js';

const PAYLOAD_TYPE = 'application/cbor';

/**
 * DSSE bundles under a named public key. Certificates, transparency log and time stamps need the public services'
 * material and are switched off: a threshold of none.
 */
export function sigstorePeer(material: Material): Peer {
  const bundle = (payload: Uint8Array, index: number, signedPayload = payload): string => {
    const { name, privateKey } = signerOf(material, index);
    const start = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${signedPayload.length} `;
    const signature = sign(null, Buffer.concat([Buffer.from(start), signedPayload]), privateKey);
    return JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: name }, tlogEntries: [] },
      dsseEnvelope: {
        payload: Buffer.from(payload).toString('base64'),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: signature.toString('base64'), keyid: '' }],
      },
    });
  };
  const bundles = material.payloads.map((payload, index) => bundle(payload, index));
  const keys = new Map(material.signers.map(({ name, publicKey }) => [name, publicKey]));
  const trust = toTrustMaterial(
    {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [],
      certificateAuthorities: [],
      ctlogs: [],
      timestampAuthorities: [],
    },
    (hint: string) => {
      const publicKey = keys.get(hint);
      if (publicKey === undefined) throw new Error('no such key');
      return { publicKey, validFor: () => true };
    },
  );
  const verifier = new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 });
  const verifyAll = (all: readonly string[]): void => {
    for (const text of all) verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text))));
  };
  const payload = material.payloads[TAMPERED] as Uint8Array;
  const tampered = tamper(bundles, () => bundle(withFlippedBit(payload), TAMPERED, payload));
  return {
    name: '@sigstore/verify',
    measured:
      '`bundleFromJSON`, `toSignedEntity`, `Verifier.verify` of 1,000 DSSE bundles by public key; no certificate, log or time stamp',
    cores: 1,
    bytesPerRecord: meanLength(bundles),
    verify: () => verifyAll(bundles),
    verifyTampered: () => verifyAll(tampered),
  };
}
