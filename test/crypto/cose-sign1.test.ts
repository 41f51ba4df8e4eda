import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '../../src/codec/cbor.js';
import { encodeByteString } from '../../src/codec/cbor-head.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { readProtectedHeader } from '../../src/crypto/cose-header.js';
import {
  encodeSign1,
  isSign1Fault,
  type Sign1Parts,
  sigStructure,
  sigStructureHash,
  splitSign1,
  toBeSigned,
} from '../../src/crypto/cose-sign1.js';
import { sha256Hex } from '../../src/crypto/hash.js';

interface CoseExample {
  readonly title: string;
  readonly fail?: boolean;
  readonly input: { readonly sign0: { readonly external?: string } };
  readonly intermediates: { readonly ToBeSign_hex: string };
  readonly output: { readonly cbor: string };
}

function readExamples(): readonly (readonly [string, CoseExample])[] {
  const root = new URL('../../fixtures/vectors/cose-examples/', import.meta.url);
  return ['eddsa-examples/', 'sign1-tests/'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(new URL(folder + name, root), 'utf8'))] as const),
  );
}

describe('the COSE working group’s examples', () => {
  const examples = readExamples();

  test('are 11', () => {
    expect(examples.length).toBe(11);
  });

  /**
   * Protected header and payload of the message, cut by hand: the examples put a kid into the unprotected header and
   * text into the payload, which evidence does not allow, so `splitSign1` refuses them all (below).
   */
  function parts(cbor: Uint8Array): { protectedHeader: Uint8Array; payload: Uint8Array } {
    const start = cbor.indexOf(0x84) + 1;
    const length = cbor[start]! & 31;
    const protectedHeader = cbor.subarray(start + 1, start + 1 + length);
    // 'This is the content.', 20 bytes behind 54.
    const payloadHead = toHex(cbor).indexOf('54546869732069732074') / 2;
    return { protectedHeader, payload: cbor.subarray(payloadHead + 1, payloadHead + 21) };
  }

  // What was changed after signing in the failing ones: there the structure that we build must differ from the signed.
  const CHANGED = new Set([
    'sign-fail-02.json',
    'sign-fail-03.json',
    'sign-fail-04.json',
    'sign-fail-06.json',
    'sign-fail-07.json',
  ]);
  // The empty map is written a0 in this message and signed as an empty string: RFC 9052 §4.4 wants zero length.
  const EMPTY_MAP = 'sign-pass-01.json';
  const EXTERNAL = 'sign-pass-02.json';

  test.each(examples)('%s: our Sig_structure is the one that was signed', (name, example) => {
    const { protectedHeader, payload } = parts(fromHex(example.output.cbor.toLowerCase()));
    const header = name === EMPTY_MAP ? new Uint8Array(0) : protectedHeader;
    const ours = toHex(sigStructure(header, payload));
    const theirs = example.intermediates.ToBeSign_hex.toLowerCase();
    if (name === EXTERNAL) {
      // external_aad is always empty here; with theirs in its place the bytes are theirs.
      const aad = fromHex(example.input.sign0.external ?? '');
      const before = 2 + 10 + 1 + header.length;
      const withAad = concatBytes(
        fromHex(ours.slice(0, 2 * before)),
        encodeByteString(aad),
        fromHex(ours.slice(2 * before + 2)),
      );
      expect(toHex(withAad)).toBe(theirs);
    } else if (CHANGED.has(name)) expect(ours).not.toBe(theirs);
    else expect(ours).toBe(theirs);
  });

  test('none has the form of evidence', () => {
    const codes = examples.map(([name, example]) => {
      const result = splitSign1(fromHex(example.output.cbor.toLowerCase()));
      return [name, isSign1Fault(result) ? result.code : null];
    });
    expect(Object.fromEntries(codes)).toEqual({
      'eddsa-sig-01.json': 'cose.unprotected',
      'eddsa-sig-02.json': 'cose.unprotected',
      'sign-fail-01.json': 'cose.start',
      'sign-fail-02.json': 'cose.unprotected',
      'sign-fail-03.json': 'cose.unprotected',
      'sign-fail-04.json': 'cose.unprotected',
      'sign-fail-06.json': 'cose.unprotected',
      'sign-fail-07.json': 'cose.unprotected',
      'sign-pass-01.json': 'cose.unprotected',
      'sign-pass-02.json': 'cose.unprotected',
      'sign-pass-03.json': 'cose.start',
    });
  });
});

describe('splitting', () => {
  const header = encodeCbor(new Map([[1, -19]]));
  const payload = encodeCbor(new Map([[0, 1]]));
  const signature = new Uint8Array(64).fill(5);
  const whole = encodeSign1(header, payload, signature);

  test('gives back what was put together, and where it lies', () => {
    const parts = splitSign1(whole) as Sign1Parts;
    expect(parts).toEqual({
      protected: header,
      payload,
      signature,
      offsets: { protected: 3, payload: 8, signature: 13 },
      payloadTraits: { wideInteger: false, longMap: false },
    });
    expect(whole.subarray(parts.offsets.signature)).toEqual(signature);
    expect(toHex(whole)).toBe(`d28443a10132a043a100015840${'05'.repeat(64)}`);
  });

  test('says of the payload, and of nothing else, how it is to be decoded', () => {
    const wide = encodeCbor(new Map([[1, 2n ** 60n]]));
    const traits = (one: Uint8Array, other: Uint8Array): unknown =>
      (splitSign1(encodeSign1(one, other, signature)) as Sign1Parts).payloadTraits;
    expect(traits(header, wide)).toEqual({ wideInteger: true, longMap: false });
    expect(traits(wide, payload)).toEqual({ wideInteger: false, longMap: false });
    const long = encodeCbor(new Map(Array.from({ length: 129 }, (_, index) => [index, 0])));
    expect(traits(header, long)).toEqual({ wideInteger: false, longMap: true });
  });

  const sig = `5840${'05'.repeat(64)}`;
  test.each<[string, string, { code: string; offset: number }]>([
    ['nothing', '', { code: 'cose.start', offset: 0 }],
    ['no tag', `8443a10132a043a10001${sig}`, { code: 'cose.start', offset: 0 }],
    ['tag 18 in two bytes', `d81284${'43a10132a043a10001'}${sig}`, { code: 'cose.start', offset: 0 }],
    ['tag 18 twice', `d2d28443a10132a043a10001${sig}`, { code: 'cose.start', offset: 1 }],
    ['array of three', 'd28343a10132a043a10001', { code: 'cose.start', offset: 1 }],
    ['array of five', `d28543a10132a043a10001${sig}00`, { code: 'cose.start', offset: 1 }],
    ['array head not shortest', `d2980443a10132a043a10001${sig}`, { code: 'cose.start', offset: 1 }],
    ['cut off', 'd28443a10132a043a1000158', { code: 'cbor.truncated', offset: 11 }],
    ['a byte too many', `d28443a10132a043a10001${sig}00`, { code: 'cbor.trailing', offset: 77 }],
    ['protected is a map', `d284a10132a043a10001${sig}`, { code: 'cose.protected', offset: 2 }],
    ['protected is empty', `d28440a043a10001${sig}`, { code: 'cose.protected', offset: 3 }],
    ['protected holds an array', `d2844180a043a10001${sig}`, { code: 'cose.protected', offset: 3 }],
    [
      'protected holds a map that is cut off',
      `d28442a101a043a10001${sig}`,
      { code: 'cbor.truncated', offset: 3 },
    ],
    [
      'protected holds more than a map',
      `d28444a1013200a043a10001${sig}`,
      { code: 'cbor.trailing', offset: 6 },
    ],
    [
      'protected is not deterministic',
      `d28444a1011812a043a10001${sig}`,
      { code: 'cbor.not-shortest', offset: 5 },
    ],
    [
      'unprotected holds something',
      `d28443a10132a1010143a10001${sig}`,
      { code: 'cose.unprotected', offset: 6 },
    ],
    ['unprotected is null', `d28443a10132f643a10001${sig}`, { code: 'cose.unprotected', offset: 6 }],
    ['payload is detached', `d28443a10132a0f6${sig}`, { code: 'cose.payload', offset: 7 }],
    ['payload is a text', `d28443a10132a063616263${sig}`, { code: 'cose.payload', offset: 7 }],
    ['payload holds a text', `d28443a10132a0426161${sig}`, { code: 'cose.payload', offset: 8 }],
    ['payload is empty', `d28443a10132a040${sig}`, { code: 'cose.payload', offset: 8 }],
    ['payload holds a tag', `d28443a10132a044a100c101${sig}`, { code: 'cbor.tag', offset: 10 }],
    ['signature is a text', 'd28443a10132a043a1000161ff', { code: 'cbor.text-utf8', offset: 12 }],
    ['signature is an array', 'd28443a10132a043a1000180', { code: 'cose.signature', offset: 11 }],
  ])('%s', (_, hex, fault) => {
    expect(splitSign1(fromHex(hex))).toEqual(fault);
  });

  test('depth is counted anew in the payload', () => {
    const deep = fromHex(`a100${'81'.repeat(30)}01`);
    expect(isSign1Fault(splitSign1(encodeSign1(header, deep, signature)))).toBe(false);
    const deeper = encodeSign1(header, fromHex(`a100${'81'.repeat(31)}01`), signature);
    expect(splitSign1(deeper)).toEqual({ code: 'cbor.depth', offset: 9 + 33 });
  });

  test('65,535 bytes in all, not in each part', () => {
    const filled = (length: number) =>
      encodeSign1(
        header,
        concatBytes(fromHex('a10059'), Uint8Array.of(length >> 8, length & 255), new Uint8Array(length)),
        signature,
      );
    const longest = filled(65_535 - 81);
    expect([longest.length, isSign1Fault(splitSign1(longest))]).toEqual([65_535, false]);
    expect(splitSign1(filled(65_536 - 81))).toEqual({ code: 'cbor.too-long', offset: 0 });
  });

  test('parts are views, so that nothing is copied for a record that fails later', () => {
    const parts = splitSign1(whole) as Sign1Parts;
    expect(parts.payload.buffer).toBe(whole.buffer);
  });

  test('no single-bit flip outside the signature keeps the signed bytes and is accepted', () => {
    for (let bit = 0; bit < 8 * 13; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const result = splitSign1(flipped);
      if (isSign1Fault(result)) continue;
      expect(toHex(sigStructure(result.protected, result.payload)), `bit ${bit}`).not.toBe(
        toHex(sigStructure(header, payload)),
      );
    }
  });

  test('two different pairs never have one Sig_structure', () => {
    const bytes = fc.uint8Array({ maxLength: 30 });
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (a, b, c, d) => {
        const same = toHex(a) === toHex(c) && toHex(b) === toHex(d);
        expect(toHex(sigStructure(a, b)) === toHex(sigStructure(c, d))).toBe(same);
      }),
    );
  });
});

describe('what is signed', () => {
  const header = encodeCbor(new Map([[1, -19]]));
  const payload = encodeCbor(new Map([[0, 1]]));
  const whole = encodeSign1(header, payload, new Uint8Array(64));

  test('is taken from the whole', () => {
    expect(toHex(toBeSigned(whole))).toBe(`846a5369676e61747572653143${toHex(header)}4043${toHex(payload)}`);
    expect(toBeSigned(whole)).toEqual(sigStructure(header, payload));
  });

  test.each([
    '',
    'd2',
    '8443a10132a043a10001',
    'd284a0',
    'd28443a10132a0',
    'd28443a10132a063616263',
    'd28463a10132',
    'c18443a10132a043a1000140',
  ])('%s has nothing of the kind', (hex) => {
    expect(() => toBeSigned(fromHex(hex))).toThrow(new TypeError('not a COSE_Sign1 of the profile'));
  });

  test('has the hash of its bytes, however long they are', () => {
    // One scratch array holds 65,567 bytes: a payload of 65,544 behind these heads fills it.
    for (const length of [0, 23, 24, 255, 256, 65_535, 65_544, 65_545, 65_546, 100_000]) {
      const long = new Uint8Array(length).fill(7);
      expect(sigStructureHash(header, long)).toBe(sha256Hex(sigStructure(header, long)));
      expect(sigStructureHash(long, payload)).toBe(sha256Hex(sigStructure(long, payload)));
    }
    expect(sigStructureHash(header, payload)).toBe(sha256Hex(toBeSigned(whole)));
  });
});

describe('protected header', () => {
  test('every label as it stands', () => {
    const claims = new Map([
      [1, 'a'],
      [2, 'b'],
    ]);
    const bytes = encodeCbor(
      new Map<number | string, never>([
        [16, 'typ'],
        [1, -19],
        [4, Uint8Array.of(1)],
        [15, claims],
        [-70001, [1]],
        [2, [99]],
        [99, true],
        [3, 'type'],
        ['z', null],
      ] as never),
    );
    expect(readProtectedHeader(bytes)).toEqual({
      alg: -19,
      crit: [99],
      contentType: 'type',
      kid: Uint8Array.of(1),
      cwtClaims: claims,
      typ: 'typ',
      link: [1],
      labels: [1, 2, 3, 4, 15, 16, 99, -70001, 'z'],
    });
  });

  test('what is absent is undefined', () => {
    const header = readProtectedHeader(fromHex('a0'));
    expect(Object.values(header)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      [],
    ]);
  });

  test('bytes that no splitting would have let through', () => {
    expect(() => readProtectedHeader(fromHex('80'))).toThrow(
      new TypeError('protected header: expected the encoding of a map'),
    );
    expect(() => readProtectedHeader(fromHex('a1'))).toThrow(
      expect.objectContaining({ code: 'cbor.truncated' }),
    );
  });
});
