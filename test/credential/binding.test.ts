import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuthorityPath } from '../../src/credential/authority-path.js';
import { Authorities } from '../../src/credential/authority-path.js';
import { type BoundRecord, bindRecord } from '../../src/credential/binding.js';
import type { Credential, CredentialToSign } from '../../src/credential/credential.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { credential, FROM, MIDDLE, OTHER_PARTY, ROOT, SELLER, SELLER_PARTY, trust, UNTIL } from './actors.js';

const ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0007';
const OWN = `urn:goodorder:key:${SELLER.kid}`;
const AT = 10_000;

function record(type: string, changes: Partial<BoundRecord> = {}): BoundRecord {
  const rules = RECORD_TYPES.get(type) ?? null;
  const iss = changes.iss ?? SELLER_PARTY;
  return {
    kid: SELLER.kid,
    iss,
    sub: ITEM,
    iat: 1_500,
    type,
    rules,
    signers: null,
    upper: 1_600,
    signedAs: new Set([iss]),
    ...changes,
  };
}

async function pathsOf(...contents: Partial<CredentialToSign>[]): Promise<readonly AuthorityPath[]> {
  const credentials = await Promise.all(contents.map((content) => credential(ROOT, SELLER, content)));
  return new Authorities(trust(), credentials).pathsOf(SELLER.kid);
}

function shown(of: BoundRecord, paths: readonly AuthorityPath[]): unknown {
  const { binding, trusted, roles, rolePermitted, diagnostics } = bindRecord(of, paths);
  return { binding, trusted, roles: roles.join(), rolePermitted, codes: diagnostics.map(({ code }) => code) };
}

describe('bound by a path', () => {
  test('everything that is known of a good one', async () => {
    const accreditation = { body: 'DAkkS', number: '1', scope: 'x', until: UNTIL };
    const paths = await pathsOf({ roles: ['seller', 'carrier'], accreditation });
    const answer = bindRecord(record('statement'), paths, { record: 'ab' });
    expect(answer).toEqual({
      binding: 'path',
      trusted: true,
      roles: ['carrier', 'seller'],
      accreditation,
      rolePermitted: true,
      path: paths[0],
      diagnostics: [],
    });
  });

  test.each<[string, Partial<BoundRecord>, string[], boolean]>([
    ['iat on the last second', { iat: UNTIL, upper: UNTIL }, [], true],
    ['iat a second later', { iat: UNTIL + 1, upper: UNTIL }, ['credential.expired'], false],
    ['iat later, upper later', { iat: UNTIL + 1, upper: AT }, ['credential.expired'], false],
    ['upper a second after the end', { upper: UNTIL + 1 }, ['credential.unproven-before-expiry'], false],
    ['iat on the first second', { iat: FROM }, [], true],
    ['iat a second before', { iat: FROM - 1 }, ['credential.not-yet'], false],
    [
      'both, by a wide interval',
      { iat: FROM - 1, upper: AT },
      ['credential.unproven-before-expiry', 'credential.not-yet'],
      false,
    ],
  ])('%s', async (_, changes, codes, trusted) => {
    const answer = shown(record('statement', changes), await pathsOf({}));
    expect(answer).toEqual({
      binding: 'path',
      trusted,
      roles: trusted ? 'seller' : '',
      rolePermitted: true,
      codes,
    });
  });

  test('details give both dates', async () => {
    const paths = await pathsOf({});
    expect(bindRecord(record('statement', { iat: 2_001 }), paths, { record: 'r' }).diagnostics).toEqual([
      {
        code: 'credential.expired',
        axis: 'authenticity',
        severity: 'failure',
        record: 'r',
        detail: { iss: SELLER_PARTY, iat: 2_001, until: 2_000 },
      },
    ]);
    expect(bindRecord(record('statement', { upper: AT }), paths).diagnostics[0]?.detail).toEqual({
      iss: SELLER_PARTY,
      upper: AT,
      until: 2_000,
    });
  });
});

describe('several paths', () => {
  test('one good one suffices, a bad one harms nothing', async () => {
    const paths = await pathsOf({ until: 1_200 }, { from: 1_700 }, {});
    expect(shown(record('statement'), paths)).toEqual({
      binding: 'path',
      trusted: true,
      roles: 'seller',
      rolePermitted: true,
      codes: [],
    });
  });

  test('expired only where every path has ended', async () => {
    expect(shown(record('statement'), await pathsOf({ until: 1_200 }, { until: 1_100 }))).toMatchObject({
      codes: ['credential.expired'],
      trusted: false,
    });
    expect(shown(record('statement'), await pathsOf({ until: 1_200 }, { from: 1_700 }))).toMatchObject({
      codes: ['credential.not-yet'],
      trusted: false,
    });
  });

  test('roles come from the good ones', async () => {
    const paths = await pathsOf(
      { roles: ['seller'] },
      { roles: ['carrier'] },
      { roles: ['inspector'], until: 1_200 },
    );
    expect(shown(record('statement'), paths)).toMatchObject({ roles: 'carrier,seller', codes: [] });
  });

  test('the role of one and the subjects of another make no commission', async () => {
    const paths = await pathsOf({ roles: ['producer'], subjects: ['urn:uuid:'] }, { roles: ['seller'] });
    expect(shown(record('commission'), paths)).toEqual({
      binding: 'path',
      trusted: true,
      roles: 'seller',
      rolePermitted: false,
      codes: ['role.not-permitted'],
    });
  });
});

describe('subject prefixes', () => {
  test.each<[string, string[], string, string[]]>([
    ['commission', ['https://id.gs1.org/01/09521234543213/'], ITEM, []],
    ['commission', ['https://id.gs1.org/01/09521234543213/21/'], ITEM, []],
    [
      'commission',
      ['https://id.gs1.org/01/09521234543206/', 'https://id.gs1.org/01/09521234543213/'],
      ITEM,
      [],
    ],
    ['commission', ['https://id.gs1.org/01/09521234543206/'], ITEM, ['credential.subject-outside']],
    ['authentication', ['https://id.gs1.org/01/09521234543206/'], ITEM, ['credential.subject-outside']],
    ['statement', ['https://id.gs1.org/01/09521234543206/'], ITEM, []],
    ['handover', ['urn:uuid:'], ITEM, []],
  ])('a %s, %j', async (type, subjects, sub, codes) => {
    const paths = await pathsOf({ roles: ['inspector', 'producer'], subjects });
    expect(shown(record(type, { sub }), paths)).toMatchObject({ codes, trusted: codes.length === 0 });
  });
});

describe('roles', () => {
  test.each<[string, CredentialToSign['roles'], boolean]>([
    ['commission', ['producer'], true],
    ['commission', ['carrier', 'seller'], false],
    ['inspection', ['seller'], true],
    ['inspection', ['inspector'], true],
    ['inspection', ['carrier'], false],
    ['incident', ['carrier'], true],
    ['statement', [], true],
  ])('a %s by %j', async (type, roles, permitted) => {
    expect(shown(record(type), await pathsOf({ roles }))).toMatchObject({
      binding: 'path',
      trusted: true,
      rolePermitted: permitted,
      codes: permitted ? [] : ['role.not-permitted'],
    });
  });

  test('a type whose sides are named is open to those', async () => {
    const paths = await pathsOf({});
    const signers = [SELLER_PARTY, OTHER_PARTY];
    expect(shown(record('handover', { signers }), paths)).toMatchObject({ rolePermitted: true, codes: [] });
    expect(shown(record('handover', { signers: [OTHER_PARTY] }), paths)).toMatchObject({
      rolePermitted: false,
      codes: ['role.not-permitted'],
    });
  });

  test('a type this reader does not know is open', async () => {
    expect(shown(record('hologram'), await pathsOf({ roles: [] }))).toMatchObject({
      rolePermitted: true,
      codes: [],
    });
  });
});

describe('under the own key', () => {
  test.each<[string, boolean]>([
    ['media', true],
    ['statement', true],
    ['countersign', true],
    ['delivery', true],
    ['notice', true],
    ['acknowledgement', true],
    ['manifest', true],
    ['key-event', true],
    ['commission', false],
    ['inspection', false],
    ['sensor-batch', false],
    ['seal', false],
    ['handover', false],
    ['incident', false],
    ['agreement', false],
    ['aggregation', false],
  ])('%s: %s', (type, permitted) => {
    expect(shown(record(type, { iss: OWN }), [])).toEqual({
      binding: 'self',
      trusted: false,
      roles: '',
      rolePermitted: permitted,
      codes: permitted ? ['trust.self-asserted'] : ['trust.self-asserted', 'role.not-permitted'],
    });
  });

  test('it stays so although a company vouches for the key', async () => {
    expect(shown(record('notice', { iss: OWN }), await pathsOf({}))).toMatchObject({
      binding: 'self',
      codes: ['trust.self-asserted'],
    });
  });

  test('a credential for the own key URI gives a path, and its end takes nothing away', async () => {
    const paths = await pathsOf({ party: OWN, roles: ['inspector'] });
    expect(shown(record('inspection', { iss: OWN }), paths)).toMatchObject({
      binding: 'path',
      trusted: true,
      roles: 'inspector',
      codes: [],
    });
    expect(shown(record('notice', { iss: OWN, iat: UNTIL + 1 }), paths)).toMatchObject({
      binding: 'self',
      trusted: false,
      codes: ['trust.self-asserted'],
    });
  });
});

describe('not bound', () => {
  test('the key URI of another key', () => {
    expect(shown(record('notice', { iss: `urn:goodorder:key:${MIDDLE.kid}` }), [])).toMatchObject({
      binding: 'none',
      codes: ['iss.not-bound'],
    });
  });

  test('a trusted credential for another party only', async () => {
    const answer = bindRecord(record('statement', { iss: OTHER_PARTY }), await pathsOf({}));
    expect(answer).toMatchObject({ binding: 'none', trusted: false, path: null });
    expect(answer.diagnostics).toEqual([
      {
        code: 'iss.not-bound',
        axis: 'authenticity',
        severity: 'failure',
        detail: { iss: OTHER_PARTY, parties: [SELLER_PARTY] },
      },
    ]);
  });

  test('neither a trusted credential nor self-bound', () => {
    expect(shown(record('commission'), [])).toEqual({
      binding: 'none',
      trusted: false,
      roles: '',
      rolePermitted: true,
      codes: ['trust.no-path'],
    });
  });

  test('a disputed credential for another party is no proof of a false name', async () => {
    const paths = (await pathsOf({})).map((path) => ({ ...path, disputed: true }));
    expect(shown(record('statement', { iss: OTHER_PARTY }), paths)).toMatchObject({
      codes: ['trust.no-path'],
    });
    expect(shown(record('statement'), paths)).toMatchObject({
      binding: 'path',
      trusted: false,
      codes: ['credential.disputed'],
    });
  });
});

describe('one key, two parties', () => {
  test('in dispute only if it signed under both', async () => {
    const paths = await pathsOf({}, { party: OTHER_PARTY });
    expect(shown(record('statement'), paths)).toMatchObject({ trusted: true, codes: [] });
    const signedAs = new Set([SELLER_PARTY, OTHER_PARTY]);
    expect(shown(record('statement', { signedAs }), paths)).toMatchObject({
      trusted: false,
      roles: '',
      codes: ['credential.two-parties'],
    });
    expect(shown(record('statement', { signedAs, iss: OTHER_PARTY }), paths)).toMatchObject({
      codes: ['credential.two-parties'],
    });
  });

  test('a third name in dispute is not drawn in', async () => {
    const third = 'https://id.gs1.org/417/4012345000030';
    const [disputed, ...others] = await pathsOf({ party: third }, {}, { party: OTHER_PARTY });
    const paths = [{ ...(disputed as AuthorityPath), disputed: true }, ...others].map((path) =>
      path.party === third ? { ...path, disputed: true } : { ...path, disputed: false },
    );
    const signedAs = new Set([SELLER_PARTY, OTHER_PARTY, third]);
    expect(shown(record('statement', { iss: third, signedAs }), paths)).toMatchObject({
      codes: ['credential.disputed'],
    });
  });

  test('its own name is no second party', async () => {
    expect(
      shown(
        record('statement', { signedAs: new Set([SELLER_PARTY, OWN]) }),
        await pathsOf({}, { party: OTHER_PARTY }),
      ),
    ).toMatchObject({ codes: [] });
  });
});

describe('properties', () => {
  const contentArb = fc.record({
    party: fc.constantFrom(SELLER_PARTY, OTHER_PARTY),
    from: fc.integer({ min: 0, max: 6 }),
    until: fc.integer({ min: 3, max: 9 }),
    roles: fc.subarray(['carrier', 'producer', 'seller'] as const).map((list) => [...list]),
    subjects: fc.constantFrom(null, ['https://id.gs1.org/01/09521234543213/'], ['urn:uuid:']),
    disputed: fc.boolean(),
  });
  const recordArb = fc.record({
    iss: fc.constantFrom(SELLER_PARTY, OTHER_PARTY, OWN),
    type: fc.constantFrom('commission', 'statement', 'inspection'),
    iat: fc.integer({ min: 0, max: 10 }),
    upper: fc.integer({ min: 0, max: 10 }),
  });

  async function template(): Promise<AuthorityPath> {
    const [path] = await pathsOf({});
    return path as AuthorityPath;
  }

  test('trusted exactly when one path is good in everything but role; another path never makes it worse', async () => {
    const base = await template();
    const made = (
      contents: readonly Omit<
        AuthorityPath,
        'kid' | 'accreditation' | 'authority' | 'credentials' | 'mayDelegate'
      >[],
    ): AuthorityPath[] =>
      contents.map((content, index) => ({
        ...base,
        ...content,
        credentials: [{ ...(base.credentials[0] as Credential), id: String(index) }],
      }));
    fc.assert(
      fc.property(
        fc.array(contentArb, { maxLength: 5 }),
        recordArb,
        contentArb,
        (contents, changes, extra) => {
          const of = record(changes.type, changes);
          const paths = made(contents);
          const answer = bindRecord(of, paths);
          const good = paths.filter(
            (path) =>
              path.party === of.iss &&
              !path.disputed &&
              of.iat >= path.from &&
              of.iat <= path.until &&
              of.upper <= path.until &&
              (of.type !== 'commission' || path.subjects === null || path.subjects[0] !== 'urn:uuid:'),
          );
          expect(answer.trusted).toBe(good.length > 0);
          expect(answer.roles).toEqual([...new Set(good.flatMap(({ roles }) => roles))].sort());
          if (answer.trusted) {
            const more = bindRecord(of, made([...contents, extra]));
            expect(more.trusted).toBe(true);
            if (answer.rolePermitted) expect(more.rolePermitted).toBe(true);
          }
          const reversed = bindRecord(of, [...paths].reverse());
          expect(reversed).toEqual(answer);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
