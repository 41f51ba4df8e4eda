import * as cborg from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { newScanReport, scanWhole } from '../../src/codec/cbor-scan.js';
import { toHex } from '../../src/codec/hex.js';
import { LONG_MAP, LongMap, mapOf } from '../../src/codec/long-map.js';
import { profileValue } from './profile-values.js';

type Entry = readonly [CborKey, CborValue];

const pairs = (count: number): Entry[] => Array.from({ length: count }, (_, index) => [index, `n${index}`]);

/** The same value with a plain Map for every map. */
function plain(value: CborValue): CborValue {
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('LongMap', () => {
  const entries = pairs(LONG_MAP);
  const map = new LongMap(entries);

  test('reads as a Map of these entries does', () => {
    const same = new Map(entries);
    expect(map.size).toBe(same.size);
    expect([...map]).toEqual([...same]);
    expect([...map.entries()]).toEqual([...same.entries()]);
    expect([...map.keys()]).toEqual([...same.keys()]);
    expect([...map.values()]).toEqual([...same.values()]);
    expect([map.get(7), map.get(LONG_MAP), map.has(7), map.has(LONG_MAP)]).toEqual([
      'n7',
      undefined,
      true,
      false,
    ]);
    const visited: unknown[] = [];
    const self = {};
    map.forEach(function (this: unknown, value, key, whole) {
      visited.push([key, value]);
      expect([this, whole]).toEqual([self, map]);
    }, self);
    expect(visited).toEqual(entries);
  });

  test('cannot be changed', () => {
    const open = map as Map<CborKey, CborValue>;
    for (const change of [() => open.set(1, 2), () => open.delete(1), () => open.clear()])
      expect(change).toThrow(new TypeError('a long map cannot be changed'));
    expect(map.size).toBe(LONG_MAP);
  });

  test('begins where a Map may be slow', () => {
    expect(mapOf(pairs(LONG_MAP - 1))).not.toBeInstanceOf(LongMap);
    expect(mapOf(pairs(LONG_MAP))).toBeInstanceOf(LongMap);
  });
});

describe('an item that holds a long map', () => {
  test('is told by the scanner', () => {
    const told = (value: CborValue): boolean => {
      const bytes = encodeCbor(value);
      const report = newScanReport();
      expect(scanWhole(bytes, 0, bytes.length, 65_535, report)).toBe(true);
      return report.longMap;
    };
    expect(told(new Map(pairs(LONG_MAP)))).toBe(true);
    expect(told([[], new Map([['a', new Map(pairs(LONG_MAP))]])])).toBe(true);
    expect(told(new Map(pairs(LONG_MAP - 1)))).toBe(false);
    expect(told(Array.from({ length: 1000 }, () => 0))).toBe(false);
    expect(told(0)).toBe(false);
  });

  test('is decoded and encoded as any other', () => {
    fc.assert(
      fc.property(profileValue, profileValue, fc.constantFrom(0, 1_000, -5_000), (one, other, from) => {
        const long: Entry[] = pairs(LONG_MAP).map(([key], index) => [
          from + (key as number),
          index % 40 === 0 ? one : null,
        ]);
        const value: CborValue = [one, new Map<CborKey, CborValue>([...long, ['rest', other]]), other];
        const bytes = encodeCbor(value);
        expect(toHex(bytes)).toBe(toHex(cborg.encode(value, cborg.rfc8949EncodeOptions)));
        const decoded = decodeCbor(bytes);
        expect((decoded as readonly CborValue[])[1]).toBeInstanceOf(LongMap);
        // Short maps and all else are what the codec makes of them.
        expect((decoded as readonly CborValue[])[0]).toEqual(decodeCbor(encodeCbor(one)));
        expect(toHex(encodeCbor(plain(decoded)))).toBe(toHex(bytes));
        expect(toHex(encodeCbor(decoded))).toBe(toHex(bytes));
      }),
      { numRuns: 200 },
    );
  });

  test('holds copies of the input', () => {
    const bytes = encodeCbor(new Map<CborKey, CborValue>([...pairs(LONG_MAP), ['bytes', Uint8Array.of(7)]]));
    const decoded = decodeCbor(bytes) as ReadonlyMap<CborKey, CborValue>;
    bytes.fill(0);
    expect(decoded.get('bytes')).toEqual(Uint8Array.of(7));
  });

  test('two keys of one encoding are refused', () => {
    expect(() => encodeCbor(new Map<CborKey, CborValue>([...pairs(LONG_MAP), [1n, 0]]))).toThrow(
      new RangeError('CBOR: two map keys have one encoding'),
    );
  });
});
