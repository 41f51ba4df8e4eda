import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkMedia, type GivenMedia, type SignedMedia } from '../capture/check-media.js';
import { hashFile } from '../capture/node/seal-media.js';
import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import type { MediaFile } from '../record/types/media.js';
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

export async function compareMedia(
  passport: VerifiedPassport,
  folder: string,
  io: Io,
): Promise<MediaComparison> {
  const signed = signedMedia(passport);
  const given: GivenMedia[] = [];
  const skipped: string[] = [];
  for (const entry of await entriesOf(folder, io)) {
    const name = join(folder, entry.name);
    const file = entry.isFile() ? await hashed(resolve(io.cwd, name)) : null;
    if (file === null) skipped.push(name);
    else given.push({ name, ...file });
  }
  const { matched, altered, unsigned } = checkMedia(signed, given);
  const here = new Set(matched.map(({ signed: { sha256 } }) => sha256));
  return {
    matched: here.size,
    total: signed.length,
    absent: signed.flatMap(({ sha256 }) => (here.has(sha256) ? [] : [sha256])).sort(),
    mismatched: altered,
    unsigned,
    skipped,
  };
}

/** The files of all media records whose signatures hold, each once. */
function signedMedia({ records }: VerifiedPassport): SignedMedia[] {
  const files = new Map<string, SignedMedia>();
  for (const { type, state, id, payload } of records) {
    if (type !== 'media' || state === 'invalid') continue;
    const { files: list = [] } = payload as { readonly files?: readonly MediaFile[] };
    for (const [index, { sha256: digest, bytes }] of list.entries()) {
      const sha256 = toHex(digest[1]);
      files.set(sha256, { record: id, index, sha256, bytes });
    }
  }
  return [...files.values()];
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
