import { multiply, type Rational, rational } from './rational.js';

/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'UYI',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((code): [string, number] => [code, 0]),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code): [string, number] => [code, 3]),
  ...['CLF', 'UYW'].map((code): [string, number] => [code, 4]),
]);

/** Decimal places of the minor unit. The special drawing right (XDR) has none in ISO 4217; limits count its hundredths. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS.get(currency) ?? 2;
}

/** Digits of a rate before and after the point: more than any bank quotes. */
const MOST_DIGITS = 12;

/** A positive decimal such as `1.2345`, exactly; null for anything else. */
export function readRate(text: string): Rational | null {
  const [whole = '', places, ...more] = text.split('.');
  const digits = `${whole}${places ?? ''}`;
  const wrong =
    more.length > 0 ||
    whole === '' ||
    places === '' ||
    whole.length > MOST_DIGITS ||
    digits.length > 2 * MOST_DIGITS;
  if (wrong || (whole.length > 1 && whole.startsWith('0'))) return null;
  for (const digit of digits) if (digit < '0' || digit > '9') return null;
  const value = BigInt(digits);
  return value === 0n ? null : rational(value, 10n ** BigInt(places?.length ?? 0));
}

/** Minor units of one currency as minor units of another, where one whole unit of the first is worth `rate` of the second. */
export function converted(minor: Rational, from: string, to: string, rate: Rational): Rational {
  const shift = minorDigits(to) - minorDigits(from);
  const scale = 10n ** BigInt(shift < 0 ? -shift : shift);
  return multiply(multiply(minor, rate), shift < 0 ? rational(1n, scale) : rational(scale));
}
