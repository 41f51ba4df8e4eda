import { expect, test } from 'vitest';
import { toNfc } from '../../src/capture/nfc.js';

test('texts at any depth are composed, nothing else changes', () => {
  const bytes = Uint8Array.of(1);
  const draft = { a: 'e\u0301', list: ['u\u0308', 5, null, true, { b: 'a\u030a', bytes }] };
  expect(JSON.stringify(toNfc(draft).list[0])).toBe('"ü"');
  expect(toNfc(draft)).toEqual({ a: 'é', list: ['ü', 5, null, true, { b: 'å', bytes }] });
  expect(draft.a).toHaveLength(2);
});

test('a key named __proto__ is a key like any other', () => {
  const value = toNfc(JSON.parse('{"__proto__":{"x":"e\u0301"}}') as object);
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(JSON.stringify(value)).toBe('{"__proto__":{"x":"é"}}');
});
