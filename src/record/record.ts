import type { Diagnostic } from '../diagnostic.js';
import type { RecordLink } from './link.js';
import type { Fields, RecordType } from './record-type.js';

/** The `typ` of a record's protected header (RFC 9596); a credential has another. */
export const RECORD_TYP = 'application/vnd.goodorder.record+cose';
export const CONTENT_TYPE_START = 'application/vnd.goodorder.';
export const CONTENT_TYPE_END = '+cbor';

/** What a record says, at its place in the version history of its type. */
export interface Payload {
  /** Key 0. */
  readonly revision: number;
  /** The other keys; maps with text keys are null-prototype objects, byte strings are `Uint8Array`s. */
  readonly fields: Fields;
}

/** One signed statement, read and checked alone: its signature is not verified yet, its links are not followed yet. */
export interface SignedRecord {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: what `sha256sum` prints. */
  readonly id: string;
  /** SHA-256 of the Sig_structure: what `prev` and `lane` name. A second signature over the same text does not change it. */
  readonly statementHash: string;
  readonly signature: Uint8Array;
  readonly alg: number;
  /** Record type name, as in `handover`. */
  readonly type: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  /** When the signer says it signed, seconds UTC: a claim. */
  readonly iat: number;
  readonly link: RecordLink;
  readonly payload: Payload;
  /** Null for a type this reader does not know: bytes, signature, links and time are checked, no facts. */
  readonly definition: RecordType | null;
  /** Revision newer than this reader knows. */
  readonly newer: boolean;
}

/** What can be known of a record that is not usable: enough to link to it and to check its signature. */
export interface PartialRecord {
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly statementHash?: string | undefined;
  readonly signature?: Uint8Array | undefined;
  readonly alg?: number | undefined;
  readonly kid?: string | undefined;
  readonly iss?: string | undefined;
  readonly sub?: string | undefined;
  readonly iat?: number | undefined;
  readonly link?: RecordLink | undefined;
  readonly type?: string | undefined;
  /** As decoded; no rule of its type has been found to hold. */
  readonly payload?: Payload | undefined;
}

/**
 * Not ok and `unsupported`: well-formed, but it uses a crit entry, link version or algorithm this reader does not
 * know; its id still links. Not ok otherwise: some rule is broken, and every one that could be found is listed.
 */
export type ReadRecord =
  | { readonly ok: true; readonly record: SignedRecord; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: false;
      readonly unsupported: boolean;
      readonly id: string;
      readonly partial: PartialRecord;
      readonly diagnostics: readonly Diagnostic[];
    };
