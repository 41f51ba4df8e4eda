import { expect, test } from 'vitest';
import { checkMedia, type GivenMedia, type SignedMedia } from '../../src/capture/check-media.js';
import { diagnostic } from '../../src/diagnostic.js';

const signed = (name: string, bytes: number, index = 0): SignedMedia => ({
  record: 'aa'.repeat(32),
  index,
  sha256: `hash of ${name}`,
  bytes,
  chunkRoot: `root of ${name}`,
});
const given = (name: string, bytes: number, of = name): GivenMedia => ({
  name: `${name}.jpg`,
  sha256: `hash of ${of}`,
  bytes,
  chunkRoot: `root of ${of}`,
});
const place = (index: number) => ({ record: 'aa'.repeat(32), path: `files[${index}]` });

test('files match by their hash, whatever their name', () => {
  expect(checkMedia([signed('a', 5)], [given('renamed', 5, 'a')])).toEqual({
    diagnostics: [],
    matched: [{ signed: signed('a', 5), name: 'renamed.jpg' }],
    altered: [],
    unsigned: [],
  });
});

test('what is not there is absent, what nobody signed is told', () => {
  expect(checkMedia([signed('a', 5), signed('b', 6, 1)], [given('c', 7), given('b', 6)])).toEqual({
    diagnostics: [diagnostic('media.absent', place(0), { sha256: 'hash of a' })],
    matched: [{ signed: signed('b', 6, 1), name: 'b.jpg' }],
    altered: [],
    unsigned: ['c.jpg'],
  });
});

test('a stranger of exactly the length is an altered copy', () => {
  expect(checkMedia([signed('a', 5)], [given('changed', 5)])).toEqual({
    diagnostics: [diagnostic('media.mismatch', place(0), { file: 'changed.jpg', sha256: 'hash of a' })],
    matched: [],
    altered: ['changed.jpg'],
    unsigned: [],
  });
});

test('of several strangers of that length each may be the copy; the first is named', () => {
  expect(checkMedia([signed('a', 5)], [given('x', 5), given('y', 5), given('z', 6)])).toEqual({
    diagnostics: [diagnostic('media.mismatch', place(0), { file: 'x.jpg', sha256: 'hash of a' })],
    matched: [],
    altered: ['x.jpg', 'y.jpg'],
    unsigned: ['z.jpg'],
  });
});

test('two signed files of one length do not turn one of them into a copy of the other', () => {
  expect(checkMedia([signed('a', 5), signed('b', 5, 1)], [given('b', 5)])).toEqual({
    diagnostics: [diagnostic('media.absent', place(0), { sha256: 'hash of a' })],
    matched: [{ signed: signed('b', 5, 1), name: 'b.jpg' }],
    altered: [],
    unsigned: [],
  });
});

test('a signed chunk root of other bytes is a mismatch', () => {
  const wrong = { ...signed('a', 5), chunkRoot: 'root of b' };
  expect(checkMedia([wrong], [given('a', 5)]).diagnostics).toEqual([
    diagnostic('media.mismatch', place(0), { file: 'a.jpg', part: 'chunkRoot' }),
  ]);
  const { chunkRoot: _, ...unhashed } = given('a', 5);
  expect(checkMedia([wrong], [unhashed]).diagnostics).toEqual([]);
});

test('nothing against nothing', () => {
  expect(checkMedia([], [])).toEqual({ diagnostics: [], matched: [], altered: [], unsigned: [] });
});
