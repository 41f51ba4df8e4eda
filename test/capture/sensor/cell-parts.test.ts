import { describe, expect, test } from 'vitest';
import { bracketedEnd, keyAndValue } from '../../../src/capture/sensor/cell-parts.js';

describe('bracketedEnd', () => {
  test.each([
    ['Temperature [°C]', '()[]', { before: 'Temperature ', inside: '°C' }],
    ['Temp, (*F)', '()', { before: 'Temp, ', inside: '*F' }],
    ['a (b) (c)', '()', { before: 'a (b) ', inside: 'c' }],
    ['()', '()', { before: '', inside: '' }],
    ['a (b]', '()[]', { before: 'a ', inside: 'b' }],
    ['a [b]', '()', null],
    ['a (b) c', '()', null],
    ['a b)', '()', null],
    ['a (b))', '()', null],
    ['', '()', null],
    ['a\nb (c)', '()', null],
    ['a\n(b)', '()', { before: 'a\n', inside: 'b' }],
  ] as const)('%j in %s', (text, brackets, parts) => {
    expect(bracketedEnd(text, brackets)).toEqual(parts);
  });
});

describe('keyAndValue', () => {
  test.each([
    ['Serial number: 42', ':', { key: 'Serial number', value: '42' }],
    ['At: 10:05', ':', { key: 'At', value: '10:05' }],
    ['Data:', ':', { key: 'Data', value: '' }],
    ['Unit = °C', '=', { key: 'Unit ', value: '°C' }],
    [': 42', ':', null],
    ['no sign', '=', null],
    ['Note: one\ntwo', ':', null],
  ] as const)('%j by %s', (text, sign, parts) => {
    expect(keyAndValue(text, sign)).toEqual(parts);
  });
});
