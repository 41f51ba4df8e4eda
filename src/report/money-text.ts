import { minorDigits } from '../finding/currency.js';
import { countText } from './name-text.js';

/** `1,280.00 CNY` from decimal digits in minor units. */
export function moneyText(minor: string, currency: string): string {
  const digits = minorDigits(currency);
  const padded = minor.padStart(digits + 1, '0');
  const whole = countText(BigInt(padded.slice(0, padded.length - digits)));
  return `${whole}${digits === 0 ? '' : `.${padded.slice(-digits)}`} ${currency}`;
}
