import { describe, expect, test } from 'vitest';
import { Authorities } from '../../src/credential/authority-path.js';
import type { Credential } from '../../src/credential/credential.js';
import { type Grant, widening } from '../../src/credential/grant.js';
import type { Authority, TrustFile } from '../../src/credential/trust-file.js';
import { trust } from './actors.js';

// Floods of credentials, without signatures: which of them are kept, and in what order they are told.

const GRANT: Omit<Grant, 'party'> = {
  roles: ['seller'],
  from: 0,
  until: 9,
  subjects: null,
  mayDelegate: 0,
};
const idOf = (number: number): string => String(number).padStart(64, '0');

function credential(
  number: number,
  issuer: string,
  key: string,
  changes: Partial<Credential> = {},
): Credential {
  return {
    ...GRANT,
    party: 'urn:party',
    id: idOf(number),
    issuer,
    key,
    bytes: new Uint8Array(),
    toBeSigned: new Uint8Array(),
    signature: new Uint8Array(),
    alg: -19,
    accreditation: null,
    ...changes,
  };
}

function trusting(...names: string[]): TrustFile {
  const authorities = names.map(
    (kid): Authority => ({
      ...GRANT,
      party: `urn:${kid}`,
      mayDelegate: 2,
      kid,
      key: { kty: 'unknown', kid, bytes: new Uint8Array() },
    }),
  );
  return { ...trust(), authorities };
}

const numbers = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index);
const kept = (authorities: Authorities, key: string): string[] =>
  authorities.pathsOf(key).map(({ credentials }) => credentials.at(-1)!.id);

describe('of one branch', () => {
  const flood = numbers(70).map((number) => credential(number, 'root', 'seller'));

  test.each([
    ['as given', flood],
    ['backwards', [...flood].reverse()],
    ['twice', [...flood, ...flood]],
  ])('the 64 smallest ids are kept, %s', (_, given) => {
    const authorities = new Authorities(trusting('root'), given);
    expect(kept(authorities, 'seller')).toEqual(numbers(64).map(idOf));
    expect(authorities.ignored).toEqual([]);
  });

  test('a flood takes no room from another branch or another key', () => {
    const middle = (name: string, number: number): Credential =>
      credential(number, 'root', name, { mayDelegate: 1 });
    const authorities = new Authorities(trusting('root', 'other root'), [
      ...flood,
      ...numbers(3, 100).map((number) => credential(number, 'other root', 'seller')),
      ...numbers(3, 200).map((number) => credential(number, 'root', 'buyer')),
      middle('one', 300),
      middle('two', 301),
      ...numbers(70, 400).map((number) => credential(number, 'one', 'carrier')),
      ...numbers(3, 500).map((number) => credential(number, 'two', 'carrier')),
    ]);
    expect(kept(authorities, 'seller')).toEqual([...numbers(64), ...numbers(3, 100)].map(idOf));
    expect(kept(authorities, 'buyer')).toEqual(numbers(3, 200).map(idOf));
    expect(kept(authorities, 'carrier')).toEqual([...numbers(64, 400), ...numbers(3, 500)].map(idOf));
  });
});

test('what is ignored is told by ascending id, whatever its depth and order', () => {
  const wide = { roles: ['authority'] as const };
  const given = [
    credential(3, 'root', 'a', { ...wide, mayDelegate: 1 }),
    credential(1, 'root', 'b', wide),
    credential(4, 'root', 'c', { mayDelegate: 2 }),
    credential(2, 'root', 'd', { ...wide, mayDelegate: 1 }),
    credential(5, 'stranger', 'e', wide),
  ];
  for (const credentials of [given, [...given].reverse()]) {
    const { ignored } = new Authorities(trusting('root'), credentials);
    expect(ignored.map(({ credential: { id }, code, beyond }) => [id, code, beyond])).toEqual([
      [idOf(1), 'credential.widens', ['roles']],
      [idOf(2), 'credential.widens', ['roles']],
      [idOf(3), 'credential.widens', ['roles']],
      [idOf(4), 'credential.depth', ['mayDelegate']],
    ]);
  }
});

test('a prefix lies within one of several of its parent', () => {
  const grant = (subjects: readonly string[] | null): Grant => ({ ...GRANT, party: 'p', subjects });
  const beyond = (child: readonly string[] | null, parent: readonly string[] | null): unknown =>
    widening(grant(child), grant(parent));
  expect([
    beyond(['urn:a:x:'], ['urn:a:', 'urn:b:']),
    beyond(['urn:a:x:', 'urn:b:'], ['urn:a:', 'urn:b:']),
    beyond(['urn:a:x:', 'urn:c:'], ['urn:a:', 'urn:b:']),
    beyond(null, ['urn:a:']),
    beyond(null, null),
    beyond(['urn:a:'], null),
  ]).toEqual([[], [], ['subjects'], ['subjects'], [], []]);
});
