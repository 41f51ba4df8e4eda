import { execFileSync } from 'node:child_process';
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readExif } from '../../src/capture/exif.js';
import { sealMedia } from '../../src/capture/node/seal-media.js';
import { writtenMedia } from '../../src/cli/written-media.js';
import { concatBytes, utf8Bytes } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { CHUNK_BYTES } from '../../src/record/types/media.js';
import { Workplace } from '../cli/workplace.js';
import { instant, Story, T0 } from '../verify/story.js';
import { found, told, verdictOn } from './verdict.js';

const fixture = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../fixtures/${name}`, import.meta.url)).then((bytes) => new Uint8Array(bytes));

const unreadable = expect.objectContaining({ code: 'media.unreadable' });

/** A media record's payload about these files. */
function mediaFields(
  files: readonly Uint8Array[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    from: instant(T0),
    to: instant(T0 + 90),
    purpose: 'packing',
    files: files.map((bytes) => ({
      sha256: [-16, sha256(bytes)],
      bytes: bytes.length,
      mediaType: 'image/jpeg',
      chunkBytes: CHUNK_BYTES,
      chunkRoot: merkleRoot([bytes]),
      ...more,
    })),
    device: { model: 'bench camera' },
    continuity: 'one-shot',
    coverage: ['front'],
    identified: [],
  };
}

/** A workplace with a passport whose packing photos are these, and the trust file that believes its signer. */
async function packed(...photos: readonly Uint8Array[]): Promise<Workplace> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  await story.sign(seller, 'media', mediaFields(photos));
  const place = await Workplace.make();
  await place.write('set.passport', story.file());
  await place.write('trust.json', story.trustText());
  await mkdir(place.path('photos'), { recursive: true });
  return place;
}

const verify = ['verify', 'set.passport', '--trust', 'trust.json', '--media', 'photos'];

describe('media-swapped-after-hash', () => {
  const photo = utf8Bytes('what the camera saw '.repeat(400_000));

  test('media-swapped-after-hash: a file that changes while it is hashed is not sealed', async () => {
    const place = await Workplace.make();
    const changes: readonly ((path: string) => void)[] = [
      (path) => appendFileSync(path, 'more'),
      (path) => writeFileSync(path, 'less'),
      // The same length and the same bytes, in another file.
      (path) => {
        writeFileSync(`${path}.other`, photo);
        renameSync(`${path}.other`, path);
      },
      (path) => rmSync(path),
    ];
    for (const [index, change] of changes.entries()) {
      const path = place.path(await place.write(`${index}.jpg`, photo));
      let changed = false;
      const onProgress = (): void => {
        if (!changed) change(path);
        changed = true;
      };
      await expect(sealMedia(path, { onProgress })).rejects.toThrow(unreadable);
    }
  });

  test('media-swapped-after-hash: another photo in the file’s place lends it no time', async () => {
    const place = await Workplace.make();
    const withTime = await fixture('media/exifr/img_1771.jpg');
    const withoutTime = await fixture('media/exifr/img_1771_no_exif.jpg');
    expect(readExif(withTime).time).not.toBeNull();
    expect(readExif(withoutTime).time).toBeNull();
    const path = place.path(await place.write('photo.jpg', withoutTime));
    const sealed = await sealMedia(path);
    expect(await writtenMedia(sealed, path)).toMatchObject({ sha256: `sha256:${sha256Hex(withoutTime)}` });
    await writeFile(path, withTime);
    await expect(writtenMedia(sealed, path)).rejects.toThrow(unreadable);
    // The same with a pipe in its place, which would keep a reader waiting for ever.
    await rm(path);
    execFileSync('mkfifo', [path]);
    await expect(writtenMedia(sealed, path)).rejects.toThrow(unreadable);
    await rm(path);
    await expect(writtenMedia(sealed, path)).rejects.toThrow(unreadable);
  });
});

/** A JPEG without the segments in which cameras, messengers and C2PA keep what they say. */
function stripped(jpeg: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const end = at + 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!);
    if (jpeg[at + 1]! < 0xe1 || jpeg[at + 1]! > 0xef) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return concatBytes(...kept, jpeg.subarray(at));
}

describe('media-manifest-stripped', () => {
  test('media-manifest-stripped: a photo that a messenger has been at is not the signed one, however much it looks so', async () => {
    const original = await fixture('media/exifr/img_1771.jpg');
    const forwarded = stripped(original);
    expect(readExif(original).time).not.toBeNull();
    expect(readExif(forwarded).time).toBeNull();
    const place = await packed(original);
    await place.write('photos/forwarded.jpg', forwarded);
    const { media, verdict } = await place.must(verify);
    // Nobody signed it; nobody is said to have forged it either.
    expect(media).toEqual({
      matched: 0,
      total: 1,
      absent: [sha256Hex(original)],
      mismatched: [],
      unsigned: ['photos/forwarded.jpg'],
      skipped: [],
    });
    expect(verdict).toBe('TOTAL-PASSED');
    expect((await place.run(['media', 'check', 'set.passport', 'photos'])).exit).toBe(11);
    await place.write('photos/original.jpg', original);
    expect((await place.run(['media', 'check', 'set.passport', 'photos'])).exit).toBe(0);
  });

  test('media-manifest-stripped: one bit, and the file is another; the exit code says so', async () => {
    const original = await fixture('media/exifr/img_1771.jpg');
    const altered = original.slice();
    altered[altered.length - 100]! ^= 1;
    const place = await packed(original);
    await place.write('photos/photo.jpg', altered);
    for (const argv of [verify, ['media', 'check', 'set.passport', 'photos', '--trust', 'trust.json']]) {
      const { exit, out } = await place.run(argv);
      expect(exit).toBe(10);
      expect(out).toContain('media.mismatch');
    }
    const { media } = (await place.run([...verify, '--format', 'json'])).json();
    expect([media.mismatched, media.matched]).toEqual([['photos/photo.jpg'], 0]);
  });

  test('media-manifest-stripped: no claim of C2PA is no finding, and verification reads no media', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.sign(seller, 'media', mediaFields([utf8Bytes('no photo at all')]));
    expect(told(await verdictOn(story))).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
  });
});

/** A TIFF, big-endian, whose only list of tags holds these: tag, type, count, value or place. */
function tiff(tags: readonly (readonly [number, number, number, number])[], next = 0, rest = 0): Uint8Array {
  const bytes = new Uint8Array(8 + 2 + tags.length * 12 + 4 + rest).fill(0x41);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x4d4d_002a);
  view.setUint32(4, 8);
  view.setUint16(8, tags.length);
  for (const [index, [tag, type, count, value]] of tags.entries()) {
    view.setUint16(10 + index * 12, tag);
    view.setUint16(12 + index * 12, type);
    view.setUint32(14 + index * 12, count);
    view.setUint32(18 + index * 12, value);
  }
  view.setUint32(10 + tags.length * 12, next);
  return bytes;
}

function jpegWith(segment: Uint8Array): Uint8Array {
  const length = segment.length + 8;
  const head = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255);
  return concatBytes(head, utf8Bytes('Exif\0\0'), segment, Uint8Array.of(0xff, 0xd9));
}

const be32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
const box = (size: number, type: string, ...rest: Uint8Array[]): Uint8Array =>
  concatBytes(be32(size), utf8Bytes(type), ...rest);
const repeated = (part: Uint8Array, times: number): Uint8Array => {
  const bytes = new Uint8Array(part.length * times);
  for (let index = 0; index < times; index += 1) bytes.set(part, index * part.length);
  return bytes;
};

const HEIC = box(24, 'ftyp', utf8Bytes('heic'), be32(0), utf8Bytes('mif1heic'));
const PNG = concatBytes(
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  box(13, 'IHDR', new Uint8Array(17)),
);
const JXL = concatBytes(be32(12), utf8Bytes('JXL '), Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a));
const RIFF = concatBytes(utf8Bytes('RIFF'), Uint8Array.of(255, 255, 255, 0), utf8Bytes('WEBP'));

const MAKE = 0x010f;
const EXIF_LIST = 0x8769;
const ASCII = 2;
const LONG = 4;

const TRAPS: readonly (readonly [string, () => Uint8Array])[] = [
  ['a list that points at itself', () => jpegWith(tiff([[EXIF_LIST, LONG, 1, 8]]))],
  ['a list that follows itself', () => jpegWith(tiff([[0x0112, 3, 1, 1]], 8))],
  [
    '65,535 pointers at one list',
    () => tiff(Array.from({ length: 65_535 }, () => [EXIF_LIST, LONG, 1, 8] as const)),
  ],
  ['a tag of 4 GiB', () => jpegWith(tiff([[MAKE, ASCII, 0xffff_ffff, 8]]))],
  [
    'a thousand tags of 12 MB each in one file of 12 MB',
    () =>
      tiff(
        Array.from({ length: 1_000 }, () => [MAKE, ASCII, 12_000_000, 16_000] as const),
        0,
        12_100_000,
      ),
  ],
  [
    'a million empty segments',
    () => concatBytes(Uint8Array.of(0xff, 0xd8), repeated(Uint8Array.of(0xff, 0xe0, 0, 2), 1_000_000)),
  ],
  [
    'segments of length zero',
    () => concatBytes(Uint8Array.of(0xff, 0xd8), repeated(Uint8Array.of(0xff, 0xe1, 0, 0), 1_000)),
  ],
  ['a box of size zero', () => concatBytes(HEIC, box(0, 'meta', new Uint8Array(1_000)))],
  ['a box of size one that means zero', () => concatBytes(HEIC, box(1, 'meta', new Uint8Array(1_000)))],
  [
    'boxes smaller than themselves',
    () => concatBytes(HEIC, ...[2, 3, 4, 5, 6, 7].map((size) => box(size, 'free'))),
  ],
  [
    'an item list of 4 GiB',
    () =>
      concatBytes(
        HEIC,
        box(
          2_000_000,
          'meta',
          be32(0),
          box(
            1_999_988,
            'iloc',
            Uint8Array.of(2, 0, 0, 0, 0, 0),
            be32(0xffff_ffff),
            new Uint8Array(2_000_000),
          ),
        ),
      ),
  ],
  ['a million empty chunks', () => concatBytes(PNG, repeated(box(0, 'tEXt', new Uint8Array(4)), 1_000_000))],
  ['a chunk of negative length', () => concatBytes(PNG, box(0xffff_fff4, 'eXIf', new Uint8Array(100)))],
  ['RIFF chunks of length zero', () => concatBytes(RIFF, repeated(utf8Bytes('VP8 \0\0\0\0'), 500_000))],
  [
    'a RIFF chunk that ends before it begins',
    () => concatBytes(RIFF, utf8Bytes('EXIF'), Uint8Array.of(0xf8, 255, 255, 255), new Uint8Array(100)),
  ],
  [
    'JPEG XL boxes of no size',
    () => concatBytes(JXL, box(0, 'Exif', new Uint8Array(1_000)), box(1, 'Exif', new Uint8Array(1_000))),
  ],
];

describe('media-parser-loop', () => {
  // No worker with limits, as the attack expects: what the parser may read is counted, which bounds its time and memory
  // alike on every machine (65 MB of such TIFF took it minutes and 2.7 GB before).
  test.each(TRAPS)(
    'media-parser-loop: %s makes no claim, and the hash is sealed all the same',
    async (_, make) => {
      const bytes = make();
      const claim = readExif(bytes);
      expect([claim.time, claim.maker, claim.model]).toEqual([null, null, null]);
      const place = await Workplace.make();
      await place.write('trap.jpg', bytes);
      const { files } = await place.must(['media', 'seal', 'trap.jpg']);
      expect(files).toMatchObject([{ sha256: `sha256:${sha256Hex(bytes)}`, bytes: bytes.length }]);
      expect(files[0]).not.toHaveProperty('exifTime');
    },
  );

  test('media-parser-loop: the reader’s own word for a broken tag is not signed as the camera’s', () => {
    const broken = tiff([
      [0x9003, ASCII, 20, 0x00ff_ffff],
      [0x0132, ASCII, 20, 0x00ff_ffff],
      [MAKE, ASCII, 20, 0x00ff_ffff],
    ]);
    expect(readExif(jpegWith(broken))).toEqual({ time: null, orientation: null, maker: null, model: null });
  });

  test('media-parser-loop: an honest photo in the middle of a larger buffer is read as ever', async () => {
    const photo = await fixture('media/exifr/img_1771.jpg');
    const buffer = concatBytes(new Uint8Array(77), photo, new Uint8Array(33));
    expect(readExif(buffer.subarray(77, 77 + photo.length))).toEqual(readExif(photo));
    expect(readExif(photo).time).not.toBeNull();
  });
});

describe('media-fifo-device-symlink', () => {
  test('media-fifo-device-symlink: a folder full of traps is compared all the same, and the traps are named', async () => {
    const photo = utf8Bytes('a photo');
    const place = await packed(photo);
    const folder = place.path('photos');
    await place.write('photos/good.jpg', photo);
    execFileSync('mkfifo', [`${folder}/fifo.jpg`]);
    await symlink('/dev/zero', `${folder}/endless.jpg`);
    await symlink('loop.jpg', `${folder}/loop.jpg`);
    await symlink('nowhere', `${folder}/dangling.jpg`);
    await symlink('..', `${folder}/up`);
    await symlink('../trust.json', `${folder}/outside.jpg`);
    await mkdir(`${folder}/sub.jpg`);
    const skipped = [
      'dangling.jpg',
      'endless.jpg',
      'fifo.jpg',
      'loop.jpg',
      'outside.jpg',
      'sub.jpg',
      'up',
    ].map((name) => `photos/${name}`);
    const { media, verdict } = await place.must(verify);
    expect(verdict).toBe('TOTAL-PASSED');
    expect(media).toEqual({ matched: 1, total: 1, absent: [], mismatched: [], unsigned: [], skipped });
    const check = await place.run(['media', 'check', 'set.passport', 'photos']);
    expect(check.exit).toBe(0);
    for (const name of skipped) expect(check.out).toContain(name);
  });

  test('media-fifo-device-symlink: none of them is sealed', async () => {
    const place = await Workplace.make();
    execFileSync('mkfifo', [place.path('fifo.jpg')]);
    await symlink('/dev/zero', place.path('endless.jpg'));
    await symlink('loop.jpg', place.path('loop.jpg'));
    for (const name of ['fifo.jpg', 'endless.jpg', 'loop.jpg', '/dev/zero', '.']) {
      const { exit, err, out } = await place.run(['media', 'seal', name]);
      expect([name, exit, out]).toEqual([name, 3, '']);
      expect(err).toContain('media.unreadable');
    }
  });

  test('media-fifo-device-symlink: a file that grows for ever ends', async () => {
    const place = await Workplace.make();
    const path = place.path(await place.write('grows.jpg', new Uint8Array(CHUNK_BYTES)));
    const more = new Uint8Array(2 * CHUNK_BYTES);
    let rounds = 0;
    await expect(
      sealMedia(path, {
        onProgress: () => {
          rounds += 1;
          if (rounds < 50) appendFileSync(path, more);
        },
      }),
    ).rejects.toThrow(unreadable);
    expect(rounds).toBeLessThan(10);
  });
});

describe('media-name-is-path', () => {
  const NAMES = [
    '../../.ssh/authorized_keys',
    'C:\\x',
    'a/b',
    '',
    '.',
    'x'.repeat(300),
    'CON',
    'x.jpg:stream',
    'x.jpg.',
    'x.jpg ',
    'photo.jpg',
  ];

  test.each(NAMES)('media-name-is-path: no record carries a name of a file, neither `%s`', async (name) => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    const photo = utf8Bytes('a photo');
    await expect(story.sign(seller, 'media', mediaFields([photo], { name }))).rejects.toThrow(
      expect.objectContaining({ code: 'signer.refused' }),
    );
    await story.signRaw(seller, { type: 'media', fields: mediaFields([photo], { name }) as never });
    const passport = await verdictOn(story);
    expect(passport.verdict).toBe('TOTAL-FAILED');
    // An empty text is refused by the path of the file it stands in as well.
    expect(found(passport, 'schema.unknown-key').map(({ path }) => path)).toEqual(['files[0].name']);
  });

  test('media-name-is-path: files are known by their hash, whatever they are called', async () => {
    const photo = utf8Bytes('a photo');
    const place = await packed(photo);
    await place.write('photos/CON.jpg:stream. ', photo);
    const { media } = await place.must(verify);
    expect([media.matched, media.total]).toEqual([1, 1]);
  });
});
