import { expect, test } from 'vitest';
import { converted, minorDigits, readRate } from '../../src/finding/currency.js';
import { rational } from '../../src/finding/rational.js';

/** ISO 4217:2015, table A.1 with its amendments: every code whose minor unit is not 2. */
const ISO_4217: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

test('the minor unit of a currency is that of ISO 4217, a hundredth where the table lists no other', () => {
  for (const [digits, codes] of Object.entries(ISO_4217))
    for (const code of codes.split(' ')) expect(minorDigits(code), code).toBe(Number(digits));
  for (const code of ['CNY', 'USD', 'EUR', 'XDR', 'MGA', 'HUF', '', '__proto__'])
    expect(minorDigits(code), code).toBe(2);
});

test('a rate is a positive decimal, read exactly', () => {
  const read: [string, bigint, bigint][] = [
    ['1', 1n, 1n],
    ['9.5', 19n, 2n],
    ['0.5', 1n, 2n],
    ['10', 10n, 1n],
    ['1.2345', 2469n, 2000n],
    ['7.10', 71n, 10n],
    ['0.000000000001', 1n, 10n ** 12n],
    ['999999999999', 999_999_999_999n, 1n],
    ['123456789012.123456789012', 123_456_789_012_123_456_789_012n, 10n ** 12n],
    ['1.00000000000000000000001', 100_000_000_000_000_000_000_001n, 10n ** 23n],
  ];
  for (const [text, n, d] of read) expect(readRate(text), text).toEqual(rational(n, d));
});

test('what is no positive decimal, or longer than any bank quotes, is no rate', () => {
  const refused = [
    ...['', '.', '1.', '.5', '0', '0.0', '00', '01', '00.5', '1.2.3', '1..2', '-1', '+1', '1,5', '1e3', '1 '],
    ...[' 1', '0x1', 'a', '1/2', '1:2', '1.-5', '１'],
    '1234567890123',
    '1.000000000000000000000001',
    '123456789012.1234567890123',
  ];
  for (const text of refused) expect(readRate(text), text).toBeNull();
});

test('minor units change by the rate and by how many of them a whole unit has', () => {
  // 1 USD = 7.1 CNY, both in hundredths; 1 CNY = 20 JPY, which has none; 1 KWD = 23.5 CNY, thousandths.
  expect(converted(rational(100n), 'USD', 'CNY', rational(71n, 10n))).toEqual(rational(710n));
  expect(converted(rational(1_000n), 'CNY', 'JPY', rational(20n))).toEqual(rational(200n));
  expect(converted(rational(200n), 'JPY', 'CNY', rational(1n, 20n))).toEqual(rational(1_000n));
  expect(converted(rational(1_000n), 'KWD', 'CNY', rational(47n, 2n))).toEqual(rational(2_350n));
  expect(converted(rational(7n), 'JPY', 'CLF', rational(1n))).toEqual(rational(70_000n));
  expect(converted(rational(1n), 'CLF', 'JPY', rational(1n))).toEqual(rational(1n, 10_000n));
});
