import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A way to verify the same thousand payloads, prepared and signed outside every timing. */
export interface Peer {
  /** Short name for the table. */
  readonly name: string;
  /** What one call of `verify` does, for the reader of the table. */
  readonly measured: string;
  /** How many cores one call can use: ours is held against it on as many. */
  readonly cores: 1 | 2;
  /** What is kept or sent for one record, payload included. Null where that is not a sensible number. */
  readonly bytesPerRecord: number | null;
  /** Verifies all records; throws when one does not verify. */
  verify(): Promise<void> | void;
  /** Verifies all records after one bit of one payload was changed; must throw. */
  verifyTampered(): Promise<void> | void;
  close?(): Promise<void>;
}

/** Five signers' keys and what each of a thousand payloads is signed with: signer `index % 5`, as in our sample. */
export interface Material {
  readonly payloads: readonly Uint8Array[];
  readonly signers: readonly PeerSigner[];
  /** A folder for peers that work on files. */
  readonly folder: string;
}

export interface PeerSigner {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public key's 32 bytes. */
  readonly raw: Buffer;
  /** The private key's 32 bytes. */
  readonly seed: Buffer;
}

/** Which record the tampered run changes. */
export const TAMPERED = 500;

export function makeSigners(): PeerSigner[] {
  return Array.from({ length: 5 }, (_, index) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    return {
      name: `signer-${index}`,
      privateKey,
      publicKey,
      raw: Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url'),
      seed: Buffer.from(privateKey.export({ format: 'jwk' }).d as string, 'base64url'),
    };
  });
}

export function signerOf({ signers }: Material, index: number): PeerSigner {
  return signers[index % signers.length] as PeerSigner;
}

/** One bit of the payload flipped, in the middle. */
export function withFlippedBit(bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const at = flipped.length >> 1;
  flipped[at] = (flipped[at] as number) ^ 1;
  return flipped;
}

export function meanLength(items: readonly { readonly length: number }[]): number {
  return items.reduce((sum, { length }) => sum + length, 0) / items.length;
}

/** `items` with the tampered one put in its place. */
export function tamper<Item>(items: readonly Item[], change: (item: Item) => Item): Item[] {
  return items.map((item, index) => (index === TAMPERED ? change(item) : item));
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
