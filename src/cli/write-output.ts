import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { flushFolder, isCode } from '../capture/node/durable-file.js';
import { GoodOrderError } from '../errors.js';
import type { Io } from './io.js';

export interface WriteOptions {
  /** Given and false: the command has a `--force` that the user did not give. */
  readonly overwrite?: boolean;
  readonly mode?: number;
}

/**
 * Writes a whole file or none: a new file beside it, synced, then renamed; a power cut never leaves half of one.
 * Without `overwrite` an existing file is left alone and `file.exists` thrown, also when it appears meanwhile.
 */
export async function writeOutput(
  name: string,
  content: Uint8Array | string,
  io: Io,
  options: WriteOptions = {},
): Promise<void> {
  const target = await targetOf(name, io);
  const partial = `${target}.${randomBytes(6).toString('hex')}.partial`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const handle = await open(partial, 'wx', options.mode ?? 0o644);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (options.overwrite === true) {
      await rename(partial, target);
    } else {
      await linkNew(partial, target, content, options.mode);
      await rm(partial);
    }
    await flushFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw unwritable(name, error, options);
  }
}

async function linkNew(
  partial: string,
  target: string,
  content: Uint8Array | string,
  mode = 0o644,
): Promise<void> {
  try {
    await link(partial, target);
  } catch (error) {
    // File systems without hard links, as on memory cards: the name is still taken once only.
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
    const handle = await open(target, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** Refuses an output that could not be written later, before anything is signed for it. */
export async function assertWritable(name: string, io: Io, options: WriteOptions = {}): Promise<void> {
  const target = await targetOf(name, io);
  try {
    const status = await lstat(target).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (status !== null && options.overwrite !== true) throw Object.assign(new Error(), { code: 'EEXIST' });
    if (status?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    await mkdir(dirname(target), { recursive: true });
    const probe = `${target}.${randomBytes(6).toString('hex')}.partial`;
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw unwritable(name, error, options);
  }
}

/** Where a name leads: through a link to the file itself, so that the link stays one. */
async function targetOf(name: string, io: Io): Promise<string> {
  if (name === '-') throw new GoodOrderError('cli.usage', 'a result goes into a file: `-` is only read');
  const target = resolve(io.cwd, name);
  return realpath(target).catch(() => target);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ENAMETOOLONG: 'the name is too long',
};

function unwritable(name: string, error: unknown, { overwrite }: WriteOptions): GoodOrderError {
  const { code } = error as { readonly code?: string };
  if (code === 'EEXIST') {
    const hint = overwrite === false ? '; give --force to replace it' : '';
    return new GoodOrderError('file.exists', `\`${name}\` exists already${hint}`, { file: name }, error);
  }
  const reason = REASONS[code ?? ''] ?? code ?? 'unknown reason';
  return new GoodOrderError(
    'file.unreadable',
    `\`${name}\` cannot be written: ${reason}`,
    { file: name },
    error,
  );
}
