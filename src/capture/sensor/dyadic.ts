/** An exact number of the form value · 2^-bits: every finite float is one. */
export interface Dyadic {
  readonly value: bigint;
  readonly bits: number;
}

const ZERO: Dyadic = { value: 0n, bits: 0 };
const view = new DataView(new ArrayBuffer(8));

/** The number that a finite double is, without loss. */
export function dyadicOf(double: number): Dyadic {
  if (Number.isSafeInteger(double)) return { value: BigInt(double), bits: 0 };
  view.setFloat64(0, double);
  const high = view.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xf_ffff) << 32n) | BigInt(view.getUint32(4));
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  // value = mantissa · 2^(exponent − 1075)
  const bits = 1075 - Math.max(exponent, 1);
  const value = high >>> 31 === 1 ? -mantissa : mantissa;
  return bits >= 0 ? reduced(value, bits) : { value: value << BigInt(-bits), bits: 0 };
}

function reduced(value: bigint, bits: number): Dyadic {
  if (value === 0n) return ZERO;
  let left = bits;
  let rest = value;
  while (left > 0 && (rest & 1n) === 0n) {
    rest >>= 1n;
    left -= 1;
  }
  return { value: rest, bits: left };
}

export function add(a: Dyadic, b: Dyadic): Dyadic {
  const bits = Math.max(a.bits, b.bits);
  return { value: (a.value << BigInt(bits - a.bits)) + (b.value << BigInt(bits - b.bits)), bits };
}

export function subtract(a: Dyadic, b: Dyadic): Dyadic {
  return add(a, { value: -b.value, bits: b.bits });
}

export function multiply(a: Dyadic, b: Dyadic): Dyadic {
  return { value: a.value * b.value, bits: a.bits + b.bits };
}

/** (number · num + offset) / den, to the nearest integer, halves away from zero. */
export function scaled(
  { value, bits }: Dyadic,
  { num, den, offset }: { readonly num: number; readonly den: number; readonly offset: number },
): bigint {
  const numerator = value * BigInt(num) + (BigInt(offset) << BigInt(bits));
  const divisor = BigInt(den) << BigInt(bits);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return numerator < 0n ? -rounded : rounded;
}
