import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { fromHex, toHex } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import type { Checkpoint } from '../../src/log/checkpoint.js';
import { evaluateNote } from '../../src/log/note-time.js';
import {
  encodeReceipt,
  isReceiptFault,
  type Receipt,
  readReceipt,
  verifyReceipt,
} from '../../src/log/receipt.js';
import { idOf, ids, LOG, policyOf } from './test-log.js';

const ENTRIES = ids(7);
const log = buildLog(LOG, ENTRIES);

function read(bytes: Uint8Array): Receipt {
  const receipt = readReceipt(bytes);
  if (isReceiptFault(receipt)) throw new Error(receipt.reason);
  return receipt;
}

function checkpointOf(bytes: Uint8Array): Checkpoint {
  const { statement } = evaluateNote(bytes, policyOf('none'));
  if (statement?.kind !== 'checkpoint') throw new Error('no checkpoint');
  return statement.checkpoint;
}

describe('a receipt of a built log', () => {
  test.each(ENTRIES.map((id, index) => [index, id] as const))('entry %i', (index, id) => {
    for (let size = index + 1; size <= ENTRIES.length; size += 1) {
      const note = log.checkpoint([], size);
      const receipt = read(log.receipt(id, note, { size, tokens: [idOf('t2'), idOf('t1')] }));
      expect(receipt).toMatchObject({
        id,
        index,
        note: sha256Hex(note),
        tokens: [idOf('t1'), idOf('t2')].sort(),
      });
      expect(verifyReceipt(receipt, checkpointOf(note))).toBe(true);
      expect(verifyReceipt({ ...receipt, id: idOf('another') }, checkpointOf(note))).toBe(false);
      if (size > 1)
        expect(verifyReceipt({ ...receipt, index: (index + 1) % size }, checkpointOf(note))).toBe(false);
      expect(toHex(encodeReceipt(receipt))).toBe(
        toHex(log.receipt(id, note, { size, tokens: [idOf('t1'), idOf('t2')] })),
      );
    }
  });

  test('what the log does not hold has none', () => {
    expect(() => log.receipt(idOf('absent'), log.checkpoint())).toThrow(RangeError);
    expect(() => log.receipt(ENTRIES[3] as string, log.checkpoint([], 2), { size: 2 })).toThrow(RangeError);
  });
});

describe('shape', () => {
  const h = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
  const good: CborValue[] = [h(1), 0, [h(2)], h(3), [h(4), h(5)]];

  test('the good one', () => {
    expect(isReceiptFault(readReceipt(encodeCbor(good)))).toBe(false);
  });

  test.each<[string, CborValue, string]>([
    ['no array', new Map(), 'a receipt is an array of five'],
    ['four', good.slice(0, 4), 'a receipt is an array of five'],
    ['six', [...good, null], 'a receipt is an array of five'],
    ['short id', [h(1).slice(1), ...good.slice(1)], 'id and note are 32 bytes'],
    ['note as text', [...good.slice(0, 3), 'ab', [h(4)]], 'id and note are 32 bytes'],
    ['negative index', [h(1), -1, ...good.slice(2)], 'the index is an integer from 0 to 2^53 − 1'],
    ['index 2^53', [h(1), 2n ** 53n, ...good.slice(2)], 'the index is an integer from 0 to 2^53 − 1'],
    ['path of 31 bytes', [h(1), 0, [h(2).slice(1)], h(3), []], 'the path is at most 53 hashes of 32 bytes'],
    [
      'path of 54',
      [h(1), 0, Array.from({ length: 54 }, () => h(2)), h(3), []],
      'the path is at most 53 hashes of 32 bytes',
    ],
    ['tokens not ascending', [...good.slice(0, 4), [h(5), h(4)]], 'the tokens are strictly ascending'],
    ['token twice', [...good.slice(0, 4), [h(4), h(4)]], 'the tokens are strictly ascending'],
    [
      '17 tokens',
      [...good.slice(0, 4), Array.from({ length: 17 }, (_, index) => h(index))],
      'the tokens are at most 16 hashes of 32 bytes',
    ],
    ['tokens null', [...good.slice(0, 4), null], 'the tokens are at most 16 hashes of 32 bytes'],
  ])('%s', (_, value, reason) => {
    expect(readReceipt(encodeCbor(value))).toEqual({ code: 'receipt.malformed', reason });
  });

  test('bytes outside the profile, with the offset', () => {
    const bytes = encodeCbor(good);
    expect(readReceipt(bytes.slice(0, -1))).toMatchObject({
      code: 'receipt.malformed',
      reason: 'cbor.truncated',
      offset: expect.any(Number),
    });
    expect(readReceipt(Uint8Array.of(...bytes, 0))).toMatchObject({
      reason: 'cbor.trailing',
      offset: bytes.length,
    });
  });

  test('any bytes are a receipt or a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const result = readReceipt(bytes);
        expect(isReceiptFault(result) ? result.code : 'receipt.malformed').toBe('receipt.malformed');
      }),
    );
  });

  test('a path of 53 and 16 tokens are the most', () => {
    const path = Array.from({ length: 53 }, () => h(2));
    const tokens = Array.from({ length: 16 }, (_, index) => h(index));
    expect(readReceipt(encodeCbor([h(1), 2 ** 53 - 1, path, h(3), tokens]))).toEqual({
      id: '01'.repeat(32),
      index: 2 ** 53 - 1,
      path,
      note: '03'.repeat(32),
      tokens: tokens.map(toHex),
    });
  });

  test('a text is no index', () => {
    expect(readReceipt(encodeCbor([h(1), '0', [], h(3), []]))).toEqual({
      code: 'receipt.malformed',
      reason: 'the index is an integer from 0 to 2^53 − 1',
    });
  });

  test('a receipt that would not be read is not written', () => {
    const receipt = read(encodeCbor(good));
    expect(() => encodeReceipt({ ...receipt, tokens: [...receipt.tokens].reverse() })).toThrow(
      new RangeError('no receipt: the tokens are strictly ascending'),
    );
    expect(() => encodeReceipt({ ...receipt, path: [fromHex('00')] })).toThrow(
      new RangeError('no receipt: the path is at most 53 hashes of 32 bytes'),
    );
    expect(() => encodeReceipt({ ...receipt, index: -1 })).toThrow(
      new RangeError('no receipt: the index is an integer from 0 to 2^53 − 1'),
    );
  });
});
