/**
 * The float at `at` as diagnostic notation writes it: always with a point or an exponent, `NaN`, `Infinity`. `info` is
 * 25, 26 or 27: half, single or double. No float is part of the profile; this is for showing that one is there.
 */
export function diagnosticFloat(bytes: Uint8Array, at: number, info: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value =
    info === 25 ? readHalf(view.getUint16(at)) : info === 26 ? view.getFloat32(at) : view.getFloat64(at);
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** RFC 8949 appendix D. */
function readHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}
