import * as cborg from 'cborg';
import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { fromHex } from '../../src/codec/hex.js';
import { GoodOrderError } from '../../src/errors.js';
import type { Target } from './guided.js';

const STRICT = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: true,
};

/** A decoded float can look like an integer, so it is refused where it is read. */
class WithoutFloats extends cborg.Tokenizer {
  override next() {
    const token = super.next();
    if (token.type.name === 'float') throw new Error('a float');
    return token;
  }
}

// Written from encoding.md and not taken from the codec: it is what the codec is measured by.
const REFUSED_TEXT = /(?![\t\n])[\p{Cc}\ufeff\p{Surrogate}]/u;
const DEEPEST = 32;

/** The value in the form cborg encodes without loss, or undefined if the profile leaves it out. */
function inProfile(value: unknown, level: number): unknown {
  if (level > DEEPEST) return undefined;
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return value;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : BigInt(value);
  if (typeof value === 'string') return REFUSED_TEXT.test(value) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => inProfile(item, level + 1));
    return items.includes(undefined) ? undefined : items;
  }
  if (!(value instanceof Map)) return undefined;
  const copy = new Map<unknown, unknown>();
  for (const [key, item] of value) {
    const isKey = typeof key === 'number' || typeof key === 'bigint' || typeof key === 'string';
    const keyInside = isKey ? inProfile(key, level + 1) : undefined;
    const inside = inProfile(item, level + 1);
    if (keyInside === undefined || inside === undefined) return undefined;
    copy.set(keyInside, inside);
  }
  return copy;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** Does another's codec, held to the rules of the profile, take these bytes? */
function othersAccept(bytes: Uint8Array): boolean {
  try {
    const value = inProfile(
      cborg.decode(bytes, { ...STRICT, tokenizer: new WithoutFloats(bytes, STRICT) }),
      1,
    );
    return value !== undefined && same(cborg.encode(value, cborg.rfc8949EncodeOptions), bytes);
  } catch {
    return false;
  }
}

/** The scanner takes what the other codec takes; the decoder likewise; and what it decodes encodes to the same bytes. */
export function scannerTarget(): Target {
  let accepted = 0;
  const execute = (bytes: Uint8Array): string | undefined => {
    const fault = scanCbor(bytes);
    let value: CborValue | undefined;
    try {
      value = decodeCbor(bytes);
    } catch (error) {
      if (!(error instanceof GoodOrderError)) return `the decoder threw ${String(error)}`;
      if (fault === null) return 'scanned, yet not decoded';
      if (error.code !== fault.code) return `scanned as ${fault.code}, refused as ${error.code}`;
    }
    if (fault !== null && value !== undefined) return `decoded in spite of ${fault.code}`;
    if (othersAccept(bytes) !== (fault === null)) return `${fault?.code ?? 'accepted'}, unlike cborg`;
    if (fault !== null) return undefined;
    accepted += 1;
    return same(encodeCbor(value as CborValue), bytes) ? undefined : 'encoded to other bytes';
  };
  return { seeds: seeds(), longest: 700, batch: 4096, execute, accepted: () => accepted };
}

/** One of every kind of value, and one of every refusal that is easily made. */
function seeds(): Uint8Array[] {
  const values: CborValue[] = [
    0,
    -1,
    23,
    24,
    256,
    65_536,
    2 ** 32,
    2n ** 64n - 1n,
    -(2n ** 64n),
    null,
    true,
    'text',
    'tab\tline\n',
    'é漢👍🏽',
    new Uint8Array(24),
    [1, [2, [3, []]]],
    new Map<CborKey, CborValue>([
      [1, 'one'],
      [-1, new Uint8Array(3)],
      ['a', [null, false]],
      ['__proto__', new Map()],
    ]),
    new Map(Array.from({ length: 140 }, (_, index): [CborKey, CborValue] => [index, index])),
  ];
  const refused = [
    'c10a',
    'f93c00',
    '5f4101ff',
    '9f01ff',
    'bf0102ff',
    'f7',
    'f820',
    '1817',
    'a201010102',
    '62c328',
  ];
  return [
    ...values.map(encodeCbor),
    ...refused.map(fromHex),
    fromHex(`${'81'.repeat(31)}01`),
    fromHex(`${'81'.repeat(32)}01`),
  ];
}
