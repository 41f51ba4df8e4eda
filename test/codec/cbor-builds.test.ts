import * as plain from 'cbor-x';
import * as noEval from 'cbor-x/index-no-eval';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { mutated, profileValue } from './profile-values.js';

/**
 * cbor-x comes as several programs: with a native addon that reads strings (loaded where it is installed and
 * CBOR_NATIVE_ACCELERATION_DISABLED is not `true`), without it, and without `new Function` for browsers. For bytes
 * that the scanner lets through they must be one. The whole suite of this folder is also run with the addon disabled.
 */
const OPTIONS = {
  useRecords: false,
  mapsAsObjects: false,
  variableMapSize: true,
  tagUint8Array: false,
  copyBuffers: true,
};

test('the addon is in use exactly when it is not disabled', () => {
  const disabled = process.env.CBOR_NATIVE_ACCELERATION_DISABLED?.toLowerCase() === 'true';
  if (disabled) expect(plain.isNativeAccelerationEnabled).toBe(false);
  expect(noEval.isNativeAccelerationEnabled).toBe(false);
});

test('every build decodes what the scanner accepts to the same value', () => {
  const withAddon = new plain.Decoder(OPTIONS);
  const withoutEval = new noEval.Decoder(OPTIONS);
  const encoding = profileValue.map(encodeCbor);
  fc.assert(
    fc.property(fc.oneof(encoding, mutated(encoding)), (bytes) => {
      if (scanCbor(bytes) !== null) return;
      const value = withoutEval.decode(bytes.slice());
      expect(withAddon.decode(bytes.slice())).toEqual(value);
      expect(encodeCbor(value)).toEqual(bytes);
      expect(encodeCbor(decodeCbor(bytes))).toEqual(bytes);
    }),
    { numRuns: 2000 },
  );
});

test('text of every length and width, where the builds read in different ways', () => {
  const withAddon = new plain.Decoder(OPTIONS);
  const withoutEval = new noEval.Decoder(OPTIONS);
  for (const piece of ['a', 'é', '水', '𐅑']) {
    for (let repeat = 0; repeat < 80; repeat++) {
      const bytes = encodeCbor([
        piece.repeat(repeat),
        `${piece}!`,
        'tail'.repeat(repeat),
        new Map([[piece.repeat(repeat), 'x']]),
      ]);
      expect(withAddon.decode(bytes)).toEqual(withoutEval.decode(bytes));
    }
  }
});

test('the encoders write the same bytes', () => {
  const withAddon = new plain.Encoder(OPTIONS);
  const withoutEval = new noEval.Encoder(OPTIONS);
  fc.assert(
    fc.property(profileValue, (value) => {
      expect(new Uint8Array(withAddon.encode(value))).toEqual(new Uint8Array(withoutEval.encode(value)));
    }),
    { numRuns: 500 },
  );
});
