import { type CborKey, type CborValue, decodeCbor } from '../codec/cbor.js';

/** Labels of a protected header: RFC 9052 §3.1, RFC 9597 (CWT claims), RFC 9596 (typ), and our link array. */
export const HEADER_LABEL = {
  alg: 1,
  crit: 2,
  contentType: 3,
  kid: 4,
  cwtClaims: 15,
  typ: 16,
  link: -70001,
} as const;

/** Claims inside label 15: RFC 8392 §3.1. */
export const CWT_CLAIM = { iss: 1, sub: 2, iat: 6 } as const;

/**
 * The members of a protected header as they stand, undefined where absent. What they must be is for records and
 * credentials to say; nothing here has been checked but that the bytes are a map of the profile.
 */
export interface ProtectedHeader {
  readonly alg: CborValue | undefined;
  readonly crit: CborValue | undefined;
  readonly contentType: CborValue | undefined;
  readonly kid: CborValue | undefined;
  readonly cwtClaims: CborValue | undefined;
  readonly typ: CborValue | undefined;
  readonly link: CborValue | undefined;
  /** Every label present, in the order of the bytes. */
  readonly labels: readonly CborKey[];
}

/** Decodes the protected header of a COSE_Sign1 that `splitSign1` has accepted. Throws GoodOrderError for other bytes. */
export function readProtectedHeader(bytes: Uint8Array): ProtectedHeader {
  const members = decodeCbor(bytes);
  if (!(members instanceof Map)) throw new TypeError('protected header: expected the encoding of a map');
  return {
    alg: members.get(HEADER_LABEL.alg),
    crit: members.get(HEADER_LABEL.crit),
    contentType: members.get(HEADER_LABEL.contentType),
    kid: members.get(HEADER_LABEL.kid),
    cwtClaims: members.get(HEADER_LABEL.cwtClaims),
    typ: members.get(HEADER_LABEL.typ),
    link: members.get(HEADER_LABEL.link),
    labels: [...members.keys()],
  };
}
