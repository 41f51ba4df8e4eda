import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { GoodOrderError } from '../errors.js';
import type { Io } from './io.js';

/**
 * Writes a whole file or none: a new file beside it, synced, then renamed; a power cut never leaves half of one.
 * Without `overwrite` an existing file is left alone and `file.exists` thrown, also when it appears meanwhile.
 */
export async function writeOutput(
  name: string,
  content: Uint8Array | string,
  io: Io,
  options: { readonly overwrite?: boolean; readonly mode?: number } = {},
): Promise<void> {
  const target = resolve(io.cwd, name);
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
      await link(partial, target);
      await rm(partial);
    }
  } catch (error) {
    await rm(partial, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') {
      throw new GoodOrderError(
        'file.exists',
        `\`${name}\` exists already; give --force to replace it`,
        { file: name },
        error,
      );
    }
    throw new GoodOrderError(
      'file.unreadable',
      `\`${name}\` cannot be written (${code ?? 'unknown reason'})`,
      { file: name },
      error,
    );
  }
}
