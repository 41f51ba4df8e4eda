import ssbKeys from 'ssb-keys';
import validate from 'ssb-validate';
import { type Material, meanLength, type Peer, signerOf, TAMPERED, tamper, withFlippedBit } from './peer.js';

/** Five Secure Scuttlebutt feeds, each message linked to the one before it, the payload in base64 in its content. */
export function ssbPeer(material: Material): Peer {
  const keys = new Map(material.signers.map(({ name, seed }) => [name, ssbKeys.generate('ed25519', seed)]));
  let state = validate.initial();
  const messages = material.payloads.map((payload, index) => {
    const content = { type: 'evidence', payload: Buffer.from(payload).toString('base64') };
    const signer = keys.get(signerOf(material, index).name);
    state = validate.appendNew(state, null, signer, content, 1_790_000_000_000 + 60_000 * index);
    return JSON.stringify(state.queue.at(-1).value);
  });
  const verifyAll = (all: readonly string[]): void => {
    let read = validate.initial();
    for (const message of all) read = validate.append(read, null, JSON.parse(message));
    if (read.validated !== material.payloads.length) throw new Error(`only ${read.validated} were validated`);
  };
  const payload = material.payloads[TAMPERED] as Uint8Array;
  const tampered = tamper(messages, (message) =>
    message.replace(
      Buffer.from(payload).toString('base64'),
      Buffer.from(withFlippedBit(payload)).toString('base64'),
    ),
  );
  return {
    name: 'ssb-validate',
    measured: '`JSON.parse` and `append` of 1,000 messages in 5 feeds: shape, sequence, hash link, signature',
    cores: 1,
    bytesPerRecord: meanLength(messages),
    verify: () => verifyAll(messages),
    verifyTampered: () => verifyAll(tampered),
  };
}
