import { equalBytes } from '../codec/hex.js';
import { inclusionPath } from '../merkle/inclusion.js';
import { MerkleTree } from '../merkle/merkle-tree.js';
import { HASH_LENGTH, isTreeCount, leafHash, nodeHash, type SubtreeHashes } from '../merkle/tree.js';

/** A tile holds up to 256 hashes: eight levels of the tree (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const MAX_TILE_LEVEL = 63;

/** Width 256 is a full tile, less a partial one. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Bytes of a tile by its path, or null when it is not there. */
export type TileLookup = (path: string) => Uint8Array | null;

export interface TileFault {
  readonly path: string;
  readonly reason: 'absent' | 'length' | 'hash';
}

/** `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits. */
export function formatTilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${formatIndex(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** `tile/entries/<index>[.p/<width>]`. */
export function formatEntriesPath(index: number, width: number): string {
  return `tile/entries/${formatIndex(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** A tile path in its one spelling, or null. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/(0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  const [, level, index, width] = match ?? [];
  if (level === undefined || index === undefined) {
    return null;
  }
  const tile = {
    level: Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const possible = tile.level <= MAX_TILE_LEVEL && isTreeCount(tile.index) && tile.width <= TILE_WIDTH;
  return possible && formatTilePath(tile) === path ? tile : null;
}

/** The tile that holds hash `index` of tree level 8·`level`, in a tree of `size`: as wide as that tree makes it. */
export function tileFor(level: number, index: number, size: number): Tile {
  const tileIndex = Math.floor(index / TILE_WIDTH);
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return { level, index: tileIndex, width: Math.min(TILE_WIDTH, hashes - tileIndex * TILE_WIDTH) };
}

/**
 * Hashes of a tree, each tied to the signed root before it is used. A tile of the right edge is checked with the root
 * itself; any other, whose 256 hashes are one hash of its parent tile, with that. Nothing a lookup returns is believed
 * otherwise (Go's own client once computed paths from tiles it had not tied to the root: GO-2026-6179).
 */
export class VerifiedTiles implements SubtreeHashes {
  readonly #size: number;
  readonly #lookup: TileLookup;
  readonly #verified = new Map<string, MerkleTree>();

  private constructor(size: number, lookup: TileLookup) {
    this.#size = size;
    this.#lookup = lookup;
  }

  /** Reads the right edge and compares it with the root of a signed checkpoint. */
  static open(size: number, root: Uint8Array, lookup: TileLookup): VerifiedTiles | TileFault {
    if (!isTreeCount(size)) {
      throw new RangeError(`no tree of ${size} leaves`);
    }
    const tiles = new VerifiedTiles(size, lookup);
    try {
      return equalBytes(tiles.#readRightEdge(), root) ? tiles : { path: 'checkpoint', reason: 'hash' };
    } catch (error) {
      if (error instanceof UnverifiedTile) {
        return error.fault;
      }
      throw error;
    }
  }

  /** The leaf hash at `index` with its inclusion path, both proven. */
  inclusion(index: number): { readonly leafHash: Uint8Array; readonly path: Uint8Array[] } | TileFault {
    try {
      return { path: inclusionPath(this, index, this.#size), leafHash: this.hashAt(0, index) };
    } catch (error) {
      if (error instanceof UnverifiedTile) {
        return error.fault;
      }
      throw error;
    }
  }

  /** For `SubtreeHashes`; throws when a tile is absent or does not match. `inclusion` gives that as data. */
  hashAt(level: number, index: number): Uint8Array {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const inner = level % TILE_HEIGHT;
    const first = index * 2 ** inner;
    const tree = this.#tile(tileFor(tileLevel, first, this.#size));
    return tree.hashAt(inner, index % 2 ** (TILE_HEIGHT - inner));
  }

  #tile(tile: Tile): MerkleTree {
    const path = formatTilePath(tile);
    const held = this.#verified.get(path);
    if (held !== undefined) {
      return held;
    }
    // A partial tile lies on the right edge and was verified with the root, so this one is full and has a parent.
    const tree = this.#load(tile);
    if (!equalBytes(tree.root(), this.hashAt((tile.level + 1) * TILE_HEIGHT, tile.index))) {
      throw new UnverifiedTile({ path, reason: 'hash' });
    }
    this.#verified.set(path, tree);
    return tree;
  }

  #readRightEdge(): Uint8Array {
    let root: Uint8Array | null = null;
    for (
      let level = 0, hashes = this.#size;
      hashes > 0;
      level += 1, hashes = Math.floor(hashes / TILE_WIDTH)
    ) {
      const width = hashes % TILE_WIDTH;
      if (width === 0) {
        continue;
      }
      const tile = { level, index: Math.floor(hashes / TILE_WIDTH), width };
      const tree = this.#load(tile);
      // Peaks of this tile from its right, joined on the left of what the levels below gave.
      for (let rest = width, end = width; rest > 0; ) {
        const lowest = lowestBit(rest);
        const peak = tree.hashAt(Math.log2(lowest), (end - lowest) / lowest);
        root = root === null ? peak : nodeHash(peak, root);
        rest -= lowest;
        end -= lowest;
      }
      this.#verified.set(formatTilePath(tile), tree);
    }
    return root ?? MerkleTree.ofHashes([]).root();
  }

  /** A partial tile may be gone, or too short, once the full one is there: its first hashes are the same. */
  #load(tile: Tile): MerkleTree {
    const path = formatTilePath(tile);
    const needed = tile.width * HASH_LENGTH;
    const exact = this.#lookup(path);
    const full =
      exact?.length === needed ? null : this.#lookup(formatTilePath({ ...tile, width: TILE_WIDTH }));
    const bytes = full?.length === TILE_WIDTH * HASH_LENGTH ? full.subarray(0, needed) : exact;
    if (bytes === null) {
      throw new UnverifiedTile({ path, reason: 'absent' });
    }
    if (bytes.length !== needed) {
      throw new UnverifiedTile({ path, reason: 'length' });
    }
    const tree = new MerkleTree();
    for (let position = 0; position < tile.width; position += 1) {
      tree.append(bytes.slice(position * HASH_LENGTH, (position + 1) * HASH_LENGTH));
    }
    return tree;
  }
}

/**
 * The entries of one bundle, each hashed against its verified leaf. Entries are big-endian uint16 lengths and bytes;
 * the bundle must hold exactly those that `size` gives it.
 */
export function readEntries(
  tiles: VerifiedTiles,
  size: number,
  index: number,
  bundle: Uint8Array,
): Uint8Array[] | TileFault {
  const width = tileFor(0, index * TILE_WIDTH, size).width;
  const path = formatEntriesPath(index, width);
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bundle.length && entries.length < width) {
    const length = ((bundle[offset] as number) << 8) | (bundle[offset + 1] ?? 0);
    entries.push(bundle.slice(offset + 2, offset + 2 + length));
    // Past the end where the last entry is cut short.
    offset += 2 + length;
  }
  if (offset !== bundle.length || entries.length !== width) {
    return { path, reason: 'length' };
  }
  for (const [position, entry] of entries.entries()) {
    const proven = tiles.inclusion(index * TILE_WIDTH + position);
    if ('reason' in proven) {
      return proven;
    }
    if (!equalBytes(leafHash(entry), proven.leafHash)) {
      return { path, reason: 'hash' };
    }
  }
  return entries;
}

class UnverifiedTile extends Error {
  constructor(readonly fault: TileFault) {
    super(`tile \`${fault.path}\`: ${fault.reason}`);
  }
}

function formatIndex(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) as string[];
  return groups.map((group, position) => (position < groups.length - 1 ? `x${group}` : group)).join('/');
}

function lowestBit(width: number): number {
  return width & -width;
}
