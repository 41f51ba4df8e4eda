import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { readReceipt } from '../../src/log/receipt.js';
import { isNoteFault, parseNote } from '../../src/log/signed-note.js';
import { parseSubjectAnswer } from '../../src/log/subject-answer.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { idOf, ids, LOG } from './test-log.js';

const entries = ids(5);
const log = buildLog(LOG, entries);
const note = log.checkpoint();

describe('a receipt', () => {
  test('of an id that the log does not hold there is none', () => {
    const absent = idOf('absent');
    expect(() => log.receipt(absent, note)).toThrow(
      new RangeError(`\`${absent}\` is not among the first 5 entries`),
    );
  });

  test('of an id beyond the size there is none, and of the last below it there is', () => {
    const [, , third = '', fourth = ''] = entries;
    expect(() => log.receipt(fourth, note, { size: 3 })).toThrow(
      new RangeError(`\`${fourth}\` is not among the first 3 entries`),
    );
    expect(readReceipt(log.receipt(third, log.checkpoint([], 3), { size: 3 }))).toEqual({
      id: third,
      index: 2,
      path: [expect.any(Uint8Array)],
      note: sha256Hex(log.checkpoint([], 3)),
      tokens: [],
    });
  });

  test('names tokens in ascending order', () => {
    const tokens = [idOf('b'), idOf('a'), idOf('c')];
    expect(readReceipt(log.receipt(entries[0] as string, note, { tokens }))).toMatchObject({
      tokens: [...tokens].sort(),
    });
  });
});

test('a subject answer is over the ids in ascending order, in whatever order they are given', () => {
  const sub = 'urn:uuid:00000000-0000-0000-0000-000000000001';
  const ascending = [...entries].sort();
  expect(ascending).not.toEqual(entries);
  for (const given of [entries, ascending, ascending.toReversed()]) {
    const read = parseNote(log.subjectAnswer(sub, given));
    if (isNoteFault(read)) throw new Error(read.reason);
    expect(parseSubjectAnswer(read.text)).toEqual({
      origin: 'log.example',
      size: 5,
      subject: sha256Hex(utf8Bytes(sub)),
      count: 5,
      root: toHex(merkleRoot(ascending.map(fromHex))),
    });
  }
});
