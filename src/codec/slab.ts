/** A slab serves many small arrays: each array with a buffer of its own costs the engine as much as reading a record. */
const SLAB_BYTES = 65_536;
/** Longer arrays get a buffer of their own, so that a slab is never mostly waste. */
const LONGEST = SLAB_BYTES / 8;

let slab = new Uint8Array(0);
let used = 0;

/**
 * A zeroed array that nobody else uses, as a view of a shared buffer: `byteOffset` is not 0 and `buffer` is larger.
 * For bytes that live about as long as their neighbours, as the records of one passport do.
 */
export function slabBytes(length: number): Uint8Array {
  if (length > LONGEST) return new Uint8Array(length);
  if (length > slab.length - used) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  used += length;
  return slab.subarray(used - length, used);
}

/** A copy of the bytes, made as `slabBytes` makes arrays. */
export function slabCopy(bytes: Uint8Array): Uint8Array {
  const copy = slabBytes(bytes.length);
  copy.set(bytes);
  return copy;
}
