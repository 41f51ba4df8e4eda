import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashFile } from '../capture/node/seal-media.js';
import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
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
  /**
   * What of the folder was not looked at: links, pipes, devices, folders, and files that cannot be read or are being
   * written. One such thing must not keep the others from being compared.
   */
  readonly skipped: readonly string[];
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
  const skipped: string[] = [];
  for (const entry of await entriesOf(folder, io)) {
    const name = join(folder, entry.name);
    const file = entry.isFile() ? await hashed(resolve(io.cwd, name)) : null;
    if (file === null) skipped.push(name);
    else if (signed.has(file.sha256)) found.add(file.sha256);
    else others.push({ name, bytes: file.bytes });
  }
  const absent = [...signed.keys()].filter((hash) => !found.has(hash)).sort();
  const lengths = new Set(absent.map((hash) => signed.get(hash)));
  return {
    matched: found.size,
    total: signed.size,
    absent,
    mismatched: others.filter(({ bytes }) => lengths.has(bytes)).map(({ name }) => name),
    unsigned: others.filter(({ bytes }) => !lengths.has(bytes)).map(({ name }) => name),
    skipped,
  };
}

async function hashed(path: string): Promise<{ readonly sha256: string; readonly bytes: number } | null> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (error instanceof GoodOrderError && error.code === 'media.unreadable') return null;
    throw error;
  }
}

async function entriesOf(folder: string, io: Io): Promise<Dirent[]> {
  try {
    const entries = await readdir(resolve(io.cwd, folder), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
}
