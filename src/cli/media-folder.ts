import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashFile } from '../capture/node/seal-media.js';
import { toHex } from '../codec/hex.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { Io } from './io.js';
import { unreadable } from './read-input.js';

/** Signed files held against the files of a folder, by their hashes: names prove nothing and are not looked at. */
export interface MediaComparison {
  readonly matched: number;
  readonly total: number;
  /** SHA-256 of signed files that are not in the folder (`media.absent`). */
  readonly absent: readonly string[];
  /** Files of the folder as long as an absent signed one, with other bytes (`media.mismatch`). */
  readonly mismatched: readonly string[];
  /** Other files of the folder that nobody signed; one may be a recompressed copy. */
  readonly unsigned: readonly string[];
}

interface SignedFile {
  readonly sha256: readonly [number, Uint8Array];
  readonly bytes: number;
}

export async function compareMedia(
  passport: VerifiedPassport,
  folder: string,
  io: Io,
): Promise<MediaComparison> {
  const signed = new Map<string, number>();
  for (const record of passport.records) {
    if (record.type !== 'media' || record.state === 'invalid') continue;
    const { files } = record.payload as { readonly files?: readonly SignedFile[] };
    for (const { sha256, bytes } of files ?? []) signed.set(toHex(sha256[1]), bytes);
  }
  const found = new Set<string>();
  const others: { name: string; bytes: number }[] = [];
  for (const name of await filesOf(folder, io)) {
    const { sha256, bytes } = await hashFile(resolve(io.cwd, name));
    if (signed.has(sha256)) found.add(sha256);
    else others.push({ name, bytes });
  }
  const absent = [...signed.keys()].filter((hash) => !found.has(hash)).sort();
  const lengths = new Set(absent.map((hash) => signed.get(hash)));
  return {
    matched: found.size,
    total: signed.size,
    absent,
    mismatched: others.filter(({ bytes }) => lengths.has(bytes)).map(({ name }) => name),
    unsigned: others.filter(({ bytes }) => !lengths.has(bytes)).map(({ name }) => name),
  };
}

async function filesOf(folder: string, io: Io): Promise<string[]> {
  try {
    const entries = await readdir(resolve(io.cwd, folder));
    const files: string[] = [];
    for (const entry of entries.sort()) {
      if ((await stat(resolve(io.cwd, folder, entry))).isFile()) files.push(join(folder, entry));
    }
    return files;
  } catch (error) {
    throw unreadable(folder, error);
  }
}
