import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import { type Material, meanLength, type Peer, signerOf, TAMPERED, tamper, withFlippedBit } from './peer.js';

const {
  purposes: { AssertionProofPurpose },
} = jsigs;

/** Verifiable credentials secured by eddsa-jcs-2022, keys as did:key documents that are already in memory. */
export async function dataIntegrityPeer(material: Material): Promise<Peer> {
  const documents = new Map<string, unknown>();
  const keyPairs = new Map<string, { id: string; controller: string; signer(): unknown }>();
  for (const { name, seed } of material.signers) {
    const keyPair = await Ed25519Multikey.generate({ seed });
    const { publicKeyMultibase } = keyPair;
    const controller = `did:key:${publicKeyMultibase}`;
    keyPair.controller = controller;
    keyPair.id = `${controller}#${publicKeyMultibase}`;
    keyPairs.set(name, keyPair);
    documents.set(keyPair.id, await keyPair.export({ publicKey: true, includeContext: true }));
    documents.set(controller, {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: controller,
      assertionMethod: [keyPair.id],
    });
  }
  const documentLoader = async (url: string): Promise<unknown> => {
    const document = documents.get(url);
    if (document === undefined) throw new Error(`no document ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  const credentials = await Promise.all(
    material.payloads.map(async (payload, index) => {
      const keyPair = keyPairs.get(signerOf(material, index).name);
      const signed = await jsigs.sign(
        {
          '@context': ['https://www.w3.org/ns/credentials/v2'],
          type: ['VerifiableCredential'],
          issuer: keyPair?.controller,
          credentialSubject: { evidence: Buffer.from(payload).toString('base64url') },
        },
        {
          suite: new DataIntegrityProof({
            signer: keyPair?.signer(),
            date: '2026-09-22T00:00:00Z',
            cryptosuite: createSignCryptosuite(),
          }),
          purpose: new AssertionProofPurpose(),
          documentLoader,
        },
      );
      return JSON.stringify(signed);
    }),
  );
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
  const verifyAll = async (all: readonly string[]): Promise<void> => {
    for (const text of all) {
      const result = await jsigs.verify(JSON.parse(text), {
        suite,
        purpose: new AssertionProofPurpose(),
        documentLoader,
      });
      if (!result.verified) throw new Error('a proof fails');
    }
  };
  const payload = material.payloads[TAMPERED] as Uint8Array;
  const tampered = tamper(credentials, (text) =>
    text.replace(
      Buffer.from(payload).toString('base64url'),
      Buffer.from(withFlippedBit(payload)).toString('base64url'),
    ),
  );
  return {
    name: '@digitalbazaar eddsa-jcs-2022',
    measured: '`JSON.parse` and `jsigs.verify` of 1,000 credentials, the five did:key documents in memory',
    cores: 1,
    bytesPerRecord: meanLength(credentials),
    verify: () => verifyAll(credentials),
    verifyTampered: () => verifyAll(tampered),
  };
}
