import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import { Authorities } from '../../src/credential/authority-path.js';
import {
  findRevocations,
  isCredentialDisputed,
  keyEventOf,
  type RevocationInput,
  type Revocations,
  recordDispute,
  type SignedKeyEvent,
} from '../../src/credential/revocation.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { readRecord } from '../../src/record/read-record.js';
import { signRecord } from '../../src/record/sign-record.js';
import { actor, credential, MIDDLE, OTHER_PARTY, ROOT, SELLER, trust } from './actors.js';

const THIEF = actor('thief');
const NEXT = actor('next');

function id(name: string): string {
  return sha256Hex(new TextEncoder().encode(name));
}

function revoke(signer: string, suspectFrom: number, changes: Partial<SignedKeyEvent> = {}): SignedKeyEvent {
  const record = id(`${signer} ${suspectFrom} ${changes.lastGood} ${changes.key}`);
  return {
    record,
    signer,
    key: SELLER.kid,
    action: 'revoke',
    suspectFrom,
    lastGood: null,
    nextKey: null,
    ...changes,
  };
}

function rotate(signer: string, nextKey: string): SignedKeyEvent {
  return {
    record: id(`rotate ${signer} ${nextKey}`),
    signer,
    key: SELLER.kid,
    action: 'rotate',
    suspectFrom: null,
    lastGood: null,
    nextKey,
  };
}

const NO_PATHS: Omit<RevocationInput, 'events'> = {
  trust: null,
  issuersOf: () => new Set(),
  isPresent: () => true,
};

async function underRoot(
  revoked: { kid: string; suspectFrom: number }[] = [],
): Promise<Omit<RevocationInput, 'events'>> {
  const file = trust({ revoked });
  const credentials = [
    await credential(ROOT, MIDDLE, { mayDelegate: 1, party: OTHER_PARTY }),
    await credential(MIDDLE, SELLER),
  ];
  const authorities = new Authorities(file, credentials);
  return { trust: file, issuersOf: (kid) => authorities.issuersOf(kid), isPresent: () => true };
}

function stated({ byKey }: Revocations): unknown {
  return Array.from(byKey.values(), ({ key, by, suspectFrom }) => [key, by, suspectFrom]);
}

function codes({ diagnostics }: Revocations): string[] {
  return diagnostics.map(({ code }) => code);
}

describe('who is entitled', () => {
  test('the key itself', () => {
    const found = findRevocations({ ...NO_PATHS, events: [revoke(SELLER.kid, 50)] });
    expect(found).toEqual({
      byKey: new Map([
        [
          SELLER.kid,
          {
            key: SELLER.kid,
            by: 'self',
            suspectFrom: 50,
            lastGood: [],
            events: [revoke(SELLER.kid, 50).record],
          },
        ],
      ]),
      ownEvents: new Set([revoke(SELLER.kid, 50).record]),
      diagnostics: [],
    });
  });

  test('the next key that it committed to, and nobody it did not', () => {
    const events = [rotate(SELLER.kid, NEXT.kid), revoke(NEXT.kid, 60)];
    expect(stated(findRevocations({ ...NO_PATHS, events }))).toEqual([[SELLER.kid, 'self', 60]]);
    expect(stated(findRevocations({ ...NO_PATHS, events: [...events].reverse() }))).toEqual([
      [SELLER.kid, 'self', 60],
    ]);
    const foreign = findRevocations({
      ...NO_PATHS,
      events: [rotate(THIEF.kid, THIEF.kid), revoke(THIEF.kid, 60)],
    });
    expect([stated(foreign), codes(foreign)]).toEqual([
      [],
      ['keyevent.not-entitled', 'keyevent.not-entitled'],
    ]);
  });

  test('every issuer on its path, up to the authority', async () => {
    for (const issuer of [ROOT, MIDDLE]) {
      const found = findRevocations({ ...(await underRoot()), events: [revoke(issuer.kid, 70)] });
      expect([stated(found), codes(found)]).toEqual([[[SELLER.kid, 'issuer', 70]], []]);
    }
  });

  test('an issuer without a trusted path is a stranger', () => {
    const event = revoke(ROOT.kid, 70);
    const found = findRevocations({ ...NO_PATHS, events: [event] });
    expect(stated(found)).toEqual([]);
    expect(found.diagnostics).toEqual([
      {
        code: 'keyevent.not-entitled',
        axis: 'trust',
        severity: 'info',
        record: event.record,
        detail: { key: SELLER.kid, signer: ROOT.kid },
      },
    ]);
  });

  test('the key below says nothing about the key above', async () => {
    const found = findRevocations({
      ...(await underRoot()),
      events: [revoke(SELLER.kid, 70, { key: MIDDLE.kid })],
    });
    expect([stated(found), codes(found)]).toEqual([[], ['keyevent.not-entitled']]);
  });

  test('the trust file', async () => {
    const found = findRevocations({
      ...(await underRoot([{ kid: SELLER.kid, suspectFrom: 80 }])),
      events: [],
    });
    expect(found.byKey.get(SELLER.kid)).toEqual({
      key: SELLER.kid,
      by: 'trust-file',
      suspectFrom: 80,
      lastGood: [],
      events: [],
    });
  });

  test('a rotation revokes nothing', async () => {
    expect(
      stated(
        findRevocations({
          ...(await underRoot()),
          events: [rotate(SELLER.kid, NEXT.kid), rotate(ROOT.kid, NEXT.kid)],
        }),
      ),
    ).toEqual([]);
  });
});

describe('whose word counts', () => {
  test("an issuer's replaces the holder's, earlier or later", async () => {
    const above = await underRoot();
    expect(
      stated(findRevocations({ ...above, events: [revoke(SELLER.kid, 50), revoke(MIDDLE.kid, 70)] })),
    ).toEqual([[SELLER.kid, 'issuer', 70]]);
    expect(
      stated(findRevocations({ ...above, events: [revoke(SELLER.kid, 90), revoke(MIDDLE.kid, 70)] })),
    ).toEqual([[SELLER.kid, 'issuer', 70]]);
  });

  test("the trust file's does too", async () => {
    const above = await underRoot([{ kid: SELLER.kid, suspectFrom: 80 }]);
    expect(stated(findRevocations({ ...above, events: [revoke(SELLER.kid, 50)] }))).toEqual([
      [SELLER.kid, 'trust-file', 80],
    ]);
  });

  test('of those above the earliest counts', async () => {
    const above = await underRoot([{ kid: SELLER.kid, suspectFrom: 80 }]);
    expect(
      stated(findRevocations({ ...above, events: [revoke(ROOT.kid, 75), revoke(MIDDLE.kid, 85)] })),
    ).toEqual([[SELLER.kid, 'issuer', 75]]);
    expect(stated(findRevocations({ ...above, events: [revoke(ROOT.kid, 95)] }))).toEqual([
      [SELLER.kid, 'trust-file', 80],
    ]);
  });

  test('a last good record of a later word is not taken over', async () => {
    const above = await underRoot();
    const events = [
      revoke(ROOT.kid, 75, { lastGood: id('a') }),
      revoke(MIDDLE.kid, 85, { lastGood: id('b') }),
      revoke(MIDDLE.kid, 75, { lastGood: id('c') }),
    ];
    expect(findRevocations({ ...above, events }).byKey.get(SELLER.kid)?.lastGood).toEqual(
      [id('a'), id('c')].sort(),
    );
  });

  test('an absent last good record is told, of those entitled', () => {
    const events = [
      revoke(SELLER.kid, 50, { lastGood: id('gone') }),
      revoke(THIEF.kid, 50, { lastGood: id('gone') }),
    ];
    const found = findRevocations({ ...NO_PATHS, events, isPresent: () => false });
    expect(found.diagnostics).toEqual([
      {
        code: 'keyevent.last-good-absent',
        axis: 'trust',
        severity: 'indeterminate',
        record: events[0]?.record,
        detail: { key: SELLER.kid, lastGood: id('gone') },
      },
      expect.objectContaining({ code: 'keyevent.not-entitled' }),
    ]);
  });
});

describe('what is disputed', () => {
  const chain = ['r0', 'r1', 'r2', 'r3'].map(id);
  const isUpTo = (record: string, lastGood: readonly string[]): boolean =>
    lastGood.some((last) => chain.includes(record) && chain.indexOf(record) <= chain.indexOf(last));

  function disputes(revocations: Revocations, uppers: readonly number[]): (string | null)[] {
    return chain.map(
      (record, index) =>
        recordDispute({ id: record, kid: SELLER.kid, upper: uppers[index] ?? 0 }, revocations, isUpTo)
          ?.code ?? null,
    );
  }

  test('what is proven older than the suspicion stands, to the second', () => {
    const revocations = findRevocations({ ...NO_PATHS, events: [revoke(SELLER.kid, 50)] });
    expect(disputes(revocations, [49, 50, 51, 9_999])).toEqual([
      null,
      null,
      'key.self-disputed',
      'key.self-disputed',
    ]);
  });

  test('the last good record and its ancestors stand, whatever their time', async () => {
    const revocations = findRevocations({
      ...(await underRoot()),
      events: [revoke(MIDDLE.kid, 0, { lastGood: chain[1] as string })],
    });
    expect(disputes(revocations, [99, 99, 99, 99])).toEqual([null, null, 'key.disputed', 'key.disputed']);
  });

  test('other keys are not touched', () => {
    const revocations = findRevocations({ ...NO_PATHS, events: [revoke(SELLER.kid, 50)] });
    expect(recordDispute({ id: id('x'), kid: NEXT.kid, upper: 99 }, revocations, isUpTo)).toBeNull();
  });

  test('a revocation does not dispute itself', () => {
    const event = revoke(SELLER.kid, 50);
    const revocations = findRevocations({ ...NO_PATHS, events: [event] });
    expect(recordDispute({ id: event.record, kid: SELLER.kid, upper: 99 }, revocations, isUpTo)).toBeNull();
  });

  test('credentials of a revoked key stand if proven older, whoever revoked it, its holder too', () => {
    const revocations = findRevocations({
      ...NO_PATHS,
      events: [revoke(MIDDLE.kid, 50, { key: MIDDLE.kid })],
    });
    expect([50, 51].map((upper) => isCredentialDisputed(MIDDLE.kid, upper, revocations))).toEqual([
      false,
      true,
    ]);
    expect(isCredentialDisputed(ROOT.kid, 51, revocations)).toBe(false);
  });
});

describe('properties', () => {
  const signers = [SELLER, MIDDLE, ROOT, NEXT, THIEF].map(({ kid }) => kid);
  const eventArb = fc.oneof(
    fc
      .record({ signer: fc.constantFrom(...signers), suspectFrom: fc.integer({ min: 0, max: 100 }) })
      .map(({ signer, suspectFrom }) => revoke(signer, suspectFrom)),
    fc
      .record({ signer: fc.constantFrom(...signers), next: fc.constantFrom(...signers) })
      .map(({ signer, next }) => rotate(signer, next)),
  );

  test('strangers change nothing; the order changes nothing; the holder never moves an issuer', async () => {
    const above = await underRoot();
    fc.assert(
      fc.property(fc.array(eventArb, { maxLength: 10 }), fc.nat(), (events, seed) => {
        const found = findRevocations({ ...above, events });
        const turned = [
          ...events.slice(seed % (events.length + 1)),
          ...events.slice(0, seed % (events.length + 1)),
        ];
        expect(findRevocations({ ...above, events: turned }).byKey).toEqual(found.byKey);
        const rotated = events.some(
          ({ action, signer, nextKey }) =>
            action === 'rotate' && signer === SELLER.kid && nextKey === THIEF.kid,
        );
        if (!rotated) {
          const without = events.filter(({ signer }) => signer !== THIEF.kid);
          expect(findRevocations({ ...above, events: without }).byKey).toEqual(found.byKey);
        }
        const issuers = events.filter(
          ({ action, signer }) => action === 'revoke' && [MIDDLE.kid, ROOT.kid].includes(signer),
        );
        if (issuers.length > 0) {
          const earliest = Math.min(...issuers.map(({ suspectFrom }) => suspectFrom as number));
          expect(found.byKey.get(SELLER.kid)).toMatchObject({ by: 'issuer', suspectFrom: earliest });
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a signed key-event record is read as one', async () => {
  const sub = `urn:goodorder:key:${SELLER.kid}`;
  const common = {
    signer: SELLER,
    iss: sub,
    sub,
    type: 'key-event',
    iat: 5,
    state: { seq: 0, prev: null, lane: null },
    salt: () => new Uint8Array(16),
  } as const;
  const revoked = await signRecord({
    ...common,
    payload: {
      action: 'revoke',
      key: fromHex(SELLER.kid),
      suspectFrom: { utcS: 4, offsetMin: 60 },
      lastGood: fromHex(id('good')),
    },
  });
  const read = readRecord(revoked.record);
  expect(read.ok && keyEventOf(read.record)).toEqual({
    record: revoked.id,
    signer: SELLER.kid,
    key: SELLER.kid,
    action: 'revoke',
    suspectFrom: 4,
    lastGood: id('good'),
    nextKey: null,
  });
  const rotated = await signRecord({
    ...common,
    payload: { action: 'rotate', key: fromHex(SELLER.kid), nextKey: fromHex(NEXT.kid) },
  });
  expect(keyEventOf(rotated.signed)).toMatchObject({
    action: 'rotate',
    suspectFrom: null,
    lastGood: null,
    nextKey: NEXT.kid,
  });
  const statement = await signRecord({ ...common, type: 'manifest', payload: {} }).catch(() => null);
  expect(statement).toBeNull();
});
