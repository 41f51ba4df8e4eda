import crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isCoseKeyFault, readCoseKey } from '../../src/crypto/cose-key.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { type ElementMember, looseElement } from '../../src/passport/element.js';
import { gatherPassport, type Passport, type RecordHead } from '../../src/passport/passport.js';
import {
  checkSignatures,
  EarlySignatures,
  SignatureCache,
  SignatureWork,
} from '../../src/passport/signatures.js';
import { Hand, ITEM, phoneSigner } from './hand.js';

const seller = new Hand('seller');
const buyer = new Hand('buyer');
/** COSE_Key of a type from the future. */
const FUTURE_KEY = Uint8Array.of(0xa2, 0x01, 0x18, 0x63, 0x20, 0x01);

function passportOf(members: Partial<Record<ElementMember, readonly Uint8Array[]>>): Passport {
  const elements = Object.entries(members).flatMap(([member, list]) =>
    list.map((bytes) => looseElement(Number(member) as ElementMember, bytes)),
  );
  return gatherPassport(ITEM, elements);
}

/** The record or credential with one bit of its signature flipped. */
function forged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 20]! ^= 1;
  return copy;
}

async function headOf(hand: Hand, change = (bytes: Uint8Array): Uint8Array => bytes): Promise<RecordHead> {
  const { record } = await hand.copy().say(ITEM, 'early');
  const [entry] = passportOf({ 1: [change(record)] }).records;
  return entry!.head;
}

function keyOf(hand: Hand): Exclude<ReturnType<typeof readCoseKey>, { readonly code: string }> {
  const key = readCoseKey(hand.key);
  if (isCoseKeyFault(key)) throw new Error(key.code);
  return key;
}

type Answer = (error: Error | null, holds: boolean) => [Error | null, boolean];

/** With a machine that answers so, and counts how often it is asked. */
async function onMachine(answer: Answer, run: (counts: { asked: number }) => Promise<void>): Promise<void> {
  const { verify } = crypto;
  const counts = { asked: 0 };
  crypto.verify = ((...given: unknown[]) => {
    counts.asked += 1;
    const done = given[4] as ((error: Error | null, holds: boolean) => void) | undefined;
    const real = verify as (...all: unknown[]) => boolean;
    if (done === undefined) return real(...given);
    return real(...given.slice(0, 4), (error: Error | null, holds: boolean) => done(...answer(error, holds)));
  }) as typeof verify;
  try {
    await run(counts);
  } finally {
    crypto.verify = verify;
  }
}
const asItIs: Answer = (error, holds) => [error, holds];

describe('early signatures', () => {
  test.each<[string, Hand]>([
    ['Ed25519', seller],
    ['ESP256', new Hand('phone', undefined, phoneSigner())],
  ])('%s: a verdict for each that was begun, once all are settled', async (_, hand) => {
    const early = new EarlySignatures();
    const good = await headOf(hand);
    const bad = await headOf(hand, forged);
    const later = await headOf(buyer);
    early.begin(good, keyOf(hand));
    early.begin(bad, keyOf(hand));
    expect([good, bad, later].map(({ id }) => early.hasBegun(id))).toEqual([true, true, false]);
    expect([good, bad, later].map(({ id }) => early.holds(id))).toEqual([false, false, false]);
    await early.settled();
    expect([good, bad, later].map(({ id }) => early.holds(id))).toEqual([true, false, false]);
    // Settled is settled, and more may be begun.
    await early.settled();
    early.begin(later, keyOf(buyer));
    await early.settled();
    expect([good, bad, later].map(({ id }) => early.holds(id))).toEqual([true, false, true]);
  });

  test('may be done before anybody asks', async () => {
    const early = new EarlySignatures();
    const good = await headOf(seller);
    early.begin(good, keyOf(seller));
    while (!early.holds(good.id)) await new Promise((resolve) => setImmediate(resolve));
    await expect(early.settled()).resolves.toBeUndefined();
  });

  test('are settled at once where nothing was begun', async () => {
    await expect(new EarlySignatures().settled()).resolves.toBeUndefined();
  });

  test('begin nothing that needs no equation or has no key', async () => {
    await onMachine(asItIs, async (counts) => {
      const cache = new SignatureCache();
      const good = await headOf(seller);
      cache.addVerified(good.id);
      const early = new EarlySignatures(cache);
      const future = readCoseKey(FUTURE_KEY);
      if (isCoseKeyFault(future)) throw new Error(future.code);
      const other = await headOf(seller, forged);
      early.begin(good, keyOf(seller));
      early.begin(other, undefined);
      early.begin(other, future);
      early.begin({ ...other, signature: other.signature.subarray(1) }, keyOf(seller));
      early.begin({ ...other, alg: -9 }, keyOf(seller));
      expect([early.hasBegun(good.id), early.hasBegun(other.id), counts.asked]).toEqual([false, false, 0]);
      early.begin(other, keyOf(seller));
      expect([early.hasBegun(other.id), counts.asked]).toEqual([true, 1]);
      await early.settled();
    });
  });

  test('hold no more than 2,048 at once', async () => {
    const early = new EarlySignatures();
    const head = await headOf(seller);
    const idOf = (index: number): string => sha256Hex(Uint8Array.of(index >> 8, index & 255));
    for (let index = 0; index < 2_050; index += 1) early.begin({ ...head, id: idOf(index) }, keyOf(seller));
    expect([0, 2_047, 2_048, 2_049].map((index) => early.hasBegun(idOf(index)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    await early.settled();
    expect([0, 2_047, 2_048].map((index) => early.holds(idOf(index)))).toEqual([true, true, false]);
  });

  test('a failure of the machine is told, whichever of them met it', async () => {
    for (const failing of [0, 1]) {
      let met = 0;
      const answer: Answer = (error, holds) => {
        met += 1;
        return met - 1 === failing ? [new Error('the machine is out of memory'), false] : [error, holds];
      };
      await onMachine(answer, async () => {
        const early = new EarlySignatures();
        for (const hand of [seller, buyer]) early.begin(await headOf(hand), keyOf(hand));
        await expect(early.settled()).rejects.toThrow('the machine is out of memory');
        await expect(early.settled()).rejects.toThrow('the machine is out of memory');
      });
    }
  });
});

describe('verdicts taken from early signatures', () => {
  /** Says what it is told to of whatever it is told to have begun. */
  function saying(begun: readonly string[], holding: readonly string[]): EarlySignatures {
    return {
      hasBegun: (id: string) => begun.includes(id),
      holds: (id: string) => holding.includes(id),
      settled: async () => undefined,
    } as unknown as EarlySignatures;
  }

  test('stand for those that were begun; the others are verified now', async () => {
    await onMachine(asItIs, async (counts) => {
      const records = await Promise.all([seller, buyer].map((hand) => hand.copy().say(ITEM, 'one')));
      const bad = forged(records[1]!.record);
      const [first, second] = records.map(({ id }) => id) as [string, string];
      const passport = passportOf({ 1: [records[0]!.record, bad], 2: [seller.key, buyer.key] });
      const states = async (early: EarlySignatures, oneThread = false): Promise<unknown> => {
        counts.asked = 0;
        const found = (await checkSignatures(passport, { early, oneThread })).records;
        return [found.get(first), found.get(sha256Hex(bad)), counts.asked];
      };
      expect(await states(saying([], []))).toEqual(['verified', 'failed', 2]);
      expect(await states(saying([first], [first]))).toEqual(['verified', 'failed', 1]);
      expect(await states(saying([first], []))).toEqual(['failed', 'failed', 1]);
      expect(await states(saying([first, sha256Hex(bad)], [first]))).toEqual(['verified', 'failed', 0]);
      // Another id's verdict is nobody's.
      expect(await states(saying([second], [second]))).toEqual(['verified', 'failed', 2]);
      // On one thread nothing has been begun elsewhere.
      expect(await states(saying([first], []), true)).toEqual(['verified', 'failed', 2]);
    });
  });

  test('are none of a credential’s, even under the hash of one', async () => {
    const credential = await buyer.credentialFor(seller);
    const passport = passportOf({ 2: [buyer.key], 3: [credential] });
    const early = saying([sha256Hex(credential)], []);
    expect([...(await checkSignatures(passport, { early })).credentials.values()]).toEqual(['verified']);
  });

  test('a failure of the machine is told, not taken for a verdict', async () => {
    await onMachine(
      () => [new Error('the machine is out of memory'), true],
      async () => {
        const { record } = await seller.copy().say(ITEM, 'one');
        const passport = passportOf({ 1: [record], 2: [seller.key] });
        await expect(checkSignatures(passport)).rejects.toThrow('the machine is out of memory');
      },
    );
  });
});

describe('the work on signatures', () => {
  test('says how much it is, and is done once', async () => {
    const records = await Promise.all([seller, buyer].map((hand) => hand.copy().say(ITEM, 'one')));
    const passport = passportOf({ 1: records.map(({ record }) => record), 2: [seller.key, buyer.key] });
    const work = new SignatureWork(passport);
    expect([work.size, work.isBeside]).toEqual([2, true]);
    expect([...work.ifAllHold().records.values()]).toEqual(['verified', 'verified']);
    const results = work.results(await work.verdicts());
    expect([results.records.size, work.size]).toEqual([2, 0]);
    expect(work.ifAllHold().records.size).toBe(0);
    expect(new SignatureWork(passport, { oneThread: true }).isBeside).toBe(false);
    expect(new SignatureWork(passport, { oneThread: false }).isBeside).toBe(true);
    const cache = new SignatureCache();
    cache.addVerified(records[0]!.id);
    expect(new SignatureWork(passport, { cache }).size).toBe(1);
  });

  test('findings name the key, and of a credential why its signature cannot be good', async () => {
    const { record } = await seller.copy().say(ITEM, 'one');
    const cut = (bytes: Uint8Array): Uint8Array => {
      // The last byte string of a COSE_Sign1 is its signature: 58 40 and 64 bytes.
      const short = bytes.slice(0, -1);
      short[short.length - 64] = 63;
      return short;
    };
    const credential = cut(await buyer.credentialFor(seller));
    const short = cut(record);
    const passport = passportOf({ 1: [short], 2: [seller.key, buyer.key], 3: [credential] });
    const { diagnostics, failures } = await checkSignatures(passport);
    expect(diagnostics.kept.map(({ code, detail }) => [code, detail])).toEqual([
      ['sig.length', { key: seller.kid }],
      [
        'credential.sig-invalid',
        { credential: sha256Hex(credential), issuer: buyer.kid, reason: 'sig.length' },
      ],
    ]);
    expect([...failures]).toEqual([
      [sha256Hex(short), 'sig.length'],
      [sha256Hex(credential), 'credential.sig-invalid'],
    ]);
  });

  test('what only a newer reader can check is told once of each, and of a credential too', async () => {
    const underFuture = (bytes: Uint8Array, hand: Hand): Uint8Array => {
      const copy = bytes.slice();
      copy.set(sha256(FUTURE_KEY), Buffer.from(copy).indexOf(Buffer.from(hand.kid, 'hex')));
      return copy;
    };
    const { record } = await seller.copy().say(ITEM, 'one');
    const credential = underFuture(await buyer.credentialFor(seller), buyer);
    const passport = passportOf({ 1: [underFuture(record, seller)], 2: [FUTURE_KEY], 3: [credential] });
    const { records, credentials, diagnostics } = await checkSignatures(passport);
    expect([...records.values(), ...credentials.values()]).toEqual(['unchecked', 'unchecked']);
    expect(diagnostics.kept.map(({ code }) => code)).toEqual(['record.unsupported', 'record.unsupported']);
    // Of a record that was unsupported for itself, its reading has told it.
    const unsupported: Passport = {
      ...passport,
      records: passport.records.map((one) => ({ ...one, reading: 'unsupported', record: null })),
      credentials: [],
    };
    expect((await checkSignatures(unsupported)).diagnostics.kept).toEqual([]);
  });

  test('a key’s one algorithm is asked of credentials too', async () => {
    const credential = await buyer.credentialFor(seller);
    const [read] = passportOf({ 3: [credential] }).credentials;
    const passport = passportOf({ 2: [buyer.key], 3: [credential] });
    const other: Passport = {
      ...passport,
      credentials: [{ element: read!.element, credential: { ...read!.credential, alg: -9 } }],
    };
    expect([...(await checkSignatures(other)).failures.values()]).toEqual(['alg.key-mismatch']);
  });
});

test('a cache forgets the oldest past 262,144, and nothing else', () => {
  const cache = new SignatureCache();
  for (let index = 0; index < 262_144; index += 1) cache.addVerified(String(index));
  expect([cache.size, cache.has('0')]).toEqual([262_144, true]);
  cache.addVerified('one more');
  expect([cache.size, cache.has('0'), cache.has('1'), cache.has('one more')]).toEqual([
    262_144,
    false,
    true,
    true,
  ]);
});
