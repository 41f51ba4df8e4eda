import { CompactSign, compactVerify } from 'jose';
import { type Material, meanLength, type Peer, signerOf, tamper } from './peer.js';

/** Compact JWS, alg EdDSA, the key found by the header's kid. */
export async function josePeers(material: Material): Promise<Peer[]> {
  const tokens = await Promise.all(
    material.payloads.map((payload, index) => {
      const { name, privateKey } = signerOf(material, index);
      return new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', kid: name }).sign(privateKey);
    }),
  );
  const keys = new Map(material.signers.map(({ name, publicKey }) => [name, publicKey]));
  const verifyOne = (token: string): Promise<unknown> =>
    compactVerify(
      token,
      ({ kid }) => {
        const key = keys.get(kid as string);
        if (key === undefined) throw new Error('no such key');
        return key;
      },
      { algorithms: ['EdDSA'] },
    );
  const tampered = tamper(tokens, (token) => {
    const at = token.indexOf('.') + 200;
    return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
  });
  const sequentially = async (all: readonly string[]): Promise<void> => {
    for (const token of all) await verifyOne(token);
  };
  const together = async (all: readonly string[]): Promise<void> => {
    await Promise.all(all.map(verifyOne));
  };
  const bytesPerRecord = meanLength(tokens);
  return [
    {
      name: 'jose, one after the other',
      measured: '`compactVerify` of 1,000 compact JWS (EdDSA), awaited one by one',
      cores: 1,
      bytesPerRecord,
      verify: () => sequentially(tokens),
      verifyTampered: () => sequentially(tampered),
    },
    {
      name: 'jose, `Promise.all`',
      measured: 'the same 1,000 JWS, all begun at once',
      cores: 2,
      bytesPerRecord,
      verify: () => together(tokens),
      verifyTampered: () => together(tampered),
    },
  ];
}
