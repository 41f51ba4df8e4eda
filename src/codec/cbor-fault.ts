/** Why the strict scanner (cbor-scan.ts) refuses bytes. */
export type CborFaultCode =
  | 'cbor.truncated'
  | 'cbor.trailing'
  | 'cbor.not-shortest'
  | 'cbor.indefinite'
  | 'cbor.reserved'
  | 'cbor.tag'
  | 'cbor.simple'
  | 'cbor.key-type'
  | 'cbor.key-order'
  | 'cbor.duplicate-key'
  | 'cbor.text-utf8'
  | 'cbor.text-control'
  | 'cbor.depth'
  | 'cbor.too-long';

/**
 * Why the bytes are refused and where. The offset is the head of the item at fault (of the key, for key faults); for
 * text the first byte of the character at fault; where bytes are missing altogether, the end; `cbor.trailing`: the
 * first byte too many; `cbor.too-long`: the start of the item.
 */
export interface CborFault {
  readonly code: CborFaultCode;
  readonly offset: number;
}
