import { generateKeyPairSync, sign } from 'node:crypto';
import { fromHex, utf8Bytes } from '../../src/codec/hex.js';
import { signCredential } from '../../src/credential/credential.js';
import { ALG_ESP256, encodeEc2Key, keyThumbprint } from '../../src/crypto/cose-key.js';
import { toLowS } from '../../src/crypto/esp256.js';
import { sha256 } from '../../src/crypto/hash.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import type { ManifestMaker } from '../../src/passport/export.js';
import type { SignedRecord } from '../../src/record/record.js';
import { type ChainPosition, signRecord } from '../../src/record/sign-record.js';
import type { RecordTypeName } from '../../src/record/types/index.js';
import { keyUri } from '../../src/subject/subject.js';

export const ITEM = 'https://id.gs1.org/01/06901234012347/21/SN0007';
export const OTHER_ITEM = 'https://id.gs1.org/01/06901234012347/21/SN0008';
export const CONTAINER = 'https://id.gs1.org/00/106141412345678908';
export const LOT = 'https://id.gs1.org/01/06901234012347/10/L1';

export interface Signed {
  readonly signed: SignedRecord;
  readonly id: string;
  readonly record: Uint8Array;
  readonly openings: readonly Uint8Array[];
}

export interface SignOptions {
  readonly seen?: readonly string[];
  readonly anchors?: readonly string[];
  readonly iat?: number;
}

export const NOON = { utcS: 1_760_000_000, offsetMin: 480 };

/** A test key with its positions: signs like an honest device, and can be copied to sign like a dishonest one. */
export class Hand {
  readonly signer: Signer;
  readonly iss: string;
  #lane: string | null = null;
  #salt = 0;
  readonly #heads = new Map<string, { seq: number; prev: string }>();

  constructor(
    readonly name: string,
    iss?: string,
    signer?: Signer,
  ) {
    this.signer = signer ?? ed25519Signer(sha256(utf8Bytes(`goodorder/test/${name}`)));
    this.iss = iss ?? keyUri(this.signer.kid);
  }

  get kid(): string {
    return this.signer.kid;
  }

  get key(): Uint8Array {
    return this.signer.coseKey;
  }

  /** The same key with the same positions: what two devices with one key would be. */
  copy(): Hand {
    const copy = new Hand(this.name, this.iss, this.signer);
    copy.#lane = this.#lane;
    for (const [sub, head] of this.#heads) copy.#heads.set(sub, head);
    return copy;
  }

  position(sub: string): ChainPosition {
    const head = this.#heads.get(sub);
    return { seq: head === undefined ? 0 : head.seq + 1, prev: head?.prev ?? null, lane: this.#lane };
  }

  async sign(
    sub: string,
    type: RecordTypeName,
    payload: object,
    { seen = [], anchors = [], iat = 1_760_000_000 }: SignOptions = {},
  ): Promise<Signed> {
    const state = this.position(sub);
    const made = await signRecord({
      signer: this.signer,
      iss: this.iss,
      sub,
      type,
      payload: payload as never,
      iat,
      seen,
      anchors,
      state,
      salt: () => {
        this.#salt += 1;
        return sha256(utf8Bytes(`${this.name} ${this.#salt}`)).subarray(0, 16);
      },
    });
    this.#lane = made.statementHash;
    this.#heads.set(sub, { seq: state.seq, prev: made.statementHash });
    return made;
  }

  /** A record that says next to nothing. */
  say(sub: string, text: string, options: SignOptions = {}): Promise<Signed> {
    return this.sign(sub, 'statement', { occurredAt: NOON, about: { item: ITEM }, text }, options);
  }

  acknowledge(sub: string, ids: readonly string[], options: SignOptions = {}): Promise<Signed> {
    return this.sign(sub, 'acknowledgement', { received: [...ids].sort().map(fromHex), at: NOON }, options);
  }

  pack(container: string, children: readonly string[], options: SignOptions = {}): Promise<Signed> {
    return this.sign(container, 'aggregation', { action: 'pack', children, at: NOON }, options);
  }

  commission(sub: string, extra: object = {}, options: SignOptions = {}): Promise<Signed> {
    const payload = {
      occurredAt: NOON,
      name: 'kettle',
      facility: { name: 'plant 1' },
      stage: 'assembly',
      model: 'K-1',
      materials: [{ name: 'steel' }],
      conformityReferences: [],
      ...extra,
    };
    return this.sign(sub, 'commission', payload, options);
  }

  photograph(sub: string, file: Uint8Array, options: SignOptions = {}): Promise<Signed> {
    const payload = {
      from: NOON,
      to: NOON,
      purpose: 'packing',
      files: [
        {
          sha256: [-16, sha256(file)],
          bytes: file.length,
          mediaType: 'image/jpeg',
          chunkBytes: 1_048_576,
          chunkRoot: sha256(file),
        },
      ],
      device: { model: 'phone' },
      continuity: 'one-shot',
      coverage: ['front'],
      identified: [],
      persons: [{ capacity: 'packer', name: `${this.name} in person` }],
    };
    return this.sign(sub, 'media', payload, options);
  }

  credentialFor(other: Hand, mayDelegate = 0): Promise<Uint8Array> {
    return signCredential(this.signer, {
      party: other.iss,
      key: other.kid,
      roles: ['seller'],
      from: 1_700_000_000,
      until: 1_800_000_000,
      mayDelegate,
    });
  }

  maker(sub: string, iat = 1_760_000_000): ManifestMaker {
    return {
      kid: this.kid,
      coseKey: this.key,
      nextSeq: this.position(sub).seq,
      sign: (payload) => this.sign(sub, 'manifest', payload, { iat }),
    };
  }
}

/** A signer as phones' secure hardware is: P-256, another signature at every call. */
export function phoneSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const coordinate = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
  const coseKey = encodeEc2Key(coordinate(x), coordinate(y));
  return {
    alg: ALG_ESP256,
    coseKey,
    kid: keyThumbprint(coseKey),
    sign: async (bytes) =>
      toLowS(new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }))),
  };
}
