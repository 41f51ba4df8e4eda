import { describe, expect, test } from 'vitest';
import { slabBytes, slabCopy } from '../../src/codec/slab.js';

const SLAB = 65_536;
const LONGEST = 8_192;

describe('arrays cut from a shared buffer', () => {
  test('are zeroed, of the length asked for, and no byte belongs to two of them', () => {
    const arrays = Array.from({ length: 200 }, (_, index) => slabBytes((index * 37) % 1_500));
    for (const [index, array] of arrays.entries()) {
      expect(array.length).toBe((index * 37) % 1_500);
      expect(array.every((byte) => byte === 0)).toBe(true);
      array.fill(index + 1);
    }
    for (const [index, array] of arrays.entries())
      expect(array.every((byte) => byte === index + 1)).toBe(true);
  });

  test('follow one another in one buffer until it is full, to the last byte', () => {
    // Of this length none is left over before the first that is cut here.
    let at = -1;
    for (let tries = 0; tries < 16 && at !== SLAB - LONGEST; tries += 1) at = slabBytes(LONGEST).byteOffset;
    expect(at).toBe(SLAB - LONGEST);
    const eight = Array.from({ length: 8 }, () => slabBytes(LONGEST));
    expect(eight.map(({ byteOffset }) => byteOffset)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((at) => at * LONGEST),
    );
    expect(new Set(eight.map(({ buffer }) => buffer)).size).toBe(1);
    const [first] = eight;
    expect(first?.buffer.byteLength).toBe(SLAB);
    expect([slabBytes(0).byteOffset, slabBytes(0).buffer]).toEqual([SLAB, first?.buffer]);
    const next = slabBytes(1);
    expect([next.byteOffset, next.buffer === first?.buffer]).toEqual([0, false]);
  });

  test('longer than an eighth of it have a buffer of their own', () => {
    const long = slabBytes(LONGEST + 1);
    expect([long.length, long.byteOffset, long.buffer.byteLength]).toEqual([LONGEST + 1, 0, LONGEST + 1]);
    expect(slabBytes(LONGEST).buffer.byteLength).toBe(SLAB);
  });
});

test('a copy holds the bytes and shares none of them', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const copy = slabCopy(bytes);
  bytes.fill(9);
  expect(copy).toEqual(Uint8Array.of(1, 2, 3));
  expect(slabCopy(new Uint8Array(10_000).fill(5))).toEqual(new Uint8Array(10_000).fill(5));
});
