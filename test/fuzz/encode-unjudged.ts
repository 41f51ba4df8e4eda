import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes } from '../../src/codec/hex.js';

/** CBOR of anything, texts that the profile refuses and lone surrogates among it: what an opponent's encoder writes. */
export function encodeUnjudged(value: CborValue): Uint8Array {
  if (typeof value === 'string') {
    const bytes = looseUtf8(value);
    return concatBytes(encodeHead(3, bytes.length), bytes);
  }
  if (typeof value === 'number' || typeof value === 'bigint')
    return value >= 0 ? encodeHead(0, Number(value)) : encodeHead(1, -1 - Number(value));
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (value instanceof Uint8Array) return concatBytes(encodeHead(2, value.length), value);
  if (Array.isArray(value))
    return concatBytes(encodeHead(4, value.length), ...(value as CborValue[]).map(encodeUnjudged));
  const members = [...(value as ReadonlyMap<CborKey, CborValue>)].map(([key, member]) => ({
    key: encodeUnjudged(key),
    member: encodeUnjudged(member),
  }));
  members.sort((a, b) => Buffer.compare(a.key, b.key));
  return concatBytes(encodeHead(5, members.length), ...members.flatMap(({ key, member }) => [key, member]));
}

/** UTF-8, and a lone surrogate as the three bytes it would have. */
function looseUtf8(text: string): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    parts.push(
      code >= 0xd800 && code <= 0xdfff
        ? Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
        : Buffer.from(character),
    );
  }
  return concatBytes(...parts);
}
