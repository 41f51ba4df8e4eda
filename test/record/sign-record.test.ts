import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.js';
import { GoodOrderError } from '../../src/errors.js';
import { readRecord } from '../../src/record/read-record.js';
import type { Fields } from '../../src/record/record-type.js';
import { type RecordToSign, signRecord } from '../../src/record/sign-record.js';
import { ITEM, SAMPLES, SELLER } from './sample-payloads.js';
import { countingSalt, IAT, SIGNER } from './test-signing.js';

const REQUEST: RecordToSign<'statement'> = {
  signer: SIGNER,
  iss: SELLER,
  sub: ITEM,
  type: 'statement',
  payload: SAMPLES.statement.minimal,
  iat: IAT,
  state: { seq: 0, prev: null, lane: null },
  salt: countingSalt(),
};

test('gives the bytes, both hashes and the next position', async () => {
  const made = await signRecord(REQUEST);
  expect(made.id).toBe(sha256Hex(made.record));
  const read = readRecord(made.record);
  expect(read).toEqual({ ok: true, record: made.signed, diagnostics: [] });
  expect(made.statementHash).toBe(made.signed.statementHash);
  expect(made.next).toEqual({ seq: 1, prev: made.statementHash, lane: made.statementHash });
  expect(made.openings).toEqual([]);
});

test('the next record continues chain and lane', async () => {
  const first = await signRecord(REQUEST);
  const second = await signRecord({ ...REQUEST, state: first.next });
  expect(second.signed.link).toEqual({
    version: 1,
    seq: 1,
    prev: first.statementHash,
    seen: [],
    lane: first.statementHash,
    anchors: [],
  });
});

test('the same request gives the same bytes', async () => {
  expect((await signRecord(REQUEST)).record).toEqual((await signRecord(REQUEST)).record);
});

test('seen and anchors are sorted and each stands once', async () => {
  const ids = ['ff', '00', '7f', '00'].map((pair) => pair.repeat(32));
  const { signed } = await signRecord({ ...REQUEST, seen: ids, anchors: ids });
  const sorted = ['00', '7f', 'ff'].map((pair) => pair.repeat(32));
  expect(signed.link.seen).toEqual(sorted);
  expect(signed.link.anchors).toEqual(sorted);
});

describe('refuses', () => {
  const payload = SAMPLES.statement.minimal;
  test.each<[string, Partial<RecordToSign<'statement'>>, string | undefined]>([
    ['an iss that is no party', { iss: 'me' }, 'claims.iss'],
    ['a subject that is not canonical', { sub: `${ITEM}?x=1` }, 'claims.sub'],
    ['a time out of range', { iat: -1 }, 'claims.iat'],
    ['a position without prev', { state: { seq: 4, prev: null, lane: 'aa'.repeat(32) } }, 'link[2]'],
    ['65 seen', { seen: Array.from({ length: 65 }, (_, i) => i.toString(16).padStart(64, '0')) }, 'link[3]'],
    ['an unknown key', { payload: { ...payload, mood: 'calm' } as Fields }, 'mood'],
    ['a missing key', { payload: { text: 'x', about: { item: ITEM } } as Fields }, 'occurredAt'],
    ['a wrong value', { payload: { ...payload, text: 5 } as Fields }, 'text'],
    ['a fraction', { payload: { ...payload, x: { a: 1.5 } } as Fields }, 'payload'],
    ['a control character', { payload: { ...payload, text: 'a\u0007b' } }, 'payload'],
    ['a lone surrogate', { payload: { ...payload, text: 'a\ud800b' } }, 'payload'],
    // It has no entries of its own and would be signed as an empty map, which is not what its author meant.
    ['a date object', { payload: { ...payload, x: { a: new Date(0) } } as Fields }, 'payload'],
    [
      'a record over 65,535 bytes',
      { payload: { ...payload, x: { a: 'x'.repeat(70_000) } } as Fields },
      undefined,
    ],
    ['an unknown type', { type: 'rumour' as 'statement' }, 'type'],
  ])('%s', async (_, change, path) => {
    const promise = signRecord({ ...REQUEST, ...change });
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(GoodOrderError);
    expect((error as GoodOrderError).code).toBe('signer.refused');
    expect((error as GoodOrderError).place.path).toBe(path);
  });

  test('ids that are no hex are misuse', async () => {
    await expect(signRecord({ ...REQUEST, seen: ['AA'.repeat(32)] })).rejects.toThrow(TypeError);
    await expect(signRecord({ ...REQUEST, state: { seq: 1, prev: 'x', lane: null } })).rejects.toThrow(
      TypeError,
    );
  });

  test('says all that is wrong in its cause', async () => {
    const error = await signRecord({ ...REQUEST, iss: 'me', iat: -1 }).catch((reason: unknown) => reason);
    expect((error as GoodOrderError).message).toBe(
      'this record would be faulty: record.claims at `claims.iss` and 1 more',
    );
    expect((error as GoodOrderError).cause).toMatchObject([
      { code: 'record.claims', path: 'claims.iss' },
      { code: 'record.claims', path: 'claims.iat' },
    ]);
  });
});

test('entries that are undefined are left out', async () => {
  const { signed } = await signRecord({
    ...REQUEST,
    payload: { ...SAMPLES.statement.minimal, note: undefined } as Fields,
  });
  expect(Object.keys(signed.payload.fields).sort()).toEqual(['about', 'occurredAt', 'text']);
});
