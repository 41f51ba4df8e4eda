import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exifTimeField, readExif } from '../../src/capture/exif.js';

function photo(path: string): Uint8Array {
  return readFileSync(`fixtures/media/${path}`);
}

const nothing = { time: null, orientation: null, maker: null, model: null };

describe('what real photos claim', () => {
  test.each([
    [
      'exifr/img_1771.jpg',
      {
        time: { tag: 'DateTimeOriginal', raw: '2003:12:14 12:01:44', rawOffset: null, claimed: null },
        orientation: 1,
        maker: 'Canon',
        model: 'Canon PowerShot S40',
      },
    ],
    ['exifr/img_1771_no_exif.jpg', nothing],
    ['exifr/heic-single.heic', nothing],
    [
      'exifr/Irvine_CA.avif',
      {
        time: { tag: 'DateTimeOriginal', raw: '2010:05:11 10:51:45', rawOffset: null, claimed: null },
        orientation: null,
        maker: 'Apple',
        model: 'iPhone 3GS',
      },
    ],
    // Its XMP claims other offsets than one another, +01:00 and +02:00; its EXIF states none.
    [
      'exifr/broken1.jpg',
      {
        time: { tag: 'DateTimeOriginal', raw: '2007:08:15 10:13:13', rawOffset: null, claimed: null },
        orientation: null,
        maker: 'Canon',
        model: 'Canon EOS 30D',
      },
    ],
    [
      'metadata-extractor/Samsung GT-I9000 (Galaxy S).jpg',
      {
        time: { tag: 'DateTimeOriginal', raw: '2011:04:02 18:30:10', rawOffset: null, claimed: null },
        orientation: 6,
        maker: 'SAMSUNG',
        model: 'GT-I9000',
      },
    ],
    // A clock that was never set.
    [
      'metadata-extractor/Nikon E900 (1).jpg',
      {
        time: { tag: 'DateTimeOriginal', raw: '0000:00:00 00:00:00', rawOffset: null, claimed: null },
        orientation: 1,
        maker: 'NIKON',
        model: 'E900',
      },
    ],
    [
      'tampar-derived/142710-1024-exif-kept.jpg',
      {
        time: {
          tag: 'DateTimeOriginal',
          raw: '2023:05:16 14:27:11',
          rawOffset: '+02:00',
          claimed: { utcS: 1_684_240_031, offsetMin: 120 },
        },
        orientation: 1,
        maker: 'samsung',
        model: 'SM-G970F',
      },
    ],
    ['tampar-derived/142710-truncated.jpg', nothing],
    ['tampar-derived/142710-800.webp', nothing],
    ['video-exoplayer/sample.mkv', nothing],
    ['exifr/LICENSE', nothing],
  ])('%s', (path, claim) => {
    expect(readExif(photo(path))).toEqual(claim);
  });
});

/** A big-endian TIFF with the given ASCII tags: what EXIF is made of, whatever file it lies in. */
function tiff(ascii: Readonly<Record<number, string>>): Uint8Array {
  const tags = Object.entries(ascii).map(([tag, text]) => ({ tag: Number(tag), text: `${text}\0` }));
  const ifd = (list: typeof tags, at: number, extra: number[][]): number[] => {
    const entries: number[] = [];
    const data: number[] = [];
    let dataAt = at + 2 + 12 * (list.length + extra.length) + 4;
    for (const { tag, text } of list) {
      const bytes = [...Buffer.from(text, 'latin1')];
      entries.push(...u16(tag), ...u16(2), ...u32(bytes.length));
      if (bytes.length <= 4) entries.push(...bytes, ...Array(4 - bytes.length).fill(0));
      else {
        entries.push(...u32(dataAt));
        data.push(...bytes);
        dataAt += bytes.length;
      }
    }
    return [...u16(list.length + extra.length), ...entries, ...extra.flat(), ...u32(0), ...data];
  };
  const exifAt = 8 + 2 + 12 + 4;
  const pointer = [...u16(0x8769), ...u16(4), ...u32(1), ...u32(exifAt)];
  return Uint8Array.from([0x4d, 0x4d, 0, 42, ...u32(8), ...ifd([], 8, [pointer]), ...ifd(tags, exifAt, [])]);
}
const u16 = (n: number): number[] => [n >> 8, n & 255];
const u32 = (n: number): number[] => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];

describe('the claimed time', () => {
  test.each([
    ['2026:08:28 09:05:00', '+08:00', { utcS: 1_787_879_100, offsetMin: 480 }],
    ['2026:08:28 09:05:00', 'Z', { utcS: 1_787_907_900, offsetMin: 0 }],
    ['2026:08:28 09:05:00', '-03:30', { utcS: 1_787_920_500, offsetMin: -210 }],
    ['2026:08:28 09:05:00', '   :  ', null],
    ['2026:08:28 09:05:00', '+25:00', null],
    ['2026:02:29 09:05:00', '+08:00', null],
    ['2026-08-28 09:05:00', '+08:00', null],
    ['1960:01:01 00:00:00', '+00:00', null],
  ])('%s with %s', (raw, offset, claimed) => {
    const claim = readExif(tiff({ 36867: raw, 36881: offset }));
    expect(claim.time?.raw).toBe(raw);
    expect(claim.time?.claimed).toEqual(claimed);
  });

  test('is not read with the offset of another tag', () => {
    const claim = readExif(tiff({ 36867: '2026:08:28 09:05:00', 36882: '+08:00' }));
    expect(claim.time).toEqual({
      tag: 'DateTimeOriginal',
      raw: '2026:08:28 09:05:00',
      rawOffset: null,
      claimed: null,
    });
    expect(exifTimeField(claim)).toEqual({ raw: '2026:08:28 09:05:00' });
  });

  test('is absent where the tag is blank, and the next tag counts', () => {
    expect(readExif(tiff({ 36867: '    :  :     :  :  ' })).time).toBeNull();
    expect(
      readExif(tiff({ 36867: '    :  :     :  :  ', 36868: '2026:08:28 09:05:00', 36882: '+08:00' })).time,
    ).toEqual({
      tag: 'DateTimeDigitized',
      raw: '2026:08:28 09:05:00',
      rawOffset: '+08:00',
      claimed: { utcS: 1_787_879_100, offsetMin: 480 },
    });
  });

  test('goes into the record with its raw offset, and is cut to what the field holds', () => {
    expect(exifTimeField(readExif(tiff({ 36867: '2026:08:28 09:05:00', 36881: '+08:00' })))).toEqual({
      raw: '2026:08:28 09:05:00 +08:00',
      claimed: { utcS: 1_787_879_100, offsetMin: 480 },
    });
    const long = exifTimeField(readExif(tiff({ 36867: 'ÿ\u0007'.repeat(400), 36881: 'x'.repeat(400) })));
    expect(Buffer.byteLength(long!.raw)).toBeLessThanOrEqual(128);
    expect(long!.raw).not.toContain('\u0007');
    expect(exifTimeField(readExif(new Uint8Array()))).toBeNull();
  });
});

describe('broken photos', () => {
  // Its EXIF stands first in the file and ends at byte 10,840.
  const intact = photo('metadata-extractor/Samsung GT-I9000 (Galaxy S).jpg').subarray(0, 12_288);
  // Where the directories and their texts lie: flips elsewhere change nothing that is read.
  const DIRECTORIES = 1100;

  test('property: bit flips never throw and never claim an instant that the raw text does not say', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(DIRECTORIES * 8 - 1), { minLength: 1, maxLength: 8 }), (bits) => {
        const bytes = Uint8Array.from(intact);
        for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
        const { time } = readExif(bytes);
        if (time?.claimed != null) {
          expect(time.raw).toMatch(/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/);
          expect(time.rawOffset).toMatch(/^([+-]\d\d:\d\d|Z)$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('every cut of the head reads without an error', () => {
    for (let length = 0; length < 12_288; length += 7) readExif(intact.subarray(0, length));
    expect(readExif(intact).model).toBe('GT-I9000');
  });

  test('property: any bytes behind any magic number read without an error', () => {
    const heads = [
      'ffd8ffe100ff457869660000',
      '4d4d002a00000008',
      '0000001866747970 6d696631',
      '89504e470d0a1a0a',
      '52494646100000005745425056503858',
    ].map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex'));
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
        expect(readExif(Buffer.concat([head, rest]))).toHaveProperty('time');
      }),
      { numRuns: 500 },
    );
  });
});
