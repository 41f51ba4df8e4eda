/** Passport files as {item, members}, and back. */
import { concat, encode, head } from './cbor.mjs';

const MAGIC = Uint8Array.from(Buffer.from('89474f5041535301', 'hex'));

/** Undefined where the outer structure is not followed to its end. */
export function split(bytes) {
  let at = 8;
  function readHead() {
    const major = bytes[at] >> 5;
    const info = bytes[at] & 31;
    if (at >= bytes.length || info >= 28) throw new Error('head');
    at += 1;
    if (info < 24) return [major, info];
    let n = 0;
    for (let i = 0; i < 1 << (info - 24); i += 1) {
      n = n * 256 + bytes[at];
      at += 1;
    }
    return [major, n];
  }
  function string(major) {
    const [kind, length] = readHead();
    if (kind !== major || at + length > bytes.length) throw new Error('string');
    at += length;
    return bytes.slice(at - length, at);
  }
  try {
    const members = new Map();
    let item;
    const [, count] = readHead();
    for (let i = 0; i < count; i += 1) {
      const [, key] = readHead();
      if (key === 0) item = Buffer.from(string(3)).toString('latin1');
      else {
        const [, elements] = readHead();
        members.set(
          key,
          Array.from({ length: elements }, () => string(2)),
        );
      }
    }
    return item === undefined ? undefined : { item, members };
  } catch {
    return undefined;
  }
}

/** Sorted and without repetition, or as it stands. */
export function join({ item, members }, asIs = false) {
  const entries = [[0, encode(item)]];
  for (const key of [...members.keys()].sort((a, b) => a - b)) {
    let elements = members.get(key);
    if (!asIs) {
      const sorted = [...elements].sort((a, b) => Buffer.compare(a, b));
      elements = sorted.filter((bytes, i) => i === 0 || Buffer.compare(bytes, sorted[i - 1]) !== 0);
      if (elements.length === 0) continue;
    }
    entries.push([key, encode(elements)]);
  }
  const parts = [MAGIC, head(5, entries.length)];
  for (const [key, value] of entries) parts.push(head(0, key), value);
  return concat(parts);
}
