import { describe, expect, test } from 'vitest';
import {
  findRevocations,
  keyEventOf,
  type RevocationInput,
  type SignedKeyEvent,
} from '../../src/credential/revocation.js';
import type { SignedRecord } from '../../src/record/record.js';
import { trust } from './actors.js';

const KEY = 'a'.repeat(64);

function event(record: string, signer: string, changes: Partial<SignedKeyEvent> = {}): SignedKeyEvent {
  const none = { lastGood: null, nextKey: null };
  return { record, signer, key: KEY, action: 'revoke', suspectFrom: 100, ...none, ...changes };
}

const find = (
  events: readonly SignedKeyEvent[],
  given: Partial<RevocationInput> = {},
): ReturnType<typeof findRevocations> =>
  findRevocations({
    events,
    trust: null,
    issuersOf: () => new Set(['issuer']),
    isPresent: () => true,
    ...given,
  });

const rotation = (nextKey: string | null, signer = KEY): SignedKeyEvent =>
  event(`rotation to ${nextKey}`, signer, { action: 'rotate', suspectFrom: null, nextKey });

describe('whose word on a key is heard', () => {
  test('only the key’s own events are its own', () => {
    const { ownEvents, diagnostics, byKey } = find([
      event('own', KEY),
      event('above', 'issuer'),
      event('strange', 'stranger'),
      rotation('next'),
    ]);
    expect([...ownEvents]).toEqual(['own', 'rotation to next']);
    expect(diagnostics).toEqual([
      {
        code: 'keyevent.not-entitled',
        axis: 'trust',
        severity: 'info',
        record: 'strange',
        detail: { key: KEY, signer: 'stranger' },
      },
    ]);
    expect([...byKey.values()]).toEqual([
      { key: KEY, by: 'issuer', suspectFrom: 100, lastGood: [], events: ['above'] },
    ]);
  });

  test('every next key that it committed to speaks for it, and no key that it only named', () => {
    const said = (signer: string, commitments: readonly SignedKeyEvent[]): boolean =>
      find([...commitments, event('word', signer)]).byKey.has(KEY);
    const both = [rotation('next'), rotation('second next')];
    expect([said('next', both), said('second next', both), said('third', both)]).toEqual([true, true, false]);
    // Named in a revocation, or by a stranger's rotation.
    const named = event('named', KEY, { nextKey: 'next', suspectFrom: null });
    expect([said('next', [named]), said('next', [rotation('next', 'stranger')])]).toEqual([false, false]);
  });

  test('a rotation revokes nothing, nor a revocation that says not since when', () => {
    const { byKey, diagnostics } = find([
      event('r1', KEY, { action: 'rotate' }),
      event('r2', KEY, { suspectFrom: null, lastGood: 'gone' }),
    ]);
    expect([byKey.size, diagnostics]).toEqual([0, []]);
  });
});

describe('words of one instant', () => {
  const file = { ...trust(), revoked: new Map([[KEY, 100]]) };

  test('the trust file is named before an issuer', () => {
    const { byKey } = find([event('word', 'issuer', { lastGood: 'good' })], { trust: file });
    expect(byKey.get(KEY)).toEqual({
      key: KEY,
      by: 'trust-file',
      suspectFrom: 100,
      lastGood: ['good'],
      events: ['word'],
    });
  });

  test('a later one of the trust file is not', () => {
    const later = { ...file, revoked: new Map([[KEY, 101]]) };
    const { byKey } = find([event('word', 'issuer')], { trust: later });
    expect(byKey.get(KEY)).toEqual({
      key: KEY,
      by: 'issuer',
      suspectFrom: 100,
      lastGood: [],
      events: ['word'],
    });
  });

  test('their events and last good records are ascending, each once', () => {
    const { byKey } = find([
      event('c', KEY, { lastGood: 'y' }),
      event('a', KEY, { lastGood: 'x' }),
      event('b', KEY, { lastGood: 'y' }),
      event('later', KEY, { suspectFrom: 101, lastGood: 'w' }),
    ]);
    expect(byKey.get(KEY)).toEqual({
      key: KEY,
      by: 'self',
      suspectFrom: 100,
      lastGood: ['x', 'y'],
      events: ['a', 'b', 'c'],
    });
  });
});

test('a key event that only a newer reader knows is none here', () => {
  const record = { type: 'key-event', definition: null, payload: { fields: {} } };
  expect(keyEventOf(record as unknown as SignedRecord)).toBeNull();
});
