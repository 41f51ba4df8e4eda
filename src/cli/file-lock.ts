import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { besideOf, isCode, removeAbandoned } from '../capture/node/durable-file.js';
import { GoodOrderError } from '../errors.js';
import { unreadable } from './read-input.js';

const RETRY_MS = 20;
const PATIENCE_MS = 20_000;

/**
 * Does some work while no other goodorder process changes the file: what two commands add to one passport at the same
 * time must both be in it. The lock is a file beside it that names the process; a lock of a dead process is taken away.
 */
export async function whileLocked<T>(target: string, work: () => Promise<T>): Promise<T> {
  const lock = `${target}.lock`;
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}\n`;
  await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => {
    throw unreadable(dirname(target), error);
  });
  const until = Date.now() + PATIENCE_MS;
  while (!(await taken(lock, mine))) {
    if (Date.now() > until) {
      throw new GoodOrderError(
        'file.unreadable',
        `\`${target}\` is being changed by another process; if none is running, remove \`${lock}\``,
        { file: target },
      );
    }
    await breakDead(lock);
    await setTimeout(RETRY_MS);
  }
  try {
    await removeAbandoned(dirname(target));
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string, mine: string): Promise<boolean> {
  try {
    await createWith(lock, mine);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS')) {
      const { code } = error as { readonly code: string };
      throw new GoodOrderError(
        'file.unreadable',
        `nothing can be written beside \`${lock}\` (${code})`,
        {},
        error,
      );
    }
    throw error;
  }
}

/**
 * The lock appears with its contents or not at all: a process killed between making it and writing its name into it
 * would lock everybody out for good.
 */
async function createWith(lock: string, mine: string): Promise<void> {
  const made = besideOf(lock);
  try {
    await writeFile(made, mine, { flag: 'wx' });
    await link(made, lock);
  } catch (error) {
    // A file system without links: there the gap of a moment stays.
    if (!isCode(error, 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EPERM')) throw error;
    await writeFile(lock, mine, { flag: 'wx' });
  } finally {
    await rm(made, { force: true });
  }
}

async function breakDead(lock: string): Promise<void> {
  const seen = await readFile(lock, 'utf8').catch(() => null);
  if (seen === null || alive(seen)) return;
  // Moved away first: of several that want to break it one succeeds, and looks again at what it has moved.
  const aside = besideOf(lock);
  try {
    await rename(lock, aside);
    const moved = await readFile(aside, 'utf8');
    if (moved !== seen) await link(aside, lock).catch(() => {});
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function alive(content: string): boolean {
  const pid = Number(/^(\d+) /.exec(content)?.[1] ?? Number.NaN);
  // Just created and not yet written: somebody is at work.
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}
