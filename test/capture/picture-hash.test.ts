import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPicture } from '../../src/capture/node/read-picture.js';
import {
  ALIKE_BITS,
  comparePictures,
  GREY_SIDE,
  hashDistance,
  LIKELY_COPY_BITS,
  PICTURE_HASH_BITS,
  pictureHash,
} from '../../src/capture/picture-hash.js';

const MEDIA = 'fixtures/media/';
const TAMPAR = `${MEDIA}tampar-derived/`;
const ORIGINAL = `${TAMPAR}142710-1024-exif-kept.jpg`;

async function compared(sent: string, original = ORIGINAL) {
  const [one, other] = [await readPicture(sent), await readPicture(original)];
  return { ...comparePictures(one.grey, other.grey), damaged: one.damaged };
}

describe('a picture sent in a dispute against a sealed original', () => {
  test.each([
    ['recompressed and larger', '142710-messenger-1280-q60.jpg', 'likely-copy', 'as-is', false],
    ['turned by a quarter', '142710-rotated90.jpg', 'likely-copy', 'quarter-left', false],
    ['smaller, in another format', '../../demo/photos/unboxing.webp', 'likely-copy', 'as-is', false],
    ['eight per cent cut off', '142710-crop8.jpg', 'alike', 'as-is', false],
    ['the first 60,000 bytes', '142710-truncated.jpg', 'no-sign', null, true],
    ['the same parcel, 29 seconds before', '../../demo/photos/packing.jpg', 'no-sign', null, false],
  ] as const)('%s', async (_, file, hint, turn, damaged) => {
    const { distance, ...found } = await compared(`${TAMPAR}${file}`);
    expect(found).toMatchObject({ hint, damaged, ...(turn === null ? {} : { turn }) });
    if (hint === 'likely-copy') expect(distance).toBeLessThanOrEqual(LIKELY_COPY_BITS / 4);
    if (hint === 'no-sign') expect(distance).toBeGreaterThan(ALIKE_BITS + 40);
  });

  const changes: readonly (readonly [string, (one: Sharp) => Sharp, string, string])[] = [
    ['the worst JPEG', (one) => one.jpeg({ quality: 5 }), 'likely-copy', 'as-is'],
    ['a stamp', (one) => one.resize(96), 'likely-copy', 'as-is'],
    ['brighter', (one) => one.modulate({ brightness: 1.3 }), 'likely-copy', 'as-is'],
    ['without colour', (one) => one.greyscale(), 'likely-copy', 'as-is'],
    ['blurred', (one) => one.blur(4), 'likely-copy', 'as-is'],
    ['mirrored', (one) => one.flop(), 'likely-copy', 'mirrored'],
    ['upside down', (one) => one.rotate(180), 'likely-copy', 'half'],
    ['upside down in a mirror', (one) => one.flip(), 'likely-copy', 'mirrored-half'],
    ['squeezed', (one) => one.resize(600, 600, { fit: 'fill' }), 'likely-copy', 'as-is'],
    [
      'two per cent cut off',
      (one) => one.extract({ left: 10, top: 8, width: 1004, height: 752 }),
      'likely-copy',
      'as-is',
    ],
    [
      'a white label on it',
      (one) =>
        one.composite([
          {
            input: { create: { width: 300, height: 60, channels: 3, background: '#fff' } },
            left: 350,
            top: 600,
          },
        ]),
      'likely-copy',
      'as-is',
    ],
    ['a quarter cut off', (one) => one.extract({ left: 0, top: 0, width: 768, height: 768 }), 'no-sign', ''],
  ];
  test.each(changes)('%s', async (_, change, hint, turn) => {
    const grey = await change(sharp(ORIGINAL).autoOrient())
      .png()
      .toBuffer()
      .then((png: Buffer) =>
        sharp(png).greyscale().resize(GREY_SIDE, GREY_SIDE, { fit: 'fill' }).raw().toBuffer(),
      );
    const found = comparePictures(new Uint8Array(grey), (await readPicture(ORIGINAL)).grey);
    expect(found.hint, String(found.distance)).toBe(hint);
    if (turn !== '') expect(found.turn).toBe(turn);
    if (process.env['MEASURE'] === '1') process.stderr.write(`${_} ${found.distance}\n`);
  });

  test('two different photographs give no sign', async () => {
    const files = readdirSync(MEDIA, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:jpg|avif|webp)$/.test(name) && !/142710|no_exif/.test(name))
      .map((name) => join(MEDIA, name))
      .filter((path) => statSync(path).isFile());
    const pictures = await Promise.all(
      [...files, ORIGINAL, 'fixtures/demo/photos/packing.jpg'].map((path) => readPicture(path)),
    );
    let closest = PICTURE_HASH_BITS;
    for (const [index, one] of pictures.entries()) {
      for (const other of pictures.slice(index + 1)) {
        const { distance, hint } = comparePictures(one.grey, other.grey);
        expect(hint).toBe('no-sign');
        closest = Math.min(closest, distance);
      }
    }
    if (process.env['MEASURE'] === '1') process.stderr.write(`closest of ${pictures.length}: ${closest}\n`);
    expect(closest).toBeGreaterThan(ALIKE_BITS);
  });

  test('what is no picture is refused with a code', async () => {
    for (const file of ['package.json', 'fixtures/media/video-go-mp4/sample_fragmented.mp4']) {
      await expect(readPicture(file)).rejects.toMatchObject({ code: 'media.unreadable', place: { file } });
    }
  });
});

describe('the hash', () => {
  const square = fc
    .uint8Array({ minLength: 64, maxLength: 64 })
    .map((seed) =>
      Uint8Array.from({ length: GREY_SIDE * GREY_SIDE }, (_, i) => seed[((i * 2_654_435_761) >>> 13) % 64]!),
    );

  test('has a distance of nothing to itself, and the same both ways', () => {
    fc.assert(
      fc.property(square, square, (one, other) => {
        const [a, b] = [pictureHash(one), pictureHash(other)];
        expect(hashDistance(a, a)).toBe(0);
        expect(hashDistance(a, b)).toBe(hashDistance(b, a));
        expect(a).toHaveLength(PICTURE_HASH_BITS);
      }),
      { numRuns: 20 },
    );
  });

  test('is of one size of picture only', () => {
    expect(() => pictureHash(new Uint8Array(100))).toThrow(RangeError);
  });
});

test('nothing that decides knows of it: only the bench and the command line do', () => {
  const deciding = [
    'codec',
    'crypto',
    'record',
    'credential',
    'passport',
    'verify',
    'facts',
    'rules',
    'finding',
  ];
  const mentions = deciding.flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /picture-hash|read-picture|pictureHash|comparePictures|'sharp'/.test(
          readFileSync(join('src', folder, name), 'utf8'),
        ),
      )
      .map((name) => `${folder}/${name}`),
  );
  expect(mentions).toEqual([]);
});
