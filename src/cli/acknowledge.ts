import { fromHex } from '../codec/hex.js';
import { formatInstant, parseInstant } from '../codec/instant.js';
import type { Io } from './io.js';
import { type SignRequest, signTo } from './sign-into.js';

/** Ids that one acknowledgement may hold (records.md). */
const MAX_RECEIVED = 1024;

/**
 * Signs "I hold these bytes" for records that do not fit into `seen`, so that what is signed next pins them through its
 * own chain. Returns the ids of the acknowledgements.
 */
export async function acknowledge(
  request: Pick<SignRequest, 'home' | 'key' | 'sub' | 'iat'>,
  ids: readonly string[],
  into: string,
  io: Io,
): Promise<string[]> {
  const signed: string[] = [];
  const sorted = [...ids].sort();
  for (let start = 0; start < sorted.length; start += MAX_RECEIVED) {
    const payload = {
      received: sorted.slice(start, start + MAX_RECEIVED).map(fromHex),
      at: parseInstant(formatInstant(request.iat)),
    };
    const { made } = await signTo({ ...request, type: 'acknowledgement', payload, seen: [] }, { into }, io);
    signed.push(made.id);
  }
  return signed;
}
