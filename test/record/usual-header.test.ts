import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { scanCbor } from '../../src/codec/cbor-scan.js';
import { fromHex } from '../../src/codec/hex.js';
import { internAscii, internHex } from '../../src/codec/interned.js';
import { readProtectedHeader } from '../../src/crypto/cose-header.js';
import { judgeHeader, readRecordHeader } from '../../src/record/record-header.js';
import { readUsualHeader } from '../../src/record/usual-header.js';
import { BUYER, CARRIER, hash, ITEM, LOT, SELLER } from './sample-payloads.js';

const SELF = `urn:goodorder:key:${'ab'.repeat(32)}`;

function ascending(names: readonly string[]): Uint8Array[] {
  return names.map(hash).sort((a, b) => Buffer.compare(a, b));
}

/** Mostly the first value, so that headers with one fault are common and faultless ones happen. */
function mostly(...values: readonly CborValue[]): fc.Arbitrary<CborValue> {
  return fc.oneof(
    { arbitrary: fc.constant(values[0]!), weight: 12 },
    { arbitrary: fc.constantFrom(...values), weight: 2 },
  );
}

const members = fc.record({
  alg: mostly(-19, -9, -7, 0, 23, 24, -25, 5, 'EdDSA'),
  type: mostly(
    'application/vnd.goodorder.handover+cbor',
    'application/vnd.goodorder.sensor-batch+cbor',
    'application/vnd.goodorder.Handover+cbor',
    'application/json',
    'é',
    7,
  ),
  kid: mostly(hash('a'), hash('b'), hash('c').subarray(1), 'kid'),
  iss: mostly(SELLER, CARRIER, BUYER, SELF, 'x'.repeat(600), '', 'nobody', null),
  sub: mostly(ITEM, LOT, `${ITEM}?`, 'https://id.gs1.org/01/x', '', false),
  iat: mostly(0, 1_787_880_000, 253_402_300_799, 253_402_300_800, -1, 'now', 2n ** 63n),
  version: mostly(1, 2, -1, '1'),
  seq: mostly(0, 1, 23, 24, 65_536, 2 ** 40, 2n ** 60n, -1, null),
  prev: mostly(null, hash('p'), hash('q'), hash('p').subarray(2), 'p'),
  seen: mostly(
    [],
    [hash('s')],
    ascending(['s', 't', 'u']),
    [...ascending(['s', 't'])].reverse(),
    [hash('s'), hash('s')],
    ascending(Array.from({ length: 64 }, (_, index) => `${index}`)),
    ascending(Array.from({ length: 65 }, (_, index) => `${index}`)),
    [null],
    'seen',
  ),
  lane: mostly(null, hash('p'), hash('l'), 7),
  anchors: mostly([], [hash('n')], ascending(Array.from({ length: 17 }, (_, i) => `${i}`))),
  typ: mostly(
    'application/vnd.goodorder.record+cose',
    'application/vnd.goodorder.record+cose',
    'application/vnd.goodorder.credential+cose',
  ),
  more: fc.constantFrom<readonly [CborKey, CborValue][]>(
    [],
    [],
    [],
    [
      [2, [99]],
      [99, true],
    ],
    [[99, 1]],
  ),
});

const header = members.map((m) => {
  const claims = new Map<CborKey, CborValue>([
    [1, m.iss],
    [2, m.sub],
    [6, m.iat],
  ]);
  return encodeCbor(
    new Map<CborKey, CborValue>([
      [1, m.alg],
      [3, m.type],
      [4, m.kid],
      [15, claims],
      [16, m.typ],
      [-70001, [m.version, m.seq, m.prev, m.seen, m.lane, m.anchors]],
      ...m.more,
    ]),
  );
});

const slowly = (bytes: Uint8Array): unknown => judgeHeader(readProtectedHeader(bytes));

describe('readUsualHeader', () => {
  test('is a short cut: the answer is the codec’s for any header', () => {
    let usual = 0;
    fc.assert(
      fc.property(header, (bytes) => {
        expect(readRecordHeader(bytes)).toEqual(slowly(bytes));
        if (readUsualHeader(bytes) !== null) usual += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(usual).toBeGreaterThan(100);
  });

  test('and for any bytes near a usual header that the scanner accepts', () => {
    const good = encodeCbor(
      new Map<CborKey, CborValue>([
        [1, -19],
        [3, 'application/vnd.goodorder.handover+cbor'],
        [4, hash('kid')],
        [
          15,
          new Map<CborKey, CborValue>([
            [1, SELLER],
            [2, ITEM],
            [6, 1_787_880_000],
          ]),
        ],
        [16, 'application/vnd.goodorder.record+cose'],
        [-70001, [1, 300, hash('p'), ascending(['s', 't']), hash('p'), [hash('n')]]],
      ]),
    );
    expect(readUsualHeader(good)).toEqual({
      alg: -19,
      contentType: 'application/vnd.goodorder.handover+cbor',
      kid: Buffer.from(hash('kid')).toString('hex'),
      iss: SELLER,
      sub: ITEM,
      iat: 1_787_880_000,
      seq: 300,
      prev: Buffer.from(hash('p')).toString('hex'),
      seen: ascending(['s', 't']).map((one) => Buffer.from(one).toString('hex')),
      lane: Buffer.from(hash('p')).toString('hex'),
      anchors: [Buffer.from(hash('n')).toString('hex')],
    });
    let accepted = 0;
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const bytes = good.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (scanCbor(bytes) !== null || bytes[0]! >> 5 !== 5) continue;
      accepted += 1;
      expect(readRecordHeader(bytes)).toEqual(slowly(bytes));
    }
    expect(accepted).toBeGreaterThan(1_000);
  });

  test('cut off anywhere it never reads beyond the end', () => {
    const good = fc.sample(header, 50);
    for (const bytes of good) {
      for (let length = 0; length < bytes.length; length += 1) {
        expect(readUsualHeader(bytes.subarray(0, length))).toBeNull();
      }
    }
  });
});

describe('interned texts', () => {
  test('equal bytes give the same text, whatever stood in their place before', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }), (all) => {
        for (const bytes of [...all, ...all]) {
          const text = Buffer.from(bytes).toString('latin1');
          const ascii = /^[ -~]*$/.test(text);
          expect(internAscii(bytes, 0, bytes.length)).toBe(ascii ? text : null);
          expect(internHex(bytes, 0, bytes.length)).toBe(Buffer.from(bytes).toString('hex'));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what is kept does not change with the bytes it was read from', () => {
    const bytes = fromHex('61626364');
    expect(internAscii(bytes, 1, 3)).toBe('bc');
    bytes.fill(0x7a);
    expect(internAscii(bytes, 1, 3)).toBe('zz');
    expect(internAscii(fromHex('6263'), 0, 2)).toBe('bc');
    expect(internAscii(new Uint8Array(513).fill(0x61), 0, 513)).toBeNull();
  });
});
