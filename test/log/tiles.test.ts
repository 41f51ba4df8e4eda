import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../src/codec/base64url.js';
import { concatBytes, equalBytes, toHex } from '../../src/codec/hex.js';
import { type Checkpoint, isTextFault, parseCheckpoint } from '../../src/log/checkpoint.js';
import { isNoteFault, parseNote } from '../../src/log/signed-note.js';
import {
  formatEntriesPath,
  formatTilePath,
  parseTilePath,
  readEntries,
  TILE_WIDTH,
  type TileLookup,
  tileFor,
  VerifiedTiles,
} from '../../src/log/tiles.js';
import { parseVerifierKey } from '../../src/log/verifier-key.js';
import { verifyNoteLines } from '../../src/log/verify-note.js';
import { verifyInclusion } from '../../src/merkle/inclusion.js';
import { MerkleTree } from '../../src/merkle/merkle-tree.js';
import { emptyRoot, leafHash } from '../../src/merkle/tree.js';

const DIR = 'fixtures/vectors/tessera-log/log';
const VKEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
const goPaths = JSON.parse(readFileSync('fixtures/vectors/golang-sumdb/tile-paths.json', 'utf8')) as {
  path: string;
  bad?: boolean;
  n?: number;
}[];

const fromDisk: TileLookup = (path) =>
  existsSync(`${DIR}/${path}`) ? new Uint8Array(readFileSync(`${DIR}/${path}`)) : null;

function open(size: number, root: Uint8Array, lookup: TileLookup): VerifiedTiles {
  const tiles = VerifiedTiles.open(size, root, lookup);
  if ('reason' in tiles) throw new Error(`${tiles.path}: ${tiles.reason}`);
  return tiles;
}

describe('Tessera, sizes 0 to 7', () => {
  const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('size %i', (size) => {
    const note = parseNote(new Uint8Array(readFileSync(`${DIR}/checkpoint.${size}`)));
    const key = parseVerifierKey(VKEY);
    if (isNoteFault(note) || 'reason' in key) throw new Error('unreadable vector');
    expect(verifyNoteLines(note, [key]).map(({ status }) => status)).toEqual(['verified']);
    const read = parseCheckpoint(note.text);
    expect(isTextFault(read)).toBe(false);
    const checkpoint = read as Checkpoint;
    expect(checkpoint).toMatchObject({ origin: 'example.com/log/testdata', size });
    const root = Uint8Array.from(Buffer.from(checkpoint.root, 'hex'));
    const tiles = open(size, root, fromDisk);
    for (let index = 0; index < size; index += 1) {
      const proven = tiles.inclusion(index);
      if ('reason' in proven) throw new Error(proven.reason);
      expect(equalBytes(proven.leafHash, leafHash(new TextEncoder().encode(WORDS[index])))).toBe(true);
      expect(verifyInclusion({ index, size, root, ...proven })).toBe(true);
    }
    if (size > 0) {
      const bundle = fromDisk(formatEntriesPath(0, size)) as Uint8Array;
      const entries = readEntries(tiles, size, 0, bundle) as Uint8Array[];
      expect(entries.map((entry) => new TextDecoder().decode(entry))).toEqual(WORDS.slice(0, size));
    }
  });
});

describe('paths', () => {
  test.each<[string, number, number, number]>([
    ['tile/0/000', 0, 0, 256],
    ['tile/0/x001/x234/067', 0, 1_234_067, 256],
    ['tile/63/000.p/1', 63, 0, 1],
    ['tile/5/x123/x456/078.p/2', 5, 123_456_078, 2],
    ['tile/1/255.p/255', 1, 255, 255],
  ])('%s', (path, level, index, width) => {
    expect(parseTilePath(path)).toEqual({ level, index, width });
    expect(formatTilePath({ level, index, width })).toBe(path);
  });

  test.each([
    'tile/64/000',
    'tile/00/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/234/067',
    'tile/0/x001/x234',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/999',
    'xtile/0/000',
    'tile/0/000.p/1x',
    'tile/0/000.p/01',
    'tile/-1/000',
    'tile/0/000/',
    '/tile/0/000',
    'tile/entries/000',
    'tile/0/../000',
    `tile/0/${'x999/'.repeat(6)}999`,
  ])('%s is none', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });

  test("indexes are written as Go's, whose paths begin with the tile's height", () => {
    for (const { path, bad, n } of goPaths) {
      const own = parseTilePath(path.replace(/^tile\/[0-9]+\//, 'tile/'));
      if (bad === true) expect(own).toBeNull();
      else expect(own?.index).toBe(n);
    }
  });

  test('the widths of tlog-tiles: 70,000 leaves, and 256', () => {
    expect(tileFor(0, 69_999, 70_000)).toEqual({ level: 0, index: 273, width: 112 });
    expect(tileFor(0, 0, 70_000)).toEqual({ level: 0, index: 0, width: 256 });
    expect(tileFor(1, 272, 70_000)).toEqual({ level: 1, index: 1, width: 17 });
    expect(tileFor(2, 0, 70_000)).toEqual({ level: 2, index: 0, width: 1 });
    expect(tileFor(1, 0, 256)).toEqual({ level: 1, index: 0, width: 1 });
    expect(formatEntriesPath(1_234_067, 256)).toBe('tile/entries/x001/x234/067');
  });
});

const LARGE = 66_000;
const tree = new MerkleTree();
for (let index = 0; index < LARGE; index += 1) {
  tree.append(leafHash(Uint8Array.of(index >> 16, index >> 8, index)));
}

/** A static host's files for a tree of `size`, made from the tree itself. */
function host(size: number): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    for (let first = 0; first < hashes; first += TILE_WIDTH) {
      const tile = tileFor(level, first, size);
      const list = Array.from({ length: tile.width }, (_, offset) => tree.hashAt(level * 8, first + offset));
      files.set(formatTilePath(tile), concatBytes(...list));
    }
  }
  return files;
}

function lookupIn(files: ReadonlyMap<string, Uint8Array>): TileLookup {
  return (path) => files.get(path) ?? null;
}

describe('larger trees', () => {
  test.each([1, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, LARGE])('%i leaves', (size) => {
    const tiles = open(size, tree.root(size), lookupIn(host(size)));
    for (const index of new Set([0, 1, 255, 256, 257, 511, Math.floor(size / 2), size - 2, size - 1])) {
      if (index < 0 || index >= size) continue;
      const proven = tiles.inclusion(index);
      if ('reason' in proven) throw new Error(`${proven.path} ${proven.reason}`);
      expect(toHex(proven.leafHash)).toBe(toHex(tree.hashAt(0, index)));
      expect(verifyInclusion({ index, size, root: tree.root(size), ...proven })).toBe(true);
    }
  });

  test('an empty tree has an empty root and no tiles', () => {
    expect(VerifiedTiles.open(0, emptyRoot(), () => null)).toBeInstanceOf(VerifiedTiles);
    expect(VerifiedTiles.open(0, tree.root(1), () => null)).toEqual({ path: 'checkpoint', reason: 'hash' });
  });

  test('a partial tile that is gone or too short is read from the full one', () => {
    const files = host(1000);
    const full = host(1024).get('tile/0/003') as Uint8Array;
    files.set('tile/0/003', full);
    files.delete('tile/0/003.p/232');
    expect(open(1000, tree.root(1000), lookupIn(files)).inclusion(999)).toHaveProperty('path');
    files.set('tile/0/003.p/232', full.slice(0, 100 * 32));
    expect(open(1000, tree.root(1000), lookupIn(files)).inclusion(999)).toHaveProperty('path');
    files.delete('tile/0/003');
    expect(VerifiedTiles.open(1000, tree.root(1000), lookupIn(files))).toEqual({
      path: 'tile/0/003.p/232',
      reason: 'length',
    });
    files.delete('tile/0/003.p/232');
    expect(VerifiedTiles.open(1000, tree.root(1000), lookupIn(files))).toEqual({
      path: 'tile/0/003.p/232',
      reason: 'absent',
    });
  });
});

describe('forged tiles', () => {
  const size = 66_000;
  const root = tree.root(size);

  test('any changed tile on the way to a leaf is found, and named', () => {
    for (const [path, bytes] of host(size)) {
      const tile = parseTilePath(path);
      if (tile === null || (tile.level === 0 && ![0, 1, 200, 257].includes(tile.index))) continue;
      const files = host(size);
      const forged = bytes.slice();
      forged[forged.length - 1] = (forged[forged.length - 1] as number) ^ 1;
      files.set(path, forged);
      const tiles = VerifiedTiles.open(size, root, lookupIn(files));
      if (tile.width < TILE_WIDTH) {
        expect(tiles).toEqual({ path: 'checkpoint', reason: 'hash' });
        continue;
      }
      if ('reason' in tiles) throw new Error('right edge is sound');
      const leaf = tile.index * TILE_WIDTH ** (tile.level + 1);
      expect(tiles.inclusion(leaf)).toEqual({ path, reason: 'hash' });
    }
  });

  test('a forged leaf tile with a parent forged to fit is found at the parent', () => {
    const files = host(size);
    const leaves = (files.get('tile/0/000') as Uint8Array).slice().fill(7, 0, 32);
    const hashes = Array.from({ length: TILE_WIDTH }, (_, index) =>
      leaves.slice(32 * index, 32 * index + 32),
    );
    const parent = (files.get('tile/1/000') as Uint8Array).slice();
    parent.set(MerkleTree.ofHashes(hashes).root(), 0);
    files.set('tile/0/000', leaves);
    files.set('tile/1/000', parent);
    expect(open(size, root, lookupIn(files)).inclusion(0)).toEqual({ path: 'tile/1/000', reason: 'hash' });
  });

  test('an absent or short full tile is named', () => {
    const files = host(size);
    const tile = files.get('tile/0/001') as Uint8Array;
    files.delete('tile/0/001');
    expect(open(size, root, lookupIn(files)).inclusion(300)).toEqual({
      path: 'tile/0/001',
      reason: 'absent',
    });
    files.set('tile/0/001', tile.slice(32));
    expect(open(size, root, lookupIn(files)).inclusion(300)).toEqual({
      path: 'tile/0/001',
      reason: 'length',
    });
  });

  test('entries that are not those of the leaves', () => {
    const checkpoint = (number: number): string[] =>
      readFileSync(`${DIR}/checkpoint.${number}`, 'utf8').split('\n');
    const tiles = open(3, fromBase64(checkpoint(3)[2] as string), fromDisk);
    const bundle = fromDisk('tile/entries/000.p/3') as Uint8Array;
    const path = 'tile/entries/000.p/3';
    const changed = bundle.slice();
    changed[3] = 0x4f;
    expect(readEntries(tiles, 3, 0, changed)).toEqual({ path, reason: 'hash' });
    expect(readEntries(tiles, 3, 0, bundle.slice(0, -1))).toEqual({ path, reason: 'length' });
    expect(readEntries(tiles, 3, 0, Uint8Array.of(...bundle, 0))).toEqual({ path, reason: 'length' });
    expect(readEntries(tiles, 3, 0, fromDisk('tile/entries/000.p/2') as Uint8Array)).toEqual({
      path,
      reason: 'length',
    });
    expect(readEntries(tiles, 3, 0, fromDisk('tile/entries/000.p/4') as Uint8Array)).toEqual({
      path,
      reason: 'length',
    });
  });

  test('a good partial tile is not exchanged for a forged full one', () => {
    const small = host(300);
    small.set('tile/0/001', new Uint8Array(256 * 32).fill(7));
    const tiles = open(300, tree.root(300), lookupIn(small));
    expect(tiles.inclusion(299)).toMatchObject({ leafHash: tree.hashAt(0, 299) });
  });

  test('a failing store is no forged tile', () => {
    const failing: TileLookup = () => {
      throw new Error('disk');
    };
    expect(() => VerifiedTiles.open(3, tree.root(3), failing)).toThrow(new Error('disk'));
    const files = host(600);
    const tiles = open(600, tree.root(600), (path) => {
      if (path === 'tile/0/000') throw new Error('disk');
      return lookupIn(files)(path);
    });
    expect(() => tiles.inclusion(0)).toThrow(new Error('disk'));
  });

  test('a size that counts nothing is misuse', () => {
    for (const count of [-1, 0.5, 2 ** 53]) {
      expect(() => VerifiedTiles.open(count, tree.root(3), () => null)).toThrow(
        new RangeError(`no tree of ${count} leaves`),
      );
    }
  });

  test('a hash asked for by itself is refused with the tile named', () => {
    const files = host(600);
    files.delete('tile/0/000');
    const tiles = open(600, tree.root(600), lookupIn(files));
    expect(() => tiles.hashAt(0, 5)).toThrow('tile `tile/0/000`: absent');
  });

  test('the entries of the second bundle are those of the leaves from 256 on', () => {
    const bundle = (first: number, count: number): Uint8Array =>
      concatBytes(
        ...Array.from({ length: count }, (_, position) => {
          const index = first + position;
          return Uint8Array.of(0, 3, index >> 16, index >> 8, index);
        }),
      );
    const files = host(300);
    const tiles = open(300, tree.root(300), lookupIn(files));
    expect(readEntries(tiles, 300, 1, bundle(256, 44))).toEqual(
      Array.from({ length: 44 }, (_, position) => Uint8Array.of(0, 1, position)),
    );
    expect(readEntries(tiles, 300, 0, bundle(0, 256))).toHaveLength(256);
    const path = 'tile/entries/001.p/44';
    expect(readEntries(tiles, 300, 1, bundle(0, 44))).toEqual({ path, reason: 'hash' });
    expect(readEntries(tiles, 300, 1, bundle(256, 43))).toEqual({ path, reason: 'length' });
    expect(readEntries(tiles, 300, 1, bundle(256, 45))).toEqual({ path, reason: 'length' });
    expect(readEntries(tiles, 300, 1, bundle(256, 44).subarray(0, 44 * 5 - 4))).toEqual({
      path,
      reason: 'length',
    });
    files.delete('tile/0/000');
    expect(readEntries(open(300, tree.root(300), lookupIn(files)), 300, 0, bundle(0, 256))).toEqual({
      path: 'tile/0/000',
      reason: 'absent',
    });
  });
});
