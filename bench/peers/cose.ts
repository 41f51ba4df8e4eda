import { Algorithms, Headers, ProtectedHeaders, Sign1, UnprotectedHeaders } from '@auth0/cose';
import { type Material, meanLength, type Peer, signerOf, TAMPERED, tamper, withFlippedBit } from './peer.js';

/** COSE_Sign1, alg EdDSA, the key found by the protected kid. */
export async function cosePeers(material: Material): Promise<Peer[]> {
  const messages = await Promise.all(
    material.payloads.map(async (payload, index) => {
      const { name, privateKey } = signerOf(material, index);
      const signed = await Sign1.sign(
        new ProtectedHeaders([
          [Headers.Algorithm, Algorithms.EdDSA],
          [Headers.KeyID, Buffer.from(name)],
        ]),
        new UnprotectedHeaders(),
        payload,
        privateKey,
      );
      return Buffer.from(signed.encode());
    }),
  );
  const keys = new Map(material.signers.map(({ name, publicKey }) => [name, publicKey]));
  const verifyOne = (bytes: Uint8Array): Promise<void> => {
    const message = Sign1.decode(bytes);
    const key = keys.get(Buffer.from(message.protectedHeaders.get(Headers.KeyID) as Uint8Array).toString());
    if (key === undefined) throw new Error('no such key');
    return message.verify(key, { algorithms: [Algorithms.EdDSA] });
  };
  const tampered = tamper(messages, (message) => {
    const payload = material.payloads[TAMPERED] as Uint8Array;
    const at = message.indexOf(payload);
    return Buffer.concat([
      message.subarray(0, at),
      withFlippedBit(payload),
      message.subarray(at + payload.length),
    ]);
  });
  const sequentially = async (all: readonly Uint8Array[]): Promise<void> => {
    for (const bytes of all) await verifyOne(bytes);
  };
  const together = async (all: readonly Uint8Array[]): Promise<void> => {
    await Promise.all(all.map(verifyOne));
  };
  const bytesPerRecord = meanLength(messages);
  return [
    {
      name: '@auth0/cose, one after the other',
      measured: '`Sign1.decode` and `verify` of 1,000 COSE_Sign1 (EdDSA), awaited one by one',
      cores: 1,
      bytesPerRecord,
      verify: () => sequentially(messages),
      verifyTampered: () => sequentially(tampered),
    },
    {
      name: '@auth0/cose, `Promise.all`',
      measured: 'the same 1,000 messages, all begun at once',
      cores: 2,
      bytesPerRecord,
      verify: () => together(messages),
      verifyTampered: () => together(tampered),
    },
  ];
}
