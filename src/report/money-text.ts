import { countText } from './name-text.js';

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

/** `1,280.00 CNY` from decimal digits in minor units. */
export function moneyText(minor: string, currency: string): string {
  const digits = MINOR_DIGITS.get(currency) ?? 2;
  const padded = minor.padStart(digits + 1, '0');
  const whole = countText(BigInt(padded.slice(0, padded.length - digits)));
  return `${whole}${digits === 0 ? '' : `.${padded.slice(-digits)}`} ${currency}`;
}
