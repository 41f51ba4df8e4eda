import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import {
  type CborFault,
  type CborFaultCode,
  itemEnd,
  newScanReport,
  scanCbor,
  scanWhole,
} from '../../src/codec/cbor-scan.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { mutated, profileValue } from './profile-values.js';

interface StrictVector {
  readonly name: string;
  readonly hex: string;
  readonly strict_accept: boolean;
  readonly reason: string;
}

const vectors: readonly StrictVector[] = readJson('cbor-strict/cbor-strict-vectors.json').vectors;

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${path}`, import.meta.url), 'utf8'));
}

/** The vectors give their reason in words of their own. */
const CODE_OF_REASON: ReadonlyMap<string, CborFaultCode> = new Map([
  ['order', 'cbor.key-order'],
  ['dup', 'cbor.duplicate-key'],
  ['keytype', 'cbor.key-type'],
  ['nonshortest', 'cbor.not-shortest'],
  ['ai 31', 'cbor.indefinite'],
  ['tag', 'cbor.tag'],
  ['trailing', 'cbor.trailing'],
  ['eof', 'cbor.truncated'],
  ['len', 'cbor.truncated'],
  ['text', 'cbor.text-control'],
  ['depth', 'cbor.depth'],
  ['The encoded data was not valid for encoding utf-8', 'cbor.text-utf8'],
]);

function codeOfReason(reason: string): CborFaultCode | undefined {
  return reason.startsWith('simple/float') ? 'cbor.simple' : CODE_OF_REASON.get(reason);
}

describe('the strict vectors', () => {
  test('are 94, of which 14 are accepted', () => {
    expect([vectors.length, vectors.filter((vector) => vector.strict_accept).length]).toEqual([94, 14]);
  });

  test.each(vectors.map((vector) => [vector.name.slice(0, 70), vector] as const))('%s', (_, vector) => {
    const code = scanCbor(fromHex(vector.hex))?.code ?? null;
    expect(code).toBe(vector.strict_accept ? null : codeOfReason(vector.reason));
  });

  test('that are accepted decode, and encode to the same bytes', () => {
    const accepted = vectors.filter((vector) => vector.strict_accept).map((vector) => vector.hex);
    expect(accepted.map((hex) => toHex(encodeCbor(decodeCbor(fromHex(hex)))))).toEqual(accepted);
  });
});

describe('RFC 8949 appendix A', () => {
  const examples: readonly { hex: string; decoded?: unknown }[] = readJson(
    'cbor-test-vectors/appendix_a.json',
  );

  /** Code and offset for the examples that the profile leaves out. */
  function expected(hex: string): CborFault | null {
    if (/^f[0789ab]/.test(hex)) return { code: 'cbor.simple', offset: 0 };
    if (/^[cd]/.test(hex)) return { code: 'cbor.tag', offset: 0 };
    if (/^[579b]f/.test(hex)) return { code: 'cbor.indefinite', offset: 0 };
    const inside = new Map([
      ['83018202039f0405ff', 5],
      ['83019f0203ff820405', 2],
      ['826161bf61626163ff', 3],
    ]).get(hex);
    return inside === undefined ? null : { code: 'cbor.indefinite', offset: inside };
  }

  test.each(examples.map((example) => [example.hex]))('%s', (hex) => {
    expect(scanCbor(fromHex(hex))).toEqual(expected(hex));
  });

  test('what is accepted decodes to what the RFC says', () => {
    const accepted = examples.filter((example) => expected(example.hex) === null);
    expect(accepted.length).toBe(37);
    for (const { hex, decoded } of accepted) {
      // JSON.parse has rounded the integers of 64 bits; they are tested below. One map has integer keys.
      if (decoded === undefined || (typeof decoded === 'number' && !Number.isSafeInteger(decoded))) continue;
      expect(plain(decodeCbor(fromHex(hex))), hex).toEqual(decoded);
    }
    expect(decodeCbor(fromHex('1bffffffffffffffff'))).toBe(2n ** 64n - 1n);
    expect(decodeCbor(fromHex('3bffffffffffffffff'))).toBe(-(2n ** 64n));
  });

  function plain(value: unknown): unknown {
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
    return Array.isArray(value) ? value.map(plain) : value;
  }
});

describe('where the fault is', () => {
  test.each<[string, string, CborFault]>([
    ['nothing there', '', { code: 'cbor.truncated', offset: 0 }],
    ['head cut off', '811900', { code: 'cbor.truncated', offset: 1 }],
    ['element missing', '8201', { code: 'cbor.truncated', offset: 0 }],
    ['last value missing', 'a2016161', { code: 'cbor.truncated', offset: 0 }],
    ['inner array too long for what is left', '82018301', { code: 'cbor.truncated', offset: 2 }],
    ['string runs past the end', '82014401', { code: 'cbor.truncated', offset: 2 }],
    ['length of 2^32', '5b0000000100000000', { code: 'cbor.truncated', offset: 0 }],
    ['length of 2^64 - 1', '7bffffffffffffffff', { code: 'cbor.truncated', offset: 0 }],
    ['two bytes too many', '0101ff', { code: 'cbor.trailing', offset: 1 }],
    ['value not shortest', '82011817', { code: 'cbor.not-shortest', offset: 2 }],
    ['16-bit head of 255', '1900ff', { code: 'cbor.not-shortest', offset: 0 }],
    ['32-bit head of 65535', '1a0000ffff', { code: 'cbor.not-shortest', offset: 0 }],
    ['64-bit head of 2^32 - 1', '3b00000000ffffffff', { code: 'cbor.not-shortest', offset: 0 }],
    ['reserved 28', '811c', { code: 'cbor.reserved', offset: 1 }],
    ['reserved 30 of type 7', 'fe', { code: 'cbor.reserved', offset: 0 }],
    ['break alone', 'ff', { code: 'cbor.indefinite', offset: 0 }],
    ['tag 18 inside', '81d20a', { code: 'cbor.tag', offset: 1 }],
    ['undefined inside', 'a10af7', { code: 'cbor.simple', offset: 2 }],
    ['key of true', 'a2010af501', { code: 'cbor.key-type', offset: 3 }],
    ['third key out of order', 'a3010a020b010c', { code: 'cbor.key-order', offset: 5 }],
    ['negative before positive', 'a220010102', { code: 'cbor.key-order', offset: 3 }],
    ['second key twice', 'a2616101616102', { code: 'cbor.duplicate-key', offset: 4 }],
    [
      'after an inner map the outer order still counts',
      'a202a101010103',
      { code: 'cbor.key-order', offset: 5 },
    ],
    ['overlong after good text', '6461c3a4c1', { code: 'cbor.text-utf8', offset: 4 }],
    ['character cut off by the end of its string', '8262e2820a', { code: 'cbor.text-utf8', offset: 2 }],
    ['delete after good text', '826261620a627a7f', { code: 'cbor.trailing', offset: 5 }],
    ['delete', '63617a7f', { code: 'cbor.text-control', offset: 3 }],
    ['byte order mark inside', '6561efbbbf62', { code: 'cbor.text-control', offset: 2 }],
    ['code point above U+10FFFF', '64f4908080', { code: 'cbor.text-utf8', offset: 1 }],
    ['scalar on level 33', `${'81'.repeat(32)}01`, { code: 'cbor.depth', offset: 32 }],
    ['map on level 33', `${'81'.repeat(32)}a0`, { code: 'cbor.depth', offset: 32 }],
  ])('%s', (_, hex, fault) => {
    expect(scanCbor(fromHex(hex))).toEqual(fault);
  });

  test('level 32 is accepted, map keys and values count as levels', () => {
    expect(scanCbor(fromHex(`${'81'.repeat(31)}01`))).toBeNull();
    expect(scanCbor(fromHex(`${'a100'.repeat(31)}01`))).toBeNull();
    expect(scanCbor(fromHex(`${'a100'.repeat(32)}01`))).toEqual({ code: 'cbor.depth', offset: 63 });
  });

  test('65,535 bytes are accepted and one more is not', () => {
    const longest = concatBytes(fromHex('59fffc'), new Uint8Array(65_532));
    expect(scanCbor(longest)).toBeNull();
    expect(scanCbor(concatBytes(longest, new Uint8Array(1)))).toEqual({ code: 'cbor.too-long', offset: 0 });
    expect(scanCbor(longest, { maxLength: 65_534 })).toEqual({ code: 'cbor.too-long', offset: 0 });
  });

  test('text is what TextDecoder takes, but for the refused code points: every lead and second byte', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const wrong: string[] = [];
    for (let lead = 0x80; lead < 0x100; lead++) {
      for (let second = 0; second < 0x100; second++) {
        for (const tail of ['', '80', 'bf80', '8041']) {
          const text = concatBytes(Uint8Array.of(lead, second), fromHex(tail));
          const code = scanCbor(concatBytes(Uint8Array.of(0x60 + text.length), text))?.code ?? null;
          const decoded = decodeOrNull(strict, text);
          const right =
            decoded === null
              ? code === 'cbor.text-utf8' || (code === 'cbor.text-control' && lead <= 0xef)
              : code === (refusedByCodePoint(decoded) ? 'cbor.text-control' : null);
          if (!right) wrong.push(`${toHex(text)} ${code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('a refused character is found at every place of a text, in every length', () => {
    for (const refused of ['00', '08', '0b', '1f', '7f', 'c280', 'c29f', 'efbbbf']) {
      for (let before = 0; before <= 9; before += 1) {
        for (let after = 0; after <= 9; after += 1) {
          const text = concatBytes(ascii(before), fromHex(refused), ascii(after));
          expect(scanCbor(concatBytes(Uint8Array.of(0x60 + text.length), text))).toEqual({
            code: 'cbor.text-control',
            offset: 1 + before,
          });
        }
      }
    }
    // Among signs and digits too, which lie nearer to the controls than letters.
    for (const refused of ['00', '08', '0b', '1f', '7f']) {
      for (let place = 0; place < 8; place += 1) {
        const text = fromHex('2030213f3e2a2d20');
        text.set(fromHex(refused), place);
        expect(scanCbor(concatBytes(Uint8Array.of(0x68), text))).toEqual({
          code: 'cbor.text-control',
          offset: 1 + place,
        });
      }
    }
    for (const taken of ['20', '09', '0a', '7e', 'c2a0', 'efbbbe', 'eebbbf', 'f09f93a6']) {
      for (let before = 0; before <= 9; before += 1) {
        const text = concatBytes(ascii(before), fromHex(taken));
        expect(scanCbor(concatBytes(Uint8Array.of(0x60 + text.length), text))).toBeNull();
      }
    }
  });

  test.each([
    '80',
    'bf',
    'c080',
    'c1bf',
    'c2',
    'c27f',
    'c2c0',
    'df',
    'e09fbf',
    'e0a0',
    'e1807f',
    'e180c0',
    'eda080',
    'ef80',
    'f08fbfbf',
    'f090807f',
    'f09080c0',
    'f0907f80',
    'f09080',
    'f4908080',
    'f5808080',
    'ff',
  ])('%s is no UTF-8, at the end of a text and in it', (hex) => {
    const bad = fromHex(hex);
    for (const after of [0, 1, 4]) {
      const text = concatBytes(ascii(2), bad, ascii(after));
      expect(scanCbor(concatBytes(Uint8Array.of(0x60 + text.length), text))).toEqual({
        code: 'cbor.text-utf8',
        offset: 3,
      });
      // The bytes that a cut-off character wants stand behind the text, but are not of it.
      expect(
        scanCbor(concatBytes(Uint8Array.of(0x82, 0x60 + 2 + bad.length), ascii(2), bad, fromHex('80'))),
      ).toEqual({
        code: 'cbor.text-utf8',
        offset: 4,
      });
    }
  });

  test.each(['c2a0', 'dfbf', 'e0a080', 'ed9fbf', 'ee8080', 'efbfbf', 'f0908080', 'f48fbfbf'])(
    '%s is a character',
    (hex) => {
      const text = fromHex(hex);
      expect(scanCbor(concatBytes(Uint8Array.of(0x60 + text.length), text))).toBeNull();
    },
  );

  function ascii(length: number): Uint8Array {
    return Uint8Array.from({ length }, (_, index) => 0x61 + index);
  }

  function decodeOrNull(decoder: TextDecoder, text: Uint8Array): string | null {
    try {
      return decoder.decode(text);
    } catch {
      return null;
    }
  }

  function refusedByCodePoint(text: string): boolean {
    return Array.from(text, (character) => character.codePointAt(0)!).some(
      (point) =>
        point <= 8 || (point >= 0xb && point <= 0x1f) || (point >= 0x7f && point <= 0x9f) || point === 0xfeff,
    );
  }
});

describe('lengths beyond 32 bits', () => {
  test.each(['5b', '7b', '9b', 'bb'])('%s and 2^32 + 1 is no length of 1', (first) => {
    const bytes = fromHex(`${first}000000010000000161616161`);
    expect(scanCbor(bytes)).toEqual({ code: 'cbor.truncated', offset: 0 });
  });

  test('an end beyond the bytes, and one beyond 2 GiB', () => {
    expect(scanCbor(fromHex('8200'), { end: 3 })).toEqual({ code: 'cbor.truncated', offset: 0 });
    expect(itemEnd(fromHex('8200'), 0, 3)).toEqual({ code: 'cbor.truncated', offset: 0 });
    const report = newScanReport();
    expect(scanWhole(fromHex('00'), 0, 2 ** 31, Number.POSITIVE_INFINITY, report)).toBe(false);
    expect(report).toEqual({ code: 'cbor.too-long', offset: 0, wideInteger: false, longMap: false });
  });
});

describe('the report', () => {
  test('begins as nothing seen', () => {
    expect(newScanReport()).toEqual({
      code: 'cbor.truncated',
      offset: 0,
      wideInteger: false,
      longMap: false,
    });
  });

  test.each<[string, boolean]>([
    ['00', false],
    ['1bffffffffffffffff', true],
    ['1b0020000000000000', true],
    ['1b001fffffffffffff', false],
    ['1b001fffff00000000', false],
    ['1b00000001ffffffff', false],
    ['3b001fffffffffffff', true],
    ['3b001ffffffffffffe', false],
    ['3b001fffff00000000', false],
    ['3b0000ffffffffffff', false],
    ['3b00000001ffffffff', false],
    ['821b0020000000000000f6', true],
  ])('%s: an integer that a number does not hold: %s', (hex, wideInteger) => {
    const bytes = fromHex(hex);
    const report = { ...newScanReport(), wideInteger: !wideInteger, longMap: true };
    expect(scanWhole(bytes, 0, bytes.length, 100, report)).toBe(true);
    expect([report.wideInteger, report.longMap]).toEqual([wideInteger, false]);
  });

  test('tells why a length is refused, whatever it held, wherever the item starts', () => {
    const bytes = fromHex('000082f4f5');
    const report = { code: 'cbor.tag' as CborFaultCode, offset: 9, wideInteger: false, longMap: false };
    expect(scanWhole(bytes, 2, 5, 3, report)).toBe(true);
    expect(scanWhole(bytes, 2, 5, 2, report)).toBe(false);
    expect([report.code, report.offset]).toEqual(['cbor.too-long', 2]);
    expect(scanWhole(bytes, 0, 5, 5, report)).toBe(false);
    expect([report.code, report.offset]).toEqual(['cbor.trailing', 1]);
  });

  test('an end of 2^31 − 1 is not too far', () => {
    const report = newScanReport();
    expect(scanWhole(fromHex('00'), 0, 2 ** 31 - 1, Number.POSITIVE_INFINITY, report)).toBe(false);
    expect(report).toEqual({ code: 'cbor.trailing', offset: 1, wideInteger: false, longMap: false });
  });
});

describe('cutting one item out of more', () => {
  test('says where it ends and does not look further', () => {
    const bytes = fromHex('ff820102ff');
    expect(itemEnd(bytes, 1)).toBe(4);
    expect(itemEnd(bytes, 1, 3)).toEqual({ code: 'cbor.truncated', offset: 1 });
    expect(itemEnd(bytes, 0)).toEqual({ code: 'cbor.indefinite', offset: 0 });
    expect(itemEnd(bytes, 5)).toEqual({ code: 'cbor.truncated', offset: 5 });
  });

  test('tells an item over the limit from one that is cut off', () => {
    const bytes = fromHex('8344010203044401020304f6');
    expect(itemEnd(bytes, 0)).toBe(12);
    expect(itemEnd(bytes, 0, 12, 11)).toEqual({ code: 'cbor.too-long', offset: 0 });
    expect(itemEnd(bytes, 0, 11, 11)).toEqual({ code: 'cbor.truncated', offset: 11 });
    expect(itemEnd(fromHex('f70000'), 0, 3, 2)).toEqual({ code: 'cbor.simple', offset: 0 });
  });

  test('gives offsets of the whole input', () => {
    expect(scanCbor(fromHex('000082f4f7'), { start: 2 })).toEqual({ code: 'cbor.simple', offset: 4 });
    expect(scanCbor(fromHex('000082f4f5ff'), { start: 2, end: 5 })).toBeNull();
  });
});

describe('properties', () => {
  const encoding = profileValue.map(encodeCbor);

  test('every encoding is accepted, every proper beginning of it is truncated, one byte more is trailing', () => {
    fc.assert(
      fc.property(encoding, fc.nat(), fc.nat(255), (bytes, cut, extra) => {
        expect(scanCbor(bytes)).toBeNull();
        expect(scanCbor(bytes.subarray(0, cut % bytes.length))?.code).toBe('cbor.truncated');
        expect(scanCbor(concatBytes(bytes, Uint8Array.of(extra)))).toEqual({
          code: 'cbor.trailing',
          offset: bytes.length,
        });
        expect(itemEnd(concatBytes(bytes, Uint8Array.of(extra)), 0)).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  test('a fault lies inside the input and does not depend on what surrounds it', () => {
    fc.assert(
      fc.property(mutated(encoding), fc.uint8Array({ maxLength: 5 }), (bytes, before) => {
        const fault = scanCbor(bytes);
        const shifted = scanCbor(concatBytes(before, bytes), { start: before.length });
        if (fault === null) expect(shifted).toBeNull();
        else {
          expect(fault.offset).toBeLessThanOrEqual(bytes.length);
          expect(shifted).toEqual({ code: fault.code, offset: fault.offset + before.length });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('what is accepted has exactly one encoding: its own bytes', () => {
    let tried = 0;
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(mutated(encoding), fc.uint8Array({ maxLength: 12 })), (bytes) => {
        tried++;
        if (scanCbor(bytes) !== null) return;
        accepted++;
        expect(toHex(encodeCbor(decodeCbor(bytes)))).toBe(toHex(bytes));
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(tried / 30);
  });
});
