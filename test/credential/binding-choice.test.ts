import { describe, expect, test } from 'vitest';
import type { AuthorityPath } from '../../src/credential/authority-path.js';
import { type BoundRecord, bindRecord } from '../../src/credential/binding.js';
import type { Credential } from '../../src/credential/credential.js';
import { ROOT, SELLER, SELLER_PARTY, trust } from './actors.js';

// Which of several paths decides, where more than one is there to be judged: paths without credentials behind them.

const [authority] = trust().authorities as [AuthorityPath['authority']];
const IAT = 1_500;

function path(name: string, changes: Partial<AuthorityPath> = {}): AuthorityPath {
  return {
    party: SELLER_PARTY,
    roles: ['seller'],
    from: 1_000,
    until: 2_000,
    subjects: null,
    mayDelegate: 0,
    kid: SELLER.kid,
    accreditation: null,
    authority,
    credentials: [{ id: name } as Credential],
    disputed: false,
    ...changes,
  };
}

const record = (changes: Partial<BoundRecord> = {}): BoundRecord => ({
  kid: SELLER.kid,
  iss: SELLER_PARTY,
  sub: 's',
  iat: IAT,
  type: 'statement',
  rules: null,
  signers: null,
  upper: IAT,
  signedAs: new Set([SELLER_PARTY]),
  ...changes,
});

/** Rank, and the words for it. */
const NOT_YET = { from: IAT + 1 };
const UNPROVEN = { until: IAT };
const EXPIRED = { until: IAT - 1 };

describe('the least bad path decides', () => {
  test.each<[string, AuthorityPath, AuthorityPath, string[]]>([
    [
      'by severity, before dispute, number and end',
      path('z', { ...NOT_YET, ...UNPROVEN, disputed: true }),
      path('a', { ...EXPIRED }),
      ['credential.disputed', 'credential.unproven-before-expiry', 'credential.not-yet'],
    ],
    [
      'by dispute, before number and end',
      path('z', { ...NOT_YET, ...UNPROVEN }),
      path('a', { disputed: true, until: 3_000 }),
      ['credential.unproven-before-expiry', 'credential.not-yet'],
    ],
    [
      'by number, before the name',
      path('z', UNPROVEN),
      path('a', { ...NOT_YET, ...UNPROVEN }),
      ['credential.unproven-before-expiry'],
    ],
    ['by the end, before the name', path('z', { until: 2_001 }), path('a'), []],
    ['by the name', path('a'), path('z'), []],
  ])('%s', (_, better, worse, codes) => {
    for (const paths of [
      [better, worse],
      [worse, better],
    ]) {
      const binding = bindRecord(record({ upper: IAT + 1 }), paths);
      expect(binding.path).toBe(better);
      expect(binding.diagnostics.map(({ code }) => code)).toEqual(codes);
    }
  });
});

test('roles of several good paths are put together and ascending, whichever comes first', () => {
  const paths = [path('a', { roles: ['seller'] }), path('b', { roles: ['buyer', 'carrier'] })];
  for (const given of [paths, [...paths].reverse()]) {
    expect(bindRecord(record(), given).roles).toEqual(['buyer', 'carrier', 'seller']);
  }
});

test('all records of a key with one sound path share one answer', () => {
  const paths = [path('a')];
  const first = bindRecord(record(), paths);
  expect(bindRecord(record({ iat: IAT + 1, upper: IAT + 1 }), paths)).toBe(first);
  expect(Object.isFrozen(first)).toBe(true);
  expect(first).toEqual({
    binding: 'path',
    trusted: true,
    roles: ['seller'],
    accreditation: null,
    rolePermitted: true,
    path: paths[0],
    diagnostics: [],
  });
  const late = bindRecord(record({ upper: 2_001 }), paths);
  expect([late.trusted, late.roles, late.diagnostics.map(({ code }) => code)]).toEqual([
    false,
    [],
    ['credential.unproven-before-expiry'],
  ]);
});

describe('a record under the key’s own URI', () => {
  const own = `urn:goodorder:key:${SELLER.kid}`;

  test.each<[string, BoundRecord['rules'], readonly string[] | null, boolean]>([
    ['a type that only a newer reader knows', null, null, true],
    ['a type that persons may sign', { roles: 'any', selfBound: true }, null, true],
    ['a type that they may not', { roles: 'any', selfBound: false }, null, false],
    ['a text that others must sign', { roles: 'any', selfBound: true }, ['urn:other'], false],
    ['a text that this one may sign', { roles: 'any', selfBound: true }, ['urn:other', own], true],
  ])('%s', (_, rules, signers, permitted) => {
    const binding = bindRecord(record({ iss: own, rules, signers }), [], { record: 'r' });
    const place = { axis: 'trust', severity: 'info', record: 'r' };
    const said = [{ code: 'trust.self-asserted', ...place }];
    const refused = {
      code: 'role.not-permitted',
      axis: 'authenticity',
      severity: 'info',
      record: 'r',
      detail: { type: 'statement' },
    };
    expect(binding).toEqual({
      binding: 'self',
      trusted: false,
      roles: [],
      accreditation: null,
      path: null,
      rolePermitted: permitted,
      diagnostics: permitted ? said : [...said, refused],
    });
  });
});

test('a key that signs for two parties is told apart from one that signs for a party nobody vouched for', () => {
  const two = [path('a'), path('b', { party: 'urn:other' })];
  const both = bindRecord(record({ signedAs: new Set([SELLER_PARTY, 'urn:other']) }), two);
  expect([both.binding, both.trusted, both.roles, both.accreditation]).toEqual(['path', false, [], null]);
  expect(both.diagnostics.map(({ code, detail }) => [code, detail])).toEqual([
    ['credential.two-parties', { parties: [SELLER_PARTY, 'urn:other'] }],
  ]);
  for (const signedAs of [new Set([SELLER_PARTY]), new Set([SELLER_PARTY, ROOT.kid])]) {
    expect(bindRecord(record({ signedAs }), two).trusted).toBe(true);
  }
});
