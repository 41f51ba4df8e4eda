import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MEDIA_TYPE_BYTES, mediaTypeOf } from '../../src/capture/media-type.js';

function ofFile(path: string): string {
  return mediaTypeOf(readFileSync(`fixtures/media/${path}`).subarray(0, MEDIA_TYPE_BYTES));
}

function ofHex(hex: string): string {
  return mediaTypeOf(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

describe('media type of real files', () => {
  test.each([
    ['exifr/img_1771.jpg', 'image/jpeg'],
    ['exifr/heic-single.heic', 'image/heic'],
    ['exifr/Irvine_CA.avif', 'image/avif'],
    ['tampar-derived/142710-800.webp', 'image/webp'],
    ['tampar-derived/142710-truncated.jpg', 'image/jpeg'],
    ['video-exoplayer/sample.mkv', 'video/matroska'],
    ['video-exoplayer/bear-vp9.webm', 'video/webm'],
    ['video-go-mp4/sample_fragmented.mp4', 'video/mp4'],
    ['exifr/LICENSE', 'application/octet-stream'],
  ])('%s is %s', (path, type) => {
    expect(ofFile(path)).toBe(type);
  });
});

describe('media type of first bytes', () => {
  test.each([
    // The heads of a phone's .mov and a camera's .mp4 (drewnoakes/metadata-extractor-images).
    ['0000001466747970 71742020 00000000 71742020 00000008 77696465', 'video/quicktime'],
    ['0000001c66747970 6d703432 00000001 69736f6d 6d703431', 'video/mp4'],
    ['000001206d6f6f76', 'video/quicktime'],
    ['0000001866747970 6d696631 00000000 6d696631 6d696166', 'image/heif'],
    ['0000001466747970 33677035 00000000', 'video/3gpp'],
    ['89504e470d0a1a0a 0000000d', 'image/png'],
    ['474946383961', 'image/gif'],
    ['49492a0008000000', 'image/tiff'],
    ['255044462d312e37', 'application/pdf'],
    ['52494646 10000000 57415645', 'audio/wav'],
    ['52494646 10000000 41564920', 'video/x-msvideo'],
    ['504b0304', 'application/zip'],
    ['1a45dfa3', 'application/octet-stream'],
    ['1a45dfa3 428288', 'application/octet-stream'],
    ['00000014 66747970', 'video/mp4'],
    ['', 'application/octet-stream'],
    ['ff', 'application/octet-stream'],
  ])('%s', (hex, type) => {
    expect(ofHex(hex)).toBe(type);
  });
});
