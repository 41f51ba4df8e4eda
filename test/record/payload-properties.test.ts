import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCoseKeyFault, readCoseKey } from '../../src/crypto/cose-key.js';
import { toBeSigned } from '../../src/crypto/cose-sign1.js';
import { verifyEd25519Sync } from '../../src/crypto/ed25519.js';
import { compileCheck } from '../../src/record/fast-check.js';
import { readRecord } from '../../src/record/read-record.js';
import type { Fields } from '../../src/record/record-type.js';
import { signRecord } from '../../src/record/sign-record.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import '../../src/record/zod-setup.js';
import * as z from 'zod/mini';
import { arbitraryFields, nullPrototypes } from './arbitrary-payload.js';
import { ITEM, SAMPLES, SELLER } from './sample-payloads.js';
import { countingSalt, IAT, SIGNER } from './test-signing.js';

const TYPES = [...RECORD_TYPES.keys()] as RecordTypeName[];
const EVERY_BIT: ReadonlySet<string> = new Set(['handover', 'manifest', 'statement']);
const FIRST = { seq: 0, prev: null, lane: null };

function publicKey(): Uint8Array {
  const key = readCoseKey(SIGNER.coseKey);
  if (isCoseKeyFault(key) || key.kty !== 'OKP') throw new Error('no Ed25519 key');
  return key.x;
}
const KEY = publicKey();

describe.each(TYPES)('%s', (type) => {
  const definition = RECORD_TYPES.get(type)!;
  const { sub = ITEM } = SAMPLES[type];
  const request = {
    signer: SIGNER,
    iss: SELLER,
    sub,
    type,
    iat: IAT,
    state: FIRST,
    salt: countingSalt(type),
  };

  test('what is signed is what is read', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFields(type), async (fields) => {
        const { record, signed } = await signRecord({ ...request, payload: fields });
        const read = readRecord(record);
        if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
        expect(read.diagnostics).toEqual([]);
        expect(read.record.payload).toEqual({ revision: 1, fields });
        expect(read.record).toEqual(signed);
        expect(verifyEd25519Sync(read.record.signature, toBeSigned(read.record.bytes), KEY)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('any flipped bit is caught by reading or by the signature', async () => {
    const { record } = await signRecord({ ...request, payload: SAMPLES[type].minimal as Fields });
    const survivors: number[] = [];
    // Every bit of some types, every seventh of the others: 7 and 8 share no factor, so all positions in a byte occur.
    const step = EVERY_BIT.has(type) ? 1 : 7;
    for (let bit = 0; bit < record.length * 8; bit += step) {
      const flipped = record.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const read = readRecord(flipped);
      // A flip may also make the type or revision unknown: still the signature must fail.
      const { bytes, signature, statementHash } = read.ok ? read.record : read.partial;
      const readable = read.ok || read.unsupported;
      if (readable && signature !== undefined && statementHash !== undefined) {
        if (verifyEd25519Sync(signature, toBeSigned(bytes), KEY)) survivors.push(bit);
      }
    }
    expect(survivors).toEqual([]);
  });

  test('the fast check agrees with zod on every payload, sound or broken', () => {
    const fast = compileCheck(definition.schema());
    let refused = 0;
    fc.assert(
      fc.property(arbitraryFields(type), fc.nat(), junk, (fields, where, thing) => {
        expect(fast(fields)).toBe(true);
        const broken = breakAt(fields, where, thing);
        const verdict = z.safeParse(definition.schema(), broken).success;
        if (!verdict) refused += 1;
        expect(fast(broken)).toBe(verdict);
      }),
      { numRuns: 60 },
    );
    // Most junk must be refused, or the property says nothing.
    expect(refused).toBeGreaterThan(30);
  });
});

const junk = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  0,
  2 ** 53 - 1,
  2n ** 60n,
  '',
  'word',
  'x'.repeat(9000),
  new Uint8Array(0),
  new Uint8Array(31),
  new Uint8Array(32),
  [],
  [[]],
  nullPrototypes({}),
  nullPrototypes({ foreign: 1 }),
  JSON.parse('{"__proto__": 1}'),
  new Map([[1, 2]]),
  undefined,
);

/** Replaces, adds or removes at the place that the number picks. */
function breakAt(value: unknown, pick: number, thing: unknown): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const index = pick % value.length;
    if (pick % 7 === 0) return [...value, thing];
    return value.map((item, i) => (i === index ? breakAt(item, Math.floor(pick / 3), thing) : item));
  }
  if (
    value !== null &&
    typeof value === 'object' &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Map)
  ) {
    const keys = Object.keys(value);
    const copy: Record<string, unknown> = Object.assign(Object.create(null), value);
    const key = keys[pick % (keys.length + 1)];
    if (key === undefined) copy['foreign'] = thing;
    else if (pick % 5 === 0) delete copy[key];
    else copy[key] = breakAt(copy[key], Math.floor(pick / 3), thing);
    return copy;
  }
  return thing;
}

test('bytes of any kind never make reading throw', async () => {
  const { record } = await signRecord({
    signer: SIGNER,
    iss: SELLER,
    sub: ITEM,
    type: 'handover',
    iat: IAT,
    state: FIRST,
    salt: countingSalt(),
    payload: SAMPLES.handover.full,
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(readRecord(bytes).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(
      fc.nat(record.length - 1),
      fc.nat(40),
      fc.uint8Array({ maxLength: 40 }),
      (start, cut, insert) => {
        const spliced = [...record.slice(0, start), ...insert, ...record.slice(start + cut)];
        const read = readRecord(Uint8Array.from(spliced));
        expect(read.ok ? read.record.bytes.length : read.id.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 2000 },
  );
});
