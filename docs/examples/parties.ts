import {
  type ChainPosition,
  ed25519Signer,
  type NewRecord,
  type RecordToSign,
  type RecordTypeName,
  type Signer,
  sha256,
  signRecord,
} from 'goodorder';

/** The thing that all examples are about: a GS1 Digital Link without a resolver's domain of its own. */
export const ITEM = 'https://id.gs1.org/01/09521234321330/21/V0801';

/** Test keys only: whoever knows the word has the key. */
export function keyFromWord(word: string): Uint8Array {
  return sha256(new TextEncoder().encode(`goodorder example ${word}`));
}

let salts = 0;

/** One party with one key, which remembers where its chains stand. A real one keeps that on disk before a signature leaves. */
export class Party {
  readonly signer: Signer;
  readonly uri: string;
  readonly openings: Uint8Array[] = [];
  #position: ChainPosition = { seq: 0, prev: null, lane: null };

  /** Without a URI it is a natural person, known by the key alone. */
  constructor(word: string, uri?: string) {
    this.signer = ed25519Signer(keyFromWord(word));
    this.uri = uri ?? `urn:goodorder:key:${this.signer.kid}`;
  }

  /** Signs the next record about the item, `at` seconds UTC. */
  async sign<N extends RecordTypeName>(
    type: N,
    at: number,
    payload: RecordToSign<N>['payload'],
    seen: readonly NewRecord[] = [],
  ): Promise<NewRecord> {
    const made = await signRecord({
      signer: this.signer,
      iss: this.uri,
      sub: ITEM,
      type,
      payload,
      iat: at,
      seen: seen.map(({ id }) => id),
      state: this.#position,
      // 16 random bytes in earnest: crypto.getRandomValues(new Uint8Array(16)).
      salt: () => keyFromWord(`salt ${salts++}`).slice(0, 16),
    });
    this.#position = made.next;
    this.openings.push(...made.openings);
    return made;
  }
}
