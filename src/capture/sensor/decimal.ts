/** An integer unit as a fraction of the written one: (written · num + offset) / den, all safe integers, den > 0. */
export interface Scale {
  readonly num: number;
  readonly den: number;
  readonly offset: number;
}

/** Not a decimal number at all. */
const NOT_A_NUMBER = Number.NaN;
/** A number that the integer unit cannot hold exactly. */
export const OUT_OF_RANGE = Number.POSITIVE_INFINITY;

const MAX_LENGTH = 64;
const MAX_EXPONENT = 30;
// The last mantissa that can take one more digit and stay exact.
const MANTISSA_LIMIT = Math.floor((Number.MAX_SAFE_INTEGER - 9) / 10);
const TENTHS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);

const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Makes a reader of decimal text: an optional sign, digits with at most one decimal mark, an optional exponent, blanks
 * around; no grouping, no other digits. The result is exact but for one rounding at the end, to the nearest integer,
 * halves away from zero. No float takes part: 0.1 g is 100 mg on every machine.
 */
export function decimalReader(mark: '.' | ',', scale: Scale): (text: string) => number {
  const markCode = mark.charCodeAt(0);
  return (text) => readDecimal(text, markCode, scale);
}

function readDecimal(text: string, mark: number, scale: Scale): number {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === SPACE) start += 1;
  while (end > start && text.charCodeAt(end - 1) === SPACE) end -= 1;
  if (end - start > MAX_LENGTH) return NOT_A_NUMBER;
  const sign = text.charCodeAt(start);
  const negative = sign === 0x2d;
  if (negative || sign === 0x2b) start += 1;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      // Rare: more digits than a double counts.
      if (mantissa > MANTISSA_LIMIT) return readLong(text.slice(start, end), negative, mark, scale);
      mantissa = mantissa * 10 + (code - ZERO);
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if (code === mark && decimals < 0) decimals = 0;
    else if (digits > 0 && (code === 0x45 || code === 0x65)) {
      return readLong(text.slice(start, end), negative, mark, scale);
    } else return NOT_A_NUMBER;
  }
  if (digits === 0) return NOT_A_NUMBER;
  const tens = TENTHS[Math.max(decimals, 0)];
  const numerator = (negative ? -mantissa : mantissa) * scale.num + scale.offset * (tens ?? Number.NaN);
  const divisor = scale.den * (tens ?? Number.NaN);
  // A sum or product that is a safe integer was computed exactly, unless a part of it was not: both parts are bounded.
  if (
    tens === undefined ||
    mantissa * Math.abs(scale.num) > MAX_PART ||
    Math.abs(scale.offset) * tens > MAX_PART ||
    divisor > MAX_PART
  ) {
    return roundBig(BigInt(negative ? -mantissa : mantissa), Math.max(decimals, 0), scale);
  }
  return roundHalfAway(numerator, divisor);
}

const MAX_PART = 2 ** 51;

function roundHalfAway(numerator: number, divisor: number): number {
  const rest = numerator % divisor;
  const floor = (numerator - rest) / divisor;
  if (2 * Math.abs(rest) < divisor) return floor + 0;
  return numerator < 0 ? floor - 1 : floor + 1;
}

function readLong(text: string, negative: boolean, mark: number, scale: Scale): number {
  const match = /^(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  const between = /[.,]/.exec(text)?.[0];
  if (match === null || (between !== undefined && between.charCodeAt(0) !== mark)) return NOT_A_NUMBER;
  const digits = (match[1] ?? '') + (match[2] ?? '');
  if (digits === '') return NOT_A_NUMBER;
  const exponent = Number(match[3] ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT) return OUT_OF_RANGE;
  const mantissa = BigInt(digits);
  return roundBig(negative ? -mantissa : mantissa, (match[2] ?? '').length - exponent, scale);
}

/** mantissa · 10^-decimals in the scale's unit. */
function roundBig(mantissa: bigint, decimals: number, { num, den, offset }: Scale): number {
  const up = decimals < 0 ? 10n ** BigInt(-decimals) : 1n;
  const down = decimals > 0 ? 10n ** BigInt(decimals) : 1n;
  const numerator = mantissa * up * BigInt(num) + BigInt(offset) * down;
  const divisor = BigInt(den) * down;
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = Number((2n * size + divisor) / (2n * divisor));
  if (rounded > Number.MAX_SAFE_INTEGER) return OUT_OF_RANGE;
  return numerator < 0n && rounded !== 0 ? -rounded : rounded;
}
