import { describe, expect, test } from 'vitest';
import { hexOfRange, plainHexOfRange } from '../../src/codec/hex.js';

describe('hex of a range of a large array', () => {
  test('counts from the view and not from what lies under it', () => {
    const whole = Uint8Array.from({ length: 40_000 }, (_, index) => (index * 7) >> 3);
    for (const [offset, length] of [
      [0, 40_000],
      [1, 39_999],
      [33_000, 64],
    ] as const) {
      const view = whole.subarray(offset, offset + length);
      for (const start of [0, 1, 31, length - 32]) {
        const text = hexOfRange(view, start, start + 32);
        expect(text).toBe(plainHexOfRange(view, start, start + 32));
        expect(text).toHaveLength(64);
      }
    }
  });

  test('and sees what the bytes are now', () => {
    const bytes = new Uint8Array(20_000);
    expect(hexOfRange(bytes, 19_998, 20_000)).toBe('0000');
    bytes[19_999] = 0xab;
    expect(hexOfRange(bytes, 19_998, 20_000)).toBe('00ab');
  });

  test('also where they have become more, or fewer', () => {
    // A buffer that can grow: newer than the language level of the project's types.
    const Growing = ArrayBuffer as unknown as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer & { resize(length: number): void };
    const buffer = new Growing(20_000, { maxByteLength: 60_000 });
    expect(hexOfRange(new Uint8Array(buffer), 0, 2)).toBe('0000');
    buffer.resize(50_000);
    new Uint8Array(buffer).fill(0xcd);
    expect(hexOfRange(new Uint8Array(buffer), 49_998, 50_000)).toBe('cdcd');
    buffer.resize(17_000);
    expect(hexOfRange(new Uint8Array(buffer), 16_998, 17_000)).toBe('cdcd');
  });
});
