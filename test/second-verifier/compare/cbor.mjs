/**
 * CBOR as a tree that can be changed and written back: integers as BigInt, byte strings as Uint8Array, text as
 * string, arrays as Array, maps as {map: [[key, value], …]}, anything else as {raw: bytes}.
 */
export function encode(value) {
  const parts = [];
  write(value, parts);
  return concat(parts);
}

export function concat(parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function head(major, argument, info) {
  const n = BigInt(argument);
  if (info === undefined) {
    if (n < 24n) return Uint8Array.of((major << 5) | Number(n));
    info = n < 0x100n ? 24 : n < 0x10000n ? 25 : n < 0x100000000n ? 26 : 27;
  }
  const out = new Uint8Array(1 + (1 << (info - 24)));
  out[0] = (major << 5) | info;
  let rest = n;
  for (let i = out.length - 1; i > 0; i -= 1) {
    out[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

function write(value, parts) {
  if (value === null) parts.push(Uint8Array.of(0xf6));
  else if (value === false) parts.push(Uint8Array.of(0xf4));
  else if (value === true) parts.push(Uint8Array.of(0xf5));
  else if (typeof value === 'bigint' || typeof value === 'number') {
    const n = BigInt(value);
    parts.push(n >= 0n ? head(0, n) : head(1, -1n - n));
  } else if (typeof value === 'string') {
    const raw = Buffer.from(value, 'utf8');
    parts.push(head(3, raw.length), raw);
  } else if (value instanceof Uint8Array) parts.push(head(2, value.length), value);
  else if (Array.isArray(value)) {
    parts.push(head(4, value.length));
    for (const item of value) write(item, parts);
  } else if (value.raw) parts.push(value.raw);
  else {
    const members = value.map.map(([key, inner]) => [encode(key), inner]);
    if (!value.asIs) members.sort((a, b) => Buffer.compare(a[0], b[0]));
    parts.push(head(5, members.length));
    for (const [key, inner] of members) {
      parts.push(key);
      write(inner, parts);
    }
  }
}

/** A plain object as a map with text keys. */
export function object(fields) {
  return { map: Object.entries(fields).filter(([, value]) => value !== undefined) };
}

/** The tree of bytes that hold one item of the profile; undefined where they do not. */
export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  function item() {
    const first = bytes[at];
    const major = first >> 5;
    const info = first & 31;
    at += 1;
    let n = BigInt(info);
    if (info >= 28) throw new Error('info');
    if (info === 24) n = BigInt(view.getUint8(at));
    if (info === 25) n = BigInt(view.getUint16(at));
    if (info === 26) n = BigInt(view.getUint32(at));
    if (info === 27) n = view.getBigUint64(at);
    if (info >= 24) at += 1 << (info - 24);
    if (major === 0) return n;
    if (major === 1) return -1n - n;
    const length = Number(n);
    if (major === 2 || major === 3) {
      if (at + length > bytes.length) throw new Error('cut');
      const raw = bytes.slice(at, at + length);
      at += length;
      return major === 2 ? raw : Buffer.from(raw).toString('utf8');
    }
    if (major === 4) {
      if (length > bytes.length) throw new Error('cut');
      return Array.from({ length }, item);
    }
    if (major === 5) {
      if (length > bytes.length) throw new Error('cut');
      return { map: Array.from({ length }, () => [item(), item()]) };
    }
    if (info === 20) return false;
    if (info === 21) return true;
    if (info === 22) return null;
    throw new Error('simple');
  }
  try {
    const value = item();
    return at === bytes.length ? value : undefined;
  } catch {
    return undefined;
  }
}

export function get(map, key) {
  return Array.isArray(map?.map) ? map.map.find(([name]) => name === key)?.[1] : undefined;
}

export function set(map, key, value) {
  if (!Array.isArray(map?.map)) return;
  const entry = map.map.find(([name]) => name === key);
  if (entry) entry[1] = value;
  else map.map.push([key, value]);
}

/** Where each head stands in bytes that hold an item: [offset, end of head, major, argument]. */
export function heads(bytes, from = 0) {
  const found = [];
  let at = from;
  while (at < bytes.length) {
    const major = bytes[at] >> 5;
    const info = bytes[at] & 31;
    if (info >= 28) return found;
    const size = info >= 24 ? 1 << (info - 24) : 0;
    if (at + 1 + size > bytes.length) return found;
    let n = BigInt(info);
    if (size > 0) {
      n = 0n;
      for (let i = 0; i < size; i += 1) n = (n << 8n) | BigInt(bytes[at + 1 + i]);
    }
    found.push([at, at + 1 + size, major, n]);
    at += 1 + size;
    if (major === 2 || major === 3) at += Number(n);
  }
  return found;
}
