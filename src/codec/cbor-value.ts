/** A key of a map of the profile. */
export type CborKey = number | bigint | string;
/** What one item of the profile holds. Integers beyond ±(2^53 − 1) are bigints, all others numbers. */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<CborKey, CborValue>;
