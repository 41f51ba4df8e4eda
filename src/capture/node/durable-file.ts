import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

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

function besideOf(path: string): string {
  return `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
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
