import type { RecordLink } from '../record/link.js';
import type { SignedRecord } from '../record/record.js';
import type { PassportElement } from './element.js';

/**
 * A sound record of a long file. It cuts its bytes and its signature out of the file when asked, and shares the text of
 * a hash with every record that names it: for a hundred thousand records that is a tenth of the memory.
 */
export class LightRecord implements SignedRecord {
  readonly id: string;
  readonly statementHash: string;
  readonly alg: number;
  readonly type: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly link: RecordLink;
  readonly payload: SignedRecord['payload'];
  readonly definition: SignedRecord['definition'];
  readonly newer: boolean;
  readonly #element: PassportElement;
  readonly #signatureLength: number;

  constructor(record: SignedRecord, element: PassportElement, hashes: SharedTexts) {
    this.id = hashes.shared(record.id);
    this.statementHash = hashes.shared(record.statementHash);
    this.alg = record.alg;
    this.type = record.type;
    this.kid = record.kid;
    this.iss = record.iss;
    this.sub = record.sub;
    this.iat = record.iat;
    this.link = sharedLink(record.link, hashes);
    this.payload = record.payload;
    this.definition = record.definition;
    this.newer = record.newer;
    this.#element = element;
    this.#signatureLength = record.signature.length;
  }

  get bytes(): Uint8Array {
    return this.#element.bytes;
  }

  /** The last item of a COSE_Sign1. */
  get signature(): Uint8Array {
    const { bytes } = this;
    return bytes.subarray(bytes.length - this.#signatureLength);
  }
}

/** One object for equal texts. */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

function sharedLink(link: RecordLink, hashes: SharedTexts): RecordLink {
  const { version, seq, prev, seen, lane, anchors } = link;
  const share = (hash: string | null): string | null => (hash === null ? null : hashes.shared(hash));
  return {
    version,
    seq,
    prev: share(prev),
    seen: seen.length === 0 ? seen : seen.map((id) => hashes.shared(id)),
    lane: share(lane),
    anchors,
  };
}
