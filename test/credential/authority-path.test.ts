import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Authorities, type AuthorityPath } from '../../src/credential/authority-path.js';
import type { Credential } from '../../src/credential/credential.js';
import { coversSubject, type Grant, widening } from '../../src/credential/grant.js';
import type { Authority, TrustFile } from '../../src/credential/trust-file.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { ROLES, type Role } from '../../src/record/vocabulary.js';
import {
  actor,
  BOTTOM,
  credential,
  FROM,
  MIDDLE,
  OTHER_PARTY,
  ROOT,
  ROOT_PARTY,
  SELLER,
  SELLER_PARTY,
  trust,
  UNTIL,
} from './actors.js';

function shown(path: AuthorityPath): unknown {
  const { kid, party, roles, credentials, authority, disputed } = path;
  return { kid, party, roles, length: credentials.length, root: authority.kid, disputed };
}

function codes({ ignored }: Authorities): unknown {
  return ignored.map(({ code, beyond }) => [code, beyond]);
}

describe('paths', () => {
  test("an authority's own key is bound to its party with its roles", () => {
    const authorities = new Authorities(trust(), []);
    expect(authorities.pathsOf(ROOT.kid).map(shown)).toEqual([
      {
        kid: ROOT.kid,
        party: ROOT_PARTY,
        roles: ['carrier', 'inspector', 'producer', 'seller'],
        length: 0,
        root: ROOT.kid,
        disputed: false,
      },
    ]);
    expect(authorities.issuersOf(ROOT.kid)).toEqual(new Set());
    expect(authorities.pathsOf(SELLER.kid)).toEqual([]);
  });

  test('one, two and three credentials, and no fourth', async () => {
    const chain = [
      await credential(ROOT, MIDDLE, { mayDelegate: 2, party: OTHER_PARTY }),
      await credential(MIDDLE, BOTTOM, { mayDelegate: 1, party: OTHER_PARTY }),
      await credential(BOTTOM, SELLER, { mayDelegate: 0 }),
      await credential(SELLER, actor('fourth'), { mayDelegate: 0 }),
    ];
    const authorities = new Authorities(trust(), [...chain].reverse());
    expect(
      [MIDDLE, BOTTOM, SELLER].map(({ kid }) =>
        authorities.pathsOf(kid).map(({ credentials }) => credentials.length),
      ),
    ).toEqual([[1], [2], [3]]);
    expect(authorities.pathsOf(SELLER.kid)[0]?.credentials.map(({ id }) => id)).toEqual(
      chain.slice(0, 3).map(({ id }) => id),
    );
    expect(authorities.issuersOf(SELLER.kid)).toEqual(new Set([ROOT.kid, MIDDLE.kid, BOTTOM.kid]));
    expect(codes(authorities)).toEqual([['credential.depth', ['mayDelegate']]]);
  });

  test('without a trust file nobody has a path', async () => {
    const authorities = new Authorities(null, [await credential(ROOT, SELLER)]);
    expect([authorities.pathsOf(SELLER.kid), authorities.ignored]).toEqual([[], []]);
  });

  test('a circle ends, and grants nothing', async () => {
    const circle = [
      await credential(ROOT, MIDDLE, { mayDelegate: 2 }),
      await credential(MIDDLE, BOTTOM, { mayDelegate: 1 }),
      await credential(BOTTOM, MIDDLE, { mayDelegate: 2 }),
      await credential(BOTTOM, BOTTOM, { mayDelegate: 1 }),
      await credential(BOTTOM, ROOT, { mayDelegate: 0 }),
    ];
    const authorities = new Authorities(trust(), circle);
    expect(authorities.pathsOf(MIDDLE.kid)).toHaveLength(1);
    expect(authorities.pathsOf(BOTTOM.kid)).toHaveLength(1);
    expect(authorities.pathsOf(ROOT.kid)).toHaveLength(2);
    expect(codes(authorities)).toEqual([
      ['credential.depth', ['mayDelegate']],
      ['credential.depth', ['mayDelegate']],
    ]);
  });

  test('keys of a credential that nobody trusted issued', async () => {
    const authorities = new Authorities(trust(), [
      await credential(MIDDLE, SELLER),
      await credential(SELLER, BOTTOM),
    ]);
    expect([authorities.pathsOf(SELLER.kid), authorities.ignored]).toEqual([[], []]);
  });
});

describe('what reaches beyond its issuer is left out, and says how', () => {
  test.each<[string, Parameters<typeof credential>[2], unknown[]]>([
    ['within', {}, []],
    ['equal', { roles: ['carrier', 'seller'], subjects: ['urn:uuid:a:'], mayDelegate: 1 }, []],
    ['a further role', { roles: ['carrier', 'inspector'] }, [['credential.widens', ['roles']]]],
    ['the role authority', { roles: ['authority'] }, [['credential.widens', ['roles']]]],
    ['no limit of subjects', { subjects: undefined as never }, [['credential.widens', ['subjects']]]],
    ['other subjects', { subjects: ['urn:uuid:b:'] }, [['credential.widens', ['subjects']]]],
    [
      'one subject too many',
      { subjects: ['urn:uuid:a:', 'urn:uuid:b:'] },
      [['credential.widens', ['subjects']]],
    ],
    ['a shorter prefix', { subjects: ['urn:uuid:'] }, [['credential.widens', ['subjects']]]],
    ['a longer prefix', { subjects: ['urn:uuid:a:c:'] }, []],
    ['a second earlier', { from: FROM - 1 }, [['credential.widens', ['validity']]]],
    ['a second longer', { until: UNTIL + 1 }, [['credential.widens', ['validity']]]],
    ['as much delegation', { mayDelegate: 2 }, [['credential.depth', ['mayDelegate']]]],
    [
      'everything',
      { roles: ['producer'], subjects: ['urn:'], from: 0, until: UNTIL * 2 },
      [['credential.widens', ['roles', 'subjects', 'validity']]],
    ],
  ])('%s', async (_, content, expected) => {
    const parent = await credential(ROOT, MIDDLE, {
      roles: ['carrier', 'seller'],
      subjects: ['urn:uuid:a:'],
      mayDelegate: 2,
    });
    const { subjects = ['urn:uuid:a:'], ...rest } = content ?? {};
    const unlimited = content !== undefined && 'subjects' in content && content.subjects === undefined;
    const child = await credential(MIDDLE, SELLER, { ...rest, ...(unlimited ? {} : { subjects }) });
    const authorities = new Authorities(trust(), [parent, child]);
    expect(codes(authorities)).toEqual(expected);
    expect(authorities.pathsOf(SELLER.kid)).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  test('an authority of the trust file has bounds too', async () => {
    const narrow = trust({
      authorities: [{ roles: ['seller'], subjects: ['urn:uuid:'], mayDelegate: 1, from: 1500 }],
    });
    const within = await credential(ROOT, SELLER, { subjects: ['urn:uuid:'], from: 1500 });
    const beyond = await credential(ROOT, SELLER);
    const authorities = new Authorities(narrow, [within, beyond]);
    expect(authorities.pathsOf(SELLER.kid)).toHaveLength(1);
    expect(codes(authorities)).toEqual([['credential.widens', ['subjects', 'validity']]]);
  });

  test('an authority that may not delegate issues nothing', async () => {
    const authorities = new Authorities(trust({ authorities: [{ mayDelegate: 0 }] }), [
      await credential(ROOT, SELLER),
    ]);
    expect(authorities.pathsOf(SELLER.kid)).toEqual([]);
    expect(codes(authorities)).toEqual([['credential.depth', ['mayDelegate']]]);
  });

  test('one issuer that covers it suffices', async () => {
    const narrow = await credential(ROOT, MIDDLE, { roles: ['carrier'], mayDelegate: 1, party: OTHER_PARTY });
    const wide = await credential(ROOT, MIDDLE, {
      roles: ['carrier', 'seller'],
      mayDelegate: 1,
      party: OTHER_PARTY,
    });
    const child = await credential(MIDDLE, SELLER);
    const authorities = new Authorities(trust(), [narrow, wide, child]);
    expect(authorities.pathsOf(SELLER.kid)[0]?.credentials.map(({ id }) => id)).toEqual([wide.id, child.id]);
    expect(authorities.ignored).toEqual([]);
  });

  test('roles of two grants are not put together', async () => {
    const parents = [
      await credential(ROOT, MIDDLE, { roles: ['carrier'], mayDelegate: 1 }),
      await credential(ROOT, MIDDLE, { roles: ['seller'], mayDelegate: 1 }),
    ];
    const child = await credential(MIDDLE, SELLER, { roles: ['carrier', 'seller'] });
    const authorities = new Authorities(trust(), [...parents, child]);
    expect(authorities.pathsOf(SELLER.kid)).toEqual([]);
    expect(codes(authorities)).toEqual([['credential.widens', ['roles']]]);
  });
});

describe('dispute', () => {
  test('a path without dispute is preferred; with none left it is disputed', async () => {
    const first = await credential(ROOT, MIDDLE, { mayDelegate: 1, party: OTHER_PARTY });
    const second = await credential(ROOT, MIDDLE, {
      mayDelegate: 1,
      party: OTHER_PARTY,
      until: UNTIL - 0,
      roles: ['carrier', 'seller'],
    });
    const child = await credential(MIDDLE, SELLER);
    const all = [first, second, child];
    const disputing = (...ids: string[]): boolean[] =>
      new Authorities(trust(), all, ({ id }) => ids.includes(id))
        .pathsOf(SELLER.kid)
        .map(({ disputed }) => disputed);
    expect(disputing()).toEqual([false]);
    expect(disputing(first.id)).toEqual([false]);
    expect(disputing(second.id)).toEqual([false]);
    expect(disputing(first.id, second.id)).toEqual([true]);
    expect(disputing(child.id)).toEqual([true]);
  });
});

// Trees of delegation without signatures: what is tested is only who may say what.

const roleSet = fc.subarray(ROLES.slice(0, 5) as Role[]);
const subjectSet = fc.option(
  fc.subarray(['urn:a:', 'urn:a:b:', 'urn:a:c/', 'urn:d:'], { minLength: 1 }).map((list) => [...list].sort()),
  { nil: null },
);
const grantArb = fc.record({
  party: fc.constantFrom(SELLER_PARTY, OTHER_PARTY),
  roles: roleSet.map((roles): Role[] => [...roles].sort()),
  from: fc.integer({ min: 0, max: 3 }),
  until: fc.integer({ min: 5, max: 8 }),
  subjects: subjectSet,
  mayDelegate: fc.integer({ min: 0, max: 3 }),
});
const KEYS = 6;
const edgeArb = fc.record({ issuer: fc.nat({ max: KEYS }), key: fc.nat({ max: KEYS }), grant: grantArb });

function kidOf(index: number): string {
  return sha256Hex(Uint8Array.of(index));
}

function fake(edge: { issuer: number; key: number; grant: Grant }, index: number): Credential {
  const id = sha256Hex(new TextEncoder().encode(`credential ${index}`));
  const unsigned = {
    bytes: new Uint8Array(),
    toBeSigned: new Uint8Array(),
    signature: new Uint8Array(),
    alg: -19,
    accreditation: null,
  };
  return { ...unsigned, ...edge.grant, id, issuer: kidOf(edge.issuer), key: kidOf(edge.key) };
}

function trustOf(grants: readonly Grant[]): TrustFile {
  const authorities = grants.map(
    (grant, index): Authority => ({
      ...grant,
      kid: kidOf(index),
      key: { kty: 'unknown', kid: kidOf(index), bytes: new Uint8Array() },
    }),
  );
  return { ...trust(), authorities };
}

/** Every path there is, by walking down from the trust file; a credential is reached when any path reaches it. */
function reachable(file: TrustFile, credentials: readonly Credential[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const walk = (grant: Grant, kid: string, above: readonly string[]): void => {
    for (const child of credentials) {
      if (child.issuer !== kid || child.mayDelegate >= grant.mayDelegate || widening(child, grant).length > 0)
        continue;
      const issuers = found.get(child.id) ?? new Set<string>();
      for (const issuer of [...above, kid]) issuers.add(issuer);
      found.set(child.id, issuers);
      walk(child, child.key, [...above, kid]);
    }
  };
  for (const authority of file.authorities) walk(authority, authority.kid, []);
  return found;
}

describe('over random trees of delegation', () => {
  const forest = fc.record({
    roots: fc.array(grantArb, { minLength: 1, maxLength: 3 }),
    edges: fc.array(edgeArb, { maxLength: 14 }),
  });

  test('no path grants more than anything above it', () => {
    fc.assert(
      fc.property(
        forest,
        fc.constantFrom('urn:a:1', 'urn:a:b:1', 'urn:a:c/1', 'urn:d:1', 'urn:e:1'),
        ({ roots, edges }, sub) => {
          const credentials = edges.map(fake);
          const authorities = new Authorities(trustOf(roots), credentials);
          for (const { key } of credentials) {
            for (const path of authorities.pathsOf(key)) {
              const above: Grant[] = [path.authority, ...path.credentials];
              expect(path.credentials.length).toBeLessThanOrEqual(3);
              for (const [position, ancestor] of above.entries()) {
                expect(path.roles.every((role) => ancestor.roles.includes(role))).toBe(true);
                expect([path.from >= ancestor.from, path.until <= ancestor.until]).toEqual([true, true]);
                if (coversSubject(path, sub)) expect(coversSubject(ancestor, sub)).toBe(true);
                const next = above[position + 1];
                if (next !== undefined) expect(next.mayDelegate).toBeLessThan(ancestor.mayDelegate);
              }
              const kids = [path.authority.kid, ...path.credentials.map((one) => one.key)];
              expect(path.credentials.map(({ issuer }) => issuer)).toEqual(kids.slice(0, -1));
              expect(kids.at(-1)).toBe(key);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('exactly what a walk down from the trust file reaches, with exactly those issuers', () => {
    fc.assert(
      fc.property(forest, ({ roots, edges }) => {
        const file = trustOf(roots);
        const credentials = edges.map(fake);
        const authorities = new Authorities(file, credentials);
        const expected = reachable(file, credentials);
        const found = new Set(
          credentials
            .flatMap(({ key }) => authorities.pathsOf(key))
            .flatMap(({ credentials: list }) => list.slice(-1))
            .map(({ id }) => id),
        );
        expect(found).toEqual(new Set(expected.keys()));
        for (let index = 0; index <= KEYS; index += 1) {
          const above = new Set(
            credentials
              .filter(({ key }) => key === kidOf(index))
              .flatMap(({ id }) => [...(expected.get(id) ?? [])]),
          );
          expect(authorities.issuersOf(kidOf(index))).toEqual(above);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the order of the credentials says nothing', () => {
    fc.assert(
      fc.property(forest, fc.infiniteStream(fc.nat()), ({ roots, edges }, noise) => {
        const file = trustOf(roots);
        const credentials = edges.map(fake);
        const shuffled = [...credentials]
          .map((one) => ({ one, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const answer = (list: readonly Credential[]): unknown => {
          const authorities = new Authorities(file, list);
          return [
            Array.from({ length: KEYS + 1 }, (_, index) => authorities.pathsOf(kidOf(index))),
            authorities.ignored,
          ];
        };
        expect(answer(shuffled)).toEqual(answer(credentials));
      }),
      { numRuns: 200 },
    );
  });

  test('a disputed credential disputes what depends on it alone', () => {
    fc.assert(
      fc.property(forest, fc.nat({ max: 13 }), ({ roots, edges }, pick) => {
        const file = trustOf(roots);
        const credentials = edges.map(fake);
        const disputed = credentials[pick]?.id;
        const authorities = new Authorities(file, credentials, ({ id }) => id === disputed);
        const undisputed = reachable(
          file,
          credentials.filter(({ id }) => id !== disputed),
        );
        for (const { key } of credentials) {
          for (const path of authorities.pathsOf(key)) {
            const last = path.credentials.at(-1);
            if (last !== undefined) expect(path.disputed).toBe(!undisputed.has(last.id));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a hostile issuer with thousands of credentials for one key neither stalls the walk nor crowds others out', () => {
  const wide: Grant = {
    party: OTHER_PARTY,
    roles: ['carrier', 'seller'],
    from: 0,
    until: 9_000,
    subjects: null,
    mayDelegate: 3,
  };
  const edges = [
    { issuer: 0, key: 1, grant: { ...wide, mayDelegate: 2 } },
    { issuer: 0, key: 2, grant: { ...wide, mayDelegate: 2 } },
    // Key 3 is known through the honest 2; the hostile 1 floods it, and lets it flood key 4.
    { issuer: 2, key: 3, grant: { ...wide, party: SELLER_PARTY, mayDelegate: 0 } },
    ...Array.from({ length: 4_000 }, (_, index) => ({
      issuer: 1,
      key: 3,
      grant: { ...wide, mayDelegate: 1, until: 8_999 - index },
    })),
    ...Array.from({ length: 4_000 }, (_, index) => ({
      issuer: 3,
      key: 4,
      grant: { ...wide, mayDelegate: 0, until: 8_000 - index },
    })),
  ];
  const authorities = new Authorities(trustOf([wide]), edges.map(fake));
  const parties = authorities.pathsOf(kidOf(3)).map(({ party }) => party);
  expect(parties.filter((party) => party === SELLER_PARTY)).toHaveLength(1);
  expect(parties).toHaveLength(65);
  expect(authorities.pathsOf(kidOf(4))).toHaveLength(64);
});
