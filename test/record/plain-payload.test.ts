import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { readPlainPayload } from '../../src/record/plain-payload.js';
import { splitPayload } from '../../src/record/read-record.js';

const text = fc.oneof(
  fc.constantFrom('', 'text', 'about', '__proto__', 'constructor', 'https://id.gs1.org/417/9521234000013'),
  fc.string({ unit: 'grapheme', maxLength: 120 }).filter((one) => /^[^\p{C}]*$/u.test(one)),
);
const integer = fc.oneof(
  fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.constantFrom(-1, -24, -25, -256, -257, -(2 ** 32), -(2 ** 32) - 1, Number.MIN_SAFE_INTEGER),
  fc.maxSafeInteger(),
);

function anyValue(key: fc.Arbitrary<CborKey>): fc.Arbitrary<CborValue> {
  return fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(text, integer, fc.boolean(), fc.constant(null), fc.uint8Array({ maxLength: 80 })),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    ),
  })).value;
}

function payloadOf(key: fc.Arbitrary<CborKey>): fc.Arbitrary<Uint8Array> {
  const members = fc.array(fc.tuple(fc.oneof(text, fc.constant(0), integer), anyValue(key)), {
    maxLength: 6,
  });
  return members.map((entries) => encodeCbor(new Map<CborKey, CborValue>(entries)));
}

describe('readPlainPayload', () => {
  test('is a short cut: what it gives is what the codec gives', () => {
    fc.assert(
      fc.property(payloadOf(text), fc.uint8Array({ maxLength: 4 }), (bytes, before) => {
        const within = Uint8Array.from([...before, ...bytes, 0x61]);
        const plain = readPlainPayload(within, before.length);
        const expected = splitPayload(decodeCbor(bytes));
        expect(plain).toEqual(expected);
        expect(Object.keys(plain!.fields)).toEqual(Object.keys(expected.fields));
      }),
      { numRuns: 2_000 },
    );
  });

  test('and nothing where a map inside has a key that is no text', () => {
    let none = 0;
    fc.assert(
      fc.property(payloadOf(fc.oneof(text, integer)), (bytes) => {
        const plain = readPlainPayload(bytes, 0);
        const decoded = decodeCbor(bytes);
        const inside = [...(decoded as ReadonlyMap<CborKey, CborValue>).values()];
        if (inside.some(holdsOtherKeys)) {
          none += 1;
          expect(plain).toBeNull();
        } else expect(plain).toEqual(splitPayload(decoded));
      }),
      { numRuns: 2_000 },
    );
    expect(none).toBeGreaterThan(50);
    const inside = new Map<CborKey, CborValue>([
      ['a', new Map<CborKey, CborValue>([[1, 'x'.repeat(300)]])],
      ['b', 7],
    ]);
    expect(readPlainPayload(encodeCbor(inside), 0)).toBeNull();
    // Under a key that no type has nothing is kept, whatever it is.
    expect(
      readPlainPayload(
        encodeCbor(
          new Map<CborKey, CborValue>([
            [-7, 1],
            [0, 1],
            [9, 2],
          ]),
        ),
        0,
      ),
    ).toEqual({
      revision: 1,
      fields: {},
      foreignKeys: ['9', '-7'],
    });
  });

  test('byte strings are copies', () => {
    const bytes = encodeCbor(new Map<CborKey, CborValue>([['a', Uint8Array.of(1, 2, 3)]]));
    const { fields } = readPlainPayload(bytes, 0)!;
    bytes.fill(9);
    expect(fields).toEqual({ a: Uint8Array.of(1, 2, 3) });
  });

  test('a key is a key, whatever it is called', () => {
    const inner = new Map<CborKey, CborValue>([['__proto__', 1]]);
    const { fields } = readPlainPayload(encodeCbor(new Map<CborKey, CborValue>([['__proto__', inner]])), 0)!;
    expect(Object.getPrototypeOf(fields)).toBeNull();
    expect(Object.keys(fields)).toEqual(['__proto__']);
    expect(Object.keys(fields['__proto__'] as object)).toEqual(['__proto__']);
  });
});

/** Is there a map in it with a key that is no text? */
function holdsOtherKeys(value: CborValue): boolean {
  if (Array.isArray(value)) return value.some(holdsOtherKeys);
  if (!(value instanceof Map)) return false;
  return [...value].some(([key, item]) => typeof key !== 'string' || holdsOtherKeys(item));
}
