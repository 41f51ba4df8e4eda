import { readTrustFile, type TrustFile } from '../credential/trust-file.js';
import type { Io } from './io.js';
import { readInput } from './read-input.js';

/** Bytes; a trust file with thousands of authorities stays far below. */
const TRUST_LIMIT = 16 * 1024 * 1024;

export async function readTrust(name: string, io: Io): Promise<TrustFile> {
  const { bytes } = await readInput(name, io, TRUST_LIMIT);
  return readTrustFile(bytes, name);
}
