import { describe, expect, test } from 'vitest';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { internAscii, internHex } from '../../src/codec/interned.js';

const ascii = (text: string): string | null => {
  const bytes = utf8Bytes(text);
  return internAscii(bytes, 0, bytes.length);
};

describe('a text of printable ASCII', () => {
  test('is what the bytes say, from the first to the last character that may stand in it', () => {
    const all = Uint8Array.from({ length: 0x5f }, (_, index) => 0x20 + index);
    expect(internAscii(all, 0, all.length)).toBe(String.fromCharCode(...all));
    expect(ascii('')).toBe('');
  });

  test('with any other byte, at any place, is none, and not kept', () => {
    for (const byte of [0x00, 0x09, 0x1f, 0x7f, 0x80, 0xff]) {
      for (let at = 0; at < 12; at += 1) {
        const bytes = new Uint8Array(12).fill(0x61);
        bytes[at] = byte;
        expect([internAscii(bytes, 0, 12), internAscii(bytes, 0, 12)]).toEqual([null, null]);
      }
    }
  });

  test('of 512 bytes is one, and of 513 none', () => {
    const longest = 'a'.repeat(512);
    expect([ascii(longest), ascii(`${longest}a`)]).toEqual([longest, null]);
  });

  test('is read from the range alone', () => {
    const bytes = fromHex('ff616263ff');
    expect(internAscii(bytes, 1, 4)).toBe('abc');
    expect(internAscii(bytes, 2, 3)).toBe('b');
    expect(internAscii(bytes, 1, 5)).toBeNull();
    expect(internAscii(bytes, 0, 4)).toBeNull();
  });

  test('may stand far behind in the bytes', () => {
    const bytes = new Uint8Array(2_000).fill(0x61);
    expect(internAscii(bytes, 1_400, 1_405)).toBe('aaaaa');
  });

  test('does not change with the bytes it was read from, where the slot stays the same', () => {
    const bytes = utf8Bytes('a same end');
    expect(internAscii(bytes, 0, 10)).toBe('a same end');
    bytes[0] = 0x62;
    expect(internAscii(bytes, 0, 10)).toBe('b same end');
  });

  test('does not change with the bytes it was read from', () => {
    const bytes = utf8Bytes('before');
    expect(internAscii(bytes, 0, 6)).toBe('before');
    bytes.set(utf8Bytes('beyond'));
    expect([internAscii(bytes, 0, 6), ascii('before')]).toEqual(['beyond', 'before']);
  });
});

describe('hex', () => {
  test('is that of the range, of every byte and length', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(internHex(all, 0, 256)).toBe(toHex(all));
    for (let length = 0; length <= 40; length += 1)
      expect(internHex(all, 100, 100 + length)).toBe(toHex(all.subarray(100, 100 + length)));
  });

  test('does not change with the bytes it was read from', () => {
    const bytes = fromHex('00112233');
    expect(internHex(bytes, 1, 3)).toBe('1122');
    bytes.fill(0xee);
    expect([internHex(bytes, 1, 3), internHex(fromHex('1122'), 0, 2)]).toEqual(['eeee', '1122']);
  });
});

describe('texts that share their last eight bytes and their length, and so their slot', () => {
  const other = [0, 1, 2, 3].map((first) => concatBytes(Uint8Array.of(0x61 + first), utf8Bytes('same end')));

  test('each are their own, in any order', () => {
    for (const bytes of [...other, ...other, ...other.toReversed()]) {
      expect(internAscii(bytes, 0, 9)).toBe(`${String.fromCharCode(bytes[0] as number)}same end`);
      expect(internHex(bytes, 0, 9)).toBe(toHex(bytes));
    }
  });
});

test('more texts than there is room for are all right, twice over', () => {
  for (const round of [0, 1]) {
    for (let serial = 0; serial < 3_000; serial += 1) {
      const text = `urn:epc:id:sgtin:0614141.${serial}`;
      const bytes = utf8Bytes(text);
      expect([round, internAscii(bytes, 0, bytes.length)]).toEqual([round, text]);
      expect(internHex(bytes, 0, bytes.length)).toBe(toHex(bytes));
    }
  }
});
