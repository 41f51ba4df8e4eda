/** Changes of a passport, its trust file and its instant. Each takes the random generator and gives a new job. */
import { concat, decode, encode, get, head, heads, set } from './cbor.mjs';
import { join, split } from './file.mjs';
import { KEY_OF, seal, sha256 } from './keys.mjs';
import { story } from './stories.mjs';

const EDGES = [
  0n,
  1n,
  2n,
  23n,
  24n,
  255n,
  256n,
  1000n,
  65535n,
  65536n,
  2n ** 32n - 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 64n - 1n,
];
const TEXTS = [
  '',
  ' ',
  'x',
  'é',
  '\u0007',
  '\ufeff',
  '__proto__',
  'constructor',
  'a'.repeat(201),
  '漢字',
  'urn:uuid:',
  '\u0085',
  'A\u0301',
  'https://id.gs1.org/417/9522754059956',
  'https://id.gs1.org/01/09521234543213/21/SN0007',
  'https://id.gs1.org/01/09521234543213/21/..',
  'https://id.gs1.org/01/09521234543213/21/%2E',
  'https://id.gs1.org/00/952012345678912345',
  'seller',
  'any',
  'none',
  'whole',
  '😀'.repeat(20),
  'line\nbreak',
  'tab\there',
];
const WORDS = [
  'x',
  'zz',
  'note',
  'place',
  'observations',
  'seal id',
  '9lives',
  'é'.repeat(40),
  'completeness',
  'unit',
  'region',
  'currency',
  'lot',
  'of',
];

// ---- bytes

function splice(bytes, at, remove, insert) {
  return concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

/** One change of bytes, anywhere. */
function changeBytes(random, bytes, other) {
  if (bytes.length === 0) return random.bytes(1 + random.int(4));
  const at = random.int(bytes.length);
  switch (random.int(8)) {
    case 0:
    case 1: {
      const out = bytes.slice();
      out[at] ^= 1 << random.int(8);
      return out;
    }
    case 2: {
      const out = bytes.slice();
      out[at] = random.pick([
        0,
        0x18,
        0x1f,
        0x40,
        0x7f,
        0x80,
        0xa0,
        0xbf,
        0xc0,
        0xd2,
        0xf4,
        0xf6,
        0xf7,
        0xf9,
        0xff,
        random.int(256),
      ]);
      return out;
    }
    case 3:
      return bytes.slice(0, at);
    case 4:
      return splice(bytes, at, 0, random.bytes(1 + random.int(3)));
    case 5:
      return splice(bytes, at, 1 + random.int(4), new Uint8Array(0));
    case 6: {
      const from = random.int(Math.max(other.length, 1));
      return splice(bytes, at, random.int(40), other.subarray(from, from + random.int(80)));
    }
    default:
      return concat([bytes, random.bytes(1 + random.int(2))]);
  }
}

/** One head in a longer form, or of another major type, or of another length. */
function changeHead(random, bytes, from) {
  const found = heads(bytes, from);
  if (found.length === 0) return bytes;
  const [start, end, major, n] = random.pick(found);
  const info = 24 + random.int(4);
  switch (random.int(4)) {
    case 0:
      return splice(bytes, start, end - start, head(major, n, info));
    case 1:
      return splice(bytes, start, end - start, head(random.int(8), n));
    case 2:
      return splice(
        bytes,
        start,
        end - start,
        head(
          major,
          n + BigInt(random.int(3)) > 0n
            ? n + BigInt(random.int(3)) - 1n < 0n
              ? 0n
              : n + BigInt(random.int(3))
            : 0n,
        ),
      );
    default:
      return splice(bytes, start, 1, Uint8Array.of((major << 5) | random.pick([24, 25, 27, 28, 30, 31])));
  }
}

// ---- trees

function collect(value, path, out) {
  out.push(path);
  if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) collect(inner, [...path, i], out);
  } else if (Array.isArray(value?.map)) {
    for (const [i, [, inner]] of value.map.entries()) collect(inner, [...path, ['map', i]], out);
  }
  return out;
}

function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (Array.isArray(value?.map)) return { ...value, map: value.map.map(([k, v]) => [k, clone(v)]) };
  return value;
}

function at(root, path) {
  return path.reduce((value, step) => (Array.isArray(step) ? value.map[step[1]][1] : value[step]), root);
}

function put(root, path, value) {
  if (path.length === 0) return value;
  const holder = at(root, path.slice(0, -1));
  const last = path.at(-1);
  if (Array.isArray(last)) holder.map[last[1]][1] = value;
  else holder[last] = value;
  return root;
}

function fresh(random, pool, depth = 0) {
  switch (random.int(depth > 2 ? 6 : 9)) {
    case 0:
      return random.pick(EDGES);
    case 1:
      return -1n - random.pick(EDGES);
    case 2:
      return random.pick(TEXTS);
    case 3:
      return random.pick([true, false, null]);
    case 4:
      return random.pick(pool);
    case 5:
      return random.bytes(random.pick([0, 1, 16, 31, 32, 33, 64]));
    case 6:
      return Array.from({ length: random.int(4) }, () => fresh(random, pool, depth + 1));
    case 7:
      return [-16n, random.pick(pool)];
    default:
      return {
        map: Array.from({ length: random.int(3) }, () => [
          random.chance(80) ? random.pick(WORDS) : random.pick(EDGES),
          fresh(random, pool, depth + 1),
        ]),
      };
  }
}

function near(random, value, pool) {
  if (typeof value === 'bigint') {
    return random.pick([
      value + 1n,
      value - 1n,
      0n,
      1n,
      -value,
      value * 2n,
      value + 86400n,
      value - 86400n,
      random.pick(EDGES),
    ]);
  }
  if (typeof value === 'string') {
    if (random.chance(40)) return random.pick(TEXTS);
    const at = random.int(value.length + 1);
    return random.pick([
      value.slice(0, at),
      `${value.slice(0, at)}${random.pick(TEXTS)}${value.slice(at)}`,
      value.toUpperCase(),
      `${value}0`,
    ]);
  }
  if (value instanceof Uint8Array)
    return random.chance(70) ? random.pick(pool) : random.bytes(random.pick([0, 16, 31, 32, 33]));
  if (typeof value === 'boolean') return !value;
  return fresh(random, pool);
}

/** One change somewhere in a tree. */
export function changeTree(random, root, pool) {
  const tree = clone(root);
  const path = random.pick(collect(tree, [], []));
  const value = at(tree, path);
  if (Array.isArray(value) && random.chance(75)) {
    const i = random.int(Math.max(value.length, 1));
    const j = random.int(Math.max(value.length, 1));
    switch (random.int(5)) {
      case 0:
        value.splice(i, 1);
        break;
      case 1:
        value.splice(i, 0, value.length > 0 ? clone(value[i]) : fresh(random, pool));
        break;
      case 2:
        if (value.length > 0) [value[i], value[j]] = [value[j], value[i]];
        break;
      case 3:
        value.push(random.pick(pool));
        if (value.every((item) => item instanceof Uint8Array)) value.sort((a, b) => Buffer.compare(a, b));
        break;
      default:
        value.splice(i, 0, fresh(random, pool));
    }
    return tree;
  }
  if (Array.isArray(value?.map) && random.chance(75)) {
    const i = random.int(Math.max(value.map.length, 1));
    switch (random.int(5)) {
      case 0:
      case 1:
        value.map.splice(i, 1);
        break;
      case 2:
        value.map.push([random.pick(WORDS), fresh(random, pool)]);
        break;
      case 3:
        value.map.push([random.pick(EDGES) - (random.chance(30) ? 70001n : 0n), fresh(random, pool)]);
        break;
      default:
        if (value.map.length > 0) {
          value.map.push(random.chance(50) ? clone(value.map[i]) : [value.map[i][0], fresh(random, pool)]);
          value.asIs = random.chance(50);
        }
    }
    return tree;
  }
  return put(tree, path, random.chance(60) ? near(random, value, pool) : fresh(random, pool));
}

// ---- elements

/** 32-byte strings that mean something in a file. */
function poolOf(file) {
  const pool = [new Uint8Array(32), sha256(file.item)];
  for (const elements of file.members.values()) {
    for (const bytes of elements.slice(0, 12)) {
      pool.push(sha256(bytes));
      const parts = bytes[0] === 0xd2 ? decode(bytes.subarray(1)) : undefined;
      if (Array.isArray(parts) && parts[0] instanceof Uint8Array && parts[2] instanceof Uint8Array) {
        pool.push(sha256(encode(['Signature1', parts[0], new Uint8Array(0), parts[2]])));
      }
    }
  }
  return pool;
}

/** A record or credential with a changed header or payload, signed anew where the key's seed is public. */
function resign(random, bytes, pool) {
  const parts = decode(bytes.subarray(1));
  if (!Array.isArray(parts) || !(parts[0] instanceof Uint8Array) || !(parts[2] instanceof Uint8Array))
    return bytes;
  let header = decode(parts[0]);
  let payload = decode(parts[2]);
  if (!Array.isArray(header?.map) || !Array.isArray(payload?.map)) return bytes;
  const kid = get(header, 4n);
  const key = kid instanceof Uint8Array ? KEY_OF.get(Buffer.from(kid).toString('hex')) : undefined;
  const times = random.chance(20) ? 2 : 1;
  for (let i = 0; i < times; i += 1) {
    if (random.chance(40)) {
      const link = get(header, -70001n);
      if (link && random.chance(60)) set(header, -70001n, changeTree(random, link, pool));
      else if (random.chance(50) && get(header, 15n))
        set(header, 15n, changeTree(random, get(header, 15n), pool));
      else header = changeTree(random, header, pool);
    } else payload = changeTree(random, payload, pool);
  }
  const protectedBytes = random.chance(3) ? changeHead(random, encode(header), 0) : encode(header);
  const payloadBytes = random.chance(3) ? changeHead(random, encode(payload), 0) : encode(payload);
  if (key === undefined)
    return concat([Uint8Array.of(0xd2), encode([protectedBytes, { map: [] }, payloadBytes, parts[3]])]);
  return seal(key, protectedBytes, payloadBytes).bytes;
}

function changeElement(random, bytes, member, other, pool) {
  if ((member === 1 || member === 3) && random.chance(75)) return resign(random, bytes, pool);
  if (member === 1 || member === 3)
    return random.chance(50) ? changeBytes(random, bytes, other) : changeHead(random, bytes, 1);
  if (member === 2 || member === 4 || member === 7) {
    const tree = decode(bytes);
    if (tree !== undefined && random.chance(65)) return encode(changeTree(random, tree, pool));
    return random.chance(60) ? changeBytes(random, bytes, other) : changeHead(random, bytes, 0);
  }
  if (member === 5 && random.chance(40)) {
    const lines = Buffer.from(bytes).toString('utf8').split('\n');
    const i = random.int(lines.length);
    const j = random.int(lines.length);
    if (random.chance(35)) lines.splice(i, 1);
    else if (random.chance(50)) lines.splice(j, 0, lines[i]);
    else [lines[i], lines[j]] = [lines[j], lines[i]];
    return new Uint8Array(Buffer.from(lines.join('\n')));
  }
  return changeBytes(random, bytes, other);
}

function changeFile(random, file, otherFile) {
  const members = new Map([...file.members].map(([key, elements]) => [key, [...elements]]));
  let item = file.item;
  let asIs = false;
  const pool = poolOf(file);
  const steps = random.chance(25) ? 2 + random.int(3) : 1;
  for (let step = 0; step < steps; step += 1) {
    const keys = [...members.keys()].filter((key) => members.get(key).length > 0);
    const member =
      keys.length === 0 || random.chance(5)
        ? 1 + random.int(8)
        : random.chance(35) && keys.includes(1)
          ? 1
          : random.pick(keys);
    const elements = members.get(member) ?? [];
    const i = random.int(Math.max(elements.length, 1));
    const theirs = otherFile?.members.get(member) ?? [];
    switch (random.int(13)) {
      case 0:
      case 1:
        elements.splice(i, 1);
        break;
      case 2:
        if (elements.length > 0) {
          elements.splice(random.int(elements.length + 1), 0, elements[i]);
          asIs = true;
        }
        break;
      case 3: {
        const j = random.int(Math.max(elements.length, 1));
        if (elements.length > 0) [elements[i], elements[j]] = [elements[j], elements[i]];
        asIs = true;
        break;
      }
      case 4:
        if (theirs.length > 0) elements.push(random.pick(theirs));
        break;
      case 5:
        for (const [key, list] of otherFile?.members ?? [])
          members.set(key, [...(members.get(key) ?? []), ...list]);
        continue;
      case 6:
        item = random.chance(60) && otherFile ? otherFile.item : random.pick(TEXTS).slice(0, 500);
        break;
      case 7: {
        // To the wrong member.
        if (elements.length > 0)
          members.set(1 + random.int(8), [...(members.get(1 + random.int(8)) ?? []), elements[i]]);
        break;
      }
      default:
        if (elements.length > 0) {
          elements[i] = changeElement(
            random,
            elements[i],
            member,
            random.pick(theirs.length > 0 ? theirs : elements),
            pool,
          );
          if (random.chance(4)) asIs = true;
        } else elements.push(random.bytes(random.int(40)));
    }
    members.set(member, elements);
  }
  return join({ item, members }, asIs);
}

// ---- trust files

function changeTrust(random, text, otherText) {
  if (text === null) return random.chance(70) ? otherText : null;
  if (random.chance(8)) return null;
  if (random.chance(8)) return otherText;
  if (random.chance(15)) {
    const i = random.int(text.length);
    return random.pick([
      text.slice(0, i) + text.slice(i + 1),
      `${text.slice(0, i)}${random.pick(['"', '0', 'e', ',', '}', ' ', '\\', '\u00e9'])}${text.slice(i)}`,
      text.slice(0, i),
    ]);
  }
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const authority =
    Array.isArray(value.authorities) && value.authorities.length > 0
      ? random.pick(value.authorities)
      : undefined;
  switch (random.int(12)) {
    case 0:
      if (authority) authority.mayDelegate = random.int(5);
      break;
    case 1:
      if (authority) authority.roles = random.some(authority.roles ?? [], 60);
      break;
    case 2:
      if (authority)
        authority.subjects = [
          random.pick([
            'https://id.gs1.org/01/',
            'urn:uuid:',
            'https://id.gs1.org/',
            'https://id.gs1.org/01/0952',
            'x:',
          ]),
        ];
      break;
    case 3:
      if (authority)
        authority[random.pick(['from', 'until'])] = random.pick([
          '2026-08-28T09:05:00+08:00',
          '2026-09-01T00:00:00Z',
          '2026-08-01T00:00:00Z',
          '2026-13-01T00:00:00Z',
          '2025-02-29T00:00:00Z',
        ]);
      break;
    case 4:
      delete value[random.pick(Object.keys(value))];
      break;
    case 5:
      value[random.pick(['sequence', 'format', 'name', 'issued', 'nextUpdate', 'extra', 'tsas', 'logs'])] =
        random.pick([1, 0, -1, 1.5, '', 'x', null, [], {}, '2026-09-01T00:00:00Z']);
      break;
    case 6:
    case 7: {
      const kid = random.pick([...KEY_OF.keys()]);
      value.revoked = [
        ...(Array.isArray(value.revoked) ? value.revoked : []),
        {
          kid,
          suspectFrom: random.pick([
            '2026-08-01T00:00:00Z',
            '2026-08-28T09:05:00+08:00',
            '2026-09-15T00:00:00Z',
          ]),
        },
      ];
      break;
    }
    case 8:
      if (typeof value.logs === 'string')
        value.logs = value.logs
          .split('\n')
          .filter(() => random.chance(80))
          .join('\n');
      break;
    case 9:
      if (typeof value.logs === 'string')
        value.logs = value.logs.replace(
          /quorum \S+/,
          `quorum ${random.pick(['none', 'w0', 'w1', 'both', 'x'])}`,
        );
      break;
    case 10:
      if (typeof value.logs === 'string')
        value.logs = value.logs.replace(
          /group (\S+) \S+/,
          `group $1 ${random.pick(['any', 'all', '1', '2', '0', '3'])}`,
        );
      break;
    default:
      value.authorities = (value.authorities ?? []).slice(0, -1);
  }
  return JSON.stringify(value);
}

// ---- all

export function mutate(random, pick) {
  const job = pick();
  const other = pick();
  const out = { ...job };
  const kind = random.int(100);
  if (kind < 12) out.passport = changeBytes(random, job.passport, other.passport);
  else if (kind < 16) out.passport = changeHead(random, job.passport, 8);
  else if (kind < 90) {
    const file = split(job.passport);
    out.passport = file
      ? changeFile(random, file, split(other.passport))
      : changeBytes(random, job.passport, other.passport);
  }
  if (kind >= 90 || random.chance(12)) out.trust = changeTrust(random, job.trust, other.trust);
  if (kind >= 95 || random.chance(8)) {
    out.at = random.pick([
      0,
      job.at - 1,
      job.at + 1,
      1787880000,
      1787880030,
      1788000000,
      1796520000,
      1805160001,
      253402300799,
      job.at - random.int(3000000),
    ]);
    if (out.at < 0) out.at = 0;
  }
  if (random.chance(3)) out.trustMinSequence = random.pick([0, 12, 13, 2 ** 53 - 1]);
  return out;
}

/** Pieces of one passport, or of two, and loose elements, to be merged. */
export function pieces(random, jobs) {
  const pick = () => (random.chance(40) ? story(random) : random.pick(jobs));
  const job = random.chance(50) ? pick() : mutate(random, pick);
  const file = split(job.passport);
  if (!file) return { ...job, merge: [job.passport, random.chance(50) ? pick().passport : job.passport] };
  const merge = [];
  const whole = random.chance(30);
  for (let i = 1 + random.int(3); i > 0; i -= 1) {
    const members = new Map(
      [...file.members].map(([key, list]) => [key, random.some(list, whole ? 100 : 60)]),
    );
    merge.push(join({ item: file.item, members }));
  }
  for (const [member, list] of file.members) {
    if (member === 6 || member === 8) continue;
    for (const bytes of list) if (random.chance(10)) merge.push(bytes);
  }
  const other = random.chance(10) ? split(pick().passport) : undefined;
  if (other) merge.push(join({ item: file.item, members: other.members }));
  if (random.chance(3)) merge.push(random.bytes(random.int(40)));
  for (let i = merge.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    [merge[i], merge[j]] = [merge[j], merge[i]];
  }
  return { ...job, merge };
}
