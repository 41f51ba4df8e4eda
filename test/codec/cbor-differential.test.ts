import * as cbor2 from 'cbor2';
import * as cborg from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { toHex } from '../../src/codec/hex.js';
import { mutated, profileValue } from './profile-values.js';

/** Two codecs by other people, each as strict as it can be told to be. Neither knows the whole profile. */
const CBORG_STRICT = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
};
const CBOR2_STRICT = {
  cde: true,
  preferMap: true,
  rejectDuplicateKeys: true,
  rejectStreaming: true,
  rejectUndefined: true,
  rejectFloats: true,
  rejectBigInts: true,
};

function withCborg(bytes: Uint8Array): unknown {
  return asBigints(cborg.decode(bytes, CBORG_STRICT));
}

function withCbor2(bytes: Uint8Array): unknown {
  return asBigints(cbor2.decode(bytes, CBOR2_STRICT));
}

/** The three differ in where a number ends and a bigint begins (cborg: -2^53 is a number). The integers must agree. */
function asBigints(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(asBigints);
  if (!(value instanceof Map)) return value;
  return new Map(Array.from(value, ([key, item]) => [asBigints(key), asBigints(item)]));
}

function encodeWithCborg(value: CborValue): Uint8Array {
  return cborg.encode(value, cborg.rfc8949EncodeOptions);
}

function encodeWithCbor2(value: CborValue): Uint8Array {
  return cbor2.encode(value, cbor2.cdeEncodeOptions);
}

describe('against cborg and cbor2', () => {
  test('a value of the profile has the same encoding in all three', () => {
    fc.assert(
      fc.property(profileValue, (value) => {
        const ours = toHex(encodeCbor(value));
        expect(toHex(encodeWithCborg(value))).toBe(ours);
        expect(toHex(encodeWithCbor2(value))).toBe(ours);
      }),
      { numRuns: 1500 },
    );
  });

  test('an encoding decodes to the same value in all three', () => {
    fc.assert(
      fc.property(profileValue, (value) => {
        const bytes = encodeCbor(value);
        expect(decodeCbor(bytes)).toEqual(value);
        expect(withCborg(bytes)).toEqual(asBigints(value));
        expect(withCbor2(bytes)).toEqual(asBigints(value));
      }),
      { numRuns: 1500 },
    );
  });

  test('changed and random bytes that we accept, both accept, as the same value', () => {
    let tried = 0;
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(mutated(profileValue.map(encodeCbor)), fc.uint8Array({ maxLength: 16 })),
        (bytes) => {
          tried++;
          if (scanCbor(bytes) !== null) return;
          accepted++;
          const value = asBigints(decodeCbor(bytes));
          expect(withCborg(bytes)).toEqual(value);
          expect(withCbor2(bytes)).toEqual(value);
        },
      ),
      { numRuns: 6000 },
    );
    expect(accepted).toBeGreaterThan(tried / 30);
  });
});
