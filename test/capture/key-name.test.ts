import { expect, test } from 'vitest';
import { kidWords, shortFingerprint } from '../../src/capture/key-name.js';
import { testKeyName, testKeySeed } from '../../src/capture/test-key.js';
import { ed25519Signer } from '../../src/crypto/signer.js';

test('a short fingerprint is the first twelve digits', () => {
  expect(shortFingerprint(`3fa90c2177de${'0'.repeat(52)}`)).toBe('3fa9-0c21-77de');
});

// arXiv:0901.4016: 127.0.0.1, 63.84.220.193, 140.98.193.141, 64.255.6.200
test('words are proquints', () => {
  expect(kidWords(`7f0000013f54dcc18c62${'0'.repeat(44)}`)).toBe('lusab-babad-gutih-tugad-mudof');
  expect(kidWords(`c18d40ff06c800000000${'0'.repeat(44)}`)).toBe('sakat-haguz-biram-babab-babab');
});

test.each(['', 'ab', 'AB'.repeat(32), 'xy'.repeat(32)])('%j is no kid', (kid) => {
  expect(() => shortFingerprint(kid)).toThrow(TypeError);
  expect(() => kidWords(kid)).toThrow(TypeError);
});

test('test keys of the names that scenarios use are known, real ones are not', () => {
  const kidOf = (name: string): string => ed25519Signer(testKeySeed(name)).kid;
  for (const name of [
    'seller',
    'carrier-a',
    'buyer-2',
    'registry',
    'a',
    'witness-one.test.goodorder.example',
  ]) {
    expect(testKeyName(kidOf(name))).toBe(name);
  }
  expect(testKeyName(ed25519Signer(new Uint8Array(32)).kid)).toBeNull();
  expect(testKeyName('00'.repeat(32))).toBeNull();
});

test('the seed of a test key is SHA-256 of its name behind a prefix', () => {
  // printf 'goodorder/test/seller' | sha256sum
  expect(Buffer.from(testKeySeed('seller')).toString('hex')).toBe(
    '93c1577ecae077ea0ac8844d8920b80321647c315803cafd23776d143f1440f7',
  );
});
