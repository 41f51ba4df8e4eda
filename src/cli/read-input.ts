import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GoodOrderError } from '../errors.js';
import type { Io } from './io.js';

/** Bytes; a passport's default limit (format.md). */
export const INPUT_LIMIT = 64 * 1024 * 1024;

export interface Input {
  /** As the user named it; `-` is standard input. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ELOOP: 'its links go in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** A file system error as a plain sentence with a stable code. */
export function unreadable(name: string, error: unknown): GoodOrderError {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const reason = (code !== undefined && REASONS[code]) || 'it cannot be read';
  return new GoodOrderError('file.unreadable', `\`${name}\`: ${reason}`, { file: name }, error);
}

async function readStream(stream: AsyncIterable<unknown>, name: string, limit: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part), 'utf8');
    length += bytes.length;
    if (length > limit) throw tooLarge(name, limit);
    parts.push(bytes);
  }
  return ownView(Buffer.concat(parts));
}

function tooLarge(name: string, limit: number): GoodOrderError {
  return new GoodOrderError('file.too-large', `\`${name}\` is larger than ${limit} bytes`, { file: name });
}

/** Reads one file, or standard input for `-`, never more than `limit` bytes. */
export async function readInput(name: string, io: Io, limit = INPUT_LIMIT): Promise<Input> {
  if (name === '-') return { name, bytes: await readStream(io.stdin, name, limit) };
  try {
    const handle = await open(resolve(io.cwd, name), 'r');
    try {
      const status = await handle.stat();
      if (status.isDirectory()) throw unreadable(name, { code: 'EISDIR' });
      if (status.size > limit) throw tooLarge(name, limit);
      // A pipe or device states no size: read it as a stream, with the same limit.
      const bytes = status.isFile()
        ? ownView(await handle.readFile())
        : await readStream(handle.createReadStream({ autoClose: false }), name, limit);
      if (bytes.length > limit) throw tooLarge(name, limit);
      return { name, bytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof GoodOrderError ? error : unreadable(name, error);
  }
}

/** The same bytes as a plain array and not as Node's kind of it, which cuts without copying where arrays copy. */
function ownView({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Runs work on what was read from `name`, so that an error of the work names the file too. */
export async function inFile<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GoodOrderError) || error.place.file !== undefined || name === undefined)
      throw error;
    throw new GoodOrderError(error.code, error.message, { ...error.place, file: name }, error);
  }
}

export async function readTextInput(name: string, io: Io, limit = INPUT_LIMIT): Promise<string> {
  const { bytes } = await readInput(name, io, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new GoodOrderError('file.unreadable', `\`${name}\` is not UTF-8 text`, { file: name }, error);
  }
}

/** A file to read, or why something that should be one is not. */
export interface NamedInput {
  readonly name: string;
  readonly problem: GoodOrderError | null;
}

/**
 * The files below a folder with this ending, in name order. Links, pipes and sockets are not followed or waited for; one
 * with the ending, and a folder that cannot be read, is a problem of its own and hides nothing beside it.
 */
async function filesBelow(folder: string, suffix: string, io: Io): Promise<NamedInput[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(resolve(io.cwd, folder), { withFileTypes: true });
  } catch (error) {
    return [{ name: folder, problem: unreadable(folder, error) }];
  }
  const found: NamedInput[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(name, suffix, io)));
    else if (entry.name.endsWith(suffix)) found.push({ name, problem: entry.isFile() ? null : noFile(name) });
  }
  return found;
}

function noFile(name: string): GoodOrderError {
  const message = `\`${name}\` is a link or no file, which is not followed below a folder; name it to read it`;
  return new GoodOrderError('file.unreadable', message, { file: name });
}

/** Files named one by one are taken as they are; of a directory, the files below it with this ending, in name order. */
export async function expandEach(names: readonly string[], suffix: string, io: Io): Promise<NamedInput[]> {
  const files: NamedInput[] = [];
  for (const name of names) {
    const isFolder =
      name !== '-' &&
      (await stat(resolve(io.cwd, name)).then(
        (s) => s.isDirectory(),
        () => false,
      ));
    const below = isFolder ? await filesBelow(name, suffix, io) : [{ name, problem: null }];
    if (below.length === 0) {
      const message = `no \`*${suffix}\` file below \`${name}\``;
      files.push({ name, problem: new GoodOrderError('file.unreadable', message, { file: name }) });
    }
    files.push(...below);
  }
  return files;
}

/** The same where every one of them is needed: the first that is none is thrown. */
export async function expandInputs(names: readonly string[], suffix: string, io: Io): Promise<string[]> {
  const files = await expandEach(names, suffix, io);
  for (const { problem } of files) if (problem !== null) throw problem;
  return files.map(({ name }) => name);
}
