import { createReadStream } from 'node:fs';
import { GoodOrderError } from '../errors.js';
import type { Io } from './io.js';

/** Bytes; long enough for any phrase, short enough to notice a wrong descriptor. */
const LONGEST = 4096;

/**
 * The passphrase from a file descriptor (`--passphrase-fd 3`), never from an argument, which other users of the machine
 * can read in the list of processes. Its last line break does not belong to it.
 */
export async function readPassphrase(fd: number | undefined, io: Io): Promise<string | undefined> {
  if (fd === undefined) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  const stream = fd === 0 ? io.stdin : createReadStream('', { fd, autoClose: false });
  try {
    for await (const part of stream) {
      const bytes = Buffer.from(part as Uint8Array);
      length += bytes.length;
      if (length > LONGEST)
        throw new GoodOrderError('key.passphrase', `a passphrase has at most ${LONGEST} bytes`);
      parts.push(bytes);
    }
  } catch (error) {
    if (error instanceof GoodOrderError) throw error;
    throw new GoodOrderError('key.passphrase', `file descriptor ${fd} cannot be read`, {}, error);
  }
  const phrase = Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (phrase === '') throw new GoodOrderError('key.passphrase', `file descriptor ${fd} gave no passphrase`);
  return phrase;
}
