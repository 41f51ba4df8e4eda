import fc from 'fast-check';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { isProfileText } from '../../src/codec/text.js';

/** Integers around every change of head length and of JavaScript type, both signs. */
const edgeIntegers: fc.Arbitrary<number | bigint> = fc
  .tuple(
    fc.constantFrom(0n, 24n, 2n ** 8n, 2n ** 16n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n),
    fc.integer({ min: -2, max: 2 }),
    fc.boolean(),
  )
  .map(([edge, step, negative]) => narrow(negative ? -edge + BigInt(step) : edge + BigInt(step)));

const anyInteger: fc.Arbitrary<number | bigint> = fc
  .bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n })
  .map(narrow);

/** As decoding gives it: a number where a number holds it exactly. */
function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const profileText: fc.Arbitrary<string> = fc.string({ unit: 'binary', maxLength: 80 }).filter(isProfileText);
const longText: fc.Arbitrary<string> = fc
  .string({ unit: 'grapheme', minLength: 20, maxLength: 300 })
  .filter(isProfileText);
const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 300 });

const scalar: fc.Arbitrary<CborValue> = fc.oneof(
  edgeIntegers,
  anyInteger,
  fc.integer(),
  fc.maxSafeInteger(),
  profileText,
  longText,
  bytes,
  fc.boolean(),
  fc.constant(null),
);

const key: fc.Arbitrary<CborKey> = fc.oneof(
  fc.integer({ min: -30, max: 30 }),
  edgeIntegers,
  profileText,
  fc.constantFrom('__proto__', 'constructor', ''),
);

/** Any value of the profile, some levels deep, in the form that decoding gives back. */
export const profileValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => new Map(entries)),
  ),
})).value;

/** Bytes near the profile: an encoding with a few bytes changed, cut out, doubled or put in. */
export function mutated(encoding: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    kind: fc.constantFrom('set', 'flip', 'cut', 'insert', 'double'),
    at: fc.nat(),
    byte: fc.oneof(
      fc.nat(255),
      fc.constantFrom(0xff, 0x9f, 0xbf, 0x7f, 0x5f, 0x18, 0x1b, 0xf7, 0xf9, 0xc1, 0xa1, 0x80),
    ),
    length: fc.integer({ min: 1, max: 4 }),
  });
  return fc.tuple(encoding, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([original, edits]) => {
    let result = Array.from(original);
    for (const { kind, at, byte, length } of edits) {
      const place = result.length === 0 ? 0 : at % result.length;
      const before = result.slice(0, place);
      const piece = result.slice(place, place + length);
      const after = result.slice(place + length);
      if (kind === 'set') result[place] = byte;
      else if (kind === 'flip') result[place] = (result[place] ?? 0) ^ (1 << (byte % 8));
      else if (kind === 'cut') result = [...before, ...after];
      else if (kind === 'insert') result = [...before, byte, ...piece, ...after];
      else result = [...before, ...piece, ...piece, ...after];
    }
    return Uint8Array.from(result);
  });
}
