import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files younger than this may belong to a process that is at work. */
const ABANDONED_MS = 86_400_000;

/**
 * Puts a whole file in place so that after a crash or a loss of power there is the old one or the new one, never a
 * part: written beside, flushed, renamed, and the folder flushed. Mode 0600 unless said.
 */
export async function writeDurably(
  path: string,
  bytes: string | Uint8Array,
  options: { readonly mode?: number } = {},
): Promise<void> {
  const beside = besideOf(path);
  try {
    await writeNew(beside, bytes, options.mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await flushFolder(dirname(path));
}

/**
 * The same for a file that must not be there yet: false, and nothing changed, where it is. Of several processes one
 * succeeds, and none ever reads a part of the file.
 */
export async function createDurably(path: string, bytes: string | Uint8Array): Promise<boolean> {
  const beside = besideOf(path);
  try {
    await writeNew(beside, bytes);
    try {
      await link(beside, path);
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      // File systems without hard links, as on memory cards: the name is still taken once only.
      if (!isCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
      try {
        await writeNew(path, bytes);
      } catch (again) {
        if (isCode(again, 'EEXIST')) return false;
        throw again;
      }
    }
  } finally {
    await rm(beside, { force: true });
  }
  await flushFolder(dirname(path));
  return true;
}

/** Text of a file, null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** True for an error of the operating system with one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function writeNew(path: string, bytes: string | Uint8Array, mode = 0o600): Promise<void> {
  await withHandle(await open(path, 'wx', mode), async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });
}

/** A name of its own beside a file: what stands there for a moment, and is left behind only by a crash. */
export function besideOf(path: string): string {
  return `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Clears a folder of what crashes left under names of `besideOf`, at the earliest a day later: by its age alone, for a
 * process on another machine or in another container cannot be asked whether it lives. Never fails: where a file cannot
 * be removed it does no harm either.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  for (const name of names.filter((one) => /\.\d{1,10}\.[0-9a-f]{12}\.tmp$/.test(one))) {
    const path = join(folder, name);
    if (await isAbandoned(path)) await rm(path, { force: true }).catch(() => {});
  }
}

/** Nobody is at work on it any more, by its age; false where it is gone. */
export async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true && Date.now() - found.mtimeMs > ABANDONED_MS;
}

/** Makes names that were made, changed or removed in a folder durable. */
export async function flushFolder(path: string): Promise<void> {
  // Windows opens no folders, and its file system journals names by itself.
  if (process.platform === 'win32') return;
  await withHandle(await open(path, 'r'), (folder) => folder.sync());
}

async function withHandle(file: FileHandle, use: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
