import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalReader, type Scale } from '../../../src/capture/sensor/decimal.js';
import { ELAPSED_UNITS, SERIAL_UNITS, WRITTEN_UNITS } from '../../../src/capture/sensor/units.js';

const ONE: Scale = { num: 1, den: 1, offset: 0 };

describe('decimal text', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['+1', 1],
    [' 12 ', 12],
    ['1.', 1],
    ['.5', 1],
    ['-.5', -1],
    ['0.4999999999999999999999999', 0],
    ['0.49999', 0],
    ['2.5', 3],
    ['-2.5', -3],
    ['1e3', 1000],
    ['1.25E+2', 125],
    ['15E-1', 2],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', Number.POSITIVE_INFINITY],
    ['-9007199254740992', Number.POSITIVE_INFINITY],
    ['1e31', Number.POSITIVE_INFINITY],
    ['1e30', Number.POSITIVE_INFINITY],
    ['1e-30', 0],
    ['000000000000000000000000000000000000007', 7],
  ])('%j is %d', (text, value) => {
    expect(decimalReader('.', ONE)(text)).toBe(value);
  });

  test.each([
    '',
    ' ',
    '-',
    '+',
    '.',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '1,5',
    '1 000',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '１',
    '1e1234',
    '5°',
    '9'.repeat(65),
  ])('%j is no number', (text) => {
    expect(decimalReader('.', ONE)(text)).toBeNaN();
  });

  test('the mark is the declared one only, also in long numbers', () => {
    expect(decimalReader(',', ONE)('17,87')).toBe(18);
    expect(decimalReader(',', ONE)('17.87')).toBeNaN();
    expect(decimalReader(',', ONE)('1.00000000000000000000')).toBeNaN();
    expect(decimalReader('.', ONE)('1,00000000000000000000')).toBeNaN();
    expect(decimalReader(',', ONE)('1,00000000000000000000')).toBe(1);
  });
});

describe('units', () => {
  test.each([
    ['degC', '21.42', 21_420],
    ['degF', '32', 0],
    ['degF', '31.440', -311],
    ['degF', '-40', -40_000],
    ['K', '273.15', 0],
    ['g', '-1.71094', -1711],
    ['m/s2', '9.80665', 1000],
    ['m/s2', '-833.56525', -85_000],
    ['%RH', '102.9', 1029],
    ['RH', '0.2436225', 244],
    ['Pa', '102164.00146', 102_164],
    ['hPa', '1013.25', 101_325],
  ] as const)('%s %s', (unit, text, value) => {
    expect(decimalReader('.', WRITTEN_UNITS[unit])(text)).toBe(value);
  });

  test('times', () => {
    expect(decimalReader('.', ELAPSED_UNITS.us)('4716226.5')).toBe(4_716_227);
    expect(decimalReader('.', ELAPSED_UNITS.s)('5.000000E-6')).toBe(5);
    expect(decimalReader('.', SERIAL_UNITS['excel-d'].scale)('25569')).toBe(0);
    // 2021-08-21T08:21:00
    expect(decimalReader('.', SERIAL_UNITS['excel-d'].scale)('44429.3479166667')).toBe(1_629_534_060_000);
  });
});

/** The definition itself, with rationals of bigint. */
function exact(
  sign: string,
  whole: string,
  decimals: string,
  exponent: number,
  { num, den, offset }: Scale,
): number {
  const power = exponent - decimals.length;
  const mantissa = BigInt(`${whole}${decimals}`) * (sign === '-' ? -1n : 1n);
  const up = power > 0 ? 10n ** BigInt(power) : 1n;
  const down = power < 0 ? 10n ** BigInt(-power) : 1n;
  const numerator = mantissa * up * BigInt(num) + BigInt(offset) * down;
  const divisor = BigInt(den) * down;
  const size = numerator < 0n ? -numerator : numerator;
  let rounded = size / divisor;
  if (2n * (size % divisor) >= divisor) rounded += 1n;
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) return Number.POSITIVE_INFINITY;
  return rounded === 0n ? 0 : Number(numerator < 0n ? -rounded : rounded);
}

test('property: every decimal is the nearest integer of its unit, halves away from zero', () => {
  const scales = [
    ONE,
    ...Object.values(WRITTEN_UNITS),
    ...Object.values(ELAPSED_UNITS),
    SERIAL_UNITS['excel-d'].scale,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...scales),
      fc.constantFrom('', '-', '+'),
      fc.stringMatching(/^\d{1,18}$/),
      fc.stringMatching(/^\d{0,18}$/),
      fc.option(fc.integer({ min: -20, max: 8 })),
      fc.constantFrom('.', ',') as fc.Arbitrary<'.' | ','>,
      (scale, sign, whole, decimals, exponent, mark) => {
        const text = `${sign}${whole}${decimals === '' ? '' : mark + decimals}${exponent === null ? '' : `e${exponent}`}`;
        expect(decimalReader(mark, scale)(text)).toBe(exact(sign, whole, decimals, exponent ?? 0, scale));
      },
    ),
    { numRuns: 2000 },
  );
});

test('property: any text gives a number or is refused, and never throws', () => {
  const read = decimalReader('.', WRITTEN_UNITS.degF);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,eE+- ') }), (text) => {
      const value = read(text);
      expect(Number.isNaN(value) || value === Number.POSITIVE_INFINITY || Number.isSafeInteger(value)).toBe(
        true,
      );
    }),
    { numRuns: 1000 },
  );
});
